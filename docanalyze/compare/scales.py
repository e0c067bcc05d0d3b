"""Slips of unit or scale across reports: a figure a thousand times what it was."""

from __future__ import annotations

import math
from collections.abc import Iterator

from docanalyze.compare.book import Book, Slip, is_sure
from docanalyze.compare.observation import Observation
from docanalyze.compare.series import Track
from docanalyze.core.days import year_before
from docanalyze.core.relation import Severity, Text

_WIDE = 0.3
"""How far from a power of ten a jump by a thousand or more may lie, as a decimal logarithm."""
_NARROW = 0.08
_SMALL = 100.0


def find_scale_slips(book: Book) -> Iterator[Slip]:
    """Yield a slip for each figure that is about a power of ten times the one that it follows."""
    for track in book.tracks:
        if track.kind != "level" or not track.identity.is_likely:
            continue
        by_days = track.by_days()
        for days, same in by_days.items():
            before = by_days.get(year_before(days))
            for later in same[1:]:
                yield from _hold(book, track, same[0], later, exact=True)
            if before:
                yield from _hold(book, track, before[-1], same[0], exact=False)


def _hold(book: Book, track: Track, one: Observation, two: Observation, *, exact: bool) -> Iterator[Slip]:
    if one.report == two.report or not one.value or not two.value or one.unit != two.unit:
        return
    power = math.log10(abs(float(two.value) / float(one.value)))
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
