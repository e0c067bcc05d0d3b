"""Stretches of calendar days as pairs of ISO dates: years, the year before, joined in a head."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple


class Days(NamedTuple):
    """A stretch of calendar days in ISO notation, both ends inclusive."""

    start: str
    end: str


def is_year(days: Days) -> bool:
    """Return whether a stretch is one calendar year."""
    return days.start[5:] == "01-01" and days.end[5:] == "12-31" and days.start[:4] == days.end[:4]


def are_nested(one: Days, two: Days) -> bool:
    """Return whether one of two stretches of a year is its later part or lies within it: June, six months.

    >>> are_nested(Days("2024-06-01", "2024-06-30"), Days("2024-01-01", "2024-06-30"))
    True
    """
    first, then = sorted((one, two))
    return first.start[:4] == then.start[:4] and then.end <= first.end and first != then


def whole_year(day: str) -> Days:
    """Return the calendar year of a day."""
    return Days(f"{day[:4]}-01-01", f"{day[:4]}-12-31")


def join_periods(printed: Sequence[Days]) -> Days | None:
    """Return the last of the periods; a year below a part of a year in a head is that part of it."""
    if len(printed) < 2 or not is_year(printed[-1]) or is_year(printed[-2]):
        return printed[-1] if printed else None
    above, year = printed[-2], printed[-1].end[:4]
    if above.start[:4] != above.end[:4]:
        return printed[-1]
    return Days(year + above.start[4:], year + above.end[4:])


@lru_cache(maxsize=1024)
def year_before(days: Days) -> Days:
    """Return the same stretch a year earlier.

    >>> year_before(Days("2024-02-01", "2024-02-29"))
    Days(start='2023-02-01', end='2023-02-28')
    """
    return Days(_move(days.start), _move(days.end, last=is_month_end(days.end)))


def _move(day: str, *, last: bool = False) -> str:
    year = int(day[:4]) - 1
    if day[5:] in ("02-28", "02-29"):
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return f"{year:04d}-02-{29 if leap and last else 28}"
    return f"{year:04d}{day[4:]}"


@lru_cache(maxsize=1024)
def is_month_end(day: str) -> bool:
    """Return whether a day is the last of its month."""
    try:
        return (date.fromisoformat(day) + timedelta(days=1)).day == 1
    except (ValueError, OverflowError):
        return False


@lru_cache(maxsize=1024)
def day_before(day: str) -> str:
    """Return the day before a day."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def last_months(day: str, months: int) -> Days:
    """Return the last months up to the end of one.

    >>> last_months("2024-06-30", 3)
    Days(start='2024-04-01', end='2024-06-30')
    """
    number = int(day[:4]) * 12 + int(day[5:7]) - months
    return Days(f"{number // 12:04d}-{number % 12 + 1:02d}-01", day)


def follow_days(days: Days) -> Days:
    """Return the stretch that reports look ahead to: the rest of the year, the next year, month or quarter.

    >>> follow_days(Days("2024-01-01", "2024-06-30")), follow_days(Days("2024-05-01", "2024-05-31"))
    (Days(start='2024-07-01', end='2024-12-31'), Days(start='2024-06-01', end='2024-06-30'))
    """
    start, end = (int(day[:4]) * 12 + int(day[5:7]) - 1 for day in days)
    first = end + 1
    last = first + end - start
    if start % 12 == 0 and end > start:
        last = first - first % 12 + 11
    if last // 12 > 9998:
        return days
    last_day = day_before(f"{(last + 1) // 12:04d}-{(last + 1) % 12 + 1:02d}-01")
    return Days(f"{first // 12:04d}-{first % 12 + 1:02d}-01", last_day)
