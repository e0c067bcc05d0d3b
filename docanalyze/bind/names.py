"""The name of what a figure measures, from the words before it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from docanalyze.bind.clauses import Item
from docanalyze.lexicon import Lexicon
from docanalyze.lexicon.cues import cue_pattern

_BRACKETS = re.compile(r"\([^()]*\)|^[^()]*\)")
_MARKER = re.compile(r"^\s*(?:[-+*•–]\s+|(?:\d+\.)+\d*\s+|[a-zđ]\)\s+|\(?[ivx\d]+[.)]\s+)", re.IGNORECASE)
_PERIOD = re.compile(
    r"(?:trong |của |đến |tính đến |hết |(?<!\w)(?:kể )?từ )?(?:(?<!\w)(?:đầu|giữa|cuối) (?=năm ))?"
    r"(?:ngày |tháng |quý |quí |(?<!hàng )(?<!hằng )(?<!lâu )năm |[69] tháng )+"
    r"(?:đầu năm|cuối năm|\d[\d/.\s-]*|[ivx]+\b|đến nay\b)?"
)
_MARKS = re.compile(r"[^\w\s/%-]+|\d[\d.,/]*|(?<!m)[⁰¹²³⁴-⁹]+")
_PIECES = re.compile(r"[,;:](?:\s|$)|\.\s|\(")
_COMPARED = re.compile(r"\s*so(?: với)? ")
"""`giảm 51 chiếc so với giữa năm 2024, còn 1.096 chiếc`: what is compared with is no name."""
_EDGES = (",", ";", ":", ".", "(", ")")
_WORDS = 14


class _Edges(NamedTuple):
    """What opens a name, one word of what closes it, the terms that end with such a word, and first looks.

    `heads` and `tails` are the words that cues begin and end with.
    """

    first: re.Pattern[str]
    last: re.Pattern[str]
    terms: tuple[str, ...]
    heads: frozenset[str]
    tails: frozenset[str]


@lru_cache(maxsize=8)
def _edges(lexicon: Lexicon) -> _Edges:
    names = ("lead", "complete", "partial")
    cue = cue_pattern(lexicon, *names).pattern
    whole = cue_pattern(lexicon, "whole").pattern
    words = [re.findall(r"\w+", word) for name in names for word in lexicon["cues"][name]["words"]]
    return _Edges(
        re.compile(rf"^\W*(?:(?!{whole}){cue}\W+)+"),
        re.compile(rf"(?:\W+|^){cue}\W*$"),
        tuple(lexicon["cues"]["whole"]["words"]),
        frozenset(each[0] for each in words),
        frozenset(each[-1] for each in words),
    )


def find_name(item: Item, lexicon: Lexicon, *, later: bool = False) -> str:
    """Return what a figure measures by the words before it: `giá trị sản xuất`; empty if they say nothing.

    Verbs, hedges, periods and brackets are left out; what ends right behind the figure before, if this
    is a `later` one of its sentence, is said of that one: `15 người chết; lũy kế 2 tháng 62 vụ`,
    `29.018 thí sinh dự, 21.654 thí sinh đạt`.
    """
    marker = _MARKER.match(item.lead)
    lead = item.lead[marker.end() :] if marker is not None else item.lead
    if ")" in lead:
        lead = _BRACKETS.sub(" ", lead)
    pieces = _PIECES.split(lead.rstrip(" ("))
    if later and len(pieces) > 1 and not item.lead.startswith(_EDGES):
        pieces = pieces[1:]
    if len(pieces) > 1:
        pieces = _join_series(pieces, lexicon)
    for piece in reversed(pieces):
        if not piece.strip() or ("so" in piece and _COMPARED.match(piece)):
            continue
        name = clean_name(piece, lexicon)
        if len(name) > 1:
            return name
    return ""


def _join_series(pieces: list[str], lexicon: Lexicon) -> list[str]:
    """Return the pieces between marks, those in one that tell one thing: `khách sạn`, `nhà hàng`."""
    found: list[str] = []
    (opens, closes), *groups = _series(lexicon)
    for piece in pieces:
        told = found and opens.match(piece) and closes.search(found[-1])
        if told and any(last.search(found[-1]) and first.match(piece) for first, last in groups):
            found[-1] = f"{found[-1]} {piece.lstrip()}"
        else:
            found.append(piece)
    return found


@lru_cache(maxsize=8)
def _series(lexicon: Lexicon) -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    """Return what opens and what ends a piece of a series: that of any group first, then of each."""
    groups = ["|".join(map(re.escape, group)) for group in lexicon["cues"]["series"]["groups"]]
    groups.insert(0, "|".join(groups))
    return [(re.compile(rf"\s*(?:{g})(?!\w)"), re.compile(rf"(?<!\w)(?:{g})\s*$")) for g in groups]


def clean_name(text: str, lexicon: Lexicon) -> str:
    """Return a name in lower case without periods, figures, marks, and words of the genre at its ends."""
    first, last, terms, heads, tails = _edges(lexicon)
    name = text.lower()
    if "ngày " in name or "tháng " in name or "quý " in name or "quí " in name or "năm " in name:
        name = _PERIOD.sub(" ", name)
    if not name.replace(" ", "").isalpha():
        name = _MARKS.sub(" ", name)
    name = " ".join(name.split()).strip(" -/")
    before = None
    while before != name:
        before = name
        head = name.partition(" ")[0]
        lead = None if head.isalnum() and head not in heads else first.match(name)
        name = name if lead is None else name[lead.end() :]
        tail = name.rpartition(" ")[2]
        kept = (tail.isalnum() and tail not in tails) or name.endswith(terms)
        name = (name if kept else last.sub("", name)).strip(" -/")
    return name if name.count(" ") < _WORDS else " ".join(name.split()[-_WORDS:])
