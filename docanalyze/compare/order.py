"""Reports in their order: by what stretch they are about, of one body, drafts beside finals, gaps named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from docanalyze.compare.names import Phrases, read_name
from docanalyze.compare.periods import count_months, main_period
from docanalyze.compare.view import ReportView, find_days, view_report
from docanalyze.core.analysis import Analysis
from docanalyze.core.comparison import ComparedReport, Edition, Gap
from docanalyze.core.days import Days
from docanalyze.core.errors import UsageError
from docanalyze.core.names import fold_name
from docanalyze.lexicon import Lexicon
from docanalyze.lexicon.successors import BODY, list_mergers

Kinship = Literal["same", "merged", "unknown", "different"]
_AREA = re.compile(r"(?<!\w)(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã(?! hội)|phường|thị trấn|đặc khu)\s+")
_MINISTRY = re.compile(r"^(bộ|sở|cục|tổng cục|chi cục)\s+(.+)$")
_WORD = re.compile(r"[^\W_]+")
_SENTENCE = 400
_NEAR = 160
_NAMED = 3
_KIND = 2
_AGAIN = 4
_LONG = 4
_COMMON = 8
_WORDS = 4
_SHARE = 0.3


@dataclass(frozen=True)
class Body:
    """Who reports: the body's canonical key, the areas named in the letterhead, and the title's subject.

    `head` is the letterhead in words without abbreviations.
    """

    key: str
    areas: frozenset[str]
    subject: frozenset[str]
    head: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Ordered:
    """The views in order, what the JSON says of each, the gaps; with each of `breaks` a new area begins."""

    views: tuple[ReportView, ...]
    reports: tuple[ComparedReport, ...]
    gaps: tuple[Gap, ...]
    breaks: frozenset[int]


def order_reports(
    analyses: Sequence[Analysis],
    lexicon: Lexicon,
    *,
    force: bool = False,
    bodies: Sequence[frozenset[str]] = (),
) -> Ordered:
    """Return the reports in the order of their own periods; `bodies` are sets of keys that are one body.

    Raises UsageError for fewer than two reports, for one without a period, and (unless `force`) for
    reports of different bodies or on different subjects.
    """
    if len(analyses) < 2:
        raise UsageError(reason="a comparison needs at least two reports")
    placed = sorted((_sort_key(analysis), number) for number, analysis in enumerate(analyses))
    views = tuple(view_report(at, analyses[number], lexicon) for at, (_, number) in enumerate(placed))
    known = [read_body(view) for view in views]
    breaks: set[int] = set()
    for at in range(1, len(views)):
        kinship = find_kinship(views[at - 1], views[at], known[at - 1], known[at], bodies)
        if kinship == "different" and not force:
            one, two = views[at - 1], views[at]
            raise UsageError(
                reason=f"{one.analysis.source.path} is by {_describe(one)}, {two.analysis.source.path} by "
                f"{_describe(two)}: these are reports of different bodies or kinds; compare them anyway with "
                "--force, or name the bodies as one in a mapping file"
            )
        if kinship == "merged" or _is_redrawn(views[at - 1], views[at], known[at - 1], known[at]):
            breaks.add(at)
    reports = tuple(
        ComparedReport(
            source=view.analysis.source, report=view.report, period=main_period(view.report), edition=edition
        )
        for view, edition in zip(views, _find_editions(views), strict=True)
    )
    return Ordered(views, reports, tuple(find_gaps(views)), frozenset(breaks))


def _sort_key(analysis: Analysis) -> tuple[str, str, bool, str, str]:
    report = analysis.report
    if not report:
        raise UsageError(reason=f"{analysis.source.path}: the analysis does not say what the report is about")
    days = find_days(report) or Days("", "")
    return days.end, days.start, not report.draft, report.date or "", analysis.source.path


def _find_editions(views: Sequence[ReportView]) -> list[Edition]:
    drafts = {view.days for view in views if view.report.draft}
    seen: set[Days] = set()
    editions: list[Edition] = []
    for view in views:
        edition: Edition = "only"
        if view.report.draft:
            edition = "draft"
        elif view.days in seen:
            edition = "again"
        elif view.days in drafts:
            edition = "final"
        if not view.report.draft:
            seen.add(view.days)
        editions.append(edition)
    return editions


def find_gaps(views: Sequence[ReportView]) -> list[Gap]:
    """Return the stretches between neighbours in which a report of their own rhythm is missing."""
    gaps = []
    step = _find_step(views)
    if step is None:
        return []
    for at in range(1, len(views)):
        one, two = views[at - 1].days, views[at].days
        distance = count_months(Days(one.end, two.end)) - 1
        if distance > step and distance % step == 0:
            first, last = _move_months(one.end, 1), _move_months(two.end, -step)
            gaps.append(Gap(after=at - 1, before=at, start=f"{first}-01", end=_month_end(last)))
    return gaps


def _find_step(views: Sequence[ReportView]) -> int | None:
    """Return how many months lie between two reports by their own grain; None for mixed or rare ones."""
    steps = []
    for view in views:
        grains = {period.grain for period in view.report.periods if period.role != "plan"}
        if grains & {"month", "months"}:
            steps.append(1)
        elif "quarter" in grains:
            steps.append(3)
        elif grains & {"half-year", "nine-months"}:
            steps.append(6)
        elif "year" in grains:
            steps.append(12)
    if len(steps) < len(views) or not steps:
        return None
    distances = {count_months(Days(a.days.end, b.days.end)) - 1 for a, b in pairwise(views)}
    if min(steps) in (6, 12) and distances == {12}:
        return 12
    return min(steps)


def _move_months(day: str, months: int) -> str:
    number = int(day[:4]) * 12 + int(day[5:7]) - 1 + months
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def _month_end(month: str) -> str:
    year, number = int(month[:4]), int(month[5:7])
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return f"{month}-{(31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[number - 1]}"


def read_body(view: ReportView) -> Body:
    """Return who a report is by, as far as its letterhead and title say."""
    report = view.report
    key = " ".join((report.body or "").casefold().split())
    head = "\n".join(
        view.analysis.text[block.start : block.end]
        for block in view.analysis.blocks
        if block.kind == "letterhead"
    )
    genre = frozenset(map(fold_name, view.lexicon["series"]["genre"]["words"]))
    own = frozenset(fold_name(key).split())  # `công tác thuế` of a `cục thuế`
    subject = read_name(report.title or "", view.lexicon).words - genre - own
    areas = {name for line in head.split("\n") for name in _find_areas(line)} | _find_areas(
        key.replace(":", " ")
    )
    words = _spell_out(" ".join(head.casefold().split()), view.lexicon).split()
    return Body(key, frozenset(areas), frozenset(word for word in subject if len(word) > 1), frozenset(words))


def _find_areas(line: str) -> set[str]:
    low = " ".join(line.casefold().split())
    return {
        re.split(r"[,;:.()\d]|\s[-–—]\s|\s{2,}|\bcộng hòa\b|\bđộc lập\b|\bsố\b", low[found.end() :])[0].strip(
            " *_"
        )
        for found in _AREA.finditer(low)
    } - {""}


def find_kinship(
    one: ReportView, two: ReportView, first: Body, second: Body, bodies: Sequence[frozenset[str]] = ()
) -> Kinship:
    """Return whether two reports are of one body: the same, one merged into the other, or another."""
    if not first.key or not second.key:
        return "unknown"
    if any(first.key in group and second.key in group for group in bodies):
        return "same"
    alike = _spell_out(first.key, two.lexicon) == _spell_out(second.key, two.lexicon)
    same = alike and (not first.areas or not second.areas or bool(first.areas & second.areas))
    shorter = _lacks_area(first, second, two.lexicon) or _lacks_area(second, first, two.lexicon)
    if same or shorter or _is_renamed(two, first, second):
        return "same" if _same_subject(first, second) or _say_the_same(one, two) else "different"
    if _are_of_one_kind(first, second, two.lexicon) and _goes_on(one, two):
        return "same" if _same_subject(first, second) or _say_the_same(one, two) else "different"
    merged = _is_merged(first, second, two.days.end, two.lexicon) or _is_told(one, two, first, second)
    if merged and _same_subject(first, second):
        return "merged"
    return "different"


@lru_cache(maxsize=4096)
def _spell_out(key: str, lexicon: Lexicon) -> str:
    """Return the name of a body without abbreviations: `công ty tnhh mtv` is `… một thành viên`."""
    words = [word for word in _WORD.findall(key) if word != "và"]
    return fold_name(" ".join(_abbreviations(lexicon).replace(words)))


@lru_cache(maxsize=8)
def _abbreviations(lexicon: Lexicon) -> Phrases:
    return Phrases((*lexicon["series"]["body"]["pairs"], *lexicon["wordings"]["abbreviation"]["pairs"]))


def _same_subject(first: Body, second: Body) -> bool:
    return not first.subject or not second.subject or bool(first.subject & second.subject)


def _lacks_area(first: Body, second: Body, lexicon: Lexicon) -> bool:
    """Return whether one name is the other without the area or the body above, as its letterhead has them."""
    if any(second.key == f"{first.key} {area}" for area in first.areas):
        return True
    ones, twos = (frozenset(_spell_out(body.key, lexicon).split()) for body in (first, second))
    shared = first.areas & second.areas
    named = any(area in first.key and area in second.key for area in shared)
    return named and len(ones) >= _WORDS and ones < twos and twos - ones <= first.head


def _say_the_same(one: ReportView, two: ReportView) -> bool:
    """Return whether many figures of two reports of one body have the same names, whatever the titles say."""
    names = [
        {name.key for i in view.indicators if len((name := read_name(i.name, view.lexicon)).words) > 1}
        for view in (one, two)
    ]
    common = len(names[0] & names[1])
    return common >= _COMMON and common >= _SHARE * min(map(len, names))


def _are_of_one_kind(first: Body, second: Body, lexicon: Lexicon) -> bool:
    """Return whether two names begin with the same words: a company and a company, a `sở` and a `sở`."""
    names = [_spell_out(body.key, lexicon).split()[:_KIND] for body in (first, second)]
    return ":" not in first.key and ":" not in second.key and names[0] == names[1]


def _goes_on(one: ReportView, two: ReportView) -> bool:
    """Return whether a report prints many long figures of the other as those of an earlier period.

    So does a company under a new name that it does not explain.
    """
    printed = set(_list_long(one, ("actual", "cumulative")))
    return len(printed & set(_list_long(two, ("prior-period",)))) >= _AGAIN


def _list_long(view: ReportView, bases: tuple[str, ...]) -> Iterator[tuple[str | None, object]]:
    for each in view.indicators:
        if each.basis in bases and sum(map(str.isdigit, view.mentions[each.mention].text)) >= _LONG:
            yield each.unit, each.value


def _is_renamed(two: ReportView, first: Body, second: Body) -> bool:
    """Return whether the later report says that its body had the name of the earlier one: `đổi tên`.

    The form of a company may be left out where the old name is told, or be in other words.
    """
    words = two.lexicon["series"]["renamed"]
    form = "|".join(map(re.escape, words["forms"]))
    old = re.sub(rf"^(?:{form}) ", "", first.key)
    if len(old.split()) < _NAMED or ":" in old or old in second.key:
        return False
    low = " ".join(two.analysis.text.casefold().split())
    return any(
        old in low[max(0, found.start() - _NEAR) : found.end() + _NEAR]
        for found in re.finditer("|".join(map(re.escape, words["words"])), low)
    )


def _is_merged(first: Body, second: Body, day: str, lexicon: Lexicon) -> bool:
    """Return whether the lexicon knows that the first body was merged into the second, or renamed so."""
    names = fold_name(first.key), fold_name(second.key)
    if any(
        level == BODY and since <= day and after == names[1] and names[0] in before
        for level, since, after, before in list_mergers(lexicon)
    ):
        return True
    areas = {fold_name(name) for name in first.areas}, {fold_name(name) for name in second.areas}
    moved = first.areas & second.areas or any(
        level == "tỉnh" and since <= day and after in areas[1] and before & areas[0]
        for level, since, after, before in list_mergers(lexicon)
    )
    old, new = _MINISTRY.match(first.key), _MINISTRY.match(second.key)
    if old and new:
        names = fold_name(old[2]), fold_name(new[2])
        renamed = names[0] == names[1] or any(
            level == new[1] and since <= day and after == names[1] and names[0] in before
            for level, since, after, before in list_mergers(lexicon)
        )
        return bool(renamed and (moved or not areas[0] or not areas[1]))
    return bool(moved) and _kind(first.key) == _kind(second.key)


def _kind(key: str) -> str:
    """Return what kind of body a key means; a bare `tỉnh An Lam` is its People's Committee."""
    head = key.split(":")[0]
    return "ubnd" if _AREA.match(f"{head} ") else head


def _is_told(one: ReportView, two: ReportView, first: Body, second: Body) -> bool:
    """Return whether one of the reports says that the area of the first became that of the second."""
    if _kind(first.key) != _kind(second.key):
        return False
    words = "|".join(map(re.escape, one.lexicon["series"]["boundary"]["words"]))
    old = [name for name in first.areas - second.areas if name]
    new = [name for name in second.areas - first.areas if name]
    for view in (two, one):
        low = view.analysis.text.casefold()
        for found in re.finditer(words, low):
            near = low[max(0, found.start() - _SENTENCE) : found.end() + _SENTENCE]
            if any(name in near for name in old) and any(name in near for name in new):
                return True
    return False


def _is_redrawn(one: ReportView, two: ReportView, first: Body, second: Body) -> bool:
    """Return whether the area of a province was enlarged between two of its reports, under the same name."""
    areas = {fold_name(name) for name in first.areas & second.areas}
    return any(
        level == "tỉnh" and one.days.end < since <= two.days.end and after in areas and len(before) > 1
        for level, since, after, before in list_mergers(two.lexicon)
    )


def _describe(view: ReportView) -> str:
    return f"{view.report.issuer or '?'} ({view.report.title or '?'})"
