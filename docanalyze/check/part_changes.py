"""Changes of a total and of its parts: `giảm 84,5 nghìn tấn` is `giảm 140,2` and `tăng 55,7` together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docanalyze.check.complements import find_base
from docanalyze.check.edits import has_edit
from docanalyze.check.equation import add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.list_ends import list_families
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words

_FEWEST = 2


def find_part_changes(facts: Facts) -> Iterator[Claim]:
    """Yield the change of a total as the sum of its parts' changes, each with its sign.

    Only where the parts add up to the total themselves, so that none is missing, and each has one change.
    """
    for total, parts in list_families(facts):
        same = [part for part in parts if is_alike(part, total)]
        if len(same) < _FEWEST or not holds(add_up(total, same)):
            continue
        changes = [_find_change(facts, figure) for figure in (total, *same)]
        known = [change for change in changes if change is not None]
        if len(known) < len(changes) or not have_one_base(facts, known):
            continue
        whole, *others = known
        equation = add_up(whole, others)
        if holds(equation) or has_edit(equation):
            yield Claim("SUM001", equation, severity="warning", tied=True)


def _find_change(facts: Facts, level: Figure) -> Figure | None:
    """Return the one change in units that is said of a level, against no plan."""
    said = [
        each for each in facts.said_of.get(facts.by_mention[level.mention].id, ())
        if each.role == "change" and is_alike(facts.figures[each.mention], level)
    ]  # fmt: skip
    if len(said) != 1 or said[0].direction is None or level.comparator is not None:
        return None
    against = facts.indicators.get(said[0].against or "")
    if against is not None and against.role != "base":
        return None
    return facts.figures[said[0].mention]


def have_one_base(facts: Facts, changes: Sequence[Figure]) -> bool:
    """Return whether all changes are against the same, by the words behind them where there are some."""
    told = [fold_words(base) for change in changes if (base := find_base(facts, change))]
    return all(one <= two or two <= one for one in told for two in told)
