"""What two sentences say of one figure: `98,46 tỷ đồng, tăng 7,07% so với cùng kỳ`, later `tăng 7,70%`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from docanalyze.check.departures import rank_misprint
from docanalyze.check.edits import find_edits
from docanalyze.check.equation import equate
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import agree
from docanalyze.check.matches import count_digits, empty_words, find_matches
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words
from docanalyze.core.relation import Indicator, Severity

_SAID = ("growth", "ratio", "plan-ratio", "plan-growth", "share", "change", "times")
_CERTAIN = 3
"""Figures with so many digits are hardly equal by chance; edits of a lower rank hardly fit by chance."""
_FEW, _MANY = 1, 2
"""So many words in common make equal figures one, the more digits the fewer."""
_TAIL = 60
_ENDS = re.compile(r"[,;:()]|\.\s|\.$|\s(?:và|do|trong đó|nhưng)\s")
_EMPTY = frozenset({"so", "voi", "muc", "uoc", "thuc", "hien", "cua"})
_SAME = "cung"
"""`so với cùng tháng năm trước` is not `so với tháng trước`."""


def find_twin_sayings(facts: Facts) -> Iterator[Claim]:
    """Yield the ratios and changes that two sentences state of one figure, printed in both."""
    by_value: dict[tuple[str, Fraction], list[Figure]] = {}
    for figure in facts.prose():
        if figure.dimension not in ("", "%", "point") and count_digits(figure) >= _CERTAIN:
            indicator = facts.by_mention.get(figure.mention)
            if indicator is not None and indicator.id in facts.said_of:
                by_value.setdefault((figure.dimension, figure.value), []).append(figure)
    for group in by_value.values():
        for one, two in pairwise(group):
            severity: Severity = "warning"
            if not _is_one(facts, one, two):
                if not _may_be_one(facts, one, two):
                    continue
                severity = "info"
            first, second = (_read_sayings(facts, figure) for figure in (one, two))
            for role in first:
                if role in second:
                    yield from _compare(facts, first[role], second[role], severity)


def _is_one(facts: Facts, one: Figure, two: Figure) -> bool:
    """Return whether equal figures of two sentences are one, by the words about them."""
    if facts.mentions[one.mention].sentence == facts.mentions[two.mention].sentence:
        return False
    if facts.differ_in_scope(one, two):
        return False
    first, second = facts.by_mention[one.mention], facts.by_mention[two.mention]
    if second.part_of == first.id or first.part_of == second.id:
        return False  # `tiêu thụ 6,18 triệu tấn, …. Trong đó, trong nước 6,18 triệu tấn`
    words = find_matches(facts).words_of
    common = words(one).near & words(two).near - empty_words(facts) - fold_words(one.text)
    return len(common) >= (_FEW if min(map(count_digits, (one, two))) > _CERTAIN else _MANY)


def _may_be_one(facts: Facts, one: Figure, two: Figure) -> bool:
    """Return whether amounts printed alike, with a fraction, have two words of their names in common.

    `chi đầu tư phát triển 64,5 nghìn tỷ đồng`, `vốn đầu tư từ ngân sách 64,5 nghìn tỷ đồng`.
    """
    if not one.decimals or one.numeral != two.numeral or one.comparator != two.comparator:
        return False
    if facts.mentions[one.mention].sentence == facts.mentions[two.mention].sentence:
        return False
    first, second = facts.by_mention[one.mention], facts.by_mention[two.mention]
    if second.part_of == first.id or first.part_of == second.id or facts.differ_in_scope(one, two):
        return False
    return len(set(first.name.lower().split()) & set(second.name.lower().split())) >= _MANY


def _read_sayings(facts: Facts, figure: Figure) -> dict[tuple[str, str | None], list[Indicator]]:
    """Return what is said of a figure by role and direction, all of it but parts."""
    owner = facts.by_mention.get(figure.mention)
    found: dict[tuple[str, str | None], list[Indicator]] = {}
    for each in facts.said_of.get(owner.id, ()) if owner is not None else ():
        plain = facts.figures[each.mention].number == facts.figures[each.mention].high
        if each.role in _SAID and each.part_of is None and plain:
            found.setdefault((each.role, each.direction), []).append(each)
    return found


def _compare(
    facts: Facts, first: list[Indicator], second: list[Indicator], severity: Severity
) -> Iterator[Claim]:
    """Yield those that are equal; of two that are left alone, that they differ."""
    left = [facts.figures[each.mention] for each in first]
    others = [facts.figures[each.mention] for each in second]
    for one in tuple(left):
        equal = next((two for two in others if is_alike(one, two) and agree(one, two)), None)
        if equal is not None:
            left.remove(one)
            others.remove(equal)
            yield Claim("REP001", equate(one, equal))
    if len(left) != 1 or len(others) != 1 or not is_alike(left[0], others[0]):
        return
    equation = equate(left[0], others[0])
    if not find_edits(equation):
        return
    bases = [_find_base(facts, figure) for figure in (*left, *others)]
    rank = rank_misprint(equation)
    told = all(bases) or (rank is not None and rank < _CERTAIN)
    if (
        told
        and not are_over_others(facts, left[0], others[0])
        and first[0].base_period in (None, second[0].base_period)
    ):
        yield Claim("REP001", equation, severity=severity)


def are_over_others(facts: Facts, one: Figure, two: Figure) -> bool:
    """Return whether ratios are said to be over two things: `dự toán tỉnh giao`, `dự toán huyện giao`."""
    first, second = _find_base(facts, one), _find_base(facts, two)
    if not first or not second:
        return False
    return (_SAME in first) != (_SAME in second) or not (first <= second or second <= first)


def _find_base(facts: Facts, figure: Figure) -> frozenset[str]:
    """Return the words behind a figure to the end of its clause: what it is measured against."""
    end = figure.start + len(figure.text)
    tail = " ".join(facts.analysis.text[end : end + _TAIL].lower().split())
    return fold_words(_ENDS.split(tail, maxsplit=1)[0]) - _EMPTY
