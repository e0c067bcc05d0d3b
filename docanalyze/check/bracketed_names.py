"""SUM001 of names with their count in a bracket each, which no word lists, to a total told before them.

`Nhiều nhất là dân tộc Dao với 5.793 hộ, tiếp đó dân tộc Tày (5.320 hộ); Mông (3.572 hộ) … và khác (13 hộ)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from docanalyze.check.edits import only_telling
from docanalyze.check.equation import add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.core.figure import Figure, is_alike

_FEWEST, _BACK, _DIGITS = 3, 8, 3
"""So many names make a list, so many sentences back its total may stand, and of so many digits it is."""
_OTHERS = re.compile(r"(?<!\w)(?:khác|còn lại)\s*\((?:có |là |với )?$")
_WITH = re.compile(r"(?<!\w)(?:với|có|là|đạt|gồm)\s*(?:\()?$")
_RARELY = Fraction(1, 5)


def find_bracketed_names(facts: Facts) -> Iterator[Claim]:
    """Yield the sums of such lists; one that fails is told if its last name is what is left over."""
    for figures in facts.by_sentence.values():
        inside = [figure for figure in figures if facts.depths.get(figure.mention) == 1]
        if len(inside) < _FEWEST:
            continue
        parts = _read_parts(facts, figures)
        if len(parts) < _FEWEST:
            continue
        levels = (f for each in facts.sentences_before(parts[0], _BACK) for f in facts.levels_of(each))
        totals = [f for f in levels if f.start < parts[0].start and is_alike(f, parts[0]) and f.exact]
        sums = [add_up(total, parts) for total in totals if total.digits >= _DIGITS]
        fitting = next((each for each in sums if holds(each)), None)
        if fitting is not None:
            yield Claim("SUM001", fitting)
        elif _OTHERS.search(facts.words_before(parts[-1])):
            told = only_telling(sums, most=_RARELY)
            if told is not None:
                yield Claim("SUM001", told, severity="warning", tied=True)


def _read_parts(facts: Facts, figures: Sequence[Figure]) -> list[Figure]:
    """Return the counts in brackets, with one before them in none; none at all if there is anything else."""
    parts: list[Figure] = []
    for figure in figures:
        depth = facts.depths.get(figure.mention, 0)
        if not figure.exact or figure.comparator or (parts and not is_alike(figure, parts[0])):
            return []
        if depth != 1 and (parts or not _WITH.search(facts.words_before(figure))):
            return []
        parts.append(figure)
    return parts
