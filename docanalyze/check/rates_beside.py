"""Rates of two levels told side by side: what was done of what came in, and ratios with a name of their own.

`thụ lý 642 vụ, tăng 5%, đã giải quyết 588 vụ, đạt 91,6%`; `doanh thu 946 tỷ đồng, bồi thường 328 tỷ đồng, tỷ
lệ bồi thường 34,7%`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import share_of
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds, judge
from docanalyze.check.named_wholes import has_other_whole
from docanalyze.check.portions import whole_of
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words
from docanalyze.lexicon.cues import cue_pattern

_HEDGE = r"(?: (?:là|khoảng|gần|hơn|trên|đạt|chỉ|mới|ở mức|ước))*"
_PLAIN = re.compile(rf"[,;]?\s*\(?(?:(?:và|đã) )?(?:đạt|bằng|chiếm)?(?: ?t[ỷỉ] lệ)?{_HEDGE}\s*")
_NAMED = re.compile(rf"(?<!\w)t[ỷỉ] (?:lệ|suất) (?P<name>[^,;:()\d]{{2,40}}?){_HEDGE}$")
_LATER = re.compile(r"(?<!\w)(?:mới|thêm|bổ sung|còn|tồn|chuyển sang|trước|khác)(?!\w)")
"""`thụ lý mới 500 vụ`: not all there is to deal with."""


def find_rates_beside(facts: Facts) -> Iterator[Claim]:
    """Yield what was done with what had come in, and ratios that are named after the figure before them."""
    taken, dealt = cue_pattern(facts.lexicon, "taken-in"), cue_pattern(facts.lexicon, "dealt-with")
    named = facts.behind("tỷ lệ", "tỉ lệ", "tỷ suất", "tỉ suất")
    for figures in facts.by_sentence.values():
        for at, ratio in enumerate(figures):
            if at < 1 or ratio.dimension != "%" or facts.role_of(ratio) not in ("share", "level"):
                continue
            part, words = figures[at - 1], facts.words_before(ratio)
            if not _is_level(facts, part) or whole_of(facts, part) is not None or not ratio.plain:
                continue
            before = [each for each in figures[: at - 1] if _is_level(facts, each) and is_alike(each, part)]
            if _PLAIN.fullmatch(words):
                ended = dealt.search(facts.clause_before(part)) is not None
                wholes = _find_taken(facts, before, taken) if ended else []
            elif ratio.mention in named and (found := _NAMED.search(words)) is not None:
                wholes = _find_of_other_name(facts, before, part, fold_words(found["name"]))
            else:
                continue
            if len(wholes) != 1:
                continue
            equation = share_of(part, wholes[0], ratio)
            others = (share_of(part, each, ratio) for each in before if each is not wholes[0])
            if holds(equation):
                yield Claim("PCT001", equation)
            elif (
                has_edit(equation)
                and not has_other_whole(facts, equation)
                and not any(judge(each) == "holds" for each in others)
            ):
                yield Claim("PCT001", equation, severity="warning", tied=True)


def _is_level(facts: Facts, figure: Figure) -> bool:
    return facts.role_of(figure) == "level" and figure.dimension not in ("%", "point", "") and figure.plain


def _find_taken(facts: Facts, before: list[Figure], taken: re.Pattern[str]) -> list[Figure]:
    """Return the figure right before, if it is of what came in, and of all of that."""
    if not before or whole_of(facts, before[-1]) is not None:
        return []
    words = facts.clause_before(before[-1])
    fits = taken.search(words) is not None and _LATER.search(words) is None
    several = len(before) > 1 and _LATER.search(facts.clause_before(before[-2])) is not None
    return [before[-1]] if fits and not several else []


def _find_of_other_name(
    facts: Facts, before: list[Figure], part: Figure, name: frozenset[str]
) -> list[Figure]:
    """Return the figures of other names, if the name of the ratio is that of the part."""
    if not name or not name <= fold_words(f"{facts.words_before(part)} {part.text}"):
        return []
    depth = facts.depths.get(part.mention, 0)
    return [
        each for each in before
        if not name <= fold_words(f"{facts.words_before(each)} {each.text}")
        and facts.depths.get(each.mention, 0) <= depth
    ]  # fmt: skip
