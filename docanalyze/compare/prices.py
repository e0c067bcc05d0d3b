"""The price basis of figures: constant or current prices, as their sentence or table says."""

from __future__ import annotations

import re

from docanalyze.compare.view import ReportView
from docanalyze.core.mention import Mention


class Prices:
    """Where a report names a price basis."""

    def __init__(self, view: ReportView) -> None:
        words = view.lexicon["series"]["constant"]
        forms = dict.fromkeys(words["constant"], "constant") | dict.fromkeys(words["current"], "current")
        choice = "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
        self._places = [
            (found.start(), forms[found[0]]) for found in re.finditer(choice, view.analysis.text.lower())
        ]
        self._view = view

    def find(self, mention: Mention) -> str | None:
        """Return `constant` or `current`; None where nothing is said."""
        if not self._places:
            return None
        if mention.cell is not None:
            low = self._view.rows.get((mention.cell.table, mention.cell.row), "").lower()
            return "constant" if "so sánh" in low else "current" if "hiện hành" in low else None
        sentence = self._view.sentence_at(mention.start)
        if sentence is None:
            return None
        near = [basis for at, basis in self._places if sentence.start <= at < mention.start]
        return near[-1] if near else None
