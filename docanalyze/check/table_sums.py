"""TAB001: rows that are the sum of other rows, confirmed by the columns in which they are."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from docanalyze.check.edits import find_edits, has_slip
from docanalyze.check.equation import Equation
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.table_columns import find_relations
from docanalyze.check.table_formulas import find_declared
from docanalyze.check.table_grid import Grid, in_one_unit
from docanalyze.check.table_tree import Family, find_families, is_total

_PIVOTS = 3
_MOST_LISTS = 4
_LONGEST_LIST = 8
_MOST_ROWS = 400
_HALF = 2.0
"""What bears out a sum whose total is a part of another sum that is borne out."""
_MOST_PAIRS = 8
_ALIKE = 3
"""Ratios of the parts of one thing are seldom so many times each other."""


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
    def family(self) -> tuple[int, tuple[int, ...]]:
        """The rows alone."""
        return self.whole, self.parts


def find_row_sums(facts: Facts) -> Iterator[Claim]:
    """Yield an equation for each column of rows that are the sum of other rows.

    What: total rows (`Tổng số`, `Cộng`, `Toàn tỉnh`), numbered rows and their parts (I / 1 / 1.1 / a / -),
    runs of rows above or below their sum, and `Trong đó` rows, which must not exceed theirs.
    Why: a misprint in one cell breaks the sum of its column and of no other.
    Tolerance: half a unit of the last printed place of every figure; whole numbers of counted things
    are exact. A sum must hold in most columns that can be added; rates, prices and averages are left out.
    Example: `Tổng số 387 | 400` over `315 | 325` and `72 | 57` fails in the second column: 382 ≠ 400.
    """
    for grid in facts.grids:
        for found in find_sums(grid):
            yield from _claim(grid, found)
        yield from _claim_lists(grid)


def find_sums(grid: Grid) -> list[RowSum]:
    """Return the sums over rows of a table, the innermost first."""
    known = grid.memo.get("sums")
    if known is None:
        grid.memo["sums"] = known = _find_sums(grid) if len(grid.rows) <= _MOST_ROWS else []
    return known  # type: ignore[return-value]


def addable_columns(grid: Grid) -> list[int]:
    """Return the columns whose figures can be added: no ratios, growth, averages or prices."""
    ratios = {
        fit.pattern.result for fit in (*find_declared(grid), *find_relations(grid))
        if fit.pattern.kind not in ("sum", "difference")
    }  # fmt: skip
    return [
        col for col in grid.columns
        if col not in ratios and (grid.is_share(col) or not grid.is_ratio(col))
    ]  # fmt: skip


def _find_sums(grid: Grid) -> list[RowSum]:
    columns = addable_columns(grid)
    if not columns:
        return []
    hidden: set[int] = set()
    found: list[RowSum] = []
    families = [family for family in find_families(grid) if not family.partial]

    def keep(each: RowSum) -> None:
        found.append(each)
        hidden.update(each.parts)

    doubted: list[RowSum] = []
    for family in families:
        parts = tuple(row for row in family.parts if not _is_heading(grid, columns, row))
        if any(other.whole == family.whole and not set(parts).isdisjoint(other.parts) for other in found):
            continue
        each = fit_rows(grid, columns, family.whole, parts, plain=family.plain)
        if each is not None and _is_sum(each, runs=1):
            keep(each)
        elif each is not None and family.division and each.holding:
            doubted.append(each)
    for each in doubted:
        if _is_divided_alike(each, found):
            keep(each)
    # figures that make the total in another division of it are exact
    found = [
        msgspec.structs.replace(each, rounded=()) if each.rounded and _is_divided_alike(each, found) else each
        for each in found
    ]
    while True:
        rows = [row for row in range(len(grid.rows)) if row not in hidden]
        known = {each.family for each in found}
        runs = _find_borne(grid, columns, rows, known)
        for listed in _guess_lists(grid, rows):
            runs += _find_borne(grid, columns, [row for row in rows if row not in listed], known)
        taken: set[int] = set()
        gone = frozenset(hidden)  # a part of one sum may be the total of another: profits before tax
        grown = False
        for each in sorted(runs, key=lambda run: (len(run.failing), len(run.parts))):
            if taken.isdisjoint(each.parts) and each.whole not in gone:
                keep(each)
                taken.update(each.parts)
                grown = True
        if not grown:
            pair = _find_pair(grid, columns, rows, known)
            if not pair:
                break
            for each in pair:
                keep(each)
    found += _find_single(grid, columns, families, found)
    return found


def _is_divided_alike(each: RowSum, found: list[RowSum]) -> bool:
    """Return whether other parts of a row make the whole of it in the columns in which these do not."""
    return any(other.whole == each.whole and set(each.failing) <= set(other.holding) for other in found)


def _guess_lists(grid: Grid, rows: list[int]) -> Iterator[set[int]]:
    """Yield rows that may be `Trong đó` lists: those said to be, alone and with more rows after them."""
    families = [family for family in find_families(grid) if family.partial and family.parts[-1] in rows]
    every = {row for family in families for row in family.parts}
    if not every:
        return
    yield every
    for family in families[:_MOST_LISTS]:
        after = [row for row in rows if row > family.parts[-1] and row not in every]
        for length in range(1, min(_LONGEST_LIST, len(after))):
            yield every | set(after[:length])


def _is_heading(grid: Grid, columns: Sequence[int], row: int) -> bool:
    return all(grid.values[col][row] is None and grid.blanks[col][row] for col in columns)


def fit_rows(
    grid: Grid, columns: Sequence[int], whole: int, parts: tuple[int, ...], *, plain: bool = False
) -> RowSum | None:
    """Return in which columns a row is the sum of others; None if their units differ."""
    if len(parts) < 2 or len({_unit_of(grid, row) for row in (whole, *parts)}) > 1:
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
        if len(printed) < 2 or not total or grid.figures[col][whole] is None:
            continue
        slack = grid.slacks[col][whole] + sum(grid.slacks[col][row] for row in parts)
        error = abs(math.fsum(printed) - total)
        if error <= slack + 1e-9 * abs(total):
            holding.append(col)
            grain = 2 * slack or 1.0
            evidence -= math.log10(grain / (grain + sorted(map(abs, printed))[-2]))
        elif error <= 2 * slack and holds(make_sum(grid, col, whole, parts)):
            holding.append(col)
        elif not gaps:
            failing.append(col)
            if slack == 0 and error <= 0.5 * (1 + len(parts)):
                rounded.append(col)
    return RowSum(whole, parts, tuple(holding), tuple(failing), tuple(rounded), evidence, plain)


def _unit_of(grid: Grid, row: int) -> str:
    unit = grid.rows[row].unit.strip().lower()
    return "" if unit in ('"', "nt", "-", "''", "“") else unit


def _is_sum(each: RowSum, *, runs: int) -> bool:
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


def _find_borne(
    grid: Grid, columns: Sequence[int], rows: list[int], known: set[tuple[int, tuple[int, ...]]]
) -> list[RowSum]:
    """Return the sums of runs of rows that their columns bear out."""
    return [
        each for each in _find_runs(grid, columns, rows, known)
        if _is_sum(msgspec.structs.replace(each, plain=False), runs=2 * len(rows))
    ]  # fmt: skip


def _find_pair(
    grid: Grid, columns: Sequence[int], rows: list[int], known: set[tuple[int, tuple[int, ...]]]
) -> list[RowSum]:
    """Return a sum that fails in one of its columns, and the sum of which its total is a part.

    `Tổng số`, `Công nghiệp` with its branches, `Dịch vụ` with its: the branches are those rows without which
    the rest makes the total. That fails in the same column if the total of the branches is misprinted.
    """
    weak = [
        each for each in _find_runs(grid, columns, rows, known)
        if len(each.failing) == 1 and not each.rounded and each.evidence >= _HALF
    ]  # fmt: skip
    for each in sorted(weak, key=lambda run: (-run.evidence, len(run.parts)))[:_MOST_PAIRS]:
        left = [row for row in rows if row not in each.parts]
        for over in _find_runs(grid, columns, left, known):
            if each.whole not in over.parts:
                continue
            held = _is_sum(msgspec.structs.replace(over, plain=False), runs=2 * _MOST_PAIRS * len(left))
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


def _find_runs(
    grid: Grid, columns: Sequence[int], rows: list[int], known: set[tuple[int, tuple[int, ...]]]
) -> Iterator[RowSum]:
    """Yield the sums of runs of rows right below or right above their total in some column.

    Prefix sums of one column are searched for the total; the other columns decide.
    """
    seen = set(known)
    for pivot in columns[:_PIVOTS]:
        lines = [row for row in rows if not _is_heading(grid, columns, row)]
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


def _find_single(
    grid: Grid, columns: Sequence[int], families: list[Family], found: list[RowSum]
) -> Iterator[RowSum]:
    """Yield plain sums that no column bears out, where there is one column and one misprint explains it."""
    told = {each.whole for each in found}
    for family in families:
        if not family.plain or family.whole in told:
            continue
        each = fit_rows(grid, columns, family.whole, family.parts, plain=True)
        if each is None or each.holding or len(each.failing) != 1 or each.rounded:
            continue
        if find_edits(make_sum(grid, each.failing[0], each.whole, each.parts)):
            yield each


def make_sum(grid: Grid, col: int, whole: int, parts: Sequence[int], *, partial: bool = False) -> Equation:
    """Return the equation of a total and its parts in one column; blanks and dashes are left out."""
    figures = [grid.figures[col][row] for row in (whole, *parts)]
    total, *others = in_one_unit([figure for figure in figures if figure is not None])
    terms = (("total", total), *(("part", part) for part in others))
    return Equation("at-most" if partial else "sum", terms)


def _claim(grid: Grid, each: RowSum) -> Iterator[Claim]:
    for col in each.holding:
        yield Claim("TAB001", make_sum(grid, col, each.whole, each.parts))
    if len(each.rounded) > 1 or (each.rounded and len(each.holding) < 2):
        return
    for col in each.failing:
        if not _can_fail(grid, each, col):
            continue
        equation = make_sum(grid, col, each.whole, each.parts)
        if each.plain or len(each.holding) > 1 or find_edits(equation):
            yield Claim("TAB001", equation, severity="warning" if each.doubted else None)


def _can_fail(grid: Grid, each: RowSum, col: int) -> bool:
    """Return whether a column that fails can be added at all.

    A total between its least and its greatest part is that of an average, unless a slip explains it, or the
    column is like another that holds, by its unit or as one year is like another (the caption's unit is that
    of all columns and says nothing), or other parts of the row make the total in it.
    """
    if any(other.whole == each.whole and col in other.holding for other in find_sums(grid)):
        return True
    total = grid.values[col][each.whole] or 0.0
    values = [value for row in each.parts if (value := grid.values[col][row]) is not None]
    if not min(values) <= total <= max(values) or min(values) < 0 < max(values):
        return True  # of gains and losses no average is printed
    alike = 0 < max(values) < _ALIKE * min(values)  # a slip that puts the total between leaves one far off
    slipped = each.plain and len(each.holding) > 1 and not alike
    if slipped and has_slip(make_sum(grid, col, each.whole, each.parts)):
        return True
    linked = {other for fit in (*find_declared(grid), *find_relations(grid))
              if col in fit.pattern.columns for other in fit.pattern.columns}  # fmt: skip
    return any(
        other in linked
        or (grid.units[col] and grid.units[col] == grid.units[other])
        or _is_of_other_time(grid.heads[col], grid.heads[other])
        for other in each.holding
    )


def _is_of_other_time(head: str, other: str) -> bool:
    """Return whether heads differ by figures alone: `thực hiện 2023` and `thực hiện 2024`."""
    one, two = (re.sub(r"\d+", "0", each) for each in (head, other))
    return one == two and head != other


def _claim_lists(grid: Grid) -> Iterator[Claim]:
    """Yield `Trong đó` rows against the row that they are part of."""
    proven = {col for each in find_sums(grid) for col in each.holding}
    columns = addable_columns(grid)
    for family in find_families(grid):
        if not family.partial:
            continue
        parts = tuple(row for row in family.parts if not _is_heading(grid, columns, row))
        rows = (family.whole, *parts)
        if (
            not parts
            or len({_unit_of(grid, row) for row in rows}) > 1
            or any(grid.rows[r].is_rate for r in rows)
        ):
            continue
        equations = [
            (col, make_sum(grid, col, family.whole, parts, partial=True))
            for col in columns
            if (grid.values[col][family.whole] or -1) > 0  # what was recovered may exceed a cost's parts
            and all(grid.figures[col][r] for r in parts)
            and (col in proven or not proven)
        ]
        held = [col for col, equation in equations if holds(equation)]
        if 2 * len(held) > len(equations):
            yield from (Claim("TAB001", equation, sure=col in proven) for col, equation in equations)
