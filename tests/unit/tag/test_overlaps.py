from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from docanalyze.core.mention import (
    Date,
    DateValue,
    LegalRef,
    LegalRefValue,
    Mention,
    Number,
    NumberValue,
    Period,
    PeriodValue,
    Quantity,
    QuantityValue,
)  # fmt: skip
from docanalyze.tag.overlaps import settle_overlaps


def number(start: int, end: int) -> Number:
    return Number(text="", start=start, end=end, rule="x", value=NumberValue())


def quantity(start: int, end: int) -> Quantity:
    return Quantity(text="", start=start, end=end, rule="x", value=QuantityValue(unit="xã"))


def period(start: int, end: int) -> Period:
    return Period(text="", start=start, end=end, rule="x", value=PeriodValue())


def date(start: int, end: int) -> Date:
    return Date(text="", start=start, end=end, rule="x", value=DateValue(date="2024-01-01"))


def legal_ref(start: int, end: int) -> LegalRef:
    return LegalRef(text="", start=start, end=end, rule="x", value=LegalRefValue())


def test_stronger_kinds_win() -> None:
    assert settle_overlaps([quantity(0, 9), period(5, 8)]) == [period(5, 8)]
    assert settle_overlaps([quantity(0, 9), legal_ref(0, 30), period(12, 20)]) == [legal_ref(0, 30)]
    assert settle_overlaps([number(0, 2), quantity(0, 9)]) == [quantity(0, 9)]


def test_longer_wins_among_equals() -> None:
    assert settle_overlaps([quantity(0, 5), quantity(0, 9)]) == [quantity(0, 9)]
    assert settle_overlaps([date(10, 20), legal_ref(0, 15)]) == [legal_ref(0, 15)]


MAKERS = st.sampled_from([number, quantity, period, date, legal_ref])
SPANS = st.lists(st.tuples(MAKERS, st.integers(0, 60), st.integers(1, 9)))


@given(SPANS)
def test_sorted_without_overlaps(spans: list[tuple[Callable[[int, int], Mention], int, int]]) -> None:
    mentions = [make(start, start + size) for make, start, size in spans]
    kept = settle_overlaps(mentions)
    for left, right in pairwise(kept):
        assert left.end <= right.start
    for mention in mentions:
        assert mention in kept or any(k.start < mention.end and mention.start < k.end for k in kept)
    assert settle_overlaps(kept) == kept
