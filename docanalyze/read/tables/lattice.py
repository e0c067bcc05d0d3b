"""Ruled tables: rulings of a page -> grids of cells; grids and their words -> `Table` values.

The lattice of PDFium's rulings gives the cells; where it leaves one that is no rectangle,
pdfplumber's table finder is asked, with the same rulings instead of its own slow page parse.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from docanalyze.read.placement import PieceBox
from docanalyze.read.tables.grid import Grid, GridCell

_SNAP = 3.0
_MIN_CELLS = 4
_LEAST_ROW = 8.0


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
        ends = _find_open_ends(rows, columns)
        rows.extend(ends)
        first = len(grids)
        boxes = _close_cells(rows, columns)
        if boxes is None:
            grids.extend(_build_grid(page, group) for group in _ask_pdfplumber(rows, columns))
        else:
            grids.append(_build_grid(page, boxes))
        for grid in grids[first:]:
            if grid is not None:
                grid.cut = any(abs(end[0] - grid.borders[-1]) <= _SNAP for end in ends)
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


def _find_open_ends(rows: Sequence[Ruling], columns: Sequence[Ruling]) -> list[Ruling]:
    """Return the borders that a row lacks which a page turn cuts: there columns end at one height.

    Those at both sides and one between reach beyond the last border, by the height of a line at least.
    """
    x0, x1 = min(column[0] for column in columns), max(column[0] for column in columns)
    ends: list[Ruling] = []
    for edge, last, sign in (
        (max(column[2] for column in columns), max(row[0] for row in rows), 1),
        (min(column[1] for column in columns), min(row[0] for row in rows), -1),
    ):
        if sign * (edge - last) < _LEAST_ROW:
            continue
        reach = [c[0] for c in columns if abs((c[2] if sign > 0 else c[1]) - edge) <= _SNAP]
        if len(_distinct(reach)) >= 3 and min(reach) <= x0 + _SNAP and max(reach) >= x1 - _SNAP:
            ends.append((edge, x0, x1))
    return ends


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
            if right == left and bottom == top:
                for wall, walls in (
                    ((top, left), walls_below), ((top + 1, left), walls_below),
                    ((left, top), walls_right), ((left + 1, top), walls_right),
                ):  # fmt: skip
                    if wall not in walls:
                        return None
                seen.add((top, left))
                cells.append((xs[left], ys[top], xs[left + 1], ys[top + 1]))
                continue
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
    if len(cells) < _MIN_CELLS or len(xs) < 3:
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
