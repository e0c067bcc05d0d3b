"""PCT001 over a table: `cơ cấu: A 36,9%, B 29,1%, C 34,0%` against rows of A, B, C and their total."""

from __future__ import annotations

from collections.abc import Iterator

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import share_of
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.table_runs import RowSum
from docanalyze.check.table_sums import find_sums
from docanalyze.core.figure import Figure

_NAMES = ("cơ cấu", "tỷ trọng", "tỉ trọng")
_FEWEST = 3
"""Of fewer shares the second follows from the first."""


def find_structures(facts: Facts) -> Iterator[Claim]:
    """Yield the shares of a structure with the rows whose shares they are, in the order of the rows.

    A table's total and its parts are those meant if all shares but one fit them; the one that does not is
    told where a misprint explains it.
    """
    sums: dict[int, list[list[Figure]]] | None = None
    for figures in facts.sentences_behind(*_NAMES).values():
        run = [
            figure for figure in figures
            if figure.dimension == "%" and figure.plain and figure.decimals
            and facts.role_of(figure) in ("share", "level") and facts.by_mention[figure.mention].of is None
        ]  # fmt: skip
        if len(run) < _FEWEST or not any(name in facts.words_before(run[0]) for name in _NAMES):
            continue
        sums = _read_sums(facts) if sums is None else sums
        for total, *parts in sums.get(len(run), ()):
            equations = [share_of(part, total, own) for part, own in zip(parts, run, strict=True)]
            failing = [equation for equation in equations if not holds(equation)]
            if len(failing) > 1 or not all(map(has_edit, failing)):
                continue
            yield from (Claim("PCT001", each, severity="warning", tied=True) for each in equations)
            break


def _read_sums(facts: Facts) -> dict[int, list[list[Figure]]]:
    """Return the totals of tables with their parts, by how many parts there are."""
    found: dict[int, list[list[Figure]]] = {}
    for grid in facts.grids:
        for each in find_sums(grid):
            for col in each.holding if len(each.parts) >= _FEWEST else ():
                figures = _read_column(grid.figures[col], each)
                if figures is not None:
                    found.setdefault(len(each.parts), []).append(figures)
    return found


def _read_column(column: list[Figure | None], each: RowSum) -> list[Figure] | None:
    figures = [figure for row in (each.whole, *each.parts) if (figure := column[row]) is not None]
    plain = len(figures) == len(each.parts) + 1 and all(figure.plain and figure.number for figure in figures)
    return figures if plain else None
