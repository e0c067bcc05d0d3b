"""Pages that are cut down: what lies outside is not on the page, whichever way it is turned."""

from __future__ import annotations

import io

import pypdf
import pytest
from pypdf.generic import NameObject, RectangleObject

from docanalyze.core.span import Span
from docanalyze.read.pdf import read_pdf
from docanalyze.read.source import identify_bytes
from tests import factories
from tests.factories import Line

CROP = (100.0, 80.0, 510.0, 780.0)
INSIDE = [
    Line(120, 700, "UBND HUYỆN MỘC GIANG", style="bold"),
    Line(120, 660, "Thu ngân sách sáu tháng đạt 1.250 tỷ đồng, bằng 52% dự toán"),
    Line(120, 642, "năm và tăng 7,5% so với cùng kỳ."),
]
OUTSIDE = [
    Line(120, 800, "BẢN IN THỬ LẦN 2"),
    Line(120, 40, "Xưởng in số 3"),
    Line(20, 660, "Tờ 15"),
    Line(520, 642, "Gáy sách"),
]


def _move(data: bytes, dx: float, dy: float) -> bytes:
    """Return a PDF whose pages have their origin elsewhere."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    for page in writer.pages:
        boxes = {name: [float(v) for v in page[name]] for name in ("/MediaBox", "/CropBox")}
        page.add_transformation((1, 0, 0, 1, dx, dy))
        for name, (x0, y0, x1, y1) in boxes.items():
            page[NameObject(name)] = RectangleObject((x0 + dx, y0 + dy, x1 + dx, y1 + dy))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
@pytest.mark.parametrize("origin", [(0.0, 0.0), (-300.0, 250.0)])
def test_what_lies_outside_of_the_crop_is_not_read(angle: int, origin: tuple[float, float]) -> None:
    data = factories.make_text_pdf([INSIDE + OUTSIDE], crop=CROP, rotate=angle)
    document = read_pdf(
        identify_bytes(_move(data, *origin) if any(origin) else data, name="x.pdf"), ocr="never"
    )
    whole = " ".join(line.text for line in INSIDE)
    assert " ".join(document.text[b.start : b.end] for b in document.blocks) == whole
    at = document.text.index("1.250")
    (box,) = document.places.find_boxes([Span(at, at + 5)])
    x = 120 + factories.measure_text("Thu ngân sách sáu tháng đạt ")
    upright = (x - CROP[0], CROP[3] - 660)
    wide, high = CROP[2] - CROP[0], CROP[3] - CROP[1]
    left, base = {
        0: upright, 90: (high - upright[1], upright[0]),
        180: (wide - upright[0], high - upright[1]), 270: (upright[1], wide - upright[0]),
    }[angle]  # fmt: skip
    assert box.x0 - 15 <= left <= box.x1 + 15
    assert box.top - 15 <= base <= box.bottom + 15


def test_what_the_edge_cuts_through_is_read_whole() -> None:
    line = Line(120, 700, "Thu ngân sách đạt 1.250")
    edge = 120 + factories.measure_text("Thu ngân sách đạt 1.")
    data = factories.make_text_pdf([[line]], crop=(100, 80, edge, 780))
    assert read_pdf(identify_bytes(data, name="x.pdf"), ocr="never").text.strip() == line.text


def test_a_word_outside_of_it_leaves_no_gap_in_a_line() -> None:
    before = Line(120 - factories.measure_text("Tờ 15 "), 660, "Tờ 15 " + INSIDE[1].text)
    data = factories.make_text_pdf([[INSIDE[0], before, INSIDE[2]]], crop=(119, 80, 510, 780))
    document = read_pdf(identify_bytes(data, name="x.pdf"), ocr="never")
    assert " ".join(document.text[b.start : b.end] for b in document.blocks) == " ".join(
        line.text for line in INSIDE
    )


def test_a_line_that_runs_over_the_edge_of_its_sheet_is_read() -> None:
    line = Line(300, 700, INSIDE[1].text)
    document = read_pdf(identify_bytes(factories.make_text_pdf([[line]]), name="x.pdf"), ocr="never")
    assert document.text.strip() == line.text
