"""What the layout works on: the content of a page, and blocks before the text is put together."""

from __future__ import annotations

from dataclasses import dataclass, field

from docanalyze.core.document import BlockKind
from docanalyze.read.lines import Line
from docanalyze.read.placement import Frame, PieceBox
from docanalyze.read.tables.grid import Grid

FURNITURE: tuple[BlockKind, ...] = ("header", "footer", "page-number", "footnote", "stamp")


@dataclass(slots=True)
class PageContent:
    """What was read from one page: its lines outside tables, its grids and rulings, text upright.

    `frame` turns boxes into those of the page as shown where its text is not upright; `stamps` are the
    lines that each annotation shows, `figures` the labels of each figure that prose stands beside.
    """

    number: int
    width: float
    height: float
    lines: list[Line]
    grids: list[Grid]
    rulings: list[PieceBox]
    frame: Frame | None = None
    stamps: list[list[Line]] = field(default_factory=list)
    figures: list[list[Line]] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """A block before the text is put together: its kind, label and lines, or the grids of a table."""

    kind: BlockKind
    lines: list[Line]
    marker: str | None = None
    grids: list[Grid] = field(default_factory=list)

    def release(self) -> None:
        """Let go of the lines, once they are written."""
        self.lines, self.grids = [], []
