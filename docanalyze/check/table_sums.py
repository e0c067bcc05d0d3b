"""TAB001: rows that are the sum of other rows, confirmed by the columns in which they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from docanalyze.check.edits import find_edits, has_slip
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.table_columns import find_relations
from docanalyze.check.table_formulas import find_declared
from docanalyze.check.table_grid import Grid
from docanalyze.check.table_nested import find_nested
from docanalyze.check.table_runs import (
    RowSum,
    find_borne,
    find_echoes,
    find_gaps,
    find_pair,
    fit_rows,
    is_heading,
    is_sum,
    make_sum,
    unit_of,
)
from docanalyze.check.table_tree import Family, find_families
from docanalyze.lexicon.forms import form_pattern

_MOST_LISTS = 4
_LONGEST_LIST = 8
_MOST_ROWS = 400
_ALIKE = 3
"""Ratios of the parts of one thing are seldom so many times each other."""


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
    known = grid.memo.get("addable")
    if known is None:
        ratios = {
            fit.pattern.result for fit in (*find_declared(grid), *find_relations(grid))
            if fit.pattern.kind not in ("sum", "difference")
        }  # fmt: skip
        grid.memo["addable"] = known = [
            col for col in grid.columns
            if col not in ratios and (grid.is_share(col) or not grid.is_ratio(col))
        ]  # fmt: skip
    return known  # type: ignore[return-value]


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
        parts = tuple(row for row in family.parts if not is_heading(grid, columns, row))
        if any(other.whole == family.whole and not set(parts).isdisjoint(other.parts) for other in found):
            continue
        each = fit_rows(grid, columns, family.whole, parts, plain=family.plain)
        if each is not None and is_sum(each, runs=1):
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
        runs = find_borne(grid, columns, rows, known)
        for listed in _guess_lists(grid, rows):
            runs += find_borne(grid, columns, [row for row in rows if row not in listed], known)
        taken: set[int] = set()
        gone = frozenset(hidden)  # a part of one sum may be the total of another: profits before tax
        grown = False
        for each in sorted(runs, key=lambda run: (len(run.failing), len(run.parts))):
            if taken.isdisjoint(each.parts) and each.whole not in gone:
                keep(each)
                taken.update(each.parts)
                grown = True
        if not grown:
            more = (
                find_echoes(grid, columns, found)
                or find_gaps(grid, columns, rows, found)
                or find_pair(grid, columns, rows, known)
            )
            if not more:
                break
            for each in more:
                keep(each)
    found += _find_single(grid, columns, families, found)
    found += find_nested(grid, columns, found)
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


def _find_single(
    grid: Grid, columns: Sequence[int], families: list[Family], found: list[RowSum]
) -> Iterator[RowSum]:
    """Yield plain sums that no column bears out, where there is one column and one misprint explains it."""
    told = {each.whole for each in found}
    for family in families:
        if not family.plain or family.halves or family.whole in told:
            continue  # the row above `Nam`, `Nữ` may be of anything
        each = fit_rows(grid, columns, family.whole, family.parts, plain=True)
        if each is None or each.holding or len(each.failing) != 1 or each.rounded:
            continue
        if find_edits(make_sum(grid, each.failing[0], each.whole, each.parts)):
            yield each


def _claim(grid: Grid, each: RowSum) -> Iterator[Claim]:
    for col in each.holding:
        yield Claim("TAB001", make_sum(grid, col, each.whole, each.parts))
    if len(each.rounded) > 1 or (each.rounded and len(each.holding) < 2):
        return
    for col in each.failing:
        if not _can_fail(grid, each, col) or (col in each.rounded and not _is_counted(grid, each, col)):
            continue  # off by no more than rounding, and nothing says that whole things are counted
        equation = make_sum(grid, col, each.whole, each.parts)
        if each.plain or len(each.holding) > 1 or find_edits(equation):
            yield Claim("TAB001", equation, severity="warning" if each.doubted else None)


_MONEY = re.compile(r"(?<!\w)(?:lợi nhuận|chi phí|thu nhập|doanh thu|giá vốn|phải (?:thu|trả)|tài sản)(?!\w)")
_LARGE = 10_000
"""Smaller whole numbers of no unit are counts rather than rounded amounts."""


def _is_counted(grid: Grid, each: RowSum, col: int) -> bool:
    """Return whether a column's whole numbers count things, by their size or their unit, and are no money."""
    if any(_MONEY.search(grid.rows[row].label.lower()) for row in (each.whole, *each.parts)):
        return False
    if (grid.values[col][each.whole] or 0.0) < _LARGE:
        return True
    figures = [grid.figures[col][row] for row in (each.whole, *each.parts)]
    return all(figure.exact and figure.dimension for figure in figures if figure is not None)


def _can_fail(grid: Grid, each: RowSum, col: int) -> bool:
    """Return whether a column that fails can be added at all.

    A total between its least and its greatest part is that of an average, unless a slip explains it, or other
    rows add up in the column, or it is like another that holds, by its unit or as one year is like another
    (the caption's unit is that of all columns and says nothing).
    """
    if any(col in other.holding for other in find_sums(grid)):
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
        parts = tuple(row for row in family.parts if not is_heading(grid, columns, row))
        rows = (family.whole, *parts)
        if (
            not parts
            or form_pattern(r"(?<!\w)<net_row>(?!\w)").search(grid.rows[family.whole].label.lower())
            or len({unit_of(grid, row) for row in rows}) > 1
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
