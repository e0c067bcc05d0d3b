"""The fonts of ``tests/factories.py``: Liberation Serif from ``corpus/samples/fonts``."""

import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

FONTS = Path(__file__).resolve().parents[1] / "corpus" / "samples" / "fonts"

Style = Literal["regular", "bold", "italic", "bolditalic"]
_FILES: Mapping[Style, str] = {
    "regular": "LiberationSerif-Regular.ttf",
    "bold": "LiberationSerif-Bold.ttf",
    "italic": "LiberationSerif-Italic.ttf",
    "bolditalic": "LiberationSerif-BoldItalic.ttf",
}


@dataclass(frozen=True)
class Font:
    """What a PDF needs to know of a TrueType file; lengths are in 1/1000 of the type size."""

    name: str
    glyphs: Mapping[int, int]
    widths: Sequence[int]
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    packed: bytes
    length: int


def measure_text(text: str, size: float = 13.0, style: Style = "regular") -> float:
    """Return the width in points of ``text`` as ``make_text_pdf`` sets it."""
    font = load_font(style)
    return sum(font.widths[glyph] for glyph in find_glyphs(text, font)) * size / 1000


# The TrueType file: only what a PDF asks for (OpenType specification 1.9: head, hhea, hmtx, cmap format 4).


@cache
def load_font(style: Style) -> Font:
    data = (FONTS / _FILES[style]).read_bytes()
    tables: dict[bytes, int] = {}
    for index in range(struct.unpack_from(">H", data, 4)[0]):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * index)
        tables[tag] = offset
    em = struct.unpack_from(">H", data, tables[b"head"] + 18)[0]
    box = struct.unpack_from(">4h", data, tables[b"head"] + 36)
    ascent, descent = struct.unpack_from(">2h", data, tables[b"hhea"] + 4)
    measured = struct.unpack_from(">H", data, tables[b"hhea"] + 34)[0]
    count = struct.unpack_from(">H", data, tables[b"maxp"] + 4)[0]
    advances = list(struct.unpack_from(">" + "H2x" * measured, data, tables[b"hmtx"]))
    advances += advances[-1:] * (count - measured)
    left, bottom, right, top = (round(value * 1000 / em) for value in box)
    return Font(
        name=_FILES[style].removesuffix(".ttf").removesuffix("-Regular"),
        glyphs=dict(_read_cmap(data, tables[b"cmap"])),
        widths=[round(value * 1000 / em) for value in advances],
        box=(left, bottom, right, top),
        ascent=round(ascent * 1000 / em),
        descent=round(descent * 1000 / em),
        packed=zlib.compress(data, 6),
        length=len(data),
    )


def _read_cmap(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Yield code point and glyph number from the Windows Unicode table (platform 3, encoding 1, format 4)."""
    for index in range(struct.unpack_from(">H", data, start + 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHI", data, start + 4 + 8 * index)
        if (platform, encoding) == (3, 1):
            break
    else:
        raise ValueError("the font has no Windows Unicode cmap")
    table = start + offset
    segments = struct.unpack_from(">H", data, table + 6)[0] // 2
    ends = struct.unpack_from(f">{segments}H", data, table + 14)
    at = table + 16 + 2 * segments
    starts = struct.unpack_from(f">{segments}H", data, at)
    deltas = struct.unpack_from(f">{segments}H", data, at + 2 * segments)
    ranges = at + 4 * segments
    for index in range(segments):
        shift = struct.unpack_from(">H", data, ranges + 2 * index)[0]
        for code in range(starts[index], min(ends[index], 0xFFFE) + 1):
            glyph = code
            if shift:
                glyph = struct.unpack_from(
                    ">H", data, ranges + 2 * index + shift + 2 * (code - starts[index])
                )[0]
            if glyph or not shift:
                yield code, (glyph + deltas[index]) & 0xFFFF


def find_glyphs(text: str, font: Font) -> list[int]:
    missing = sorted({letter for letter in text if ord(letter) not in font.glyphs})
    if missing:
        raise ValueError(
            f"{font.name} has no glyph for {', '.join(f'U+{ord(letter):04X}' for letter in missing)}"
        )
    return [font.glyphs[ord(letter)] for letter in text]
