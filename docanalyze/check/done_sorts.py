"""What was done of each of two sorts, of what a sentence before tells of both.

`Có 318 đơn khiếu nại, 46 đơn tố cáo. Đã giải quyết 271 đơn khiếu nại, đạt 85,2%; 35 đơn tố cáo, đạt 76,1%`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from docanalyze.check.done_of import PLAIN
from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation, share_of
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.matches import empty_words
from docanalyze.check.portions import whole_of
from docanalyze.check.said import read_behind
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words
from docanalyze.lexicon.cues import cue_pattern

_SEVERAL = 2
_BACK = 1


def find_done_sorts(facts: Facts) -> Iterator[Claim]:
    """Yield the shares of each sort that was dealt with, of the counts of the same sorts right before."""
    dealt = cue_pattern(facts.lexicon, "dealt-with")
    for figures in facts.by_sentence.values():
        if sum(figure.dimension == "%" for figure in figures) < _SEVERAL:
            continue
        pairs = [pair for pair in pairwise(figures) if _is_pair(facts, *pair)]
        if len(pairs) < _SEVERAL or dealt.search(facts.words_before(pairs[0][0])) is None:
            continue
        shares = list(_read_shares(facts, pairs))
        failing = [each for each in shares if not holds(each)]
        if len(shares) == len(pairs) and len(failing) < _SEVERAL and all(map(has_edit, failing)):
            yield from (Claim("PCT001", each, severity="warning", tied=True) for each in shares)


def _is_pair(facts: Facts, part: Figure, ratio: Figure) -> bool:
    """Return whether a percentage stands right behind a count, as what was done of it."""
    if ratio.dimension != "%" or not ratio.plain or not part.exact or not part.dimension:
        return False
    words = facts.words_before(ratio)
    mark = max(words.rfind(","), words.rfind("("))
    fits = mark >= 0 and PLAIN.fullmatch(words[mark:]) is not None
    return fits and facts.role_of(part) == "level" and whole_of(facts, part) is None


def _read_shares(facts: Facts, pairs: Sequence[tuple[Figure, Figure]]) -> Iterator[Equation]:
    before = [
        each for name in facts.sentences_before(pairs[0][0], _BACK)[1:] for each in facts.levels_of(name)
        if each.plain and not facts.depths.get(each.mention)
    ]  # fmt: skip
    for part, ratio in pairs:
        sort = _read_sort(facts, part)
        same = [each for each in before if is_alike(each, part) and sort <= _read_sort(facts, each)]
        if len(same) == 1:
            yield share_of(part, same[0], ratio)


def _read_sort(facts: Facts, figure: Figure) -> frozenset[str]:
    """Return the words of a count's unit and behind it, which say of which sort it is."""
    return fold_words(f"{figure.dimension} {read_behind(facts, figure)}") - empty_words(facts)
