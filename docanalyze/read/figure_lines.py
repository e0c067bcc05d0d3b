"""Figures too wide for their cell, which go on in the next line."""

from __future__ import annotations

import re

_ENDED = re.compile(r"[-+(\u2013]?\d{1,3}(?:[.,]\d{3})+[.,]")
"""A figure that a mark ends."""
_CUT = re.compile(r"[-+(\u2013]?\d{1,3}([.,])\d{3}(?:\1\d{3})*\1\d{1,2}")
"""A figure whose last group lacks digits."""
_WHOLE = re.compile(r"[-+(\u2013]?\d{1,3}(?:(?:\.\d{3})*(?:,\d+)?|(?:,\d{3})*(?:\.\d+)?)[)%]?")


def is_one_figure(before: str, after: str) -> bool:
    """Return whether two lines that hold nothing else are one figure with its groups of three.

    >>> is_one_figure("9.988.309.", "102"), is_one_figure("552.488.2", "04"), is_one_figure("1.250", "311")
    (True, True, False)
    """
    cut = _ENDED.fullmatch(before) or _CUT.fullmatch(before)
    return cut is not None and _WHOLE.fullmatch(before + after) is not None
