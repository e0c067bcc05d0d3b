"""PDFium, read fast: the text of a page, the box of each piece of it, its fonts and its rulings.

PDFium gives a page's text in one call but its boxes only character by character, and each call
from Python costs a microsecond. So boxes are asked for at the two ends of each *piece* (a word, a
run of digits, a mark), and fonts at its first character: 700 pieces a page instead of 2,600
characters, and still every mention begins and ends at a piece's edge.
"""

from __future__ import annotations

import ctypes
import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import hypot
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from docanalyze.core.errors import DamagedPdf, EncryptedPdf, LimitExceeded
from docanalyze.read.source import Limits, RawFile

PIECE = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f])+|(\d{2,})|\d|([^\w\s])\2*|_+")
"""A piece of text: letters, digits, or a mark (repeated marks such as dot leaders are one piece)."""

_DEPTH_OF_FORMS = 3
_THIN = 2.5
_RULING_MIN = 6.0

PieceBox = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Style:
    """The type of a piece: base font name, size on the page in points, bold, italic."""

    font: str
    size: float
    bold: bool
    italic: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """A page whose text does not run to the right: `turns` quarter turns clockwise from upright."""

    turns: int
    width: float
    height: float

    def to_upright(self, box: PieceBox) -> PieceBox:
        """Return a box of the page as shown in coordinates in which the text is upright."""
        x0, top, x1, bottom = box
        if self.turns == 1:
            return (top, self.width - x1, bottom, self.width - x0)
        if self.turns == 2:
            return (self.width - x1, self.height - bottom, self.width - x0, self.height - top)
        return (self.height - bottom, x0, self.height - top, x1)

    def to_shown(self, box: PieceBox) -> PieceBox:
        """Return an upright box in the coordinates of the page as shown."""
        x0, top, x1, bottom = box
        if self.turns == 1:
            return (self.width - bottom, x0, self.width - top, x1)
        if self.turns == 2:
            return (self.width - x1, self.height - bottom, self.width - x0, self.height - top)
        return (top, self.height - x1, bottom, self.height - x0)

    @property
    def upright_size(self) -> tuple[float, float]:
        """Width and height of the page with its text upright."""
        return (self.width, self.height) if self.turns == 2 else (self.height, self.width)


@dataclass(slots=True)
class RawPage:
    """A page as PDFium gives it; boxes are `(x0, top, x1, bottom)` with the text upright.

    `starts[i]:ends[i]` of `text` is piece i, standing in `boxes[i]`, set in `styles[i]`.
    `rulings` are thin horizontal or vertical strokes, `image_share` is the part of the page that
    its largest picture covers. `width` and `height` are those of the page as shown; where its text
    runs sideways or upside down, `frame` turns upright boxes into those of the page as shown.
    """

    number: int
    width: float
    height: float
    frame: Frame | None = None
    text: str = ""
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    boxes: list[PieceBox] = field(default_factory=list)
    styles: list[Style] = field(default_factory=list)
    rulings: list[PieceBox] = field(default_factory=list)
    image_share: float = 0.0


class PdfFile:
    """An open PDF; a context manager that yields its pages one at a time."""

    def __init__(self, file: RawFile, *, password: str | None = None, limits: Limits | None = None) -> None:
        limits = limits or Limits()
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
        pointer, integer = ctypes.c_void_p, ctypes.c_int
        self._get_object = _bind(raw.FPDFText_GetTextObject, pointer, pointer, integer)
        self._get_box = _bind(raw.FPDFText_GetLooseCharBox, integer, pointer, integer, pointer)
        self._get_font = _bind(raw.FPDFTextObj_GetFont, pointer, pointer)
        self._get_size = _bind(raw.FPDFTextObj_GetFontSize, integer, pointer, pointer)
        self._get_matrix = _bind(raw.FPDFPageObj_GetMatrix, integer, pointer, pointer)
        self._fonts: dict[int, tuple[str, bool, bool]] = {}
        self._numbers = array("f", [0.0] * 8)

    def __enter__(self) -> PdfFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._document.close()

    def read_page(self, index: int) -> RawPage:
        """Return page `index` (from 0); a page that PDFium cannot parse comes out empty."""
        page = raw.FPDF_LoadPage(self._document.raw, index)
        if not page:
            return RawPage(index + 1, 0.0, 0.0)
        try:
            place = _Placement(page)
            result = RawPage(index + 1, round(place.width, 2), round(place.height, 2))
            textpage = raw.FPDFText_LoadPage(page)
            if textpage:
                try:
                    self._read_text(textpage, place, result)
                finally:
                    raw.FPDFText_ClosePage(textpage)
            self._read_shapes(page, place, result)
            if result.frame is not None:
                result.boxes = [result.frame.to_upright(box) for box in result.boxes]
                result.rulings = [result.frame.to_upright(box) for box in result.rulings]
            return result
        finally:
            raw.FPDF_ClosePage(page)

    def _read_text(self, textpage: Any, place: _Placement, result: RawPage) -> None:
        text = _get_text(textpage)
        handle = ctypes.cast(textpage, ctypes.c_void_p).value or 0
        pieces = self._find_pieces(text, handle)
        # Two boxes of four floats a piece, of its first and last character, written by PDFium itself.
        edges = array("f", bytes(32 * len(pieces)))
        address = edges.buffer_info()[0]
        get_box = self._get_box
        for start, end in pieces:
            get_box(handle, start, address)
            if end - start > 1:
                get_box(handle, end - 1, address + 16)
            address += 32
        result.text = text
        result.starts = [start for start, _ in pieces]
        result.ends = [end for _, end in pieces]
        result.boxes = place.show_pieces(edges.tolist())
        result.styles = self._find_styles(handle, result.starts)
        turns = (_find_direction(pieces, edges) + place.rotation) % 4
        if turns:
            result.frame = Frame(turns, place.width, place.height)

    def _find_pieces(self, text: str, handle: int) -> list[tuple[int, int]]:
        """Return the pieces of a page's text; a run of digits set in two ways (`320¹`) is two."""
        get_object = self._get_object
        pieces: list[tuple[int, int]] = []
        for match in PIECE.finditer(text):
            if match.lastindex == 1:
                start, end = match.span()
                if get_object(handle, end - 1) != get_object(handle, start):
                    cuts = [
                        i for i in range(start + 1, end) if get_object(handle, i) != get_object(handle, i - 1)
                    ]
                    pieces.extend(pairwise([start, *cuts, end]))
                    continue
            pieces.append(match.span())
        return pieces

    def _find_styles(self, handle: int, starts: list[int]) -> list[Style]:
        get_object = self._get_object
        styles: list[Style] = []
        known: dict[tuple[int, float], Style] = {}
        last: int | None = 0
        style = Style("", 0.0, False, False)
        for start in starts:
            found = get_object(handle, start)
            if found != last:
                last = found
                if found:
                    style = self._style_of(found, known)
            styles.append(style)
        return styles

    def _style_of(self, text_object: int, known: dict[tuple[int, float], Style]) -> Style:
        """Return the style of a text object, the same object for the same font and size of a page."""
        numbers = self._numbers
        address = numbers.buffer_info()[0]
        font = self._get_font(text_object) or 0
        self._get_size(text_object, address)
        self._get_matrix(text_object, address + 4)
        _, _, _, c, d, _, _, _ = numbers
        key = (font, round(numbers[0] * (hypot(c, d) or 1.0), 1))
        style = known.get(key)
        if style is None:
            name, bold, italic = self._font_of(ctypes.cast(font, raw.FPDF_FONT))
            style = known[key] = Style(name, key[1], bold, italic)
        return style

    def _font_of(self, font: Any) -> tuple[str, bool, bool]:
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key not in self._fonts:
            buffer = ctypes.create_string_buffer(256)
            raw.FPDFFont_GetBaseFontName(font, buffer, 256)
            name = buffer.value.decode("latin-1").split("+", 1)[-1]
            flags, low = raw.FPDFFont_GetFlags(font), name.lower()
            bold = "bold" in low or raw.FPDFFont_GetWeight(font) >= 600 or bool(flags & 1 << 18)
            italic = "italic" in low or "oblique" in low or bool(flags & 1 << 6)
            self._fonts[key] = (name, bold, italic)
        return self._fonts[key]

    def _read_shapes(self, page: Any, place: _Placement, result: RawPage) -> None:
        rulings = result.rulings
        for pointer, kind, matrices in _walk_objects(page):
            if kind == raw.FPDF_PAGEOBJ_PATH:
                for x0, y0, x1, y1 in _find_strokes(pointer, matrices):
                    box = place.show(x0, y0, x1, y1)
                    if box[2] - box[0] >= _RULING_MIN or box[3] - box[1] >= _RULING_MIN:
                        rulings.append(box)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                bounds = _get_bounds(pointer)
                if bounds is not None and place.width and place.height:
                    x0, top, x1, bottom = place.show(*_transform(bounds, matrices))
                    width = min(x1, place.width) - max(x0, 0.0)
                    height = min(bottom, place.height) - max(top, 0.0)
                    share = max(0.0, width) * max(0.0, height) / (place.width * place.height)
                    result.image_share = max(result.image_share, round(share, 3))


class _Placement:
    """How the page's own coordinates turn into those of the page as shown."""

    def __init__(self, page: Any) -> None:
        edges = [ctypes.c_float() for _ in range(4)]
        rect = raw.FS_RECTF()
        self.rotation = raw.FPDFPage_GetRotation(page) % 4
        self.width, self.height = raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)
        if raw.FPDF_GetPageBoundingBox(page, rect):
            self.left, self.bottom, self.right, self.top = rect.left, rect.bottom, rect.right, rect.top
        else:
            raw.FPDFPage_GetMediaBox(page, *edges)
            self.left, self.bottom, self.right, self.top = (edge.value for edge in edges)

    def show_pieces(self, edges: list[float]) -> list[PieceBox]:
        """Return the boxes as shown of pieces given by the boxes of their first and last characters.

        Eight numbers a piece (left, top, right, bottom twice); of a single character the second
        four are zero.
        """
        halves = (edges[i::8] for i in range(8))
        boxes = [
            (
                l1 if l1 < l2 or not r2 else l2,
                b1 if b1 < b2 or not r2 else b2,
                r1 if r1 > r2 or not r2 else r2,
                t1 if t1 > t2 or not r2 else t2,
            )
            for l1, t1, r1, b1, l2, t2, r2, b2 in zip(*halves, strict=True)
        ]
        if self.rotation == 0:
            left, top = self.left, self.top
            return [(x0 - left, top - y1, x1 - left, top - y0) for x0, y0, x1, y1 in boxes]
        return [self.show(*box) for box in boxes]

    def show(self, x0: float, y0: float, x1: float, y1: float) -> PieceBox:
        """Return the box on the page as shown of a rectangle in the page's own coordinates."""
        if self.rotation == 0:
            return (x0 - self.left, self.top - y1, x1 - self.left, self.top - y0)
        if self.rotation == 1:
            return (y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left)
        if self.rotation == 2:
            return (self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom)
        return (self.top - y1, self.right - x1, self.top - y0, self.right - x0)


def _bind(function: Any, result: Any, *arguments: Any) -> Any:
    """Return a PDFium function that takes plain addresses: half the cost of one that takes pointers."""
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


def _find_direction(pieces: Sequence[tuple[int, int]], edges: Sequence[float]) -> int:
    """Return where most words run in the page's own coordinates: 0 right, 1 down, 2 left, 3 up."""
    votes = [0, 0, 0, 0]
    words = [i for i, (start, end) in enumerate(pieces) if end - start > 2]
    for i in words[:: max(1, len(words) // 50)]:
        dx, dy = edges[8 * i + 4] - edges[8 * i], edges[8 * i + 7] - edges[8 * i + 3]
        if abs(dx) >= abs(dy):
            votes[0 if dx >= 0 else 2] += 1
        else:
            votes[1 if dy < 0 else 3] += 1
    return votes.index(max(votes))


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


Matrix = tuple[float, float, float, float, float, float]


def _walk_objects(page: Any) -> Iterator[tuple[Any, int, tuple[Matrix, ...]]]:
    get_object, get_type = raw.FPDFPage_GetObject, raw.FPDFPageObj_GetType
    for i in range(raw.FPDFPage_CountObjects(page)):
        pointer = get_object(page, i)
        kind = get_type(pointer)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            yield from _walk_form(pointer, (), _DEPTH_OF_FORMS)
        elif kind != raw.FPDF_PAGEOBJ_TEXT:
            yield pointer, kind, ()


def _walk_form(
    form: Any, outer: tuple[Matrix, ...], depth: int
) -> Iterator[tuple[Any, int, tuple[Matrix, ...]]]:
    if depth == 0:
        return
    matrices = (_get_matrix(form), *outer)
    for i in range(max(0, raw.FPDFFormObj_CountObjects(form))):
        pointer = raw.FPDFFormObj_GetObject(form, i)
        kind = raw.FPDFPageObj_GetType(pointer)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            yield from _walk_form(pointer, matrices, depth - 1)
        elif kind != raw.FPDF_PAGEOBJ_TEXT:
            yield pointer, kind, matrices


def _get_matrix(pointer: Any) -> Matrix:
    m = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(pointer, m):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _move(x: float, y: float, matrices: tuple[Matrix, ...]) -> tuple[float, float]:
    for a, b, c, d, e, f in matrices:
        x, y = a * x + c * y + e, b * x + d * y + f
    return x, y


def _transform(bounds: PieceBox, matrices: tuple[Matrix, ...]) -> PieceBox:
    if not matrices:
        return bounds
    (ax, ay), (bx, by) = _move(bounds[0], bounds[1], matrices), _move(bounds[2], bounds[3], matrices)
    return (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def _get_bounds(pointer: Any) -> PieceBox | None:
    edges = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(pointer, *edges):
        return None
    return (edges[0].value, edges[1].value, edges[2].value, edges[3].value)


def _find_strokes(pointer: Any, matrices: tuple[Matrix, ...]) -> Iterator[PieceBox]:
    """Yield the thin horizontal and vertical strokes of a path, in the page's own coordinates."""
    bounds = _get_bounds(pointer)
    if bounds is None:
        return
    box = _transform(bounds, matrices)
    if box[2] - box[0] <= _THIN or box[3] - box[1] <= _THIN:
        yield box
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(pointer, fill, stroke)
    if not stroke.value:
        return
    chain = (_get_matrix(pointer), *matrices)
    x, y = ctypes.c_float(), ctypes.c_float()
    at = first = (0.0, 0.0)
    for i in range(min(raw.FPDFPath_CountSegments(pointer), 2000)):
        segment = raw.FPDFPath_GetPathSegment(pointer, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        to = _move(x.value, y.value, chain)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = to
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from _axis_aligned(at, to)
        at = to
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _axis_aligned(at, first)
            at = first


def _axis_aligned(a: tuple[float, float], b: tuple[float, float]) -> Iterator[PieceBox]:
    if abs(a[0] - b[0]) <= 1.0 or abs(a[1] - b[1]) <= 1.0:
        yield (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
