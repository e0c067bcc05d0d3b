"""CUM001 by the periods of figures: a year and its halves, a half and its quarters, in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from docanalyze.check.edits import has_edit, only_telling
from docanalyze.check.equation import add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.matches import empty_words
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words
from docanalyze.core.relation import Stretch

SELDOM = Fraction(1, 20)
"""How often figures of several periods may agree by chance but for a misprint."""
_DAY = timedelta(days=1)
_AIMS = fold_words("phấn đấu dự kiến ước")
_HEDGES = (None, "more-than", "nearly", "about")


def find_period_parts(facts: Facts) -> Iterator[Claim]:
    """Yield levels with those behind them whose periods follow each other through all of theirs.

    `3.398,6 tỷ đồng, trong đó 6 tháng đầu năm 1.642,8 tỷ đồng, 6 tháng cuối năm 1.755,8 tỷ đồng`. Stocks do
    not add up over time: what fails is told only if a misprint explains it.
    """
    for name in facts.by_sentence:
        levels = [figure for figure in facts.levels_of(name) if adds_up(facts, figure)]
        for at, total in enumerate(levels):
            parts = _tile(facts, total, levels[at + 1 :])
            if len(parts) > 1:
                equation = add_up(total, parts)
                if holds(equation) or has_edit(equation):
                    yield Claim("CUM001", equation, severity="warning", tied=True)


def find_next_months(facts: Facts) -> Iterator[Claim]:
    """Yield what is cumulated to a month with that month and what was cumulated before it.

    `tháng 6 phấn đấu thu 1.200 tỷ đồng, lũy kế 6 tháng 7.628 tỷ đồng`, in the report of five months: 6.427,9
    tỷ đồng in the row or the sentence of the same name.
    """
    for name in facts.by_sentence:
        for month, whole in pairwise(facts.levels_of(name)):
            own, all_of = _period(facts, month), _period(facts, whole)
            if (
                own is all_of
                or own is None
                or all_of is None
                or own.end != all_of.end
                or own.start == all_of.start
            ):
                continue
            if not adds_up(facts, whole) or not is_alike(month, whole) or month.comparator is not None:
                continue
            before = date.fromisoformat(own.start or "") - _DAY
            words = fold_words(facts.by_mention[month.mention].name) - empty_words(facts) - _AIMS
            wanted = Stretch(start=all_of.start, end=before.isoformat())
            others = find_levels_in(facts, wanted, whole, words.issubset) if words else []
            equations = [add_up(whole, [other, month]) for other in others]
            fitting = next((each for each in equations if holds(each)), None)
            told = fitting or (only_telling(equations) if equations else None)
            if told is not None:
                yield Claim("CUM001", told, severity="warning", tied=True)


def find_levels_in(
    facts: Facts, period: Stretch | None, like: Figure, fits: Callable[[frozenset[str]], bool]
) -> list[Figure]:
    """Return the other levels of a period, of one kind with a figure, whose names fit; each value once."""
    found: dict[object, Figure] = {}
    for name, indicator in facts.by_mention.items():
        other = facts.figures[name]
        level = indicator.role in (None, "level") and indicator.basis in ("actual", "cumulative")
        alike = level and indicator.period == period and is_alike(other, like) and other is not like
        if alike and fits(fold_words(indicator.name) - empty_words(facts)):
            found.setdefault(other.value, other)
    return list(found.values())


def adds_up(facts: Facts, figure: Figure) -> bool:
    """Return whether a figure is a plain level of something that adds up over time: no rate, no average."""
    plain = facts.role_of(figure) == "level" and figure.comparator in _HEDGES and figure.number == figure.high
    return plain and figure.dimension not in ("", "%", "point") and "/" not in figure.dimension


def _tile(facts: Facts, total: Figure, others: list[Figure]) -> list[Figure]:
    """Return the figures right behind a level whose periods make up its own; none where they do not."""
    whole, parts = _period(facts, total), []
    if whole is None:
        return []
    ahead = whole.start
    for figure in others:
        own = _period(facts, figure)
        if own is None or own == whole or own.start != ahead or not is_alike(figure, total):
            return []
        parts.append(figure)
        if own.end == whole.end:
            return parts
        ahead = (date.fromisoformat(own.end or "") + _DAY).isoformat()
    return []


def _period(facts: Facts, figure: Figure) -> Stretch | None:
    indicator = facts.by_mention.get(figure.mention)
    own = indicator.period if indicator is not None else None
    return own if own is not None and own.start and own.end else None
