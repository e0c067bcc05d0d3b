"""Decimals that never round, and the closed interval of them that is printed for a figure."""

from __future__ import annotations

from decimal import Context, Decimal, Inexact, InvalidOperation

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

    A printed figure stands for the interval of its printed precision: `35,12%` is [35.115, 35.125].
    """

    low: Decimal | None = None
    high: Decimal | None = None

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"interval upside down: {self.low} > {self.high}")


def tidy_number(number: Decimal) -> Decimal:
    """Return the same number without zeros at the end of its decimals: 10000000 for 10000000.00."""
    if number.same_quantum(ONE):
        return number
    if number == number.to_integral_value():
        return number.quantize(ONE, context=EXACT)
    return number.normalize(EXACT)
