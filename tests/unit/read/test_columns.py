"""Pages in columns, and what stands in them."""

from __future__ import annotations

import pytest

from tests import factories
from tests.factories import Line, Rule
from tests.unit.read.set_pages import WORDS, fill, read_pages, texts_of


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


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_last_lines_of_columns_on_the_next_page_are_one_paragraph(count: int) -> None:
    left, right = set_column(70, 215, 30, mark="Một"), set_column(310, 215, 30, mark="Hai")
    # One paragraph from the foot of the right column on.
    tail = set_column(70, 215, count + 1, mark="và")[: count - 1]
    tail += [Line(70, 720 - 16 * len(tail), "và các xã.", 12)]
    document = read_pages([[*left, *right], tail])
    whole = " ".join(line.text for line in [right[-1], *tail])
    assert any(text.endswith(whole) for text in texts_of(document))


def test_a_paragraph_goes_on_in_the_next_of_three_columns() -> None:
    places = ((70, "Một"), (225, "và"), (380, "cùng"))
    columns = [line for x, mark in places for line in set_column(x, 140, 7, mark=mark)]
    document = read_pages([[Line(180, 760, "BẢN TIN KINH TẾ", 15, "bold"), *columns, *fill(6, 590)]])
    whole = " ".join(line.text for line in columns)
    assert any(text.startswith(whole) for text in texts_of(document))


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
