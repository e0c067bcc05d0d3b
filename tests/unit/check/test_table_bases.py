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
