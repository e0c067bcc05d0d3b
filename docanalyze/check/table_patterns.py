"""Formulas over columns, tried on every row: how far each row is off, and how much the holding ones prove."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Literal

import msgspec
from msgspec.structs import replace

from docanalyze.check.equation import Equation, Term, add_up, compare, share_of
from docanalyze.check.judge import holds
from docanalyze.check.table_grid import Grid, in_one_unit
from docanalyze.core.figure import Figure

Kind = Literal["sum", "difference", "ratio", "growth", "quotient", "product", "share", "yearly"]
_EPS = 1e-9
_PLAIN_DIFFERENCE = 2
"""So many rows off by no more than rounding say that whole numbers of unknown unit were rounded."""


class Pattern(msgspec.Struct, frozen=True):
    """A formula that gives one column by others, on every row.

    `sum` Σ signed operands; `difference` first - second; `ratio` 100 first / second; `growth` the same
    minus 100; `quotient` first / second and `product` first * second, times 10**power; `share` 100
    first / the first column's figure in the row `whole`; `yearly` the average growth from the second to the
    first over `power` years.
    """

    kind: Kind
    result: int
    operands: tuple[int, ...]
    signs: tuple[int, ...] = ()
    power: int = 0
    whole: int | None = None

    @property
    def columns(self) -> frozenset[int]:
        """All columns of the formula."""
        return frozenset((self.result, *self.operands))


class Fit(msgspec.Struct):
    """How a pattern fits a table: rows that hold, that fail, and the evidence (powers of ten) of the first.

    `rounded` rows are off by no more than rounding would explain, though their figures look like counts.
    """

    pattern: Pattern
    holding: list[int]
    failing: list[int]
    rounded: list[int]
    evidence: float

    @property
    def rows(self) -> int:
        """How many rows could be tried."""
        return len(self.holding) + len(self.failing)


def try_row(grid: Grid, pattern: Pattern, row: int) -> tuple[float, float, float] | None:
    """Return a row's error, what rounding may explain of it, and the chance to meet by accident.

    None for a row with a blank or a word, or one for which the formula has no sense.
    """
    result = grid.values[pattern.result][row]
    if result is None:
        return None
    slack = grid.slacks[pattern.result][row]
    kind = pattern.kind
    if kind in ("sum", "difference"):
        signs = pattern.signs or ((1, -1) if kind == "difference" else (1,) * len(pattern.operands))
        total, parts = 0.0, 0
        sizes: list[float] = []
        for col, sign in zip(pattern.operands, signs, strict=True):
            value = grid.values[col][row]
            if value is None:
                return None
            total += sign * value
            slack += grid.slacks[col][row]
            parts += value != 0
            sizes.append(abs(value))
        if not parts:
            return None
        if kind == "difference":
            sizes[0] = abs(result)
        sizes.sort()
        grain = 2 * slack or 1.0
        chance = 1.0 if parts < 2 else grain / (grain + sizes[-2])
        return abs(total - result), slack, chance
    first_at, second_at = pattern.operands[0], pattern.operands[-1]
    first = grid.values[first_at][row]
    below = row if pattern.whole is None else pattern.whole
    second = grid.values[second_at][below]
    if first is None or second is None:
        return None
    first_slack, second_slack = grid.slacks[first_at][row], grid.slacks[second_at][below]
    if kind == "product":
        if first <= 0 or second <= 0:
            return None
        scale = 10.0**pattern.power
        computed, slack = first * second * scale, slack or 0.5
        slack += scale * (first_slack * second + second_slack * first)
        return abs(computed - result), slack, min(1.0, 2 * slack / max(abs(result), 1e-12))
    if kind == "yearly":
        if first <= 0 or second <= 0:
            return None
        times = (first / second) ** (1 / pattern.power)
        slack = (slack or 0.5) + 100 * times * (first_slack / first + second_slack / second) / pattern.power
        return abs(100 * (times - 1) - result), slack, min(1.0, 2 * slack / max(abs(result), 1e-12))
    if second <= 0 or (first < 0 and kind != "ratio") or (kind == "quotient" and first == 0):
        return None
    scale = 100.0 if kind in ("ratio", "growth", "share") else 10.0**pattern.power
    quotient = first / second
    computed = scale * quotient - (100.0 if kind == "growth" else 0.0)
    half = slack or 0.5
    slack = half + scale * (first_slack + abs(quotient) * second_slack) / second
    around = 100.0 if kind in ("ratio", "share") else 0.0
    spread = abs(result - around) if kind == "ratio" else abs(result)
    if kind == "ratio" and first == second:
        return abs(computed - result), slack, 1.0
    return abs(computed - result), slack, min(1.0, 2 * slack / max(spread, 1e-12))


def fit_pattern(grid: Grid, pattern: Pattern, *, allowed: int | None = None) -> Fit | None:
    """Return how a pattern fits; None as soon as more than `allowed` rows fail (as None: any number)."""
    fit = Fit(pattern, [], [], [], 0.0)
    for row in range(len(grid.rows)):
        if row == pattern.whole:
            continue
        tried = try_row(grid, pattern, row)
        if tried is None:
            continue
        error, slack, chance = tried
        if error <= slack + _EPS * (1 + abs(grid.values[pattern.result][row] or 0)):
            fit.holding.append(row)
            fit.evidence -= math.log10(chance)
        elif not is_printed(grid, pattern, row):
            continue
        elif error <= 2 * slack and holds(make_equation(grid, pattern, row)):
            fit.holding.append(row)
        else:
            fit.failing.append(row)
            if slack == 0 and error <= 0.5 * (1 + len(pattern.operands)):
                fit.rounded.append(row)
            if allowed is not None and len(fit.failing) > allowed:
                return None
    return fit


def is_confirmed(fit: Fit, *, needed: float, cue: bool) -> bool:
    """Return whether a formula is plain from the figures: most rows hold, and not by accident.

    `needed` is the evidence asked for; a `cue` in the heads allows for more failing rows.
    """
    held, failed = len(fit.holding), len(fit.failing)
    if not held or fit.evidence < needed:
        return False
    if failed <= 0.2 * fit.rows:
        return True
    if failed == 1:
        return held >= 2 and (cue or fit.evidence >= needed + 2)
    return cue and held >= 1.5 * failed and fit.evidence >= needed + 2


def is_rounding(fit: Fit) -> bool:
    """Return whether the failing rows look like figures of an unknown unit that were rounded."""
    return len(fit.rounded) >= _PLAIN_DIFFERENCE or (len(fit.rounded) == 1 and len(fit.holding) < 2)


def make_equation(grid: Grid, pattern: Pattern, row: int) -> Equation:
    """Return the equation of a row's figures; zeros printed as a dash are left out of sums."""
    result = _figure(grid, pattern.result, row)
    kind = pattern.kind
    if kind in ("sum", "difference"):
        return _add_up(grid, pattern, row, result)
    first = _figure(grid, pattern.operands[0], row)
    second = _figure(grid, pattern.operands[-1], row if pattern.whole is None else pattern.whole)
    rounded = replace(result.bare, exact=False)
    if kind == "product":
        terms: tuple[Term, ...] = (("factor", first.bare), ("factor", second.bare), ("result", rounded))
        return Equation("product", terms, Fraction(10) ** pattern.power)
    if kind == "quotient":
        terms = (("total", first.bare), ("base", second.bare), ("result", rounded))
        return Equation("quotient", terms, Fraction(10) ** pattern.power)
    if (first.dimension, first.factor) != (second.dimension, second.factor):
        first, second = first.bare, second.bare
    ratio = result.percentage
    if kind == "share":
        return share_of(first, second, ratio)
    if kind == "growth":
        return compare("growth", first, second, ratio)
    if kind == "yearly":
        terms = (("actual", first), ("base", second), ("ratio", ratio))
        return Equation("yearly", terms, Fraction(pattern.power))
    if first.sign < 0 and ratio.sign < 0:
        first, ratio = replace(first, sign=1), replace(ratio, sign=1)
    return compare("ratio", first, second, ratio)


def _add_up(grid: Grid, pattern: Pattern, row: int, result: Figure) -> Equation:
    parts = [grid.figures[col][row] for col in pattern.operands]
    signs = pattern.signs or (1,) * len(parts)
    if pattern.kind == "difference" and None not in parts:
        actual, base, difference = in_one_unit([*[part for part in parts if part is not None], result])
        return compare("difference", actual, base, difference)
    if pattern.kind == "difference":
        signs = (1, -1)
    printed = [
        part if sign > 0 else replace(part, sign=-part.sign)
        for part, sign in zip(parts, signs, strict=True) if part is not None
    ]  # fmt: skip
    total, *others = in_one_unit([result, *printed])
    return add_up(total, others)


def _figure(grid: Grid, col: int, row: int) -> Figure:
    figure = grid.figures[col][row]
    assert figure is not None
    return figure


def is_printed(grid: Grid, pattern: Pattern, row: int) -> bool:
    """Return whether a row has the figures that make an equation: the result and at least one operand."""
    if grid.figures[pattern.result][row] is None:
        return False
    places = [(col, row) for col in pattern.operands]
    if pattern.whole is not None:
        places = [(pattern.operands[0], row), (pattern.operands[0], pattern.whole)]
    printed = [grid.figures[col][at] is not None for col, at in places]
    return any(printed) if pattern.kind in ("sum", "difference") else all(printed)
