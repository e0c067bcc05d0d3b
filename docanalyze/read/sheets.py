"""The cells of ruled tables, cut out of a page's picture and set one below the other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from docanalyze.read.picture import Pixels, Prepared

_TALLEST = 12_000
"""Pixels of a sheet's height; a longer column of cells goes on another sheet."""


@dataclass(slots=True)
class Sheet:
    """A picture of cells in one column, and where each of them was on the page."""

    grey: Pixels
    tops: list[int] = field(default_factory=list)
    bottoms: list[int] = field(default_factory=list)
    shifts: list[tuple[int, int]] = field(default_factory=list)

    def find_shift(self, y: float) -> tuple[int, int] | None:
        """Return what to add to x and y of a place on the sheet to have it on the page."""
        at = bisect_right(self.tops, y) - 1
        return self.shifts[at] if at >= 0 and y < self.bottoms[at] else None


def cut_cells(ready: Prepared, boxes: Sequence[tuple[int, int, int, int]]) -> list[Sheet]:
    """Return sheets with what stands in the boxes of a picture; there it is wiped out.

    Cells without ink, or with no more than a crumb of it, are left out.
    """
    cuts: list[tuple[int, int, Pixels]] = []
    for x0, top, x1, bottom in boxes:
        x0, top = max(x0, 0), max(top, 0)
        cell = ready.grey[top:bottom, x0:x1]
        ink = cell < ready.threshold
        if np.count_nonzero(ink) >= 12:
            ys, xs = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
            if max(ys[-1] - ys[0], xs[-1] - xs[0]) > ready.dpi / 30:
                y0, y1 = max(ys[0] - 4, 0), ys[-1] + 5
                left, right = max(xs[0] - 4, 0), xs[-1] + 5
                cuts.append((x0 + int(left), top + int(y0), cell[y0:y1, left:right].copy()))
        cell[:] = 255
    return list(_stack(cuts, ready.dpi))


def _stack(cuts: Sequence[tuple[int, int, Pixels]], dpi: int) -> list[Sheet]:
    margin = dpi // 6
    sheets: list[Sheet] = []
    while cuts:
        count, height = 0, margin
        while count < len(cuts) and (count == 0 or height + cuts[count][2].shape[0] < _TALLEST):
            height += cuts[count][2].shape[0] + margin
            count += 1
        width = max(cut.shape[1] for _, _, cut in cuts[:count]) + 2 * margin
        sheet = Sheet(np.full((height, width), 255, dtype=np.uint8))
        y = margin
        for x0, top, cut in cuts[:count]:
            rows, columns = cut.shape
            sheet.grey[y : y + rows, margin : margin + columns] = cut
            sheet.tops.append(y - margin // 2)
            sheet.bottoms.append(y + rows + margin // 2)
            sheet.shifts.append((x0 - margin, top - y))
            y += rows + margin
        sheets.append(sheet)
        cuts = cuts[count:]
    return sheets
