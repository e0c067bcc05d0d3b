"""A comparison as a workbook: series, restatements, findings, and the quotes that their cells lead to."""

from __future__ import annotations

from docanalyze.core.comparison import Comparison, Point, Restatement
from docanalyze.core.errors import Language
from docanalyze.output.comparison_words import BASES, FORMS, last_change, unit_of, write_period
from docanalyze.output.workbook import Content, Link, Workbook, quote_sheet

_HEADS: dict[str, dict[Language, tuple[str, ...]]] = {
    "series": {
        "vi": ("Chỉ tiêu", "Loại", "Kỳ", "Đơn vị", "Thay đổi gần nhất (%)"),
        "en": ("Indicator", "Basis", "Stretch", "Unit", "Latest change (%)"),
    },
    "restatements": {
        "vi": ("Chỉ tiêu", "Kỳ", "Báo cáo kỳ đó", "In lại", "Chênh lệch (%)", "Ghi chú"),
        "en": ("Indicator", "Period", "Report of that period", "Printed again", "Difference (%)", "Note"),
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
_NOTES: dict[str, dict[Language, str]] = {
    "inferred": {"vi": "suy ra từ mức tăng", "en": "inferred from the growth"},
    "explained": {"vi": "có thể do điều chỉnh", "en": "may be a revision"},
}


class _Quotes:
    """The rows of the sheet of quotes: one a figure."""

    def __init__(self, comparison: Comparison, sheet: str) -> None:
        self.rows: list[tuple[Content, ...]] = []
        self._comparison = comparison
        self._sheet = quote_sheet(sheet)
        self._places: dict[tuple[int, str], int] = {}

    def link(self, point: Point, shown: Content) -> Link:
        """Return a cell that leads to the quote of a point."""
        key = (point.report, point.mention)
        if key not in self._places:
            path = self._comparison.reports[point.report].source.path
            self.rows.append((point.report + 1, path, point.page, point.text, point.quote))
            self._places[key] = len(self.rows) + 1
        return Link(shown, f"#{self._sheet}!A{self._places[key]}")  # type: ignore[arg-type]


def comparison_to_xlsx(comparison: Comparison, language: Language = "vi") -> bytes:
    """Return the comparison as a workbook; text is never a formula. Raises MissingPart without openpyxl."""
    book = Workbook(option="-o .xlsx")
    names = _SHEETS[language]
    quotes = _Quotes(comparison, names[3])
    stretches = sorted(
        {(p.period.end or "", p.period.start or "", write_period(p.period, language))
         for s in comparison.series for p in s.points}
    )  # fmt: skip
    head = (*_HEADS["series"][language], *(shown for _, _, shown in stretches))
    rows = _list_series(comparison, stretches, quotes, language)
    book.add_sheet(names[0], head, rows, widths=(46, 14, 14, 12, 12, *(14 for _ in stretches)))
    restated = [_list_restatement(each, quotes, language) for each in comparison.restatements]
    book.add_sheet(names[1], _HEADS["restatements"][language], restated, widths=(46, 12, 24, 24, 12, 26))
    findings: list[tuple[Content, ...]] = []
    for finding in comparison.findings:
        message = finding.message.vi if language == "vi" else finding.message.en
        first = finding.evidence[0]
        number = None if first.report is None else first.report + 1
        findings.append((finding.severity, finding.code, message, number, first.page, first.quote))
    book.add_sheet(names[2], _HEADS["findings"][language], findings, widths=(10, 10, 80, 9, 8, 80))
    book.add_sheet(names[3], _HEADS["quotes"][language], quotes.rows, widths=(9, 40, 8, 24, 80))
    return book.to_bytes()


def _list_series(
    comparison: Comparison, stretches: list[tuple[str, str, str]], quotes: _Quotes, language: Language
) -> list[list[Content]]:
    columns = {(end, start): number for number, (end, start, _) in enumerate(stretches)}
    rows: list[list[Content]] = []
    for series in comparison.series:
        factor, unit = unit_of(series)
        change = last_change(series)
        cells: list[Content] = [None] * len(stretches)
        for point in series.points:
            column = columns[point.period.end or "", point.period.start or ""]
            if cells[column] is None:
                cells[column] = quotes.link(point, point.value / factor)
        percent = None if change is None else change.percent
        rows.append(
            [
                series.indicator,
                BASES[series.basis][language],
                FORMS[series.form][language],
                unit,
                percent,
                *cells,
            ]
        )
    return rows


def _list_restatement(each: Restatement, quotes: _Quotes, language: Language) -> tuple[Content, ...]:
    note = "inferred" if each.inferred else "explained" if each.explained else None
    return (
        each.indicator,
        write_period(each.earlier.period, language),
        quotes.link(each.earlier, each.earlier.text),
        quotes.link(each.later, each.later.text),
        each.percent,
        _NOTES[note][language] if note is not None else None,
    )
