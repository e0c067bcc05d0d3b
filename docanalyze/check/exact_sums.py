"""Sums to the last printed place: what agrees there, or would but for one digit, hardly does so by chance."""

from __future__ import annotations

from decimal import Decimal

from docanalyze.check.edits import find_edits
from docanalyze.check.equation import Equation

_DIGITS = 5
"""A total of so many digits is met to the last of them by a changed digit once in some hundred tries."""
_SEVERAL = 3


def is_close_sum(equation: Equation) -> bool:
    """Return whether parts make their total by what is printed, not by the breadth of a coarse part.

    `124,756 tỷ đồng` are not `49,746 + 10,765 + 6,267 + 8 + 50,301`, though 8 may be 7,7.
    """
    total, parts = equation.one("total"), equation.all("part")
    if any(figure.comparator for figure in (total, *parts)):
        total_slack = 2 * total.rough_slack
    else:
        total_slack = total.rough_slack
    finest = max(part.decimals for part in parts)
    every = sum(part.rough_slack for part in parts if part.decimals == finest)
    return abs(sum(part.rough for part in parts) - total.rough) <= (total_slack + every) * 1.000001


def mends_to_last(equation: Equation) -> bool:
    """Return whether one changed figure makes parts their total to the last of its many digits."""
    total, parts = equation.one("total"), equation.all("part")
    units = {(figure.dimension, figure.factor) for figure in (total, *parts)}
    short = sum(part.value for part in parts) < total.value  # which leaving something out explains, too
    if len(parts) < _SEVERAL or len(units) > 1:
        return False
    if total.digits < _DIGITS + short or total.decimals < 1 + short:
        return False
    if any(figure.comparator or figure.number != figure.high for figure in (total, *parts)):
        return False
    numbers = [figure.number * figure.sign for _, figure in equation.terms]
    for edit in find_edits(equation):
        figure = equation.terms[edit.at][1]
        changed = [*numbers]
        changed[edit.at] = edit.number * (1 if edit.kind == "sign" else figure.sign)
        whole, own = Decimal(0), Decimal(0)
        for (role, _), number in zip(equation.terms, changed, strict=True):
            if role == "total":
                whole += number
            else:
                own += number
        if whole == own:
            return True
    return False
