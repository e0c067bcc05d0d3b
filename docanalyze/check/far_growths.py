"""Growths that no misprint brings to the base in the bracket right behind them.

`vốn tăng thêm 96,41 triệu USD, tăng 52,3% so với cùng kỳ năm 2023 (31,86 triệu USD)`: it is 203 %.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from docanalyze.check.arithmetic import write_arithmetic
from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.core.figure import is_alike

_GROWN = re.compile(r"[,;]?\s*(?:và )?(?:đã )?(?:tăng|giảm)(?: thêm| tới| đến)?\s*")
_SINCE = re.compile(r"so (?:với )?(?:cùng kỳ|cùng kì)(?: (?:năm )?(?:\d{4}|trước|ngoái))?\s*\(\s*")
_ENDED = re.compile(r"\s*\)")
_TIMES = 2
"""Constant prices explain less than a growth of twice as much."""


def find_far_growths(facts: Facts, growths: Iterable[Equation]) -> Iterator[Claim]:
    """Yield the growths that are told wholly otherwise than their figure and base give."""
    for equation in growths:
        actual, base, ratio = (figure for _, figure in equation.terms)
        if equation.form != "growth" or not all(f.plain for f in (actual, base, ratio)):
            continue
        if ratio.start > base.start or not is_alike(actual, base) or holds(equation) or has_edit(equation):
            continue
        inside = list(facts.figures_between(actual.start, base.start + 1))
        if [f.mention for f in inside] != [actual.mention, ratio.mention, base.mention]:
            continue
        plain = _GROWN.fullmatch(facts.words_before(ratio)) and _SINCE.fullmatch(facts.words_before(base))
        if not plain or not _ENDED.match(facts.analysis.text, base.start + len(base.text)):
            continue
        if not base.rough:
            continue
        made = 100 * actual.rough / base.rough - 100
        told = ratio.rough * ratio.sign
        before = actual.rough - base.rough * ratio.sign
        if not _are_far(made, told) or abs(100 * base.rough / (before or 1) - abs(told)) < 1:
            continue  # the bracket may say by how much
        named = tuple((role, figure.mention) for role, figure in equation.terms)
        yield Claim(
            "PCT003", verdict="fails", severity="warning", mentions=named,
            arithmetic=write_arithmetic(equation, equation.sides()),
        )  # fmt: skip


def _are_far(made: float, told: float) -> bool:
    low, high = sorted((abs(made), abs(told)))
    return made * told < 0 or high > _TIMES * low
