"""Tables without a full lattice of rules: rows, pages, titles."""

from __future__ import annotations

import pytest

from docanalyze.read.pdf import read_pdf
from docanalyze.read.source import identify_bytes
from tests import factories
from tests.factories import Line, Style, measure_text
from tests.unit.read.laid_tables import BODY, HEAD, LABELLED, Column, centred, lay, prose, read, rows_of


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


def test_a_column_with_a_head_and_nothing_else_is_kept() -> None:
    columns: list[Column] = [(85, 260, "l"), (270, 340, "r"), (350, 420, "r"), (440, 530, "l")]
    lines = lay(centred(columns), [["Khoản mục", "Thu", "Chi", "Ghi chú"]], top=700)
    lines += lay(columns, [["Phí đò ngang", "12,5", "9", ""], ["Chợ phiên", "30", "28,1", ""]], top=680)
    (table,) = read(lines).tables
    assert table.columns[3].header == ("Ghi chú",)
    assert rows_of(table)[1] == ["Phí đò ngang", "12,5", "9", ""]


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


@pytest.mark.parametrize(
    ("names", "style"),
    [
        (
            ["A. Trạm ở vùng gò, dọc bờ kênh chính và các nhánh phía Tây", "B. Trạm ở cồn bãi"],
            "regular",
        ),
        (["Trạm ở vùng gò, dọc bờ kênh chính và các nhánh phía Tây", "Trạm ở cồn bãi"], "bold"),
        (["A. Trạm ở vùng gò, dọc bờ kênh chính và các nhánh phía Tây/của xã"] * 2, "regular"),
    ],
)
def test_names_of_groups_that_reach_over_the_figures_are_rows(names: list[str], style: Style) -> None:
    across: list[Column] = [(CONTINUED[0][0], CONTINUED[-1][1], "l")]
    lines = lay(centred(CONTINUED), [["STT", "Trạm", "Giờ chạy", "Điện"]], top=700)
    for at, name in enumerate(names):
        top = 683 - 70 * at - 13 * name.count("/") * at
        lines += lay(across, [[name]], top=top, style=style)
        lines += lay(CONTINUED, _numbered(1, 3), top=top - 17 - 13 * name.count("/"))
    (table,) = read([*lines, *prose(500)]).tables
    rows = [f"Trạm bơm số {n}" for n in (1, 2, 3)]
    whole = [name.replace("/", " ") for name in names]
    assert [row[1] for row in rows_of(table)] == ["Trạm", whole[0], *rows, whole[1], *rows]


@pytest.mark.parametrize(
    "name",
    [
        "2. Các trạm bơm ở cồn bãi phía Nam và phía Đông chạy trong kỳ như sau:",
        "Các trạm bơm ở cồn bãi phía Nam và phía Đông chạy ít hơn kỳ trước.",
    ],
)
def test_a_sentence_between_two_tables_is_no_name_of_a_group(name: str) -> None:
    lines = [*lay(CONTINUED, _numbered(1, 3), top=700), Line(85, 648, name, 11)]
    document = read([*lines, *lay(CONTINUED, _numbered(4, 6), top=631), *prose(500)])
    assert [block.kind for block in document.blocks].count("table") == 2


def test_a_label_of_many_lines_is_one_row() -> None:
    long = "/".join(["Trạm dã chiến ở bờ bao, chạy", *["bằng dầu, do xã trông coi và"] * 9, "trả công"])
    rows = [*_numbered(1, 3), ["4", long, "45,5", "41"], *_numbered(5, 6)]
    (table,) = read([*lay(CONTINUED, rows, top=780, place="top"), *prose(500)]).tables
    assert rows_of(table)[3] == ["4", long.replace("/", " "), "45,5", "41"]
    assert len(rows_of(table)) == 6


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


def test_with_what_an_annex_goes_is_not_what_its_table_is_called() -> None:
    lines = [Line(240, 780, "Phụ lục 2", 13, "bold"), Line(180, 762, "SẢN LƯỢNG THỦY SẢN", 13, "bold")]
    lines += [Line(150, 744, "(Kèm theo Báo cáo số 12/BC-UBND ngày 5/7/2024)", 13, "italic")]
    lines += [
        Line(430, 722, "ĐVT: tấn", 11, "italic"),
        *lay(centred(LABELLED), [HEAD], top=700, style="bold"),
    ]
    (table,) = read([*lines, *lay(LABELLED, BODY, top=660), *prose(560)]).tables
    assert (table.title or "").endswith("SẢN LƯỢNG THỦY SẢN")
    assert table.unit == "tấn"


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


def test_a_turned_page_is_read_alike() -> None:
    lines = lay(centred(LABELLED), [HEAD], top=700) + lay(LABELLED, BODY, top=660)
    data = factories.rotate_pages(factories.make_text_pdf([lines]), 90)
    (table,) = read_pdf(identify_bytes(data, name="xoay.pdf")).tables
    assert rows_of(table)[2][0] == "Số lồng bè đang thả nuôi trên các nhánh sông phía Đông"


def test_names_in_two_languages_around_their_figures_are_one_row() -> None:
    columns = [LABELLED[0], *LABELLED[2:]]
    body = [
        ["TỔNG SỐ - TOTAL", "1.314,2", "1.365,5", "1.352,2"],
        ["Thành phố Sông Bưng/Song Bung city", "410,4", "422,1", "405,9"],
        ["Huyện Đầm Lác/Dam Lac district", "390,6", "401,2", "411,0"],
        ["Huyện Gò Chàm/Go Cham district", "513,2", "542,2", "535,3"],
    ]
    head = lay(centred(columns), [["", "2021", "2022", "2023"]], top=720)
    (table,) = read([*head, *lay(columns, body, top=696, pad=2.0)]).tables
    assert rows_of(table)[-3:] == [[row[0].replace("/", " "), *row[1:]] for row in body[1:]]
