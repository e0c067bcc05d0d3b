"""A table on one page: columns and rows by their borders, and cells with the lines that stand in them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from docanalyze.read.lines import Line
from docanalyze.read.placement import PieceBox


@dataclass(slots=True)
class GridCell:
    """A cell of a grid by its place in rows and columns, with the lines that stand in it."""

    row: int
    col: int
    row_span: int
    col_span: int
    box: PieceBox
    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The cell's lines joined by spaces."""
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True)
class Grid:
    """A table on one page: its extent, where its columns and rows begin and end, its cells.

    `head` is the number of its head rows where finding it told. Without a lattice of rules, `extents`
    are where the words of each column stand and whether they are values; `continues` tells that the
    columns are those of the table at the foot of the page before, `open_end` that its own last row
    stands at the foot of its page; `tail` is rows of words there that belong to it only if it goes on,
    `cut` tells that its last row has no border below, since the page turn cuts it; `head_lines` are the
    printed rows of its head, without white space.
    """

    page: int
    box: PieceBox
    columns: list[float]
    borders: list[float]
    cells: list[GridCell]
    head: int | None = None
    extents: tuple[tuple[float, float, bool], ...] = ()
    continues: bool = False
    open_end: bool = False
    cut: bool = False
    tail: Grid | None = None
    head_lines: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """The number of rows on this page."""
        return len(self.borders) - 1

    def take_tail(self) -> set[int]:
        """Return the ids of the lines of its tail, which are rows of the table from now on."""
        if self.tail is None:
            return set()
        tail, rows = self.tail, self.rows
        for cell in tail.cells:
            cell.row += rows
        self.cells.extend(tail.cells)
        self.borders = [*self.borders[:-1], *tail.borders]
        self.tail = None
        return {id(line) for cell in tail.cells for line in cell.lines}

    def find_cell(self, x: float, y: float) -> int | None:
        """Return the index of the cell that holds a point of the page, None outside all cells."""
        row, col = bisect_right(self.borders, y) - 1, bisect_right(self.columns, x) - 1
        if not self._at:
            for number, cell in enumerate(self.cells):
                for r in range(cell.row, cell.row + cell.row_span):
                    for c in range(cell.col, cell.col + cell.col_span):
                        self._at[r, c] = number
        return self._at.get((row, col))

    _at: dict[tuple[int, int], int] = field(default_factory=dict)
