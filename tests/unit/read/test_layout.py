"""Paragraphs, running heads, notes and the closing block over the end of a page."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from docanalyze.core.document import Document
from docanalyze.core.span import Span
from docanalyze.read.assemble import find_joint
from docanalyze.read.pdf import read_pdf
from docanalyze.read.source import identify_bytes
from tests import factories
from tests.factories import Line, Rule

LEFT, RIGHT, INDENT = 85.0, 545.0, 36.0
PROSE = (
    "Trong kỳ, các phòng, ban của huyện đã phối hợp với các xã, thị trấn rà soát từng khoản chi, đôn đốc nhà "
    "thầu, tháo gỡ vướng mắc về mặt bằng và báo cáo kịp thời những khó khăn phát sinh để cấp trên xem xét"
)
WORDS = PROSE.split()


def read_pages(pages: Sequence[Sequence[Line]], **options: object) -> Document:
    data = factories.make_text_pdf(pages, **options)  # type: ignore[arg-type]
    return read_pdf(identify_bytes(data, name="x.pdf"), ocr="never")


def texts_of(document: Document, *kinds: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if not kinds or b.kind in kinds]


def set_line(text: str, y: float, *, x: float = LEFT, right: float = RIGHT) -> list[Line]:
    """Return a line drawn out to the right margin, its words set one by one."""
    words = text.split()
    free = right - x - sum(factories.measure_text(word) for word in words)
    gap = free / (len(words) - 1)
    lines: list[Line] = []
    for word in words:
        lines.append(Line(x, y, word))
        x += factories.measure_text(word) + gap
    return lines


def fill(
    count: int, start: float, *, first: str = "", indent: float = 0.0, justify: bool = True
) -> list[Line]:
    """Return so many full lines of prose from a height downwards."""
    lines: list[Line] = []
    words = [*first.split(), *WORDS * 20]
    for number in range(count):
        x = LEFT + (indent if number == 0 else 0.0)
        row: list[str] = []
        while factories.measure_text(" ".join([*row, words[0]])) < RIGHT - x:
            row.append(words.pop(0))
        text = " ".join(row)
        y = start - 18 * number
        lines.extend(set_line(text, y, x=x) if justify else [Line(x, y, text)])
    return lines


def set_paragraphs(count: int, start: float, *, indent: float) -> list[Line]:
    """Return paragraphs of three lines, the last one short."""
    lines: list[Line] = []
    for number in range(count):
        y = start - 60 * number
        lines.extend(fill(2, y, first="Đồng thời", indent=indent))
        lines.append(Line(LEFT, y - 36, "và báo cáo kết quả trong tháng sau."))
    return lines


@pytest.mark.parametrize("indent", [0.0, INDENT])
def test_a_sentence_that_ends_with_the_page_does_not_end_the_paragraph(indent: float) -> None:
    last = "Trong kỳ, huyện đã giao đủ vốn cho các xã, thị trấn và chủ đầu tư theo quy định."
    first = [*set_paragraphs(4, 780, indent=indent), *fill(1, 520, first="Vốn", indent=indent)]
    first += set_line(last, 502)
    second = [*fill(1, 780, first="Các xã"), Line(LEFT, 762, "đã phân khai xong.")]
    document = read_pages([first, [*second, *set_paragraphs(4, 738, indent=indent)]])
    broken = [b for b in document.blocks if len(b.boxes) == 2]
    assert len(broken) == 1
    text = document.text[broken[0].start : broken[0].end]
    assert "theo quy định. Các xã" in text
    assert text.endswith("đã phân khai xong.")


def test_a_paragraph_set_in_at_the_head_of_a_page_is_new() -> None:
    first = [*set_paragraphs(4, 780, indent=INDENT), *set_paragraphs(1, 530, indent=INDENT)]
    document = read_pages([first, set_paragraphs(4, 780, indent=INDENT)])
    assert all(len(b.boxes) == 1 for b in document.blocks)
    assert len(texts_of(document, "paragraph")) == 9


def test_a_numeral_at_a_line_start_is_no_label() -> None:
    lines = [
        *set_paragraphs(4, 780, indent=INDENT),
        *set_line("Trong năm, thị trấn giữ vững chuẩn đô thị loại", 520, x=121),
    ]
    lines.append(Line(LEFT, 502, "V. Các xã còn lại tiếp tục thực hiện."))
    document = read_pages([lines])
    assert any("đô thị loại V. Các xã" in text for text in texts_of(document))


def test_basis_lines_that_fill_the_measure_are_each_one_block() -> None:
    lines = [
        *set_line("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;", 780, x=121),
        *set_line("Căn cứ Nghị quyết số 31/NQ-HĐND ngày 21/12/2021 của HĐND huyện;", 760, x=121),
        *set_paragraphs(5, 720, indent=INDENT),
    ]
    assert len(texts_of(read_pages([lines]), "basis")) == 2


def test_a_centred_name_that_fills_its_first_line_is_one_block() -> None:
    def bold(text: str, y: float) -> Line:
        x = (LEFT + RIGHT - factories.measure_text(text, style="bold")) / 2
        return Line(x, y, text, style="bold")

    name = "Bảng 1. Kết quả thực hiện thu, chi ngân sách nhà nước trên địa bàn"
    lines = [*set_paragraphs(4, 780, indent=INDENT), bold(name, 520), bold("huyện 9 tháng đầu năm 2023", 502)]
    assert f"{name} huyện 9 tháng đầu năm 2023" in texts_of(read_pages([lines]))


def test_figures_at_the_foot_of_a_page_are_no_page_numbers() -> None:
    pages = [
        [*fill(38, 780), Line(LEFT, 96, "và sẽ báo cáo xong trước ngày"), Line(LEFT, 78, "27/6.")],
        [
            Line(292, 806, "2"),
            *fill(38, 780),
            Line(LEFT, 96, "với kế hoạch đề ra trong năm"),
            Line(LEFT, 78, "2024."),
        ],
        [Line(292, 806, "3"), *fill(20, 780)],
    ]
    document = read_pages(pages)
    assert texts_of(document, "page-number") == ["2", "3"]


def test_notes_numbered_anew_on_each_page_belong_to_their_own_page() -> None:
    def page(word: str) -> list[Line]:
        x = LEFT + factories.measure_text(f"{word} Lông")
        note = f"Ghi chú của {word.lower()} này là nội dung riêng."
        return [
            *fill(20, 780), Line(LEFT, 400, f"{word} Lông"), Line(x, 406, "1", 8),
            Line(x + 5, 400, " đã xong."),
            Line(LEFT, 92, "1", 10), Line(LEFT + 5, 92, note, 10),
        ]  # fmt: skip

    rules = [[Rule(LEFT, 108, LEFT + 140, 108)]] * 2
    document = read_pages([page("Trang"), page("Phần")], rules=rules)
    notes = [b for b in document.blocks if b.kind == "footnote"]
    assert [document.text[b.start : b.start + 3] for b in notes] == ["¹Gh", "¹Gh"]
    assert [len(b.refers_from) for b in notes] == [1, 1]
    first, second = (b.refers_from[0].start for b in notes)
    assert document.text[:first].endswith("Trang Lông")
    assert document.text[:second].endswith("Phần Lông")


def test_recipients_that_go_on_over_the_page_stay_together() -> None:
    first = [
        *fill(36, 780), Line(LEFT, 110, "Nơi nhận:", 12, "bold"), Line(380, 110, "CHỦ TỊCH", 13, "bold"),
        Line(LEFT, 94, "- UBND tỉnh;", 11), Line(LEFT, 80, "- UBND các xã", 11),
    ]  # fmt: skip
    second = [
        Line(LEFT, 780, "- thị trấn;", 11), Line(LEFT, 766, "- Lưu: VT.", 11),
        Line(370, 740, "Nguyễn Văn An", 13, "bold"),
    ]  # fmt: skip
    document = read_pages([first, second])
    recipients = ["Nơi nhận:", "- UBND tỉnh;", "- UBND các xã - thị trấn;", "- Lưu: VT."]
    assert texts_of(document, "recipients", "signature") == [*recipients, "CHỦ TỊCH", "Nguyễn Văn An"]


def test_a_list_of_recipients_may_begin_on_the_page_behind_its_heading() -> None:
    first = [
        *fill(36, 780), Line(LEFT, 110, "Nơi nhận:", 12, "bold"), Line(380, 110, "TL. GIÁM ĐỐC", 13, "bold"),
    ]  # fmt: skip
    second = [
        Line(LEFT, 780, "- UBND tỉnh;", 11), Line(380, 777, "CHÁNH VĂN PHÒNG", 13, "bold"),
        Line(LEFT, 766, "- Lưu: VT.", 11), Line(370, 720, "Nguyễn Văn An", 13, "bold"),
    ]  # fmt: skip
    document = read_pages([first, second])
    assert texts_of(document, "recipients") == ["Nơi nhận:", "- UBND tỉnh;", "- Lưu: VT."]
    signature = ["TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "Nguyễn Văn An"]
    assert " ".join(texts_of(document, "signature")) == " ".join(signature)


def test_a_heading_that_fills_its_line_is_no_part_of_the_paragraph_set_in_below() -> None:
    heading = "IV. VỀ GIÁ, TÀI SẢN CÔNG VÀ DOANH NGHIỆP CỦA ĐỊA PHƯƠNG"
    text = "Tháng này"
    while factories.measure_text(heading, style="bold") < RIGHT - LEFT - INDENT - 30:
        heading += " A"
    lines = [*set_paragraphs(5, 780, indent=INDENT), Line(LEFT + INDENT, 480, heading, 13, "bold")]
    lines += fill(3, 460, first=text + " huyện", indent=INDENT)
    document = read_pages([lines])
    assert heading in texts_of(document, "heading")


def test_contents_and_blank_forms_are_a_block_a_line() -> None:
    lines = [
        "I. ĐÁNH GIÁ CHUNG ........................................................ 3",
        "1. Về kinh tế ............................................................... 4",
        "Họ và tên: .............................................",
        "Địa chỉ: ...........................................................",
    ]
    document = read_pages([[Line(LEFT, 760 - 18 * i, text) for i, text in enumerate(lines)]])
    assert texts_of(document, "form") == lines


def set_column(x: float, width: float, rows: int, *, mark: str) -> list[Line]:
    lines: list[Line] = []
    words = [mark, *WORDS * 20]
    for number in range(rows):
        row: list[str] = []
        while factories.measure_text(" ".join([*row, words[0]]), 12) < width:
            row.append(words.pop(0))
        lines.append(Line(x, 720 - 16 * number, " ".join(row), 12))
    return lines


@pytest.mark.parametrize(("order", "gutter"), [("columns", 25), ("rows", 25), ("columns", 14)])
def test_a_page_in_two_columns_is_read_column_by_column(order: str, gutter: int) -> None:
    left, right = set_column(70, 215, 30, mark="Một"), set_column(285 + gutter, 215, 30, mark="Hai")
    lines = (
        [*left, *right] if order == "columns" else [x for pair in zip(left, right, strict=True) for x in pair]
    )
    head = Line(180, 760, "BẢN TIN KINH TẾ - XÃ HỘI", 15, "bold")
    foot = Line(
        70, 200, "Số liệu của Chi cục Thống kê huyện, tính đến ngày 16 tháng 6 năm 2023 theo báo cáo.", 12
    )
    document = read_pages([[head, *lines, foot]])
    words = " ".join(texts_of(document)).split()
    wanted = " ".join(line.text for line in [head, *left, *right, foot]).split()
    assert words == wanted


def test_headings_and_short_lines_at_the_head_of_columns_are_theirs() -> None:
    left = [Line(70, 720, "1. Thu ngân sách", 12, "bold"), *set_column(70, 215, 25, mark="Một")[1:]]
    right = [
        Line(310, 720, "kỳ.", 12), Line(310, 704, "2. Chi ngân sách", 12, "bold"),
        *set_column(310, 215, 25, mark="Hai")[2:],
    ]  # fmt: skip
    head = Line(180, 760, "BẢN TIN KINH TẾ - XÃ HỘI", 15, "bold")
    document = read_pages([[head, *left, *right]])
    words = " ".join(texts_of(document)).split()
    assert words == " ".join(line.text for line in [head, *left, *right]).split()
    assert "2. Chi ngân sách" in texts_of(document, "heading")


def test_a_table_that_goes_on_in_the_next_column_is_one_with_its_broken_row_whole() -> None:
    left, right = set_column(70, 215, 18, mark="Một"), set_column(310, 215, 30, mark="Hai")[6:]

    def lay_table(x: float, top: float, rows: list[tuple[str, str]]) -> tuple[list[Line], list[Rule]]:
        lines = [
            Line(x + at, top - 14 - 20 * i, text, 11) for i, row in enumerate(rows)
            for at, text in zip((5, 115), row, strict=True)
        ]  # fmt: skip
        bottom = top - 20 * len(rows)
        rules = [Rule(x, top - 20 * i, x + 215, top - 20 * i) for i in range(len(rows) + 1)]
        return lines, rules + [Rule(x + at, bottom, x + at, top) for at in (0, 110, 215)]

    rows = [("Trạm", "Giờ chạy"), ("Bàu Sen", "412"), ("Kênh Ba và bờ bao", "96")]
    foot, foot_rules = lay_table(70, 430, rows)
    top, top_rules = lay_table(310, 730, [("cồn phía Nam", ""), ("Gò Đưng", "208"), ("Rạch Tra", "154")])
    document = read_pages([[*left, *foot, *top, *right]], rules=[[*foot_rules, *top_rules]])
    (table,) = document.tables
    assert [cell.text for cell in table.cells] == [
        "Trạm", "Giờ chạy", "Bàu Sen", "412", "Kênh Ba và bờ bao cồn phía Nam", "96", "Gò Đưng", "208",
        "Rạch Tra", "154",
    ]  # fmt: skip
    kinds = [block.kind for block in document.blocks]
    assert kinds.count("table") == 1
    texts = texts_of(document)
    assert texts[: kinds.index("table")] == [" ".join(line.text for line in left)]
    assert " ".join(texts[kinds.index("table") + 1 :]) == " ".join(line.text for line in right)


def test_a_paragraph_goes_on_in_the_next_of_three_columns() -> None:
    places = ((70, "Một"), (225, "và"), (380, "cùng"))
    columns = [line for x, mark in places for line in set_column(x, 140, 7, mark=mark)]
    document = read_pages([[Line(180, 760, "BẢN TIN KINH TẾ", 15, "bold"), *columns, *fill(6, 590)]])
    whole = " ".join(line.text for line in columns)
    assert any(text.startswith(whole) for text in texts_of(document))


def test_a_short_heading_at_the_margin_below_a_label_in_the_middle_is_another() -> None:
    heads = ["PHẦN THỨ NHẤT", "KẾT QUẢ THI ĐUA CỦA CÁC ẤP"]
    lines = [
        Line((LEFT + RIGHT - factories.measure_text(text, 13, "bold")) / 2, 760 - 18 * i, text, 13, "bold")
        for i, text in enumerate(heads)
    ]
    document = read_pages([[*lines, Line(LEFT, 724, "TÌNH HÌNH CHUNG", 13, "bold"), *fill(8, 700)]])
    assert texts_of(document, "heading") == [" ".join(heads), "TÌNH HÌNH CHUNG"]


def test_cells_in_smaller_type_at_the_foot_are_no_notes() -> None:
    rows = [("1 Trạm Bàu Sen", "Sửa xong"), ("2 Trạm Gò Đưng", "Chờ vật tư"), ("3 Trạm Rạch Tra", "Sửa xong")]
    cells = [
        Line(x, 120 - 16 * i, text, 11)
        for i, row in enumerate(rows)
        for x, text in zip((85, 330), row, strict=True)
    ]
    note = [Line(85, 60, "1", 6), Line(89, 57, "Không tính các trạm do tư nhân quản lý.", 9)]
    document = read_pages([[*fill(20, 760), *cells, *note]])
    (found,) = texts_of(document, "footnote")
    assert found[1:] == note[1].text


@pytest.mark.parametrize("wide", [False, True])
def test_a_table_without_rules_in_a_column_is_read_without_the_prose_beside_it(wide: bool) -> None:
    left, right = set_column(70, 215, 34, mark="Một"), set_column(310, 215, 34, mark="Hai")
    rows = [("Ấp", "Hộ", "Khẩu"), ("Cồn", "412", "1.650"), ("Gò", "388", "1.540"), ("Bàu", "295", "1.180")]
    places = (75, 340, 500) if wide else (75, 180, 270)
    cells = [
        Line(x - (factories.measure_text(text, 11) if at else 0), 720 - 16 * (13 + i), text, 11)
        for i, row in enumerate(rows)
        for at, (x, text) in enumerate(zip(places, row, strict=True))
    ]
    rest = right if not wide else [*right[:11], *right[19:]]
    document = read_pages([[*left[:11], *cells, *left[19:], *rest]])
    (table,) = document.tables
    assert [cell.text for cell in table.cells] == [text for row in rows for text in row]
    words = " ".join(texts_of(document)).split()
    if not wide:
        assert words == " ".join(line.text for line in [*left[:11], *cells, *left[19:], *right]).split()


def test_the_first_line_of_uneven_text_is_not_taken_for_a_centred_one() -> None:
    lines = fill(9, 760, indent=24, justify=False)
    wide = max(factories.measure_text(line.text) for line in lines)
    first = Line(LEFT + 24, 778, "Ban quản lý")
    while factories.measure_text(first.text) < wide - 2 * 24 - 8:
        first = first._replace(text=f"{first.text} ấp")
    document = read_pages([[first, *fill(9, 760, first="nghiêng", justify=False), *fill(4, 580, indent=24)]])
    assert document.blocks[0].kind == "paragraph"
    assert texts_of(document)[0].startswith(f"{first.text} nghiêng")


@pytest.mark.parametrize("name", ["Bảng {}. Hộ được hỗ trợ đợt {}", "Phụ lục {}"])
def test_names_that_only_their_numbers_part_are_no_running_heads(name: str) -> None:
    names = [name.format(number, number) for number in (1, 2, 3)]
    pages = [
        [Line(200, 790, text, 13, "bold"), *fill(9, 760, first=mark)]
        for text, mark in zip(names, ("Một", "Hai", "Ba"), strict=True)
    ]
    document = read_pages(pages)
    assert not texts_of(document, "header")
    assert set(names) <= set(texts_of(document))


def test_labels_far_from_their_items_are_theirs() -> None:
    items = ["Tu bổ bờ bao ở ấp Cồn trước mùa lũ.", "Đo lại mặt cắt của bốn tuyến kênh."]
    lines = [
        Line(x, 790 - 18 * i, text)
        for i, item in enumerate(items)
        for x, text in ((LEFT, f"{i + 1}."), (LEFT + 72, item))
    ]
    document = read_pages([[*lines, *fill(9, 740)]])
    assert texts_of(document, "list-item") == [f"{i}. {item}" for i, item in enumerate(items, 1)]


def test_lines_set_in_at_both_sides_are_one_paragraph() -> None:
    words = WORDS * 3
    quoted = [" ".join(words[11 * i : 11 * i + 11]) for i in range(4)]
    lines = [part for i, text in enumerate(quoted) for part in set_line(text, 700 - 18 * i, x=125, right=505)]
    last = Line(125, 628, "ở các ấp vùng cồn.")
    document = read_pages([[*fill(3, 760), *lines, last, *fill(9, 600, indent=INDENT)]])
    assert " ".join([*quoted, last.text]) in texts_of(document)


def test_a_line_of_a_note_that_begins_with_a_figure_is_no_note() -> None:
    notes = [
        "1 Gồm cả các hộ ở ấp Cồn đã được tổ thủy lợi ghi tên bổ sung theo danh sách",
        "14 hộ gửi ngày 3/6.",
        "2 Không tính hộ tạm trú.",
    ]
    lines = [Line(LEFT, 90 - 13 * i, text, 10) for i, text in enumerate(notes)]
    document = read_pages([[*fill(20, 760), *lines]])
    assert texts_of(document, "footnote") == [f"{notes[0]} {notes[1]}", notes[2]]


def test_prose_that_ends_pages_alike_is_no_running_foot() -> None:
    pages = [
        [*fill(39, 760, first=mark), Line(280, 30, f"Trang {at} trên 2")]
        for at, mark in ((1, "Một"), (2, "Hai"))
    ]
    document = read_pages(pages)
    assert texts_of(document, "page-number") == ["Trang 1 trên 2", "Trang 2 trên 2"]
    assert not texts_of(document, "footer")


def test_a_subject_longer_than_what_stands_beside_it_is_in_the_letterhead() -> None:
    left = [
        "UBND HUYỆN MỘC GIANG",
        "PHÒNG TÀI CHÍNH",
        "Số: 45/TC-NS",
        "V/v quyết toán thủy lợi phí",
        "của các ấp vùng cồn",
    ]
    right = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "",
        "Mộc Giang, ngày 2 tháng 7 năm 2024",
    ]
    lines = [
        Line(x, 790 - 15 * i, text, 12)
        for x, part in ((90, left), (310, right))
        for i, text in enumerate(part)
    ]
    document = read_pages(
        [[*lines, Line(180, 700, "Kính gửi: Ủy ban nhân dân các xã vùng cồn."), *fill(9, 670)]]
    )
    assert " ".join(left[3:]) in texts_of(document, "letterhead")
    assert "Kính gửi: Ủy ban nhân dân các xã vùng cồn." in texts_of(document)


def test_what_stands_at_the_right_does_not_run_into_what_is_below_it_at_the_left() -> None:
    lines = [
        Line(LEFT, 800, "CÔNG TY NƯỚC MỘC GIANG", 12, "bold"), Line(400, 797, "Mẫu số B 02 - DN", 12),
        Line(LEFT, 784, "Địa chỉ: 5 đường Bờ Sông", 12), Line(350, 781, "(Ban hành kèm theo quy chế)", 12),
    ]  # fmt: skip
    document = read_pages([[*lines, *fill(9, 700)]])
    assert {line.text for line in lines} <= set(texts_of(document))


@pytest.mark.parametrize(
    ("before", "after", "joint"),
    [
        ("có lúc lên 950 nghìn đồng/", "bao; trong khi", ""), ("giai đoạn 2021-", "2025", ""),
        ("Kết luận số 127-", "KL/TW", ""), ("giai đoạn 2021 -", "2025", " "), ("các xã -", "thị trấn", " "),
        ("(4)=(3)/", "(2)", ""), ("và/", "- hoặc", " "), ("tăng", "5,2%", " "),
    ],
)  # fmt: skip
def test_what_stands_between_two_lines(before: str, after: str, joint: str) -> None:
    assert find_joint(before, after) == joint


def test_letters_of_a_second_font_drawn_after_their_line_are_put_in_place() -> None:
    """Office programs draw a line in the main font with gaps, then the letters that it lacks."""
    text = "Ủy ban nhân dân huyện đã chỉ đạo quyết liệt các giải pháp"
    lines: list[Line] = []
    for row in range(12):
        x, y, late = LEFT, 780 - 18 * row, []
        run, start = "", x
        for char in text:
            width = factories.measure_text(char)
            if char.isalpha() and ord(char) > 0x1E00:
                if run.strip():
                    lines.append(Line(start, y, run))
                late.append(Line(x, y, char, style="bold"))
                run, start = "", x + width
            else:
                run += char
            x += width
        lines += [Line(start, y, run), *late]
    document = read_pages([lines])
    assert document.text.split() == (text.split()) * 12
    assert not document.warnings


@pytest.mark.parametrize(
    ("private", "mark"), [("\uf0b7", "•"), ("\uf0a7", "▪"), ("\uf0fe", "☑"), ("\uf0e0", "→"), ("\uf06e", "■")]
)
def test_bullets_of_symbol_fonts_are_marks_of_list_items(private: str, mark: str) -> None:
    items = ["Thu ngân sách đạt 91,38 tỷ đồng, bằng 52,22% dự toán.", "Trồng mới 320 ha rừng tập trung."]
    lines = [Line(LEFT, 760, "Kết quả thực hiện như sau:")]
    lines += [Line(LEFT + 18, 730 - 30 * at, f"§ {item}") for at, item in enumerate(items)]
    document = read_pages([lines], to_unicode={"§": private})
    found = [(block.kind, block.marker) for block in document.blocks]
    assert found[1:] == [("list-item", mark)] * 2
    assert texts_of(document, "list-item") == [f"{mark} {item}" for item in items]


def test_a_power_of_a_unit_is_no_mark_of_a_note() -> None:
    def raised(x: float, y: float, text: str, tail: str) -> list[Line]:
        end = x + factories.measure_text(text)
        return [Line(x, y, text), Line(end, y + 5, "2", 8), Line(end + 4, y, tail)]

    page = [
        *fill(4, 720), *raised(LEFT, 640, "Khu nhà xưởng rộng 1.500 m", " và hồ rộng 3 ha;"),
        *raised(LEFT, 622, "cả xã có 35 km", " đất rừng sản xuất"),
        *raised(LEFT, 604, "theo sổ địa chính", "."),
        Line(LEFT, 85, "2", 7), Line(LEFT + 5, 80, "Số liệu của Văn phòng đăng ký đất đai.", 10),
    ]  # fmt: skip
    rule = Rule(LEFT, 95, LEFT + 140, 95)
    document = read_pages([page], rules=[[rule]])
    (note,) = [block for block in document.blocks if block.kind == "footnote"]
    assert [document.text[: mark.end][-6:] for mark in note.refers_from] == ["chính²"]


def spread(text: str, x: float, y: float, gap: float) -> list[Line]:
    """Return the letters of a text set one by one, a blank as wide as `gap`."""
    lines: list[Line] = []
    for char in text:
        if char != " ":
            lines.append(Line(x, y, char, 13, "bold"))
            x += factories.measure_text(char, 13, "bold") + gap
        else:
            x += gap
    return lines


@pytest.mark.parametrize(
    ("set_as", "read_as"),
    [
        ([Line(250, 700, "B Á O   C Á O", 13, "bold")], "BÁO CÁO"),
        ([Line(250, 700, "T Ờ T R Ì N H", 13, "bold")], "TỜ TRÌNH"),
        ([Line(250, 700, "B I Ê N B Ả N", 13, "bold")], "BIÊN BẢN"),
        (spread("QUYẾT ĐỊNH:", 230, 700, 6), "QUYẾT ĐỊNH:"),
        ([Line(250, 700, "A B C D E F", 13, "bold")], "A B C D E F"),
    ],
)
def test_letters_that_stand_apart_are_words(set_as: list[Line], read_as: str) -> None:
    document = read_pages([[*set_as, *fill(6, 650)]])
    block = document.blocks[0]
    assert document.text[block.start : block.end] == read_as
    (box,) = document.places.find_boxes((Span(block.start, block.end),))
    assert box.x0 == pytest.approx(set_as[0].x, abs=1)
    assert box.x1 == pytest.approx(set_as[-1].x + factories.measure_text(set_as[-1].text, 13, "bold"), abs=1)


def test_a_line_drawn_out_by_a_break_is_one_line() -> None:
    text = "Kết quả đạt được như sau:"
    document = read_pages([[*fill(5, 740), *set_line(text, 630, x=LEFT + 36), *fill(4, 600, first="Một")]])
    assert text in texts_of(document)


def test_words_of_a_row_of_cells_are_not_drawn_out() -> None:
    row = [Line(LEFT + 100 * i, 630, word) for i, word in enumerate(["Xuân", "Thu", "Đông", "Nam"])]
    document = read_pages([[*fill(5, 740), *row, *fill(4, 580, first="Một")]])
    assert "Xuân Thu Đông Nam" not in texts_of(document)


def test_notes_that_end_in_the_same_words_are_no_running_foot() -> None:
    def page(number: int) -> list[Line]:
        note = [
            Line(LEFT, 64, str(number), 6),
            Line(LEFT + 5, 60, f"Theo sổ của thôn số {number}, được đối chiếu với danh sách mà xã", 10),
            Line(LEFT, 48, "đã gửi; đơn vị tính là hộ.", 10),
        ]
        x = LEFT + factories.measure_text("Số hộ báo về")
        return [*fill(30, 780), Line(LEFT, 240, "Số hộ báo về"), Line(x, 245, str(number), 8), *note]

    document = read_pages([page(number) for number in range(1, 5)])
    notes = texts_of(document, "footnote")
    assert len(notes) == 4
    assert all(note.endswith("đơn vị tính là hộ.") for note in notes)
    assert not texts_of(document, "footer", "header")


def test_pages_that_begin_with_the_same_sentence_have_no_running_head() -> None:
    document = read_pages([fill(30, 800) for _ in range(4)])
    assert not texts_of(document, "header")


def test_with_what_an_annex_goes_is_no_part_of_its_name() -> None:
    names = [
        ("PHỤ LỤC II", "bold"),
        ("DIỆN TÍCH ĐƯỢC TƯỚI", "bold"),
        ("(Kèm theo Công văn số 12/TTN-KH)", "regular"),
    ]
    lines = [
        Line((595 - factories.measure_text(text, 13, style)) / 2, 780 - 18 * i, text, 13, style)
        for i, (text, style) in enumerate(names)
    ]
    assert texts_of(read_pages([lines])) == ["PHỤ LỤC II DIỆN TÍCH ĐƯỢC TƯỚI", names[2][0]]
