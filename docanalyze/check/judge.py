"""Whether the sides of an equation meet.

The tolerance model is that of XBRL Calculations 1.1: each figure stands for the interval of its printed
precision, intervals are computed with, and an equation fails only if the two sides do not meet.
"""

from __future__ import annotations

from docanalyze.check.equation import LINEAR, QUOTIENTS, Equation, equate
from docanalyze.check.reach import is_apart
from docanalyze.core.bounds import ONE
from docanalyze.core.figure import Figure, Reading
from docanalyze.core.relation import Verdict


def judge(equation: Equation) -> Verdict:
    """Return whether the sides meet: rounded, cut off, only by a hedge, or not at all.

    Floats decide what is far from any doubt, exact fractions the rest; the answer is kept.
    """
    kept: dict[str, Verdict] = equation.__dict__
    verdict = kept.get("verdict")
    if verdict is None:
        verdict = kept["verdict"] = _judge(equation)
    return verdict


def _judge(equation: Equation) -> Verdict:
    if equation.form == "equal" and differ_in_print(equation.terms[0][1], equation.terms[1][1]):
        return "fails"
    plain = gauge(equation)
    if plain is not None:
        gap, slack, grain = plain
        if gap <= 0.9 * slack - grain:
            return "holds"
        if gap > 2.5 * slack + grain:
            return "fails"
        rough = _judge_sum(equation, slack, grain) or _judge_quotient(equation)
        if rough is not None:
            return rough
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


def _judge_sum(equation: Equation, slack: float, grain: float) -> Verdict | None:
    """Return the verdict on a sum of plain figures by floats; None for other forms and at the very ends.

    Rounded, each figure may be off by its slack to both sides; cut off, by two of them upward.
    """
    plus = LINEAR.get(equation.form)
    if plus is None or (equation.form == "equal" and equation.terms[0][1].sign != equation.terms[1][1].sign):
        return None
    gap = -100.0 if equation.form == "hundred" else 0.0
    cut = [0.0, 0.0]
    mixed = [0.0, 0.0]
    result = _RESULTS.get(equation.form)
    for role, figure in equation.terms:
        negative = (figure.sign < 0 and equation.form != "stock") == (role in plus)
        gap += -figure.rough if negative else figure.rough
        cut[negative] += 2 * figure.rough_slack
        if role == result:
            mixed[negative] += 2 * figure.rough_slack
        else:
            mixed[0] += figure.rough_slack
            mixed[1] += figure.rough_slack
    give = grain + 1e-9 * slack
    if abs(gap) <= slack - give:
        return "holds"
    if abs(gap) <= slack + give:
        return None
    doubt = False
    for more, less in (cut, mixed):
        if gap - less < -give and gap + more > give:
            return "holds-by-truncation"
        doubt = doubt or (gap - less <= give and gap + more >= -give)
    return None if doubt else "fails"


def _judge_quotient(equation: Equation) -> Verdict | None:
    """Return the verdict on a quotient of plain figures by floats; None for other forms and at the very ends.

    `gauge` has seen to it that the figures are far from zero, for their slacks.
    """
    roles = QUOTIENTS.get(equation.form)
    if roles is None:
        return None
    above, below, result = (equation.one(role) for role in roles)
    scale, shift = float(equation.factor), 0.0
    if equation.form != "quotient":
        scale *= 100.0
    printed, half = result.rough, result.rough_slack
    cut = printed, printed + 2 * half
    if equation.form == "growth":
        shift = 100.0
        if result.sign < 0:
            printed, cut = -printed, (-cut[1], -cut[0])
    give = 1e-9 * (scale * above.rough / below.rough + abs(printed))
    first, second, one, two = above.rough, below.rough, above.rough_slack, below.rough_slack
    rounded = scale * (first - one) / (second + two) - shift, scale * (first + one) / (second - two) - shift
    truncated = scale * first / (second + 2 * two) - shift, scale * (first + 2 * one) / second - shift
    meets = _overlap((printed - half, printed + half), rounded, give)
    if meets:
        return "holds"
    if meets is None:
        return None
    for expected in (truncated, rounded):
        meets = _overlap(cut, expected, give)
        if meets is None:
            return None
        if meets:
            return "holds-by-truncation"
    return "fails"


def _overlap(one: tuple[float, float], two: tuple[float, float], give: float) -> bool | None:
    """Return whether two stretches have numbers in common; None where that is within what floats give."""
    gap = max(one[0] - two[1], two[0] - one[1])
    return None if abs(gap) <= give else gap < 0


_RESULTS = {"sum": "total", "difference": "difference", "stock": "result", "equal": "again"}


def gauge(equation: Equation) -> tuple[float, float, float] | None:
    """Return in floats how far the sides are apart, what rounding gives, and the floats' own error.

    None where a first look is not to be trusted: hedges, ranges, operands near zero, other forms. The answer
    is kept.
    """
    kept: dict[str, tuple[float, float, float] | None] = equation.__dict__
    if "gauge" not in kept:
        kept["gauge"] = _gauge(equation)
    return kept["gauge"]


def _gauge(equation: Equation) -> tuple[float, float, float] | None:
    form = equation.form
    plus = LINEAR.get(form)
    if plus is not None:
        gap = slack = size = 0.0
        whole = True
        for role, figure in equation.terms:
            if not figure.plain:
                return None
            value = figure.rough
            slack += figure.rough_slack
            size += value
            if value % 1.0:
                whole = False
            if (role in plus) == (figure.sign < 0 and form != "stock"):
                value = -value
            gap += value
        if form == "hundred":
            gap -= 100.0
        # Floats of this size are whole only if the figures are, and are added without any error.
        return abs(gap), slack, 0.0 if whole and size < _EXACT else 1e-12 * size
    roles = QUOTIENTS.get(form)
    if roles is None or len(equation.terms) != 3:
        return None
    figures = dict(equation.terms)
    above, below, result = figures[roles[0]], figures[roles[1]], figures[roles[2]]
    if not (above.plain and below.plain and result.plain):
        return None
    first, second = above.rough, below.rough
    if first <= 0 or second <= 0 or 20 * below.rough_slack > second or 20 * above.rough_slack > first:
        return None
    scale = 1.0 if equation.factor is ONE else float(equation.factor)
    if form != "quotient":
        scale *= 100.0
    computed = scale * first / second
    spread = computed * (above.rough_slack / first + below.rough_slack / second)
    printed = result.rough
    if form == "growth":
        printed = 100.0 + (-printed if result.sign < 0 else printed)
    return abs(computed - printed), result.rough_slack + spread, 1e-12 * (computed + abs(printed))


_EXACT = 2.0**40


def holds(equation: Equation) -> bool:
    """Return whether the sides meet, rounded or cut off."""
    verdict = equation.__dict__.get("verdict")
    if verdict is None:
        if gauge(equation) is None and is_apart(equation):
            return False
        verdict = judge(equation)
    return verdict in ("holds", "holds-by-truncation")


def is_trimmed(equation: Equation) -> bool:
    """Return whether a share is a unit of its last place off, as one is that makes shares a hundred."""
    if holds(equation):
        return False
    off = gauge(equation)
    ratio = equation.one("ratio")
    return off is not None and off[0] < 10.0**-ratio.decimals + off[1] - float(ratio.rough_slack)


def says_little(equation: Equation) -> bool:
    """Return whether hedges leave so much open that figures of any size would agree: `ít nhất 1 liều`."""
    if equation.form not in _OPEN_FORMS or equation.__dict__.get("gauge") is not None:
        return False  # what could be gauged has no hedge
    if not any(figure.comparator for _, figure in equation.terms):
        return False
    sides = equation.sides()
    if sides is None or sides.expected.low is None:
        return sides is not None
    low, high = sides.expected.low, sides.expected.high
    if high is None:
        return sides.printed.low is not None and sides.printed.low > _TWICE * low
    return bool(high > _TWICE * _TWICE * low)


_OPEN_FORMS = ("sum", "share", "quotient", "product")
_TWICE = 2


def agree(first: Figure, again: Figure) -> bool:
    """Return whether a figure printed twice is the same, rounded or cut off."""
    if first.plain and again.plain:
        if differ_in_print(first, again):
            return False
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


def differ_in_print(first: Figure, again: Figure) -> bool:
    """Return whether two numbers are printed alike, to the same place, and are not the same."""
    if first.decimals != again.decimals:
        return False
    if first.factor is not again.factor and first.factor != again.factor:
        return False
    return first.plain and again.plain and first.number != again.number


def _meets(equation: Equation, parts: Reading, result: Reading) -> bool | None:
    sides = equation.sides(parts, result)
    return None if sides is None else sides.printed.meets(sides.expected)
