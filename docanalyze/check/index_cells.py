"""REP002 for growths that a table prints as indices: `tăng 8,15%` in the text, `108,15` in its row."""

from __future__ import annotations

from collections.abc import Iterator

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.matches import Matches, Spot
from docanalyze.check.row_labels import Labels, Line, read_labels
from docanalyze.core.figure import Figure

_FEWEST = 3
"""So many rows a column of indices has, and so many growths of a sentence must be of one."""


def find_index_cells(facts: Facts, matches: Matches) -> Iterator[Claim]:
    """Yield growths with the index in the row that they name, column by column of a sentence.

    A column is known by the growths of the sentence that agree with it; then one that a misprint keeps
    from agreeing is told.
    """
    columns = {
        column: spots for column, spots in matches.columns.items()
        if len(spots) >= _FEWEST and all(_is_index(spot) for spot in spots)
    }  # fmt: skip
    if not columns:
        return
    named = read_labels(matches)
    for figures in facts.by_sentence.values():
        growths = [
            figure for figure in figures
            if figure.dimension == "%" and figure.decimals and figure.plain
            and figure.mention not in matches.found and facts.role_of(figure) == "growth"
        ]  # fmt: skip
        if not growths:
            continue
        rows = {figure.mention: _find_rows(matches, named, figure, columns) for figure in growths}
        for column in columns:
            equations = [
                Equation("index", (("growth", figure), ("again", spot.figure)))
                for figure in growths
                if (spot := rows[figure.mention].get(column)) is not None
            ]
            fitting = [each for each in equations if holds(each)]
            if len(fitting) < _FEWEST - 1:
                continue
            yield from (Claim("REP002", each) for each in fitting)
            failing = [each for each in equations if not holds(each)]
            if len(failing) == 1 and has_edit(failing[0]):
                yield Claim("REP002", failing[0], severity="warning", tied=True)


def _is_index(spot: Spot) -> bool:
    figure = spot.figure
    return figure.dimension == "%" and spot.basis == "growth" and figure.sign > 0


def _find_rows(
    matches: Matches, named: Labels, figure: Figure, columns: dict[Line, list[Spot]]
) -> dict[Line, Spot]:
    """Return the cell of each column of indices in the one row that a figure names."""
    facts = matches.facts
    owner = facts.figures[matches.owner(figure)]
    near = matches.words_of(figure).near
    if (
        owner is not figure
        and facts.mentions[owner.mention].sentence == facts.mentions[figure.mention].sentence
    ):
        near = matches.words_of(owner).near  # `thu nội địa 5.101,0 tỷ đồng, đạt 60,0% dự toán, tăng 16,1%`
    known = matches.found.get(owner.mention)
    lines = [known.line] if known is not None else named.find_lines(near, least=0.6)
    found: dict[Line, Spot] = {}
    several: set[Line] = set()
    for line in lines:
        for spot in matches.rows[line]:
            if spot.column in columns:
                several |= {spot.column} & found.keys()
                found.setdefault(spot.column, spot)
    return {column: spot for column, spot in found.items() if column not in several}
