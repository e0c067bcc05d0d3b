"""Growth that a report states, against the growth that the figures of successive reports give."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from docanalyze.compare.book import Book, Slip, is_misprint, is_sure
from docanalyze.compare.entries import meets
from docanalyze.compare.names import same_unit
from docanalyze.compare.observation import Observation
from docanalyze.compare.periods import find_form
from docanalyze.compare.revised import find_revised, list_places
from docanalyze.compare.series import Track, make_point, stretch_of
from docanalyze.core.bounds import Bounds
from docanalyze.core.comparison import GrowthClaim, Restatement
from docanalyze.core.days import Days, year_before
from docanalyze.core.figure import Reading
from docanalyze.core.interval import Interval
from docanalyze.core.names import fold_words
from docanalyze.core.printing import round_fraction, write_number
from docanalyze.core.relation import Severity, Text, Verdict

_HUNDRED = Fraction(100)
_TELLING = 3
_LONG = 4
_MARGIN = 1e-6
_PLACES = -6
_GRAIN = 10**6


class Judged(NamedTuple):
    """A growth with the two levels it is of: the later one, and the earlier as its own report printed it.

    `exact` are the stated and the given growth where a quick look did not settle the matter.
    """

    track: Track
    growth: Observation
    actual: Observation
    base: Observation
    own_base: Observation | None
    stated: Interval
    given: Interval
    verdict: Verdict
    exact: tuple[Bounds, Bounds] | None = None


Verdicts = tuple[Interval, Interval, Verdict, tuple[Bounds, Bounds] | None]
"""The growth that is stated and the one that is given, whether they meet, and both exactly."""


def judge_claims(book: Book) -> list[Judged]:
    """Return the growths that the figures of an earlier report can be held against."""
    found = book.memo.get("claims")
    if not isinstance(found, list):
        found = book.memo["claims"] = list(_judge(book))
    return found


def _judge(book: Book) -> Iterator[Judged]:
    tracks = {(id(t.identity), t.form): t for t in book.tracks if t.kind == "level" and not t.price}
    for identity in book.identities:
        if len(identity.entries) < 2:
            continue
        levels: dict[Days, list[Observation]] = {}
        for number in sorted(identity.entries):
            for each in identity.entries[number].levels():
                levels.setdefault(stretch_of(each), []).append(each)
        for number, entry in identity.entries.items():
            for growth in entry.observations:
                if growth.kind != "growth" or growth.unit == "point":
                    continue
                actual = _find_actual(book, growth)
                if actual is None or actual not in entry.observations:
                    continue
                track = tracks.get((id(identity), actual.form))
                base_days = _find_base(growth, actual)
                known = levels.get(base_days, []) if base_days is not None else []
                base = next((o for o in known if o.report < number and same_unit(o.unit, actual.unit)), None)
                if (
                    base is None
                    or track is None
                    or (base.price and actual.price and base.price != actual.price)
                ):
                    continue
                own = next((o for o in known if o.report == number), None)
                judged = _look(growth, actual, base) or _hold(book, growth, actual, base)
                if judged is not None:
                    yield Judged(track, growth, actual, base, own, *judged)


def _find_actual(book: Book, growth: Observation) -> Observation | None:
    """Return the level that a growth is of: that of its stretch in its row, or the one it is tied to."""
    about = growth.about
    if growth.row is not None:
        same = [o for o in _list_levels(book, growth) if o.days == growth.days]
        about = _find_column(book, growth, same) if len(same) > 1 else same[0] if same else about
    if about is None or about.kind != "level" or about.days != growth.days or about.unit in ("%", "point"):
        return None
    return about


def _list_levels(book: Book, growth: Observation) -> list[Observation]:
    """Return the levels in the row of a growth, in the order of their columns."""
    memo = book.memo.setdefault("levels by row", {})
    assert isinstance(memo, dict)
    if growth.report not in memo:
        rows = memo[growth.report] = {}
        for entry in book.entries[growth.report]:
            for each in entry.observations:
                if each.kind == "level" and each.row is not None:
                    rows.setdefault(each.row, []).append(each)
        for levels in rows.values():
            levels.sort(key=_column)
    found: list[Observation] = memo[growth.report].get(growth.row, [])
    return found


def _column(each: Observation) -> int:
    return each.mention.cell.col if each.mention.cell is not None else -1


def _find_column(book: Book, growth: Observation, levels: list[Observation]) -> Observation | None:
    """Return the level whose column has most words of a growth's own head: `Cả nước`, `Miền Bắc`.

    None where several have as many: which one the growth is of, nothing says.
    """
    head = _read_head(book, growth)
    common = [len(head & _read_head(book, each)) for each in levels]
    best = [each for each, count in zip(levels, common, strict=True) if count == max(common)]
    return best[0] if len(best) == 1 or len({each.value for each in best}) == 1 else None


def _read_head(book: Book, each: Observation) -> frozenset[str]:
    cell = each.mention.cell
    if cell is None:
        return frozenset()
    table = next((t for t in book.views[each.report].analysis.tables if t.id == cell.table), None)
    if table is None or cell.col >= len(table.columns):
        return frozenset()
    return fold_words(" ".join(table.columns[cell.col].header))


def _find_base(growth: Observation, actual: Observation) -> Days | None:
    days = growth.base
    if days is None or days.end[:4] < growth.days.end[:4]:
        days = year_before(actual.days) if days is None or days.end[5:7] == actual.days.end[5:7] else days
    if find_form(days) != find_form(actual.days) and actual.form != "stock":
        return None
    return Days(days.end, days.end) if actual.form == "stock" else days


def _look(growth: Observation, actual: Observation, base: Observation) -> Verdicts | None:
    """Return a growth that plainly holds, by a quick look in floats; None for what needs exact arithmetic."""
    if growth.hedged or actual.hedged or base.hedged or not base.value:
        return None
    top, bottom, stated = float(actual.value), float(base.value), float(growth.value)
    low = (top - actual.slack) / (bottom + base.slack) * 100 - 100
    high = (top + actual.slack) / max(bottom - base.slack, 1e-9) * 100 - 100
    if (
        bottom <= 0
        or top <= 0
        or not (stated - growth.slack + _MARGIN < high and low < stated + growth.slack - _MARGIN)
    ):
        return None
    least, most = round((stated - growth.slack) * _GRAIN), round((stated + growth.slack) * _GRAIN)
    given = Interval(low=_show(math.floor(low * _GRAIN)), high=_show(math.ceil(high * _GRAIN)))
    return Interval(low=_show(least), high=_show(most)), given, "holds", None


def _show(millionths: int) -> Decimal:
    whole, rest = divmod(millionths, _GRAIN)
    return Decimal(millionths).scaleb(_PLACES).normalize() if rest else Decimal(whole)


def _hold(book: Book, growth: Observation, actual: Observation, base: Observation) -> Verdicts | None:
    """Return the stated and the given growth, and whether they meet."""
    readings: tuple[tuple[Reading, Verdict], ...] = (
        ("rounded", "holds"), ("truncated", "holds-by-truncation"), ("wide", "suspicious"),
    )  # fmt: skip
    first: tuple[Bounds, Bounds] | None = None
    found: Verdict = "fails"
    for reading, verdict in readings:
        stated = book.bounds(growth, reading)
        top, bottom = book.bounds(actual, reading), book.bounds(base, reading)
        if stated is None or top is None or bottom is None:
            return None
        quotient = top.over(bottom)
        if quotient is None or quotient.high is None:
            return None
        given = quotient.scaled(_HUNDRED) - Bounds.point(_HUNDRED)
        first = first or (stated, given)
        if stated.meets(given):
            found = verdict
            break
    assert first is not None
    return first[0].to_interval(), first[1].to_interval(), found, first


def list_claims(book: Book) -> list[GrowthClaim]:
    """Return the claims of growth with what the series gives."""
    return [
        GrowthClaim(
            series=each.track.id,
            indicator=each.track.identity.title,
            claim=make_point(each.growth, book.views[each.growth.report]),
            actual=make_point(each.actual, book.views[each.actual.report]),
            base=make_point(each.base, book.views[each.base.report]),
            stated=each.stated,
            given=each.given,
            verdict=each.verdict,
        )
        for each in judge_claims(book)
    ]


def list_inferred(book: Book) -> list[Restatement]:
    """Return the bases that growths imply by themselves, where the earlier report printed another."""
    found = []
    for each in judge_claims(book):
        if each.exact is None or each.verdict != "fails" or each.own_base is not None:
            continue
        factor = (each.exact[0] + Bounds.point(_HUNDRED)).scaled(1 / _HUNDRED)
        top = book.bounds(each.actual)
        expected = None if top is None else top.over(factor)
        found.append(
            Restatement(
                series=each.track.id,
                indicator=each.track.identity.title,
                earlier=make_point(each.base, book.views[each.base.report]),
                later=make_point(each.growth, book.views[each.growth.report]),
                expected=None if expected is None else expected.to_interval(),
                inferred=True,
            )
        )
    return found


def find_claims(book: Book) -> Iterator[Slip]:
    """Yield a slip for each growth that is not the one from the earlier report's figure to this one's.

    Where the report prints another base itself and the growth is over that one, it is a restatement and told
    as such. Where more than a few growths of a table, or of a report, are over other bases than the earlier
    report printed, those were revised, and no single growth is told aloud.
    """
    judged = judge_claims(book)
    failed = [each for each in judged if each.exact is not None and each.verdict == "fails"]
    if not failed:
        return
    revised = find_revised((each.base, each.growth, each.verdict != "fails") for each in judged)
    for each in failed:
        assert each.exact is not None
        restated = each.own_base is not None and not meets(each.own_base, each.base)
        if restated and _holds(book, each):
            continue
        broken = book.is_broken(each.base.report, each.growth.report)
        decimals = max(1, _decimals(each.growth.mention.text))
        expected = round_fraction(each.exact[1].middle(), decimals)
        shift = each.growth.value - _printed(each.growth)
        sure = (
            is_sure(each.growth, each.actual) and each.base.sure and each.base.certain
            and not each.base.hedged and _is_one(each) and not broken
            and revised.isdisjoint(list_places(each.base, each.growth))
        )  # fmt: skip
        severity: Severity = "info"
        if sure:
            meant = write_number(abs(expected - shift))
            alike = each.growth.digits >= _TELLING and is_misprint(each.growth.mention.text, meant)
            severity = "error" if alike and not each.base.estimate and not restated else "warning"
        name = each.track.identity.title
        told = (
            f"({each.actual.mention.text} / {each.base.mention.text} - 1) x 100 = {write_number(expected)}% "
            f"≠ {write_number(each.growth.value)}%"
        )
        yield Slip(
            "CLM001", severity,
            Text(
                vi=f"{name}: mức tăng, giảm nêu trong báo cáo không khớp với số của báo cáo kỳ gốc: {told}.",
                en=f"{name}: the growth stated is not that from the earlier report's figure: {told}.",
            ),
            tuple(
                book.place(o, role)
                for o, role in ((each.growth, "ratio"), (each.actual, "actual"), (each.base, "base"))
            ),
            told, printed=each.stated, expected=each.given,
        )  # fmt: skip


def _is_one(each: Judged) -> bool:
    """Return whether base and growth are of one thing: by name, or as the later report has the base, too."""
    own = each.own_base
    again = own is not None and own.report == each.growth.report and own.digits >= _LONG
    return each.track.identity.score == 1.0 or (own is not None and again and meets(own, each.base))


def _holds(book: Book, each: Judged) -> bool:
    """Return whether a growth is over the base that its own report prints, or nothing speaks against it."""
    own = each.own_base
    if own is None or own.report != each.growth.report or not same_unit(own.unit, each.actual.unit):
        return True
    judged = _look(each.growth, each.actual, own) or _hold(book, each.growth, each.actual, own)
    return judged is None or judged[2] != "fails"


def _decimals(printed: str) -> int:
    number = printed.split("%")[0].split()[0] if printed.split() else ""
    return len(number.partition(",")[2]) if "," in number else 0


def _printed(growth: Observation) -> Decimal:
    """Return the growth as printed: the ratio of `bằng 97,4% cùng kỳ`, signed like the value otherwise."""
    number = growth.figure.number
    assert number is not None
    return -number if growth.value < 0 and -number == growth.value else number
