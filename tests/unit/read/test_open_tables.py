"""Tables without a full lattice of rules, laid out on the spot."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import pytest

from docanalyze.core.document import Document, Table
from docanalyze.read.lines import Line as PrintedLine
from docanalyze.read.pdf import read_pdf
from docanalyze.read.source import identify_bytes
from docanalyze.read.tables.open_grids import find_open_grids
from tests import factories
from tests.factories import Line, Rule, Style, measure_text

Column = tuple[float, float, str]
LABELLED: list[Column] = [(85, 260, "l"), (270, 310, "c"), (320, 390, "r"), (400, 470, "r"), (480, 530, "r")]
SIZE = 11.0
LEADING = 13.2
PROSE = (
    "Trong kỳ, các phòng chuyên môn đã phối hợp với đơn vị thu mua để rà soát",
    "lại toàn bộ sản lượng, đối chiếu chứng từ và gửi kết quả về phòng tài chính",
    "trước khi tổng hợp; phần còn lại sẽ báo cáo vào cuối quý sau theo quy định.",
)


def lay(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    top: float,
    pad: float = 4.0,
    place: str = "middle",
    style: Style = "regular",
) -> list[Line]:
    """Return the lines of rows below height `top`; lines of a cell are parted by `/`."""
    lines: list[Line] = []
    y = top
    for row in rows:
        height = max(len(cell.split("/")) for cell in row)
        for (x0, x1, align), cell in zip(columns, row, strict=True):
            parts = cell.split("/") if cell else []
            free = {"top": 0.0, "middle": (height - len(parts)) / 2, "bottom": float(height - len(parts))}[
                place
            ]
            for number, part in enumerate(parts):
                width = measure_text(part, SIZE, style)
                x = {"l": x0, "c": (x0 + x1 - width) / 2, "r": x1 - width}[align]
                lines.append(Line(x, y - (free + number) * LEADING, part, SIZE, style))
        y -= height * LEADING + pad
    return lines


def centred(columns: Sequence[Column]) -> list[Column]:
    return [(x0, x1, "c") for x0, x1, _ in columns]


def prose(top: float) -> list[Line]:
    return [Line(85, top - 18 * i, text, 13) for i, text in enumerate(PROSE)]


def read(*pages: list[Line], rules: Sequence[Sequence[Rule]] = ()) -> Document:
    data = factories.make_text_pdf(pages, rules=rules)
    return read_pdf(identify_bytes(data, name="bang.pdf"))


def rows_of(table: Table) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return list(rows.values())


HEAD = ["Chỉ tiêu", "ĐVT", "Kỳ trước", "Kỳ này", "So sánh/(%)"]
BODY = [
    ["Sản lượng cá lóc", "tấn", "1.204,5", "1.310", "108,8"],
    ["Số lồng bè đang thả nuôi trên/các nhánh sông phía Đông", "lồng", "86", "91", "105,8"],
    ["Doanh thu", "tỷ đồng", "45,10", "-", ""],
]


@pytest.mark.parametrize("place", ["top", "middle", "bottom"])
@pytest.mark.parametrize("pad", [0.5, 5.0])
def test_wrapped_labels_are_one_row_wherever_figures_stand(place: str, pad: float) -> None:
    lines = prose(760) + lay(centred(LABELLED), [HEAD], top=690, style="bold")
    lines += lay(LABELLED, BODY, top=650, place=place, pad=pad) + prose(540)
    document = read(lines)
    (table,) = document.tables
    assert rows_of(table) == [
        ["Chỉ tiêu", "ĐVT", "Kỳ trước", "Kỳ này", "So sánh (%)"],
        ["Sản lượng cá lóc", "tấn", "1.204,5", "1.310", "108,8"],
        ["Số lồng bè đang thả nuôi trên các nhánh sông phía Đông", "lồng", "86", "91", "105,8"],
        ["Doanh thu", "tỷ đồng", "45,10", "-", ""],
    ]
    assert [cell.role for cell in table.cells if cell.row == 3] == ["label", "unit", "value", "value", None]
    assert table.columns[4].unit == "%"
    assert [block.kind for block in document.blocks] == ["paragraph", "table", "paragraph"]


def test_cells_stand_in_the_text_by_tabs() -> None:
    document = read(lay(LABELLED, BODY, top=700) + prose(600))
    table = document.tables[0]
    block = next(block for block in document.blocks if block.kind == "table")
    assert (
        document.text[block.start : block.end].splitlines()[0]
        == "Sản lượng cá lóc\ttấn\t1.204,5\t1.310\t108,8\t"
    )
    for cell in table.cells:
        assert document.text[cell.start : cell.end] == cell.text
    assert {box.page for cell in table.cells for box in cell.boxes} == {1}


def test_a_spanning_head_is_the_path_of_its_columns() -> None:
    columns: list[Column] = [(85, 230, "l"), *((240 + 60 * i, 290 + 60 * i, "r") for i in range(5))]
    head = lay(
        [(85, 230, "c"), (240, 290, "c"), (300, 470, "c"), (480, 530, "c")],
        [["", "", "Năm 2024", ""]],
        top=700,
    )
    head += lay(centred(columns), [["Địa bàn", "Dự toán", "", "", "", "Cộng"]], top=692)
    head += lay(centred(columns), [["", "", "Quý I", "Quý II", "Quý III", ""]], top=684)
    body = [
        ["Xã Hòa Lạc", "120", "31", "28", "30", "89"],
        ["Xã Tân Bình", "98,5", "20", "25,5", "22", "67,5"],
    ]
    (table,) = read(head + lay(columns, body, top=662)).tables
    assert [column.header for column in table.columns] == [
        ("Địa bàn",), ("Dự toán",),
        ("Năm 2024", "Quý I"), ("Năm 2024", "Quý II"), ("Năm 2024", "Quý III"), ("Cộng",),
    ]  # fmt: skip
    spanning = next(cell for cell in table.cells if cell.text == "Năm 2024")
    assert (spanning.row, spanning.col, spanning.col_span) == (0, 2, 3)


@pytest.mark.parametrize(
    ("upper", "lower", "paths"),
    [
        (
            ["Vụ xuân", "", "Vụ mùa", ""], ["Diện tích", "Sản lượng"] * 2,
            [(season, kind) for season in ("Vụ xuân", "Vụ mùa") for kind in ("Diện tích", "Sản lượng")],
        ),
        (
            ["Năm 2024", "", "", "Cộng"], ["Tháng 1", "Tháng 2", "Tháng 3", ""],
            [("Năm 2024", "Tháng 1"), ("Năm 2024", "Tháng 2"), ("Năm 2024", "Tháng 3"), ("Cộng",)],
        ),
        (
            ["Diện tích", "", "", "Hộ"], ["gieo trồng", "Tấn", "Tạ", ""],
            [("Diện tích gieo trồng",), ("Tấn",), ("Tạ",), ("Hộ",)],
        ),
    ],
)  # fmt: skip
def test_a_head_flush_with_the_first_of_several_spans_them(
    upper: list[str], lower: list[str], paths: list[tuple[str, ...]]
) -> None:
    columns: list[Column] = [(85, 180, "l"), *((200 + 85 * i, 270 + 85 * i, "r") for i in range(4))]
    flush: list[Column] = [(x0, x1, "l") for x0, x1, _ in columns]
    head = lay(flush, [["Xã", *upper], ["", *lower]], top=700, pad=0, style="bold")
    body = [
        ["Hòa Lạc", "1.120", "3.166", "2.845", "30,5"],
        ["Tân Bình", "1.198", "2.070", "2.551", "22,0"],
        ["Phú Thọ", "1.301", "2.215", "2.608", "24,1"],
    ]
    (table,) = read(head + lay(columns, body, top=668)).tables
    assert [column.header for column in table.columns] == [("Xã",), *paths]


def test_an_index_row_and_a_head_of_years() -> None:
    columns: list[Column] = [
        (85, 110, "c"),
        (120, 290, "l"),
        *((300 + 60 * i, 350 + 60 * i, "r") for i in range(4)),
    ]
    body = [["1", "Gạch ốp", "12", "15", "18", "120"], ["2", "Ngói", "7", "-", "9", ""]]
    lines = lay(centred(columns), [["STT", "Nhóm hàng", "2021", "2022", "2023", "Tăng (%)"]], top=700)
    lines += lay(centred(columns), [["A", "B", "1", "2", "3", "4=3:2"]], top=680)
    (table,) = read(lines + lay(columns, body, top=660)).tables
    assert [cell.role for cell in table.cells if cell.row == 1] == ["index"] * 6
    assert table.columns[2].header == ("2021",)
    assert table.columns[5].formula == "4=3:2"
    assert [cell.role for cell in table.cells if cell.row == 2] == [
        "stt",
        "label",
        "value",
        "value",
        "value",
        "value",
    ]
    assert sum(cell.header for cell in table.cells) == 12


def test_a_column_with_a_head_and_nothing_else_is_kept() -> None:
    columns: list[Column] = [(85, 260, "l"), (270, 340, "r"), (350, 420, "r"), (440, 530, "l")]
    lines = lay(centred(columns), [["Khoản mục", "Thu", "Chi", "Ghi chú"]], top=700)
    lines += lay(columns, [["Phí đò ngang", "12,5", "9", ""], ["Chợ phiên", "30", "28,1", ""]], top=680)
    (table,) = read(lines).tables
    assert table.columns[3].header == ("Ghi chú",)
    assert rows_of(table)[1] == ["Phí đò ngang", "12,5", "9", ""]


def test_rules_between_columns_keep_words_apart() -> None:
    columns: list[Column] = [(85, 255, "l"), (262, 332, "r"), (338, 408, "r")]
    lines = lay(
        columns,
        [["Trồng rừng ven sông Ô Lâu, đợt hai", "1.250,5", "900"], ["Tre", "3", "4"], ["Keo", "5", "6"]],
        top=700,
    )
    strokes = [Rule(x, 714, x, 640) for x in (259, 335)]
    (table,) = read(lines, rules=[strokes]).tables
    assert rows_of(table)[0] == ["Trồng rừng ven sông Ô Lâu, đợt hai", "1.250,5", "900"]


def test_rules_around_the_head_end_the_table() -> None:
    lines = [Line(200, 730, "Phần thống kê dưới đây do trạm ghi", 11)]
    lines += lay(centred(LABELLED), [HEAD], top=700) + lay(LABELLED, BODY, top=660)
    lines += [Line(85, 592, "trạm lấy số vào 7 giờ sáng", 11)]
    strokes = [Rule(85, y, 530, y) for y in (713, 672, 600)]
    (table,) = read(lines, rules=[strokes]).tables
    assert len(rows_of(table)) == 4
    assert rows_of(table)[0][0] == "Chỉ tiêu"


def test_words_between_rules_across_are_rows() -> None:
    columns: list[Column] = [(85, 220, "l"), (235, 380, "l"), (395, 530, "l")]
    lines = prose(800) + lay(centred(columns), [["Việc", "Đơn vị làm", "Kết quả"]], top=700, style="bold")
    body = [
        ["Nạo vét kênh", "Tổ thủy nông/liên xã", "Xong đúng hạn"],
        ["Vá đê bao", "Dân quân xã", "Chờ nghiệm thu/đoạn cuối"],
        ["Trồng tre chắn sóng", "Hội nông dân", "Đạt"],
    ]
    lines += lay(columns, body, top=676, pad=8)
    strokes = [Rule(85, y, 530, y) for y in (714, 690, 655.5, 621, 600)]
    (table,) = read(lines, rules=[strokes]).tables
    assert rows_of(table) == [
        ["Việc", "Đơn vị làm", "Kết quả"],
        ["Nạo vét kênh", "Tổ thủy nông liên xã", "Xong đúng hạn"],
        ["Vá đê bao", "Dân quân xã", "Chờ nghiệm thu đoạn cuối"],
        ["Trồng tre chắn sóng", "Hội nông dân", "Đạt"],
    ]


def test_prose_between_rules_is_no_table() -> None:
    lines = [line for top in (780, 700, 620, 540) for line in prose(top)]
    strokes = [Rule(85, y, 530, y) for y in (800, 720, 640, 560, 490)]
    assert read(lines, rules=[strokes]).tables == ()


CONTINUED: list[Column] = [(85, 115, "c"), (125, 300, "l"), (310, 380, "r"), (390, 460, "r")]


def _numbered(first: int, last: int) -> list[list[str]]:
    return [[str(n), f"Trạm bơm số {n}", f"{n}0,5", f"{n}1"] for n in range(first, last + 1)]


def test_a_table_that_goes_on_over_pages_is_one_table() -> None:
    head = lay(centred(CONTINUED), [["STT", "Trạm", "Giờ chạy", "Điện"]], top=765)
    first = prose(820)[:1] + head + lay(CONTINUED, _numbered(1, 36), top=745)
    second = head + lay(CONTINUED, _numbered(37, 40), top=745) + prose(600)
    (table,) = read(first, second).tables
    assert [(part.page, part.first_row, part.last_row) for part in table.parts] == [(1, 0, 36), (2, 37, 40)]
    assert rows_of(table)[37] == ["37", "Trạm bơm số 37", "370,5", "371"]
    assert sum(cell.header for cell in table.cells) == 4


def test_a_page_with_a_single_row_goes_on_with_the_table() -> None:
    first = lay(centred(CONTINUED), [["STT", "Trạm", "Giờ chạy", "Điện"]], top=800)
    first += lay(CONTINUED, _numbered(1, 40), top=780)
    second = lay(CONTINUED, _numbered(41, 41), top=800) + prose(700)
    (table,) = read(first, second).tables
    assert rows_of(table)[-1] == ["41", "Trạm bơm số 41", "410,5", "411"]


def test_a_row_broken_by_the_page_is_one_row_in_both_parts() -> None:
    first = lay(centred(CONTINUED), [["STT", "Trạm", "Giờ chạy", "Điện"]], top=800)
    first += lay(
        CONTINUED, [*_numbered(1, 38), ["39", "Trạm bơm dã chiến đặt tại bờ bao", "8", "9"]], top=780
    )
    second = lay(CONTINUED, [["", "cồn phía Nam", "", ""], *_numbered(40, 41)], top=800) + prose(700)
    (table,) = read(first, second).tables
    assert rows_of(table)[39] == ["39", "Trạm bơm dã chiến đặt tại bờ bao cồn phía Nam", "8", "9"]
    assert [(part.first_row, part.last_row) for part in table.parts] == [(0, 39), (39, 41)]


@pytest.mark.parametrize("note", ["", "mới"])
def test_a_label_that_the_page_end_puts_below_its_figures_is_theirs(note: str) -> None:
    columns: list[Column] = [*CONTINUED, (480, 520, "l")]
    first = lay(centred(columns), [["STT", "Trạm", "Giờ chạy", "Điện", "Ghi chú"]], top=800)
    rows = [[*row, "cũ"] for row in _numbered(1, 41)]
    first += lay(columns, [*rows[:38], ["39", "", "8", "9", note]], top=780)
    label = ["", "Trạm bơm dã chiến đặt tại bờ bao/cồn phía Nam", "", "", ""]
    second = lay(columns, [label, *rows[39:]], top=800) + prose(700)
    (table,) = read(first, second).tables
    assert rows_of(table)[39] == ["39", "Trạm bơm dã chiến đặt tại bờ bao cồn phía Nam", "8", "9", note]
    assert rows_of(table)[40][0] == "40"


@pytest.mark.parametrize("place", ["l", "c"])
def test_names_of_groups_across_a_table_without_rules_are_rows(place: str) -> None:
    across: list[Column] = [(CONTINUED[0][0], CONTINUED[-1][1], place)]
    flush: list[Column] = [(85, 115, "l"), *CONTINUED[1:]]
    lines = lay(centred(CONTINUED), [["STT", "Trạm", "Giờ chạy", "Điện"]], top=700)
    for at, name in enumerate(["A. VÙNG GÒ", "B. VÙNG CỒN VÀ BỜ BAO"]):
        top = 683 - 52 * at
        lines += lay(across, [[name]], top=top, style="bold")
        lines += lay(flush if place == "l" else CONTINUED, _numbered(1, 2), top=top - 17)
    (table,) = read(lines).tables
    assert [row[1] for row in rows_of(table)] == [
        "Trạm",
        *("A. VÙNG GÒ", "Trạm bơm số 1", "Trạm bơm số 2"),
        *("B. VÙNG CỒN VÀ BỜ BAO", "Trạm bơm số 1", "Trạm bơm số 2"),
    ]
    assert not any(cell.text for cell in table.cells if cell.row in (1, 4) and cell.col != 1)


def test_two_tables_on_a_page_stay_apart() -> None:
    second = ["Khoản thu", "ĐVT", "Dự toán", "Thực hiện", "Đạt/(%)"]
    lines = lay(centred(LABELLED), [HEAD], top=760) + lay(LABELLED, BODY, top=725)
    lines += lay(centred(LABELLED), [second], top=650) + lay(LABELLED, BODY, top=615)
    tables = read(lines).tables
    assert [rows_of(table)[0][0] for table in tables] == ["Chỉ tiêu", "Khoản thu"]


@pytest.mark.parametrize(
    ("caption", "unit", "title", "found"),
    [
        ("Bảng 2. Nuôi trồng trong kỳ", "ĐVT: tấn", "Bảng 2. Nuôi trồng trong kỳ", "tấn"),
        ("Biểu số 3: Thu ngân sách", "(Đơn vị tính: triệu đồng)", "Biểu số 3: Thu ngân sách", "triệu đồng"),
        ("7. Sản lượng thủy sản", "Nghìn tấn", "7. Sản lượng thủy sản", "Nghìn tấn"),
    ],
)
def test_title_and_unit(caption: str, unit: str, title: str, found: str) -> None:
    lines = [*prose(800), Line(300 - measure_text(caption, 13, "bold") / 2, 730, caption, 13, "bold")]
    lines.append(Line(530 - measure_text(unit, 11, "italic"), 712, unit, 11, "italic"))
    lines += lay(centred(LABELLED), [HEAD], top=690, style="bold") + lay(LABELLED, BODY, top=655)
    (table,) = read(lines).tables
    assert (table.title, table.unit) == (title, found)


def test_the_name_repeated_on_the_next_page_joins() -> None:
    first = lay(centred(CONTINUED), [["STT", "Trạm", "Giờ chạy", "Điện"]], top=800)
    first += lay(CONTINUED, _numbered(1, 40), top=780)
    second = [Line(220, 805, "Biểu 4 (tiếp theo)", 13, "bold")]
    second += lay(centred(CONTINUED), [["STT", "Trạm", "Giờ chạy", "Điện"]], top=785)
    second += lay(CONTINUED, _numbered(41, 45), top=765) + prose(600)
    (table,) = read(first, second).tables
    assert len(rows_of(table)) == 46


def test_running_heads_are_no_rows() -> None:
    pages = []
    for number in range(3):
        page = [Line(85, 815, f"BẢN TIN THỦY LỢI số {number + 5}", 11), Line(515, 815, str(number + 2), 11)]
        page += lay(CONTINUED, _numbered(40 * number + 1, 40 * number + 38), top=790)
        pages.append(page)
    (table,) = read(*pages).tables[-1:]
    assert not any("BẢN TIN" in cell.text for t in read(*pages).tables[1:] for cell in t.cells)
    assert "Trạm bơm số 118" in {cell.text for cell in table.cells}


NO_TABLES = {
    "letterhead": [
        Line(95, 790, "UBND HUYỆN CỒN THOI", 12),
        Line(300, 790, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, "bold"),
        Line(110, 760, "Số: 12/BC-UBND", 12),
        Line(330, 760, "Cồn Thoi, ngày 5 tháng 7 năm 2024", 12, "italic"),
    ],
    "signature": [
        Line(85, 300, "Nơi nhận:", 11, "bolditalic"), Line(360, 300, "KT. CHỦ TỊCH", 13, "bold"),
        Line(85, 286, "- Như trên;", 11), Line(350, 284, "PHÓ CHỦ TỊCH", 13, "bold"),
        Line(85, 272, "- Lưu: VT.", 11),
    ],
    "list": [
        line
        for i in range(6)
        for line in (
            Line(85, 700 - 20 * i, f"{i + 1}.", 13),
            Line(115, 700 - 20 * i, f"Xã số {i + 1} đạt {i}4,5% kế hoạch", 13),
        )
    ],
    "two columns": [
        line
        for i in range(12)
        for line in (
            Line(60, 700 - 16 * i, "Đơn vị đã chi 12,5 triệu cho khâu", 11),
            Line(310, 700 - 16 * i, "sau đó thu về 30 triệu đồng tiền bán", 11),
        )
    ],
    "the axes of a chart": [
        *(Line(85, 700 - 25 * i, str(2000 - 500 * i), 9) for i in range(5)),
        *(Line(140 + 70 * i, 690 - 13 * (i % 3), str(1100 + 150 * i), 9) for i in range(5)),
        *(Line(140 + 70 * i, 585, str(2020 + i), 9) for i in range(5)),
    ],
    "contents": [
        line
        for i in range(8)
        for line in (
            Line(85, 700 - 20 * i, f"Mục {i + 1} về thủy lợi " + "." * 60, 13),
            Line(500, 700 - 20 * i, str(i + 2), 13),
        )
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", NO_TABLES)
def test_what_is_no_table(name: str) -> None:
    assert read(prose(520) + NO_TABLES[name]).tables == ()


def test_a_turned_page_is_read_alike() -> None:
    lines = lay(centred(LABELLED), [HEAD], top=700) + lay(LABELLED, BODY, top=660)
    data = factories.rotate_pages(factories.make_text_pdf([lines]), 90)
    (table,) = read_pdf(identify_bytes(data, name="xoay.pdf")).tables
    assert rows_of(table)[2][0] == "Số lồng bè đang thả nuôi trên các nhánh sông phía Đông"


def test_heads_that_nearly_touch_are_parted_where_their_figures_end() -> None:
    heads = ["Số dân (người)", "Lao động (người)", "Tỷ lệ (%)"]
    x, columns, tops = 240.0, list[Column]([(85, 230, "l")]), [Line(85, 700, "Xã", SIZE, "bold")]
    for head in heads:
        width = measure_text(head, SIZE, "bold")
        tops.append(Line(x, 700, head, SIZE, "bold"))
        columns.append((x, x + width, "r"))
        x += width + 3
    rows = [["Tân Lộc", "4.120", "2.315", "56,2"], ["Phú Hòa", "3.870", "2.004", "51,8"],
            ["Bình An", "5.016", "2.749", "54,8"]]  # fmt: skip
    rules = [Rule(85, y, x, y) for y in (714, 694, 640)]
    (table,) = read([*prose(780), *tops, *lay(columns, rows, top=680)], rules=[rules]).tables
    assert rows_of(table) == [["Xã", *heads], *rows]


def test_a_head_left_of_its_figures_is_not_the_head_beside() -> None:
    heads = [["Sản phẩm", "Năm/2023", "Năm/2024", "Tăng/(%)"]]
    last = 406 + measure_text("Tăng", SIZE, "bold") - 2 + measure_text("-6,88", SIZE)
    columns: list[Column] = [(85, 300, "l"), (300, 350, "r"), (353, 403, "r"), (406, last, "r")]
    left: list[Column] = [(x0, x1, "l") for x0, x1, _ in columns]
    rows = [["Gạch nung", "1.250,0", "1.310,5", "4,84"], ["Đá xây dựng", "865", "912", "5,43"],
            ["Chè khô", "320", "298", "-6,88"], ["Ván ép", "75,2", "80,1", "6,52"]]  # fmt: skip
    lines = [*lay(left, heads, top=700, style="bold"), *lay(columns, rows, top=668)]
    (table,) = read([*prose(780), *lines]).tables
    assert rows_of(table) == [["Sản phẩm", "Năm 2023", "Năm 2024", "Tăng (%)"], *rows]


def test_a_label_drawn_out_to_its_margin_is_one_cell() -> None:
    words = ["Số", "lồng", "bè", "đang", "thả", "nuôi", "trên", "các"]
    width, columns = sum(measure_text(word, SIZE) for word in words), [(85.0, 280.0, "l"), *LABELLED[1:]]
    lines = prose(760) + lay(centred(columns), [HEAD], top=690, style="bold")
    x, gap = 85.0, (265 - 85 - width) / (len(words) - 1)
    for word in words:
        lines.append(Line(x, 660, word, SIZE))
        x += measure_text(word, SIZE) + gap
    assert 0.46 * SIZE < gap < 0.7 * SIZE
    lines += lay(columns, [["", "lồng", "86", "91", "105,8"]], top=660)
    lines += [Line(85, 660 - LEADING, "nhánh sông phía Đông", SIZE)]
    lines += lay(columns, [BODY[0], BODY[2]], top=625)
    (table,) = read(lines).tables
    assert rows_of(table)[1] == [
        "Số lồng bè đang thả nuôi trên các nhánh sông phía Đông", "lồng", "86", "91", "105,8"
    ]  # fmt: skip


WORDS: list[Column] = [(85, 255, "l"), (265, 375, "l"), (390, 540, "l")]
DUTIES = [
    ["Việc", "Thời gian", "Nơi làm"],
    ["Phát cây giống cho các hộ/đã ghi tên từ đầu vụ", "Tuần đầu tháng ba", "Nhà văn hóa thôn/và sân chợ"],
    ["Nạo vét mương", "Sau vụ gặt", "Thôn Hạ, thôn Trung"],
    ["Mở lớp dạy nghề", "Quý hai", "Trường của xã"],
]  # fmt: skip


@pytest.mark.parametrize("pad", [0.0, 5.0])
@pytest.mark.parametrize("head", ["l", "c"])
def test_words_in_columns_without_rules_are_a_table(pad: float, head: str) -> None:
    lines = prose(760) + lay([(a, b, head) for a, b, _ in WORDS], DUTIES[:1], top=690, style="bold")
    lines += lay(WORDS, DUTIES[1:], top=672, pad=pad, place="top") + prose(570)
    document = read(lines)
    (table,) = document.tables
    assert rows_of(table) == [[cell.replace("/", " ") for cell in row] for row in DUTIES]
    assert [block.kind for block in document.blocks] == ["paragraph", "table", "paragraph"]


def test_signatures_side_by_side_are_no_table() -> None:
    columns = centred([(85, 225, "c"), (235, 375, "c"), (385, 525, "c")])
    names = [
        ["NGƯỜI LẬP", "KẾ TOÁN", "CHỦ TỊCH"], ["(Ký)", "(Ký)", "(Ký)"], ["Lê Hạ", "Trần Thu", "Phạm Đông"]
    ]  # fmt: skip
    assert not read(prose(760) + lay(columns, names, top=640)).tables


def test_prose_in_three_columns_is_no_table() -> None:
    columns: list[Column] = [(60, 210, "l"), (225, 375, "l"), (390, 540, "l")]
    rows = [["Các thôn đã họp dân và", "thống nhất mức đóng góp", "cho đoạn mương còn lại,"]]
    rows += [["bàn cách làm đường nội", "đồng; phần còn thiếu xã", "hoàn thành trước mùa mưa"]] * 7
    assert not read(lay(columns, rows, top=700, pad=0)).tables


def _heads(columns: Sequence[Column], head: Sequence[Line], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [*head, *lay(columns, rows, top=640)]
    document = read_pdf(identify_bytes(factories.make_text_pdf([lines]), name="dau.pdf"))
    (table,) = document.tables
    return [" ".join(column.header) for column in table.columns]


def test_short_last_lines_of_heads_are_flush_with_the_lines_above_them() -> None:
    columns: list[Column] = [(85, 200, "l"), (215, 320, "r"), (335, 430, "r"), (445, 530, "r")]
    rows = [
        ("Chè búp tươi trồng mới", "1.204", "8.812,4", "104,3"),
        ("Cà phê trồng lại ở đồi", "318", "972,0", "97,1"),
        ("Hồ tiêu", "96", "214,5", "101,8"),
    ]
    head = [
        Line(215, 669, "Số vườn ươm giống", SIZE, "bold"), Line(215, 655.8, "cây", SIZE, "bold"),
        Line(335, 669, "Sản lượng thu được", SIZE, "bold"), Line(335, 655.8, "(tấn)", SIZE, "bold"),
        Line(445, 669, "So với năm vừa", SIZE, "bold"), Line(445, 655.8, "qua (%)", SIZE, "bold"),
    ]  # fmt: skip
    assert _heads(columns, head, rows) == [
        "",
        "Số vườn ươm giống cây",
        "Sản lượng thu được (tấn)",
        "So với năm vừa qua (%)",
    ]


def test_marks_of_rows_above_running_numbers_are_no_head() -> None:
    columns: list[Column] = [
        (85, 100, "l"),
        (112, 250, "l"),
        (270, 340, "r"),
        (360, 430, "r"),
        (450, 520, "r"),
    ]
    rows = [
        ("A", "TỔNG THU/CỦA XÃ", "9.412", "10.118", "107,5"),
        ("I", "Thu thường xuyên", "6.204", "6.510", "104,9"),
        ("1", "Phí chợ", "2.104", "2.310", "109,8"),
        ("-", "Chợ chính", "1.604", "1.710", "106,6"),
        ("2", "Thuê đất", "4.100", "4.200", "102,4"),
        ("II", "Thu khác", "3.208", "3.608", "112,5"),
    ]
    head = [
        Line(85, 666, "TT", SIZE, "bold"), Line(130, 666, "Nội dung", SIZE, "bold"),
        Line(290, 666, "Dự toán", SIZE, "bold"), Line(375, 666, "Thực hiện", SIZE, "bold"),
        Line(470, 666, "Tỷ lệ (%)", SIZE, "bold"),
    ]  # fmt: skip
    assert _heads(columns, head, rows) == ["TT", "Nội dung", "Dự toán", "Thực hiện", "Tỷ lệ (%)"]


def test_a_damaged_page_whose_head_takes_the_figures_in_is_no_table() -> None:
    rows = [
        (373.0, [(231, 238, "O"), (249, 284, "bN?8"), (354, 369, "?("), (389, 397, "("), (406, 421, "<`")]),
        (388.0, [(269, 305, "@2XBO"), (376, 386, "5")]),
        (412.0, [(121, 132, "CM"), (182, 213, '!"#5'), (249, 259, "6"), (396, 431, "Bq#2G")]),
    ]
    lines = []
    for top, tokens in rows:
        boxes, offsets, text = array("f"), array("I"), ""
        for x0, x1, token in tokens:
            text = f"{text} {token}".lstrip()
            offsets.extend((len(text) - len(token), len(text)))
            boxes.extend((x0, top, x1, top + 13))
        ends = (tokens[0][0], top, tokens[-1][1], top + 13)
        lines.append(PrintedLine(1, text, *ends, 14.0, False, False, boxes, offsets))
    rules = [(84.0, y, 539.0, y + 1) for y in (137.0, 152.0, 168.0, 184.0)]
    assert find_open_grids(1, lines, rules) == ([], set())


def test_the_lines_of_a_deep_head_set_in_the_middle_of_its_cells_are_all_its() -> None:
    deep = "Số hộ/được/cấp nước/từ trạm/bơm của/hợp tác/xã trong/vụ Hè/Thu năm/báo cáo"
    even = "Diện/tích được/bơm tưới/hai vụ/trong năm/theo hợp/đồng đã/ký với/hợp tác xã"
    columns: list[Column] = [(85, 200, "l"), (210, 270, "c"), (290, 350, "c"), (370, 430, "c")]
    head = lay(columns, [["Tên ấp", deep, even, "Ghi chú/(hộ)"]], top=760, place="middle")
    rows = [["Cồn Dừa", "120", "84", "7"], ["Bình Hòa", "96", "61", "5"], ["Phú Thạnh", "133", "97", "9"]]
    (table,) = read(head + lay(columns, rows, top=620)).tables
    assert [column.header for column in table.columns][1:3] == [
        (deep.replace("/", " "),),
        (even.replace("/", " "),),
    ]


def test_groups_flush_with_the_first_of_their_heads_below_the_name_of_an_annex() -> None:
    columns: list[Column] = [(85, 150, "l"), *((x, x + 58, "r") for x in (160, 225, 290, 360, 425, 490))]
    heads = ("Số hộ", "Diện tích", "Tỷ lệ (%)")
    lines = [Line(160, 700, "Kế hoạch năm 2024", SIZE), Line(360, 700, "Thực hiện 9 tháng", SIZE)]
    lines += [Line(85, 700, "Tên xã", SIZE)]
    lines += [Line(x, 686, heads[i % 3], SIZE) for i, (x, _, _) in enumerate(columns[1:])]
    rows = [
        [name, *(f"{i}{j}3,{j}" for j in range(6))]
        for i, name in enumerate(("An Hòa", "Mỹ Phú", "Tân Lễ"), 1)
    ]
    for y, text in ((742, "PHỤ LỤC IV"), (726, "TÌNH HÌNH CẤP NƯỚC Ở CÁC XÃ VEN SÔNG")):
        lines.append(Line((633 - measure_text(text, SIZE, "bold")) / 2, y, text, SIZE, "bold"))
    (table,) = read(lines + lay(columns, rows, top=670)).tables
    assert [column.header for column in table.columns] == [
        ("Tên xã",),
        *(("Kế hoạch năm 2024", head) for head in heads),
        *(("Thực hiện 9 tháng", head) for head in heads),
    ]
