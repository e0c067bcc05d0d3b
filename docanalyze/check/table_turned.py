"""TAB003 in tables of few rows that follow from each other: `Dự toán`, `Thực hiện`, `Tỷ lệ (%)` as rows."""

from __future__ import annotations

from collections.abc import Iterator

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import count_causes
from docanalyze.check.facts import Claim
from docanalyze.check.table_grid import Grid, Row
from docanalyze.check.table_patterns import Fit, is_printed, is_rounding, make_equation

_MOST_ROWS = 10
_FEWEST = 3
_KINDS = ("ratio", "growth", "difference")


def turn_grid(grid: Grid) -> Grid | None:
    """Return a table of few rows with its rows as columns; None for others, and for one without rates.

    What rows are called are the heads then, and `%` in a name or a unit is the unit.
    """
    rows = [
        at for at in range(len(grid.rows)) if any(grid.figures[col][at] is not None for col in grid.columns)
    ]
    if not _FEWEST <= len(rows) <= _MOST_ROWS or len(grid.columns) < _FEWEST:
        return None
    heads = {at: " ".join(grid.rows[at].label.lower().split()) for at in rows}
    units = {at: "%" if "%" in heads[at] + grid.rows[at].unit else grid.rows[at].unit for at in rows}
    columns = grid.columns
    return Grid(
        table=grid.table,
        rows=tuple(Row(col, "", grid.heads[col], grid.units[col]) for col in columns),
        columns=tuple(rows),
        heads=heads,
        units=units,
        figures={at: [grid.figures[col][at] for col in columns] for at in rows},
        values={at: [grid.values[col][at] for col in columns] for at in rows},
        slacks={at: [grid.slacks[col][at] for col in columns] for at in rows},
        blanks={at: [grid.blanks[col][at] for col in columns] for at in rows},
        memo={"declared": []},
    )


def claim_turned(grid: Grid, fits: list[Fit]) -> Iterator[Claim]:
    """Yield the equations of rows that are said to be a ratio or a change of two others.

    Those that fail are told where one misprint explains each and all columns but a few hold.
    """
    for fit in fits:
        pattern = fit.pattern
        levels = [row for row in pattern.operands if not grid.is_ratio(row)]
        named = "%" in grid.units[pattern.result] or grid.has_cue(pattern.result, "change_head")
        if pattern.kind not in _KINDS or not named or len(levels) < len(pattern.operands):
            continue
        if len({grid.units[row] for row in levels}) > 1 or len(fit.holding) < _FEWEST or is_rounding(fit):
            continue
        for at in fit.holding:
            if is_printed(grid, pattern, at):
                yield Claim("TAB003", make_equation(grid, pattern, at))
        failing = [make_equation(grid, pattern, at) for at in fit.failing if not grid.rows[at].is_rate]
        if len(fit.holding) >= _FEWEST * count_causes(failing):
            yield from (Claim("TAB003", equation) for equation in failing if has_edit(equation))
