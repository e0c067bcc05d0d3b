"""Text side by side on part of a page: a box beside a paragraph, cells of words without rules."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from docanalyze.core.document import Document
from docanalyze.read.pdf import read_pdf
from docanalyze.read.source import identify_bytes
from tests import factories
from tests.factories import Line, Rule

ABOVE = (
    "Ba tháng qua, hợp tác xã vừa thu hoạch lúa Đông Xuân vừa chuẩn bị giống",
    "cho vụ sau, đồng thời sửa xong hai tuyến kênh bị sạt lở từ năm trước.",
)
NARROW = (
    "Tổ thủy lợi đã nạo vét 4,2 km kênh nội đồng,",
    "bảo đảm nước tưới cho 310 ha lúa. Các hộ ven",
    "kênh tự nguyện hiến 850 m2 đất để mở rộng bờ",
    "bao, nhờ đó xe cơ giới đi lại thuận tiện hơn,",
    "chi phí vận chuyển giảm khoảng một phần năm",
)
BELOW = (
    "so với trước đây, và nông dân có thể bán lúa ngay tại ruộng cho thương lái.",
    "Riêng khu vực gò cao phía Bắc vẫn phải bơm hai cấp nên chi phí còn lớn.",
)
BOX = ("Nước tưới cho 310 ha", "kênh nạo vét được 4,2 km", "đất dân hiến là 850 m2")


def read(lines: Sequence[Line]) -> Document:
    return read_pdf(identify_bytes(factories.make_text_pdf([lines]), name="x.pdf"), ocr="never")


def texts_of(document: Document) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks]


def column(x: float, top: float, texts: Sequence[str], *, size: float = 13, step: float = 18) -> list[Line]:
    return [Line(x, top - step * i, text, size) for i, text in enumerate(texts)]


def drawn_out(x: float, right: float, y: float, text: str) -> list[Line]:
    """Return the words of a line that fills its measure."""
    words = text.split()
    gap = (right - x - sum(factories.measure_text(word) for word in words)) / (len(words) - 1)
    lines: list[Line] = []
    for word in words:
        lines.append(Line(x, y, word))
        x += factories.measure_text(word) + gap
    return lines


@pytest.mark.parametrize(("left", "box"), [(85.0, 390.0), (245.0, 85.0)])
def test_a_box_beside_a_paragraph_follows_it(left: float, box: float) -> None:
    lines = drawn_out(121, 520, 760, ABOVE[0]) + column(85, 742, ABOVE[1:])
    for i, text in enumerate(NARROW):
        lines += drawn_out(left + (0 if i else 30), left + 275, 712 - 18 * i, text)
    lines += column(box, 708, BOX, size=11, step=15)
    lines += drawn_out(85, 520, 622, BELOW[0]) + column(85, 604, BELOW[1:])
    document = read(lines)
    assert texts_of(document)[:3] == [" ".join(ABOVE), " ".join([*NARROW, *BELOW]), " ".join(BOX)]


NEAR_BOX = ("Ba tổ liên gia ở ấp Cồn", "góp 3 máy bơm dã chiến", "và trực 6 đêm liền")


@pytest.mark.parametrize(("size", "rise"), [(11, 4.0), (13, 0.0), (13, 3.0)])
def test_a_box_drawn_before_the_text_a_word_gap_beside_it_stays_apart(size: float, rise: float) -> None:
    # Every gap between them is as wide as one of a line that is drawn out.
    lines = column(370, 712 + rise, NEAR_BOX, size=size)
    lines += drawn_out(121, 520, 760, ABOVE[0]) + column(85, 742, ABOVE[1:])
    for i, text in enumerate(NARROW):
        lines += drawn_out(85 + (0 if i else 30), 361, 712 - 18 * i, text)
    lines += drawn_out(85, 520, 622, BELOW[0]) + column(85, 604, BELOW[1:])
    document = read(lines)
    assert texts_of(document) == [" ".join(ABOVE), " ".join([*NARROW, *BELOW]), " ".join(NEAR_BOX)]


def test_a_paragraph_that_begins_at_the_foot_of_a_box_goes_on_below_it() -> None:
    first = "Vụ hè thu tới, hợp tác xã dự kiến gieo thêm"
    lines = drawn_out(121, 520, 760, ABOVE[0]) + column(85, 742, ABOVE[1:])
    for i, text in enumerate(NARROW[:4]):
        lines += drawn_out(85 + (0 if i else 30), 361, 712 - 18 * i, text)
    lines += drawn_out(121, 361, 640, first)
    lines += column(390, 708, BOX, size=11, step=15)
    lines += drawn_out(85, 520, 622, BELOW[0]) + column(85, 604, BELOW[1:])
    assert " ".join([first, *BELOW]) in texts_of(read(lines))


def test_a_paragraph_beside_a_ruled_table_is_whole_and_the_table_follows_it() -> None:
    lines = drawn_out(121, 520, 760, ABOVE[0]) + drawn_out(85, 520, 742, ABOVE[1])
    for i, text in enumerate(NARROW):
        lines += drawn_out(85 + (0 if i else 30), 361, 712 - 18 * i, text)
    rows = [("Bảng 1. Kênh", ""), ("Kênh Ba", "4,2 km"), ("Kênh Tư", "3,1 km"), ("Bờ bao", "850 m")]
    xs, top = (380, 450, 520), 705
    for i, row in enumerate(rows):
        lines += [Line(x + 4, top + 4 - 18 * i, text, 11) for x, text in zip(xs, row, strict=False) if text]
    rules = [Rule(xs[0], top - 18 * i, xs[-1], top - 18 * i) for i in range(4)]
    rules += [Rule(x, top - 54, x, top) for x in xs]
    lines += drawn_out(85, 520, 622, BELOW[0]) + column(85, 604, BELOW[1:])
    data = factories.make_text_pdf([lines], rules=[rules])
    document = read_pdf(identify_bytes(data, name="x.pdf"), ocr="never")
    assert texts_of(document)[:3] == [" ".join(ABOVE), " ".join([*NARROW, *BELOW]), "Bảng 1. Kênh"]
    assert [block.kind for block in document.blocks][3:] == ["table"]


def test_cells_of_words_without_rules_are_read_row_by_row() -> None:
    rows = [
        (["Tổ sản xuất"], ["Gieo lại 12 ha bị ngập, bón", "thúc đúng lịch, ghi sổ đủ"], ["Tháng 7"]),
        (["Tổ dịch vụ vật tư", "và máy kéo"], ["Nhập đủ phân, giữ giá bán", "như vụ trước"], ["Quý III"]),
        (["Ban kiểm soát"], ["Đối chiếu công nợ với từng hộ", "trước khi chia lãi"], ["Tháng 12"]),
        (["Kế toán"], ["Lập báo cáo quyết toán năm và", "gửi phòng chuyên môn"], ["Tháng 1"]),
    ]  # fmt: skip
    lines, y = column(85, 760, ABOVE), 710.0
    for row in rows:
        for x, cell in zip((85, 240, 470), row, strict=True):
            lines += column(x, y, cell, step=15)
        y -= 15 * max(map(len, row)) + 9
    lines += column(85, y - 10, ABOVE)
    cells = "\t\n".join("\t".join(" ".join(cell) for cell in row) for row in rows)
    assert texts_of(read(lines)) == [" ".join(ABOVE), cells, " ".join(ABOVE)]


def test_two_columns_of_cells_of_words_are_read_row_by_row() -> None:
    rows = [
        (["Tổ dịch vụ vật tư", "và máy kéo"], ["Nhập đủ phân, giữ giá bán", "như vụ trước"]),
        (["Ban kiểm soát của", "hợp tác xã"], ["Đối chiếu công nợ với từng hộ", "trước khi chia lãi"]),
        (["Kế toán và thủ quỹ", "của tổ vay vốn"], ["Lập báo cáo quyết toán năm và", "gửi phòng chuyên môn"]),
    ]  # fmt: skip
    lines, y = column(85, 760, ABOVE), 710.0
    for row in rows:
        for x, cell in zip((85, 260), row, strict=True):
            lines += column(x, y, cell, step=15)
        y -= 15 * max(map(len, row)) + 9
    cells = [" ".join(cell) for row in rows for cell in row]
    assert texts_of(read([*lines, *column(85, y - 10, ABOVE)]))[1:-1] == cells


def test_names_with_offices_beside_them_are_read_across() -> None:
    names = ["Ông Giàng A Páo", "Bà Lường Thị Ín", "Ông Cà Văn Hặc", "Bà Sùng Thị Mỷ"]
    offices = ["- Giám đốc", "- Kế toán trưởng", "- Trưởng ban kiểm soát", "- Thủ quỹ"]
    lines = (
        column(85, 760, ABOVE) + column(85, 700, names) + column(300, 700, offices) + column(85, 600, ABOVE)
    )
    across = [text for pair in zip(names, offices, strict=True) for text in pair]
    assert texts_of(read(lines))[1:-1] == across


def test_a_page_full_of_short_text_side_by_side_takes_no_long_time() -> None:
    lines = [Line(60 + 90 * (i % 5), 800 - 2.5 * (i // 5), "từ ngữ rời", 4) for i in range(1500)]
    start = time.process_time()
    read(lines)
    assert time.process_time() - start < 10


@pytest.mark.parametrize("rise", [0.0, 9.0])
def test_cells_set_in_the_middle_of_a_row_without_rules_are_read_one_by_one(rise: float) -> None:
    row = (
        ("Vét mương", "nội đồng"),
        ("Xong 3,1 km, còn đoạn qua vườn", "nhãn đang chờ chủ vườn thu", "hoạch hết lứa trái này"),
        ("Tổ thủy", "nông"),
    )
    lines: list[Line] = []
    for at, cell in enumerate(row):
        top = 700 - 9 * (3 - len(cell)) + (rise if at == 2 else 0)
        lines += column((110, 220, 440)[at], top, cell, size=12)
    lines.append(Line(85, 682, "7", 12))
    document = read(sorted([*column(85, 760, ABOVE), *lines], key=lambda line: -line.y))
    assert texts_of(document)[1:] == ["7", *map(" ".join, row)]


def test_cells_set_in_the_middle_of_their_rows_are_a_table() -> None:
    rows = [
        (["Việc"], ["Kết quả"], ["Nơi làm"]),
        (["Vét mương", "nội đồng"], ["Xong 3,1 km, còn đoạn qua", "nhãn chờ chủ vườn", "thu"], ["Tổ dân"]),
        (["Sửa cống"], ["Thay hai cánh cống bị mục và", "đắp lại bờ"], ["Thôn Hạ"]),
        (["Trồng tre", "chắn sóng"], ["Đạt"], ["Bãi bồi, do", "hội nông dân", "trông coi"]),
    ]  # fmt: skip
    lines, y = column(85, 760, ABOVE), 700.0
    for row in rows:
        deepest = max(map(len, row))
        for x, cell in zip((85, 200, 430), row, strict=True):
            lines += column(x, y - 7.5 * (deepest - len(cell)), cell, size=12, step=15)
        y -= 15 * deepest + 8
    document = read(sorted([*lines, *column(85, y - 10, ABOVE)], key=lambda line: -line.y))
    (table,) = document.tables
    found = [[cell.text for cell in table.cells if cell.row == at] for at in range(4)]
    assert found == [[" ".join(cell) for cell in row] for row in rows]
    assert [block.kind for block in document.blocks] == ["paragraph", "table", "paragraph"]
