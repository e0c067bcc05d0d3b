"""The same figure twice, in prose or in a table, and ratios of prose over a table's row."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from docanalyze.check.departures import find_departures, is_misprint
from docanalyze.check.equation import COMPARISONS, compare, equate
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.matches import find_matches
from docanalyze.core.figure import Figure
from docanalyze.core.names import fold_words, likeness
from docanalyze.core.relation import Indicator

_LIKENESS = 0.6
_AHEAD = 3
"""How many later figures of a name one is held against: an indicator recurs in every chapter."""


def find_repeats(facts: Facts) -> Iterator[Claim]:
    """Yield figures of prose that a table prints too.

    What: a figure of the text equals the cell of the row with its name, in the same unit.
    Why: text and table are edited by different hands; one of them was not brought up to date.
    Tolerance: the coarser figure must contain the finer one. Where no cell of the row agrees, only one that
    a small misprint would make agree is told.
    Example: `giá trị sản xuất 4.245,23 tỷ đồng` in the text, `4.245,23` in the row `Giá trị sản xuất`.
    """
    matches = find_matches(facts)
    if not matches.spots:
        return
    for figure in facts.prose():
        spot = matches.found.get(figure.mention)
        if spot is not None:
            yield Claim("REP002", equate(figure, spot.figure))
    yield from find_departures(facts, matches)


def find_restatements(facts: Facts) -> Iterator[Claim]:
    """Yield figures of prose printed again under the same name.

    What: two figures with the same name and unit in different sentences are equal.
    Why: the summary repeats what the body says; one of them was changed.
    Tolerance: the coarser figure must contain the finer one; unequal ones are told only if a small misprint
    would make them equal (they may be of two periods).
    Example: `thu ngân sách 98,46 tỷ đồng` in the body and again in the conclusion.
    """
    yield from _find_equal(facts)
    by_key: dict[tuple[str, str], list[tuple[Figure, Indicator]]] = {}
    for figure in facts.prose():
        indicator = facts.by_mention.get(figure.mention)
        if indicator is not None and len(fold_words(indicator.name)) >= 2:
            key = (indicator.key, indicator.role or "")
            by_key.setdefault(key, []).append((figure, indicator))
    for group in by_key.values():
        for at, (one, _) in enumerate(group):
            for two, _ in group[at + 1 : at + 1 + _AHEAD]:
                if facts.mentions[one.mention].sentence == facts.mentions[two.mention].sentence:
                    continue
                equation = equate(one, two)
                if holds(equation):
                    yield Claim("REP001", equation)
                    break
                if is_misprint(equation) and not _has_twin(facts, one, two):
                    yield Claim("REP001", equation, severity="warning")


def _find_equal(facts: Facts) -> Iterator[Claim]:
    """Yield equal figures of like names in different sentences; small whole numbers are equal by chance."""
    by_value: dict[tuple[str, str, Decimal, Decimal], list[Figure]] = {}
    for figure in facts.prose():
        indicator = facts.by_mention.get(figure.mention)
        digits = len(figure.number.as_tuple().digits)
        if indicator is None or not indicator.name or (digits < 3 and not figure.decimals):
            continue
        key = (figure.dimension, indicator.role or "", figure.number * 1, figure.high)
        by_value.setdefault(key, []).append(figure)
    for group in by_value.values():
        for one, two in pairwise(group):
            if facts.mentions[one.mention].sentence == facts.mentions[two.mention].sentence:
                continue
            names = [fold_words(facts.by_mention[figure.mention].name) for figure in (one, two)]
            equation = equate(one, two)
            if likeness(*names) >= _LIKENESS and holds(equation):
                yield Claim("REP001", equation)


def find_row_ratios(facts: Facts) -> Iterator[Claim]:
    """Yield ratios of prose over figures that only the table prints.

    What: `đạt x% kế hoạch`, `tăng y%` in the text agree with the row's plan or with its earlier period.
    Why: the text was updated and the table was not.
    Tolerance: the intervals of the two cells, divided, must meet that of the percentage.
    Example: `98,46 tỷ đồng, đạt 56% dự toán` in the text, `175` in the column of the plan.
    """
    matches = find_matches(facts)
    if not matches.spots:
        return
    for indicator in facts.indicators.values():
        if indicator.role not in ("plan-ratio", "growth", "ratio", "change") or indicator.of is None:
            continue
        actual = facts.figures[facts.indicators[indicator.of].mention]
        spot = matches.found.get(actual.mention)
        if spot is None or indicator.against is not None:
            continue
        ratio = facts.figures[indicator.mention]
        wanted = "plan" if indicator.role == "plan-ratio" else "prior-period"
        named, fitting = [], None
        for other in matches.rows[spot.line]:
            cell = other.figure
            if cell.dimension != actual.dimension:
                continue
            equation = compare(COMPARISONS.get(indicator.role, "ratio"), actual, cell, ratio)
            if holds(equation) and not holds(equate(actual, cell)):
                fitting = fitting or equation
            if facts.by_mention[cell.mention].basis == wanted:
                named.append(equation)
        if fitting is not None:
            yield Claim("REP003", fitting)
        elif len(named) == 1 and indicator.sure:
            yield Claim("REP003", named[0], sure=False)


def _has_twin(facts: Facts, one: Figure, two: Figure) -> bool:
    """Return whether both of two unequal figures are printed elsewhere just so: then it is no misprint."""
    return all(facts.printed[figure.dimension, figure.number * 1] > 1 for figure in (one, two))
