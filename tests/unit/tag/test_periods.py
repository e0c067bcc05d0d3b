from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docanalyze.lexicon import load_lexicon
from docanalyze.tag.calendar import month_days, year_days
from docanalyze.tag.periods import find_periods

LEXICON = load_lexicon()
YEARS = st.integers(1950, 2090)
ROMAN = ("I", "II", "III", "IV")
PIECES = ["6", " tháng", " đầu", " năm", " 2023", " ", "\n", "\t", " quý", " II", "/2023", " -", " 2025", ","]
PIECES += [" cùng kỳ", " trước", " vụ", " Hè Thu", " giai đoạn", " hằng tháng", " CK", " T6", " kế hoạch"]
SOUP = st.lists(
    st.sampled_from(PIECES),
    max_size=14,
).map("".join)


def read(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(m.text, m.value.start, m.value.end) for m in find_periods(text, LEXICON)]


@pytest.mark.parametrize(
    "form", ["tháng {m}/{y}", "tháng {m:02} năm {y}", "tháng {m}.{y}", "T{m}/{y}", "{m}/{y}"]
)
@given(month=st.integers(1, 12), year=YEARS)
def test_month_is_read_back(form: str, month: int, year: int) -> None:
    printed = form.format(m=month, y=year)
    assert read(f"Trong {printed}, thu đạt khá") == [(printed, *month_days(year, month, month))]


@pytest.mark.parametrize(
    "form", ["quý {r}/{y}", "quý {q} năm {y}", "Q{q}/{y}", "QUÝ {r} NĂM {y}", "quý {r} {y}"]
)
@given(quarter=st.integers(1, 4), year=YEARS)
def test_quarter_is_read_back(form: str, quarter: int, year: int) -> None:
    printed = form.format(q=quarter, r=ROMAN[quarter - 1], y=year)
    assert read(f"Trong {printed}, thu") == [(printed, *month_days(year, 3 * quarter - 2, 3 * quarter))]


@given(count=st.integers(2, 12), year=YEARS)
def test_first_months_are_read_back(count: int, year: int) -> None:
    days = month_days(year, 1, count)
    for printed in (f"{count} tháng đầu năm {year}", f"{count} tháng năm {year}", f"{count}T/{year}"):
        assert read(f"Kết quả {printed}: tốt") == [(printed, *days)]


@given(year=YEARS, length=st.integers(1, 9), join=st.sampled_from(["-", " - ", " -", "–", " –\n"]))
def test_years_are_read_back(year: int, length: int, join: str) -> None:
    printed = f"giai đoạn {year}{join}{year + length}"
    assert read(f"trong {printed}.") == [(printed, *year_days(year, year + length))]


@pytest.mark.parametrize("form", ["T6/2023", "Q2.2023", "QIV-2023", "6T/2023", "6/2023", "CK 2023"])
def test_short_period_may_end_the_text(form: str) -> None:
    assert [period[0] for period in read(f"thu {form}")] == [form]
    assert [period[0] for period in read(f"thu {form}x")] != [form]


@given(SOUP)
def test_text_is_the_span(text: str) -> None:
    done = 0
    for mention in find_periods(text, LEXICON):
        assert text[mention.start : mention.end] == mention.text
        assert mention.start >= done
        assert "\n\n" not in mention.text
        assert "\t" not in mention.text
        done = mention.end


def test_long_row_of_years_is_quick() -> None:
    assert len(read("2021\t" * 20_000)) == 20_000
