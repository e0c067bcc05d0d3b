"""Text set side by side on part of a page: a box beside a paragraph, rows of cells of words without rules.

Lines of such a part, read across, would run into one another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from docanalyze.read.form_heads import is_form_head
from docanalyze.read.lines import Line, cut_line, goes_on
from docanalyze.read.markers import is_unit_line
from docanalyze.read.paragraphs import Measure
from docanalyze.read.placement import PieceBox
from docanalyze.read.tables.tokens import level_rows

_LEAST_GUTTER = 4.0
_GUTTER = 12.0
"""Points between two corners of a form's head, as cells have them."""
_LEAST_LINES = 3
_MOST_LINES = 400
_LEAST_LETTERS = 10
_LEAST_COLUMNS = 3
_LEAST_GAP = 0.5
_MARGIN = 4.0
_EVEN = 1.5
"""Points by which lines drawn out to a margin differ."""
_PADDING = 2.0
"""Points by which the lines of two rows of cells stand farther apart than those of one cell."""


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Lines `first:last` of a page: their columns from left to right, and the rows of cells if they are such.

    `main` is the column that the text above and below goes on in, the others stand aside; `flow` says
    that each goes on with the one before, as the columns of a newspaper do; `corners` that they are those
    of a form's head.
    """

    first: int
    last: int
    columns: list[list[Line]]
    rows: list[list[list[Line]]]
    main: int
    flow: bool
    corners: bool = False


def find_side_by_side(lines: Sequence[Line], measure: Measure) -> list[SideBySide]:
    """Return the parts of a page (its lines in order) in which running text stands side by side."""
    found: list[SideBySide] = []
    at = end = 0
    while at + 1 < len(lines):
        if _are_level(lines[at], lines[at + 1]):
            first, last, part = _grow(lines, at, end)
            columns = find_columns(part)
            head = is_form_head(columns)
            if head or _are_cells(columns):
                first, last = _reach_ends(lines, first, last, columns, end)
                part = [cut for line in lines[first:last] for cut in _cut(line, columns) or [line]]
                columns = find_columns(part)
                rows = _cut_rows(part, columns)
                if head:
                    # What it is called stands between its corners, above its table.
                    rows = [[columns[0], *columns[:0:-1]] if len(columns) == 3 else columns]
                found.append(SideBySide(first, last, columns, rows, 0, False, head))
                at = end = last
                continue
            if _are_prose(columns, measure):
                rows = _find_rows(part, columns)
                main = _find_main(columns, measure)
                found.append(SideBySide(first, last, columns, rows, main, not rows and _flow(columns)))
                at = end = last
                continue
            at = max(at, last - 2)
        at += 1
    return found


def _reach_ends(
    lines: Sequence[Line], first: int, last: int, columns: Sequence[Sequence[Line]], floor: int
) -> tuple[int, int]:
    """Return the first and last line (behind it) of cells of which one is longer than those beside it.

    A line at either end that could be cut at a gutter may be one of prose with a wide gap there.
    """

    def reaches(line: Line, columns: Sequence[Sequence[Line]]) -> bool:
        for column in columns:
            top, bottom = min(o.top for o in column), max(o.bottom for o in column)
            near = max(line.top - bottom, top - line.bottom) <= 0.8 * max(line.size, 4.0)
            held = min(o.x0 for o in column) - 2 <= line.x0 and line.x1 <= max(o.x1 for o in column) + 2
            if near and held:
                return not is_unit_line(line.text)
        return False

    while first + 2 < last and (
        len(_cut(lines[first], columns)) > 1
        or (first and _ends_sentence(lines[first - 1], lines[first], columns))
    ):
        first += 1
    while first + 2 < last and len(_cut(lines[last - 1], columns)) > 1:
        last -= 1
    # Above the left corner may stand a heading.
    while first > floor and reaches(lines[first - 1], columns[1:]):
        first -= 1
    while last < len(lines) and reaches(lines[last], columns):
        last += 1
    return first, last


def _ends_sentence(above: Line, line: Line, columns: Sequence[Sequence[Line]]) -> bool:
    """Return whether a short line is the last of the prose above cells, whose lines reach over gutters."""
    return len(_cut(above, columns)) != 1 and goes_on(above, line)


def find_beside(lines: Sequence[Line], at: int, box: PieceBox) -> tuple[int, int]:
    """Return the first line (from `at`) that stands beside a table's box, and the one behind the last.

    Both are the first line below the top of the box if no prose stands beside it.
    """
    top, bottom = box[1], box[3]
    inside = [i for i in range(at, len(lines)) if top < lines[i].middle < bottom]
    prose = [i for i in inside if _is_off(lines[i], box) and len(lines[i].text) >= _LEAST_LETTERS]
    if len(prose) < _LEAST_LINES:
        first = next((i for i in range(at, len(lines)) if lines[i].middle >= top), len(lines))
        return first, first
    first, last = inside[0], inside[-1] + 1
    while first > at and lines[first - 1].bottom > top - 1.2 * lines[first - 1].size:
        above = lines[first - 1]
        if not _is_off(above, box) and not box[0] - _MARGIN <= above.x0 < above.x1 <= box[2] + _MARGIN:
            break
        first -= 1
    while last < len(lines) and _is_off(lines[last], box) and lines[last].top < bottom + lines[last].size:
        last += 1
    return first, last


def split_beside(lines: Sequence[Line], box: PieceBox) -> tuple[list[Line], list[Line]]:
    """Return which of the lines beside a table are text, and which its own above or below it."""
    text = [line for line in lines if _is_off(line, box)]
    return text, [line for line in lines if not _is_off(line, box)]


def _is_off(line: Line, box: PieceBox) -> bool:
    """Return whether a line stands left or right of a box."""
    return line.x1 < box[0] or box[2] < line.x0


def measure_column(
    column: Sequence[Line], measure: Measure, columns: Sequence[Sequence[Line]] = ()
) -> Measure:
    """Return the measure of a column of a page with this measure; short lines reach up to the next column."""
    left, right = min(line.x0 for line in column), max(line.x1 for line in column)
    if columns:
        beyond = [x0 - _GUTTER for other in columns if (x0 := min(line.x0 for line in other)) > left]
        right = max(right, min(beyond, default=measure.right))
    return replace(measure, left=left, right=right)


def _are_level(a: Line, b: Line) -> bool:
    """Return whether two lines stand side by side."""
    if b.x0 <= a.x1 and a.x0 <= b.x1:
        return False
    return min(a.bottom, b.bottom) - max(a.top, b.top) > 0.3 * min(a.bottom - a.top, b.bottom - b.top)


def _grow(lines: Sequence[Line], at: int, floor: int) -> tuple[int, int, list[Line]]:
    """Return the first and last line (behind it) of the part around lines `at` and `at + 1`, and its lines.

    A line that reaches over a gutter is cut where it has a gap there, else the part ends before it.
    """
    first, last, part = at, at + 2, list(lines[at : at + 2])
    for step in (1, -1):
        waiting: list[Line] = []
        place = last if step == 1 else first - 1
        while floor <= place < len(lines) and len(part) < _MOST_LINES:
            columns = find_columns([*part, *waiting])
            cut = _cut(lines[place], columns)
            waiting += cut
            if not cut or not _are_near(cut, part, waiting) or len(find_columns([*part, *waiting])) < 2:
                break
            others = (*part[-4:], *waiting, *part[:4])
            if (
                len(cut) > 1
                or _runs_on(cut[0], columns)
                or any(_are_level(cut[0], other) for other in others)
            ):
                part = [*part, *waiting] if step == 1 else [*reversed(waiting), *part]
                waiting = []
                first, last = (first, place + 1) if step == 1 else (place, last)
            place += step
    return first, last, part


def _are_near(cut: Sequence[Line], part: Sequence[Line], waiting: Sequence[Line]) -> bool:
    """Return whether a line follows (or precedes) those of a part without a wide gap."""
    others = [line for line in (*part, *waiting) if not any(line is new for new in cut)]
    top, bottom = min(line.top for line in others), max(line.bottom for line in others)
    return max(cut[0].top - bottom, top - cut[0].bottom) <= 1.2 * max(cut[0].size, 4.0)


def _runs_on(line: Line, columns: Sequence[Sequence[Line]]) -> bool:
    """Return whether a line goes on with the sentence of a column, no wider than it, or fills its measure."""
    for column in columns:
        left, right = min(other.x0 for other in column), max(other.x1 for other in column)
        even = sum(abs(other.x1 - right) <= _EVEN for other in column)
        if 2 * even > len(column) > _LEAST_LINES and left - 2 <= line.x0 and abs(line.x1 - right) <= _EVEN:
            return True
        if left - 2 <= line.x0 and line.x1 <= right + line.size:
            above = column[-1]
            return above.bottom <= line.middle and goes_on(above, line)
    return False


def _cut(line: Line, columns: Sequence[Sequence[Line]]) -> list[Line]:
    """Return the parts of a line in the columns; none if it has no gap at a gutter that it reaches over."""
    parts = [line]
    for a, b in pairwise(columns):
        start, end = max(other.x1 for other in a), min(other.x0 for other in b)
        x = (start + end) / 2
        free = parts[-1].x1 <= end - _LEAST_GUTTER or parts[-1].x0 >= start + _LEAST_GUTTER
        if parts[-1].x0 < x < parts[-1].x1 and not free:
            before, after = cut_line(parts[-1], x)
            if before is None or after is None or after.x0 - before.x1 < _LEAST_GAP * max(line.size, 4.0):
                return []
            parts[-1:] = [before, after]
    return parts


def find_columns(part: Sequence[Line]) -> list[list[Line]]:
    """Return the lines between the gutters that run through all of them."""
    columns = _part(part, _LEAST_GUTTER, lambda line: (line.x0, line.x1))
    return [[line for row in level_rows(column) for line in row] for column in columns]


def _part(
    lines: Sequence[Line], least: float, ends: Callable[[Line], tuple[float, float]]
) -> list[list[Line]]:
    """Return the lines between the gaps that run through all of them, at least so wide from end to end."""
    found: list[list[Line]] = []
    reached = 0.0
    for line in sorted(lines, key=lambda line: ends(line)[0]):
        start, end = ends(line)
        if found and start - reached < least:
            found[-1].append(line)
            reached = max(reached, end)
        else:
            found.append([line])
            reached = end
    return found


def _are_prose(columns: Sequence[Sequence[Line]], measure: Measure) -> bool:
    """Return whether two columns or more hold several lines of words, and sentences go on in the next line.

    In a box in another type they need not.
    """
    wide = [
        column
        for column in columns
        if len(column) >= _LEAST_LINES and median(len(line.text) for line in column) >= _LEAST_LETTERS
    ]
    broken = [any(goes_on(a, b) for a, b in pairwise(column)) for column in wide]
    other = [abs(median(line.size for line in column) - measure.size) > 0.6 for column in wide]
    return len(wide) > 1 and any(broken) and all(a or b for a, b in zip(broken, other, strict=True))


def _are_cells(columns: Sequence[Sequence[Line]]) -> bool:
    """Return whether three columns or more are cells set in the middle of their row: a table of words.

    In one the sentence goes on in the next line; those of another stand at heights between.
    """
    if len(columns) < _LEAST_COLUMNS:
        return False
    broken = [any(goes_on(a, b) for a, b in pairwise(column)) for column in columns]
    heights = [line.middle for column in columns for line in column]
    half = any(
        0.3 * line.size < abs(line.middle - y) < 0.8 * line.size for line in columns[0] for y in heights
    )
    return any(broken) and half


def _cut_rows(part: Sequence[Line], columns: Sequence[Sequence[Line]]) -> list[list[list[Line]]]:
    """Return the rows of cells that wider gaps through all columns part."""
    gaps = [b.top - a.bottom for column in columns for a, b in pairwise(column)]
    least = min(gaps, default=0.0) + _PADDING
    stripes = _part(part, least, lambda line: (line.top, line.bottom))
    return [
        [[line for line in column if any(line is other for other in stripe)] for column in columns]
        for stripe in stripes
    ]


def _find_rows(part: Sequence[Line], columns: Sequence[Sequence[Line]]) -> list[list[list[Line]]]:
    """Return the rows of cells that wider gaps through all columns part; empty if the columns are apart."""
    rows = _cut_rows(part, columns)
    full = sum(sum(map(bool, row)) > 1 for row in rows)
    return rows if len(rows) >= _LEAST_LINES and full >= 0.7 * len(rows) else []


def _flow(columns: Sequence[Sequence[Line]]) -> bool:
    """Return whether columns of words are of one width and type, as those of a newspaper are."""
    widths = [max(line.x1 for line in column) - min(line.x0 for line in column) for column in columns]
    sizes = [median(line.size for line in column) for column in columns]
    return max(widths) < 1.15 * min(widths) and max(sizes) - min(sizes) < 0.6


def _find_main(columns: Sequence[Sequence[Line]], measure: Measure) -> int:
    """Return the column that reaches the margin of the text; of two, the one with more of it."""

    def fits(column: Sequence[Line]) -> tuple[bool, int]:
        left = min(line.x0 for line in column) - measure.left
        right = measure.right - max(line.x1 for line in column)
        same = abs(median(line.size for line in column) - measure.size) < 0.6
        at_margin = abs(left) <= _MARGIN or abs(right) <= _MARGIN
        return same and at_margin, sum(len(line.text) for line in column)

    return max(range(len(columns)), key=lambda at: fits(columns[at]))
