"""Tables of a plain text: lines whose cells are parted by tabs -> `Table`, with cells where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docanalyze.core.document import Cell, Table
from docanalyze.core.span import Span, trim_span
from docanalyze.lexicon.forms import form_pattern
from docanalyze.read.markers import is_unit_line
from docanalyze.read.tables.grid import GridCell
from docanalyze.read.tables.roles import cell_role, column_roles, count_header_rows, describe_columns

_UNIT = form_pattern(r"<unit_line>\s*:?\s*(.+)")


@dataclass(slots=True)
class _TextCell(GridCell):
    printed: str = ""

    @property
    def text(self) -> str:
        """The cell as it is printed."""
        return self.printed


def read_text_table(text: str, span: Span, name: str, before: Sequence[str]) -> Table:
    """Return the table in `span`; `before` are the paragraphs above it, the nearest last.

    The unit is that of a line `ĐVT: …` above it, the title the line before that.
    """
    cells: list[_TextCell] = []
    places: list[Span] = []
    row = -1
    at = span.start
    while at < span.end:
        end = text.find("\n", at, span.end)
        end = span.end if end < 0 else end
        if text[at:end].strip():
            row += 1
            col = 0
            while at <= end:
                stop = text.find("\t", at, end)
                stop = end if stop < 0 else stop
                place = trim_span(text, at, stop)
                cells.append(_TextCell(row, col, 1, 1, (0.0, 0.0, 0.0, 0.0), [], place.of(text)))
                places.append(place)
                at, col = stop + 1, col + 1
        at = end + 1
    header_rows = count_header_rows(cells)
    width = max((cell.col + 1 for cell in cells), default=0)
    columns = describe_columns(cells, width, header_rows)
    roles = column_roles(columns, cells, header_rows)
    title, unit = _read_caption(before)
    return Table(
        id=name,
        title=title,
        unit=unit,
        columns=columns,
        cells=tuple(
            Cell(
                row=cell.row,
                col=cell.col,
                header=cell.row < header_rows,
                role=cell_role(cell, cell.text, header_rows=header_rows, column=roles[cell.col]),
                text=cell.text,
                start=place.start,
                end=place.end,
            )
            for cell, place in zip(cells, places, strict=True)
        ),
    )


def _read_caption(before: Sequence[str]) -> tuple[str | None, str | None]:
    unit = None
    for line in list(before)[-1:-3:-1]:
        if unit is None and is_unit_line(line):
            found = _UNIT.search(line)
            unit = found[1].strip(" .()") or None if found else None
            continue
        return (line if len(line) < 300 else None), unit
    return None, unit
