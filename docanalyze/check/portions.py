"""Counts printed as a part of a whole, `9/11 xã`, with their percentage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec.structs import replace

from docanalyze.check.equation import share_of
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.core.figure import Figure, count_decimals
from docanalyze.core.mention import MoneyValue, QuantityValue

_ROLES = ("share", "plan-ratio", "level")
_OF_MEAN = re.compile(r"(?<!\w)(?:bình quân|trung bình)(?: \w+){0,3} ?\($")
"""`7/8 khoản thu đạt tiến độ bình quân (75%)`: the figure of the mean."""
_BRACKETED = 40
_IN_BRACKET = re.compile(r"\((?:tức |đạt |tương ứng |gồm |với |có )?")
"""`đạt 68,9% (15.212/22.080 trẻ)`: the fraction is the percentage's before it, and of none behind."""
_REACH = 60
"""How many characters may stand between `9/11 xã` and its percentage."""


def find_fractions(facts: Facts) -> Iterator[Claim]:
    """Yield `X/Y` with its percentage.

    What: `9/11 xã, chiếm 81,8%` agrees with 9 of 11.
    Why: a count moved on and the percentage was copied from the last report.
    Tolerance: half a unit of the last printed place of the percentage; the counts are exact.
    Example: `có 31/47 trường đạt chuẩn quốc gia, chiếm 65,96%`.
    """
    behind: set[str] = set()
    for figures in facts.by_sentence.values():
        for ratio, part in pairwise(figures):
            whole = whole_of(facts, part) if ratio.dimension == "%" else None
            if whole is None or facts.role_of(ratio) not in _ROLES:
                continue
            if _IN_BRACKET.fullmatch(facts.words_before(part)) is not None:
                behind.add(part.mention)
                yield Claim("PCT005", share_of(part, whole, ratio))
    for indicator in facts.indicators.values():
        ratio, owner = facts.figures[indicator.mention], facts.indicators.get(indicator.of or "")
        if owner is None or indicator.role not in _ROLES or ratio.dimension != "%":
            continue
        part = facts.figures[owner.mention]
        whole = whole_of(facts, part)
        gap = ratio.start - part.start - len(part.text)
        if part.mention in behind or _OF_MEAN.search(facts.words_before(ratio)):
            continue
        if indicator.role == "plan-ratio" and ratio.comparator is not None and part.exact:
            continue  # `9/12 khoản thu đạt khá (trên 75% dự toán)`: what each of them reaches
        if whole is not None and gap < (_REACH if not ratio.decimals else 3 * _REACH):
            near = gap < _REACH or (ratio.decimals > 0 and not any(
                other.mention not in (part.mention, ratio.mention)
                for other in facts.figures_between(part.start, ratio.start)
            ))  # fmt: skip
            yield Claim("PCT005", share_of(part, whole, ratio), sure=indicator.sure and near)
        elif whole is None and ratio.decimals and indicator.against is None:
            if (gap <= _BRACKETED and "(" in facts.words_before(ratio)) or facts.depths.get(ratio.mention):
                continue  # `612/614 chi bộ, có 61 chi bộ (10,0%)`: of its own figure
            # `32/35 đại biểu biểu quyết thông qua 14 nghị quyết, đạt 91,4%`
            here = [
                figure for figure in facts.by_sentence.get(facts.mentions[ratio.mention].sentence or "", ())
                if figure.start < ratio.start and figure.mention not in behind and whole_of(facts, figure)
            ]  # fmt: skip
            if len(here) == 1 and holds(share_of(part, here[0], ratio)):
                continue  # `còn 268/10.308 hồ sơ trễ hạn, về đất đai 241 hồ sơ, chiếm 89,9%`: of the 268
            if len(here) == 1 and (total := whole_of(facts, here[0])) is not None:
                yield Claim("PCT005", share_of(here[0], total, ratio), sure=False)


def whole_of(facts: Facts, part: Figure) -> Figure | None:
    """Return the denominator of a figure printed as a fraction, `62/68 biên chế`; None for others."""
    value = facts.mentions[part.mention].value
    if not isinstance(value, (QuantityValue, MoneyValue)) or value.denominator is None:
        return None
    text, whole = part.text.partition("/")[2], value.denominator
    decimals = count_decimals(whole)
    return replace(part, number=whole, high=whole, text=text, comparator=None, decimals=decimals)
