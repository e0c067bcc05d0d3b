"""Between which numbers one figure must lie for an equation to hold, the others as printed: by floats.

A first look, a little wider than any exact reading: what lies outside need not be tried.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from docanalyze.check.equation import LINEAR, QUOTIENTS, Equation
from docanalyze.core.bounds import ONE
from docanalyze.core.figure import GRAIN, WIDE, Figure

_HEDGES = (None, "more-than", "nearly", "about")
Stretch = tuple[float, float]
Reach = Callable[[float], Stretch]
"""From the slack of a number to the least and the greatest that it may be."""


def find_reach(equation: Equation, at: int) -> Reach | None:
    """Return where the figure at a place must lie, in its base unit and unsigned.

    None for forms that are neither sums, quotients nor limits, and for hedges that are half-lines.
    """
    plus, roles = LINEAR.get(equation.form), QUOTIENTS.get(equation.form)
    limits = _LIMITS.get(equation.form)
    if plus is None and limits is None and (roles is None or len(equation.terms) != 3):
        return None
    if equation.terms[at][1].comparator not in _HEDGES:
        return None
    for _, figure in equation.terms:
        if figure.comparator and figure.sign < 0:
            return None
    if plus is not None:
        return _reach_in_sum(equation, at, plus)
    if limits is not None:
        return _widen(*limits(equation, at))
    assert roles is not None
    return _reach_in_quotient(equation, at, roles)


def is_apart(equation: Equation) -> bool:
    """Return whether a hedged or ranging figure is plainly far from where its equation wants it."""
    for hedged, (_, figure) in enumerate(equation.terms):  # noqa: B007
        if not figure.plain:
            break
    else:
        return False
    reach = find_reach(equation, hedged)
    if reach is None:
        return False
    low, high = reach(0.0)
    least, most = _span(equation.terms[hedged][1], signed=False)
    return low > most or high < least


def _reach_in_sum(equation: Equation, at: int, plus: tuple[str, ...]) -> Reach:
    signed = equation.form not in ("stock", "equal")  # these take figures as printed
    low = high = -100.0 if equation.form == "hundred" else 0.0
    for place, (role, each) in enumerate(equation.terms):
        if place != at:
            least, most = _span(each, signed=signed)
            low, high = (low + least, high + most) if role in plus else (low - most, high - least)
    role, figure = equation.terms[at]
    if (figure.sign < 0 and signed) == (role in plus):
        low, high = -high, -low
    return _widen(-high, -low)


def _reach_in_quotient(equation: Equation, at: int, roles: tuple[str, str, str]) -> Reach:
    growth = equation.form == "growth"
    figures = dict(equation.terms)
    above, below = figures[roles[0]].span, figures[roles[1]].span
    result = _span(figures[roles[2]], signed=growth)
    which = roles.index(equation.terms[at][0])
    scale = 1.0 if equation.factor is ONE else float(equation.factor)
    if equation.form != "quotient":
        scale *= 100.0
    shift = 100.0 if growth else 0.0
    least, most = result[0] + shift, result[1] + shift
    low, high = -inf, inf
    if which == 0:
        low = least * max(below[0], 0.0) / scale if least > 0.0 else low
        high = most * below[1] / scale if below[1] < inf else high
    elif which == 1:
        low = scale * max(above[0], 0.0) / most if most > 0.0 else low
        high = scale * above[1] / least if least > 0.0 else high
    else:
        low = scale * max(above[0], 0.0) / below[1] - shift if below[1] > 0.0 else low
        high = scale * above[1] / below[0] - shift if below[0] > 0.0 else high
        if growth and figures[roles[2]].sign < 0:
            low, high = -high, -low
    return _widen(low, high)


def _reach_below(equation: Equation, at: int) -> Stretch:
    """Return what a figure may be where parts are at most a total, as each may be least."""
    total = equation.one("total").span[1]
    least = sum(
        _span(figure, signed=True)[0]
        for place, (role, figure) in enumerate(equation.terms)
        if role == "part" and place != at
    )
    role, figure = equation.terms[at]
    if role == "total":
        return least, inf  # as printed, without its sign
    return (least - total, inf) if figure.sign < 0 else (-inf, total - least)


def _reach_between(equation: Equation, at: int) -> Stretch:
    """Return what a figure may be where a total lies between its parts, all with their signs."""
    low, high = _span(equation.one("total"), signed=True)
    others = [
        _span(figure, signed=True)
        for place, (role, figure) in enumerate(equation.terms)
        if role == "part" and place != at
    ]
    least, most = min((one for one, _ in others), default=inf), max((two for _, two in others), default=-inf)
    role, figure = equation.terms[at]
    if role == "part":
        least, most = low if most < low else -inf, high if least > high else inf
    return (-most, -least) if figure.sign < 0 else (least, most)


_LIMITS = {"at-most": _reach_below, "between": _reach_between}


def _widen(low: float, high: float) -> Reach:
    low, high = low - GRAIN * abs(low), high + GRAIN * abs(high)
    return lambda slack: (low - WIDE * slack, high + WIDE * slack)


def _span(figure: Figure, *, signed: bool) -> Stretch:
    low, high = figure.span
    return (-high, -low) if signed and figure.sign < 0 else (low, high)
