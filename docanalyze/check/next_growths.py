"""A growth in a sentence of its own, with its base in a bracket, of the one level told right before.

`Chuyển nguồn là 2.432,3 tỷ đồng. Chuyển nguồn giảm 17,6% so với năm 2023 (2.951,8 tỷ đồng)`.
"""

from __future__ import annotations

import re

from docanalyze.check.facts import Facts
from docanalyze.check.matches import empty_words
from docanalyze.check.said import read_sentence_before
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words

_LEADING = re.compile(r"\W*so với(?!\w)")
_THIS = fold_words(
    "con số kết quả mức giá trị này đó như vậy so với năm cuối cùng kỳ trước đã thì tăng giảm thu hẹp"
)
_TIMES = 4
"""One indicator at two times hardly differs by more than so many times."""


def is_of_level_before(facts: Facts, ratio: Figure, actual: Figure, base: Figure) -> bool:
    """Return whether a growth and its base stand alone in a sentence and go on with that before it."""
    home = facts.mentions[ratio.mention].sentence or ""
    before = facts.paragraph_before(ratio, 1)[1:]
    if facts.mentions[base.mention].sentence != home or facts.mentions[actual.mention].sentence not in before:
        return False
    inside = facts.by_sentence[home]
    if {inside[0].mention, inside[1].mention} != {ratio.mention, base.mention}:
        return False
    if not facts.depths.get(base.mention) or not (actual.plain and base.plain and ratio.plain):
        return False
    levels = [each for each in facts.by_sentence.get(before[0], ()) if is_alike(each, actual)]
    if len(levels) != 1 or actual.rough > _TIMES * base.rough or base.rough > _TIMES * actual.rough:
        return False
    first = read_sentence_before(facts, inside[0])
    if _LEADING.match(first):
        return True
    sentence = facts.sentence_of(before[0])
    said = "" if sentence is None else facts.analysis.text[sentence.start : sentence.end]
    return fold_words(first) - _THIS - empty_words(facts) <= fold_words(said)
