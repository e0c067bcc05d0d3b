"""Pages of prose set line by line, for tests."""

from __future__ import annotations

from collections.abc import Sequence

from docanalyze.core.document import Document
from docanalyze.read.pdf import read_pdf
from docanalyze.read.source import identify_bytes
from tests import factories
from tests.factories import Line

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
