"""What follows a numeral: scale words, percent sign, currency, unit, or what is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from docanalyze.core.interval import EXACT
from docanalyze.lexicon import Lexicon
from docanalyze.tag.number_words import parse_words
from docanalyze.tag.numerals import LETTER, SPACES

Kind = Literal["percent", "money", "quantity", "scaled", "none"]

_BLANK = rf"[{SPACES}]{{0,4}}+(?>(?:\n(?!\n))?)[{SPACES}]{{0,8}}+"
_WORD = re.compile(
    rf"{_BLANK}([đĐ]/c(?!{LETTER})|{LETTER}{{1,20}}+(?>(?:-{LETTER}{{1,8}}+){{0,2}})(?>(?:\.(?:[Kk]m|đồng|đ)(?!{LETTER}))?)(?!{LETTER})"
    r"|%o(?!\w)|[%‰€]|US\$|\$|°[CF]?|º[CF])([23²³](?![\w²³]))?"
)
_PLAIN_WORD = re.compile(rf"{_BLANK}({LETTER}{{1,20}}+(?!{LETTER}))([23²³](?![\w²³]))?")
_HALF_MORE = re.compile(rf"{_BLANK}(rư[ỡở]i)(?!{LETTER})", re.IGNORECASE)
_NO_TAIL = frozenset(["", *".,;:)/-+–—\t”\"'"])
"""What no scale word, sign or unit can follow."""
_COMMA = re.compile(rf",[{SPACES}](?={LETTER})")
_POWER = r"1(?:[.]?000|0{1,2}(?:[.]?000){0,2})?"
_SLASH = re.compile(rf"[{SPACES}]?/[{SPACES}]?(?:{_POWER}[{SPACES}])?(?={LETTER})")
_ENDS_AT_SIGN = re.compile(rf" (?![{SPACES}/])")
_OPENS = tuple(f"{space}(" for space in SPACES)
_IN_WORDS = re.compile(rf"[{SPACES}]?\(({LETTER}{{2,6}}+(?>(?: {LETTER}{{2,6}}+){{0,9}}))\)")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure or a counting unit of the lexicon."""

    base: str | None = None
    factor: Decimal | None = None
    discrete: bool = False
    duration: bool = False
    class_name: bool = False
    symbol: bool = False
    heads: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()


class Sign(NamedTuple):
    """A percent sign, per mille sign or the words for percentage points."""

    unit: Literal["%", "point", "‰"]


class Currency(NamedTuple):
    """A currency: its ISO 4217 code and the words after which its name is another word."""

    code: str
    not_before: frozenset[str]


class Scale(NamedTuple):
    """A word such as `triệu` that multiplies the number before it."""

    value: Decimal


class Amount(NamedTuple):
    """A scale and a currency in one short form: `trđ`, `tr.đồng`."""

    value: Decimal
    code: str


class Noun(NamedTuple):
    """A counted thing, with the group to which classifiers refer; `only_head` needs a classifier.

    Things that `joins` may be counted together: `05 xã, thị trấn`. Before the words of `not_before` it is
    no thing: `07 bộ giải ngân`.
    """

    group: str
    only_head: bool
    joins: bool
    not_before: frozenset[str] = frozenset()


Entry = Sign | Currency | Scale | Amount | Unit | Noun


class Tail(NamedTuple):
    """What follows a numeral; `end` is where the mention ends, `unit` is as printed."""

    kind: Kind
    end: int
    scale: Decimal | None = None
    half: bool = False
    sign: Literal["%", "point", "‰"] | None = None
    currency: str | None = None
    unit: str | None = None
    measure: Unit | None = None
    per: str | None = None


class _Found(NamedTuple):
    end: int
    entries: tuple[Entry, ...]
    start: int


class _Trie:
    """Entries by their words: symbols in their own case, all other words in lower case."""

    def __init__(self) -> None:
        self.symbols: dict[str, list[Entry]] = {}
        self.root: dict[str, Any] = {}

    def add(self, name: str, entry: Entry, *, symbol: bool) -> None:
        words = _split_name(name)
        if symbol and len(words) == 1:
            self.symbols.setdefault(words[0], []).append(entry)
            return
        node = self.root
        for word in words:
            node = node.setdefault(word.lower(), {})
        node.setdefault("", []).append(entry)

    def find(self, text: str, at: int) -> list[_Found]:
        """Return the entries that begin at `at` (blanks before them skipped), the longest first."""
        found: list[_Found] = []
        match = _WORD.match(text, at)
        if match is None:
            return found
        first = match.start(1)
        word, power = match.group(1, 2)
        if power and (entries := self.symbols.get(word + power)):
            found.append(_Found(match.end(), tuple(entries), first))
        elif entries := self.symbols.get(word):
            found.append(_Found(match.end(1), tuple(entries), first))
        node = self.root
        for _ in range(8):
            if match is None:
                break
            word, end = match.group(1), match.end(1)
            step = node.get(word) or node.get(word.lower())
            if step is None and "-" in word:  # a dash that joins nothing: `xã-thị trấn`
                plain = _PLAIN_WORD.match(text, at)
                if plain is not None:
                    end = plain.end(1)
                    step = node.get(plain.group(1).lower())
            if step is None:
                break
            node, at = step, end
            if "" in node:
                found.append(_Found(end, tuple(node[""]), first))
                if len(node) == 1:
                    break
            match = _WORD.match(text, at)
        found.reverse()
        return found


def _split_name(name: str) -> list[str]:
    words: list[str] = []
    at = 0
    while match := _WORD.match(name, at):
        words.append(match.group(1) + (match.group(2) or ""))
        at = match.end()
    return words


@lru_cache(maxsize=8)
def _build_trie(lexicon: Lexicon) -> _Trie:
    trie = _Trie()
    percent = lexicon["units"]["percent"]
    signs: tuple[tuple[str, Sign], ...] = (
        ("sign", Sign("%")), ("per_mille", Sign("‰")), ("point", Sign("point")),
    )  # fmt: skip
    for key, sign in signs:
        for name in percent[key]:
            trie.add(name, sign, symbol=False)
    for row in lexicon["number_words"]["scale"]:
        for name in row["names"]:
            trie.add(name, Scale(Decimal(row["value"])), symbol=False)
    for row in lexicon["currencies"]["currency"]:
        currency = Currency(row["code"], frozenset(row.get("not_before", ())))
        for name in row["names"]:
            trie.add(name, currency, symbol=name != name.lower() or len(name) == 1)
    for row in lexicon["currencies"]["scaled"]:
        for name in row["names"]:
            trie.add(name, Amount(Decimal(row["scale"]), row["code"]), symbol=False)
    stops = {row["noun"]: frozenset(row["words"]) for row in lexicon["counters"]["not_before"]}
    for row in lexicon["units"]["unit"]:
        factor = row.get("factor")
        unit = Unit(
            base=row.get("base"),
            factor=None if factor is None else Decimal(factor),
            discrete=bool(row.get("discrete")),
            duration=bool(row.get("duration")),
            class_name=bool(row.get("class_name")),
            symbol=bool(row.get("symbol")),
            heads=frozenset(row.get("heads", ())),
        )
        for name in row["names"]:
            own = replace(unit, not_before=stops[name]) if name in stops else unit
            trie.add(name, own, symbol=bool(row.get("symbol")))
    # Classifiers first: `em` alone is a noun too, but `em học sinh` is read before `em`.
    for row in lexicon["counters"]["classifier"]:
        for name in row["names"]:
            stop = stops.get(name, frozenset())
            trie.add(name, Unit(discrete=True, heads=frozenset(row["heads"]), not_before=stop), symbol=False)
    for row in lexicon["counters"]["noun"]:
        for name in row["names"]:
            stop = stops.get(name, frozenset())
            noun = Noun(row["group"], bool(row.get("only_head")), bool(row.get("joins")), stop)
            trie.add(name, noun, symbol=False)
    return trie


def read_tail(text: str, at: int, lexicon: Lexicon, *, fraction: bool = False) -> Tail:
    """Return what follows the numeral that ends at `at`: `tỷ đồng`, `%`, `lượt người`, `tạ/ha`.

    After a fraction, `số` may stand before the thing counted (`2/3 số hộ`).
    """
    mark = text[at : at + 1]
    if mark in _NO_TAIL and not (mark == "/" and fraction):
        return Tail("none", at)
    trie = _build_trie(lexicon)
    if mark == "%" and (text[at + 1 : at + 2] not in ("/", " ", "o") or _ENDS_AT_SIGN.match(text, at + 1)):
        return Tail("percent", at + 1, sign="%")
    scale: Decimal | None = None
    half = False
    if (
        (text[at : at + 1] == "(" or text[at : at + 2] in _OPENS)
        and (again := _IN_WORDS.match(text, at))
        and parse_words(again[1], lexicon) is not None
    ):
        at = again.end()  # `05 (năm) dự án`
    end = at
    names = trie.find(text, end)
    for _ in range(3):
        if not names:
            break
        found = names[0]
        word = None
        for entry in found.entries:
            if isinstance(entry, Scale):
                word = entry
                break
        if word is None:
            break
        if scale is not None and word.value < 1000:
            break
        scale = word.value if scale is None else EXACT.multiply(scale, word.value)
        end = found.end
        names = trie.find(text, end)
        if not names and (following := _HALF_MORE.match(text, end)) is not None:
            half, end = True, following.end(1)
            names = trie.find(text, end)
    for found in names:
        for entry in found.entries:
            tail = _close_tail(text, found, entry, trie, scale)
            if tail is not None:
                return tail if scale is None else tail._replace(scale=scale, half=half)
    if fraction and (number := _PLAIN_WORD.match(text, end)) and number.group(1) == "số":
        tail = read_tail(text, number.end(1), lexicon)
        if tail.kind == "quantity" and tail.measure is not None and tail.measure.base is None:
            return tail._replace(unit=_clean(text[number.start(1) : tail.end]).lower())
    return Tail("scaled" if scale is not None else "none", end, scale, half)


def _close_tail(text: str, found: _Found, entry: Entry, trie: _Trie, scale: Decimal | None) -> Tail | None:
    end = found.end
    if isinstance(entry, Sign):
        if scale is not None:
            return None
        end, per = _read_divisor(text, end, trie, named=True)
        return Tail("percent", end, sign=entry.unit, per=per)
    if isinstance(entry, Currency):
        if entry.not_before and _is_followed(text, end, entry.not_before):
            return None
        end, per = _read_divisor(text, end, trie)
        return Tail("money", end, currency=entry.code, per=per)
    if isinstance(entry, Amount):
        if scale is not None:
            return None
        end, per = _read_divisor(text, end, trie)
        return Tail("money", end, entry.value, currency=entry.code, per=per)
    if isinstance(entry, Noun):
        if entry.only_head or (entry.not_before and _is_followed(text, end, entry.not_before)):
            return None
        if entry.joins:
            end = _read_pair(text, end, entry, trie)
        return _close_quantity(text, found, end, Unit(discrete=True), trie)
    if isinstance(entry, Unit):
        if entry.not_before and _is_followed(text, end, entry.not_before):
            return None
        if entry.heads:
            end = _read_head(text, end, entry.heads, trie)
        return _close_quantity(text, found, end, entry, trie)
    return None


def _is_followed(text: str, end: int, words: frozenset[str]) -> bool:
    following = _WORD.match(text, end) if words else None
    return following is not None and following.group(1).lower() in words


def _close_quantity(text: str, found: _Found, end: int, unit: Unit, trie: _Trie) -> Tail:
    printed = _clean(text[found.start : end])
    if not unit.symbol:
        printed = printed.lower()
    close, per = _read_divisor(text, end, trie, counted=unit.discrete)
    return Tail("quantity", close, unit=printed, measure=unit, per=per)


def _read_head(text: str, at: int, heads: frozenset[str], trie: _Trie) -> int:
    """Return the end of the head noun after a classifier, or `at` if none follows."""
    for found in trie.find(text, at):
        for entry in found.entries:
            if isinstance(entry, Noun) and entry.group in heads:
                return at if _is_followed(text, found.end, entry.not_before) else found.end
    return at


def _read_pair(text: str, at: int, noun: Noun, trie: _Trie) -> int:
    """Return the end of the nouns that are counted with the one before: `12/12 xã, thị trấn`."""
    for _ in range(3):
        comma = _COMMA.match(text, at)
        joined = [] if comma is None else trie.find(text, comma.end())
        end = next(
            (
                f.end
                for f in joined
                if any(isinstance(e, Noun) and e.joins and e.group == noun.group for e in f.entries)
            ),
            -1,
        )
        if end < 0:
            return at
        at = end
    return at


def _read_divisor(
    text: str, at: int, trie: _Trie, *, counted: bool = False, named: bool = False
) -> tuple[int, str | None]:
    """Return the end and the words of `/người/năm` after a unit; `at` and None if there is none.

    A lone one after a `counted` thing is a second count (`02 vụ/1 đối tượng`). With `named`, only
    words of the lexicon divide: `1,38%/tổng dư nợ` is a percentage of the whole after the slash.
    """
    if text[at : at + 1] != "/" and text[at + 1 : at + 2] != "/":
        return at, None
    start = end = at
    for _ in range(3):
        slash = _SLASH.match(text, end)
        if slash is None or (counted and slash.group().strip("/" + SPACES) == "1"):
            break
        if (close := _end_of_divisor(text, slash.end(), trie, named=named)) < 0:
            break
        end = close
    if end == at:
        return at, None
    parts = _clean(text[start:end]).split("/")[1:]
    return end, "/".join(_SHORT.get(name := part.strip().removeprefix("1 "), name) for part in parts)


def _end_of_divisor(text: str, at: int, trie: _Trie, *, named: bool = False) -> int:
    for found in trie.find(text, at):
        if any(isinstance(entry, (Unit, Noun, Currency)) for entry in found.entries):
            return found.end
        if any(isinstance(entry, Scale) for entry in found.entries):  # `bác sĩ/vạn dân`
            return max(_end_of_divisor(text, found.end, trie), found.end)
    word = None if named else _WORD.match(text, at)
    if word is None or (word.group(1) != word.group(1).lower() and word.group(1) not in _SHORT):
        return -1
    return word.end(1)


_SHORT = {"CP": "cổ phiếu", "cp": "cổ phiếu", "Cp": "cổ phiếu"}
"""Divisors in short, as listed companies print them: `EPS 2.345 đồng/CP`."""
_GAP = re.compile(r"\s+")


def _clean(printed: str) -> str:
    return _GAP.sub(" ", printed)
