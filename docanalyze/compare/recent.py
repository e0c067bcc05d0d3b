"""The levels told last, after which figures without a name, or with half of one, are named."""

from __future__ import annotations

from docanalyze.compare.draft import Draft
from docanalyze.compare.names import Name, unit_class
from docanalyze.compare.observation import Observation
from docanalyze.core.days import Days, are_nested


class Recent:
    """The latest level of the text, and those of the paragraph by the class of their unit."""

    def __init__(self) -> None:
        self._latest: Observation | None = None
        self._block: str | None = None
        self._levels: dict[str, list[Observation]] = {}
        self._levels_of: str | None = None

    def add(self, level: Observation, block: str | None) -> None:
        """Take in the next level of the text."""
        if level.name.words and level.about is None:
            self._latest, self._block = level, block
        if block is not None and level.name.is_telling:
            if self._levels_of != block:
                self._levels, self._levels_of = {}, block
            self._levels.setdefault(unit_class(level.unit), []).append(level)

    def find_nameless(self, draft: Draft, days: Days) -> Observation | None:
        """Return the latest level if a figure without a name is of the same in another stretch.

        `đạt 52.310 triệu đồng, cùng kỳ là 48.153 triệu đồng`, `lũy kế 5 tháng đạt 2.580,3 nghìn tỷ`.
        """
        latest = self._latest
        if latest is None or latest.unit != draft.unit or latest.days == days:
            return None
        near = latest.mention.sentence == draft.mention.sentence or (self._block == draft.block is not None)
        return latest if near else None

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
                and (name.terms <= each.near or name.words <= each.name.words)
            ):
                return each.name
        return None
