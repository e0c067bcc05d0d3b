"""Short tables whose rows follow from each other: what is in other tables a column of percentages."""

import pytest

from tests.unit.check.tables import failing, holding, make_table

HEADS = ("Chỉ tiêu", "Phí chợ", "Phí bến bãi", "Phí đò", "Phí vệ sinh")
ROWS = [
    ("Dự toán năm (triệu đồng)", "4.120", "880", "2.310", "5.120"),
    ("Thực hiện 6 tháng (triệu đồng)", "2.297", "362", "1.022", "2.312"),
    ("Cùng kỳ năm trước (triệu đồng)", "2.184", "377", "959", "2.367"),
    ("So với dự toán (%)", "55,8", "41,1", "44,2", "45,2"),
    ("So với cùng kỳ (%)", "105,2", "96,0", "106,6", "97,7"),
]


def _with(row: int, col: int, text: str) -> list[tuple[str, ...]]:
    changed = [list(each) for each in ROWS]
    changed[row][col] = text
    return [tuple(each) for each in changed]


def test_rows_that_are_ratios_of_others_hold() -> None:
    table = make_table(HEADS, ROWS)
    assert failing(table) == []
    assert len(holding(table, "TAB003")) == 8


@pytest.mark.parametrize(
    ("row", "col", "text", "told"),
    [(3, 1, "58,5", 1), (4, 3, "106,9", 1), (1, 2, "392", 2), (0, 4, "5.210", 1), (2, 1, "2.148", 1)],
)
def test_a_misprint_in_any_row_is_told(row: int, col: int, text: str, told: int) -> None:
    found = failing(make_table(HEADS, _with(row, col, text)))
    assert {finding.code for finding in found} == {"TAB003"}
    assert len(found) == told


def test_growth_of_what_is_not_printed_is_no_growth_of_these() -> None:
    rows = [*ROWS[:3], ("Chỉ số giá so với cùng kỳ (%)", "103,1", "101,7", "104,9", "102,2")]
    assert failing(make_table(HEADS, rows)) == []


def test_a_column_of_all_is_no_exception_to_explain() -> None:
    heads = (*HEADS[:4], "Bình quân (%)")
    rows = [
        (*row[:4], last) for row, last in zip(ROWS, ("70,1", "52,4", "48,8", "61,3", "99,9"), strict=True)
    ]
    assert failing(make_table(heads, rows)) == []


def test_rows_of_long_tables_are_left_aside() -> None:
    more = [(f"Chỉ tiêu {at}", *(str(311 + 17 * at * col) for col in range(1, 5))) for at in range(1, 9)]
    assert failing(make_table(HEADS, [*_with(3, 1, "58,5"), *more])) == []
