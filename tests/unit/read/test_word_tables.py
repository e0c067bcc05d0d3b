"""Tables of words without rules, and what is no table."""

from __future__ import annotations

from array import array

import pytest

from docanalyze.read.lines import Line as PrintedLine
from docanalyze.read.tables.open_grids import find_open_grids
from tests.factories import Line, Rule, measure_text
from tests.unit.read.laid_tables import (
    BODY,
    HEAD,
    LABELLED,
    LEADING,
    SIZE,
    Column,
    centred,
    lay,
    prose,
    read,
    rows_of,
)


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


def set_out(text: str, x: float, right: float, y: float) -> list[Line]:
    """Return the words of a line that fills its cell, each set by itself."""
    words = text.split()
    gap = (right - x - sum(measure_text(word, SIZE) for word in words)) / (len(words) - 1)
    lines: list[Line] = []
    for word in words:
        lines.append(Line(x, y, word, SIZE))
        x += measure_text(word, SIZE) + gap
    return lines


def test_cells_of_words_that_nearly_touch_are_a_table() -> None:
    columns = [(85.0, 226.0), (229.0, 341.0), (344.0, 456.0)]
    rows = [
        [
            "Phát cây giống cho các hộ có/tên trong sổ",
            "Tổ khuyến nông và đội/máy",
            "Nhà văn hóa thôn và/sân chợ",
        ],
        ["Nạo vét mương nội đồng ở/phía Tây", "Các đội sản xuất tự lo/lấy", "Thôn Hạ và một phần/thôn Trung"],
        ["Mở hai lớp dạy nghề cho lao/động trẻ", "Trường của xã cùng với/huyện", "Hội trường cũ ở gần/chợ"],
        ["Trồng tre chắn sóng ở các bãi/bồi", "Hội cựu chiến binh của/xã", "Bãi bồi phía Nam và/phía Đông"],
    ]
    lines = prose(760)
    for at, row in enumerate(rows):
        for (x, right), cell in zip(columns, row, strict=True):
            first, second = cell.split("/")
            lines += set_out(first, x, right, 690 - 2 * at * LEADING)
            lines.append(Line(x, 690 - (2 * at + 1) * LEADING, second, SIZE))
    document = read(lines + prose(540))
    (table,) = document.tables
    assert rows_of(table) == [[cell.replace("/", " ") for cell in row] for row in rows]


def test_words_in_bold_drawn_behind_the_rest_of_their_lines_are_in_them() -> None:
    plain = ["Trong kỳ, các tổ đã làm xong", "Sang kỳ sau, các tổ làm tiếp", "Cuối năm, các tổ sẽ làm xong"]
    lines = [Line(85, 700 - 18 * at, text, 13) for at, text in enumerate(plain)]
    bold = [
        Line(85 + measure_text(text, 13) + 3.25, 700 - 18 * at, "mương", 13, "bold")
        for at, text in enumerate(plain)
    ]
    text = read([*prose(800), *lines, *bold]).text
    assert all(f"{line} mương" in text for line in plain)


NUMBERED: list[Column] = [(85, 110, "c"), (118, 300, "l"), (310, 420, "l"), (430, 540, "l")]


def tasks(first: int, last: int) -> list[list[str]]:
    return [
        [
            str(n),
            f"Vét đoạn mương số {n}, đắp lại bờ/và sửa cống",
            "Tổ thủy nông/xã",
            "Quý hai" if n % 2 else "Sau gặt",
        ]
        for n in range(first, last + 1)
    ]


@pytest.mark.parametrize("head", [True, False])
def test_a_table_of_words_with_running_numbers_goes_on_over_pages(head: bool) -> None:
    names = lay(centred(NUMBERED), [["TT", "Việc", "Nơi làm", "Thời gian"]], top=760, style="bold")
    first = [*names, *lay(NUMBERED, tasks(1, 9), top=740, place="top")]
    cut = [["10", "Vét đoạn mương số 10, đắp lại bờ", "Tổ thủy nông", "Sau gặt"]]
    first += lay(NUMBERED, cut, top=740 - 9 * (2 * LEADING + 4))
    second = names if head else []
    second = [*second, *lay(NUMBERED, [["", "và sửa cống", "xã", ""], *tasks(11, 12)], top=742, place="top")]
    document = read(first, [*second, *prose(600)])
    (table,) = document.tables
    rows = [[cell.replace("/", " ") for cell in row] for row in tasks(1, 12)]
    assert rows_of(table) == [["TT", "Việc", "Nơi làm", "Thời gian"], *rows]
    assert [part.page for part in table.parts] == [1, 2]


def test_items_with_running_numbers_are_no_table_of_words() -> None:
    lines = [
        Line(x, 700 - 20 * i, text, 13)
        for i, name in enumerate(["Tám", "Lụa", "Nghĩa", "Sen"])
        for x, text in (
            (85, f"{i + 1}."),
            (110, f"Ông (bà) {name}, đại diện cho các hộ dân ở hai bên bờ mương"),
        )
    ]
    assert read([*prose(800), *lines]).tables == ()
