"""One table as CSV or XLSX: its cells where they stand, figures as printed or as numbers."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

from msgspec import UnsetType

from docanalyze.core.analysis import Analysis
from docanalyze.core.document import Table
from docanalyze.core.errors import MissingPart
from docanalyze.core.mention import Mention
from docanalyze.output.csv_files import neutralise

_FIGURE = re.compile(r"[-+−–]?[\d.,\s]*\d\s?%?|[-–—]")
_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


def table_to_csv(table: Table) -> str:
    """Return a table's cells as CSV text, a merged cell at its first place.

    Text that a spreadsheet would run as a formula gets a leading apostrophe; figures stay as printed.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for row in _lay_out(table):
        writer.writerow([text if _FIGURE.fullmatch(text) else neutralise(text) for text in row])
    return buffer.getvalue()


def _lay_out(table: Table) -> list[list[str]]:
    height = max((cell.row + cell.row_span for cell in table.cells), default=0)
    width = max((cell.col + cell.col_span for cell in table.cells), default=0)
    rows = [[""] * width for _ in range(height)]
    for cell in table.cells:
        rows[cell.row][cell.col] = " ".join(cell.text.split())
    return rows


def table_to_xlsx(analysis: Analysis, table: Table) -> bytes:
    """Return a table as a workbook of one sheet: head in bold, merged cells merged, figures as numbers.

    A figure is a number if it was tagged and fills its cell; all else is text, never a formula.
    Raises MissingPart without openpyxl.
    """
    try:
        from openpyxl import Workbook
        from openpyxl.styles import Alignment, Font
    except ImportError as error:
        raise MissingPart(option="-o .xlsx", command="pip install 'docanalyze[tables]'") from error
    book = Workbook()
    sheet = book.active
    sheet.title = _SHEET_NAME.sub(" ", table.title or table.id)[:31].strip("' ") or table.id
    figures = _read_figures(analysis, table)
    for cell in table.cells:
        place = sheet.cell(row=cell.row + 1, column=cell.col + 1)
        figure = figures.get((cell.row, cell.col))
        if figure is not None:
            place.value = figure
            places = -int(figure.as_tuple().exponent)
            place.number_format = "#,##0" + ("." + "0" * places if places > 0 else "")
            if "%" in cell.text:
                place.number_format += '"%"'
        elif cell.text:
            place.value = " ".join(cell.text.split())
            place.data_type = "s"
        if cell.header:
            place.font = Font(bold=True)
            place.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        if cell.row_span > 1 or cell.col_span > 1:
            sheet.merge_cells(
                start_row=cell.row + 1,
                start_column=cell.col + 1,
                end_row=cell.row + cell.row_span,
                end_column=cell.col + cell.col_span,
            )
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _read_figures(analysis: Analysis, table: Table) -> dict[tuple[int, int], Decimal]:
    """Return the figures that fill their cells by row and column, signed."""
    mentions: tuple[Mention, ...] = () if isinstance(analysis.mentions, UnsetType) else analysis.mentions
    texts = {(cell.row, cell.col): cell.text for cell in table.cells if cell.role == "value"}
    figures: dict[tuple[int, int], Decimal] = {}
    for mention in mentions:
        if mention.cell is None or mention.cell.table != table.id:
            continue
        at = (mention.cell.row, mention.cell.col)
        number = getattr(mention.value, "number", None)
        rest = texts.get(at, "?").replace(mention.text, "", 1).strip(" ()-−–+%¹²³⁴⁵⁶⁷⁸⁹*")
        if isinstance(number, Decimal) and not rest:
            sign = getattr(mention.value, "negative", None) is True
            down = getattr(mention.value, "direction", None) == "decrease"
            figures[at] = -number if sign or down else number
    return figures
