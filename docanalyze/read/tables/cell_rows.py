"""Rows of cells of words that stand side by side without rules -> the grid of a table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from docanalyze.read.lines import Line
from docanalyze.read.tables.grid import Grid, GridCell

_LEAST_COLUMNS = 3
_LEAST_ROWS = 3
_LEAST_FILLED = 0.7
_MOST_RUNNING = 0.3
"""Of the cells, those that begin with a small letter; more is prose in columns."""


def make_cell_grid(
    page: int, columns: Sequence[Sequence[Line]], rows: Sequence[Sequence[Sequence[Line]]]
) -> Grid | None:
    """Return the table of rows of cells, each with its lines, below and beside each other.

    None if they are too few, or prose in columns rather than cells.
    """
    cells = [cell for row in rows for cell in row]
    filled = [cell for cell in cells if cell]
    if len(columns) < _LEAST_COLUMNS or len(rows) < _LEAST_ROWS:
        return None
    running = sum(cell[0].text[:1].islower() for cell in filled)
    if len(filled) < _LEAST_FILLED * len(cells) or running > _MOST_RUNNING * len(filled):
        return None
    lefts = [min(line.x0 for line in column) for column in columns]
    rights = [max(line.x1 for line in column) for column in columns]
    heights = [[line for cell in row for line in cell] for row in rows]
    edges = [lefts[0], *((a + b) / 2 for a, b in zip(rights, lefts[1:], strict=False)), rights[-1]]
    tops = [min(line.top for line in lines) for lines in heights]
    borders = [*tops, max(line.bottom for line in heights[-1])]
    grid = Grid(page, (edges[0], borders[0], edges[-1], borders[-1]), edges, borders, [])
    for at, (row, (top, bottom)) in enumerate(zip(rows, pairwise(borders), strict=True)):
        for col, (cell, (x0, x1)) in enumerate(zip(row, pairwise(edges), strict=True)):
            grid.cells.append(GridCell(at, col, 1, 1, (x0, top, x1, bottom), list(cell)))
    return grid
