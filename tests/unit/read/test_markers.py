from __future__ import annotations

import pytest

from docanalyze.core.document import BlockKind
from docanalyze.read.markers import classify_paragraph, find_hidden_headings, find_marker, is_capitals


@pytest.mark.parametrize(
    ("text", "label", "style"),
    [
        ("I. TÌNH HÌNH CHUNG", "I", "roman"),
        ("I- TÌNH HÌNH", "I", "roman"),
        ("Phần thứ nhất", "Phần thứ nhất", "part"),
        ("PHẦN II: NHIỆM VỤ", "PHẦN II", "part"),
        ("Điều 5. Hiệu lực", "Điều 5", "article"),
        ("1. Về kinh tế", "1", "number"),
        ("2.1. Trồng trọt", "2.1", "number"),
        ("2.1 Trồng trọt", "2.1", "number"),
        ("đ) Tài chính", "đ", "letter"),
        ("(1) Thu nội địa", "1", "inner"),
        ("- Chăn nuôi", "-", "bullet"),
        ("+ Đàn trâu", "+", "bullet"),
    ],
)
def test_labels(text: str, label: str, style: str) -> None:
    assert find_marker(text)[:2] == (label, style)


@pytest.mark.parametrize(
    "text",
    [
        "2023 là năm bản lề",
        "5.145,10 tỷ đồng",
        "12 xã đạt chuẩn",
        "Điều này cho thấy",
        "Phần lớn hộ dân",
        "16.6.2023",
        "IV",
    ],
)
def test_what_is_no_label(text: str) -> None:
    assert find_marker(text)[0] is None


@pytest.mark.parametrize(
    ("text", "bold", "kind"),
    [
        ("II. KẾT QUẢ THỰC HIỆN", False, "heading"),
        ("1. Lĩnh vực kinh tế", True, "heading"),
        ("1. Tổ chức rà soát, báo cáo Ủy ban nhân dân huyện trước ngày 20/12;", False, "list-item"),
        ("- Thu ngân sách đạt 91,38 tỷ đồng.", False, "list-item"),
        ("Căn cứ Luật Ngân sách nhà nước;", False, "basis"),
        ("Biểu số 02. Thu ngân sách", False, "caption"),
        ("Đơn vị tính: triệu đồng", False, "caption"),
        ("Họ và tên: ……………………………………", False, "form"),
        ("Sản lượng tăng so với cùng kỳ.", False, "paragraph"),
    ],
)
def test_kinds_of_paragraphs(text: str, bold: bool, kind: BlockKind) -> None:
    assert classify_paragraph(text, bold=bold, centred=False)[0] == kind


def test_a_heading_that_ends_with_a_stop_is_known_by_its_neighbours() -> None:
    paragraphs: list[tuple[BlockKind, str | None, str]] = [
        ("heading", "1", "1. Về kinh tế"),
        ("list-item", "-", "- Tập trung thu ngân sách."),
        ("list-item", "2", "2. Đẩy mạnh giải ngân vốn."),
        ("list-item", "-", "- Rà soát từng dự án."),
        ("list-item", "3", "3. Báo cáo trước ngày 20."),
        ("paragraph", None, "Trân trọng."),
    ]
    assert find_hidden_headings(paragraphs) == [2]


def test_capitals() -> None:
    assert is_capitals("TM. ỦY BAN NHÂN DÂN")
    assert not is_capitals("Ủy ban nhân dân")
    assert not is_capitals("12")


def test_bracketed_numbers_above_paragraphs_are_headings() -> None:
    long = "Sản lượng trong kỳ tăng khá so với năm trước nhờ thời tiết thuận và giá bán ổn định ở mức cao."
    rows: list[tuple[BlockKind, str | None, str]] = [
        ("list-item", "1", "(1) Lương thực"),
        ("paragraph", None, long),
        ("list-item", "2", "(2) Phân bón."),
        ("paragraph", None, long),
        ("list-item", "1", "(1) Rà soát quy hoạch;"),
        ("list-item", "2", "(2) Bàn giao mặt bằng."),
        ("paragraph", None, long),
    ]
    assert find_hidden_headings(rows) == [0, 2]
