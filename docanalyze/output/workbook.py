"""Workbooks (XLSX) through openpyxl: sheets of rows, text that can never run as a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from importlib import import_module
from typing import Any

import msgspec

from docanalyze.core.errors import MissingPart

_WIDEST = 80


class Formula(msgspec.Struct, frozen=True):
    """A formula of ours; only this is ever written as one."""

    text: str


class Link(msgspec.Struct, frozen=True):
    """Text or a number that leads to a cell of the same workbook, as `#'Số liệu'!A12`."""

    text: str | Decimal
    target: str


Content = str | Decimal | int | float | Formula | Link | None


def import_openpyxl(option: str = "-o x.xlsx") -> Any:
    """Return openpyxl; raise MissingPart where it is not installed."""
    try:
        return import_module("openpyxl")
    except ImportError as error:
        raise MissingPart(option=option, command="pip install 'docanalyze[tables]'") from error


class Workbook:
    """A workbook that is filled sheet by sheet; raises MissingPart without openpyxl."""

    def __init__(self, *, option: str = "-o x.xlsx") -> None:
        openpyxl = import_openpyxl(option)
        self._styles: Any = import_module("openpyxl.styles")
        self._letters: Any = import_module("openpyxl.utils").get_column_letter
        self._book: Any = openpyxl.Workbook()
        self._book.remove(self._book.active)

    def add_sheet(
        self,
        title: str,
        head: Sequence[str],
        rows: Sequence[Sequence[Content]],
        *,
        widths: Sequence[float] = (),
    ) -> None:
        """Add a sheet: a head that stays in view and can be filtered, then the rows.

        Decimals keep their printed places; what is a `str` is always text, whatever it begins with.
        `widths` are those of the columns in characters.
        """
        sheet = self._book.create_sheet(title[:31])
        for column, name in enumerate(head, 1):
            cell = sheet.cell(row=1, column=column)
            _write(cell, name)
            cell.font = self._styles.Font(bold=True)
            cell.fill = self._styles.PatternFill("solid", fgColor="FFE8EEF4")
            cell.alignment = self._styles.Alignment(vertical="center", wrap_text=True)
        for at, row in enumerate(rows, 2):
            for column, content in enumerate(row, 1):
                cell = sheet.cell(row=at, column=column)
                _write(cell, content)
                if isinstance(content, Link):
                    cell.font = self._styles.Font(color="FF1D5D8F", underline="single")
                wrap = isinstance(content, str | Link)
                cell.alignment = self._styles.Alignment(vertical="top", wrap_text=wrap)
        for column, width in enumerate(widths, 1):
            sheet.column_dimensions[self._letters(column)].width = min(width, _WIDEST)
        sheet.freeze_panes = "A2"
        if rows:
            sheet.auto_filter.ref = f"A1:{self._letters(len(head))}{len(rows) + 1}"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_title_rows = "1:1"

    def colour(self, title: str, rules: Sequence[tuple[str, str, str]]) -> None:
        """Colour cells of a sheet by their text: a rule is a range, the text, a colour (`FFFBE9E7`)."""
        rule = import_module("openpyxl.formatting.rule").CellIsRule
        sheet = self._book[title[:31]]
        for area, text, colour in rules:
            fill = self._styles.PatternFill("solid", bgColor=colour)
            sheet.conditional_formatting.add(area, rule(operator="equal", formula=[f'"{text}"'], fill=fill))

    def to_bytes(self) -> bytes:
        """Return the workbook as the bytes of an XLSX file."""
        buffer = io.BytesIO()
        self._book.save(buffer)
        return buffer.getvalue()


def quote_sheet(title: str) -> str:
    """Return a sheet's name as formulas write it.

    >>> quote_sheet("Số liệu")
    "'Số liệu'"
    """
    return "'" + title[:31].replace("'", "''") + "'"


def _write(cell: Any, content: Content) -> None:
    if content is None:
        return
    if isinstance(content, Formula):
        cell.value = content.text
        cell.data_type = "f"
    elif isinstance(content, Link):
        _write(cell, content.text)
        cell.hyperlink = content.target
    elif isinstance(content, str):
        cell.value = _clean(content)
        cell.data_type = "s"
    elif isinstance(content, Decimal):
        cell.value = content
        exponent = content.as_tuple().exponent
        places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        cell.number_format = "#,##0" + ("." + "0" * places if places else "")
    else:
        cell.value = content


def _clean(text: str) -> str:
    """Return text without the control characters that XML has no place for, cut to what a cell holds."""
    return "".join(char if char >= " " or char in "\n\t" else " " for char in text)[:32_000]
