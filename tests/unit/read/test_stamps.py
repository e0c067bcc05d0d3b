"""Text that only annotations and signature fields show."""

from __future__ import annotations

import io

import pypdf
import pytest
from pypdf.generic import ArrayObject, FloatObject, NameObject

from docanalyze.core.document import Document
from docanalyze.core.span import Span
from docanalyze.read.pdf import read_pdf
from docanalyze.read.source import identify_bytes
from docanalyze.segment.report import describe_report
from tests import factories
from tests.factories import Line, Stamp

SIGNED = ("Người ký: Ủy ban nhân dân huyện Mộc Giang", "Thời gian ký: 16.06.2023 09:15:21 +07:00")


def read_stamped(lines: list[Line], stamps: list[Stamp], *, angle: int = 0) -> Document:
    data = factories.stamp_pdf(factories.make_text_pdf([lines]), stamps)
    data = factories.rotate_pages(data, angle) if angle else data
    return read_pdf(identify_bytes(data, name="x.pdf"), ocr="never")


def stamps_of(document: Document) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind == "stamp"]


def prose() -> list[Line]:
    return [
        Line(85, 600 - 18 * i, "Trong kỳ, huyện đã chỉ đạo các phòng, ban và các xã rà soát.")
        for i in range(6)
    ]


@pytest.mark.parametrize("subtype", ["/Stamp", "/Widget", "/FreeText"])
def test_what_an_annotation_shows_is_a_stamp(subtype: str) -> None:
    document = read_stamped(prose(), [Stamp((300, 700, 580, 745), SIGNED, subtype, 10)])
    assert stamps_of(document) == [" ".join(SIGNED)]
    start = document.text.index("09:15")
    (box,) = document.places.find_boxes([Span(start, start + 5)])
    assert 300 <= box.x0 < box.x1 <= 580
    assert 842 - 745 <= box.top < box.bottom <= 842 - 700


def test_the_page_itself_is_read_as_before() -> None:
    plain = read_pdf(identify_bytes(factories.make_text_pdf([prose()]), name="x.pdf"), ocr="never")
    stamped = read_stamped(prose(), [Stamp((300, 700, 580, 745), SIGNED, "/Widget", 10)])
    kept = [stamped.text[b.start : b.end] for b in stamped.blocks if b.kind != "stamp"]
    assert kept == [plain.text[b.start : b.end] for b in plain.blocks]


def test_a_stamp_over_a_line_takes_no_word_of_it() -> None:
    document = read_stamped(prose(), [Stamp((85, 590, 400, 615), ("215",), "/Stamp", 10)])
    assert stamps_of(document) == ["215"]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_stamps_of_turned_pages(angle: int) -> None:
    document = read_stamped(prose(), [Stamp((300, 700, 580, 745), SIGNED, "/Widget", 10)], angle=angle)
    assert stamps_of(document) == [" ".join(SIGNED)]


def letterhead(number: str, day: str) -> list[Line]:
    return [
        Line(85, 790, "UBND TỈNH QUẾ LAM", 12), Line(85, 775, "ỦY BAN NHÂN DÂN", 12, "bold"),
        Line(85, 760, "HUYỆN MỘC GIANG", 12, "bold"),
        Line(300, 790, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 11, "bold"),
        Line(340, 775, "Độc lập - Tự do - Hạnh phúc", 12, "bold"),
        Line(85, 735, number, 12), Line(300, 735, day, 12, "italic"),
        Line(260, 700, "BÁO CÁO", 14, "bold"), Line(200, 682, "Tình hình 6 tháng đầu năm 2023", 14, "bold"),
        *prose(),
    ]  # fmt: skip


def test_a_number_and_a_date_stamped_into_blanks_are_the_reports() -> None:
    lines = letterhead("Số:           /BC-UBND", "Mộc Giang, ngày        tháng       năm 2023")
    x = 85 + factories.measure_text("Số:  ", 12)
    day = 300 + factories.measure_text("Mộc Giang, ngày ", 12)
    month = day + factories.measure_text("       tháng ", 12)
    stamps = [
        Stamp((x, 732, x + 30, 748), ("215",), "/FreeText", 12),
        Stamp((day, 732, day + 20, 748), ("16",), "/FreeText", 12),
        Stamp((month, 732, month + 18, 748), ("6",), "/FreeText", 12),
    ]
    report = describe_report(read_stamped(lines, stamps))
    assert (report.number, report.date, report.place) == ("215/BC-UBND", "2023-06-16", "Mộc Giang")
    assert not report.draft


def test_the_time_of_signing_dates_a_report_that_has_no_other_date() -> None:
    lines = letterhead("Số: 215/BC-UBND", "Mộc Giang, ngày     tháng     năm 2023")
    report = describe_report(read_stamped(lines, [Stamp((300, 620, 580, 665), SIGNED, "/Widget", 10)]))
    assert report.date == "2023-06-16"
    assert "date" in report.implied
    assert report.number == "215/BC-UBND"
    assert report.signer == "Ủy ban nhân dân huyện Mộc Giang"


def test_blanks_without_stamps_stay_a_draft() -> None:
    lines = letterhead("Số:           /BC-UBND", "Mộc Giang, ngày        tháng       năm 2023")
    report = describe_report(read_stamped(lines, []))
    assert (report.number, report.date, report.draft) == (None, None, True)


@pytest.mark.parametrize("rect", [(300, 700, 300, 745), (1300, 700, 1580, 745), (300, 850, 580, 895)])
def test_a_stamp_that_nobody_sees_is_not_read(rect: tuple[int, int, int, int]) -> None:
    assert stamps_of(read_stamped(prose(), [Stamp(rect, SIGNED, "/Widget", 10)])) == []


def test_a_stamp_on_its_side_is_read_along_its_side() -> None:
    data = factories.stamp_pdf(
        factories.make_text_pdf([prose()]), [Stamp((300, 650, 580, 695), SIGNED, "/Widget", 10)]
    )
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    annotation = writer.pages[0]["/Annots"][0].get_object()
    annotation["/AP"]["/N"][NameObject("/Matrix")] = ArrayObject(map(FloatObject, (0, 1, -1, 0, 0, 0)))
    annotation[NameObject("/Rect")] = ArrayObject(map(FloatObject, (500, 100, 545, 380)))
    out = io.BytesIO()
    writer.write(out)
    document = read_pdf(identify_bytes(out.getvalue(), name="x.pdf"), ocr="never")
    assert stamps_of(document) == [" ".join(SIGNED)]
