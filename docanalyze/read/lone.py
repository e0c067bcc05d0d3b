"""Numbers that stand alone in white, as those of pages do, which the engine's layout passes over."""

from __future__ import annotations

from collections.abc import Sequence

from docanalyze.read.picture import Pixels, Prepared, find_blobs
from docanalyze.read.tesseract import Word

_SHORTEST, _TALLEST, _WIDEST = 0.08, 0.17, 0.14
"""Inches of the height and the width of a digit."""
_WHITE = 0.12
"""Inches of white around a number that stands alone."""
_MOST = 12
"""More pieces of such a size that nothing was read of are a drawing, not numbers."""


def find_lone(ready: Prepared, lines: Sequence[Sequence[Word]]) -> list[tuple[int, int, int, int]]:
    """Return the boxes (x0, top, x1, bottom) of ink as high as a digit that no word read covers."""
    ink = ready.grey < ready.threshold
    left = ink.copy()
    for line in lines:
        for word in line:
            top, bottom = min(char.top for char in word), max(char.bottom for char in word)
            left[max(top - 3, 0) : bottom + 3, max(word[0].x0 - 3, 0) : word[-1].x1 + 3] = False
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


def _is_alone(ink: Pixels, box: tuple[int, int, int, int], white: int) -> bool:
    x0, top, x1, bottom = box
    own = ink[top:bottom, x0:x1].sum()
    around = ink[max(top - white, 0) : bottom + white, max(x0 - white, 0) : x1 + white].sum()
    return bool(around <= 1.15 * own)
