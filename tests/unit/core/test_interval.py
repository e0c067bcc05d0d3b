from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docanalyze.core.interval import Interval, decimal_step, plain_decimal, sum_intervals

decimals = st.decimals(min_value=-(10**12), max_value=10**12, places=4)
intervals = st.tuples(decimals, decimals).map(lambda ends: Interval(low=min(ends), high=max(ends)))


@given(decimals)
def test_a_figure_lies_in_its_own_interval(number: Decimal) -> None:
    interval = Interval.of_figure(number, decimal_step(number))
    assert interval.contains(number)
    assert interval.low is not None
    assert interval.high is not None
    assert interval.high - interval.low == decimal_step(number)


@given(intervals, intervals, decimals, decimals)
def test_sums_hold_what_their_terms_hold(a: Interval, b: Interval, x: Decimal, y: Decimal) -> None:
    if a.contains(x) and b.contains(y):
        assert (a + b).contains(Fraction(x) + Fraction(y))
        assert (a - b).contains(Fraction(x) - Fraction(y))


@given(intervals, intervals)
def test_meeting_is_mutual(a: Interval, b: Interval) -> None:
    assert a.meets(b) == b.meets(a)


def test_half_lines() -> None:
    at_most = Interval(high=Decimal(50))
    assert at_most.contains(Decimal(-3))
    assert not at_most.contains(Decimal("50.1"))
    assert (at_most + Interval.of_figure(Decimal(1))).low is None
    assert (-at_most).low == Decimal(-50)


def test_touching_ends_meet() -> None:
    assert Interval(low=Decimal(1), high=Decimal(2)).meets(Interval(low=Decimal(2), high=Decimal(3)))
    assert not Interval(low=Decimal(1), high=Decimal(2)).meets(Interval(low=Decimal("2.01")))


def test_scaling_by_a_negative_turns_the_ends() -> None:
    assert Interval(low=Decimal(1), high=Decimal(2)).scaled(Decimal(-3)) == Interval(
        low=Decimal(-6), high=Decimal(-3)
    )


def test_an_interval_upside_down_is_refused() -> None:
    with pytest.raises(ValueError, match="upside down"):
        Interval(low=Decimal(2), high=Decimal(1))


def test_the_parts_of_a_total_meet_it_within_their_precision() -> None:
    step = Decimal("0.01")
    parts = [Interval.of_figure(Decimal(p), step) for p in ("1554.60", "1238.75", "1012.34")]
    assert sum_intervals(parts).meets(Interval.of_figure(Decimal("3805.69"), step))
    assert not sum_intervals(parts).meets(Interval.of_figure(Decimal("3805.79"), step))


@pytest.mark.parametrize(("number", "step"), [("5145.10", "0.01"), ("2674", "1"), ("2E+9", "1")])
def test_the_step_is_the_last_printed_place(number: str, step: str) -> None:
    assert decimal_step(Decimal(number)) == Decimal(step)


def test_plain_notation() -> None:
    assert str(plain_decimal(Decimal("2E+9"))) == "2000000000"
