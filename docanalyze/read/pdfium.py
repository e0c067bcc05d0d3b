"""PDFium, read fast: the text of a page, the box of each piece of it, its fonts and its rulings.

PDFium gives a page's text in one call but its boxes only character by character, and each call
from Python costs a microsecond. So boxes are asked for at the two ends of each *piece* (a word, a
numeral, a mark), and fonts at its first character: 700 pieces a page instead of 2,600
characters, and still every mention begins and ends at a piece's edge.
"""

from __future__ import annotations

import ctypes
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate, chain, compress, count, pairwise, repeat
from math import hypot
from operator import ne
from typing import Any, TypeVar

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from docanalyze.core.errors import DamagedPdf, EncryptedPdf, LimitExceeded
from docanalyze.read.bombs import refuse_bomb
from docanalyze.read.calls import Collector, bind_plain, point_at
from docanalyze.read.cropped import blank_out, find_outside
from docanalyze.read.directions import find_angle, find_direction, find_turned
from docanalyze.read.ends import PieceEnds
from docanalyze.read.glued import find_glued, insert_spaces, lacks_spaces
from docanalyze.read.legacy import Encoding, decode_page
from docanalyze.read.pieces import NUMERAL, Piece, find_fills, find_pieces, split_pieces
from docanalyze.read.placement import Frame, PieceBox, Placement, Sides
from docanalyze.read.raw_page import RawPage, Stamps, Style, turn_upright
from docanalyze.read.shapes import read_shapes
from docanalyze.read.source import Limits, RawFile
from docanalyze.read.stamps import find_stamp_areas, flatten_page, group_stamps

_Found = TypeVar("_Found")
_TELLING = re.compile("times|arial|liberation|helvetica|dejavu|calibri|cambria|tahoma|verdana|noto|roboto")
"""Families whose bold fonts have it in their names."""
_NO_STYLE = Style("", 0.0, False, False)


class PdfFile:
    """An open PDF; a context manager that yields its pages one at a time."""

    def __init__(self, file: RawFile, *, password: str | None = None, limits: Limits | None = None) -> None:
        limits = limits or Limits()
        refuse_bomb(file, limits)
        try:
            self._document = pdfium.PdfDocument(file.data, password=password)
        except pdfium.PdfiumError as error:
            if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
                raise EncryptedPdf(path=file.path) from error
            raise DamagedPdf(path=file.path) from error
        self.page_count = len(self._document)
        if self.page_count == 0:
            self._document.close()
            raise DamagedPdf(path=file.path)
        if self.page_count > limits.pages:
            self._document.close()
            raise LimitExceeded(
                path=file.path, limit_en=f"{limits.pages} pages", limit_vi=f"{limits.pages} trang"
            )
        pointer = ctypes.c_void_p
        self._get_object = bind_plain(raw.FPDFText_GetTextObject, pointer)
        self._boxes = Collector(raw.FPDFText_GetLooseCharBox, 4)
        self._matrices = Collector(raw.FPDFText_GetMatrix, 6)
        self._get_size = bind_plain(raw.FPDFText_GetFontSize, ctypes.c_double)
        self._get_font = bind_plain(raw.FPDFTextObj_GetFont, pointer, pointer)
        self._characters = limits.characters
        self._fonts: dict[int, tuple[str, bool, bool]] = {}
        self._styles: dict[int | None, Style] = {}
        self._known: dict[tuple[int, float, int], Style] = {}
        self._handles: dict[int | None, int | None] = {}
        self._are_short = False
        self._decoded: dict[str, Encoding] = {}

    def __enter__(self) -> PdfFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._document.close()

    @property
    def handle(self) -> Any:
        """PDFium's own handle of the document, to draw pages with."""
        return self._document.raw

    def read_page(self, index: int) -> RawPage:
        """Return page `index` (from 0); a page that PDFium cannot parse comes out empty."""
        page = raw.FPDF_LoadPage(self._document.raw, index)
        if not page:
            return RawPage(index + 1, 0.0, 0.0)
        self._styles = {}  # Objects are known by their addresses, which another page's may have next.
        try:
            place = Placement(page)
            result = RawPage(index + 1, round(place.width, 2), round(place.height, 2))
            textpage = raw.FPDFText_LoadPage(page)
            if textpage:
                try:
                    self._read_text(textpage, place, result)
                finally:
                    raw.FPDFText_ClosePage(textpage)
            areas = find_stamp_areas(page, place)
            result.shapes = read_shapes(page, place, self._styles)
            result.rulings = result.shapes.rulings
        finally:
            raw.FPDF_ClosePage(page)
        if areas and not result.too_large:
            result.stamps = self._read_stamps(index, areas, result)
        if result.frame is not None:
            turn_upright(result, result.frame)
            result.rulings = [result.frame.to_upright(box) for box in result.rulings]
        return result

    def _read_stamps(self, index: int, areas: list[PieceBox], before: RawPage) -> Stamps | None:
        """Return what annotations show in some areas of a page, besides its own text."""
        if not flatten_page(self._document.raw, index):
            return None
        page = raw.FPDF_LoadPage(self._document.raw, index)
        if not page:
            return None
        result = RawPage(before.number, before.width, before.height)
        try:
            textpage = raw.FPDFText_LoadPage(page)
            if textpage:
                try:
                    self._read_text(textpage, Placement(page), result)
                finally:
                    raw.FPDFText_ClosePage(textpage)
        finally:
            raw.FPDF_ClosePage(page)
        groups = group_stamps(areas, list(before.list_pieces()), list(result.list_pieces()))
        if before.frame is not None:
            turn_upright(result, before.frame)
        return Stamps(result, groups) if groups else None

    def _read_text(self, textpage: Any, place: Placement, result: RawPage) -> None:
        if raw.FPDFText_CountChars(textpage) > self._characters:
            result.too_large = True
            return
        self._styles, self._known, self._handles = {None: _NO_STYLE}, {}, {None: None}
        text = _get_text(textpage)
        handle = point_at(textpage)
        pieces = find_pieces(text)
        starts, stops = _flatten(pieces)
        objects: Sequence[int | None] = self._ask_objects(handle, starts)
        decoded = decode_page(text, pieces, self._find_fonts(objects), self._decoded)
        cut: list[Piece] | None = None
        if decoded is not None:
            text, result.legacy_fonts = decoded.text, decoded.fonts
            cut = split_pieces(find_pieces(text), decoded.line_ends)
            mixed = self._find_mixed(text, map(re.Match.span, NUMERAL.finditer(text)), handle)
        else:
            # Only where the next piece is of another object may a numeral end in another than it begins in.
            others = compress(pieces, map(ne, objects, [*objects[1:], None]))
            mixed = self._find_mixed(text, others, handle)
        glued: list[int] = []
        if decoded is None and lacks_spaces(text, partial(self._is_generated, textpage)):
            glued = find_glued(text, pieces, partial(self._boxes.collect, handle))
        if mixed or glued:
            cut = split_pieces(cut or pieces, [*mixed, *glued])
        if cut is not None:
            pieces, starts, stops, objects = self._cut_anew(handle, cut, starts, objects)
        firsts, styles = self._find_styles(handle, starts, objects)
        if self._has_turns() and (cuts := self._find_turns(pieces, styles, handle)):
            cut = split_pieces(pieces, cuts)
            pieces, starts, stops, objects = self._cut_anew(handle, cut, starts, objects)
            firsts, styles = self._find_styles(handle, starts, objects)
        ends = self._find_ends(handle, firsts, stops)
        fills = find_fills(pieces, ends)
        if fills is not None:
            cut = split_pieces(pieces, self._find_cuts(fills, handle))
            pieces, starts, stops, objects = self._cut_anew(handle, cut, starts, objects)
            firsts, styles = self._find_styles(handle, starts, objects)
            ends = self._find_ends(handle, firsts, stops)
        if glued:
            text, starts, stops = insert_spaces(text, starts, stops, glued)
        direction = find_direction(pieces, ends, styles)
        sides = place.show_pieces(ends)
        if place.cropped and (outside := find_outside(sides, place.width, place.height)):
            text = blank_out(text, [(starts[i], stops[i]) for i in outside])
            kept = [True] * len(starts)
            for i in outside:
                kept[i] = False
            starts, stops = list(compress(starts, kept)), list(compress(stops, kept))
            styles = list(compress(styles, kept))
            sides = Sides(*(list(compress(side, kept)) for side in sides))
        result.text = text
        result.starts, result.ends = starts, stops
        result.sides = sides
        result.boxes = list(zip(*sides, strict=True))
        result.styles = styles
        if self._has_turns():
            result.turned = find_turned(result.boxes, styles, direction, place.rotation)
        turns = (direction + place.rotation) % 4
        if turns:
            result.frame = Frame(turns, place.width, place.height)

    def _is_generated(self, textpage: Any, place: int) -> bool:
        return bool(raw.FPDFText_IsGenerated(textpage, place))

    def _has_turns(self) -> bool:
        """Return whether the page's words, as far as they were looked at, run in more than one direction."""
        return len({style.angle for style in self._known.values()}) > 1

    def _find_ends(self, handle: Any, firsts: array[float], stops: Sequence[int]) -> PieceEnds:
        """Return the boxes of the first characters of the pieces, as given, and of the last ones."""
        return PieceEnds(firsts, self._boxes.collect(handle, [stop - 1 for stop in stops]))

    def _find_turns(
        self, pieces: Sequence[tuple[int, int]], styles: Sequence[Style], handle: Any
    ) -> list[int]:
        """Return the characters inside pieces at which words of another direction begin: `HòaMẬT`."""
        get_object, places = self._get_object, [end - 1 for _, end in pieces]
        _, lasts = self._find_styles(handle, places, list(map(get_object, repeat(handle), places)))
        return [
            next(i for i in range(start, end) if get_object(handle, i) != get_object(handle, start))
            for (start, end), style, last in zip(pieces, styles, lasts, strict=True)
            if style.angle != last.angle
        ]

    def _find_cuts(self, fills: Sequence[tuple[int, int, float]], handle: Any) -> list[int]:
        """Return the characters before which pieces are cut: behind what fills a gap, where x goes back.

        `fills` are a piece's first and last offset and the x of the middle of what stands inside.
        """
        cuts: set[int] = set()
        inside: dict[tuple[int, int], list[float]] = {}
        for start, end, x in sorted(fills):
            inside.setdefault((start, end), []).append(x)
        for (start, end), middles in inside.items():
            lefts = self._boxes.collect(handle, range(start, end))[::4]
            for at, (before, left) in enumerate(pairwise(lefts), start + 1):
                next_one = bisect_right(middles, before)
                if left < before - 0.5 or (next_one < len(middles) and middles[next_one] <= left):
                    cuts.add(at)
        return sorted(cuts)

    def _find_mixed(self, text: str, pieces: Iterable[Piece], handle: Any) -> list[int]:
        """Return the characters inside numerals at which another text object begins: a raised mark."""
        get_object = self._get_object
        cuts: list[int] = []
        for start, end in pieces:
            if (
                end - start > 1
                and text[start].isdecimal()
                and get_object(handle, end - 1) != get_object(handle, start)
            ):
                owners = [get_object(handle, i) for i in range(start, end)]
                cuts.extend(start + i for i in range(1, end - start) if owners[i] != owners[i - 1])
        return cuts

    def _cut_anew(
        self, handle: Any, pieces: list[Piece], before: Sequence[int], objects: Sequence[int | None]
    ) -> tuple[list[Piece], list[int], list[int], Sequence[int | None]]:
        """Return pieces cut anew, where they begin and end, and their text objects.

        Those that begin where one did `before` have its object; the page is asked for new ones only.
        """
        starts, stops = _flatten(pieces)
        known = dict(zip(before, _fill(objects), strict=True))
        get_object = self._get_object
        for start in starts:
            if start not in known:
                known[start] = get_object(handle, start)
        return pieces, starts, stops, list(map(known.__getitem__, starts))

    def _find_fonts(self, objects: Sequence[int | None]) -> list[str]:
        """Return the name of each piece's font, that of its text object; without one, of the piece before."""
        objects, handles = _fill(objects), self._handles
        new = [found for found in set(objects) if found and found not in handles]
        handles.update(zip(new, map(self._get_font, new), strict=True))
        names = {font: self._font_of(font)[0] for font in set(handles.values())}
        return [names[handles[found]] for found in objects]

    def _find_styles(
        self, handle: Any, starts: Sequence[int], objects: Sequence[int | None]
    ) -> tuple[array[float], list[Style]]:
        """Return the box of each piece's first character, and its style: that of its text object.

        A piece without an object has the style of the one before. Size and direction are asked for once
        where objects of one font follow each other whose characters reach as high and as low: on a line
        that was drawn letter by letter.
        """
        boxes = self._boxes.collect(handle, starts)
        objects, styles = _fill(objects), self._styles
        changes = compress(zip(objects, count()), map(ne, objects, chain((0,), objects)))
        firsts = {found: i for found, i in changes if found and found not in styles}
        if firsts:
            new, at = list(firsts), list(firsts.values())
            get_handle = self._handles.get
            fonts = [get_handle(found) or self._get_font(found) for found in new]
            tops, bottoms = boxes[1::4], boxes[3::4]
            # Two without a box (zeros) are not alike.
            looks = [(font, tops[i] or -i, bottoms[i]) for font, i in zip(fonts, at, strict=True)]
            turns = [0, *compress(count(1), map(ne, looks[1:], looks)), len(looks)]
            places = [starts[at[i]] for i in turns[:-1]]
            matrices = self._matrices.collect(handle, places)
            sizes = map(self._get_size, repeat(handle), places)
            found_styles = map(
                self._find_style, (fonts[i] for i in turns[:-1]), sizes, *(matrices[i::6] for i in range(4))
            )
            for (first, last), style in zip(pairwise(turns), found_styles, strict=True):
                styles.update(zip(new[first:last], repeat(style), strict=False))
        return boxes, list(map(styles.__getitem__, objects))

    def _ask_objects(self, handle: Any, starts: list[int]) -> list[int]:
        """Return the text object of each piece; if two pieces are of one, all between them are in it."""
        get_object, handles, step = self._get_object, repeat(handle), 4
        if self._are_short:
            objects = list(map(get_object, handles, starts))
            self._are_short = 2 * sum(map(ne, objects[1:], objects)) > len(objects)
            return objects
        some = list(map(get_object, handles, starts[::step]))
        open_ends = list(compress(count(0, step), map(ne, some, [*some[1:], None])))
        if 2 * len(open_ends) > len(some):
            self._are_short = True
            return list(map(get_object, handles, starts))
        objects = list(chain.from_iterable(map(repeat, some, repeat(step))))[: len(starts)]
        between = [i for at in open_ends for i in range(at + 1, min(at + step, len(starts)))]
        for i, found in zip(between, map(get_object, handles, [starts[i] for i in between]), strict=True):
            objects[i] = found
        return objects

    def _find_style(self, font: int | None, size: float, a: float, b: float, c: float, d: float) -> Style:
        """Return the style of a font, its size and matrix, the same object for the same look on a page."""
        key = (font or 0, round(size * (hypot(c, d) or 1.0), 1), find_angle(a, b) if b or a < 0 else 0)
        style = self._known.get(key)
        if style is None:
            name, bold, italic = self._font_of(font)
            style = self._known[key] = Style(name, key[1], bold, italic, key[2])
        return style

    def _font_of(self, address: int | None) -> tuple[str, bool, bool]:
        """Return the name of the font at an address, and whether it is bold and italic."""
        key = address or 0
        if key not in self._fonts:
            font = ctypes.cast(key, raw.FPDF_FONT)
            buffer = ctypes.create_string_buffer(256)
            raw.FPDFFont_GetBaseFontName(font, buffer, 256)
            name = buffer.value.decode("latin-1").split("+", 1)[-1]
            flags, low = raw.FPDFFont_GetFlags(font), name.lower()
            # Some producers write any stem width, but keep the names of common families, which tell.
            heavy = not _TELLING.search(low) and raw.FPDFFont_GetWeight(font) >= 600
            bold = "bold" in low or heavy or bool(flags & 1 << 18)
            italic = "italic" in low or "oblique" in low or bool(flags & 1 << 6)
            self._fonts[key] = (name, bold, italic)
        return self._fonts[key]


def _flatten(pieces: list[Piece]) -> tuple[list[int], list[int]]:
    """Return where the pieces begin, and where they end."""
    flat = list(chain.from_iterable(pieces))
    return flat[::2], flat[1::2]


def _fill(found: Sequence[_Found | None]) -> Sequence[_Found | None]:
    """Return what was found of each piece, for those without any that of the piece before."""
    if all(found):
        return found
    filled: Iterator[_Found | None] = accumulate(found, lambda before, here: here or before)
    return list(filled)


def _get_text(textpage: Any) -> str:
    count = raw.FPDFText_CountChars(textpage)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(textpage, 0, count, buffer)
    text = bytes(buffer)[: 2 * (written - 1)].decode("utf-16-le", "replace") if written > 1 else ""
    if len(text) == count:
        return text
    # Characters without Unicode or outside the BMP: one by one, so that offsets stay PDFium's.
    return "".join(_legal_char(raw.FPDFText_GetUnicode(textpage, i)) for i in range(count))


def _legal_char(code: int) -> str:
    if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return "\ufffd"
    return chr(code)


def read_plain_pages(data: bytes) -> list[str]:
    """Return the text of each page just as PDFium gives it, with its own line ends."""
    document = pdfium.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
