"""TAB004: rows of shares below rows of amounts: `Cơ cấu (%)` with the names of the sectors again."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation, add_up, count_causes, share_of
from docanalyze.check.facts import Claim
from docanalyze.check.judge import holds, is_trimmed
from docanalyze.check.table_grid import Grid
from docanalyze.check.table_runs import RowSum, unit_of
from docanalyze.check.table_sums import find_sums
from docanalyze.check.table_tree import is_total, read_mark
from docanalyze.core.names import fold_words, likeness
from docanalyze.lexicon.forms import form_pattern

_LIKE = 0.6
"""The least share of words in common of one sector named twice."""
_FEWEST, _FAMILY = 3, 4
"""So many shares, and so many of amounts, agree by no accident."""
_HUNDRED = 100.0


def find_structure_rows(grid: Grid) -> Iterator[Claim]:
    """Yield the rows below `Cơ cấu` that make a hundred, and each as the share of its amount.

    Most columns must make a hundred, so that others are misprints; the amounts are those of a sum of
    rows with the same names, at prices that bear the shares out.
    """
    for head, parts in _find_structures(grid):
        equations = {col: _make_hundred(grid, col, head, parts) for col in grid.columns}
        made = {col: equation for col, equation in equations.items() if equation is not None}
        held = [col for col, equation in made.items() if holds(equation)]
        if len(held) > 1 and 2 * len(held) > len(made):
            for equation in made.values():
                if holds(equation) or has_edit(equation):
                    yield Claim("TAB004", equation, tied=True)
        tries = [_read_shares(grid, each, parts, held) for each in _find_namesakes(grid, parts)]
        yield from _claim_best(tries)


def _claim_best(tries: Sequence[list[Equation]]) -> Iterator[Claim]:
    best = max(tries, key=lambda equations: sum(map(holds, equations)), default=[])
    failing = [equation for equation in best if not holds(equation)]
    if len(best) - len(failing) >= max(_FAMILY, 4 * count_causes(failing)):
        yield from (Claim("TAB004", equation) for equation in best)


def _find_structures(grid: Grid) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield rows that open a structure with the rows of its shares: the first that make a hundred."""
    opens = form_pattern(r"(?<!\w)<share_head>(?!\w)")
    for at, row in enumerate(grid.rows):
        if not opens.search(row.label.lower()):
            continue
        mark, unit = read_mark(row.mark, row.label), unit_of(grid, at)
        run: list[int] = []
        for other in range(at + 1, len(grid.rows)):
            own, below = grid.rows[other], read_mark(grid.rows[other].mark, grid.rows[other].label)
            if unit_of(grid, other) not in ("", "%", unit) or opens.search(own.label.lower()):
                break
            if (mark is not None and below is not None and below.kind == mark.kind) or is_total(own.label):
                break
            if all(grid.figures[col][other] is None for col in grid.columns):
                break
            run.append(other)
        sizes = [size for size in range(2, len(run) + 1) if _makes_hundred(grid, run[:size])]
        if sizes and _says_percent(grid, at, run[: sizes[0]]):
            yield at, tuple(run[: sizes[0]])


def _says_percent(grid: Grid, head: int, parts: Sequence[int]) -> bool:
    units = {unit_of(grid, row) for row in (head, *parts)}
    return "%" in units or "%" in grid.rows[head].label


def _makes_hundred(grid: Grid, parts: Sequence[int]) -> bool:
    """Return whether rows make a hundred in most of the columns in which all are printed."""
    sums = [
        (math.fsum(value for row in parts if (value := grid.values[col][row]) is not None),
         math.fsum(grid.slacks[col][row] for row in parts))
        for col in grid.columns if all(grid.values[col][row] is not None for row in parts)
    ]  # fmt: skip
    made = sum(abs(total - _HUNDRED) <= slack + 1e-9 for total, slack in sums)
    return made > 0 and 2 * made >= len(sums)


def _make_hundred(grid: Grid, col: int, head: int, parts: Sequence[int]) -> Equation | None:
    figures = [figure for row in parts if (figure := grid.figures[col][row]) is not None]
    if len(figures) < 2 or any(grid.values[col][row] is None for row in parts):
        return None
    total = grid.figures[col][head]
    if total is not None and grid.values[col][head] == _HUNDRED:
        return add_up(total.percentage, (figure.percentage for figure in figures))
    return Equation("hundred", tuple(("part", figure.percentage) for figure in figures))


def _find_namesakes(grid: Grid, parts: Sequence[int]) -> Iterator[RowSum]:
    """Yield the sums of rows whose parts bear the names of the shares, in their order."""
    names = [fold_words(grid.rows[row].label) for row in parts]
    for each in find_sums(grid):
        if len(each.parts) == len(parts) and set(each.parts).isdisjoint(parts):
            others = [fold_words(grid.rows[row].label) for row in each.parts]
            if all(likeness(one, two) >= _LIKE for one, two in zip(names, others, strict=True)):
                yield each


def _read_shares(grid: Grid, amounts: RowSum, shares: Sequence[int], whole: Sequence[int]) -> list[Equation]:
    """Return the shares of amounts; without those that were trimmed in columns that make a `whole`."""
    found: list[Equation] = []
    for part, row in zip(amounts.parts, shares, strict=True):
        for col in grid.columns:
            total, figure, ratio = (grid.figures[col][at] for at in (amounts.whole, part, row))
            if total is None or figure is None or ratio is None or not total.number:
                continue
            equation = share_of(figure.bare, total.bare, ratio.percentage)
            if col not in whole or not is_trimmed(equation):
                found.append(equation)
    return found
