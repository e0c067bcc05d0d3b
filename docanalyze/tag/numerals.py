"""Printed numerals -> exact decimals: separators, grouping, profiles."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Literal, NamedTuple

from docanalyze.core.interval import EXACT
from docanalyze.core.names import ends_a_name

Profile = Literal["vi", "en"]

SPACES = " \u00a0\u2009\u202f"
"""Spaces that may stand inside a mention, and between the groups of a numeral."""

LETTER = (
    r"[A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0370-\u0373\u0386"
    r"\u0388-\u03ff\u0400-\u0481\u048a-\u052f\u1e00-\u1fbc]"
)
"""A Latin, Greek or Cyrillic letter: written out, it is found faster than what is a word character but
neither digit nor superscript."""

_LONGEST = 40  # digits and separators; longer runs are no figure of a report, and cost time
# Groups are bounded, so that a page of three-digit groups is read in linear time. One digit at the
# head, before the choice: such a pattern is searched twice as fast.
_TOKEN = re.compile(
    rf"[0-9](?:[0-9]{{0,2}}(?>(?:[{SPACES}][0-9]{{3}}){{1,6}})(?![0-9])(?>(?:[.,][0-9]++(?![.,][0-9]))?)"
    r"|[0-9]*+(?>(?:[.,][0-9]++)*))"
)
_GROUPED = re.compile(rf"[0-9]{{1,3}}(?:([.,{SPACES}])[0-9]{{3}})(?:\1[0-9]{{3}})*")
_SEPARATED = re.compile(r"[0-9]++(?>(?:[., ][0-9]++)*)")
_LABELLED = ("tháng ", "quý ", "ngày ", "nợ nhóm ", "mức độ ")
_COMMAS = re.compile(r"\(?[0-9]{1,3}(?:,[0-9]{3})+\)?")
_SIGNS = "+-\u2212\u2013"


_START = itemgetter(0)


class Reading(NamedTuple):
    """What a numeral says: its unsigned `number` with the printed precision.

    `ambiguous` is the reading not taken, where the numeral alone does not decide; `convention`
    is the one that the numeral itself proves, if any.
    """

    number: Decimal
    ambiguous: Decimal | None = None
    convention: Profile | None = None
    negative: bool = False


class Numeral(NamedTuple):
    """A numeral where it stands; `reading` is None for digits that are no number (`16.6.2023`)."""

    start: int
    end: int
    reading: Reading | None
    spelled: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """All digit numerals of a text in order, with the profile that the text's own numerals prove.

    A table has a profile of its own if its numerals prove one: the figures that a company pastes
    from a spreadsheet stand in a Vietnamese text. `tables` are the stretches with such a profile.
    """

    numerals: tuple[Numeral, ...]
    profile: Profile
    proven: bool
    tables: tuple[tuple[int, int, Profile], ...] = ()

    def proves(self, numeral: Numeral) -> bool:
        """Return whether other numerals of the text or of its table prove how `numeral` is read."""
        return self.proven or self._table_at(numeral.start) is not None

    def profile_at(self, at: int) -> Profile:
        """Return the profile that holds at an offset."""
        table = self._table_at(at)
        return self.profile if table is None else table[2]

    def _table_at(self, at: int) -> tuple[int, int, Profile] | None:
        """Return the table with a profile of its own that holds an offset."""
        index = bisect_left(self.tables, at + 1, key=_START) - 1
        return self.tables[index] if index >= 0 and at < self.tables[index][1] else None


def parse_numeral(token: str, *, profile: Profile = "vi", cell: bool = False) -> Reading | None:
    """Return the exact number that a printed numeral stands for, or None if it is none.

    Dots group and a comma begins the decimals in Vietnamese; the other way round in English.
    Where both could be meant (`1.234`, `89,573`), `profile` decides and the other reading is kept.
    With `cell`, as in the cells of finance tables, a sign or brackets make it negative. Source:
    Luật Kế toán 2003, Điều 12; locale data for vi.

    >>> parse_numeral("5.145,10").number, parse_numeral("89,573").number
    (Decimal('5145.10'), Decimal('89.573'))
    >>> parse_numeral("(1.234)", cell=True).negative
    True
    """
    negative = False
    if cell:
        token = token.strip()
        if token[:1] == "(" and token[-1:] == ")":
            token, negative = token[1:-1].strip(), True
        elif token[:1] and token[0] in _SIGNS:
            token, negative = token[1:].strip(), token[0] != "+"
    reading = _read(token, profile) if len(token) <= _LONGEST else None
    if reading is None or not negative:
        return reading
    return Reading(reading.number, reading.ambiguous, reading.convention, negative=True)


def find_profile(text: str) -> Profile:
    """Return the convention that most unambiguous numerals of `text` follow, `"vi"` if none does.

    >>> find_profile("thu 1,234.5 triệu, chi 2,250,000 đồng")
    'en'
    """
    return scan_numerals(text).profile


@lru_cache(maxsize=2)
def scan_numerals(text: str) -> Scan:
    """Return every run of digits in `text`, read with the profile of the whole text.

    The last texts are remembered, so that taggers called one after the other share one scan.
    """
    found = list(_find_tokens(text))
    votes: list[tuple[int, Profile]] = []
    plain: list[Numeral] = []
    for start, end in found:
        token = text[start:end]
        if token.isdigit():
            plain.append(Numeral(start, end, Reading(Decimal(token)) if end - start <= _LONGEST else None))
            continue
        reading = parse_numeral(token)
        plain.append(Numeral(start, end, reading))
        if reading is None or reading.convention is None:
            continue
        if not (reading.convention == "en" and _may_be_date(token)):
            votes.append((start, reading.convention))
    profile, proven, tables = _find_profiles(text, votes)
    if any(mark in text for mark in _PARTS):
        plain = _add_parts(text, plain)
    scan = Scan((), profile, proven, tables)
    if profile == "vi" and not tables:
        return Scan(tuple(plain), profile, proven)
    numerals = tuple(
        Numeral(n.start, n.end, parse_numeral(text[n.start : n.end], profile="en"))
        if n.reading is not None and n.reading.ambiguous is not None and scan.profile_at(n.start) == "en"
        else n
        for n in plain
    )
    return Scan(numerals, profile, proven, tables)


_DAY = re.compile(r"(?<!\w)(?:ngày|đến|tới|hết|từ|trước|sau)\s+(\d{1,2})/$", re.IGNORECASE)
_LAST_DAY, _LAST_MONTH = 31, 12
_PARTS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}


def _add_parts(text: str, numerals: list[Numeral]) -> list[Numeral]:
    """Return the numerals with the printed fractions: `½` alone, and `2½` as one."""
    ends = {numeral.end: at for at, numeral in enumerate(numerals)}
    for at, mark in enumerate(text):
        part = _PARTS.get(mark)
        if part is None:
            continue
        known = ends.get(at)
        reading = None if known is None else numerals[known].reading
        if known is not None and reading is not None and reading.number == reading.number.to_integral_value():
            number = EXACT.add(reading.number, part)
            numerals[known] = Numeral(numerals[known].start, at + 1, Reading(number))
        elif known is None:
            numerals.append(Numeral(at, at + 1, Reading(part)))
    return sorted(numerals, key=_START)


def _is_month(text: str, start: int, end: int) -> bool:
    """Return whether digits end a day: `giải ngân đến 20/9 289,5 tỷ đồng`."""
    day = _DAY.search(text, max(0, start - 16), start)
    return day is not None and 1 <= int(day[1]) <= _LAST_DAY and 1 <= int(text[start:end]) <= _LAST_MONTH


def _find_tokens(text: str) -> Iterator[tuple[int, int]]:
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if end - start < 5 or (text[start + 1] not in SPACES and text[start + 2] not in SPACES):
            yield start, end
            continue
        space = next((at for at in range(start, start + 4) if text[at] in SPACES), -1)
        labelled = (
            space > 0
            and text[space + 1] != "0"
            and text[max(start - 8, 0) : start].lower().endswith(_LABELLED)
        )
        labelled = labelled or (space > 0 and text[start - 1] == "/" and _is_month(text, start, space))
        labelled = labelled or (space > 0 and start > 0 and text[start - 1].isalpha())  # `CV60 428 tấn`
        if labelled or (space - start in (1, 2) and ends_a_name(text, start)):
            yield start, space  # `tháng 5 496,7 tỷ đồng`, `nợ nhóm 2 963 tỷ`: the label, then the amount
            yield from (
                (space + 1 + m.start(), space + 1 + m.end()) for m in _TOKEN.finditer(text[space + 1 : end])
            )
            continue
        yield start, end


def _count_votes(votes: Iterable[Profile]) -> tuple[Profile, bool]:
    count = Counter(votes)
    return ("en" if count["en"] > count["vi"] else "vi"), count["en"] != count["vi"]


def _find_profiles(
    text: str, votes: list[tuple[int, Profile]]
) -> tuple[Profile, bool, tuple[tuple[int, int, Profile], ...]]:
    """Return the profile of the prose, whether it is proven, and the tables that follow another one.

    Annexes come from spreadsheets: `2,507,025` in their cells beside `2.507.025 triệu đồng` in the text. What
    the prose writes decides for the prose, what the whole text writes for tables that prove nothing.
    """
    whole, proven = _count_votes(vote for _, vote in votes)
    spans = list(_find_tables(text))
    if not spans:
        return whole, proven, ()
    starts = [start for start, _ in votes]
    inside = [votes[bisect_left(starts, start) : bisect_left(starts, end)] for start, end in spans]
    prose = Counter(vote for _, vote in votes)
    prose.subtract(vote for here in inside for _, vote in here)
    profile, settled = _count_votes(prose.elements())
    if not settled:
        profile, settled = whole, proven
    tables: list[tuple[int, int, Profile]] = []
    for (start, end), here in zip(spans, inside, strict=True):
        own, sure = _count_votes(vote for _, vote in here)
        if not sure:
            own = "en" if not here and _groups_by_comma(text[start:end]) else whole
        if own != profile:
            tables.append((start, end, own))
    return profile, settled, tuple(tables)


def _find_tables(text: str) -> Iterator[tuple[int, int]]:
    """Yield the tables: lines with tabs, no blank line."""
    at = text.find("\t")
    while at >= 0:
        start = text.rfind("\n\n", 0, at) + 1
        end = text.find("\n\n", at)
        end = len(text) if end < 0 else end
        yield start, end
        at = text.find("\t", end)


def _groups_by_comma(table: str) -> bool:
    """Return whether the commas of a table can only part thousands: `3,467` in a column beside `89`.

    Decimals would have their places in every row of a column; whole numbers above 999 would have
    commas, too.
    """
    columns: dict[int, Counter[str]] = {}
    for row in table.split("\n"):
        for col, cell in enumerate(row.split("\t")[1:]):
            if _COMMAS.fullmatch(cell):
                columns.setdefault(col, Counter())["grouped"] += 1
            elif cell.isdigit():
                year = len(cell) == 4 and cell[:2] in ("19", "20")
                kind = "short" if len(cell) <= 3 else "head" if year else "long"
                columns.setdefault(col, Counter())[kind] += 1
    mixed = [count for count in columns.values() if count["grouped"]]
    return (
        sum(count["grouped"] for count in mixed) >= 3
        and sum(count["short"] for count in mixed) >= 2
        and not any(count["long"] for count in mixed)
    )


def _may_be_date(token: str) -> bool:
    """Return whether `11.7`, `6.2018` or `1.1` may be a day, month or section rather than a decimal."""
    head, _, tail = token.partition(".")
    return len(head) <= 2 and (len(tail) <= 2 or len(tail) == 4)


def _read(token: str, profile: Profile) -> Reading | None:
    if token.isdigit() and token.isascii():
        return Reading(Decimal(token))
    if not token.isascii():
        for space in SPACES[1:]:
            token = token.replace(space, " ")
    dots, commas, spaces = token.count("."), token.count(","), token.count(" ")
    if not _SEPARATED.fullmatch(token):
        return None
    if spaces:
        mark = "," if commas else "." if dots else ""
        whole, _, decimals = token.partition(mark) if mark else (token, "", "")
        if dots + commas > 1 or " " in decimals or not _is_grouped(whole):
            return None
        return Reading(Decimal(whole.replace(" ", "") + (f".{decimals}" if decimals else "")))
    if dots and commas:
        vietnamese = token.rfind(",") > token.rfind(".")
        mark, group = (",", ".") if vietnamese else (".", ",")
        whole, _, decimals = token.rpartition(mark)
        if mark in whole or not _is_grouped(whole):
            return None
        return Reading(
            Decimal(f"{whole.replace(group, '')}.{decimals}"),
            convention="vi" if vietnamese else "en",
        )
    mark = "." if dots else ","
    grouping: Profile = "vi" if dots else "en"
    grouped = Decimal(token.replace(mark, "")) if _is_grouped(token) else None
    if dots + commas > 1:
        return None if grouped is None else Reading(grouped, convention=grouping)
    decimal = Decimal(token.replace(",", "."))
    if grouped is None:
        return Reading(decimal, convention="en" if dots else "vi")
    return Reading(grouped, decimal) if profile == grouping else Reading(decimal, grouped)


def _is_grouped(whole: str) -> bool:
    match = _GROUPED.fullmatch(whole)
    return match is not None and whole[0] != "0"
