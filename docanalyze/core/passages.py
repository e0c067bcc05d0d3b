"""Which of many short texts hold one of some words: a first look that saves most patterns their search."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate


class Passages:
    """Short texts by name, laid end to end, so that a word is looked for in all of them at once.

    >>> said = Passages({"n1": "tổng chi đạt", "n2": ", trong đó mỗi xã"})
    >>> sorted(said.holding("mỗi", "bình quân"))
    ['n2']
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._names = list(texts)
        self._text = "\n".join(texts.values())
        self._starts = list(accumulate((len(text) + 1 for text in texts.values()), initial=0))
        self._known: dict[str, list[str]] = {}
        self._asked: dict[tuple[str, ...], frozenset[str]] = {}

    def holding(self, *words: str) -> frozenset[str]:
        """Return the names of the texts that hold one of some words, be it within another word."""
        known = self._asked.get(words)
        if known is None:
            known = self._asked[words] = frozenset().union(*map(self._look_for, words))
        return known

    def _look_for(self, word: str) -> list[str]:
        known = self._known.get(word)
        if known is not None:
            return known
        found = self._known[word] = []
        at = self._text.find(word)
        while at >= 0:
            place = bisect_right(self._starts, at) - 1
            found.append(self._names[place])
            at = self._text.find(word, self._starts[place + 1])
        return found
