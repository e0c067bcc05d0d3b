"""The stretch of time that a figure is of: printed before it, in its column's head, or the report's own.

A period that is only a base (`so với cùng kỳ năm 2022`) is what changes are measured against, never
that of a level; a year named with the plan (`kế hoạch năm 2023`) is that of plans.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from docanalyze.core.analysis import Analysis
from docanalyze.core.days import Days, is_year, join_periods, whole_year, year_before
from docanalyze.core.mention import Mention, Period
from docanalyze.core.relation import Stretch
from docanalyze.lexicon import Lexicon
from docanalyze.lexicon.cues import cue_pattern

_CLAUSE = re.compile(r"[,;:.]\s|\t")
_PRICES = ("giá so sánh", "giá so sánh năm", "giá cố định", "giá hiện hành", "giá", "năm gốc", "gốc")
_REACH = 70
_YEARS = 3
"""A year printed further away from the report's is part of a name, not the period of a figure."""


class Placed(NamedTuple):
    """A period as printed at a place; `base` where figures are measured against it, `plan` if planned for."""

    at: int
    days: Days
    base: bool
    plan: bool


def add_periods(analysis: Analysis, drafts: Mapping[str, dict[str, Any]], lexicon: Lexicon) -> None:
    """Add `period` and `base_period` to indicators in the making, by the mention that they are of.

    Where no period is printed, it is the one that the report is about; without one, none is set.
    """
    mentions = {mention.id: mention for mention in analysis.mentions or ()}
    report = analysis.report or None
    periods = report.periods if report is not None else ()
    main = next((Days(p.start, p.end) for p in periods if p.role == "main"), None)
    sentences: dict[str, list[Placed]] = {}
    heads: dict[tuple[str, int], list[Placed]] = {}
    found = list(place_periods(mentions.values(), analysis.text, lexicon))
    columns = _find_columns(analysis)
    for mention, placed in found:
        if mention.cell is not None:
            for column in columns.get((mention.cell.table, mention.cell.row, mention.cell.col), ()):
                heads.setdefault((mention.cell.table, column), []).append(placed)
        elif mention.sentence is not None:
            sentences.setdefault(mention.sentence, []).append(placed)
    for name, draft in drafts.items():
        mention = mentions[name]
        if mention.cell is not None:
            near = heads.get((mention.cell.table, mention.cell.col), [])
        else:
            near = sentences.get(mention.sentence or "", [])
        own, base = choose_period(mention.start, near, main, draft["basis"])
        draft["period"], draft["base_period"] = _stretch(own), _stretch(base)


def place_periods(
    mentions: Iterable[Mention], text: str, lexicon: Lexicon
) -> Iterator[tuple[Mention, Placed]]:
    """Yield the periods with days, each with what it is for, as the words before it say."""
    plan = cue_pattern(lexicon, "plan")
    leads = (*lexicon["cues"]["against"]["words"], "bằng", "cao hơn", "thấp hơn")
    for mention in mentions:
        if not isinstance(mention, Period):
            continue
        value = mention.value
        if value.start is None or value.end is None or value.grain in (None, "dekad", "crop-season"):
            continue
        before = text[max(0, mention.start - _REACH) : mention.start].lower().rstrip(" (\n")
        if before.endswith(_PRICES):
            continue
        relative = value.relative or ""
        is_base = relative.startswith(("same-period", "previous")) or before.endswith(leads)
        is_plan = value.grain == "year" and plan.search(_CLAUSE.split(before)[-1]) is not None
        yield mention, Placed(mention.start, Days(value.start, value.end), is_base, is_plan)


def choose_period(
    at: int, periods: Sequence[Placed], main: Days | None, basis: str
) -> tuple[Days | None, Days | None]:
    """Return the period of the figure at an offset and the one that it is measured against.

    `periods` are those printed in its sentence or its column's head, `main` the report's own.
    """
    year = _year(main) if main is not None else None
    before = [p for p in periods if p.at < at and (year is None or abs(_year(p.days) - year) < _YEARS)]
    own = join_periods([p.days for p in before if not p.base and not p.plan]) or main
    if basis in ("plan", "plan-ratio"):
        planned = next((p.days for p in reversed(before) if p.plan or is_year(p.days)), None)
        return planned or (whole_year(own.end) if own else None), None
    if basis == "prior-period":
        base = next((p.days for p in reversed(before) if p.base), None)
        return base or (year_before(own) if own else None), None
    if basis not in ("growth", "change"):
        return own, None
    after = next((p.days for p in periods if p.at > at and p.base), None)
    return own, after or next((p.days for p in reversed(before) if p.base), None)


def _year(days: Days) -> int:
    return int(days.end[:4])


def _stretch(days: Days | None) -> Stretch | None:
    return None if days is None else Stretch(start=days.start, end=days.end)


def _find_columns(analysis: Analysis) -> dict[tuple[str, int, int], range]:
    """Return the columns below each cell of a table's head."""
    return {
        (table.id, cell.row, cell.col): range(cell.col, cell.col + cell.col_span)
        for table in analysis.tables
        for cell in table.cells
        if cell.header
    }
