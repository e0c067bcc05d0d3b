"""REP001 where only the mark differs: `6,480 tỷ đồng`, and `6.480 tỷ đồng` of the same name elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docanalyze.check.equation import equate
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.matches import empty_words, find_matches
from docanalyze.core.figure import Figure
from docanalyze.core.names import fold_words

_GROUPED = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
"""A mark before three digits may part thousands, or decimals."""
_ONE_APART = 1000
_WORDS = 2
_TELLING = 3
_Key = tuple[str, tuple[int, int], str]


def find_moved_separators(facts: Facts) -> Iterator[Claim]:
    """Yield figures of prose that a thousand times or a thousandth of them is printed under like words.

    Same digits in the same unit, a point for a comma: hardly two things. Neither may be printed so twice
    where the other is, too.
    """
    known: dict[_Key, list[Figure]] = {}
    for figure in facts.figures.values():
        if (key := _read_key(figure)) is not None:
            known.setdefault(key, []).append(figure)
    for group in known.values():
        if len({figure.number for figure in group}) != 2:
            continue
        claim = next(
            (each for figure in group if (each := _find_unlike(facts, figure, group)) is not None), None
        )
        if claim is not None:
            yield claim


def _read_key(figure: Figure) -> _Key | None:
    if not (figure.dimension and ("," in figure.text or "." in figure.text) and figure.plain):
        return None
    numeral = figure.numeral
    if not _GROUPED.fullmatch(numeral) or figure.telling < _TELLING:
        return None
    return figure.dimension, figure.factor.as_integer_ratio(), numeral.replace(".", "").replace(",", "")


def _find_unlike(facts: Facts, figure: Figure, group: list[Figure]) -> Claim | None:
    """Return the claim of a figure of prose that is printed once so, and otherwise elsewhere."""
    others = [other for other in group if other.number != figure.number]
    alone = len(others) == len(group) - 1 and facts.mentions[figure.mention].cell is None
    if not alone or max(others[0].number, figure.number) != _ONE_APART * min(others[0].number, figure.number):
        return None
    words = _read_words(facts, figure)
    for other in others:
        if len(words & _read_words(facts, other)) >= _WORDS and not facts.differ_in_scope(figure, other):
            return Claim("REP001", equate(figure, other), severity="warning", tied=True)
    return None


def _read_words(facts: Facts, figure: Figure) -> frozenset[str]:
    owner = facts.by_mention.get(figure.mention)
    if facts.mentions[figure.mention].cell is not None:
        named = f"{owner.name} {owner.column or ''}" if owner is not None else ""
        return fold_words(named) - empty_words(facts)
    near = find_matches(facts).words_of(figure).near - empty_words(facts) - fold_words(figure.text)
    return frozenset(word for word in near if not word[0].isdigit())
