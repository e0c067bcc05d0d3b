"""TAB003: columns that are the sum, ratio, growth or difference of others, by the figures themselves."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import chain, combinations

from docanalyze.check.facts import Claim, Facts
from docanalyze.check.table_blocks import split_blocks
from docanalyze.check.table_formulas import claim_rows, find_declared, is_borne_out
from docanalyze.check.table_grid import Grid
from docanalyze.check.table_patterns import Fit, Pattern, fit_pattern, is_confirmed
from docanalyze.check.table_turned import claim_turned, turn_grid

_MOST_COLUMNS = 26
_SAMPLES = 4
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_RATIOS = ("ratio", "growth", "quotient", "product", "yearly")


def find_column_relations(facts: Facts) -> Iterator[Claim]:
    """Yield an equation for each row of columns that plainly follow from others, though no index row says so.

    What: a column is the sum, the difference, the ratio in %, the growth in %, the quotient or the average
    growth a year of others: `Tỷ lệ (%)`, `So với cùng kỳ (%)`, `Tăng (+), giảm (-)`, `Cộng dồn`, `Tổng số`,
    `Tăng bình quân 2021-2025 (%)`; so are rows of short tables: `Dự toán`, `Thực hiện`, `So với dự toán (%)`.
    Why: most tables print derived columns without a formula.
    Tolerance: half a unit of the last printed place. A formula counts if it holds in four fifths of at
    least four rows and not by accident (many printed digits); fewer rows need a head that names it.
    Example: `Kế hoạch 200 | Thực hiện 150 | Tỷ lệ (%) 57,0` fails where the other rows hold.
    """
    for grid in facts.grids:
        for block in split_blocks(grid):
            for fit in find_relations(block):
                yield from claim_rows(block, fit, "TAB003", sure=True)
        turned = turn_grid(grid)
        if turned is not None:
            yield from claim_turned(turned, find_relations(turned))


def find_relations(grid: Grid) -> list[Fit]:
    """Return the formulas over columns that the figures bear out, without those of the index row."""
    known = grid.memo.get("relations")
    if known is None:
        grid.memo["relations"] = known = _find_relations(grid)
    return known  # type: ignore[return-value]


def _find_relations(grid: Grid) -> list[Fit]:
    columns = grid.columns[:_MOST_COLUMNS]
    if len(columns) < 3:
        return []
    declared = [fit.pattern for fit in find_declared(grid) if is_borne_out(fit)]
    taken = {pattern.columns for pattern in declared}
    results = {pattern.result for pattern in declared if pattern.kind in _RATIOS}
    confirmed: list[Fit] = []
    for pattern in chain(_propose(grid, columns), _propose_yearly(grid, columns)):
        if pattern.columns in taken or (pattern.kind in _RATIOS and pattern.result in results):
            continue
        if pattern.kind in ("growth", "ratio") and _is_of_percent(grid, pattern):
            continue
        cue = _has_cue(grid, pattern)
        fit = fit_pattern(grid, pattern, allowed=max(1 + cue, len(grid.rows) // 5))
        if fit is None or not fit.holding:
            continue
        if fit.rows < 4 and not cue:
            continue
        room = len(columns) * (len(columns) - 1) / 2
        needed = 0.5 + math.log10(room) if cue else 3 + math.log10(room * len(columns))
        if is_confirmed(fit, needed=needed, cue=cue):
            confirmed.append(fit)
    return _choose(confirmed)


def _is_of_percent(grid: Grid, pattern: Pattern) -> bool:
    """Return whether a column of no percentages would be the growth of ones: nobody counts so."""
    said = ["%" in grid.units[col] + grid.heads[col] for col in (pattern.result, *pattern.operands)]
    return any(said) and not said[0]


def _choose(fits: list[Fit]) -> list[Fit]:
    """Return one ratio for each result and one sum for each set of columns, the best borne out."""
    fits.sort(key=lambda fit: (len(fit.failing) - len(fit.holding), -fit.evidence))
    chosen: list[Fit] = []
    ratios: set[int] = set()
    sums: dict[int, list[frozenset[int]]] = {}
    seen: set[frozenset[int]] = set()
    for fit in fits:
        pattern = fit.pattern
        if pattern.columns in seen:
            continue
        if pattern.kind in _RATIOS:
            if pattern.result in ratios:
                continue
            ratios.add(pattern.result)
        else:
            others = sums.setdefault(pattern.result, [])
            parts = frozenset(pattern.operands)
            if any(parts & other for other in others):
                continue
            others.append(parts)
        seen.add(pattern.columns)
        chosen.append(fit)
    return chosen


def _has_cue(grid: Grid, pattern: Pattern) -> bool:
    if pattern.kind == "difference":
        return grid.has_cue(pattern.result, "change_head")
    if pattern.kind == "sum":
        return grid.has_cue(pattern.result, "sum_row")
    if pattern.kind == "quotient" and grid.has_cue(pattern.result, "average_row"):
        return True
    return grid.has_cue(pattern.result, "ratio_head") or "%" in grid.units[pattern.result]


def _propose(grid: Grid, columns: tuple[int, ...]) -> Iterator[Pattern]:
    """Yield the patterns that at least two of a few well filled rows bear out."""
    votes: Counter[Pattern] = Counter()
    samples = _sample_rows(grid, columns)
    for row in samples:
        votes.update(_match_row(grid, columns, row))
    needed = min(2, len(samples))
    for pattern, count in votes.items():
        if count >= needed:
            yield pattern


def _propose_yearly(grid: Grid, columns: tuple[int, ...]) -> Iterator[Pattern]:
    """Yield the average growth a year between columns of years: of the years in its head, or of all.

    `Tăng bình quân 2021 - 2025` is counted from 2020, by some from 2021.
    """
    years = {
        int(found[0]): col
        for col in columns
        if not grid.is_ratio(col) and len(found := _YEAR.findall(grid.heads[col])) == 1
    }
    for col in columns:
        if "%" in grid.units[col] + grid.heads[col] and grid.has_cue(col, "yearly_head") and len(years) > 1:
            named = [int(year) for year in _YEAR.findall(grid.heads[col])]
            first, last = (named[0], named[-1]) if len(named) > 1 else (min(years), max(years))
            for base in (first - 1, first):
                if base in years and last in years and last - base > 1:
                    yield Pattern("yearly", col, (years[last], years[base]), power=last - base)


def _sample_rows(grid: Grid, columns: tuple[int, ...]) -> list[int]:
    """Return a few rows so that every column is filled in some of them, the fullest first."""
    filled = [
        {col for col in columns if grid.values[col][row]} for row in range(len(grid.rows))
    ]  # fmt: skip
    left: Counter[int] = Counter(dict.fromkeys(columns, _SAMPLES))
    order = sorted(range(len(grid.rows)), key=lambda row: -len(filled[row]))
    chosen: list[int] = []
    for row in order:
        if len(chosen) >= 2 * _SAMPLES:
            break
        if any(left[col] > 0 for col in filled[row]):
            chosen.append(row)
            left.subtract(filled[row])
    return chosen


def _match_row(grid: Grid, columns: tuple[int, ...], row: int) -> set[Pattern]:
    """Return the patterns that hold in one row, found by looking computed values up among the printed."""
    found: set[Pattern] = set()
    cells = [(v, c) for c in columns if (v := grid.values[c][row]) is not None and v != 0]
    if len(cells) < 3:
        return found
    cells.sort()
    values = [value for value, _ in cells]
    slack = {col: 2 * grid.slacks[col][row] for _, col in cells}
    widest = max(slack.values())

    sorted_columns = [col for _, col in cells]

    def look_up(value: float, give: float) -> list[int]:
        give += widest + 1e-9 * abs(value)
        low = bisect_left(values, value - give)
        return sorted_columns[low : bisect_right(values, value + give, low)]

    for (x, a), (y, b) in combinations(cells, 2):
        for total in look_up(x + y, slack[a] + slack[b]):
            if total not in (a, b):
                found.add(_name_sum(grid, total, a, b))
    found.update(_match_runs(grid, columns, row, look_up))
    found.update(_match_products(grid, cells, slack))
    for change, result in cells:
        for base, below in cells:
            if base <= 0 or below == result:
                continue
            actual = (change + 100) * base / 100
            give = base * (slack[result] or 1) / 100 + abs(change + 100) / 100 * slack[below]
            for above in look_up(actual, give):
                if above not in (result, below):
                    found.add(Pattern("growth", result, (above, below)))
    return found


def _name_sum(grid: Grid, total: int, a: int, b: int) -> Pattern:
    """Return a + b = total as a sum, or as a difference if a head says that one of them is a change."""
    if not grid.has_cue(total, "change_head"):
        for change, base in ((a, b), (b, a)):
            if grid.has_cue(change, "change_head") and not grid.has_cue(base, "change_head"):
                return Pattern("difference", change, (total, base), (1, -1))
    first, second = sorted((a, b))
    return Pattern("sum", total, (first, second), (1, 1))


def _match_runs(grid: Grid, columns: tuple[int, ...], row: int, look_up) -> Iterator[Pattern]:  # type: ignore[no-untyped-def]
    """Yield the columns that are the sum of a run of at least three others, next to each other or in step."""
    printed = [grid.values[col][row] or 0.0 for col in columns]
    gives = [2 * grid.slacks[col][row] for col in columns]
    for step in range(1, 5):
        for start in range(len(columns) - 2 * step):
            total, give = printed[start] + printed[start + step], gives[start] + gives[start + step]
            for at in range(start + 2 * step, len(columns), step):
                total += printed[at]
                give += gives[at]
                if not total:
                    continue
                run = columns[start : at + 1 : step]
                for result in look_up(total, give):
                    if result in run:
                        continue
                    beside = {columns[i] for i in (start - step, at + step) if 0 <= i < len(columns)}
                    if step == 1 or result in beside:
                        yield Pattern("sum", result, run, (1,) * len(run))


def _match_products(grid: Grid, cells: list[tuple[float, int]], slack: dict[int, float]) -> Iterator[Pattern]:
    """Yield a = b * c * 10**-k, named after the factor whose head calls it a ratio (the last else)."""
    positive = [(value, col) for value, col in cells if value > 0]
    logs = sorted((math.log10(value) % 1, col, value) for value, col in positive)
    marks = [mark for mark, _, _ in logs]
    close = {col: (slack[col] or (1 if value < 1000 else 0)) / value for value, col in positive}
    for (x, b), (y, c) in combinations(positive, 2):
        give = 0.5 * (close[b] + close[c]) + 1e-6
        if give > 0.3:
            continue
        mark = (math.log10(x) + math.log10(y)) % 1
        for around in (mark - 1, mark, mark + 1):
            for at in range(bisect_left(marks, around - give), bisect_right(marks, around + give)):
                _, a, whole = logs[at]
                if a not in (b, c):
                    yield _name_product(grid, a, b, c, round(math.log10(x * y / whole)))


def _name_product(grid: Grid, whole: int, b: int, c: int, power: int) -> Pattern:
    first, last = sorted((b, c))
    cued = [col for col in (last, first) if grid.has_cue(col, "ratio_head") or grid.is_ratio(col)]
    result = cued[0] if cued else last
    base = first if result == last else last
    if power == 2 and (cued or "%" in grid.units[result]):
        return Pattern("ratio", result, (whole, base))
    return Pattern("quotient", result, (whole, base), power=power)
