"""The stretch of time that a figure is of: printed beside it, in its column's head, or that of its report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from docanalyze.core.analysis import Report, ReportPeriod
from docanalyze.core.comparison import Form
from docanalyze.core.days import Days, is_year, join_periods, whole_year, year_before
from docanalyze.core.mention import Period

_SAME = ("same-period-last-year", "previous-year")
_LEAD = ("so với", "so", "so mức", "bằng", "cao hơn", "thấp hơn")
_PLAN = re.compile(r"(?<!\w)(?:kế hoạch|dự toán|nghị quyết|chỉ tiêu|kh|nhiệm vụ|mục tiêu)(?!\w)")
_CLAUSE = re.compile(r"[,;:.]\s|\t")
_PRICES = ("giá so sánh", "giá so sánh năm", "giá cố định", "giá hiện hành", "giá", "năm gốc", "gốc")
_YEARS = 3
_USABLE = (
    "month",
    "months",
    "quarter",
    "half-year",
    "nine-months",
    "year",
    "years",
    "school-year",
    "same-period",
)


class PeriodAt(NamedTuple):
    """A period printed at a place; `base` where figures are measured against it, `plan` where planned for."""

    at: int
    days: Days
    base: bool
    plan: bool


class Chosen(NamedTuple):
    """The period of a figure, the one it is measured against, and whether it was printed at the figure."""

    days: Days
    base: Days | None
    certain: bool
    printed: bool = False


def place_periods(mentions: Iterable[Period], text: str) -> list[PeriodAt]:
    """Return the periods of a sentence or of a column's head with days, in order."""
    found = []
    for mention in mentions:
        value = mention.value
        if value.start is None or value.end is None or value.grain not in _USABLE:
            continue
        before = text[max(0, mention.start - 70) : mention.start].lower().rstrip(" (\n")
        if before.endswith(_PRICES):
            continue
        relative = value.relative or ""
        base = relative in _SAME or relative.startswith("previous") or before.endswith(_LEAD)
        plan = value.grain == "year" and _PLAN.search(_CLAUSE.split(before)[-1]) is not None
        found.append(PeriodAt(mention.start, Days(value.start, value.end), base, plan))
    return found


def main_period(report: Report) -> ReportPeriod | None:
    """Return the period that a report is about, by its title: `6 tháng đầu năm 2023`."""
    return next((period for period in report.periods if period.role == "main"), None)


def choose_period(
    at: int, periods: Sequence[PeriodAt], default: Days, *, prior: bool, plan: bool, several: bool
) -> Chosen:
    """Return the period of the figure at an offset, from the periods printed in its sentence or head.

    `prior` figures are of the base printed last before them, or of a year before; `plan` figures of the
    calendar year. `default` is the period where none is printed, unsure if the report has `several`.
    """
    year = int(default.end[:4])
    before = [p for p in periods if p.at < at and abs(int(p.days.end[:4]) - year) < _YEARS]
    own = join_periods([p.days for p in before if not p.base and not p.plan])
    if plan:
        planned = next((p.days for p in reversed(before) if p.plan or is_year(p.days)), None)
        return Chosen(planned or whole_year((own or default).end), None, True, planned is not None)
    if prior:
        base = next((p.days for p in reversed(before) if p.base or p.days.end < default.start), None)
        if base is None and own is not None and own != default:  # `6 tháng đầu năm đạt`: a part of the year
            return Chosen(own, None, True, True)
        return Chosen(
            base or year_before(own or default), None, base is not None or not several, base is not None
        )
    after = next((p.days for p in periods if p.at > at and p.base), None)
    base = after or next((p.days for p in reversed(before) if p.base), None)
    return Chosen(own or default, base, own is not None or not several, own is not None)


@lru_cache(maxsize=1024)
def count_months(days: Days) -> int:
    """Return how many months a stretch touches."""
    first, last = int(days.start[:4]) * 12 + int(days.start[5:7]), int(days.end[:4]) * 12 + int(days.end[5:7])
    return last - first + 1


@lru_cache(maxsize=1024)
def find_form(days: Days) -> Form:
    """Return what kind of stretch it is: a month, from January on, a quarter, or longer than a year.

    >>> find_form(Days("2023-01-01", "2023-06-30")), find_form(Days("2023-04-01", "2023-06-30"))
    ('cumulative', 'quarter')
    """
    months = count_months(days)
    if months <= 0 or months > 12 or days.start[:4] != days.end[:4]:
        return "term"
    if months == 1:
        return "month"
    if days.start[5:7] == "01":
        return "cumulative"
    return "quarter" if months == 3 else "other"
