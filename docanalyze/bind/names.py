"""The name of what a figure measures, from the words before it."""

from __future__ import annotations

import re
from functools import lru_cache

from docanalyze.bind.clauses import Item
from docanalyze.lexicon import Lexicon
from docanalyze.lexicon.cues import cue_pattern

_BRACKETS = re.compile(r"\([^()]*\)|^[^()]*\)")
_MARKER = re.compile(r"^\s*(?:[-+*•–]\s+|(?:\d+\.)+\d*\s+|[a-zđ]\)\s+|\(?[ivx\d]+[.)]\s+)", re.IGNORECASE)
_PERIOD = re.compile(
    r"(?:trong |của |đến |tính đến |hết )?(?:ngày |tháng |quý |năm |6 tháng |9 tháng )+"
    r"(?:đầu năm|cuối năm|\d[\d/.\s-]*|[ivx]+\b)?"
)
_MARKS = re.compile(r"[^\w\s/%-]+|\d[\d.,/]*")
_PIECES = re.compile(r"[,;:]\s|\.\s|[;:]$|\(")
_NAMED = r"(?!chỉ (?:số|tiêu)(?!\w))"
"""`chỉ số giá tiêu dùng`: an index, and not `chỉ` (only) and `số`."""
_COMPARED = re.compile(r"\s*so(?: với)? ")
"""`giảm 51 chiếc so với giữa năm 2024, còn 1.096 chiếc`: what is compared with is no name."""
_EDGES = (",", ";", ":", ".", "(", ")")
_WORDS = 14


@lru_cache(maxsize=8)
def _edges(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    cue = cue_pattern(lexicon, "lead", "complete", "partial").pattern
    return re.compile(rf"^\W*(?:{_NAMED}{cue}\W+)+"), re.compile(rf"(?:\W+{cue})+\W*$|^{cue}\W*$")


def find_name(item: Item, lexicon: Lexicon, *, later: bool = False) -> str:
    """Return what a figure measures by the words before it: `giá trị sản xuất`; empty if they say nothing.

    Verbs, hedges, periods and brackets are left out; what ends right behind the figure before, if this
    is a `later` one of its sentence, is said of that one: `15 người chết; lũy kế 2 tháng 62 vụ`.
    """
    marker = _MARKER.match(item.lead)
    lead = item.lead[marker.end() :] if marker is not None else item.lead
    if ")" in lead:
        lead = _BRACKETS.sub(" ", lead)
    pieces = [piece for piece in _PIECES.split(lead) if piece.strip()]
    if later and len(pieces) > 1 and not item.lead.startswith(_EDGES):
        pieces = pieces[1:]
    for piece in reversed(pieces):
        if _COMPARED.match(piece):
            continue
        name = clean_name(piece, lexicon)
        if len(name) > 1:
            return name
    return ""


def clean_name(text: str, lexicon: Lexicon) -> str:
    """Return a name in lower case without periods, figures, marks, and words of the genre at its ends."""
    first, last = _edges(lexicon)
    name = text.lower()
    if any(word in name for word in ("ngày ", "tháng ", "quý ", "năm ")):
        name = _PERIOD.sub(" ", name)
    name = " ".join(_MARKS.sub(" ", name).split()).strip(" -/")
    before = None
    while before != name:
        before = name
        lead = first.match(name)
        name = last.sub("", name[lead.end() :] if lead else name).strip(" -/")
    return " ".join(name.split()[-_WORDS:])
