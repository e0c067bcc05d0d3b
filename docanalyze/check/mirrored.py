"""REP001 of figures told again beside others told again: a lead and what it sums up.

`nuôi trồng đạt 3,184 triệu tấn, tăng 2,6%`; below `đưa tổng sản lượng nuôi trồng lên 3,148 triệu tấn, tăng
2,6%`: what stands beside is the same, so is what it stands beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

import msgspec

from docanalyze.check.edits import find_edits
from docanalyze.check.equation import equate
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import agree
from docanalyze.check.matches import empty_words
from docanalyze.check.one_figure import can_be_one
from docanalyze.core.figure import Figure
from docanalyze.core.names import fold_words
from docanalyze.lexicon.opposites import are_opposed, differ_by_mark

_ROLES = ("level", "total", "growth", "share", "ratio", "plan-ratio")
_KINDS = ("digit", "swap", "separator")
_EMPTY = fold_words("tăng giảm trưởng tốc độ mức tổng số lượng ước tính đưa nâng lên và do của")
_COMMON = 2
"""So many words of their names two figures have in common that are one."""
_TELLING, _CERTAIN = 2, 3
"""So many digits tell something, or much."""
_ALIKE = 4
"""More figures of one value are equal by chance."""
_BEFORE, _PARAGRAPH = 2, 8
_TIME = re.compile(r"(?<!\w)(?:(?:tháng|quý) (?:\d{1,2}|i{1,3}|iv)|\d{1,2} tháng)(?!\w)")
_NEAR = 6
"""So many sentences from a figure told again another one may be told again."""


class Twin(msgspec.Struct, frozen=True):
    """A figure that is told twice, with the numbers of the two sentences."""

    first: Figure
    second: Figure
    places: tuple[int, int]


def find_mirrored(facts: Facts) -> Iterator[Claim]:
    """Yield figures of one name beside two others of which each is told again, that a misprint tells apart.

    A level and what is said of it need no third.
    """
    twins = _find_twins(facts)
    tried: set[tuple[str, str]] = set()
    for twin in twins:
        firsts, seconds = (_list_near(facts, place) for place in twin.places)
        for one in firsts:
            for two in seconds:
                pair = (one.mention, two.mention)
                if pair in tried or one.start >= two.start or agree(one, two):
                    continue
                if one.dimension != two.dimension or facts.role_of(one) != facts.role_of(two):
                    continue
                if not _are_near(one, two) or not _bear_one_name(facts, one, two):
                    continue
                tried.add(pair)
                if (
                    _is_misprint(one, two)
                    and _is_borne_out(facts, one, two, twins)
                    and can_be_one(facts, one, two)
                ):
                    yield Claim("REP001", equate(one, two), severity="warning", tied=True)


def _find_twins(facts: Facts) -> list[Twin]:
    """Return the figures that two sentences print alike under one name."""
    places = {sentence.id: at for at, sentence in enumerate(facts.sentences)}
    by_value: dict[tuple[str, str, object, int], list[Figure]] = {}
    for figure in facts.prose():
        role = facts.role_of(figure)
        if role in _ROLES and figure.dimension and figure.digits >= _TELLING:
            key = (figure.dimension, role or "", figure.value, figure.sign)
            by_value.setdefault(key, []).append(figure)
    twins: list[Twin] = []
    for group in by_value.values():
        if not 1 < len(group) <= _ALIKE:
            continue
        for one, two in combinations(group, 2):
            first, second = (
                places.get(facts.mentions[each.mention].sentence or "", -1) for each in (one, two)
            )
            if first != second and min(first, second) >= 0 and _bear_one_name(facts, one, two):
                twins.append(Twin(one, two, (first, second)))
    return twins


def _list_near(facts: Facts, place: int) -> list[Figure]:
    """Return the figures of a sentence and of those about it that no other repeats."""
    return [
        figure for sentence in facts.sentences[max(0, place - 1) : place + 2]
        for figure in facts.by_sentence.get(sentence.id, ())
        if figure.plain and figure.dimension and facts.role_of(figure) in _ROLES
        and figure.digits >= _TELLING
    ]  # fmt: skip


def _are_of_times(facts: Facts, one: Figure, two: Figure) -> bool:
    """Return whether the paragraphs of figures name quarters or months before them that differ."""
    times = [_read_times(facts, figure) for figure in (one, two)]
    return all(times) and times[0].isdisjoint(times[1])


def _read_times(facts: Facts, figure: Figure) -> frozenset[str]:
    first = facts.sentence_of(facts.paragraph_before(figure, _PARAGRAPH)[-1])
    start = figure.start if first is None else first.start
    text = " ".join(facts.analysis.text[start : figure.start].lower().split())
    return frozenset(found.group() for found in _TIME.finditer(text))


def _are_near(one: Figure, two: Figure) -> bool:
    """Return whether all digits of two figures but one are the same, in any order: a first look."""
    digits, others = (figure.numeral.replace(".", "").replace(",", "") for figure in (one, two))
    return abs(len(digits) - len(others)) < 2 and _count_apart(digits, others) <= 2


def _count_apart(one: str, two: str) -> int:
    return sum(abs(one.count(digit) - two.count(digit)) for digit in "0123456789")


def _is_misprint(one: Figure, two: Figure) -> bool:
    """Return whether figures with equally many decimals differ by one digit, or two swapped."""
    if one.factor != two.factor or one.sign != two.sign:
        return False
    edits = find_edits(equate(one, two))
    if one.decimals == two.decimals and len(one.numeral) == len(two.numeral):
        return any(edit.kind in _KINDS for edit in edits)
    return min(one.digits, two.digits) > _CERTAIN and any(edit.kind == "separator" for edit in edits)


def _bear_one_name(facts: Facts, one: Figure, two: Figure) -> bool:
    """Return whether one of two names holds the other, and no word of them is the other's opposite."""
    names = [_read_name(facts, figure) for figure in (one, two)]
    least = min(names, key=len)
    if len(least) < _COMMON or not (names[0] <= names[1] or names[1] <= names[0]):
        return False
    more = names[0] ^ names[1]
    if more and not more <= _read_context(facts, one if names[0] < names[1] else two):
        return False  # `thịt lợn của các trang trại`: of a part
    if are_opposed(names[0], names[1], facts.lexicon) or differ_by_mark(names[0], names[1], facts.lexicon):
        return False
    first, second = (facts.by_mention[figure.mention] for figure in (one, two))
    return second.part_of != first.id and first.part_of != second.id


def _read_context(facts: Facts, figure: Figure) -> frozenset[str]:
    """Return the words of a figure's sentence and of those before it, which its name may leave out."""
    names = facts.sentences_before(figure, _BEFORE)
    first, last = facts.sentence_of(names[-1]), facts.sentence_of(names[0])
    return (
        frozenset()
        if first is None or last is None
        else fold_words(facts.analysis.text[first.start : last.end])
    )


def _read_name(facts: Facts, figure: Figure) -> frozenset[str]:
    known: dict[str, frozenset[str]] = facts.memo.setdefault("mirrored names", {})
    name = known.get(figure.mention)
    if name is None:
        owner = facts.by_mention[figure.mention]
        words = fold_words(owner.name) - empty_words(facts) - _EMPTY
        name = known[figure.mention] = frozenset(word for word in words if not word[0].isdigit())
    return name


def _is_borne_out(facts: Facts, one: Figure, two: Figure, twins: list[Twin]) -> bool:
    """Return whether what stands beside two figures is told again, too."""
    places = [facts.mentions[figure.mention].sentence for figure in (one, two)]
    at = [next(i for i, each in enumerate(facts.sentences) if each.id == name) for name in places]
    role, values = facts.role_of(one), set()
    for twin in twins:
        if {twin.first.mention, twin.second.mention} & {one.mention, two.mention}:
            return False  # it is told again elsewhere just so
        apart = [abs(place - own) for place, own in zip(twin.places, at, strict=True)]
        if apart == [0, 0] and _are_tied(facts, one, twin.first) and _are_tied(facts, two, twin.second):
            if one.digits >= _CERTAIN or role not in ("level", "total", "growth"):
                return True
            values.add(twin.first.value)
        elif apart[0] <= 1 and apart[1] <= _NEAR and facts.role_of(twin.first) == role:
            values.add(twin.first.value)
    return len(values) > 1


def _are_tied(facts: Facts, one: Figure, two: Figure) -> bool:
    """Return whether one of two figures is said of the other."""
    first, second = (facts.by_mention[figure.mention] for figure in (one, two))
    return first.of == second.id or second.of == first.id
