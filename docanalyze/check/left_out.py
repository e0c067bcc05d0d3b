"""SUM004 where words say what is left out: `không kể tiền sử dụng đất thì thu được 11.340 triệu đồng`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, pairwise

from docanalyze.check.edits import has_edit, only_telling
from docanalyze.check.equation import Equation, add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.matches import empty_words
from docanalyze.check.period_parts import find_levels_in
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words

_EXCEPT = (
    r"(?:(?:không|chưa) (?:kể|tính|tính cả|bao gồm|gồm)|(?:loại|ngoại) trừ|sau khi trừ|nếu trừ|trừ đi)"
    r"(?: (?:phần|khoản|cả|các khoản))?"
)
_LEFT_OUT = (
    *(f"{no} {held}" for no in ("không", "chưa") for held in ("kể", "tính", "bao gồm", "gồm")), "trừ",
)  # fmt: skip
"""One of these stands in all that says so."""
_BEFORE = re.compile(rf"(?<!\w){_EXCEPT} (?P<what>[^,;:()\d]+?)(?:,| thì| còn| chỉ)[^;:()]*$")
_BEHIND = re.compile(rf"\s*\(?\s*{_EXCEPT} (?P<what>[^,;.:()\d]+)", re.IGNORECASE)
_BACK, _AHEAD = 4, 1
"""How many sentences before and after a figure may hold what it leaves out, and the whole."""
_MOST = 24
_SELDOM = Fraction(1, 20)


def find_left_out(facts: Facts) -> Iterator[Claim]:
    """Yield figures that leave something out, with that and with the whole.

    Only what fits is a relation; of others only the one that a misprint explains, and hardly by chance.
    """
    yield from _find_bracketed(facts)
    said = facts.behind(*_LEFT_OUT)
    if not said and not any(words in facts.lowered for words in _LEFT_OUT):
        return
    for name in facts.by_sentence:
        for figure in facts.levels_of(name):
            if figure.dimension in ("", "%", "point"):
                continue
            what = _read_left_out(facts, figure, before=figure.mention in said)
            if not what:
                continue
            near = [
                other
                for place in (*facts.paragraph_after(figure, _AHEAD), *facts.sentences_before(figure, _BACK))
                for other in facts.levels_of(place)
                if other.mention != figure.mention and is_alike(other, figure)
            ]
            parts = [other for other in near if what <= fold_words(facts.clause_before(other))]
            period = facts.by_mention[figure.mention].period
            parts = parts or find_levels_in(facts, period, figure, what.__eq__)
            equations = list(islice(_add_up(figure, parts, near), _MOST))
            fitting = next((each for each in equations if holds(each)), None)
            told = fitting or (only_telling(equations, most=_SELDOM) if equations else None)
            if told is not None:
                yield Claim("SUM004", told, severity="warning", tied=True)


_NAMED_BEFORE = re.compile(rf"(?<!\w){_EXCEPT} [^,;:()\d]+\($")
_THEN = re.compile(r"\)\s*(?:,\s*|thì )")
_REACHED = fold_words("thực hiện đạt được ước là còn chỉ")
_HUNDRED = 100


def _find_bracketed(facts: Facts) -> Iterator[Claim]:
    """Yield what is left without what a bracket tells: `Không tính thu tiền đất (3.214) thì thu … 8.117`."""
    told = facts.behind(*_LEFT_OUT)
    for figures in facts.by_sentence.values() if told else ():
        for part, rest in pairwise(figures):
            if part.mention not in told or not _NAMED_BEFORE.search(facts.words_before(part)):
                continue
            then = _THEN.match(facts.words_before(rest))
            if not then or not is_alike(part, rest) or facts.role_of(rest) != "level":
                continue
            name = fold_words(facts.words_before(rest)[then.end() :]) - empty_words(facts) - _REACHED
            wholes = [
                each for place in facts.sentences_before(part, _BACK)[1:] for each in facts.levels_of(place)
                if is_alike(each, rest) and name and name <= fold_words(facts.clause_before(each))
                and each.value > max(part.value, rest.value)
            ]  # fmt: skip
            if len({each.value for each in wholes}) != 1:
                continue
            equation = add_up(wholes[0], (part, rest))
            missed = abs(wholes[0].value - part.value - rest.value)
            if holds(equation) or has_edit(equation) or missed * _HUNDRED < wholes[0].value:
                yield Claim("SUM004", equation, severity="warning", tied=True)


def _read_left_out(facts: Facts, figure: Figure, *, before: bool) -> frozenset[str]:
    """Return the words that say what a figure leaves out, behind or `before` it; none if nothing."""
    found = _BEFORE.search(facts.words_before(figure)) if before else None
    found = found or _BEHIND.match(facts.analysis.text, figure.start + len(figure.text))
    return fold_words(found["what"]) - empty_words(facts) if found else frozenset()


def _add_up(figure: Figure, parts: list[Figure], wholes: list[Figure]) -> Iterator[Equation]:
    for part in parts:
        for whole in wholes:
            if whole.mention != part.mention and whole.value > part.value and 2 * whole.value > figure.value:
                yield add_up(whole, (part, figure))
