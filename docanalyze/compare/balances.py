"""Opening and closing stocks of one paragraph put together: what was there at first is the same thing before.

`Đầu kỳ 139.415 khách hàng; phát triển mới 3.742 khách hàng; đến 30/6/2024 có 142.680 khách hàng`.
"""

from __future__ import annotations

import re

from docanalyze.compare.names import unit_class
from docanalyze.compare.observation import Observation
from docanalyze.compare.view import ReportView
from docanalyze.core.days import Days, day_before
from docanalyze.lexicon.cues import cue_pattern

_DATED = re.compile(r"(?<!\w)(?:tính )?đến (?:hết |cuối )?(?:ngày |tháng )?\d")
_LEADS = ("tháng", "từ", "quý")
"""Before `đầu năm` where it says no day: `6 tháng đầu năm`, `từ đầu năm`."""


class Balances:
    """The opening stock that a paragraph names, until its closing one comes."""

    def __init__(self, view: ReportView) -> None:
        self._view = view
        self._opening = cue_pattern(view.lexicon, "opening")
        self._closing = cue_pattern(view.lexicon, "closing")
        self._held: tuple[str | None, Observation, Days] | None = None

    def add(self, each: Observation, block: str | None, words: str) -> None:
        """Take in the next level of the text, with the words before it."""
        low = " ".join(words.lower().split())
        opening = self._opening.search(low)
        if opening is not None and not low[: opening.start()].rstrip().endswith(_LEADS):
            days = self._view.days
            start = f"{days.end[:4]}-01-01" if "năm" in opening[0] else days.start
            day = day_before(start)
            self._held = block, each, Days(day, day)
        elif self._held is not None and (self._closing.search(low) or _DATED.search(low)):
            place, first, day_of = self._held
            if place == block is not None and unit_class(first.unit) == unit_class(each.unit):
                first.about, first.days = each, day_of
                first.form = each.form = "stock"
                self._held = None
