"""Tables of words whose rows are parted by rules across, without rules between their columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from docanalyze.read.placement import PieceBox
from docanalyze.read.tables.bands import Band, find_band, find_bands, merge_words
from docanalyze.read.tables.grid import Grid
from docanalyze.read.tables.head import build_head
from docanalyze.read.tables.layout import lay_out_grid
from docanalyze.read.tables.rows import BodyRow, Spacing
from docanalyze.read.tables.stretches import Sheet
from docanalyze.read.tables.tokens import Row

_SNAP = 3.0
_LEAST_WIDTH = 0.4
_TALLEST = 20.0
"""In ems: rules farther apart than a tall row do not belong together."""


def find_striped_grids(sheet: Sheet, taken: set[int]) -> list[tuple[Grid, list[int]]]:
    """Return the tables between rules of one width, with the printed rows that each takes up.

    `taken` are the printed rows that other tables have.
    """
    found: list[tuple[Grid, list[int]]] = []
    for rules in _find_stacks(sheet):
        stripes = [
            [i for i, row in enumerate(sheet.rows) if top < row.middle < bottom]
            for top, bottom in pairwise(rule[1] for rule in rules)
        ]
        stripes = [stripe for stripe in stripes if stripe]
        if len(stripes) < 3 or any(i in taken for stripe in stripes for i in stripe):
            continue
        printed = [[sheet.rows[i] for i in stripe] for stripe in stripes]
        grid = build_striped(sheet, rules[0][0] - _SNAP, rules[0][2] + _SNAP, printed)
        if grid is not None:
            found.append((grid, [i for stripe in stripes for i in stripe]))
    return found


def _find_stacks(sheet: Sheet) -> list[list[PieceBox]]:
    """Return the rules that begin and end alike, close enough below each other to part rows."""
    least = _LEAST_WIDTH * (sheet.right - sheet.left)
    stacks: list[list[PieceBox]] = []
    for rule in sheet.flat:
        if rule[2] - rule[0] < least:
            continue
        for stack in stacks:
            last = stack[-1]
            if abs(last[0] - rule[0]) <= _SNAP and abs(last[2] - rule[2]) <= _SNAP:
                if _SNAP < rule[1] - last[1] <= _TALLEST * sheet.rows[0].tokens[0].size:
                    stack.append(rule)
                    break
                if rule[1] - last[1] <= _SNAP:
                    break
        else:
            stacks.append([rule])
    return [stack for stack in stacks if len(stack) >= 4]


def build_striped(
    sheet: Sheet,
    left: float,
    right: float,
    stripes: Sequence[Sequence[Row]],
    starts: Sequence[float] = (),
) -> Grid | None:
    """Return the table of rows of cells, each given by its printed rows, the first of them its head.

    None if they reach beyond `left` and `right` or are no table. `starts` are where its columns begin, if
    that is known: their words may nearly touch.
    """
    body = [row for stripe in stripes[1:] for row in stripe]
    if any(row.x0 < left or row.x1 > right for row in body):
        return None
    bands = fill_bands(body, starts) if starts else find_bands(body)
    if not starts:
        merge_words(bands, body, stripes[0], 0.8 * body[0].tokens[0].size)
    beside = [len({find_band(bands, token) for row in stripe for token in row.tokens}) for stripe in stripes]
    if len(bands) < 2 or sum(count >= 2 for count in beside) < 0.7 * len(stripes):
        return None
    size = body[0].tokens[0].size
    cells, head_rows = build_head(stripes[0], bands, Spacing(1.6 * size), sheet.flat)
    rows = [fill_row(stripe, bands) for stripe in stripes[1:]]
    return lay_out_grid(sheet.number, cells, head_rows, stripes[0], rows, bands)


def fill_bands(rows: Sequence[Row], starts: Sequence[float]) -> list[Band]:
    """Return the columns that begin at some places, each as wide as what stands in it."""
    bands = [Band(x, x, False) for x in starts]
    for token in (token for row in rows for token in row.tokens):
        band = bands[max(0, bisect_right(starts, token.x0 + _SNAP) - 1)]
        band.x1 = max(band.x1, token.x1)
        band.tokens.append(token)
    return bands


def fill_row(stripe: Sequence[Row], bands: Sequence[Band]) -> BodyRow:
    """Return the row of cells of its printed rows, each word in the column where it stands."""
    row = BodyRow(None)
    for printed in stripe:
        for token in printed.tokens:
            row.cells.setdefault(find_band(bands, token), []).append(token)
    return row
