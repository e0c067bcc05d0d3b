"""Plan ratios whose plan only an earlier paragraph prints: `đạt 34,2% kế hoạch`, of the total named above."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from docanalyze.check.edits import has_edit, is_telling
from docanalyze.check.equation import Equation, compare
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.partners import PLANNED, read_call
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words

_BACK = 12
"""How many sentences before a ratio may name its plan."""
_ABOVE = 2
"""What is done is not twice what was planned."""
_OWN = re.compile(
    r"(?<!\w)(?:riêng|chương trình|nguồn|vốn (?:nước ngoài|oda|trung ương|địa phương|nstw|nsđp))(?!\w)"
)
"""What has a plan of its own."""
_LONG = 2
_RARELY = Fraction(1, 5)
_MOST = 4
"""Of more plans than that one fits by chance."""


def find_far_plans(facts: Facts, known: Mapping[str, Equation]) -> Iterator[Claim]:
    """Yield plan ratios with the plan that a paragraph before names, but for the ratios `known`.

    A plan is known by a ratio that it fits; what it does not fit is told where the same paragraph has a
    ratio that does.
    """
    plans: dict[str | None, Figure] = {}
    for equation in known.values():
        if holds(equation):
            plans.setdefault(facts.block_of(equation.one("ratio")), equation.one("base"))
    failing: list[tuple[str | None, Figure, Figure]] = []
    for indicator in facts.ratios:
        owner = facts.indicators.get(indicator.of or "")
        ratio = facts.figures[indicator.mention]
        loose = (
            indicator.role == "plan-ratio" and indicator.against is None and indicator.mention not in known
        )
        if not loose or owner is None or not ratio.decimals or not ratio.plain:
            continue
        actual, place = facts.figures[owner.mention], facts.block_of(ratio)
        equations = [compare("ratio", actual, plan, ratio) for plan in _list_plans(facts, actual)]
        fitting = next((each for each in equations if holds(each)), None)
        if fitting is None:
            failing.append((place, actual, ratio))
        else:
            plans.setdefault(place, fitting.one("base"))
            yield Claim("PCT002", fitting)
    for place, actual, ratio in failing:
        named = _find_named_plan(facts, actual, ratio)
        if named is not None and (is_telling(named, most=_RARELY) or (place in plans and has_edit(named))):
            yield Claim("PCT002", named, severity="warning", tied=True)
        elif place in plans and is_alike(plans[place], actual):
            equation = compare("ratio", actual, plans[place], ratio)
            if has_edit(equation) and actual.value < _ABOVE * plans[place].value:
                yield Claim("PCT002", equation, severity="warning", tied=_has_common_plan(facts, ratio))


def tie_to_plan(facts: Facts, claim: Claim, known: Iterable[Equation]) -> Claim:
    """Return an unsure claim as a tied one where another ratio of its paragraph agrees with the same plan."""
    equation = claim.equation
    if equation is None or claim.sure or holds(equation) or not has_edit(equation):
        return claim
    if _is_told_next(facts, equation) or _is_in_bracket(facts, equation):
        return Claim(claim.code, equation, severity="warning", tied=True)
    plan, ratio = equation.one("base").mention, equation.one("ratio")
    place = facts.block_of(ratio)
    borne = any(
        each.one("base").mention == plan and facts.block_of(each.one("ratio")) == place and holds(each)
        for each in known
    )
    if not borne or not _has_common_plan(facts, ratio):
        return claim
    return Claim(claim.code, equation, severity="warning", tied=True)


_FOR_YEAR = re.compile(r"\W*(?:kế hoạch|dự toán|chỉ tiêu)(?: (?:cả )?năm(?: \d{4})?)?(?: [^\W\d]+){0,6}$")


_CALLED = re.compile(r"[^();:,\d]*(?<!\w)(?:kế hoạch|dự toán|chỉ tiêu|kh|dt)(?!\w)[^();:,\d]*\((?:là )?")


def _is_in_bracket(facts: Facts, equation: Equation) -> bool:
    """Return whether a plan stands in the bracket behind its ratio: `49,2% chặng đường kế hoạch (48,3 …)`."""
    plan, ratio = equation.one("base"), equation.one("ratio")
    next_to = [f.mention for f in facts.figures_between(ratio.start + 1, plan.start + 1)] == [plan.mention]
    return next_to and _CALLED.fullmatch(facts.words_before(plan)) is not None


def _is_told_next(facts: Facts, equation: Equation) -> bool:
    """Return whether the sentence behind a ratio begins with its plan: `Dự toán cả năm … là 14.200 …`."""
    plan, ratio = equation.one("base"), equation.one("ratio")
    if not ratio.decimals or facts.mentions[plan.mention].sentence not in facts.paragraph_after(ratio, 1):
        return False
    owner = facts.indicators.get(facts.by_mention[ratio.mention].of or "")
    own = owner is not None and owner.mention == equation.one("actual").mention and owner.part_of is None
    return own and _FOR_YEAR.match(facts.words_before(plan)) is not None


def _has_common_plan(facts: Facts, ratio: Figure) -> bool:
    """Return whether nothing says that the plan of a ratio is its own: not `riêng …`, nor a part of a list.

    `trong đó thu nội địa 5.468 tỷ đồng, bằng 56,6% dự toán` is of the plan of that part.
    """
    owner = facts.indicators.get(facts.by_mention[ratio.mention].of or "")
    if owner is not None and owner.part_of is not None:
        return False
    name = facts.mentions[ratio.mention].sentence or ""
    before = [figure for figure in facts.by_sentence.get(name, ()) if figure.start <= ratio.start]
    return not any(_OWN.search(facts.words_before(figure)) for figure in before[-2:])


def _is_part_of_plan(facts: Facts, figure: Figure) -> bool:
    """Return whether a figure is listed as a part of a plan: `vốn đã giao 6.895, trong đó A 2.481 …`."""
    whole = facts.indicators.get(facts.by_mention[figure.mention].part_of or "")
    said = "" if whole is None else facts.words_before(facts.figures[whole.mention])
    return PLANNED.search(said) is not None


def _find_named_plan(facts: Facts, actual: Figure, ratio: Figure) -> Equation | None:
    """Return the ratio over the one plan whose whole name is in that of a figure."""
    own = fold_words(facts.by_mention[actual.mention].name)
    named = [
        plan for plan in _list_plans(facts, actual)
        if len(name := fold_words(facts.by_mention[plan.mention].name)) >= _LONG and name < own
    ]  # fmt: skip
    return compare("ratio", actual, named[0], ratio) if len(named) == 1 else None


def _list_plans(facts: Facts, actual: Figure) -> list[Figure]:
    """Return the figures of earlier sentences that are named as plans, the nearest first."""
    plans: list[Figure] = []
    for name in facts.sentences_before(actual, _BACK)[1:]:
        for figure in facts.levels_of(name):
            if not is_alike(figure, actual) or figure.value == actual.value:
                continue
            if read_call(facts, figure).planned or _is_part_of_plan(facts, figure):
                plans.append(figure)
    return plans[:_MOST]
