"""The report's own period as the anchor of what its text leaves out.

`6 tháng đầu năm`, `cùng kỳ`, `năm trước`, `ngày 16/7` get their year from the period in the report's
title; what was filled in is named in `implied`. Nothing is guessed without an anchor, and no clock
is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from docanalyze.core.analysis import ReportPeriod
from docanalyze.core.ladder import UPPER
from docanalyze.core.mention import Date, DateValue, Mention, Period, PeriodValue, Quantity
from docanalyze.core.span import Span
from docanalyze.lexicon import Lexicon, load_lexicon
from docanalyze.tag.bounds import GAP, fold, word_choice
from docanalyze.tag.calendar import (
    Days,
    month_days,
    next_period,
    read_date,
    shift_month,
    shift_year,
    year_days,
)
from docanalyze.tag.period_shapes import find_shapes
from docanalyze.tag.period_values import Shape, ShapeAt, month_shape
from docanalyze.tag.period_words import read_period_words
from docanalyze.tag.periods import shape_days

_BARE_MONTHS = re.compile(rf"(?<![\w/.,])(\d{{1,2}}){GAP}tháng(?!{GAP}(?:đầu|cuối|năm|\d))(?!\w)")
_LASTS = re.compile(r"\s(?:tuổi|sau|kể|liên|trở|tù|cải|qua|tới|nữa|một lần)(?!\w)")
_CLAUSE = re.compile(r"(?<!\w)và(?!\w)|[;.]|,|\n\n")
_SENTENCE_END = re.compile(rf"[.;!?]\s+(?=[{UPPER}])|\n\n|\t")
_LOCAL_GRAINS = ("month", "months", "quarter", "half-year", "nine-months")
_PLANNED = re.compile(r"(?:kế hoạch|dự toán|chỉ tiêu|so với|so|với|từ)\s+$")


# -- the title ------------------------------------------------------------------------------------


def find_report_periods(title: str, lexicon: Lexicon) -> tuple[ReportPeriod, ...]:
    """Return the periods that a report's title names, the main one first, then month, others and plan.

    Of several reported periods the longest is the main one, a month beside it has the role `month`,
    any other `cumulative`. A year printed once in the title counts for all of its periods.

    >>> from docanalyze.lexicon import load_lexicon
    >>> [(p.role, p.end) for p in find_report_periods("Tháng 5, 5 tháng đầu năm 2023", load_lexicon())]
    [('main', '2023-05-31'), ('month', '2023-05-31')]
    """
    low = fold(title)
    shapes = [s for s in find_shapes(title, low, lexicon) if not s.shape.relative and not s.shape.frequency]
    shapes = sorted([*shapes, *_find_bare_months(low, shapes)])
    years = [s.shape.year for s in shapes]
    reported: list[ReportPeriod] = []
    planned: list[ReportPeriod] = []
    plans = _read_roles(low, [s.start for s in shapes], [s.end for s in shapes], lexicon)
    for index, at in enumerate(shapes):
        year = at.shape.year
        if year is None:  # the next year printed, else the last one before
            year = next((y for y in years[index:] if y is not None), None)
            year = year or next((y for y in reversed(years[:index]) if y is not None), None)
        days = shape_days(at.shape, year)
        if days is None or at.shape.grain is None:
            continue
        period = ReportPeriod(start=days.start, end=days.end, grain=at.shape.grain, role="main")
        (planned if plans[index] else reported).append(period)
    return tuple(_assign_roles(reported) + [msgspec.structs.replace(p, role="plan") for p in planned])


def _find_bare_months(low: str, shapes: list[ShapeAt]) -> Iterator[ShapeAt]:
    """Yield the `9 tháng` of a title, which says of what months the report is, not how long a thing lasts."""
    for found in _BARE_MONTHS.finditer(low):
        count = int(found[1])
        if 2 <= count <= 12 and not any(s.start < found.end() and found.start() < s.end for s in shapes):
            yield ShapeAt(*found.span(), "period.months", month_shape(1, count, None))


def plans_ahead(title: str, lexicon: Lexicon) -> bool:
    """Return whether the heading of a section says that it is about the time to come.

    >>> from docanalyze.lexicon import load_lexicon
    >>> words = load_lexicon()
    >>> plans_ahead("Phương hướng 6 tháng cuối năm", words), plans_ahead("Thực hiện kế hoạch năm 2024", words)
    (True, False)
    """
    low = fold(title)
    if not any(word in low for word in lexicon["forms"]["plan_section"]["words"]):
        return False
    if not any(word in low for word in lexicon["calendar"]["roles"]["result"]):
        return True
    return _read_roles(low, [len(low)], [len(low)], lexicon)[0]


def _read_roles(low: str, starts: list[int], ends: list[int], lexicon: Lexicon) -> list[bool]:
    """Return for each period whether the first cue word of its clause plans (`phương hướng …`)."""
    table = lexicon["calendar"]["roles"]
    strong = set(table["strong_plan"])
    plan = set(table["plan"]) | strong
    cue = re.compile(rf"(?<!\w){word_choice([*table['result'], *plan])}(?!\w)")
    plans: list[bool] = []
    planning = False
    at = 0
    for start, end in zip(starts, ends, strict=True):
        between = low[at:start]
        # A new clause opens only after a period: `nhiệm vụ và kế hoạch năm 2022` is one clause.
        opened = at == 0 or _CLAUSE.search(between) is not None
        words = [" ".join(found[0].split()) for found in cue.finditer(between)]
        if opened and words:
            planning = words[0] in plan
        if any(word in strong for word in words):
            planning = True
        plans.append(planning)
        at = end
    return plans


def _assign_roles(periods: list[ReportPeriod]) -> list[ReportPeriod]:
    unique = list(dict.fromkeys(periods))
    if not unique:
        return []
    main = max(unique, key=lambda p: _length(p.start, p.end))
    rest = [p for p in unique if p is not main]
    return [main] + [
        msgspec.structs.replace(p, role="month" if p.grain == "month" else "cumulative") for p in rest
    ]


def _length(start: str, end: str) -> int:
    return (int(end[:4]) - int(start[:4])) * 12 + int(end[5:7]) - int(start[5:7])


# -- the mentions ---------------------------------------------------------------------------------


def anchor_mentions(
    mentions: Iterable[Mention],
    *,
    text: str,
    main: ReportPeriod | None,
    cutoff: str | None,
    plan_spans: Sequence[Span] = (),
    lexicon: Lexicon | None = None,
) -> list[Mention]:
    """Return the mentions with years and ends filled in from the report's main period.

    Inside `plan_spans` (sections on the months to come) the period after the main one is the default.
    Without `main` only the year is known, that of `cutoff`; without both nothing is filled in.
    """
    lexicon = lexicon or load_lexicon()
    found = [_read_own_months(mention, text, main, lexicon) for mention in mentions]
    anchor = None if main is None else Days(main.start, main.end)
    if anchor is None and cutoff is None:
        return found
    shapes = _read_open_shapes(found, text, lexicon)
    anchored: list[Mention] = []
    for mention in found:
        open_date = isinstance(mention, Date) and mention.value.date.startswith("--")
        if not open_date and (mention.start, mention.end) not in shapes:
            anchored.append(mention)
            continue
        here = anchor
        if here is not None and any(s.start <= mention.start < s.end for s in plan_spans):
            here = next_period(here)
        year = int(here.end[:4]) if here is not None else int((cutoff or "")[:4])
        if isinstance(mention, Period):
            shape = shapes[mention.start, mention.end]
            days = _read_days(shape, mention, here, anchor, year, anchored, text)
            anchored.append(mention if days is None else _with_days(mention, days, year))
        else:
            anchored.append(_anchor_date(mention, year) if isinstance(mention, Date) else mention)
    return anchored


def _read_open_shapes(mentions: list[Mention], text: str, lexicon: Lexicon) -> dict[tuple[int, int], Shape]:
    """Return the shapes of the periods without ends; only the paragraphs that hold one are read again."""
    open_ones = {(m.start, m.end) for m in mentions if isinstance(m, Period) and m.value.start is None}
    shapes: dict[tuple[int, int], Shape] = {}
    read = -1
    for start, end in sorted(open_ones):
        if start < read:
            continue
        first = text.rfind("\n\n", 0, start) + 1
        last = text.find("\n\n", end)
        read = last if last >= 0 else len(text)
        paragraph = text[first:read]
        for shape in find_shapes(paragraph, fold(paragraph), lexicon):
            place = (shape.start + first, shape.end + first)
            if place in open_ones:
                shapes[place] = shape.shape
    return shapes


def _anchor_date(mention: Date, year: int) -> Date:
    value = mention.value
    date = read_date(int(value.date[5:7]), int(value.date[2:4]), year)
    if date is None:  # 29 February of a common year
        return mention
    implied = value.implied if "year" in value.implied else (*value.implied, "year")
    return msgspec.structs.replace(mention, value=DateValue(date=date, implied=implied, bound=value.bound))


def _with_days(mention: Period, days: Days, year: int) -> Period:
    relative = mention.value.relative
    if relative == "same-period" and int(days.end[:4]) == year - 1:
        relative = "same-period-last-year"
    value: PeriodValue = msgspec.structs.replace(
        mention.value,
        start=days.start,
        end=days.end,
        relative=relative,
        implied=("start", "end") if relative else ("year",),
    )
    return msgspec.structs.replace(mention, value=value)


def _read_own_months(mention: Mention, text: str, main: ReportPeriod | None, lexicon: Lexicon) -> Mention:
    """Return a bare `6 tháng` as a period where the report is of just these months of its year.

    A report of May counts its five months, too. Words of duration before it keep it a quantity.
    """
    if not isinstance(mention, Quantity) or main is None or mention.value.unit != "tháng":
        return mention
    count = mention.value.number
    if count is None or mention.value.comparator or mention.value.direction or mention.value.scale:
        return mention
    if count != int(main.end[5:7]) or not 2 <= count <= 12 or main.start[:4] != main.end[:4]:
        return mention
    low = fold(text[max(0, mention.start - 24) : mention.start])
    if read_period_words(lexicon).lasting_back.search(low) or _LASTS.match(text, mention.end):
        return mention
    shape = month_shape(1, int(count), None)
    days = shape_days(shape, int(main.end[:4]))
    if days is None:
        return mention
    return Period(
        text=mention.text,
        start=mention.start,
        end=mention.end,
        rule="period.own-months",
        value=PeriodValue(grain=shape.grain, start=days.start, end=days.end, implied=("year",)),
    )


def _read_days(
    shape: Shape,
    mention: Period,
    here: Days | None,
    anchor: Days | None,
    year: int,
    before: list[Mention],
    text: str,
) -> Days | None:
    """Return the days of an open shape; `here` is the default period, `anchor` the report's own."""
    if shape.relative is None:
        return shape_days(shape, year)
    if anchor is None or here is None:
        return None
    if shape.grain == "same-period":
        return _same_period(shape, mention, here, before, text)
    by = {"this": 0, "previous": -1, "next": 1}[shape.relative.split("-")[0]]
    if shape.grain == "year":  # `so với năm trước` in a plan for 2025 is 2024
        return year_days(int(here.end[:4]) + by, int(here.end[:4]) + by)
    own_year, own_month = int(anchor.end[:4]), int(anchor.end[5:7])
    if shape.grain == "month":
        own_year, month = shift_month(own_year, own_month, by)
        return month_days(own_year, month, month)
    own_year, month = shift_month(own_year, (own_month - 1) // 3 * 3 + 1, 3 * by)
    return month_days(own_year, month, month + 2)


def _same_period(shape: Shape, mention: Period, here: Days, before: list[Mention], text: str) -> Days:
    """Return the span of the main figure a year (or month) earlier, up to the same day as the figure.

    The main figure's own period is the last one printed before in the sentence (`Tháng 5 … so với
    cùng kỳ`), or the as-of date of its paragraph (`đến 16/6/2023 … (Cùng kỳ đạt 32%)`).
    """
    days = _local_days(mention, before, text) or here
    if shape.relative == "same-period-previous-month":
        year, month = shift_month(int(days.end[:4]), int(days.end[5:7]), -1)
        return month_days(year, month, month)
    by = -1 if shape.year is None else shape.year - int(days.end[:4])
    return Days(shift_year(days.start, by), shift_year(days.end, by))


def _local_days(mention: Period, before: list[Mention], text: str) -> Days | None:
    floor = 0
    for found in _SENTENCE_END.finditer(text, max(0, mention.start - 600), mention.start):
        floor = found.end()
    floor = max(floor, mention.start - 600)
    for other in reversed(before[-40:]):
        if other.start < floor:
            break
        if isinstance(other, Date) and other.value.bound == "as-of" and not other.value.date.startswith("--"):
            return Days(other.value.date[:4] + "-01-01", other.value.date)
        if not isinstance(other, Period) or other.value.grain not in _LOCAL_GRAINS:
            continue
        if other.value.start and other.value.end and not _is_planned(text, other.start):
            return Days(other.value.start, other.value.end)
    return None


def _is_planned(text: str, start: int) -> bool:
    return _PLANNED.search(text, max(0, start - 14), start) is not None


__all__ = ["anchor_mentions", "find_report_periods", "plans_ahead"]
