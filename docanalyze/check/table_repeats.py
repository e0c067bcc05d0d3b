"""REP004: rows that two tables print, cell by cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations

import msgspec

from docanalyze.check.departures import is_misprint
from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation, equate
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import agree
from docanalyze.check.matches import count_digits, empty_words
from docanalyze.check.table_grid import Grid
from docanalyze.core.figure import Figure
from docanalyze.core.names import fold_words

_TELLING = 3
"""Figures with so many digits hardly agree by chance."""
_MOST = 24
"""A value that so many cells share says nothing."""
_NAMED = 2
"""A label of fewer words, `Tổng số`, is that of many rows."""
_ENOUGH = 8
"""So many digits that two rows have in common make them one; their label counts as some."""
_LABEL = 3
_SHARED = 3
"""Tables that agree in a column in so many rows of one label print one thing."""
_BORNE = 3
"""So many times as often as they differ, columns that are one agree."""
_ROUND = 0.006
"""Figures that agree are no further apart, as a share of them."""

Spot = tuple[int, int]
"""A row and a column of a grid."""


class _Line(msgspec.Struct, frozen=True):
    """A row of one of the grids: its figures by column, and the words of its label."""

    grid: int
    row: int
    figures: Mapping[int, Figure]
    label: frozenset[str]


class _Twins(msgspec.Struct):
    """Two rows of different tables that may be one, and in which columns they agree."""

    one: _Line
    two: _Line
    agreeing: list[Spot] = msgspec.field(default_factory=list)

    def are_one(self) -> bool:
        """Return whether they agree in two figures, or in one and in their labels, by more than chance."""
        told = {
            figure.value: figure.telling for col, _ in self.agreeing for figure in [self.one.figures[col]]
        }
        named = self.are_named_alike()
        return len(told) + named > 1 and sum(told.values()) + _LABEL * named >= _ENOUGH

    def are_named_alike(self) -> bool:
        """Return whether they bear one label that says what they are."""
        return len(self.one.label) >= _NAMED and self.one.label == self.two.label


def find_row_repeats(facts: Facts) -> Iterator[Claim]:
    """Yield the cells of a row that another table prints, too.

    What: a row in two tables (two of its figures are the same, or its label and one of them) has the same
    figures in the columns that are the same.
    Why: the summary was filled in from the detailed table, and one of them was changed afterwards.
    Tolerance: the coarser figure must contain the finer one. Unequal ones are told only if one misprint would
    make them equal, where the columns agree in other rows or bear one head.
    Example: `Thu nội địa | 5.475.000 | 3.775.050` in the summary, `Thu nội địa | 5.475.000 | 3.757.050` in
    the table of revenue.
    """
    if len(facts.grids) < 2:
        return
    lines = list(_read_lines(facts))
    groups: dict[tuple[int, int], list[_Twins]] = {}
    for twins in _find_twins(lines):
        groups.setdefault((twins.one.grid, twins.two.grid), []).append(twins)
    for (first, second), group in groups.items():
        shared = Counter(spot for twins in group if twins.are_named_alike() for spot in twins.agreeing)
        share = max(shared.values(), default=0) >= _SHARED
        rows = [twins for twins in group if twins.are_one() or (share and twins.are_named_alike())]
        if rows:
            yield from _compare_tables(facts, facts.grids[first], facts.grids[second], rows)


def _read_lines(facts: Facts) -> Iterator[_Line]:
    empty = empty_words(facts)
    for number, grid in enumerate(facts.grids):
        for at, row in enumerate(grid.rows):
            found = {col: figure for col in grid.columns if (figure := grid.figures[col][at]) is not None}
            if found:
                yield _Line(number, at, found, fold_words(row.label) - empty)


def _find_twins(lines: list[_Line]) -> Iterator[_Twins]:
    """Yield the rows of different tables that agree in a figure that tells, or bear one label."""
    by_kind: dict[str, list[tuple[float, int, int]]] = {}
    for at, line in enumerate(lines):
        for col, figure in line.figures.items():
            if count_digits(figure) >= _TELLING:
                by_kind.setdefault(figure.kind, []).append((figure.rough, at, col))
    found = {(one, two): _Twins(lines[one], lines[two]) for one, two in _find_namesakes(lines)}
    for values in by_kind.values():
        values.sort()
        for rough, at, col in values:
            low = bisect_left(values, (rough, -1, -1))
            high = bisect_right(values, (rough * (1 + _ROUND), len(lines), 0))
            if high - low > _MOST:
                continue
            for _, other, place in values[low:high]:
                if lines[at].grid == lines[other].grid:
                    continue
                one, two = (at, col), (other, place)
                (first, left), (second, right) = (one, two) if at < other else (two, one)
                key = first, second
                twins = found.get(key) or _Twins(lines[first], lines[second])
                spot = left, right
                if spot in twins.agreeing or not agree(twins.one.figures[left], twins.two.figures[right]):
                    continue
                twins.agreeing.append(spot)
                found[key] = twins
    yield from found.values()


def _find_namesakes(lines: list[_Line]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of rows of different tables with one label, that is no other row's in either."""
    by_label: dict[frozenset[str], list[int]] = {}
    for at, line in enumerate(lines):
        if len(line.label) >= _NAMED:
            by_label.setdefault(line.label, []).append(at)
    for rows in by_label.values():
        grids = Counter(lines[at].grid for at in rows)
        alone = [at for at in rows if grids[lines[at].grid] == 1]
        if 1 < len(alone) <= _MOST:
            yield from combinations(alone, 2)


def _compare_tables(facts: Facts, first: Grid, second: Grid, rows: list[_Twins]) -> Iterator[Claim]:
    columns = _pair_columns(facts, first, second, rows)
    told = {
        name for twins in rows for left, right in twins.agreeing
        for name in (twins.one.figures[left].mention, twins.two.figures[right].mention)
    }  # fmt: skip
    agreeing: Counter[int] = Counter()
    differing: Counter[int] = Counter()
    open_: list[tuple[int, Equation, int]] = []
    for twins in rows:
        pairs = {
            col: (twins.one.figures[col], twins.two.figures[other]) for col, other in columns.items()
            if col in twins.one.figures and other in twins.two.figures
        }  # fmt: skip
        same = {col for col, pair in pairs.items() if _are_one(*pair)}
        telling = sum(count_digits(pairs[col][0]) >= _TELLING for col in same)
        if telling < 2 and not twins.are_named_alike():
            continue
        yield from (Claim("REP004", equate(*pairs[col])) for col in same if pairs[col][0].number)
        agreeing.update(same)
        differing.update(pairs.keys() - same)
        apart = [col for col, (one, two) in pairs.items() if col not in same and one.kind == two.kind]
        if len(apart) == 1 and told.isdisjoint(figure.mention for figure in pairs[apart[0]]):
            open_.append((apart[0], equate(*pairs[apart[0]]), telling))
    for col, equation, telling in open_:
        alone = differing[col] == 1 and telling > 1
        borne = agreeing[col] > 1 and agreeing[col] >= _BORNE * (differing[col] - 1)
        if (alone or borne) and (is_misprint(equation) or (telling > 1 and has_edit(equation))):
            alike = first.heads[col] == second.heads[columns[col]]
            yield Claim("REP004", equation, severity=None if borne or alike else "warning")


def _pair_columns(facts: Facts, first: Grid, second: Grid, rows: list[_Twins]) -> dict[int, int]:
    """Return which column of the second table is which of the first.

    Those that agree most, then those with one head, then the only ones left of one basis.
    """
    votes: Counter[Spot] = Counter()
    for twins in rows:
        for left, one in twins.one.figures.items():
            alike = (right for right, two in twins.two.figures.items() if _are_one(one, two))
            votes.update({(left, right): 1 + count_digits(one) for right in alike})
    votes.update(
        (left, right) for left in first.columns for right in second.columns
        if (first.heads[left], first.units[left]) == (second.heads[right], second.units[right])
    )  # fmt: skip
    paired: dict[int, int] = {}
    for left, right in sorted(votes, key=lambda spot: (-votes[spot], spot)):
        clear = all((left < one) == (right < two) for one, two in paired.items())
        if clear and left not in paired and right not in paired.values():
            paired[left] = right
    left_bases = _read_bases(facts, [twins.one for twins in rows], set(paired))
    right_bases = _read_bases(facts, [twins.two for twins in rows], set(paired.values()))
    for basis, lefts in left_bases.items():
        rights = right_bases.get(basis, set())
        if len(lefts) == len(rights) == 1:
            paired |= zip(lefts, rights, strict=True)
    return paired


def _read_bases(facts: Facts, lines: list[_Line], known: set[int]) -> dict[str, set[int]]:
    """Return the columns that are not known yet by what their figures are: plans, actual figures, growth."""
    found: dict[str, set[int]] = {}
    for line in lines:
        for col, figure in line.figures.items():
            indicator = facts.by_mention.get(figure.mention)
            if col not in known and indicator is not None:
                found.setdefault(indicator.basis, set()).add(col)
    return found


def _are_one(one: Figure, two: Figure) -> bool:
    return one.kind == two.kind and one.sign == two.sign and agree(one, two)
