"""TAB007: ratios whose bases are not printed: the bases that they imply add up as the figures do."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import combinations

import msgspec

from docanalyze.check.edits import find_edits
from docanalyze.check.equation import Equation, count_causes
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.table_columns import find_relations
from docanalyze.check.table_formulas import find_declared
from docanalyze.check.table_grid import Grid
from docanalyze.check.table_sums import find_sums
from docanalyze.core.figure import Figure

_MOST_RATIOS = 8
_EVIDENCE = 3.0
_SINGLE, _NAMED = 2.5, 2.0
_LEAST, _MOST = 5.0, 5000.0
"""Ratios in percent of an earlier figure lie in between; growth does not."""

_TIME = r"((?:tháng|quý|năm) (?:\d+|[ivx]+)|\d+ tháng|cả năm)(?!\w)"
_AGAINST = re.compile(rf"{_TIME}(?: [^()%]{{0,20}})? so |\(%\) {_TIME}")
"""The time that a ratio is of: `tháng 6 so với cùng kỳ`, `so với cùng kỳ (%)` over `quý I`, `quý II`."""

_TIMES = re.compile(_TIME)

Place = tuple[int, int]


class _Pairing(msgspec.Struct):
    """Figures and ratios said to belong together, with the equations that hold and those that do not.

    `named` are those whose heads say so: `Ước tháng 6` and `Tháng 6 so với cùng kỳ`.
    """

    named: bool = False

    holding: list[Equation] = msgspec.field(default_factory=list)
    failing: list[Equation] = msgspec.field(default_factory=list)
    evidence: float = 0.0

    def is_single(self) -> bool:
        """Return whether there is one place alone, and it holds."""
        return len(self.holding) == 1 and not self.failing

    def is_borne_out(self, needed: float) -> bool:
        """Return whether it holds in most places and not by accident."""
        return self.evidence >= needed and len(self.holding) >= max(2, 3 * count_causes(self.failing))


def find_table_bases(facts: Facts) -> Iterator[Claim]:
    """Yield ratios of totals against those of their parts, by the bases that they imply.

    What: in `So với cùng kỳ (%)` without the earlier figures, each figure over its ratio gives the earlier
    one; those of the parts add up to that of the total, over rows (`Tổng số`) and over columns (`Quý I`,
    `Quý II`, `6 tháng`).
    Why: such columns are pasted as values, and nothing else in the table holds them.
    Tolerance: half a unit of the last printed place of every figure. The relation must hold in three
    quarters of the places of a column, and not by accident: at constant prices and for averages it does not.
    A column with one total alone is told if a misprint explains it and another such column holds.
    Example: `120 | 104,0` and `80 | 112,0` under `Tổng số 200 | 108,5` fail: 107,1 was due.
    """
    for grid in facts.grids:
        ratios = _ratio_columns(grid)
        if ratios:
            yield from _claim(_pair_rows(grid, ratios))
            yield from _claim(_pair_columns(grid, ratios))


def _claim(pairings: Iterator[tuple[int, _Pairing]]) -> Iterator[Claim]:
    """Yield the equations of the best pairing of each column of ratios."""
    tried: dict[int, list[_Pairing]] = {}
    for ratio, pairing in pairings:
        tried.setdefault(ratio, []).append(pairing)
    needed = _EVIDENCE + math.log10(max(1, sum(map(len, tried.values()))))
    proven = False
    alone: list[list[_Pairing]] = []
    for each in tried.values():
        best = max(each, key=lambda pairing: (_weigh(pairing), pairing.named))
        least = _NAMED if best.named else _SINGLE + math.log10(len(each))
        single = best.is_single() and best.evidence >= least
        if single or best.is_borne_out(needed):
            proven = True
            yield from (Claim("TAB007", equation) for equation in best.holding)
            yield from (Claim("TAB007", equation, severity="warning") for equation in best.failing)
        else:
            alone.append(each)
    for each in alone if proven else ():
        yield from (Claim("TAB007", told, severity="warning") for told in _find_alone(each))


def _find_alone(pairings: Sequence[_Pairing]) -> Iterator[Equation]:
    """Yield the one equation of a column of ratios that fails, where one misprint of a ratio explains it."""
    for each in pairings:
        if each.named and not each.holding and len(each.failing) == 1:
            (told,) = each.failing
            edits = find_edits(told)
            if edits and told.terms[edits[0].at][0] in ("ratio", "part-ratio"):
                yield told


def _weigh(pairing: _Pairing) -> float:
    return pairing.evidence - 2 * len(pairing.failing)


def _ratio_columns(grid: Grid) -> list[int]:
    """Return the columns of ratios in percent that nothing printed gives."""
    given = {fit.pattern.result for fit in (*find_declared(grid), *find_relations(grid))}
    found = []
    for col in grid.columns:
        values = [value for value in grid.values[col] if value is not None]
        said = "%" in grid.units[col] or "%" in grid.heads[col]
        if said and col not in given and not grid.is_share(col) and all(_LEAST < v < _MOST for v in values):
            found.append(col)
    return found[:_MOST_RATIOS]


def _pair_rows(grid: Grid, ratios: Sequence[int]) -> Iterator[tuple[int, _Pairing]]:
    sums = find_sums(grid)
    levels = [col for col in grid.columns if any(col in each.holding for each in sums)]
    for ratio in ratios:
        for level in levels:
            pairing = _Pairing(named=_named_level(grid, ratio, levels) == level)
            for each in sums:
                if level in each.holding:
                    places = [((level, row), (ratio, row)) for row in (each.whole, *each.parts)]
                    _try(grid, places, pairing)
            yield ratio, pairing


def _named_level(grid: Grid, ratio: int, levels: Sequence[int]) -> int | None:
    """Return the one column whose head has the time that a column of ratios begins with."""
    said = _AGAINST.search(grid.heads[ratio])
    time = (said[1] or said[2]) if said is not None else None
    found = [level for level in levels if time is not None and time in _TIMES.findall(grid.heads[level])]
    return found[0] if len(found) == 1 else None


def _pair_columns(grid: Grid, ratios: Sequence[int]) -> Iterator[tuple[int, _Pairing]]:
    for fit in find_relations(grid):
        pattern = fit.pattern
        if pattern.kind != "sum" or len(pattern.operands) != 2 or len(ratios) < 3:
            continue
        levels = sorted((pattern.result, *pattern.operands))
        for chosen in combinations(ratios, 3):
            pair = dict(zip(levels, chosen, strict=True))
            pairing = _Pairing()
            for row in range(len(grid.rows)):
                places = [((col, row), (pair[col], row)) for col in (pattern.result, *pattern.operands)]
                _try(grid, places, pairing)
            yield pair[pattern.result], pairing


def _try(grid: Grid, places: Sequence[tuple[Place, Place]], pairing: _Pairing) -> None:
    """Add to a pairing what a total (first) and its parts say; nothing where one of them is not printed."""
    levels: list[Figure] = []
    ratios: list[Figure] = []
    for level, ratio in places:
        figure, percent = grid.figures[level[0]][level[1]], grid.figures[ratio[0]][ratio[1]]
        if figure is None and not (grid.values[level[0]][level[1]] or 0.0) and levels:
            continue  # a part of nothing has no ratio
        if figure is None or percent is None or not figure.number or not percent.number:
            return
        levels.append(figure)
        ratios.append(percent)
    if len(levels) < 3 or any(f.sign < 0 for f in (*levels, *ratios)):
        return
    spread = float(max(r.number for r in ratios[1:]) - min(r.number for r in ratios[1:]))
    slack = 2 * max(0.5 * 10.0**-ratio.decimals for ratio in ratios)
    parts = zip(levels[1:], ratios[1:], strict=True)
    terms = [("total", levels[0].bare), ("ratio", ratios[0].percentage)]
    for part, own in parts:
        terms += [("part", part.bare), ("part-ratio", own.percentage)]
    equation = Equation("bases", tuple(terms))
    if holds(equation):
        pairing.holding.append(equation)
        pairing.evidence -= math.log10(min(1.0, 2 * slack / max(spread, 1e-9)))
    else:
        pairing.failing.append(equation)
