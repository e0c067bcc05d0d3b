"""Checks of days and years: days that do not exist, results from the future, ranges that run backwards."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Iterator
from itertools import pairwise

from msgspec import UNSET

from docanalyze.check.facts import Claim, Facts
from docanalyze.core.analysis import Report
from docanalyze.core.mention import Date, LegalRef, Period
from docanalyze.core.printing import print_day
from docanalyze.core.relation import Severity, Text
from docanalyze.core.span import Span
from docanalyze.lexicon.forms import form_pattern, form_words

# Patterns begin with a class, and what must not stand before it is looked at behind it: that is searched
# for five times as fast.
_DIGIT = r"\d(?<![\w/.,\-–]\d)"
_DAY_WORD = r"(?:ngày|mùng|mồng)\s+"
_TIME_WORD = (
    r"(?:đến|tới|từ|hết|trước|sau|hôm|sáng|trưa|chiều|tối|đêm|tính đến|kéo dài đến)\s+(?:ngày\s+|hết\s+)?"
)
_SHARED = r"(?:\d{1,2}\s*(?:,|và|-|–|đến)\s*(?:ngày\s+)?)*"
_NUMERIC = re.compile(
    rf"(?P<day>{_DIGIT}\d?)\s?(?P<sep>[/.\-–])\s?(?P<month>\d{{1,2}})"
    rf"(?:\s?(?P=sep)\s?(?P<year>(?:19|20)\d\d))?(?![\d/%])(?!\s?[.,]\d)"
)
_WORDED = re.compile(
    r"[nN](?<!\w[nN])(?i:gày\s+(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})"
    r"(?:\s+năm\s+(?P<year>(?:19|20)\d\d))?(?!\d))"
)
_AFTER_DAY = re.compile(rf"(?<!\w){_DAY_WORD}{_SHARED}$", re.IGNORECASE)
_AFTER_TIME = re.compile(rf"(?<!\w){_TIME_WORD}$", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:$|[.,;:)\]\n]|(?:và|đến|năm|của|tại|do|về|theo)\b)")
_LOOK_BACK = 60
_NEAR = 25
_TOLD = re.compile(r"(?<!\w)(?:tính đến|lũy kế|luỹ kế|tính từ|cộng dồn)(?!\w)", re.IGNORECASE)
_LONGEST_DAY, _LONGEST_MONTH = 39, 19
_SPAN = re.compile(
    r"[gGnNtT](?<!\w[gGnNtT])(?i:(?<=g)iai đoạn|(?<=n)(?:hiệm kỳ|iên độ|iên khóa|ăm học|iên vụ)|(?<=t)hời kỳ)"
    r"\s+(?P<first>(?:19|20)\d\d)\s*(?:[-–—]|(?i:đến))\s*(?P<last>(?:19|20)\d\d)(?!\d)"
)
_UNTIL = re.compile(r"\s*,?\s*(?:đến hết|đến|tới)\s+(?:ngày\s+)?|\s*[-–—]\s*")
_OTHER_YEAR = form_pattern(r"(?<!\w)(?:<other_year>)(?!\w)", re.IGNORECASE)


class Taken:
    """Stretches of text that do not overlap, asked whether one of them meets another stretch."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._ends = [span.end for span in self._spans]

    def meets(self, span: Span) -> bool:
        """Return whether one of the stretches shares a character with `span`."""
        at = bisect_right(self._ends, span.start)
        return at < len(self._spans) and self._spans[at].start < span.end


def find_impossible_days(facts: Facts) -> Iterator[Claim]:
    """Yield the printed days that no calendar has.

    What: `31/4`, `30/02/2023`, `ngày 15/13/2023`, `ngày 31 tháng 6`: the month has fewer days, or there is
        no such month.
    Why: the day meant is not known, and neither is what was counted up to it.
    Tolerance: figures that only look like a day (`31/45 xã`, numbers of documents) are left aside: without
        a year, the word `ngày` or a word of time must stand before, and no counted noun behind.
    Example: `Kỳ nghỉ lễ kéo dài đến 31/4.`
    """
    text = facts.analysis.text
    taken = Taken(m.span for m in facts.of_kind(Date, LegalRef))
    for found in [*_NUMERIC.finditer(text), *_WORDED.finditer(text)]:
        day, month = int(found["day"]), int(found["month"])
        year = int(found["year"]) if found["year"] else None
        span = Span(found.start("day"), found.end())
        if _exists(day, month, year) or day > _LONGEST_DAY or month > _LONGEST_MONTH or day == 0:
            continue
        if found.re is _NUMERIC and not _is_day(text, found, month):
            continue
        if taken.meets(span):
            continue
        why = (
            Text(vi=f"không có tháng {month}", en=f"there is no month {month}")
            if not 1 <= month <= 12
            else Text(
                vi=f"tháng {month} có {_length(month, year)} ngày",
                en=f"month {month} has {_length(month, year)} days",
            )
        )
        yield Claim(
            "DAT001", severity="error", places=((span.start, span.end),), arithmetic=span.of(text), note=why
        )


def _is_day(text: str, found: re.Match[str], month: int) -> bool:
    start = found.start()
    before = text[max(0, start - _LOOK_BACK) : start]
    if _AFTER_DAY.search(before):
        return found["sep"] == "/" or found["year"] is not None
    if found["year"] is not None:
        return found["sep"] == "/" or _AFTER_TIME.search(before) is not None
    if found["sep"] != "/" or not 1 <= month <= 12:
        return False
    return _AFTER_TIME.search(before) is not None and _ENDS.match(text, found.end()) is not None


def _length(month: int, year: int | None) -> int:
    return monthrange(year or 2000, month)[1]


def _exists(day: int, month: int, year: int | None) -> bool:
    return 1 <= month <= 12 and 1 <= day <= _length(month, year)


def find_future_results(facts: Facts) -> Iterator[Claim]:
    """Yield the results dated after the report's day of issue, or after its stated cut-off.

    What: `tính đến ngày …`, `lũy kế đến …` in a section on results must not be later than the date of the
        report, nor than the day that the report names for all its figures (`số liệu tính đến ngày …`).
    Why: the figure cannot have been known: the date, or the report's, is wrong, or it is an estimate.
    Tolerance: sections and sentences that look ahead (`phấn đấu`, `dự kiến`, `ước`, `kế hoạch`, `trước ngày`)
        are left aside. A warning after `tính đến`, `lũy kế` with a day after the date of issue, else info.
    Example: a report of 20/6/2023 that says `tính đến ngày 30/6/2023 đã giải ngân 35,2 tỷ đồng`.
    """
    report = facts.analysis.report
    if report is UNSET:
        return
    stated = _find_stated_cutoff(facts)
    plans = [
        (s.start, s.end)
        for s in facts.sections
        if any(word in s.title.casefold() for word in form_words("plan_section"))
    ]
    for mention in facts.of_kind(Date):
        if mention.value.bound != "as-of" or mention.value.implied:
            continue
        if any(start <= mention.start < end for start, end in plans) or mention.cell is not None:
            continue
        day = mention.value.date
        severity: Severity
        if report.date is not None and day > report.date:
            told = _TOLD.search(facts.analysis.text[max(0, mention.start - _NEAR) : mention.start])
            limit, severity = report.date, "warning" if told else "info"
            why = Text(vi="ngày ban hành báo cáo", en="the report was issued then")
        elif stated is not None and day > stated:
            limit, severity = stated, "info"
            why = Text(vi="ngày chốt số liệu của báo cáo", en="the report's own cut-off")
        else:
            continue
        if _looks_ahead(facts, mention.start):
            continue
        yield Claim(
            "DAT002",
            severity=severity,
            mentions=(("date", mention.id),),
            arithmetic=f"{print_day(day)} > {print_day(limit)}",
            note=why,
        )


def _looks_ahead(facts: Facts, offset: int) -> bool:
    sentence = facts.sentence_at(offset)
    if sentence is None:
        return True
    said = facts.analysis.text[sentence.start : sentence.end]
    return form_pattern(r"(?<!\w)(?:<forward>)(?!\w)", re.IGNORECASE).search(said) is not None


def _find_stated_cutoff(facts: Facts) -> str | None:
    """Return the last day that the opening of the report names for all its figures."""
    first = facts.sections[0].start if facts.sections else 0
    days = []
    for mention in facts.of_kind(Date):
        if mention.start >= first:
            break
        if mention.value.bound == "as-of":
            before = facts.analysis.text[max(0, mention.start - _LOOK_BACK) : mention.start].casefold()
            if "số liệu" in before:
                days.append(mention.value.date)
    return max(days, default=None)


def find_backward_ranges(facts: Facts) -> Iterator[Claim]:
    """Yield the ranges of days, months or years that end before they begin.

    What: `từ ngày A đến ngày B`, `giai đoạn A - B` with B before A.
    Why: one of the two ends is misprinted, often the year at the turn of a year.
    Tolerance: both years must be printed; `từ tháng 9 đến tháng 3 năm 2023` is left aside.
    Example: `từ ngày 15/12/2023 đến ngày 14/6/2023`; `giai đoạn 2025 - 2021`.
    """
    text = facts.analysis.text
    timed: list[Date | Period] = facts.of_kind(Date, Period)
    for first, second in pairwise(timed):
        if type(first) is not type(second) or first.value.implied or second.value.implied:
            continue
        if not _UNTIL.fullmatch(text, first.end, second.start):
            continue
        before = text[max(0, first.start - 12) : first.start].casefold()
        if not re.search(r"(?<!\w)(?:từ|kể từ)\s+(?:ngày\s+|đầu\s+)?$", before):
            continue
        start = first.value.date if isinstance(first, Date) else first.value.start
        end = second.value.date if isinstance(second, Date) else second.value.end
        if start is None or end is None or start.startswith("--") or end.startswith("--"):
            continue
        order = ">" if start > end else "<="
        yield Claim(
            "DAT003",
            verdict="fails" if start > end else "holds",
            severity="error",
            mentions=(("from", first.id), ("until", second.id)),
            arithmetic=f"{' '.join(first.text.split())} {order} {' '.join(second.text.split())}",
        )
    for found in _SPAN.finditer(text):
        if int(found["first"]) > int(found["last"]):
            yield Claim(
                "DAT003",
                severity="error",
                places=((found.start(), found.end()),),
                arithmetic=f"{found['first']} > {found['last']}",
            )


def find_other_years(facts: Facts) -> Iterator[Claim]:
    """Yield the headings that name a year that the report is not about.

    What: the year in a heading must be one of the report's own periods, or the year after
        them for what is planned.
    Why: headings are carried over from last year's report, and sometimes the figures below them, too.
    Tolerance: headings that compare (`so với`, `cùng kỳ`) or name a document or a longer period are left
        aside. Info.
    Example: `I. KẾT QUẢ THỰC HIỆN NHIỆM VỤ NĂM 2022` in the report on 2023.
    """
    report = facts.analysis.report
    if report is UNSET or not any(period.role == "main" for period in report.periods):
        return
    years = _report_years(report)
    ends = {block.start: block.end for block in facts.analysis.blocks if block.kind == "heading"}
    heads = [(section.start, section) for section in facts.sections if section.label]
    starts = [start for start, _ in heads]
    for mention in facts.of_kind(Period):
        if mention.value.implied or mention.value.relative:
            continue
        start, end = mention.value.start, mention.value.end
        if start is None or end is None or start[:4] != end[:4] or start[:4] not in mention.text:
            continue
        at = bisect_right(starts, mention.start) - 1
        if at < 0 or mention.start >= ends.get(starts[at], 0) or int(start[:4]) in years:
            continue
        if _OTHER_YEAR.search(heads[at][1].title):
            continue
        yield Claim(
            "DAT004",
            severity="info",
            mentions=(("period", mention.id),),
            arithmetic=f"{start[:4]} ∉ {', '.join(map(str, sorted(years)))}",
        )


def _report_years(report: Report) -> set[int]:
    years: set[int] = set()
    for period in report.periods:
        years.update(range(int(period.start[:4]), int(period.end[:4]) + 1))
    return years | {max(years) + 1}
