"""SUM001 of parts whose shares make a hundred, and are just those of their own sum: of the total before them.

`452.600 tấn. Trong đó, thịt lợn 353,0 nghìn tấn, chiếm 78%; gia cầm 67,9, chiếm 15%; khác 31,7, chiếm 7%`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from docanalyze.check.edits import has_edit, is_telling
from docanalyze.check.equation import Equation, add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.core.figure import Figure, is_alike
from docanalyze.lexicon.cues import cue_pattern

_FEWEST, _MOST = 2, 8
_BACK = 3
"""So many sentences before its first part a total may stand."""
_DIGITS = 3
_HARDLY = Fraction(1, 20)
"""How often strangers may do as well where no word lists parts."""
Part = tuple[Figure, Figure]


def find_shared_out(facts: Facts) -> Iterator[Claim]:
    """Yield the sums of parts with all of the shares that fail, where no other figure before them fits."""
    parts = _list_parts(facts)
    at = 0
    while at < len(parts):
        group = _find_group(parts[at : at + _MOST])
        if group:
            yield from _claim(facts, [part for part, _ in group])
        at += max(1, len(group))


def _list_parts(facts: Facts) -> list[Part]:
    """Return the levels of prose that one share stands behind, with it."""
    found: list[Part] = []
    for indicator in facts.in_roles("share"):
        owner = facts.indicators.get(indicator.of or "")
        if owner is None or owner.role != "level" or facts.mentions[owner.mention].cell is not None:
            continue
        figure = facts.figures[owner.mention]
        if figure.dimension not in ("", "%", "point") and not (found and found[-1][0] is figure):
            found.append((figure, facts.figures[indicator.mention]))
    return found


def _find_group(parts: Sequence[Part]) -> Sequence[Part]:
    """Return the first parts that are all of their sum, by their shares; none if no number of them is."""
    for size in range(_FEWEST, len(parts) + 1):
        group = parts[:size]
        if not is_alike(group[-1][0], group[0][0]):
            return ()
        if not holds(Equation("hundred", tuple(("part", share) for _, share in group))):
            continue
        made = sum(part.rough for part, _ in group)
        if made and all(
            abs(100 * part.rough / made - share.rough) <= share.rough_slack + 100 * part.rough_slack / made
            for part, share in group
        ):
            return group
    return ()


def _claim(facts: Facts, parts: list[Figure]) -> Iterator[Claim]:
    levels = (f for name in facts.sentences_before(parts[0], _BACK) for f in facts.levels_of(name))
    totals = [f for f in levels if f.start < parts[0].start and is_alike(f, parts[0])]
    totals = [figure for figure in totals if not facts.depths.get(figure.mention)]
    sums = [add_up(total, parts) for total in totals if total.digits >= _DIGITS]
    if any(holds(each) for each in sums):
        return
    listed = cue_pattern(facts.lexicon, "partial", "complete").search(facts.words_before(parts[0]))
    told = [each for each in sums if has_edit(each) and (listed or is_telling(each, most=_HARDLY))]
    if len(told) == 1:
        yield Claim("SUM001", told[0], severity="warning", tied=True)
