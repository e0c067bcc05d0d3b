"""SUM001 of two halves that open a sentence, to a total of the one before, whatever else it goes on with.

`Giá trị giao dịch đạt 214,6 tỷ đồng. Trong đó, mua vào 98,2 tỷ đồng, bán ra 116,4 tỷ đồng, bán ròng …`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.matches import empty_words
from docanalyze.check.unlisted import are_halves
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words

_DIGITS = 3
_COMMON = 2
_TIME = re.compile(r"(?<!\w)(?:tháng|quý|năm|kỳ|ngày|tuần) [\divx]")
_NET = re.compile(r"(?<!\w)(?:ròng|xuất siêu|nhập siêu|chênh lệch|cân đối|còn|dư)(?!\w)")
_UNITS = ("", "%", "point")


def find_halves_next(facts: Facts) -> Iterator[Claim]:
    """Yield the sums of halves that open a sentence; one that fails is told of the only total so called."""
    before: tuple[Figure, ...] = ()
    for name, figures in facts.by_sentence.items():
        levels = facts.levels_of(name)
        if len(levels) > 1 and before and facts.block_of(before[0]) == facts.block_of(levels[0]):
            one, two, *others = levels
            third = next((other for other in others if is_alike(other, one)), None)
            ended = third is None or _NET.search(facts.words_before(third)) is not None
            if _are_pair(facts, one, two, figures) and ended:
                yield from _claim(facts, before, one, two)
        before = levels


def _are_pair(facts: Facts, one: Figure, two: Figure, figures: tuple[Figure, ...]) -> bool:
    """Return whether two levels are halves of one sum that open their sentence."""
    if one.dimension in _UNITS or "/" in one.dimension or not is_alike(one, two):
        return False
    plain = (
        one.plain and two.plain and not facts.depths.get(one.mention) and not facts.depths.get(two.mention)
    )
    return plain and figures[0] is one and are_halves(facts, one, two)


def _claim(facts: Facts, before: tuple[Figure, ...], one: Figure, two: Figure) -> Iterator[Claim]:
    totals = [f for f in before if is_alike(f, one) and f.plain and not facts.depths.get(f.mention)]
    totals = [f for f in totals if facts.role_of(f) in ("level", "total")]
    sums = [add_up(total, [one, two]) for total in totals]
    fitting = next((each for each in sums if holds(each)), None)
    if fitting is not None:
        yield Claim("SUM001", fitting)
    elif len(sums) == 1 and totals[0].digits >= _DIGITS and has_edit(sums[0]):
        said = fold_words(facts.words_before(one)) & fold_words(facts.words_before(two))
        sentence = facts.sentence_at(totals[0].start)
        start = totals[0].start if sentence is None else sentence.start
        if _NET.search(facts.words_before(totals[0])):
            return  # `bán ròng 161,5 tỷ đồng. Mua vào 340,3 tỷ đồng, bán ra 501,7 tỷ đồng`
        words = fold_words(facts.analysis.text[start : totals[0].start].lower())
        common = len((said & words) - empty_words(facts)) >= _COMMON
        if common and _are_of_one_time(facts, totals[0], one):
            yield Claim("SUM001", sums[0], severity="warning", tied=True)


def _are_of_one_time(facts: Facts, total: Figure, half: Figure) -> bool:
    """Return whether no period is told of a half but the total's own."""
    first, second = (facts.by_mention[figure.mention].period for figure in (total, half))
    same = first is None or second is None or first == second
    return same and _TIME.search(facts.words_before(half)) is None
