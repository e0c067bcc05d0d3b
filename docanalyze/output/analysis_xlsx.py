"""Analyses as a workbook: a sheet of mentions, one of indicators, one of findings, a row each."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from docanalyze.core.analysis import Analysis
from docanalyze.output.tables import TABLES, list_columns
from docanalyze.output.workbook import Content, Workbook

_SHEETS = ("mentions", "indicators", "findings")


def to_xlsx(analyses: Sequence[Analysis]) -> bytes:
    """Return analyses as an XLSX file with the columns of the Parquet tables; `document` is the path.

    Text is never a formula. Raises MissingPart without openpyxl.
    """
    book = Workbook()
    for name in _SHEETS:
        columns = [column for column in TABLES[name].columns if column.kind not in ("operands", "evidence")]
        rows: list[list[Content]] = []
        for analysis in analyses:
            found = list_columns(TABLES[name], [analysis])
            found["document"] = [analysis.source.path] * len(found["document"])
            rows += [
                [_plain(value) for value in row]
                for row in zip(*(found[column.name] for column in columns), strict=True)
            ]
        book.add_sheet(name, [column.name for column in columns], rows)
    return book.to_bytes()


def _plain(value: object) -> Content:
    if value is None or isinstance(value, str | int | float | Decimal):
        return value
    return str(value)
