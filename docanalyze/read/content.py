"""A page's content: the cells of its tables filled with the lines that stand in them, and the other lines."""

from __future__ import annotations

from collections.abc import Sequence

from docanalyze.read.columns import part_at_gutter
from docanalyze.read.draft import PageContent
from docanalyze.read.figure_labels import find_labels_beside
from docanalyze.read.lines import Line, find_lines
from docanalyze.read.placement import PieceBox
from docanalyze.read.raw_page import RawPage
from docanalyze.read.tables.edges import EdgeMemory
from docanalyze.read.tables.extent import is_head_alone
from docanalyze.read.tables.grid import Grid
from docanalyze.read.tables.lattice import find_grids
from docanalyze.read.tables.open_grids import find_open_grids
from docanalyze.read.tables.tall_rows import lift_titles, split_false_merges, split_tall_rows
from docanalyze.read.turned import read_turned


class ContentReader:
    """Reads pages in order; it knows the page before, on which a table may have begun."""

    def __init__(self) -> None:
        self._edges = EdgeMemory()
        self._before: Grid | None = None
        self._content: PageContent | None = None

    def read(self, page: RawPage) -> PageContent:
        """Return the page's lines and tables."""
        width, height = page.frame.upright_size if page.frame else (page.width, page.height)
        grids = find_grids(page.number, page.rulings) if page.rulings else []
        outside = None
        inside: set[int] = set()
        titles: list[Line] = []
        if grids:
            inside, titles = _fill_grids(page, grids)
            grids = [grid for grid in grids if any(cell.lines for cell in grid.cells)]
            outside = _runs([i for i in range(len(page.starts)) if i not in inside and i not in page.turned])
            heads = [grid for grid in grids if is_head_alone(grid, find_lines(page, outside))]
            if heads:
                grids = [grid for grid in grids if grid not in heads]
                inside = {i for i in inside if not any(_stands_in(page.boxes[i], head.box) for head in heads)}
                outside = _runs(
                    [i for i in range(len(page.starts)) if i not in inside and i not in page.turned]
                )
        elif page.turned:
            outside = _runs([i for i in range(len(page.starts)) if i not in page.turned])
        lines = find_lines(page, outside)
        if titles:
            lines = sorted([*lines, *titles], key=lambda line: (line.middle, line.x0))
        running = self._edges.find_running(lines, height)
        body = [line for line in lines if id(line) not in running] if running else lines
        figures = find_labels_beside(body)
        if figures:
            labels = {id(line) for figure in figures for line in figure}
            lines = [line for line in lines if id(line) not in labels]
            body = [line for line in body if id(line) not in labels]
        more, used = find_open_grids(page.number, body, page.rulings, self._before)
        if more and (parts := part_at_gutter(body, more, used)):
            found = [find_open_grids(page.number, part, page.rulings) for part in parts]
            more, used = [grid for grids, _ in found for grid in grids], set().union(*(u for _, u in found))
        self._edges.remember(lines, height, used)
        if more:
            lines = [line for line in lines if id(line) not in used]
            grids = sorted([*grids, *more], key=lambda grid: grid.box[1])
        if grids and grids[0].continues and self._before is not None and self._content is not None:
            tail = self._before.take_tail()
            self._content.lines = [line for line in self._content.lines if id(line) not in tail]
        self._before = grids[-1] if grids and grids[-1].open_end else None
        stamps = read_turned(page, (i for i in page.turned if i not in inside)) if page.turned else []
        if page.stamps is not None:
            stamps += [_read_stamp(page.stamps.page, group) for group in page.stamps.groups]
        self._content = PageContent(
            page.number, width, height, lines, grids, page.rulings, page.frame, stamps, figures
        )
        return self._content


def _stands_in(box: PieceBox, frame: PieceBox) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return frame[0] <= x <= frame[2] and frame[1] <= y <= frame[3]


def _read_stamp(page: RawPage, pieces: Sequence[int]) -> list[Line]:
    """Return the lines of what one annotation shows, those that run across the page along their own way."""
    turned = [i for i in pieces if i in page.turned]
    lines = find_lines(page, _runs([i for i in pieces if i not in page.turned]))
    return [*lines, *(line for run in read_turned(page, turned) for line in run)]


def _fill_grids(page: RawPage, grids: Sequence[Grid]) -> tuple[set[int], list[Line]]:
    """Give each cell the lines that stand in it.

    Return the pieces that are inside a cell, and the lines of titles that are no cells after all.
    """
    inside: set[int] = set()
    titles: list[Line] = []
    for grid in grids:
        x0, top, x1, bottom = grid.box
        members: dict[int, list[int]] = {}
        for i, box in enumerate(page.boxes):
            x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            if i in inside or not (x0 <= x <= x1 and top <= y <= bottom):
                continue
            number = grid.find_cell(x, y)
            if (
                number is not None
                and i in page.turned
                and not _is_upright_in(page, i, grid.cells[number].box)
            ):
                continue
            if number is not None:
                members.setdefault(number, []).append(i)
                inside.add(i)
        for number, pieces in members.items():
            turned = [i for i in pieces if i in page.turned] if page.turned else []
            if turned:
                pieces = [i for i in pieces if i not in page.turned]
            lines = find_lines(page, _runs(pieces))
            grid.cells[number].lines = [*(line for run in read_turned(page, turned) for line in run), *lines]
        titles.extend(lift_titles(grid))
        split_false_merges(grid)
        split_tall_rows(grid)
    return inside, titles


def _is_upright_in(page: RawPage, piece: int, cell: PieceBox) -> bool:
    """Return whether a turned piece is a cell's own, set upright in it, rather than one across the table."""
    x0, top, x1, bottom = page.boxes[piece]
    inside = cell[0] - 2 <= x0 and x1 <= cell[2] + 2 and cell[1] - 2 <= top and bottom <= cell[3] + 2
    return inside and page.turned[piece] % 90 in (0, 1, 2, 88, 89)


def _runs(indices: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for i in indices:
        if runs and runs[-1][1] == i:
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return runs
