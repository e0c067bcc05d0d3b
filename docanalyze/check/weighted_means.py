"""MIX001 where the parts of a total weigh an average: `31.250 ha, A 12.480 ha, B 18.770 ha. Năng suất …`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation, add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.spread_pairs import read_rate
from docanalyze.core.figure import Figure

_BACK = 3
"""So many sentences before an average may print what weighs its parts."""
_FEWEST, _MOST = 3, 8
_APART = Fraction(1, 50)
"""Means of what was harvested are not quite those of what was sown; so much is no such thing."""
_BEHIND = 60
_WORD = re.compile(r"[^\W\d_]+")
_MARK = re.compile(r"[,;]|\.\s|\n|(?<!\w)(?:và|tăng|giảm|bằng|so)(?!\w)")


def find_weighted_means(facts: Facts) -> Iterator[Claim]:
    """Yield averages with those of all parts, where a total and its parts of the same names stand before."""
    told = facts.sentences_behind("năng suất", "bình quân", "trung bình", "tỷ lệ", "tỉ lệ")
    for figures in told.values():
        first = next((f for f in figures if _is_mean(facts, f)), None)
        if first is None:
            continue
        means = [
            figure for figure in figures
            if figure.dimension == first.dimension and facts.role_of(figure) == facts.role_of(first)
        ]  # fmt: skip
        if not _FEWEST <= len(means) <= _MOST or not all(figure.plain for figure in means):
            continue
        for place in facts.sentences_before(first, _BACK)[1:]:
            parts = _find_parts(facts, means, place)
            if parts:
                terms = [("ratio", means[0])]
                for part, ratio in zip(parts, means[1:], strict=True):
                    terms += [("part", part), ("part-ratio", ratio)]
                yield from _claim(Equation("mean", tuple(terms)))
                break


def _is_mean(facts: Facts, figure: Figure) -> bool:
    """Return whether a figure is an average or a rate of a whole."""
    if "/" in figure.dimension and not figure.dimension.partition("/")[0].isupper():
        return facts.role_of(figure) == "level"
    return figure.dimension == "%" and facts.role_of(figure) in ("share", "level")


def _find_parts(facts: Facts, means: list[Figure], place: str) -> list[Figure]:
    """Return what weighs each mean but the first: the parts that a total is the sum of, by their names."""
    levels = [figure for figure in facts.levels_of(place) if facts.role_of(figure) in ("level", "total")]
    rate = read_rate(facts, means[0])

    def fits(total: Figure) -> bool:
        return rate is None or rate.per == total.dimension

    for at, total in enumerate(levels):
        parts = [f for f in levels[at + 1 :] if f.dimension == total.dimension]
        if total.dimension in ("%", "") or len(parts) != len(means) - 1 or not fits(total):
            continue
        if not all(part.plain for part in parts) or not holds(add_up(total, parts)):
            continue
        names, said = ([_name(facts, each) for each in row] for row in (parts, means[1:]))
        if all(map(_are_one, names, said)) and not any(
            _are_one(name, other) for one, name in enumerate(names) for two, other in enumerate(said)
            if one != two
        ):  # fmt: skip
            return parts
    return []


def _are_one(name: frozenset[str], other: frozenset[str]) -> bool:
    return bool(name and other) and (name <= other or other <= name)


def _name(facts: Facts, figure: Figure) -> frozenset[str]:
    """Return the words for a part: those right behind its figure, or else those of its clause."""
    end = figure.start + len(figure.text)
    behind = _MARK.split(facts.analysis.text[end : end + _BEHIND].lower(), maxsplit=1)[0]
    empty = frozenset(part for word in facts.lexicon["cues"]["lead"]["words"] for part in word.split())
    behind_it, before_it = (
        frozenset(_WORD.findall(words)) - empty for words in (behind, facts.clause_before(figure))
    )
    return behind_it or before_it


def _claim(equation: Equation) -> Iterator[Claim]:
    sides = equation.sides()
    if sides is None:
        return
    if holds(equation):
        yield Claim("MIX001", equation)
        return
    printed, expected = sides.printed.middle(), sides.expected.middle()
    whole, parts = equation.one("ratio"), equation.all("part-ratio")
    apart = abs(printed - expected) > max(printed, expected) * _APART
    if whole.dimension == "%":  # of what they are rates no unit says: `tỷ lệ hộ nghèo` of persons
        terms = (("total", whole), *(("part", part) for part in parts))
        apart = not holds(Equation("between", terms))
    if apart and has_edit(equation):
        yield Claim("MIX001", equation, severity="warning", tied=True)
