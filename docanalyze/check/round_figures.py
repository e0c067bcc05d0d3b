"""Figures that end in zeros are rounded to them: `25.000 tấn` of a quotient is 25 nghìn tấn."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from msgspec.structs import replace

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation
from docanalyze.check.judge import holds
from docanalyze.core.figure import Figure

_GROUP, _LEAST = 3, 2
"""So many zeros at most, and at least, tell to which place a figure was rounded."""


def find_rough(equation: Equation) -> Equation | None:
    """Return an equation that holds if its measured figures are rounded to their last zeros; else None.

    Those are ranges in it: `24.500…25.500`.
    """
    rough = _change(equation, _reach)
    return rough if rough is not equation and holds(rough) else None


def find_misprint(equation: Equation) -> Equation | None:
    """Return a failing equation that one small misprint explains, its figures rounded to zeros or not."""
    if has_edit(equation):
        return equation
    rough = _change(equation, _reach)
    if rough is equation:
        return None
    if has_edit(rough):
        return rough
    return equation if has_edit(_change(equation, _round)) else None


def _change(equation: Equation, turn: Callable[[Figure, int], Figure]) -> Equation:
    """Return an equation with each figure turned that ends in zeros, by how many it does; itself if none."""
    counts = [_count_zeros(figure) for _, figure in equation.terms]
    if not any(counts):
        return equation
    pairs = zip(equation.terms, counts, strict=True)
    terms = tuple([(role, turn(figure, zeros) if zeros else figure) for (role, figure), zeros in pairs])
    return replace(equation, terms=terms)


def _count_zeros(figure: Figure) -> int:
    digits = str(figure.number)
    zeros = min(len(digits) - len(digits.rstrip("0")), _GROUP) if digits.isdigit() else 0
    measured = figure.plain and not figure.exact and not figure.decimals and figure.dimension != "%"
    return zeros if measured and zeros >= _LEAST else 0


def _reach(figure: Figure, zeros: int) -> Figure:
    half = 5 * 10 ** (zeros - 1)
    return replace(figure, number=figure.number - half, high=figure.number + half)


def _round(figure: Figure, zeros: int) -> Figure:
    number = Decimal(int(figure.number) // 10**zeros)
    factor = figure.factor * Fraction(10**zeros)
    return replace(figure, number=number, high=number, factor=factor, text=str(number))
