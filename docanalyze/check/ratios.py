"""Ratios and changes in prose: growth, plan completion, shares, differences, multiples, X of Y."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from docanalyze.check.edits import has_slip
from docanalyze.check.equation import COMPARISONS, Equation, compare, share_of
from docanalyze.check.facts import Claim, Facts, is_same_unit
from docanalyze.check.judge import holds
from docanalyze.core.figure import Figure, count_decimals, is_alike
from docanalyze.core.mention import MoneyValue, QuantityValue
from docanalyze.core.relation import Indicator

_APART = ("khoảng cách", "chênh lệch", "tức", "chênh nhau")
_REACH = 60
"""How many characters may stand between `9/11 xã` and its percentage."""


def find_growths(facts: Facts) -> Iterator[Claim]:
    """Yield growth in percent against a printed base.

    What: `tăng x%`, `giảm x%` and `bằng y%` agree with the figure and the base printed with it.
    Why: one of the three was changed, or the growth was taken from another period.
    Tolerance: the intervals of figure and base, divided, must meet that of the percentage.
    Example: `ước 4.245,23 tỷ đồng, tăng 6,60% so với cùng kỳ (3.982,40 tỷ đồng)`.
    """
    for ratio, actual, base, sure in _triples(facts, "growth", "ratio"):
        form = COMPARISONS[facts.role_of(ratio) or ""]
        if is_same_unit(actual, base):
            yield _claim(facts, "PCT003", compare(form, actual, base, ratio), sure=sure)


def find_plans(facts: Facts) -> Iterator[Claim]:
    """Yield plan completion where the plan is printed.

    What: `đạt x% kế hoạch` agrees with the figure and the plan.
    Why: the plan was changed and the percentage was not, or the other way round.
    Tolerance: the intervals of figure and plan, divided, must meet that of the percentage.
    Example: `được 4.245,23 tỷ đồng, đạt 50,84% kế hoạch (8.350 tỷ đồng)`.
    """
    for ratio, actual, plan, sure in _triples(facts, "plan-growth"):
        yield _claim(facts, "PCT002", compare("growth", actual, plan, ratio), sure=sure)
    for ratio, actual, plan, sure in _triples(facts, "plan-ratio"):
        yield _claim(facts, "PCT002", compare("ratio", actual, plan, ratio), sure=sure)


def find_shares(facts: Facts) -> Iterator[Claim]:
    """Yield shares of a printed total.

    What: `chiếm x%` agrees with the part and the total, be it printed beside or the total of the list.
    Why: one of the three was changed.
    Tolerance: the intervals of part and total, divided, must meet that of the percentage.
    Example: `138.650 người, chiếm 93,1% dân số (148.920 người)`.
    """
    for indicator, ratio in _ratios(facts, "share", "plan-ratio", "level"):
        if indicator.of is None and indicator.role != "level":
            continue
        part_ind = facts.indicators.get(indicator.of or "")
        if part_ind is None:
            continue
        part = facts.figures[part_ind.mention]
        if indicator.against is not None:
            if indicator.role == "share":
                total = facts.figures[facts.indicators[indicator.against].mention]
                if total.value < part.value:  # `chi thường xuyên chiếm hơn 66% (4.147 tỷ đồng)`
                    part, total = total, part
                equation = share_of(part, total, ratio)
                if indicator.sure or holds(equation):
                    yield _claim(facts, "PCT001", equation, sure=indicator.sure)
        elif part_ind.part_of is not None and indicator.role == "share":
            total = facts.figures[facts.indicators[part_ind.part_of].mention]
            wanted = share_of(part, total, ratio)
            others = (share_of(part, other, ratio) for other in _earlier(facts, part_ind, part))
            fitting = next((other for other in others if holds(other)), wanted)
            yield Claim("PCT001", wanted if holds(wanted) else fitting, sure=indicator.sure)
        elif indicator.role == "share":
            yield from _claim_share(facts, part_ind, part, ratio)


def _claim_share(facts: Facts, indicator: Indicator, part: Figure, ratio: Figure) -> Iterator[Claim]:
    """Yield the share of a total printed earlier in the sentence, or before it if that fits."""
    here = [share_of(part, total, ratio) for total in _earlier(facts, indicator, part)]
    fitting = next((equation for equation in here if holds(equation)), None)
    if fitting is None and ratio.decimals and not here:
        before = facts.sentences_before(part, 3)
        wider = (share_of(part, other, ratio) for name in before for other in facts.levels_of(name)
                 if part.dimension != "%" and is_alike(other, part) and other.value > part.value)  # fmt: skip
        fitting = next((equation for equation in wider if holds(equation)), None)
    if fitting is not None:
        yield Claim("PCT001", fitting)
    elif here:
        larger = here[0].one("total").value > part.value
        close = indicator.sure and len(here) == 1 and ((larger and is_close(here[0])) or has_slip(here[0]))
        if any(other.of == facts.by_mention[here[0].one("total").mention].id for other in facts.ratios):
            return  # a sister of the part, with a share of its own
        yield Claim("PCT001", here[0], sure=close, severity="warning" if close else None)


def is_close(equation: Equation) -> bool:
    """Return whether the sides are less than a third apart."""
    sides = equation.sides()
    if sides is None or sides.expected.low is None or sides.printed.high is None:
        return False
    expected, printed = sides.expected.low, sides.printed.high
    return abs(expected - printed) * 3 < max(abs(expected), abs(printed))


def _earlier(facts: Facts, indicator: Indicator, part: Figure) -> Iterator[Figure]:
    """Yield the levels of the same kind printed before a figure in its sentence, the nearest first."""
    sentence = facts.mentions[part.mention].sentence
    before: list[Figure] = []
    for other in facts.levels_of(sentence):
        if other.start >= part.start:
            break
        if part.dimension != "%" and is_alike(other, part):
            before.append(other)
    larger = [other for other in before if other.value > part.value]
    yield from reversed((larger or before)[-3:])


def find_fractions(facts: Facts) -> Iterator[Claim]:
    """Yield `X/Y` with its percentage.

    What: `9/11 xã, chiếm 81,8%` agrees with 9 of 11.
    Why: a count moved on and the percentage was copied from the last report.
    Tolerance: half a unit of the last printed place of the percentage; the counts are exact.
    Example: `có 31/47 trường đạt chuẩn quốc gia, chiếm 65,96%`.
    """
    for indicator, ratio in _ratios(facts, "share", "plan-ratio", "level"):
        owner = facts.indicators.get(indicator.of or "")
        if owner is None:
            continue
        value = facts.mentions[owner.mention].value
        if isinstance(value, (QuantityValue, MoneyValue)) and value.denominator is not None:
            part = facts.figures[owner.mention]
            if ratio.start - part.start - len(part.text) < _REACH:
                yield Claim(
                    "PCT005", share_of(part, _whole(part, value.denominator), ratio), sure=indicator.sure
                )


def _whole(part: Figure, denominator: Decimal) -> Figure:
    text = part.text.partition("/")[2]
    decimals = count_decimals(denominator)
    return replace(part, number=denominator, high=denominator, text=text, comparator=None, decimals=decimals)


def find_differences(facts: Facts) -> Iterator[Claim]:
    """Yield changes in units and percentage points against a printed base.

    What: `tăng 55 ca so với cùng kỳ (41 ca)`, `giảm 1,19 điểm phần trăm (cùng kỳ 39,45%)` agree.
    Why: one of the three was changed; percentage points and percent are often confused.
    Tolerance: the difference of the intervals must meet that of the change.
    Example: `96 ca, tăng 55 ca so với cùng kỳ (41 ca)`: 96 - 41 = 55.
    """
    for change, actual, base, sure in _triples(facts, "change"):
        code = "CHG002" if change.dimension == "point" else "CHG001"
        yield _claim(facts, code, compare("difference", actual, base, change), sure=sure)


def find_whole_bases(facts: Facts) -> Iterator[Claim]:
    """Yield counts that are a percentage of a whole number.

    What: a count and its percentage of a plan or total that is not printed leave a whole number possible.
    Why: 36 persons are 102,86 % of 35 only; with another percentage no whole plan is left.
    Tolerance: half a unit of the last printed place of the percentage; only percentages with decimals, of
    exact counts below ten thousand, say anything.
    Example: `36 lao động, đạt 102,86% kế hoạch`: the plan is 35.
    """
    for indicator, ratio in _ratios(facts, "plan-ratio"):
        owner = facts.indicators.get(indicator.of or "")
        alone = owner is not None and indicator.against is None and indicator.sure
        if owner is None or not alone or ratio.comparator or not ratio.decimals:
            continue
        count = facts.figures[owner.mention]
        if not count.exact or count.comparator or not count.number or count.number >= 10000:
            continue
        bounds = ratio.bounds()
        if bounds.low is None or bounds.high is None or bounds.low <= 0:
            continue
        least, most = 100 * count.value / bounds.high, 100 * count.value / bounds.low
        whole = math.ceil(least)
        possible = whole <= most
        if possible and most - least >= 1:
            continue  # some whole number always fits
        places = max(2, 1 - math.floor(math.log10(most - least)))
        low, high = (f"{float(end):.{places}f}".replace(".", ",") for end in (least, most))
        yield Claim(
            "PCT007", verdict="holds" if possible else "fails", severity="warning",
            mentions=(("actual", count.mention), ("ratio", ratio.mention)),
            arithmetic=f"100 × {count.number} / P = {ratio.text}: P = {whole}" if possible
            else f"100 × {count.number} / P = {ratio.text}: {low} < P < {high}",
        )  # fmt: skip


def find_steps(facts: Facts) -> Iterator[Claim]:
    """Yield changes whose base is the level printed before: `từ a lên b, tăng c`.

    What: two levels of one kind followed by their difference or growth agree.
    Why: one of the three was changed.
    Tolerance: the difference of the intervals must meet that of the change.
    Example: `đầu vụ 6.600 đồng/kg, cuối vụ lên 7.050 đồng/kg, tức tăng 450 đồng/kg`.
    """
    for indicator in facts.indicators.values():
        if (
            indicator.role not in ("change", "growth")
            or indicator.against is not None
            or indicator.of is None
        ):
            continue
        change = facts.figures[indicator.mention]
        actual = facts.figures[facts.indicators[indicator.of].mention]
        levels = facts.levels_of(facts.mentions[actual.mention].sentence)
        before = [level for level in levels if level.start < actual.start and is_same_unit(level, actual)]
        form = COMPARISONS[indicator.role]
        equations = [compare(form, actual, base, change) for base in reversed(before)]
        fitting = next((equation for equation in equations if holds(equation)), None)
        if fitting is not None and (change.decimals or change.number >= 10):
            yield Claim("CHG004", fitting)
        elif len(equations) == 1 and form == "difference":
            named = any(cue in facts.words_before(change) for cue in _APART)
            yield Claim("CHG004", equations[0], sure=named, severity="warning" if named else None)


def find_multiples(facts: Facts) -> Iterator[Claim]:
    """Yield `gấp n lần` against a printed base.

    What: `gấp 2,3 lần cùng kỳ (41 ca)` agrees with figure and base.
    Why: one of the three was changed.
    Tolerance: the quotient of the intervals must meet that of the multiple; `tăng n lần` is ambiguous and
    left aside.
    Example: `96 ca, gấp 2,3 lần cùng kỳ (41 ca)`.
    """
    for times, actual, base, sure in _triples(facts, "times"):
        yield _claim(facts, "CHG003", compare("times", actual, base, times), sure=sure)


def _ratios(facts: Facts, *roles: str) -> Iterator[tuple[Indicator, Figure]]:
    for indicator in facts.indicators.values():
        if indicator.role in roles:
            figure = facts.figures[indicator.mention]
            if figure.dimension == "%":
                yield indicator, figure


def _triples(facts: Facts, *roles: str) -> Iterator[tuple[Figure, Figure, Figure, bool]]:
    """Yield ratio, what it is of, what it is against, and whether they are surely tied."""
    for indicator in facts.indicators.values():
        if indicator.role in roles and indicator.of is not None and indicator.against is not None:
            of, against = facts.indicators[indicator.of], facts.indicators[indicator.against]
            yield (
                facts.figures[indicator.mention],
                facts.figures[of.mention],
                facts.figures[against.mention],
                indicator.sure,
            )


def _claim(facts: Facts, code: str, equation: Equation, *, sure: bool) -> Claim:
    """Return the claim of an equation, with another level of its sentence if only that one fits."""
    actual = equation.terms[0][1]
    if holds(equation):
        return Claim(code, equation, sure=sure)
    others = {figure.mention for _, figure in equation.terms}
    for other in reversed(facts.levels_of(facts.mentions[actual.mention].sentence)):
        if other.mention not in others and is_same_unit(other, actual):
            changed = equation.with_figure(0, other)
            if holds(changed):
                return Claim(code, changed, sure=False)
    return Claim(code, equation, sure=sure)
