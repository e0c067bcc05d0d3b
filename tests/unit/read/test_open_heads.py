"""The heads of tables without rules."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from docanalyze.read.pdf import read_pdf
from docanalyze.read.source import identify_bytes
from tests import factories
from tests.factories import Line, Rule, measure_text
from tests.unit.read.laid_tables import BODY, HEAD, LABELLED, SIZE, Column, centred, lay, prose, read, rows_of


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


@pytest.mark.parametrize("formula", ["5 = 4:3 x/100%", "5 = 4:3 x 100/(trừ vốn mượn)"])
def test_an_index_row_goes_on_with_its_formula(formula: str) -> None:
    columns: list[Column] = [
        (85, 110, "c"),
        (120, 290, "l"),
        *((300 + 80 * i, 370 + 80 * i, "r") for i in range(3)),
    ]
    lines = lay(centred(columns), [["STT", "Nhóm hàng", "Kế hoạch", "Thực hiện", "Đạt (%)"]], top=700)
    lines += lay(centred(columns), [["(1)", "(2)", "(3)", "(4)", formula]], top=683, place="top")
    lines += lay(columns, [["1", "Gạch ốp", "12", "15", "125"], ["2", "Ngói", "7", "6", "85,7"]], top=650)
    (table,) = read(lines).tables
    assert [column.header for column in table.columns] == [
        ("STT",), ("Nhóm hàng",), ("Kế hoạch",), ("Thực hiện",), ("Đạt (%)",)
    ]  # fmt: skip
    assert [cell.role for cell in table.cells if cell.row == 1] == ["index"] * 5
    assert rows_of(table)[1][4] == formula.replace("/", " ")


def test_rules_around_the_head_end_the_table() -> None:
    lines = [Line(200, 730, "Phần thống kê dưới đây do trạm ghi", 11)]
    lines += lay(centred(LABELLED), [HEAD], top=700) + lay(LABELLED, BODY, top=660)
    lines += [Line(85, 592, "trạm lấy số vào 7 giờ sáng", 11)]
    strokes = [Rule(85, y, 530, y) for y in (713, 672, 600)]
    (table,) = read(lines, rules=[strokes]).tables
    assert len(rows_of(table)) == 4
    assert rows_of(table)[0][0] == "Chỉ tiêu"


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
