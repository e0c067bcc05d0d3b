"""Places and works that a name means by their own names: `xã An Hòa` is not `xã An Bình`."""

from __future__ import annotations

import re
from functools import lru_cache

from docanalyze.core.ladder import UPPER
from docanalyze.core.names import fold_name
from docanalyze.lexicon import Lexicon

_WORD = rf"[{UPPER}](?:[^\W\d_{UPPER}]+|(?![^\W\d_]))"
"""A word with a large letter, no abbreviation: `Bình`, `Ý`, and not `NMN`."""
_RUN = rf"{_WORD}(?:\s{_WORD}|\s\d+(?![\d.,/]))*"
_RUNS = re.compile(rf"(?<!\w){_RUN}")
_BARE = re.compile(rf"\s*{_RUN}\s*")
_FEWEST = 2
GROUP = "place"


@lru_cache(maxsize=8)
def _kinds(lexicon: Lexicon) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words for places, the longest first, as they end what stands before a name, or begin it."""
    words = sorted(lexicon["series"]["named"]["words"], key=len, reverse=True)
    return tuple(f" {word}" for word in words), tuple(f"{word} " for word in words)


@lru_cache(maxsize=16384)
def find_places(text: str, lexicon: Lexicon) -> frozenset[str]:
    """Return the places that a text names, as words that rule others out.

    >>> from docanalyze.lexicon import load_lexicon
    >>> sorted(find_places("Sản lượng lúa xã An Hòa đạt", load_lexicon()))
    ['place an hoa']
    """
    found: set[str] = set()
    for run in _RUNS.finditer(text):
        before, begin = _kinds(lexicon)
        low = run[0].lower()
        if f" {text[: run.start()].lower().rstrip()}".endswith(before):
            found.add(f"{GROUP} {fold_name(low)}")
        elif low.startswith(begin):  # `Xã An Hòa` at the head of a sentence
            kind = next(each for each in begin if low.startswith(each))
            found.add(f"{GROUP} {fold_name(low[len(kind) :])}")
    return frozenset(found)


def find_labelled(label: str, lexicon: Lexicon) -> frozenset[str]:
    """Return the place that the label of a row is, with or without its kind: `An Hòa`, `Phường Bình Lộc`.

    >>> from docanalyze.lexicon import load_lexicon
    >>> sorted(find_labelled("An Hòa", load_lexicon())), sorted(find_labelled("Lúa mùa", load_lexicon()))
    (['place an hoa'], [])
    """
    found = find_places(label, lexicon)
    if not found and _BARE.fullmatch(label) and len(label.split()) >= _FEWEST:
        return frozenset((f"{GROUP} {fold_name(label)}",))
    return found
