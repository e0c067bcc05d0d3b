from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from docanalyze.core.bounds import Bounds
from docanalyze.core.interval import Interval

numbers = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=1000)
positive = st.fractions(min_value=Fraction(1, 1000), max_value=10**9, max_denominator=1000)


def _around(number: Fraction, below: Fraction, above: Fraction) -> Bounds:
    return Bounds(number - abs(below), number + abs(above))


holding = st.tuples(numbers, numbers, numbers).map(lambda n: (n[0], _around(*n)))
above_zero = st.tuples(positive, st.fractions(0, 1), numbers).map(
    lambda n: (n[0], _around(n[0], n[0] * n[1] / 2, n[2]))
)


def _has(bounds: Bounds, number: Fraction) -> bool:
    return bounds.meets(Bounds.point(number))


@given(holding, holding)
def test_sums_and_differences_hold_those_of_what_they_hold(
    one: tuple[Fraction, Bounds], two: tuple[Fraction, Bounds]
) -> None:
    assert _has(one[1] + two[1], one[0] + two[0])
    assert _has(one[1] - two[1], one[0] - two[0])


@given(above_zero, above_zero)
def test_products_and_quotients_hold_those_of_what_they_hold(
    one: tuple[Fraction, Bounds], two: tuple[Fraction, Bounds]
) -> None:
    assert _has(one[1].times(two[1]), one[0] * two[0])
    quotient = one[1].over(two[1])
    assert quotient is not None
    assert _has(quotient, one[0] / two[0])


@given(holding, holding)
def test_meeting_is_mutual(one: tuple[Fraction, Bounds], two: tuple[Fraction, Bounds]) -> None:
    assert one[1].meets(two[1]) == two[1].meets(one[1])


@given(holding)
def test_what_is_shown_holds_the_interval(one: tuple[Fraction, Bounds]) -> None:
    shown = one[1].to_interval()
    assert shown.low is not None
    assert shown.high is not None
    assert Fraction(shown.low) <= one[0] <= Fraction(shown.high)


def test_touching_ends_meet_unless_one_is_left_out() -> None:
    one, two, three = Fraction(1), Fraction(2), Fraction(3)
    assert Bounds(one, two).meets(Bounds(two, three))
    assert not Bounds(one, two).meets(Bounds(two, three, low_open=True))
    assert not Bounds(one, two, high_open=True).meets(Bounds(two, three))


def test_half_lines_stay_half_lines() -> None:
    at_most = Bounds(None, Fraction(50))
    assert _has(at_most, Fraction(-3))
    assert not _has(at_most, Fraction(51))
    assert (at_most + Bounds.point(Fraction(1))).low is None
    assert (-at_most).low == -50
    assert at_most.width() is None
    assert at_most.middle() == 50


def test_nothing_is_divided_by_what_is_not_above_zero() -> None:
    assert Bounds.point(Fraction(1)).over(Bounds(Fraction(-2), Fraction(-1))) is None


def test_a_loss_over_a_base_stays_below_zero() -> None:
    quotient = Bounds(Fraction(-6), Fraction(-4)).over(Bounds.point(Fraction(2)))
    assert quotient == Bounds(Fraction(-3), Fraction(-2))


def test_display_rounds_outward() -> None:
    third = Bounds.point(Fraction(1, 3)).to_interval(places=2)
    assert third == Interval(low=Decimal("0.33"), high=Decimal("0.34"))
