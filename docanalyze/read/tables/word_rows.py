"""Tables of words without any rules: rows of three cells or more that begin at the same places."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from docanalyze.read.tables.grid import Grid
from docanalyze.read.tables.stretches import Sheet
from docanalyze.read.tables.striped import build_striped
from docanalyze.read.tables.tokens import Row

_LEAST_COLUMNS = 3
_LEAST_ROWS = 3
_SNAP = 2.5
_GUTTER = 1.0
"""Points between the words of two columns at least."""
_PITCH = 2.6
"""Ems from a row to the next at most."""
_PADDING = 1.5
"""Points by which the lines of two rows of cells stand farther apart than those of one cell."""
_HEAD_REACH = 0.6
"""Ems by which a word of the head may begin before its column."""
_MOST_RUNNING = 0.3
"""Of the cells, those that begin with a small letter; more is prose in columns."""


def find_word_grids(sheet: Sheet, taken: set[int]) -> list[tuple[Grid, list[int]]]:
    """Return the tables of words alone with the printed rows that each takes up, but for those `taken`."""
    found: list[tuple[Grid, list[int]]] = []
    at = 0
    while at < len(sheet.rows):
        last = _find_end(sheet.rows, at, taken)
        starts = [token.x0 for token in sheet.rows[at].tokens]
        stripes = _cut_stripes(sheet.rows[at:last], starts)
        if _are_cells(stripes, starts):
            first = at - _is_head(sheet.rows, at, starts) if at - 1 not in taken else at
            stripes = [*([row] for row in sheet.rows[first:at]), *stripes]
            grid = build_striped(sheet, sheet.left - 1, sheet.right + 1, stripes, starts)
            if grid is not None and len(grid.columns) > _LEAST_COLUMNS:
                found.append((grid, list(range(first, last))))
                at = last
                continue
        at += 1
    return found


def _find_end(rows: Sequence[Row], at: int, taken: set[int]) -> int:
    """Return the row behind those that stand in the columns which row `at` opens; `at` if it opens none."""
    tokens = rows[at].tokens
    if at in taken or len(tokens) < _LEAST_COLUMNS or any(token.value for token in tokens):
        return at
    starts = [token.x0 for token in tokens]
    end = at + 1
    while end < len(rows) and end not in taken and _find_filled(rows[end], starts):
        if rows[end].middle - rows[end - 1].middle > _PITCH * tokens[0].size:
            break
        end += 1
    return end


def _is_head(rows: Sequence[Row], at: int, starts: Sequence[float]) -> bool:
    """Return whether the row above row `at` has its words over each of the columns, centred perhaps."""
    if at == 0 or rows[at].middle - rows[at - 1].middle > _PITCH * rows[at].tokens[0].size:
        return False
    tokens = rows[at - 1].tokens
    if len(tokens) != len(starts):
        return False
    reach = _HEAD_REACH * tokens[0].size
    ends = [*starts[1:], tokens[-1].x1 + reach]
    return all(
        start - reach <= token.x0 and token.x1 <= end - _SNAP
        for token, start, end in zip(tokens, starts, ends, strict=True)
    )


def _find_filled(row: Row, starts: Sequence[float]) -> list[int]:
    """Return the columns in which a row has words, that begin where the columns do and end before the next.

    None if there are others.
    """
    filled: list[int] = []
    for token in row.tokens:
        column = bisect_right(starts, token.x0 + _SNAP) - 1
        begins = column >= 0 and token.x0 - starts[column] <= _SNAP
        if not begins and not (filled and filled[-1] == column):
            return []
        if column + 1 < len(starts) and token.x1 > starts[column + 1] - _GUTTER:
            return []
        if begins:
            filled.append(column)
    return filled


def _cut_stripes(rows: Sequence[Row], starts: Sequence[float]) -> list[list[Row]]:
    """Return the rows of cells: begun by a full row whose first cell begins anew, or parted by wider gaps.

    A line that goes on in a cell begins with a small letter.
    """
    pitches = [below.middle - above.middle for above, below in pairwise(rows)]
    least = min(pitches, default=0.0) + _PADDING
    stripes = [[row] for row in rows[:1]]
    for row, pitch in zip(rows[1:], pitches, strict=True):
        filled = _find_filled(row, starts)
        begins = filled[0] == 0 and not row.tokens[0].text[:1].islower()
        if begins and (len(filled) == len(starts) or pitch > least):
            stripes.append([row])
        else:
            stripes[-1].append(row)
    return stripes


def _are_cells(stripes: Sequence[Sequence[Row]], starts: Sequence[float]) -> bool:
    """Return whether these are rows of cells: no signatures side by side, no prose in columns."""
    if len(stripes) < _LEAST_ROWS:
        return False
    full = [stripe[0] for stripe in stripes if len(_find_filled(stripe[0], starts)) == len(starts)]
    if len(full) < _LEAST_ROWS or 2 * len(full) < len(stripes):
        return False
    if any(len({token.text for token in row.tokens}) == 1 for row in full):
        return False
    cells = [
        token.text
        for row in full
        for token in row.tokens
        if any(abs(token.x0 - start) <= _SNAP for start in starts)
    ]
    return sum(text[:1].islower() for text in cells) <= _MOST_RUNNING * len(cells)
