"""Checks of periods against the report's own: bases that are not earlier, results not yet over; weekdays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from msgspec import UNSET

from docanalyze.check.facts import Claim, Facts
from docanalyze.core.mention import Date, LegalRef, Period
from docanalyze.core.printing import print_day
from docanalyze.core.relation import Text
from docanalyze.lexicon.forms import form_pattern, form_words

_DAYS = ("hai", "ba", "tư", "năm", "sáu", "bảy")
_WEEKDAY = rf"(?:thứ\s+(?P<day>{'|'.join(_DAYS)}|[2-7])|(?P<sunday>chủ\s+nhật))"
_BEFORE = re.compile(
    rf"(?:(?:(?<!\w)(?:vào|từ|đến|hôm|sáng|trưa|chiều|tối)|[,;(:]|^)\s*|(?=\w+\s+[A-ZĐ])|(?=C))"
    rf"(?i:{_WEEKDAY}\s*[,(]?\s*(?:ngày\s+)?)$"
)
"""`kỳ họp thứ ba, ngày …` counts: a weekday is written large or stands after a word of time."""
_AFTER = re.compile(rf"\s*[,(]\s*(?:nhằm\s+)?{_WEEKDAY}(?!\w)", re.IGNORECASE)
_COMPARED = re.compile(
    r"so\s+(?:với\s+)?(?:(?:cùng\s+kỳ|cùng\s+thời\s+điểm|thực\s+hiện|số\s+thực\s+hiện|kết\s+quả)\s+)?(?:của\s+)?$",
    re.IGNORECASE,
)
_LOOK = 40
_SPANS = ("năm học", "niên", "vụ", "giai đoạn", "nhiệm kỳ", "thời kỳ", "khóa", "khoá")


def find_late_bases(facts: Facts) -> Iterator[Claim]:
    """Yield bases of comparison that are not earlier than the report's own period.

    What: `so với năm …` names no year after all those that the report is about, `so với cùng kỳ năm …` a year
        before them.
    Why: the year was misprinted, or carried over from another report.
    Tolerance: what is planned for later years, in sentences and sections that look ahead, is left aside.
    Example: `tăng 5,2% so với cùng kỳ năm 2024` in the report on the first half of 2023.
    """
    report = facts.analysis.report
    if report is UNSET:
        return
    main = next((period for period in report.periods if period.role == "main"), None)
    if main is None:
        return
    text = facts.analysis.text
    year = max(int(period.end[:4]) for period in report.periods)
    year = max(year, int(report.date[:4])) if report.date is not None else year
    planned = any(period.role != "main" for period in report.periods)
    for mention in facts.of_kind(Period):
        if mention.cell is not None or mention.value.start is None:
            continue
        base, said = mention.value.start[:4], mention.text.casefold()
        if not said.rstrip().endswith(base) or said.startswith(_SPANS):
            continue
        before = text[max(0, mention.start - _LOOK) : mention.start].casefold()
        if not _COMPARED.search(before):
            continue
        same = "cùng kỳ" in said or before.rstrip().endswith("cùng kỳ")
        if int(base) <= year and (not same or planned or base != main.end[:4]):
            continue
        if _looks_ahead(facts, mention.start):
            continue
        yield Claim(
            "DAT005",
            severity="warning",
            mentions=(("base", mention.id),),
            arithmetic=f"{base} >= {main.end[:4]}",
            note=Text(
                vi=f"kỳ báo cáo kết thúc ngày {print_day(main.end)}",
                en=f"the report's period ends on {print_day(main.end)}",
            ),
        )


def _looks_ahead(facts: Facts, offset: int) -> bool:
    sentence = facts.sentence_at(offset)
    if sentence is None:
        return True
    said = facts.analysis.text[sentence.start : sentence.end]
    pattern = form_pattern(r"(?<!\w)(?:<forward>|<due>)(?!\w)", re.IGNORECASE)
    title = facts.title_at(offset).casefold()
    return pattern.search(said) is not None or any(word in title for word in form_words("plan_section"))


def find_wrong_weekdays(facts: Facts) -> Iterator[Claim]:
    """Yield days with the name of another weekday beside them.

    What: `thứ Hai, ngày 12/6/2023` must be a Monday.
    Why: one of the two is wrong, and a meeting or a term is missed.
    Tolerance: none; days without a year are left aside.
    Example: `họp vào thứ Ba, ngày 12/6/2023`.
    """
    text = facts.analysis.text
    for mention in facts.of_kind(Date):
        if mention.value.implied or mention.value.date.startswith("--"):
            continue
        before = text[max(0, mention.start - _LOOK) : mention.start]
        found = _BEFORE.search(before) or _AFTER.match(text, mention.end)
        if found is None:
            continue
        try:
            real = date.fromisoformat(mention.value.date).isoweekday()
        except ValueError:
            continue
        said = 7 if found["sunday"] else _read_day(found["day"])
        names = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
        yield Claim(
            "DAT006",
            verdict="holds" if said == real else "fails",
            severity="error",
            mentions=(("date", mention.id),),
            arithmetic=f"{print_day(mention.value.date)} = {names[real - 1]}"
            + ("" if said == real else f" ≠ {names[said - 1]}"),
        )


def _read_day(word: str) -> int:
    return int(word) - 1 if word.isdigit() else _DAYS.index(word.lower()) + 1


def find_early_reports(facts: Facts) -> Iterator[Claim]:
    """Yield the day of issue of a report that lies before the period that it reports on.

    What: a report on results is dated after its period has begun.
    Why: the year of the letterhead is that of the last report, or the title's is.
    Tolerance: plans, and reports without a date or a period, are left aside.
    Example: `ngày 20 tháng 6 năm 2022` above `Kết quả 6 tháng đầu năm 2023`.
    """
    report = facts.analysis.report
    if report is UNSET or report.date is None or "date" in report.implied:
        return
    main = next((p for p in report.periods if p.role == "main"), None)
    if main is None or (report.type or "").casefold() not in ("báo cáo", "thông báo", "tờ trình"):
        return
    title = (report.title or "").casefold()
    if form_pattern(r"(?<!\w)(?:<due>|<plan_section>)(?!\w)").search(title):
        return
    cited = {m.value.date for m in facts.of_kind(LegalRef)}
    day = next(
        (
            m for m in facts.of_kind(Date)
            if m.value.date == report.date and m.value.date not in cited
        ),
        None,
    )  # fmt: skip
    if day is None:
        return
    early = report.date < main.start
    yield Claim(
        "DAT007",
        verdict="fails" if early else "holds",
        severity="warning",
        mentions=(("date", day.id),),
        arithmetic=f"{print_day(report.date)} {'<' if early else '>='} {print_day(main.start)}",
    )
