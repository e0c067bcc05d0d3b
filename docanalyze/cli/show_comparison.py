"""A comparison on the terminal: the series with arrows and bars, then what was found."""

from __future__ import annotations

from typing import Any

from docanalyze.cli.show import count_findings, show_findings
from docanalyze.core.comparison import Comparison, Series
from docanalyze.core.errors import Language
from docanalyze.output.comparison_words import (
    BASES,
    FORMS,
    describe_reports,
    draw_sparkline,
    last_change,
    own_points,
    points_like_last,
    unit_of,
    write_change,
    write_period,
    write_value,
)

_WORDS: dict[str, dict[Language, str]] = {
    "name": {"vi": "Chỉ tiêu", "en": "Indicator"},
    "unit": {"vi": "Đơn vị", "en": "Unit"},
    "points": {"vi": "Số liệu (mới nhất sau cùng)", "en": "Figures (newest last)"},
    "change": {"vi": "Thay đổi", "en": "Change"},
    "gap": {"vi": "Thiếu báo cáo của kỳ", "en": "No report for"},
    "more": {
        "vi": "và {count} chuỗi khác; xem tất cả với -o so-sanh.html",
        "en": "and {count} more; see all with -o series.html",
    },
}
_ROWS = 40
_POINTS = 4
_ORDER = ("actual", "growth", "plan-ratio", "plan", "share", "change")


def show_comparison(
    console: Any, comparison: Comparison, language: Language, *, all_series: bool = False
) -> None:
    """Print the reports, the series table (the fullest series first, unless all) and the findings."""
    for line in describe_reports(comparison, language):
        console.print(line, markup=False, highlight=False)
    for gap in comparison.gaps:
        console.print(f"{_WORDS['gap'][language]} {gap.start} – {gap.end}", style="yellow", markup=False)
    console.print(_build_table(comparison, language, all_series=all_series))
    console.print(count_findings(comparison.findings, language), markup=False)
    told = [f for f in comparison.findings if f.severity != "info"]
    show_findings(console, told or comparison.findings[:12], language)


def _build_table(comparison: Comparison, language: Language, *, all_series: bool) -> Any:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    shown = list(comparison.series) if all_series else _choose(comparison)
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False)
    table.add_column(_WORDS["name"][language], ratio=3, overflow="fold")
    table.add_column(_WORDS["points"][language], ratio=5, overflow="fold")
    table.add_column(_WORDS["unit"][language], overflow="fold", max_width=12)
    table.add_column("", no_wrap=True)
    table.add_column(_WORDS["change"][language], justify="right", no_wrap=True)
    for series in shown:
        factor, unit = unit_of(series)
        own = own_points(series)
        figures = Text()
        for point in own[-_POINTS:]:
            figures.append(f"{write_period(point.period, language)} ", style="dim")
            figures.append(f"{write_value(point.value, factor)}  ")
        change = last_change(series)
        told = "" if change is None else write_change(change, factor)
        style = "green" if told.startswith("▲") else "red" if told.startswith("▼") else "dim"
        name = Text(series.indicator)
        if series.basis != "actual" or series.form in ("stock", "term"):
            kind = FORMS[series.form] if series.basis == "actual" else BASES[series.basis]
            name.append(f" ({kind[language]})", style="dim")
        bars = draw_sparkline([point.value for point in points_like_last(series)])
        table.add_row(name, figures, unit, bars, Text(told, style=style))
    if len(shown) < len(comparison.series):
        table.caption = _WORDS["more"][language].format(count=len(comparison.series) - len(shown))
    return table


def _choose(comparison: Comparison) -> list[Series]:
    """Return the series that are shown: those of most reports, amounts before ratios, in their own order."""
    ranked = sorted(
        enumerate(comparison.series),
        key=lambda item: (_ORDER.index(item[1].basis), -len({p.report for p in item[1].points}), item[0]),
    )
    return [series for _, series in sorted(ranked[:_ROWS])]
