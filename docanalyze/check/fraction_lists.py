"""Lists of fractions: `314,2/531,1 tỷ đồng (A: 33,3/115,9; B: 280,9/415,2)`, what is above and below each."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from docanalyze.check.edits import has_edit, is_telling
from docanalyze.check.equation import add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.list_ends import list_families
from docanalyze.check.portions import whole_of

_FEWEST = 2
_SELDOM = Fraction(1, 20)
"""Where nothing is done a part may be left out, so that less than the whole is listed."""


def find_fraction_lists(facts: Facts) -> Iterator[Claim]:
    """Yield the sums of what is above and below the slash of a list's fractions, if one of both adds up.

    The other one is told where a misprint explains it.
    """
    if not facts.slashes:
        return
    for total, parts in list_families(facts):
        below = whole_of(facts, total)
        if below is None or len(parts) < _FEWEST:
            continue
        wholes = [whole for part in parts if (whole := whole_of(facts, part)) is not None]
        if len(wholes) < len(parts):
            continue
        columns = [add_up(total, parts), add_up(below, wholes)]
        if not any(holds(each) and all(part.number for part in each.all("part")) for each in columns):
            continue
        # both are of the same mentions, so that only the first of them is heard
        for each in sorted(columns, key=holds):
            lacking = each is columns[1] and sum(part.value for part in wholes) < below.value
            told = not below.exact and is_telling(each, most=_SELDOM) if lacking else has_edit(each)
            if holds(each) or told:
                yield Claim("SUM001", each, severity="warning", tied=True)
