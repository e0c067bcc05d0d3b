"""Paragraphs, headings and lists, within a page and over its end."""

from __future__ import annotations

import pytest

from docanalyze.read.pdfium import PdfFile
from docanalyze.read.source import identify_bytes
from tests import factories
from tests.factories import Line
from tests.unit.read.set_pages import (
    INDENT,
    LEFT,
    RIGHT,
    WORDS,
    fill,
    read_pages,
    set_line,
    set_paragraphs,
    texts_of,
)


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


def test_a_short_heading_at_the_margin_below_a_label_in_the_middle_is_another() -> None:
    heads = ["PHẦN THỨ NHẤT", "KẾT QUẢ THI ĐUA CỦA CÁC ẤP"]
    lines = [
        Line((LEFT + RIGHT - factories.measure_text(text, 13, "bold")) / 2, 760 - 18 * i, text, 13, "bold")
        for i, text in enumerate(heads)
    ]
    document = read_pages([[*lines, Line(LEFT, 724, "TÌNH HÌNH CHUNG", 13, "bold"), *fill(8, 700)]])
    assert texts_of(document, "heading") == [" ".join(heads), "TÌNH HÌNH CHUNG"]


def test_the_first_line_of_uneven_text_is_not_taken_for_a_centred_one() -> None:
    lines = fill(9, 760, indent=24, justify=False)
    wide = max(factories.measure_text(line.text) for line in lines)
    first = Line(LEFT + 24, 778, "Ban quản lý")
    while factories.measure_text(first.text) < wide - 2 * 24 - 8:
        first = first._replace(text=f"{first.text} ấp")
    document = read_pages([[first, *fill(9, 760, first="nghiêng", justify=False), *fill(4, 580, indent=24)]])
    assert document.blocks[0].kind == "paragraph"
    assert texts_of(document)[0].startswith(f"{first.text} nghiêng")


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


def test_a_sum_at_the_right_margin_is_that_of_the_item_at_its_left() -> None:
    items = [("- Phí dịch vụ", "1.848,8 triệu đồng;"), ("- Thu thanh lý", "42,0 triệu đồng;")]
    lines = fill(3, 760)
    for i, (name, amount) in enumerate(items):
        y = 700 - 18 * i
        lines += [Line(LEFT + INDENT, y, name), Line(RIGHT - factories.measure_text(amount), y, amount)]
    found = texts_of(read_pages([[*lines, *fill(4, 664, first="Ngoài ra", indent=INDENT)]]))
    assert found[1:3] == [" ".join(item) for item in items]
    assert found[3].startswith("Ngoài ra")


def test_the_title_of_a_page_of_a_line_is_no_part_of_its_paragraph() -> None:
    title = "BÁO CÁO THU NGÂN SÁCH QUÝ II"
    x = 318 - factories.measure_text(title, 13, "bold") / 2
    text = "Đến cuối quý, xã thu được 1,2 tỷ đồng, còn ba hộ kinh doanh nộp chậm."
    document = read_pages([[Line(x, 760, title, 13, "bold"), Line(121, 738, text)]])
    assert texts_of(document, "title") == [title]
    assert texts_of(document, "paragraph") == [text]


def test_two_lines_of_a_small_page_that_go_on_are_one_paragraph() -> None:
    lines = [Line(121, 760, "Xã đã thu đủ các khoản phí,"), Line(85, 742, "riêng tiền thuê chợ còn chậm.")]
    assert texts_of(read_pages([lines])) == ["Xã đã thu đủ các khoản phí, riêng tiền thuê chợ còn chậm."]


def test_an_office_far_from_its_numbered_name_is_of_one_item_with_it() -> None:
    people = [("1. Ông Hồ Văn Tám", "- Phó Chủ tịch xã, chủ trì;"), ("2. Bà Ngô Thị Lụa", "- Thư ký.")]
    lines = [
        Line(x, 650 - 20 * i, text)
        for i, pair in enumerate(people)
        for x, text in zip((121, 330), pair, strict=True)
    ]
    document = read_pages([[*fill(4, 740), *lines, *fill(4, 590, first="Sau đó")]])
    assert texts_of(document, "list-item") == [" ".join(pair) for pair in people]


def test_what_stands_in_brackets_over_two_lines_in_the_middle_is_one_block() -> None:
    first = "(Kèm theo Quyết định số 27/QĐ-UBND ngày 14 tháng 3 năm 2025 của Chủ"
    rest = "tịch Ủy ban nhân dân xã Phú Khê)"
    set_out = set_line(first, 760, x=LEFT + 4, right=RIGHT - 4)
    set_out.append(Line((LEFT + RIGHT - factories.measure_text(rest)) / 2, 742, rest))
    assert f"{first} {rest}" in texts_of(read_pages([[*set_out, *fill(5, 700, indent=INDENT)]]))


def test_an_addressee_begins_a_block_where_nothing_else_tells() -> None:
    middle = (LEFT + RIGHT) / 2
    lines = ["BÁO CÁO", "Kết quả thu ngân sách quý III", "Kính gửi: Ủy ban nhân dân huyện."]
    set_out = [
        Line(middle - factories.measure_text(text) / 2, 760 - 18 * i, text) for i, text in enumerate(lines)
    ]
    document = read_pages([[*set_out, *fill(6, 690, indent=INDENT)]])
    assert texts_of(document)[:3] == lines


def test_where_paragraphs_are_of_one_line_the_margin_is_where_lines_go_on() -> None:
    items = [
        *("Xã đã thu đủ các khoản phí, lệ phí của năm trước chuyển sang và nộp kho bạc.",) * 4,
        "Đến cuối tháng, còn ba hộ kinh doanh ở chợ phiên chưa nộp đủ tiền thuê chỗ là",
        "12 triệu đồng, xã đã nhắc.",
        "Riêng tiền thuê đất công ích năm nay các hộ đã nộp đủ, xã gửi vào kho bạc và",
        "báo cáo huyện.",
    ]
    begins = [121.0] * 5 + [LEFT, 121.0, LEFT]
    lines = [Line(x, 760 - 20 * i, text) for i, (x, text) in enumerate(zip(begins, items, strict=True))]
    whole = [*items[:4], " ".join(items[4:6]), " ".join(items[6:])]
    assert texts_of(read_pages([lines])) == whole


def test_names_of_fonts_tell_what_is_bold_whatever_their_stems() -> None:
    lines = [Line(180, 760, "BÁO CÁO", 13, "bold"), Line(121, 738, "Xã đã thu đủ các khoản phí.")]
    lines += fill(6, 700, indent=INDENT)
    names = {"regular": "LiberationSerif", "bold": "LiberationSerif-Bold"}
    data = factories.make_text_pdf([lines], font_names=names)
    assert b"/StemV 80 " in data
    with PdfFile(identify_bytes(data.replace(b"/StemV 80 ", b"/StemV 140"), name="x.pdf")) as pdf:
        styles = pdf.read_page(0).styles
    assert {style.font: style.bold for style in styles} == {names["regular"]: False, names["bold"]: True}
