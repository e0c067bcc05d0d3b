"""Aims of the next year over what the chapters before say was done."""

from __future__ import annotations

from docanalyze import analyze_bytes

_REPORT = """BÁO CÁO
Kết quả năm 2022 và nhiệm vụ năm 2023

I. KẾT QUẢ NĂM 2022

1. Thương mại, dịch vụ

Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ 3.126,5 tỷ đồng, tăng khá.

Thu ngân sách trên địa bàn đạt 812,4 tỷ đồng, bằng 96,7% dự toán (840 tỷ đồng).

II. NHIỆM VỤ NĂM 2023

1. Tổng mức bán lẻ {aim} tỷ đồng, tăng {growth}%.
"""


def _tell(aim: str, growth: str) -> list[str]:
    analysis = analyze_bytes(_REPORT.format(aim=aim, growth=growth).encode(), name="bao-cao.txt")
    assert isinstance(analysis.findings, tuple)
    return [finding.code for finding in analysis.findings if finding.severity != "info"]


def test_an_aim_that_agrees_is_a_relation() -> None:
    analysis = analyze_bytes(_REPORT.format(aim="3.430", growth="9,7").encode(), name="bao-cao.txt")
    assert isinstance(analysis.relations, tuple)
    assert "PCT008" in {relation.code for relation in analysis.relations if relation.verdict == "holds"}
    assert _tell("3.430", "9,7") == []


def test_a_growth_that_a_slip_explains_is_told() -> None:
    assert _tell("3.430", "7,9") == ["PCT008"]


def test_an_aim_of_something_else_is_not() -> None:
    assert _tell("1.250", "12,4") == []
