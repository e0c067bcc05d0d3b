"""TAB007: ratios of totals against those of their parts, by the bases that they imply."""

from __future__ import annotations

from tests.unit.check.tables import failing, holding, make_table

HEADS = (
    "Chỉ tiêu", "Quý I (tỷ đồng)", "Quý II (tỷ đồng)", "6 tháng (tỷ đồng)", "Quý I so với cùng kỳ (%)",
    "Quý II so với cùng kỳ (%)", "6 tháng so với cùng kỳ (%)",
)  # fmt: skip
ROWS = (
    ("Tổng số", "617,1", "834,3", "1.451,4", "105,8", "107,5", "106,8"),
    ("Ngân sách nhà nước", "98,9", "145,5", "244,4", "105,0", "102,5", "103,5"),
    ("Doanh nghiệp nhà nước", "45,1", "59,4", "104,5", "104,4", "106,7", "105,7"),
    ("Dân cư và tư nhân", "362,6", "480,2", "842,8", "105,2", "108,1", "106,8"),
    ("Đầu tư nước ngoài", "110,5", "149,2", "259,7", "108,9", "111,4", "110,3"),
)


def test_bases_add_up_over_rows_and_columns() -> None:
    table = make_table(HEADS, ROWS)
    lines = [relation.arithmetic for relation in holding(table, "TAB007")]
    assert "244,4 / (98,9 / 105,0 + 145,5 / 102,5) = 103,5" in lines
    assert len(lines) == 5  # the five rows over the columns
    assert not failing(table)


def test_a_ratio_that_breaks_the_bases_is_told() -> None:
    rows = [list(row) for row in ROWS]
    rows[3][6] = "108,6"
    findings = failing(make_table(HEADS, rows))
    assert [finding.code for finding in findings] == ["TAB007"]
    assert findings[0].arithmetic == "842,8 / (362,6 / 105,2 + 480,2 / 108,1) = 106,8 ≠ 108,6"
    assert findings[0].severity == "warning"


def test_ratios_at_other_prices_are_left_alone() -> None:
    rows = [[*row[:4], a, b, c] for row, (a, b, c) in zip(ROWS, (
        ("103,1", "104,4", "108,2"), ("101,7", "109,3", "103,3"), ("104,9", "102,8", "101,1"),
        ("107,2", "103,6", "109,4"), ("102,4", "106,5", "102,0"),
    ), strict=True)]  # fmt: skip
    assert not [finding for finding in failing(make_table(HEADS, rows)) if finding.code == "TAB007"]


MONTH_HEADS = (
    "Chỉ tiêu", "Thực hiện tháng 8", "Ước tháng 9", "Cộng dồn 9 tháng", "Tháng 9 so với cùng kỳ (%)",
    "9 tháng so với cùng kỳ (%)",
)  # fmt: skip
MONTH_ROWS = [
    ("Tổng số", "411,3", "438,9", "3.702,5", "107,40", "107,79"),
    ("Lương thực", "148,2", "161,7", "1.344,1", "112,61", "103,28"),
    ("May mặc", "96,4", "99,3", "851,9", "98,74", "119,35"),
    ("Xăng dầu", "166,7", "177,9", "1.506,5", "108,16", "106,11"),
]


def test_one_total_over_unprinted_bases_holds() -> None:
    table = make_table(MONTH_HEADS, MONTH_ROWS)
    assert not failing(table)
    assert len(holding(table, "TAB007")) == 2


def test_a_column_with_one_total_is_told_where_its_sister_holds() -> None:
    rows = [list(row) for row in MONTH_ROWS]
    rows[2][4] = "58,74"
    (finding,) = failing(make_table(MONTH_HEADS, rows))
    assert (finding.code, finding.severity) == ("TAB007", "warning")
    assert finding.suggestion is not None
    assert finding.suggestion.replacement == "98,74"


def test_one_wrong_ratio_in_two_sums_is_one_failure() -> None:
    heads = ("TT", "Chỉ tiêu", "Ước năm nay", "So với năm trước (%)")
    rows = [
        ["A", "Tổng chi", "900,0", "110,6"],
        ["I", "Chi đầu tư", "300,0", "120,0"],
        ["1", "Nguồn tập trung", "180,0", "112,5"],
        ["2", "Nguồn đất", "120,0", "133,3"],
        ["II", "Chi thường xuyên", "600,0", "106,4"],
        ["1", "Giáo dục", "380,0", "104,1"],
        ["2", "Y tế", "140,0", "116,7"],
        ["3", "Văn hóa", "80,0", "101,3"],
        ["B", "Tổng thu", "700,0", "111,2"],
        ["1", "Thu nội địa", "450,0", "108,4"],
        ["2", "Thu xuất nhập khẩu", "250,0", "116,6"],
        ["C", "Tổng vay", "500,0", "98,9"],
        ["1", "Vay trong nước", "300,0", "94,8"],
        ["2", "Vay nước ngoài", "200,0", "105,8"],
    ]
    assert len(holding(make_table(heads, rows, unit="tỷ đồng"), "TAB007")) == 5
    rows[1][3] = "126,0"
    found = failing(make_table(heads, rows, unit="tỷ đồng"))
    assert [each.code for each in found] == ["TAB007", "TAB007"]


def test_quarters_named_below_the_head_of_the_ratios() -> None:
    heads = (
        "Chỉ tiêu", "Sơ bộ quý I", "Ước tính quý II", "So với cùng kỳ (%) quý I", "So với cùng kỳ (%) quý II",
    )  # fmt: skip
    rows = [
        ["Tổng số", "1.496,5", "1.520,2", "113,2", "108,7"],
        ["Bán lẻ", "1.180,3", "1.196,9", "110,8", "107,9"],
        ["Lưu trú", "160,0", "161,7", "127,5", "111,1"],
        ["Lữ hành", "6,7", "7,7", "218,8", "136,9"],
        ["Dịch vụ khác", "149,5", "153,9", "117,1", "111,9"],
    ]
    assert len(holding(make_table(heads, rows, unit="tỷ đồng"), "TAB007")) == 2
    rows[0][3] = "112,3"
    (finding,) = failing(make_table(heads, rows, unit="tỷ đồng"))
    assert finding.code == "TAB007"
    assert finding.suggestion is not None
    assert finding.suggestion.replacement == "113,2"
