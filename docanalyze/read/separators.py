"""Points and commas in figures, told by their ink: `3.789.4` is `3.789,4`, `979` is `97,9`.

A decimal comma lost or taken for a point makes another figure of it, and no dictionary tells. In
print a comma hangs below the line that digits stand on and a point does not; both are specks of
ink of their own between two digits, which the engine's boxes need not show.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from docanalyze.read.picture import Prepared, find_blobs
from docanalyze.read.tesseract import Char, Word

_MARKS = ".,;:'’/"
_FIGURE = re.compile(r"\d{1,3}(?:\.\d{3})*(?:,\d+)?|\d+(?:,\d+)?")
_DIGIT_HEIGHT = 0.45
"""The least height of a digit, of the type size; in Times it is two thirds."""
_HANGS = 0.06
"""How far below the digits a comma reaches at least, of the type size; in print twice as far."""
_LEAST_INK = 0.006
_LARGEST = 0.34
_ROOM = 0.16
"""The least white between digits that a mark parts, of the type size; without one there is a third of it."""
_MENDED = 0.6
"""The most that is held of a mark that the engine did not read so."""
_UNBROKEN = 0.18
"""The most white beside a mark within a figure, of the type size; a space leaves a quarter or more."""
_SEAM = re.compile(r".?\d(?:[.,] [^\w\s]?| [.,]?)\d.?")
"""The last two signs of a word and the first two of the next, where a figure may be torn."""


def join_torn(words: Sequence[Word], size: float, ready: Prepared) -> list[Word]:
    """Return the words of a line, those joined that are one figure with no room for a space: `7, 24%`."""
    joined: list[Word] = []
    for word in words:
        before = joined[-1] if joined else ()
        if (
            _SEAM.fullmatch(f"{_write(before[-2:])} {_write(word[:2])}")
            and _find_white(before, word, size, ready) <= _UNBROKEN * size
        ):
            rest = word if before[-1].text.isdigit() or word[0].text.isdigit() else word[1:]
            held = (replace(char, confidence=min(char.confidence, _MENDED)) for char in rest)
            joined[-1] = (*before, *held)
        else:
            joined.append(word)
    return joined


def _write(chars: Word) -> str:
    return "".join(char.text for char in chars)


def _find_white(before: Word, word: Word, size: float, ready: Prepared) -> int:
    """Return the widest white between the last digit of a word and the first of the next, in pixels."""
    last = next(char for char in reversed(before) if char.text.isdigit())
    after = next(char for char in word if char.text.isdigit())
    top, bottom = max(min(last.top, after.top), 0), max(last.bottom, after.bottom) + round(0.25 * size)
    left, right = max((last.x0 + last.x1) // 2, 0), (after.x0 + after.x1) // 2
    ink = (ready.grey[top:bottom, left:right] < ready.threshold).any(axis=0)
    inked: list[int] = [-1, *ink.nonzero()[0].tolist(), len(ink)]
    return max(b - a - 1 for a, b in pairwise(inked))


def mend_separators(word: Word, size: float, ready: Prepared) -> Word:
    """Return a word with the points and commas between its digits as their ink shows them.

    Other words, and figures whose ink cannot be told apart digit by digit, stay as they are.
    """
    parts: list[Char] = []
    at = 0
    while at < len(word):
        end = at
        while end < len(word) and (word[end].text.isdigit() or word[end].text in _MARKS):
            end += 1
        while end > at and word[end - 1].text in _MARKS:
            end -= 1
        run = word[at:end]
        if sum(char.text.isdigit() for char in run) >= 2 and run[0].text.isdigit():
            parts.extend(_mend_run(run, size, ready))
            at = end
        else:
            parts.append(word[at])
            at += 1
    return tuple(parts)


def _mend_run(run: Sequence[Char], size: float, ready: Prepared) -> Sequence[Char]:
    digits = [char for char in run if char.text.isdigit()]
    seen = _find_marks(run, len(digits), size, ready)
    if seen is None:
        return run
    parts: list[Char] = []
    changed = False
    count = 0
    for at, char in enumerate(run):
        if char.text.isdigit():
            if parts and parts[-1].text.isdigit():
                mark = seen[count - 1]
                if mark is not None:
                    changed = True
                    parts.append(_as_mark(mark, parts[-1], char))
            parts.append(char)
            count += 1
            continue
        mark = seen[count - 1] if count else None
        if mark is not None and mark[0] != char.text and run[at - 1].text.isdigit() and char.text != "/":
            changed = True
            parts.append(replace(char, text=mark[0], confidence=min(char.confidence, _MENDED)))
        else:
            parts.append(char)
    text = "".join(char.text for char in parts)
    # What is no figure as its ink shows it had dust for a mark, or is a date or a label.
    return parts if changed and _FIGURE.fullmatch(text) else run


def _as_mark(mark: tuple[str, int, int, int, int], before: Char, after: Char) -> Char:
    return Char(*mark, min(before.confidence, after.confidence, _MENDED))


def _find_marks(
    run: Sequence[Char], digits: int, size: float, ready: Prepared
) -> list[tuple[str, int, int, int, int] | None] | None:
    """Return what mark stands behind each digit but the last, with its box; None if digits touch."""
    reach = round(0.25 * size)
    top = max(min(char.top for char in run) - 2, 0)
    left = max(min(char.x0 for char in run) - 2, 0)
    view = ready.grey[top : max(char.bottom for char in run) + reach, left : max(c.x1 for c in run) + 3]
    ink = view < ready.threshold
    labels, boxes = find_blobs(ink)
    tall = [i for i in range(len(boxes)) if boxes[i][3] - boxes[i][1] >= _DIGIT_HEIGHT * size]
    tall.sort(key=lambda i: boxes[i][0])
    if len(tall) != digits:
        return None
    base = median(boxes[i][3] for i in tall)
    marks: list[tuple[str, int, int, int, int] | None] = [None] * (digits - 1)
    for i, (x0, y0, x1, y1) in enumerate(boxes):
        width, height = (x1 - x0) / size, (y1 - y0) / size
        mass = (labels[y0:y1, x0:x1] == i + 1).sum() / size**2
        if i in tall or mass < _LEAST_INK or width > 0.25 or height > _LARGEST or y0 < base - 0.22 * size:
            continue
        middle = (x0 + x1) / 2
        gap = next(
            (
                g
                for g in range(digits - 1)
                if boxes[tall[g]][0] + 0.5 * (boxes[tall[g]][2] - boxes[tall[g]][0]) < middle
                and middle < (boxes[tall[g + 1]][0] + boxes[tall[g + 1]][2]) / 2
            ),
            None,
        )
        below = (y1 - base) / size
        hangs = below >= _HANGS and height >= 0.13
        stands = abs(below) < 0.04 and height <= 0.18
        roomy = gap is not None and boxes[tall[gap + 1]][0] - boxes[tall[gap]][2] >= _ROOM * size
        if gap is not None and roomy and (hangs or stands):
            marks[gap] = ("," if hangs else ".", left + x0, top + y0, left + x1, top + y1)
    return marks
