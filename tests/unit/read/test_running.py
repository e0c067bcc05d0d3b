"""Running heads, page numbers, notes and recipients over the ends of pages."""

from __future__ import annotations

import pytest

from tests import factories
from tests.factories import Line, Rule
from tests.unit.read.set_pages import LEFT, fill, read_pages, texts_of


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
