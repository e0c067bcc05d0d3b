"""Pieces -> lines: what stands on one printed line, left to right, with its text made canonical.

It is cleaned: NFC, plain spaces, look-alikes of Đ and ư, soft hyphens; raised digits become `¹ ² ³`.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from docanalyze.read.placement import PieceBox
from docanalyze.read.raw_page import RawPage, Style
from docanalyze.read.spaced import SPACED, close_letters
from docanalyze.read.strips import Strip, cut_strips, join_strips

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
_VIETNAMESE = (
    "\u00c0-\u00cf\u00d1-\u00ef\u00f1-\u0101\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0"
    "\u1ea0-\u1ef9"
)
_DIRTY = re.compile(f"[^ !-~{_VIETNAMESE}\u2013\u2014\u2018-\u201d\u2026\u2022]|  ")
"""Anything that the slow way has to look at: not a plain letter, mark or single space."""


_SMALL = 0.93
"""Of its line's size, that of a raised digit at most; one nearly as large must stand higher."""


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


def find_lines(page: RawPage, pieces: Iterable[tuple[int, int]] | None = None) -> list[Line]:
    """Return the page's lines, top to bottom and left to right, cut at wide gaps.

    `pieces` limits them to ranges of piece indices (what stands in one cell of a table, or outside
    all of them).
    """
    rows = join_strips(page, cut_strips(page, pieces))
    if page.unclean is None:
        page.unclean = [match.start() for match in _DIRTY.finditer(page.text)]
    lines = (_build_line(page, joined) for joined in rows)
    return [close_letters(line) if SPACED.match(line.text) else line for line in lines if line.text]


def goes_on(above: Line, below: Line) -> bool:
    """Return whether the sentence of a line goes on in the one below it."""
    return below.text[:1].islower() and above.text[-1:] not in ".;:"


def _build_line(page: RawPage, strips: list[Strip]) -> Line:
    if len(strips) == 1:
        first, last, x0, top, x1, bottom = strips[0]
        style = page.styles[first]
        start = page.starts[first]
        text = page.text[start : page.ends[last - 1]]
        plain = page.styles[first:last].count(style) == last - first
        if plain and not _is_unclean(page, start, start + len(text)):
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


def _is_unclean(page: RawPage, start: int, end: int) -> bool:
    """Return whether anything in a stretch of the page's text is for the slow way."""
    unclean = page.unclean or ()
    at = bisect_left(unclean, start)
    return at < len(unclean) and unclean[at] < end


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


def cut_line(line: Line, x: float) -> tuple[Line | None, Line | None]:
    """Return the parts of `line` left and right of `x`; pieces go by where they begin."""
    if line.x1 <= x:
        return line, None
    if line.x0 >= x:
        return None, line
    count = len(line.offsets) // 2
    at = next((i for i in range(count) if line.boxes[4 * i] >= x), count)
    if at == 0:
        return None, line
    if at == count:
        return line, None
    return slice_line(line, 0, at), slice_line(line, at, count)


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
