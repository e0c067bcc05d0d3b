"""Ruled tables whose rules are odd: dotted, in one path, or missing between rows."""

from __future__ import annotations

import pytest

from docanalyze.core.document import Table
from docanalyze.read.pdf import read_pdf
from docanalyze.read.shapes import _join_dots
from docanalyze.read.source import identify_bytes
from tests import factories
from tests.factories import Line, Rule


def box(xs: list[float], ys: list[float]) -> list[Rule]:
    """Return the rules of a lattice."""
    return [Rule(xs[0], y, xs[-1], y) for y in ys] + [Rule(x, ys[0], x, ys[-1]) for x in xs]


def read(lines: list[Line], rules: list[Rule]) -> tuple[Table, ...]:
    return read_pdf(identify_bytes(factories.make_text_pdf([lines], rules=[rules]), name="ke.pdf")).tables


def texts(table: Table) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return list(rows.values())


HEAD = [
    Line(90, 702, "Khoản mục", 11, "bold"),
    Line(260, 702, "Mã", 11, "bold"),
    Line(330, 702, "Số tiền", 11, "bold"),
]


def test_figures_under_each_other_in_a_ruled_row_are_rows() -> None:
    lines = [
        *HEAD,
        Line(90, 682, "Thu phí bến bãi", 11), Line(260, 682, "10", 11), Line(330, 682, "1.250", 11),
        Line(90, 668, "Thu thuê mặt bằng chợ", 11), Line(260, 668, "11", 11), Line(330, 668, "(84)", 11),
        Line(90, 654, "và kho bãi ven sông", 11),
        Line(90, 640, "Thu khác", 11), Line(260, 640, "12", 11),
    ]  # fmt: skip
    (table,) = read(lines, box([80, 250, 320, 420], [716, 696, 630]))
    assert texts(table) == [
        ["Khoản mục", "Mã", "Số tiền"],
        ["Thu phí bến bãi", "10", "1.250"],
        ["Thu thuê mặt bằng chợ và kho bãi ven sông", "11", "(84)"],
        ["Thu khác", "12", ""],
    ]
    assert [(row.row, row.parent) for row in table.rows] == [(1, None), (2, None), (3, None)]


def test_a_figure_and_its_share_stay_one_cell() -> None:
    lines = [
        *HEAD,
        Line(90, 682, "Thu phí đường thủy", 11), Line(260, 682, "10", 11), Line(330, 682, "1.250", 11),
        Line(90, 668, "nội địa", 11), Line(330, 668, "(98,5%)", 11),
    ]  # fmt: skip
    (table,) = read(lines, box([80, 250, 320, 420], [716, 696, 660]))
    assert texts(table)[1] == ["Thu phí đường thủy nội địa", "10", "1.250 (98,5%)"]


def test_figures_too_wide_for_their_cells_are_one_row() -> None:
    lines = [
        *HEAD,
        Line(90, 682, "Chi cho các chương trình", 11), Line(260, 682, "10", 11),
        Line(330, 682, "7.318.204.", 11),
        Line(90, 668, "mục tiêu của huyện", 11), Line(330, 668, "556", 11),
        Line(90, 648, "Chi khác", 11), Line(260, 648, "11", 11), Line(330, 648, "418.903.7", 11),
        Line(90, 634, "của huyện", 11), Line(330, 634, "12", 11),
    ]  # fmt: skip
    (table,) = read(lines, box([80, 250, 320, 420], [716, 696, 662, 626]))
    assert texts(table)[1:] == [
        ["Chi cho các chương trình mục tiêu của huyện", "10", "7.318.204.556"],
        ["Chi khác của huyện", "11", "418.903.712"],
    ]


def test_rows_of_dots_are_strokes() -> None:
    across = [(100 + 2.0 * i, 50.0, 100.6 + 2.0 * i, 50.5) for i in range(20)]
    down = [(80.0, 60 + 2.0 * i, 80.5, 60.6 + 2.0 * i) for i in range(10)]
    stray = [(300.0, 300.0, 300.5, 300.5)]
    assert list(_join_dots([*across, *down, *stray])) == [(100, 50, 138.6, 50.5), (80, 60, 80.5, 78.6)]


def test_labels_half_a_line_beside_figures_are_read_in_order() -> None:
    lines = [
        Line(90, 700, "Diện tích nuôi thả", 11), Line(90, 687.4, "của các hợp tác xã", 11),
        Line(185, 693.7, "ha", 11), Line(210, 693.7, "12,5", 11), Line(250, 693.7, "14", 11),
        Line(90, 670, "Số hộ", 11), Line(185, 670, "hộ", 11), Line(210, 670, "310", 11),
        Line(250, 670, "298", 11),
    ]  # fmt: skip
    (table,) = read(lines, [])
    assert texts(table) == [
        ["Diện tích nuôi thả của các hợp tác xã", "ha", "12,5", "14"], ["Số hộ", "hộ", "310", "298"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("last", "first"),
    [
        ("hộ trồng lúa ở những xã bị", "ngập trong tháng 9"),
        ("hộ trồng lúa.", "Phần còn lại cấp trong quý sau."),
    ],
)
def test_a_row_that_a_page_turn_leaves_open_is_one_row(last: str, first: str) -> None:
    xs = [80.0, 120.0, 330.0, 420.0]
    above = [
        Line(90, 122, "TT", 11, "bold"), Line(130, 122, "Nội dung", 11, "bold"),
        Line(340, 122, "Số hộ", 11, "bold"),
        Line(90, 102, "1", 11), Line(130, 102, "Hỗ trợ sửa nhà", 11), Line(340, 102, "215", 11),
        Line(90, 82, "2", 11), Line(130, 82, "Cấp giống và phân bón cho các", 11), Line(340, 82, "648", 11),
        Line(130, 68, last, 11),
    ]  # fmt: skip
    below = [
        Line(130, 760, first, 11),
        Line(90, 740, "3", 11), Line(130, 740, "Dạy nghề", 11), Line(340, 740, "97", 11),
    ]  # fmt: skip
    cut = [Rule(xs[0], y, xs[-1], y) for y in (136, 116, 96)] + [Rule(x, 60, x, 136) for x in xs]
    rest = [Rule(xs[0], y, xs[-1], y) for y in (754, 734)] + [Rule(x, 734, x, 772) for x in xs]
    data = factories.make_text_pdf([above, below], rules=[cut, rest])
    document = read_pdf(identify_bytes(data, name="ke.pdf"))
    (table,) = document.tables
    assert texts(table) == [
        ["TT", "Nội dung", "Số hộ"],
        ["1", "Hỗ trợ sửa nhà", "215"],
        ["2", f"Cấp giống và phân bón cho các {last} {first}", "648"],
        ["3", "Dạy nghề", "97"],
    ]
    assert [(part.page, part.first_row, part.last_row) for part in table.parts] == [(1, 0, 2), (2, 2, 3)]
    assert [block.kind for block in document.blocks] == ["table"]


_XS = [80.0, 230.0, 300.0, 390.0, 480.0]


def _row(y: float, *cells: str) -> list[Line]:
    return [Line(x + 8, y, text, 11) for x, text in zip(_XS, cells, strict=False) if text]


def _read_pages(pages: list[list[Line]], rules: list[list[Rule]]) -> tuple[Table, ...]:
    return read_pdf(identify_bytes(factories.make_text_pdf(pages, rules=rules), name="ke.pdf")).tables


def test_a_head_cut_off_from_its_rows_by_the_page_end_is_their_head() -> None:
    above = [
        Line(80, 140, "Phần II. Kết quả kinh doanh", 11),
        *_row(82, "Khoản mục", "Mã số", "Năm nay", "Năm trước"),
    ]
    rows = [
        *_row(762, "Doanh thu", "01", "5.120", "4.880"),
        *_row(742, "Các khoản giảm trừ", "02", "21", "19"),
    ]
    pages = _read_pages([above, rows], [box(_XS, [96, 76]), box(_XS, [776, 756, 736])])
    (table,) = pages
    assert texts(table)[0] == ["Khoản mục", "Mã số", "Năm nay", "Năm trước"]
    assert [cell.header for cell in table.cells if cell.col == 0] == [True, False, False]
    assert [column.header for column in table.columns][1:3] == [("Mã số",), ("Năm nay",)]


def test_a_total_alone_on_the_last_page_is_a_row_of_its_table() -> None:
    rows = [
        *_row(102, "Khoản mục", "Mã số", "Năm nay", "Năm trước"),
        *_row(82, "Doanh thu bán hàng", "01", "5.120", "4.880"),
    ]
    total = _row(762, "Cộng", "20", "5.120", "4.880")
    (table,) = _read_pages([rows, total], [box(_XS, [116, 96, 76]), box(_XS, [776, 756])])
    assert texts(table)[-1] == ["Cộng", "20", "5.120", "4.880"]


def test_a_table_of_the_same_form_on_the_next_page_is_another() -> None:
    incomes = [
        *_row(102, "Khoản thu", "Mã số", "Năm nay", "Năm trước"),
        *_row(82, "Phí đò", "01", "51", "48"),
    ]
    costs = [
        *_row(762, "Khoản chi", "Mã số", "Năm nay", "Năm trước"),
        *_row(742, "Dầu máy", "02", "21", "19"),
    ]
    pages = _read_pages([incomes, costs], [box(_XS, [116, 96, 76]), box(_XS, [776, 756, 736])])
    assert [texts(table)[0][0] for table in pages] == ["Khoản thu", "Khoản chi"]


def _stack(x: float, top: float, texts: list[str], step: float) -> list[Line]:
    return [Line(x, top - step * number, text, 11) for number, text in enumerate(texts)]


def test_figures_beside_the_middle_of_wrapped_labels_are_rows() -> None:
    labels = ["Nước mắm cá cơm", "đóng chai", "Bánh phồng tôm", "Khô cá sặc bổi", "loại một"]
    lines = [
        *HEAD,
        *_stack(90, 682, labels[:2], 13), Line(90, 651, labels[2], 11), *_stack(90, 633, labels[3:], 13),
        Line(260, 675.5, "10", 11), Line(260, 651, "11", 11), Line(260, 626.5, "12", 11),
        Line(330, 675.5, "1.250", 11), Line(330, 651, "84", 11), Line(330, 626.5, "2.318", 11),
    ]  # fmt: skip
    (table,) = read(lines, box([80, 250, 320, 420], [716, 696, 610]))
    assert texts(table)[1:] == [
        ["Nước mắm cá cơm đóng chai", "10", "1.250"],
        ["Bánh phồng tôm", "11", "84"],
        ["Khô cá sặc bổi loại một", "12", "2.318"],
    ]


def test_years_in_a_row_that_no_rule_parts_are_rows() -> None:
    lines = [
        Line(90, 702, "Năm", 11, "bold"), Line(260, 702, "Vịt (con)", 11, "bold"),
        Line(330, 702, "Gà (con)", 11, "bold"), *_stack(90, 682, ["2021", "2022", "2023"], 14),
        *_stack(260, 682, ["4.120", "4.385", "4.290"], 14), *_stack(330, 682, ["9.318", "9.640", "-"], 14),
    ]  # fmt: skip
    (table,) = read(lines, box([80, 250, 320, 420], [716, 696, 640]))
    assert texts(table)[1:] == [
        ["2021", "4.120", "9.318"],
        ["2022", "4.385", "9.640"],
        ["2023", "4.290", "-"],
    ]


def test_a_ruled_head_is_that_of_the_rows_below_it() -> None:
    rows = [["Xã Bàu Sen", "31", "1.250"], ["Xã Cồn Lát", "45", "2.318"], ["Cộng", "76", "3.568"]]
    lines = [
        Line(90, 709, "Địa bàn", 11, "bold"), Line(290, 716, "Năm 2023", 11, "bold"),
        Line(260, 702, "Số hộ", 11, "bold"), Line(330, 702, "Số tiền", 11, "bold"),
        *(
            line
            for at, row in enumerate(rows)
            for line in map(Line, (90, 262, 335), [682 - 16 * at] * 3, row, [11] * 3)
        ),
    ]  # fmt: skip
    rules = [*box([80, 250, 420], [730, 696]), Rule(250, 713, 420, 713), Rule(320, 713, 320, 696)]
    (table,) = read(lines, rules)
    assert [column.header for column in table.columns] == [
        ("Địa bàn",), ("Năm 2023", "Số hộ"), ("Năm 2023", "Số tiền"),
    ]  # fmt: skip
    assert texts(table)[-3:] == rows


def test_a_ruled_table_of_words_above_a_sentence_with_figures_stays() -> None:
    rows = [
        *HEAD, Line(90, 682, "Chợ Bàu Sen", 11), Line(260, 682, "BS", 11), Line(330, 682, "chưa thu", 11),
        Line(90, 650, "Ban quản lý chợ đã thu 1.250 triệu đồng của 318 hộ, còn 42 hộ xin gia hạn.", 11),
    ]  # fmt: skip
    (table,) = read(rows, box([80, 250, 320, 420], [716, 696, 676]))
    assert texts(table)[1] == ["Chợ Bàu Sen", "BS", "chưa thu"]
