"""Numbers in words -> exact decimals: `một trăm linh hai`, `hai tỷ rưỡi`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from docanalyze.core.interval import EXACT
from docanalyze.lexicon import Lexicon
from docanalyze.tag.numerals import LETTER, SPACES, Numeral, Reading


class _Words(NamedTuple):
    digits: Mapping[str, int]
    ten: frozenset[str]
    tens: frozenset[str]
    hundred: frozenset[str]
    link: frozenset[str]
    half: frozenset[str]
    scales: Mapping[str, Decimal]
    start: re.Pattern[str]
    all: frozenset[str]


@lru_cache(maxsize=8)
def _number_words(lexicon: Lexicon) -> _Words:
    table = lexicon["number_words"]
    digits = {word: int(value) for entry in table["digit"] for word, value in entry["words"].items()}
    sets = {key: frozenset(table["parts"][key]) for key in ("ten", "tens", "hundred", "link", "half")}
    scales = {
        name: Decimal(entry["value"])
        for entry in table["scale"]
        for name in entry["names"]
        if name not in sets["tens"] and name not in sets["hundred"]
    }
    starters = [form for word in table["starters"]["words"] for form in (word, word.capitalize())]
    known = frozenset(digits).union(*sets.values(), scales)
    # No look-behind at the head: the pattern must begin with letters to be searched fast.
    start = re.compile("(?:" + "|".join(sorted(map(re.escape, starters), key=len, reverse=True)) + r")(?!\w)")
    return _Words(
        digits, sets["ten"], sets["tens"], sets["hundred"], sets["link"], sets["half"], scales, start, known
    )


def parse_words(text: str, lexicon: Lexicon) -> Decimal | None:
    """Return the number that `text` says in words, or None if the words make none.

    >>> from docanalyze.lexicon import load_lexicon
    >>> parse_words("một trăm linh hai", load_lexicon())
    Decimal('102')
    """
    return _add_words(text.lower().split(), _number_words(lexicon))


def _add_words(words: list[str], known: _Words) -> Decimal | None:
    total = Decimal(0)
    section, place, pending = 0, 1000, None  # `place`: the last place filled below a thousand
    last = Decimal(0)  # the last scale or hundred named, for `rưỡi`
    seen_scale: Decimal | None = None
    for at, word in enumerate(words):
        if word in known.digits:
            if pending is not None or (place == 10 and known.digits[word] == 0):
                return None
            pending = known.digits[word]
        elif word in known.ten:
            if pending is not None or place <= 10:
                return None
            section, place = section + 10, 10
        elif word in known.tens:
            if pending is None or place <= 10:
                return None
            section, place, pending = section + pending * 10, 10, None
        elif word in known.hundred:
            if pending is None or place <= 100:
                return None
            section, place, pending, last = section + pending * 100, 100, None, Decimal(100)
        elif word in known.link:
            if pending is not None or not at or at == len(words) - 1:
                return None
        elif word in known.half:
            if last == 0 or pending is not None or at != len(words) - 1:
                return None
            return EXACT.add(EXACT.add(total, Decimal(section)), last / 2)
        elif word in known.scales:
            scale = known.scales[word]
            if (pending is None and not section) or (seen_scale is not None and scale >= seen_scale):
                return None
            total = EXACT.add(total, scale * (section + (pending or 0)))
            section, place, pending, last, seen_scale = 0, 1000, None, scale, scale
        else:
            return None
    return EXACT.add(total, Decimal(section + (pending or 0))) if words else None


def _is_of_unit(words: list[str], known: _Words) -> bool:
    """Return whether a last scale word is the unit's: `hai | triệu đồng`, `ba nghìn hai trăm | tỷ đồng`."""
    last = known.scales[words[-1]]
    return all(known.scales[word] < last for word in words[:-1] if word in known.scales)


_NEXT_WORD = re.compile(rf"[{SPACES}]{{0,4}}+\n?+[{SPACES}]{{0,4}}+({LETTER}{{1,8}}+)(?!\w)")


def scan_words(text: str, lexicon: Lexicon) -> list[Numeral]:
    """Return the numbers in words of `text`, in order; whether a unit follows is not looked at.

    A last scale word is left to the unit (`hai | triệu đồng`) unless the words before it hold one
    themselves (`một tỷ hai trăm triệu | đồng`).
    """
    known = _number_words(lexicon)
    found: list[Numeral] = []
    at = 0
    while match := known.start.search(text, at):
        start, at = match.span()
        if start and (text[start - 1].isalnum() or text[start - 1] in "_-"):
            continue
        words, ends, first = [match.group().lower()], [at], 0
        while len(words) < 24:
            # `hai trăm triệu, ba mươi nghìn đồng`: amounts in full may have a comma behind each scale
            glued = words[-1] in known.scales and text[ends[-1] : ends[-1] + 1] == ","
            following = _NEXT_WORD.match(text, ends[-1] + glued)
            if following is None or following[1].lower() not in known.all:
                break
            if glued and following[1].lower() not in known.digits:
                break
            first = first or (len(words) if glued else 0)
            words.append(following[1].lower())
            ends.append(following.end())
        if first and _add_words(words, known) is None and _add_words(words[:-1], known) is None:
            words, ends = words[:first], ends[:first]  # `hai nghìn, ba nghìn`
        at = ends[-1]
        while words and words[-1] in known.scales and _is_of_unit(words, known):
            words.pop()
            ends.pop()
        while words and words[-1] in known.link:
            words.pop()
            ends.pop()
        number = _add_words(words, known)
        if number is not None:
            found.append(Numeral(start, ends[-1], Reading(number), spelled=True))
    return found
