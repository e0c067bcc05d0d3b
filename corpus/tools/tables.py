"""Tables of a source: rows of `| cell | cell |`, merged with `<` and `^`, read into a grid with marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.tools.marks import Line, Mark, check_loose_digits, read_line
from corpus.tools.problems import Problems
from corpus.tools.values import plain, read_numeral

_ATTRIBUTE = re.compile(r'([\w-]+)=(?:"([^"]*)"|(\S+))')
_ATTRIBUTES = {"caption", "unit", "cells", "widths", "landscape"}
_CELLS = {"number", "number-en", "none"}
_CAPTION_LABEL = re.compile(
    r"(?:Phụ lục|Phụ biểu|Biểu|Bảng|Mẫu)(?: số)? (\d+[a-zđ]?(?:[.-]\d+[a-zđ]?)*|[IVX]+)\b"
)
_RUNNING = re.compile(r"(?:TT|STT|Số TT)", re.IGNORECASE)
_INDEX = re.compile(r"\(?(?:\d{1,2}|[A-ZĐ])\)?(?:\s*=.*)?")
_LABEL = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]+|[A-ZĐa-zđ])[.)]?")
_FIGURE = re.compile(r"(?P<sign>[+\-−–]?)(?P<open>\(?)(?P<number>\d[\d.,]*)(?P<close>\)?)(?P<percent>\s?%)?")
_UNIT = re.compile(
    r"(?:(?:nghìn|ngàn|vạn|triệu|tr\.|tỷ|tỉ|1[.]?000|người|hộ|lượt|vụ|cái|chiếc|con|ca|đồng|USD|VND|ha|m2|m²|m3|m³|km2|km²|"
    r"km|m|kg|tạ|tấn|lít|kWh|MWh|kW|MW)(?=[ /]|$).*)"
)
"""What a bracket at the end of a column head holds if it is a unit (`Diện tích (ha)`), not a remark."""


@dataclass
class Cell:
    """One cell of the grid: its place, how many rows and columns it covers, its text and marks."""

    row: int
    col: int
    line: Line
    header: bool
    row_span: int = 1
    col_span: int = 1
    unit: str = ""


@dataclass
class Table:
    """A table: `cells` in reading order, the covered places of merged cells left out."""

    name: str
    number: int
    caption: Line | None
    unit: str
    rows: int = 0
    cols: int = 0
    head_rows: int = 0
    cells: list[Cell] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    landscape: bool | None = None

    def find(self, row: int, col: int) -> Cell | None:
        """Return the cell that covers a place of the grid."""
        for cell in self.cells:
            if cell.row <= row < cell.row + cell.row_span and cell.col <= col < cell.col + cell.col_span:
                return cell
        return None


def read_table(first: str, number: int, body: list[tuple[int, str]], problems: Problems) -> Table:
    """Return the table of an `@table` directive; `body` holds its lines with their numbers."""
    name, _, rest = first.partition(" ")
    if not re.fullmatch(r"[A-Za-z]\w*", name):
        problems.add(number, f'@table {first}: write `@table t1 caption="…" unit="…" cells=number`')
    given: dict[str, str] = {}
    for key, quoted, bare in _ATTRIBUTE.findall(rest):
        given[key] = quoted or bare
        if key not in _ATTRIBUTES:
            problems.add(number, f"unknown key {key} of @table; known: {', '.join(sorted(_ATTRIBUTES))}")
    if _ATTRIBUTE.sub("", rest).strip():
        problems.add(number, f'@table: `{_ATTRIBUTE.sub("", rest).strip()}` is no key="value"')
    caption = None
    if given.get("caption"):
        caption = read_line(given["caption"], number, problems)
        label = _CAPTION_LABEL.match(caption.text)
        if label and not any(mark.start <= label.start(1) < mark.end for mark in caption.marks):
            caption.marks.insert(0, _negative(label.start(1), label.group(1), number, "label"))
        check_loose_digits(caption, [span[:2] for span in caption.notes], problems)
    style = given.get("cells", "none")
    if style not in _CELLS:
        problems.add(number, f"cells={style}: one of {', '.join(sorted(_CELLS))}")
    table = Table(name, number, caption, given.get("unit", ""))
    table.widths = [float(each) for each in re.findall(r"[\d.]+", given.get("widths", ""))]
    if "landscape" in given:
        table.landscape = given["landscape"] == "yes"
    _read_grid(table, body, problems)
    if table.widths and len(table.widths) != table.cols:
        problems.add(number, f"widths has {len(table.widths)} numbers for {table.cols} columns")
    _mark_cells(table, style, problems)
    _find_units(table)
    return table


def _read_grid(table: Table, body: list[tuple[int, str]], problems: Problems) -> None:
    grid: list[tuple[int, list[str]]] = []
    ruled = False
    for number, raw in body:
        if re.fullmatch(r"-{3,}", raw.strip()):
            if ruled:
                problems.add(number, "a second --- in the table: only one ends the head")
            ruled, table.head_rows = True, len(grid)
            continue
        stripped = raw.strip()
        if not (stripped.startswith("|") and stripped.endswith("|") and len(stripped) > 1):
            problems.add(number, "a table row is `| cell | cell |` (or @end-table is missing)")
            continue
        grid.append((number, _split_row(stripped)))
    if not ruled or not table.head_rows:
        problems.add(table.number, f"table {table.name} has no head: put --- under its head rows")
    if not grid:
        return
    table.rows, table.cols = len(grid), max(len(row) for _, row in grid)
    owner: dict[tuple[int, int], Cell] = {}
    for row, (number, texts) in enumerate(grid):
        if len(texts) != table.cols:
            problems.add(number, f"this row has {len(texts)} cells, the widest has {table.cols}")
        for col, text in enumerate(texts):
            above_left = {"<": (row, col - 1), "^": (row - 1, col)}.get(text)
            if above_left is None:
                cell = Cell(row, col, read_line(text, number, problems), row < table.head_rows)
                table.cells.append(cell)
            elif above_left not in owner:
                problems.add(number, f"`{text}` in row {row}, column {col} has no cell to merge with")
                continue
            else:
                cell = owner[above_left]
                cell.row_span = max(cell.row_span, row - cell.row + 1)
                cell.col_span = max(cell.col_span, col - cell.col + 1)
                if cell.header != (row < table.head_rows):
                    problems.add(
                        number,
                        f"the cell in row {cell.row}, column {cell.col} runs from the head into the body",
                    )
            owner[row, col] = cell
    for cell in table.cells:
        covered = [
            (cell.row + down, cell.col + right)
            for down in range(cell.row_span)
            for right in range(cell.col_span)
        ]
        if any(owner.get(place) is not cell for place in covered):
            problems.add(
                cell.line.number, f"the merged cell in row {cell.row}, column {cell.col} is no rectangle"
            )


def _split_row(row: str) -> list[str]:
    """Return the cells of a row; a `|` inside a ⟦mark⟧ ends no cell."""
    cells, depth = [""], 0
    for letter in row[1:-1]:
        depth += {"⟦": 1, "⟧": -1}.get(letter, 0)
        if letter == "|" and depth <= 0:
            cells.append("")
        else:
            cells[-1] += letter
    return [cell.strip() for cell in cells]


def _negative(start: int, surface: str, line: int, role: str) -> Mark:
    return Mark(start, start + len(surface), surface, "neg", line, role=role)


def running_column(table: Table) -> int | None:
    """Return the column of running numbers (its head says TT or STT), or None."""
    for cell in table.cells:
        if cell.header and _RUNNING.fullmatch(cell.line.text.replace(".", "").strip()):
            return cell.col
    return None


def _mark_cells(table: Table, style: str, problems: Problems) -> None:
    """Give the cells the marks that the format implies, and note digits that remain outside."""
    running = running_column(table)
    heads: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.header:
            heads.setdefault(cell.row, []).append(cell)
    index = {
        row
        for row, cells in heads.items()
        if len(cells) > 1
        and all(_INDEX.fullmatch(cell.line.text) or not cell.line.text for cell in cells)
        and any(re.search(r"\d", cell.line.text) for cell in cells)
    }
    for cell in table.cells:
        line, text = cell.line, cell.line.text
        if line.marks or not text:
            pass
        elif cell.header:
            if cell.row in index and re.search(r"\d", text):
                line.marks.append(_negative(0, text, line.number, "label"))
        elif cell.col == running:
            if _LABEL.fullmatch(text) and re.search(r"[\dIVX]", text):
                line.marks.append(_negative(0, text, line.number, "label"))
        elif style != "none":
            _mark_figure(line, style == "number-en", problems)
        check_loose_digits(line, [span[:2] for span in line.notes], problems)


def _mark_figure(line: Line, english: bool, problems: Problems) -> None:
    """Mark the figure that fills a cell: sign and brackets outside the span, `%` inside."""
    found = _FIGURE.fullmatch(line.text)
    if not found or bool(found["open"]) != bool(found["close"]):
        return
    number = read_numeral(found["number"], english=english)
    if number is None:
        how = "1,234.5" if english else "1.234,5"
        problems.add(line.number, f"the cell `{line.text}` is no numeral as {how}; mark it by hand")
        line.marks.append(_negative(0, line.text, line.number, "other"))
        return
    value: dict[str, object] = {"number": format(number, "f")}
    start, end = found.span("number")
    if found["percent"]:
        end = found.end("percent")
        value["unit"] = "%"
    if found["open"]:
        value["negative"] = True
    elif found["sign"]:
        value["direction"] = "increase" if found["sign"] == "+" else "decrease"
    signed = bool(found["open"] or found["sign"])
    kind = "percent" if found["percent"] else "number"
    line.marks.append(Mark(start, end, line.text[start:end], kind, line.number, value=value, signed=signed))


def _find_units(table: Table) -> None:
    """Give each body cell the unit that the table says for it: unit column, column head, or caption."""
    column = next(
        (
            cell.col
            for cell in table.cells
            if cell.header and re.match(r"(?:ĐVT|Đơn vị)", cell.line.text) and cell.col_span == 1
        ),
        None,
    )
    for cell in table.cells:
        if cell.header:
            continue
        beside = table.find(cell.row, column) if column is not None else None
        heads = [table.find(row, cell.col) for row in range(table.head_rows - 1, -1, -1)]
        texts = [head.line.text for head in heads if head is not None]
        in_brackets = [unit for text in texts for unit in re.findall(r"\(([^()=]+)\)\s*$", text)]
        in_head = [unit for unit in in_brackets if _UNIT.fullmatch(unit.removeprefix("ĐVT:").strip())]
        if any("%" in text for text in texts):
            cell.unit = "%"
        elif in_head:
            cell.unit = in_head[0].removeprefix("ĐVT:").strip()
        elif beside is not None and beside.line.text:
            cell.unit = beside.line.text
        else:
            cell.unit = table.unit


__all__ = ["Cell", "Table", "plain", "read_table", "running_column"]
