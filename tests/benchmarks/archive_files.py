"""Archives for measuring: reports of 1 to 20 pages (most of them short), and files made to do harm.

The reports are those of `corpus/dev`, their blocks repeated or cut to the pages wanted, every digit
drawn anew. The same seed gives the same bytes.
"""

from __future__ import annotations

import copy
import io
import random
import re
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pypdf
from pypdf.generic import DictionaryObject, NameObject, NumberObject, StreamObject

from corpus.tools.source import Block, SourceReport, parse_report
from corpus.tools.typeset import typeset_report
from tests import factories

SOURCES = Path(__file__).resolve().parents[2] / "corpus" / "dev"
_YEARS = re.compile(r"\b(?:19|20)\d\d\b|\d+")
_PAGE = 2200
"""Characters that fill a page."""
_SIDE, _WIDE = 32_000, 8_000


@cache
def _read_sources() -> tuple[SourceReport, ...]:
    return tuple(parse_report(path) for path in sorted(SOURCES.glob("*.report")))


def make_report(seed: int, *, pages: int | None = None) -> bytes:
    """Return a PDF of about `pages` pages; if None, by chance of 1 to 20, nine in ten of 1 to 3."""
    dice = random.Random(seed)
    pages = pages or dice.randint(1, 3 if dice.random() < 0.9 else 20)
    report = copy.deepcopy(dice.choice(_read_sources()))
    blocks: list[Block] = []
    left = pages * _PAGE
    while left > 0:
        for block in copy.deepcopy(report.blocks):
            if blocks and block.kind in ("title", "addressee"):
                continue
            left -= sum(len(line.text) for line in _list_lines(block))
            blocks.append(block)
            if left <= 0:
                break
    report.blocks[:] = blocks
    for block in (*report.blocks, *report.notes.values()):
        for line in _list_lines(block):
            line.text = _YEARS.sub(lambda found: _draw(found[0], dice), line.text)
    return typeset_report(report)


def _list_lines(block: Block) -> list:  # type: ignore[type-arg]
    return [cell.line for cell in block.table.cells] if block.table is not None else block.lines


def _draw(digits: str, dice: random.Random) -> str:
    """Return as many digits, drawn anew; years stay what they are."""
    if len(digits) == 4 and digits[:2] in ("19", "20"):
        return digits
    return dice.choice("123456789") + "".join(dice.choice("0123456789") for _ in digits[1:])


def write_reports(folder: Path, count: int, *, seed: int = 1, pages: int | None = None) -> None:
    """Write `count` reports into folders of fifty."""
    for number in range(count):
        path = folder / f"{number // 50:03}" / f"bao-cao-{number:04}.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(make_report(seed * 100_000 + number, pages=pages))


def make_huge_page() -> bytes:
    """Return a PDF with a page of text and a page that is one picture of a thousand megapixels."""
    squeeze = zlib.compressobj(9)
    row = bytes(_SIDE)
    packed = b"".join([*(squeeze.compress(row) for _ in range(_SIDE)), squeeze.flush()])
    lines = [factories.Line(85, 780 - 20 * n, f"Thu ngân sách đạt {n + 11} tỷ đồng.") for n in range(20)]
    writer = pypdf.PdfWriter(io.BytesIO(factories.make_text_pdf([lines])))
    picture = StreamObject()
    picture[NameObject("/Type")] = NameObject("/XObject")
    picture[NameObject("/Subtype")] = NameObject("/Image")
    for name, value in (("/Width", _SIDE), ("/Height", _SIDE), ("/BitsPerComponent", 8)):
        picture[NameObject(name)] = NumberObject(value)
    picture[NameObject("/ColorSpace")] = NameObject("/DeviceGray")
    picture[NameObject("/Filter")] = NameObject("/FlateDecode")
    picture._data = packed
    content = StreamObject()
    content.set_data(b"q %d 0 0 %d 0 0 cm /big Do Q" % (_WIDE, _WIDE))
    page = writer.add_blank_page(_WIDE, _WIDE)
    names = DictionaryObject({NameObject("/big"): writer._add_object(picture)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): names})
    page[NameObject("/Contents")] = writer._add_object(content)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def write_poisons(folder: Path) -> Iterator[str]:
    """Write the four files that do harm and yield their names; two do so by their name in the test's job."""
    for name, data in (
        ("hang.pdf", factories.make_text_pdf([[factories.Line(85, 700, "Báo cáo treo 1.")]])),
        ("abort.pdf", factories.make_text_pdf([[factories.Line(85, 700, "Báo cáo hỏng 2.")]])),
        ("anh-lon.pdf", make_huge_page()),
        ("khoa.pdf", factories.encrypt_pdf(factories.make_blank_pdf(), "x")),
    ):
        (folder / name).write_bytes(data)
        yield name
