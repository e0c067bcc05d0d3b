from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docanalyze.lexicon import load_lexicon
from docanalyze.tag.dates import find_dates

LEXICON = load_lexicon()
FORMS = (
    "{d}/{m}/{y}",
    "{d:02}/{m:02}/{y}",
    "{d}-{m}-{y}",
    "{d}.{m}.{y}",
    "ngày {d} tháng {m} năm {y}",
    "ngày\u00a0{d:02}\u00a0tháng {m:02}\nnăm {y}",
    "NGÀY {d} THÁNG {m} NĂM {y}",
    "{y}-{m:02}-{d:02}",
)
SOUP = st.text(alphabet="0123456789/.- \n\tngàyhtáămvàđếnừ,;:", max_size=60)


@pytest.mark.parametrize("form", FORMS)
@given(day=st.dates(datetime.date(1950, 1, 1), datetime.date(2099, 12, 31)))
def test_printed_date_is_read_back(form: str, day: datetime.date) -> None:
    printed = form.format(d=day.day, m=day.month, y=day.year)
    found = list(find_dates(f"Họp {printed} tại xã.", LEXICON))
    assert [(m.text, m.value.date) for m in found] == [(printed, day.isoformat())]


@given(SOUP)
def test_text_is_the_span(text: str) -> None:
    done = 0
    for mention in find_dates(text, LEXICON):
        assert text[mention.start : mention.end] == mention.text
        assert mention.start >= done
        assert "\n\n" not in mention.text
        assert "\t" not in mention.text
        done = mention.end


def test_two_digit_year_needs_the_word() -> None:
    assert [m.value.date for m in find_dates("ngày 05/02/24", LEXICON)] == ["2024-02-05"]
    assert not list(find_dates("mã 05/02/24", LEXICON))


def test_growing_letters_do_not_move_spans() -> None:
    (mention,) = find_dates("İİ ngày 16/6/2023", LEXICON)
    assert (mention.start, mention.text) == (3, "ngày 16/6/2023")


def test_glued_range() -> None:
    assert [m.value.date for m in find_dates("từ 8-9/7/2023", LEXICON)] == ["2023-07-08", "2023-07-09"]
