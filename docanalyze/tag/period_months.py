"""Months as printed: `tháng 5`, `tháng 5, 6/2024`, `6 tháng đầu năm`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docanalyze.tag.bounds import DASH, GAP, GAP0
from docanalyze.tag.period_values import Shape, ShapeAt, month_shape
from docanalyze.tag.period_words import VIETNAMESE, YEAR, PeriodWords

MONTH = r"(?:0?[1-9]|1[0-2])(?!\d)"
_BACK = 24  # a number in words before `tháng`, with its spaces
OF_YEAR = rf"(?:(?:{GAP0}[/.]{GAP0}|{GAP0}{DASH}{GAP0}|{GAP}(?:của{GAP})?(?:năm{GAP})?)(?P<year>{YEAR})(?!/))"
_REST = rf"(?=(?:,{MONTH}){{1,11}}[/.]{YEAR}(?!/))"  # `tháng 05,06/2024`
_MONTH_AFTER = re.compile(
    rf"{GAP}(?P<month>{MONTH})(?:{OF_YEAR}(?!{GAP0}{DASH}{GAP0}\d)|{_REST}|(?![.,/]\d|\d|/))"
)
_SPELLED_MONTH = re.compile(
    rf"{GAP}(?P<word>[{VIETNAMESE}]{{2,5}}(?:{GAP}(?:một|hai))?)(?:(?={GAP}năm{GAP}{YEAR}){OF_YEAR}"
    rf"|(?={GAP}(?:và|,){GAP}(?:quý|{MONTH}|tháng)))"
)
_PART_AFTER = re.compile(
    rf"{GAP}(?P<part>đầu|cuối)(?:(?:{GAP}của)?{GAP}năm(?!{GAP}(?:học|thứ))(?:(?:{GAP0}/{GAP0}|{GAP}(?:của{GAP})?(?:năm{GAP})?)"
    rf"(?P<year>{YEAR})|(?P<nay>{GAP}nay))?|{GAP}(?P<year2>{YEAR}))(?!\w)"
)
_PLAIN_AFTER = re.compile(rf"(?:{GAP}năm{GAP}|{GAP0}/{GAP0}|{GAP})(?P<year>{YEAR})(?!{GAP0}{DASH}{GAP0}\d)")
COUNTED = re.compile(rf"{GAP}(?:lần|buổi|cuộc|kỳ|triệu|nghìn|tỷ|lượt|đợt|giờ|ngày|tháng|người|đồng)(?!\w)")
_MANY = re.compile(rf"(?<!\w)các{GAP}\Z")
_PER = re.compile(r"(?<!\w)(?:mỗi|một|hằng|hàng|\d+|/)[ \u00a0]{0,8}\Z")
_LIST_MONTH = re.compile(
    rf"(?:{GAP0},{GAP0}|{GAP}(?:và|đến){GAP})(?P<month>{MONTH})(?:{OF_YEAR}|{_REST}|(?![.,/]\d|\d|/|%))(?!{GAP}(?:tháng|ngày)(?!\w))"
)
_HALF_YEAR = re.compile(rf"nửa{GAP}(đầu|cuối){GAP}(?:của{GAP})?năm(?!{GAP}học)(?:{GAP}({YEAR}))?(?!\w)")
_OPENED = re.compile(rf"(?:^|[.;:\n\t(]\s{{0,3}}|[-+*]{GAP})(?:trong|qua|tính{GAP}đến|kết{GAP}thúc){GAP}\Z")


def read_months(low: str, words: PeriodWords) -> Iterator[ShapeAt]:
    """Yield the months, lists of months and runs of months of a folded text."""
    at = low.find("tháng")
    while at >= 0:
        yield from _read_month(low, at, words)
        at = low.find("tháng", at + 5)
    for found in _HALF_YEAR.finditer(low):
        months = (1, 6) if found[1] == "đầu" else (7, 12)
        yield ShapeAt(*found.span(), "period.half-year", Shape("half-year", to_int(found[2]), *months))


def _read_month(low: str, at: int, words: PeriodWords) -> Iterator[ShapeAt]:
    if at and low[at - 1].isalnum():
        return
    end = at + 5
    back = words.numeral_back.search(low, max(0, at - _BACK), at)
    if back is not None and not _names_month(back, low, end):
        count = _number(back[1], words)
        part = _PART_AFTER.match(low, end)
        if part is not None and 1 <= count <= 12:
            first, last = (1, count) if part["part"] == "đầu" else (13 - count, 12)
            yield months_at(back.start(), part.end(), first, last, to_int(part["year"] or part["year2"]))
            return
        plain = _PLAIN_AFTER.match(low, end)
        if plain is not None and 2 <= count <= 12:
            yield months_at(back.start(), plain.end(), 1, count, int(plain["year"]))
            return
        if _is_reported(low, back.start(), end, words) and 2 <= count <= 12:
            yield months_at(back.start(), end, 1, count, None)
            return
        day = _MONTH_AFTER.match(low, end) if back[1].isdigit() else None
        if day is not None:  # `05 tháng 02`: a day, see dates.py; nothing in it is a period
            yield ShapeAt(back.start(), day.end(), "period.none", Shape(None))
            return
    found = _MONTH_AFTER.match(low, end) or _SPELLED_MONTH.match(low, end)
    if found is None:
        return
    groups = found.groupdict()
    month = (
        int(groups["month"])
        if groups.get("month")
        else words.numerals.get(" ".join(groups["word"].split()), 0)
    )
    year = to_int(found["year"])
    if not month or (
        year is None and (COUNTED.match(low, found.end()) or _PER.search(low, max(0, at - 8), at))
    ):
        return
    shapes = [ShapeAt(at, found.end(), "period.month", Shape("month", year, month, month))]
    more = _LIST_MONTH.match(low, found.end()) if groups.get("month") and year is None else None
    while more is not None and len(shapes) < 12 and not COUNTED.match(low, more.end()):
        month, year = int(more["month"]), to_int(more["year"])
        shapes.append(
            ShapeAt(more.start("month"), more.end(), "period.month", Shape("month", year, month, month))
        )
        more = _LIST_MONTH.match(low, more.end()) if year is None else None
    # `tháng 5, 6 hộ`: without `các` or a year at its end it is no list of months.
    yield from shapes if year is not None or _MANY.search(low, max(0, at - 8), at) else shapes[:1]


def _names_month(back: re.Match[str], low: str, end: int) -> bool:
    """Return whether a word before `tháng` counts no months: `vốn đầu tư tháng 5`, `trong năm tháng 5`.

    `tư` never does; another word does not where the number of a month follows.
    """
    if back[1].isdigit():
        return False
    return back[1] == "tư" or _MONTH_AFTER.match(low, end) is not None


def _is_reported(low: str, start: int, end: int, words: PeriodWords) -> bool:
    """Return whether a bare `9 tháng` means the months of the year so far, not how long a thing lasts.

    A result after it says so, a figure or its verb (`9 tháng đạt 521 tấn`, `9 tháng 521 tấn`).
    """
    if low.startswith((" tuổi", " sau", " kể", " liên", " trở", " tù", " cải"), end):
        return False
    if words.result_back.search(low, max(0, start - 20), start):
        return True
    lasting = words.lasting_back.search(low, max(0, start - 20), start)
    if lasting is None and words.result_after.match(low, end):
        return True
    opened = _OPENED.search(low[max(0, start - 24) : start])
    return opened is not None and not low.startswith((" qua", " tới", " nữa"), end)


def months_at(start: int, end: int, first: int, last: int, year: int | None) -> ShapeAt:
    """Return the months from the first to the last, named by what they are: a quarter, half a year."""
    shape = month_shape(first, last, year)
    return ShapeAt(start, end, f"period.{shape.grain}", shape)


def _number(word: str, words: PeriodWords) -> int:
    return int(word) if word.isdigit() else words.numerals[" ".join(word.split())]


def to_int(digits: str | None) -> int | None:
    """Return printed digits as a whole number, None for none."""
    return None if digits is None else int(digits)
