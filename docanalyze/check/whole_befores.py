"""Counts whose growth leaves no whole number for what they were before: `29 vụ, tăng 11,15%`."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise

from docanalyze.check.facts import Claim, Facts
from docanalyze.check.portions import whole_of
from docanalyze.core.figure import Figure

_GROWN = re.compile(r"(?:[^\W\d]++ ?){0,4},? ?\(?(?:và )?(?:đã )?(?:tăng|giảm)(?: thêm)?")
"""What may stand between a count and its growth."""
_SINCE = re.compile(
    r"\s*(?:so (?:với )?(?:cùng kỳ|cùng kì|(?:năm|tháng|quý|kỳ) (?:trước|ngoái|\d{4}))(?!\w)|[.;)])"
)
_MEAN = re.compile(
    r"(?<!\w)(?:bình quân|trung bình|mỗi|chỉ số|điểm|hạng|tỷ lệ|tỉ lệ|mức)(?!\w)|(?:trong|trên|/)\s*$"
)
"""What is no count of things, but a mean, a score, a rank."""
_NO_COUNTS = ("điểm", "lần", "tuổi", "đồng", "ngày", "giờ", "phút", "công", "tháng", "năm")
_PLACE = 60
_MOST = 10_000
_ROUND = 100
"""Larger counts that end in zero are often rounded."""


def find_whole_befores(facts: Facts) -> Iterator[Claim]:
    """Yield the counts with a growth over the same time before that no whole number explains."""
    for figures in facts.sentences_in_roles("growth").values():
        for count, ratio in pairwise(figures):
            if ratio.dimension != "%" or not ratio.decimals or not _is_count(facts, count):
                continue
            said = facts.by_mention.get(ratio.mention)
            owner = facts.by_mention.get(count.mention)
            if said is None or owner is None or said.role != "growth" or said.of != owner.id:
                continue
            if not said.sure or said.against is not None or not ratio.plain:
                continue
            if any(each.role in ("change", "base") for each in facts.said_of.get(owner.id, ())):
                continue
            end = ratio.start + len(ratio.text)
            behind = facts.analysis.text[end : end + _PLACE].lower()
            if _GROWN.fullmatch(facts.words_before(ratio)) and _SINCE.match(behind):
                yield from _claim(count, ratio)


def _is_count(facts: Facts, figure: Figure) -> bool:
    indicator = facts.by_mention.get(figure.mention)
    level = indicator is not None and indicator.role == "level" and bool(figure.numeral)
    counted = level and figure.exact and figure.plain and bool(figure.dimension) and 1 < figure.number < _MOST
    rounded = figure.number >= _ROUND and int(figure.number) % 10 == 0
    mean = "/" in figure.dimension or figure.dimension.split()[0] in _NO_COUNTS if figure.dimension else True
    mean = mean or _MEAN.search(facts.words_before(figure)) is not None
    return counted and not rounded and not mean and not figure.estimate and whole_of(facts, figure) is None


def _claim(count: Figure, ratio: Figure) -> Iterator[Claim]:
    """Yield a claim if no whole number lies where the count was before, be the growth rounded or cut off."""
    rate, slack = ratio.sign * float(ratio.number), 10.0**-ratio.decimals
    ends = [100 + rate - slack, 100 + rate + slack]
    if ends[0] <= 0:
        return
    least, most = 100 * float(count.number) / ends[1], 100 * float(count.number) / ends[0]
    if math.floor(most) >= math.ceil(least):
        return
    places = max(2, 1 - math.floor(math.log10(most - least)))
    low, high = (f"{end:.{places}f}".replace(".", ",") for end in (least, most))
    sign = "-" if ratio.sign < 0 else ""
    yield Claim(
        "PCT007", verdict="fails", severity="warning",
        mentions=(("actual", count.mention), ("ratio", ratio.mention)),
        arithmetic=f"100 × {count.number} / G - 100 = {sign}{ratio.text}: {low} < G < {high}",
    )  # fmt: skip
