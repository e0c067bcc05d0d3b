"""TAB009: growth from year to year, down a column or along a row."""

from __future__ import annotations

from tests.unit.check.tables import failing, holding, make_table

DOWN_HEADS = ("Chỉ tiêu", "Sản lượng (tấn)", "Diện tích (ha)", "Tốc độ tăng sản lượng (%)")
DOWN = [
    ("Năm 2019", "4.120,5", "812", "-"),
    ("Năm 2020", "4.318,2", "815", "4,80"),
    ("Năm 2021", "4.402,9", "809", "1,96"),
    ("Năm 2022", "4.731,6", "830", "7,47"),
    ("Năm 2023", "4.690,1", "826", "-0,88"),
]
ALONG_HEADS = ("Chỉ tiêu", "2020", "2021", "2022", "2023", "2024", "2025")
ALONG = [
    ("Dân số (nghìn người)", "812,6", "820,1", "829,4", "836,0", "845,7", "854,9"),
    ("Tốc độ tăng dân số (%)", "1,02", "0,92", "1,13", "0,80", "1,16", "1,09"),
    ("Tỷ lệ đô thị hóa (%)", "31,2", "31,9", "32,4", "33,0", "33,8", "34,1"),
]


def test_growth_down_a_column_of_years() -> None:
    table = make_table(DOWN_HEADS, DOWN)
    assert failing(table) == []
    assert len(holding(table, "TAB009")) == 4
    wrong = [*DOWN[:3], ("Năm 2022", "4.731,6", "830", "4,77"), DOWN[4]]
    (finding,) = [each for each in failing(make_table(DOWN_HEADS, wrong)) if each.code == "TAB009"]
    assert finding.arithmetic == "4.731,6 / 4.402,9 × 100 - 100 = 7,47 ≠ 4,77"


def test_bare_years_in_the_first_column_are_years() -> None:
    heads = ("Năm", *DOWN_HEADS[1:])
    rows = [(row[0].removeprefix("Năm "), *row[1:]) for row in DOWN]
    assert len(holding(make_table(heads, rows), "TAB009")) == 4


def test_growth_along_a_row_under_its_levels() -> None:
    table = make_table(ALONG_HEADS, ALONG)
    assert failing(table) == []
    assert len(holding(table, "TAB009")) == 5
    wrong = [ALONG[0], ("Tốc độ tăng dân số (%)", "1,02", "0,92", "1,31", "0,80", "1,16", "1,09"), ALONG[2]]
    (finding,) = failing(make_table(ALONG_HEADS, wrong))
    assert finding.suggestion is not None
    assert finding.suggestion.replacement == "1,13"


def test_one_wrong_level_breaks_the_growth_of_two_years() -> None:
    rows = [("Dân số (nghìn người)", "812,6", "820,1", "829,4", "863,0", "845,7", "854,9"), *ALONG[1:]]
    found = failing(make_table(ALONG_HEADS, rows))
    assert {finding.code for finding in found} == {"TAB009"}
    assert {finding.suggestion.replacement for finding in found if finding.suggestion} == {"836,0"}


def test_growth_at_other_prices_is_left_alone() -> None:
    rows = [ALONG[0], ("Tốc độ tăng (%)", "7,10", "6,42", "8,03", "7,70", "5,90", "6,18"), ALONG[2]]
    table = make_table(ALONG_HEADS, rows)
    assert failing(table) == []
    assert holding(table, "TAB009") == []
