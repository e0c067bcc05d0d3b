"""Bridges: a report prints of an earlier period what an earlier report printed of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from operator import itemgetter

from docanalyze.compare.entries import Entry, meets
from docanalyze.compare.observation import Observation
from docanalyze.core.days import Days

Levels = Mapping[Days, Sequence[Observation]]
"""The levels of an identity by the stretch that they are of."""
_DIGITS = 3
_HEDGE = 0.06
_TINY = 1e-6
"""How far beside a figure another is looked for, in parts of it; `meets` decides."""


def bears_out(entry: Entry, levels: Levels) -> bool:
    """Return whether a report prints of an earlier period what an earlier report printed of it."""
    for each in entry.levels():
        if each.digits < _DIGITS:
            continue
        for other in levels.get(each.days, ()):
            if other.report != each.report and other.unit == each.unit and meets(each, other):
                return True
    return False


def find_bridges(ones: Sequence[Levels], twos: Sequence[Levels]) -> dict[int, set[int]]:
    """Return for each identity those whose figure of some period it prints again."""
    printed: dict[tuple[Days, str], list[tuple[float, int, Observation]]] = defaultdict(list)
    for m, stretches in enumerate(twos):
        for days, levels in stretches.items():
            for each in levels:
                printed[days, each.unit].append((float(each.value), m, each))
    reach: dict[tuple[Days, str], float] = {}
    for place, row in printed.items():
        row.sort(key=itemgetter(0))
        reach[place] = max(other.slack + _HEDGE * abs(value) * other.hedged for value, _, other in row)
    found: dict[int, set[int]] = defaultdict(set)
    for n, stretches in enumerate(ones):
        for days, levels in stretches.items():
            for each in levels:
                if each.digits < _DIGITS or (days, each.unit) not in printed:
                    continue
                value, row = float(each.value), printed[days, each.unit]
                far = each.slack + reach[days, each.unit] + (_HEDGE if each.hedged else _TINY) * abs(value)
                low = bisect_left(row, value - far, key=itemgetter(0))
                high = bisect_right(row, value + far, lo=low, key=itemgetter(0))
                found[n].update(m for _, m, other in row[low:high] if meets(each, other))
    return found
