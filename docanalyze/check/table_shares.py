"""TAB004, TAB006: shares of a total row and shares that make 100; ratios of totals between their parts'."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal

from msgspec.structs import replace

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation, add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds, is_trimmed
from docanalyze.check.table_columns import find_relations
from docanalyze.check.table_formulas import claim_rows, find_declared
from docanalyze.check.table_grid import Grid
from docanalyze.check.table_patterns import Fit, Pattern, fit_pattern, is_confirmed, make_equation
from docanalyze.check.table_runs import RowSum
from docanalyze.check.table_structures import find_structure_rows
from docanalyze.check.table_sums import addable_columns, find_sums
from docanalyze.check.table_tree import find_families, is_total
from docanalyze.core.figure import Figure

_NEAR = 10.0
_LEAST = 1e-6
_PAIR, _FEWEST = 2, 3
"""Fewer shares make a hundred by chance."""
_FEWEST_ROWS, _MOST = 4, 0.8
"""So many rows, and so many of all, make a hundred by no accident."""
_HUNDRED = Decimal(100)


def find_table_shares(facts: Facts) -> Iterator[Claim]:
    """Yield shares of a total row in another column, and columns of shares that make a hundred.

    What: a column `Tỷ trọng (%)` or `Cơ cấu (%)` gives each row's share of the total row; with a total
    of 100 its parts make 100. So do rows below `Cơ cấu (%)`, each the share of the amount of its name.
    Why: shares are often copied from an earlier version of the figures.
    Tolerance: half a unit of the last printed place of every figure, so five shares with one decimal may
    make 99,8 to 100,2; a whole unit for a share that was trimmed so that all make exactly 100.
    Example: `Tổng số 200 | 100,0` over `Nông nghiệp 50 | 26,0` fails: 50 / 200 × 100 = 25,0 ≠ 26,0.
    """
    for grid in facts.grids:
        for fit in find_shares(grid):
            yield from claim_rows(grid, _leave_trimmed(grid, fit), "TAB004", sure=True)
        yield from _claim_hundreds(grid)
        yield from find_structure_rows(grid)
        yield from _claim_row_hundreds(grid)


def _leave_trimmed(grid: Grid, fit: Fit) -> Fit:
    """Return a fit without the failing shares that were trimmed so that all of them make a hundred."""
    values = grid.values[fit.pattern.result]
    whole = {
        row for each in find_sums(grid) if values[each.whole] == 100.0 for row in each.parts
        if abs(math.fsum(values[part] or 0.0 for part in each.parts) - 100.0) < _LEAST
    }  # fmt: skip
    failing = [
        row for row in fit.failing
        if row not in whole or not is_trimmed(make_equation(grid, fit.pattern, row))
    ]  # fmt: skip
    return Fit(fit.pattern, fit.holding, failing, fit.rounded, fit.evidence)


def find_shares(grid: Grid) -> list[Fit]:
    """Return the columns that are borne out to be shares of a total row of another column."""
    known = grid.memo.get("shares")
    if known is None:
        grid.memo["shares"] = known = list(_find_shares(grid))
    return known  # type: ignore[return-value]


def _find_shares(grid: Grid) -> Iterator[Fit]:
    taken = _ratio_results(grid)
    wholes = {each.whole for each in find_sums(grid)} | {
        at for at, row in enumerate(grid.rows) if is_total(row.label)
    }  # fmt: skip
    for col in grid.columns:
        cue = grid.is_share(col)
        if col in taken or not (cue or grid.is_ratio(col)):
            continue
        hundreds = {row for row, value in enumerate(grid.values[col]) if value == 100.0}
        rows = wholes | hundreds if cue else wholes & hundreds
        patterns = [
            Pattern("share", col, (base,), whole=whole)
            for base in grid.columns if base != col and not grid.is_ratio(base)
            for whole in rows if grid.figures[base][whole] is not None
        ]  # fmt: skip
        tried = (fit_pattern(grid, pattern, allowed=len(grid.rows) // 3) for pattern in patterns)
        fits = [fit for fit in tried if fit is not None]
        best = max(fits, key=lambda fit: (len(fit.holding), fit.evidence), default=None)
        needed = 1.5 if cue else 3 + math.log10(len(grid.columns) * max(1, len(rows)))
        if best is not None and is_confirmed(best, needed=needed, cue=cue):
            yield best


def _ratio_results(grid: Grid) -> set[int]:
    fits = (*find_declared(grid), *find_relations(grid))
    return {fit.pattern.result for fit in fits if fit.pattern.kind not in ("sum", "difference")}


def _claim_hundreds(grid: Grid) -> Iterator[Claim]:
    """Yield the parts of a total of 100, and the outermost rows of a column of shares without a total."""
    shares = {fit.pattern.result for fit in find_shares(grid)}
    columns = [col for col in grid.columns if col in shares or grid.is_share(col)]
    done: set[int] = set()
    for family in [(each.whole, each.parts) for each in find_sums(grid)] + [
        (family.whole, family.parts) for family in find_families(grid) if family.plain
    ]:
        for col in columns:
            if col not in done and grid.values[col][family[0]] == 100.0:
                equation = _add_shares(grid, col, family[1], family[0])
                if equation is not None:
                    done.add(col)
                    yield Claim("TAB004", equation, sure=_is_near(equation))
    for col in columns:
        if col in done or not grid.is_share(col):
            continue
        for whole in (0, len(grid.rows) - 1):
            others = tuple(row for row in range(len(grid.rows)) if row != whole)
            equation = _add_shares(grid, col, others, whole) if grid.values[col][whole] == 100.0 else None
            if equation is not None:
                yield Claim("TAB004", equation, sure=holds(equation))
                break
        else:
            yield from _claim_lost_hundred(grid, col)


def _claim_row_hundreds(grid: Grid) -> Iterator[Claim]:
    """Yield the rows of a table whose last columns make a hundred in most of them.

    Each kind of company by its size: `Tổng số | dưới 5 người 48,53 | 5-9 người 20,04 | …`.
    """
    for start in range(len(grid.columns) - _FEWEST + 1):
        rows = [_add_row(grid, row, start) for row in range(len(grid.rows))]
        equations = [equation for equation in rows if equation is not None]
        held = sum(map(holds, equations))
        if held >= _FEWEST_ROWS and held >= _MOST * len(equations):
            for equation in equations:
                if holds(equation) or has_edit(equation):
                    yield Claim("TAB004", equation, severity="warning", tied=True)
            return


def _add_row(grid: Grid, row: int, start: int) -> Equation | None:
    printed: list[Figure] = []
    for col in grid.columns[start:]:
        figure = grid.figures[col][row]
        if grid.values[col][row] is None or (figure is not None and not figure.decimals):
            return None
        if figure is not None:
            printed.append(figure)
    if len(printed) < _PAIR:
        return None
    return Equation("hundred", tuple(("part", figure.percentage) for figure in printed))


def _claim_lost_hundred(grid: Grid, col: int) -> Iterator[Claim]:
    """Yield the sum of shares that make a hundred beside a total row that should print it."""
    for whole in (0, len(grid.rows) - 1):
        parts = tuple(row for row in range(len(grid.rows)) if row != whole)
        equation = _add_shares(grid, col, parts, whole)
        if equation is None or len(parts) < _FEWEST:
            continue
        (role, total), *others = equation.terms
        hundred = replace(total, number=_HUNDRED, high=_HUNDRED, decimals=0, exact=True)
        if holds(Equation("sum", ((role, hundred), *others))) and has_edit(equation):
            yield Claim("TAB004", equation, severity="warning", tied=True)
            return


def _add_shares(grid: Grid, col: int, parts: tuple[int, ...], whole: int) -> Equation | None:
    printed = [figure for row in parts if (figure := grid.figures[col][row]) is not None]
    total = grid.figures[col][whole]
    sound = all(grid.values[col][row] is not None for row in parts)
    if total is None or len(printed) < 2 or not sound:
        return None
    return add_up(total.percentage, (part.percentage for part in printed))


def _is_near(equation: Equation) -> bool:
    """Return whether shares make about a hundred, so that they are not of another partition."""
    return abs(math.fsum(float(figure.number) for figure in equation.all("part")) - 100.0) <= _NEAR


def _is_rather_sum(total: Figure, parts: list[Figure]) -> bool:
    """Return whether a total is nearer to the sum of its parts than to the largest of them."""
    largest = max(part.number for part in parts)
    whole = sum((part.number for part in parts), Decimal(0))
    return total.number > largest and abs(total.number - whole) < total.number - largest


def find_table_means(facts: Facts) -> Iterator[Claim]:
    """Yield the ratio of a total row against the lowest and the highest ratio of its parts.

    What: the growth or completion of a total row is a weighted mean of its parts' and lies between them.
    Why: it can be checked without the weights, for columns such as `So với cùng kỳ (%)` whose base is
    not printed.
    Tolerance: half a unit of the last printed place.
    Example: `Tổng số 112,0` over `Nông nghiệp 104,1` and `Công nghiệp 108,3` is out of reach.
    """
    for grid in facts.grids:
        added = set(addable_columns(grid))
        known = _ratio_results(grid) | {fit.pattern.result for fit in find_shares(grid)}
        for each in find_sums(grid):
            for col in grid.columns:
                if col in added or grid.is_share(col) or not (grid.is_ratio(col) or col in known):
                    continue
                equation = _lie_between(grid, col, each)
                if equation is not None:
                    yield Claim("TAB006", equation, sure=col not in known, severity="warning")


def _lie_between(grid: Grid, col: int, each: RowSum) -> Equation | None:
    if grid.figures[col][each.whole] is None or any(grid.figures[col][row] is None for row in each.parts):
        return None
    figures = [grid.figures[col][row] for row in (each.whole, *each.parts)]
    total, *parts = [figure.percentage for figure in figures if figure is not None]
    if "%" not in grid.units[col] and _is_rather_sum(total, parts):
        return None  # a rate that adds up after all: a capacity in `m³/ngày đêm`
    if total.number > _HUNDRED and holds(add_up(total, parts)):
        return None  # amounts below a head that is that of the ratios beside them
    return Equation("between", (("total", total), *(("part", part) for part in parts)))
