"""The labels of a chart beside prose: no table with the words of the prose, and no part of its lines."""

from __future__ import annotations

import pytest

from docanalyze.core.document import Document
from docanalyze.read.pdf import read_pdf
from docanalyze.read.source import identify_bytes
from tests import factories
from tests.factories import Line

NARROW = (
    "Sáu tháng qua, tổ đan lát của", "phụ nữ ấp Cồn đã giao 2.140 giỏ", "lục bình, nhiều hơn cùng kỳ",
    "năm ngoái 380 giỏ; giá bán tăng", "nên mỗi chị em có thêm chừng", "hai trăm nghìn đồng một tháng",
    "và yên tâm gắn bó với nghề cũ", "của xóm mình, nhất là vào mùa",
)  # fmt: skip
BELOW = (
    "nước nổi khi đồng ruộng không có việc. Hợp tác xã dự định mở thêm một lớp dạy nghề cho",
    "thanh niên trong ấp vào tháng tám tới, khi các em đã nghỉ hè và có thời gian học.",
)  # fmt: skip


def read(lines: list[Line]) -> Document:
    return read_pdf(identify_bytes(factories.make_text_pdf([lines]), name="x.pdf"), ocr="never")


def chart(x: float, top: float) -> list[Line]:
    """Return axis, values, names and legend of four columns, no rules among them."""
    lines = [Line(x, top - 20 * i, value, 9) for i, value in enumerate(("600", "450", "300", "150", "0"))]
    for i, (value, name) in enumerate((("310", "Tháng 3"), ("365", "Tháng 4"), ("402", "Tháng 5"))):
        lines += [Line(x + 45 + 50 * i, top - 35 + 8 * i, value, 9), Line(x + 40 + 50 * i, top - 92, name, 9)]
    return [*lines, Line(x + 40, top - 106, "Số giỏ đã giao hằng tháng, tính theo phiếu", 9)]


@pytest.mark.parametrize(("text", "figure"), [(85.0, 300.0), (305.0, 85.0)])
def test_labels_beside_a_paragraph_follow_it(text: float, figure: float) -> None:
    lines = [Line(text, 760 - 16 * i, line, 13) for i, line in enumerate(NARROW)]
    lines += chart(figure, 758) + [Line(85, 632 - 16 * i, line, 13) for i, line in enumerate(BELOW)]
    document = read(sorted(lines, key=lambda line: -line.y))
    found = [document.text[b.start : b.end] for b in document.blocks]
    assert not document.tables
    assert found[0] == " ".join([*NARROW, *BELOW])
    assert found[-1] == "Số giỏ đã giao hằng tháng, tính theo phiếu"
    assert found[found.index("310") + 1] == "Tháng 3"


def test_figures_in_smaller_type_below_a_paragraph_stay_a_table() -> None:
    lines = [Line(85, 760 - 16 * i, line, 13) for i, line in enumerate(BELOW)]
    rows = (("Ấp Cồn", "310", "402"), ("Ấp Chợ", "120", "165"), ("Ấp Bãi", "96", "101"))
    lines += [
        Line(x, 700 - 14 * i, cell, 9)
        for i, row in enumerate(rows)
        for x, cell in zip((85, 250, 350), row, strict=True)
    ]
    (table,) = read(lines).tables
    assert [cell.text for cell in table.cells] == [cell for row in rows for cell in row]
