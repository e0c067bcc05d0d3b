"""Counts that follow names in a list: `1.215 lao động (Nhật Bản 612, Đài Loan 421, nước khác 182)`."""

from __future__ import annotations

import re

_ITEM = re.compile(r"\s*[^\W\d_][^\d]{1,40}? (\d{1,3}(?:\.\d{3})+|\d{1,4})\s*")
_PARTED = re.compile(r"[,;]|\s(?:và)\s")
_COUNT = re.compile(r"(?<![\d.,/])(\d{1,3}(?:\.\d{3})+|\d+)(?=\s+[^\W\d_])")
_CLAUSE_END = re.compile(r"[;(]|[.](?:\s|$)|\n|$")
_BREAK = re.compile(r"[.!?]\s|\n")
_REACH = 240
_BEFORE = 80
_FEWEST = 3
_LEAST = 10
_FAR_APART = 12
"""Further apart than by a digit lost, numbers are no parts of a total."""


def is_counted_name(text: str, start: int, end: int) -> bool:
    """Return whether a number behind a name stands in a list of counts of a total printed before it.

    The list stands in brackets or behind a colon, has three parts or more, and comes near its total: of
    `04 đơn vị (Quân khu 1, Quân khu 2, Công ty 319)` the numbers are names.

    >>> text = "Xảy ra 45 vụ: Hà Nội 12, Hải Phòng 15, Đà Nẵng 18."
    >>> is_counted_name(text, text.index("12"), text.index("12") + 2)
    True
    """
    low = max(0, start - _REACH)
    opened = max(text.rfind("(", low, start), text.rfind(":", low, start))
    if opened < 0 or _BREAK.search(text, opened, start):
        return False
    closed = _end_of(text, end, bracket=text[opened] == "(")
    if closed is None:
        return False
    found = [_ITEM.fullmatch(part) for part in _PARTED.split(text[opened + 1 : closed])]
    counts = [int(item[1].replace(".", "")) for item in found if item is not None]
    before = text[max(0, opened - _BEFORE) : opened]
    totals = _COUNT.findall(_BREAK.split(before)[-1])
    if len(counts) < _FEWEST or len(counts) < len(found) - 1 or not totals:
        return False
    total = int(totals[-1].replace(".", ""))
    return total >= _LEAST and total < _FAR_APART * sum(counts) < _FAR_APART**2 * total


def _end_of(text: str, end: int, *, bracket: bool) -> int | None:
    """Return where the list ends: at its bracket, or at the end of its clause."""
    if bracket:
        at = text.find(")", end, end + _REACH)
        return None if at < 0 or _BREAK.search(text, end, at) else at
    found = _CLAUSE_END.search(text, end)
    return found.start() if found is not None else None
