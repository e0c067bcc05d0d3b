"""The levels told last, after which figures without a name, or with half of one, are named."""

from __future__ import annotations

import re

from docanalyze.compare.draft import Draft
from docanalyze.compare.names import Name, unit_class
from docanalyze.compare.observation import Observation
from docanalyze.core.days import Days, are_nested

_BRACKET = re.compile(r"[()]")
_PARTS = re.compile(r"(?<!\w)(?:bao gồm|gồm|trong đó|chia ra|cụ thể)(?!\w)")
_RAISED = ("nâng ", "đưa ")
_REACH = 400
_LATEST = 7


class Recent:
    """The latest level of the text, and those of the paragraph by the class of their unit."""

    def __init__(self, text: str, measures: frozenset[str]) -> None:
        self._text, self._measures = text, measures
        self._latest: list[tuple[Observation, str | None]] = []
        self._levels: dict[str, list[Observation]] = {}
        self._levels_of: str | None = None

    def add(self, level: Observation, block: str | None) -> None:
        """Take in the next level of the text."""
        if level.name.words and level.about is None:
            self._latest = [(level, block), *self._latest[:_LATEST]]
        if block is not None and level.name.is_telling:
            if self._levels_of != block:
                self._levels, self._levels_of = {}, block
            self._levels.setdefault(unit_class(level.unit), []).append(level)

    def find_nameless(self, draft: Draft, days: Days) -> Observation | None:
        """Return the latest level if a figure without a name is of the same in another stretch.

        `đạt 52.310 triệu đồng, cùng kỳ là 48.153 triệu đồng`, `lũy kế 5 tháng đạt 2.580,3 nghìn tỷ`.
        Behind a bracket it is the one before that: `18.210 tấn (nuôi 12.070), cộng dồn 5 tháng 80.520`.
        """
        outside = (each for each in self._latest if not self._is_closed(each[0], draft.at))
        latest, block = next(outside, (None, None))
        if latest is None or latest.unit != draft.unit or latest.days == days:
            return None
        if latest.mention.sentence == draft.mention.sentence:
            return latest
        if block is None or block != draft.block:
            return None
        return self._find_head(latest)

    def _find_head(self, latest: Observation) -> Observation:
        """Return the level before the list that a level is a part of, in a sentence before: `gồm a, b, c`."""
        first = latest
        for each, _ in self._latest:
            if each.mention.sentence != latest.mention.sentence or each.unit != latest.unit:
                break
            if each is not latest and _PARTS.search(self._text, each.mention.end, first.mention.start):
                return each
            first = each
        return latest

    def find_raised(self, draft: Draft, days: Days) -> Observation | None:
        """Return the latest level if a figure is what that brings the stretch around it to.

        `trồng rừng tháng 5 đạt 512 ha, nâng tổng diện tích trồng từ đầu năm lên 2.726 ha`.
        """
        if not draft.indicator.name.startswith(_RAISED):
            return None
        latest = self.find_nameless(draft, days)
        if latest is None or not are_nested(days, latest.days):
            return None
        return latest if draft.name.terms - self._measures <= latest.near else None

    def _is_measure(self, name: Name, level: Observation) -> bool:
        """Return whether a name is that of a level with its measure: `khai thác`, `sản lượng khai thác`."""
        rest = name.terms - self._measures
        return bool(rest) and rest == level.name.terms - self._measures

    def _is_closed(self, level: Observation, at: int) -> bool:
        """Return whether a level stands in a bracket that is closed before an offset."""
        end = level.mention.end
        if at - end > _REACH or self._text.find(")", end, at) < 0:
            return False
        depth = 0
        for found in _BRACKET.finditer(self._text, end, at):
            depth += 1 if found[0] == "(" else -1
            if depth < 0:
                return True
        return False

    def find_whole(self, draft: Draft, days: Days) -> Name | None:
        """Return the name of the latest level of a paragraph of which a figure is another stretch.

        `Thu từ hoạt động xuất nhập khẩu 1.041 tỷ đồng, trong đó tháng 6 thu 179 tỷ đồng`: under a shorter
        name, one holds the other.
        """
        if self._levels_of != draft.block:
            return None
        name = draft.name
        if len(name.terms) == 1 and not any(
            draft.at - len(draft.words) <= p.at < draft.at for p in draft.periods
        ):
            return None  # `528 doanh nghiệp với số vốn`: no other stretch is named beside it
        for each in reversed(self._levels.get(unit_class(draft.unit), ())):
            within = are_nested(days, each.days)
            if (
                within
                and name.key != each.name.key
                and (name.terms <= each.near or name.words <= each.name.words or self._is_measure(name, each))
            ):
                return each.name
        return None
