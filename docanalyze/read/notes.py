"""Footnotes: the last lines of a page, smaller than the body or below a short rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from docanalyze.read.lines import SUPERSCRIPTS, Line
from docanalyze.read.placement import PieceBox

_NOTE_START = re.compile(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]+|\d{1,3}(?=\s*[^\W\d_])|\(\d{1,2}\)|\*{1,3})\s*\S")


def find_footnotes(
    lines: list[Line], *, body_size: float, height: float, rulings: Sequence[PieceBox]
) -> list[list[Line]]:
    """Return the footnotes at the foot of a page, each as its lines; empty if there are none.

    They are the last lines of the page, smaller than the body, the first starting with a mark; a
    short rule above them counts as proof where the size does not tell.
    """
    start = len(lines)
    while start > 0 and lines[start - 1].size <= 0.93 * body_size:
        start -= 1
    rule = _note_rule(lines, height, rulings)
    if rule is not None:
        start = next((i for i, line in enumerate(lines) if line.top >= rule - 2), len(lines))
    else:
        # Words side by side are cells of a table in smaller type.
        beside = [i for i in range(start + 1, len(lines)) if _are_side_by_side(lines[i - 1], lines[i])]
        start = beside[-1] + 1 if len(beside) > 1 else start
    while start < len(lines) and not _NOTE_START.match(lines[start].text):
        if rule is not None and lines[start].top >= rule - 2:
            break
        start += 1
    if start >= len(lines) or lines[start].middle < 0.3 * height:
        return []
    notes: list[list[Line]] = []
    for line in lines[start:]:
        if not notes or _is_next(notes[-1][0], line):
            notes.append([line])
        else:
            notes[-1].append(line)
    return notes


def _is_next(note: Line, line: Line) -> bool:
    """Return whether a line begins the note behind another: marks alike, plain numbers in order."""
    label, last = _NOTE_START.match(line.text), _NOTE_START.match(note.text)
    if label is None or not ((line.marks and line.marks[0][0] == 0) or not note.marks):
        return False
    if last is None or line.marks or not (label[1].isdecimal() and last[1].isdecimal()):
        return True
    return int(label[1]) == int(last[1]) + 1


def _are_side_by_side(a: Line, b: Line) -> bool:
    return a.x1 < b.x0 and abs(a.middle - b.middle) < 0.3 * max(b.size, 4.0)


def raise_label(line: Line) -> Line:
    """Return a note's first line with its number raised where it is set plain and glued to the text.

    Office programs print `1Kế hoạch …` or `1320 tỷ đồng …`, the number a field of its own.
    """
    if not line.offsets or line.marks:
        return line
    end = line.offsets[1] - line.base
    label = line.text[:end]
    if not label.isdigit() or len(label) > 3 or not line.text[end : end + 1].isalnum():
        return line
    return replace(line, text=label.translate(SUPERSCRIPTS) + line.text[end:], marks=((0, end),))


def _note_rule(lines: list[Line], height: float, rulings: Sequence[PieceBox]) -> float | None:
    """Return the height of the short rule above the footnotes, if there is one."""
    if not lines:
        return None
    left = min(line.x0 for line in lines)
    found = [
        box[1]
        for box in rulings
        if box[3] - box[1] <= 2.5
        and 40 <= box[2] - box[0] <= 240
        and abs(box[0] - left) < 30
        and box[1] > 0.35 * height
        and any(line.top >= box[1] - 2 for line in lines)
    ]
    if len(found) != 1:
        return None
    first = next(line for line in lines if line.top >= found[0] - 2)
    return found[0] if _NOTE_START.match(first.text) else None
