"""Running heads and page numbers, so that no table takes them in: known by the pages before.

A line at the edge of a page that stood there on one of the two pages before is a running head,
unless a table had it there: then it is the repeated head of that table.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from docanalyze.read.lines import Line
from docanalyze.read.tables.tokens import level_rows

_DIGITS = re.compile(r"\d+")
_EDGE = 0.12
_ROWS = 2
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:[Tt]rang\s*)?#(?:\s*(?:/|trên)\s*#)?[-–—\s.]*$")

Key = tuple[str, int]


class EdgeMemory:
    """What stood at the edges of the last two pages outside tables."""

    def __init__(self) -> None:
        self._pages: list[set[Key]] = []

    def find_running(self, lines: Sequence[Line], height: float) -> set[int]:
        """Return the ids of the lines that are running heads, running feet or page numbers."""
        found: set[int] = set()
        for row in _edge_rows(lines, height):
            keys = [_key(line) for line in row]
            alone = len(row) == 1 and _PAGE_NUMBER.match(keys[0][0])
            seen = [any(_has(page, key) for page in self._pages) for key in keys]
            if alone or all(seen):
                found.update(id(line) for line in row)
        return found

    def remember(self, lines: Sequence[Line], height: float, used: Collection[int]) -> None:
        """Keep the edge lines of a page that no table used."""
        keys = {_key(line) for row in _edge_rows(lines, height) for line in row if id(line) not in used}
        self._pages = [*self._pages[-1:], keys]


def _key(line: Line) -> Key:
    return _DIGITS.sub("#", line.text), round(line.middle / 6)


def _has(page: set[Key], key: Key) -> bool:
    return any((key[0], key[1] + shift) in page for shift in (-1, 0, 1))


def _edge_rows(lines: Sequence[Line], height: float) -> list[list[Line]]:
    """Return the two outermost rows at either edge of the page."""
    top = level_rows(line for line in lines if line.middle < _EDGE * height)
    bottom = level_rows(line for line in lines if line.middle > (1 - _EDGE) * height)
    return [*top[:_ROWS], *bottom[-_ROWS:]]
