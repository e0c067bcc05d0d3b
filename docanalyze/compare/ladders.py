"""Cumulative figures of one year over its reports: they must not fall, and months and quarters add up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from docanalyze.compare.book import Book, Slip, is_misprint, is_sure
from docanalyze.compare.entries import meets
from docanalyze.compare.names import same_unit, unit_class
from docanalyze.compare.observation import Observation
from docanalyze.compare.series import Track
from docanalyze.core.bounds import Bounds
from docanalyze.core.days import Days, day_before
from docanalyze.core.printing import print_day, round_fraction, write_number
from docanalyze.core.relation import Severity, Text

_NEAR, _FAR = Fraction(2, 100), Fraction(1, 2)
"""Figures that are further apart, as a share, are hardly of one thing, but for a slip of the hand."""
_HALF = Decimal("0.5")
_LONG = 4
_SHARES = ("month", "quarter", "cumulative")


def find_falls(book: Book) -> Iterator[Slip]:
    """Yield a slip for each cumulative figure that is below an earlier one of the same year."""
    for track in book.tracks:
        if (
            track.kind != "level"
            or track.form != "cumulative"
            or not is_flow(track)
            or not track.identity.is_likely
        ):
            continue
        by_days = track.by_days
        firsts = [same[0] for same in by_days.values()]
        since: dict[str, list[Observation]] = {}
        for later in firsts:
            known = since.setdefault(later.days.start, [])
            before = [o for o in known if same_unit(o.unit, later.unit)]
            known.append(later)
            if not before:
                continue
            high = max(before, key=lambda o: o.value)
            if high.value <= later.value or meets(high, later) or high.report == later.report:
                continue
            measured = later.unit.isupper() or later.unit in ("kg", "kWh", "m3", "m2")
            sure = is_sure(high, later) and track.identity.score == 1.0 and high.printed and later.printed
            severity: Severity = "info"
            if sure and not book.is_broken(high.report, later.report):
                far = later.value < high.value * _HALF
                far = far and not is_misprint(high.mention.text, later.mention.text)
                severity = "info" if far else "error" if measured else "warning"
            name = track.identity.title
            days = print_day(later.days.end), print_day(high.days.end)
            told = f"{days[0]}: {later.mention.text} < {days[1]}: {high.mention.text}"
            yield Slip(
                "LAD001", severity,
                Text(
                    vi=f"{name}: số lũy kế giảm trong cùng một năm: {told}.",
                    en=f"{name}: the cumulative figure falls within one year: {told}.",
                ),
                (book.place(later, "later"), book.place(high, "earlier")), told,
            )  # fmt: skip


def is_flow(track: Track) -> bool:
    """Return whether a series is of something that adds up over a year: no stock, rate or price."""
    unit = track.observations[0].unit
    return unit not in ("%", "point", "‰", "lần") and "/" not in unit


def find_sums(book: Book) -> Iterator[Slip]:
    """Yield a slip for each cumulative figure that is not the one before it and the stretch between.

    `6 tháng` is `quý I` and `quý II`; a figure that the later report prints again counts as it has it.
    """
    shares: dict[int, list[Track]] = {}
    for track in book.tracks:
        if track.kind == "level" and track.form in _SHARES and is_flow(track) and track.identity.is_likely:
            shares.setdefault(id(track.identity), []).append(track)
    for tracks in shares.values():
        identity = tracks[0].identity
        known: dict[Days, list[Observation]] = {}
        for entry in identity.entries.values():
            for each in entry.levels():
                if each.form in _SHARES:
                    known.setdefault(each.days, []).append(each)
        by_end: dict[str, list[Days]] = {}
        for days in known:
            by_end.setdefault(days.end, []).append(days)
        for days, wholes in known.items():
            if len(by_end[days.end]) < 2 or days.start[5:7] != "01" or days.end[5:7] == "01":
                continue
            slip = _add_up(book, tracks[0], wholes[0], days, known)
            if slip is not None:
                yield slip


def _add_up(
    book: Book, track: Track, whole: Observation, days: Days, known: dict[Days, list[Observation]]
) -> Slip | None:
    """Return the slip of a cumulative figure that its two stretches do not make; None if they do."""
    for part_days, parts in known.items():
        if part_days.end != days.end or part_days.start <= days.start:
            continue
        first = Days(days.start, day_before(part_days.start))
        if first not in known:
            continue
        part = _of_report(parts, whole.report)
        start = _of_report(known[first], whole.report)
        if (
            len({whole.report, part.report, start.report}) == 1
            or len({unit_class(each.unit) for each in (whole, part, start)}) > 1
        ):
            continue
        terms = [book.bounds(each) for each in (start, part, whole)]
        if any(term is None for term in terms) or any(each.hedged for each in (start, part, whole)):
            continue
        assert terms[0] is not None
        assert terms[1] is not None
        assert terms[2] is not None
        total: Bounds = terms[0] + terms[1]
        if total.meets(terms[2]):
            return None
        gap = abs(total.middle() - terms[2].middle()) / max(abs(terms[2].middle()), Fraction(1, 10**9))
        sure = is_sure(part, whole) and start.sure and start.certain and track.identity.score == 1.0
        sure = sure and part.printed and whole.printed and not book.is_broken(start.report, whole.report)
        severity: Severity = "info"
        slip = _may_be_slip(total, whole)
        if sure and whole.digits >= _LONG and (_NEAR < gap < _FAR or slip):
            severity = "warning"
        name = track.identity.title
        told = f"{start.mention.text} + {part.mention.text} ≠ {whole.mention.text}"
        day = print_day(days.end)
        return Slip(
            "LAD002", severity,
            Text(
                vi=f"{name}: số lũy kế đến {day} không bằng số lũy kế trước cộng số trong kỳ: {told}.",
                en=f"{name}: the figure to {day} is not the one before it and the stretch: {told}.",
            ),
            (book.place(whole, "total"), book.place(part, "part"), book.place(start, "part")), told,
            printed=terms[2].to_interval(), expected=total.to_interval(),
        )  # fmt: skip
    return None


def _of_report(figures: list[Observation], report: int) -> Observation:
    """Return the figure that a report prints itself, else the latest before it, else the first."""
    own = [each for each in figures if each.report == report]
    before = [each for each in figures if each.report < report]
    return own[0] if own else before[-1] if before else figures[0]


def _may_be_slip(total: Bounds, whole: Observation) -> bool:
    number = whole.figure.number
    if not number:
        return False
    scale = Fraction(whole.value) / Fraction(number)
    decimals = max(0, -int(number.as_tuple().exponent))
    return is_misprint(whole.mention.text, write_number(round_fraction(total.middle() / scale, decimals)))
