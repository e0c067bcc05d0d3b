"""The stretch of time that a figure is of, from the periods printed before it and the words there.

A period that is only a base (`so với cùng kỳ năm 2022`) is what changes are measured against, never
that of a level; a year named with the plan (`kế hoạch năm 2023`) is that of plans.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from docanalyze.core.days import Days, is_year, join_periods, whole_year, year_before
from docanalyze.core.mention import Period
from docanalyze.lexicon import Lexicon
from docanalyze.lexicon.cues import cue_pattern

_END = re.compile(r"(?:\s+thời điểm)?\s+(?:cuối|hết)$")
_CLAUSE = re.compile(r"[,;:.]\s|\t")
_PRICES = ("giá so sánh", "giá so sánh năm", "giá cố định", "giá hiện hành", "giá", "năm gốc", "gốc")
_STARTS = ("từ", "từ mức")
"""Before a base where a level follows, before a stretch where a day does."""
_REACH = 70
_YEARS = 3
"""A year printed further away from the report's is part of a name, not the period of a figure."""


class PlacedPeriod(NamedTuple):
    """A period as printed at a place; `base` where figures are measured against it, `plan` if planned for."""

    at: int
    days: Days
    base: bool
    plan: bool


class ChosenPeriod(NamedTuple):
    """The period of a figure and the one that it is measured against; None where nothing tells.

    `certain` is False where another might be meant, `printed` is True where its own stands before it.
    """

    days: Days | None
    base: Days | None
    certain: bool
    printed: bool = False


@lru_cache(maxsize=8)
def _leads(lexicon: Lexicon) -> tuple[str, ...]:
    words = [word for word in lexicon["cues"]["against"]["words"] if word not in _STARTS]
    return (*words, "bằng", "cao hơn", "thấp hơn")


def place_period(mention: Period, text: str, lexicon: Lexicon) -> PlacedPeriod | None:
    """Return a period with days and what it is for, as the words before it say; None for a price basis."""
    value = mention.value
    if value.start is None or value.end is None or value.grain in (None, "dekad", "crop-season"):
        return None
    before = text[max(0, mention.start - _REACH) : mention.start].lower().rstrip(" (\n")
    if before.endswith(_PRICES):
        return None
    relative = value.relative or ""
    ended = _END.sub("", before)  # `so với cuối quý I`
    base = relative.startswith(("same-period", "previous")) or ended.endswith(_leads(lexicon))
    plan = (
        value.grain == "year" and cue_pattern(lexicon, "plan").search(_CLAUSE.split(before)[-1]) is not None
    )
    return PlacedPeriod(mention.start, Days(value.start, value.end), base, plan)


def choose_period(
    at: int,
    periods: Sequence[PlacedPeriod],
    default: Days | None,
    *,
    prior: bool = False,
    plan: bool = False,
    several: bool = False,
    heads: bool = False,
) -> ChosenPeriod:
    """Return the period of the figure at an offset, from those printed in its sentence or column's head.

    `prior` figures are of the base printed last before them, or of a year before; `plan` figures of the
    calendar year. `default` is the period where none is printed, unsure if the report has `several`. Years
    far from it are parts of names, but not in the `heads` of columns.

    >>> half, year = Days("2023-01-01", "2023-06-30"), Days("2023-01-01", "2023-12-31")
    >>> choose_period(40, [PlacedPeriod(3, half, base=False, plan=False)], year).days == half
    True
    >>> choose_period(40, [], half, prior=True).days
    Days(start='2022-01-01', end='2022-06-30')
    """
    if not periods:
        if plan:
            return ChosenPeriod(whole_year(default.end) if default else None, None, True)
        if prior:
            return ChosenPeriod(year_before(default) if default else None, None, not several)
        return ChosenPeriod(default, None, not several)
    before = [p for p in periods if p.at < at and (heads or default is None or _are_near(p.days, default))]
    own = join_periods([p.days for p in before if not p.base and not p.plan])
    known = own or default
    if plan:
        planned = next((p.days for p in reversed(before) if p.plan or is_year(p.days)), None)
        return ChosenPeriod(
            planned or (whole_year(known.end) if known else None), None, True, planned is not None
        )
    if prior:
        base = next(
            (
                p.days
                for p in reversed(before)
                if p.base or (default is not None and p.days.end < default.start)
            ),
            None,
        )
        if base is None and own is not None and own != default:  # `6 tháng đầu năm đạt`: a part of the year
            return ChosenPeriod(own, None, True, True)
        days = base or (year_before(known) if known else None)
        return ChosenPeriod(days, None, base is not None or not several, base is not None)
    bases = [p for p in periods if p.base] if periods else ()
    base = next((p.days for p in bases if p.at > at), None) if bases else None
    if base is None and bases and before:
        base = next((p.days for p in reversed(before) if p.base), None)
    return ChosenPeriod(known, base, own is not None or not several, own is not None)


def _are_near(one: Days, two: Days) -> bool:
    first, second = one.end[:4], two.end[:4]
    return first == second or abs(int(first) - int(second)) < _YEARS
