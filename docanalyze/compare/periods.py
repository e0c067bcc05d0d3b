"""The periods of reports and figures: what a report is about, how long a stretch is, of what form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from msgspec import UNSET

from docanalyze.core.analysis import Analysis, Report, ReportPeriod
from docanalyze.core.comparison import Form
from docanalyze.core.days import Days, is_month_end, last_months
from docanalyze.core.mention import Period
from docanalyze.core.printing import print_day
from docanalyze.lexicon import Lexicon
from docanalyze.lexicon.stretches import PlacedPeriod, place_period

_GRAINS = {"month": "tháng", "quarter": "quý"}
_LENGTHS = {"tháng": 1, "quý": 3}
_WITHIN = re.compile(
    r"rong (?<=(?<!\w)[Tt]rong )(tháng|quý)"
    r"(?=,| (?:qua|này|đã|có|xảy|cả|toàn|tỉnh|huyện|xã|ước|thu|chi|tiếp|phát|ghi)(?!\w))"
)
"""`Trong tháng, Sở đã thẩm định giá 37 gói`, and no `trong tháng cao điểm`.

It begins with plain letters, which are found at once in a long text.
"""
_THIS_YEAR = re.compile(
    r"(?<!\w)(?<!so )(?<!so với )(?:tính )?từ đầu năm(?! (?:trước|ngoái|\d{4}))(?!\w)", re.IGNORECASE
)
_SO_FAR = re.compile(r"(?<!\w)(?:lũy kế|luỹ kế|cộng dồn|tính chung)(?!\w)", re.IGNORECASE)


def place_periods(mentions: Iterable[Period], text: str, lexicon: Lexicon) -> list[PlacedPeriod]:
    """Return the periods of a sentence or of a column's head with days, in order."""
    placed = (place_period(mention, text, lexicon) for mention in mentions)
    return [each for each in placed if each is not None]


def place_within(analysis: Analysis) -> list[PlacedPeriod]:
    """Return where a report says `trong tháng`, with the month, or `lũy kế`, with all of it; so for quarters.

    In a report on several months the month is the last of them. `Từ đầu năm` is up to the end of what a
    report is about.
    """
    if analysis.report is UNSET:
        return []
    periods = [period for period in analysis.report.periods if period.role != "plan"]
    days = {_GRAINS[p.grain]: Days(p.start, p.end) for p in periods if p.grain in _GRAINS}
    main = main_period(analysis.report)
    if main is not None and is_month_end(main.end):
        for word, months in _LENGTHS.items():
            last = last_months(main.end, months)
            if main.start < last.start:
                days.setdefault(word, last)
    placed = [
        PlacedPeriod(found.start() - 1, days[found[1]], base=False, plan=False)
        for found in _WITHIN.finditer(analysis.text)
        if found[1] in days
    ]
    whole = min((Days(p.start, p.end) for p in periods), default=None)
    if len(periods) > 1 and whole is not None and find_form(whole) == "cumulative":
        placed += [
            PlacedPeriod(found.start(), whole, base=False, plan=False)
            for found in _SO_FAR.finditer(analysis.text)
        ]
    if main is not None and is_month_end(main.end):
        year = Days(f"{main.end[:4]}-01-01", main.end)
        placed += [
            PlacedPeriod(found.start(), year, base=False, plan=False)
            for found in _THIS_YEAR.finditer(analysis.text)
        ]
    return placed


def main_period(report: Report) -> ReportPeriod | None:
    """Return the period that a report is about, by its title: `6 tháng đầu năm 2023`."""
    return next((period for period in report.periods if period.role == "main"), None)


def print_days(days: Days) -> str:
    """Return a stretch with its days as printed: `01/01/2023 – 30/6/2023`; a day by itself.

    >>> print_days(Days("2023-01-01", "2023-06-30")), print_days(Days("2023-06-30", "2023-06-30"))
    ('01/01/2023 – 30/6/2023', '30/6/2023')
    """
    ends = dict.fromkeys((days.start, days.end))
    return " – ".join(map(print_day, ends))


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
