"""Intervals of printed figures in exact fractions, with open ends; nothing from the package's checker."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Span:
    """An interval; None is an end without bound, `low_open`/`high_open` leave the end itself out."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    def __add__(self, other: Span) -> Span:
        return Span(
            None if self.low is None or other.low is None else self.low + other.low,
            None if self.high is None or other.high is None else self.high + other.high,
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __neg__(self) -> Span:
        return Span(
            None if self.high is None else -self.high,
            None if self.low is None else -self.low,
            self.high_open,
            self.low_open,
        )

    def __sub__(self, other: Span) -> Span:
        return self + -other

    def scaled(self, factor: Fraction) -> Span:
        """Return the interval times a positive factor."""
        return Span(
            None if self.low is None else self.low * factor,
            None if self.high is None else self.high * factor,
            self.low_open,
            self.high_open,
        )

    def shifted(self, by: Fraction) -> Span:
        """Return the interval moved by a number."""
        return self + Span(by, by)

    def times(self, other: Span) -> Span:
        """Return the product of two intervals that are not below zero."""
        low = Fraction(0) if self.low is None or other.low is None else self.low * other.low
        high = None if self.high is None or other.high is None else self.high * other.high
        return Span(low, high, self.low_open or other.low_open, self.high_open or other.high_open)

    def over(self, other: Span) -> Span | None:
        """Return the quotient of intervals with a divisor above zero; None if the divisor reaches zero."""
        if other.low is None or other.low < 0 or (other.low == 0 and other.high in (None, 0)):
            return None
        if other.low == 0:
            inverse = Span(None if other.high is None else 1 / other.high, None, other.high_open, True)
        else:
            low = Fraction(0) if other.high is None else 1 / other.high
            inverse = Span(low, 1 / other.low, other.high_open or other.high is None, other.low_open)
        if self.low is not None and self.low >= 0:
            return self.times(inverse)
        if self.high is not None and self.high <= 0:
            return -((-self).times(inverse))
        return None

    def meets(self, other: Span) -> bool:
        """Return whether the two share a number."""
        return _below(self.low, self.low_open, other.high, other.high_open) and _below(
            other.low, other.low_open, self.high, self.high_open
        )

    def __str__(self) -> str:
        low = "(-∞" if self.low is None else f"{'(' if self.low_open else '['}{show(self.low)}"
        high = "∞)" if self.high is None else f"{show(self.high)}{')' if self.high_open else ']'}"
        return f"{low}, {high}"


def _below(low: Fraction | None, low_open: bool, high: Fraction | None, high_open: bool) -> bool:
    if low is None or high is None:
        return True
    return low < high or (low == high and not low_open and not high_open)


def show(number: Fraction, places: int = 4) -> str:
    """Return a fraction in plain decimal notation, rounded to at most `places` decimals."""
    unit = 10**places
    scaled = (abs(number) * unit * 2 + 1).__floor__() // 2
    whole, rest = divmod(scaled, unit)
    text = f"{whole}.{rest:0{places}d}".rstrip("0").rstrip(".")
    return f"-{text}" if number < 0 and scaled else text
