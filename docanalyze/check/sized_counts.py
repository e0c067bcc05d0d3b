"""SUM001 of counts with an amount each: `13 dự án với tổng vốn 1,56 tỷ USD, gồm 8 dự án với 1,45 …, 5 …`.

Where one of the two columns adds up, the other is held to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation, add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.core.figure import Figure, is_alike
from docanalyze.lexicon.cues import cue_pattern

_WITH = re.compile(
    r"(?:[^;:()\d]|\([^()\d]*\))*(?<!\w)"
    r"(?:với|vốn|trị giá|số tiền|kinh phí|giá trị|diện tích|công suất|tổng|đạt)(?!\w)[^;:()\d]*$"
)
"""Between a count and its amount: `292 dự án (FDI) với tổng vốn đầu tư khoảng 15,408 tỷ USD`."""
_APART, _MOST = 4, 8
_LARGE, _DIGITS = 20, 3
"""Smaller totals are the sum of their neighbours by chance, where nothing says that a list follows."""


class Sized(msgspec.Struct, frozen=True):
    """A count and what it comes to; `place` is its sentence's number, `depth` how many brackets are open."""

    count: Figure
    amount: Figure
    place: int
    depth: int


def find_sized_sums(facts: Facts) -> Iterator[Claim]:
    """Yield both sums of such counts to those before them, if one of them holds."""
    rows = _read_rows(facts)
    used: set[str] = set()
    for at, total in enumerate(rows):
        parts: list[Sized] = []
        fitting: list[Equation] = []
        for row in rows[at + 1 : at + 1 + _MOST]:
            if row.place - total.place > _APART or not _is_like(row, total) or row.count.mention in used:
                break
            parts.append(row)
            sums = [
                add_up(total.count, [part.count for part in parts]),
                add_up(total.amount, [part.amount for part in parts]),
            ]
            if len(parts) > 1 and _is_whole(facts, parts) and _are_borne(facts, total, parts, sums):
                fitting = sums
                break
        if fitting:
            used |= {part.count.mention for part in parts}
            yield from (Claim("SUM001", each, severity="warning", tied=True) for each in fitting)


def _read_rows(facts: Facts) -> list[Sized]:
    """Return the counts that an amount of another kind stands right behind, in text order."""
    told = facts.sentences_with("với", "vốn", "trị giá", "số tiền", "kinh phí", "giá trị", "diện tích", "đạt")
    places = {sentence.id: at for at, sentence in enumerate(facts.sentences)} if told else {}
    rows: list[Sized] = []
    for name in facts.by_sentence:
        if name not in told:
            continue
        for one, two in pairwise(facts.by_sentence[name]):
            if not one.exact or not one.dimension or one.sign < 0 or two.exact or two.sign < 0:
                continue
            if two.dimension in ("", "%", "point") or "/" in two.dimension or one.dimension == "%":
                continue
            if facts.role_of(one) != "level" or facts.role_of(two) not in ("level", "total"):
                continue
            depth = facts.depths.get(one.mention, 0)
            if depth == facts.depths.get(two.mention, 0) and _WITH.match(facts.words_before(two)):
                rows.append(Sized(one, two, places.get(name, 0), depth))
    return rows


def _is_like(row: Sized, total: Sized) -> bool:
    return (
        is_alike(row.count, total.count) and is_alike(row.amount, total.amount) and row.depth >= total.depth
    )


def _is_whole(facts: Facts, parts: Sequence[Sized]) -> bool:
    """Return whether no other count like them stands behind parts in their sentence or bracket."""
    last = parts[-1]
    behind = facts.by_sentence.get(facts.mentions[last.count.mention].sentence or "", ())
    return not any(
        f.start > last.amount.start and is_alike(f, last.count)
        and facts.depths.get(f.mention, 0) == last.depth and facts.role_of(f) == "level"
        for f in behind
    )  # fmt: skip


def _are_borne(facts: Facts, total: Sized, parts: Sequence[Sized], sums: Sequence[Equation]) -> bool:
    """Return whether one column adds up, by no chance, and the other does too or is misprinted."""
    words = facts.words_before(parts[0].count)
    listed = parts[0].depth > total.depth or cue_pattern(facts.lexicon, "complete", "partial").search(words)
    for one, other in (sums, sums[::-1]):
        figure = one.one("total")
        large = figure.value >= _LARGE if figure.exact else figure.digits >= _DIGITS
        if holds(one) and (large or listed) and (holds(other) or has_edit(other)):
            return True
    return False
