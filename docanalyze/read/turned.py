"""Words across the page or along its side: watermarks, heads of narrow columns, notes in a margin.

They are read along their own direction, so that they neither stand inside the lines that they cross
nor come out back to front.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from math import cos, radians, sin

from docanalyze.read.lines import Line, clean_text
from docanalyze.read.raw_page import RawPage

_NEXT_LINE = 0.6
"""Ems across its direction by which a word stands off the one before it in a new line."""
_APART = 3.0
"""Ems along it by which it stands off in another run of words."""


def read_turned(page: RawPage, pieces: Iterable[int]) -> list[list[Line]]:
    """Return the lines of turned pieces in runs of words, each with its lines in the order of reading."""
    runs: list[list[list[int]]] = []
    last: tuple[int, float, float, int] | None = None
    for i in pieces:
        x0, top, x1, bottom = page.boxes[i]
        turn, size = page.turned[i], max(page.styles[i].size, 4.0)
        angle = radians(turn)
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        along, across = x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle)
        half = (abs(cos(angle)) * (x1 - x0) + abs(sin(angle)) * (bottom - top)) / 2
        if last is None or last[0] != turn or across - last[2] > 2.5 * size or last[2] - across > size:
            runs.append([[i]])
        elif abs(across - last[2]) > _NEXT_LINE * size:
            runs[-1].append([i])
        elif along - half - last[1] > _APART * size:
            runs.append([[i]])
        else:
            runs[-1][-1].append(i)
        last = (turn, along + half, across, i)
    built = ([line for line in (_build(page, line) for line in run) if line.text] for run in runs)
    return [lines for lines in built if lines]


def _build(page: RawPage, pieces: list[int]) -> Line:
    text = ""
    boxes, offsets = array("f"), array("I")
    for at, i in enumerate(pieces):
        piece = clean_text(page.text[page.starts[i] : page.ends[i]])
        if not piece:
            continue
        if at and page.text[page.ends[pieces[at - 1]] : page.starts[i]].isspace():
            text += " "
        boxes.extend(page.boxes[i])
        offsets.extend((len(text), len(text) + len(piece)))
        text += piece
    style = page.styles[pieces[0]]
    return Line(
        page.number, text,
        min(boxes[0::4], default=0.0), min(boxes[1::4], default=0.0),
        max(boxes[2::4], default=0.0), max(boxes[3::4], default=0.0),
        style.size, style.bold, style.italic, boxes, offsets,
    )  # fmt: skip
