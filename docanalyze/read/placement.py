"""Coordinates: from those of a PDF page to those of the page as shown, and of its text upright."""

from __future__ import annotations

import ctypes
from array import array
from dataclasses import dataclass
from itertools import repeat
from math import cos, radians, sin
from operator import lt, sub
from typing import Any

PieceBox = tuple[float, float, float, float]
"""A box on a page: x0, top, x1, bottom in points, origin top left."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A page whose text does not run level to the right.

    Upright, its text is turned by `turns` quarters clockwise to be that of the page as shown, and
    before that by `skew` degrees clockwise, as a sheet lies in a scanner. `width` and `height` are
    those of the page as shown.
    """

    turns: int
    width: float
    height: float
    skew: float = 0.0

    def to_upright(self, box: PieceBox) -> PieceBox:
        """Return a box of the page as shown in coordinates in which the text is upright."""
        x0, top, x1, bottom = box
        if self.turns == 1:
            box = (top, self.width - x1, bottom, self.width - x0)
        elif self.turns == 2:
            box = (self.width - x1, self.height - bottom, self.width - x0, self.height - top)
        elif self.turns == 3:
            box = (self.height - bottom, x0, self.height - top, x1)
        return self._slant(box, -self.skew)

    def to_shown(self, box: PieceBox) -> PieceBox:
        """Return an upright box in the coordinates of the page as shown."""
        x0, top, x1, bottom = self._slant(box, self.skew)
        if self.turns == 1:
            return (self.width - bottom, x0, self.width - top, x1)
        if self.turns == 2:
            return (self.width - x1, self.height - bottom, self.width - x0, self.height - top)
        if self.turns == 3:
            return (top, self.height - x1, bottom, self.height - x0)
        return (x0, top, x1, bottom)

    @property
    def upright_size(self) -> tuple[float, float]:
        """Width and height of the page with its text upright."""
        return (self.height, self.width) if self.turns % 2 else (self.width, self.height)

    def _slant(self, box: PieceBox, degrees: float) -> PieceBox:
        """Return a box of the upright page, as large as before, turned clockwise about the page's middle."""
        if not degrees:
            return box
        width, height = self.upright_size
        angle = radians(degrees)
        x, y = (box[0] + box[2] - width) / 2, (box[1] + box[3] - height) / 2
        dx = x * cos(angle) - y * sin(angle) - x
        dy = x * sin(angle) + y * cos(angle) - y
        return (box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy)


class Placement:
    """How the page's own coordinates turn into those of the page as shown."""

    def __init__(self, page: Any) -> None:
        import pypdfium2.raw as raw

        edges = [ctypes.c_float() for _ in range(4)]
        rect = raw.FS_RECTF()
        self.rotation = raw.FPDFPage_GetRotation(page) % 4
        self.width, self.height = raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)
        if raw.FPDF_GetPageBoundingBox(page, rect):
            self.left, self.bottom, self.right, self.top = rect.left, rect.bottom, rect.right, rect.top
        else:
            raw.FPDFPage_GetMediaBox(page, *edges)
            self.left, self.bottom, self.right, self.top = (edge.value for edge in edges)

    def show_pieces(self, edges: array[float]) -> list[PieceBox]:
        """Return the boxes as shown of pieces given by the boxes of their first and last characters.

        Eight numbers a piece: left, top, right, bottom twice; four are zero where PDFium has no box.
        """
        left, top = self.left, self.top
        if self.rotation:
            left = top = 0.0
        halves = [edges[i::8] for i in range(8)]
        if not self.rotation and _run_level(*halves):
            lefts, rights = (map(sub, halves[i], repeat(left)) if left else halves[i] for i in (0, 6))
            tops, bottoms = (map(sub, repeat(top), halves[i]) for i in (1, 3))
            return list(zip(lefts, tops, rights, bottoms, strict=True))
        boxes = [
            (
                (l1 if l1 < l2 or not r2 else l2) - left,
                top - (t1 if t1 > t2 or not r2 else t2),
                (r1 if r1 > r2 or not r2 else r2) - left,
                top - (b1 if b1 < b2 or not r2 else b2),
            )
            for l1, t1, r1, b1, l2, t2, r2, b2 in zip(*halves, strict=True)
        ]
        if self.rotation:
            return [self.show(x0, -y1, x1, -y0) for x0, y0, x1, y1 in boxes]
        return boxes

    def show(self, x0: float, y0: float, x1: float, y1: float) -> PieceBox:
        """Return the box on the page as shown of a rectangle in the page's own coordinates."""
        if self.rotation == 0:
            return (x0 - self.left, self.top - y1, x1 - self.left, self.top - y0)
        if self.rotation == 1:
            return (y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left)
        if self.rotation == 2:
            return (self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom)
        return (self.top - y1, self.right - x1, self.top - y0, self.right - x0)


def _run_level(
    l1: array[float], t1: array[float], r1: array[float], b1: array[float],
    l2: array[float], t2: array[float], r2: array[float], b2: array[float],
) -> bool:  # fmt: skip
    """Return whether the last character of every piece stands on a level with the first, to its right."""
    level = t1.tobytes() == t2.tobytes() and b1.tobytes() == b2.tobytes()
    return level and not any(map(lt, l2, l1)) and not any(map(lt, r2, r1))
