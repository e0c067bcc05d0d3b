"""Head cells and rows -> the grid of a table on its page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from docanalyze.read.lines import Line
from docanalyze.read.tables.bands import Band
from docanalyze.read.tables.grid import Grid, GridCell
from docanalyze.read.tables.head import HeadCell, find_index_row
from docanalyze.read.tables.rows import BodyRow
from docanalyze.read.tables.tokens import Row


def lay_out_grid(
    page: int,
    head: Sequence[HeadCell],
    head_rows: int,
    printed: Sequence[Row],
    body: Sequence[BodyRow],
    bands: Sequence[Band],
) -> Grid:
    """Return the grid of head cells and rows; each place that holds nothing is an empty cell."""
    edges = [bands[0].x0, *((a.x1 + b.x0) / 2 for a, b in pairwise(bands)), bands[-1].x1]
    tops = [row.top for row in body]
    head_tops = _head_borders(head, head_rows, tops[0] if tops else 0.0)
    bottom = max((token.line.bottom for row in printed for token in row.tokens), default=0.0)
    borders = [*head_tops, *tops, max((row.bottom for row in body), default=bottom)]
    cells: list[GridCell] = []
    taken: set[tuple[int, int]] = set()
    for item in head:
        lines = [token.to_line() for token in item.tokens]
        cells.append(
            _place(item.row, item.first, item.row_span, item.last - item.first + 1, lines, edges, borders)
        )
        taken.update(
            (r, c)
            for r in range(item.row, item.row + item.row_span)
            for c in range(item.first, item.last + 1)
        )
    named = head_rows - (find_index_row(printed) is not None)
    for row in range(head_rows):
        for col in range(len(bands)):
            if (row, col) not in taken:
                span = 1
                while row < named and row + span < named and (row + span, col) not in taken:
                    span += 1
                taken.update((r, col) for r in range(row, row + span))
                cells.append(_place(row, col, span, 1, [], edges, borders))
    for number, line in enumerate(body, head_rows):
        for col in range(len(bands)):
            tokens = sorted(line.cells.get(col, ()), key=lambda token: (round(token.middle), token.x0))
            cells.append(_place(number, col, 1, 1, [token.to_line() for token in tokens], edges, borders))
    cells.sort(key=lambda cell: (cell.row, cell.col))
    box = (edges[0], borders[0], edges[-1], borders[-1])
    extents = tuple((band.x0, band.x1, band.value) for band in bands)
    return Grid(
        page,
        box,
        edges,
        borders,
        cells,
        head=head_rows,
        extents=extents,
        head_lines=[row.key for row in printed],
    )


def _head_borders(head: Sequence[HeadCell], count: int, floor: float) -> list[float]:
    tops: list[float] = []
    for row in range(count):
        found = [cell.tokens[0].line.top for cell in head if cell.row == row]
        tops.append(min(found) if found else (tops[-1] if tops else floor))
    return tops


def _place(
    row: int,
    col: int,
    row_span: int,
    col_span: int,
    lines: list[Line],
    edges: Sequence[float],
    borders: Sequence[float],
) -> GridCell:
    box = (edges[col], borders[row], edges[col + col_span], borders[min(row + row_span, len(borders) - 1)])
    return GridCell(row, col, row_span, col_span, box, lines)
