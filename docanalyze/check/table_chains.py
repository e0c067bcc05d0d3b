"""TAB009: growth from one year to the next in a table of years, a column or a row of it beside the levels."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from docanalyze.check.equation import Comparison, Equation, compare, count_causes
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.table_blocks import find_block_ratios, label_rows, name_rows, read_year
from docanalyze.check.table_grid import Grid, Row
from docanalyze.core.figure import Figure
from docanalyze.lexicon.forms import form_pattern

_FEWEST = 3
_EVIDENCE = 3.0
_FORMS: tuple[Comparison, ...] = ("growth", "ratio")

Lines = Mapping[int, Sequence[Figure | None]]
"""The figures of columns, or of rows, by number."""


class _Chain(msgspec.Struct):
    """The equations of a line of growths over a line of levels that hold and those that do not."""

    holding: list[Equation] = msgspec.field(default_factory=list)
    failing: list[Equation] = msgspec.field(default_factory=list)
    evidence: float = 0.0

    def is_borne_out(self, needed: float) -> bool:
        """Return whether it holds in most places and not by accident; one wrong level fails twice."""
        enough = len(self.holding) >= max(_FEWEST, 3 * count_causes(self.failing) - 1)
        return self.evidence >= needed and enough


def find_table_chains(facts: Facts) -> Iterator[Claim]:
    """Yield growth from one year to the next against the levels of both years.

    What: in a table of years, `Tốc độ tăng (%)` is what each year's figure is more than that of the year
    before: a column beside that of the levels where the rows are years, a row where the columns are.
    Why: the growth is copied as a value when the levels are revised.
    Tolerance: half a unit of the last printed place of every figure. It must hold in at least three years,
    in most of them and not by accident: growth at constant prices beside levels at current ones does not.
    Example: `2021 | 120,0`, `2022 | 126,0`, growth `5,5` fails: 126,0 / 120,0 × 100 - 100 = 5,0 ≠ 5,5.
    """
    yield from find_block_ratios(facts)
    for grid in facts.grids:
        rows = range(len(grid.rows))
        years = [read_year(label) for label in label_rows(grid)]
        levels = [col for col in grid.columns if not _grows(grid, col)]
        growths = [col for col in grid.columns if _grows(grid, col)]
        yield from _claim(grid.figures, years, levels, growths)
        heads = [read_year(grid.heads[col]) for col in grid.columns]
        rates = [row for row in rows if grid.rows[row].is_rate and _rises(grid.rows[row])]
        plain = [row for row in rows if not grid.rows[row].is_rate]
        by_row = {row: [grid.figures[col][row] for col in grid.columns] for row in rows}
        yield from _claim(by_row, heads, plain, [row for row in rates if not grid.rows[row].indexed])
        yield from _claim_section(
            grid, by_row, heads, plain, [row for row in rates if grid.rows[row].indexed]
        )


def _claim_section(
    grid: Grid, lines: Lines, years: Sequence[int | None], levels: list[int], rates: list[int]
) -> Iterator[Claim]:
    """Yield the equations of rows below `Năm trước = 100` over the rows of their names.

    All rows bear each other out; one wrong level fails twice.
    """
    steps = [at for at in range(1, len(years)) if _follows(years[at - 1], years[at])]
    chains: list[_Chain] = []
    names = name_rows(grid)
    for row in rates:
        same = [level for level in levels if names[level] == names[row]]
        tried = [_read_chain(lines, steps, level, row, "ratio") for level in same]
        if tried:
            chains.append(
                max(tried, key=lambda chain: (len(chain.holding) - len(chain.failing), chain.evidence))
            )
    causes = sum(count_causes(chain.failing) for chain in chains)
    held = sum(len(chain.holding) for chain in chains)
    if held >= max(2 * _FEWEST, 4 * causes) and sum(chain.evidence for chain in chains) >= 2 * _EVIDENCE:
        for chain in chains:
            yield from (Claim("TAB009", equation) for equation in (*chain.holding, *chain.failing))


def _claim(
    lines: Lines, years: Sequence[int | None], levels: list[int], growths: list[int]
) -> Iterator[Claim]:
    """Yield the equations of each line of growths over the line of levels that it fits best."""
    steps = [at for at in range(1, len(years)) if _follows(years[at - 1], years[at])]
    if len(steps) < _FEWEST or not levels:
        return
    needed = _EVIDENCE + math.log10(len(_FORMS) * len(levels))
    for growth in growths:
        chains = [_read_chain(lines, steps, level, growth, form) for level in levels for form in _FORMS]
        best = max(chains, key=lambda chain: (len(chain.holding) - len(chain.failing), chain.evidence))
        if best.is_borne_out(needed):
            yield from (Claim("TAB009", equation) for equation in (*best.holding, *best.failing))


def _read_chain(lines: Lines, steps: Sequence[int], level: int, growth: int, form: Comparison) -> _Chain:
    chain = _Chain()
    for at in steps:
        base, actual, ratio = lines[level][at - 1], lines[level][at], lines[growth][at]
        if base is None or actual is None or ratio is None or not base.number or base.sign * actual.sign < 0:
            continue
        equation = compare(form, actual.bare, base.bare, ratio.percentage)
        if holds(equation):
            chain.holding.append(equation)
            around = abs(float(ratio.number) - (100.0 if form == "ratio" else 0.0))
            chain.evidence -= math.log10(min(1.0, 10.0**-ratio.decimals / max(around, 1e-9)))
        else:
            chain.failing.append(equation)
    return chain


def _follows(one: int | None, two: int | None) -> bool:
    return one is not None and two is not None and two == one + 1


def _grows(grid: Grid, col: int) -> bool:
    return "%" in grid.units[col] + grid.heads[col] and not grid.is_share(col)


def _rises(row: Row) -> bool:
    return row.indexed or bool(form_pattern(r"(?<!\w)<growth_row>(?!\w)").search(row.label.lower()))
