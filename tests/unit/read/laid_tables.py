"""Tables without rules, laid out on the spot, for tests."""

from __future__ import annotations

from collections.abc import Sequence

from docanalyze.core.document import Document, Table
from docanalyze.read.pdf import read_pdf
from docanalyze.read.source import identify_bytes
from tests import factories
from tests.factories import Line, Rule, Style, measure_text

Column = tuple[float, float, str]


LABELLED: list[Column] = [(85, 260, "l"), (270, 310, "c"), (320, 390, "r"), (400, 470, "r"), (480, 530, "r")]


SIZE = 11.0


LEADING = 13.2


PROSE = (
    "Trong kỳ, các phòng chuyên môn đã phối hợp với đơn vị thu mua để rà soát",
    "lại toàn bộ sản lượng, đối chiếu chứng từ và gửi kết quả về phòng tài chính",
    "trước khi tổng hợp; phần còn lại sẽ báo cáo vào cuối quý sau theo quy định.",
)


def lay(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    top: float,
    pad: float = 4.0,
    place: str = "middle",
    style: Style = "regular",
) -> list[Line]:
    """Return the lines of rows below height `top`; lines of a cell are parted by `/`."""
    lines: list[Line] = []
    y = top
    for row in rows:
        height = max(len(cell.split("/")) for cell in row)
        for (x0, x1, align), cell in zip(columns, row, strict=True):
            parts = cell.split("/") if cell else []
            free = {"top": 0.0, "middle": (height - len(parts)) / 2, "bottom": float(height - len(parts))}[
                place
            ]
            for number, part in enumerate(parts):
                width = measure_text(part, SIZE, style)
                x = {"l": x0, "c": (x0 + x1 - width) / 2, "r": x1 - width}[align]
                lines.append(Line(x, y - (free + number) * LEADING, part, SIZE, style))
        y -= height * LEADING + pad
    return lines


def centred(columns: Sequence[Column]) -> list[Column]:
    return [(x0, x1, "c") for x0, x1, _ in columns]


def prose(top: float) -> list[Line]:
    return [Line(85, top - 18 * i, text, 13) for i, text in enumerate(PROSE)]


def read(*pages: list[Line], rules: Sequence[Sequence[Rule]] = ()) -> Document:
    data = factories.make_text_pdf(pages, rules=rules)
    return read_pdf(identify_bytes(data, name="bang.pdf"))


def rows_of(table: Table) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return list(rows.values())


HEAD = ["Chỉ tiêu", "ĐVT", "Kỳ trước", "Kỳ này", "So sánh/(%)"]


BODY = [
    ["Sản lượng cá lóc", "tấn", "1.204,5", "1.310", "108,8"],
    ["Số lồng bè đang thả nuôi trên/các nhánh sông phía Đông", "lồng", "86", "91", "105,8"],
    ["Doanh thu", "tỷ đồng", "45,10", "-", ""],
]
