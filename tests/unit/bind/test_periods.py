"""The period of a figure: printed before it, in its column's head, or the report's own."""

from __future__ import annotations

import pytest

import docanalyze
from docanalyze.core.relation import Stretch

HEAD = "ỦY BAN NHÂN DÂN HUYỆN NÚI XANH\n\nBÁO CÁO\nTình hình kinh tế - xã hội 6 tháng đầu năm 2023\n\n"
H1 = "2023-01-01/2023-06-30"


def spell(stretch: Stretch | None) -> str | None:
    return None if stretch is None else f"{stretch.start}/{stretch.end}"


def bind(text: str, head: str = HEAD) -> list[tuple[str | None, str | None]]:
    analysis = docanalyze.analyze_bytes((head + text).encode(), name="x.txt")
    return [(spell(i.period), spell(i.base_period)) for i in analysis.indicators or ()]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Thu ngân sách đạt 20 tỷ đồng.", [(H1, None)]),
        ("Thu ngân sách 6 tháng đầu năm đạt 20 tỷ đồng.", [(H1, None)]),
        ("Thu ngân sách năm 2022 đạt 38 tỷ đồng.", [("2022-01-01/2022-12-31", None)]),
        (
            "Thu ngân sách đạt 20 tỷ đồng, bằng 52% kế hoạch năm.",
            [(H1, None), ("2023-01-01/2023-12-31", None)],
        ),
        (
            "Thu ngân sách đạt 20 tỷ đồng, tăng 5,2% so với cùng kỳ năm 2022.",
            [(H1, None), (H1, "2022-01-01/2022-06-30")],
        ),
        (
            "Thu ngân sách quý I đạt 9 tỷ đồng, quý II đạt 11 tỷ đồng.",
            [("2023-01-01/2023-03-31", None), ("2023-04-01/2023-06-30", None)],
        ),
        ("Giá trị sản xuất (giá so sánh năm 2010) đạt 20 tỷ đồng.", [(H1, None)]),
        ("Theo Nghị định năm 2004, diện tích rừng là 900 ha.", [(H1, None)]),
    ],
)
def test_periods_in_prose(text: str, periods: list[tuple[str | None, str | None]]) -> None:
    assert bind(text) == periods


def test_without_a_period_of_the_report_only_printed_ones_count() -> None:
    assert bind("Thu ngân sách đạt 20 tỷ đồng.", head="") == [(None, None)]
    assert bind("Thu ngân sách quý I/2022 đạt 9 tỷ đồng.", head="") == [("2022-01-01/2022-03-31", None)]


def test_periods_in_the_head_of_a_table() -> None:
    table = (
        "Chỉ tiêu\tKế hoạch năm 2023\tThực hiện 6 tháng năm 2022\tThực hiện 6 tháng năm 2023\n"
        "Thu thuế\t40\t18\t20\n"
        "Thu phí\t4\t2\t3\n"
    )
    year, before = "2023-01-01/2023-12-31", "2022-01-01/2022-06-30"
    assert [period for period, _ in bind(table)] == [year, before, H1] * 2
