"""Counts with their shares of one whole that is not printed: `đúng 22 đơn (10,5%), sai 168 đơn (80,4%)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from docanalyze.check.edits import find_edits, has_edit, is_telling
from docanalyze.check.equation import Equation, share_of
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.matches import empty_words
from docanalyze.check.said import read_behind
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words
from docanalyze.lexicon.opposites import differ_by_mark

_RARELY = Fraction(1, 5)
_SELDOM = Fraction(1, 10)
_RATES = fold_words("tỷ lệ bị đạt chiếm vi phạm phát hiện")
_RATE = re.compile(r"(?<!\w)tỷ lệ(?: \w+){0,3}$")
_PAIR, _FEWEST = 2, 3
_MOST = 8

Pair = tuple[Figure, Figure]


def find_common_wholes(facts: Facts) -> Iterator[Claim]:
    """Yield the pairs of parts with shares that must be of one whole: those of a sentence, or a paragraph.

    Only where all of three or more agree but for one, which a misprint explains; of two, where that is no
    chance.
    """
    runs: dict[str, list[Pair]] = {}
    for indicator in facts.ratios:
        ratio = facts.figures[indicator.mention]
        owner = facts.indicators.get(indicator.of or "")
        if owner is None or indicator.role != "share" or indicator.against is not None or not ratio.decimals:
            continue
        part = facts.figures[owner.mention]
        if owner.part_of is None and owner.role == "level" and part.dimension != "%":
            run = runs.setdefault(facts.mentions[ratio.mention].sentence or "", [])
            if indicator.sure or not any(part is known for known, _ in run):
                run.append((part, ratio))  # `20 nữ, chiếm 40,00%; số có trình độ đại học chiếm 85,50%`
    for run in _join_short(facts, list(runs.values())):
        if not _PAIR <= len(run) <= _MOST or not all(is_alike(part, run[0][0]) for part, _ in run):
            continue
        yield from claim_ties(run)
        if len(run) == _PAIR and _are_marked(facts, *run) and has_edit(tie := _tie(*run)):
            yield Claim("PCT001", tie, severity="warning", tied=True)


_COMMON = 2
"""So many words two names have in common where one only adds a word that makes it another thing."""


def _are_marked(facts: Facts, one: Pair, two: Pair) -> bool:
    """Return whether two parts are those that a mark tells apart: `hộ nghèo …; hộ cận nghèo …`.

    They are shares of all of their kind, so of one whole.
    """
    if facts.mentions[one[0].mention].sentence != facts.mentions[two[0].mention].sentence:
        return False
    if not all(part.exact and min(part.telling, ratio.digits) >= _FEWEST for part, ratio in (one, two)):
        return False
    first, second = (
        fold_words(f"{facts.clause_before(part)} {part.dimension} {read_behind(facts, part)}")
        for part, _ in (one, two)
    )
    if not differ_by_mark(first, second, facts.lexicon):
        return False
    marks = fold_words(" ".join(facts.lexicon["opposites"]["marks"]["words"]))
    marked, plain = (first, second) if first & marks else (second, first)
    named = marked - marks - empty_words(facts)
    return len(named) >= _COMMON and named <= plain


def claim_ties(run: Sequence[Pair]) -> Iterator[Claim]:
    """Yield the pairs of a run that must be of one whole, and one that a misprint keeps from it."""
    if len(run) == _PAIR:
        tie = _tie(*run)
        long = all(part.telling >= _FEWEST for part, _ in run)
        if long and (holds(tie) or is_telling(tie, most=_SELDOM)):
            # `hộ nghèo 9.604 hộ, chiếm 3,14%; hộ cận nghèo 6.943 hộ, chiếm 2,27%`
            yield Claim("PCT001", tie, severity="warning")
        return
    ties = {(i, j): _tie(run[i], run[j]) for i, j in combinations(range(len(run)), 2)}
    odd = next(
        (
            at
            for at in (None, *range(len(run)))
            if all(holds(tie) for places, tie in ties.items() if at not in places)
        ),
        -1,
    )
    if odd == -1:
        return
    fine = [at for at, (_, ratio) in enumerate(run) if ratio.digits > 1]
    yield from (
        Claim("PCT001", tie) for (i, j), tie in ties.items()
        if odd not in (i, j) and i in fine and j in fine  # `1 vụ (0,5%)` may be of many wholes
    )  # fmt: skip
    if odd is not None:
        own = {figure.mention for figure in run[odd]}
        failing = [tie for places, tie in ties.items() if odd in places and not holds(tie)]
        told = next((tie for tie in failing if _mends(tie, own)), None)
        if told is not None:
            yield Claim("PCT001", told, severity="warning", tied=True)


def _mends(tie: Equation, own: set[str]) -> bool:
    """Return whether a misprint of the odd pair's figures, not of one that agrees, explains a failure."""
    edits = find_edits(tie)
    return bool(edits) and tie.terms[edits[0].at][1].mention in own


def _join_short(facts: Facts, runs: list[list[Pair]]) -> list[list[Pair]]:
    """Return the runs that are long enough, and the others of each paragraph as one."""
    joined: dict[str | None, list[Pair]] = {}
    for run in runs:
        if len(run) < _FEWEST:
            joined.setdefault(facts.block_of(run[0][0]), []).extend(run)
    return [run for run in runs if len(run) >= _FEWEST] + list(joined.values())


def find_rates(facts: Facts) -> Iterator[Claim]:
    """Yield the rate that two counts before it make: `kiểm tra 612 lượt, phạt 58 trường hợp, tỷ lệ 9,5%`."""
    for figures in facts.by_sentence.values():
        for one, two, ratio in zip(figures, figures[1:], figures[2:], strict=False):
            if ratio.dimension != "%" or not ratio.decimals or facts.role_of(ratio) not in ("level", "share"):
                continue
            named = _RATE.search(facts.words_before(ratio)) is not None
            alike = (one.exact and two.exact) or is_alike(one, two)
            if named and alike and one.value > two.value:
                equation = share_of(two, one, ratio)
                if not holds(equation) and (wider := _find_fitting(facts, figures, two, ratio)) is not None:
                    # `tổng dư nợ …, dư nợ ngắn hạn …, nợ xấu 62,4 tỷ đồng, tỷ lệ nợ xấu 0,5%`: of all
                    yield Claim("PCT001", wider)
                    continue
                plain = _is_plain_rate(facts, (one, two), ratio) and has_edit(equation)
                if holds(equation) or plain or is_telling(equation, most=_RARELY):
                    yield Claim("PCT001", equation, severity="warning", tied=plain)


def _find_fitting(facts: Facts, figures: Sequence[Figure], part: Figure, ratio: Figure) -> Equation | None:
    """Return the share of a larger figure of a sentence before a part, that agrees."""
    others = (each for each in figures if each.start < part.start and each.value > part.value)
    alike = (each for each in others if facts.role_of(each) == "level" and is_alike(each, part))
    return next((way for each in alike if holds(way := share_of(part, each, ratio))), None)


def _is_plain_rate(facts: Facts, counts: Sequence[Figure], ratio: Figure) -> bool:
    """Return whether a rate names only what two counts right before it name: `phạt …, tỷ lệ (bị) phạt`."""
    own = fold_words(facts.clause_before(ratio)) - _RATES
    said = fold_words(" ".join(f"{facts.words_before(each)} {each.text}" for each in counts))
    return not own - said - empty_words(facts)


def _tie(one: Pair, two: Pair) -> Equation:
    terms = (("total", one[0]), ("ratio", one[1]), ("part", two[0]), ("part-ratio", two[1]))
    return Equation("bases", terms)
