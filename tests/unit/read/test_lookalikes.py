"""Signs of one shape are put right where one of them cannot stand, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from docanalyze.read.lookalikes import mend_lookalikes

DEV = Path(__file__).parents[3] / "corpus" / "dev"


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("theo khoản I Điều l.", "theo khoản 1 Điều 1."),
        ("ngày § tháng 1§ năm", "ngày 8 tháng 18 năm"),
        ("2! tháng 3", "21 tháng 3"),
        ("đánh g1á, bình quân", "đánh giá, bình quân"),
        ("Quý I năm nay; mục I", "Quý I năm nay; mục I"),
        ("nhóm B1 và H1N1", "nhóm B1 và H1N1"),
        ("Khẩn trương! 5 xã", "Khẩn trương! 5 xã"),
    ],
)
def test_lookalikes(read: str, printed: str) -> None:
    assert " ".join(mend_lookalikes(read.split())) == printed


def test_sound_text_stays_as_it_is() -> None:
    for path in DEV.glob("*.txt"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert mend_lookalikes(line.split()) == line.split()
