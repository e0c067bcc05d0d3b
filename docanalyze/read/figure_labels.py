"""The labels of a chart or another figure beside running text: in smaller type, apart from its lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from docanalyze.read.asides import find_columns
from docanalyze.read.lines import Line, goes_on
from docanalyze.read.placement import PieceBox

_SMALLER = 0.87
"""Of the type that most of a page is set in."""
_LEAST_LABELS = 3
_MOST_LETTERS = 12
"""Of the middle one of the labels."""
_LEAST_PROSE = 3
_LEAST_LETTERS = 10
_ACROSS = 0.4
"""Of a figure's width, that of a label that belongs to no column of others."""
_NEAR = 2.5
"""Ems between the labels of one figure, from top to bottom."""


def find_labels_beside(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines of each figure that prose stands beside; empty on nearly all pages.

    `120`, `100` and `Quý I` right of the lines of a paragraph would be taken for cells of a table with
    the words of these for labels.
    """
    if not lines:
        return []
    letters: Counter[float] = Counter()
    for line in lines:
        letters[line.size] += len(line.text)
    size = letters.most_common(1)[0][0]
    figures: list[list[Line]] = []
    for line in sorted((line for line in lines if line.size <= _SMALLER * size), key=lambda line: line.top):
        if figures and line.top - max(other.bottom for other in figures[-1]) <= _NEAR * size:
            figures[-1].append(line)
        else:
            figures.append([line])
    prose = [line for line in lines if line.size > _SMALLER * size]
    return [figure for figure in figures if _are_labels(figure) and _has_prose_beside(figure, prose)]


def _are_labels(figure: Sequence[Line]) -> bool:
    """Return whether most lines are a figure or a word or two; a box in smaller type has sentences."""
    return len(figure) >= _LEAST_LABELS and median(len(line.text) for line in figure) <= _MOST_LETTERS


def order_labels(figure: Sequence[Line]) -> list[list[Line]]:
    """Return the labels of a figure column by column; what stands across its columns comes last."""
    x0, x1 = min(line.x0 for line in figure), max(line.x1 for line in figure)
    wide = [line for line in figure if line.x1 - line.x0 > _ACROSS * (x1 - x0)]
    narrow = [line for line in figure if line.x1 - line.x0 <= _ACROSS * (x1 - x0)]
    return [*find_columns(narrow), *([line] for line in wide)]


def box_labels(figure: Sequence[Line]) -> PieceBox:
    """Return the box around all labels of a figure."""
    return (
        min(line.x0 for line in figure), min(line.top for line in figure),
        max(line.x1 for line in figure), max(line.bottom for line in figure),
    )  # fmt: skip


def _has_prose_beside(figure: Sequence[Line], prose: Sequence[Line]) -> bool:
    """Return whether running text stands left or right of all labels of a figure, none of it across."""
    x0, top, x1, bottom = box_labels(figure)
    beside = [line for line in prose if top < line.middle < bottom]
    if len(beside) < _LEAST_PROSE or not (
        all(line.x1 < x0 for line in beside) or all(line.x0 > x1 for line in beside)
    ):
        return False
    broken = sum(goes_on(a, b) for a, b in pairwise(beside))
    return 2 * broken >= len(beside) - 1 and median(len(line.text) for line in beside) >= _LEAST_LETTERS
