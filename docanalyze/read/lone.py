"""What the engine's layout passes over: numbers that stand alone in white, as those of pages, short lines."""

from __future__ import annotations

from collections.abc import Sequence

from docanalyze.read.picture import Pixels, Prepared, find_blobs
from docanalyze.read.tesseract import Word

_SHORTEST, _TALLEST, _WIDEST = 0.08, 0.17, 0.14
"""Inches of the height and the width of a digit."""
_WHITE = 0.12
"""Inches of white around a number that stands alone."""
_LEAST_LETTER, _TALLEST_LETTER, _WIDEST_LETTER = 0.05, 0.22, 0.5
"""Inches of the height of letters with and without marks, and of the width of some that touch."""
_LEAST_LETTERS = 3
_WORD_GAP, _UNEVEN, _ABOVE = 0.22, 0.06, 0.05
"""Inches between the words of a line, between the middles of its letters, and of the marks above them."""
_MOST = 12
"""More pieces of such a size that nothing was read of are a drawing, not numbers."""


def find_lone(ready: Prepared, lines: Sequence[Sequence[Word]]) -> list[tuple[int, int, int, int]]:
    """Return the boxes (x0, top, x1, bottom) of ink as high as a digit that no word read covers."""
    ink = ready.grey < ready.threshold
    left = _find_left(ink, lines)
    boxes: list[tuple[int, int, int, int]] = []
    for x0, top, x1, bottom in find_blobs(left)[1]:
        if _SHORTEST <= (bottom - top) / ready.dpi <= _TALLEST and (x1 - x0) / ready.dpi <= _WIDEST:
            boxes.append((x0, top, x1, bottom))
    joined: list[tuple[int, int, int, int]] = []
    for box in sorted(boxes):
        near = joined and box[0] - joined[-1][2] < 0.06 * ready.dpi
        if near and abs(box[1] - joined[-1][1]) < 0.04 * ready.dpi:
            last = joined[-1]
            joined[-1] = (last[0], min(last[1], box[1]), box[2], max(last[3], box[3]))
        else:
            joined.append(box)
    alone = [box for box in joined if _is_alone(ink, box, round(_WHITE * ready.dpi))]
    return alone if len(alone) <= _MOST else []


def find_passed_over(ready: Prepared, lines: Sequence[Sequence[Word]]) -> list[tuple[int, int, int, int]]:
    """Return the boxes of rows of three letters and more, by their size, that no word read covers."""
    blobs = [
        box
        for box in find_blobs(_find_left(ready.grey < ready.threshold, lines))[1]
        if _LEAST_LETTER <= (box[3] - box[1]) / ready.dpi <= _TALLEST_LETTER
        and (box[2] - box[0]) / ready.dpi <= _WIDEST_LETTER
    ]
    runs: list[list[tuple[int, int, int, int]]] = []
    for box in sorted(blobs):
        for run in runs:
            last = run[-1]
            apart = abs((box[1] + box[3]) - (last[1] + last[3])) / 2
            if box[0] - last[2] < _WORD_GAP * ready.dpi and apart < _UNEVEN * ready.dpi:
                run.append(box)
                break
        else:
            runs.append([box])
    above = round(_ABOVE * ready.dpi)
    found = [
        (
            min(box[0] for box in run) - 3, min(box[1] for box in run) - above,
            max(box[2] for box in run) + 3, max(box[3] for box in run) + above,
        )
        for run in runs
        if len(run) >= _LEAST_LETTERS
    ]  # fmt: skip
    return found if len(found) <= _MOST else []


def _find_left(ink: Pixels, lines: Sequence[Sequence[Word]]) -> Pixels:
    """Return the ink that no word read covers."""
    left = ink.copy()
    for line in lines:
        for word in line:
            top, bottom = min(char.top for char in word), max(char.bottom for char in word)
            left[max(top - 3, 0) : bottom + 3, max(word[0].x0 - 3, 0) : word[-1].x1 + 3] = False
    return left


def _is_alone(ink: Pixels, box: tuple[int, int, int, int], white: int) -> bool:
    x0, top, x1, bottom = box
    own = ink[top:bottom, x0:x1].sum()
    around = ink[max(top - white, 0) : bottom + white, max(x0 - white, 0) : x1 + white].sum()
    return bool(around <= 1.15 * own)
