"""TAB005: rows that are quotients of others (yield = output / area), and pairs `61/66` with their ratio."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations, product

from msgspec.structs import replace

from docanalyze.check.equation import Equation, share_of
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.table_grid import Grid
from docanalyze.core.figure import Figure, FigureUnit
from docanalyze.core.mention import Quantity
from docanalyze.lexicon.forms import form_pattern
from docanalyze.lexicon.unit_names import read_unit

_REACH = 2
_EVIDENCE = 3.0
_NAMED_EVIDENCE = 2.0
_FAR_PAIRS = 60
_HEAD = "người"
_INDEX = 2
"""The power of ten between three indices in percent."""


def find_table_products(facts: Facts) -> Iterator[Claim]:
    """Yield rows of yields or averages against the rows they are made of, and pairs with their percentage.

    What: under `Diện tích`, `Năng suất`, `Sản lượng` the third is the product of the others in every
    column, whatever the scales (`tạ/ha`, `nghìn tấn`); a rate (`người/km²`, so much `đầu người`) is the
    quotient of the rows whose units make its own, wherever they stand; a cell `61/66 xã` has its percentage
    beside it.
    Why: the three are often revised one by one.
    Tolerance: half a unit of the last printed place of every figure; the power of ten is that of the rows'
    units (`ha`, `tạ/ha`, `tấn`), or else the one that most columns bear out. Columns of changes are left out.
    Example: `Diện tích (ha) 1.000`, `Năng suất (tạ/ha) 62,5`, `Sản lượng (tấn) 6.520` fails: 6.520 /
    1.000 × 10 = 65,2 ≠ 62,5.
    """
    for grid in facts.grids:
        yield from _claim_yields(facts, grid)
    yield from _claim_pairs(facts)


def _claim_yields(facts: Facts, grid: Grid) -> Iterator[Claim]:
    average = form_pattern(r"(?<!\w)<average_row>", re.IGNORECASE)
    per_head = form_pattern(r"(?<!\w)<per_head>(?!\w)", re.IGNORECASE)
    firsts = [
        next((figure for col in grid.columns if (figure := grid.figures[col][row]) is not None), None)
        for row in range(len(grid.rows))
    ]
    for at, row in enumerate(grid.rows):
        rates = firsts[at]
        if rates is None or not (average.search(row.label) or "/" in rates.dimension + row.unit):
            continue
        sides = _read_sides(facts, rates, per_head.search(row.label) is not None)
        near = [
            other for other in range(max(0, at - _REACH), min(len(grid.rows), at + _REACH + 1)) if other != at
        ]
        best: list[tuple[bool, Equation]] = []
        for total, base in permutations(near, 2):
            power = _power_of_units(sides, rates, firsts[total], firsts[base])
            found = _fit_yield(grid, total, base, at, power, needed=_EVIDENCE)
            if sum(right for right, _ in found) > sum(right for right, _ in best):
                best = found
        yield from (Claim("TAB005", equation) for _, equation in best or _find_far(grid, at, sides, firsts))


_Sides = tuple[FigureUnit, FigureUnit]


def _read_sides(facts: Facts, rates: Figure, per_head: bool) -> _Sides | None:
    """Return the units that a rate is of and per: `tạ` and `ha`, `đồng` and `người`; None if it has none."""
    above, slash, below = rates.dimension.partition("/")
    if not slash and not per_head:
        return None
    per = read_unit(below.lower() if slash else _HEAD, facts.lexicon)
    # a rate of money is in its currency already, one of kinds in its own unit
    return (FigureUnit(above) if above.isupper() else read_unit(above.lower(), facts.lexicon)), per


def _power_of_units(
    sides: _Sides | None, rates: Figure, outputs: Figure | None, areas: Figure | None
) -> int | None:
    """Return the power of ten between three rows by their units: 1 of `tấn`, `ha` and `tạ/ha`."""
    if sides is None or outputs is None or areas is None:
        return None
    each, per = sides
    if (outputs.dimension, areas.dimension) != (each.dimension, per.dimension):
        return None
    factor = outputs.factor * per.factor / (areas.factor * each.factor * rates.factor)
    power = round(math.log10(factor))
    return power if Fraction(10) ** power == factor else None


def _find_far(
    grid: Grid, at: int, sides: _Sides | None, firsts: list[Figure | None]
) -> list[tuple[bool, Equation]]:
    """Return the equations of a rate with rows anywhere in its table whose units make it.

    `Dân số (nghìn người)`, rows of its parts, `Diện tích (km²)`, `Mật độ dân số (người/km²)`.
    """
    rates = firsts[at]
    if sides is None or rates is None:
        return []
    outputs, areas = (
        [row for row, each in enumerate(firsts) if each is not None and each.dimension == side.dimension]
        for side in sides
    )
    pairs = [
        (total, base, power)
        for total, base in product(outputs, areas)
        if at not in (total, base)
        and (power := _power_of_units(sides, rates, firsts[total], firsts[base])) is not None
    ]
    needed = _EVIDENCE + math.log10(max(1, len(pairs)))
    fits = [_fit_yield(grid, *pair[:2], at, pair[2], needed=needed, far=True) for pair in pairs[:_FAR_PAIRS]]
    return max(fits, key=lambda found: sum(right for right, _ in found), default=[])


def _fit_yield(
    grid: Grid, total: int, base: int, result: int, known: int | None, *, needed: float, far: bool = False
) -> list[tuple[bool, Equation]]:
    """Return the equations of total / base = result, column by column, if most columns bear them out.

    `known` is the power of ten between them where their units say so; one column is enough then, unless
    they stand `far` apart. `needed` is the evidence asked for.
    """
    columns = [
        col for col in grid.columns
        if not grid.has_cue(col, "change_head")
        and all((grid.values[col][row] or 0) > 0 and grid.figures[col][row] for row in (total, base, result))
    ]  # fmt: skip
    if len(columns) < 2:
        return []
    powers = [
        round(math.log10(_value(grid, col, result) * _value(grid, col, base) / _value(grid, col, total)))
        for col in columns
    ]
    power = max(set(powers), key=powers.count) if known is None else known
    found = []
    evidence = 0.0
    for col, own in zip(columns, powers, strict=True):
        first, second, last = (_figure(grid, col, row).bare for row in (total, base, result))
        terms = (("total", first), ("base", second), ("result", replace(last, exact=False)))
        equation = Equation("quotient", terms, Fraction(10) ** power)
        right = holds(equation)
        if not right and own != power and own == _INDEX:
            continue  # a column of indices beside columns of levels
        found.append((right, equation))
        if right:
            evidence -= math.log10(min(1.0, 10.0**-last.decimals / float(last.number)))
    held = sum(right for right, _ in found)
    failed = len(found) - held
    if known is not None and not far and held and failed <= held and evidence >= _NAMED_EVIDENCE:
        return found
    if held < 2 or failed > max(1, held // 3) or evidence < needed:
        return []
    return found


def _value(grid: Grid, col: int, row: int) -> float:
    return grid.values[col][row] or 1.0


def _figure(grid: Grid, col: int, row: int) -> Figure:
    figure = grid.figures[col][row]
    assert figure is not None
    return figure


def _claim_pairs(facts: Facts) -> Iterator[Claim]:
    """Yield `61/66` in a cell against the percentage in the next column of figures of its row."""
    for name, mention in facts.mentions.items():
        if mention.cell is None or not isinstance(mention, Quantity) or mention.value.denominator is None:
            continue
        part = facts.figures.get(name)
        cell = mention.cell
        beside = facts.cells.get((cell.table, cell.row, cell.col + 1), [])
        if part is None or len(beside) != 1 or mention.value.denominator <= 0:
            continue
        column = facts.tables[cell.table].columns[cell.col + 1 : cell.col + 2]
        if beside[0].dimension != "%" and not any("%" in " ".join(each.header) for each in column):
            continue
        whole = replace(
            part, number=mention.value.denominator, high=mention.value.denominator, decimals=0,
            text=part.text.partition("/")[2],
        )  # fmt: skip
        yield Claim("TAB005", share_of(part, whole, beside[0].percentage))
