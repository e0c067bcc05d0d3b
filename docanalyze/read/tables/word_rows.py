"""Tables of words without any rules: rows of three cells or more that begin at the same places."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from docanalyze.read.tables.grid import Grid
from docanalyze.read.tables.head import build_head
from docanalyze.read.tables.layout import lay_out_grid
from docanalyze.read.tables.rows import Spacing
from docanalyze.read.tables.stretches import OUTSIDE, Sheet
from docanalyze.read.tables.striped import build_striped, fill_bands, fill_row
from docanalyze.read.tables.tokens import Row, Token, is_value

_LEAST_COLUMNS = 3
_LEAST_ROWS = 3
_SNAP = 2.5
_GUTTER = 1.0
"""Points between the words of two columns at least."""
_PITCH = 2.6
"""Ems from a row to the next at most."""
_PADDING = 1.5
"""Points by which the lines of two rows of cells stand farther apart than those of one cell."""
_MOST_HEAD = 4
"""Printed rows of a head."""
ROWS_BELOW = 4
"""A table that goes on has little below it on its page: a page number, a footnote."""
_HEAD_REACH = 0.6
"""Ems by which a word of the head may begin before its column."""
_MOST_RUNNING = 0.3
"""Of the cells, those that begin with a small letter; more is prose in columns."""


def find_word_grids(sheet: Sheet, taken: set[int]) -> list[tuple[Grid, list[int]]]:
    """Return the tables of words alone with the printed rows that each takes up, but for those `taken`."""
    found: list[tuple[Grid, list[int]]] = []
    at = 0
    while at < len(sheet.rows):
        starts = _find_starts(sheet.rows[at].tokens)
        last = _find_end(sheet.rows, at, starts, taken) if len(starts.places) >= _LEAST_COLUMNS else at
        stripes = _cut_stripes(sheet.rows[at:last], starts)
        if _are_cells(stripes, starts):
            first = at - _count_head(sheet.rows, at, starts, taken)
            stripes = [sheet.rows[first:at], *stripes] if first < at else stripes
            grid = build_striped(sheet, sheet.left - 1, sheet.right + 1, stripes, starts.places)
            if grid is not None and len(grid.columns) > _LEAST_COLUMNS:
                grid.open_end = len(sheet.rows) - last < ROWS_BELOW
                found.append((grid, list(range(first, last))))
                at = last
                continue
        at += 1
    return found


def find_word_rest(sheet: Sheet, before: Grid, head: tuple[int, int]) -> tuple[Grid, list[int]] | None:
    """Return what a page has of the table of words at the foot of the page before, and its printed rows.

    `head` are the first row of its repeated head and the row behind it, alike if there is none.
    """
    body = [cell.text for cell in before.cells if cell.col == 0 and cell.row >= (before.head or 0)]
    starts = _Starts([x0 for x0, _, _ in before.extents], all(map(is_value, filter(None, body))))
    last = _find_end(sheet.rows, head[1], starts, set())
    rows = sheet.rows[head[1] : last]
    if not rows or max(len(_find_filled(row, starts)) for row in rows) < 2:
        return None
    bands = fill_bands(rows, starts.places)
    printed = sheet.rows[head[0] : head[1]]
    cells, count = build_head(printed, bands, Spacing(1.6 * rows[0].tokens[0].size), sheet.flat)
    stripes = [fill_row(stripe, bands) for stripe in _cut_stripes(rows, starts)]
    grid = lay_out_grid(sheet.number, cells, count, printed, stripes, bands)
    grid.continues, grid.open_end = True, len(sheet.rows) - last < ROWS_BELOW
    return grid, list(range(head[0], last))


@dataclass(frozen=True, slots=True)
class _Starts:
    """Where the columns of a table begin; `numbered` if running numbers stand anywhere in the first."""

    places: Sequence[float]
    numbered: bool


def _find_starts(tokens: Sequence[Token]) -> _Starts:
    """Return the columns that a row of words opens, perhaps behind a running number; none for figures."""
    if any(token.value for token in tokens[1:]):
        return _Starts((), numbered=False)
    return _Starts([token.x0 for token in tokens], tokens[0].value)


def _find_end(rows: Sequence[Row], at: int, starts: _Starts, taken: set[int]) -> int:
    """Return the row behind those that stand in columns, from row `at` on; `at` if it does not."""
    end = at
    while end < len(rows) and end not in taken and _find_filled(rows[end], starts):
        size = rows[end].tokens[0].size
        if end > at and rows[end].middle - rows[end - 1].middle > _PITCH * size:
            break
        end += 1
    return end


def _count_head(rows: Sequence[Row], at: int, starts: _Starts, taken: set[int]) -> int:
    """Return how many rows above row `at` have their words over each of the columns, centred perhaps."""
    reach = _HEAD_REACH * rows[at].tokens[0].size
    open_columns = set(range(len(starts.places)))
    for count in range(1, min(_MOST_HEAD, at) + 1):
        row, below = rows[at - count], rows[at - count + 1]
        if at - count in taken or below.middle - row.middle > _PITCH * below.tokens[0].size:
            return 0
        for token in row.tokens:
            column = max(0, bisect_right(starts.places, token.x0 + reach) - 1)
            end = starts.places[column + 1] if column + 1 < len(starts.places) else token.x1 + _SNAP
            if token.x0 < starts.places[0] - OUTSIDE or token.x1 > end - _GUTTER:
                return 0
            open_columns.discard(column)
        if not open_columns:
            return count
    return 0


def _find_filled(row: Row, starts: _Starts) -> list[int]:
    """Return the columns in which a row has words, that begin where the columns do and end before the next.

    None if there are others.
    """
    filled: list[int] = []
    places = starts.places
    for token in row.tokens:
        column = bisect_right(places, token.x0 + _SNAP) - 1
        if starts.numbered and column <= 0 and not filled and token.value and token.x1 < places[1]:
            filled.append(0)
            continue
        begins = column >= 0 and token.x0 - places[column] <= _SNAP
        if not begins and not (filled and filled[-1] == column):
            return []
        if column + 1 < len(places) and token.x1 > places[column + 1] - _GUTTER:
            return []
        if begins:
            filled.append(column)
    return filled


def _cut_stripes(rows: Sequence[Row], starts: _Starts) -> list[list[Row]]:
    """Return the rows of cells: begun by a number, a full row whose first cell begins anew, or a wider gap.

    A line that goes on in a cell begins with a small letter.
    """
    pitches = [below.middle - above.middle for above, below in pairwise(rows)]
    least = min(pitches, default=0.0) + _PADDING
    stripes = [[row] for row in rows[:1]]
    for row, pitch in zip(rows[1:], pitches, strict=True):
        filled = _find_filled(row, starts)
        begins = filled[0] == 0 and not row.tokens[0].text[:1].islower()
        if begins and (starts.numbered or len(filled) == len(starts.places) or pitch > least):
            stripes.append([row])
        else:
            stripes[-1].append(row)
    return stripes


def _are_cells(stripes: Sequence[Sequence[Row]], starts: _Starts) -> bool:
    """Return whether these are rows of cells: no signatures side by side, no prose in columns."""
    if len(stripes) < _LEAST_ROWS:
        return False
    full = [stripe[0] for stripe in stripes if len(_find_filled(stripe[0], starts)) == len(starts.places)]
    if len(full) < _LEAST_ROWS or 2 * len(full) < len(stripes):
        return False
    if any(len({token.text for token in row.tokens}) == 1 for row in full):
        return False
    cells = [
        token.text
        for row in full
        for token in row.tokens
        if any(abs(token.x0 - start) <= _SNAP for start in starts.places)
    ]
    return sum(text[:1].islower() for text in cells) <= _MOST_RUNNING * len(cells)
