"""Shares of the first of two counts without a unit: `xử lý 1.286/1.415, trong đó đúng hạn 1.274 (99,1%)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from msgspec.structs import replace

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import add_up, share_of
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.matches import empty_words
from docanalyze.core.bounds import ONE
from docanalyze.core.figure import Figure
from docanalyze.core.names import fold_words

_NUMERAL = r"\d{1,3}(?:\.\d{3})+|\d{1,4}"
_FRACTION = re.compile(rf"(?<![\w/.,\-])(?P<done>{_NUMERAL})/(?P<whole>{_NUMERAL})(?![\w/\-]|[.,]\d)")
_OF_IT = re.compile(
    r"(?: [^\W\d]{1,14}){0,3}"
    r"(?: ?(?:\((?:đạt |bằng |tỷ lệ )*|, ?(?:đạt |bằng |chiếm |tỷ lệ )+)\d+(?:,\d+)? ?%\)?)?"
    r"[\s.,;:]*(?:trong (?:đó|số đó|số này)|số)(?!\w),?(?: [^\W\d]+){1,8}\s*",
    re.IGNORECASE,
)
"""`4.561/5.650 HS (tỷ lệ 80,7%). Trong đó, có …`: what may stand between what is done and a part of it."""
_REACH = 130


def find_parts_of_fractions(facts: Facts) -> Iterator[Claim]:
    """Yield parts with their share of what a fraction right before them says is done."""
    text = facts.analysis.text
    for figures in facts.by_sentence.values() if facts.slashes else ():
        for part, ratio in pairwise(figures):
            if ratio.dimension != "%" or not ratio.decimals or part.kind in ("%", "point") or not part.plain:
                continue
            if facts.role_of(ratio) != "share" or facts.role_of(part) != "level":
                continue
            start = max(0, part.start - _REACH)
            if text.find("/", start, part.start) < 0:
                continue
            found = next(iter(reversed([*_FRACTION.finditer(text, start, part.start)])), None)
            if found is None or _OF_IT.fullmatch(text, found.end(), part.start) is None:
                continue
            between = list(facts.figures_between(found.start(), part.start))
            if len(between) > 1 or any(each.dimension != "%" for each in between):
                continue
            yield from _claim(facts, found, part, ratio)


def _claim(facts: Facts, found: re.Match[str], part: Figure, ratio: Figure) -> Iterator[Claim]:
    done, whole = (Decimal(found[name].replace(".", "")) for name in ("done", "whole"))
    if not done or not whole:
        return
    first, second = (
        share_of(part, replace(part, number=number, high=number, decimals=0, exact=True, factor=ONE), ratio)
        for number in (done, whole)
    )
    right = holds(first)
    if right or (has_edit(first) and not holds(second)):
        shown = part.numeral if part.factor == 1 else " ".join(part.text.split())
        said = f"{100 * part.rough / float(done):.{ratio.decimals}f}".replace(".", ",")
        said += "" if right else f" ≠ {ratio.numeral}"
        yield Claim(
            "PCT001", verdict="holds" if right else "fails", severity="warning",
            mentions=(("part", part.mention), ("ratio", ratio.mention)), places=(found.span("done"),),
            arithmetic=f"{shown} / {found['done']} × 100 = {said}",
        )  # fmt: skip


_LEFT = re.compile(
    r"(?<!\w)(?:đang (?:giải quyết|xử lý|xem xét)|còn(?: lại)?|chưa (?:giải quyết|xử lý)(?: xong)?)(?: là)?$"
)
_NOUN = re.compile(r" ?(?P<noun>[^\W\d]{1,14})")
_BACK = 2
"""How many sentences before what is left the fraction may stand."""


def find_rests_of_fractions(facts: Facts) -> Iterator[Claim]:
    """Yield what is left of a fraction whose noun is no unit known: `đã xử lý 3.872/4.610 HS, còn 738 HS`."""
    text = facts.analysis.text
    told = facts.behind("đang ", "còn", "chưa ") if facts.slashes else ()
    for rest in facts.prose() if told else ():
        if rest.mention not in told or rest.dimension or not rest.exact or not rest.plain:
            continue
        noun = _NOUN.match(text, rest.start + len(rest.text))
        if noun is None or not _LEFT.search(facts.clause_before(rest)):
            continue
        names = facts.paragraph_before(rest, _BACK)
        first = facts.sentence_of(names[-1]) if names else None
        if first is None:
            continue
        found = [
            each for each in _FRACTION.finditer(text, first.start, rest.start)
            if (own := _NOUN.match(text, each.end())) is not None and own["noun"] == noun["noun"]
        ]  # fmt: skip
        if len(found) != 1:
            continue
        # `3.872/4.610 HS, trong đó đất đai còn 189 HS`: of some of them
        said = fold_words(_LEFT.sub("", facts.clause_before(rest))) - empty_words(facts) - _NOW
        if said <= fold_words(text[first.start : found[0].start()]):
            yield from _claim_rest(found[0], rest)


_NOW = frozenset({"hien", "nay", "den", "so"})


def _claim_rest(found: re.Match[str], rest: Figure) -> Iterator[Claim]:
    done, whole = (
        replace(rest, number=number, high=number)
        for number in (Decimal(found[name].replace(".", "")) for name in ("done", "whole"))
    )
    equation = add_up(whole, [done, rest])
    right = holds(equation)
    if right or has_edit(equation):
        said = "" if right else f" ≠ {found['whole']}"
        total = f"{done.number + rest.number:,f}".replace(",", ".")
        yield Claim(
            "SUM004", verdict="holds" if right else "fails", severity="warning",
            mentions=(("part", rest.mention),), places=(found.span(),),
            arithmetic=f"{found['done']} + {rest.numeral} = {total}{said}",
        )  # fmt: skip
