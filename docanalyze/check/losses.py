"""CHG005 where a change is told as a loss: `mất 1,42 tỷ USD, tương đương 12,3%, chỉ đạt 10,1 tỷ USD`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.core.figure import Figure, is_alike

_HEDGE = r"(?: (?:khoảng|gần|hơn|trên|tới|đến|mức|thêm))*"
_LOST = re.compile(rf"(?<!\w)(?:mất|hụt|sụt|tụt|bốc hơi|hao hụt|thiệt hại)(?: đi| giảm| mất)?{_HEDGE}$")
_AS = re.compile(rf"\W*(?:tức|tương đương|tương ứng|hay|bằng)?(?: là| với)?(?: mức)?(?: giảm)?{_HEDGE}\W*")
_REACHED = re.compile(rf"\W*(?:và )?(?:chỉ |nay )?(?:còn|đạt|xuống|về)(?: còn| chỉ| đạt| lại)*{_HEDGE}")
_UP = re.compile(r"(?<!\w)tăng(?!\w)")
_SAME = re.compile(r"(?:tức|tương đương|tương ứng|hay|\()\W*(?:là|với)?$")
_TELLING = 2
"""A percentage of one digit fits many a misprint."""


def find_losses(facts: Facts) -> Iterator[Claim]:
    """Yield losses with the percentage beside them that they are of what the level was before."""
    told = facts.behind("mất", "hụt", "sụt", "tụt", "bốc hơi", "thiệt hại")
    for name in dict.fromkeys(facts.mentions[mention].sentence or "" for mention in told):
        figures = facts.by_sentence.get(name, ())
        for at, loss in enumerate(figures):
            if loss.mention not in told or not _LOST.search(facts.words_before(loss)):
                continue
            if loss.dimension in ("%", "point", ""):
                continue
            for ratio, actual in _list_beside(facts, figures, at):
                terms = (("actual", actual), ("difference", replace(loss, sign=-1)),
                         ("ratio", replace(ratio, sign=-1)))  # fmt: skip
                equation = Equation("gain", terms)
                if holds(equation) or (ratio.digits >= _TELLING and has_edit(equation)):
                    yield Claim("CHG005", equation, severity="warning", tied=True)
                    break


def _list_beside(facts: Facts, figures: Sequence[Figure], at: int) -> Iterator[tuple[Figure, Figure]]:
    """Yield the percentage beside a loss with the level that it is of.

    `đạt 18,3 tỷ USD nhưng giảm 7,1%, tương ứng mất 1,4 tỷ USD`; `mất 1,4 tỷ USD, tương đương 7,1%, còn 18,3`.
    """
    loss, before, behind = figures[at], figures[at - 1] if at else None, figures[at + 1 : at + 3]
    if before is not None and before.dimension == "%" and facts.role_of(before) == "growth":
        owner = facts.indicators.get(facts.by_mention[before.mention].of or "")
        joined = _SAME.search(_LOST.sub("", facts.words_before(loss)).strip())
        if owner is not None and joined and not _UP.search(facts.words_before(before)):
            actual = facts.figures[owner.mention]
            if is_alike(actual, loss) and actual is not loss:
                yield before, actual
    if not behind or behind[0].dimension != "%" or not _AS.fullmatch(facts.words_before(behind[0])):
        return
    levels = [f for f in figures if is_alike(f, loss) and facts.role_of(f) == "level" and f is not loss]
    if behind[-1] in levels and _REACHED.fullmatch(facts.words_before(behind[-1])):
        yield behind[0], behind[-1]
        return
    earlier = [figure for figure in levels if figure.start < loss.start]
    if earlier and before is not None and (before is earlier[-1] or facts.role_of(before) == "growth"):
        yield behind[0], earlier[-1]
