"""REP002 by what is meant: the one cell of a figure's name, basis, unit and period."""

from __future__ import annotations

import re

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import COMPARISONS, compare, equate
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import agree, holds, judge
from docanalyze.check.matches import Matches, empty_words, fits_role
from docanalyze.check.row_labels import Labels
from docanalyze.core.figure import Figure
from docanalyze.core.names import fold_words
from docanalyze.core.relation import Indicator

_SAID_PLAINLY = ("level", "total", "share", "growth", "ratio", "plan", "plan-ratio")
_ALL = re.compile(r"(?<!\w)(?:toàn|cả) (?:tỉnh|huyện|thành phố|xã|quận|thị xã|ngành|nước|vùng)(?!\w)")
_HEDGES = ("more-than", "nearly", "about")
_LONG, _TELLING = 4, 3
"""Digits of what may be told by less than its name."""


def find_same_cell(facts: Facts, matches: Matches, figure: Figure, named: Labels) -> Claim | None:
    """Return the claim of the one cell of a figure's name, basis, unit and period: they must be the same.

    `Hoàn thành tốt 5.307 đảng viên` in the text of 2022, beside two columns of organisations and two of
    `Đảng viên 2021, 2022`: the last one is meant. Rows that have no name but a month are told by their head.
    """
    owner = facts.by_mention.get(figure.mention)
    if owner is None or owner.period is None or owner.role not in _SAID_PLAINLY:
        return None
    if figure.comparator not in (None, *_HEDGES):
        return None
    own, kind = fold_words(owner.name) - empty_words(facts), figure.kind
    near = matches.words_of(figure).near
    said = own | near
    spots = [
        spot for line in named.find_lines(said, least=1.0) for spot in matches.rows[line]
        if spot.kind == kind and not facts.differ_in_scope(figure, spot.figure)
    ]  # fmt: skip
    if any(agree(figure, spot.figure) for spot in spots):
        return None
    all_told = figure.telling >= _LONG and _ALL.search(facts.words_before(figure)) is not None
    above = facts.indicators.get(owner.of or "")
    known = matches.found.get(above.mention) if above is not None else None
    spots = spots or [
        spot for spot in matches.unnamed.get(kind, ())
        if (above is None or (known is not None and known.line == spot.line))
        and (all_told or (spot.sort <= said and len(spot.sort) > 1))
    ]  # fmt: skip
    rate = figure.dimension == "%" and owner.role == "level"  # `riêng khiếu nại đạt 88,6%`
    fitting = [
        spot for spot in spots
        if (spot.basis == "share" if rate else fits_role(facts, figure, spot))
        and (spot.period == owner.period or owner.role == "plan-ratio")
    ]  # fmt: skip
    if all_told and len(fitting) > 1:
        near_by = min(fitting, key=lambda spot: abs(spot.figure.start - figure.start)).table
        fitting = [spot for spot in fitting if spot.table == near_by]
    if len(fitting) > 1:
        counted = fold_words(figure.dimension)
        shares = [(len(spot.sort & counted), len(spot.sort & near)) for spot in fitting]
        most = max(shares)
        fitting = [spot for spot, share in zip(fitting, shares, strict=True) if share == most > (0, 0)]
    if len(fitting) != 1:
        return None
    equation = equate(figure, fitting[0].figure)
    plain = own == fitting[0].label or figure.telling >= _TELLING
    told = plain and judge(equation) == "fails" and has_edit(equation) and not _is_borne_out(facts, owner)
    return Claim("REP002", equation, severity="warning", tied=True) if told else None


def _is_borne_out(facts: Facts, base: Indicator) -> bool:
    """Return whether a ratio of the text is over a figure as printed: `57,48% dự toán tỉnh (160 tỷ đồng)`.

    Then it is no misprint but another plan or base than the table's.
    """
    figures, indicators = facts.figures, facts.indicators
    return any(
        holds(
            compare(
                COMPARISONS.get(said.role or "", "ratio"),
                figures[indicators[said.of].mention], figures[base.mention], figures[said.mention],
            )
        )
        for said in indicators.values() if said.against == base.id and said.of is not None
    )  # fmt: skip
