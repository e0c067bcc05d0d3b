"""Words that run across a page or along its side are read for themselves, the page as without them."""

from __future__ import annotations

import pytest

from docanalyze.core.document import Document
from docanalyze.read.pdf import read_pdf
from docanalyze.read.source import identify_bytes
from tests import factories
from tests.factories import Line, Rule

PROSE = (
    "Tính đến cuối tháng 9, toàn huyện đã thu 215,4 tỷ đồng, bằng 71,8% dự toán",
    "được giao; chi thường xuyên 168,2 tỷ đồng; còn 14 xã chưa nộp đủ quỹ phòng,",
    "chống thiên tai và 6 công trình chưa quyết toán xong phần khối lượng đã làm.",
)
BODY = [Line(85 + (30 if i % 3 == 0 else 0), 740 - 18 * i, PROSE[i % 3]) for i in range(24)]


def read(lines: list[Line], rules: list[Rule] | None = None, rotate: int = 0) -> Document:
    data = factories.make_text_pdf([lines], rules=[rules or []], rotate=rotate)
    return read_pdf(identify_bytes(data, name="xoay.pdf"), ocr="never")


def texts_of(document: Document, kind: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind == kind]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("angle", [45.0, 60.0, -40.0, 315.0])
@pytest.mark.parametrize("first", [True, False])
def test_a_watermark_stands_in_no_line(rotate: int, angle: float, first: bool) -> None:
    mark = Line(230, 420, "BẢN NHÁP", 70, "bold", angle)
    document = read([mark, *BODY] if first else [*BODY, mark], rotate=rotate)
    assert texts_of(document, "stamp") == ["BẢN NHÁP"]
    assert texts_of(document, "paragraph") == [" ".join(PROSE)] * 8


XS = [85.0, 120.0, 260.0, 300.0, 340.0, 400.0]
YS = [700.0, 620.0, 600.0, 580.0]
RULES = [Rule(XS[0], y, XS[-1], y) for y in YS] + [Rule(x, YS[-1], x, YS[0]) for x in XS]
CELLS = [
    Line(90, 655, "TT", 11, "bold"), Line(150, 655, "Tên xã", 11, "bold"),
    Line(285, 625, "Số hộ nghèo", 11, "bold", 90), Line(318, 625, "Hộ cận", 11, "bold", 90),
    Line(334, 625, "nghèo (hộ)", 11, "bold", 90), Line(374, 625, "Tỷ lệ (%)", 11, "bold", 90),
    Line(90, 606, "1", 11), Line(125, 606, "Tân Lộc", 11), Line(265, 606, "42", 11),
    Line(305, 606, "65", 11), Line(345, 606, "3,8", 11),
    Line(90, 586, "2", 11), Line(125, 586, "Phú Hòa", 11), Line(265, 586, "17", 11),
    Line(305, 586, "20", 11), Line(345, 586, "1,5", 11),
]  # fmt: skip


@pytest.mark.parametrize("rotate", [0, 90])
def test_heads_set_upright_in_narrow_columns_are_read_upwards(rotate: int) -> None:
    document = read(CELLS, RULES, rotate)
    (table,) = document.tables
    heads = ["TT", "Tên xã", "Số hộ nghèo", "Hộ cận nghèo (hộ)", "Tỷ lệ (%)"]
    assert [column.header for column in table.columns] == [(head,) for head in heads]
    assert texts_of(document, "stamp") == []


def test_a_watermark_over_a_table_is_in_no_cell() -> None:
    document = read([*CELLS, Line(150, 560, "MẬT", 60, "bold", 35)], RULES)
    (table,) = document.tables
    assert not any("MẬT" in cell.text for cell in table.cells)
    assert texts_of(document, "stamp") == ["MẬT"]


def test_a_note_along_the_margin_is_one_block() -> None:
    note = Line(40, 250, "Người ký: Văn phòng, 08/10/2024 09:15:02", 8, "regular", 90)
    document = read([*BODY, note])
    assert texts_of(document, "stamp") == ["Người ký: Văn phòng, 08/10/2024 09:15:02"]
    assert texts_of(document, "paragraph") == [" ".join(PROSE)] * 8


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_turned_page_of_single_letters_is_set_upright(angle: int) -> None:
    cos, sin = {90: (0, 1), 180: (-1, 0), 270: (0, -1)}[angle]
    rows = [["I", "II", "5", "x"], ["II", "V", "7", "-"], ["V", "X", "8", "x"]]
    places = [(60 * x, -20 * y, text) for y, row in enumerate(rows) for x, text in enumerate(row)]
    lines = [Line(300 + u * cos - v * sin, 400 + u * sin + v * cos, t, 12, angle=angle) for u, v, t in places]
    assert read(lines).text.split() == [text for row in rows for text in row]
