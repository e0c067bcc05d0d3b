"""Which rows of a table are the sum of others: runs of rows that the figures of its columns tell."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from docanalyze.check.equation import Equation
from docanalyze.check.judge import holds
from docanalyze.check.table_grid import Grid, in_one_unit
from docanalyze.check.table_tree import is_total

_PIVOTS = 3
_HALF = 2.0
"""What bears out a sum whose total is a part of another sum that is borne out."""
_MOST_PAIRS = 8
_ALONE = 9.0

Family = tuple[int, tuple[int, ...]]
"""A row and its parts."""


class RowSum(msgspec.Struct, frozen=True):
    """A row that is the sum of others, with the columns in which that holds and in which it does not.

    `doubted` ones are borne out by another sum alone, which leaves out just their parts.
    """

    whole: int
    parts: tuple[int, ...]
    holding: tuple[int, ...]
    failing: tuple[int, ...]
    rounded: tuple[int, ...]
    evidence: float
    plain: bool = False
    doubted: bool = False

    @property
    def family(self) -> Family:
        """The rows alone."""
        return self.whole, self.parts


def fit_rows(
    grid: Grid, columns: Sequence[int], whole: int, parts: tuple[int, ...], *, plain: bool = False
) -> RowSum | None:
    """Return in which columns a row is the sum of others; None if their units differ."""
    if len(parts) < 2 or len({unit_of(grid, row) for row in (whole, *parts)}) > 1:
        return None
    if any(grid.rows[row].is_rate for row in (whole, *parts)):
        return None
    holding: list[int] = []
    failing: list[int] = []
    rounded: list[int] = []
    evidence = 0.0
    for col in columns:
        total = grid.values[col][whole]
        figures = [grid.values[col][row] for row in parts]
        gaps = [row for row in parts if grid.blanks[col][row]]
        if total is None or any(
            value is None and not grid.blanks[col][row] for row, value in zip(parts, figures, strict=True)
        ):
            continue
        printed = [value for value in figures if value]
        if len(printed) < 2 - plain or not total or grid.figures[col][whole] is None:
            continue
        slack = grid.slacks[col][whole] + sum(grid.slacks[col][row] for row in parts)
        error = abs(math.fsum(printed) - total)
        if error <= slack + 1e-9 * abs(total):
            holding.append(col)
            grain = 2 * slack or 1.0
            # a part that is alone agrees with its total by no accident, but no other part bears it out
            second = sorted(map(abs, printed))[-2] if len(printed) > 1 else min(abs(total), _ALONE)
            evidence -= math.log10(grain / (grain + second))
        elif error <= 2 * slack and holds(make_sum(grid, col, whole, parts)):
            holding.append(col)
        elif not gaps:
            failing.append(col)
            if slack == 0 and error <= 0.5 * (1 + len(parts)):
                rounded.append(col)
    return RowSum(whole, parts, tuple(holding), tuple(failing), tuple(rounded), evidence, plain)


def unit_of(grid: Grid, row: int) -> str:
    """Return the unit that a row prints; empty where it says no more than `as above`."""
    unit = grid.rows[row].unit.strip().lower()
    return "" if unit in ('"', "nt", "-", "''", "“") else unit


def is_heading(grid: Grid, columns: Sequence[int], row: int) -> bool:
    """Return whether a row has no figures in the columns."""
    return all(grid.values[col][row] is None and grid.blanks[col][row] for col in columns)


def is_sum(each: RowSum, *, runs: int) -> bool:
    """Return whether columns confirm a sum that is one of `runs` that might have been."""
    held, failed = len(each.holding), len(each.failing)
    if not held:
        return False
    if each.plain:
        return each.evidence >= (1 if not failed else 2) and (held > failed or (held == failed == 1))
    needed = 3 + math.log10(runs)
    if not failed:
        return each.evidence >= needed
    if held == failed == 1 and each.evidence >= needed + 0.5:
        return True  # one misprint must explain the other column: see `_claim`
    return held >= 2 and held > 2 * (failed - 1) and failed <= held / 2 and each.evidence >= needed + 1


def make_sum(grid: Grid, col: int, whole: int, parts: Sequence[int], *, partial: bool = False) -> Equation:
    """Return the equation of a total and its parts in one column; blanks and dashes are left out."""
    figures = [grid.figures[col][row] for row in (whole, *parts)]
    total, *others = in_one_unit([figure for figure in figures if figure is not None])
    terms = (("total", total), *(("part", part) for part in others))
    return Equation("at-most" if partial else "sum", terms)


def find_runs(grid: Grid, columns: Sequence[int], rows: list[int], known: set[Family]) -> Iterator[RowSum]:
    """Yield the sums of runs of rows right below or right above their total in some column.

    Prefix sums of one column are searched for the total; the other columns decide.
    """
    seen = set(known)
    for pivot in columns[:_PIVOTS]:
        lines = [row for row in rows if not is_heading(grid, columns, row)]
        prefix = [0.0]
        for row in lines:
            prefix.append(prefix[-1] + (grid.values[pivot][row] or 0.0))
        give = sum(grid.slacks[pivot][row] for row in lines)
        order = sorted(range(len(prefix)), key=lambda at: prefix[at])
        keys = [prefix[at] for at in order]
        for at, whole in enumerate(lines):
            total = grid.values[pivot][whole]
            if not total:
                continue
            for wanted, below in ((prefix[at + 1] + total, True), (prefix[at] - total, False)):
                room = min(give, 0.02 * abs(total)) * 2 + 1e-9 * abs(wanted) + 1e-9
                low, high = bisect_left(keys, wanted - room), bisect_right(keys, wanted + room)
                for end in order[low:high]:
                    parts = tuple(lines[at + 1 : end]) if below else tuple(lines[end:at])
                    if len(parts) < 2 or (whole, parts) in seen:
                        continue
                    seen.add((whole, parts))
                    each = fit_rows(grid, columns, whole, parts, plain=is_total(grid.rows[whole].label))
                    if each is not None and each.holding:
                        yield each


def find_borne(grid: Grid, columns: Sequence[int], rows: list[int], known: set[Family]) -> list[RowSum]:
    """Return the sums of runs of rows that their columns bear out."""
    return [
        each for each in find_runs(grid, columns, rows, known)
        if is_sum(msgspec.structs.replace(each, plain=False), runs=2 * len(rows))
    ]  # fmt: skip


def find_pair(grid: Grid, columns: Sequence[int], rows: list[int], known: set[Family]) -> list[RowSum]:
    """Return a sum that fails in one of its columns, and the sum of which its total is a part.

    `Tổng số`, `Công nghiệp` with its branches, `Dịch vụ` with its: the branches are those rows without which
    the rest makes the total. That fails in the same column if the total of the branches is misprinted.
    """
    weak = [
        each for each in find_runs(grid, columns, rows, known)
        if len(each.failing) == 1 and not each.rounded and each.evidence >= _HALF
    ]  # fmt: skip
    for each in sorted(weak, key=lambda run: (-run.evidence, len(run.parts)))[:_MOST_PAIRS]:
        left = [row for row in rows if row not in each.parts]
        for over in find_runs(grid, columns, left, known):
            if each.whole not in over.parts:
                continue
            held = is_sum(msgspec.structs.replace(over, plain=False), runs=2 * _MOST_PAIRS * len(left))
            shared = over.failing == each.failing and _differ_alike(grid, each, over)
            if held or (shared and over.evidence >= _HALF):
                return [msgspec.structs.replace(run, doubted=bool(run.failing)) for run in (each, over)]
    return []


def _differ_alike(grid: Grid, each: RowSum, over: RowSum) -> bool:
    """Return whether another figure for the total of one sum, a part of the other, would mend both."""
    col = each.failing[0]
    values = grid.values[col]
    one, two = (
        math.fsum(values[row] or 0.0 for row in run.parts) - (values[run.whole] or 0.0)
        for run in (each, over)
    )
    slack = sum(grid.slacks[col][row] for row in (each.whole, *each.parts, over.whole, *over.parts))
    return abs(one + two) <= slack + 1e-9 * abs(one)


def find_echoes(grid: Grid, columns: Sequence[int], found: Sequence[RowSum]) -> list[RowSum]:
    """Return the sums over rows whose labels are those of a sum elsewhere: `Cơ cấu (%)` below the amounts."""
    labels = [row.label.casefold() for row in grid.rows]
    known = {each.family for each in found}
    echoes = []
    for each in found:
        rows = (each.whole, *each.parts)
        names = [labels[row] for row in rows]
        if not all(names):
            continue
        for at in range(len(grid.rows)):
            other = tuple(at + row - each.whole for row in rows)
            if at == each.whole or min(other) < 0 or max(other) >= len(grid.rows):
                continue
            if [labels[row] for row in other] != names or (other[0], other[1:]) in known:
                continue
            fit = fit_rows(grid, columns, other[0], other[1:], plain=True)
            if fit is not None and is_sum(fit, runs=1):
                known.add(fit.family)
                echoes.append(fit)
    return echoes


def find_gaps(grid: Grid, columns: Sequence[int], rows: list[int], found: Sequence[RowSum]) -> list[RowSum]:
    """Return the sums over the rows between a part of a sum and its next: what else would they be."""
    known = {each.family for each in found}
    free = set(rows)
    for over in found:
        if over.doubted:
            continue
        for part, after in pairwise(sorted(over.parts)):
            gap = tuple(row for row in range(part + 1, after) if not is_heading(grid, columns, row))
            if len(gap) < 2 or not free.issuperset(gap) or (part, gap) in known:
                continue
            each = fit_rows(grid, columns, part, gap)
            if each is not None and len(each.failing) == 1 and not each.rounded and each.evidence >= _HALF:
                return [msgspec.structs.replace(each, doubted=True)]
    return []
