"""How a comparison is worded for people: periods, forms, changes with arrows, values in units they read."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from docanalyze.core.comparison import Comparison, Point, Series, SeriesChange
from docanalyze.core.errors import Language
from docanalyze.core.printing import choose_unit, print_day, write_number
from docanalyze.core.relation import Stretch

FORMS: dict[str, dict[Language, str]] = {
    "month": {"vi": "tháng", "en": "month"},
    "quarter": {"vi": "quý", "en": "quarter"},
    "cumulative": {"vi": "từ đầu năm", "en": "year to date"},
    "year": {"vi": "cả năm", "en": "year"},
    "stock": {"vi": "thời điểm", "en": "as of a day"},
    "term": {"vi": "nhiều năm", "en": "over years"},
    "other": {"vi": "kỳ khác", "en": "other"},
}
BASES: dict[str, dict[Language, str]] = {
    "actual": {"vi": "thực hiện", "en": "actual"},
    "prior-period": {"vi": "in lại", "en": "printed again"},
    "plan": {"vi": "kế hoạch", "en": "plan"},
    "plan-ratio": {"vi": "% kế hoạch", "en": "% of plan"},
    "growth": {"vi": "tăng, giảm %", "en": "growth %"},
    "share": {"vi": "tỷ lệ %", "en": "share %"},
    "change": {"vi": "tăng, giảm", "en": "change"},
    "cumulative": {"vi": "lũy kế", "en": "cumulative"},
}
CHANGES: dict[str, dict[Language, str]] = {
    "growth": {"vi": "so cùng kỳ", "en": "on the year before"},
    "step": {"vi": "so kỳ trước", "en": "on the stretch before"},
    "derived": {"vi": "riêng phần sau", "en": "the stretch between"},
    "revision": {"vi": "số in lại khác", "en": "printed again otherwise"},
    "incomparable": {"vi": "không so được", "en": "not comparable"},
}
_BARS = "▁▂▃▄▅▆▇█"


def write_period(period: Stretch, language: Language) -> str:
    """Return a stretch in short: `6T/2023`, `T5/2024`, `Q2/2025`, `2023`; in English `2023 H1`.

    >>> write_period(Stretch(start="2023-01-01", end="2023-06-30"), "vi")
    '6T/2023'
    """
    if period.start is None or period.end is None:
        return "?"
    start, end = period.start, period.end
    year, first, last = end[:4], int(start[5:7]), int(end[5:7])
    if start[:4] != year:
        return f"{start[:4]}–{year}"
    months = last - first + 1
    if months == 12:
        return year
    if months == 1:
        return f"T{last}/{year}" if language == "vi" else f"{year}-{last:02d}"
    if months == 3 and first % 3 == 1:
        return f"Q{(last + 2) // 3}/{year}"
    if first == 1:
        return f"{last}T/{year}" if language == "vi" else f"{year} M1–{last}"
    return f"T{first}–{last}/{year}" if language == "vi" else f"{year} M{first}–{last}"


def unit_of(series: Series) -> tuple[int, str]:
    """Return by what the values of a series are divided for reading, and the unit then."""
    return choose_unit(series.unit, max((abs(point.value) for point in series.points), default=Decimal(0)))


def write_value(value: Decimal, factor: int) -> str:
    """Return a value in the unit that is read."""
    shown = value / factor
    places = 0 if shown == shown.to_integral_value() else 2 if abs(shown) >= 10 else 3
    return write_number(round(shown, places))


def write_score(score: float, language: Language) -> str:
    """Return how sure a pair is, at two decimals: `0,87`; in English `0.87`."""
    return f"{score:.2f}".replace(".", "," if language == "vi" else ".")


def write_change(change: SeriesChange, factor: int) -> str:
    """Return a change with an arrow: `▲ 7,24%`."""
    value = change.percent if change.percent is not None else change.absolute
    if value is None:
        return "–"
    arrow = "▲" if value > 0 else "▼" if value < 0 else "="
    if change.percent is not None:
        return f"{arrow} {write_number(abs(change.percent))}%"
    return f"{arrow} {write_value(abs(value), factor)}"


def last_change(series: Series) -> SeriesChange | None:
    """Return the change to the newest figure that is most worth showing: from a year before, else a step."""
    rank = {"growth": 2, "incomparable": 1, "step": 1, "derived": 0, "revision": -1}
    return max(series.changes, key=lambda c: (c.to, rank[c.kind]), default=None)


def own_points(series: Series) -> list[Point]:
    """Return one point a stretch, as first printed: what a line through the series joins."""
    found: dict[tuple[str | None, str | None], Point] = {}
    for point in series.points:
        found.setdefault((point.period.start, point.period.end), point)
    return list(found.values())


def group_alike(points: Sequence[Point]) -> list[list[Point]]:
    """Return the points that one line joins: half-years with half-years, years with years.

    Figures so far of one year only (two months, three, four) are one line, as are months and days.
    """
    alike: dict[tuple[str, str], list[Point]] = {}
    for point in points:
        alike.setdefault(((point.period.start or "")[4:], (point.period.end or "")[4:]), []).append(point)
    if any(point.form != "cumulative" for point in points) or max(map(len, alike.values()), default=0) < 2:
        return [list(points)]
    return list(alike.values())


def points_like_last(series: Series) -> list[Point]:
    """Return the points that the line through the latest one joins, oldest first."""
    own = own_points(series)
    line = next((line for line in group_alike(own) if own[-1] in line), own) if own else own
    return line if len(line) > 1 else own


def draw_sparkline(values: Sequence[Decimal]) -> str:
    """Return a line of bars: `▁▄█`; empty for fewer than two values.

    >>> draw_sparkline([Decimal(1), Decimal(2), Decimal(3)])
    '▁▅█'
    """
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    if low == high:
        return _BARS[3] * len(values)
    return "".join(_BARS[round((value - low) / (high - low) * (len(_BARS) - 1))] for value in values)


def describe_reports(comparison: Comparison, language: Language) -> list[str]:
    """Return a line a report: its place, period, number, date, edition and file."""
    editions = {
        "only": "", "draft": {"vi": "dự thảo", "en": "draft"}[language],
        "final": {"vi": "bản chính thức", "en": "final"}[language],
        "again": {"vi": "bản khác của cùng kỳ", "en": "another of the same period"}[language],
    }  # fmt: skip
    lines = []
    for number, each in enumerate(comparison.reports, 1):
        period = each.period
        shown = (
            write_period(Stretch(start=period.start, end=period.end), language) if period is not None else "?"
        )
        parts = [
            shown,
            each.report.number or "",
            print_day(each.report.date) if each.report.date else "",
            editions[each.edition],
            each.source.path,
        ]
        lines.append(f"{number}. " + " · ".join(part for part in parts if part))
    return lines
