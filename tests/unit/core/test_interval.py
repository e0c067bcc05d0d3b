from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docanalyze.core.interval import Interval, decimal_step, plain_decimal, tidy_number

decimals = st.decimals(min_value=-(10**12), max_value=10**12, places=4)


def test_an_interval_upside_down_is_refused() -> None:
    with pytest.raises(ValueError, match="upside down"):
        Interval(low=Decimal(2), high=Decimal(1))


@pytest.mark.parametrize(("number", "step"), [("5145.10", "0.01"), ("2674", "1"), ("2E+9", "1")])
def test_the_step_is_the_last_printed_place(number: str, step: str) -> None:
    assert decimal_step(Decimal(number)) == Decimal(step)


def test_plain_notation() -> None:
    assert str(plain_decimal(Decimal("2E+9"))) == "2000000000"


@given(decimals)
def test_tidying_keeps_the_number_and_drops_its_last_zeros(number: Decimal) -> None:
    tidy = tidy_number(number)
    assert tidy == number
    assert "E" not in str(tidy)
    assert not ("." in str(tidy) and str(tidy).endswith("0"))
