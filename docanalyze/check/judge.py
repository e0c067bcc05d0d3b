"""Whether the sides of an equation meet.

The tolerance model is that of XBRL Calculations 1.1: each figure stands for the interval of its printed
precision, intervals are computed with, and an equation fails only if the two sides do not meet.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from docanalyze.check.equation import Equation, Form, equate
from docanalyze.core.figure import Figure, Reading
from docanalyze.core.relation import Verdict


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
    whole = True
    if plus:
        for role, figure in equation.terms:
            if not figure.plain:
                return None
            value = figure.rough
            if figure.sign < 0 and equation.form != "stock":
                value = -value
            gap += value if role in plus else -value
            slack += figure.rough_slack
            size += abs(value)
            whole = whole and value.is_integer()
        if equation.form == "hundred":
            gap -= 100.0
        # Floats of this size are whole only if the figures are, and are added without any error.
        return abs(gap), slack, 0.0 if whole and size < _EXACT else 1e-12 * size
    roles = _QUOTIENTS.get(equation.form)
    if roles is None or len(equation.terms) != 3:
        return None
    figures = dict(equation.terms)
    above, below, result = (figures[role] for role in roles)
    if not (above.plain and below.plain and result.plain):
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


_EXACT = 2.0**40

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


def gauge_hedged(equation: Equation, at: int) -> Callable[[float, float], bool] | None:
    """Return the same as `gauge_others` for equations with hedges and ranges, a little wider.

    None for forms that `gauge` gives no answer for.
    """
    plus, roles = _LINEAR.get(equation.form), _QUOTIENTS.get(equation.form)
    if plus is None and (roles is None or len(equation.terms) != 3):
        return None
    half = equation.terms[at][1].comparator not in (None, "more-than", "nearly", "about")
    if half or any(figure.comparator and figure.sign < 0 for _, figure in equation.terms):
        return None
    signed = plus is not None and equation.form != "stock"
    growth = equation.form == "growth"
    spans = [_span(each, signed=signed or (growth and role == "ratio")) for role, each in equation.terms]
    if plus is not None:
        low = high = -100.0 if equation.form == "hundred" else 0.0
        for place, (role, _) in enumerate(equation.terms):
            if place != at:
                least, most = spans[place] if role in plus else (-spans[place][1], -spans[place][0])
                low, high = low + least, high + most
        own_role, figure = equation.terms[at]
        sign = -1.0 if (figure.sign < 0 and equation.form != "stock") != (own_role not in plus) else 1.0

        def meets(value: float, own: float) -> bool:
            more = 2.5 * own + 1e-9 * value
            return low + sign * value - more <= 0.0 <= high + sign * value + more

        return meets
    assert roles is not None
    named = dict(zip((role for role, _ in equation.terms), spans, strict=True))
    above, below, result = (named[role] for role in roles)
    which = roles.index(equation.terms[at][0])
    scale = float(equation.factor) * (100.0 if equation.form in ("share", "ratio", "growth") else 1.0)
    shift = 100.0 if equation.form == "growth" else 0.0
    turned = equation.form == "growth" and equation.terms[at][1].sign < 0

    def meets_quotient(value: float, own: float) -> bool:
        span = (value - 2.5 * own - 1e-9 * value, value + 2.5 * own + 1e-9 * value)
        if which == 2 and turned:
            span = (-span[1], -span[0])
        a, b, r = (span if which == place else each for place, each in enumerate((above, below, result)))
        if b[0] <= 0.0 or a[0] < 0.0:
            return True
        return scale * a[0] / b[1] - shift <= r[1] and scale * a[1] / b[0] - shift >= r[0]

    return meets_quotient


def _span(figure: Figure, *, signed: bool) -> tuple[float, float]:
    bounds = figure.bounds(signed=signed)
    low = -inf if bounds.low is None else float(bounds.low)
    high = inf if bounds.high is None else float(bounds.high)
    cut = 0.0 if figure.comparator else figure.rough_slack  # cut off, it may stand for half a unit more
    low, high = low - cut, high + cut
    return low - 1e-9 * abs(low) if low > -inf else low, high + 1e-9 * abs(high) if high < inf else high


def holds(equation: Equation) -> bool:
    """Return whether the sides meet, rounded or cut off."""
    return judge(equation) in ("holds", "holds-by-truncation")


def agree(first: Figure, again: Figure) -> bool:
    """Return whether a figure printed twice is the same, rounded or cut off."""
    if first.plain and again.plain:
        # what `gauge` says of the equation, without making it
        one, two = first.rough, again.rough
        gap = abs((-one if first.sign < 0 else one) - (-two if again.sign < 0 else two))
        slack, size = first.rough_slack + again.rough_slack, one + two
        grain = 0.0 if size < _EXACT and one.is_integer() and two.is_integer() else 1e-12 * size
        if gap <= 0.9 * slack - grain:
            return True
        if gap > 2.5 * slack + grain:
            return False
    return holds(equate(first, again))


def _meets(equation: Equation, parts: Reading, result: Reading) -> bool | None:
    sides = equation.sides(parts, result)
    return None if sides is None else sides.printed.meets(sides.expected)
