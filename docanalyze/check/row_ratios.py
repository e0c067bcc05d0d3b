"""REP003: ratios and changes that the text tells of a row of a table, over what the table prints."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from msgspec.structs import replace

from docanalyze.check.complements import find_base
from docanalyze.check.edits import has_edit, is_telling
from docanalyze.check.equation import COMPARISONS, Equation, compare, share_of
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import agree, holds
from docanalyze.check.matches import Matches, Spot, count_digits, empty_words, find_matches, fits_role
from docanalyze.check.named_wholes import read_named_whole
from docanalyze.check.partners import PLANNED
from docanalyze.check.row_labels import read_labels
from docanalyze.check.wrong_ways import find_wrong_ways
from docanalyze.core.figure import Figure
from docanalyze.core.names import fold_words
from docanalyze.core.relation import Indicator

_CERTAIN, _LONG = 3, 5
_SELDOM = Fraction(1, 20)
_DONE = ("actual", "cumulative")
_EARLIER = ("actual", "cumulative", "prior-period")
_SAID = ("plan-ratio", "growth", "ratio", "change")


def find_row_ratios(facts: Facts) -> Iterator[Claim]:
    """Yield ratios of prose over figures that only the table prints.

    What: `đạt x% kế hoạch`, `tăng y%` in the text agree with the row's plan or with its earlier period;
    `thu phí vượt dự toán z triệu đồng` with what the row prints as planned and as done.
    Why: the text was updated and the table was not.
    Tolerance: the intervals of the two cells, divided, must meet that of the percentage.
    Example: `98,46 tỷ đồng, đạt 56% dự toán` in the text, `175` in the column of the plan.
    """
    matches = find_matches(facts)
    if not matches.spots:
        return
    yield from find_wrong_ways(facts, matches)
    yield from _find_over_cells(facts, matches)
    yield from _find_between_cells(facts, matches)
    yield from _find_shares_of_rows(facts, matches)


def _find_over_cells(facts: Facts, matches: Matches) -> Iterator[Claim]:
    """Yield what is said of a figure of the text that a cell repeats, over another cell of its row."""
    said = facts.in_roles(*_SAID)
    alike: Counter[tuple[object, ...]] | None = None
    for indicator in said:
        if indicator.of is None:
            continue
        actual = facts.figures[facts.indicators[indicator.of].mention]
        spot = matches.found.get(actual.mention)
        if spot is None or indicator.against is not None:
            continue
        ratio = facts.figures[indicator.mention]
        wanted = "plan" if _is_planned(facts, indicator, ratio) else "prior-period"
        named, exact, tried = [], [], []
        fitting: Equation | None = None
        for other in matches.rows[spot.line]:
            cell = other.figure
            if cell.dimension != actual.dimension and not (cell.exact and actual.exact):
                continue
            equation = compare(COMPARISONS.get(indicator.role or "", "ratio"), actual, cell, ratio)
            if holds(equation) and not agree(actual, cell):
                fitting = fitting or equation
            tried.append(equation)
            if wanted == "prior-period" and other is not spot and _is_base(indicator, other):
                exact.append(equation)
            elif other.basis == wanted or (
                wanted == "prior-period" and _is_year_before(matches, ratio, spot, other)
            ):
                named.append(equation)
        named = exact or named
        if fitting is not None:
            yield Claim("REP003", fitting)
        elif len(named) == 1 and indicator.sure and not (indicator.role == "change" and ratio.comparator):
            alike = alike or Counter(_identify(facts, each) for each in said)
            alone = alike[_identify(facts, indicator)] == 1  # of two plans, the table prints one
            told = alone and not named[0].hedged and has_edit(named[0]) and _is_row_of(matches, actual, spot)
            yield Claim("REP003", named[0], sure=told, severity="warning" if told else None, tied=told)
        elif indicator.role == "change" and not ratio.comparator and count_digits(ratio) >= _CERTAIN:
            slips = [each for each in tried if is_telling(each, most=_SELDOM)]
            if len(slips) == 1:
                yield Claim("REP003", slips[0], sure=False)


def _identify(facts: Facts, said: Indicator) -> tuple[object, ...]:
    """Return what ratios and changes of one figure must have in common to be over one base."""
    planned = _is_planned(facts, said, facts.figures[said.mention])
    return said.of, said.role, said.base_period, planned


def _find_shares_of_rows(facts: Facts, matches: Matches) -> Iterator[Claim]:
    """Yield the shares of a figure that a cell repeats, of the row that the text names, in its column.

    `tiền sử dụng đất 1.018,5 tỷ đồng, chiếm 18,3% thu nội địa`.
    """
    for indicator in facts.ratios:
        owner = facts.indicators.get(indicator.of or "")
        spot = matches.found.get(owner.mention) if owner is not None else None
        if owner is None or spot is None or indicator.against is not None:
            continue
        part, ratio = facts.figures[owner.mention], facts.figures[indicator.mention]
        words = read_named_whole(facts, ratio) - empty_words(facts)
        if not words or part.comparator or not fits_role(facts, part, spot):
            continue
        wholes = [
            other for other in matches.columns[spot.column]
            if (other.label == words or (not other.label and words == _ALL)) and other is not spot
        ]  # fmt: skip
        if len(wholes) == 1 and wholes[0].figure.rough > spot.figure.rough:
            equation = share_of(part, wholes[0].figure, ratio)
            if holds(equation) or has_edit(equation):
                yield Claim("REP003", equation, severity="warning", tied=True)


_ALL = fold_words("tổng số")


def _find_between_cells(facts: Facts, matches: Matches) -> Iterator[Claim]:
    """Yield what the text says of a row without its level: `thu phí vượt dự toán 43 triệu đồng`."""
    named = read_labels(matches)
    last: tuple[str | None, frozenset[str]] = (None, frozenset())
    for indicator in facts.indicators.values():
        if indicator.role not in _SAID or indicator.of is not None or indicator.column is not None:
            continue
        ratio = facts.figures[indicator.mention]
        if ratio.comparator == "more-than" and _EXCEEDS.search(facts.words_before(ratio)):
            ratio = replace(ratio, comparator=None)  # `vượt dự toán 734 triệu đồng`: just by so much
        if not ratio.plain or ratio.mention in matches.found or indicator.against is not None:
            continue
        sentence = facts.mentions[ratio.mention].sentence
        words = fold_words(indicator.name) - empty_words(facts)
        if not words and last[0] == sentence:
            words = last[1]  # `nước ghi thu vượt kế hoạch 620 nghìn m3, tăng 2,61 triệu m3 so với năm 2023`
        last = sentence, words
        lines = named.find_lines(words, least=1.0)
        if len(lines) != 1:
            continue
        label = matches.rows[lines[0]][0].label
        if len(label) < _FEWEST and label != words:
            continue
        equations = list(_pair_cells(facts, indicator, ratio, matches.rows[lines[0]]))
        fitting = next((each for each in equations if holds(each)), None)
        if fitting is not None:
            yield Claim("REP003", fitting)
        elif len(equations) == 1 and has_edit(equations[0]):
            yield Claim("REP003", equations[0], severity="warning", tied=True)


_EXCEEDS = re.compile(r"(?<!\w)vượt(?: [^\W\d]+){0,4}$")
_FEWEST = 2
"""A label of one word is that of many things."""


def _pair_cells(facts: Facts, indicator: Indicator, ratio: Figure, row: list[Spot]) -> Iterator[Equation]:
    """Yield the comparison of each cell of a figure's period with each that it can be measured against."""
    planned = _is_planned(facts, indicator, ratio)
    form = COMPARISONS.get(indicator.role or "", "ratio")
    for spot in row:
        if spot.basis not in _DONE or spot.period != indicator.period or spot.figure.dimension == "%":
            continue
        if form == "difference" and spot.figure.dimension != ratio.dimension:
            continue
        for other in row:
            base = other.basis == "plan" if planned else _is_base(indicator, other)
            if other is not spot and base and other.kind == spot.kind:
                yield compare(form, spot.figure, other.figure, ratio)


def _is_planned(facts: Facts, indicator: Indicator, ratio: Figure) -> bool:
    """Return whether a ratio or a change is over a plan: `hơn kế hoạch 38 lao động`, `vượt dự toán 5%`."""
    about = f"{facts.words_before(ratio)} {find_base(facts, ratio)}"
    changed = indicator.role == "change" and PLANNED.search(about) is not None
    return indicator.role == "plan-ratio" or changed


def _is_base(indicator: Indicator, other: Spot) -> bool:
    """Return whether a cell is of the period that a ratio is said to be over."""
    base = indicator.base_period
    return base is not None and base.start is not None and other.period == base and other.basis in _EARLIER


def _is_row_of(matches: Matches, actual: Figure, spot: Spot) -> bool:
    """Return whether a row is surely that of a figure: it bears its name and its number, or a long number."""
    if count_digits(actual) >= _LONG:
        return True
    if count_digits(actual) < _CERTAIN or not spot.label or not fits_role(matches.facts, actual, spot):
        return False
    return spot.label <= matches.words_of(actual).wide


def _is_year_before(matches: Matches, ratio: Figure, spot: Spot, other: Spot) -> bool:
    """Return whether a column is that of another a year earlier, and a ratio is said to be over it."""
    near = matches.words_of(ratio).near
    if len(spot.years) != 1 or other.basis not in _EARLIER:
        return False
    before = str(int(*spot.years) - 1)
    compared = {"cung", "ky"} <= near or {"nam", "truoc"} <= near or not near.isdisjoint({"ck", before})
    return compared and other.years == {before}
