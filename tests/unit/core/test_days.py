from __future__ import annotations

import pytest

from docanalyze.core.days import (
    Days,
    day_before,
    is_month_end,
    is_year,
    join_periods,
    whole_year,
    year_before,
)

H1 = Days("2023-01-01", "2023-06-30")
YEAR = Days("2022-01-01", "2022-12-31")


@pytest.mark.parametrize(
    ("days", "before"),
    [
        (H1, Days("2022-01-01", "2022-06-30")),
        (Days("2024-02-01", "2024-02-29"), Days("2023-02-01", "2023-02-28")),
        (Days("2025-02-01", "2025-02-28"), Days("2024-02-01", "2024-02-29")),
        (Days("2025-02-28", "2025-03-15"), Days("2024-02-28", "2024-03-15")),
    ],
)
def test_the_same_stretch_a_year_earlier(days: Days, before: Days) -> None:
    assert year_before(days) == before


def test_years() -> None:
    assert is_year(YEAR)
    assert not is_year(H1)
    assert not is_year(Days("2021-01-01", "2022-12-31"))
    assert whole_year("2022-05-17") == YEAR


def test_a_year_below_a_part_of_a_year_is_that_part_of_it() -> None:
    assert join_periods([H1, YEAR]) == Days("2022-01-01", "2022-06-30")
    assert join_periods([YEAR, H1]) == H1
    assert join_periods([Days("2022-11-01", "2023-03-31"), YEAR]) == YEAR
    assert join_periods([]) is None


def test_ends_of_months() -> None:
    assert is_month_end("2024-02-29")
    assert not is_month_end("2024-02-28")
    assert not is_month_end("nonsense")
    assert day_before("2024-03-01") == "2024-02-29"
