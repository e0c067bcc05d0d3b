"""Percentages: `58,12%`, `7,5 - 8%`, `2 điểm phần trăm`, and what they are a percentage of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docanalyze.core.mention import Mention, Percent, PercentValue
from docanalyze.lexicon import Lexicon
from docanalyze.tag.figure_values import read_figure_hedge, value_figure
from docanalyze.tag.figures import find_figures
from docanalyze.tag.percent_roles import Said, find_way_over, read_role


def find_percents(text: str, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the percentages of `text`: numeral and sign, or the words for it.

    >>> from docanalyze.lexicon import load_lexicon
    >>> [m.value.role for m in find_percents("đạt 58,12% kế hoạch", load_lexicon())]
    ['plan-ratio']
    """
    before: list[Said] = []
    estimated = False
    for figure in find_figures(text, lexicon):
        sign = figure.tail.sign
        if figure.kind != "percent" or sign is None:
            continue
        hedge = read_figure_hedge(text, figure, lexicon)
        said = Said(figure.start, figure.end, None, hedge.direction)
        if sign == "point" and said.direction is None:
            way = find_way_over(text[max(0, figure.start - 80) : figure.start].lower(), lexicon)
            hedge = hedge._replace(direction=way)
        if sign != "point" and not figure.alone:
            said = read_role(text, said, hedge.level, before, lexicon)
            hedge = hedge._replace(direction=said.direction)
            if said.direction is not None and before and _is_twin(text, before[-1], said, estimated):
                hedge = hedge._replace(estimate=True)
        before.append(said)
        estimated = hedge.estimate
        value = PercentValue(
            unit=sign,
            role=said.role,
            per=figure.tail.per,
            **value_figure(figure, hedge, exact=False),
        )
        if sign == "point":
            rule = "percent.point"
        elif figure.number is None:
            rule = "percent.range"
        else:
            rule = "percent.sign" if text[figure.end - 1] in "%‰" else "percent.word"
        yield Percent(
            text=text[figure.start : figure.end], start=figure.start, end=figure.end, rule=rule, value=value
        )


_TWIN = re.compile(r"\s(?:so với|so)\s[^,;.%0-9]{2,48}\svà\s(?:tăng|giảm)\s(?:hơn\s|gần\s|khoảng\s)?")


def _is_twin(text: str, first: Said, second: Said, estimated: bool) -> bool:
    """Return whether an estimate holds for both: `ước tăng 3% so với tháng trước và tăng 8% so với …`."""
    return estimated and _TWIN.fullmatch(text, first.end, second.start) is not None
