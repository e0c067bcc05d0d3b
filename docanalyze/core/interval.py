"""Exact arithmetic on printed figures: decimals that never round and closed intervals of them."""

from __future__ import annotations

from decimal import Context, Decimal, Inexact, InvalidOperation
from fractions import Fraction

from docanalyze.core.base import Value

EXACT = Context(prec=400, traps=[Inexact, InvalidOperation])
"""Decimal context that raises where a result would have to be rounded."""

ONE = Decimal(1)
HALF = Decimal("0.5")
_STEPS = {-places: Decimal(1).scaleb(-places) for places in range(10)}


def plain_decimal(value: Decimal) -> Decimal:
    """Return the same number without an exponent in its notation (`2E+9` -> `2000000000`).

    >>> plain_decimal(Decimal("2E+9"))
    Decimal('2000000000')
    """
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent > 0:
        return value.quantize(ONE, context=EXACT)
    return value


def decimal_step(number: Decimal) -> Decimal:
    """Return one unit in the last printed place: `0.01` for `5145.10`, `1` for `2674`."""
    if number.same_quantum(ONE):
        return ONE
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    step = _STEPS.get(exponent)
    if step is None:
        step = Decimal(1).scaleb(min(exponent, 0))
    return step


class Interval(Value, frozen=True, kw_only=True):
    """A closed interval of numbers; None is an open end (`không quá 50` is Interval(high=50)).

    A printed figure stands for the interval of its printed precision: `35,12%` is
    [35.115, 35.125]. A relation between figures fails only if the intervals do not meet.
    Source of the tolerance model: XBRL Calculations 1.1 (intervals summed, then overlap).
    """

    low: Decimal | None = None
    high: Decimal | None = None

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"interval upside down: {self.low} > {self.high}")

    @classmethod
    def of_figure(cls, number: Decimal, step: Decimal | None = None) -> Interval:
        """Return `[number - step/2, number + step/2]`; the exact point when `step` is None."""
        if step is None:
            return cls(low=number, high=number)
        half = EXACT.multiply(step, HALF)
        return cls(low=EXACT.subtract(number, half), high=EXACT.add(number, half))

    def __add__(self, other: Interval) -> Interval:
        return Interval(low=_add(self.low, other.low), high=_add(self.high, other.high))

    def __neg__(self) -> Interval:
        return Interval(
            low=None if self.high is None else self.high.copy_negate(),
            high=None if self.low is None else self.low.copy_negate(),
        )

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def scaled(self, factor: Decimal) -> Interval:
        """Return the interval times an exact `factor`."""
        ends = [None if end is None else EXACT.multiply(end, factor) for end in (self.low, self.high)]
        return Interval(low=ends[1], high=ends[0]) if factor < 0 else Interval(low=ends[0], high=ends[1])

    def contains(self, number: Decimal | Fraction) -> bool:
        """Return whether `number` lies in the interval, its ends included."""
        exact = Fraction(number)
        return (self.low is None or Fraction(self.low) <= exact) and (
            self.high is None or exact <= Fraction(self.high)
        )

    def meets(self, other: Interval) -> bool:
        """Return whether the two intervals share a number, touching ends included."""
        return _not_above(self.low, other.high) and _not_above(other.low, self.high)


def sum_intervals(intervals: list[Interval]) -> Interval:
    """Return the interval of the sum; the point 0 for none.

    >>> parts = [Interval.of_figure(Decimal(p), Decimal("0.01")) for p in ("2313.78", "1962.10", "869.22")]
    >>> sum_intervals(parts).contains(Decimal("5145.10"))
    True
    """
    total = Interval.of_figure(Decimal(0))
    for interval in intervals:
        total = total + interval
    return total


def _add(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return None if a is None or b is None else EXACT.add(a, b)


def _not_above(a: Decimal | None, b: Decimal | None) -> bool:
    return a is None or b is None or a <= b


def tidy_number(number: Decimal) -> Decimal:
    """Return the same number without zeros at the end of its decimals: 10000000 for 10000000.00."""
    if number.same_quantum(ONE):
        return number
    if number == number.to_integral_value():
        return number.quantize(ONE, context=EXACT)
    return number.normalize(EXACT)
