"""Heads of forms: number, name, who reports and to whom, side by side; who signs below."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from docanalyze.core.document import Document
from docanalyze.read.pdf import read_pdf
from docanalyze.read.source import identify_bytes
from tests import factories
from tests.factories import Line, measure_text

CODE = ("Biểu số: 005.H/BCTN", "Ban hành theo Quyết định", "số 31/QĐ-CTL ngày", "12/3/2024")
NAME = ("KẾT QUẢ GIEO TRỒNG", "VỤ HÈ THU", "Tháng 6 năm 2024")
PARTIES = ("- Đơn vị báo cáo:", "Trạm khuyến nông Mỹ Lợi", "- Đơn vị nhận báo cáo:", "Chi cục Trồng trọt")


def read(lines: Sequence[Line]) -> Document:
    return read_pdf(identify_bytes(factories.make_text_pdf([lines]), name="x.pdf"), ocr="never")


def texts_of(document: Document) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks]


def corner(
    x: float, top: float, texts: Sequence[str], *, step: float = 16, middle: bool = False
) -> list[Line]:
    return [
        Line(x - measure_text(text, 12) / 2 if middle else x, top - step * i, text, 12)
        for i, text in enumerate(texts)
    ]


def table(top: float) -> list[Line]:
    rows = (("Lúa", "1.240", "1.185"), ("Bắp", "310", "296"), ("Đậu xanh", "95", "101"))
    return [
        Line(x, top - 18 * i, cell, 12)
        for i, row in enumerate(rows)
        for x, cell in zip((85, 300, 430), row, strict=True)
    ]


@pytest.mark.parametrize("drop", [0.0, 8.0, -16.0])
def test_the_corners_of_a_form_are_read_one_by_one_and_its_name_above_the_table(drop: float) -> None:
    lines = corner(85, 780, CODE) + corner(312, 780, NAME, middle=True) + corner(400, 780 - drop, PARTIES)
    document = read([*sorted(lines, key=lambda line: -line.y), *table(690)])
    assert document.text.replace("\n\n", " ").startswith(" ".join([*CODE, *PARTIES, *NAME]))
    assert [len(table.columns) for table in document.tables] == [3]


def test_a_form_with_two_corners() -> None:
    issuer = ("CÔNG TY CẤP NƯỚC LONG SƠN", "Số 7, đường Trưng Trắc, phường 2")
    form = ("Mẫu số B 02 - DN", "(Ban hành theo Thông tư số 90/2024/TT-BXX", "ngày 22/12/2024 của Bộ)")
    lines = sorted(corner(85, 780, issuer) + corner(320, 780, form), key=lambda line: -line.y)
    document = read([*lines, Line(200, 710, "KẾT QUẢ HOẠT ĐỘNG", 13, "bold"), *table(660)])
    assert texts_of(document)[:4] == [*issuer, form[0], " ".join(form[1:])]


def test_a_list_of_forms_is_read_row_by_row() -> None:
    names = ("- Bảng cân đối vật tư", "- Báo cáo nhập và xuất kho", "- Thuyết minh số liệu")
    forms = ("Mẫu số B 01 - VT", "Mẫu số B 02 - VT", "Mẫu số B 03 - VT")
    lines = sorted(corner(85, 780, names) + corner(380, 780, forms), key=lambda line: -line.y)
    text = read(lines).text
    places = [text.index(part) for pair in zip(names, forms, strict=True) for part in pair]
    assert places == sorted(places)


def test_who_signs_beside_one_below_a_date() -> None:
    maker = ("Người lập biểu", "(Ký, họ tên)", "", "Lê Thị Mỹ Hạnh")
    head = ("Ngày 16 tháng 6 năm 2024", "Thủ trưởng đơn vị", "(Ký, đóng dấu)", "Võ Quang Minh")
    lines = corner(170, 560, maker, middle=True) + corner(420, 560, head, middle=True)
    document = read([*table(690), *sorted((x for x in lines if x.text), key=lambda line: -line.y)])
    signed = [document.text[b.start : b.end] for b in document.blocks if b.kind == "signature"]
    assert signed == [*filter(None, maker), *head]
