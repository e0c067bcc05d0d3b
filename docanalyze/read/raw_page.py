"""A page before layout: its pieces of text, where they stand and how they are set."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import sub

from docanalyze.read.placement import Frame, PieceBox, Sides
from docanalyze.read.shapes import Shapes


@dataclass(frozen=True, slots=True)
class Style:
    """The type of a piece: base font name, size on the page in points, bold, italic.

    `angle` is where its words run in the page's own coordinates, in degrees counter-clockwise.
    """

    font: str
    size: float
    bold: bool
    italic: bool
    angle: int = 0


@dataclass(slots=True)
class RawPage:
    """A page as PDFium gives it; boxes are `(x0, top, x1, bottom)` with the text upright.

    `starts[i]:ends[i]` of `text` is piece i, standing in `boxes[i]`, set in `styles[i]`; `offsets`
    and `edges` are the same in a row (two and four numbers a piece), to be cut in slices, `sides` the
    boxes side by side; `steps` lie between the lefts of neighbours, `gaps` between the right of one and
    the left of the next; `unclean` where characters stand that a line is to be freed of.
    `turned` are the pieces that run in another direction than the rest, with the degrees between them;
    `stamps` is what only annotations show, `rulings` are thin horizontal or vertical strokes, `shapes`
    tells of pictures, `legacy_fonts` names the fonts that were decoded, with their encoding;
    `too_large` says that its text goes beyond the limits and was left out. `width` and `height` are
    those of the page as shown; where its text runs sideways or upside down, `frame` turns upright boxes
    into those of the page as shown.
    """

    number: int
    width: float
    height: float
    frame: Frame | None = None
    text: str = ""
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    boxes: list[PieceBox] = field(default_factory=list)
    edges: array[float] = field(default_factory=lambda: array("f"))
    offsets: array[int] = field(default_factory=lambda: array("I"))
    sides: Sides | None = None
    steps: list[float] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    unclean: list[int] | None = None
    styles: list[Style] = field(default_factory=list)
    turned: dict[int, int] = field(default_factory=dict)
    rulings: list[PieceBox] = field(default_factory=list)
    shapes: Shapes = field(default_factory=Shapes)
    legacy_fonts: dict[str, str] = field(default_factory=dict)
    too_large: bool = False
    stamps: Stamps | None = None

    def list_pieces(self) -> Iterator[tuple[str, PieceBox]]:
        """Yield the text and the box of each piece."""
        for start, end, box in zip(self.starts, self.ends, self.boxes, strict=True):
            yield self.text[start:end], box


@dataclass(frozen=True, slots=True)
class Stamps:
    """A page with what its annotations show, and which of its pieces each annotation shows."""

    page: RawPage
    groups: list[list[int]]


def move_stamps(stamps: Stamps, old: Frame | None, new: Frame | None) -> Stamps:
    """Return stamps with their boxes for a page whose text was upright in one frame and now is in another."""
    boxes = [old.to_shown(box) if old is not None else box for box in stamps.page.boxes]
    stamps.page.sides = None
    stamps.page.boxes = [new.to_upright(box) if new is not None else box for box in boxes]
    return stamps


def turn_upright(page: RawPage, frame: Frame) -> None:
    """Write the boxes of a page's pieces anew, from those of the page as shown to upright ones."""
    page.boxes, page.sides = [frame.to_upright(box) for box in page.boxes], None


def lay_flat(page: RawPage) -> None:
    """Write the pieces' boxes and offsets in a row, from which a line is a slice, and side by side."""
    if page.sides is None:
        page.sides = Sides(*zip(*page.boxes, strict=True)) if page.boxes else Sides()
    lefts, _, rights, _ = page.sides
    page.edges = array("f", bytes(16 * len(lefts)))
    for at, side in enumerate(page.sides):
        page.edges[at::4] = array("f", side)
    page.offsets = array("I", bytes(8 * len(lefts)))
    page.offsets[0::2], page.offsets[1::2] = array("I", page.starts), array("I", page.ends)
    page.steps, page.gaps = list(map(sub, lefts[1:], lefts)), list(map(sub, lefts[1:], rights))
