"""Recognised words of one line without a wide gap between them: their type size and baseline.

They come from the letters' own heights, so that footnotes, raised marks and headings look as they do
in a text layer.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from docanalyze.read.placement import PieceBox
from docanalyze.read.strips import GAP_IN_EMS
from docanalyze.read.tesseract import Char, Word

_X_LETTERS = frozenset("acemnorsuvwxz")
_TALL = frozenset("bdhklABCDEFGHIKLMNOPQRSTUVXYZ0123456789")
_HANGING = frozenset("gjpqyQ,;()[]{}|/_ựợọộụạặậẹệịỵ")
_X_HEIGHT, _CAP_HEIGHT = 0.455, 0.668
"""Of the type size, in Times and its likes, in which these papers are set by decree."""
_ASCENT, _DESCENT = 0.891, 0.216


@dataclass(slots=True)
class WordStrip:
    """Words of one line without a wide gap between them, in pixels of the prepared picture."""

    words: list[Word]
    size: float
    base: float


def cut_words(line: Sequence[Word]) -> list[WordStrip]:
    """Return the parts of a line between wide gaps, each with its own size and baseline."""
    rough = median([max(c.bottom for c in word) - min(c.top for c in word) for word in line])
    strips: list[list[Word]] = []
    right = 0
    for word in line:
        if strips and word[0].x0 - right <= GAP_IN_EMS * 1.1 * rough:
            strips[-1].append(word)
        else:
            strips.append([word])
        right = max(char.x1 for char in word)
    return [WordStrip(words, _measure_size(words), _measure_base(words)) for words in strips]


def text_of(word: Word) -> str:
    """Return what the letters of a word spell."""
    return unicodedata.normalize("NFC", "".join(char.text for char in word))


def is_raised(chars: Sequence[Char], strip: WordStrip) -> bool:
    """Return whether letters stand as high and are as small as raised marks of their line."""
    tall = max(char.bottom - char.top for char in chars)
    low = max(char.bottom for char in chars)
    return tall < 0.8 * _CAP_HEIGHT * strip.size and low < strip.base - 0.2 * strip.size


def box_of(chars: Sequence[Char], strip: WordStrip, *, raised: bool) -> PieceBox:
    """Return the box of a piece: as wide as its ink, as high as the type, as in a text layer."""
    x0, x1 = min(char.x0 for char in chars), max(char.x1 for char in chars)
    if raised:
        return (x0, min(char.top for char in chars), x1, max(char.bottom for char in chars))
    return (x0, strip.base - _ASCENT * strip.size, x1, strip.base + _DESCENT * strip.size)


def _measure_size(words: Sequence[Word]) -> float:
    """Return the type size in pixels from the heights of letters without marks; 0 if there are none."""
    sizes = [
        (char.bottom - char.top) / (_X_HEIGHT if char.text in _X_LETTERS else _CAP_HEIGHT)
        for word in words
        for char in word
        if char.text in _X_LETTERS or char.text in _TALL
    ]
    return median(sizes) if sizes else 0.0


def _measure_base(words: Sequence[Word]) -> float:
    bottoms = [
        char.bottom for word in words for char in word if char.text.isalnum() and char.text not in _HANGING
    ]
    return median(bottoms or [max(char.bottom for char in word) for word in words])


def level_sizes(strips: Sequence[WordStrip], dpi: int) -> None:
    """Give strips of nearly the page's usual size just that size."""
    half = dpi / 144
    sizes: Counter[int] = Counter()
    for strip in strips:
        if strip.size:
            sizes[round(strip.size / half)] += sum(len(word) for word in strip.words)
    mode = max(sizes, key=lambda key: sum(sizes[key + near] for near in (-1, 0, 1)), default=24)
    usual = mode * half
    for strip in strips:
        letters = sum(len(word) for word in strip.words)
        near = abs(strip.size - usual) < 0.09 * usual
        if near or not strip.size or (letters < 4 and strip.size < 1.3 * usual):
            strip.size = usual
        else:
            strip.size = max(1, round(strip.size / half)) * half
