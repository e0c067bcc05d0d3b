"""Which of the mentions that taggers propose for the same characters stay."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from docanalyze.core.mention import Mention, mention_kind

STRENGTH = {
    "legal_ref": 5, "date": 5, "period": 4, "money": 3, "percent": 3, "quantity": 3,
    "ordinal": 2, "number": 1,
}  # fmt: skip
"""How strong each kind is: a document number is no date, and the `6 tháng` of a period no quantity."""


def settle_overlaps(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions in text order without overlaps.

    Of two that share a character the stronger kind stays (see `STRENGTH`), then the longer, then
    the one that begins first, then the one proposed first. So `19/10/2022` inside a reference is
    part of it, and `16 tháng 6 năm 2023` no quantity. Empty mentions are left out.
    """
    ranked = sorted(
        (mention for mention in mentions if mention.end > mention.start),
        key=lambda m: (-STRENGTH[mention_kind(m)], m.start - m.end, m.start),
    )
    starts: list[int] = []
    kept: list[Mention] = []
    for mention in ranked:
        at = bisect_left(starts, mention.start)
        if at < len(kept) and kept[at].start < mention.end:
            continue
        if at and kept[at - 1].end > mention.start:
            continue
        starts.insert(at, mention.start)
        kept.insert(at, mention)
    return kept
