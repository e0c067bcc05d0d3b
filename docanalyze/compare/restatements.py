"""Figures of an earlier period printed again, against what the report of that period printed."""

from __future__ import annotations

from collections.abc import Iterator

from docanalyze.compare.book import Book, Slip, is_misprint, is_sure, word_pattern
from docanalyze.compare.entries import meets
from docanalyze.compare.names import same_unit
from docanalyze.compare.observation import Observation
from docanalyze.compare.periods import print_days
from docanalyze.compare.revised import find_revised, list_places
from docanalyze.compare.series import Track, find_percent, make_point
from docanalyze.core.comparison import Restatement
from docanalyze.core.figure import Reading
from docanalyze.core.interval import Interval
from docanalyze.core.printing import write_number
from docanalyze.core.relation import Severity, Text

_LONG = 4
_SURE = 0.9


Restated = tuple[Track, Observation, Observation]
"""A series with a figure as first printed and as printed later."""


def list_restated(book: Book) -> list[Restated]:
    """Return the pairs of figures of one stretch that do not agree: of each first one, the first such."""
    return [each[:3] for each in _list_reprinted(book) if not each[3]]


def _list_reprinted(book: Book) -> list[tuple[Track, Observation, Observation, bool]]:
    """Return the figures printed again by later reports, and whether they agree: up to one that does not."""
    found = book.memo.get("reprinted")
    if not isinstance(found, list):
        found = book.memo["reprinted"] = list(_find_reprinted(book))
    return found


def _find_reprinted(book: Book) -> Iterator[tuple[Track, Observation, Observation, bool]]:
    for track in book.tracks:
        if track.kind != "level":
            continue
        for same in track.by_days.values():
            first = same[0]
            for later in same[1:]:
                if later.report == first.report or not same_unit(later.unit, first.unit):
                    continue
                agrees = meets(first, later) or _agrees(book, first, later)
                yield track, first, later, agrees
                if not agrees:
                    break


def _agrees(book: Book, one: Observation, two: Observation) -> bool:
    """Return whether two figures meet as cut off, too, by their exact intervals."""
    readings: tuple[Reading, ...] = ("rounded", "truncated")
    for reading in readings:
        a, b = book.bounds(one, reading), book.bounds(two, reading)
        if a is None or b is None or a.meets(b):
            return True
    return False


def list_restatements(book: Book) -> list[Restatement]:
    """Return the restatements of a comparison."""
    return [
        Restatement(
            series=track.id,
            indicator=track.identity.title,
            earlier=make_point(first, book.views[first.report]),
            later=make_point(later, book.views[later.report]),
            difference=later.value - first.value,
            percent=find_percent(first.value, later.value),
            explained=is_explained(book, first, later),
        )
        for track, first, later in list_restated(book)
    ]


def is_early(book: Book, first: Observation) -> bool:
    """Return whether a figure was printed before its stretch was over, so that it could not be final."""
    report = book.views[first.report].report
    known = [day for day in (report.cutoff, report.date) if day is not None]
    return bool(known) and min(known) < first.days.end


def _goes_on(book: Book, each: Observation) -> bool:
    """Return whether a later day stands beside a figure: `thực hiện kiến nghị năm 2023 đến 30/11/2024`."""
    sentence = each.mention.sentence
    return sentence is not None and any(
        day > each.days.end for day in book.views[each.report].days_named.get(sentence, ())
    )


def is_explained(book: Book, first: Observation, later: Observation) -> bool:
    """Return whether the later report says that the figure was revised, or the earlier one estimated it."""
    if first.estimate:
        return True
    view = book.views[later.report]
    printed = first.mention.text.split()[0]
    if sum(char.isdigit() for char in printed) >= _LONG and printed in view.analysis.text:
        return True
    return word_pattern(book.lexicon, "revised").search(view.quote(later.mention).lower()) is not None


def find_restatements(book: Book) -> Iterator[Slip]:
    """Yield a slip for each figure that is printed otherwise than the report of its period printed it.

    One that looks like a misprint is an error, unless many figures beside it were restated, too.
    """
    restated = list_restated(book)
    if not restated:
        return
    revised = find_revised((first, later, agrees) for _, first, later, agrees in _list_reprinted(book))
    for track, first, later in restated:
        explained = is_explained(book, first, later)
        broken = book.is_broken(first.report, later.report)
        sure = (
            is_sure(first, later) and not broken and not _goes_on(book, first) and not _goes_on(book, later)
        )
        named, early = track.identity.score == 1.0, is_early(book, first)
        severity: Severity = "info"
        if sure and not explained:
            long = min(first.digits, later.digits) >= _LONG
            if long and is_misprint(first.mention.text, later.mention.text):
                many = not revised.isdisjoint(list_places(first, later))
                likely = track.identity.score >= _SURE  # two long figures are seldom alike by chance
                severity = "error" if named and not (early or many) else "warning" if likely else "info"
            elif named and not early:
                severity = "warning"
        percent = find_percent(first.value, later.value)
        told = f"{first.mention.text} -> {later.mention.text}"
        if percent is not None:
            told += f" ({'+' if percent > 0 else ''}{write_number(percent)}%)"
        name = track.identity.title
        span = print_days(first.days)
        vi = f"{name}: số của kỳ {span} in lại khác với báo cáo của kỳ đó: {told}"
        en = f"{name}: the figure of {span} is not what the report of that period printed: {told}"
        if explained:
            vi, en = f"{vi}; có thể do điều chỉnh", f"{en}; a revision may explain it"
        elif early:
            vi, en = (
                f"{vi}; báo cáo trước lập khi chưa hết kỳ",
                f"{en}; the earlier report was made before its end",
            )
        elif broken:
            vi, en = f"{vi}; địa giới đã thay đổi", f"{en}; the area has changed"
        yield Slip(
            "RST001", severity, Text(vi=f"{vi}.", en=f"{en}."),
            (book.place(later, "again"), book.place(first, "first")), told,
            printed=_interval(book, later), expected=_interval(book, first),
        )  # fmt: skip


def _interval(book: Book, each: Observation) -> Interval | None:
    bounds = book.bounds(each)
    return None if bounds is None else bounds.to_interval()
