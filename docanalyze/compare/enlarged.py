"""How much larger figures are in reports on a larger area: a province that another was merged into."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

from docanalyze.compare.entries import Entry
from docanalyze.compare.observation import PERCENT
from docanalyze.compare.periods import count_months

_FEWEST = 3
_TINY = 10
"""Counts below it jump about."""


class Enlarged:
    """The scale between two reports with a merger in between, by what bears the same name in both.

    >>> Enlarged([], frozenset()).find(0, 1)
    0.0
    """

    def __init__(self, reports: Sequence[Sequence[Entry]], breaks: frozenset[int]) -> None:
        self._reports, self._breaks = reports, breaks
        self._found: dict[tuple[int, int], float] = {}

    def find(self, one: int, two: int) -> float:
        """Return the decimal logarithm of how much larger the figures of the first report are, or 0."""
        if not self._breaks:
            return 0.0
        early, late = sorted((one, two))
        if not any(early < at <= late for at in self._breaks):
            return 0.0
        if (early, late) not in self._found:
            self._found[early, late] = self._weigh(early, late)
        return self._found[early, late] if one == late else -self._found[early, late]

    def _weigh(self, early: int, late: int) -> float:
        steps = []
        before, after = (_list_single(self._reports[at]) for at in (early, late))
        for key in before.keys() & after.keys():
            old, new = before[key].first, after[key].first
            if old.kind != "level" or new.kind != "level" or old.unit != new.unit or "/" in old.unit:
                continue
            if old.unit in PERCENT or min(old.value, new.value) < _TINY:
                continue
            step = math.log10(new.value / old.value)
            if old.form != "stock" and new.form != "stock":
                step -= math.log10(max(1, count_months(new.days)) / max(1, count_months(old.days)))
            steps.append(step)
        return max(0.0, statistics.median(steps)) if len(steps) >= _FEWEST else 0.0


def _list_single(entries: Sequence[Entry]) -> dict[tuple[str, str], Entry]:
    """Return the entries whose names no other of the report has."""
    found: dict[tuple[str, str], Entry] = {}
    twice: set[tuple[str, str]] = set()
    for entry in entries:
        if entry.name.key and found.setdefault(entry.key, entry) is not entry:
            twice.add(entry.key)
    return {key: entry for key, entry in found.items() if key not in twice}
