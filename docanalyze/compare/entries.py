"""The indicators of one report: what it prints of one thing, in prose and in tables, put together."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from docanalyze.compare.names import PEOPLE, Name, unit_class
from docanalyze.compare.observation import Observation
from docanalyze.compare.periods import count_months
from docanalyze.compare.places import GROUP
from docanalyze.core.days import are_nested
from docanalyze.core.names import fold_name, likeness

_SURE_DIGITS = 4
_TOLD_DIGITS = 3
"""So many are enough where a table prints what a sentence says."""
_SHORT = 2
_BROKEN = re.compile(r"\d,\d")
_HUGE = 1000
"""From here on a fraction is that of `nghìn` or `triệu`."""
_COUNT = "…"
_BASE = {"tấn": "kg", "tạ": "kg", "ha": "m2", "km": "m"}
"""Units in which a figure stands that is of something (`tấn hàng hóa`), and those of bare ones."""
_YEAR = 12
_YEARLY, _REST = "target 12:", "target:"
"""How the units of aims begin: for a whole year, and for what is left of it or the next stretch."""
_RATE = re.compile(r"tốc độ (?:tăng|phát triển)|tăng trưởng")
_PER = re.compile(r"(?<!\w)(?:bình quân|trung bình|mỗi|tính trên|trên (?:một |mỗi )?cổ phiếu|vạn dân)(?!\w)")
_RATIOS = ("%", "point", "‰", "lần")
_MEASURES = frozenset((
    "kg", "m", "m2", "m3", "l", "lít", "kwh", "wh", "w", "kw", "mw", "%", "point", "‰",
    "năm", "tháng", "ngày", "giờ",
))  # fmt: skip
"""Units that are no count of things."""


@dataclass(eq=False)
class Entry:
    """All that one report prints of one indicator: levels, plans, ratios, changes, of whatever period.

    `others` are the names, as keys of what is printed, of entries that print the same figures.
    """

    report: int
    name: Name
    unit: str
    observations: list[Observation] = field(default_factory=list)
    others: set[str] = field(default_factory=set)
    _near: frozenset[str] | None = None
    _context: tuple[int, frozenset[str]] = (0, frozenset())
    _levels: tuple[int, list[Observation]] = (0, [])

    @property
    def key(self) -> tuple[str, str]:
        """The words of the name and the class of the unit, by which equal entries are joined."""
        return self.name.key, self.unit

    @cached_property
    def broad_unit(self) -> str:
        """The unit under which like names are compared: things and people are counted in many words."""
        kind, colon, unit = self.unit.rpartition(":")
        unit = _BASE.get(unit, unit)
        measured = not colon and (unit.isupper() or unit in _MEASURES) and unit not in _RATIOS
        # `lao động bình quân 61 người` is no rate, `mỗi xã bình quân đạt 17,9 tiêu chí` is
        if (measured or self._is_broken_count) and _PER.search(self.name.printed):
            unit += "/"  # `mỗi người 932,8 triệu đồng` beside `938 triệu đồng/người`
        if not unit or (unit.islower() and unit not in _MEASURES and "/" not in unit):
            unit = _COUNT
        if colon and kind.startswith(("growth", "target")):
            return f"{kind}:{unit}"
        return unit.split("/")[0] + "/" * ("/" in unit)

    @property
    def _is_broken_count(self) -> bool:
        """Whether things are counted with a fraction, which only what is per something can be."""
        if not self.unit.islower() or self.unit in _MEASURES or ":" in self.unit or not self.levels():
            return False
        level = self.levels()[0]
        return level.value < _HUGE and _BROKEN.search(level.mention.text) is not None

    @property
    def section_rivals(self) -> Mapping[str, frozenset[str]]:
        """Those of the words of its section's title that rule others out, by group."""
        return group_rivals(self.first.section_name.rivals)

    @cached_property
    def rivals(self) -> dict[str, frozenset[str]]:
        """The words that rule others out by group: of its name, its figures, or its sentence."""
        return self._gather(self.own_rivals, (o.surroundings.rivals for o in self._own))

    @cached_property
    def own_rivals(self) -> dict[str, frozenset[str]]:
        """Those of its name and right around its figures: `giấy phép cấp mới`."""
        return self._gather({}, (self.name.rivals, *(o.near_rivals for o in self._own)))

    @cached_property
    def placed(self) -> bool:
        """Whether its name says a place: `huyện Phù Lạc trồng`."""
        places = self.own_rivals.get(GROUP)
        return places is not None and any(
            len(place) > _SHORT and place in fold_name(self.name.printed) for place in places
        )  # `trạm Y tế` is none

    @property
    def _own(self) -> list[Observation]:
        return [o for o in self.observations[:4] if o.about is None]

    @staticmethod
    def _gather(
        known: Mapping[str, frozenset[str]], layers: Iterable[frozenset[str]]
    ) -> dict[str, frozenset[str]]:
        found = dict(known)
        for layer in layers:
            for group, words in group_rivals(layer).items():
                found.setdefault(group, words)
        return found

    @property
    def label(self) -> str:
        """The key as one line of text, as a mapping file has it."""
        return f"{self.name.key}|{self.unit}"

    @property
    def first(self) -> Observation:
        """The observation that named the entry."""
        return self.observations[0]

    @property
    def context(self) -> frozenset[str]:
        """Words around the name: of the sentence's first name, the table's title, the row above."""
        first = self.observations[:4]
        if self._context[0] != len(first):
            self._context = len(first), frozenset().union(*(o.context for o in first))
        return self._context[1]

    @cached_property
    def around(self) -> frozenset[str]:
        """The words around the name that are not its own."""
        return (self.near | self.context) - self.name.terms

    @property
    def section_words(self) -> frozenset[str]:
        """The telling words of its section's title."""
        return self.first.section_name.terms

    @property
    def near(self) -> frozenset[str]:
        """The words of the names and around the figures."""
        if self._near is None:
            self._near = frozenset().union(*(o.near for o in self.observations[:4] if o.about is None))
        return self._near

    def amounts(self) -> list[Observation]:
        """Return the levels and plans of the entry: what is in its own unit."""
        return [o for o in self.observations if o.kind in ("level", "plan", "target")]

    def levels(self) -> list[Observation]:
        """Return the amounts, counts and rates of the entry, listed anew when it has grown."""
        if self._levels[0] != len(self.observations):
            self._levels = len(self.observations), [o for o in self.observations if o.kind == "level"]
        return self._levels[1]


def group_entries(observations: list[Observation]) -> list[Entry]:
    """Return the entries of a report; figures of one name that contradict each other are kept apart."""
    anchors: dict[object, list[Observation]] = defaultdict(list)
    for each in observations:
        owner = each.about or each
        place: object = owner.indicator.id
        if owner.row is not None:  # `Lúa | 41.286 ha | 68,4 tạ/ha | 282.396 tấn` is three
            place = (owner.row, owner.name.key, owner.unit) if owner.kind == "level" else owner.row
        anchors[place].append(each)
    entries: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for group in anchors.values():
        head = next((o for o in group if o.kind == "level" and o.about is None), None)
        head = head or next((o for o in group if o.about is None), group[0])
        unit = unit_class(head.unit) if head.kind == "level" else f"{head.kind}:{unit_class(head.unit)}"
        if head.kind == "plan":
            unit = unit_class(head.unit)
        elif head.kind == "target":  # that of a year is a plan, what is still to be done is none
            unit = f"{_YEARLY if count_months(head.days) >= _YEAR else _REST}{unit_class(head.unit)}"
        if unit in ("%", "share:%") and (_RATE.match(head.name.printed) or _RATE.match(_read_scope(head))):
            unit = "growth:%"
        found = entries[head.name.key, unit]
        entry = next((e for e in found if head.name.key and _agree(e, group)), None)
        if entry is None:
            entry = Entry(head.report, head.name, unit)
            found.append(entry)
        entry.observations.extend(group)
    return _join_equal([entry for group in entries.values() for entry in group])


def _read_scope(head: Observation) -> str:
    """Return the label of the row that a figure's row is part of: `Tốc độ tăng GRDP`, above `Dịch vụ`."""
    return (head.scope or "").lower() if head.row is not None and head.unit == "%" else ""


def _agree(entry: Entry, group: list[Observation]) -> bool:
    """Return whether figures may be of an entry: none of one kind and period contradicts one of its own."""
    equal = nested = False
    for one in group:
        for two in entry.observations:
            if one.kind == two.kind == "level" and one.days == two.days and one.unit == two.unit:
                if not meets(one, two):
                    return False
                equal = True
            elif one.section == two.section and (one.kind == two.kind == "level" or _stand(one, two)):
                nested = nested or are_nested(one.days, two.days)
    return equal or nested or len(entry.name.words) > _SHORT or bool(entry.context & group[0].context)


def _stand(one: Observation, two: Observation) -> bool:
    """Return whether growths stand by themselves: `IIP tháng 5 tăng 8,9%; 5 tháng tăng 6,8%`."""
    return one.kind == two.kind == "growth" and one.about is two.about is None


def meets(one: Observation, two: Observation) -> bool:
    """Return whether two figures may be one, by their printed precision (a quick look in floats)."""
    a, b = float(one.value), float(two.value)
    slack = one.slack + two.slack + 1e-9 * max(abs(a), abs(b))
    if one.hedged or two.hedged:
        slack += 0.05 * max(abs(a), abs(b))
    return abs(a - b) <= slack


@lru_cache(maxsize=4096)
def group_rivals(rivals: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """Return the words that rule others out by their group."""
    found: dict[str, set[str]] = {}
    for rival in rivals:
        group, _, word = rival.partition(" ")
        found.setdefault(group, set()).add(word)
    return {group: frozenset(words) for group, words in found.items()}


def oppose(ones: Mapping[str, frozenset[str]], twos: Mapping[str, frozenset[str]]) -> bool:
    """Return whether two entries hold words of one group that rule each other out: `thu`, `chi`."""
    return any(words.isdisjoint(twos[group]) for group, words in ones.items() if group in twos)


def differ(ones: Mapping[str, frozenset[str]], twos: Mapping[str, frozenset[str]]) -> bool:
    """Return whether two names hold other words of one group: `nuôi trồng và khai thác`, `khai thác`."""
    return any(words != twos[group] for group, words in ones.items() if group in twos)


def _are_like(one: Entry, two: Entry) -> bool:
    """Return whether entries of one report that print the same figure may be of one thing."""
    if likeness(one.name.words, two.name.words) >= 0.5:
        return True
    ones, twos = one.near | one.context, two.near | two.context
    named = one.name.terms & twos or two.name.terms & ones
    return bool(named) and not oppose(one.rivals, two.rivals)


def _join_equal(entries: list[Entry]) -> list[Entry]:
    """Return the entries, those joined that print the same under like names: one long figure, or two."""
    places: dict[tuple[object, ...], Entry] = {}
    shared: Counter[tuple[int, int]] = Counter()
    joined: dict[int, Entry] = {}
    for entry in entries:
        seen: set[tuple[object, ...]] = set()
        for each in entry.levels():
            unit = unit_class(each.unit)
            key = (each.days, "người" if unit in PEOPLE else each.unit, each.value)
            other = places.setdefault(key, entry)
            while id(other) in joined:
                other = joined[id(other)]
            if other is entry or key in seen:
                continue
            seen.add(key)
            both = each.digits >= _TOLD_DIGITS and (other.first.row is None) != (each.row is None)
            shared[id(other), id(entry)] += 2 if both or each.digits >= _SURE_DIGITS else 1
            if shared[id(other), id(entry)] > 1 and _are_like(other, entry):
                other.observations.extend(entry.observations)
                other.others |= {entry.name.printed_key, *entry.others}
                joined[id(entry)] = other
                break
    return [entry for entry in entries if id(entry) not in joined]
