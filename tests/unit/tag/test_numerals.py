from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docanalyze.lexicon import load_lexicon
from docanalyze.tag.number_words import parse_words
from docanalyze.tag.numerals import find_profile, parse_numeral, scan_numerals

NUMBERS = st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False, allow_infinity=False)


def group(whole: str, mark: str) -> str:
    head = len(whole) % 3 or 3
    return mark.join([whole[:head], *(whole[i : i + 3] for i in range(head, len(whole), 3))])


@given(NUMBERS, st.sampled_from([(".", ","), ("", ","), (",", "."), ("", "."), (" ", ","), ("\u00a0", ",")]))
def test_printed_forms_read_back(number: Decimal, marks: tuple[str, str]) -> None:
    whole, _, decimals = format(number, "f").partition(".")
    printed = (group(whole, marks[0]) if marks[0] else whole) + marks[1] + decimals
    reading = parse_numeral(printed)
    assert reading is not None
    assert reading.number == number
    assert reading.number.as_tuple().exponent == -2


@given(st.integers(min_value=0, max_value=10**15))
def test_grouped_integers_read_back(number: int) -> None:
    for mark in (".", "\u2009", " "):
        reading = parse_numeral(group(str(number), mark))
        assert reading is not None
        assert reading.number == number


@pytest.mark.parametrize(
    ("token", "profile", "number", "ambiguous"),
    [
        ("89,573", "vi", "89.573", "89573"),
        ("89,573", "en", "89573", "89.573"),
        ("2.674", "vi", "2674", "2.674"),
        ("2.674", "en", "2.674", "2674"),
        ("2.555,069", "vi", "2555.069", None),
        ("1,234,567", "vi", "1234567", None),
        ("0,123", "en", "0.123", None),
        ("04", "vi", "4", None),
    ],
)
def test_profile_decides_what_the_token_does_not(
    token: str, profile: str, number: str, ambiguous: str | None
) -> None:
    reading = parse_numeral(token, profile="en" if profile == "en" else "vi")
    assert reading is not None
    assert reading.number == Decimal(number)
    assert reading.ambiguous == (None if ambiguous is None else Decimal(ambiguous))


NO_NUMERALS = ["16.6.2023", "1.1.1", "1,2,3", "12,345,67", "", "x", "1 23", "0.123.456", "9" * 50]


@pytest.mark.parametrize("token", NO_NUMERALS)
def test_no_numeral(token: str) -> None:
    assert parse_numeral(token) is None


SIGNED = [("(123)", True), ("-1,2", True), ("\u22121,2", True), ("+3", False)]


@pytest.mark.parametrize(("token", "negative"), SIGNED)
def test_cells_have_signs(token: str, negative: bool) -> None:
    reading = parse_numeral(token, cell=True)
    assert reading is not None
    assert reading.negative is negative


def test_brackets_are_no_sign_in_running_text() -> None:
    assert parse_numeral("(123)") is None


def test_profile_of_a_text() -> None:
    assert find_profile("đạt 5,5% và 1.234.567 đồng") == "vi"
    assert find_profile("1,234.5 và 2,250,000 và 0,5") == "en"
    assert find_profile("ngày 11.7, mục 1.1") == "vi"


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("hai mươi mốt", 21), ("sáu", 6), ("một trăm linh hai", 102), ("mười lăm", 15),
        ("một nghìn hai trăm năm mươi", 1250), ("hai triệu rưỡi", 2_500_000), ("chín trăm lẻ tư", 904),
        ("một tỷ hai trăm triệu", 1_200_000_000),
    ],
)  # fmt: skip
def test_numbers_in_words(words: str, number: int) -> None:
    assert parse_words(words, load_lexicon()) == number


NO_WORDS = ["hai ba", "mươi", "nghìn", "linh hai", "rưỡi", "hai linh", "công trình", ""]


@pytest.mark.parametrize("words", NO_WORDS)
def test_words_that_make_no_number(words: str) -> None:
    assert parse_words(words, load_lexicon()) is None


@given(st.text(alphabet="0123456789., \u00a0/-%a\n\t", max_size=60))
def test_scan_covers_every_digit(text: str) -> None:
    spans = [(n.start, n.end) for n in scan_numerals(text).numerals]
    assert spans == sorted(spans)
    covered = {at for start, end in spans for at in range(start, end)}
    assert {at for at, letter in enumerate(text) if letter.isdigit()} <= covered


def test_commas_of_a_table_part_thousands_where_short_numbers_stand_beside_them() -> None:
    prose = "Tổng thu đạt 12,5 tỷ đồng.\n\n"
    table = "Xã\t2021\t2022\t\nHòa Lạc\t3,467\t89\t\nTân Bình\t120\t5,222\t\nLộc An\t1,250\t990\t"
    numbers = [n.reading.number for n in scan_numerals(prose + table).numerals if n.reading]
    assert [str(number) for number in numbers[3:]] == ["3467", "89", "120", "5222", "1250", "990"]
    decimals = table.replace("89", "89,250").replace("120", "120,500").replace("990", "990,000")
    numbers = [n.reading.number for n in scan_numerals(prose + decimals).numerals if n.reading]
    assert [str(number) for number in numbers[3:]][:2] == ["3.467", "89.250"]


def test_the_prose_keeps_its_own_convention_beside_tables_from_spreadsheets() -> None:
    prose = "Tổng thu 2.507.025 triệu đồng, tăng 237.325 triệu đồng."
    rows = "Thuế\t1,250,300\t1,310,420\t60,120\t\nPhí\t1,020,700\t1,096,605\t75,905\t"
    text = f"{prose}\n\nSTT\tDự toán\tQuyết toán\t\n{rows}\n\nBiểu 2\n\nLệ phí\t3,467\t2,105\t"
    read = {text[n.start : n.end]: n.reading for n in scan_numerals(text).numerals}
    assert [str(reading.number) for token in ("237.325", "60,120") if (reading := read[token])] == [
        "237325",
        "60120",
    ]
    assert find_profile(text) == "vi"


def test_a_text_of_one_convention_keeps_it_where_only_tables_prove_it() -> None:
    text = "Thu đạt 237,325 triệu đồng.\n\nThuế\t1,250,300\t1,310,420\t\nPhí\t1,020,700\t1,096,605\t"
    found = {text[n.start : n.end]: n.reading for n in scan_numerals(text).numerals}["237,325"]
    assert found is not None
    assert str(found.number) == "237325"
