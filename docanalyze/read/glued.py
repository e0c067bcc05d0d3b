"""Words that PDFium glues together on pages without spaces of their own: `ỦYBAN`, parted by their gap.

Some producers (Skia, as browsers print) draw words and no spaces. PDFium puts spaces at the gaps, but
none at the narrow ones of kerned letters.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise

from docanalyze.read.pieces import Piece
from docanalyze.read.syllables import is_syllable

_GAP = 0.09
"""Of a character's box, the least gap between two words; letters of one touch."""
_UNEVEN = 0.05
"""Of a character's box, by which that of another on its line may differ."""
_SAMPLE = 12
"""Spaces that are looked at, spread over a page."""
_LEAST = 4
"""Letters of a piece that may be two words."""


def lacks_spaces(text: str, is_generated: Callable[[int], bool]) -> bool:
    """Return whether most spaces of a page are not its own; `is_generated` tells of a character."""
    places = {text.find(" ", len(text) * part // _SAMPLE) for part in range(_SAMPLE)} - {-1}
    return bool(places) and 2 * sum(map(is_generated, places)) > len(places)


def find_glued(
    text: str, pieces: Sequence[Piece], ask_boxes: Callable[[Sequence[int]], array[float]]
) -> list[int]:
    """Return the places at which a space is missing.

    They are inside pieces of letters that are no syllable, and between a word and a figure.
    """
    places: list[int] = []
    for start, end in pieces:
        word = text[start:end]
        if end - start < _LEAST or not word.isalpha() or is_syllable(word):
            continue
        gaps = _measure_gaps(ask_boxes(range(start, end)))
        wide = [at for at, gap in enumerate(gaps, start + 1) if gap > _GAP]
        if wide and 2 * len(wide) < len(gaps):
            places.extend(wide)
    for (first, end), (start, last) in pairwise(pieces):
        touching = end == start and text[end - 1].isalnum() and text[start].isalnum()
        if touching and last > first:
            boxes = ask_boxes((end - 1, start))
            if _are_level(boxes) and _measure_gaps(boxes)[0] > _GAP:
                places.append(start)
    return sorted(places)


def _are_level(boxes: Sequence[float]) -> bool:
    """Return whether two characters are of one size and on one line: none is a raised mark."""
    _, top, _, bottom, _, other_top, _, other_bottom = boxes
    slack = _UNEVEN * abs(top - bottom)
    return abs(top - other_top) <= slack and abs(bottom - other_bottom) <= slack


def _measure_gaps(boxes: Sequence[float]) -> list[float]:
    """Return the gaps between characters side by side, each as a part of the box before it."""
    lefts, tops, rights, bottoms = (boxes[i::4] for i in range(4))
    return [
        (lefts[i + 1] - rights[i]) / abs(tops[i] - bottoms[i]) if tops[i] != bottoms[i] else 0.0
        for i in range(len(lefts) - 1)
    ]


def insert_spaces(
    text: str, starts: Sequence[int], stops: Sequence[int], places: Sequence[int]
) -> tuple[str, list[int], list[int]]:
    """Return a text with spaces put in, and where its pieces begin and end then.

    >>> insert_spaces("ỦYBAN xã", [0, 2, 6], [2, 5, 8], [2])
    ('ỦY BAN xã', [0, 3, 7], [2, 6, 9])
    """
    parts = [text[a:b] for a, b in pairwise([0, *places, len(text)])]
    moved = [start + bisect_right(places, start) for start in starts]
    return " ".join(parts), moved, [stop + bisect_left(places, stop) for stop in stops]
