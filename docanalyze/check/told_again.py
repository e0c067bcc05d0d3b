"""REP001 where a report seems to tell one thing twice, and otherwise: a total with its parts, a note."""

from __future__ import annotations

from collections.abc import Iterator

from docanalyze.check.departures import is_misprint
from docanalyze.check.edits import has_edit
from docanalyze.check.equation import equate
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import agree
from docanalyze.check.list_ends import list_families
from docanalyze.check.matches import count_digits, empty_words
from docanalyze.check.note_sums import find_marked
from docanalyze.check.one_figure import can_be_one
from docanalyze.check.said import read_sentence_before
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words, likeness
from docanalyze.core.relation import Severity

Parts = dict[frozenset[str], Figure]
_FEWEST = 2
_LIKENESS = 0.6
_PACE = ("tốc độ", "tăng trưởng")
_CERTAIN = 3
"""A total printed twice with so many digits is hardly equal by chance."""


def find_told_again(facts: Facts) -> Iterator[Claim]:
    """Yield parts of a total that is told again with the same parts; growths that a note tells anew."""
    yield from _find_families(facts)
    yield from _find_in_notes(facts)


def _find_families(facts: Facts) -> Iterator[Claim]:
    """Yield the parts, of equal names, of totals in two sentences that may be one.

    `lương thực 39 triệu tấn, trong đó lúa 35,4, ngô 3,6`; later `lương thực 38,6 triệu tấn (lúa 35,2; ngô
    3,4)`: the totals agree by their rounding, the parts do not.
    """
    alike: dict[tuple[str, frozenset[str]], list[tuple[Figure, Parts]]] = {}
    for total, parts in _name_families(facts):
        seen: set[str] = set()
        for name in parts:
            for other, others in reversed(alike.get((total.dimension, name), ())):
                if other.mention not in seen and len(parts.keys() & others.keys()) >= _FEWEST:
                    seen.add(other.mention)
                    yield from _compare(facts, (other, others), (total, parts))
        for name in parts:
            alike.setdefault((total.dimension, name), []).append((total, parts))


def _name_families(facts: Facts) -> Iterator[tuple[Figure, Parts]]:
    """Yield the totals of prose with two parts and more, these by the words of their names."""
    for total, listed in list_families(facts):
        parts: Parts = {}
        for part in listed:
            name = fold_words(facts.by_mention[part.mention].name) - empty_words(facts)
            if name and facts.mentions[part.mention].cell is None:
                parts.setdefault(name, part)
        if len(parts) >= _FEWEST and all(is_alike(part, total) for part in parts.values()):
            yield total, parts


def _compare(facts: Facts, first: tuple[Figure, Parts], second: tuple[Figure, Parts]) -> Iterator[Claim]:
    """Yield the parts that two tellings of a total have in common, where they can be of one."""
    (one, parts), (two, others) = first, second
    if facts.mentions[one.mention].sentence == facts.mentions[two.mention].sentence:
        return
    names = [fold_words(facts.by_mention[figure.mention].name) for figure in (one, two)]
    equal = agree(one, two)
    if likeness(*names) < _LIKENESS or not (equal or is_misprint(equate(one, two))):
        return
    if facts.differ_in_scope(one, two) or facts.spans_period_of(one, two):
        return
    exact = one.number == two.number and one.factor == two.factor and count_digits(one) >= _CERTAIN
    for name in sorted(parts.keys() & others.keys(), key=lambda each: parts[each].start):
        equation = equate(parts[name], others[name])
        if agree(parts[name], others[name]):
            yield Claim("REP001", equation)
        elif has_edit(equation):
            sure = exact and can_be_one(facts, parts[name], others[name])
            severity: Severity = "warning" if sure else "info"
            yield Claim("REP001", equation, severity=severity, tied=True)


def _find_in_notes(facts: Facts) -> Iterator[Claim]:
    """Yield growths with what the note at them says of the same: `tăng thêm 10,6%²`, below `tăng 10,7%`."""
    for figure, sentences in find_marked(facts):
        owner = facts.by_mention.get(figure.mention)
        pace = owner is not None and (owner.role == "growth" or owner.name.startswith(_PACE))
        if owner is None or not pace or figure.dimension != "%" or figure.comparator:
            continue
        said = fold_words(read_sentence_before(facts, figure))
        told = [
            other for name in sentences for other in facts.by_sentence.get(name, ())
            if is_alike(other, figure) and not other.comparator
            and facts.by_mention[other.mention].role == "growth"
        ]  # fmt: skip
        names = [fold_words(facts.by_mention[other.mention].name) - empty_words(facts) for other in told]
        same = [other for other, name in zip(told, names, strict=True) if name and name <= said]
        if len(same) != 1 or any(agree(figure, other) for other in told):
            continue
        equation = equate(figure, same[0])
        if has_edit(equation) and not facts.differ_in_scope(figure, same[0]):
            yield Claim("REP001", equation, severity="info", tied=True)
