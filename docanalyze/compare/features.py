"""How alike two indicators of different reports are: words, letters, figures and places, as numbers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from docanalyze.compare.enlarged import Enlarged
from docanalyze.compare.entries import Entry, differ, group_rivals, meets, oppose
from docanalyze.compare.implied import confirm, find_borne, list_implied
from docanalyze.compare.names import PEOPLE, unit_class
from docanalyze.compare.observation import PERCENT, Observation
from docanalyze.compare.periods import count_months

FIXED = (
    "letters", "name_least", "name_most", "near_least", "near_most", "around", "missing_least",
    "missing_most", "name", "size", "close", "far", "no_size", "again", "implied", "section", "unit",
    "no_unit", "people", "kind", "ratio", "rivals",
    "near_rivals", "negated", "order", "shape",
)  # fmt: skip
"""The features that a pair has of its own."""
FEATURES = (*FIXED, "beside", "vicinity")
"""The features of a pair, in the order of the model's weights: the last change as others are joined."""
_FAR = 3.0
_CLOSE = 0.15
_POINTS = 20.0
_TENFOLD = 10
_TINY = 10.0
_UNSEEN = 6.0
_LEVELS = 4
_LONG = 3
_WIDE = 3
_MEASURE = 0.4
_VAGUE = ("", "chiếc", "cái")
"""Units that do not say what is counted."""


def weigh_words(entries: Iterable[Entry], measures: frozenset[str]) -> dict[str, float]:
    """Return how telling each word is: the fewer indicators have it, the more; those of measures, little."""
    counts: Counter[str] = Counter()
    total = 0
    for entry in entries:
        counts.update(entry.near | entry.context)
        total += 1
    return {
        word: math.log((total + 1) / (count + 0.5)) * (_MEASURE if word in measures else 1.0)
        for word, count in counts.items()
    }


class Neighbours:
    """The entries around each entry of its report, and which identity each entry is known to be."""

    def __init__(self, reports: Iterable[Sequence[Entry]]) -> None:
        self._rows: list[list[object]] = []
        self._places: dict[int, tuple[int, int]] = {}
        self._around: dict[tuple[int, int], frozenset[object]] = {}
        for number, entries in enumerate(reports):
            self._rows.append([entry.key if entry.name.key else None for entry in entries])
            for at, entry in enumerate(entries):
                self._places[id(entry)] = number, at

    def place(self, entry: Entry) -> float:
        """Return where in its report an entry stands: 0 at its start, 1 at its end."""
        row, at = self._places[id(entry)]
        return at / max(1, len(self._rows[row]) - 1)

    def compare(self, one: Entry, two: Entry) -> tuple[float, float]:
        """Return which share of the two entries beside, and of the six around, are the same for both."""
        (row, at), (other, to) = self._places[id(one)], self._places[id(two)]
        ones, twos = self._rows[row], self._rows[other]
        beside = 0.0
        if at and to and ones[at - 1] is not None and ones[at - 1] == twos[to - 1]:
            beside = 0.5
        at, to = at + 1, to + 1
        if at < len(ones) and to < len(twos) and ones[at] is not None and ones[at] == twos[to]:
            beside += 0.5
        marks = self._marks(row, at - 1)
        return beside, len(marks & self._marks(other, to - 1)) / (2 * _WIDE) if marks else 0.0

    def add(self, entry: Entry, number: int) -> None:
        """Take in which identity an entry is of."""
        row, at = self._places[id(entry)]
        self._rows[row][at] = number
        for near in range(at - _WIDE, at + _WIDE + 1) if self._around else ():
            self._around.pop((row, near), None)

    def _marks(self, row: int, at: int) -> frozenset[object]:
        """Return what the entries around one are known by, kept until one of them is added."""
        found = self._around.get((row, at))
        if found is None:
            marks = self._rows[row]
            around = (*marks[max(0, at - _WIDE) : at], *marks[at + 1 : at + 1 + _WIDE])
            found = self._around[row, at] = frozenset(around) - {None}
        return found


class _Weights(dict[str, float]):
    """How telling words are; one of no entry, as much as one of few."""

    def __missing__(self, word: str) -> float:
        return _UNSEEN


class Features:
    """The features of pairs of entries; what each entry gives to them is computed once."""

    def __init__(
        self,
        weights: Mapping[str, float],
        neighbours: Neighbours,
        negations: frozenset[str] = frozenset(),
        erratic: frozenset[str] = frozenset(),
        enlarged: Enlarged | None = None,
    ) -> None:
        self._enlarged = enlarged
        self._weights = _Weights(weights)
        self._negations = negations
        self._erratic = erratic
        self._neighbours = neighbours
        self._traits: dict[int, _Traits] = {}

    def read(self, one: Entry, two: Entry, letters: float) -> tuple[float, ...]:
        """Return the features of a pair, as in FEATURES; `letters` is how alike they are by their letters."""
        return *self.read_fixed(one, two, letters), *self._neighbours.compare(one, two)

    def read_fixed(self, one: Entry, two: Entry, letters: float) -> tuple[float, ...]:
        """Return the features that a pair has of its own, as in FIXED."""
        a, b = self._find(one), self._find(two)
        weigh = self._weights.__getitem__
        named = sum(map(weigh, a.name & b.name))
        name = named / a.name_sum if a.name_sum else 0.0, named / b.name_sum if b.name_sum else 0.0
        held = (
            sum(map(weigh, a.near & b.full)) / a.near_sum if a.near_sum else 0.0,
            sum(map(weigh, b.near & a.full)) / b.near_sum if b.near_sum else 0.0,
        )
        missing = (
            max(map(weigh, a.name - b.full), default=0.0) / _UNSEEN,
            max(map(weigh, b.name - a.full), default=0.0) / _UNSEEN,
        )
        common = sum(map(weigh, a.full & b.full))
        around = common / max(1e-9, a.full_sum + b.full_sum - common)
        per = one.broad_unit == two.broad_unit and one.broad_unit.endswith("/")
        shift = self._enlarged.find(one.report, two.report) if self._enlarged is not None else 0.0
        again, size, close = _compare_figures(a.amounts, b.amounts, per=per, shift=shift)
        no_size = float(size is None and not (a.ratio and b.ratio))
        if size is not None and self._are_erratic(a, b):
            size /= 2
        return (
            letters, min(name), max(name), min(held), max(held), around, min(missing), max(missing),
            float(one.name.key == two.name.key != ""),
            *_sizes(size, close), no_size, float(again),
            confirm(a.implied, b.implied), _section(one, two),
            *_units(one, two), float(one.first.kind == two.first.kind), min(a.ratio, b.ratio),
            float(differ(a.name_rivals, b.name_rivals)), float(oppose(a.rivals, b.rivals)),
            float(a.name.isdisjoint(self._negations) != b.name.isdisjoint(self._negations)),
            abs(a.place - b.place),
            len(a.shape & b.shape) / max(1, len(a.shape | b.shape)),
        )  # fmt: skip

    def find_borne_out(self, ones: Sequence[Entry], twos: Sequence[Entry]) -> set[tuple[int, int]]:
        """Return the places of the first and second entries whose figures bear each other out."""
        return find_borne(
            [self._find(one).implied for one in ones], [self._find(two).implied for two in twos]
        )

    def _are_erratic(self, a: _Traits, b: _Traits) -> bool:
        """Return whether both are of what comes by chance, little one time and much the next: `tiêu hủy`."""
        return not self._erratic.isdisjoint(a.near) and not self._erratic.isdisjoint(b.near)

    def _find(self, entry: Entry) -> _Traits:
        found = self._traits.get(id(entry))
        if found is None:
            found = self._traits[id(entry)] = _Traits(entry, self._weights, self._neighbours.place(entry))
        return found


class _Traits:
    """What an entry gives to the features of all pairs that it is in."""

    __slots__ = (
        "amounts", "full", "full_sum", "implied", "name", "name_rivals", "name_sum", "near", "near_sum",
        "place", "ratio", "rivals", "shape",
    )  # fmt: skip

    def __init__(self, entry: Entry, weights: Mapping[str, float], place: float) -> None:
        self.name = entry.name.terms
        self.near = entry.near
        self.full = self.near | entry.context
        self.name_sum, self.near_sum, self.full_sum = (
            sum(map(weights.__getitem__, words)) for words in (self.name, self.near, self.full)
        )
        self.amounts = entry.amounts()[:_LEVELS]
        self.implied = list_implied(entry)
        self.rivals = entry.rivals
        self.name_rivals = group_rivals(entry.name.rivals)
        self.ratio = float(entry.unit.endswith("%"))
        self.place = place
        self.shape = frozenset(o.kind for o in entry.observations)


def _units(one: Entry, two: Entry) -> tuple[float, float, float]:
    """Return whether two units are the same, whether one is not told, and whether both count people."""
    a, b = one.unit.rpartition(":")[2], two.unit.rpartition(":")[2]
    told_once = ("/" in a) != ("/" in b) and one.broad_unit == two.broad_unit
    if a == b or told_once:  # `mỗi hộ 62 triệu đồng`, `62 triệu đồng/hộ`
        return 1.0, 0.0, 0.0
    if "/" in a and "/" in b:
        return float(not {*a.split("/")[1:]}.isdisjoint(b.split("/")[1:])), 0.0, 0.0
    vague = a in _VAGUE or b in _VAGUE
    return 0.0, float(vague), float(a in PEOPLE and b in PEOPLE)


def _section(one: Entry, two: Entry) -> float:
    a, b = one.section_words, two.section_words
    return len(a & b) / min(len(a), len(b)) if a and b else 0.5 if not a and not b else 0.25


def _sizes(apart: float | None, close: float | None) -> tuple[float, float, float]:
    """Return how many powers of ten figures are apart, to one; how close they are; how far beyond."""
    if apart is None:
        return 0.0, 0.0, 0.0
    near = 0.0 if close is None else max(0.0, 1.0 - close / _CLOSE)
    return min(apart, 1.0), near, max(0.0, min(apart, _FAR) - 1.0)


def _are_comparable(one: Observation, two: Observation, *, per: bool = False) -> bool:
    """Return whether figures are in one unit, or count people in two words: `thí sinh`, `người`.

    Where both are `per` something, only what is measured counts: `mỗi hộ 62 triệu đồng`, `62 triệu đồng/hộ`.
    """
    if one.unit == two.unit:
        return True
    a, b = unit_class(one.unit), unit_class(two.unit)
    if per:
        a, b = a.partition("/")[0], b.partition("/")[0]
    return a == b or (a in PEOPLE and b in PEOPLE)


def are_far_apart(one: Entry, two: Entry) -> bool:
    """Return whether all figures of two entries are more than ten times apart, or twenty points of shares."""
    a, b = one.first, two.first
    if a.unit == b.unit and a.kind == b.kind == "level" and a.unit not in PERCENT:
        x, y = abs(a.value), abs(b.value)
        if x <= _TENFOLD * y and y <= _TENFOLD * x:
            return False
    _, size, _ = _compare_figures(one.amounts()[:_LEVELS], two.amounts()[:_LEVELS], per=False)
    return size is not None and size > 1.0


def _compare_figures(
    ones: list[Observation], twos: list[Observation], *, per: bool, shift: float = 0.0
) -> tuple[bool, float | None, float | None]:
    """Return whether one prints a figure of the other's again, how far they are apart, and without tiny ones.

    A long figure is the same at whatever time: a norm, a capacity, the area of a crop (`9.846 ha`).
    They are apart by powers of ten (by the month where that is nearer), shares by twenty points for one.
    `hai dự án` and `02 dự án` are near by chance. The first may be as much larger as `shift` says: of a
    larger area.
    """
    size = close = None
    again = False
    for a in ones:
        for b in twos:
            if not a.value or not b.value or not _are_comparable(a, b, per=per):
                continue
            x, y = abs(float(a.value)), abs(float(b.value))
            if a.unit in PERCENT:
                apart = abs(x - y) / _POINTS
            else:
                apart = abs(math.log10(x / y))
                months = math.log10(max(1, count_months(a.days)) / max(1, count_months(b.days)))
                apart = min(apart, abs(math.log10(x / y) - months))
                if shift:
                    apart = min(
                        apart, abs(math.log10(x / y) - shift), abs(math.log10(x / y) - months - shift)
                    )
            size = apart if size is None else min(size, apart)
            if max(x, y) >= _TINY or a.unit in PERCENT:
                close = apart if close is None else min(close, apart)
            again = again or (a.days == b.days and a.digits >= _LONG and meets(a, b))
            again = again or (x == y and min(a.digits, b.digits) > _LONG and a.unit not in PERCENT)
    return again, size, close
