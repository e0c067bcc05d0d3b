"""AVG001 where a ratio names both its figures: `hệ số nợ phải trả trên vốn chủ sở hữu là 1,29 lần`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation, share_of
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words

_NAMED = re.compile(
    r"(?:hệ số|tỷ lệ|tỷ số|tỉ lệ|tỷ suất) (?:(?P<above>[^,;:()\d]{3,40}?)\s?)??(?:trên|/|so với)\s?"
    r"(?P<below>[^,;:()\d]{3,40}?)(?: (?:là|đạt|ở mức|mức|bằng|khoảng|còn|đang|hiện))*$"
)
_AHEAD = 3
_MEAN = Fraction(1, 4)
_BACK = 8
"""How many sentences back the figures of a ratio may stand."""


def find_named_ratios(facts: Facts) -> Iterator[Claim]:
    """Yield ratios with the one level of each of the two names that they give."""
    for ratio in facts.prose():
        if ratio.dimension not in ("lần", "%") or facts.role_of(ratio) not in ("level", "share"):
            continue
        found = _NAMED.search(facts.words_before(ratio))
        if found is None:
            continue
        named = found["above"]
        above = _find_level(facts, ratio, fold_words(named)) if named else _find_own(facts, ratio)
        below = _find_level(facts, ratio, fold_words(found["below"]))
        below = below or _find_behind(facts, ratio, fold_words(found["below"]))
        if above is None or below is None or above is below or not is_alike(above, below):
            continue
        equation = share_of(above, below, ratio)
        if ratio.dimension == "lần":
            equation = Equation("quotient", (("total", above), ("base", below), ("result", ratio)))
        if holds(equation) or (has_edit(equation) and not _is_of_mean(found[0], equation)):
            yield Claim("AVG001", equation, severity="warning", tied=True)


def _is_of_mean(words: str, equation: Equation) -> bool:
    """Return whether a return on capital may be on its mean over the year: not far from that on its end."""
    sides = equation.sides()
    if not words.startswith("tỷ suất") or sides is None:
        return False
    printed, expected = sides.printed.middle(), sides.expected.middle()
    return abs(printed - expected) < max(printed, expected) * _MEAN


def _find_own(facts: Facts, ratio: Figure) -> Figure | None:
    """Return the level right before a ratio: `lợi nhuận sau thuế 46,1 tỷ đồng, tỷ suất trên vốn chủ`."""
    inside = facts.by_sentence[facts.mentions[ratio.mention].sentence or ""]
    before = [figure for figure in inside if figure.start < ratio.start]
    return before[-1] if before and facts.role_of(before[-1]) == "level" else None


def _find_behind(facts: Facts, ratio: Figure, words: frozenset[str]) -> Figure | None:
    """Return the one level of the next sentences that bears just a name."""
    place = facts.mentions[ratio.mention].sentence or ""
    names = list(facts.by_sentence)
    at = names.index(place)
    named = [
        figure for name in names[at + 1 : at + 1 + _AHEAD] for figure in facts.levels_of(name)
        if facts.role_of(figure) == "level" and fold_words(facts.by_mention[figure.mention].name) == words
    ]  # fmt: skip
    return named[0] if len(named) == 1 else None


def _find_level(facts: Facts, ratio: Figure, words: frozenset[str]) -> Figure | None:
    """Return the nearest level before a ratio that bears just a name; None if a sentence has several."""
    for name in facts.sentences_before(ratio, _BACK):
        named = [
            figure for figure in facts.levels_of(name)
            if figure.start < ratio.start and facts.role_of(figure) == "level"
            and fold_words(facts.by_mention[figure.mention].name) - {"tong", "so"} == words - {"tong", "so"}
        ]  # fmt: skip
        if named:
            return named[0] if len(named) == 1 else None
    return None
