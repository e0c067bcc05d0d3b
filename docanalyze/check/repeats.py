"""The same figure twice, in prose or in a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

import msgspec

from docanalyze.check.departures import find_departures, is_misprint, rank_misprint
from docanalyze.check.echoed_rows import find_echoed_rows
from docanalyze.check.equation import equate
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.fractions_again import find_fractions_again
from docanalyze.check.growth_again import find_growths_again
from docanalyze.check.headlines import find_headlines
from docanalyze.check.hedged_again import find_hedged_again
from docanalyze.check.in_words import find_in_words
from docanalyze.check.index_cells import find_index_cells
from docanalyze.check.judge import agree, holds
from docanalyze.check.matches import count_digits, empty_words, find_matches
from docanalyze.check.mirrored import find_mirrored
from docanalyze.check.one_figure import can_be_one
from docanalyze.check.separators import find_moved_separators
from docanalyze.check.told_again import find_told_again
from docanalyze.check.twin_sayings import find_twin_sayings
from docanalyze.check.year_rests import find_plans_again, find_year_plans
from docanalyze.core.figure import Figure
from docanalyze.core.names import fold_words, likeness
from docanalyze.core.relation import Indicator
from docanalyze.lexicon.opposites import are_opposed, differ_by_mark

_LIKENESS = 0.6
_ALIKE = 0.8
"""The least share of words in common about two figures that are one, of the shorter."""
_WORDS = 4
_RARE = 3
_LATEST = 20
_CERTAIN, _TELLING = 3, 4
_AHEAD = 3
"""How many later figures of a name one is held against: an indicator recurs in every chapter."""


def find_repeats(facts: Facts) -> Iterator[Claim]:
    """Yield figures of prose that a table prints too.

    What: a figure of the text equals the cell of the row with its name, in the same unit; `tăng 8,15%` an
        index of 108,15.
    Why: text and table are edited by different hands; one of them was not brought up to date.
    Tolerance: the coarser figure must contain the finer one. Where no cell of the row agrees, only one that
    a small misprint would make agree is told.
    Example: `giá trị sản xuất 4.245,23 tỷ đồng` in the text, `4.245,23` in the row `Giá trị sản xuất`.
    """
    matches = find_matches(facts)
    if not matches.spots:
        return
    for figure in facts.prose():
        spot = matches.found.get(figure.mention)
        if spot is not None:
            yield Claim("REP002", equate(figure, spot.figure))
    yield from find_departures(facts, matches)
    yield from find_index_cells(facts, matches)


def find_restatements(facts: Facts) -> Iterator[Claim]:
    """Yield figures of prose printed again under the same name.

    What: two figures with the same name and unit in different sentences are equal, and so is what is said of
    one figure twice: its growth, its share, how much of its plan it is; so is an amount in words in the
    bracket behind the digits.
    Why: the summary repeats what the body says; one of them was changed.
    Tolerance: the coarser figure must contain the finer one; unequal ones are told only if a small misprint
    would make them equal (they may be of two periods).
    Example: `thu ngân sách 98,46 tỷ đồng` in the body and again in the conclusion.
    """
    yield from _find_equal(facts)
    yield from _find_alike(facts)
    yield from find_twin_sayings(facts)
    yield from find_told_again(facts)
    yield from find_growths_again(facts)
    yield from find_echoed_rows(facts)
    yield from find_headlines(facts)
    yield from find_hedged_again(facts)
    yield from find_mirrored(facts)
    yield from find_fractions_again(facts)
    yield from find_moved_separators(facts)
    yield from find_in_words(facts)
    yield from find_year_plans(facts)
    yield from find_plans_again(facts)
    doings = facts.lexicon["cues"]["dealt-with"]["words"]  # `giải ngân 21,5 tỷ đồng`: of what, stands before
    by_key: dict[tuple[str, str], list[tuple[Figure, Indicator]]] = {}
    for figure in facts.prose():
        indicator = facts.by_mention.get(figure.mention)
        if indicator is not None and len(fold_words(indicator.name)) >= 2:
            key = (indicator.key, indicator.role or "")
            by_key.setdefault(key, []).append((figure, indicator))
    for group in by_key.values():
        is_doing = group[0][1].name in doings
        for at, (one, _) in enumerate(group):
            for two, _ in group[at + 1 : at + 1 + _AHEAD]:
                if facts.mentions[one.mention].sentence == facts.mentions[two.mention].sentence:
                    continue
                if _are_neighbours(one, two):
                    continue
                equation = equate(one, two)
                if agree(one, two):
                    yield Claim("REP001", equation)
                    break
                if not is_doing and is_misprint(equation) and can_be_one(facts, one, two):
                    yield Claim("REP001", equation, severity="warning")


def _are_neighbours(one: Figure, two: Figure) -> bool:
    """Return whether short figures of one precision differ in their last digit: `0,2%` and `0,1%`."""
    short = max(figure.digits for figure in (one, two)) <= 2
    alike = one.decimals == two.decimals and one.factor == two.factor
    return short and alike and one.number != two.number and not (one.comparator or two.comparator)


def _find_alike(facts: Facts) -> Iterator[Claim]:
    """Yield figures about which the same words stand, equal or but for a misprint.

    A misprinted one is an error if its like is printed twice and more.
    """
    texts = [text for figure in facts.prose() if (text := _read_saying(facts, figure)) is not None]
    total = Counter(word for text in texts for word in text.words)
    ordered = sorted(total, key=lambda word: (total[word], word))
    places = {word: place for place, word in enumerate(ordered)}
    by_word: dict[tuple[str, str, str], list[_Saying]] = {}
    told: set[str] = set()
    for text in texts:
        # what stands about one figure alone is about no other
        rare = [word for word in sorted(text.words, key=places.__getitem__)[:_RARE] if total[word] > 1]
        rare.append("".join(sorted(text.figure.numeral)))  # digits that may be swapped
        others = [by_word.setdefault((text.figure.dimension, text.role, word), []) for word in rare]
        near = {id(other): other for known in others for other in known[-_LATEST:]}
        for known in others:
            known.append(text)
        equations = []
        for other in reversed(near.values()):
            if _say_alike(facts, text, other):
                equations.append(equate(other.figure, text.figure))
                if holds(equations[-1]):
                    break
        if equations and holds(equations[-1]):
            yield Claim("REP001", equations[-1])
            continue
        for equation in equations:
            one, two = (figure for _, figure in equation.terms)
            rank = rank_misprint(equation)
            least = min(map(count_digits, (one, two)))
            if rank is None or rank >= _CERTAIN or least < (_TELLING if rank else _CERTAIN):
                continue
            if not told & {one.mention, two.mention} and can_be_one(facts, one, two):
                told |= {one.mention, two.mention}
                often = any(facts.printed[f.dimension, f.number * 1] > 1 for f in (one, two))
                yield Claim("REP001", equation, severity=None if often else "warning")
                break


class _Saying(msgspec.Struct, frozen=True):
    """A figure with the words about it."""

    figure: Figure
    sentence: str | None
    role: str
    words: frozenset[str]


def _read_saying(facts: Facts, figure: Figure) -> _Saying | None:
    indicator = facts.by_mention.get(figure.mention)
    if indicator is None or indicator.role in (None, "duration") or not figure.dimension:
        return None
    if figure.number != figure.high or figure.comparator or figure.telling < _CERTAIN:
        return None
    near = find_matches(facts).words_of(figure).near.difference(empty_words(facts), fold_words(figure.text))
    words = frozenset([word for word in near if not word[0].isdigit()])
    if len(words) < _WORDS:
        return None
    return _Saying(figure, facts.mentions[figure.mention].sentence, indicator.role or "", words)


def _say_alike(facts: Facts, one: _Saying, two: _Saying) -> bool:
    if one.sentence == two.sentence:
        return False
    common = len(one.words & two.words)
    swapped = one.figure.number != two.figure.number and sorted(one.figure.numeral) == sorted(
        two.figure.numeral
    )
    telling = swapped and one.figure.telling >= _TELLING
    least = _LIKENESS if telling else _ALIKE
    if common < _WORDS - telling or common < least * min(len(one.words), len(two.words)):
        return False
    return not are_opposed(one.words, two.words, facts.lexicon) and not differ_by_mark(
        one.words, two.words, facts.lexicon
    )


def _find_equal(facts: Facts) -> Iterator[Claim]:
    """Yield equal figures of like names in different sentences; small whole numbers are equal by chance."""
    by_value: dict[tuple[str, str, Decimal, Decimal], list[Figure]] = {}
    for figure in facts.prose():
        indicator = facts.by_mention.get(figure.mention)
        digits = figure.digits
        if indicator is None or not indicator.name or (digits < 3 and not figure.decimals):
            continue
        key = (figure.dimension, indicator.role or "", figure.number * 1, figure.high)
        by_value.setdefault(key, []).append(figure)
    for group in by_value.values():
        for one, two in pairwise(group):
            if facts.mentions[one.mention].sentence == facts.mentions[two.mention].sentence:
                continue
            names = [fold_words(facts.by_mention[figure.mention].name) for figure in (one, two)]
            if likeness(*names) >= _LIKENESS and agree(one, two):
                yield Claim("REP001", equate(one, two))
