"""Small letters of the shape of their capitals (`VỚI` for `với`), told by how high they stand."""

from __future__ import annotations

from collections.abc import Sequence

from docanalyze.read.tesseract import Word

_ALIKE = frozenset("COSUVWXZ")
"""Capitals that differ from their small letters in height alone."""
_LEAST_SMALL = 6
_CAPITAL = 0.56
"""Of the type size: between the heights of small letters and of capitals, in Times and its likes."""


def mend_case(words: Sequence[Word], texts: Sequence[str], size: float) -> list[str]:
    """Return the words of a strip with capitals no higher than small letters written small.

    Only beside enough small letters is the type size sure. As many characters come out as went in.
    """
    if sum(text.islower() for word in texts for text in word) < _LEAST_SMALL:
        return list(texts)
    mended: list[str] = []
    for word, text in zip(words, texts, strict=True):
        low = [
            char.bottom - char.top < _CAPITAL * size
            for char in word
            if len(char.text) == 1 and char.text in _ALIKE
        ]
        if low and all(low) and (text.isupper() or text[:1] in _ALIKE):
            text = text.lower()
        mended.append(text)
    return mended
