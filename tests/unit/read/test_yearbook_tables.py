"""Tables of statistical yearbooks without rules: school years as heads, thousands set apart by spaces."""

from __future__ import annotations

from tests.unit.read.laid_tables import lay, prose, read, rows_of

COLUMNS = [(85.0, 250.0, "l"), (270.0, 330.0, "r"), (350.0, 410.0, "r"), (430.0, 490.0, "r")]
HEAD = ("Năm học", "2020-2021", "2021-2022", "2022-2023")
ROWS = (
    ("Tiểu học", "230 065", "240 771", "248 832"),
    ("Công lập", "229 610", "240 228", "248 241"),
    ("Ngoài công lập", "455", "543", "591"),
    ("Trung học cơ sở", "195 120", "170 963", "173 491"),
)


def test_thousands_set_apart_by_spaces_are_one_figure_below_school_years() -> None:
    lines = [*prose(760), *lay(COLUMNS, [HEAD, *ROWS], top=660)]
    (table,) = read(lines).tables
    assert [column.header for column in table.columns[1:]] == [(head,) for head in HEAD[1:]]
    assert rows_of(table)[-4:] == [list(row) for row in ROWS]


def test_a_column_of_places_headed_as_units_names_the_rows() -> None:
    head = ("Đơn vị", "2021", "2022", "2023")
    rows = (("1. Huyện Mộc Giang", "1.203", "1.249", "1.258"), ("2. Huyện Lộc Sơn", "980", "1.002", "1.015"))
    (table,) = read([*prose(760), *lay(COLUMNS, [head, *rows], top=660)]).tables
    assert [cell.role for cell in table.cells if cell.col == 0 and not cell.header] == ["label", "label"]
