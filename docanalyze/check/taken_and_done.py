"""Shares of what was taken on that is done, whatever each is counted in.

`Thụ lý 418 tố giác, tin báo; giải quyết 391 tin, đạt tỷ lệ 93,5%`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import share_of
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.core.figure import Figure, is_alike
from docanalyze.lexicon.cues import cue_pattern

_TAKEN = re.compile(r"(?<!\w)(?:thụ lý|tiếp nhận|phải (?:giải quyết|xử lý|thi hành|xét xử))(?!\w)")
_DONE = re.compile(
    r"(?<!phải )(?<!chưa )(?<!đang )(?<!\w)(?:giải quyết|xử lý|thi hành xong|xét xử|điều tra)"
    r"(?: được| xong)?$"
)
_RATE = re.compile(r"\W*(?:đạt(?: tỷ lệ| tỉ lệ)?|tỷ lệ(?: đạt| giải quyết)?|chiếm)(?: tỷ lệ)?\W*")


def find_taken_and_done(facts: Facts) -> Iterator[Claim]:
    """Yield what is done with its share of what the same sentence says was taken on before it.

    One that fails is told where nothing else was taken on or done between, and a misprint explains it.
    """
    words = ("thụ lý", "tiếp nhận", "phải ")
    for figures in facts.sentences_behind(*words).values():
        for at, ratio in enumerate(figures):
            if ratio.dimension != "%" or not ratio.decimals or not _RATE.fullmatch(facts.words_before(ratio)):
                continue
            done = _find_done(facts, figures[:at])
            taken = None if done is None else _find_taken(facts, figures[: figures.index(done)])
            if done is None or taken is None:
                continue
            equation = share_of(done, taken, ratio)
            between = (each for each in facts.levels_of(facts.mentions[done.mention].sentence)
                       if taken.start < each.start < done.start)  # fmt: skip
            alone = not any(is_alike(each, done) and each.dimension == done.dimension for each in between)
            if holds(equation) or (alone and has_edit(equation)):
                yield Claim("PCT001", equation, severity="warning", tied=True)


def _find_done(facts: Facts, before: Sequence[Figure]) -> Figure | None:
    """Return the count right before a share that is done, its people left aside: `874 vụ, 1.172 bị can`."""
    person = cue_pattern(facts.lexicon, "person")
    for figure in reversed(before[-2:]):
        if not figure.exact or facts.depths.get(figure.mention) or facts.role_of(figure) != "level":
            return None
        if _DONE.search(facts.clause_before(figure)):
            return figure
        if not person.search(figure.dimension):
            return None
    return None


def _find_taken(facts: Facts, before: Sequence[Figure]) -> Figure | None:
    """Return the last count that was taken on, unless one that is done or left follows it."""
    for figure in reversed(before):
        if facts.role_of(figure) != "level" or facts.depths.get(figure.mention) or not figure.exact:
            continue
        words = facts.clause_before(figure)
        if _TAKEN.search(words):
            return figure if figure.comparator is None else None
        if _DONE.search(words):
            return None
    return None
