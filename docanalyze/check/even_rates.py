"""AVG001 of lists in which all have the same each: `xã A 40 triệu đồng cho 16 hộ; … Mỗi hộ 2,5 triệu`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from docanalyze.check.each_of import EACH, is_unit, spread_over
from docanalyze.check.edits import has_edit
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.core.figure import Figure, is_alike

_AROUND = 2
"""So many sentences before or behind a rate may tell what it is of."""
_FEWEST = 3
"""So many pairs of an amount and a number are a list."""
Pair = tuple[Figure, Figure]


def find_even_rates(facts: Facts) -> Iterator[Claim]:
    """Yield the amounts of a list with their numbers and what each has; the only one that fails is told.

    Where all fail and all have the same each, it is the rate that is misprinted.
    """
    for name, figures in facts.sentences_behind("mỗi", "bình quân", "mức hỗ trợ").items():
        for rate in figures:
            unit = _read_unit(facts, rate)
            if not unit or not rate.plain or facts.role_of(rate) != "level":
                continue
            pairs = _list_pairs(facts, rate, unit, name)
            equations = [spread_over(total, base, rate) for total, base in pairs]
            fitting = [each for each in equations if holds(each)]
            if len(pairs) < _FEWEST:
                continue
            for equation in fitting:
                yield Claim("AVG001", equation)
            failing = [each for each in equations if not holds(each)]
            if len(failing) == 1 and has_edit(failing[0]):
                yield Claim("AVG001", failing[0], severity="warning", tied=True)
            elif not fitting and len({total.value / base.value for total, base in pairs}) == 1:
                yield from (
                    Claim("AVG001", each, severity="warning", tied=True)
                    for each in failing[:1]
                    if has_edit(each)
                )


def _read_unit(facts: Facts, rate: Figure) -> str:
    """Return the words of what a figure is said to be for each of; empty for none."""
    _, slash, unit = rate.dimension.partition("/")
    if slash:
        return unit
    found = EACH.search(facts.words_before(rate))
    return found["unit"] if found else ""


def _list_pairs(facts: Facts, rate: Figure, unit: str, name: str) -> list[Pair]:
    """Return the amounts with the numbers beside them, of the sentences about a rate."""
    names = facts.sentences_before(rate, _AROUND)[::-1] + facts.paragraph_after(rate, _AROUND)
    money = rate.dimension.partition("/")[0]
    pairs: list[Pair] = []
    for each in names:
        taken: set[str] = set()
        inside = [figure for figure in facts.by_sentence.get(each, ()) if figure is not rate]
        for one, two in pairwise(inside):
            if {one.mention, two.mention} & taken:
                continue
            for total, base in ((one, two), (two, one)):
                alike = is_alike(total, rate) or total.dimension == money
                if alike and base.value and base.exact and is_unit(unit, base.dimension or " "):
                    pairs.append((total, base))
                    taken |= {one.mention, two.mention}
                    break
    return pairs
