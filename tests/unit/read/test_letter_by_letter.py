"""Lines whose every letter is drawn apart, as old typesetters and justifying producers write them."""

from __future__ import annotations

from collections.abc import Iterator

from docanalyze.read.pdfium import PdfFile
from docanalyze.read.raw_page import Style
from docanalyze.read.source import identify_bytes
from tests import factories
from tests.factories import Line, Rule

TEXT = "Thu ngân sách trên địa bàn vượt dự toán được giao"


def _spell(line: Line) -> Iterator[Line]:
    """Yield a line letter by letter, each an object of its own."""
    for i, letter in enumerate(line.text):
        if letter != " ":
            x = line.x + factories.measure_text(line.text[:i], line.size, line.style)
            yield line._replace(x=x, text=letter)


def _open(lines: list[Line]) -> PdfFile:
    data = factories.make_text_pdf([[part for line in lines for part in _spell(line)]])
    return PdfFile(identify_bytes(data, name="report.pdf"))


def _list_styles(pdf: PdfFile) -> list[tuple[str, Style]]:
    page = pdf.read_page(0)
    words = (page.text[start:end] for start, end in zip(page.starts, page.ends, strict=True))
    return list(zip(words, page.styles, strict=True))


def test_each_word_of_such_a_line_has_its_size_and_font() -> None:
    lines = [Line(72, 700, TEXT), Line(72, 660, TEXT, style="bold"), Line(72, 620, "Lông", size=10.0)]
    found = _list_styles(_open([*lines, Line(102, 624, "1", size=6.0), Line(120, 620, "đạt", size=10.0)]))
    assert [word for word, _ in found[:-3]] == 2 * TEXT.split(" ")
    assert [style.bold for _, style in found] == [False] * 11 + [True] * 11 + [False] * 3
    assert [style.size for _, style in found] == [13.0] * 22 + [10.0, 6.0, 10.0]


def test_size_is_asked_for_once_a_line() -> None:
    pdf, asked = _open([Line(72, 700 - 20 * i, TEXT) for i in range(20)]), 0
    get_size = pdf._get_size

    def count_asked(*where: object) -> float:
        nonlocal asked
        asked += 1
        return get_size(*where)

    pdf._get_size = count_asked
    assert len(_list_styles(pdf)) == 220
    assert 0 < asked <= 20


def test_rules_between_such_lines_are_seen() -> None:
    spelled = [part for i in range(3) for part in _spell(Line(72, 700 - 20 * i, TEXT))]
    rules = [[Rule(72, 690 - 20 * i, 400, 690 - 20 * i) for i in range(3)]]
    data = factories.make_text_pdf([spelled, []], rules=[[], *rules])
    pdf = PdfFile(identify_bytes(data, name="report.pdf"))
    assert len(pdf.read_page(1).rulings) == 3
    data = factories.make_text_pdf([spelled], rules=rules)
    assert len(PdfFile(identify_bytes(data, name="report.pdf")).read_page(0).rulings) == 3
