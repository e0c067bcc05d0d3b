"""Sums over the paragraphs that a line announces: `Các nguồn vốn như sau:`."""

from __future__ import annotations

from docanalyze import analyze_bytes

SOURCES = """BÁO CÁO
Tình hình năm 2024

Dự kiến huy động vốn đầu tư khoảng 195 - 200 nghìn tỷ đồng. Các nguồn vốn như sau:

Nguồn vốn ngân sách khoảng {budget} nghìn tỷ đồng, tăng 9% so với năm trước.

Nguồn vốn tín dụng khoảng 30 - 31 nghìn tỷ đồng.

Nguồn vốn của dân cư khoảng 85 - 86 nghìn tỷ đồng.

Ngoài ra, tiếp tục phát hành trái phiếu.
"""


def find_sums(text: str) -> list[tuple[str, str]]:
    analysis = analyze_bytes(text.encode(), name="bao-cao.txt")
    return [(r.verdict, r.arithmetic) for r in analysis.relations or () if len(r.operands) == 4]


def test_paragraphs_that_a_line_announces_add_up() -> None:
    ((verdict, _),) = find_sums(SOURCES.format(budget="82,5"))
    assert verdict == "holds"


def test_what_they_lack_is_a_hint() -> None:
    text = SOURCES.format(budget="64,5")
    ((verdict, arithmetic),) = find_sums(text)
    assert verdict == "suspicious"
    assert arithmetic.startswith("~64,5 + ~30…31 + ~85…86")
    findings = analyze_bytes(text.encode(), name="bao-cao.txt").findings or ()
    assert {finding.severity for finding in findings if finding.code == "SUM001"} == {"info"}


def test_parts_far_from_the_total_are_of_something_else() -> None:
    assert find_sums(SOURCES.format(budget="14,5")) == []
