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
from docanalyze.check.portions import whole_of
from docanalyze.check.said import read_behind
from docanalyze.core.figure import Figure, is_alike
from docanalyze.lexicon.cues import cue_pattern

_TAKEN = re.compile(
    r"(?<!\w)(?:thụ lý(?! mới)|tiếp nhận(?! mới)|phải (?:giải quyết|xử lý|thi hành|xét xử)"
    r"|kiểm sát(?: việc)? (?:giải quyết|điều tra|xét xử)"
    r"|(?:đủ|có) điều kiện (?:giải quyết|xử lý|thi hành))(?!\w)"
)
_DONE = re.compile(
    r"(?<!phải )(?<!chưa )(?<!đang )(?<!\w)(?:giải quyết|xử lý|thi hành xong|xét xử|điều tra)"
    r"(?: được| xong)?$"
)
_NEW = re.compile(r"(?<!\w)mới(?!\w)")
"""`kiểm sát 63 nguồn tin, thụ lý mới 58 tin`: some of them."""
_RATE = re.compile(
    r"(?:[^\W\d]+ ){0,3}\W*(?:đạt(?: tỷ lệ| tỉ lệ)?|tỷ lệ(?: đạt| giải quyết)?|chiếm)(?: tỷ lệ)?\W*"
)


def find_taken_and_done(facts: Facts) -> Iterator[Claim]:
    """Yield what is done with its share of what was taken on before it, in its sentence or the one before.

    One that fails is told where nothing else was taken on or done between, and a misprint explains it.
    """
    for name, figures in facts.sentences_behind(
        "giải quyết", "xử lý", "thi hành", "xét xử", "điều tra"
    ).items():
        for at, ratio in enumerate(figures):
            if ratio.dimension != "%" or not ratio.decimals or not _RATE.fullmatch(facts.words_before(ratio)):
                continue
            done = _find_done(facts, figures[:at])
            taken = None if done is None else _find_taken(facts, name, done)
            if done is None or taken is None:
                continue
            equation = share_of(done, taken, ratio)
            if holds(equation) or (has_edit(equation) and _is_alone(facts, taken, done)):
                yield Claim("PCT001", equation, severity="warning", tied=True)


def _find_done(facts: Facts, before: Sequence[Figure]) -> Figure | None:
    """Return the count right before a share that is done, its people left aside: `874 vụ, 1.172 bị can`."""
    person = cue_pattern(facts.lexicon, "person")
    for figure in reversed(before[-2:]):
        if not figure.exact or facts.depths.get(figure.mention) or facts.role_of(figure) != "level":
            return None
        words = facts.clause_before(figure)
        if _DONE.search(words):
            return None if _TAKEN.search(words) else figure
        if not person.search(figure.dimension):
            return None
    return None


def _find_taken(facts: Facts, name: str, done: Figure) -> Figure | None:
    """Return the last count that was taken on, unless one that is done follows it."""
    for place in facts.paragraph_before(done, 1):
        found: list[Figure] = []
        for figure in reversed(facts.levels_of(place)):
            if figure.start >= done.start or facts.depths.get(figure.mention) or not figure.exact:
                continue
            if place != name and whole_of(facts, figure) is not None:
                return None
            words = facts.clause_before(figure)
            if _TAKEN.search(words) or _TAKEN.search(read_behind(facts, figure)):
                found.append(figure)
            elif _DONE.search(words):
                break
        # `cấp tỉnh thụ lý 485 vụ, cấp huyện thụ lý 5.581 vụ. Hai cấp đã giải quyết …`: of both
        if found:
            return found[0] if place == name or len(found) == 1 else None
    return None


def _is_alone(facts: Facts, taken: Figure, done: Figure) -> bool:
    """Return whether no other count of the unit of what is done stands between it and what was taken on."""
    return not any(
        facts.role_of(each) == "level"
        and each.dimension == done.dimension
        and is_alike(each, done)
        and not _NEW.search(facts.clause_before(each))
        for each in facts.figures_between(taken.start + 1, done.start)
    )
