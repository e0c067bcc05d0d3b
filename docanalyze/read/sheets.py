"""The cells of tables, cut out of a page's picture and set one below the other to be read.

Where nearly all of a column are figures, a cell that came out as something else is doubted: a
figure alone gives the engine little to go by, and its model of the language prefers letters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from docanalyze.read.picture import Pixels, Prepared
from docanalyze.read.tesseract import Word

FIGURE_LETTERS = "0123456789.,-()%=/"
"""What figures of a table are made of."""

_FIGURE = re.compile(r"[-–(]?\d{1,3}(?:[.,]?\d+)*\)?%?|[-–]|\d{1,2}=\d{1,2}[-+/]\d{1,2}")
_SURE = 0.8
_FILLED = 0.5
"""The least height of the figure in a cell, of the height of the cell's ink."""
_TALLEST = 12_000
"""Pixels of a sheet's height; a longer column of cells goes on another sheet."""

_MARGIN = 1 / 6
"""Inches of white between cells on a sheet."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What stands in a cell: where on the page (pixels of its left top corner), and its picture."""

    x0: int
    top: int
    grey: Pixels

    @property
    def x1(self) -> int:
        """Where its ink ends on the right."""
        return self.x0 + int(self.grey.shape[1])


@dataclass(slots=True)
class Sheet:
    """A picture of numbered cells in one column, and where each of them was on the page."""

    grey: Pixels
    dpi: int
    tops: list[int] = field(default_factory=list)
    places: list[tuple[int, int, int]] = field(default_factory=list)

    def find_cell(self, y: float) -> tuple[int, int, int] | None:
        """Return the cell at a height of the sheet: its number, what to add to x and y for the page."""
        at = bisect_right(self.tops, y) - 1
        return self.places[at] if at >= 0 else None


def cut_cells(ready: Prepared, boxes: Sequence[tuple[int, int, int, int]]) -> list[Cut]:
    """Return what stands in the boxes of a picture; there it is wiped out.

    Cells without ink, or with no more than a crumb of it, are left out.
    """
    cuts: list[Cut] = []
    for x0, top, x1, bottom in boxes:
        x0, top = max(x0, 0), max(top, 0)
        cell = ready.grey[top:bottom, x0:x1]
        ink = cell < ready.threshold
        if np.count_nonzero(ink) >= 12:
            ys, xs = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
            if max(ys[-1] - ys[0], xs[-1] - xs[0]) > ready.dpi / 30:
                y0, y1 = max(int(ys[0]) - 4, 0), int(ys[-1]) + 5
                left, right = max(int(xs[0]) - 4, 0), int(xs[-1]) + 5
                cuts.append(Cut(x0 + left, top + y0, cell[y0:y1, left:right].copy()))
        cell[:] = 255
    return cuts


def paste_cells(ready: Prepared, cells: Sequence[Cut]) -> None:
    """Write what was cut out of a picture back into it, so that marks can be told by their ink."""
    for cut in cells:
        rows, columns = cut.grey.shape
        ready.grey[cut.top : cut.top + rows, cut.x0 : cut.x0 + columns] = cut.grey


def stack_cells(cells: Sequence[tuple[int, Cut]], dpi: int) -> list[Sheet]:
    """Return sheets with the numbered cells one below the other."""
    margin = round(_MARGIN * dpi)
    sheets: list[Sheet] = []
    while cells:
        count, height = 0, margin
        while count < len(cells) and (count == 0 or height + cells[count][1].grey.shape[0] < _TALLEST):
            height += cells[count][1].grey.shape[0] + margin
            count += 1
        width = max(cut.grey.shape[1] for _, cut in cells[:count]) + 2 * margin
        sheet = Sheet(np.full((height, width), 255, dtype=np.uint8), dpi)
        y = margin
        for number, cut in cells[:count]:
            rows, columns = cut.grey.shape
            sheet.grey[y : y + rows, margin : margin + columns] = cut.grey
            sheet.tops.append(y - margin // 2)
            sheet.places.append((number, cut.x0 - margin, cut.top - y))
            y += rows + margin
        sheets.append(sheet)
        cells = cells[count:]
    return sheets


def is_figure(lines: Sequence[Sequence[Word]]) -> bool:
    """Return whether what was read in a cell is one figure, or the dash that says there is none."""
    text = "".join(char.text for line in lines for word in line for char in word)
    return len(lines) == 1 and _FIGURE.fullmatch(text) is not None


def fills(lines: Sequence[Sequence[Word]], cut: Cut) -> bool:
    """Return whether a figure is all that stands in a cell: `I/2024` is not, below a `Quý`."""
    digits = [char for line in lines for word in line for char in word if char.text.isdigit()]
    tall = max((char.bottom for char in digits), default=0) - min((char.top for char in digits), default=0)
    return not digits or tall > _FILLED * float(cut.grey.shape[0])


def find_doubted(cells: Sequence[Cut], found: Mapping[int, Sequence[Sequence[Word]]]) -> list[int]:
    """Return the cells to be read again as figures: unlike nearly all of their column, or unsure.

    The first cell of a column is its head and stays what it is.
    """
    sure = [number in found and is_figure(found[number]) for number in range(len(cells))]
    doubted: list[int] = []
    for number, cut in enumerate(cells):
        least = min((c.confidence for line in found.get(number, ()) for w in line for c in w), default=0.0)
        if sure[number] and least > _SURE:
            continue
        column = [i for i, other in enumerate(cells) if i != number and _share_column(cut, other)]
        figures = sum(sure[i] for i in column)
        is_head = all(cells[i].top > cut.top for i in column)
        if figures >= 2 and figures >= 0.6 * len(column) and not is_head:
            doubted.append(number)
    return doubted


def _share_column(a: Cut, b: Cut) -> bool:
    shared = min(a.x1, b.x1) - max(a.x0, b.x0)
    return shared > 0.5 * min(a.x1 - a.x0, b.x1 - b.x0) and a.x1 - a.x0 < 3 * (b.x1 - b.x0) + 60
