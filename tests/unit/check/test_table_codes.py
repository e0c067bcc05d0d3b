"""Rows of financial statements that follow from others by their codes."""

import pytest

from docanalyze.check.table_codes import read_code_formula
from tests.unit.check.tables import failing, holding, make_table

HEADS = ("Chỉ tiêu", "Mã số", "Năm nay", "Năm trước")
RESULTS = [
    ("1. Doanh thu bán hàng", "01", "512.340", "488.120"),
    ("2. Các khoản giảm trừ", "02", "2.140", "1.960"),
    ("3. Doanh thu thuần", "10", "510.200", "486.160"),
    ("4. Giá vốn hàng bán", "11", "401.220", "385.430"),
    ("5. Lợi nhuận gộp", "20", "108.980", "100.730"),
    ("6. Doanh thu tài chính", "21", "3.150", "2.840"),
    ("7. Chi phí tài chính", "22", "8.420", "9.110"),
    ("8. Chi phí bán hàng", "25", "21.360", "20.150"),
    ("9. Chi phí quản lý", "26", "14.800", "13.970"),
    ("10. Lợi nhuận thuần (30 = 20 + (21 - 22) - (25 + 26))", "30", "67.550", "60.340"),
]


def _with(row: int, col: int, text: str) -> list[tuple[str, ...]]:
    changed = [list(each) for each in RESULTS]
    changed[row][col] = text
    return [tuple(each) for each in changed]


def test_rows_follow_from_their_codes() -> None:
    table = make_table(HEADS, RESULTS, unit="triệu đồng")
    assert failing(table) == []
    assert len(holding(table, "TAB008")) == 6


@pytest.mark.parametrize(
    ("row", "col", "text", "arithmetic"),
    [
        (4, 2, "109.880", "510.200 - 401.220 = 108.980 ≠ 109.880"),
        (1, 3, "1.690", "488.120 - 1.690 = 486.430 ≠ 486.160"),
        (9, 2, "67.505", "108.980 + 3.150 - 8.420 - 21.360 - 14.800 = 67.550 ≠ 67.505"),
    ],
)
def test_a_misprint_is_told_with_its_formula(row: int, col: int, text: str, arithmetic: str) -> None:
    found = failing(make_table(HEADS, _with(row, col, text), unit="triệu đồng"))
    assert arithmetic in [finding.arithmetic for finding in found if finding.code == "TAB008"]


def test_what_is_deducted_may_be_printed_negative() -> None:
    rows = [(a, b, f"({c})", f"({d})") if b in ("02", "11", "22", "25", "26") else (a, b, c, d)
            for a, b, c, d in RESULTS]  # fmt: skip
    assert failing(make_table(HEADS, rows, unit="triệu đồng")) == []


def test_codes_of_another_form_say_nothing() -> None:
    codes = ("10", "11", "20", "21", "22", "25", "26", "30")
    rows = [(f"Xã {code}", code, str(int(code) % 7 + 5), str(int(code) % 5 + 3)) for code in codes]
    assert failing(make_table(HEADS, rows)) == []


def test_brackets_turn_signs() -> None:
    assert read_code_formula("30", "20 - (25 - 26)") == ("30", ((1, "20"), (-1, "25"), (1, "26")))
    assert read_code_formula("30", "20 30") is None


def test_codes_are_known_where_the_head_is_lost() -> None:
    rows = _with(4, 2, "109.880")
    found = failing(make_table(("Chỉ tiêu", "", "", " "), rows, unit="triệu đồng"))
    assert {finding.code for finding in found} == {"TAB008"}
    assert failing(make_table(("Chỉ tiêu", "", "", " "), RESULTS, unit="triệu đồng")) == []


def test_counts_below_a_head_are_no_codes() -> None:
    rows = [(f"Xã {name}", str(12 + 5 * at)) for at, name in enumerate("ABCDEF")]
    table = make_table(("Chỉ tiêu", "Số hộ"), [*rows, ("Cộng", "174")])
    assert [finding.code for finding in failing(table)] == ["TAB001"]


def test_raised_digits_under_a_lost_head_are_no_codes() -> None:
    marks = zip(RESULTS, "⁴⁵⁶⁷⁸⁹⁴⁵⁶⁷", strict=True)
    rows = [(f"Khoản {name[-1]}", mark, one, two) for (name, _, one, two), mark in marks]
    assert holding(make_table(("Chỉ tiêu", "", "Năm nay", "Năm trước"), rows), "TAB008") == []


BY_NUMBER = [
    ("1. Tổng doanh thu", "812.440", "790.318"),
    ("2. Các khoản giảm trừ", "3.215", "2.904"),
    ("3. Doanh thu sau giảm trừ (1)-(2)", "809.225", "787.414"),
    ("4. Giá thành", "641.870", "633.052"),
    ("5. Lãi gộp (3)-(4)", "167.355", "154.362"),
    ("-Trong đó: Xuất khẩu", "41.208", "38.117"),
    ("6. Chi phí chung", "58.114", "57.940"),
    ("7. Lãi trước thuế (5)-(6)", "109.241", "96.422"),
]
BY_NAME = [
    ("Doanh thu thuần", "3.512.340", "3.288.120"),
    ("Giá vốn hàng bán", "2.901.220", "2.785.430"),
    ("Lợi nhuận gộp", "611.120", "502.690"),
    ("Chi phí tài chính", "-18.420", "29.110"),
    ("Trong đó: Chi phí lãi vay", "21.360", "20.150"),
    ("Thu nhập khác", "8.214", "5.107"),
    ("Chi phí khác", "3.118", "6.920"),
    ("Lợi nhuận khác", "5.096", "-1.813"),
]


def _print(rows: list[tuple[str, str, str]], old: str = "", new: str = "") -> list[tuple[str, str, str]]:
    return [(label, *(new if cell == old else cell for cell in cells)) for label, *cells in rows]  # type: ignore[misc]


@pytest.mark.parametrize(("rows", "held"), [(BY_NUMBER, 6), (BY_NAME, 4)])
def test_rows_without_codes_are_known_by_numbers_and_names(
    rows: list[tuple[str, str, str]], held: int
) -> None:
    table = make_table(("Chỉ tiêu", "Năm nay", "Năm trước"), rows, unit="triệu đồng")
    assert failing(table) == []
    assert len(holding(table, "TAB008")) == held


@pytest.mark.parametrize(
    ("rows", "old", "new"),
    [(BY_NUMBER, "787.414", "778.414"), (BY_NUMBER, "58.114", "53.114"), (BY_NAME, "502.690", "506.290"),
     (BY_NAME, "3.118", "3.181")],
)  # fmt: skip
def test_a_misprint_is_told_without_codes(rows: list[tuple[str, str, str]], old: str, new: str) -> None:
    table = make_table(("Chỉ tiêu", "Năm nay", "Năm trước"), _print(rows, old, new), unit="triệu đồng")
    assert any(new in finding.arithmetic for finding in failing(table) if finding.code == "TAB008")


def test_columns_of_percent_do_not_add_up() -> None:
    rows = [
        (*row, growth)
        for row, growth in zip(BY_NAME, ("106,8", "104,2", "121,6", "", "", "", "", ""), strict=True)
    ]
    table = make_table(("Chỉ tiêu", "Năm nay", "Năm trước", "So sánh (%)"), rows, unit="triệu đồng")
    assert failing(table) == []
