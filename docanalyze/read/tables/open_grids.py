"""Tables without a full lattice of rules: found by their figures, which stand apart and in columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from docanalyze.read.lines import Line
from docanalyze.read.placement import PieceBox
from docanalyze.read.tables.bands import Band, find_band, find_bands, looks_like_table, merge_words
from docanalyze.read.tables.extent import (
    HEAD_ROWS,
    find_first_row,
    find_head,
    find_label,
    find_last_row,
    find_leading,
    is_group_line,
    is_group_row,
    is_words_only,
    skip_head,
)
from docanalyze.read.tables.grid import Grid
from docanalyze.read.tables.head import build_head
from docanalyze.read.tables.layout import lay_out_grid
from docanalyze.read.tables.rows import BodyRow, Spacing, cut_rows
from docanalyze.read.tables.stretches import Sheet, find_stretches, make_sheet, may_hold_table
from docanalyze.read.tables.striped import find_striped_grids
from docanalyze.read.tables.tokens import Row, Token
from docanalyze.read.tables.tree import TOTAL
from docanalyze.read.tables.word_rows import ROWS_BELOW, find_word_grids, find_word_rest

_RULES_OF_A_TABLE = 4


def find_open_grids(
    page: int,
    lines: Sequence[Line],
    rulings: Sequence[PieceBox],
    before: Grid | None = None,
) -> tuple[list[Grid], set[int]]:
    """Return the tables among lines outside ruled ones, top to bottom, and which lines they used up.

    `before` is the table at the foot of the page before, which may go on at the head of this one.
    """
    if not lines or (before is None and len(rulings) < _RULES_OF_A_TABLE and not may_hold_table(lines)):
        return [], set()
    sheet = make_sheet(page, lines, rulings)
    grids: list[Grid] = []
    used: set[int] = set()
    taken: set[int] = set()
    floor = -1
    repeated = _find_repeated_head(sheet, before) if before is not None else None
    if repeated is not None:
        # Years in a head look like figures.
        sheet.core[repeated[0] : repeated[1]] = [False] * (repeated[1] - repeated[0])
    if before is not None and not any(value for *_, value in before.extents) and before.extents:
        rest = find_word_rest(sheet, before, repeated or (0, 0))
        if rest is not None:
            grids.append(rest[0])
            taken.update(rest[1])
            floor = rest[1][-1]
            used.update(id(token.line) for i in rest[1] for token in sheet.rows[i].tokens)
            sheet.core[: floor + 1] = [False] * (floor + 1)
    for first, last in find_stretches(sheet):
        if repeated and not grids and before is not None and first > repeated[1] + HEAD_ROWS:
            break
        found = _build_grid(sheet, first, last, floor, before if not grids else None)
        if found is not None and (found[0].continues or _has_words(found[0])):
            grid, rows = found
            grids.append(grid)
            floor = rows[-1]
            taken.update(rows)
            used.update(id(token.line) for i in rows for token in sheet.rows[i].tokens)
    if repeated and before is not None and not (grids and grids[0].continues):
        grid, end = _build_rest(sheet, before, *repeated)
        grids.insert(0, grid)
        used.update(id(token.line) for row in sheet.rows[repeated[0] : end] for token in row.tokens)
        taken.update(range(repeated[0], end))
    for grid, printed in _find_word_tables(sheet, taken):
        grids.append(grid)
        used.update(id(token.line) for i in printed for token in sheet.rows[i].tokens)
    return grids, used


def _find_word_tables(sheet: Sheet, taken: set[int]) -> list[tuple[Grid, list[int]]]:
    """Return the tables without figures, with the printed rows that each takes up."""
    striped = find_striped_grids(sheet, taken) if sheet.flat else []
    return [*striped, *find_word_grids(sheet, taken.union(*(printed for _, printed in striped)))]


def _build_grid(
    sheet: Sheet, first: int, last: int, floor: int, before: Grid | None
) -> tuple[Grid, range] | None:
    """Return the table with core rows from `first` to `last`, and the printed rows it takes up."""
    rows = sheet.rows
    top, bottom = rows[first].middle, rows[last].middle
    strokes = _inner_strokes(sheet, top, bottom)
    start = skip_head(sheet, first, last, strokes)
    data = _drop_strangers([rows[i] for i in range(start, last + 1) if sheet.core[i]])
    start, last = rows.index(data[0], start), rows.index(data[-1], start)
    bands = find_bands(data, strokes)
    carried = _carry_over(bands, before) if before is not None and start < HEAD_ROWS else None
    bands = carried or bands
    x0, x1 = bands[0].x0, bands[-1].x1
    across = [
        box for box in sheet.flat
        if min(box[2], x1) - max(box[0], x0) > 0.7 * (x1 - x0) and top - 160 < box[1] < bottom + 40
    ]  # fmt: skip
    if carried is None and not looks_like_table(bands, data, ruled=bool(across) or bool(strokes)):
        return None
    spacing = Spacing(
        find_leading(rows[max(0, first - 4) : last + 3], bands), tuple(sorted(box[1] for box in across))
    )
    label = find_label(bands)
    begin = find_first_row(sheet, start, floor, bands, label, spacing)
    end = find_last_row(sheet, last, bands, label, spacing)
    head = find_head(sheet, begin, floor, bands, spacing)
    merge_words(bands, rows[begin : end + 1], rows[head:begin], 0.8 * spacing.leading)
    pitch = max(spacing.leading, find_leading(rows[head:begin], bands)) if head < begin else 0.0
    cells, head_rows = build_head(rows[head:begin], bands, Spacing(pitch, spacing.rules), sheet.flat)
    body = _cut(rows[begin : end + 1], bands, spacing)
    # Lines of labels below the last figures are rows only if the table goes on over the page.
    tail = list(takewhile(lambda row: row.anchor is None and not _is_total(row), reversed(body)))[::-1]
    body = body[: len(body) - len(tail)]
    if not body:
        return None  # of a damaged page: the head's words took the figures in
    lowest = max(row.lowest for row in body)
    end = next(i for i in range(end, -1, -1) if rows[i].middle <= lowest + 1)
    grid = lay_out_grid(sheet.number, cells, head_rows, rows[head:begin], body, bands)
    grid.continues = carried is not None
    below = max((row.lowest for row in tail), default=lowest) + 1
    grid.open_end = sum(row.middle > below for row in rows) < ROWS_BELOW
    if grid.open_end and tail:
        grid.tail = lay_out_grid(sheet.number, [], 0, [], tail, bands)
    return grid, range(head, end + 1)


def _has_words(grid: Grid) -> bool:
    """Return whether a table says anything besides figures; those of a chart's axes name nothing."""
    return any(char.isalpha() for cell in grid.cells for char in cell.text)


def _is_total(row: BodyRow) -> bool:
    # A total that nobody filled in: `Cộng`.
    tokens = row.tokens
    return len(tokens) == 1 and TOTAL.match(tokens[0].text) is not None


def _cut(rows: Sequence[Row], bands: Sequence[Band], spacing: Spacing) -> list[BodyRow]:
    columns: list[list[Token]] = [[] for _ in bands]
    label = find_label(bands)
    groups: set[int] = set()
    for at, row in enumerate(rows):
        long = is_group_line(rows, at, bands, label)
        across = long or is_group_row(row, bands, label)
        for token in row.tokens:
            columns[label if across else find_band(bands, token)].append(token)
            if long or (across and token.x1 > bands[label].x1):
                groups.add(id(token))
    return cut_rows(columns, bands, label=label, spacing=spacing, groups=groups)


def _find_repeated_head(sheet: Sheet, before: Grid) -> tuple[int, int] | None:
    """Return the first row and the row behind the head of the table before, where the page opens with it."""
    count = len(before.head_lines)
    for start in range(ROWS_BELOW if count else 0):
        if [row.key for row in sheet.rows[start : start + count]] == before.head_lines:
            return start, start + count
    return None


def _build_rest(sheet: Sheet, before: Grid, head: int, begin: int) -> tuple[Grid, int]:
    """Return the end of a table of which this page has the repeated head and words alone.

    The second value is the first row below it.
    """
    bands = [Band(x0, x1, value) for x0, x1, value in before.extents]
    spacing = Spacing(find_leading(sheet.rows[head:begin], bands))
    label = find_label(bands)
    end = begin
    while (
        end < len(sheet.rows)
        and sheet.rows[end].middle - sheet.rows[end - 1].middle < 1.7 * spacing.leading
        and is_words_only(sheet.rows[end], bands, label, bands[label].x0)
        and sheet.rows[end].x1 <= bands[label].x1 + 3
    ):
        end += 1
    cells, head_rows = build_head(sheet.rows[head:begin], bands, spacing, sheet.flat)
    body = _cut(sheet.rows[begin:end], bands, spacing)
    grid = lay_out_grid(sheet.number, cells, head_rows, sheet.rows[head:begin], body, bands)
    grid.continues = True
    return grid, end


def _drop_strangers(data: list[Row]) -> list[Row]:
    """Return the core rows without those at either end whose values stand in no column of the others.

    A running head with the page's number is such a row.
    """
    while len(data) > 2 and _is_stranger(data[0], data[1:8]):
        data = data[1:]
    while len(data) > 2 and _is_stranger(data[-1], data[-8:-1]):
        data = data[:-1]
    return data


def _is_stranger(row: Row, near: Sequence[Row]) -> bool:
    values = [token for other in near for token in other.tokens if token.value]
    return not any(
        token.value and any(token.x0 < other.x1 and other.x0 < token.x1 for other in values)
        for token in row.tokens[1:]
    )


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


def _inner_strokes(sheet: Sheet, top: float, bottom: float) -> list[float]:
    """Return where vertical strokes part columns: those that run beside half of the height or more."""
    lengths: dict[int, list[float]] = {}
    for box in sheet.upright:
        if box[1] < bottom + 20 and box[3] > top - 20:
            key = round((box[0] + box[2]) / 2 / 3)
            entry = lengths.setdefault(key, [0.0, (box[0] + box[2]) / 2])
            entry[0] += min(box[3], bottom + 20) - max(box[1], top - 20)
    return sorted(x for length, x in lengths.values() if length > 0.5 * (bottom - top))
