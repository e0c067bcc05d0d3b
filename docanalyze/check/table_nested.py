"""TAB001 where rows are set in: one that is not the sum of those below it, while others of its column are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import msgspec

from docanalyze.check.edits import is_telling
from docanalyze.check.equation import count_causes
from docanalyze.check.table_grid import Grid
from docanalyze.check.table_runs import RowSum, fit_rows, is_heading, make_sum
from docanalyze.lexicon.forms import form_pattern

_FEWEST, _TIMES = 3, 3
"""So many sums of a column, and so many times those that fail, show that its nested rows add up."""
_SELDOM = Fraction(1, 10)


def find_nested(grid: Grid, columns: Sequence[int], found: Sequence[RowSum]) -> Iterator[RowSum]:
    """Yield the rows that are not the sum of those set in below them, in columns where all others are.

    One misprint must explain each so well that it would hardly do so by chance.
    """
    nested = [
        each for whole, parts in _read_tree(grid, columns)
        if (each := fit_rows(grid, columns, whole, parts)) is not None
    ]  # fmt: skip
    known = {(each.whole, col) for each in found for col in each.failing}
    for col in columns:
        held = [each for each in nested if col in each.holding]
        failing = {
            make_sum(grid, col, each.whole, each.parts): each
            for each in nested if col in each.failing and col not in each.rounded
        }  # fmt: skip
        if len(held) < max(_FEWEST, _TIMES * count_causes(failing)):
            continue
        for equation, each in failing.items():
            if (each.whole, col) not in known and is_telling(equation, most=_SELDOM, near=False):
                yield msgspec.structs.replace(each, failing=(col,), rounded=(), plain=True, doubted=True)


def _read_tree(grid: Grid, columns: Sequence[int]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield the rows with those set in below them; none of them is one of a list `Trong đó`."""
    places = {row.number: at for at, row in enumerate(grid.rows)}
    parts: dict[int, list[int]] = {}
    for line in grid.table.rows:
        if line.parent in places and line.row in places:
            parts.setdefault(places[line.parent], []).append(places[line.row])
    listed = form_pattern(r"(?:[-–+*]\s*)?<listed_row>(?!\w)")
    for whole, rows in parts.items():
        named = [grid.rows[at].label.lower() for at in (whole, *rows)]
        bare = any(is_heading(grid, columns, at) for at in (whole, *rows))
        if len(rows) > 1 and not bare and not any(map(listed.match, named)):
            yield whole, tuple(rows)
