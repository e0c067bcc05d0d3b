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


SCHOOL_HEADS = ("Chỉ tiêu", "2020-2021", "2021-2022", "2022-2023", "2023-2024")
SCHOOLS = [
    ("Tiểu học", "3.518", "3.604", "3.687", "3.755"),
    ("Công lập", "3.518", "3.604", "3.681", "3.741"),
    ("Ngoài công lập", "-", "-", "6", "14"),
    ("Trung học", "782", "791", "826", "851"),
    ("Công lập", "777", "787", "820", "842"),
    ("Ngoài công lập", "5", "4", "6", "9"),
]
INDICES = [
    ("Chỉ số phát triển (Năm trước = 100) - %", "", "", "", ""),
    ("Tiểu học", "103,12", "102,44", "102,30", "101,84"),
    ("Công lập", "103,12", "102,44", "102,14", "101,63"),
    ("Ngoài công lập", "-", "-", "-", "233,33"),
    ("Trung học", "98,10", "101,15", "104,42", "103,03"),
    ("Công lập", "97,80", "101,29", "104,19", "102,68"),
    ("Ngoài công lập", "166,67", "80,00", "150,00", "150,00"),
]


def test_rows_below_a_line_of_indices_are_growth_of_the_rows_of_their_names() -> None:
    table = make_table(SCHOOL_HEADS, [*SCHOOLS, *INDICES])
    assert failing(table) == []
    assert len(holding(table, "TAB009")) == 16
    wrong = [
        ("Trung học", "98,10", "101,15", "140,42", "103,03") if row[1] == "98,10" else row for row in INDICES
    ]
    (finding,) = failing(make_table(SCHOOL_HEADS, [*SCHOOLS, *wrong]))
    assert finding.arithmetic == "826 / 791 × 100 = 104,42 ≠ 140,42"


def test_two_rows_that_are_all_there_is_make_the_row_above() -> None:
    assert len(holding(make_table(SCHOOL_HEADS, SCHOOLS), "TAB001")) == 8
    wrong = [*SCHOOLS[:3], ("Trung học", "782", "719", "826", "851"), *SCHOOLS[4:]]
    (finding,) = failing(make_table(SCHOOL_HEADS, wrong))
    assert finding.arithmetic == "787 + 4 = 791 ≠ 719"


def test_the_row_above_two_halves_may_be_of_anything() -> None:
    rows = [("Dân số", "12.480"), ("Số hộ", "1.324"), ("Nam", "610"), ("Nữ", "624")]
    assert failing(make_table(("Chỉ tiêu", "Năm 2023"), rows)) == []
