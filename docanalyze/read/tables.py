"""Ruled tables: rulings of a page -> grids of cells; grids and their words -> `Table` values.

The lattice of PDFium's rulings gives the cells; where it leaves one that is no rectangle,
pdfplumber's table finder is asked, with the same rulings instead of its own slow page parse.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from docanalyze.core.document import CellRole, Column
from docanalyze.lexicon.forms import form_words
from docanalyze.read.lines import Line
from docanalyze.read.placement import PieceBox

_SNAP = 3.0
_MIN_CELLS = 4
_INDEX_CELL = re.compile(r"\(?(?:[A-Z]|\d{1,2}|[IVX]+)\)?(?:\s*=\s*[\d()+\-*/×x:%.,\s]+)?$")
_FORMULA = re.compile(r"\(?\d{1,2}\)?\s*=\s*[\d()+\-*/×x:%.,\s]+$")
_VALUE = re.compile(r"[-+−–(]?\s*\d[\d.,\s]*\)?\s*[%‰]?$|[-–—x]$")
_RUNNING = re.compile(r"[IVX]+|\d{1,3}(?:\.\d+)*|[A-Z]|[a-z]\)?")
_UNIT_IN_HEADER = re.compile(r"\(([^()]{1,30})\)\s*$|^(%)$|\b(%)\s*$")
_UNIT_WORDS = re.compile(
    r"(?:triệu|tỷ|tỉ|nghìn|ngàn|đồng|USD|%|ha|tấn|tạ|kg|m2|m²|m3|m³|km|người|hộ|con|lượt|cái|chiếc|‰|kWh|đ)\b|%",
    re.IGNORECASE,
)


@dataclass(slots=True)
class GridCell:
    """A cell of a grid by its place in rows and columns, with the lines that stand in it."""

    row: int
    col: int
    row_span: int
    col_span: int
    box: PieceBox
    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The cell's lines joined by spaces."""
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True)
class Grid:
    """A ruled table on one page: its extent, where its columns and rows begin and end, its cells."""

    page: int
    box: PieceBox
    columns: list[float]
    borders: list[float]
    cells: list[GridCell]

    @property
    def rows(self) -> int:
        """The number of rows on this page."""
        return len(self.borders) - 1

    def find_cell(self, x: float, y: float) -> int | None:
        """Return the index of the cell that holds a point of the page, None outside all cells."""
        row, col = bisect_right(self.borders, y) - 1, bisect_right(self.columns, x) - 1
        if not self._at:
            for number, cell in enumerate(self.cells):
                for r in range(cell.row, cell.row + cell.row_span):
                    for c in range(cell.col, cell.col + cell.col_span):
                        self._at[r, c] = number
        return self._at.get((row, col))

    _at: dict[tuple[int, int], int] = field(default_factory=dict)


def find_grids(page: int, rulings: Sequence[PieceBox]) -> list[Grid]:
    """Return the grids that the rulings of a page form, top to bottom; frames alone are no tables.

    Where the rulings leave a cell that is no rectangle, pdfplumber's table finder decides.
    """
    flat = _merge([((b[1] + b[3]) / 2, b[0], b[2]) for b in rulings if b[2] - b[0] >= b[3] - b[1]])
    upright = _merge([((b[0] + b[2]) / 2, b[1], b[3]) for b in rulings if b[2] - b[0] < b[3] - b[1]])
    if len(flat) < 2 or len(upright) < 2:
        return []
    grids: list[Grid | None] = []
    for rows, columns in _connected(flat, upright):
        boxes = _close_cells(rows, columns)
        if boxes is None:
            grids.extend(_build_grid(page, group) for group in _ask_pdfplumber(rows, columns))
        else:
            grids.append(_build_grid(page, boxes))
    return sorted((grid for grid in grids if grid is not None), key=lambda grid: grid.box[1])


Ruling = tuple[float, float, float]
"""A stroke: where it stands across its direction, and from where to where it runs."""


def _merge(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Return the rulings with pieces of one stroke, as drawn cell by cell, put together."""
    merged: list[Ruling] = []
    open_at: dict[int, int] = {}
    for where, start, end in sorted(rulings, key=lambda r: (r[1], r[0])):
        key = round(where / _SNAP)
        for near in (key, key - 1, key + 1):
            at = open_at.get(near)
            if at is not None and abs(merged[at][0] - where) <= 1.5 and start <= merged[at][2] + _SNAP:
                merged[at] = (merged[at][0], merged[at][1], max(merged[at][2], end))
                break
        else:
            open_at[key] = len(merged)
            merged.append((where, start, end))
    return merged


def _connected(flat: Sequence[Ruling], upright: Sequence[Ruling]) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Return the rulings in groups that touch each other, each group's flat and upright ones."""
    parent = list(range(len(flat) + len(upright)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    by_height = sorted(range(len(flat)), key=lambda i: flat[i][0])
    heights = [flat[i][0] for i in by_height]
    for j, (x, top, bottom) in enumerate(upright):
        for k in range(bisect_left(heights, top - _SNAP), bisect_right(heights, bottom + _SNAP)):
            i = by_height[k]
            if flat[i][1] - _SNAP <= x <= flat[i][2] + _SNAP:
                parent[root(i)] = root(len(flat) + j)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for i, ruling in enumerate((*flat, *upright)):
        groups.setdefault(root(i), ([], []))[0 if i < len(flat) else 1].append(ruling)
    return [(rows, columns) for rows, columns in groups.values() if len(rows) >= 2 and len(columns) >= 2]


def _close_cells(rows: Sequence[Ruling], columns: Sequence[Ruling]) -> list[PieceBox] | None:
    """Return the cells between the rulings; None if one of them is no rectangle.

    The rulings' places span a lattice; neighbours in it without a ruling between are one cell.
    """
    ys, xs = _distinct(r[0] for r in rows), _distinct(r[0] for r in columns)
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > 20000:
        return []
    walls_below = _walls(rows, ys, xs)
    walls_right = _walls(columns, xs, ys)
    width, height = len(xs) - 1, len(ys) - 1
    seen: set[tuple[int, int]] = set()
    cells: list[PieceBox] = []
    for top in range(height):
        for left in range(width):
            if (top, left) in seen:
                continue
            right, bottom = left, top
            while right + 1 < width and (right + 1, top) not in walls_right and (top, right + 1) not in seen:
                right += 1
            while bottom + 1 < height and (bottom + 1, left) not in walls_below:
                bottom += 1
            members = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
            inner = any(
                (r, c) in walls_below for r in range(top + 1, bottom + 1) for c in range(left, right + 1)
            )
            inner |= any(
                (c, r) in walls_right for c in range(left + 1, right + 1) for r in range(top, bottom + 1)
            )
            closed = all((end, c) in walls_below for end in (top, bottom + 1) for c in range(left, right + 1))
            closed &= all(
                (end, r) in walls_right for end in (left, right + 1) for r in range(top, bottom + 1)
            )
            if inner or not closed or members & seen:
                return None
            seen |= members
            cells.append((xs[left], ys[top], xs[right + 1], ys[bottom + 1]))
    return cells


def _walls(rulings: Sequence[Ruling], places: list[float], across: list[float]) -> set[tuple[int, int]]:
    """Return (place, step) for each lattice step [across[step], across[step + 1]] that a ruling covers."""
    walls: set[tuple[int, int]] = set()
    for where, start, end in rulings:
        place = _nearest(places, where)
        first = bisect_left(across, start - _SNAP)
        for step in range(first, len(across) - 1):
            if across[step + 1] > end + _SNAP:
                break
            walls.add((place, step))
    return walls


def _ask_pdfplumber(rows: Sequence[Ruling], columns: Sequence[Ruling]) -> list[list[PieceBox]]:
    """Return the cells that pdfplumber finds between the rulings, a list for each table."""
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    edges = [_to_edge(r[1], r[0], r[2], r[0]) for r in rows] + [
        _to_edge(r[0], r[1], r[0], r[2]) for r in columns
    ]
    crossings = edges_to_intersections(merge_edges(edges, _SNAP, _SNAP, _SNAP, _SNAP), _SNAP, _SNAP)
    found: list[list[PieceBox]] = cells_to_tables(intersections_to_cells(crossings))
    return found


def _to_edge(x0: float, top: float, x1: float, bottom: float) -> dict[str, object]:
    return {
        "x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top,
        "orientation": "h" if top == bottom else "v", "object_type": "line",
    }  # fmt: skip


def _build_grid(page: int, boxes: Iterable[PieceBox]) -> Grid | None:
    cells = list(boxes)
    xs = _distinct(edge for box in cells for edge in (box[0], box[2]))
    ys = _distinct(edge for box in cells for edge in (box[1], box[3]))
    if len(cells) < _MIN_CELLS or len(xs) < 3 or len(ys) < 3:
        return None
    placed = []
    for box in sorted(cells, key=lambda b: (b[1], b[0])):
        row, col = _nearest(ys, box[1]), _nearest(xs, box[0])
        placed.append(
            GridCell(row, col, max(1, _nearest(ys, box[3]) - row), max(1, _nearest(xs, box[2]) - col), box)
        )
    placed.sort(key=lambda cell: (cell.row, cell.col))
    return Grid(page, (xs[0], ys[0], xs[-1], ys[-1]), xs, ys, placed)


def _distinct(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _SNAP:
            found.append(value)
    return found


def _nearest(values: list[float], value: float) -> int:
    at = bisect_left(values, value)
    if at == len(values) or (at > 0 and value - values[at - 1] < values[at] - value):
        return at - 1
    return at


def is_continuation(before: Grid, after: Grid) -> bool:
    """Return whether `after` has the column borders of `before`, as a table carried over a page has."""
    return len(before.columns) == len(after.columns) and all(
        abs(a - b) <= 2 * _SNAP for a, b in zip(before.columns, after.columns, strict=True)
    )


def count_header_rows(cells: Sequence[GridCell]) -> int:
    """Return how many of a table's first rows are its head, the index row (`A B 1 2 3=2/1`) included."""
    rows = _rows_of(cells)
    for number in sorted(rows)[:8]:
        texts = [cell.text.strip() for cell in rows[number] if cell.text.strip()]
        if len(texts) >= 2 and all(_INDEX_CELL.match(text) for text in texts) and _counts_up(texts):
            return number + 1
    head = 0
    for number in sorted(rows):
        row = rows[number]
        texts = [cell.text.strip() for cell in row if cell.text.strip()]
        spanned = max((cell.row + cell.row_span for cell in row), default=number + 1)
        has_value = any(_VALUE.match(text) and not re.fullmatch(r"(?:19|20)\d\d", text) for text in texts)
        if has_value or (number > 0 and number >= head):
            break
        head = max(head, spanned)
    return min(head, max(rows, default=0))


def _counts_up(texts: Sequence[str]) -> bool:
    numbers = [int(match.group(1)) for text in texts if (match := re.match(r"\(?(\d{1,2})\)?", text))]
    return len(numbers) >= 1 and all(b == a + 1 for a, b in pairwise(numbers))


def _rows_of(cells: Sequence[GridCell]) -> dict[int, list[GridCell]]:
    rows: dict[int, list[GridCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    return rows


def describe_columns(cells: Sequence[GridCell], width: int, header_rows: int) -> tuple[Column, ...]:
    """Return each column's header path (top row first), its own unit and its formula."""
    columns = []
    for col in range(width):
        path: list[str] = []
        formula = unit = None
        for cell in cells:
            if cell.row >= header_rows or not cell.col <= col < cell.col + cell.col_span:
                continue
            text = cell.text.strip()
            if _FORMULA.match(text):
                formula = text
            elif text and not (cell.row == header_rows - 1 and _INDEX_CELL.match(text)):
                path.append(text)
        for text in reversed(path):
            match = _UNIT_IN_HEADER.search(text)
            found = next((group for group in match.groups() if group), None) if match else None
            if found and _UNIT_WORDS.search(found):
                unit = found
                break
        columns.append(Column(header=tuple(path), unit=unit, formula=formula))
    return tuple(columns)


@lru_cache(maxsize=1)
def _head_roles() -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    running, unit, note = (
        tuple(word.casefold() for word in form_words(name))
        for name in ("running_number", "unit_line", "note_column")
    )
    return frozenset(running), frozenset(unit), note


def column_role(column: Column) -> CellRole | None:
    """Return what a column's head says that its cells are for; None if it does not say."""
    running, unit, note = _head_roles()
    head = " ".join(column.header).casefold()
    if head in running:
        return "stt"
    if head in unit:
        return "unit"
    return "note" if head.startswith(note) else None


def cell_role(cell: GridCell, text: str, *, header_rows: int, column: CellRole | None) -> CellRole | None:
    """Return what a cell with `text` is for: index row, running number, label, unit, note or value."""
    if cell.row < header_rows:
        return "index" if cell.row == header_rows - 1 and _INDEX_CELL.match(text) else None
    if not text:
        return None
    if column is not None and (column != "stt" or cell.col == 0):
        return column
    if cell.col == 0 and _RUNNING.fullmatch(text):
        return "stt"
    return "value" if _VALUE.match(text) else "label"
