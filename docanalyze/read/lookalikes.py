"""Figures and letters of one shape that a reader of pictures took for each other: `khoản I`, `g1á`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docanalyze.core.ladder import LOWER
from docanalyze.read.syllables import is_syllable

_CLAUSE = frozenset({"khoản", "điều"})
"""Words behind which a number stands, never a Roman one."""
_ONE = re.compile(r"[Il](?=[,.;:)]*$)")
_LONE = re.compile(r"l(?=[.)]?$)")
_EIGHT = re.compile(r"(?:\d[\d.,]*)?§[\d.,]*$")
_STROKE = re.compile(r"\d+!(?=\d|$)|!\d+$")
_INSIDE = re.compile(rf"(?<=[{LOWER}])1(?=[{LOWER}])")


def mend_lookalikes(words: Sequence[str]) -> list[str]:
    """Return the words of a line with such signs put right where only one of them can stand.

    As many characters come out as went in.

    >>> mend_lookalikes(["điểm", "a", "khoản", "I", "Điều", "2!,", "g1á", "§", "l."])
    ['điểm', 'a', 'khoản', '1', 'Điều', '2!,', 'giá', '8', '1.']
    """
    mended: list[str] = []
    for word in words:
        if (mended and mended[-1].lower() in _CLAUSE and _ONE.match(word)) or _LONE.match(word):
            word = "1" + word[1:]
        elif "§" in word and _EIGHT.match(word):
            word = word.replace("§", "8")
        elif "!" in word and _STROKE.match(word):
            word = word.replace("!", "1")
        elif _INSIDE.search(word) and is_syllable(_INSIDE.sub("i", word).strip(".,;:()")):
            word = _INSIDE.sub("i", word)
        mended.append(word)
    return mended
