"""Slips of unit or scale across reports: a figure a thousand times what it was."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from docanalyze.compare.book import Book, Slip, is_sure
from docanalyze.compare.names import same_unit
from docanalyze.compare.observation import Observation
from docanalyze.compare.series import Track
from docanalyze.core.days import year_before
from docanalyze.core.relation import Severity, Text

_WIDE = 0.3
"""How far from a power of ten a jump by a thousand or more may lie, as a decimal logarithm."""
_NARROW = 0.08
_SMALL = 100.0
_BROAD = 0.35
"""So far from ten times as much an amount may be of which a digit is lacking, as a decimal logarithm."""
_DIGITS = 3
_STEADY, _FEWEST, _TWICE = 0.9, 5, math.log10(2)
"""In a steady column, of the others nine in ten are less than twice, and more than half, what they were."""
Columns = tuple[str, int, str, int]
Pair = tuple[Track, Observation, Observation]


def find_scale_slips(book: Book) -> Iterator[Slip]:
    """Yield a slip for each figure that is about a power of ten times the one that it follows.

    In a table, only where the other figures of its column changed little: investments licensed jump about.
    """
    yearly: list[Pair] = []
    for track in book.tracks:
        if track.kind != "level" or not track.identity.is_likely:
            continue
        by_days = track.by_days
        for days, same in by_days.items():
            before = by_days.get(year_before(days))
            for later in same[1:]:
                yield from _hold(book, track, same[0], later, exact=True)
            if before:
                yearly.append((track, before[-1], same[0]))
        if track.form == "stock":  # what there is at one time and at the next: a herd, the area of a crop
            firsts = [same[0] for same in by_days.values()]
            yearly += [(track, one, two) for one, two in pairwise(firsts) if _is_next(one, two)]
    restless = _find_restless(yearly)
    for track, one, two in yearly:
        if _columns(one, two) not in restless:
            yield from _hold(book, track, one, two, exact=False)


def find_refused_slips(book: Book) -> Iterator[Slip]:
    """Yield a hint for each pair that is none by its figures alone: one name in the other, ten times as much.

    `thu lệ phí trước bạ 214,6 tỷ đồng`, in the next report `trước bạ 22,3 tỷ đồng`: a digit may be lacking.
    """
    for proposal in book.alignment.proposals:
        one, two = sorted((proposal.entry, proposal.other), key=lambda entry: entry.report)
        shorter, longer = sorted((one.name.printed.lower(), two.name.printed.lower()), key=len)
        first, second = next(iter(one.levels()), None), next(iter(two.levels()), None)
        if first is None or second is None or shorter.count(" ") < 1 or f" {shorter} " not in f" {longer} ":
            continue
        if first.form != second.form or not (first.digits >= _DIGITS or second.digits >= _DIGITS):
            continue
        power = _find_power(first, second)
        if power is None or not 1 - _BROAD <= abs(power) <= 1 + _BROAD:
            continue
        told = f"{first.mention.text} -> {second.mention.text}"
        yield Slip(
            "SCL001", "info",
            Text(
                vi=f"{two.name.printed}: nếu là chỉ tiêu “{one.name.printed}” của báo cáo trước thì lệch "
                f"khoảng 10 lần, có thể thiếu, thừa chữ số hoặc sai đơn vị: {told}.",
                en=f"{two.name.printed}: if it is “{one.name.printed}” of the earlier report, it is about "
                f"ten times off; a digit or the unit may be wrong: {told}.",
            ),
            (book.place(second, "later"), book.place(first, "earlier")), told,
        )  # fmt: skip


def _is_next(one: Observation, two: Observation) -> bool:
    """Return whether a figure is of a later day than another one, but not of the same day a year later."""
    return one.days.end < two.days.end and year_before(two.days) != one.days


def _find_restless(pairs: Sequence[Pair]) -> set[Columns]:
    """Return the pairs of columns in which many figures are far from what they were a year before."""
    steps: dict[Columns, list[float]] = {}
    for _, one, two in pairs:
        columns = _columns(one, two)
        power = _find_power(one, two) if columns is not None else None
        if columns is not None and power is not None:
            steps.setdefault(columns, []).append(abs(power))
    return {
        columns for columns, powers in steps.items()
        if len(powers) >= _FEWEST and sum(each < _TWICE for each in powers) < _STEADY * (len(powers) - 1)
    }  # fmt: skip


def _columns(one: Observation, two: Observation) -> Columns | None:
    first, second = one.mention.cell, two.mention.cell
    if first is None or second is None:
        return None
    return first.table, first.col, second.table, second.col


def _find_power(one: Observation, two: Observation) -> float | None:
    """Return the decimal logarithm of what a figure is of an earlier report's."""
    if one.report == two.report or not one.value or not two.value or not same_unit(one.unit, two.unit):
        return None
    return math.log10(abs(float(two.value) / float(one.value)))


def _hold(book: Book, track: Track, one: Observation, two: Observation, *, exact: bool) -> Iterator[Slip]:
    power = _find_power(one, two)
    if power is None:
        return
    ten = round(power)
    room = 0.005 if exact else _WIDE if abs(ten) >= 3 else _NARROW
    if ten == 0 or abs(power - ten) > room:
        return
    if abs(ten) < 3 and not exact and min(abs(float(one.value)), abs(float(two.value))) < _SMALL:
        return
    sure = is_sure(one, two) and track.identity.score == 1.0 and not book.is_broken(one.report, two.report)
    severity: Severity = "info"
    if sure:
        severity = "error" if abs(ten) >= 3 or exact else "warning"
    name = track.identity.title
    told = f"{one.mention.text} -> {two.mention.text} (x 10^{ten})"
    yield Slip(
        "SCL001", severity,
        Text(
            vi=f"{name}: nhảy khoảng 10^{ten} lần, có thể sai đơn vị hoặc dấu phân cách: {told}.",
            en=f"{name}: about 10^{ten} times what it was; unit or separator may be wrong: {told}.",
        ),
        (book.place(two, "later"), book.place(one, "earlier")), told,
    )  # fmt: skip
