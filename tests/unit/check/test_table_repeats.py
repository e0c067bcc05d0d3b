"""REP004: rows that two tables print."""

from __future__ import annotations

from collections.abc import Sequence

from docanalyze.core.analysis import Analysis
from tests.unit.check.tables import failing, holding, join_tables, make_table

HEADS = ("TT", "Chỉ tiêu", "ĐVT", "Kế hoạch năm", "Thực hiện 6 tháng", "Cùng kỳ", "So với kế hoạch (%)")
SUMMARY = [
    ("1", "Sản lượng thịt hơi", "tấn", "9.120", "4.734", "4.581", "51,9"),
    ("2", "Thu ngân sách trên địa bàn", "triệu đồng", "64.250", "35.187", "30.946", "54,8"),
    ("3", "Số hộ thoát nghèo", "hộ", "318", "127", "141", "39,9"),
]
BUDGET_HEADS = ("TT", "Chỉ tiêu", "Dự toán", "Thực hiện 6 tháng", "Cùng kỳ", "So với dự toán (%)")
BUDGET = [
    ("1", "Thuế ngoài quốc doanh", "21.400", "12.963", "10.877", "60,6"),
    ("2", "Thuế thu nhập cá nhân", "11.300", "6.208", "5.914", "54,9"),
    ("3", "Lệ phí trước bạ", "13.250", "7.351", "6.982", "55,5"),
    ("4", "Thu khác", "18.300", "8.665", "7.173", "47,3"),
    ("", "Tổng cộng", "64.250", "35.187", "30.946", "54,8"),
]


def both(summary: Sequence[Sequence[str]], budget: Sequence[Sequence[str]]) -> Analysis:
    return join_tables(make_table(HEADS, summary), make_table(BUDGET_HEADS, budget, unit="triệu đồng"))


def with_cell(rows: Sequence[Sequence[str]], row: int, col: int, text: str) -> list[Sequence[str]]:
    changed = [list(line) for line in rows]
    changed[row][col] = text
    return list(changed)


def test_a_total_that_the_summary_repeats() -> None:
    analysis = both(SUMMARY, BUDGET)
    assert failing(analysis) == []
    assert {each.arithmetic for each in holding(analysis, "REP004")} == {
        "64.250 = 64.250", "35.187 = 35.187", "30.946 = 30.946", "54,8 = 54,8"
    }  # fmt: skip


def test_one_digit_changed_in_the_summary() -> None:
    (finding,) = failing(both(with_cell(SUMMARY, 1, 5, "39.046"), BUDGET))
    assert (finding.code, finding.severity) == ("REP004", "error")
    assert finding.arithmetic == "39.046 ≠ 30.946"
    assert finding.suggestion is not None
    assert finding.suggestion.replacement == "30.946"


def test_columns_of_one_basis_whose_heads_are_not_the_same() -> None:
    (finding,) = [f for f in failing(both(with_cell(SUMMARY, 1, 3, "64.520"), BUDGET)) if f.code == "REP004"]
    assert (finding.arithmetic, finding.severity) == ("64.520 ≠ 64.250", "warning")


def test_one_label_and_one_figure_in_columns_that_other_rows_bear_out() -> None:
    heads = ("Chỉ tiêu", "Số hộ dân", "Dân số trung bình (người)")
    rows = [
        ("Xã Hòa Nghĩa", "2.471", "9.862"), ("Xã Lạc Thủy", "1.936", "7.715"),
        ("Xã Mai Động", "3.108", "12.540"), ("Xã Phú Khê", "2.297", "9.143"),
        ("Xã Tân Lập", "1.582", "6.437"),
    ]  # fmt: skip
    other = ("Chỉ tiêu", "Diện tích (km2)", "Dân số trung bình (người)", "Mật độ (người/km2)")
    more = [
        ("Xã Hòa Nghĩa", "18,4", "9.862", "536"), ("Xã Lạc Thủy", "21,7", "7.715", "356"),
        ("Xã Mai Động", "16,2", "12.540", "774"), ("Xã Phú Khê", "25,9", "9.413", "363"),
        ("Xã Tân Lập", "30,3", "6.437", "212"),
    ]  # fmt: skip
    found = failing(join_tables(make_table(heads, rows), make_table(other, more)))
    assert [each.arithmetic for each in found if each.code == "REP004"] == ["9.143 ≠ 9.413"]


def test_tables_of_two_periods_with_one_plan_are_no_repeats() -> None:
    quarter = [
        ("1", "Thuế ngoài quốc doanh", "21.400", "6.963", "5.877", "32,5"),
        ("2", "Thuế thu nhập cá nhân", "11.300", "6.028", "4.914", "53,3"),
        ("3", "Lệ phí trước bạ", "13.250", "3.351", "3.982", "25,3"),
        ("4", "Thu khác", "18.300", "4.665", "4.173", "25,5"),
        ("", "Tổng cộng", "64.250", "21.007", "18.946", "32,7"),
    ]
    heads = ("TT", "Chỉ tiêu", "Dự toán", "Thực hiện quý I", "Cùng kỳ", "So với dự toán (%)")
    tables = join_tables(make_table(BUDGET_HEADS, BUDGET, unit="triệu đồng"),
                         make_table(heads, quarter, unit="triệu đồng"))  # fmt: skip
    assert [each for each in failing(tables) if each.code == "REP004"] == []


def test_few_digits_in_common_are_chance() -> None:
    one = [("Chỉ số giá nhà ở", "101,2", "104,7"), ("Chỉ số giá giáo dục", "100,4", "108,8")]
    two = [("Chỉ số sản xuất than", "101,2", "107,4"), ("Chỉ số sản xuất điện", "104,7", "108,8")]
    heads = ("Chỉ tiêu", "So với tháng trước (%)", "So với cùng kỳ (%)")
    assert holding(join_tables(make_table(heads, one), make_table(heads, two)), "REP004") == []


def test_a_column_of_another_kind_beside_the_one_that_differs() -> None:
    heads = ("Chỉ tiêu", "Thu (triệu đồng)", "Chi (triệu đồng)", "Ghi thêm (%)", "Cùng kỳ (triệu đồng)")
    other = ("Chỉ tiêu", "Thu (triệu đồng)", "Chi (triệu đồng)", "Ghi thêm (người)", "Cùng kỳ (triệu đồng)")
    one = [
        ("Xã Hòa Nghĩa", "24.713", "19.862", "51,2", "22.417"),
        ("Xã Lạc Thủy", "19.361", "17.715", "47,3", "18.905"),
    ]
    two = [
        ("Xã Hòa Nghĩa", "24.713", "19.862", "512", "24.217"),
        ("Xã Lạc Thủy", "19.361", "17.715", "473", "18.905"),
    ]
    found = failing(join_tables(make_table(heads, one), make_table(other, two)))
    assert [each.arithmetic for each in found if each.code == "REP004"] == ["22.417 ≠ 24.217"]
