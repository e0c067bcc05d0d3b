"""The stretch of time that a figure is of: printed before it, in its column's head, or the report's own.

A period that is only a base (`so với cùng kỳ năm 2022`) is what changes are measured against, never
that of a level; a year named with the plan (`kế hoạch năm 2023`) is that of plans.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from docanalyze.core.analysis import Analysis
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
    days: Stretch
    base: bool
    plan: bool


def add_periods(analysis: Analysis, drafts: Mapping[str, dict[str, Any]], lexicon: Lexicon) -> None:
    """Add `period` and `base_period` to indicators in the making, by the mention that they are of.

    Where no period is printed, it is the one that the report is about; without one, none is set.
    """
    mentions = {mention.id: mention for mention in analysis.mentions or ()}
    report = analysis.report or None
    periods = report.periods if report is not None else ()
    main = next((Stretch(start=p.start, end=p.end) for p in periods if p.role == "main"), None)
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
        draft["period"], draft["base_period"] = choose_period(mention.start, near, main, draft["basis"])


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
        yield mention, Placed(mention.start, Stretch(start=value.start, end=value.end), is_base, is_plan)


def choose_period(
    at: int, periods: Sequence[Placed], main: Stretch | None, basis: str
) -> tuple[Stretch | None, Stretch | None]:
    """Return the period of the figure at an offset and the one that it is measured against.

    `periods` are those printed in its sentence or its column's head, `main` the report's own.
    """
    year = int((main.end or "")[:4]) if main is not None and main.end else None
    before = [p for p in periods if p.at < at and (year is None or abs(_year(p.days) - year) < _YEARS)]
    own = _join_periods([p.days for p in before if not p.base and not p.plan])
    if basis in ("plan", "plan-ratio"):
        planned = next((p.days for p in reversed(before) if p.plan or _is_year(p.days)), None)
        return planned or _whole_year(own or main), None
    if basis == "prior-period":
        base = next((p.days for p in reversed(before) if p.base), None)
        return base or _year_before(own or main), None
    if basis not in ("growth", "change"):
        return own or main, None
    after = next((p.days for p in periods if p.at > at and p.base), None)
    base = after or next((p.days for p in reversed(before) if p.base), None)
    return own or main, base


def _join_periods(printed: Sequence[Stretch]) -> Stretch | None:
    """Return the last of the periods; a year below a part of a year is that part of it.

    As in a head: `Thực hiện 6 tháng đầu năm` over `Năm 2022` and `Năm 2023`.
    """
    if not printed:
        return None
    last = printed[-1]
    if len(printed) > 1 and _is_year(last) and not _is_year(printed[-2]):
        above, year = printed[-2], (last.end or "")[:4]
        if above.start and above.end and above.start[:4] == above.end[:4]:
            return Stretch(start=year + above.start[4:], end=year + above.end[4:])
    return last


def _find_columns(analysis: Analysis) -> dict[tuple[str, int, int], range]:
    """Return the columns below each cell of a table's head."""
    return {
        (table.id, cell.row, cell.col): range(cell.col, cell.col + cell.col_span)
        for table in analysis.tables
        for cell in table.cells
        if cell.header
    }


def _year(days: Stretch) -> int:
    return int((days.end or "0")[:4])


def _is_year(days: Stretch) -> bool:
    start, end = days.start or "", days.end or ""
    return start[4:] == "-01-01" and end[4:] == "-12-31" and start[:4] == end[:4]


def _whole_year(days: Stretch | None) -> Stretch | None:
    if days is None or days.end is None:
        return None
    return Stretch(start=f"{days.end[:4]}-01-01", end=f"{days.end[:4]}-12-31")


def _year_before(days: Stretch | None) -> Stretch | None:
    """Return the same stretch a year earlier; a February ends on its own last day."""
    if days is None or days.start is None or days.end is None:
        return None
    return Stretch(start=_move(days.start), end=_move(days.end))


def _move(day: str) -> str:
    year = int(day[:4]) - 1
    if day[4:] in ("-02-28", "-02-29"):
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return f"{year:04d}-02-{29 if leap else 28}"
    return f"{year:04d}{day[4:]}"
