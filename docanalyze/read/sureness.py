"""Figures that a reader of pictures is sure of though they are printed unlike the others of their page.

The engine is as sure of a wrong point or comma as of a right one, and of a digit read twice; the
habits of the page tell: which sign parts decimals, whether thousands are parted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_DECIMALS = re.compile(r"\d+([.,])\d{1,2}")
_GROUPS = re.compile(r"[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*(?!\1)(?:[.,]\d+)?")
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(?:19|20)\d\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONG = re.compile(r"\d{4,}")
_HABIT = 3
"""Figures that make a habit."""
_LEAST_SHARE = 1 / 3
"""Of a page's decimals and groups, a sign that parts fewer is not the habit."""


def find_unlikely(numerals: Iterable[str]) -> frozenset[str]:
    """Return those numerals of a page that break its habits; without enough figures none do.

    >>> sorted(find_unlikely(["45,3", "7,24", "112,5", "43.25", "4.318", "44.9911", "4,318", "2023"]))
    ['4,318', '43.25', '44.9911']
    """
    counts = Counter(numerals)
    signs: Counter[str] = Counter()
    grouped = 0
    for text, times in counts.items():
        if match := _DECIMALS.fullmatch(text):
            signs[match[1]] += times
        elif match := _GROUPS.fullmatch(text):
            signs["," if match[1] == "." else "."] += times
            grouped += times
    if not signs or signs.total() < _HABIT:
        return frozenset()
    sign, most = signs.most_common(1)[0]
    if signs.total() - most > _LEAST_SHARE * signs.total():
        return frozenset()
    decimal, point = re.escape(sign), re.escape("." if sign == "," else ",")
    likely = re.compile(rf"\d{{1,3}}(?:{point}\d{{3}})*(?:{decimal}\d+)?|\d+(?:{decimal}\d+)?")
    thousandths = re.compile(rf"[1-9]\d*{decimal}\d{{3}}")
    return frozenset(
        text
        for text in counts
        if not _DATE.fullmatch(text)
        and (
            likely.fullmatch(text) is None
            or thousandths.fullmatch(text)
            or (grouped >= _HABIT and _LONG.fullmatch(text) and not _YEAR.fullmatch(text))
        )
    )
