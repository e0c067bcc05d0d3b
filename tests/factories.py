"""PDF files as bytes, made on the spot for tests: no typesetter, no network, no clock.

``make_text_pdf`` writes plain PDF syntax with Liberation Serif from ``corpus/samples/fonts`` embedded as
a CID font (Identity-H, ToUnicode), the way word processors embed it; the same call gives the same bytes.
The other functions damage, turn, crop, lock or multiply a PDF.

Coordinates are those of PDF user space: points of 1/72 inch, origin at the lower left, ``y`` at the baseline.
"""

import io
import math
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import pypdf
import pypdfium2
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    RectangleObject,
)

from tests.fonts import Font, Style, find_glyphs, load_font
from tests.fonts import measure_text as measure_text

SAMPLES = Path(__file__).resolve().parents[1] / "corpus" / "samples"
#: The bundled reports of huyện Mộc Giang, oldest first.
SAMPLE_2022 = SAMPLES / "bao-cao-6-thang-2022.pdf"
SAMPLE_2023 = SAMPLES / "bao-cao-6-thang-2023.pdf"
#: Width and height of an A4 page in points.
A4 = (595, 842)


class Line(NamedTuple):
    """One run of text: its left end and baseline in points, the text, its size in points, style and angle.

    The angle is in degrees counter-clockwise.
    """

    x: float
    y: float
    text: str
    size: float = 13.0
    style: Style = "regular"
    angle: float = 0.0


class Rule(NamedTuple):
    """A straight stroke between two points, 0.5 pt thick: the border of a table cell, a footnote rule."""

    x0: float
    y0: float
    x1: float
    y1: float


def make_text_pdf(
    pages: Sequence[Sequence[Line]],
    *,
    rotate: int = 0,
    crop: tuple[float, float, float, float] | None = None,
    size: tuple[float, float] = A4,
    rules: Sequence[Sequence[Rule]] = (),
    to_unicode: bool | Mapping[str, str] = True,
    font_names: Mapping[Style, str] | None = None,
    invisible: bool = False,
) -> bytes:
    """Return a PDF with the given lines of text, one sequence a page, in reading order as given.

    Args:
        pages: The lines of each page; an empty sequence makes an empty page.
        rotate: The page's ``/Rotate`` (0, 90, 180, 270): how far a viewer turns it clockwise.
        crop: The ``/CropBox`` as left, bottom, right, top.
        size: Width and height of the page in points.
        rules: Strokes of each page, by page index; may be shorter than ``pages``.
        to_unicode: False leaves the ToUnicode map out, so that text comes out wrong or not at all; a
            mapping says for which letters it names others.
        font_names: Other PostScript names by style, such as ``.VnTime`` to play a legacy font.
        invisible: True draws the text in mode 3, as the text layer under a scan.

    Raises:
        ValueError: A letter is not in the font; compose the text (NFC) first.
    """
    used: dict[Style, dict[int, str]] = {}
    for line in (line for page in pages for line in page):
        glyphs = find_glyphs(line.text, load_font(line.style))
        used.setdefault(line.style, {}).update(zip(glyphs, line.text, strict=True))
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    fonts: dict[Style, int] = {}
    for style in sorted(used):
        name = (font_names or {}).get(style) or load_font(style).name
        fonts[style] = _add_font(objects, load_font(style), name, used[style], to_unicode=to_unicode)
    resources = "".join(f"/{style} {number} 0 R " for style, number in fonts.items())
    kids: list[int] = []
    for index, page in enumerate(pages):
        strokes = rules[index] if index < len(rules) else ()
        content = _add(objects, _stream(_page_content(page, strokes, invisible=invisible)))
        crop_box = f"/CropBox [{' '.join(_number(v) for v in crop)}] " if crop else ""
        kids.append(
            _add(
                objects,
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {' '.join(map(_number, size))}] {crop_box}"
                f"/Rotate {rotate} /Resources << /Font << {resources}>> >> "
                f"/Contents {content} 0 R >>".encode(),
            )
        )
    return _assemble(objects, kids)


class Stamp(NamedTuple):
    """What an annotation shows: its rectangle (left, bottom, right, top), its lines, its subtype."""

    rect: tuple[float, float, float, float]
    lines: tuple[str, ...]
    subtype: str = "/Stamp"
    size: float = 13.0


def stamp_pdf(data: bytes, stamps: Sequence[Stamp], *, page: int = 0) -> bytes:
    """Return ``data`` with annotations on a page whose text is in their appearance only.

    ``/Widget`` with ``/FT /Sig`` is a signature field, as programs that sign PDFs write it.
    """
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    annotations = ArrayObject()
    for stamp in stamps:
        left, bottom, right, top = stamp.rect
        leading = 1.2 * stamp.size
        shown = [Line(2, top - bottom - leading * (i + 1), t, stamp.size) for i, t in enumerate(stamp.lines)]
        drawn = pypdf.PdfReader(io.BytesIO(make_text_pdf([shown]))).pages[0]
        content = drawn.get_contents()
        form = DecodedStreamObject()
        form.set_data(content.get_data() if content is not None else b"")
        form.update(
            {
                NameObject("/Type"): NameObject("/XObject"),
                NameObject("/Subtype"): NameObject("/Form"),
                NameObject("/BBox"): ArrayObject(map(FloatObject, (0, 0, right - left, top - bottom))),
                NameObject("/Resources"): drawn["/Resources"].clone(writer),
            }
        )
        appearance = DictionaryObject({NameObject("/N"): writer._add_object(form)})
        annotation = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject(stamp.subtype),
                NameObject("/Rect"): ArrayObject(map(FloatObject, stamp.rect)),
                NameObject("/F"): NumberObject(4),
                NameObject("/AP"): appearance,
            }
        )
        if stamp.subtype == "/Widget":
            annotation[NameObject("/FT")] = NameObject("/Sig")
        annotations.append(writer._add_object(annotation))
    writer.pages[page][NameObject("/Annots")] = annotations
    return _written(writer)


def make_blank_pdf(pages: int = 1, *, size: tuple[float, float] = A4) -> bytes:
    """Return a PDF of ``pages`` empty pages: no text, no image."""
    return make_text_pdf([()] * pages, size=size)


def make_image_only_pdf(source: bytes | None = None, *, dpi: int = 100, pages: int = 1) -> bytes:
    """Return a scan-like PDF: the first pages of ``source`` (the 2023 sample) as grey images, no text."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids: list[int] = []
    with pypdfium2.PdfDocument(source if source is not None else SAMPLE_2023.read_bytes()) as document:
        for index in range(min(pages, len(document))):
            page = document[index]
            width, height = page.get_size()
            bitmap = page.render(scale=dpi / 72, grayscale=True)
            raw = bytes(bitmap.buffer)
            rows = b"".join(raw[y * bitmap.stride :][: bitmap.width] for y in range(bitmap.height))
            image = _add(
                objects,
                _stream(
                    rows,
                    f"/Type /XObject /Subtype /Image /Width {bitmap.width} /Height {bitmap.height} "
                    "/ColorSpace /DeviceGray /BitsPerComponent 8",
                ),
            )
            content = _add(objects, _stream(f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /scan Do Q".encode()))
            kids.append(
                _add(
                    objects,
                    f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.2f} {height:.2f}] "
                    f"/Resources << /XObject << /scan {image} 0 R >> >> /Contents {content} 0 R >>".encode(),
                )
            )
    return _assemble(objects, kids)


def make_many_pages_pdf(pages: int, source: bytes | None = None) -> bytes:
    """Return a PDF of ``pages`` pages that repeats those of ``source`` (the 2023 sample).

    Fonts and content streams are stored once, so the file stays small; each page is still read on its own.
    """
    reader = pypdf.PdfReader(io.BytesIO(source if source is not None else SAMPLE_2023.read_bytes()))
    writer = pypdf.PdfWriter()
    for index in range(pages):
        writer.add_page(reader.pages[index % len(reader.pages)])
    return _written(writer)


def encrypt_pdf(
    data: bytes,
    password: str,
    *,
    owner: str = "chủ sở hữu",
    algorithm: Literal["RC4-128", "AES-256"] = "AES-256",
) -> bytes:
    """Return ``data`` locked; an empty ``password`` opens without asking. Salted: no two calls are alike."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(password, owner, algorithm=algorithm)
    return _written(writer)


def truncate(data: bytes, keep: float = 0.6) -> bytes:
    """Return the first part of ``data`` (a share from 0 to 1), as a broken download leaves it."""
    return data[: int(len(data) * keep)]


def rotate_pages(data: bytes, degrees: int = 90) -> bytes:
    """Return ``data`` with every page turned clockwise by a multiple of 90 degrees, through ``/Rotate``."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    for page in writer.pages:
        page.rotate(degrees)
    return _written(writer)


def crop_pages(data: bytes, box: tuple[float, float, float, float]) -> bytes:
    """Return ``data`` with every page's crop box (left, bottom, right, top) set; no text is taken away."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    for page in writer.pages:
        page.cropbox = RectangleObject(box)
    return _written(writer)


# The PDF file (ISO 32000-1: 9.7.4 CIDFonts, 9.10.3 ToUnicode, 7.5 file structure).


def _add(objects: list[bytes], body: bytes) -> int:
    objects.append(body)
    return len(objects)


def _stream(data: bytes, entries: str = "") -> bytes:
    packed = zlib.compress(data, 6)
    return (
        f"<< {entries} /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode()
        + packed
        + b"\nendstream"
    )


def _add_font(
    objects: list[bytes],
    font: Font,
    name: str,
    used: Mapping[int, str],
    *,
    to_unicode: bool | Mapping[str, str],
) -> int:
    """Add the font, its descriptor, its file and its ToUnicode map; return the number of the font."""
    head = f"<< /Length {len(font.packed)} /Length1 {font.length} /Filter /FlateDecode >>\nstream\n"
    file = _add(objects, head.encode() + font.packed + b"\nendstream")
    descriptor = _add(
        objects,
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [{' '.join(map(str, font.box))}] "
        f"/ItalicAngle {-12 if 'Italic' in font.name else 0} /Ascent {font.ascent} /Descent {font.descent} "
        f"/CapHeight {font.ascent} /StemV {140 if 'Bold' in font.name else 80} "
        f"/FontFile2 {file} 0 R >>".encode(),
    )
    widths = " ".join(f"{glyph} [{font.widths[glyph]}]" for glyph in sorted(used))
    descendant = _add(
        objects,
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDToGIDMap /Identity "
        f"/DW 1000 /W [{widths}] "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        f"/FontDescriptor {descriptor} 0 R >>".encode(),
    )
    unicode_entry = ""
    if to_unicode:
        told = to_unicode if isinstance(to_unicode, Mapping) else {}
        named = {glyph: told.get(letter, letter) for glyph, letter in used.items()}
        unicode_entry = f"/ToUnicode {_add(objects, _stream(_unicode_map(named)))} 0 R "
    return _add(
        objects,
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H {unicode_entry}"
        f"/DescendantFonts [{descendant} 0 R] >>".encode(),
    )


def _unicode_map(used: Mapping[int, str]) -> bytes:
    pairs = [
        f"<{glyph:04X}> <{letter.encode('utf-16-be').hex().upper()}>"
        for glyph, letter in sorted(used.items())
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    for start in range(0, len(pairs), 100):  # a block holds at most 100 pairs
        block = pairs[start : start + 100]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode()


def _page_content(lines: Sequence[Line], rules: Sequence[Rule], *, invisible: bool) -> bytes:
    parts = [f"0.5 w {' '.join(map(_number, r[:2]))} m {' '.join(map(_number, r[2:]))} l S" for r in rules]
    for line in lines:
        codes = "".join(f"{glyph:04X}" for glyph in find_glyphs(line.text, load_font(line.style)))
        mode = "3 Tr " if invisible else ""
        place = f"{_number(line.x)} {_number(line.y)} Td"
        if line.angle:
            c, s = math.cos(math.radians(line.angle)), math.sin(math.radians(line.angle))
            place = f"{' '.join(map(_number, (c, s, -s, c, line.x, line.y)))} Tm"
        parts.append(f"BT {mode}/{line.style} {_number(line.size)} Tf {place} <{codes}> Tj ET")
    return "\n".join(parts).encode()


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _assemble(objects: list[bytes], kids: Sequence[int]) -> bytes:
    """Return the file: header, objects, cross-references, trailer. Object 1 is the catalogue, 2 the pages."""
    tree = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<< /Type /Pages /Kids [{tree}] /Count {len(kids)} >>".encode()
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets: list[int] = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _written(writer: pypdf.PdfWriter) -> bytes:
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()
