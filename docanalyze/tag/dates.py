"""Days: `16/6/2023`, `ngày 05 tháng 02 năm 2024`, `ngày 10 và 11/7` -> `Date` mentions.

The word `ngày` belongs to the span where it is adjacent (guideline 0.1); a day that does not exist
is no date. A month or a year alone is a period, see `periods.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from docanalyze.core.mention import Date, DateValue
from docanalyze.lexicon import Lexicon
from docanalyze.tag.bounds import DASH, GAP, GAP0, fold, read_bound
from docanalyze.tag.calendar import read_date, read_day
from docanalyze.tag.tails import read_tail

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:19|20)\d\d"
_END = r"(?![\d/])(?![.,]\d)(?!-\d(?!\d?/\d))"
# One scan for the digit runs that a separator or the word `tháng` makes a date; the rest is looked
# at only there. Everything is bounded, so the cost is linear.
_FULL = re.compile(
    r"(?P<day>[0-9][0-9]?+)(?:"
    rf"(?P<sep>[/.]|{DASH})(?P<month>{_MONTH})(?P=sep)(?P<year>{_YEAR}|\d\d(?!\d)){_END}"
    rf"|(?:{GAP0}/{GAP0}(?P<month2>{_MONTH}){GAP0}/{GAP0}|{GAP}{DASH}{GAP}(?P<month6>{_MONTH}){GAP}{DASH}{GAP})(?P<year2>{_YEAR}){_END}"
    rf"|(?P<sep3>[/.-])(?P<month3>{_MONTH}){_END}"
    rf"|{GAP}tháng{GAP}(?P<month4>{_MONTH})(?!,?\d)(?:{GAP0}(?:,{GAP0})?năm{GAP0}(?P<year4>{_YEAR})(?!\d)"
    rf"|{GAP0}[/.]{GAP0}(?P<year5>{_YEAR})(?!\d))?)"
)
_ISO = re.compile(rf"{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]){_END}")
# Apart from `_FULL`: a pattern that begins with digits is searched fast.
_BEFORE = re.compile(r"(?<![\w/])(?<![\d/][.,])")
_WORD = re.compile(rf"(?<!\w)ngày{GAP}\Z")
# Days before the one that prints the month: `ngày 10, 11 và 12/7`, `từ ngày 15 đến 20/6`.
_SHARED = re.compile(
    rf"(?<![\w/.,])(?P<word>ngày{GAP})?(?P<day>{_DAY})(?P<join>{GAP0}(?:,|;|{DASH}){GAP0}|{GAP}(?:và|đến|đến{GAP}hết|tới){GAP})(?:ngày{GAP})?\Z"
)
_LINK = re.compile(rf"(?:{GAP0}(?:,|{DASH}){GAP0}|{GAP}(?:và|đến(?:{GAP}hết)?|tới|hoặc){GAP})(?:ngày{GAP})?")
_HOUR = re.compile(
    rf"(?:sáng(?:{GAP}sớm)?|chiều|tối|đêm|trưa|khuya|hôm|hôm{GAP}qua|hôm{GAP}nay|phút|giờ|\d[hg]\d{{0,2}}),?{GAP}\Z"
)
_DASHED_END = re.compile(rf"{GAP0}(?:[,;:)(]|\.(?!\d)|$)|{GAP}(?!(?:tháng|năm|{DASH})(?!\w))[^\W\d_]")
_LED = re.compile(rf"(?<!\w)(?:từ|đến|trước|sau|hết|tới){GAP}\Z")
_LED_END = re.compile(rf"{GAP0}(?:[,;:)]|\.(?!\d)|$)|{GAP}(?:đến|tới|trở){GAP}")
_LOOK_BACK = 40


class _Day(NamedTuple):
    start: int
    end: int
    day: int
    month: int
    year: int | None
    implied: tuple[str, ...]
    rule: str
    sure: bool


def find_dates(text: str, lexicon: Lexicon) -> Iterator[Date]:
    """Yield the days of `text` in order, as ISO dates, or `--MM-DD` where the year is not printed.

    >>> from docanalyze.lexicon import load_lexicon
    >>> [d.value.date for d in find_dates("đến ngày 16/6/2023 và ngày 31/02/2023", load_lexicon())]
    ['2023-06-16']
    """
    low = fold(text)
    days = [*_find_days(low), *_find_iso(low)]
    days.sort(key=lambda day: day.start)
    taken: _Day | None = None
    for index, day in enumerate(days):
        year, implied = day.year, day.implied
        if year is None:
            year = _shared_year(low, days, index)
            implied = (*implied, "year")
        elif not day.sure:
            continue
        if day.year is None and not day.sure:
            # `đến ngày 23/4/2018, 12/12 xã`: a share of what is counted
            if text[day.end : day.end + 1] == " " and _counts(text, day.end, lexicon):
                continue
            if not (
                _chained(low, days, index)
                or _is_led(low, days, index)
                or (taken is not None and _LINK.fullmatch(low, taken.end, day.start))
                or _spans_days(low, days, index)
            ):
                continue
        date = read_day(day.day, day.month) if year is None else read_date(day.day, day.month, year)
        if date is None:
            continue
        taken = day
        yield Date(
            text=text[day.start : day.end],
            start=day.start,
            end=day.end,
            rule=day.rule,
            value=DateValue(date=date, implied=implied, bound=read_bound(low, day.start, lexicon, day=True)),
        )


def _find_days(low: str) -> Iterator[_Day]:
    taken = 0
    at = 0
    while (found := _FULL.search(low, at)) is not None:
        start, end = found.span()
        if _BEFORE.match(low, start) is None:
            at = start + 1
            continue
        at = end
        if not 0 < int(found["day"]) <= 31:
            continue
        if start and low[start - 1] in "-\u2010\u2011\u2012\u2013\u2014\u2015" and not _after_day(low, start):
            continue
        word = _WORD.search(low, max(0, start - _LOOK_BACK), start)
        month = int(
            found["month"] or found["month2"] or found["month3"] or found["month4"] or found["month6"]
        )
        printed = found["year"] or found["year2"] or found["year4"] or found["year5"]
        day = int(found["day"])
        year: int | None = None
        sure = True
        if printed is not None:
            year = int(printed)
            if len(printed) == 2:  # `05/02/24` needs a word that says that it is a date
                sure = word is not None and found["sep"] == "/"
                year += 2000 if year < 60 else 1900
        if found["month4"] and word is None and low.endswith(("kỳ ", "kì "), 0, start):
            continue  # `kỳ 1 tháng 6`: half a month
        if found["month4"]:
            rule = "date.words" if printed else "date.day-month"
            sure = printed is not None or word is not None
        else:
            rule = "date.numeric" if printed else "date.day-month"
            if printed is None or found["month6"]:
                sure = word is not None or _HOUR.search(low, max(0, start - 16), start) is not None
            if found["sep3"] == "-" and not (
                sure and _DASHED_END.match(low, end) and (day > month or word is None)
            ):
                continue  # `ngày 5-7/6`, `ngày 5-10`, `12-10%`: a range
        begin = word.start() if word else start
        for shared in reversed(list(_shared_days(low, begin if word else start, taken))):
            yield shared._replace(
                month=month, year=year, implied=_without_year(year), sure=sure or shared.sure
            )
            sure = sure or shared.sure
        yield _Day(begin, end, day, month, year, (), rule, sure)
        taken = end


def _find_iso(low: str) -> Iterator[_Day]:
    for found in _ISO.finditer(low):
        if _BEFORE.match(low, found.start()):
            year, month, day = (int(part) for part in found[0].split("-"))
            yield _Day(found.start(), found.end(), day, month, year, (), "date.iso", True)


def _without_year(year: int | None) -> tuple[str, ...]:
    return ("month",) if year is None else ("month", "year")


def _shared_days(low: str, start: int, floor: int) -> Iterator[_Day]:
    """Yield, last first, the bare days before `start` that take its month: `ngày 10, 11` of 12/7."""
    found_days: list[_Day] = []
    for _ in range(31):
        found = _SHARED.search(low, max(floor, start - _LOOK_BACK), start)
        if found is None:
            break
        begin = found.start()
        found_days.append(
            _Day(
                begin,
                found.end("day"),
                int(found["day"]),
                0,
                None,
                (),
                "date.shared-month",
                bool(found["word"]),
            )
        )
        start = begin
        if found["word"]:
            yield from (d._replace(sure=True) for d in found_days)
            return
    # Without the word `ngày` in front, a bare number before a date is a figure (`tăng 10 và 11/7/2023`),
    # unless a dash glues it on: `8-9/7/2023`.
    if found_days and re.fullmatch(DASH, low[found_days[0].end : found_days[0].end + 1]):
        yield found_days[0]


def _after_day(low: str, start: int) -> bool:
    """Return whether the dash before `start` joins it to a day or date (`15-20/6/2023`), not a code."""
    found = re.search(r"(?<![\w/.-])[\d/.]{1,10}.$", low[max(0, start - 12) : start])
    return low[start - 2 : start - 1] == " " or start < 2 or found is not None


def _shared_year(low: str, days: list[_Day], index: int) -> int | None:
    """Return the year printed on the date to which a year-less one is joined: `01/01 đến 30/6/2023`."""
    for at in range(index, min(index + 6, len(days) - 1)):
        if not _LINK.fullmatch(low, days[at].end, days[at + 1].start):
            return None
        if days[at + 1].year is not None:
            return days[at + 1].year
    return None


def _counts(text: str, end: int, lexicon: Lexicon) -> bool:
    tail = read_tail(text, end, lexicon, fraction=True)
    return tail.kind == "quantity" and tail.measure is not None and tail.measure.discrete


def _is_led(low: str, days: list[_Day], index: int) -> bool:
    """Return whether the words before a bare `20/4` take a day, as in `từ 20/4 đến 30/4`, `trước 25/5`.

    Fractions stand after such words, too, so the clause must end with it or go on to a second day.
    """
    here = days[index]
    if _LED.search(low, max(0, here.start - 12), here.start) is None:
        return False
    if _LED_END.match(low, here.end):
        return True
    after = days[index + 1] if index + 1 < len(days) else None
    return after is not None and _LINK.fullmatch(low, here.end, after.start) is not None


def _spans_days(low: str, days: list[_Day], index: int) -> bool:
    """Return whether a bare `01/6` begins a span of days: `(01/6-31/8)`, `15/6 - 30/6`; no two fractions."""
    here = days[index]
    after = days[index + 1] if index + 1 < len(days) else None
    if after is None or after.year is not None or not _LINK.fullmatch(low, here.end, after.start):
        return False
    dashed = low[here.end : after.start].strip(" -\u2013") == "" and "/" in low[here.start : here.end]
    later = (after.month, after.day) > (here.month, here.day)
    padded = low[here.start] == "0" or low[after.start] == "0"
    return dashed and later and (padded or (here.day > here.month and after.day > after.month))


def _chained(low: str, days: list[_Day], index: int) -> bool:
    """Return whether a bare `01/5` is joined to a sure date, as in `ngày 30/4 và 01/5`."""
    for a, b in ((index - 1, index), (index, index + 1)):
        if a >= 0 and b < len(days) and _LINK.fullmatch(low, days[a].end, days[b].start):
            other = days[a] if b == index else days[b]
            if other.sure and (other.year is not None or b == index):
                return True
    return False
