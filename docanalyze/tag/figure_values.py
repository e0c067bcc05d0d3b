"""The keys of a figure's value: number, scale, step, its intervals, and what the words around it add."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from docanalyze.core.interval import EXACT, HALF, ONE, tidy_number
from docanalyze.core.mention import NumberRange
from docanalyze.lexicon import Lexicon
from docanalyze.tag.changes import read_far_change
from docanalyze.tag.figures import Figure
from docanalyze.tag.hedges import BOUNDS, Hedge, last_place, read_hedge, soften

_NO_HEDGE = Hedge()
_CELL_HEDGES = {
    "": _NO_HEDGE,
    "+": Hedge(direction="increase"),
    "-": Hedge(direction="decrease", negative=True),
    "(": Hedge(negative=True),
}


def read_figure_hedge(text: str, figure: Figure, lexicon: Lexicon) -> Hedge:
    """Return what the words around `figure` say about it, a glued sign included."""
    if figure.alone:
        return _CELL_HEDGES[figure.signed]
    hedge = read_hedge(
        text,
        figure.start,
        figure.end,
        lexicon,
        percent=figure.kind == "percent",
        ranged=figure.number is None,
    )
    if hedge.direction is None and not hedge.level and figure.kind != "none":
        far = read_far_change(text, figure.start, lexicon, unit=figure.tail.sign or "")
        if far is not None:
            hedge = Hedge(hedge.comparator, far, hedge.estimate, hedge.negative)
    if figure.tail.unit == "năm":
        # `tăng bình quân 5 năm là 4%`: what grows is not the years
        hedge = Hedge(hedge.comparator, None, hedge.estimate, hedge.negative, hedge.level)
    if not figure.signed:
        return hedge
    if figure.signed == "(":
        return Hedge(hedge.comparator, None, hedge.estimate, True, hedge.level)
    if figure.signed == "+":
        return Hedge(hedge.comparator, "increase", hedge.estimate, hedge.negative, hedge.level)
    line = text.rfind("\n", max(0, figure.start - 4), figure.start)
    at_line_start = figure.start < 2 or (line >= 0 and not text[line + 1 : figure.start - 1].strip())
    whole = figure.step >= figure.scale and figure.kind in ("quantity", "none")
    if at_line_start and whole:
        return hedge  # a bullet glued to a count: `-5 dự án`
    return Hedge(hedge.comparator, "decrease", hedge.estimate, True, hedge.level)


def value_figure(figure: Figure, hedge: Hedge, *, exact: bool) -> dict[str, Any]:
    """Return the keys that every kind of figure has: number, scale, step, intervals, hedge words.

    `exact` figures (counts) stand for their number alone, others for half a step around it.
    """
    value: dict[str, Any]
    if exact and hedge is _NO_HEDGE and figure.number is not None and figure.scale is ONE:
        value = {"step": figure.step, "number": figure.number, "low": figure.number, "high": figure.number}
        if figure.ambiguous is not None:
            value["ambiguous"] = figure.ambiguous
        return value
    if figure.scale == 1:
        low, high = figure.low, figure.high
    else:
        low, high = EXACT.multiply(figure.low, figure.scale), EXACT.multiply(figure.high, figure.scale)
    value = {"step": figure.step}
    if figure.number is None:
        value["range"] = NumberRange(low=figure.low, high=figure.high)
    else:
        value["number"] = figure.number
    if figure.tail.scale is not None:
        value["scale"] = figure.scale
    hard_low, hard_high = low, high
    if not exact:
        half = EXACT.multiply(figure.step, HALF)
        hard_low, hard_high = EXACT.subtract(low, half), EXACT.add(high, half)
    ends: tuple[Decimal | None, Decimal | None] = (hard_low, hard_high)
    if hedge.negative:
        ends = (hard_high.copy_negate(), hard_low.copy_negate())
        value["negative"] = True
    elif hedge.comparator in BOUNDS:
        has_low, has_high = BOUNDS[hedge.comparator]
        ends = (low if has_low else None, high if has_high else None)
    elif hedge.comparator is not None and figure.number is not None:
        unit = EXACT.multiply(last_place(figure.number), figure.scale)
        soft = soften(low, unit, hedge.comparator)
        if soft is not None:
            value["soft_low"], value["soft_high"] = tidy_number(soft[0]), tidy_number(soft[1])
    value["low"] = None if ends[0] is None else tidy_number(ends[0])
    value["high"] = None if ends[1] is None else tidy_number(ends[1])
    if hedge.comparator is not None:
        value["comparator"] = hedge.comparator
    if hedge.direction is not None:
        value["direction"] = hedge.direction
    if hedge.estimate:
        value["estimate"] = True
    if figure.spelled:
        value["spelled"] = True
    if figure.ambiguous is not None:
        value["ambiguous"] = figure.ambiguous
    return value


def sum_amount(figure: Figure, hedge: Hedge) -> Decimal | None:
    """Return number x scale, below zero for a real negative; None for a range."""
    if figure.number is None:
        return None
    amount = figure.number if figure.scale == 1 else EXACT.multiply(figure.number, figure.scale)
    amount = tidy_number(amount)
    return amount.copy_negate() if hedge.negative else amount
