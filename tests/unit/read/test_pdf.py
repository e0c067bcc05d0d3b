from __future__ import annotations

from array import array
from collections import Counter
from pathlib import Path

import pytest

from docanalyze.core.document import Block, Document
from docanalyze.core.errors import DamagedPdf, EncryptedPdf, LimitExceeded, UsageError
from docanalyze.core.span import Box, Span
from docanalyze.read.ends import PieceEnds
from docanalyze.read.pdf import read_pdf
from docanalyze.read.pieces import find_fills
from docanalyze.read.source import Limits, identify_bytes, load_file
from tests import factories
from tests.factories import Line, Rule


def read_bytes(data: bytes, **options: object) -> Document:
    return read_pdf(identify_bytes(data, name="test.pdf"), **options)  # type: ignore[arg-type]


def text_of(document: Document, block: Block) -> str:
    return document.text[block.start : block.end]


def kinds_of(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, text_of(document, block)) for block in document.blocks]


@pytest.fixture(scope="module")
def report(samples: Path) -> Document:
    return read_pdf(load_file(samples / "bao-cao-6-thang-2023.pdf"))


def test_blocks_cover_the_text_in_order(report: Document) -> None:
    at = 0
    for block in report.blocks:
        assert block.start >= at
        assert not report.text[at : block.start].strip()
        at = block.end
    assert at == len(report.text)


def test_the_letterhead_is_read_column_by_column(report: Document) -> None:
    heads = [text for kind, text in kinds_of(report) if kind == "letterhead"]
    assert heads[0] == "UBND TỈNH QUẾ LAM"
    assert heads[1] == "ỦY BAN NHÂN DÂN HUYỆN MỘC GIANG"
    assert "Số: 215/BC-UBND" in heads
    assert heads[-1] == "Mộc Giang, ngày 16 tháng 6 năm 2023"


def test_page_numbers_and_notes_are_labelled_and_in_no_paragraph(report: Document) -> None:
    kinds = Counter(kind for kind, _ in kinds_of(report))
    assert kinds["page-number"] == 6
    assert kinds["footnote"] == 3
    assert kinds["table"] == 2
    assert kinds["signature"] == 2
    notes = [block for block in report.blocks if block.kind == "footnote"]
    assert [note.marker for note in notes] == ["1", "2", "3"]
    for note in notes:
        (place,) = note.refers_from
        assert place.of(report.text) in "¹²³"


def test_a_paragraph_over_a_page_is_one_block_on_two_pages(report: Document) -> None:
    broken = [
        b
        for b in report.blocks
        if b.kind in ("paragraph", "list-item") and len({x.page for x in b.boxes}) == 2
    ]
    assert broken
    for block in broken:
        assert "\n" not in text_of(report, block)


def test_the_table_that_goes_on_is_one_table(report: Document) -> None:
    table = report.tables[1]
    assert [part.page for part in table.parts] == [2, 3]
    assert sum(cell.header for cell in table.cells if cell.row < 2) == 10
    assert [c.text for c in table.cells if c.row == 12][1] == "Toàn huyện"
    assert table.columns[3].unit == "tạ/ha"
    assert report.tables[0].unit == "tỷ đồng"
    assert report.tables[0].columns[5].header == ("So sánh (%)", "Với kế hoạch")
    assert report.tables[0].columns[5].formula == "4=3/1"


def test_cells_stand_in_the_text(report: Document) -> None:
    for table in report.tables:
        for cell in table.cells:
            assert report.text[cell.start : cell.end] == cell.text
            assert bool(cell.boxes) == bool(cell.text)


def test_pages_are_graded(report: Document) -> None:
    assert all(page.grade is not None and page.grade > 0.95 for page in report.pages)


def two_lines() -> list[Line]:
    return [
        Line(85, 700, "Trong kỳ, giá trị sản xuất của toàn huyện theo giá so sánh ước đạt 3.805,69"),
        Line(85, 680, "tỷ đồng, tăng 8,99% so với cùng kỳ năm trước, vượt mục tiêu đề ra đầu năm."),
    ]


def test_a_span_over_two_lines_has_two_boxes() -> None:
    document = read_bytes(factories.make_text_pdf([two_lines()]))
    start = document.text.index("3.805,69 tỷ đồng")
    boxes = document.places.find_boxes([Span(start, start + len("3.805,69 tỷ đồng"))])
    assert len(boxes) == 2
    assert boxes[0].top < boxes[1].top
    assert boxes[0].x0 > boxes[1].x0


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_boxes_are_those_of_the_page_as_shown(angle: int) -> None:
    plain = read_bytes(factories.make_text_pdf([two_lines()]))
    turned = read_bytes(factories.make_text_pdf([two_lines()], rotate=angle))
    width, height = (595, 842) if angle == 180 else (842, 595)
    assert (turned.pages[0].width, turned.pages[0].height) == (width, height)
    start = turned.text.index("3.805,69")
    (box,) = turned.places.find_boxes([Span(start, start + 8)])
    at = plain.text.index("3.805,69")
    (upright,) = plain.places.find_boxes([Span(at, at + 8)])
    x0, top, x1, bottom = upright.x0, upright.top, upright.x1, upright.bottom
    expected = {
        90: (842 - bottom, x0, 842 - top, x1),
        180: (595 - x1, 842 - bottom, 595 - x0, 842 - top),
        270: (top, 595 - x1, bottom, 595 - x0),
    }[angle]
    assert (box.x0, box.top, box.x1, box.bottom) == pytest.approx(expected, abs=1.5)


def test_a_cropped_page_counts_from_its_crop() -> None:
    document = read_bytes(factories.make_text_pdf([two_lines()], crop=(50, 100, 560, 800)))
    assert (document.pages[0].width, document.pages[0].height) == (510, 700)
    (box,) = document.places.find_boxes([Span(0, 5)])
    assert box.x0 == pytest.approx(35, abs=1)
    assert box.bottom == pytest.approx(800 - 700 + 3, abs=3)


def test_a_raised_digit_is_a_mark_and_not_part_of_a_figure() -> None:
    width = factories.measure_text("Toàn huyện có 320")
    lines = [
        Line(85, 700, "Toàn huyện có 320"),
        Line(85 + width, 705, "1", 8),
        Line(85 + width + 4, 700, " hộ nghèo, chiếm 2,31% tổng số hộ trên địa bàn."),
    ]
    document = read_bytes(factories.make_text_pdf([lines]))
    assert "có 320¹ hộ nghèo" in document.text


@pytest.mark.parametrize(("size", "up"), [(8.0, 4.0), (11.7, 6.0)])
def test_a_raised_digit_is_known_by_its_height_too(size: float, up: float) -> None:
    x = 85 + factories.measure_text("Diện tích 10")
    line = [
        Line(85, 700, "Diện tích 10"),
        Line(x, 700 + up, "3", size),
        Line(x + 8, 700, "ha, đợt"),
        Line(x + 60, 700, "2", 12),
    ]
    document = read_pdf(identify_bytes(factories.make_text_pdf([line]), name="x.pdf"))
    assert document.text == "Diện tích 10³ ha, đợt 2"


def test_a_document_number_goes_on_over_the_line_end_without_a_space() -> None:
    lines = [
        Line(85, 700, "Ủy ban nhân dân huyện triển khai kịp thời, đúng hạn Kế hoạch số 61/KH-"),
        Line(85, 680, "UBND của Ủy ban nhân dân tỉnh, giữa các xã và thị trấn trên địa bàn huyện."),
    ]
    assert "61/KH-UBND của" in read_bytes(factories.make_text_pdf([lines])).text


def test_a_running_head_is_a_header_on_every_page() -> None:
    pages = []
    for number in range(1, 5):
        body = [
            Line(85, 700 - 18 * i, f"Nội dung trang {number}, dòng {i}, của báo cáo tình hình kinh tế huyện")
            for i in range(9)
        ]
        pages.append([Line(200, 800, "BÁO CÁO THÁNG 5"), Line(300, 40, f"Trang {number}"), *body])
    document = read_bytes(factories.make_text_pdf(pages))
    kinds = Counter(kind for kind, _ in kinds_of(document))
    assert kinds["header"] == 4
    assert kinds["page-number"] == 4


def table_pdf() -> bytes:
    rows, xs, ys = 3, (85, 185, 285, 385), (700, 680, 660, 640)
    rules = [Rule(xs[0], y, xs[-1], y) for y in ys] + [Rule(x, ys[0], x, ys[-1]) for x in xs]
    texts = (("Chỉ tiêu", "Kế hoạch", "Thực hiện"), ("Lúa", "1.200", "1.150"), ("Ngô", "300", "-"))
    lines = [Line(xs[c] + 4, ys[r] - 14, texts[r][c], 11) for r in range(rows) for c in range(3)]
    return factories.make_text_pdf([lines], rules=[rules])


@pytest.mark.parametrize("beside", ["Số: 123/BC-UBND", ""])
def test_a_running_head_may_change_by_chapter(beside: str) -> None:
    chapters = [
        "Phần I. Tình hình",
        "Phần I. Tình hình",
        "Phần II. Kết quả",
        "Phần III. Tồn tại",
        "Phần IV. Đề xuất",
    ]
    verbs = ["rà soát", "kiểm tra", "tổng hợp", "đối chiếu", "công khai"]
    pages = [
        [
            Line(85, 800, chapter, 10, "italic"),
            *([Line(440, 800, beside, 10)] if beside else []),
            *(Line(85, 760 - 20 * i, f"Các xã đã {verb} khoản thứ {i + 1}.") for i in range(12)),
        ]
        for chapter, verb in zip(chapters, verbs, strict=True)
    ]  # fmt: skip
    document = read_bytes(factories.make_text_pdf(pages))
    heads = [document.text[b.start : b.end] for b in document.blocks if b.kind == "header"]
    assert [head for head in heads if head != beside] == chapters
    assert not any(b.kind == "heading" for b in document.blocks)


def test_rulings_make_a_table() -> None:
    document = read_bytes(table_pdf())
    (table,) = document.tables
    assert [cell.text for cell in table.cells if cell.row == 1] == ["Lúa", "1.200", "1.150"]
    assert [cell.header for cell in table.cells if cell.col == 0] == [True, False, False]
    assert [cell.role for cell in table.cells if cell.row == 2] == ["label", "value", "value"]


def test_a_frame_alone_is_no_table() -> None:
    rules = [
        Rule(80, 720, 500, 720),
        Rule(80, 600, 500, 600),
        Rule(80, 720, 80, 600),
        Rule(500, 720, 500, 600),
    ]
    assert read_bytes(factories.make_text_pdf([two_lines()], rules=[rules])).tables == ()


def test_pages_without_text_say_so() -> None:
    document = read_bytes(factories.make_image_only_pdf(pages=2), ocr="never")
    assert [warning.code for warning in document.warnings] == ["page-without-text"] * 2
    assert all(page.text_source is None for page in document.pages)
    assert read_bytes(factories.make_blank_pdf(1)).text == ""


def test_page_ranges_keep_the_pages_own_numbers(samples: Path) -> None:
    document = read_pdf(load_file(samples / "bao-cao-6-thang-2023.pdf"), pages=[(2, 3), (7, 9)])
    assert [page.number for page in document.pages] == [2, 3, 7]
    assert {box.page for block in document.blocks for box in block.boxes} == {2, 3, 7}


def test_refusals(samples: Path) -> None:
    data = (samples / "bao-cao-6-thang-2022.pdf").read_bytes()
    locked = factories.encrypt_pdf(data, "bí mật")
    with pytest.raises(EncryptedPdf):
        read_bytes(locked)
    with pytest.raises(EncryptedPdf):
        read_bytes(locked, password="sai")
    assert read_bytes(locked, password="bí mật").text == read_bytes(data).text
    with pytest.raises(LimitExceeded):
        read_bytes(data, limits=Limits(pages=3))
    with pytest.raises(UsageError):
        read_bytes(data, pages=[(50, 60)])
    with pytest.raises(DamagedPdf):
        read_bytes(b"%PDF-1.7\nnothing here\n%%EOF")


def test_progress_counts_pages(samples: Path) -> None:
    seen: list[tuple[int, int]] = []
    read_pdf(
        load_file(samples / "bao-cao-6-thang-2022.pdf"),
        progress=lambda done, total: seen.append((done, total)),
    )
    assert seen == [(i, 7) for i in range(1, 8)]


def test_boxes_lie_on_their_pages(report: Document) -> None:
    sizes = {page.number: page for page in report.pages}
    for block in report.blocks:
        for box in block.boxes:
            assert isinstance(box, Box)
            assert -1 <= box.x0 < box.x1 <= sizes[box.page].width + 1
            assert -1 <= box.top < box.bottom <= sizes[box.page].height + 1


class _Counted(list[tuple[int, int]]):
    """A list that counts how often it is read."""

    reads = 0

    def __getitem__(self, at: object) -> tuple[int, int]:
        self.reads += 1
        return super().__getitem__(at)  # type: ignore[index, return-value]


@pytest.mark.parametrize("columns", [13, 100_000])
def test_of_pieces_that_all_overlap_each_is_held_against_few(columns: int) -> None:
    def count_reads(number: int) -> int:
        pieces = _Counted((3 * i, 3 * i + 2) for i in range(number))
        first, last = array("f"), array("f")
        for i in range(number):
            x = 37.0 * (-i % columns)
            first.extend((x, 900.0, x + 5, 0.0))
            last.extend((x + 5, 900.0, x + 10, 0.0))
        find_fills(pieces, PieceEnds(first, last))
        return pieces.reads

    assert 0 < count_reads(1200) < 3 * count_reads(600)
