"""Tables that print their rows several times: the levels, their growth and their structure below them.

`Người` over the years, `Chỉ số phát triển (Năm trước = 100)` over them again, and `Cơ cấu (%)`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from msgspec.structs import replace

from docanalyze.check.equation import Comparison, Equation, compare, count_causes, share_of
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds, is_trimmed
from docanalyze.check.table_grid import Grid
from docanalyze.lexicon.forms import form_pattern

_ALIKE = 0.8
"""The share of a block's rows whose names the first block has, too."""
_FEWEST_ROWS = 2
_LEAST = 1e-6
_FEWEST = 6
"""So many equations of a block bear each other out, four times as many as fail."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SCHOOL_YEAR = re.compile(r"\d{4}\s?[-–]\s?\d{4}")
_FORMS: tuple[Comparison, ...] = ("ratio", "growth")


def split_blocks(grid: Grid) -> list[Grid]:
    """Return the blocks of a table that prints the names of its rows anew below each line of its own.

    The line above a block is its first row; other tables are one block.
    """
    known = grid.memo.get("blocks")
    if known is None:
        grid.memo["blocks"] = known = _split(grid)
    return known  # type: ignore[return-value]


def _split(grid: Grid) -> list[Grid]:
    heads = [
        at for at, row in enumerate(grid.rows)
        if row.label and all(grid.values[col][at] is None for col in grid.columns)
    ]  # fmt: skip
    starts = heads if heads and heads[0] == 0 else [0, *heads]
    ends = [*starts[1:], len(grid.rows)]
    spans = [(start, end) for start, end in zip(starts, ends, strict=True) if end - start > _FEWEST_ROWS]
    names = [name_rows(grid)[start:end] for start, end in spans]
    first = set(names[0]) if names else set()
    alike = all(sum(name in first for name in own) >= _ALIKE * (len(own) - 1) for own in names[1:])
    if len(spans) < _FEWEST_ROWS or len(spans) < len(starts) or not alike:
        return [grid]
    return [_cut(grid, start, end) for start, end in spans]


def _cut(grid: Grid, start: int, end: int) -> Grid:
    return replace(
        grid, rows=grid.rows[start:end], memo={},
        figures={col: column[start:end] for col, column in grid.figures.items()},
        values={col: column[start:end] for col, column in grid.values.items()},
        slacks={col: column[start:end] for col, column in grid.slacks.items()},
        blanks={col: column[start:end] for col, column in grid.blanks.items()},
    )  # fmt: skip


def label_rows(grid: Grid) -> list[str]:
    """Return how each row is labelled: by its label, its mark, or what stands in its first column."""
    firsts = {cell.row: cell.text for cell in grid.table.cells if cell.col == 0}
    return [row.label or row.mark or firsts.get(row.number, "") for row in grid.rows]


def name_rows(grid: Grid) -> list[str]:
    """Return what each row is called: its label's words alone, in small letters."""
    return [" ".join(re.findall(r"\w+", label.casefold())) for label in label_rows(grid)]


def read_year(text: str) -> int | None:
    """Return the one year of a text, the first of a school year.

    >>> read_year("Sơ bộ 2023"), read_year("2022-2023"), read_year("2020, 2023")
    (2023, 2022, None)
    """
    years = [int(year) for year in _YEAR.findall(text)]
    joint = len(years) == 2 and _SCHOOL_YEAR.search(text) is not None and years[1] == years[0] + 1
    return years[0] if len(years) == 1 or joint else None


def find_block_ratios(facts: Facts) -> Iterator[Claim]:
    """Yield the growth and the structure that blocks of years print of the block of levels above them."""
    for grid in facts.grids:
        levels, *others = split_blocks(grid)
        years = [read_year(label) for label in label_rows(levels)]
        for block in others:
            head = block.rows[0].label.lower()
            rows = {name: at for at, name in enumerate(name_rows(levels))}
            if form_pattern(r"(?<!\w)<index_section>(?!\w)").search(head):
                tries = [_read_growth(levels, block, rows, years, form) for form in _FORMS]
                yield from _claim("TAB009", max(tries, key=lambda equations: sum(map(holds, equations))))
            elif form_pattern(r"(?<!\w)<share_head>").search(head):
                yield from _claim("TAB004", _read_shares(levels, block, rows, levels.columns[0]))


def _read_growth(
    levels: Grid, block: Grid, rows: dict[str, int], years: list[int | None], form: Comparison
) -> list[Equation]:
    found: list[Equation] = []
    for at, name in enumerate(name_rows(block)):
        row = rows.get(name, 0)
        year, before = years[row], years[row - 1] if row else None
        if year is None or before is None or year != before + 1:
            continue
        for col in levels.columns:
            base, actual = levels.figures[col][row - 1], levels.figures[col][row]
            ratio = block.figures[col][at]
            if base is not None and actual is not None and ratio is not None and base.number:
                found.append(compare(form, actual.bare, base.bare, ratio.percentage))
    return found


def _read_shares(levels: Grid, block: Grid, rows: dict[str, int], whole: int) -> list[Equation]:
    found: list[Equation] = []
    for at, name in enumerate(name_rows(block)):
        row = rows.get(name)
        total = levels.figures[whole][row] if row is not None else None
        shares = math.fsum(block.values[col][at] or 0.0 for col in levels.columns if col != whole)
        trimmed = shares > 0 and abs(shares / 100 - round(shares / 100)) < _LEAST
        for col in levels.columns:
            part = levels.figures[col][row] if row is not None and col != whole else None
            ratio = block.figures[col][at]
            if total is not None and part is not None and ratio is not None and total.number:
                equation = share_of(part.bare, total.bare, ratio.percentage)
                if not (trimmed and is_trimmed(equation)):
                    found.append(equation)
    return found


def _claim(code: str, equations: list[Equation]) -> Iterator[Claim]:
    failing = [equation for equation in equations if not holds(equation)]
    if len(equations) - len(failing) >= max(_FEWEST, 4 * count_causes(failing)):
        yield from (Claim(code, equation) for equation in equations)
