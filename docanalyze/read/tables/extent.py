"""Where a table without a full lattice begins and ends: its head, its first and its last row."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from docanalyze.read.lines import Line
from docanalyze.read.markers import is_capitals, is_caption, is_unit_line
from docanalyze.read.tables.bands import Band, find_band, find_bands
from docanalyze.read.tables.grid import Grid
from docanalyze.read.tables.head import count_index_rest
from docanalyze.read.tables.roles import count_header_rows, is_index_row, is_unit
from docanalyze.read.tables.rows import Spacing
from docanalyze.read.tables.stretches import OUTSIDE, Sheet, is_long_group
from docanalyze.read.tables.tokens import Row, Token, cut_row, is_figure, is_value

_TIME = re.compile(r"(?:\d{1,2}/)?(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?$")
"""`2023`, `6/2024`, and the school year `2022-2023`."""
_MARK = 4
"""So many signs a row's running mark has at most: `1.1`, `XII`, `-`."""
_HEAD_LINES = 3
"""Lines right above a group's name of which one names figures."""
_SLACK = 4.0
_OFF_MIDDLE = 0.04
"""Of the table's width, by which the middle of what is set in its middle may be off."""
_TALLEST_HEAD = 6
_FIRST_LINES = 5.0
"""Within so many lines below a head its first figures stand."""
HEAD_ROWS = 14
"""The lines that the tallest head has; those of cells set in its middle may stand at half heights."""


def is_head_alone(grid: Grid, lines: Sequence[Line]) -> bool:
    """Return whether a ruled grid is no more than the head of a table whose rows no rule parts.

    It holds words alone, and the first lines below it have figures under its columns.
    """
    texts = [cell.text.strip() for cell in grid.cells if cell.lines]
    count = count_header_rows(grid.cells)
    last = [cell.text.strip() for cell in grid.cells if cell.row == grid.rows - 1 and cell.lines]
    figures = [text for text in texts if is_value(text) and not _TIME.match(text)]
    if grid.rows > _TALLEST_HEAD or (figures and not is_index_row(last)) or count < grid.rows - 1:
        return False
    x0, _, x1, bottom = grid.box
    below = [line for line in lines if x0 <= line.x0 and line.x1 <= x1 + 1 and line.middle > bottom]
    near = [line for line in below if line.middle < bottom + _FIRST_LINES * max(line.size, 4.0)]
    tokens = [token for line in near for token in cut_row([line]).tokens if token.value]
    return len({bisect_right(grid.columns, (token.x0 + token.x1) / 2) for token in tokens}) > 1


def skip_head(sheet: Sheet, first: int, last: int, strokes: Sequence[float]) -> int:
    """Return the first row of figures proper.

    It comes behind an index row, and behind rows of years or with words above columns of figures.
    """
    rows = sheet.rows
    cores = [i for i in range(first, last + 1) if sheet.core[i]]
    for n, i in enumerate(cores[:8]):
        if is_index_row([token.text for token in rows[i].tokens]):
            rest = count_index_rest(rows, i)
            return next((core for core in cores[n + 1 :] if core > i + rest), i)
    for n, i in enumerate(cores[:8]):
        if n + 1 == len(cores):
            break
        values = [token for token in rows[i].tokens if token.value]
        below = [
            band
            for at, band in enumerate(find_bands([rows[j] for j in cores[n + 1 : n + 25]], strokes))
            if band.value and any(is_figure(token.text) for token in band.tokens)
            # `A` and `I` above `1` and `2` are marks of rows
            and (at or any(len(token.text) > _MARK for token in band.tokens))
        ]  # fmt: skip
        named = any(
            not token.value and any(min(band.x1, token.x1) > max(band.x0, token.x0) + 1 for band in below)
            for token in rows[i].tokens
        )
        timed = len(values) > 1 and all(_TIME.match(token.text) for token in values)
        if not named and not timed:
            return i
    return first


def find_label(bands: Sequence[Band]) -> int:
    """Return the column of labels: the first wide column of words, else the first column."""
    words = [i for i, band in enumerate(bands) if not band.value]
    if not words:
        return 0
    first_figures = next((i for i, band in enumerate(bands) if band.value and i > words[0]), len(bands))
    return max(
        (i for i in words if i < first_figures), key=lambda i: bands[i].x1 - bands[i].x0, default=words[0]
    )


def find_leading(rows: Sequence[Row], bands: Sequence[Band]) -> float:
    """Return the distance of two lines of one cell: the least one of a column that comes again."""
    size = median(row.tokens[0].size for row in rows)
    above: dict[int, float] = {}
    steps: list[float] = []
    for row in rows:
        for token in row.tokens:
            col = find_band(bands, token)
            if 0.95 * size <= token.middle - above.get(col, -1e9) <= 2.2 * size:
                steps.append(token.middle - above[col])
            above[col] = token.middle
    steps.sort()
    for a, b in pairwise(steps):
        if b <= 1.08 * a:
            return max(1.1 * size, a)
    return max(1.1 * size, steps[0]) if steps else 1.2 * size


def is_words_only(row: Row, bands: Sequence[Band], label: int, left: float) -> bool:
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


def is_group_row(row: Row, bands: Sequence[Band], label: int) -> bool:
    """Return whether a printed row is the name of a group of rows, set across columns without rules.

    It stands in the middle of the table, or from its left edge over the running numbers and the labels.
    """
    token, x0, x1 = row.tokens[0], bands[0].x0, bands[-1].x1
    if len(row.tokens) > 1 or token.value or token.text[0].islower():
        return False
    others = (band for at, band in enumerate(bands) if at != label)
    if token.x0 < x0 - OUTSIDE or any(b.x0 - 1 <= token.x0 and token.x1 <= b.x1 + 1 for b in others):
        return False
    figures = next((band.x0 for band in bands[label + 1 :] if band.value), x1)
    if label and token.x0 <= x0 + _SLACK and token.x1 < figures:
        return True
    return abs((token.x0 + token.x1 - x0 - x1) / 2) <= _OFF_MIDDLE * (x1 - x0)


def _is_first_group(rows: Sequence[Row], at: int, bands: Sequence[Band], label: int) -> bool:
    """Return whether a row names a group right below the head of its table."""
    if at == 0 or not any(_names_figures(row, bands) for row in rows[max(0, at - _HEAD_LINES) : at]):
        return False
    return is_group_row(rows[at], bands, label) or is_group_line(rows, at, bands, label)


def is_group_line(rows: Sequence[Row], at: int, bands: Sequence[Band], label: int) -> bool:
    """Return whether a printed row is a line of a group's name that reaches over columns of figures."""
    figures = next((band.x0 for band in bands[label + 1 :] if band.value), bands[-1].x1)
    extent = (bands[0].x0, bands[-1].x1)
    spans = ((at, at + 1), (at, at + 2), (at - 1, at + 1))
    return any(a >= 0 and is_long_group(rows[a:b], extent, figures) for a, b in spans)


def find_first_row(
    sheet: Sheet, start: int, floor: int, bands: Sequence[Band], label: int, spacing: Spacing
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
            or not (is_words_only(row, bands, label, left) or _is_first_group(rows, i, bands, label))
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


def find_last_row(sheet: Sheet, last: int, bands: Sequence[Band], label: int, spacing: Spacing) -> int:
    """Return the last row: lines of the last label that follow its figures are part of it."""
    rows = sheet.rows
    end = last
    for i in range(last + 1, min(len(rows), last + 7)):
        row = rows[i]
        if (
            sheet.core[i]
            or row.middle - rows[end].middle > 2.0 * spacing.leading
            or spacing.is_ruled(rows[end].middle, row.middle)
            or any(token.x1 > _limit(bands, find_band(bands, token)) for token in row.tokens)
            or any(bands[col].value and col > label for col in (find_band(bands, t) for t in row.tokens))
            or is_caption(row.text)
        ):
            break
        end = i
    return end


def _limit(bands: Sequence[Band], col: int) -> float:
    """Return how far to the right the words of a column may reach."""
    return bands[col + 1].x0 if col + 1 < len(bands) else bands[col].x1 + 20


def find_head(sheet: Sheet, begin: int, floor: int, bands: Sequence[Band], spacing: Spacing) -> int:
    """Return the first row of the head above row `begin`; `begin` itself if there is no head."""
    rows = sheet.rows
    x0, x1 = bands[0].x0, bands[-1].x1
    head = begin
    named = False
    first_figures = next((band.x0 for band in bands[find_label(bands) + 1 :] if band.value), x1)
    roof = min((y for y in spacing.rules if y < rows[begin].middle), default=None)
    for i in range(begin - 1, floor, -1):
        row = rows[i]
        if begin - i > HEAD_ROWS and rows[begin].middle - row.middle > HEAD_ROWS * spacing.leading:
            break
        step = rows[head].middle - row.middle
        text = row.text
        # Some heads are set well apart from the figures that they stand above.
        far = 5.0 if head == begin and _names_figures(row, bands) else 2.3
        if is_caption(text) or is_unit_line(text) or step > far * spacing.leading:
            break
        if roof is not None and row.middle < roof and head < begin:
            break
        if len(row.tokens) == 1 and (row.x0 < x0 - 30 or row.x1 > x1 + 30):
            break
        if named and len(row.tokens) == 1 and row.x1 > bands[-1].x0 and is_unit(text):
            break
        if len(row.tokens) == 1 and (
            _is_running_text(row.tokens[0], bands)
            or (named and _is_name(row.tokens[0], (x0, x1), (sheet.left, sheet.right)))
        ):
            break
        over_figures = any(token.x1 > first_figures for token in row.tokens)
        if named and not over_figures and roof is None and step > 0.75 * spacing.leading:
            break
        named |= over_figures
        head = i
    return head


def _names_figures(row: Row, bands: Sequence[Band]) -> bool:
    """Return whether a row has words above two columns of figures or more."""
    over = {find_band(bands, t) for t in row.tokens if any(t.x0 < b.x1 and b.x0 < t.x1 for b in bands)}
    return sum(bands[col].value for col in over) >= 2


def _is_name(token: Token, *extents: tuple[float, float]) -> bool:
    """Return whether a lone line is what a table is called: in capitals, in the middle of it or the page."""
    middle = any(abs(token.x0 + token.x1 - x0 - x1) <= 2 * _OFF_MIDDLE * (x1 - x0) for x0, x1 in extents)
    return middle and is_capitals(token.text) and len(token.text.split()) > 1


def _is_running_text(token: Token, bands: Sequence[Band]) -> bool:
    """Return whether a lone line above a table is a title or prose: it crosses words and figures."""
    crossed = [band for band in bands if min(band.x1, token.x1) - max(band.x0, token.x0) > 0]
    if token.x1 - token.x0 > 0.7 * (bands[-1].x1 - bands[0].x0):
        return True
    return any(not band.value for band in crossed) and any(band.value for band in crossed)
