"""The same figure twice, in prose or in a table, and ratios of prose over a table's row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from docanalyze.check.edits import find_edits
from docanalyze.check.equation import COMPARISONS, Equation, compare, equate
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.core.figure import Figure
from docanalyze.core.names import fold_words, likeness
from docanalyze.core.relation import Indicator

_LIKENESS = 0.6
_RARE = 3
_AHEAD = 3
"""How many later figures of a name one is held against: an indicator recurs in every chapter."""
_MATCHED = ("level", "base", "plan", "plan-ratio", "growth", "share")
_SURE_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its label, folded into words, and its figures by column."""

    table: str
    number: int
    words: frozenset[str]
    cells: tuple[tuple[int, Figure], ...]


def find_repeats(facts: Facts) -> Iterator[Claim]:
    """Yield figures of prose that a table prints too.

    What: a figure of the text equals the cell of the row with its name, in the same unit.
    Why: text and table are edited by different hands; one of them was not brought up to date.
    Tolerance: the coarser figure must contain the finer one. Where no cell of the row agrees, only one that
    a small misprint would make agree is told.
    Example: `giá trị sản xuất 4.245,23 tỷ đồng` in the text, `4.245,23` in the row `Giá trị sản xuất`.
    """
    for figure, row, plain in _match_rows(facts):
        if not plain:
            continue
        cells = [cell for _, cell in row.cells if cell.dimension == figure.dimension]
        equations = [equate(figure, cell) for cell in cells]
        fitting = next((equation for equation in equations if holds(equation)), None)
        if fitting is not None:
            yield Claim("REP002", fitting)
            continue
        if facts.role_of(figure) == "growth":
            continue
        misprint = next((equation for equation in equations if _is_misprint(equation)), None)
        if misprint is not None:
            yield Claim("REP002", misprint, severity="warning")


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
                if _is_misprint(equation) and not _has_twin(facts, one, two):
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
    by_mention = {figure.mention: row for figure, row, _ in _match_rows(facts)}
    for indicator in facts.indicators.values():
        if indicator.role not in ("plan-ratio", "growth", "ratio", "change") or indicator.of is None:
            continue
        actual = facts.figures[facts.indicators[indicator.of].mention]
        row = by_mention.get(actual.mention)
        if row is None or indicator.against is not None:
            continue
        ratio = facts.figures[indicator.mention]
        wanted = "plan" if indicator.role == "plan-ratio" else "prior-period"
        named, fitting = [], None
        for _, cell in row.cells:
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


def _is_misprint(equation: Equation) -> bool:
    """Return whether one edit that hardly happens by chance makes two figures equal."""
    if equation.hedged or equation.terms[0][1].dimension == "point":
        return False
    digits = min(len(f.number.as_tuple().digits) for _, f in equation.terms)
    if digits < 3:
        return False
    fitting, _ = find_edits(equation)
    telling = min(len(f.number.normalize().as_tuple().digits) for _, f in equation.terms)
    many = telling >= _SURE_DIGITS and equation.terms[0][1].dimension != "%"
    return any(edit.rank < 3 or many for edit in fitting)


def _has_twin(facts: Facts, one: Figure, two: Figure) -> bool:
    """Return whether both of two unequal figures are printed elsewhere just so: then it is no misprint."""
    return all(facts.printed[figure.dimension, figure.number * 1] > 1 for figure in (one, two))


def _match_rows(facts: Facts) -> list[tuple[Figure, Row, bool]]:
    """Return figures of prose with the table row that has their name, and whether it is plain."""
    kept = facts.memo.get("rows")
    if kept is None:
        kept = facts.memo["rows"] = list(_find_matches(facts))
    matches: list[tuple[Figure, Row, bool]] = kept
    return matches


def _find_matches(facts: Facts) -> Iterator[tuple[Figure, Row, bool]]:
    rows = _read_rows(facts)
    if not rows:
        return
    by_word: dict[str, list[Row]] = {}
    for row in rows:
        for word in row.words:
            by_word.setdefault(word, []).append(row)
    for figure in facts.prose():
        indicator = facts.by_mention.get(figure.mention)
        if indicator is None or indicator.role not in _MATCHED or not figure.dimension:
            continue
        words = fold_words(indicator.name)
        if not words or figure.number != figure.high:
            continue
        # The rare words of a name find the rows like it among few.
        known = [word for word in words if word in by_word]
        rare = sorted(known, key=lambda word: (len(by_word[word]), word))[:_RARE]
        near = {id(row): row for word in rare for row in by_word[word]}
        scored = [(likeness(words, row.words), row) for row in near.values()]
        likely = [item for item in scored if item[0] >= _LIKENESS and _has_unit(item[1], figure)]
        likely.sort(key=lambda item: (-item[0], item[1].table, item[1].number))
        equal = next((row for _, row in likely if _has_equal(row, figure)), None)
        if equal is not None:
            yield figure, equal, True
        elif likely:
            yield figure, likely[0][1], likely[0][0] >= 0.99


def _same(cell: Figure, figure: Figure) -> bool:
    return cell.dimension == figure.dimension


def _has_equal(row: Row, figure: Figure) -> bool:
    return any(_same(cell, figure) and holds(equate(figure, cell)) for _, cell in row.cells)


def _has_unit(row: Row, figure: Figure) -> bool:
    return any(_same(cell, figure) for _, cell in row.cells)


def _read_rows(facts: Facts) -> list[Row]:
    rows: dict[tuple[str, int], list[tuple[int, Figure]]] = {}
    for (table, number, col), figures in facts.cells.items():
        rows.setdefault((table, number), []).extend((col, figure) for figure in figures)
    found = []
    for (table, number), cells in rows.items():
        name = facts.by_mention[cells[0][1].mention].name
        words = fold_words(name)
        if words:
            found.append(Row(table, number, words, tuple(cells)))
    return found
