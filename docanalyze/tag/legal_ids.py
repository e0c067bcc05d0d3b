"""The grammar of document numbers: `30/2020/NĐ-CP`, `27-CT/TU`, `94-CP`, `TCVN ISO 9001:2015`.

Only what the number itself says is read here; the word before it is `legal_refs.py`'s business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from docanalyze.core.mention import LegalSystem
from docanalyze.lexicon import Lexicon
from docanalyze.tag.bounds import DASH, GAP, GAP0

# One part of a symbol: capitals, with the few lower-case letters of TTg, CTr, QyĐ; `&` joins bodies.
_PART = r"[A-ZĐÐƉƯ][A-ZĐÐƉƯa-zđðươ]{0,14}+(?:&[A-ZĐÐƉ]{1,10}+)?(?:\d{1,2}+)?(?![\w&])"
_JOIN = rf"(?:{DASH}|[/.])"
_YEAR = r"(?:19|20)\d\d"
_SYMBOL = rf"{_PART}(?:{GAP0}(?:{DASH}|/){GAP0}{_PART}|\.{_PART})?(?:{_JOIN}\n?{_PART}){{0,6}}"
_ID = re.compile(
    rf"(?P<no>\d\d{{0,4}}+(?:[a-zA-ZđĐ](?!\w)|{GAP}[a-d](?=/))?)"
    rf"(?:{GAP0}/{GAP0}(?:(?P<year>{_YEAR}){GAP0}(?:/|{DASH}){GAP0})?(?P<state>{_SYMBOL})"
    rf"|{GAP0}{DASH}{GAP0}(?P<party>{_PART}(?:{GAP0}/{GAP0}{_PART}(?:(?:{DASH}|/)\n?{_PART}){{0,3}})?)"
    rf"|{GAP}(?P<old>[A-ZĐ]{{2,5}}/[A-ZĐ]{{2,6}}))(?!\w|{DASH}\d|/\d)"
)
_STANDARD = re.compile(
    rf"(?:TCVN|QCVN|TCXDVN|TCXD|TCCS|QCĐP|ISO(?:/IEC)?)(?:{GAP}(?:ISO(?:/IEC)?|IEC)){{0,2}}{GAP0}"
    rf"(?P<no>\d{{1,6}}(?:[-\u2013]\d{{1,3}}(?!\d))*)(?:(?::|-)(?P<year>{_YEAR})(?!\d))?(?:/[A-ZĐ]{{2,12}})?(?![\w/])"
)
_FORM = re.compile(
    rf"[Mm]ẫu(?:{GAP}(?:biểu{GAP})?(?:số)?:?{GAP0})?$|(?<!\w)[Mm]ẫu{GAP}biểu{GAP}\Z"
)  # `Mẫu số 09A/PL-TNCN`
_BEFORE = frozenset("/.,-_\u2010\u2011\u2012\u2013\u2014\u2015")
_BODY = re.compile(r"(QH|UBTVQH|UBTV|HĐNN)K?\d{1,2}")
_UNIT = re.compile(r"[A-ZĐ]\d{2}")
"""A department of the police behind the body: `QĐ-BCA-V24`, `BCA-C06`."""
_PLAIN = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ"})
_BARE = str.maketrans({"Đ": "D", "đ": "d"})


@dataclass(frozen=True)
class Symbols:
    """The abbreviations that the lexicon knows, and how a damaged one is mended."""

    state_types: dict[str, str]
    party_types: dict[str, str]
    bodies: dict[str, str | None]
    mend: dict[str, str]


class LegalId(NamedTuple):
    """A document number where it stands, read and with its damage mended in `canonical`.

    `known` says whether its symbol proves it to be one; else a word such as `Công văn số` must.
    """

    start: int
    end: int
    number: str
    year: int | None
    symbol: str
    type: str | None
    issuer: str | None
    system: LegalSystem
    canonical: str
    raw: str | None
    known: bool


@lru_cache(maxsize=8)
def read_symbols(lexicon: Lexicon) -> Symbols:
    """Return the abbreviations of types and bodies that `legal_types` and `issuers` list."""
    types = lexicon["legal_types"]["type"]
    state = {abbr: t["name"] for t in reversed(types) for abbr in t["state"]}
    party = {abbr: t["name"] for t in reversed(types) for abbr in t["party"]}
    bodies: dict[str, str | None] = {b["symbol"]: b["name"] for b in lexicon["issuers"]["body"]}
    bodies |= dict.fromkeys(lexicon["issuers"]["shared"]["symbols"])
    known = [*state, *party, *bodies]
    mend = {s.translate(_BARE): s for s in known if "Đ" in s and s.translate(_BARE) not in known}
    return Symbols(state, party, bodies, mend)


def find_ids(text: str, lexicon: Lexicon) -> Iterator[LegalId]:
    """Yield the document numbers of `text` in order, `known` or not.

    >>> from docanalyze.lexicon import load_lexicon
    >>> [i.canonical for i in find_ids("số 30/2020/NÐ-CP, 27 - CT/TU, 16/6/2023", load_lexicon())]
    ['30/2020/NĐ-CP', '27-CT/TU']
    """
    symbols = read_symbols(lexicon)
    for found in _ID.finditer(text):
        start = found.start()
        glued = start > 0 and (text[start - 1].isalnum() or text[start - 1] in _BEFORE)
        if glued and text[max(0, start - 2) : start].lower() != "số":  # `số30/1998/NĐ-CP` is read
            continue
        if _FORM.search(text, max(0, start - 12), start):
            continue
        legal_id = _read_id(found, symbols)
        if legal_id is not None:
            yield legal_id


def _read_id(found: re.Match[str], symbols: Symbols) -> LegalId | None:
    printed = found["state"] or found["party"] or found["old"]
    parts, joins = _split(printed, symbols)
    if not all(_is_abbreviation(p, symbols) or (at and _UNIT.fullmatch(p)) for at, p in enumerate(parts)):
        return None
    number = "".join(found["no"].split())
    year = int(found["year"]) if found["year"] else None
    symbol = parts[0] + "".join(j + p for j, p in zip(joins, parts[1:], strict=True))
    in_party_form = found["party"] is not None and len(parts) > 1
    if found["state"]:
        canonical = f"{number}/{year}/{symbol}" if year else f"{number}/{symbol}"
    else:
        canonical = f"{number} {symbol}" if found["old"] else f"{number}-{symbol}"
    party = parts[-1] not in symbols.state_types and _is_party(parts[-1])
    table = symbols.party_types if party else symbols.state_types
    other = symbols.state_types if party else symbols.party_types
    kind = table.get(parts[0]) or (other.get(parts[0]) if len(parts) > 1 else None)
    if kind is None and len(parts) > 1 and parts[0] in symbols.bodies and found["state"] and not year:
        kind = "công văn"  # the one type without an abbreviation: NN/<issuer>-<unit>
    body = next((p for p in reversed(parts) if _body(p, symbols) is not None), None)
    if len(parts) > 2 and kind is not None and "liên tịch" in kind:
        body = None
    known_part = any(
        p in symbols.state_types or p in symbols.party_types or _is_body(p, symbols) for p in parts
    )
    sole = symbols.bodies.get(parts[0]) is not None  # `235/HĐBT`: one body only
    sure = (len(parts) > 1 or year is not None or sole) and known_part and not found["old"]
    if found["party"] is not None and not in_party_form:
        sure = False  # `94-CP`, `19-KH` need a word before them
    plain = re.sub(r"\s", "", found[0])
    return LegalId(
        start=found.start(), end=found.end(), number=number, year=year, symbol=symbol, type=kind,
        issuer=_body(body, symbols) if body else None, system="party" if party else "state",
        canonical=canonical, raw=found[0] if plain != re.sub(r"\s", "", canonical) else None, known=sure,
    )  # fmt: skip


def _split(printed: str, symbols: Symbols) -> tuple[list[str], list[str]]:
    pieces = re.split(rf"\s*({_JOIN})\s*", printed.translate(_PLAIN))
    parts = [symbols.mend.get(p, p) for p in pieces[::2]]
    return parts, [j if j in "/." else "-" for j in pieces[1::2]]


def _is_abbreviation(part: str, symbols: Symbols) -> bool:
    """Return whether a part looks like an abbreviation (`TTg`, `BTC`), not a word (`Ban`, `May`)."""
    if part in symbols.state_types or part in symbols.party_types or part in symbols.bodies:
        return True
    capitals = sum(c.isupper() for c in part)
    return len(part) > 1 and capitals >= 2 and capitals * 2 >= len(part.rstrip("0123456789"))


def _is_party(part: str) -> bool:
    return part in ("TW", "TƯ", "CB", "ĐH", "BCSĐ", "UBKT", "VPTW") or (
        part.endswith(("U", "TW")) and "UBND" not in part
    )


def _is_body(part: str, symbols: Symbols) -> bool:
    return part in symbols.bodies or _BODY.fullmatch(part) is not None


def _body(part: str, symbols: Symbols) -> str | None:
    found = _BODY.fullmatch(part)
    if found is None:
        return symbols.bodies.get(part)
    return symbols.bodies.get("UBTVQH" if found[1].startswith("UBTV") else found[1])


class Standard(NamedTuple):
    """A technical standard where it stands: `TCVN ISO 9001:2015`."""

    start: int
    end: int
    number: str
    year: int | None
    symbol: str
    canonical: str


def find_standards(text: str) -> Iterator[Standard]:
    """Yield the standards of `text` in order: TCVN, QCVN, TCXDVN, TCCS, ISO with a number.

    >>> [s.canonical for s in find_standards("Hệ thống TCVN ISO 9001:2015, hệ thống ISO điện tử")]
    ['TCVN ISO 9001:2015']
    """
    for found in _STANDARD.finditer(text):
        start = found.start()
        if start and (text[start - 1].isalnum() or text[start - 1] in "/-"):
            continue
        symbol = " ".join(text[start : found.start("no")].split())
        year = int(found["year"]) if found["year"] else None
        canonical = " ".join(found[0].split()).replace("\u2013", "-")
        yield Standard(start, found.end(), found["no"], year, symbol, canonical)
