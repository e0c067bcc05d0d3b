"""Shares told one after the other of one whole that an earlier sentence prints under any name.

`Hội đồng có 50 đại biểu. … nữ 14 người, chiếm 28%; dưới 35 tuổi 5 người, chiếm 10%`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import log

import msgspec
from msgspec.structs import replace

from docanalyze.check.common_whole import claim_ties
from docanalyze.check.edits import find_edits, has_edit, is_telling
from docanalyze.check.equation import Equation, share_of
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds, judge
from docanalyze.check.named_wholes import has_other_whole
from docanalyze.check.portions import whole_of
from docanalyze.check.unlisted import find_summed
from docanalyze.core.figure import Figure

_BACK = 12
"""How many sentences before a share its whole may stand."""
_NEAR = 3
"""How many sentences may part two shares that are told one after the other."""
_SELDOM = log(50)
"""So much must speak for a whole: strangers agree by chance less than once in fifty times."""
_RARELY = Fraction(1, 5)
_SEVERAL = 2
_SHARE = re.compile(r"(?:(?:và |chỉ |đã )*chiếm.*|t[ỷỉ] (?:lệ|trọng)(?: (?:là|khoảng|gần|hơn|trên))*)?")
_MANY, _MOST = 3, 8
_NESTED = re.compile(r"(?<!\w)(?:trong (?:số )?đó|riêng)(?!\w)")


class _Pair(msgspec.Struct, eq=False):
    """A figure with its share, the larger figures before it, and the one that it agrees with."""

    part: Figure
    ratio: Figure
    place: int
    way: str
    wider: list[Figure]
    whole: Figure | None = None
    support: int = 0


def find_run_wholes(facts: Facts, known: Sequence[Claim]) -> Iterator[Claim]:
    """Yield shares of the earlier figure that most of a run of shares agree with, but for those `known`.

    One that does not agree is told where the shares beside it do and one misprint explains it; so is a
    whole of which one misprint keeps a run of shares that agree among themselves.
    """
    shares = [claim.equation for claim in known if claim.equation and claim.equation.form == "share"]
    held = {each.one("ratio").mention: each.one("total") for each in shares if holds(each)}
    pairs = _read_pairs(facts)
    if len(pairs) < _SEVERAL:
        return
    _settle(facts, pairs, held)
    for at, pair in enumerate(pairs):
        if pair.whole is not None:
            if pair.ratio.mention not in held:
                yield Claim("PCT001", share_of(pair.part, pair.whole, pair.ratio))
        elif pair.ratio.mention not in held:
            told = _find_odd(facts, pairs, at)
            if told is not None:
                yield Claim("PCT001", told, severity="warning", tied=True)
    yield from _find_lost_wholes(facts, pairs, held)


def _read_pairs(facts: Facts) -> list[_Pair]:
    """Return the figures with shares of what is not printed beside them, in text order."""
    places = {sentence.id: at for at, sentence in enumerate(facts.sentences)}
    pairs: dict[str, _Pair] = {}
    for indicator in facts.ratios:
        owner = facts.indicators.get(indicator.of or "")
        if owner is None or indicator.role != "share" or indicator.against is not None:
            continue
        part, ratio = facts.figures[owner.mention], facts.figures[indicator.mention]
        place = places.get(facts.mentions[ratio.mention].sentence or "")
        if place is None or ratio.dimension != "%" or not (ratio.plain and part.plain and ratio.number):
            continue
        if owner.role != "level" or not indicator.sure or part.dimension in ("%", "point", ""):
            continue
        if not part.number or whole_of(facts, part) is not None:
            continue  # `31/47 trường (66%)`: of its own whole
        words = facts.clause_before(ratio).strip()
        way = "chiếm" if _SHARE.fullmatch(words) else words
        known = pairs.get(part.mention)
        if known is None or ratio.start < known.ratio.start:  # a second share is of something between
            pairs[part.mention] = _Pair(part, ratio, place, way, _find_wider(facts, part))
    return sorted(pairs.values(), key=lambda pair: pair.ratio.start)


def _find_wider(facts: Facts, part: Figure) -> list[Figure]:
    """Return the larger figures of a part's kind before it, the nearest first; each value once."""
    found: dict[object, Figure] = {}
    for name in facts.sentences_before(part, _BACK):
        for other in reversed(facts.levels_of(name)):
            if other.start < part.start and other.value > part.value and other.plain:
                known = facts.role_of(other) in ("level", "total") and whole_of(facts, other) is None
                if known and facts.is_kin(other, part):
                    found.setdefault(other.value, other)
    return list(found.values())


def _settle(facts: Facts, pairs: list[_Pair], held: dict[str, Figure]) -> None:
    """Give each pair the whole that it agrees with, if that is no chance."""
    votes: dict[object, list[_Pair]] = {}
    wholes: dict[object, Figure] = {}
    for pair in pairs:
        sure = held.get(pair.ratio.mention)
        fitting = [other for other in pair.wider if holds(share_of(pair.part, other, pair.ratio))]
        for other in [sure] if sure is not None else fitting:
            votes.setdefault(other.value, []).append(pair)
            wholes.setdefault(other.value, other)
    taken = {whole.value for whole in held.values()}
    taken |= {pair.part.value for pair in pairs}
    for value, agreeing in sorted(votes.items(), key=lambda item: -len(item[1])):
        told = [pair for pair in agreeing if pair.whole is None]
        evidence = sum(_weigh(pair, wholes[value]) for pair in agreeing)
        others = {other.value for pair in agreeing for other in pair.wider} - taken
        known = any(pair.ratio.mention in held for pair in agreeing)
        if known or evidence - log(max(1, len(others))) > _SELDOM:
            for pair in told:
                pair.whole, pair.support = wholes[value], len(agreeing)


def _weigh(pair: _Pair, whole: Figure) -> float:
    """Return how much an agreement says: the logarithm of how seldom a stranger would do."""
    part, ratio = pair.part, pair.ratio
    width = 2 * ratio.rough_slack / ratio.rough + 2 * part.rough_slack / part.rough
    if whole.exact:
        width = max(width, 1 / whole.rough)
    return -log(min(1.0, width))


def _find_odd(facts: Facts, pairs: list[_Pair], at: int) -> Equation | None:
    """Return the share of the whole of its neighbours, which one misprint keeps it from."""
    pair = pairs[at]
    beside = [
        next((other for other in side if _are_beside(facts, other, pair)), None)
        for side in (reversed(pairs[max(0, at - _NEAR) : at]), pairs[at + 1 : at + 1 + _NEAR])
    ]
    wholes = {other.whole.value: other for other in beside if other is not None and other.whole is not None}
    if len(wholes) != 1:
        return None
    (sister,) = wholes.values()
    whole = sister.whole
    assert whole is not None
    if whole.start > pair.part.start or _agrees_elsewhere(facts, pair):
        return None
    equation = share_of(pair.part, whole, pair.ratio)
    if has_other_whole(facts, equation) or _is_padded(equation):
        return None
    if any(
        _are_of_one(pair, other) for other in pairs[max(0, at - _NEAR) : at + 1 + _NEAR] if other is not pair
    ):
        return None
    nested = _NESTED.search(facts.words_before(pair.part)) is not None
    strong = sister.support >= (_MANY if nested else _SEVERAL)
    return equation if (has_edit(equation) if strong else is_telling(equation, most=_RARELY)) else None


def _are_of_one(pair: _Pair, other: _Pair) -> bool:
    """Return whether two shares of a sentence are of one whole that is not printed."""
    if other.place != pair.place or other.whole is not None:
        return False
    wholes = [each.part.rough / each.ratio.rough for each in (pair, other)]
    slack = sum(
        figure.rough_slack / figure.rough for each in (pair, other) for figure in (each.part, each.ratio)
    )
    return abs(wholes[0] - wholes[1]) <= slack * max(wholes)


def _is_padded(equation: Equation) -> bool:
    """Return whether a share agrees but for a zero at its end: `33,30%` of what is 33,25 %."""
    ratio = equation.one("ratio")
    if not ratio.decimals or int(ratio.number.scaleb(ratio.decimals)) % 10:
        return False
    shorter = replace(ratio, decimals=ratio.decimals - 1)
    return holds(share_of(equation.one("part"), equation.one("total"), shorter))


def _are_beside(facts: Facts, one: _Pair, two: _Pair) -> bool:
    """Return whether shares are told one after the other, and in one way."""
    return abs(one.place - two.place) <= _NEAR and one.way == two.way and facts.is_kin(one.part, two.part)


def _agrees_elsewhere(facts: Facts, pair: _Pair) -> bool:
    """Return whether a figure before a share or in its sentence makes it hold."""
    inside = facts.levels_of(facts.mentions[pair.ratio.mention].sentence)
    alike = (other for other in inside if other.plain and facts.is_kin(other, pair.part))
    ways = (share_of(pair.part, other, pair.ratio) for other in (*pair.wider, *alike))
    return any(judge(each) == "holds" for each in ways)


def _find_lost_wholes(facts: Facts, pairs: Sequence[_Pair], held: dict[str, Figure]) -> Iterator[Claim]:
    """Yield a share of each run that agrees in itself with the whole that one misprint keeps it from."""
    taken = {whole.value for whole in held.values()}
    taken |= {pair.part.value for pair in pairs} | {pair.whole.value for pair in pairs if pair.whole}
    loose = [pair for pair in pairs if pair.whole is None and pair.ratio.mention not in held]
    while loose:
        run = loose[:1]
        for pair in loose[1:]:
            if _are_beside(facts, run[-1], pair) and not _names_other(facts, run[-1], pair):
                run.append(pair)
        loose = [pair for pair in loose if pair not in run]
        told = _mend_whole(facts, run, taken) if len(run) >= _SEVERAL else None
        if told is not None:
            yield Claim("PCT001", told, severity="warning", tied=True)
        elif _MANY <= len(run) <= _MOST:
            fine = [(pair.part, pair.ratio) for pair in run if pair.ratio.decimals]
            if len(fine) >= _MANY:  # as in one sentence: the whole is not printed
                yield from claim_ties(fine)


_WHOLE = re.compile(r"\d\s?%\s+(?:của |so với |trong )?tổng(?!\w)")


def _names_other(facts: Facts, one: _Pair, two: _Pair) -> bool:
    """Return whether a share between two names a whole, of which the second is from there on.

    `A chiếm 5,4%. Trong đó B chiếm 24,6% tổng vốn cấp mới; tiếp đến C 7,5%`.
    """
    between = facts.analysis.text[one.ratio.start + len(one.ratio.text) : two.ratio.start].lower()
    return _WHOLE.search(between) is not None


def _mend_whole(facts: Facts, run: list[_Pair], taken: set[Fraction]) -> Equation | None:
    """Return the finest share of a run with the one earlier figure of which an edit makes all agree."""
    ends = [_span(pair) for pair in run]
    low, high = max(low for low, _ in ends), min(high for _, high in ends)
    if low > high or any(_agrees_elsewhere(facts, pair) for pair in run):
        return None
    finest = min(run, key=lambda pair: pair.ratio.rough_slack / pair.ratio.rough)
    found: list[Equation] = []
    for other in (each for each in run[0].wider if each.value not in taken):
        equation = share_of(finest.part, other, finest.ratio)
        edits = [edit for edit in find_edits(equation) if equation.terms[edit.at][0] == "total"]
        scale = other.rough / float(other.number) if other.number else 0.0
        if any(low <= float(edit.number) * scale <= high for edit in edits):
            found.append(equation)
    if len(found) != 1 or found[0].one("total").value in {each.value for each in find_summed(facts).values()}:
        return None
    equation = found[0]
    linked = _is_named(facts, equation.one("total"), run)
    telling = is_telling(equation, most=_RARELY) or (linked and len(run) > _SEVERAL)
    return equation if telling and not has_other_whole(facts, equation) else None


def _span(pair: _Pair) -> tuple[float, float]:
    """Return between which numbers the whole of a share lies, as rounding or cutting off leaves it."""
    part, ratio = pair.part, pair.ratio
    slack = ratio.rough_slack
    low = 100 * (part.rough - part.rough_slack) / (ratio.rough + 2 * slack)
    return low, 100 * (part.rough + part.rough_slack) / max(ratio.rough - slack, ratio.rough / 2)


def _is_named(facts: Facts, whole: Figure, run: Sequence[_Pair]) -> bool:
    """Return whether the parts are called what the whole counts: `50 đại biểu`, `đại biểu nữ 14 người`."""
    text = facts.analysis.text
    before = [0, *(pair.ratio.start for pair in run)]
    for at, pair in zip(before, run, strict=False):
        sentence = facts.sentence_at(pair.part.start)
        start = max(at, 0 if sentence is None else sentence.start)
        if whole.dimension not in text[start : pair.part.start + len(pair.part.text)].lower():
            return False
    return True
