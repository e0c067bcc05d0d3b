"""The words before a figure: hedges, bounds, signs of change. They stay outside its span."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from docanalyze.core.interval import EXACT
from docanalyze.core.mention import Comparator
from docanalyze.lexicon import Lexicon
from docanalyze.tag.numerals import LETTER

Direction = Literal["increase", "decrease"]

_REACH = 72
_NEAR = 24
_LEFT = re.compile(rf"{LETTER}++|\n[ \t]*\n|[^\w\s]|\t|[0-9]++")
_AFTER = re.compile(rf"\s?({LETTER}{{1,8}} {LETTER}{{1,8}})")


class _Word(NamedTuple):
    """What a phrase before a figure does to it."""

    does: Literal["hedge", "change", "negative", "level", "filler", "plain"]
    comparator: Comparator | None = None
    direction: Direction | None = None
    estimate: bool = False


class Hedge(NamedTuple):
    """What the words around a figure say about it; `level`: the figure is a level, not a change."""

    comparator: Comparator | None = None
    direction: Direction | None = None
    estimate: bool = False
    negative: bool = False
    level: bool = False


class _Hedges(NamedTuple):
    """The phrases; the words of the longest that each last word ends; what may follow a figure."""

    phrases: dict[str, tuple[_Word, ...]]
    longest: dict[str, int]
    after: dict[str, Comparator]
    after_starts: tuple[str, ...]
    far_after: re.Pattern[str]


@lru_cache(maxsize=8)
def _hedges(lexicon: Lexicon) -> _Hedges:
    phrases = _phrases(lexicon)
    longest: dict[str, int] = {}
    for phrase in phrases:
        parts = phrase.split()
        longest[parts[-1]] = max(longest.get(parts[-1], 0), len(parts))
    after = {word: row["comparator"] for row in lexicon["hedges"]["after"] for word in row["words"]}
    behind = re.compile(rf"[^0-9.,;:()%]{{1,32}}? ({'|'.join(after)})(?!{LETTER})")
    return _Hedges(phrases, longest, after, tuple({word.split()[0] for word in after}), behind)


def _phrases(lexicon: Lexicon) -> dict[str, tuple[_Word, ...]]:
    table = lexicon["hedges"]
    rows: list[tuple[str, _Word]] = []
    rows += [(word, _Word("filler")) for word in table["filler"]["words"]]
    rows += [(word, _Word("level")) for word in table["level"]["words"]]
    rows += [(word, _Word("plain")) for word in table["plain"]["words"]]
    rows += [(word, _Word("negative")) for word in table["negative"]["words"]]
    for row in table["change"]:
        rows += [(word, _Word("change", direction=row["direction"])) for word in row["words"]]
    for row in table["hedge"]:
        hedge = _Word("hedge", comparator=row.get("comparator"), estimate=bool(row.get("estimate")))
        rows += [(word, hedge) for word in row["words"]]
    found: dict[str, tuple[_Word, ...]] = {}
    for word, meaning in rows:
        found[word] = (*found.get(word, ()), meaning)
    return found


def split_left(text: str, start: int, *, reach: int = _REACH) -> list[str]:
    """Return the words and marks before `start`, in lower case, in order; a cut first word is left out."""
    begin = max(0, start - reach)
    words = _LEFT.findall(text[begin:start].lower())
    return words[1:] if begin and words else words


def _words_before(text: str, start: int, reach: int) -> list[str]:
    """Return the words before a figure, a sign glued to it left out."""
    words = split_left(text, start, reach=reach)
    if words and words[-1] in "+-\u2212\u2013":
        words.pop()
    return words


def read_hedge(
    text: str, start: int, end: int, lexicon: Lexicon, *, percent: bool = False, ranged: bool = False
) -> Hedge:
    """Return what the words before and after the figure at `start:end` say about it.

    `vượt` before a percentage is a change (`vượt 12% dự toán`), before an amount a hedge; `từ` before
    a range begins the range (`tăng từ 4,9 - 5,2%`), before one figure it is the old level.

    >>> from docanalyze.lexicon import load_lexicon
    >>> read_hedge("tăng mạnh hơn 12%", 14, 17, load_lexicon(), percent=True)
    Hedge(comparator='more-than', direction='increase', estimate=False, negative=False, level=False)
    """
    phrases, longest, after_words, after_starts, far_after = _hedges(lexicon)
    left = text[max(0, start - _NEAR) : start]
    last = left[left.rfind(" ", 0, -1) + 1 : -1]
    if left[-1:] == " " and len(last) < _NEAR - 1 and last.isalpha() and last.lower() not in longest:
        # Most figures follow a word that ends no phrase.
        words, near = [last], False
    else:
        words, near = _words_before(text, start, _NEAR), True
    comparator: Comparator | None = None
    direction: Direction | None = None
    estimate = negative = level = False
    at = len(words)
    while True:
        if near and (at == 0 or longest.get(words[at - 1], 0) > at):
            # A phrase may begin further off: most do not.
            far = _words_before(text, start, _REACH)
            words, at, near = far, len(far) - len(words) + at, False
        if at <= 0:
            break
        for size in range(min(longest.get(words[at - 1], 0), at), 0, -1):
            meanings = phrases.get(" ".join(words[at - size : at]))
            if meanings is not None:
                break
        else:
            break
        at -= size
        meaning = meanings[-1]
        if meaning.does == "plain":
            break
        if meaning.does == "hedge" and len(meanings) > 1 and (percent or text.startswith(" so với", end)):
            meaning = next((m for m in meanings if m.does == "change"), meaning)
        if meaning.does == "hedge":
            if comparator is None:
                comparator = meaning.comparator
            estimate = estimate or meaning.estimate
        elif meaning.does == "negative":
            negative = True
        elif meaning.does == "level":
            level = level or not (ranged and words[at] == "từ" and size == 1)
        elif meaning.does == "change":
            direction = None if level else meaning.direction
            # `ước tăng 3,9%`: what is estimated is the change
            before = phrases.get(words[at - 1]) if at else None
            estimate = estimate or (before is not None and before[-1].estimate)
            break
    if text.startswith(after_starts, end) or text.startswith(after_starts, end + 1):
        after = _AFTER.match(text, end)
        if after is not None and (bound := after_words.get(after[1])) is not None:
            comparator = bound
            level = level and words[-1:] != ["từ"]  # `tăng trưởng từ 8% trở lên`
    elif comparator is None and words[-1:] == ["từ"]:
        after = far_after.match(text, end)  # `từ 50% kế hoạch trở lên`
        comparator = after_words[after[1]] if after is not None else None
        level = level and after is None
    return Hedge(comparator, direction, estimate, negative, level)


BOUNDS: dict[Comparator, tuple[bool, bool]] = {
    "less-than": (False, True),
    "at-most": (False, True),
    "at-least": (True, False),
}
"""Comparators that make a half-line: whether it has a low and a high end."""


def soften(number: Decimal, unit: Decimal, comparator: Comparator) -> tuple[Decimal, Decimal] | None:
    """Return the soft ends of a hedged number, one `unit` on the hedge's side; None for a bound.

    >>> soften(Decimal("2600"), Decimal("100"), "more-than")
    (Decimal('2600'), Decimal('2700'))
    """
    low, high = EXACT.subtract(number, unit), EXACT.add(number, unit)
    if comparator == "more-than":
        return number, high
    if comparator == "nearly":
        return low, number
    return (low, high) if comparator == "about" else None


def last_place(number: Decimal) -> Decimal:
    """Return one unit of the last non-zero printed place: 100 for 2600, 0.1 for 5145.10."""
    _, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    for zeros, digit in enumerate(reversed(digits)):
        if digit:
            return Decimal(1).scaleb(exponent + zeros)
    return Decimal(1).scaleb(min(exponent, 0))
