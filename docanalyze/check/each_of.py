"""Averages over a thing that their words name, `bình quân một doanh nghiệp`: what may be total and base."""

from __future__ import annotations

import re

from msgspec.structs import replace

from docanalyze.check.equation import Equation
from docanalyze.check.facts import Facts, last_clause
from docanalyze.check.matches import empty_words
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words, starts_with

EACH = re.compile(
    r"(?<!\w)(?:mỗi|(?:bình quân|trung bình)(?: trên)?(?: một| mỗi| 1|/)) ?(?P<unit>[^\W\d][^,;:()\d]{1,60}?)"
    r"(?: (?:trong|của|quý|tháng|năm) [^,;:()]{1,30}?)?"
    r"(?: (?:là|được|nhận|khoảng|gần|hơn|trên|đạt|có|ước))*$"
)
_MEASURE = frozenset({"ty", "trong", "muc", "suat"})
"""Words of `tỷ trọng vốn bình quân`, `mức thu bình quân` that its total does without."""


def spread_over(total: Figure, base: Figure, rate: Figure) -> Equation:
    """Return the equation of an average over a total and a base."""
    return Equation("quotient", (("total", total), ("base", base), ("result", replace(rate, exact=False))))


def find_sides(
    facts: Facts, unit: str, rate: Figure, figures: tuple[Figure, ...]
) -> tuple[list[Figure], list[Figure]]:
    """Return what may be the totals of an average among figures, and what may be its bases."""
    levels = keep_levels(facts, list(figures))
    counts = [f for f in figures if f in levels or (f.exact and _is_new(facts, f))]
    bases = [figure for figure in counts if figure.dimension and is_unit(unit, figure.dimension)]
    return [f for f in levels if is_alike(f, rate) and f not in bases], bases


def _is_new(facts: Facts, figure: Figure) -> bool:
    """Return whether a figure is what came, of nothing that is printed: `có thêm 72 doanh nghiệp`."""
    indicator = facts.by_mention.get(figure.mention)
    return indicator is not None and indicator.role == "change" and indicator.of is None


def is_unit(said: str, dimension: str) -> bool:
    """Return whether words name a unit, perhaps by its initials: `DN thành lập mới`, `doanh nghiệp`."""
    initials = "".join(word[0] for word in dimension.split())
    return starts_with(said, dimension) or (len(initials) > 1 and said.split()[0] == initials)


def names_total(facts: Facts, found: re.Match[str], total: Figure) -> bool:
    """Return whether an average is called as its total: `số vốn đăng ký`, `vốn đăng ký bình quân một …`."""
    own = fold_words(last_clause(found.string[: found.start()])) - empty_words(facts) - _MEASURE
    return bool(own) and own <= fold_words(facts.words_before(total))


def keep_levels(facts: Facts, figures: list[Figure]) -> list[Figure]:
    """Return the figures that are levels or stretches of time."""
    return [figure for figure in figures if facts.role_of(figure) in ("level", "duration")]
