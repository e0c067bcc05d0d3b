"""Pieces -> strips -> printed lines: which pieces PDFium gives in a row, and which strips stand on one line.

PDFium breaks lines by the order of the content stream; here they are cut where a wide gap shows
columns or cells, and put together where a raised mark had split them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise

from docanalyze.read.markers import is_type_line
from docanalyze.read.placement import Sides
from docanalyze.read.raw_page import RawPage, lay_flat

_LINE_END = re.compile(r"[\r\n]+")
_LABEL = re.compile(r"(?:(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,4}|[a-zđ])[.)]|[-–+•])$")
"""The label of a heading or an item: `1.` before `Cấp nước`, drawn out to both margins."""
GAP_IN_EMS = 1.6
"""A gap wider than this many ems inside a line separates columns, cells or letterhead halves."""
_GUTTER_IN_EMS = 0.9
"""The same between strips that are not next to each other in the content: two columns of prose."""
_SPACE_IN_EMS = 0.4
"""The same between such strips in other type, at other heights or at one margin: a box beside the text."""
_TOUCH_IN_EMS = 0.12
"""Strips of two cells stand farther apart."""
_LEAST_EDGES = 3
"""Lines that stand at one place beside others, of which one goes on below: those of cells."""
_LEAST_LETTERS = 3
"""Letters of a line of a cell whose neighbour nearly touches."""
_LEAST_MARGIN = 3
"""Strips that begin at one place behind such gaps."""
_EVEN = 0.6
"""Points by which the gaps of a line drawn out differ."""
_UNEVEN = 0.005
"""The same as a share of the gap."""
_LEAST_EVEN = 3
"""Words with one gap between all that columns may have by chance."""


Strip = tuple[int, int, float, float, float, float]
"""Pieces [first, last) that PDFium gives in a row, and the box around them."""


def cut_strips(page: RawPage, pieces: Iterable[tuple[int, int]] | None = None) -> list[Strip]:
    """Return the page's strips in the order of its content; `pieces` limits them to ranges of pieces."""
    if len(page.edges) != 4 * len(page.boxes):
        lay_flat(page)
    strips: list[Strip] = []
    if pieces is not None:
        for first, last in pieces:
            _cut(page, first, last, strips)
    else:
        first, starts = 0, page.starts
        for match in _LINE_END.finditer(page.text):
            last = bisect_left(starts, match.start(), first)
            _cut(page, first, last, strips)
            first = last
        _cut(page, first, len(starts), strips)
    return strips


def _cut(page: RawPage, first: int, last: int, strips: list[Strip]) -> None:
    """Add the strips of pieces [first, last) to `strips`, cut at gaps, line turns and doubles."""
    boxes, styles = page.boxes, page.styles
    if last - first > 2 and (whole := _find_whole(page, first, last)) is not None:
        strips.append(whole)
        return
    begin = first
    left = top = right = bottom = 0.0
    started = False
    for i in range(first, last):
        x0, y0, x1, y1 = boxes[i]
        if x1 <= x0 and y1 <= y0:
            if started:
                strips.append((begin, i, left, top, right, bottom))
                started = False
            continue
        if started:
            size = styles[i].size or 4.0
            # Boxes may be as small as the ink: a comma's then hangs from the line.
            least = -0.1 * size if y1 - y0 < 0.5 * size else 0.2 * size
            if (
                x0 - right > GAP_IN_EMS * size
                or x0 < boxes[i - 1][0] - 0.5
                or y0 > bottom - least
                or y1 < top + least
                or (abs(y1 - boxes[i - 1][3]) > 0.35 * size and styles[i - 1].size == size)
            ):
                strips.append((begin, i, left, top, right, bottom))
                started = False
        if not started:
            begin, left, top, right, bottom, started = i, x0, y0, x1, y1, True
            continue
        if x1 > right:
            right = x1
        if y0 < top:
            top = y0
        if y1 > bottom:
            bottom = y1
    if started:
        strips.append((begin, last, left, top, right, bottom))


def _find_whole(page: RawPage, first: int, last: int) -> Strip | None:
    """Return the strip of pieces in one type that plainly stand on one line; None if that is to be seen."""
    style = page.styles[first]
    if page.styles[first:last].count(style) < last - first:
        return None
    sides = page.sides or Sides()
    tops, bottoms = sides.tops[first:last], sides.bottoms[first:last]
    size, highest, lowest = style.size or 4.0, min(bottoms), max(bottoms)
    if (
        max(tops) >= highest - 0.2 * size
        or lowest - highest > 0.34 * size
        or min(page.steps[first : last - 1]) < -0.49
        or max(page.gaps[first : last - 1]) > 0.99 * GAP_IN_EMS * size
    ):
        return None
    return first, last, sides.lefts[first], min(tops), max(sides.rights[first:last]), lowest


def join_strips(page: RawPage, strips: list[Strip]) -> list[list[Strip]]:
    """Return the strips in reading order, those of one printed line that touch put together."""
    strips.sort(key=_middle)
    rows: list[list[Strip]] = []
    top = bottom = 0.0
    for strip in strips:
        if rows:
            overlap = min(bottom, strip[5]) - max(top, strip[3])
            if overlap > 0.55 * min(bottom - top, strip[5] - strip[3]) and _is_level(page, rows[-1], strip):
                rows[-1].append(strip)
                top, bottom = min(top, strip[3]), max(bottom, strip[5])
                continue
        rows.append([strip])
        top, bottom = strip[3], strip[5]
    joined: list[list[Strip]] = []
    margins, edges = _find_margins(page, rows) if len(rows) < len(strips) else ({}, {})
    for row in rows:
        if len(row) == 1:
            joined.append(row)
            continue
        row = _join_drawn_out(page, _order_row(page, row))
        current = [row[0]]
        right = row[0][4]
        for strip in row[1:]:
            size = max(page.styles[strip[0]].size, page.styles[current[0][0]].size, 4.0)
            # Strips that follow each other in the content may stand farther apart than columns do.
            widest = GAP_IN_EMS
            if strip[0] != current[-1][1]:
                alike = _are_of_one_line(page, current[-1], strip)
                of_box = margins.get(round(strip[2]), 0) >= _LEAST_MARGIN
                widest = _GUTTER_IN_EMS if alike and not of_box else _SPACE_IN_EMS
                if edges.get(round(strip[2]), 0) >= _LEAST_EDGES and _are_words(page, current[-1], strip):
                    widest = _TOUCH_IN_EMS
            if strip[2] - right <= widest * size:
                current.append(strip)
                right = max(right, strip[4])
            else:
                joined.append(current)
                current, right = [strip], strip[4]
        joined.append(current)
    return joined


def _find_margins(page: RawPage, rows: list[list[Strip]]) -> tuple[dict[int, int], dict[int, int]]:
    """Return where strips begin behind a gap that words may have, and how many do so around there.

    Those that do not follow the strip before in the content: many of them are the lines of a box. The second
    are those behind any gap, where what follows in the content goes on below: the cells of a column.
    """
    starts: dict[int, int] = {}
    edges: dict[int, int] = {}
    following: dict[int, Strip] = {}
    for row in rows:
        for a, b in pairwise(sorted(row, key=_left) if len(row) > 1 else ()):
            gap = (b[2] - a[4]) / max(page.styles[b[0]].size, 4.0)
            if b[0] == a[1] or gap <= _TOUCH_IN_EMS:
                continue
            following = following or {strip[0]: strip for row in rows for strip in row}
            cells = any(_stands_above(strip, following.get(strip[1])) for strip in (a, b))
            for place in range(round(b[2]) - 1, round(b[2]) + 2):
                if _SPACE_IN_EMS < gap <= _GUTTER_IN_EMS:
                    starts[place] = starts.get(place, 0) + 1
                if cells:
                    edges[place] = edges.get(place, 0) + 1
    return starts, edges


def _stands_above(strip: Strip, other: Strip | None) -> bool:
    """Return whether a strip is the line of a cell above another."""
    return other is not None and abs(other[2] - strip[2]) <= 1 and other[3] > strip[3]


def _are_words(page: RawPage, a: Strip, b: Strip) -> bool:
    """Return whether two strips are of words, no label or mark beside its text."""
    return all(
        sum(map(str.isalpha, page.text[page.starts[first] : page.ends[last - 1]])) >= _LEAST_LETTERS
        for first, last, *_ in (a, b)
    )


def _join_drawn_out(page: RawPage, row: list[Strip]) -> list[Strip]:
    """Return a row whose single words with one gap between all are one strip: a line drawn out to a margin.

    A break within a paragraph does so in office programs. Cells of a table hold figures, or words of unlike
    gaps.
    """
    joined: list[Strip] = []
    at = 0
    while at < len(row):
        last = _find_run(row, at)
        while last > at and not _is_drawn_out(page, row[at : last + 1], whole=last + 1 - at == len(row)):
            last -= 1
        part = row[at : last + 1]
        tops, bottoms = [strip[3] for strip in part], [strip[5] for strip in part]
        joined.append((part[0][0], part[-1][1], part[0][2], min(tops), part[-1][4], max(bottoms)))
        at = last + 1
    return joined


def _find_run(row: Sequence[Strip], first: int) -> int:
    """Return the last strip of those that follow each other from the first on with one gap between all."""
    least = most = 0.0
    for at in range(first + 1, len(row)):
        gap = row[at][2] - row[at - 1][4]
        least, most = (gap, gap) if at == first + 1 else (min(least, gap), max(most, gap))
        if row[at][0] != row[at - 1][1] or most - least > _EVEN + _UNEVEN * most:
            return at - 1
    return len(row) - 1


def _is_drawn_out(page: RawPage, run: Sequence[Strip], *, whole: bool) -> bool:
    """Return whether strips with one gap between all are the words of one line, `whole` if of all their row.

    Where four and more are of unlike widths, gaps of columns would differ: figures may be among them.
    """
    words = [page.text[page.starts[first] : page.ends[last - 1]] for first, last, *_ in run]
    if any(" " in word for word in words):
        return False
    spoken = [word.strip(".,;:()").isalpha() for word in words]
    small = sum(word[:1].islower() for word in words)
    if len(run) == 2:
        named = words[0].istitle() and small == 1 and words[1].endswith(":")
        return all(spoken) and (named or is_type_line(" ".join(words)))
    if _LABEL.match(words[0]) and all(spoken[1:]):
        return True
    if whole and 2 * sum(spoken) > len(words) and 2 * small >= len(words):
        return True
    widths = {round((strip[4] - strip[2]) / 2) for strip in run}
    figures = sum(word[:1].isdigit() for word in words)
    if len(run) <= _LEAST_EVEN or len(widths) < 3:
        return False
    if len(run) > _LEAST_EVEN + 1:
        return small > 0 and sum(spoken) > 1  # `Điện thoại: 0203 555 123`
    return small > 1 and 2 * figures < len(words)


def _order_row(page: RawPage, row: list[Strip]) -> list[Strip]:
    """Return the strips of a row from left to right, those drawn twice once.

    Where letters come from a second font some producers draw the first font's part of the line as
    one run with gaps, then the letters for the gaps; then the row is put in order piece by piece.
    """
    row = _drop_doubles(page, sorted(row, key=_left))
    if all(b[2] > a[4] - 0.5 * max(page.styles[a[0]].size, 4.0) for a, b in pairwise(row)):
        return row
    pieces = [
        (i, i + 1, *page.boxes[i])
        for first, last, *_ in row
        for i in range(first, last)
        if page.boxes[i][2] > page.boxes[i][0] or page.boxes[i][3] > page.boxes[i][1]
    ]
    return _drop_doubles(page, sorted(pieces, key=_left))


def _drop_doubles(page: RawPage, row: list[Strip]) -> list[Strip]:
    kept = row[:1]
    for strip in row[1:]:
        if not _is_drawn_again(page, kept[-1], strip):
            kept.append(strip)
    return kept


def _is_level(page: RawPage, row: list[Strip], strip: Strip) -> bool:
    """Return whether a strip stands as high as the last one of its size in the row.

    Lines of neighbouring cells may be half a line apart; a raised mark is smaller than its line. What stands
    below words of the row is of another, though scribbles beside reach over both.
    """
    size = page.styles[strip[0]].size
    for other in row:
        across = min(strip[4], other[4]) - max(strip[2], other[2])
        if across > 0.5 * min(strip[4] - strip[2], other[4] - other[2]):
            least = min(size, page.styles[other[0]].size)
            if abs(_middle(strip) - _middle(other)) > 1.2 * least:
                return False
    for other in reversed(row):
        if abs(page.styles[other[0]].size - size) <= 0.1 * size:
            return _middle(strip) - _middle(other) <= 0.7 * size
    return True


def _middle(strip: Strip) -> float:
    return strip[3] + strip[5]


def _left(strip: Strip) -> float:
    return strip[2]


def _are_of_one_line(page: RawPage, a: Strip, b: Strip) -> bool:
    """Return whether two strips are as large and as high as neighbours in one printed line."""
    one, two = page.styles[a[1] - 1].size, page.styles[b[0]].size
    return abs(one - two) <= 0.1 * one and abs(a[5] - b[5]) <= 0.25 * one


def _is_drawn_again(page: RawPage, a: Strip, b: Strip) -> bool:
    """Return whether strip `b` is strip `a` drawn once more a hair aside, as fake bold is."""
    return (
        abs(a[2] - b[2]) < 1.5
        and abs(a[4] - b[4]) < 1.5
        and abs(a[3] - b[3]) < 1.5
        and page.text[page.starts[a[0]] : page.ends[a[1] - 1]]
        == page.text[page.starts[b[0]] : page.ends[b[1] - 1]]
    )
