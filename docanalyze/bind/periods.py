"""The stretch of time that a figure is of: printed before it, in its column's head, or the report's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from docanalyze.core.analysis import Analysis
from docanalyze.core.days import Days
from docanalyze.core.mention import Mention, Period
from docanalyze.core.relation import Basis, Stretch
from docanalyze.lexicon import Lexicon
from docanalyze.lexicon.stretches import PlacedPeriod, choose_period, place_period


def add_periods(analysis: Analysis, drafts: Mapping[str, dict[str, Any]], lexicon: Lexicon) -> None:
    """Add `period` and `base_period` to indicators in the making, by the mention that they are of.

    Where no period is printed, it is the one that the report is about; without one, none is set.
    """
    mentions = {mention.id: mention for mention in analysis.mentions or ()}
    report = analysis.report or None
    periods = report.periods if report is not None else ()
    main = next((Days(p.start, p.end) for p in periods if p.role == "main"), None)
    sentences: dict[str, list[PlacedPeriod]] = {}
    heads: dict[tuple[str, int], list[PlacedPeriod]] = {}
    rows: dict[tuple[str, int], list[PlacedPeriod]] = {}
    placed_periods = list(_place_periods(mentions.values(), analysis.text, lexicon))
    columns = _find_columns(analysis)
    for mention, placed in placed_periods:
        if mention.cell is not None:
            rows.setdefault((mention.cell.table, mention.cell.row), []).append(placed)
            for column in columns.get((mention.cell.table, mention.cell.row, mention.cell.col), ()):
                heads.setdefault((mention.cell.table, column), []).append(placed)
        elif mention.sentence is not None:
            sentences.setdefault(mention.sentence, []).append(placed)
    unsaid: dict[Basis, tuple[Stretch | None, Stretch | None]] = {}
    for name, draft in drafts.items():
        mention = mentions[name]
        if mention.cell is not None:
            near = heads.get((mention.cell.table, mention.cell.col), [])
            own = [] if draft["name"] else rows.get((mention.cell.table, mention.cell.row), [])
            if len(own) == 1:
                near = own  # the row of a month, a quarter or a year: its label is nothing else
        else:
            near = sentences.get(mention.sentence or "", [])
        basis = draft["basis"]
        found = unsaid.get(basis) if not near else None
        if found is None:
            chosen = choose_period(
                mention.start, near, main, prior=basis == "prior-period",
                plan=basis in ("plan", "plan-ratio"), heads=mention.cell is not None,
            )  # fmt: skip
            base = chosen.base if basis in ("growth", "change") else None
            found = _stretch(chosen.days), _stretch(base)
        if not near:
            unsaid[basis] = found
        draft["period"], draft["base_period"] = found


def _place_periods(
    mentions: Iterable[Mention], text: str, lexicon: Lexicon
) -> Iterator[tuple[Mention, PlacedPeriod]]:
    for mention in mentions:
        if isinstance(mention, Period):
            placed = place_period(mention, text, lexicon)
            if placed is not None:
                yield mention, placed


@lru_cache(maxsize=1024)
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
