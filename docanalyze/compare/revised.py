"""Where figures were revised as a rule: then no single one that differs is a slip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from docanalyze.compare.observation import Observation

_FEWEST, _MOSTLY = 5, 0.75
Place = tuple[int, int, str]
"""An earlier report, a later one, and a table of that; the name is empty for all of it."""


def list_places(earlier: Observation, later: Observation) -> tuple[Place, Place]:
    """Return where a figure of a later report is held against one of an earlier: in its table, and at all."""
    cell = later.mention.cell
    pair = earlier.report, later.report
    return (*pair, ""), (*pair, cell.table if cell is not None else "prose")


def find_revised(held: Iterable[tuple[Observation, Observation, bool]]) -> set[Place]:
    """Return the places where less than three quarters of what is held against each other agrees."""
    judged: Counter[Place] = Counter()
    agreeing: Counter[Place] = Counter()
    for earlier, later, agrees in held:
        for place in list_places(earlier, later):
            judged[place] += 1
            agreeing[place] += agrees
    return {
        place for place, count in judged.items() if count >= _FEWEST and agreeing[place] < _MOSTLY * count
    }
