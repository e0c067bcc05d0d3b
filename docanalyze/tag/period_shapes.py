"""The grammar of periods: what is printed, as months, years or a relation, before any anchoring."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docanalyze.core.mention import Grain
from docanalyze.lexicon import Lexicon
from docanalyze.tag.bounds import DASH, GAP, GAP0
from docanalyze.tag.calendar import is_range
from docanalyze.tag.period_months import MONTH, OF_YEAR, months_at, read_months, to_int
from docanalyze.tag.period_seasons import read_dekads, read_frequencies, read_seasons
from docanalyze.tag.period_values import Shape, ShapeAt, ends_word, inside_word
from docanalyze.tag.period_words import YEAR, PeriodWords, read_period_words

_A_YEAR = re.compile(YEAR)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def find_shapes(text: str, low: str, lexicon: Lexicon) -> list[ShapeAt]:
    """Return the shapes of the periods of `text`, in order, none overlapping; `low` is its folded form."""
    words = read_period_words(lexicon)
    years = [at.start() for at in _A_YEAR.finditer(low)]
    found: list[ShapeAt] = []
    for reader in (read_months, _read_quarters, _read_years, _read_same, read_frequencies):
        found.extend(reader(low, words))
    for reader_of_years in (_read_ranges, _read_numeric, read_seasons):
        found.extend(reader_of_years(low, words, years))
    found.extend(_read_abbreviated(text, low))
    found.extend(_read_short(text, years))
    found = [*read_dekads(low, found), *found]
    found.sort(key=lambda s: (s.start, -s.end))
    kept: list[ShapeAt] = []
    for shape in found:
        if kept and shape.start < kept[-1].end:
            if shape.end - shape.start > kept[-1].end - kept[-1].start:
                kept[-1] = shape
            continue
        kept.append(shape)
    return [_share_year(low, kept, index) for index in range(len(kept)) if kept[index].rule != "period.none"]


# -- months ---------------------------------------------------------------------------------------


# -- quarters, years, ranges ----------------------------------------------------------------------

_QUARTER = re.compile(rf"qu[ýí]{GAP}(?P<no>iv|i{{1,3}}|[1-4])(?!\w)(?![.,]\d)(?:{OF_YEAR}|(?!/))")
_LIST_QUARTER = re.compile(
    rf"(?:{GAP0}(?:,|{DASH}){GAP0}|{GAP}(?:và|đến){GAP})(?P<no>iv|i{{1,3}})(?!\w)(?:{OF_YEAR}|(?!/))"
)
_RANGE = re.compile(
    rf"(?P<a>{YEAR})(?P<join>{GAP0}{DASH}{GAP0}|/|{GAP}(?:đến|tới){GAP}(?:năm{GAP})?)(?P<b>{YEAR})(?!{DASH}\d|/)"
)
_SPAN_JOIN = ("đến", "tới", "/")
_AFTER_YEAR = re.compile(rf"{GAP}(?P<year>{YEAR})(?!{DASH}?\w|/)")
_LIST_YEAR = re.compile(
    rf"(?:{GAP0},{GAP0}|{GAP}(?:và|hoặc){GAP})(?P<year>{YEAR})(?![\w/])(?!{GAP0}{DASH}{GAP0}\d)"
)


def _read_quarters(low: str, words: PeriodWords) -> Iterator[ShapeAt]:
    for found in _QUARTER.finditer(low):
        if inside_word(low, found.start()):
            continue
        more: re.Match[str] | None = found
        start = found.start()
        while more is not None:
            number = _ROMAN.get(more["no"]) or int(more["no"])
            months = (3 * number - 2, 3 * number)
            year = to_int(more["year"])
            yield ShapeAt(start, more.end(), "period.quarter", Shape("quarter", year, *months))
            more = _LIST_QUARTER.match(low, more.end()) if year is None else None
            start = more.start("no") if more is not None else start


def _read_ranges(low: str, words: PeriodWords, years: Sequence[int]) -> Iterator[ShapeAt]:
    done = 0
    for at in years:
        found = _RANGE.match(low, at) if at >= done else None
        if found is None:
            continue
        start, end = found.span()
        done = end
        if start and (low[start - 1].isalnum() or low[start - 1] in "/.,-_"):
            continue
        first, last = int(found["a"]), int(found["b"])
        back = words.head_back.search(low, max(0, start - 40), start)
        spelled = found["join"].strip().startswith(_SPAN_JOIN)
        if not is_range(first, last) or (spelled and (back is None or back["head"] is None)):
            continue
        if words.bare_stop.match(low, end) and back is None:
            continue
        grain: Grain = "years"
        if back is not None:
            grain = words.heads[" ".join(back["head"].split())] if back["head"] else "years"
            start = back.start()
        elif low.endswith("năm ", 0, start):
            start -= 4
        counted = words.counted_back.search(low, max(0, start - 14), start)
        if counted is not None and low[end : end + 1] == ")":  # `5 năm (2001 - 2005)`
            start, end = counted.start(), end + 1
        rule = "period.years" if grain == "years" else f"period.{grain}"
        yield ShapeAt(start, end, rule, Shape(grain, first, last_year=last))


def _read_years(low: str, words: PeriodWords) -> Iterator[ShapeAt]:
    at = low.find("năm")
    while at >= 0:
        start, end = at, at + 3
        at = low.find("năm", end)
        if inside_word(low, start):
            continue
        found = _AFTER_YEAR.match(low, end)
        if found is not None:
            yield ShapeAt(start, found.end(), "period.year", Shape("year", int(found["year"])))
            more = _LIST_YEAR.match(low, found.end())
            for _ in range(20):
                if more is None or words.bare_stop.match(low, more.end()):
                    break
                yield ShapeAt(more.start("year"), more.end(), "period.year", Shape("year", int(more["year"])))
                more = _LIST_YEAR.match(low, more.end())
    for relative in _find_relatives(low, words):
        start, end = relative.span()
        if words.vague_after.match(low, end):
            continue
        if words.vague_back.search(low, max(0, start - 12), start):
            continue
        key = words.relatives[" ".join(relative[0].split())]
        yield ShapeAt(start, end, "period.relative", Shape(_relative_grain(relative[0]), relative=key))


def _find_relatives(low: str, words: PeriodWords) -> Iterator[re.Match[str]]:
    for head in words.relative_heads:
        at = low.find(head)
        while at >= 0:
            found = None if inside_word(low, at) else words.relative.match(low, at)
            if found is not None:
                yield found
            at = low.find(head, at + len(head))


def _relative_grain(words: str) -> Grain:
    if words.startswith("năm"):
        return "year"
    return "month" if words.startswith("tháng") else "quarter"


# -- the same period, abbreviations, bare years ---------------------------------------------------

_SAME = re.compile(
    rf"cùng{GAP}(?:k[ỳì]|thời{GAP}(?:k[ỳì]|gian)|tháng|quý)(?!\w)"
    rf"(?:{GAP}(?:của{GAP})?(?:năm{GAP}(?:trước|ngoái|(?P<year>{YEAR}))|(?P<year2>{YEAR})|(?P<month>tháng{GAP}trước)))?"
)
_SHORT_SAME = re.compile(
    rf"CK(?:NT)?(?!\w)(?:{GAP}(?:năm{GAP}(?:trước|ngoái|(?P<year>{YEAR}))|(?P<year2>{YEAR}))(?!\w))?"
)
_SHORT_BACK = re.compile(rf"(?:(?<!\w)(?:so{GAP}với|so|với|bằng|cùng)|%){GAP0}\Z")
_MONTH_BACK = re.compile(rf"{MONTH}/$")
_MONTH_GOES_ON = re.compile(rf"{DASH}\w")
_YEAR_GOES_ON = re.compile(rf"{DASH}\d")
_SHORT_PERIOD = re.compile(rf"(?:T(?P<month>{MONTH})|Q\.?(?P<quarter>[1-4]|IV|I{{1,3}}))[/.-]\Z")
_SHORT_MONTHS = re.compile(
    rf"T(?:[/ ](?P<year>{YEAR})"
    rf"|{GAP}(?P<part>đầu|cuối){GAP}năm(?:{GAP}(?P<year2>{YEAR}))?)(?!\w)"
)
_MONTHS_BACK = re.compile(r"(?<![\w/.,])([0-9]{1,2})$")
_JOINED = ("/", ".", ",", "-", "_", "\u2013")
_REFERENCE_BACK = re.compile(
    rf"(?<!\w)(?:số|nghị{GAP}định|thông{GAP}tư|quyết{GAP}định|luật|tcvn|qcvn|iso){GAP}:?{GAP0}\Z"
)


def _read_same(low: str, words: PeriodWords) -> Iterator[ShapeAt]:
    for found in _SAME.finditer(low):
        if inside_word(low, found.start()):
            continue
        year = to_int(found["year"] or found["year2"])
        named = re.match(rf"cùng{GAP}(?:k[ỳì]|thời{GAP}k[ỳì])", found[0])
        if named is None and year is None and "trước" not in found[0] and "ngoái" not in found[0]:
            continue  # `cùng thời gian`, `cùng tháng` alone do not look back
        relative = "same-period-previous-month" if found["month"] else "same-period-last-year"
        if year is not None:
            relative = "same-period"
        yield ShapeAt(*found.span(), "period.same-period", Shape("same-period", year, relative=relative))


def _read_abbreviated(text: str, low: str) -> Iterator[ShapeAt]:
    at = text.find("CK")
    while at >= 0:
        same = _SHORT_SAME.match(text, at)
        at = text.find("CK", at + 2)
        if same is None:
            continue
        start, end = same.span()
        long = text.startswith("CKNT", start)
        if inside_word(low, start) or not (
            long
            or end > start + 2
            or _fills_cell(low, start, end)
            or _SHORT_BACK.search(low, max(0, start - 12), start)
        ):
            continue
        year = to_int(same["year"] or same["year2"])
        relative = "same-period-last-year" if year is None else "same-period"
        yield ShapeAt(start, end, "period.same-period", Shape("same-period", year, relative=relative))
    at = text.find("T")
    while at >= 0:
        months = _SHORT_MONTHS.match(text, at) if text[at - 1 : at].isdecimal() else None
        at = text.find("T", at + 1)
        if (
            months is None
            or (count := _MONTHS_BACK.search(text, max(0, months.start() - 3), months.start())) is None
        ):
            continue
        number = int(count[1])
        if 1 <= number <= 12:
            first, last = (13 - number, 12) if months["part"] == "cuối" else (1, number)
            yield months_at(
                count.start(), months.end(), first, last, to_int(months["year"] or months["year2"])
            )


def _read_short(text: str, years: Sequence[int]) -> Iterator[ShapeAt]:
    """Yield `T5/2023`, `Q2.2023`, `QIV-2023`: what stands before a year and its mark."""
    for at in years:
        if not at or text[at - 1] not in "/.-":
            continue
        found = _SHORT_PERIOD.search(text, max(0, at - 6), at)
        end = at + 4
        if found is None or inside_word(text, found.start()) or not ends_word(text, end):
            continue
        year = int(text[at:end])
        if found["month"]:
            month = int(found["month"])
            yield ShapeAt(found.start(), end, "period.month", Shape("month", year, month, month))
        else:
            number = _ROMAN.get(found["quarter"].lower()) or int(found["quarter"])
            shape = Shape("quarter", year, 3 * number - 2, 3 * number)
            yield ShapeAt(found.start(), end, "period.quarter", shape)


def _read_numeric(low: str, words: PeriodWords, years: Sequence[int]) -> Iterator[ShapeAt]:
    """Yield `6/2023`, and a bare year where the word before it or its table row says that it is one."""
    row_end, is_header = 0, False
    for start in years:
        end = start + 4
        after = low[end : end + 1]
        if after == "/" or after == "_" or after.isalnum():
            continue
        year = int(low[start:end])
        before = low[start - 1 : start] if start else ""
        if before == "/":
            found = _MONTH_BACK.search(low, max(0, start - 3), start)
            if found is None or _MONTH_GOES_ON.match(low, end):
                continue
            start = found.start()
            before = low[start - 1 : start] if start else ""
            if before.isalnum() or before in _JOINED:
                continue
            if not _REFERENCE_BACK.search(low, max(0, start - 18), start):
                month = int(found[0][:-1])
                yield ShapeAt(start, end, "period.month", Shape("month", year, month, month))
            continue
        if before.isalnum() or before in _JOINED or before == "(" or _YEAR_GOES_ON.match(low, end):
            continue
        shape = Shape("year", year)
        if words.bare.search(low, max(0, start - 20), start):
            if not words.bare_stop.match(low, end):
                yield ShapeAt(start, end, "period.bare-year", shape)
        elif _fills_cell(low, start, end):
            if start >= row_end:  # each row is read once
                row_end, is_header = _read_row(low, start)
            if is_header:
                yield ShapeAt(start, end, "period.table-year", shape)


def _fills_cell(low: str, start: int, end: int) -> bool:
    """Return whether [start, end) is all of a cell of a table row."""
    before, after = low[start - 1 : start] if start else "", low[end : end + 1]
    return before in ("", "\t", "\n") and after in ("", "\t", "\n") and "\t" in before + after


def _read_row(low: str, at: int) -> tuple[int, bool]:
    """Return the end of the table row at `at`, and whether it is a header: no digits but in years."""
    first = low.rfind("\n", 0, at) + 1
    last = low.find("\n", at)
    last = len(low) if last < 0 else last
    cells = (cell.strip() for cell in low[first:last].split("\t"))
    return last, not any(c and c[0].isdigit() and not re.match(YEAR, c) for c in cells)


# -- shared ---------------------------------------------------------------------------------------

_LINK = re.compile(
    rf"(?:{GAP0}(?:,|{DASH}){GAP0}|{GAP}(?:và|đến(?:{GAP}hết)?|tới|hoặc){GAP})(?:đến{GAP}|hết{GAP})?"
)


def _share_year(low: str, shapes: list[ShapeAt], index: int) -> ShapeAt:
    """Return the shape with the year printed on the next of its list: `tháng 5 và tháng 6 năm 2023`."""
    here = shapes[index]
    if here.shape.year is not None or here.shape.grain not in ("month", "quarter"):
        return here
    for at in range(index, min(index + 12, len(shapes) - 1)):
        follower = shapes[at + 1]
        if follower.shape.grain != here.shape.grain or not _LINK.fullmatch(
            low, shapes[at].end, follower.start
        ):
            return here
        if follower.shape.year is not None:
            return here._replace(shape=here.shape._replace(year=follower.shape.year), shared_year=True)
    return here
