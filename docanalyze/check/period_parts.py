"""CUM001 by the periods of figures: a year and its halves, a half and its quarters, in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.relation import Stretch

_DAY = timedelta(days=1)
_HEDGES = (None, "more-than", "nearly", "about")


def find_period_parts(facts: Facts) -> Iterator[Claim]:
    """Yield levels with those behind them whose periods follow each other through all of theirs.

    `3.398,6 tỷ đồng, trong đó 6 tháng đầu năm 1.642,8 tỷ đồng, 6 tháng cuối năm 1.755,8 tỷ đồng`. Stocks do
    not add up over time: what fails is told only if a misprint explains it.
    """
    for name in facts.by_sentence:
        levels = [figure for figure in facts.levels_of(name) if _adds_up(facts, figure)]
        for at, total in enumerate(levels):
            parts = _tile(facts, total, levels[at + 1 :])
            if len(parts) > 1:
                equation = add_up(total, parts)
                if holds(equation) or has_edit(equation):
                    yield Claim("CUM001", equation, severity="warning", tied=True)


def _adds_up(facts: Facts, figure: Figure) -> bool:
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
