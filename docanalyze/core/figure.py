"""A printed figure in its base unit: the number, its printed precision, its hedge, and its dimension."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import inf
from typing import Literal

import msgspec
from msgspec.structs import replace

from docanalyze.core.bounds import ONE, Bounds, exact_ratio
from docanalyze.core.kept import Kept
from docanalyze.core.mention import (
    Comparator,
    FigureValue,
    Mention,
    Money,
    MoneyValue,
    Number,
    Percent,
    Quantity,
    QuantityValue,
)

Reading = Literal["rounded", "truncated", "wide", "printed"]
_TURNED: dict[Reading, str] = {
    "rounded": "-rounded", "truncated": "-truncated", "wide": "-wide", "printed": "-printed",
}  # fmt: skip
WIDE = 2.5
"""So many times its slack a figure may be off its float: cut off, it stands for two of them more."""
GRAIN = 1e-9
"""What floats may be wrong by, as a share of them."""
_FIGURES = (Number, Percent, Money, Quantity)
_POINTED = re.compile(r"\d+(?:\.\d+)?")
_NUMERAL = re.compile(r"\d+(?:[., \u00a0]\d+)*")


class FigureUnit(msgspec.Struct, frozen=True):
    """What one of a printed unit is: `tỷ đồng` is 10**9 VND, `tạ/ha` 100 kg/ha, `người` a counted person.

    `measured` figures are rounded where they are whole; the others are exact counts.
    """

    dimension: str
    factor: Fraction = ONE
    measured: bool = True


class Figure(msgspec.Struct, frozen=True, dict=True, cache_hash=True):
    """A figure as arithmetic sees it; `number` as printed and unsigned, `sign` -1 for a decrease or loss.

    `dimension` is `%`, `point`, a currency, a base unit or what is counted; `high` the upper end of a range.
    """

    mention: str
    text: str
    start: int
    number: Decimal
    high: Decimal
    decimals: int
    dimension: str
    factor: Fraction
    exact: bool
    sign: int
    comparator: Comparator | None = None
    estimate: bool = False
    unsure: bool = False

    @Kept
    def numeral(self) -> str:
        """The digits as printed, with their marks; empty for a number in words."""
        found = _NUMERAL.search(self.text)
        return found[0] if found else ""

    @Kept
    def english(self) -> bool:
        """Whether its digits can only be read with commas for thousands and a point for decimals."""
        plain = self.numeral.replace(",", "")
        if plain == self.numeral.replace(".", "") or not _POINTED.fullmatch(plain):
            return False
        return Decimal(plain) == self.number

    @Kept
    def digits(self) -> int:
        """How many digits its number has, without zeros before them: `0,26` has two."""
        return len(self.number.as_tuple().digits)

    @Kept
    def telling(self) -> int:
        """How many digits it tells: zeros at its ends say little. `5.475.000` tells four, `0,26` two."""
        return len(str(self.number).replace(".", "").strip("0"))

    @Kept
    def plain(self) -> bool:
        """Whether it is one number without a hedge."""
        return self.comparator is None and self.number == self.high

    @Kept
    def kind(self) -> str:
        """What it may be compared with: its unit, or nothing for bare counts."""
        dimension = self.dimension
        named = dimension in ("%", "point") or dimension.isupper()  # currencies have codes
        return dimension if named or (self.factor is not ONE and self.factor != 1) else ""

    @Kept
    def bare(self) -> Figure:
        """The number that is printed, without its unit."""
        return replace(self, dimension="", factor=ONE)

    @Kept
    def percentage(self) -> Figure:
        """The number as a rounded percentage, whatever unit it was given."""
        return replace(self, dimension="%", factor=ONE, exact=False)

    @Kept
    def value(self) -> Fraction:
        """The figure in its base unit, unsigned; an integer if it is whole, so divide no two of them."""
        above, below = self.number.as_integer_ratio()
        over, under = self.factor.as_integer_ratio()
        return exact_ratio(above * over, below * under)

    @Kept
    def rough(self) -> float:
        """The figure in its base unit as a float, unsigned."""
        if self.factor is ONE:
            return float(self.number)
        over, under = self.factor.as_integer_ratio()
        return float(self.number) * over / under

    @Kept
    def rough_slack(self) -> float:
        """Half a unit of the last printed place as a float, in the base unit; 0 for an exact count."""
        if self.exact:
            return 0.0
        over, under = self.factor.as_integer_ratio()
        return 0.5 * 10.0**-self.decimals * over / under

    @Kept
    def span(self) -> tuple[float, float]:
        """The ends of all that it may stand for, unsigned, as floats and a little wider than any reading."""
        if self.plain:
            size, slack = self.rough, WIDE * self.rough_slack
            low, high = size - slack, size + slack
        else:
            bounds = self.bounds()
            low = -inf if bounds.low is None else float(bounds.low)
            high = inf if bounds.high is None else float(bounds.high)
            cut = 0.0 if self.comparator else self.rough_slack  # cut off, it may stand for half a unit more
            low, high = low - cut, high + cut
        return low - GRAIN * abs(low), high + GRAIN * abs(high)

    def bounds(self, reading: Reading = "rounded", *, signed: bool = False) -> Bounds:
        """Return the interval that the figure stands for, in its base unit.

        `rounded`: half a unit of the last printed place to both sides, or one unit of the last non-zero
        place on the side of a hedge. `truncated`: one unit upward. `wide`: all on the side of the hedge.
        `printed`: the number as it stands, where no hedge is.
        """
        turned = signed and self.sign < 0
        known: dict[str, Bounds] = self.__dict__
        key = _TURNED[reading] if turned else reading
        bounds = known.get(key)
        if bounds is None:
            bounds = self._find_bounds(reading)
            known[key] = bounds = -bounds if turned else bounds
        return bounds

    def _find_bounds(self, reading: Reading) -> Bounds:
        hedge = self.comparator
        if hedge is None:
            return self._plain_bounds(reading)
        decimals, wide = self.decimals, reading == "wide"
        low, high = (int(number.scaleb(decimals)) for number in (self.number, self.high))
        unit = self._last_place(low)
        if high != low:  # `khoảng 30 - 31 nghìn tỷ đồng`: to the nearest one, not ten
            unit = min(unit, self._last_place(high))
        over, under = self.factor.as_integer_ratio()
        under *= 10**decimals
        least, most = exact_ratio(low * over, under), exact_ratio(high * over, under)
        if hedge == "at-least":
            return Bounds(least, None)
        if hedge in ("at-most", "less-than"):
            return Bounds(None, most, high_open=hedge == "less-than")
        below = None if wide else exact_ratio((low - unit) * over, under)
        above = None if wide else exact_ratio((high + unit) * over, under)
        if hedge == "more-than":
            return Bounds(least, above, low_open=True)
        if hedge == "nearly":
            return Bounds(below, most, high_open=True)
        return Bounds(below, above)

    def _plain_bounds(self, reading: Reading) -> Bounds:
        """Return the interval without a hedge: ends in whole half steps, so that two fractions are made."""
        if self.exact and reading != "rounded":
            return self.bounds()
        if reading == "printed" and self.high == self.number:
            return Bounds(self.value, self.value)
        decimals = self.decimals
        low = 2 * int(self.number.scaleb(decimals) if decimals else self.number)
        high = low if self.high == self.number else 2 * int(self.high.scaleb(decimals))
        over, under = self.factor.as_integer_ratio()
        under *= 2 * 10**decimals
        if self.exact or reading == "printed":
            end = exact_ratio(low * over, under)
            return Bounds(end, end if high == low else exact_ratio(high * over, under))
        if reading == "truncated":
            return Bounds(
                exact_ratio(low * over, under), exact_ratio((high + 2) * over, under), high_open=True
            )
        return Bounds(exact_ratio((low - 1) * over, under), exact_ratio((high + 1) * over, under))

    @staticmethod
    def _last_place(digits: int) -> int:
        """Return one unit of the last place of whole digits that is no zero: 100 for 12300."""
        unit = 1
        while digits and digits % 10 == 0:
            digits //= 10
            unit *= 10
        return unit


def is_alike(one: Figure, two: Figure) -> bool:
    """Return whether two figures count the same kind of thing: `400 lượt người` and `325 người`."""
    return one.dimension == two.dimension or _are_alike(one.dimension, two.dimension)


@lru_cache(maxsize=4096)
def _are_alike(a: str, b: str) -> bool:
    known = ("%", "point", "")
    if a in known or b in known or "/" in a + b or a.isupper() or b.isupper():
        return False
    first, second = a.split(), b.split()
    return first[0] == second[0] or first[-1] == second[-1]


def read_figure(mention: Mention, unit: FigureUnit | None = None) -> Figure | None:
    """Return the figure that a mention prints; None for dates, periods, references and bare words.

    `unit` is that of the table's column or caption for a bare number in a cell.
    """
    if not isinstance(mention, _FIGURES):
        return None
    value = mention.value
    if value.range is not None:
        number, high = value.range.low, value.range.high
    elif value.number is not None:
        number = high = value.number
    else:
        return None
    scale = _read_scale(value.scale) if value.scale is not None else ONE
    decimals = count_decimals(number)
    if high is not number:
        decimals = max(decimals, count_decimals(high))
    dimension: str
    if isinstance(mention, Percent):
        dimension, factor, measured = ("%" if mention.value.unit == "‰" else mention.value.unit), scale, True
        if mention.value.unit == "‰":
            factor = scale / 10
    elif isinstance(mention.value, MoneyValue):
        per = mention.value.per
        dimension, factor = mention.value.currency + (f"/{per}" if per else ""), scale
        measured = not _is_exact(mention.value)
    elif isinstance(mention.value, QuantityValue):
        dimension, factor, measured = _quantity(mention.value, scale)
    else:
        found = unit or FigureUnit("", ONE, measured=False)
        dimension, factor, measured = found.dimension, found.factor, found.measured or scale != 1
        if scale is not ONE:
            factor = factor * scale
    return Figure(
        mention=mention.id,
        text=mention.text,
        start=mention.start,
        number=number,
        high=high,
        decimals=decimals,
        dimension=dimension,
        factor=factor,
        exact=decimals == 0 and not measured and value.range is None,
        sign=-1 if value.negative or value.direction == "decrease" else 1,
        comparator=value.comparator,
        estimate=value.estimate,
        unsure=value.ambiguous is not None or value.confidence is not None,
    )


@lru_cache(maxsize=64)
def _read_scale(scale: Decimal | int) -> Fraction:
    return Fraction(scale)


def _divide(number: Decimal, amount: Decimal) -> Fraction:
    (above, below), (over, under) = number.as_integer_ratio(), amount.as_integer_ratio()
    whole, rest = divmod(above * under, below * over)
    return Fraction(above * under, below * over) if rest else _read_scale(whole)


def _quantity(value: QuantityValue, scale: Fraction) -> tuple[str, Fraction, bool]:
    counted = _is_exact(value)
    if value.base is not None and value.amount:
        factor = _divide(value.base.number, value.amount)
        return value.base.unit, factor if scale is ONE else factor * scale, not counted
    unit = _SHORT_UNITS.get(value.unit.lower(), value.unit)
    return unit + (f"/{value.per}" if value.per else ""), scale, not counted


_SHORT_UNITS = {"đ/c": "đồng chí"}
"""Units with a slash that are no rates."""


def _is_exact(value: FigureValue) -> bool:
    return isinstance(value.low, Decimal) and value.low == value.high


_WHOLE = Decimal(1)


def count_decimals(number: Decimal) -> int:
    """Return how many decimals a number is printed with."""
    if number.same_quantum(_WHOLE):
        return 0
    digits = str(number)
    if digits.replace(".", "").isdecimal():
        return len(digits.partition(".")[2])
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
