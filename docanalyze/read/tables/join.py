"""Tables that go on over pages: repeated heads are dropped, a row that the page broke is one again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from docanalyze.core.document import TablePart
from docanalyze.read.tables.grid import Grid, GridCell
from docanalyze.read.tables.roles import count_header_rows
from docanalyze.read.tables.rows import Spacing, weigh_joint
from docanalyze.read.tables.tokens import is_value, to_token

_SNAP = 3.0


def is_continuation(before: Grid, after: Grid) -> bool:
    """Return whether `after` has the columns of `before`, as a table carried over a page or a column has.

    It may stand elsewhere: in the next column, or beside a margin that changes from page to page.
    """
    if before.extents or after.extents:
        return after.continues
    return len(before.columns) == len(after.columns) and all(
        abs((a - before.columns[0]) - (b - after.columns[0])) <= 2 * _SNAP
        for a, b in zip(before.columns, after.columns, strict=True)
    )


def has_own_head(first: Grid, after: Grid) -> bool:
    """Return whether a table opens with a head much like that of another, but not the same.

    `TT`, `Khoản chi`, `Dự toán` below `TT`, `Khoản thu`, `Dự toán`: a table of the same form.
    """
    old = _texts(first, _head_of(first))
    new = _texts(after, _head_of(first))
    other = [(a, b) for a, b in zip(old, new, strict=False) if a != b]
    same = sum(a == b != "" for a, b in zip(old, new, strict=False))
    return len(old) == len(new) and 2 * same > len(old) and any(not b.startswith(a) for a, b in other)


def join_grids(grids: Sequence[Grid]) -> tuple[list[GridCell], tuple[TablePart, ...], int]:
    """Return a table's cells over all its pages, its parts, and how many rows its head has.

    A row broken by the end of a page is one row, and in the parts of both pages.
    """
    first = grids[0]
    cells = list(first.cells)
    head = _head_of(first)
    if first.head is None and first.rows == 1 and len(grids) > 1:
        # a head that the end of a page cuts off from its rows
        below = [GridCell(c.row + 1, c.col, c.row_span, c.col_span, c.box, c.lines) for c in grids[1].cells]
        head = min(1, count_header_rows([*first.cells, *below]))
    head_texts = _texts(first, head)
    parts = [TablePart(page=first.page, first_row=0, last_row=first.rows - 1)]
    rows = first.rows
    for before, grid in pairwise(grids):
        skip = head if head and _texts(grid, head) == head_texts else 0
        body = [cell for cell in grid.cells if cell.row >= skip]
        broken = rows > head and _join_broken_row(cells, body, rows - 1, skip, cut=before.cut)
        if broken:
            skip += 1
            body = [cell for cell in body if cell.row >= skip]
        cells.extend(
            GridCell(cell.row - skip + rows, cell.col, cell.row_span, cell.col_span, cell.box, cell.lines)
            for cell in body
        )
        last = rows + grid.rows - skip - 1
        if last < rows - broken:
            continue  # nothing but the head
        parts.append(TablePart(page=grid.page, first_row=rows - broken, last_row=last))
        rows = last + 1
    return cells, tuple(parts), head


def _head_of(grid: Grid) -> int:
    return grid.head if grid.head is not None else count_header_rows(grid.cells)


def _texts(grid: Grid, head: int) -> list[str]:
    return ["".join(cell.text.split()) for cell in grid.cells if cell.row < head]


def _join_broken_row(
    cells: Sequence[GridCell], body: Sequence[GridCell], last: int, first: int, *, cut: bool
) -> bool:
    """Join the first row of a page to the last one of the page before if that row was broken.

    Then no column has a figure in both, and words go on, or all words are in one part and all figures in
    the other; if it was `cut`, its missing border says so.
    """
    above = {cell.col: cell for cell in cells if cell.row == last and cell.row_span == 1}
    below = {cell.col: cell for cell in body if cell.row == first}
    pairs = [(above[col], cell) for col, cell in below.items() if col in above]
    if len(pairs) < len(below) or any(cell.row_span > 1 for cell in below.values()):
        return False
    both = [(a, b) for a, b in pairs if a.lines and b.lines]
    if cut and not any(is_value(a.text) and is_value(b.text) for a, b in both):
        for a, b in pairs:
            a.lines.extend(b.lines)
        return bool(pairs)
    if not both and _complete(above.values(), below.values()):
        for a, b in pairs:
            a.lines.extend(b.lines)
        return True
    if not both or any(is_value(a.text) or is_value(b.text) for a, b in both):
        return False
    if any(b.lines and not a.lines for a, b in pairs) and any(
        a.lines and not b.lines and is_value(a.text) for a, b in pairs
    ):
        return False
    if not all(_goes_on(a, b) for a, b in both):
        return False
    for a, b in pairs:
        a.lines.extend(b.lines)
    return True


def _complete(above: Iterable[GridCell], below: Iterable[GridCell]) -> bool:
    """Return whether one of two rows that share no column has figures and the other nothing but words."""
    a, b = ([is_value(cell.text) for cell in row if cell.lines] for row in (above, below))
    return bool(a) and bool(b) and any(a) != any(b)


def _goes_on(above: GridCell, below: GridCell) -> bool:
    """Return whether the words of a cell go on in the cell below it, over the end of the page."""
    last, first = above.lines[-1], below.lines[0]
    right = max(above.box[2] - 3, max(line.x1 for line in above.lines))
    join, part = weigh_joint([to_token(last)], [to_token(first)], right, Spacing(1e6))
    return join < part
