"""Figures in the cells of tables: named by their row, of the period and measure of their column."""

from __future__ import annotations

from docanalyze.compare.columns import CHANGED, Columns
from docanalyze.compare.draft import Draft
from docanalyze.compare.names import Name, read_name
from docanalyze.compare.nearby import Near
from docanalyze.compare.observation import PERCENT
from docanalyze.compare.places import find_labelled
from docanalyze.compare.view import ReportView
from docanalyze.core.mention import CellRef

_AFTER_ALL = 1 << 60
"""An offset after all periods of a column's head."""


class Cells:
    """The tables of a report as its figures are read by them."""

    def __init__(self, view: ReportView) -> None:
        self._view = view
        self._columns = Columns(view)
        self._units = {
            (table.id, cell.row, cell.col)
            for table in view.analysis.tables
            for cell in table.cells
            if cell.role == "unit"
        }

    def read(self, draft: Draft, cell: CellRef) -> bool:
        """Fill in what cell, row, column and table say of a figure; return False for a unit (`1.000 tấn`)."""
        if (cell.table, cell.row, cell.col) in self._units:
            return False
        place = cell.table, cell.col
        draft.at, draft.row = _AFTER_ALL, (cell.table, cell.row)
        draft.periods, draft.column = self._columns.periods(place), self._columns.head(place)
        if draft.kind == "level" and CHANGED.search(draft.column):
            draft.kind = "change"
        measure, tells = self._columns.measure(place) if draft.kind == "level" else ("", False)
        draft.name = self._name(draft, cell, measure, tells=tells)
        places = find_labelled(self._view.labels.get(draft.row, ""), self._view.lexicon)
        if places:
            draft.name = draft.name._replace(rivals=draft.name.rivals | places)
        draft.scope = self._view.parents.get(draft.row)
        draft.context = self._find_context(draft, cell, measure)
        if draft.kind in ("growth", "plan-ratio", "share") and draft.unit not in PERCENT:
            draft.unit, draft.amount = "%", draft.number
        return True

    def _name(self, draft: Draft, cell: CellRef, measure: str, *, tells: bool) -> Name:
        """Return the name of a row, with what its column measures if that tells; of a total, its table's."""
        label = draft.indicator.name
        name = read_name(f"{label} {measure}" if tells else label, self._view.lexicon)
        if name.is_telling:
            return name
        return read_name(measure or self._view.titles.get(cell.table) or label, self._view.lexicon)

    def _find_context(self, draft: Draft, cell: CellRef, measure: str) -> Near:
        """Return the words of the title, the column and the row above."""
        lexicon = self._view.lexicon
        title = read_name(self._view.titles.get(cell.table, ""), lexicon)
        words, rivals = title.terms | read_name(measure, lexicon).terms, title.rivals
        if draft.scope is not None:
            above = read_name(draft.scope, lexicon)
            words, rivals = words | (above.terms if above.is_telling else frozenset()), above.rivals or rivals
        return Near(words, rivals)
