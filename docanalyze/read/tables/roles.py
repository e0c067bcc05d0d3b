"""What the parts of a table are for: its head, its columns' units and formulas, each cell's role."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from docanalyze.core.document import CellRole, Column
from docanalyze.lexicon.forms import form_words
from docanalyze.read.tables.grid import GridCell
from docanalyze.read.tables.tokens import is_value

_INDEX_CELL = re.compile(r"\(?(?:[A-Z]|\d{1,2}|[IVX]+)\)?(?:\s*=\s*[\d()+\-*/×x:%.,\s]+(?:\([^()]*\))?)?$")
_FORMULA = re.compile(r"\(?\d{1,2}\)?\s*=\s*[\d()+\-*/×x:%.,\s]+$")
_VALUE = re.compile(r"[-+−–(]?\s*\d[\d.,\s]*\)?\s*[%‰]?$|[-–—x]$")
_RUNNING = re.compile(r"[IVX]+|\d{1,3}(?:\.\d+)*|[A-Z]|[a-z]\)?")
_UNIT_IN_HEADER = re.compile(r"\(([^()]{1,30})\)\s*$|^(%)$|\b(%)\s*$")
_ONE_UNIT = (
    r"(?:triệu|tỷ|tỉ|nghìn|ngàn|trăm|đồng|VNĐ|VND|USD|%|‰|ha|tấn|tạ|kg|lít|m2|m²|m3|m³|km|mét|kwh|đ|con|cái|chiếc|"
    r"bộ|người|hộ|lượt|khách|hk|hành khách|vụ|ca|cơ sở|lần|cây|quả|đôi|viên|điểm|bao|thùng|dự án|"
    r"doanh nghiệp|lao động)"
)
_HOLDS_UNIT = re.compile(rf"{_ONE_UNIT}\b|[%‰]", re.IGNORECASE)
_UNITS = re.compile(rf"{_ONE_UNIT}(?:(?:[\s/.]+|[;,]\s+){_ONE_UNIT}){{0,4}}", re.IGNORECASE)


def count_header_rows(cells: Sequence[GridCell]) -> int:
    """Return how many of a table's first rows are its head, the index row (`A B 1 2 3=2/1`) included."""
    rows = _rows_of(cells)
    for number in sorted(rows)[:8]:
        texts = [cell.text.strip() for cell in rows[number] if cell.text.strip()]
        if is_index_row(texts):
            return number + 1
    head = 0
    for number in sorted(rows):
        row = rows[number]
        texts = [cell.text.strip() for cell in row if cell.text.strip()]
        spanned = max((cell.row + cell.row_span for cell in row), default=number + 1)
        has_value = any(_VALUE.match(text) and not re.fullmatch(r"(?:19|20)\d\d", text) for text in texts)
        if has_value or (number > 0 and number >= head):
            break
        head = max(head, spanned)
    return min(head, max(rows, default=0))


def is_index_row(texts: Sequence[str]) -> bool:
    """Return whether the texts of a row only number the columns, as `A B 1 2 3=2/1`.

    >>> is_index_row(["A", "B", "1", "2", "3=2/1"]), is_index_row(["I", "Tổng số", "12", "13"])
    (True, False)
    """
    return len(texts) >= 2 and all(_INDEX_CELL.match(text) for text in texts) and _counts_up(texts)


def _counts_up(texts: Sequence[str]) -> bool:
    numbers = [int(match.group(1)) for text in texts if (match := re.match(r"\(?(\d{1,2})\)?", text))]
    # A form may leave numbers out: `1 2 4 5`.
    return len(numbers) >= 1 and numbers[0] <= 2 and all(0 < b - a <= 2 for a, b in pairwise(numbers))


def _rows_of(cells: Sequence[GridCell]) -> dict[int, list[GridCell]]:
    rows: dict[int, list[GridCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    return rows


def describe_columns(cells: Sequence[GridCell], width: int, header_rows: int) -> tuple[Column, ...]:
    """Return each column's header path (top row first), its own unit and its formula."""
    columns = []
    for col in range(width):
        path: list[str] = []
        formula = unit = None
        for cell in cells:
            if cell.row >= header_rows or not cell.col <= col < cell.col + cell.col_span:
                continue
            text = cell.text.strip()
            if _FORMULA.match(text):
                formula = text
            elif text and not (cell.row == header_rows - 1 and _INDEX_CELL.match(text)):
                path.append(text)
        for text in reversed(path):
            match = _UNIT_IN_HEADER.search(text)
            found = next((group for group in match.groups() if group), None) if match else None
            if found and _HOLDS_UNIT.search(found):
                unit = found
                break
        columns.append(Column(header=tuple(path), unit=unit, formula=formula))
    return tuple(columns)


def is_unit(text: str) -> bool:
    """Return whether a text is a unit alone, or several, as `Tỷ đồng`, `%`, `tạ/ha`, `Nghìn tấn; Triệu USD`.

    >>> is_unit("Nghìn tấn"), is_unit("Nghìn tấn; Triệu USD"), is_unit("lao"), is_unit("Tổng số")
    (True, True, False, False)
    """
    return len(text) <= 30 and _UNITS.fullmatch(" ".join(text.split())) is not None


@lru_cache(maxsize=1)
def _head_roles() -> tuple[frozenset[str], ...]:
    names = ("running_number", "unit_line", "note_column", "code_column")
    return tuple(frozenset(word.casefold() for word in form_words(name)) for name in names)


def column_role(column: Column) -> CellRole | None:
    """Return what a column's head says that its cells are for; None if it does not say.

    Codes (`Mã số`) number the rows as running numbers do: their digits are no figures.
    """
    running, unit, note, code = _head_roles()
    head = " ".join(column.header).casefold()
    if head in running or any(part.casefold() in code for part in column.header):
        return "stt"
    if head in unit:
        return "unit"
    return "note" if head.startswith(tuple(note)) else None


def column_roles(
    columns: Sequence[Column], cells: Sequence[GridCell], header_rows: int
) -> list[CellRole | None]:
    """Return what the heads say that the cells of each column are for.

    `Đơn vị` is a unit, but a place or a body where no other column has the names of the rows.
    """
    roles = [column_role(column) for column in columns]
    worded = {
        cell.col for cell in cells
        if cell.row >= header_rows and (text := cell.text.strip()) and not is_value(text)
        and roles[cell.col] is None
    }  # fmt: skip
    return roles if worded else [None if role == "unit" else role for role in roles]


def cell_role(cell: GridCell, text: str, *, header_rows: int, column: CellRole | None) -> CellRole | None:
    """Return what a cell with `text` is for: index row, running number, label, unit, note or value."""
    if cell.row < header_rows:
        return "index" if cell.row == header_rows - 1 and _INDEX_CELL.match(text) else None
    if not text:
        return None
    if column is not None and (column != "stt" or any(char.isdigit() for char in text) or len(text) <= 5):
        return column
    if cell.col == 0 and _RUNNING.fullmatch(text):
        return "stt"
    return "value" if is_value(text) else "label"
