"""What figures say of those that another report prints: the base a year ago, the year's plan.

`đạt 4.552,6 tỷ đồng, tăng 7,24% so với cùng kỳ` is of what amounted to 4.245,2 a year before, whatever that
report calls it; `đạt 26,4% dự toán` of what has the same plan as in the month before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from docanalyze.compare.entries import Entry
from docanalyze.compare.names import unit_class
from docanalyze.compare.observation import PERCENT, Observation
from docanalyze.core.days import Days, whole_year, year_before

_LOOSE = 0.02
"""A figure known to a fiftieth only fits too much."""
_TIGHT = 0.002
_LONG = 3
_MARGIN = 1.001


class Implied(NamedTuple):
    """A figure that an entry prints or implies: of a stretch or a year's plan, with how far it may be off."""

    place: tuple[str, Days]
    unit: str
    value: float
    slack: float
    printed: bool


def list_implied(entry: Entry) -> list[Implied]:
    """Return the levels and plans that an entry prints, and those that its growths and plan ratios imply."""
    found: list[Implied] = []
    for each in entry.observations:
        value = float(each.value)
        if each.kind in ("level", "plan") and each.unit not in PERCENT and value > 0 and each.digits >= _LONG:
            days = each.days if each.kind == "level" else whole_year(each.days.end)
            found.append(_make(each.kind, days, each, value, each.slack + 1e-9 * value, printed=True))
        elif each.kind in ("growth", "plan-ratio"):
            found.extend(_imply(each))
    return found


def imply_whole(entry: Entry) -> list[Implied]:
    """Return the plans that an entry's plan ratios and shares imply: `giải ngân 431,5 tỷ đồng (84,2%)`."""
    return [
        whole for each in entry.observations if each.kind in ("plan-ratio", "share") for whole in _imply(each)
    ]


def _imply(each: Observation) -> Iterator[Implied]:
    """Yield the base that a growth is over, or the plan that a ratio is of, if close enough."""
    level = each.about
    if level is None or level.kind != "level" or level.days != each.days or level.unit in PERCENT:
        return
    value = float(each.value)
    share = 1 + value / 100 if each.kind == "growth" else value / 100
    if each.hedged or level.hedged or share <= 0:
        return
    amount = float(level.value)
    whole = amount / share
    slack = (level.slack + whole * each.slack / 100) / share
    if whole <= 0 or slack > _LOOSE * whole:
        return
    if each.kind == "growth":
        base = each.base or year_before(level.days)
        yield _make("level", base, level, whole, slack, printed=False)
    else:
        yield _make("plan", whole_year(level.days.end), level, whole, slack, printed=False)


def _make(kind: str, days: Days, each: Observation, value: float, slack: float, *, printed: bool) -> Implied:
    return Implied((kind, days), unit_class(each.unit), value, slack, printed)


def confirm(ones: Iterable[Implied], twos: Iterable[Implied]) -> float:
    """Return how well figures bear out others: 1 to a five-hundredth, 0.5 to a fiftieth, else 0."""
    best = 0.0
    for a in ones:
        for b in twos:
            if a.place != b.place or a.unit != b.unit or (a.printed and b.printed and a.place[0] == "level"):
                continue
            slack = a.slack + b.slack
            if abs(a.value - b.value) <= slack:
                best = max(best, 1.0 if slack <= _TIGHT * a.value else 0.5)
    return best


def find_borne(ones: Sequence[Sequence[Implied]], twos: Sequence[Sequence[Implied]]) -> set[tuple[int, int]]:
    """Return the places of what is borne out by what: only figures near each other are looked at."""
    rows: dict[object, list[tuple[float, int, Implied]]] = {}
    for at, figures in enumerate(twos):
        for each in figures:
            rows.setdefault((each.place, each.unit), []).append((each.value, at, each))
    reach: dict[object, float] = {}
    for key, row in rows.items():
        row.sort(key=itemgetter(0))
        reach[key] = max(each.slack for _, _, each in row)
    found: set[tuple[int, int]] = set()
    for n, figures in enumerate(ones):
        for each in figures:
            row = rows.get((each.place, each.unit), [])
            far = (each.slack + reach.get((each.place, each.unit), 0.0)) * _MARGIN
            low = bisect_left(row, each.value - far, key=itemgetter(0))
            high = bisect_right(row, each.value + far, lo=low, key=itemgetter(0))
            found.update((n, at) for _, at, other in row[low:high] if confirm((each,), (other,)))
    return found
