"""Shares of a list that are each of a whole of its own: `mầm non 171 (51,8%), tiểu học 206 (75,2%)`."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from docanalyze.check.equation import Equation
from docanalyze.check.facts import Facts
from docanalyze.check.judge import holds

_SEVERAL = 2
_ALL = 105
"""Parts of one whole make hardly more than a hundred."""


def find_own_wholes(facts: Facts, shares: Iterable[Equation]) -> frozenset[str]:
    """Return the ratios above a hundred in all that agree neither with their total nor any two among them.

    One misprint leaves the others in agreement, with the total or, if that is misprinted, with each other.
    """
    lists: dict[tuple[str | None, str], dict[str, Equation]] = {}
    for each in shares:
        if each.form == "share":
            total, ratio = each.one("total"), each.one("ratio")
            place = facts.mentions[ratio.mention].sentence
            lists.setdefault((place, total.mention), {})[ratio.mention] = each
    strange: set[str] = set()
    for found in lists.values():
        above = sum(each.one("ratio").rough for each in found.values()) > _ALL
        apart = len(found) >= _SEVERAL and above and not any(holds(each) for each in found.values())
        if apart and not any(holds(_tie(*pair)) for pair in combinations(found.values(), 2)):
            strange.update(found)
    return frozenset(strange)


def _tie(one: Equation, two: Equation) -> Equation:
    terms = (
        ("total", one.one("part")), ("ratio", one.one("ratio")),
        ("part", two.one("part")), ("part-ratio", two.one("ratio")),
    )  # fmt: skip
    return Equation("bases", terms)
