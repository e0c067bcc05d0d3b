"""Boxes to tick, which a reader of pictures takes for letters (`L1`, `L]`), told by their ink."""

from __future__ import annotations

import numpy as np

from docanalyze.read.picture import Prepared
from docanalyze.read.tesseract import Char, Word

CHECKBOX = "\N{BALLOT BOX}"
_MOST = 3
_SMALLEST, _LARGEST = 0.4, 1.1
"""Of the type size, its sides."""
_SQUARE = 0.75
_BAND = 5
"""A side lies in a fifth of the box."""
_FULL, _EMPTY = 0.88, 0.03


def mend_checkbox(word: Word, size: float, ready: Prepared) -> Word:
    """Return a word as a box to tick if its ink is the four sides of an empty square; else as it is."""
    if len(word) > _MOST or size <= 0:
        return word
    x0, x1 = min(char.x0 for char in word), max(char.x1 for char in word)
    top, bottom = min(char.top for char in word), max(char.bottom for char in word)
    ink = ready.grey[max(top, 0) : bottom, max(x0, 0) : x1] < ready.threshold
    ys, xs = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(ys):
        return word
    ink = ink[ys[0] : ys[-1] + 1, xs[0] : xs[-1] + 1]
    height, width = ink.shape
    if not _SMALLEST * size <= min(height, width) <= max(height, width) <= _LARGEST * size:
        return word
    down, across = -(-height // _BAND), -(-width // _BAND)
    sides = (
        ink[:down].any(axis=0),
        ink[-down:].any(axis=0),
        ink[:, :across].any(axis=1),
        ink[:, -across:].any(axis=1),
    )
    inside = ink[down + 1 : -down - 1, across + 1 : -across - 1]
    if (
        min(height, width) < _SQUARE * max(height, width)
        or any(side.mean() < _FULL for side in sides)
        or not inside.size
        or inside.mean() > _EMPTY
    ):
        return word
    return (Char(CHECKBOX, x0, top, x1, bottom, min(char.confidence for char in word)),)
