"""Places in a row: `Kỳ họp thứ 9`, `lần thứ XIII`, `khóa X`. Quarters are periods, not ordinals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from docanalyze.core.mention import Mention, Ordinal, OrdinalValue
from docanalyze.lexicon import Lexicon
from docanalyze.tag.hedges import split_left
from docanalyze.tag.numerals import SPACES

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_FORM = re.compile(r"(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


def parse_roman(numeral: str) -> int | None:
    """Return the number of a Roman numeral up to 99, None if it is none.

    >>> parse_roman("XIII"), parse_roman("IIX")
    (13, None)
    """
    if not numeral or _ROMAN_FORM.fullmatch(numeral) is None:
        return None
    total = 0
    for letter, following in zip(numeral, [*numeral[1:], " "], strict=True):
        value = _ROMAN[letter]
        total += -value if following != " " and _ROMAN[following] > value else value
    return total


class _Ordinals(NamedTuple):
    marked: re.Pattern[str]
    label: re.Pattern[str]
    spelled: dict[str, int]
    spelled_after: frozenset[str]
    things: frozenset[str]
    events: frozenset[str]


@lru_cache(maxsize=8)
def _ordinals(lexicon: Lexicon) -> _Ordinals:
    table = lexicon["ordinals"]
    markers = table["markers"]
    blank = rf"[{SPACES}]{{1,4}}+(?>(?:\n(?!\n))?)[{SPACES}]{{0,4}}+|\n(?!\n)[{SPACES}]{{0,4}}+"
    spelled = {word: int(value) for word, value in markers["spelled"].items()}
    words = "|".join(sorted(map(re.escape, spelled), key=len, reverse=True))
    digits = r"[0-9]{1,4}(?![\w]|[.,:-][0-9]|/[0-9]{3}|/[0-9]{1,2}/)"
    place = rf"({digits}|[IVXL]{{1,7}}(?!\w)|(?:{words})(?!\w))"
    label_words = [name for row in table["label"] for name in row["names"]]
    names = "|".join(form for word in label_words for form in (word, word.capitalize()))
    return _Ordinals(
        marked=re.compile(rf"(?:thứ|Thứ)(?:{blank}){place}"),
        label=re.compile(rf"(?:{names})(?:{blank})([IVXL]{{1,7}}|[0-9]{{1,2}})(?![\w]|[./,:-][0-9])"),
        spelled=spelled,
        spelled_after=frozenset(markers["spelled_after"]),
        things=frozenset(name for row in table["thing"] for name in row["names"]),
        events=frozenset(table["event"]["names"]),
    )


def find_ordinals(text: str, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the ordinals of `text` with their marker: `thứ 9`, `khóa X`; `lần` stays outside.

    >>> from docanalyze.lexicon import load_lexicon
    >>> [(m.text, m.value.number, m.value.of) for m in find_ordinals("Kỳ họp thứ 9", load_lexicon())]
    [('thứ 9', 9, 'kỳ họp')]
    """
    table = _ordinals(lexicon)
    found: list[Ordinal] = []
    for match in table.marked.finditer(text):
        start, end = match.span()
        if start and (text[start - 1].isalnum() or text[start - 1] == "_"):
            continue
        words = split_left(text, start, reach=40)
        place = match[1]
        number = table.spelled.get(place)
        if number is None:
            number = int(place) if place.isdigit() and place.isascii() else parse_roman(place)
        elif not any(" ".join(words[-size:]) in table.spelled_after for size in (3, 2, 1)):
            continue
        if number is None:
            continue
        thing = None
        if words and words[-1] == "lần":
            words = words[:-1]
            thing = _read_event(split_left(text, start, reach=100)[:-1], table)
        thing = _read_thing(words, table) or thing
        found.append(_mention(text, start, end, number, thing, "ordinal.marked"))
    for match in table.label.finditer(text):
        start, end = match.span()
        if start and (text[start - 1].isalnum() or text[start - 1] == "_"):
            continue
        number = int(match[1]) if match[1].isdigit() else parse_roman(match[1])
        if number is None:
            continue
        found.append(_mention(text, start, end, number, match[0].split()[0].lower(), "ordinal.label"))
    yield from sorted(found, key=lambda mention: (mention.start, mention.end))


def _read_thing(words: list[str], table: _Ordinals) -> str | None:
    for size in (5, 4, 3, 2, 1):
        if size <= len(words) and (phrase := " ".join(words[-size:])) in table.things:
            return phrase
    return None


def _read_event(words: list[str], table: _Ordinals) -> str | None:
    """Return the last event named in the clause: `Đại hội Đảng bộ thành phố lần thứ XII`."""
    found = None
    for at, word in enumerate(words):
        if not word[0].isalnum():
            found = None
        elif (pair := " ".join(words[at : at + 2])) in table.events:
            found = pair
    return found


def _mention(text: str, start: int, end: int, number: int, of: str | None, rule: str) -> Ordinal:
    return Ordinal(
        text=text[start:end], start=start, end=end, rule=rule, value=OrdinalValue(number=number, of=of)
    )
