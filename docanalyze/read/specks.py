"""Dust that a reader of pictures took for points, colons, commas and hyphens, told by its ink."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from docanalyze.read.picture import Prepared
from docanalyze.read.tesseract import Char, Word

_LARGEST = 0.3
"""Of the type size: a box of ink larger than this holds more than the mark, and says nothing."""
_LEAST_POINT = 0.006
"""The least ink of a full stop or a comma, of the square of the type size; in print it is twice that."""
_HIGHEST_POINT = 0.09
"""How far above the line a full stop may end; dust lies anywhere."""
_LEAST_HYPHEN = 0.15
"""The least width of a hyphen; in Times it is a quarter of the type size."""
_LEAST_COLON = 0.25
"""The least height of a colon or semicolon: two marks, one above the other."""


def split_at_specks(word: Word, size: float, base: float, ready: Prepared) -> Iterator[Word]:
    """Yield the parts of a word between specks of dust that were read as marks.

    `size` and `base` are the type size and the line that the letters stand on, in pixels. A colon of which
    only the point is ink becomes a full stop. A point or comma between digits stays whatever its ink: without
    it the figure would be another.
    """
    part: list[Char] = []
    for at, char in enumerate(word):
        inside = char.text in ".," and 0 < at < len(word) - 1 and _are_digits(word[at - 1], word[at + 1])
        mended = char if inside else _mend(char, size, base, ready)
        if mended is not None:
            part.append(mended)
        elif part:
            yield tuple(part)
            part = []
    if part:
        yield tuple(part)


def _are_digits(one: Char, two: Char) -> bool:
    return one.text.isdigit() and two.text.isdigit()


def _mend(char: Char, size: float, base: float, ready: Prepared) -> Char | None:
    """Return a mark as its ink shows it, None if it is a speck; other letters as they are."""
    if char.text not in (".", ",", ":", ";", "-") or size <= 0:
        return char
    top, left = max(char.top - 1, 0), max(char.x0 - 1, 0)
    ys, xs = np.nonzero(ready.grey[top : char.bottom + 2, left : char.x1 + 2] < ready.threshold)
    if not len(ys):
        return char
    width, height = (float(np.ptp(xs)) + 1) / size, (float(np.ptp(ys)) + 1) / size
    if width > _LARGEST or height > (0.6 if char.text in ":;" else _LARGEST):
        return char
    if char.text == "-":
        return char if width >= _LEAST_HYPHEN else None
    above = (base - (top + float(ys.max()))) / size
    point = len(ys) >= _LEAST_POINT * size**2 and above <= _HIGHEST_POINT
    if char.text in ":;":
        if height >= _LEAST_COLON:
            return char
        return Char(".", char.x0, char.top, char.x1, char.bottom, char.confidence) if point else None
    return char if point else None
