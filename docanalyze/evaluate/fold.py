"""A text reduced to what two readings of one document have in common, with the way back."""

from __future__ import annotations

import unicodedata
from array import array
from dataclasses import dataclass

_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_LETTERS = {"đ": "d", "ð": "d", "ɖ": "d", "*": ""}
_BLANK = ("Zs", "Zl", "Zp", "Cc", "Cf", "Mn", "Co")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text: `text[i]` came from offset `origin[i]`; `counts[o]` characters come before offset o."""

    text: str
    origin: array[int]
    counts: array[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the folded text that came from [start, end)."""
        return self.counts[start], self.counts[end]


def fold_text(text: str) -> Folded:
    """Return `text` without white space, Vietnamese marks, case, emphasis and kinds of dashes.

    Marks go because readings differ in them (`hoà`, `hòa`; composed or not); ligatures, superscripts
    and fractions are taken apart.

    >>> fold_text("Hoà Bình² – ﬁ").text
    'hoabinh2-fi'
    """
    known: dict[str, str] = {}
    pieces: list[str] = []
    origin = array("L")
    counts = array("L", [0])
    length = 0
    for offset, char in enumerate(text):
        folded = known.get(char)
        if folded is None:
            folded = known[char] = _fold_char(char)
        if folded:
            pieces.append(folded)
            origin.extend([offset] * len(folded))
            length += len(folded)
        counts.append(length)
    return Folded("".join(pieces), origin, counts)


def _fold_char(char: str) -> str:
    parts = unicodedata.normalize("NFKD", _DASHES.get(char, char)).lower()
    return "".join(_LETTERS.get(part, part) for part in parts if unicodedata.category(part) not in _BLANK)
