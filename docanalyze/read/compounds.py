"""Tones that a reader of pictures mistook, mended where the words beside leave no doubt: `kiếm tra`."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

_FILES = ("Viet11K.txt", "Viet22K.txt", "Viet39K.txt", "Viet74K.txt")
_MARKS = ".,;:!?()[]{}\"'“”‘’…-–/"
_KNOWN_PAIRS = frozenset({"lũy kế", "luỹ kế"})
"""Pairs of reports that the dictionaries lack."""
_RIGHT = "số"
"""So common a word that it is right as it was read, whatever stands beside it."""
_HOOKED = str.maketrans("ấếốẤẾỐ", "ẩểổẨỂỔ")
"""Above a circumflex a small hook is read as an acute, surely and often; never the other way round."""


@lru_cache(maxsize=1)
def load_compounds() -> frozenset[str]:
    """Return the pairs of syllables that follow each other in a dictionary word, in lower case.

    The dictionaries are those that underthesea brings; an empty set if they are not there.

    >>> "kiểm tra" in load_compounds(), "kiếm tra" in load_compounds()
    (True, False)
    """
    spec = find_spec("underthesea")
    if spec is None or not spec.origin:
        return frozenset()
    folder = Path(spec.origin).parent / "corpus" / "data"
    pairs: set[str] = set()
    for path in (folder / name for name in _FILES):
        if path.is_file():
            for line in path.read_text(encoding="utf-8").splitlines():
                syllables = unicodedata.normalize("NFC", line.lower()).split()
                pairs.update(f"{one} {two}" for one, two in pairwise(syllables))
    return frozenset(pairs | _KNOWN_PAIRS)


def mend_compounds(words: Sequence[str]) -> list[str]:
    """Return the words of a line with hooks put back that were read as acutes.

    A word is mended if it makes no dictionary word with its neighbours, and with the hook does. Case,
    marks and every other letter stay; figures are never touched.

    >>> mend_compounds(["công", "tác", "kiếm", "tra,", "TỐNG", "HỢP", "số", "dư"])
    ['công', 'tác', 'kiểm', 'tra,', 'TỔNG', 'HỢP', 'số', 'dư']
    """
    mended = list(words)
    for at, word in enumerate(words):
        other = word.translate(_HOOKED)
        if other == word or word.strip(_MARKS).lower() == _RIGHT:
            continue
        before = mended[at - 1] if at and mended[at - 1][-1:] not in _MARKS else None
        after = words[at + 1] if at + 1 < len(words) and word[-1:] not in _MARKS else None
        if not _joins(word, before, after) and _joins(other, before, after):
            mended[at] = other
    return mended


def _joins(word: str, before: str | None, after: str | None) -> bool:
    here, known = word.strip(_MARKS).lower(), load_compounds()
    return (before is not None and f"{before.strip(_MARKS).lower()} {here}" in known) or (
        after is not None and f"{here} {after.strip(_MARKS).lower()}" in known
    )
