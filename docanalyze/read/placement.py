"""Coordinates: from those of a PDF page to those of the page as shown, and of its text upright."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin
from typing import Any, NamedTuple

from docanalyze.read.ends import PieceEnds

PieceBox = tuple[float, float, float, float]
"""A box on a page: x0, top, x1, bottom in points, origin top left."""


class Sides(NamedTuple):
    """The boxes of pieces side by side: all their lefts, tops, rights and bottoms in points."""

    lefts: Sequence[float] = ()
    tops: Sequence[float] = ()
    rights: Sequence[float] = ()
    bottoms: Sequence[float] = ()


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
    """How the page's own coordinates turn into those of the page as shown.

    `cropped` says that it is a part of its sheet.
    """

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
        self.cropped = False
        if raw.FPDFPage_GetMediaBox(page, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            own = self.right - self.left, self.top - self.bottom
            self.cropped = abs(right - left) > own[0] + 1 or abs(top - bottom) > own[1] + 1

    def show_pieces(self, ends: PieceEnds) -> Sides:
        """Return the boxes as shown of pieces given by the boxes of their first and last characters."""
        lefts, tops, rights, bottoms = ends.list_sides()
        if self.rotation:
            return (
                Sides(*zip(*map(self.show, lefts, bottoms, rights, tops), strict=True)) if lefts else Sides()
            )
        left, top = self.left, self.top
        if left:
            lefts, rights = [x - left for x in lefts], [x - left for x in rights]
        return Sides(lefts, [top - y for y in tops], rights, [top - y for y in bottoms])

    def show(self, x0: float, y0: float, x1: float, y1: float) -> PieceBox:
        """Return the box on the page as shown of a rectangle in the page's own coordinates."""
        if self.rotation == 0:
            return (x0 - self.left, self.top - y1, x1 - self.left, self.top - y0)
        if self.rotation == 1:
            return (y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left)
        if self.rotation == 2:
            return (self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom)
        return (self.top - y1, self.right - x1, self.top - y0, self.right - x0)
