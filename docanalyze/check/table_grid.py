"""A table as arithmetic sees it: body rows by columns of figures, with what heads and labels say of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from docanalyze.core.document import Cell, Table
from docanalyze.core.figure import Figure
from docanalyze.core.kept import Kept
from docanalyze.lexicon.forms import form_pattern

Cells = Mapping[tuple[str, int, int], list[Figure]]
_ZERO = re.compile(r"[-–—−]|0+(?:[.,]0+)?")
_DIGIT = re.compile(r"\d")
_WORDS = re.compile(r"[^\W\d_]{2,} [^\W\d_]{2,}")
_CODED = re.compile(r"mã(?: số)?(?: chỉ tiêu)?$")
_ROW_CODE = re.compile(r"\d{2,3}")
_FEWEST_CODES = 6
_YEAR = re.compile(r"(?:năm )?(?:19|20)\d\d", re.IGNORECASE)
_CAPACITY = re.compile(r"(?!.*đồng)[^/]+/ ?(?:ngày đêm|ngày|giờ|tháng|năm|vụ)")
"""A unit of so much in a time; money in a time is pay."""
_FILLED = 0.5
"""The least share of a column's cells with figures for it to be a column of figures."""


class Row(msgspec.Struct, frozen=True, dict=True):
    """A body row: its place in the table, its running number or mark, its label, its unit and its code.

    `indexed` rows stand below a line that says that they are growth over the year before.
    """

    number: int
    mark: str
    label: str
    unit: str
    code: str = ""
    indexed: bool = False

    @Kept
    def is_rate(self) -> bool:
        """Whether the row's figures cannot be added: `Năng suất`, `Tỷ lệ`, `tạ/ha`."""
        if "/" in self.unit or "%" in self.unit or self.indexed:
            return True
        label = form_pattern("<mean_count>").sub("", self.label.lower())  # `dân số trung bình` is a count
        return bool(_rate().search(label))

    @Kept
    def is_average(self) -> bool:
        """Whether the row's figures are so much of one thing for each of another: `tạ/ha`, `kg/người`.

        So too `Thu nhập bình quân đầu người` in `triệu đồng`.
        """
        if not self.unit.strip() or "%" in self.unit:
            return False
        return "/" in self.unit or bool(form_pattern("<average_row>").search(self.label.lower()))


class Grid(msgspec.Struct, frozen=True):
    """The figures of a table by body row and column.

    `values` are signed and as printed, without their unit; None is a blank, a word, or anything but one
    figure. A dash is a zero: a value without a figure. `slacks` are half a unit of the last printed
    place, 0 for exact counts. `figures[col][row]` counts rows and columns of the table's body.
    """

    table: Table
    rows: tuple[Row, ...]
    columns: tuple[int, ...]
    heads: dict[int, str]
    units: dict[int, str]
    figures: dict[int, list[Figure | None]] = msgspec.field(default_factory=dict)
    values: dict[int, list[float | None]] = msgspec.field(default_factory=dict)
    slacks: dict[int, list[float]] = msgspec.field(default_factory=dict)
    blanks: dict[int, list[bool]] = msgspec.field(default_factory=dict)
    memo: dict[str, object] = msgspec.field(default_factory=dict)
    cues: dict[tuple[int, str], bool] = msgspec.field(default_factory=dict)

    def is_ratio(self, col: int) -> bool:
        """Return whether the head says that a column's figures are ratios, growth, averages or prices.

        Capacities add up: `m³/ngày đêm`, `tấn/năm`.
        """
        known = self.cues.get((col, "rate"))
        if known is None:
            unit = self.units[col]
            rate = "/" in unit and not _CAPACITY.fullmatch(unit)
            known = "%" in unit or rate or _rate().search(self.heads[col]) is not None
            self.cues[col, "rate"] = known
        return known

    def is_share(self, col: int) -> bool:
        """Return whether the head says that a column's figures are shares of a whole."""
        known = self.cues.get((col, "share"))
        if known is None:
            found = form_pattern("<share_head>").search(self.heads[col])
            known = self.cues[col, "share"] = found is not None
        return known

    def has_cue(self, col: int, words: str) -> bool:
        """Return whether a column's head holds a word of a list of `forms.toml`."""
        known = self.cues.get((col, words))
        if known is None:
            found = form_pattern(rf"(?<!\w)<{words}>", re.IGNORECASE).search(self.heads[col])
            known = self.cues[col, words] = found is not None
        return known


def _rate() -> re.Pattern[str]:
    return form_pattern(r"(?<!\w)<rate_head>")


def read_grid(table: Table, cells: Cells) -> Grid | None:
    """Return the figures of a table's body; None if it has less than two rows or no column of figures."""
    body: dict[int, dict[int, Cell]] = {}
    for cell in table.cells:
        if not cell.header and cell.role != "index":
            body.setdefault(cell.row, {})[cell.col] = cell
    places = sorted(row for row, line in body.items() if not _is_years(line))
    if len(places) < 2:
        return None
    texts = {cell.col for row in body.values() for cell in row.values() if cell.role in ("label", "stt")}
    coded = next((col for col in sorted(texts) if _CODED.match(_head(table, col))), None)
    candidates = sorted({col for row in body.values() for col in row} - _running(body))
    if coded is None and (coded := _find_codes(table, body)) is not None:
        candidates = [col for col in candidates if col != coded]
    grid = Grid(
        table=table,
        rows=tuple(_read_row(number, body[number], coded) for number in places),
        columns=(),
        heads={col: _head(table, col) for col in candidates},
        units={col: _unit(table, col) for col in candidates},
    )
    kept = []
    for col in candidates:
        if form_pattern(r"(?<!\w)<code_head>(?!\w)").search(grid.heads[col]):
            continue
        column = [_read_cell(body[row].get(col), cells.get((table.id, row, col), [])) for row in places]
        filled = sum(value is not None for _, value, _ in column)
        printed = sum(not blank for _, _, blank in column)
        if filled < 2 or filled < _FILLED * printed or (col in texts and filled < 0.8 * printed):
            continue
        kept.append(col)
        grid.figures[col] = [figure for figure, _, _ in column]
        grid.values[col] = [value for _, value, _ in column]
        grid.slacks[col] = [_slack(figure) for figure, _, _ in column]
        grid.blanks[col] = [blank for _, _, blank in column]
    return replace(grid, columns=tuple(kept), rows=_index_rows(grid, kept)) if kept else None


def _index_rows(grid: Grid, columns: list[int]) -> tuple[Row, ...]:
    """Return the rows, those below a line such as `Chỉ số phát triển (Năm trước = 100)` as indices."""
    rows: list[Row] = []
    indexed = False
    for at, row in enumerate(grid.rows):
        if row.label and all(grid.values[col][at] is None for col in columns):
            divided = form_pattern(r"(?:[-–+*]\s*)?<divided_row>(?!\w)", re.IGNORECASE).match(row.label)
            section = form_pattern(r"(?<!\w)<index_section>(?!\w)").search(row.label.lower())
            indexed = section is not None or (indexed and divided is not None)
        rows.append(replace(row, indexed=True) if indexed else row)
    return tuple(rows)


def _find_codes(table: Table, body: dict[int, dict[int, Cell]]) -> int | None:
    """Return the column of a statement's codes where its head is lost: `01`, `02`, `10`, ever higher."""
    for col in sorted({col for row in body.values() for col in row}):
        codes = [row[col].text.strip() for _, row in sorted(body.items()) if col in row]
        codes = [code for code in codes if code]
        rises = all(
            int(one) < int(two) for one, two in pairwise(codes) if two.isdecimal() and one.isdecimal()
        )
        alike = len({len(code) for code in codes}) == 1 and all(_ROW_CODE.fullmatch(code) for code in codes)
        if len(codes) >= _FEWEST_CODES and alike and rises and not _head(table, col).strip():
            return col
    return None


def _is_years(row: dict[int, Cell]) -> bool:
    """Return whether a row is one of years, which belongs to the heads above it."""
    texts = [cell.text.strip() for cell in row.values() if cell.text.strip()]
    return len(texts) > 1 and all(_YEAR.fullmatch(text) for text in texts)


def _running(body: dict[int, dict[int, Cell]]) -> set[int]:
    """Return the columns of running numbers, labels, units and notes."""
    seen: dict[int, list[str | None]] = {}
    for row in body.values():
        for cell in row.values():
            if cell.text.strip():
                seen.setdefault(cell.col, []).append(cell.role)
    return {
        col for col, roles in seen.items()
        if sum(role in ("stt", "unit", "note", "index") for role in roles) > len(roles) / 2
    }  # fmt: skip


def _read_row(number: int, row: dict[int, Cell], coded: int | None = None) -> Row:
    def join(role: str) -> str:
        found = [row[col].text for col in sorted(row) if row[col].role == role and row[col].text.strip()]
        return " ".join(" ".join(found[:1]).split())

    code = row[coded].text.strip() if coded is not None and coded in row else ""
    return Row(number, join("stt"), join("label"), join("unit"), code)


def _head(table: Table, col: int) -> str:
    if col >= len(table.columns):
        return ""
    return " ".join(" ".join(table.columns[col].header).lower().split())


def _unit(table: Table, col: int) -> str:
    return (table.columns[col].unit or "") if col < len(table.columns) else ""


def _read_cell(cell: Cell | None, found: list[Figure]) -> tuple[Figure | None, float | None, bool]:
    """Return the cell's one figure, its value and whether the cell is blank."""
    text = cell.text.strip() if cell is not None else ""
    if not text:
        return None, None, True
    if not found:
        return None, 0.0 if _ZERO.fullmatch(text) else None, False
    if cell is not None and cell.role == "label" and _WORDS.search(text):
        return None, None, False  # a line across the columns: `Chỉ số phát triển (Năm trước = 100)`
    figure = found[0]
    alone = len(found) == 1 and not _DIGIT.search(text.replace(figure.text, "", 1))
    if not alone or figure.number != figure.high or not _DIGIT.search(figure.text):
        return None, None, False
    value = float(figure.number)
    return figure, -value if figure.sign < 0 else value, False


def _slack(figure: Figure | None) -> float:
    if figure is None or figure.exact:
        return 0.0
    return 0.5 * 10.0**-figure.decimals


def in_one_unit(figures: list[Figure]) -> list[Figure]:
    """Return figures that are to be added: as they are if of one unit, else as bare numbers."""
    first = figures[0]
    for figure in figures:
        same = figure.factor is first.factor or figure.factor == first.factor
        if not same or figure.dimension != first.dimension:
            return [each.bare for each in figures]
    return figures
