"""Series: the figures of one identity that are of one form and basis, with what became of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from itertools import pairwise

from docanalyze.compare.entries import meets
from docanalyze.compare.identity import Identity
from docanalyze.compare.observation import Kind, Observation
from docanalyze.compare.periods import count_months
from docanalyze.compare.view import ReportView
from docanalyze.core.comparison import Form, Point, Series, SeriesChange
from docanalyze.core.days import Days, day_before, year_before
from docanalyze.core.relation import Basis, Stretch, Text

_BASIS: dict[Kind, Basis] = {
    "level": "actual", "plan": "plan", "plan-ratio": "plan-ratio", "growth": "growth", "share": "share",
    "change": "change", "target": "plan",
}  # fmt: skip
_CENT = Decimal("0.01")
_WIDE = Context(prec=400)
_BOUNDARY = Text(
    vi="địa giới hoặc tổ chức đã thay đổi giữa hai kỳ; chỉ so được sau khi quy đổi",
    en="the area or the body changed in between; comparable only after conversion",
)


@dataclass(eq=False)
class Track:
    """A series in the making: its observations, one a report and stretch, oldest stretch first.

    `by_days` has them by their stretch, in the order of reports.
    """

    identity: Identity
    kind: Kind
    form: Form
    base: str
    price: str | None
    observations: list[Observation] = field(default_factory=list)
    by_days: dict[Days, list[Observation]] = field(default_factory=dict)
    number: int = 0

    @property
    def id(self) -> str:
        """The series' id: `s7`."""
        return f"s{self.number}"


def stretch_of(each: Observation) -> Days:
    """Return what an observation is of; of a stock, the day."""
    return Days(each.days.end, each.days.end) if each.form == "stock" else each.days


def find_tracks(identities: Sequence[Identity]) -> list[Track]:
    """Return the series in the making, of at least two figures each, in the order of their names' places."""
    tracks: list[Track] = []
    for identity in identities:
        levels = [o for entry in identity.entries.values() for o in entry.levels()]
        stock = "stock" in {o.form for o in levels}
        several = len({o.price for o in levels} - {None}) > 1
        groups: dict[tuple[Kind, Form, str, str | None], dict[tuple[int, Days], Observation]] = defaultdict(
            dict
        )
        for entry in identity.entries.values():
            for each in entry.observations:
                level = each.kind == "level"
                if stock and level:
                    each.form = "stock"
                price = each.price if several and level else None
                key = (each.kind, each.form, "" if level else _base_of(each), price)
                place = (each.report, stretch_of(each))
                group = groups[key]
                held = group.get(place)
                if held is None or _rank(each) > _rank(held):
                    group[place] = each
        for (kind, form, base, price), found in groups.items():
            if len(found) < 2:
                continue
            ordered = sorted(found, key=_order)
            chosen = [found[place] for place in ordered]
            by_days: dict[Days, list[Observation]] = {}
            for place in ordered:
                by_days.setdefault(place[1], []).append(found[place])
            tracks.append(Track(identity, kind, form, base, price, chosen, by_days, len(tracks) + 1))
    return tracks


def _order(place: tuple[int, Days]) -> tuple[str, str, int]:
    """Return what orders figures: the end of their stretch, its start, the report."""
    return place[1].end, place[1].start, place[0]


def _base_of(each: Observation) -> str:
    """Return what a growth or change is over: a year before, or another stretch before."""
    if each.kind not in ("growth", "change") or each.base is None:
        return ""
    return (
        "" if each.base.end[:4] < each.days.end[:4] and each.base.end[5:7] == each.days.end[5:7] else "before"
    )


def _rank(each: Observation) -> tuple[bool, bool, bool, int]:
    return each.sure, each.certain, not each.hedged, each.digits


def build_series(track: Track, views: Sequence[ReportView], breaks: frozenset[int]) -> Series:
    """Return a series with its points and changes; each point with the place and words it comes from."""
    identity = track.identity
    last = identity.last
    level = next(iter(last.levels()), last.first)
    form = track.form
    if form == "cumulative" and all(count_months(o.days) == 12 for o in track.observations):
        form = "year"
    key = f"{last.label}|{track.kind}|{form}" + (f"|{track.base}" if track.base else "")
    return Series(
        id=track.id,
        indicator=identity.title,
        key=key,
        scope=level.scope,
        section=level.section,
        unit=track.observations[0].unit or None,
        form=form,
        basis=_BASIS[track.kind],
        price_basis=track.price or next(filter(None, [o.price for o in track.observations]), None),
        score=round(identity.score, 3),
        points=tuple([make_point(each, views[each.report]) for each in track.observations]),
        changes=tuple(_find_changes(track, breaks)),
    )


def make_point(each: Observation, view: ReportView) -> Point:
    """Return the point of an observation, made once."""
    if each.point is not None:
        return each.point
    mention = each.mention
    basis = _BASIS[each.kind]
    if each.kind == "level" and each.days.end[:7] < view.days.end[:7]:
        basis = "prior-period"
    each.point = Point(
        report=each.report, mention=mention.id, indicator=each.indicator.id,
        period=_write_stretch(each.days), form=each.form, basis=basis,
        value=each.value,
        text=mention.text, start=mention.start, end=mention.end,
        page=mention.boxes[0].page if mention.boxes else None, boxes=mention.boxes, quote=view.quote(mention),
        estimate=each.estimate, certain=each.certain,
    )  # fmt: skip
    return each.point


@lru_cache(maxsize=1024)
def _write_stretch(days: Days) -> Stretch:
    return Stretch(start=days.start, end=days.end)


def _find_changes(track: Track, breaks: frozenset[int]) -> list[SeriesChange]:
    """Return the changes of a series: only like with like is put in per cent."""
    places = {id(each): number for number, each in enumerate(track.observations)}
    by_days = track.by_days
    changes: list[SeriesChange] = []

    def add(one: Observation, two: Observation, kind: str) -> None:
        start, end = places[id(one)], places[id(two)]
        if breaks and any(one.report < at <= two.report for at in breaks):
            changes.append(SeriesChange(from_=start, to=end, kind="incomparable", reason=_BOUNDARY))
            return
        absolute = two.value - one.value
        ratio = track.kind in ("level", "plan") and kind in ("growth", "step", "revision") and one.unit != "%"
        percent = find_percent(one.value, two.value) if ratio else None
        changes.append(SeriesChange(from_=start, to=end, kind=kind, absolute=absolute, percent=percent))  # type: ignore[arg-type]

    ordered = list(by_days)
    for at, days in enumerate(ordered):
        same = by_days[days]
        for one, two in pairwise(same):
            if not meets(one, two):
                add(one, two, "revision")
        new = same[0]
        before = by_days.get(year_before(days))
        if before:
            add(_find_printed(before, new.report), new, "growth")
        if at == 0 or track.kind not in ("level", "plan-ratio"):
            continue
        previous = ordered[at - 1]
        old = by_days[previous][0]
        if track.form == "stock" or (
            track.form in ("month", "quarter") and previous.end == day_before(days.start)
        ):
            if not before or previous != year_before(days):
                add(old, new, "step")
        elif track.form == "cumulative" and track.kind == "level" and previous.start == days.start:
            add(old, new, "derived")
    return changes


def _find_printed(figures: Sequence[Observation], report: int) -> Observation:
    """Return the figure that a report prints itself, else the last one."""
    for each in figures:
        if each.report == report:
            return each
    return figures[-1]


def find_percent(base: Decimal, value: Decimal) -> Decimal | None:
    """Return the growth from one value to another in per cent, at two decimals; None from nothing.

    >>> find_percent(Decimal(41), Decimal(96))
    Decimal('134.15')
    """
    if base == 0:
        return None
    return ((value - base) / abs(base) * 100).quantize(_CENT, ROUND_HALF_UP, context=_WIDE)
