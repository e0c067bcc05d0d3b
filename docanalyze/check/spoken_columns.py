"""SUM001 of columns told in sentences: `thụ lý 214 vụ/386 bị can, giải quyết 198 vụ/352 bị can`, and so on.

A total and its parts tell the same figures in one order: where all columns but one add up, so does this one.
"""

from __future__ import annotations

from collections.abc import Iterator

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation, add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.core.figure import Figure

_WIDTHS = (4, 3)
"""So many columns rows may have: of two, one that adds up says too little of the other."""
_FEWEST, _MOST = 2, 8
"""How many parts a total has."""
_DIGITS = 3
_ROLES = ("level", "total")
Row = list[Figure]


def find_spoken_columns(facts: Facts) -> Iterator[Claim]:
    """Yield the column sums of paragraphs whose sentences tell the same kinds of figures over and over."""
    blocks: dict[str | None, Row] = {}
    for name in facts.by_sentence:
        levels = facts.levels_of(name)
        if len(levels) > 1:
            blocks.setdefault(facts.block_of(levels[0]), []).extend(levels)
    for row in blocks.values():
        if len(row) >= min(_WIDTHS) * (_FEWEST + 1):
            yield from _claim_block(facts, row)


def _claim_block(facts: Facts, levels: Row) -> Iterator[Claim]:
    plain = [
        figure for figure in levels
        if figure.plain and facts.role_of(figure) in _ROLES and not facts.depths.get(figure.mention)
    ]  # fmt: skip
    at = 0
    while at < len(plain):
        taken = 1
        for width in _WIDTHS:
            sums = _find_sums(_read_rows(plain, at, width))
            if sums and not _goes_on(plain, at + width * len(sums[0].terms), sums):
                yield from (Claim("SUM001", each, severity="warning", tied=True) for each in sums)
                taken = width * len(sums[0].terms)
                break
        at += taken


def _goes_on(plain: Row, end: int, sums: list[Equation]) -> bool:
    """Return whether what fails may lack the figure behind it: `…; đường thủy 5 vụ, …; hàng hải 1 vụ`."""
    return any(
        end < len(plain) and plain[end].dimension == each.one("total").dimension and not holds(each)
        for each in sums
    )


def _read_rows(plain: Row, at: int, width: int) -> list[Row]:
    """Return the rows from a figure on that count the same things as the first."""
    kinds = [figure.dimension for figure in plain[at : at + width]]
    rows: list[Row] = []
    if "" in kinds or len(set(kinds)) < _FEWEST:
        return rows
    for start in range(at, len(plain) - width + 1, width):
        row = plain[start : start + width]
        if [figure.dimension for figure in row] != kinds or len(rows) > _MOST:
            break
        rows.append(row)
    return rows


def _find_sums(rows: list[Row]) -> list[Equation]:
    """Return the sums of all columns to their first row, of which at most one fails by a misprint."""
    for size in range(_FEWEST, len(rows)):
        sums = [add_up(column[0], column[1:]) for column in zip(*rows[: size + 1], strict=True)]
        failing = [each for each in sums if not holds(each)]
        told = [each for each in sums if each not in failing and each.one("total").digits >= _DIGITS]
        if len(failing) < _FEWEST and len(told) >= _FEWEST and all(map(has_edit, failing)):
            return sums
    return []
