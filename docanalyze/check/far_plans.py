"""Plan ratios whose plan only an earlier paragraph prints: `đạt 34,2% kế hoạch`, of the total named above."""

from __future__ import annotations

from collections.abc import Iterator

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import compare
from docanalyze.check.facts import Claim, Facts, last_clause
from docanalyze.check.judge import holds
from docanalyze.check.partners import PLANNED
from docanalyze.core.figure import Figure, is_alike

_BACK = 12
"""How many sentences before a ratio may name its plan."""
_MOST = 4
"""Of more plans than that one fits by chance."""


def find_far_plans(facts: Facts, known: set[str]) -> Iterator[Claim]:
    """Yield plan ratios with the plan that a paragraph before names, but for the ratios `known`.

    A plan is known by a ratio that it fits; what it does not fit is told where the same paragraph has a
    ratio that does.
    """
    plans: dict[str | None, Figure] = {}
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
        if place in plans and is_alike(plans[place], actual):
            equation = compare("ratio", actual, plans[place], ratio)
            if has_edit(equation):
                yield Claim("PCT002", equation, sure=False, severity="warning")


def _list_plans(facts: Facts, actual: Figure) -> list[Figure]:
    """Return the figures of earlier sentences that are named as plans, the nearest first."""
    plans: list[Figure] = []
    for name in facts.sentences_before(actual, _BACK)[1:]:
        for figure in facts.levels_of(name):
            words = last_clause(facts.words_before(figure).rstrip(" (:"))
            planned = facts.role_of(figure) == "plan" or PLANNED.search(words) is not None
            if planned and is_alike(figure, actual) and figure.value != actual.value:
                plans.append(figure)
    return plans[:_MOST]
