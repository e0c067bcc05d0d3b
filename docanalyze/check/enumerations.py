"""Enumerations inside a paragraph: `(1) …; (2) …`, `(a) …; (b) …`, `(i) …; (ii) …`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

from docanalyze.check.facts import Claim, Facts
from docanalyze.check.numbering import skips_dstroke, write_note, write_roman
from docanalyze.core.ladder import LETTERS, read_roman

Kind = Literal["number", "letter", "roman"]
_MARK = re.compile(
    r"(?:^|(?<=\s))\((?P<no>\d{1,2}|[a-eghik-vxyđ]|[ivx]{2,4})\)(?=\s*[^\W\d_\s])", re.MULTILINE
)
_AFTER_ITEM = re.compile(r"(?:^|[:;,.]\s*(?:(?:và|hoặc|hay)\s+)?)$", re.IGNORECASE | re.MULTILINE)
_AFTER_AND = re.compile(r"(?<!\w)(?:và|hoặc|hay|cùng)\s+$", re.IGNORECASE)
_LOOK_BACK = 12
_FEWEST = 3


class Mark(NamedTuple):
    """A mark of an enumeration where it stands: `(ii)` is a roman 2."""

    kind: Kind
    number: int
    start: int
    end: int

    @property
    def label(self) -> str:
        """The mark without its brackets."""
        return print_mark(self.kind, self.number)


def find_enumeration_gaps(facts: Facts) -> Iterator[Claim]:
    """Yield the marks of enumerations in a paragraph that skip a number, or have one twice.

    What: `(1) …; (2) …; (3) …` and `(a) …; (b) …` must count on without gap, from (1) or (a).
    Why: an item was taken out, or two were run together; a stated count no longer fits.
    Tolerance: info. At least three marks of which the first two are 1 and 2; what refers to an item
        (`điểm (2)`) or a column is left aside.
    Example: `gồm: (1) đường giao thông; (2) trường học; (4) trạm y tế`.
    """
    text = facts.analysis.text
    for block in facts.analysis.blocks:
        if block.kind not in ("paragraph", "list-item", "footnote"):
            continue
        if text.count("(", block.start, block.end) < _FEWEST:
            continue
        for run in find_runs(text, block.start, block.end):
            if len(run) < _FEWEST or run[1].number != 2:
                continue
            for was, now in pairwise(run):
                due = print_mark(now.kind, was.number + 1)
                if now.number == was.number + 1 or skips_dstroke(facts, now.label, due):
                    continue
                yield Claim(
                    "NUM004",
                    severity="info",
                    places=((now.start, now.end),),
                    arithmetic=", ".join(f"({mark.label})" for mark in run),
                    note=write_note("repeat" if now.number <= was.number else "gap", now.label, due),
                )


def find_runs(text: str, start: int, end: int) -> list[list[Mark]]:
    """Return the enumerations of a stretch of text, each from its first mark; one may stand inside another.

    The first mark may follow a word (`gồm (1) …`); the others follow the end of an item.

    >>> [[mark.label for mark in run] for run in find_runs("gồm (1) a, với (i) x, (ii) y; (2) b", 0, 35)]
    [['1', '2'], ['i', 'ii']]
    """
    runs: list[list[Mark]] = []
    latest: dict[Kind, list[Mark]] = {}
    for found in _MARK.finditer(text, start, end):
        readings = _read(found)
        mark = next(
            (m for m in readings if m.kind in latest and m.number == latest[m.kind][-1].number + 1), None
        )
        before = text[max(start, found.start() - _LOOK_BACK) : found.start()]
        after_item = found.start() == start or _AFTER_ITEM.search(before) is not None
        if mark is not None and (after_item or _AFTER_AND.search(before)):
            latest[mark.kind].append(mark)
            continue
        first = next((m for m in readings if m.number == 1), None)
        if first is not None:
            latest[first.kind] = [first]
            runs.append(latest[first.kind])
        elif after_item and readings[0].kind in latest:
            latest[readings[0].kind].append(readings[0])
    return runs


def _read(found: re.Match[str]) -> list[Mark]:
    """Return the readings of a mark: `(v)` is a letter or a roman five."""
    printed = found["no"]
    if printed.isdecimal():
        return [Mark("number", int(printed), *found.span())]
    readings = []
    if len(printed) == 1:
        readings.append(Mark("letter", LETTERS.index(printed) + 1, *found.span()))
    if set(printed) <= set("ivx"):
        readings.append(Mark("roman", read_roman(printed), *found.span()))
    return readings


def print_mark(kind: Kind, number: int) -> str:
    """Return the label of a number in a kind of enumeration: `đ` for the fifth letter."""
    if kind == "number":
        return str(number)
    if kind == "roman":
        return write_roman(number).lower()
    return LETTERS[number - 1] if number <= len(LETTERS) else "?"


def list_items(text: str, start: int, end: int) -> list[Mark]:
    """Return the marks of the first enumeration of a stretch of text; none without one.

    >>> [mark.start for mark in list_items("gồm: (1) đường; (2) trường; (3) trạm", 0, 36)]
    [5, 16, 28]
    """
    return next(iter(find_runs(text, start, end)), [])
