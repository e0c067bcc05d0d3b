"""What one printed line says: joints, letters set apart or in a second font, bullets, powers."""

from __future__ import annotations

import pytest

from docanalyze.core.span import Span
from docanalyze.read.assemble import find_joint
from tests import factories
from tests.factories import Line
from tests.unit.read.set_pages import LEFT, fill, read_pages, set_line, texts_of


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


@pytest.mark.parametrize("label", ["1.", "a)", "II.", "-"])
def test_a_labelled_line_of_few_words_drawn_out_by_a_break_is_one_line(label: str) -> None:
    heading = set_line(f"{label} Cấp nước", 700, x=121)
    assert texts_of(read_pages([[*heading, *fill(4, 660)]]))[0] == f"{label} Cấp nước"


@pytest.mark.parametrize(
    "text",
    ["Ghi chú:", "Kính gửi:", "- Cột 5 ghi số lũy kế;", "Cột 3 = cột 2/cột 1;", "Số máy: 0203 555 123"],
)
def test_a_note_drawn_out_by_a_break_is_one_line(text: str) -> None:
    document = read_pages([[*fill(5, 740), *set_line(text, 630), *fill(4, 600, first="Một")]])
    assert document.tables == ()
    assert any(text in block for block in texts_of(document))


def test_notes_drawn_out_are_no_table() -> None:
    notes = ["Ghi chú:", "- Cột 3 ghi số giao;", "- Cột 4 ghi số đã chi;", "- Cột 6 để trống nếu không có;"]
    lines = [line for i, note in enumerate(notes) for line in set_line(note, 630 - 18 * i)]
    document = read_pages([[*fill(5, 740), *lines, *fill(4, 540, first="Một")]])
    assert document.tables == ()
    assert texts_of(document)[1:5] == notes


def test_a_type_of_paper_drawn_out_by_a_break_is_its_title() -> None:
    document = read_pages([[*set_line("BÁO CÁO", 740), *fill(5, 700)]])
    assert texts_of(document, "title") == ["BÁO CÁO"]
