"""Marks that were lost or mistaken are put back where a dictionary word asks for them, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from docanalyze.read import compounds
from docanalyze.read.compounds import load_compounds, mend_compounds

DEV = Path(__file__).parents[3] / "corpus" / "dev"


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Tống hợp kết quả kiếm tra", "Tổng hợp kết quả kiểm tra"),
        ("TỐ CHỨC THỰC HIỆN", "TỔ CHỨC THỰC HIỆN"),
        ("kết quả cụ thế, rõ ràng", "kết quả cụ thể, rõ ràng"),
        ("các tô chức và cấp có thâm quyên", "các tổ chức và cấp có thẩm quyền"),
        ("yêu câu về sản phâm/công việc", "yêu cầu về sản phẩm/công việc"),
        ("XÉP LOẠI CHÁT LƯỢNG", "XẾP LOẠI CHẤT LƯỢNG"),
        ("theo đõi, đánh giá; đữ liệu", "theo dõi, đánh giá; dữ liệu"),
        ("hai bên kết luận, cây lúa", "hai bên kết luận, cây lúa"),
        ("xã Hiệp Đông đạt chuẩn", "xã Hiệp Đông đạt chuẩn"),
        ("triệu đồng, cả năm", "triệu đồng, cả năm"),
        ("kế hoạch số 12", "kế hoạch số 12"),
        ("lũy kế từ đầu năm", "lũy kế từ đầu năm"),
        ("Số hộ nghèo", "Số hộ nghèo"),
        ("ông Tống Văn Bình", "ông Tống Văn Bình"),
    ],
)
def test_hooks(read: str, printed: str) -> None:
    assert " ".join(mend_compounds(read.split())) == printed


def test_a_mark_parts_two_words() -> None:
    assert mend_compounds(["kiếm,", "tra"]) == ["kiếm,", "tra"]


def test_sound_text_stays_as_it_is() -> None:
    for path in DEV.glob("*.txt"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert mend_compounds(line.split()) == line.split()


def test_nothing_is_mended_without_the_dictionaries(monkeypatch: pytest.MonkeyPatch) -> None:
    load_compounds.cache_clear()
    monkeypatch.setattr(compounds, "find_spec", lambda name: None)
    try:
        assert mend_compounds(["kiếm", "tra"]) == ["kiếm", "tra"]
    finally:
        load_compounds.cache_clear()
