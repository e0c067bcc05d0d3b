"""What was read against what was printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from docanalyze import Table
from tests.benchmarks.tables.shapes import Shape

Rows = Sequence[Sequence[str]]


@dataclass
class Counts:
    """Right answers and all answers of each kind, over some tables."""

    tables: int = 0
    cells: int = 0
    right_cells: int = 0
    spurious: int = 0
    columns: int = 0
    right_paths: int = 0
    right_units: int = 0
    rows: int = 0
    right_parents: int = 0
    continued: int = 0
    joined: int = 0

    def __iadd__(self, other: Counts) -> Counts:
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))
        return self


def printed_rows(shape: Shape) -> list[list[str]]:
    """Return the rows of a table as printed, head first, without blank cells."""
    head = [[_plain(cell.text) for cell in row] for row in shape.head]
    return [[text for text in row if text] for row in (*head, *([_plain(c) for c in r] for r in shape.rows))]


def count_cells(wanted: Rows, found: Rows) -> tuple[int, int]:
    """Return how many cells were read right and how many rows were read that nobody printed.

    Rows are aligned in order so that most cells agree; within a row cells must agree in order.
    """
    clean = [[text for text in (_plain(cell) for cell in row) if text] for row in found]
    clean = [row for row in clean if row]
    best = [[0] * (len(clean) + 1) for _ in range(len(wanted) + 1)]
    for i in range(len(wanted) - 1, -1, -1):
        for j in range(len(clean) - 1, -1, -1):
            pair = _common(wanted[i], clean[j])
            best[i][j] = max(best[i + 1][j], best[i][j + 1], pair + best[i + 1][j + 1])
    i = j = spurious = 0
    while j < len(clean):
        if i == len(wanted):
            spurious += len(clean) - j
            break
        pair = _common(wanted[i], clean[j])
        if pair and best[i][j] == pair + best[i + 1][j + 1]:
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j, spurious = j + 1, spurious + 1
    return best[0][0], spurious


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    if list(a) == list(b):
        return len(a)
    row = [0] * (len(b) + 1)
    for x in a:
        previous = 0
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], (previous + 1 if x == y else max(row[j], row[j - 1]))
    return row[-1]


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())


def score_tables(shape: Shape, tables: Sequence[Table], pages: int) -> Counts:
    """Return the counts of the tables read from a file that holds one table on `pages` pages."""
    wanted = printed_rows(shape)
    found = [row for table in tables for row in rows_of(table)]
    right, spurious = count_cells(wanted, found)
    counts = Counts(1, sum(len(row) for row in wanted), right, spurious)
    counts.columns, counts.rows = len(shape.paths), len(shape.rows)
    if pages > 1:
        counts.continued, counts.joined = 1, int(len(tables) == 1 and len(tables[0].parts) >= pages)
    if tables:
        _score_structure(shape, max(tables, key=lambda table: len(table.cells)), counts)
    return counts


def rows_of(table: Table) -> list[list[str]]:
    """Return a table's cells as rows of text."""
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return [rows[row] for row in sorted(rows)]


def _score_structure(shape: Shape, table: Table, counts: Counts) -> None:
    units = [unit or shape.unit for unit in shape.units]
    if len(table.columns) == len(shape.paths):
        for column, path, unit in zip(table.columns, shape.paths, units, strict=True):
            counts.right_paths += tuple(_plain(text) for text in column.header) == path
            counts.right_units += (column.unit or table.unit) == unit
    numbers = {row.row: row for row in table.rows}
    first: dict[int, list[str]] = {cell.row: [] for cell in table.cells}
    for cell in table.cells:
        first[cell.row].append(cell.text)
    keys = [_key(row) for row in shape.rows]
    ours: dict[int, int] = {}
    at = 0
    for number in sorted(first):
        found = next((i for i in range(at, len(keys)) if keys[i] == _key(first[number])), None)
        if found is not None:
            ours[number], at = found, found + 1
    for number, wanted in ours.items():
        parent = numbers[number].parent if number in numbers else -1
        counts.right_parents += (None if parent is None else ours.get(parent, -1)) == shape.parents[wanted]


def _key(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(_plain(cell) for cell in cells)
