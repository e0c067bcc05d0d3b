"""Words whose letters stand apart, as in `B Á O   C Á O`: one heading, not seven words."""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from docanalyze.read.syllables import is_syllable

if TYPE_CHECKING:
    from docanalyze.read.lines import Line

SPACED = re.compile(r"[^\W\d_](?: +[^\W\d_]){4,} *:?$")
_WIDER = 1.35
"""A gap so many times the usual one parts two words."""


def close_letters(line: Line) -> Line:
    """Return a line of letters that stand apart with its words put together.

    Words end at the wider gaps; where all are alike, at syllables, if there is one way to part them.
    """
    boxes, count = line.boxes, len(line.offsets) // 2
    pieces = [
        line.text[line.offsets[2 * i] - line.base : line.offsets[2 * i + 1] - line.base] for i in range(count)
    ]
    gaps = [boxes[4 * b] - boxes[4 * a + 2] for a, b in pairwise(range(count))]
    usual = median(gaps)
    ends = {i for i, gap in enumerate(gaps) if gap > max(_WIDER * usual, usual + 1.0)}
    if not ends:
        ends = _part_syllables(pieces)
    text, offsets = "", array("I")
    for i, piece in enumerate(pieces):
        if i and (i - 1) in ends:
            text += " "
        offsets.extend((len(text), len(text) + len(piece)))
        text += piece
    words = text.rstrip(": ").split(" ")
    if not all(len(word) > 1 and _is_sound(word) for word in words):
        return line
    return replace(line, text=text, offsets=offsets, base=0, marks=())


def _part_syllables(letters: list[str]) -> set[int]:
    """Return behind which letters a word ends, if the letters make whole syllables in one fewest way."""
    word = "".join(letters).rstrip(":")
    best: list[list[tuple[int, ...]]] = [[()]]
    for end in range(1, len(word) + 1):
        ways = [
            (*way, end)
            for start in range(max(0, end - 7), end)
            if end - start > 1 and _is_sound(word[start:end])
            for way in best[start]
        ]
        fewest = min(map(len, ways), default=0)
        best.append([way for way in ways if len(way) == fewest][:2])
    return {end - 1 for end in best[-1][0][:-1]} if len(best[-1]) == 1 else set()


def _is_sound(word: str) -> bool:
    """Return whether a syllable has a tone that it may have: before c, ch, p, t acute or dot below only."""
    stopped = word.lower().endswith(("c", "ch", "p", "t"))
    return is_syllable(word) and (
        not stopped or any(mark in "\u0301\u0323" for mark in unicodedata.normalize("NFD", word))
    )
