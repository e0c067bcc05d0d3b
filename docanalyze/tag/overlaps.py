"""Which of the mentions that taggers propose for the same characters stay."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from operator import attrgetter

from docanalyze.core.mention import Mention, mention_kind

_START = attrgetter("start")
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
    kept: list[Mention] = []
    cluster: list[Mention] = []
    reach = -1
    for mention in sorted((m for m in mentions if m.end > m.start), key=_START):
        if mention.start >= reach and cluster:
            kept.extend(cluster if len(cluster) == 1 else _settle(cluster))
            cluster = []
        cluster.append(mention)
        reach = max(reach, mention.end)
    kept.extend(_settle(cluster))
    return kept


def _settle(cluster: list[Mention]) -> list[Mention]:
    """Return those of some mentions that overlap in a chain which stay, in text order."""
    ranked = sorted(cluster, key=lambda m: (-STRENGTH[mention_kind(m)], m.start - m.end, m.start))
    kept: list[Mention] = []
    starts: list[int] = []
    for mention in ranked:
        at = bisect_left(starts, mention.start)
        if at < len(kept) and kept[at].start < mention.end:
            continue
        if at and kept[at - 1].end > mention.start:
            continue
        starts.insert(at, mention.start)
        kept.insert(at, mention)
    return kept
