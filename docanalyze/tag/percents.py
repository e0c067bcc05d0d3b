"""Percentages: `58,12%`, `7,5 - 8%`, `2 điểm phần trăm`, and what they are a percentage of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from docanalyze.core.mention import Mention, Percent, PercentRole, PercentValue
from docanalyze.lexicon import Lexicon
from docanalyze.tag.figures import Figure, find_figures, read_figure_hedge, value_figure
from docanalyze.tag.hedges import Hedge
from docanalyze.tag.numerals import SPACES


def find_percents(text: str, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the percentages of `text`: numeral and sign, or the words for it.

    >>> from docanalyze.lexicon import load_lexicon
    >>> [m.value.role for m in find_percents("đạt 58,12% kế hoạch", load_lexicon())]
    ['plan-ratio']
    """
    for figure in find_figures(text, lexicon):
        sign = figure.tail.sign
        if figure.kind != "percent" or sign is None:
            continue
        hedge = read_figure_hedge(text, figure, lexicon)
        role = None if sign == "point" else _read_role(text, figure, hedge, lexicon)
        value = PercentValue(unit=sign, role=role, **value_figure(figure, hedge, exact=False))
        if sign == "point":
            rule = "percent.point"
        elif figure.number is None:
            rule = "percent.range"
        else:
            rule = "percent.sign" if text[figure.end - 1] in "%‰" else "percent.word"
        yield Percent(
            text=text[figure.start : figure.end], start=figure.start, end=figure.end, rule=rule, value=value
        )


class _Roles(NamedTuple):
    share: re.Pattern[str]
    rate: re.Pattern[str]
    plan_left: re.Pattern[str]
    ratio_left: re.Pattern[str]
    plan_right: re.Pattern[str]
    past_right: re.Pattern[str]
    share_right: re.Pattern[str]
    class_right: re.Pattern[str]
    growth_left: re.Pattern[str]


_CLAUSE_END = re.compile(r"[;:()\[\]]|[.,](?=\s)|\n\s*\n|\t|[%‰]")
_LEAD = rf"[{SPACES}\n]{{0,3}}(?:(?:so|so với|của|trên)[{SPACES}\n])?"


@lru_cache(maxsize=8)
def _roles(lexicon: Lexicon) -> _Roles:
    role = lexicon["hedges"]["role"]

    def any_of(key: str) -> str:
        words = sorted(role[key], key=len, reverse=True)
        return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s") for word in words) + r")(?!\w)"

    return _Roles(
        share=re.compile(any_of("share")),
        rate=re.compile(any_of("rate")),
        plan_left=re.compile(any_of("plan_left")),
        ratio_left=re.compile(any_of("ratio_left")),
        plan_right=re.compile(_LEAD + any_of("plan_right")),
        past_right=re.compile(rf"[{SPACES}\n]{{0,3}}" + any_of("past_right")),
        share_right=re.compile(_LEAD + any_of("share_right")),
        class_right=re.compile(rf"[{SPACES}]?" + any_of("class_right")),
        growth_left=re.compile(r"(?:tăng trưởng|tốc độ tăng)(?!\w)"),
    )


def _read_role(text: str, figure: Figure, hedge: Hedge, lexicon: Lexicon) -> PercentRole | None:
    """Return what the percentage says of its base, None where the words do not tell."""
    roles = _roles(lexicon)
    left = text[max(0, figure.start - 90) : figure.start].lower()
    clause = _CLAUSE_END.split(left)[-1]
    if roles.class_right.match(text, figure.end):
        return "class-label"
    ratio = roles.ratio_left.search(clause) is not None
    if roles.plan_right.match(text, figure.end):
        return None if hedge.direction is not None else "plan-ratio"
    if hedge.direction is not None:
        return "growth"
    if "chiếm" in clause.split():
        return "share"
    if roles.past_right.match(text, figure.end):
        return "growth-ratio" if ratio else None
    if roles.share.search(clause):
        return "share"
    if roles.growth_left.search(clause) and not hedge.level:
        return "growth"
    if roles.rate.search(clause):
        return "rate"
    if ratio and roles.plan_left.search(clause):
        return "plan-ratio"
    return "share" if roles.share_right.match(text, figure.end) else None
