"""Rows that no rule parts: one ruled row with figures under each other becomes a row for each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from docanalyze.read.figure_lines import is_one_figure
from docanalyze.read.lines import Line
from docanalyze.read.tables.bands import Band
from docanalyze.read.tables.grid import Grid, GridCell
from docanalyze.read.tables.roles import count_header_rows
from docanalyze.read.tables.rows import BodyRow, Spacing, cut_rows
from docanalyze.read.tables.tokens import Token, to_token

_CODE = re.compile(r"[A-Z]{1,4}\.?\d+(?:\.\d+)*$")
_BULLET = re.compile(r"[-–+*•]\s*\S")
_SHARE = re.compile(r"\(.*%\)$")


def lift_titles(grid: Grid) -> list[Line]:
    """Give back the lines of rows at the head of `grid` that are one cell: a title within its frame."""
    lines: list[Line] = []
    width = len(grid.columns) - 1
    while grid.rows > 2 and width > 1:
        first = [cell for cell in grid.cells if cell.row == 0]
        if len(first) != 1 or first[0].col_span < width or first[0].row_span > 1:
            break
        lines.extend(first[0].lines)
        grid.cells = [cell for cell in grid.cells if cell.row > 0]
        for cell in grid.cells:
            cell.row -= 1
        grid.borders = grid.borders[1:]
        grid.box = (grid.box[0], grid.borders[0], grid.box[2], grid.box[3])
    return lines


def split_false_merges(grid: Grid) -> None:
    """Make a cell for each row where a rule is missing: one line stands in each, others are apart."""
    head = count_header_rows(grid.cells)
    for cell in list(grid.cells):
        rows = range(cell.row, cell.row + cell.row_span)
        if cell.row_span < 2 or cell.row < head or len(cell.lines) != cell.row_span:
            continue
        others = [c for c in grid.cells if c is not cell and c.row in rows]
        fits = all(
            grid.borders[row] < line.middle < grid.borders[row + 1]
            for row, line in zip(rows, cell.lines, strict=True)
        )
        filled = {c.row for c in others if c.lines and c.row_span == 1}
        if not fits or filled != set(rows) or any(c.row_span > 1 for c in others):
            continue
        x0, _, x1, _ = cell.box
        parts = []
        for row, line in zip(rows, cell.lines, strict=True):
            box = (x0, grid.borders[row], x1, grid.borders[row + 1])
            parts.append(GridCell(row, cell.col, 1, cell.col_span, box, [line]))
        at = grid.cells.index(cell)
        grid.cells[at : at + 1] = parts
    grid.cells.sort(key=lambda cell: (cell.row, cell.col))


def split_tall_rows(grid: Grid) -> None:
    """Make a row for each figure where figures stand under each other, each beside a line of the label."""
    for row in range(grid.rows - 1, -1, -1):
        cells = [cell for cell in grid.cells if cell.row == row and cell.row_span == 1]
        if all(len(cell.lines) < 2 for cell in cells):
            continue
        found = _cut(cells)
        if found is not None:
            _replace(grid, row, cells, found)


def _cut(cells: Sequence[GridCell]) -> list[BodyRow] | None:
    columns = [[to_token(line) for line in cell.lines] for cell in cells]
    stacked = [
        i
        for i, tokens in enumerate(columns)
        if i > 0
        and len(tokens) >= 2
        and all(_is_figure(token) for token in tokens)
        and not any(is_one_figure(one.text, two.text) for one, two in pairwise(tokens))
    ]
    if not stacked:
        return _cut_bullets(columns)
    if any(_SHARE.match(token.text) for i in stacked for token in columns[i]):
        return None
    words = [
        i for i, tokens in enumerate(columns) if i not in stacked and any(not token.value for token in tokens)
    ]
    if not words and len({len(columns[i]) for i in (0, *stacked)}) == 1:
        words = [0]  # years
    if not words:
        return None
    label = max(words, key=lambda i: cells[i].box[2] - cells[i].box[0])
    heights = [token.middle for token in columns[label]]
    size = median(token.size for token in columns[label])
    anchors = [token.middle for i in stacked for token in columns[i]]
    middles = [(a + b) / 2 for a, b in pairwise(heights) if b - a < 1.6 * size]  # of labels of two lines
    if not all(any(abs(y - place) < 0.4 * size for place in (*heights, *middles)) for y in anchors):
        return None
    bands = [
        Band(
            cell.box[0],
            cell.box[2],
            i != label and all(t.value or _CODE.match(t.text) for t in tokens),
            tokens,
        )
        for i, (cell, tokens) in enumerate(zip(cells, columns, strict=True))
    ]
    bands[label].x1 = max(token.x1 for token in columns[label])
    steps = [b - a for a, b in pairwise(heights) if b - a > 0.9 * size]
    spacing = Spacing(max(1.1 * size, min(steps, default=1.2 * size)))
    rows = cut_rows(columns, bands, label=label, spacing=spacing)
    return rows if len(rows) > 1 else None


def _cut_bullets(columns: Sequence[Sequence[Token]]) -> list[BodyRow] | None:
    """Return a row for each bulleted line of a row that is otherwise empty, as forms have them."""
    filled = [i for i, tokens in enumerate(columns) if tokens]
    if len(columns) < 3 or filled != [0] or not _BULLET.match(columns[0][0].text):
        return None
    rows: list[BodyRow] = []
    for token in columns[0]:
        if _BULLET.match(token.text):
            rows.append(BodyRow(None, {0: [token]}))
        else:
            rows[-1].cells[0].append(token)
    return rows if len(rows) > 1 else None


def _is_figure(token: Token) -> bool:
    return token.value or _CODE.match(token.text) is not None


def _replace(grid: Grid, row: int, cells: Sequence[GridCell], rows: Sequence[BodyRow]) -> None:
    """Put `rows` in the place of ruled row `row`, whose cells are `cells`."""
    more = len(rows) - 1
    tops = [item.top for item in rows[1:]]
    old = {id(cell) for cell in cells}
    kept: list[GridCell] = []
    for cell in grid.cells:
        if id(cell) in old:
            continue
        if cell.row > row:
            cell.row += more
        elif cell.row + cell.row_span > row:
            cell.row_span += more
        kept.append(cell)
    grid.borders[row + 1 : row + 1] = tops
    for number, item in enumerate(rows):
        for i, cell in enumerate(cells):
            tokens = sorted(item.cells.get(i, ()), key=lambda token: token.middle)
            box = (cell.box[0], grid.borders[row + number], cell.box[2], grid.borders[row + number + 1])
            kept.append(
                GridCell(row + number, cell.col, 1, cell.col_span, box, [t.to_line() for t in tokens])
            )
    kept.sort(key=lambda cell: (cell.row, cell.col))
    grid.cells = kept
