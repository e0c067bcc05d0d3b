"""The form at both ends of a paper: a broken motto, who decides, those who sign side by side."""

from __future__ import annotations

import pytest

from docanalyze.core.document import Document
from docanalyze.read.pdf import read_pdf
from docanalyze.read.source import identify_bytes
from docanalyze.segment.report import describe_report
from tests import factories
from tests.factories import Line
from tests.unit.read.set_pages import set_line

PROSE = [
    Line(121, 640, "Hợp tác xã đã hoàn thành kế hoạch sản xuất năm 2024, doanh thu đạt 4,2 tỷ đồng,"),
    Line(85, 622, "tăng 0,3 tỷ đồng so với năm trước; thu nhập bình quân của thành viên tăng 5%."),
]


def centre(x: float, y: float, text: str, style: factories.Style = "regular") -> Line:
    return Line(x - factories.measure_text(text, 13, style) / 2, y, text, 13, style)


def read(lines: list[Line]) -> Document:
    data = factories.make_text_pdf([lines])
    return read_pdf(identify_bytes(data, name="x.pdf"), ocr="never")


def texts_of(document: Document, kind: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind == kind]


def test_three_who_sign_side_by_side_are_read_one_after_the_other() -> None:
    columns = [
        (150, "Người lập biểu", "(Ký, họ tên)", "Quách Thị Mận"),
        (300, "KẾ TOÁN TRƯỞNG", "(Ký, họ tên)", "Vi Văn Đào"),
        (450, "GIÁM ĐỐC", "(Ký, họ tên, đóng dấu)", "Tô Hữu Khang"),
    ]
    rows = [
        # A hair higher or lower: an office is no line above its neighbours.
        centre(x, y + (0.2 if x == 300 else 0), text, "bold" if y != 540 else "regular")
        for y, place in ((560, 1), (540, 2), (470, 3))
        for x, text in ((column[0], column[place]) for column in columns)
    ]
    document = read([*PROSE, *rows, Line(85, 430, "Ghi chú: số liệu chưa kiểm toán, lập ngày 15 tháng 01.")])
    assert texts_of(document, "signature") == [text for column in columns for text in column[1:]]
    assert texts_of(document, "paragraph")[-1] == "Ghi chú: số liệu chưa kiểm toán, lập ngày 15 tháng 01."


def test_of_two_who_sign_side_by_side_the_right_one_answers() -> None:
    rows = [centre(170, 560, "THƯ KÝ", "bold"), centre(430, 560, "CHỦ TRÌ", "bold")]
    rows += [centre(170, 480, "Phùng A Sử", "bold"), centre(430, 480, "Mạc Thị Xuân", "bold")]
    document = read([*PROSE, *rows])
    assert texts_of(document, "signature") == ["THƯ KÝ", "Phùng A Sử", "CHỦ TRÌ", "Mạc Thị Xuân"]
    assert describe_report(document).signer == "Mạc Thị Xuân"


@pytest.mark.parametrize("drop", [0.0, 9.0, 18.0])
def test_offices_beside_a_date_broken_over_two_lines_are_of_two_who_sign(drop: float) -> None:
    left = [(170, 580 - drop, "NGƯỜI LẬP BIỂU"), (170, 500, "Phùng A Sử")]
    right = [(430, 580, "Nậm Ty, ngày 5 tháng 8"), (430, 562, "năm 2024")]
    right += [(430, 544, "THỦ TRƯỞNG ĐƠN VỊ"), (430, 480, "Mạc Thị Xuân")]
    lines = [centre(x, y, text) for x, y, text in sorted([*left, *right], key=lambda item: -item[1])]
    document = read([*PROSE, *lines])
    assert texts_of(document, "signature") == [text for *_, text in (*left, *right)]
    report = describe_report(document)
    assert (report.signer, report.place, report.date) == ("Mạc Thị Xuân", "Nậm Ty", "2024-08-05")


def test_a_date_alone_above_the_signature_is_that_of_a_paper_without_a_letterhead() -> None:
    told = Line(85, 610, "Đã bàn tại Nậm Ty, ngày 2 tháng 8 năm 2024 và đang làm.")
    lines = [Line(330, 580, "Nậm Ty, ngày 5 tháng 8 năm 2024", 13, "italic")]
    lines += [centre(430, 562, "TM. ỦY BAN NHÂN DÂN", "bold"), centre(430, 480, "Mạc Thị Xuân", "bold")]
    assert describe_report(read([*PROSE, *lines])).date == "2024-08-05"
    assert describe_report(read([*PROSE, told, *lines[1:]])).date is None


def test_words_in_capitals_side_by_side_without_names_sign_nothing() -> None:
    rows = [centre(170, 560, "THUẬN LỢI", "bold"), centre(430, 560, "KHÓ KHĂN", "bold")]
    rows += [centre(170, 540, "mưa đều đầu vụ"), centre(430, 540, "giá vật tư tăng")]
    assert texts_of(read([*PROSE, *rows]), "signature") == []


def test_who_decides_is_no_part_of_the_subject_and_the_last_basis_ends_with_a_stop() -> None:
    lines = [
        centre(298, 700, "QUYẾT ĐỊNH", "bold"),
        centre(298, 680, "Về việc hỗ trợ giống lúa vụ Mùa năm 2024", "bold"),
        centre(298, 655, "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ MƯỜNG THÍN", "bold"),
        Line(121, 620, "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;"),
        Line(121, 600, "Theo đề nghị của công chức Tài chính - Kế toán xã."),
        Line(121, 570, "Điều 1. Hỗ trợ 120 hộ dân 3,6 tấn thóc giống lúa thuần."),
    ]
    lines += [line._replace(y=line.y - step) for step in (100, 140, 180) for line in PROSE]
    document = read(lines)
    assert texts_of(document, "title") == ["QUYẾT ĐỊNH", "Về việc hỗ trợ giống lúa vụ Mùa năm 2024"]
    assert len(texts_of(document, "basis")) == 2


def test_a_motto_broken_by_a_narrow_column_is_no_issuer() -> None:
    lines = [
        centre(170, 780, "PHÒNG TÀI CHÍNH", "bold"),
        centre(430, 780, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT", "bold"),
        centre(430, 762, "NAM", "bold"),
        centre(430, 744, "Độc lập - Tự do - Hạnh phúc", "bold"),
        centre(298, 700, "BÁO CÁO", "bold"),
        *PROSE,
    ]
    document = read(lines)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in texts_of(document, "letterhead")
    assert describe_report(document).issuer == "PHÒNG TÀI CHÍNH"


def test_what_a_stamp_was_read_as_hides_neither_issuer_nor_number_nor_title() -> None:
    lines = [
        Line(40, 815, "VGP", 13), Line(500, 800, "197T", 13),
        centre(160, 750, "ỦY BAN NHÂN DÂN"), centre(430, 750, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        centre(160, 733, "XÃ MƯỜNG THÍN"), centre(430, 733, "Độc lập - Tự do - Hạnh phúc"),
        Line(60, 690, "LsŠstimSố: 12/NQ-HĐND"), Line(340, 690, "Mường Thín, ngày 5 tháng 7 năm 2024"),
        centre(298, 655, "NGHỊ QUYẾT"), Line(36, 649, "ĐẾN gu F377"),
        centre(298, 636, "Về dự toán thu, chi ngân sách xã năm 2024"),
        *(line._replace(y=line.y - step) for step in (50, 90, 130) for line in PROSE),
    ]  # fmt: skip
    report = describe_report(read(lines))
    assert (report.issuer, report.number) == ("ỦY BAN NHÂN DÂN XÃ MƯỜNG THÍN", "12/NQ-HĐND")
    assert (report.type, report.title) == ("nghị quyết", "Về dự toán thu, chi ngân sách xã năm 2024")


def test_a_recipient_whose_name_begins_with_a_letter_of_vietnamese_alone_is_one_of_its_own() -> None:
    left = ("Nơi nhận:", "- Như trên", "- Đảng ủy xã", "- Ấp Cồn Dừa;", "- Lưu: VT.")
    lines = [Line(85, 560 - 16 * i, text, 12) for i, text in enumerate(left)]
    document = read(
        [*PROSE, centre(430, 560, "CHỦ TỊCH", "bold"), *lines, centre(430, 490, "Lữ Văn Tám", "bold")]
    )
    assert texts_of(document, "recipients") == list(left)


def test_recipients_drawn_out_by_breaks_stay_out_of_the_signature() -> None:
    recipients = ["Nơi nhận:", "- Như trên;", "- Thường trực Huyện ủy;", "- Lưu: VT."]
    lines = list(PROSE)
    for number, text in enumerate(recipients[:-1]):
        lines += set_line(text, 600 - 15 * number, right=300)
    lines += [Line(85, 555, recipients[-1]), Line(390, 600, "GIÁM ĐỐC", 13, "bold")]
    lines += [Line(390, 520, "Lê Văn Lựu", 13, "bold")]
    document = read(lines)
    assert texts_of(document, "recipients") == recipients
    assert texts_of(document, "signature") == ["GIÁM ĐỐC", "Lê Văn Lựu"]


@pytest.mark.parametrize("title", ["QUY CHẾ", "DANH MỤC"])
def test_the_name_of_an_annex_behind_the_signature_is_no_part_of_it(title: str) -> None:
    first = [*PROSE, Line(85, 560, "Nơi nhận:", 11), Line(85, 546, "- Lưu: VT.", 11)]
    first += [centre(430, 560, "KT. CHỦ TỊCH", "bold"), centre(430, 544, "PHÓ CHỦ TỊCH", "bold")]
    first.append(centre(430, 470, "Mạc Thị Xuân", "bold"))
    second = [centre(318, 780, title, "bold"), *(line._replace(y=line.y + 110) for line in PROSE)]
    document = read_pdf(identify_bytes(factories.make_text_pdf([first, second]), name="x.pdf"), ocr="never")
    assert texts_of(document, "signature") == ["KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "Mạc Thị Xuân"]
    assert texts_of(document, "heading") == [title]


def test_a_name_on_the_page_behind_its_office_is_part_of_the_signature() -> None:
    first = [*PROSE, Line(85, 100, "Nơi nhận:", 11), Line(85, 86, "- Lưu: VT.", 11)]
    first += [centre(430, 100, "KT. CHỦ TỊCH", "bold"), centre(430, 84, "PHÓ CHỦ TỊCH", "bold")]
    second = [centre(430, 760, "Mạc Thị Xuân", "bold")]
    document = read_pdf(identify_bytes(factories.make_text_pdf([first, second]), name="x.pdf"), ocr="never")
    assert texts_of(document, "signature") == ["KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "Mạc Thị Xuân"]
