"""SUM006 over sentences: parts, each in a sentence of its own, then what they make together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from docanalyze.check.edits import has_edit, is_telling
from docanalyze.check.equation import Equation, add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.matches import empty_words
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words

_ALL = re.compile(
    r"(?<!\w)(?:tổng(?! (?:công ty|cục|kết|hợp|thể|quan|thư))|cộng(?! đồng| dồn| hòa| tác)|cả thảy)(?!\w)"
)
_MOST, _FEWEST = 5, 2
"""How many parts may stand before their total, and how many must."""
_DIGITS = 3
_RARELY, _HALF = Fraction(1, 5), Fraction(1, 2)
_COMMON = 2
"""So many words each part has in common with a total of theirs."""


def find_totals_behind(facts: Facts) -> Iterator[Claim]:
    """Yield the sums of the first levels of the sentences right before one that tells their total.

    `Vốn đăng ký của doanh nghiệp mới là 247,4 tỷ đồng. Vốn đăng ký tăng thêm là 621,5 tỷ đồng. Tổng vốn
    đăng ký là 868,9 tỷ đồng`. A sum that fails is told where all are called alike and a slip explains it.
    """
    told = facts.behind("tổng", "cộng", "cả thảy")
    for figures in facts.by_sentence.values():
        total = figures[0]
        if total.mention not in told or not _is_all(facts, total):
            continue
        if total not in facts.levels_of(facts.mentions[total.mention].sentence):
            continue
        parts: list[Figure] = []
        for before in facts.paragraph_before(total, _MOST)[1:]:
            part = next(iter(facts.levels_of(before)), None)
            if part is None or not is_alike(part, total) or _is_all(facts, part):
                break
            parts.append(part)
        equations = [add_up(total, parts[:size][::-1]) for size in range(_FEWEST, len(parts) + 1)]
        fitting = next((each for each in equations if holds(each)), None)
        if fitting is not None:
            yield Claim("SUM006", fitting)
        elif equations and (most := _doubt(facts, equations[-1])):
            whole = equations[-1]
            if has_edit(whole) and is_telling(whole, most=most):
                yield Claim("SUM006", whole, sure=False, severity="warning")


def _is_all(facts: Facts, figure: Figure) -> bool:
    """Return whether a figure is said to be a total, and has so many digits that no sum is chance."""
    large = figure.digits >= _DIGITS
    return large and _ALL.search(facts.clause_before(figure)) is not None


def _doubt(facts: Facts, whole: Equation) -> Fraction | None:
    """Return how often a slip may explain a failing sum by chance; None if its figures are called apart.

    `Vốn ngân sách tỉnh …. Vốn ngân sách huyện …. Tổng vốn ngân sách …`: more often if all bear one name.
    """
    total, *parts = (
        fold_words(facts.clause_before(figure)) - empty_words(facts) for _, figure in whole.terms
    )
    if not all(len(total & own) >= _COMMON for own in parts):
        return None
    return _HALF if all(total <= own for own in parts) else _RARELY
