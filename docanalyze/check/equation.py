"""Equations between printed figures: the forms, and the two sides of each as intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Literal

import msgspec
from msgspec.structs import replace

from docanalyze.core.bounds import NOTHING, ONE, Bounds
from docanalyze.core.figure import Figure, Reading
from docanalyze.core.kept import Kept

Form = Literal[
    "sum", "at-most", "share", "growth", "ratio", "times", "difference", "product", "quotient", "stock",
    "hundred", "equal", "not-below", "between", "gain", "prior", "bases", "grown", "index", "yearly",
    "spread", "mean",
]  # fmt: skip
Comparison = Literal["growth", "ratio", "times", "difference"]
Term = tuple[str, Figure]
COMPARISONS: dict[str, Comparison] = {
    "growth": "growth", "plan-growth": "growth", "ratio": "ratio", "plan-ratio": "ratio", "times": "times",
    "change": "difference",
}  # fmt: skip
"""The comparison that a figure states, by its role in its sentence."""

LINEAR: dict[Form, tuple[str, ...]] = {
    "sum": ("part",),
    "difference": ("actual",),
    "stock": ("base", "in"),
    "hundred": ("part",),
    "equal": ("first",),
}
"""Forms that are sums: the roles on one side; the others stand on the other."""

QUOTIENTS: dict[Form, tuple[str, str, str]] = {
    "share": ("part", "total", "ratio"),
    "ratio": ("actual", "base", "ratio"),
    "growth": ("actual", "base", "ratio"),
    "quotient": ("total", "base", "result"),
}
"""Forms that are quotients: their roles above, below and of the result."""

HUNDRED: Fraction = 100  # type: ignore[assignment]


def hundred_times(factor: Fraction) -> Fraction:
    """Return a hundred times a factor, a whole number for none."""
    return HUNDRED if factor is ONE else HUNDRED * factor


class Sides(msgspec.Struct, frozen=True, gc=False):
    """The two sides of an equation: what is printed, and what is expected of it."""

    printed: Bounds
    expected: Bounds


class Equation(msgspec.Struct, frozen=True, dict=True, cache_hash=True):
    """Figures in their roles under a formula; `factor` brings the computed side to the printed unit.

    Forms and their roles: `sum` total = Σ part; `at-most` Σ part <= total; `share` 100 part / total =
    ratio; `growth` 100 actual / base - 100 = ratio; `ratio` 100 actual / base = ratio; `times` actual /
    base = ratio; `difference` actual - base = difference; `product` Π factor = result; `quotient` total /
    base = result; `stock` base + Σ in - Σ out = result; `hundred` Σ part = 100; `equal` first = again;
    `gain` 100 difference / (actual - difference) = ratio; `prior` 100 actual / (actual - difference) = ratio;
    `not-below` total >= part; `between` total lies between the lowest and the highest part; `grown` 100
    total / Σ (part / (1 + its growth)) - 100 = ratio; `index` 100 + growth = again (104,2 for 4,2 %);
    `bases` total / ratio = Σ part / its own ratio, in order; `yearly` 100 (actual / base) ** (1 / n) - 100 =
    ratio, over as many years n as `factor` says; `spread` 100 (100 + total) / (100 + base) - 100 = ratio, the
    growth of an average from those of its total and of what it is over; `mean` Σ (part × its ratio) / Σ part
    = ratio.
    """

    form: Form
    terms: tuple[Term, ...]
    factor: Fraction = ONE

    def one(self, role: str) -> Figure:
        """Return the figure in a role that only one can have."""
        for name, figure in self.terms:
            if name == role:
                return figure
        raise KeyError(role)

    def all(self, role: str) -> list[Figure]:
        """Return the figures in a role, in order."""
        return [figure for name, figure in self.terms if name == role]

    def with_figure(self, at: int, figure: Figure) -> Equation:
        """Return the equation with another figure at a place."""
        terms = (*self.terms[:at], (self.terms[at][0], figure), *self.terms[at + 1 :])
        return replace(self, terms=terms)

    def sides(self, parts: Reading = "rounded", result: Reading = "rounded") -> Sides | None:
        """Return both sides with the operands and the result read in the given ways; None if undefined."""
        return self._rounded if parts == result == "rounded" else self.work_out(parts, result)

    def work_out(self, parts: Reading = "rounded", result: Reading = "rounded") -> Sides | None:
        """Return both sides, worked out anew."""
        return _FORMS[self.form](self, parts, result)

    @Kept
    def _rounded(self) -> Sides | None:
        return self.work_out()

    @Kept
    def hedged(self) -> bool:
        """Whether a hedge may explain that the sides do not meet."""
        return any(figure.comparator in ("more-than", "nearly", "about") for _, figure in self.terms)

    @property
    def estimate(self) -> bool:
        """Return whether a figure is printed as an estimate."""
        return any(figure.estimate for _, figure in self.terms)


def add_up(total: Figure, parts: Iterable[Figure]) -> Equation:
    """Return the equation `total = Σ part`."""
    return Equation("sum", (("total", total), *(("part", part) for part in parts)))


def share_of(part: Figure, total: Figure, ratio: Figure) -> Equation:
    """Return the equation `ratio = 100 part / total`."""
    return Equation("share", (("part", part), ("total", total), ("ratio", ratio)))


def compare(form: Comparison, actual: Figure, base: Figure, result: Figure) -> Equation:
    """Return the equation of a figure compared with a base: its growth, ratio, multiple or difference."""
    role = "difference" if form == "difference" else "ratio"
    return Equation(form, (("actual", actual), ("base", base), (role, result)))


def equate(first: Figure, again: Figure) -> Equation:
    """Return the equation of a figure printed twice."""
    return Equation("equal", (("first", first), ("again", again)))


def count_causes(failing: Iterable[Equation]) -> int:
    """Return 1 if all of several failing equations have a figure in common, which may be the wrong one.

    Else how many they are: no one misprint explains them.
    """
    printed = [{figure.mention for _, figure in equation.terms} for equation in failing]
    return 1 if printed and set.intersection(*printed) else len(printed)


def _sum_bounds(figures: list[Figure], reading: Reading) -> Bounds:
    return Bounds.total(
        [figure.bounds(reading, signed=figure.sign < 0 and figure.comparator is None) for figure in figures]
    )


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
    factor = hundred_times(equation.factor)
    expected = equation.one(above).bounds(parts).over(equation.one(below).bounds(parts), factor)
    if expected is None:
        return None
    if shift:
        expected = expected + Bounds.point(-shift)
    return Sides(ratio.bounds(result, signed=bool(shift)), expected)


def _share(equation: Equation, parts: Reading, result: Reading) -> Sides | None:
    return _quotient(equation, parts, result, "part", "total", NOTHING)


def _growth(equation: Equation, parts: Reading, result: Reading) -> Sides | None:
    return _quotient(equation, parts, result, "actual", "base", HUNDRED)


def _gain(equation: Equation, parts: Reading, result: Reading) -> Sides | None:
    actual = equation.one("actual").bounds(parts)
    change = equation.one("difference").bounds(parts, signed=True)
    share = change.over(before := actual - change)
    if share is None:
        return _fall_below_nothing(equation, before, result)
    return Sides(equation.one("ratio").bounds(result, signed=True), share.scaled(HUNDRED))


def _prior(equation: Equation, parts: Reading, result: Reading) -> Sides | None:
    actual = equation.one("actual").bounds(parts)
    share = actual.over(before := actual - equation.one("difference").bounds(parts, signed=True))
    if share is None:
        return _fall_below_nothing(equation, before, result)
    return Sides(equation.one("ratio").bounds(result), share.scaled(HUNDRED))


def _fall_below_nothing(equation: Equation, before: Bounds, result: Reading) -> Sides | None:
    """Return that there was less than nothing before: `1.230 vụ, tăng 1.573 vụ`; None if it may be zero."""
    if before.high is None or before.high >= 0:
        return None
    return Sides(equation.one("ratio").bounds(result), Bounds(None, NOTHING, high_open=True))


def _yearly(equation: Equation, parts: Reading, result: Reading) -> Sides | None:
    quotient = equation.one("actual").bounds(parts).over(equation.one("base").bounds(parts))
    if quotient is None:
        return None
    growth = quotient.root(int(equation.factor)).scaled(HUNDRED) + Bounds.point(-HUNDRED)
    return Sides(equation.one("ratio").bounds(result, signed=True), growth)


def _spread(equation: Equation, parts: Reading, result: Reading) -> Sides | None:
    hundred = Bounds.point(HUNDRED)
    above, below = (hundred + equation.one(role).bounds(parts, signed=True) for role in ("total", "base"))
    expected = above.scaled(HUNDRED).over(below)
    if expected is None:
        return None
    return Sides(equation.one("ratio").bounds(result, signed=True), expected + Bounds.point(-HUNDRED))


def _mean(equation: Equation, parts: Reading, result: Reading) -> Sides | None:
    above = below = Bounds.point(NOTHING)
    for part, ratio in zip(equation.all("part"), equation.all("part-ratio"), strict=True):
        weight = part.bounds("printed")  # it stands above and below
        above = above + weight.times(ratio.bounds(parts))
        below = below + weight
    expected = above.over(below)
    return None if expected is None else Sides(equation.one("ratio").bounds(result), expected)


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
    quotient = equation.one("total").bounds(parts).over(equation.one("base").bounds(parts), equation.factor)
    return None if quotient is None else Sides(equation.one("result").bounds(result), quotient)


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


def _index(equation: Equation, parts: Reading, result: Reading) -> Sides:
    growth = equation.one("growth").bounds(parts, signed=True)
    return Sides(equation.one("again").bounds(result), growth + Bounds.point(HUNDRED))


def _not_below(equation: Equation, parts: Reading, result: Reading) -> Sides:
    part = equation.one("part").bounds(parts)
    return Sides(equation.one("total").bounds(result), Bounds(part.low, None, part.low_open))


def _between(equation: Equation, parts: Reading, result: Reading) -> Sides:
    bounds = [figure.bounds(parts, signed=True) for figure in equation.all("part")]
    lows = [b.low for b in bounds if b.low is not None]
    highs = [b.high for b in bounds if b.high is not None]
    low = min(lows) if len(lows) == len(bounds) else None
    high = max(highs) if len(highs) == len(bounds) else None
    return Sides(equation.one("total").bounds(result, signed=True), Bounds(low, high))


def _bases(equation: Equation, parts: Reading, result: Reading) -> Sides | None:
    whole = equation.one("total").bounds(parts)
    rising = Bounds.point(NOTHING)
    for part, ratio in zip(equation.all("part"), equation.all("part-ratio"), strict=True):
        base = part.bounds(parts).over(ratio.bounds(parts))
        if base is None:
            return None
        rising = rising + base
    expected = whole.over(rising)
    return None if expected is None else Sides(equation.one("ratio").bounds(result), expected)


def _grown(equation: Equation, parts: Reading, result: Reading) -> Sides | None:
    before = Bounds.point(NOTHING)
    hundred = Bounds.point(HUNDRED)
    for part, growth in zip(equation.all("part"), equation.all("part-ratio"), strict=True):
        base = part.bounds(parts).over(hundred + growth.bounds(parts, signed=True))
        if base is None:
            return None
        before = before + base
    expected = equation.one("total").bounds(parts).over(before)
    if expected is None:
        return None
    return Sides(equation.one("ratio").bounds(result, signed=True), expected + Bounds.point(-HUNDRED))


_FORMS: dict[Form, Callable[[Equation, Reading, Reading], Sides | None]] = {
    "sum": _sum,
    "at-most": _at_most,
    "share": _share,
    "growth": _growth,
    "gain": _gain,
    "prior": _prior,
    "ratio": _ratio,
    "times": _times,
    "difference": _difference,
    "product": _product,
    "quotient": _average,
    "stock": _stock,
    "hundred": _hundred,
    "equal": _equal,
    "index": _index,
    "not-below": _not_below,
    "between": _between,
    "bases": _bases,
    "grown": _grown,
    "yearly": _yearly,
    "spread": _spread,
    "mean": _mean,
}
