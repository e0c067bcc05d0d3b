"""Tables without rules between their columns, found in a page's picture as rows of scattered text.

Tesseract's own layout mistakes narrow columns of figures for pictures or vertical text. Rows of
three and more stretches of ink with wide gaps between are no prose, so they are cut out and read
stretch by stretch, as the cells of a ruled table are.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from docanalyze.read.picture import Prepared

PixelBox = tuple[int, int, int, int]
"""x0, top, x1, bottom in pixels."""

_GAP = 0.14
"""Inches of white that part two columns: a word space of 14 pt type drawn out to fill a line is less."""
_LEAST_ROWS = 2
_BRIDGED = 2
"""Rows of fewer stretches (a group's heading, a wrapped label) that a table may hold in a row."""


def find_scattered(ready: Prepared) -> list[PixelBox]:
    """Return the stretches of ink of all rows that lie scattered, row by row."""
    ink = ready.grey < ready.threshold
    gap = round(_GAP * ready.dpi)
    rows = [_cut_row(ink[top:bottom], top, gap) for top, bottom in _find_runs(ink.sum(axis=1) > 2, 1)]
    rows = [row for row in rows if row]
    boxes: list[PixelBox] = []
    first = 0
    while first < len(rows):
        if len(rows[first]) < 3:
            first += 1
            continue
        last = ahead = first
        while (
            ahead + 1 < len(rows)
            and ahead - last <= _BRIDGED
            and _is_near(rows[ahead], rows[ahead + 1], ready.dpi)
        ):
            ahead += 1
            if len(rows[ahead]) >= 3:
                last = ahead
        if sum(len(row) >= 3 for row in rows[first : last + 1]) >= _LEAST_ROWS:
            boxes.extend(box for row in rows[first : last + 1] for box in row)
        first = last + 1
    return boxes


def _is_near(above: list[PixelBox], below: list[PixelBox], dpi: int) -> bool:
    return min(box[1] for box in below) - max(box[3] for box in above) < 0.35 * dpi


def _cut_row(row: Any, top: int, gap: int) -> list[PixelBox]:
    """Return the stretches of a row of ink that wide gaps part, crumbs left out."""
    boxes: list[PixelBox] = []
    for x0, x1 in _find_runs(row.sum(axis=0) > 0, gap):
        ys = np.flatnonzero(row[:, x0:x1].any(axis=1))
        box = (x0, top + int(ys[0]), x1, top + int(ys[-1]) + 1)
        if max(x1 - x0, box[3] - box[1]) > gap // 4 and np.count_nonzero(row[:, x0:x1]) >= 12:
            boxes.append(box)
    return boxes


def _find_runs(filled: Any, gap: int) -> list[tuple[int, int]]:
    """Return where runs of true values begin and end, those less than `gap` apart as one."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], filled.astype(np.int8), [0]))))
    runs: list[tuple[int, int]] = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if runs and start - runs[-1][1] < gap:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs
