"""Which bodies follow which: renamings and mergers, as `mergers.toml` has them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from docanalyze.core.names import fold_name
from docanalyze.lexicon import Lexicon

BODY = "đơn vị"
"""The level of pairs that are whole names of bodies: `công ty cấp nước an lam`."""
_PARTS = re.compile(r"\s+(?=(?:tỉnh|thành phố|tp|sở|cục|tổng cục|chi cục|bộ) \w)")
_LEVELS = {"thành phố": "tinh", "tp": "tinh"}
"""A city of the centre is of the level of a province."""
_OFFICES = ("bo", "so", "cuc", "tong cuc", "chi cuc")


class Merger(NamedTuple):
    """A body of a level that took in others on a day; names without marks and case."""

    level: str
    since: str
    after: str
    before: frozenset[str]


@lru_cache(maxsize=8)
def list_mergers(lexicon: Lexicon) -> tuple[Merger, ...]:
    """Return the mergers and renamings of a lexicon, in its order."""
    return tuple(
        Merger(merger["level"], merger["from"], fold_name(after), frozenset(map(fold_name, before)))
        for merger in lexicon["mergers"]["merger"]
        for after, before in merger["pairs"]
    )


@lru_cache(maxsize=8)
def _lines(lexicon: Lexicon) -> dict[tuple[str, str], str]:
    """Return for each name of a level the first of all names that it is joined with over time."""
    lines: dict[tuple[str, str], str] = {}
    for merger in list_mergers(lexicon):
        level = fold_name(merger.level)
        names = {merger.after, *merger.before}
        known = {lines.get((level, name), name) for name in names}
        first = min(known)
        for key, root in lines.items():
            if key[0] == level and root in known:
                lines[key] = first
        lines.update(dict.fromkeys(((level, name) for name in names), first))
    return lines


def find_line(body: str, lexicon: Lexicon) -> str:
    """Return one name for all bodies that a body's key may follow or be followed by, whenever that was.

    >>> from docanalyze.lexicon import load_lexicon
    >>> lexicon = load_lexicon()
    >>> find_line("sở giao thông vận tải tỉnh hà giang", lexicon) == find_line(
    ...     "sở xây dựng tỉnh tuyên quang", lexicon)
    True
    >>> find_line("ubnd:tỉnh:bến tre", lexicon) == find_line("ubnd:tỉnh:an giang", lexicon)
    False
    """
    lines = _lines(lexicon)
    text = " ".join(body.casefold().replace(":", " ").split())
    whole = lines.get((fold_name(BODY), fold_name(text)))
    if whole is not None:
        return whole
    parts = [part for part in _PARTS.split(text) if part]  # `ubnd tỉnh an lam sở y tế`
    told = []
    for part in parts:
        level, _, name = part.partition(" ")
        if part.startswith(("tổng cục ", "chi cục ", "thành phố ")):
            level, name = " ".join(part.split()[:2]), " ".join(part.split()[2:])
        level, name = _LEVELS.get(level, fold_name(level)), fold_name(name)
        told.append((level, lines.get((level, name), name)))
    if any(level in _OFFICES for level, _ in told):  # the committee above a department is no body of its own
        told = [each for each in told if each[0] != "ubnd"]
    return "|".join(" ".join(each) for each in sorted(told))
