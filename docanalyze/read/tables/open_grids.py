"""Tables without a full lattice of rules: found by their figures, which stand apart and in columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from docanalyze.read.lines import Line
from docanalyze.read.markers import is_caption, is_unit_line
from docanalyze.read.placement import PieceBox
from docanalyze.read.tables.bands import (
    Band,
    find_band,
    find_bands,
    first_value,
    is_core,
    looks_like_table,
    merge_words,
)
from docanalyze.read.tables.grid import Grid, GridCell
from docanalyze.read.tables.head import HeadCell, build_head
from docanalyze.read.tables.roles import is_index_row
from docanalyze.read.tables.rows import BodyRow, Spacing, cut_rows
from docanalyze.read.tables.tokens import Row, Token, cut_row, level_rows

_TIME = re.compile(r"(?:\d{1,2}/)?(?:19|20)\d\d$")
_FIGURE_START = frozenset("0123456789-–—+−(….xX")
_MOST_BETWEEN = 7
_HEAD_ROWS = 14
_ROWS_BELOW = 4
"""A table that goes on has little below it on its page: a page number, a footnote."""


@dataclass(slots=True)
class _Page:
    """The rows of a page and the strokes that matter to them."""

    number: int
    rows: list[Row]
    core: list[bool]
    left: float
    right: float
    flat: list[PieceBox]
    upright: list[PieceBox]


def find_open_grids(
    page: int,
    lines: Sequence[Line],
    rulings: Sequence[PieceBox],
    before: Grid | None = None,
) -> tuple[list[Grid], set[int]]:
    """Return the tables among lines outside ruled ones, top to bottom, and which lines they used up.

    `before` is the table at the foot of the page before, which may go on at the head of this one.
    """
    if not _may_hold_table(lines, 2 if before is None else 1):
        return [], set()
    upright = [box for box in rulings if box[3] - box[1] > box[2] - box[0] and box[3] - box[1] > 6]
    flat = sorted((box for box in rulings if box[2] - box[0] >= box[3] - box[1]), key=lambda box: box[1])
    rows = [_tokenise(row, upright) for row in level_rows(lines)]
    sheet = _Page(
        page, rows, [is_core(row) for row in rows],
        min(line.x0 for line in lines), max(line.x1 for line in lines), flat, upright,
    )  # fmt: skip
    grids: list[Grid] = []
    used: set[int] = set()
    floor = -1
    for first, last in _find_stretches(sheet):
        found = _build_grid(sheet, first, last, floor, before if not grids else None)
        if found is not None:
            grid, begin, end = found
            grids.append(grid)
            floor = end
            used.update(id(token.line) for row in rows[begin : end + 1] for token in row.tokens)
    return grids, used


def _may_hold_table(lines: Sequence[Line], needed: int) -> bool:
    """Return whether some heights of the page have figures that stand apart: cheap, for pages of prose."""
    found = 0
    for a, b in pairwise(lines):
        if b.text[:1] in _FIGURE_START and abs(a.middle - b.middle) < 0.4 * max(b.size, 4.0) and b.x0 > a.x1:
            found += 1
            if found == needed:
                return True
    return False


def _tokenise(lines: list[Line], upright: Sequence[PieceBox]) -> Row:
    y = lines[0].middle
    return cut_row(lines, [(box[0] + box[2]) / 2 for box in upright if box[1] <= y <= box[3]])


def _find_stretches(sheet: _Page) -> list[tuple[int, int]]:
    """Return the first and last core row of each stretch of rows that may be one table."""
    rows, core = sheet.rows, sheet.core
    cores = [i for i, flag in enumerate(core) if flag]
    if len(cores) < 2:
        return [(i, i) for i in cores]
    pitches = sorted(rows[b].middle - rows[a].middle for a, b in pairwise(cores))
    usual = pitches[len(pitches) // 2]
    stretches: list[tuple[int, int]] = []
    for i in cores:
        if stretches and _goes_on(sheet, stretches[-1][1], i, usual):
            stretches[-1] = (stretches[-1][0], i)
        else:
            stretches.append((i, i))
    return stretches


def _goes_on(sheet: _Page, above: int, below: int, usual: float) -> bool:
    """Return whether the rows between two core rows may belong to the same table."""
    rows = sheet.rows
    between = range(above + 1, below)
    size = rows[below].tokens[0].size
    if len(between) > _MOST_BETWEEN:
        return False
    for a in range(above, below):
        if rows[a + 1].middle - rows[a].middle > max(3.2 * size, 1.6 * usual):
            return False
    edge = first_value(rows[above]) or first_value(rows[below])
    values = [token for i in (above, below) for token in rows[i].tokens[1:] if token.value]
    crossing = 0
    for i in between:
        row = rows[i]
        if is_caption(row.text) or is_unit_line(row.text):
            return False
        if len(row.tokens) == 1 and edge is not None and row.x0 < edge.x0 - 1 and row.x1 > edge.x0 + 1:
            crossing += 1
            if row.x1 - row.x0 > 0.62 * (sheet.right - sheet.left) or crossing > 1:
                return False
        else:
            crossing = 0
            # Words above columns of figures, where figures were already: the head of another table.
            if sum(not t.value and any(t.x0 < v.x1 and v.x0 < t.x1 for v in values) for t in row.tokens) > 1:
                return False
    return True


def _build_grid(
    sheet: _Page, first: int, last: int, floor: int, before: Grid | None
) -> tuple[Grid, int, int] | None:
    """Return the table with core rows from `first` to `last`, and the first and last row it takes up."""
    rows = sheet.rows
    top, bottom = rows[first].middle, rows[last].middle
    strokes = _inner_strokes(sheet, top, bottom)
    start = _skip_head(sheet, first, last, strokes)
    data = [rows[i] for i in range(start, last + 1) if sheet.core[i]]
    data = _drop_strangers(data)
    start, last = rows.index(data[0], start), rows.index(data[-1], start)
    bands = find_bands(data, strokes)
    carried = _carry_over(bands, before) if before is not None and start < _HEAD_ROWS else None
    bands = carried or bands
    x0, x1 = bands[0].x0, bands[-1].x1
    across = [
        box for box in sheet.flat
        if min(box[2], x1) - max(box[0], x0) > 0.7 * (x1 - x0) and top - 160 < box[1] < bottom + 40
    ]  # fmt: skip
    if carried is None and not looks_like_table(bands, data, ruled=bool(across) or bool(strokes)):
        return None
    label = _find_label(bands)
    leading = _find_leading(sheet, first, last)
    spacing = Spacing(leading, tuple(sorted(box[1] for box in across)))
    begin = _first_data_row(sheet, start, floor, bands, label, spacing)
    end = _last_data_row(sheet, last, bands, label, spacing)
    head = _find_head(sheet, begin, floor, bands, spacing)
    merge_words(bands, rows[begin : end + 1], rows[head:begin], 0.8 * leading)
    cells, head_rows = build_head(rows[head:begin], bands, spacing, sheet.flat)
    label = _find_label(bands)
    columns: list[list[Token]] = [[] for _ in bands]
    for row in rows[begin : end + 1]:
        for token in row.tokens:
            columns[find_band(bands, token)].append(token)
    body = cut_rows(columns, bands, label=label, spacing=spacing)
    grid = _lay_out(sheet.number, cells, head_rows, rows[head:begin], body, bands)
    grid.continues = carried is not None
    grid.open_end = len(rows) - end <= _ROWS_BELOW
    return grid, head, end


def _drop_strangers(data: list[Row]) -> list[Row]:
    """Return the core rows without those at either end whose values stand in no column of the others.

    A running head with the page's number is such a row.
    """
    while len(data) > 2:
        for end in (0, -1):
            others = find_bands([row for row in data if row is not data[end]])
            values = [token for token in data[end].tokens[1:] if token.value]
            if not any(
                band.value and min(band.x1, token.x1) > max(band.x0, token.x0)
                for band in others
                for token in values
            ):
                data = data[1:] if end == 0 else data[:-1]
                break
        else:
            break
    return data


def _carry_over(bands: Sequence[Band], before: Grid) -> list[Band] | None:
    """Return the columns of the table of the page before as they are filled here; None if they differ."""
    carried = [Band(x0, x1, value) for x0, x1, value in before.extents]
    for band in bands:
        over = [old for old in carried if min(old.x1, band.x1) - max(old.x0, band.x0) > 1.0]
        if len(over) != 1 or (over[0].value != band.value and band.value):
            return None
        over[0].tokens.extend(band.tokens)
    for old in carried:
        for token in old.tokens:
            old.x0, old.x1 = min(old.x0, token.x0), max(old.x1, token.x1)
    return carried if any(old.value and old.tokens for old in carried) else None


def _inner_strokes(sheet: _Page, top: float, bottom: float) -> list[float]:
    """Return where vertical strokes part columns: those that run beside half of the height or more."""
    lengths: dict[int, list[float]] = {}
    for box in sheet.upright:
        if box[1] < bottom + 20 and box[3] > top - 20:
            key = round((box[0] + box[2]) / 2 / 3)
            entry = lengths.setdefault(key, [0.0, (box[0] + box[2]) / 2])
            entry[0] += min(box[3], bottom + 20) - max(box[1], top - 20)
    return sorted(x for length, x in lengths.values() if length > 0.5 * (bottom - top))


def _skip_head(sheet: _Page, first: int, last: int, strokes: Sequence[float]) -> int:
    """Return the first row of figures proper.

    It comes behind an index row, and behind rows of years or with words above columns of figures.
    """
    rows = sheet.rows
    cores = [i for i in range(first, last + 1) if sheet.core[i]]
    for n, i in enumerate(cores[:8]):
        if is_index_row([token.text for token in rows[i].tokens]):
            return cores[n + 1] if n + 1 < len(cores) else i
    for n, i in enumerate(cores[:8]):
        if n + 1 == len(cores):
            break
        values = [token for token in rows[i].tokens if token.value]
        below = [band for band in find_bands([rows[j] for j in cores[n + 1 :]], strokes) if band.value]
        named = any(
            not token.value and any(min(band.x1, token.x1) > max(band.x0, token.x0) + 1 for band in below)
            for token in rows[i].tokens
        )
        timed = len(values) > 1 and all(_TIME.match(token.text) for token in values)
        if not named and not timed:
            return i
    return first


def _find_label(bands: Sequence[Band]) -> int:
    """Return the column of labels: the first wide column of words, else the first column."""
    words = [i for i, band in enumerate(bands) if not band.value]
    if not words:
        return 0
    first_figures = next((i for i, band in enumerate(bands) if band.value and i > words[0]), len(bands))
    return max(
        (i for i in words if i < first_figures), key=lambda i: bands[i].x1 - bands[i].x0, default=words[0]
    )


def _find_leading(sheet: _Page, first: int, last: int) -> float:
    """Return the distance of two lines of one cell: the least that is a line's, not half of one."""
    rows = sheet.rows[max(0, first - 4) : last + 3]
    size = median(row.tokens[0].size for row in rows)
    heights = [token.middle for row in rows for token in row.tokens]
    steps = sorted(b - a for a, b in pairwise(sorted(heights)) if 0.95 * size <= b - a <= 1.6 * size)
    if not steps:
        return 1.2 * size
    return max(1.1 * size, steps[len(steps) // 10])


def _is_words_only(row: Row, bands: Sequence[Band], label: int, left: float) -> bool:
    """Return whether a printed row holds no more than lines of labels, units and running numbers."""
    for token in row.tokens:
        if abs(token.x0 - left) <= 14:
            continue
        band = bands[find_band(bands, token)]
        if band.value and token.x0 > left:
            return False
        if band is bands[label]:
            return False
        if abs(token.x0 - band.x0) > 4 and abs((token.x0 + token.x1) / 2 - band.centre) > 4:
            return False
    return True


def _first_data_row(
    sheet: _Page, start: int, floor: int, bands: Sequence[Band], label: int, spacing: Spacing
) -> int:
    """Return the first row below the head: labels above the first figures may belong to them."""
    rows = sheet.rows
    left = min((token.x0 for token in bands[label].tokens), default=bands[label].x0)
    begin = start
    for i in range(start - 1, floor, -1):
        row = rows[i]
        step = rows[begin].middle - row.middle
        if (
            sheet.core[i]
            or step > 2.0 * spacing.leading
            or spacing.is_ruled(row.middle, rows[begin].middle)
            or not _is_words_only(row, bands, label, left)
            or is_caption(row.text)
            or is_unit_line(row.text)
        ):
            break
        begin = i
    above = rows[begin - 1] if begin - 1 > floor else None
    # Without a head right above, the lines are no part of the table.
    if begin < start and (above is None or rows[begin].middle - above.middle > 2.6 * spacing.leading):
        while begin < start and rows[begin + 1].middle - rows[begin].middle > 0.8 * spacing.leading:
            begin += 1
    return begin


def _last_data_row(sheet: _Page, last: int, bands: Sequence[Band], label: int, spacing: Spacing) -> int:
    """Return the last row: lines of the last label that follow its figures are part of it."""
    rows = sheet.rows
    end = last
    for i in range(last + 1, min(len(rows), last + 4)):
        row = rows[i]
        if (
            sheet.core[i]
            or row.middle - rows[end].middle > 1.3 * spacing.leading
            or spacing.is_ruled(rows[end].middle, row.middle)
            or any(token.x1 > _limit(bands, find_band(bands, token)) for token in row.tokens)
            or any(bands[find_band(bands, token)].value for token in row.tokens)
            or is_caption(row.text)
        ):
            break
        end = i
    return end


def _limit(bands: Sequence[Band], col: int) -> float:
    """Return how far to the right the words of a column may reach."""
    return bands[col + 1].x0 if col + 1 < len(bands) else bands[col].x1 + 20


def _find_head(sheet: _Page, begin: int, floor: int, bands: Sequence[Band], spacing: Spacing) -> int:
    """Return the first row of the head above row `begin`; `begin` itself if there is no head."""
    rows = sheet.rows
    x0, x1 = bands[0].x0, bands[-1].x1
    head = begin
    named = False
    first_figures = next((band.x0 for band in bands[_find_label(bands) + 1 :] if band.value), x1)
    roof = min((y for y in spacing.rules if y < rows[begin].middle), default=None)
    for i in range(begin - 1, max(floor, begin - 1 - _HEAD_ROWS), -1):
        row = rows[i]
        step = rows[head].middle - row.middle
        text = row.text
        if is_caption(text) or is_unit_line(text) or step > 2.3 * spacing.leading:
            break
        if roof is not None and row.middle < roof and head < begin:
            break
        if row.x0 < x0 - 30 or row.x1 > x1 + 30:
            break
        if len(row.tokens) == 1 and _is_running_text(row.tokens[0], bands):
            break
        over_figures = any(token.x1 > first_figures for token in row.tokens)
        if named and not over_figures and roof is None and step > 0.75 * spacing.leading:
            break
        named |= over_figures
        head = i
    return head


def _is_running_text(token: Token, bands: Sequence[Band]) -> bool:
    """Return whether a lone line above a table is a title or prose: it crosses words and figures."""
    crossed = [band for band in bands if min(band.x1, token.x1) - max(band.x0, token.x0) > 0]
    if token.x1 - token.x0 > 0.7 * (bands[-1].x1 - bands[0].x0):
        return True
    return any(not band.value for band in crossed) and any(band.value for band in crossed)


def _lay_out(
    page: int,
    head: Sequence[HeadCell],
    head_rows: int,
    printed: Sequence[Row],
    body: Sequence[BodyRow],
    bands: Sequence[Band],
) -> Grid:
    """Return the grid of head cells and rows; each place that holds nothing is an empty cell."""
    edges = [bands[0].x0, *((a.x1 + b.x0) / 2 for a, b in pairwise(bands)), bands[-1].x1]
    tops = [row.top for row in body]
    head_tops = _head_borders(head, head_rows, tops[0] if tops else 0.0)
    borders = [*head_tops, *tops, max(row.bottom for row in body)]
    cells: list[GridCell] = []
    taken: set[tuple[int, int]] = set()
    for item in head:
        lines = [token.to_line() for token in item.tokens]
        cells.append(
            _place(item.row, item.first, item.row_span, item.last - item.first + 1, lines, edges, borders)
        )
        taken.update(
            (r, c)
            for r in range(item.row, item.row + item.row_span)
            for c in range(item.first, item.last + 1)
        )
    named = head_rows - (1 if printed and is_index_row([t.text for t in printed[-1].tokens]) else 0)
    for row in range(head_rows):
        for col in range(len(bands)):
            if (row, col) not in taken:
                span = 1
                while row < named and row + span < named and (row + span, col) not in taken:
                    span += 1
                taken.update((r, col) for r in range(row, row + span))
                cells.append(_place(row, col, span, 1, [], edges, borders))
    for number, line in enumerate(body, head_rows):
        for col in range(len(bands)):
            tokens = sorted(line.cells.get(col, ()), key=lambda token: (round(token.middle), token.x0))
            cells.append(_place(number, col, 1, 1, [token.to_line() for token in tokens], edges, borders))
    cells.sort(key=lambda cell: (cell.row, cell.col))
    box = (edges[0], borders[0], edges[-1], borders[-1])
    extents = tuple((band.x0, band.x1, band.value) for band in bands)
    return Grid(page, box, edges, borders, cells, head=head_rows, extents=extents)


def _head_borders(head: Sequence[HeadCell], count: int, floor: float) -> list[float]:
    tops: list[float] = []
    for row in range(count):
        found = [cell.tokens[0].line.top for cell in head if cell.row == row]
        tops.append(min(found) if found else (tops[-1] if tops else floor))
    return tops


def _place(
    row: int,
    col: int,
    row_span: int,
    col_span: int,
    lines: list[Line],
    edges: Sequence[float],
    borders: Sequence[float],
) -> GridCell:
    box = (edges[col], borders[row], edges[col + col_span], borders[min(row + row_span, len(borders) - 1)])
    return GridCell(row, col, row_span, col_span, box, lines)
