"""Pure calendar arithmetic: days that exist, and the first and last day of nominal periods.

Periods are nominal (guideline 0.1): the first half of 2023 is 2023-01-01 to 2023-06-30, whatever
day the figures were cut off. Nothing here reads a clock.
"""

from __future__ import annotations

from calendar import monthrange
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 1900, 2099
_LONGEST = 60  # no plan or term of a report is longer; 1995-2080 is more likely two codes


class Days(NamedTuple):
    """The first and last day of a period as ISO dates, both inclusive."""

    start: str
    end: str


def read_date(day: int, month: int, year: int) -> str | None:
    """Return the ISO date, or None where no such day exists.

    >>> read_date(16, 6, 2023), read_date(31, 2, 2023)
    ('2023-06-16', None)
    """
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        return None
    if not 1 <= day <= monthrange(year, month)[1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def read_day(day: int, month: int) -> str | None:
    """Return `--MM-DD` for a day without a year, or None where no year has it (29 February has).

    >>> read_day(16, 7), read_day(30, 2)
    ('--07-16', None)
    """
    date = read_date(day, month, 2000)
    return None if date is None else "--" + date[5:]


def month_days(year: int, first: int, last: int) -> Days:
    """Return the days from the first of month `first` to the last of month `last` of one year.

    >>> month_days(2023, 1, 6)
    Days(start='2023-01-01', end='2023-06-30')
    """
    return Days(f"{year:04d}-{first:02d}-01", f"{year:04d}-{last:02d}-{monthrange(year, last)[1]:02d}")


def dekad_days(year: int, month: int, part: int) -> Days:
    """Return the days of the first, second or third ten days of a month.

    >>> dekad_days(2024, 2, 3)
    Days(start='2024-02-21', end='2024-02-29')
    """
    whole = month_days(year, month, month)
    start = f"{whole.start[:8]}{10 * part - 9:02d}"
    return Days(start, whole.end if part == 3 else f"{whole.start[:8]}{10 * part:02d}")


def year_days(first: int, last: int) -> Days:
    """Return the days of the years `first` to `last`, as of `giai đoạn 2021 - 2025`."""
    return Days(f"{first:04d}-01-01", f"{last:04d}-12-31")


def school_days(first: int) -> Days:
    """Return the days of the school year that opens in year `first`: September to May.

    >>> school_days(2022)
    Days(start='2022-09-01', end='2023-05-31')
    """
    return Days(f"{first:04d}-09-01", f"{first + 1:04d}-05-31")


def is_range(first: int, last: int) -> bool:
    """Return whether two years make a span of years that a report may mean."""
    return FIRST_YEAR <= first < last <= LAST_YEAR and last - first <= _LONGEST


def shift_month(year: int, month: int, by: int) -> tuple[int, int]:
    """Return the year and month `by` months later: `shift_month(2023, 1, -1)` is (2022, 12)."""
    at = year * 12 + month - 1 + by
    return at // 12, at % 12 + 1


def shift_year(date: str, by: int) -> str:
    """Return the same day `by` years later; 29 February and month ends stay month ends.

    >>> shift_year("2024-02-29", -1), shift_year("2023-02-28", 1)
    ('2023-02-28', '2024-02-29')
    """
    year, month, day = int(date[:4]), int(date[5:7]), int(date[8:])
    last = monthrange(year + by, month)[1]
    if day == monthrange(year, month)[1]:
        day = last
    return f"{year + by:04d}-{month:02d}-{min(day, last):02d}"


def next_period(days: Days) -> Days:
    """Return what follows a nominal period: the rest of the year if it opens the year, else as long.

    >>> next_period(Days("2023-01-01", "2023-06-30")), next_period(Days("2023-01-01", "2023-12-31"))
    (Days(start='2023-07-01', end='2023-12-31'), Days(start='2024-01-01', end='2024-12-31'))
    """
    year, first = int(days.start[:4]), int(days.start[5:7])
    end_year, last = int(days.end[:4]), int(days.end[5:7])
    if year != end_year:
        return year_days(end_year + 1, end_year + 1 + (end_year - year))
    if first == 1 and 3 <= last < 12:
        return month_days(year, last + 1, 12)
    length = last - first + 1
    new_year, new_first = shift_month(year, first, length)
    end_year, new_last = shift_month(year, last, length)
    if new_year != end_year:
        return Days(month_days(new_year, new_first, 12).start, month_days(end_year, 1, new_last).end)
    return month_days(new_year, new_first, new_last)
