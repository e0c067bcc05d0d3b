"""What `check` and `demo` show of a report on the terminal: coverage first, then its findings."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any

from msgspec import UNSET

from docanalyze.core.analysis import Analysis
from docanalyze.core.errors import Language
from docanalyze.core.printing import print_day
from docanalyze.core.quotes import cut_quote
from docanalyze.core.relation import Coverage, Finding, Severity, State

_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
_STYLES: dict[Severity, str] = {"error": "bold red", "warning": "bold yellow", "info": "bold blue"}
_NAMES: dict[Severity, dict[Language, str]] = {
    "error": {"vi": "lỗi", "en": "error"},
    "warning": {"vi": "cảnh báo", "en": "warning"},
    "info": {"vi": "lưu ý", "en": "info"},
}
_PLURALS: dict[Severity, str] = {"error": "errors", "warning": "warnings", "info": "info"}
_STATES: dict[State, dict[Language, str]] = {
    "same": {"vi": "đã có", "en": "known"},
    "waived": {"vi": "chấp nhận", "en": "waived"},
    "expired": {"vi": "hết hạn", "en": "expired"},
}
_WORDS: dict[str, dict[Language, str]] = {
    "page": {"vi": "trang", "en": "page"},
    "none": {"vi": "Không có phát hiện nào.", "en": "No findings."},
    "findings": {"vi": "Phát hiện", "en": "Findings"},
    "total": {"vi": "Tổng cộng {0} báo cáo", "en": "{0} reports in all"},
    "no-partner": {
        "vi": "{0} không có số liệu khác để đối chiếu",
        "en": "{0} without another figure to hold against",
    },
    "unsure": {
        "vi": "{0} chưa chắc đối chiếu với số liệu nào",
        "en": "{0} without a sure one",
    },
    "gone": {"vi": "Phát hiện lần trước nay đã hết", "en": "Findings of the earlier run that are gone"},
    "unused": {"vi": "Chấp nhận không còn phát hiện nào", "en": "Waivers of no finding here"},
    "unnumbered": {"vi": "Không có số liệu nào.", "en": "There are no figures."},
}


def make_console(*, stderr: bool = False) -> Any:
    """Return a console as wide as the terminal, or 110 columns wide in a pipe."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    return Console(highlight=False, stderr=stderr, width=None if stream.isatty() else 110)


def describe_coverage(coverage: Coverage, language: Language) -> str:
    """Return in one sentence or two how many figures could be checked, and why the others could not.

    >>> describe_coverage(Coverage(figures=4, checked=3, failed=1), "en")
    '3 of 4 figures checked (75 %): 2 agree, 1 fails.'
    """
    if not coverage.figures:
        return _WORDS["unnumbered"][language]
    share = round(100 * coverage.checked / coverage.figures)
    agree, fail = coverage.checked - coverage.failed, coverage.failed
    if language == "vi":
        told = f"Đã đối chiếu {coverage.checked} trên {coverage.figures} số liệu ({share} %)"
        told += f": {agree} khớp, {fail} không khớp." if fail else ", đều khớp." if agree else "."
    else:
        told = f"{coverage.checked} of {coverage.figures} figures checked ({share} %)"
        told += (
            f": {agree} agree, {fail} fail{'s' * (fail == 1)}." if fail else ", all agree." if agree else "."
        )
    reasons = Counter(entry.reason for entry in coverage.ledger if entry.state == "not-checkable")
    rest = [_WORDS[name][language].format(count) for name, count in reasons.most_common() if name in _WORDS]
    if rest:
        told += (" Còn lại: " if language == "vi" else " Not checked: ") + ", ".join(rest) + "."
    return told


def count_findings(findings: Sequence[Finding], language: Language) -> str:
    """Return how many findings there are of each severity: `1 lỗi, 2 cảnh báo`."""
    counts = Counter(finding.severity for finding in findings)
    if not counts:
        return _WORDS["none"][language]

    def name(severity: Severity) -> str:
        if language == "en" and counts[severity] != 1:
            return _PLURALS[severity]
        return _NAMES[severity][language]

    told = ", ".join(f"{counts[s]} {name(s)}" for s in _SEVERITIES if counts[s])
    return f"{_WORDS['findings'][language]}: {told}."


def describe_report(analysis: Analysis) -> str:
    """Return the file's name, and number, issuer and date of the report where they are printed."""
    report = analysis.report
    parts = [analysis.source.path]
    if report is not UNSET:
        told = " ".join(part for part in (report.type, report.number) if part)
        day = print_day(report.date) if report.date else None
        parts += [part for part in (report.issuer, told, day) if part]
    return ", ".join(parts)


def summarize(analysis: Analysis, findings: Sequence[Finding], language: Language) -> str:
    """Return coverage and counts of findings of one report on one line."""
    told = describe_coverage(analysis.coverage, language) if analysis.coverage is not UNSET else ""
    return f"{analysis.source.path}: {told} {count_findings(findings, language)}"


def summarize_all(reports: int, findings: Sequence[Finding], language: Language) -> str:
    """Return the counts of the findings of several reports on one line."""
    return f"{_WORDS['total'][language].format(reports)}. {count_findings(findings, language)}"


def describe_gone(gone: Sequence[Finding], language: Language) -> str:
    """Return which findings of an earlier run are no longer there."""
    ids = ", ".join(finding.id for finding in gone)
    return f"{_WORDS['gone'][language]}: {ids}."


def describe_unused(ids: Sequence[str], language: Language) -> str:
    """Return which waivers name no finding of these reports."""
    return f"{_WORDS['unused'][language]}: {', '.join(ids)}."


def show_report(console: Any, analysis: Analysis, findings: Sequence[Finding], language: Language) -> None:
    """Print a report's coverage, then its findings by severity, each with the words around its figures."""
    console.print(describe_report(analysis), style="bold", markup=False)
    if analysis.coverage is not UNSET:
        console.print(describe_coverage(analysis.coverage, language), markup=False)
    console.print(count_findings(findings, language), markup=False)
    show_findings(console, findings, language)
    console.print()


def show_findings(console: Any, findings: Sequence[Finding], language: Language) -> None:
    """Print findings as a table: severity, code and page on the left, message and quotes on the right."""
    if not findings:
        return
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.HORIZONTALS, show_header=False, show_lines=True, expand=True, padding=(0, 1))
    table.add_column(width=9, no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for severity in _SEVERITIES:
        for finding in findings:
            if finding.severity != severity:
                continue
            left = Text(_NAMES[severity][language], style=_STYLES[severity])
            left.append(f"\n{finding.code}", style="not bold default")
            if finding.state != "new":
                left.append(f"\n{_STATES[finding.state][language]}", style="not bold dim default")
            pages = sorted({e.page for e in finding.evidence if e.page is not None})
            if pages:
                left.append(f"\n{_WORDS['page'][language]} {pages[0]}", style="not bold default")
            message = finding.message.vi if language == "vi" else finding.message.en
            table.add_row(left, Text("\n").join([Text(message), *quote_figures(finding, language)]))
    console.print(table)


def quote_figures(finding: Finding, language: Language) -> list[Any]:
    """Return the sentences and rows of a finding, shortened to the words around its figures."""
    from rich.text import Text

    quotes: dict[str, list[str]] = {}
    pages: dict[str, int | None] = {}
    for evidence in finding.evidence:
        quotes.setdefault(evidence.quote, []).append(" ".join(evidence.text.split()))
        pages.setdefault(evidence.quote, evidence.page)
    several = len({page for page in pages.values() if page is not None}) > 1
    told = []
    for quote, figures in quotes.items():
        text = Text(style="dim")
        if several and pages[quote] is not None:
            text.append(f"{_WORDS['page'][language]} {pages[quote]}: ")
        for piece, is_figure in cut_quote(quote, figures):
            text.append(piece, style="not dim bold cyan" if is_figure else None)
        told.append(text)
    return told
