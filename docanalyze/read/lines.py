"""Pieces -> lines: what stands on one printed line, left to right, with its text made canonical.

PDFium breaks lines by the order of the content stream; here they are cut where a wide gap shows
columns or cells, put together where a raised mark had split them, and their text is cleaned:
NFC, plain spaces, look-alikes of Đ and ư, soft hyphens; raised digits become `¹ ² ³`.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from operator import sub
from statistics import median

from docanalyze.read.pdfium import RawPage, Style, lay_flat
from docanalyze.read.placement import PieceBox
from docanalyze.read.spaced import SPACED, close_letters

_LOOK_ALIKES = {
    "\u01a3": "ư", "\u01a2": "Ư", "\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ",
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    # Bullets of Symbol and Wingdings, by their place in those fonts.
    "\uf0b7": "•", "\uf02d": "-", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf076": "❖",
    "\uf06c": "●", "\uf06d": "○", "\uf06e": "■", "\uf06f": "□", "\uf071": "❑", "\uf075": "◆", "\uf0a8": "□",
    "\uf0ae": "→", "\uf0e0": "→", "\uf0e8": "➔", "\uf0fb": "✗", "\uf0fe": "☑", "\uf046": "☞", "\uf0ab": "★",
    "\uf0b3": "❖", "\uf0b6": "★",
    "\ufffe": "-", "\x02": "-", "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": "",
    "\u2060": "",
}  # fmt: skip
_CLEANED = str.maketrans(_LOOK_ALIKES)
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_CONTROL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160)))
_LINE_END = re.compile(r"[\r\n]+")
_VIETNAMESE = (
    "\u00c0-\u00cf\u00d1-\u00ef\u00f1-\u0101\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0"
    "\u1ea0-\u1ef9"
)
_DIRTY = re.compile(f"[^ !-~{_VIETNAMESE}\u2013\u2014\u2018-\u201d\u2026\u2022]|  ")
"""Anything that the slow way has to look at: not a plain letter, mark or single space."""


GAP_IN_EMS = 1.6
"""A gap wider than this many ems inside a line separates columns, cells or letterhead halves."""


_SMALL = 0.93
"""Of its line's size, that of a raised digit at most; one nearly as large must stand higher."""


_GUTTER_IN_EMS = 0.9
"""The same between strips that are not next to each other in the content: two columns of prose."""


_SPACE_IN_EMS = 0.4
"""The same between such strips in other type, at other heights or at one margin: a box beside the text."""


_LEAST_MARGIN = 3
"""Strips that begin at one place behind such gaps."""


@dataclass(slots=True)
class Line:
    """One printed line (or the part of it between two wide gaps) and the pieces that make it up.

    Piece i is `text[offsets[2 * i] - base:offsets[2 * i + 1] - base]` and stands in
    `boxes[4 * i:4 * i + 4]` (x0, top, x1, bottom). Coordinates are those of the upright page,
    `size` is the type size of most of the line in points, `marks` are the places of raised digits.
    Flat arrays, since a long report has a million pieces.
    """

    page: int
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    italic: bool
    boxes: array[float]
    offsets: array[int]
    base: int = 0
    marks: tuple[tuple[int, int], ...] = ()

    @property
    def middle(self) -> float:
        """The height of the line's middle on the page."""
        return (self.top + self.bottom) / 2


_EVEN = 0.6
"""Points by which the gaps of a line drawn out differ."""


Strip = tuple[int, int, float, float, float, float]
"""Pieces [first, last) that PDFium gives in a row, and the box around them."""


def find_lines(page: RawPage, pieces: Iterable[tuple[int, int]] | None = None) -> list[Line]:
    """Return the page's lines, top to bottom and left to right, cut at wide gaps.

    `pieces` limits them to ranges of piece indices (what stands in one cell of a table, or outside
    all of them).
    """
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
    lines = (_build_line(page, joined) for joined in _join_strips(page, strips))
    return [close_letters(line) if SPACED.match(line.text) else line for line in lines if line.text]


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
    """Return the strip of pieces in one type that plainly stand on one line; else each has to be looked at."""
    style = page.styles[first]
    if page.styles[first:last].count(style) < last - first:
        return None
    lefts, tops, rights, bottoms = zip(*page.boxes[first:last], strict=True)
    size, highest, lowest = style.size or 4.0, min(bottoms), max(bottoms)
    if (
        max(tops) >= highest - 0.2 * size
        or lowest - highest > 0.34 * size
        or min(map(sub, lefts[1:], lefts)) < -0.49
        or max(map(sub, lefts[1:], rights)) > 0.99 * GAP_IN_EMS * size
    ):
        return None
    return first, last, lefts[0], min(tops), max(rights), lowest


def _join_strips(page: RawPage, strips: list[Strip]) -> list[list[Strip]]:
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
    margins = _find_margins(page, rows) if len(rows) < len(strips) else {}
    for row in rows:
        if len(row) == 1:
            joined.append(row)
            continue
        row = _order_row(page, row)
        if _is_stretched(page, row):
            joined.append(row)
            continue
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
            if strip[2] - right <= widest * size:
                current.append(strip)
                right = max(right, strip[4])
            else:
                joined.append(current)
                current, right = [strip], strip[4]
        joined.append(current)
    return joined


def _find_margins(page: RawPage, rows: list[list[Strip]]) -> dict[int, int]:
    """Return where strips begin behind a gap that words may have, and how many do so around there.

    Those that do not follow the strip before in the content: many of them are the lines of a box.
    """
    starts: dict[int, int] = {}
    for row in rows:
        for a, b in pairwise(sorted(row, key=_left) if len(row) > 1 else ()):
            gap = (b[2] - a[4]) / max(page.styles[b[0]].size, 4.0)
            if b[0] != a[1] and _SPACE_IN_EMS < gap <= _GUTTER_IN_EMS:
                for place in range(round(b[2]) - 1, round(b[2]) + 2):
                    starts[place] = starts.get(place, 0) + 1
    return starts


def _is_stretched(page: RawPage, row: list[Strip]) -> bool:
    """Return whether a row is a line drawn out to the margin by a break: single words, one gap between all.

    Cells of a table hold figures, or words of unlike gaps.
    """
    gaps = [b[2] - a[4] for a, b in pairwise(row)]
    if len(gaps) < 2 or max(gaps) - min(gaps) > _EVEN or any(a[1] != b[0] for a, b in pairwise(row)):
        return False
    words = [page.text[page.starts[first] : page.ends[last - 1]] for first, last, *_ in row]
    spoken = sum(word.strip(".,;:()").isalpha() for word in words)
    small = sum(word[:1].islower() for word in words)
    return not any(" " in word for word in words) and 2 * spoken > len(words) and 2 * small >= len(words)


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


def _build_line(page: RawPage, strips: list[Strip]) -> Line:
    if len(strips) == 1:
        first, last, x0, top, x1, bottom = strips[0]
        style = page.styles[first]
        start = page.starts[first]
        text = page.text[start : page.ends[last - 1]]
        if not _DIRTY.search(text) and page.styles[first:last].count(style) == last - first:
            return Line(
                page.number, text, x0, top, x1, bottom, style.size, style.bold, style.italic,
                page.edges[4 * first : 4 * last], page.offsets[2 * first : 2 * last], start,
            )  # fmt: skip
    extent = (
        min(strip[2] for strip in strips),
        min(strip[3] for strip in strips),
        max(strip[4] for strip in strips),
        max(strip[5] for strip in strips),
    )
    return _build_mixed_line(page, [i for strip in strips for i in range(strip[0], strip[1])], extent)


def _build_mixed_line(page: RawPage, pieces: list[int], extent: PieceBox) -> Line:
    """Return the line of pieces in several styles or with characters to clean."""
    styles = [page.styles[i] for i in pieces]
    size, bold, italic = _main_style(page, pieces, styles)
    raised = _find_raised(page, pieces, styles, size) if any(s.size < _SMALL * size for s in styles) else ()
    parts: list[str] = []
    boxes = array("f")
    offsets = array("I")
    marks: list[tuple[int, int]] = []
    length = 0
    previous = -1
    for i in pieces:
        box = page.boxes[i]
        piece = page.text[page.starts[i] : page.ends[i]]
        if not piece.isascii() or piece < " ":
            piece = clean_text(piece)
        if not piece:
            continue
        if previous >= 0 and _is_space_between(page, previous, i, size):
            parts.append(" ")
            length += 1
        previous = i
        if i in raised:
            piece = piece.translate(SUPERSCRIPTS)
            marks.append((length, length + len(piece)))
        boxes.extend(box)
        offsets.extend((length, length + len(piece)))
        parts.append(piece)
        length += len(piece)
    return Line(page.number, "".join(parts), *extent, size, bold, italic, boxes, offsets, 0, tuple(marks))


def slice_line(line: Line, first: int, last: int) -> Line:
    """Return the part of `line` that its pieces [first, last) make up."""
    boxes = line.boxes[4 * first : 4 * last]
    start, end = line.offsets[2 * first] - line.base, line.offsets[2 * last - 1] - line.base
    return Line(
        line.page, line.text[start:end],
        min(boxes[0::4]), min(boxes[1::4]), max(boxes[2::4]), max(boxes[3::4]),
        line.size, line.bold, line.italic, boxes, line.offsets[2 * first : 2 * last], line.base + start,
        tuple((a - start, b - start) for a, b in line.marks if start <= a < end),
    )  # fmt: skip


def clean_text(text: str) -> str:
    r"""Return `text` in NFC with look-alike letters mended and invisible characters dropped.

    >>> clean_text("ph\u01a3ơng N\u00d0-CP")
    'phương NĐ-CP'
    """
    return unicodedata.normalize("NFC", text.translate(_CLEANED).translate(_CONTROL))


def _main_style(page: RawPage, pieces: list[int], styles: list[Style]) -> tuple[float, bool, bool]:
    first = styles[0]
    if all(style is first for style in styles):
        return first.size, first.bold, first.italic
    weights: dict[tuple[float, bool, bool], int] = {}
    for i, style in zip(pieces, styles, strict=True):
        key = (style.size, style.bold, style.italic)
        weights[key] = weights.get(key, 0) + page.ends[i] - page.starts[i]
    return max(weights, key=lambda key: weights[key])


def _find_raised(page: RawPage, pieces: list[int], styles: list[Style], size: float) -> set[int]:
    """Return the pieces that are digits set smaller and higher than the text of their line."""
    bottoms = [page.boxes[i][3] for i, s in zip(pieces, styles, strict=True) if s.size >= _SMALL * size]
    base = median(bottoms) if bottoms else max(page.boxes[i][3] for i in pieces)
    return {
        i
        for i, style in zip(pieces, styles, strict=True)
        if style.size < _SMALL * size
        and page.boxes[i][3] < base - (0.12 if style.size < 0.85 * size else 0.3) * size
        and page.text[page.starts[i] : page.ends[i]].isdigit()
    }


def _is_space_between(page: RawPage, before: int, after: int, size: float) -> bool:
    """Return whether a space stands between two pieces: in PDFium's text, or as a gap on the page."""
    start, stop = page.ends[before], page.starts[after]
    gap = page.boxes[after][0] - page.boxes[before][2]
    if before + 1 == after:
        between = page.text[start:stop]
        return bool(between.strip("\r\n")) or (bool(between) and gap > 0.12 * size)
    return gap > 0.12 * size
