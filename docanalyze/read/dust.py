"""What dust, rules, scribbles and accents were read as: taken out of the recognised words."""

from __future__ import annotations

from collections.abc import Sequence

from docanalyze.read.recognised import judge_words
from docanalyze.read.tesseract import Word
from docanalyze.read.word_strips import WordStrip, text_of

_DUST = frozenset(".,:;_|'`´‘’\"~^°·•-–—=*!¡¦<>/\\()[]{}“”«»¬…")
_STRAY = frozenset(".,:;|_'`´‘’~^ˆ°·")
_BULLETS = frozenset("-–+•*")
_LEADERS = frozenset("._…()")
"""What a blank to be filled in may be printed with."""


def drop_dust(strips: Sequence[WordStrip], width: int) -> None:
    """Make strips free of what dust, rules and scribbles were read as, in the lines and in the margins."""
    wide = [s for s in strips if sum(len(word) for word in s.words) >= 20]
    left = min((s.words[0][0].x0 for s in wide), default=0)
    right = max((s.words[-1][-1].x1 for s in wide), default=width)
    for strip in strips:
        words = strip.words
        tail = len(words)
        while tail and set(text_of(words[tail - 1])) <= _DUST:
            tail -= 1
        if len(words) - tail > 1 and not all(set(text_of(word)) <= _LEADERS for word in words[tail:]):
            del words[tail:]  # a row of dashes and points is no text
        while words and _is_loose_mark(words, 0, strip.size):
            del words[0]
        while len(words) > 1 and _is_loose_mark(words, len(words) - 1, strip.size):
            del words[-1]
        strip.words = words = [
            _trim(word)
            for i, word in enumerate(words)
            if i == 0 or len(word) > 1 or word[0].text not in "|_'`~^\\" or word[0].confidence > 0.9
        ]
        if not words:
            continue
        letters = [char for word in words for char in word]
        sure = sum(char.confidence for char in letters) / len(letters)
        outside = words[-1][-1].x1 < left or words[0][0].x0 > right
        if sure < (0.75 if outside else 0.45) and len(letters) <= (4 if not outside else 8):
            strip.words = []


def _trim(word: Word) -> Word:
    """Return a word without specks read as marks before its first letter or digit."""
    at = next((i for i, char in enumerate(word) if char.text not in _STRAY), 0)
    return word[at:] if at < 3 and word[at].text.isalnum() else word


def _is_loose_mark(words: Sequence[Word], at: int, size: float) -> bool:
    """Return whether the first or last word of a strip is a mark that belongs to nothing."""
    word = words[at]
    text = text_of(word)
    if not set(text) <= _DUST or len(word) > 2:
        return False
    if len(words) == 1:
        # A dash in a cell says "none"; it is a stroke, level and dark.
        width = word[-1].x1 - word[0].x0
        height = max(c.bottom for c in word) - min(c.top for c in word)
        return not (text in "-–—" and width > 2 * height and width > 0.15 * size and word[0].confidence > 0.6)
    if at == 0:
        return text not in _BULLETS or word[0].confidence < 0.3
    gap = word[0].x0 - words[at - 1][-1].x1
    return gap > 0.2 * size and text not in ("-", "–", "…", "%")


def drop_accents(strips: Sequence[WordStrip]) -> None:
    """Make empty what is the accents of the line below, which the engine read once more."""
    boxes = [_surround(strip) for strip in strips]
    for strip, (x0, top, x1, bottom) in zip(strips, boxes, strict=True):
        if not strip.words or judge_words([strip.words]) > 0.3:
            continue
        letters = sum(len(word) for word in strip.words)
        for other, (left, high, right, low) in zip(strips, boxes, strict=True):
            across = min(x1, right) - max(x0, left)
            down = min(bottom, low) - max(top, high)
            longer = sum(len(word) for word in other.words) > letters
            if longer and across > 0.5 * (x1 - x0) and down > 0.25 * (bottom - top):
                strip.words = []
                break


def _surround(strip: WordStrip) -> tuple[int, int, int, int]:
    chars = [char for word in strip.words for char in word]
    return (
        min((c.x0 for c in chars), default=0), min((c.top for c in chars), default=0),
        max((c.x1 for c in chars), default=0), max((c.bottom for c in chars), default=0),
    )  # fmt: skip
