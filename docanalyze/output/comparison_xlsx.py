"""A comparison as a workbook: series, restatements, findings, and the quotes that their cells lead to."""

from __future__ import annotations

import io
from typing import Any

from docanalyze.core.comparison import Comparison, Point
from docanalyze.core.errors import Language, MissingPart
from docanalyze.output.comparison_words import BASES, FORMS, last_change, unit_of, write_period

_HEADS: dict[str, dict[Language, tuple[str, ...]]] = {
    "series": {
        "vi": ("Chỉ tiêu", "Loại", "Kỳ", "Đơn vị", "Thay đổi gần nhất (%)"),
        "en": ("Indicator", "Basis", "Stretch", "Unit", "Latest change (%)"),
    },
    "restatements": {
        "vi": ("Chỉ tiêu", "Kỳ", "Báo cáo kỳ đó", "In lại", "Chênh lệch", "%", "Ghi chú"),
        "en": ("Indicator", "Period", "Report of that period", "Printed again", "Difference", "%", "Note"),
    },
    "findings": {
        "vi": ("Mức", "Mã", "Nội dung", "Báo cáo", "Trang", "Trích dẫn"),
        "en": ("Severity", "Code", "Message", "Report", "Page", "Quote"),
    },
    "quotes": {
        "vi": ("Báo cáo", "Tệp", "Trang", "Số in", "Trích dẫn"),
        "en": ("Report", "File", "Page", "As printed", "Quote"),
    },
}
_SHEETS: dict[Language, tuple[str, str, str, str]] = {
    "vi": ("Chuỗi số liệu", "In lại khác", "Phát hiện", "Trích dẫn"),
    "en": ("Series", "Restatements", "Findings", "Quotes"),
}


class _Quotes:
    """The sheet of quotes: a row a figure, each written once."""

    def __init__(self, sheet: Any, comparison: Comparison) -> None:
        self._sheet = sheet
        self._comparison = comparison
        self._rows: dict[tuple[int, str], int] = {}

    def find(self, point: Point) -> str:
        """Return the place of a point's quote, as a link within the book."""
        key = (point.report, point.mention)
        if key not in self._rows:
            path = self._comparison.reports[point.report].source.path
            self._rows[key] = _write_row(self._sheet, (point.report + 1, path, point.page, point.text, point.quote))
        return f"#'{self._sheet.title}'!A{self._rows[key]}"


def comparison_to_xlsx(comparison: Comparison, language: Language = "vi") -> bytes:
    """Return the comparison as a workbook; text is never a formula. Raises MissingPart without openpyxl."""
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise MissingPart(option="-o .xlsx", command="pip install 'docanalyze[tables]'") from error
    book = Workbook()
    names = _SHEETS[language]
    sheets = [book.active, *(book.create_sheet(name) for name in names[1:])]
    sheets[0].title = names[0]
    quotes = _Quotes(sheets[3], comparison)
    stretches = sorted({(p.period.end or "", p.period.start or "") for s in comparison.series for p in s.points})
    columns = {stretch: number for number, stretch in enumerate(stretches, len(_HEADS["series"]["en"]) + 1)}
    periods = {
        (p.period.end or "", p.period.start or ""): write_period(p.period, language)
        for s in comparison.series
        for p in s.points
    }
    _write_head(sheets[0], (*_HEADS["series"][language], *(periods[stretch] for stretch in stretches)))
    for name, sheet in zip(("restatements", "findings", "quotes"), sheets[1:], strict=True):
        _write_head(sheet, _HEADS[name][language])
    _write_series(sheets[0], comparison, columns, quotes, language)
    _write_restatements(sheets[1], comparison, quotes, language)
    for finding in comparison.findings:
        message = finding.message.vi if language == "vi" else finding.message.en
        first = finding.evidence[0]
        report = None if first.report is None else first.report + 1
        _write_row(sheets[2], (finding.severity, finding.code, message, report, first.page, first.quote))
    for sheet, widths in zip(sheets, ((46, 14, 14, 12, 14), (46, 12, 20, 20, 14, 10, 24), (10, 10, 90, 9, 8, 90), (9, 40, 8, 24, 110)), strict=True):
        for number, width in enumerate(widths):
            sheet.column_dimensions[chr(ord("A") + number)].width = width
        sheet.freeze_panes = "B2"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write_head(sheet: Any, heads: tuple[str, ...]) -> None:
    from openpyxl.styles import Font

    for number, head in enumerate(heads, 1):
        cell = sheet.cell(row=1, column=number, value=head)
        cell.data_type = "s"
        cell.font = Font(bold=True)


def _write_row(sheet: Any, values: tuple[object, ...]) -> int:
    row = int(sheet.max_row) + 1
    for number, value in enumerate(values, 1):
        _write_cell(sheet, row, number, value)
    return row


def _write_cell(sheet: Any, row: int, column: int, value: object, link: str | None = None) -> None:
    cell = sheet.cell(row=row, column=column)
    cell.value = value
    if isinstance(value, str):  # also what begins with `=`: text, never a formula
        cell.data_type = "s"
    elif value is not None and not isinstance(value, int):
        cell.number_format = "#,##0.##"
    if link is not None:
        from openpyxl.styles import Font

        cell.hyperlink = link
        cell.font = Font(color="0563C1", underline="single")


def _write_series(
    sheet: Any, comparison: Comparison, columns: dict[tuple[str, str], int], quotes: _Quotes, language: Language
) -> None:
    for number, series in enumerate(comparison.series, 2):
        factor, unit = unit_of(series)
        change = last_change(series)
        percent = None if change is None else change.percent
        heads = (series.indicator, BASES[series.basis][language], FORMS[series.form][language], unit, percent)
        for column, value in enumerate(heads, 1):
            _write_cell(sheet, number, column, value)
        for point in series.points:
            column = columns[point.period.end or "", point.period.start or ""]
            if sheet.cell(row=number, column=column).value is None:
                _write_cell(sheet, number, column, point.value / factor, quotes.find(point))


def _write_restatements(sheet: Any, comparison: Comparison, quotes: _Quotes, language: Language) -> None:
    for number, each in enumerate(comparison.restatements, 2):
        inferred = {"vi": "suy ra từ mức tăng", "en": "inferred from the growth"}[language]
        explained = {"vi": "có thể do điều chỉnh", "en": "may be a revision"}[language]
        note = inferred if each.inferred else explained if each.explained else None
        _write_cell(sheet, number, 1, each.indicator)
        _write_cell(sheet, number, 2, write_period(each.before.period, language))
        _write_cell(sheet, number, 3, each.before.text, quotes.find(each.before))
        _write_cell(sheet, number, 4, each.now.text, quotes.find(each.now))
        for column, value in enumerate((each.difference, each.percent, note), 5):
            _write_cell(sheet, number, column, value)
