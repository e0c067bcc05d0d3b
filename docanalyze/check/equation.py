"""Equations between printed figures: what the others give for one of them, and whether it agrees.

The tolerance model is that of XBRL Calculations 1.1: each figure stands for the interval of its printed
precision, intervals are computed with, and an equation fails only if the two sides do not meet.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from docanalyze.core.bounds import NOTHING, Bounds
from docanalyze.core.figure import Figure, Reading
from docanalyze.core.relation import Verdict

Form = Literal[
    "sum", "at-most", "share", "growth", "ratio", "times", "difference", "product", "quotient", "stock",
    "hundred", "equal", "not-below", "between",
]  # fmt: skip
Term = tuple[str, Figure]
HUNDRED: Fraction = 100  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of an equation: what is printed, and what is expected of it."""

    printed: Bounds
    expected: Bounds


@dataclass(frozen=True, slots=True)
class Equation:
    """Figures in their roles under a formula; `factor` brings the computed side to the printed unit.

    Forms and their roles: `sum` total = Σ part; `at-most` Σ part <= total; `share` 100 part / total =
    ratio; `growth` 100 actual / base - 100 = ratio; `ratio` 100 actual / base = ratio; `times` actual /
    base = ratio; `difference` actual - base = difference; `product` Π factor = result; `quotient` total /
    base = result; `stock` base + Σ in - Σ out = result; `hundred` Σ part = 100; `equal` first = again;
    `not-below` total >= part; `between` total lies between the lowest and the highest part.
    """

    form: Form
    terms: tuple[Term, ...]
    factor: Fraction = Fraction(1)

    def one(self, role: str) -> Figure:
        """Return the figure in a role that only one can have."""
        return next(figure for name, figure in self.terms if name == role)

    def all(self, role: str) -> list[Figure]:
        """Return the figures in a role, in order."""
        return [figure for name, figure in self.terms if name == role]

    def with_figure(self, at: int, figure: Figure) -> Equation:
        """Return the equation with another figure at a place."""
        terms = (*self.terms[:at], (self.terms[at][0], figure), *self.terms[at + 1 :])
        return replace(self, terms=terms)

    def sides(self, parts: Reading = "rounded", result: Reading = "rounded") -> Sides | None:
        """Return both sides with the operands and the result read in the given ways; None if undefined."""
        return _FORMS[self.form](self, parts, result)

    @property
    def hedged(self) -> bool:
        """Return whether a hedge may explain that the sides do not meet."""
        return any(figure.comparator in ("more-than", "nearly", "about") for _, figure in self.terms)

    @property
    def estimate(self) -> bool:
        """Return whether a figure is printed as an estimate."""
        return any(figure.estimate for _, figure in self.terms)


def judge(equation: Equation) -> Verdict:
    """Return whether the sides meet: rounded, cut off, only by a hedge, or not at all.

    Floats decide what is far from any doubt, exact fractions the rest.
    """
    plain = gauge(equation)
    if plain is not None:
        gap, slack, grain = plain
        if gap <= 0.9 * slack - grain:
            return "holds"
        if gap > 2.5 * slack + grain:
            return "fails"
    rounded = _meets(equation, "rounded", "rounded")
    if rounded is None:
        return "not-checkable"
    if rounded:
        return "holds"
    if _meets(equation, "truncated", "truncated") or _meets(equation, "rounded", "truncated"):
        return "holds-by-truncation"
    if equation.hedged and _meets(equation, "wide", "wide"):
        return "suspicious"
    return "fails"


def gauge(equation: Equation) -> tuple[float, float, float] | None:
    """Return in floats how far the sides are apart, what rounding gives, and the floats' own error.

    None where a first look is not to be trusted: hedges, ranges, operands near zero, other forms.
    """
    plus = _LINEAR.get(equation.form, ())
    gap = slack = size = 0.0
    if plus:
        for role, figure in equation.terms:
            if figure.comparator is not None or figure.number != figure.high:
                return None
            value = figure.rough
            if figure.sign < 0 and equation.form != "stock":
                value = -value
            gap += value if role in plus else -value
            slack += figure.rough_slack
            size += abs(value)
        if equation.form == "hundred":
            gap -= 100.0
        return abs(gap), slack, 1e-12 * size
    roles = _QUOTIENTS.get(equation.form)
    if roles is None or len(equation.terms) != 3:
        return None
    figures = dict(equation.terms)
    above, below, result = (figures[role] for role in roles)
    for figure in (above, below, result):
        if figure.comparator is not None or figure.number != figure.high:
            return None
    first, second = above.rough, below.rough
    if first <= 0 or second <= 0 or 20 * below.rough_slack > second or 20 * above.rough_slack > first:
        return None
    scale = float(equation.factor)
    if equation.form in ("share", "ratio", "growth"):
        scale *= 100.0
    computed = scale * first / second
    spread = computed * (above.rough_slack / first + below.rough_slack / second)
    printed = result.rough
    if equation.form == "growth":
        printed = 100.0 + (-printed if result.sign < 0 else printed)
    return abs(computed - printed), result.rough_slack + spread, 1e-12 * (computed + abs(printed))


_LINEAR: dict[Form, tuple[str, ...]] = {
    "sum": ("part",),
    "difference": ("actual",),
    "stock": ("base", "in"),
    "hundred": ("part",),
    "equal": ("first",),
}
"""Forms that are sums: the roles on one side; the others stand on the other."""

_QUOTIENTS: dict[Form, tuple[str, str, str]] = {
    "share": ("part", "total", "ratio"),
    "ratio": ("actual", "base", "ratio"),
    "growth": ("actual", "base", "ratio"),
    "quotient": ("total", "base", "result"),
}
"""Forms that are quotients: their roles above, below and of the result."""


def gauge_others(equation: Equation, at: int) -> Callable[[float, float], bool] | None:
    """Return whether the sides come near each other with another number (and slack) in one place, by floats.

    None where `gauge` gives no answer.
    """
    if gauge(equation) is None:
        return None
    role, figure = equation.terms[at]
    plus = _LINEAR.get(equation.form, ())
    if plus:
        signed = figure.sign if equation.form != "stock" else 1
        way = signed if role in plus else -signed
        rest = sum(
            each.rough * (each.sign if equation.form != "stock" else 1) * (1 if name in plus else -1)
            for place, (name, each) in enumerate(equation.terms) if place != at
        ) - (100.0 if equation.form == "hundred" else 0.0)  # fmt: skip
        slack = sum(each.rough_slack for place, (_, each) in enumerate(equation.terms) if place != at)
        return lambda value, own: abs(rest + way * value) <= 2.5 * (slack + own) + 1e-9 * (abs(rest) + value)
    figures = dict(equation.terms)
    roles = _QUOTIENTS[equation.form]
    numbers = [figures[name].rough for name in roles]
    slacks = [figures[name].rough_slack for name in roles]
    place = roles.index(role)
    scale = float(equation.factor) * (100.0 if equation.form in ("share", "ratio", "growth") else 1.0)
    shift = 100.0 if equation.form == "growth" else 0.0
    turn = -1.0 if equation.form == "growth" and figures[roles[2]].sign < 0 else 1.0

    def near(value: float, own: float) -> bool:
        (above, below, result), (a, b, r) = [*numbers], [*slacks]
        if place == 0:
            above, a = value, own
        elif place == 1:
            below, b = value, own
        else:
            result, r = value, own
        if above <= a or below <= b:
            return True
        computed = scale * above / below
        slack = r + computed * (a / (above - a) + b / (below - b))
        return abs(computed - shift - turn * result) <= 2.5 * slack + 1e-9 * computed

    return near


def holds(equation: Equation) -> bool:
    """Return whether the sides meet, rounded or cut off."""
    return judge(equation) in ("holds", "holds-by-truncation")


def _meets(equation: Equation, parts: Reading, result: Reading) -> bool | None:
    sides = equation.sides(parts, result)
    return None if sides is None else sides.printed.meets(sides.expected)


def _sum_bounds(figures: list[Figure], reading: Reading) -> Bounds:
    total = Bounds.point(NOTHING)
    for figure in figures:
        total = total + figure.bounds(reading, signed=figure.sign < 0 and figure.comparator is None)
    return total


def _sum(equation: Equation, parts: Reading, result: Reading) -> Sides:
    total = equation.one("total")
    return Sides(total.bounds(result, signed=True), _sum_bounds(equation.all("part"), parts))


def _at_most(equation: Equation, parts: Reading, result: Reading) -> Sides:
    expected = _sum_bounds(equation.all("part"), parts)
    return Sides(equation.one("total").bounds(result), Bounds(expected.low, None, expected.low_open))


def _quotient(
    equation: Equation, parts: Reading, result: Reading, above: str, below: str, shift: Fraction
) -> Sides | None:
    ratio = equation.one("ratio")
    quotient = equation.one(above).bounds(parts).over(equation.one(below).bounds(parts))
    if quotient is None:
        return None
    expected = quotient.scaled(HUNDRED * equation.factor) + Bounds.point(-shift)
    return Sides(ratio.bounds(result, signed=bool(shift)), expected)


def _share(equation: Equation, parts: Reading, result: Reading) -> Sides | None:
    return _quotient(equation, parts, result, "part", "total", NOTHING)


def _growth(equation: Equation, parts: Reading, result: Reading) -> Sides | None:
    return _quotient(equation, parts, result, "actual", "base", HUNDRED)


def _ratio(equation: Equation, parts: Reading, result: Reading) -> Sides | None:
    return _quotient(equation, parts, result, "actual", "base", NOTHING)


def _times(equation: Equation, parts: Reading, result: Reading) -> Sides | None:
    quotient = equation.one("actual").bounds(parts).over(equation.one("base").bounds(parts))
    return None if quotient is None else Sides(equation.one("ratio").bounds(result), quotient)


def _difference(equation: Equation, parts: Reading, result: Reading) -> Sides:
    actual, base = (equation.one(role).bounds(parts, signed=True) for role in ("actual", "base"))
    return Sides(equation.one("difference").bounds(result, signed=True), actual - base)


def _product(equation: Equation, parts: Reading, result: Reading) -> Sides:
    product = Bounds.point(Fraction(1))
    for figure in equation.all("factor"):
        product = product.times(figure.bounds(parts))
    return Sides(equation.one("result").bounds(result), product.scaled(equation.factor))


def _average(equation: Equation, parts: Reading, result: Reading) -> Sides | None:
    quotient = equation.one("total").bounds(parts).over(equation.one("base").bounds(parts))
    if quotient is None:
        return None
    return Sides(equation.one("result").bounds(result), quotient.scaled(equation.factor))


def _stock(equation: Equation, parts: Reading, result: Reading) -> Sides:
    rising = equation.one("base").bounds(parts)
    for figure in equation.all("in"):
        rising = rising + figure.bounds(parts)
    for figure in equation.all("out"):
        rising = rising - figure.bounds(parts)
    return Sides(equation.one("result").bounds(result), rising)


def _hundred(equation: Equation, parts: Reading, result: Reading) -> Sides:
    return Sides(Bounds.point(HUNDRED), _sum_bounds(equation.all("part"), parts))


def _equal(equation: Equation, parts: Reading, result: Reading) -> Sides:
    return Sides(equation.one("again").bounds(result), equation.one("first").bounds(parts))


def _not_below(equation: Equation, parts: Reading, result: Reading) -> Sides:
    part = equation.one("part").bounds(parts)
    return Sides(equation.one("total").bounds(result), Bounds(part.low, None, part.low_open))


def _between(equation: Equation, parts: Reading, result: Reading) -> Sides:
    bounds = [figure.bounds(parts, signed=True) for figure in equation.all("part")]
    lows, highs = [b.low for b in bounds], [b.high for b in bounds]
    low = None if None in lows else min(low for low in lows if low is not None)
    high = None if None in highs else max(high for high in highs if high is not None)
    return Sides(equation.one("total").bounds(result, signed=True), Bounds(low, high))


_FORMS: dict[Form, Callable[[Equation, Reading, Reading], Sides | None]] = {
    "sum": _sum,
    "at-most": _at_most,
    "share": _share,
    "growth": _growth,
    "ratio": _ratio,
    "times": _times,
    "difference": _difference,
    "product": _product,
    "quotient": _average,
    "stock": _stock,
    "hundred": _hundred,
    "equal": _equal,
    "not-below": _not_below,
    "between": _between,
}
