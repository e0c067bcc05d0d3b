from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from docanalyze.tag.calendar import (
    Days,
    is_range,
    month_days,
    next_period,
    read_date,
    read_day,
    shift_month,
    shift_year,
    year_days,
)


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)))
def test_every_day_is_read_back(day: datetime.date) -> None:
    assert read_date(day.day, day.month, day.year) == day.isoformat()
    assert read_day(day.day, day.month) == day.strftime("--%m-%d")


def test_days_that_do_not_exist() -> None:
    assert read_date(29, 2, 2023) is None
    assert read_date(1, 13, 2023) is None
    assert read_date(0, 1, 2023) is None
    assert read_day(30, 2) is None
    assert read_day(29, 2) == "--02-29"


def test_range_needs_order_and_nearness() -> None:
    assert is_range(2021, 2025)
    assert not is_range(2025, 2021)
    assert not is_range(1900, 2025)


@given(st.integers(1990, 2090), st.integers(1, 12), st.integers(-200, 200))
def test_months_shift_back(year: int, month: int, by: int) -> None:
    assert shift_month(*shift_month(year, month, by), -by) == (year, month)


def test_month_ends_stay_month_ends() -> None:
    assert shift_year("2023-02-28", 1) == "2024-02-29"
    assert shift_year("2023-06-16", -1) == "2022-06-16"


def test_what_follows_a_period() -> None:
    assert next_period(month_days(2023, 1, 9)) == Days("2023-10-01", "2023-12-31")
    assert next_period(month_days(2023, 12, 12)) == Days("2024-01-01", "2024-01-31")
    assert next_period(month_days(2023, 5, 5)) == Days("2023-06-01", "2023-06-30")
    assert next_period(year_days(2021, 2025)) == year_days(2026, 2030)
    assert next_period(month_days(2023, 11, 12)) == Days("2024-01-01", "2024-02-29")
    assert next_period(month_days(2023, 10, 11)) == Days("2023-12-01", "2024-01-31")
