"""Intervals of exact fractions with open ends: what printed figures and their quotients stand for."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import msgspec

from docanalyze.core.interval import EXACT, Interval

ONE = Fraction(1)
NOTHING: Fraction = 0  # type: ignore[assignment]
"""Zero, as a whole number: it is added to fractions and, for a quick look, to floats at no cost."""


_WHOLE: type = int
_FLOATING: type = float
"""The classes of ends that are whole, and of those that only a first look has."""


def exact_ratio(above: int, below: int) -> Fraction:
    """Return a quotient of whole numbers: one of them if it is whole, which costs a tenth of a fraction."""
    return Fraction(above, below) if above % below else above // below  # type: ignore[return-value]


def divide(above: Fraction, below: Fraction, factor: Fraction) -> Fraction:
    """Return a quotient times a factor, a whole number if it is one; of floats a float."""
    more, less = factor.as_integer_ratio()
    if above.__class__ is _FLOATING or below.__class__ is _FLOATING:
        return above * (more / less) / below  # type: ignore[return-value]
    (over, under), (top, bottom) = above.as_integer_ratio(), below.as_integer_ratio()
    return exact_ratio(over * bottom * more, under * top * less)


def _add(one: Fraction | None, two: Fraction | None) -> Fraction | None:
    """Return a sum: what `+` gives, without what it costs fractions to look at their classes."""
    if one is None or two is None:
        return None
    if one.__class__ is two.__class__ is _WHOLE or _FLOATING in (one.__class__, two.__class__):
        return one + two
    (over, under), (top, bottom) = one.as_integer_ratio(), two.as_integer_ratio()
    return exact_ratio(over * bottom + top * under, under * bottom)


def _add_all(numbers: Sequence[Fraction | None]) -> Fraction | None:
    """Return a sum of many; None if one is None."""
    total: Fraction | None = NOTHING
    for number in numbers:
        total = _add(total, number)
    return total


def _scale(number: Fraction | None, over: int, under: int) -> Fraction | None:
    if number is None:
        return None
    if number.__class__ is _FLOATING:
        return number * (over / under)  # type: ignore[return-value]
    top, bottom = number.as_integer_ratio()
    return exact_ratio(top * over, bottom * under)


_FLOAT = 1e-13


def _root(number: Fraction, degree: int, give: float) -> Fraction:
    root = float(number) ** (1 / degree) * (1 + give)
    return root if isinstance(number, float) else Fraction(root)


class Bounds(msgspec.Struct, frozen=True, gc=False):
    """An interval of numbers; None is an end without bound, an open end is left out itself.

    Of one number alone both ends are the same object, and are worked out once.

    >>> Bounds(Fraction("35.115"), Fraction("35.125")).meets(Bounds.point(Fraction("35.115")))
    True
    """

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def point(cls, number: Fraction) -> Bounds:
        """Return the interval that holds one number only."""
        return cls(number, number)

    @classmethod
    def total(cls, summands: Sequence[Bounds]) -> Bounds:
        """Return the sum of intervals, zero for none.

        >>> Bounds.total([Bounds.point(Fraction(2)), Bounds.point(Fraction(3))]) == Bounds.point(Fraction(5))
        True
        """
        low = _add_all([each.low for each in summands])
        single = all(each.low is each.high for each in summands)
        high = low if single else _add_all([each.high for each in summands])
        opened = True in [each.low_open for each in summands], True in [each.high_open for each in summands]
        return cls(low, high, *opened)

    def __add__(self, other: Bounds) -> Bounds:
        low = _add(self.low, other.low)
        return Bounds(
            low,
            low if self.low is self.high and other.low is other.high else _add(self.high, other.high),
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __neg__(self) -> Bounds:
        low = None if self.high is None else -self.high
        return Bounds(
            low,
            low if self.low is self.high else None if self.low is None else -self.low,
            self.high_open,
            self.low_open,
        )

    def __sub__(self, other: Bounds) -> Bounds:
        return self + -other

    def scaled(self, factor: Fraction) -> Bounds:
        """Return the interval times a positive factor."""
        if factor is ONE or factor == 1:
            return self
        over, under = factor.as_integer_ratio()
        low = _scale(self.low, over, under)
        return Bounds(
            low,
            low if self.low is self.high else _scale(self.high, over, under),
            self.low_open,
            self.high_open,
        )

    def times(self, other: Bounds) -> Bounds:
        """Return the product of two intervals, what lies below zero left out."""
        a, b = self.above_zero(), other.above_zero()
        low = (a.low or NOTHING) * (b.low or NOTHING)
        high = None if a.high is None or b.high is None else a.high * b.high
        return Bounds(low, high, a.low_open or b.low_open, a.high_open or b.high_open)

    def over(self, other: Bounds, factor: Fraction = ONE) -> Bounds | None:
        """Return the quotient times a positive factor, what lies below zero in the divisor left out.

        None if nothing is left.
        """
        divisor = other.above_zero()
        if divisor.high is not None and divisor.high <= 0:
            return None
        if self.high is not None and self.high < 0:
            quotient = (-self).over(divisor, factor)
            return None if quotient is None else -quotient
        above = self.above_zero()
        low = NOTHING if divisor.high is None or not above.low else divide(above.low, divisor.high, factor)
        if above.low is above.high and divisor.low is divisor.high and low:
            high: Fraction | None = low
        else:
            high = None if above.high is None or not divisor.low else divide(above.high, divisor.low, factor)
        low_open = above.low_open or divisor.high_open or divisor.high is None
        return Bounds(low, high, low_open, above.high_open or divisor.low_open)

    def root(self, degree: int) -> Bounds:
        """Return the roots of the interval's positive numbers, ends rounded outward by floats' own error.

        >>> Bounds.point(Fraction(32)).root(5).meets(Bounds.point(Fraction(2)))
        True
        """
        whole = self.above_zero()
        low = _root(whole.low or NOTHING, degree, -_FLOAT)
        high = None if whole.high is None else _root(whole.high, degree, _FLOAT)
        return Bounds(low, high, whole.low_open, whole.high_open)

    def above_zero(self) -> Bounds:
        """Return the part of the interval that is not below zero."""
        if self.low is None or self.low < 0:
            high = self.high if self.high is None or self.high >= 0 else NOTHING
            return Bounds(NOTHING, high, False, self.high_open)
        return self

    def meets(self, other: Bounds) -> bool:
        """Return whether the two share a number."""
        return _below(self.low, self.low_open, other.high, other.high_open) and _below(
            other.low, other.low_open, self.high, self.high_open
        )

    def width(self) -> Fraction | None:
        """Return the distance of the ends; None for a half-line."""
        return None if self.low is None or self.high is None else self.high - self.low

    def middle(self) -> Fraction:
        """Return the number halfway between the ends; the one end of a half-line; 0 without any."""
        low, high = self.low, self.high
        if low is None or high is None:
            return Fraction(high if high is not None else low if low is not None else NOTHING)
        below = low.denominator * high.denominator
        return Fraction(low.numerator * high.denominator + high.numerator * low.denominator, 2 * below)

    def to_interval(self, places: int = 6) -> Interval:
        """Return the closed decimal interval for display, ends rounded outward at `places` decimals."""
        low = None if self.low is None else _round(self.low, places, up=False)
        high = None if self.high is None else _round(self.high, places, up=True)
        return Interval(low=low, high=high)


def _below(low: Fraction | None, low_open: bool, high: Fraction | None, high_open: bool) -> bool:
    if low is None or high is None:
        return True
    if low.__class__ is high.__class__ is not Fraction:
        return low < high or (low == high and not low_open and not high_open)
    (above, below), (over, under) = low.as_integer_ratio(), high.as_integer_ratio()
    left, right = above * under, over * below
    return left < right or (left == right and not low_open and not high_open)


_THREE = 3
"""So many places behind the mark are often zeros, and are taken off at once."""


def _round(number: Fraction, places: int, *, up: bool) -> Decimal:
    if number.__class__ is _WHOLE:
        return Decimal(number)  # type: ignore[arg-type]
    above, below = number.as_integer_ratio()
    if below == 1:
        return Decimal(above)
    above *= 10**places
    whole = -(-above // below) if up else above // below
    if places > _THREE and whole % 1000 == 0:
        whole, places = whole // 1000, places - _THREE
    while places and whole % 10 == 0:
        whole, places = whole // 10, places - 1
    return Decimal(whole).scaleb(-places, context=EXACT) if places else Decimal(whole)
