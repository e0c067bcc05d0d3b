"""What follows a reference: its date (`ngày 19/10/2022`) and issuer (`của Thủ tướng Chính phủ`)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from docanalyze.lexicon import Lexicon
from docanalyze.tag.bounds import DASH, GAP, GAP0, word_choice
from docanalyze.tag.calendar import read_date

_DATE = re.compile(
    rf"(?:{GAP0},)?{GAP}(?:ký{GAP})?ngày{GAP}(?P<d>\d{{1,2}})(?:{GAP}tháng{GAP}(?P<m>\d{{1,2}}){GAP0}năm{GAP0}(?P<y>\d{{4}})"
    rf"|(?P<s>[/.]|{DASH})(?P<m2>\d{{1,2}})(?P=s)(?P<y2>\d{{4}}))(?![\d/])",
    re.IGNORECASE,
)
_OF = re.compile(rf"(?:{GAP0},)?{GAP}của{GAP}(?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*")
_NEXT = re.compile(rf"(?P<gap>{GAP})|(?P<comma>{GAP0},{GAP})|(?P<dash>{GAP0}{DASH}{GAP0})")
_MINISTRY = re.compile(r"(?:bộ|sở|ban|phòng|vụ|cục|ủy|uỷ|hội)(?!\w)", re.I)
_LONGEST = 18


class Tail(NamedTuple):
    """The end of a reference with its tail; `date` is ISO, `issuer` as printed; None where absent."""

    end: int
    date: str | None
    issuer: str | None


class _Words(NamedTuple):
    bodies: re.Pattern[str]
    stops: re.Pattern[str]
    joined: re.Pattern[str]
    types: re.Pattern[str]


@lru_cache(maxsize=8)
def _words(lexicon: Lexicon) -> _Words:
    issuers = lexicon["issuers"]
    names = [b["name"].lower() for b in issuers["body"]]
    offices = word_choice(issuers["tail"]["offices"])
    types = [t["name"] for t in lexicon["legal_types"]["type"]]
    return _Words(
        bodies=re.compile(rf"(?:{offices}{GAP})?{word_choice(names)}(?!\w)", re.I),
        stops=re.compile(word_choice(issuers["tail"]["stops"]) + r"(?!\w)", re.I),
        joined=re.compile(rf"{word_choice(issuers['tail']['joined'])}(?!\w)", re.I),
        types=re.compile(word_choice(types) + r"(?!\w)", re.I),
    )


def read_tail(text: str, end: int, lexicon: Lexicon) -> Tail:
    """Return the date and issuer printed after the reference that ends at `end`.

    >>> from docanalyze.lexicon import load_lexicon
    >>> read_tail("Chỉ thị số 27-CT/TU ngày 19/10/2022 của Tỉnh ủy về", 19, load_lexicon()).issuer
    'Tỉnh ủy'
    """
    date = None
    found = _DATE.match(text, end)
    if found is not None:
        date = read_date(int(found["d"]), int(found["m"] or found["m2"]), int(found["y"] or found["y2"]))
        end = found.end()
    of = _OF.match(text, end)
    if of is None:
        return Tail(end, date, None)
    last = _issuer_end(text, of.end(), lexicon)
    if last == of.end():
        return Tail(end, date, None)
    issuer = " ".join(text[of.end() : last].split())
    late = _DATE.match(text, last) if found is None else None
    if late is not None:  # `Nghị định số … của Chính phủ ngày …`
        last = late.end()
        date = read_date(int(late["d"]), int(late["m"] or late["m2"]), int(late["y"] or late["y2"]))
    return Tail(last, date, issuer)


def _issuer_end(text: str, start: int, lexicon: Lexicon) -> int:
    """Return the end of the body's name at `start`; `start` itself where there is none."""
    words = _words(lexicon)
    listed = words.bodies.match(text, start)
    at = end = start
    if listed is not None:
        at = end = listed.end()
    elif not text[start].isupper() and not text.startswith(("liên bộ", "cấp "), start):
        return start
    for _ in range(_LONGEST):
        gap = _NEXT.match(text, at) if at > start else None
        if gap is None and at > start:
            break
        begin = at if gap is None else gap.end()
        word = _WORD.match(text, begin)
        if word is None or (words.types.match(text, begin) and not words.bodies.match(text, begin)):
            break
        low = word[0].lower()
        if words.stops.match(text, begin) and not words.joined.match(text, begin):
            break
        if gap is not None and (gap["comma"] or gap["dash"] or low == "và"):
            following = word if low != "và" else _WORD.match(text, word.end() + 1)
            if following is None or not following[0][0].isupper() or not _MINISTRY.search(text, start, at):
                break
            if words.types.match(text, following.start()) or listed is not None:
                break
        if listed is not None and word[0][0].islower():
            break
        at = end = word.end()
    return end
