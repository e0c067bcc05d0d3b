"""Where on a page a table without a full lattice may be: stretches of rows with figures that stand apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from docanalyze.read.lines import Line
from docanalyze.read.markers import find_marker, is_capitals, is_caption, is_unit_line
from docanalyze.read.placement import PieceBox
from docanalyze.read.tables.bands import first_value, is_core
from docanalyze.read.tables.tokens import Row, Token, cut_row, level_rows

_FIGURE_START = frozenset("0123456789-–—+−(….xX")
_MOST_BETWEEN = 7
_MOST_GROUP = 2
"""Lines of the name of a group of rows."""
_GROUP_LABELS = ("roman", "number", "letter", "capital", "part")
_SAME_PITCH = 1.25
_INSIDE = 4.0
OUTSIDE = 14.0
"""Points by which such a name may begin left of the first column's words, set in its middle."""
_MOST_LABEL = 14
"""Lines of the longest label beside one row of figures."""
_LEAST_LEVEL = 4
"""Lines of words beside another; a letterhead and a signature have fewer."""


@dataclass(slots=True)
class Sheet:
    """The rows of a page and the strokes that matter to them."""

    number: int
    rows: list[Row]
    core: list[bool]
    left: float
    right: float
    flat: list[PieceBox]
    upright: list[PieceBox]


def make_sheet(page: int, lines: Sequence[Line], rulings: Sequence[PieceBox]) -> Sheet:
    """Return the rows of tokens of a page's lines with its strokes."""
    upright = [box for box in rulings if box[3] - box[1] > box[2] - box[0] and box[3] - box[1] > 6]
    flat = sorted((box for box in rulings if box[2] - box[0] >= box[3] - box[1]), key=lambda box: box[1])
    rows = [_tokenise(row, upright) for row in level_rows(lines)]
    return Sheet(
        page, rows, [is_core(row) for row in rows],
        min(line.x0 for line in lines), max(line.x1 for line in lines), flat, upright,
    )  # fmt: skip


def may_hold_table(lines: Sequence[Line]) -> bool:
    """Return whether some heights of the page have figures or words that stand apart.

    It is cheap, for pages of prose.
    """
    found = words = 0
    for a, b in pairwise(lines):
        if b.x0 > a.x1 and abs(a.middle - b.middle) < 0.4 * max(b.size, 4.0):
            found += b.text[:1] in _FIGURE_START
            words += 1
            if found == 2 or words == _LEAST_LEVEL:
                return True
    return False


def _tokenise(lines: list[Line], upright: Sequence[PieceBox]) -> Row:
    y = lines[0].middle
    return cut_row(lines, [(box[0] + box[2]) / 2 for box in upright if box[1] <= y <= box[3]])


def find_stretches(sheet: Sheet) -> list[tuple[int, int]]:
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


def _goes_on(sheet: Sheet, above: int, below: int, usual: float) -> bool:
    """Return whether the rows between two core rows may belong to the same table."""
    rows = sheet.rows
    between = range(above + 1, below)
    size = rows[below].tokens[0].size
    if len(between) > _MOST_BETWEEN and not _are_label(sheet, above, below):
        return False
    for a in range(above, below):
        if rows[a + 1].middle - rows[a].middle > max(3.2 * size, 1.6 * usual):
            return False
    if between and _are_group(sheet, above, below, usual):
        return True
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


def _are_label(sheet: Sheet, above: int, below: int) -> bool:
    """Return whether the rows between two core rows are lines of a long label, left of the figures."""
    rows = sheet.rows
    starts = [token.x0 for i in (above, below) if (token := first_value(rows[i])) is not None]
    left = min(starts, default=0.0)
    return below - above <= _MOST_LABEL and all(
        len(row.tokens) == 1 and row.x1 < left for row in rows[above + 1 : below]
    )


def _are_group(sheet: Sheet, above: int, below: int, usual: float) -> bool:
    """Return whether the rows between two core rows are the name of a group of rows, across all columns.

    It stands in line with the rows of its table, whose columns of figures go on below it.
    """
    rows = sheet.rows
    figures = [token for token in rows[below].tokens[1:] if token.value]
    extent = (min(rows[above].x0, rows[below].x0), max(rows[above].x1, rows[below].x1))
    return (
        len(figures) > 1
        and all(any(_share(token, other) for other in rows[above].tokens) for token in figures)
        and rows[above + 1].middle - rows[above].middle <= _SAME_PITCH * usual
        and rows[below].middle - rows[below - 1].middle <= _SAME_PITCH * usual
        and is_long_group(rows[above + 1 : below], extent, figures[0].x0)
    )


def is_long_group(lines: Sequence[Row], extent: tuple[float, float], figures: float) -> bool:
    """Return whether printed rows are the name of a group of rows that reaches over columns of figures.

    It is labelled, bold or in capitals, and no sentence that announces something; `extent` is where the
    table begins and ends, `figures` where its columns of figures begin.
    """
    first = lines[0]
    if not 0 < len(lines) <= _MOST_GROUP or any(len(row.tokens) > 1 or row.tokens[0].value for row in lines):
        return False
    if not extent[0] - OUTSIDE <= first.x0 <= extent[0] + _INSIDE or first.x1 <= figures:
        return False
    if any(row.x1 > extent[1] + _INSIDE or abs(row.x0 - first.x0) > 1 for row in lines):
        return False
    if any(row.text[0].isupper() for row in lines[1:]) or lines[-1].text.endswith((":", ".", ";")):
        return False
    line = first.tokens[0].line
    return line.bold or is_capitals(first.text) or find_marker(first.text)[1] in _GROUP_LABELS


def _share(a: Token, b: Token) -> bool:
    return b.value and a.x0 < b.x1 and b.x0 < a.x1
