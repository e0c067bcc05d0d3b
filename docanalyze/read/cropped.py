"""What stands outside of a page that was cut down: crop marks, printers' notes, the other half of a sheet.

A viewer does not show it, so it is not read; PDFium has its text all the same. Lines that run over the
edge of a sheet that nobody cut were meant to be on it, and are read.
"""

from __future__ import annotations

from docanalyze.read.placement import Sides

_LEAST = 0.5
"""Points of a word that must lie on the page."""


def find_outside(sides: Sides, width: float, height: float) -> list[int]:
    """Return the pieces that lie outside of a page of some size, all of each; most pages have none.

    What the edge cuts through is read whole: half of `1.250` would be another figure.
    """
    lefts, tops, rights, bottoms = sides
    if not lefts or (min(lefts) >= 0 and max(rights) <= width and min(tops) >= 0 and max(bottoms) <= height):
        return []
    wide, high = width - _LEAST, height - _LEAST
    return [
        i
        for i, (left, top, right, bottom) in enumerate(zip(lefts, tops, rights, bottoms, strict=True))
        if left > wide or right < _LEAST or top > high or bottom < _LEAST
    ]


def blank_out(text: str, stretches: list[tuple[int, int]]) -> str:
    """Return a text with spaces in place of some stretches, which are in order.

    >>> blank_out("Trang 1/3 Thu", [(0, 5), (6, 9)])
    '          Thu'
    """
    parts: list[str] = []
    at = 0
    for start, end in stretches:
        parts += text[at:start], " " * (end - start)
        at = end
    return "".join([*parts, text[at:]])
