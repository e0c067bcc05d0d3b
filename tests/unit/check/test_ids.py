"""Findings keep their ids when pages shift and unrelated words change; OCR makes no errors."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from msgspec import UNSET

import docanalyze

PARTS = (
    "I. KẾT QUẢ",
    "1. Về kinh tế",
    "Theo Nghị quyết số 14-NQ/ThU, ngày 22/12/2021, thành phố có 03 xã: An Bình, Tân Lập, Phú Lộc, Hòa An.",
    "2. Về xã hội",
    "Kỳ nghỉ lễ kéo dài đến 31/4. Khu vực dịch vụ chiếm 116,89% tổng giá trị. Có 12/11 xã đạt chuẩn.",
    "4. Về môi trường",
    "Huyện đầu tư: (1) đường; (2) trường; (4) trạm. Nghị quyết số 14-NQ/ThU, ngày 12/12/2021 nêu rõ.",
)
CODES = {"REF001", "LST001", "DAT001", "PCT006", "LST002", "NUM001", "NUM004"}
RULES = tuple(rule for rule in docanalyze.CHECKS if rule.code in CODES)


def find_ids(*parts: str) -> list[str]:
    text = "\n\n".join(parts)
    analysis = docanalyze.analyze_bytes(text.encode(), name="a.txt", checks=RULES)
    assert analysis.findings is not UNSET
    return sorted(finding.id for finding in analysis.findings)


def test_every_code_is_found() -> None:
    assert {name.split("-")[0] for name in find_ids(*PARTS)} == CODES


def test_ids_stay() -> None:
    before = "Thu ngân sách đạt 91,38 tỷ đồng, bằng 52,22% dự toán năm 2023."
    assert find_ids(before, *PARTS) == find_ids(*PARTS)
    assert find_ids(before.replace("91,38", "91,83"), *PARTS) == find_ids(*PARTS)


def test_two_equal_slips_have_two_ids() -> None:
    ids = find_ids("Họp đến 31/4.", "Thu đạt khá.", "Họp đến 31/4.")
    assert len(set(ids)) == 2


@pytest.mark.parametrize("source", ["ocr", "text-layer"])
def test_what_ocr_read_is_never_an_error(samples: Path, source: str) -> None:
    analysis = docanalyze.analyze_report(samples / "bao-cao-6-thang-2023.pdf", until="tag")
    assert analysis.pages is not UNSET
    pages = tuple(msgspec.structs.replace(page, text_source=source) for page in analysis.pages)
    checked = docanalyze.check_report(msgspec.structs.replace(analysis, pages=pages))
    assert checked.findings is not UNSET
    severities = {finding.severity for finding in checked.findings if finding.code in ("REF001", "SUM001")}
    assert severities == ({"warning"} if source == "ocr" else {"error"})
