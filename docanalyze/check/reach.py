"""Between which numbers one figure must lie for an equation to hold, the others as printed: by floats.

A first look, a little wider than any exact reading: what lies outside need not be tried.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from docanalyze.check.equation import Equation
from docanalyze.check.judge import LINEAR, QUOTIENTS
from docanalyze.core.figure import Figure

Stretch = tuple[float, float]
Reach = Callable[[float], Stretch]
"""From the slack of a number to the least and the greatest that it may be."""

_WIDE = 2.5
"""So many times its slack a figure may be off, as the float says: cut off, it stands for two of them more."""
_GRAIN = 1e-9


def find_reach(equation: Equation, at: int) -> Reach | None:
    """Return where the figure at a place must lie, in its base unit and unsigned.

    None for forms that are neither sums nor quotients, and for hedges that are half-lines.
    """
    plus, roles = LINEAR.get(equation.form), QUOTIENTS.get(equation.form)
    if plus is None and (roles is None or len(equation.terms) != 3):
        return None
    half = equation.terms[at][1].comparator not in (None, "more-than", "nearly", "about")
    if half or any(figure.comparator and figure.sign < 0 for _, figure in equation.terms):
        return None
    if plus is not None:
        return _reach_in_sum(equation, at, plus)
    assert roles is not None
    return _reach_in_quotient(equation, at, roles)


def _reach_in_sum(equation: Equation, at: int, plus: tuple[str, ...]) -> Reach:
    signed = equation.form != "stock"
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
    above, below, result = (_span(figures[role], signed=growth and role == "ratio") for role in roles)
    which = roles.index(equation.terms[at][0])
    scale = float(equation.factor) * (100.0 if equation.form in ("share", "ratio", "growth") else 1.0)
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


def _widen(low: float, high: float) -> Reach:
    low, high = low - _GRAIN * abs(low), high + _GRAIN * abs(high)
    return lambda slack: (low - _WIDE * slack, high + _WIDE * slack)


def _span(figure: Figure, *, signed: bool) -> Stretch:
    """Return the ends of all that a figure may stand for."""
    if figure.plain:
        size, slack = figure.rough, _WIDE * figure.rough_slack
        low, high = size - slack, size + slack
        if signed and figure.sign < 0:
            low, high = -high, -low
    else:
        bounds = figure.bounds(signed=signed)
        low = -inf if bounds.low is None else float(bounds.low)
        high = inf if bounds.high is None else float(bounds.high)
        cut = 0.0 if figure.comparator else figure.rough_slack  # cut off, it may stand for half a unit more
        low, high = low - cut, high + cut
    return low - _GRAIN * abs(low), high + _GRAIN * abs(high)
