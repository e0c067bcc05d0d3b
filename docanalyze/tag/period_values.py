"""What the words of a period say, before any anchoring: its shape, and where it stands."""

from __future__ import annotations

from typing import NamedTuple

from docanalyze.core.mention import Grain
from docanalyze.tag.period_words import Frequency

_HALF_YEAR = {(1, 6), (7, 12)}


class Shape(NamedTuple):
    """What a period's words say: months `first`..`last` of `year`, or years, or a relation."""

    grain: Grain | None
    year: int | None = None
    first: int | None = None
    last: int | None = None
    last_year: int | None = None
    relative: str | None = None
    frequency: Frequency | None = None
    dekad: int | None = None


class ShapeAt(NamedTuple):
    """A shape where it stands; `shared_year` where its year is printed on the next of a list."""

    start: int
    end: int
    rule: str
    shape: Shape
    shared_year: bool = False


def month_shape(first: int, last: int, year: int | None) -> Shape:
    """Return the shape of months of one year, with the grain that their number has."""
    grain: Grain = "months"
    if (first, last) in _HALF_YEAR:
        grain = "half-year"
    elif (first, last) == (1, 9):
        grain = "nine-months"
    elif (first, last) == (1, 12):
        grain = "year"
    return Shape(grain, year, first, last)


def inside_word(low: str, start: int) -> bool:
    """Return whether a word goes on at `start`."""
    return start > 0 and (low[start - 1].isalnum() or low[start - 1] == "_")


def ends_word(low: str, end: int) -> bool:
    """Return whether no word goes on at `end`; the end of the text ends it too."""
    after = low[end : end + 1]
    return after != "_" and not after.isalnum()
