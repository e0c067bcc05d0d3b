"""AVG001 where area, yield and output of a crop stand in sentences of their own.

`Diện tích lúa mùa đạt 52.460 ha …. Năng suất lúa mùa 66,4 tạ/ha …. Sản lượng lúa mùa 348.334 tấn`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.round_figures import find_rough
from docanalyze.check.spread_pairs import Rate, name_goods, names_place, read_rate
from docanalyze.core.figure import Figure
from docanalyze.lexicon.cues import cue_pattern

_BACK, _ON = 3, 3
"""So many sentences before a yield may print the area or the output, and so many behind it."""
_LESS, _MORE = Fraction(98, 100), Fraction(108, 100)
"""Outputs are of what was harvested, which may be less than what was sown: the yield looks higher then."""
_SOWN = re.compile(r"(?<!\w)(?:diện tích|gieo|thu hoạch|xuống giống)")
_MARK = re.compile(r"[,;:()\d]|\.\s|\n|(?<!\w)(?:tăng|giảm|bằng|đạt|so|với|và|trong)(?!\w)")
_TAIL = 40
_OUTPUT = re.compile(r"(?<!\w)sản lượng")


def find_far_yields(facts: Facts) -> Iterator[Claim]:
    """Yield yields with the area and the output of the same crop in the sentences around."""
    annual = cue_pattern(facts.lexicon, "annual-crop")
    for name, figures in facts.sentences_behind("năng suất").items():
        for figure in figures:
            said = facts.clause_before(figure)
            if "/" not in figure.dimension or "năng suất" not in said or facts.role_of(figure) != "level":
                continue
            rate = read_rate(facts, figure)
            crop = _name_crop(facts, figure)
            if rate is None or rate.head.isupper() or not crop:
                continue
            for equation in _list_equations(facts, rate, crop, name):
                if holds(equation):
                    yield Claim("AVG001", equation)
                elif annual.search(said) and _is_told(equation):
                    yield Claim("AVG001", equation, severity="warning", tied=True)


def _list_equations(facts: Facts, rate: Rate, crop: frozenset[str], name: str) -> Iterator[Equation]:
    """Yield the equation of a yield with the one area and the one output that are named for its crop."""
    figure = rate.figure
    names = [*facts.sentences_before(figure, _BACK), *_list_behind(facts, name)]
    title = facts.title_at(figure.start)
    sides: dict[str, list[Figure]] = {rate.head: [], rate.per: []}
    for place in names:
        for level in facts.levels_of(place):
            same = level.dimension in sides and facts.title_at(level.start) == title
            plain = facts.role_of(level) in ("level", "total")
            if same and plain and _name_crop(facts, level) == crop:
                sides[level.dimension].append(level)
    totals = [each for each in sides[rate.head] if _OUTPUT.search(facts.clause_before(each))]
    bases = [each for each in sides[rate.per] if _SOWN.search(facts.clause_before(each))]
    if len({each.value for each in totals}) == len({each.value for each in bases}) == 1:
        yield rate.spread(totals[0], bases[0])


def _list_behind(facts: Facts, name: str) -> list[str]:
    sentences = facts.sentences
    at = next(place for place, sentence in enumerate(sentences) if sentence.id == name)
    return [sentence.id for sentence in sentences[at + 1 : at + 1 + _ON]]


def _name_crop(facts: Facts, figure: Figure) -> frozenset[str]:
    """Return the words for the crop around a figure in its clause; none where that names a place."""
    sentence, text = facts.sentence_at(figure.start), facts.analysis.text
    printed = "" if sentence is None else text[sentence.start : figure.start]
    if names_place(printed):
        return frozenset()
    end = figure.start + len(figure.text)
    behind = _MARK.split(text[end : end + _TAIL].lower(), maxsplit=1)[0]
    words = f"{facts.clause_before(figure)} {behind}".replace("thóc", "lúa")
    return name_goods(facts, words, "")


def _is_told(equation: Equation) -> bool:
    """Return whether a misprint explains what the area harvested does not."""
    sides = equation.sides()
    if sides is None or not all(figure.plain for _, figure in equation.terms):
        return False
    printed, expected = sides.printed.middle(), sides.expected.middle()
    if expected * _LESS < printed < expected * _MORE:
        return False
    return find_rough(equation) is None and has_edit(equation)
