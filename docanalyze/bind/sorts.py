"""Counts of one unit that the words about them tell apart: `53 người chết, 22 người bị thương`."""

from __future__ import annotations

import re

from docanalyze.bind.listing import Listing
from docanalyze.bind.statements import Tie

_WORDS_BEHIND = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?")
_FILLERS = frozenset(
    {"bị", "làm", "và", "có", "do", "là", "được", "các", "số", "khiến", "còn", "trong", "với"}
)


def find_sorts(total: Tie, ties: list[Tie]) -> list[Tie]:
    """Return the counts of a total's unit in its sentence, itself among them, if their words differ."""
    if not total.figure.exact or not total.figure.dimension:
        return []
    alike = [tie for tie in ties if tie.role == "level" and _is_beside(tie, total)]
    sorts = [_read_sort(tie) for tie in alike]
    apart = all(one.isdisjoint(two) for at, one in enumerate(sorts) for two in sorts[:at])
    return alike if len(alike) > 1 and apart and all(sorts) else []


def split_sorts(listing: Listing, sorts: list[Tie]) -> list[Listing]:
    """Return a list as one list for each count that its parts are of, by their words.

    `làm 53 người chết, 22 người bị thương; trong đó đường bộ 29 người chết, 14 người bị thương`.
    """
    owners = [_find_owner(part, sorts) for part in listing.parts]
    named = {id(owner) for owner in owners if owner is not None}
    if not named or (None in owners and named == {id(listing.total)}):
        return [listing]  # `bắt 378 vụ liên quan …; xử lý 257 vụ, gồm 248 vụ xử lý hành chính, 9 vụ khởi tố`
    found = []
    for whole in sorts:
        parts = [part for part, owner in zip(listing.parts, owners, strict=True) if owner is whole]
        if parts and (len(parts) > 1 or listing.completeness == "partial"):
            found.append(Listing(whole, parts, listing.completeness))
    return found


def _is_beside(tie: Tie, total: Tie) -> bool:
    place = (tie.item.sentence, tie.item.depth) == (total.item.sentence, total.item.depth)
    return place and tie.figure.exact and tie.figure.dimension == total.figure.dimension


def _find_owner(part: Tie, sorts: list[Tie]) -> Tie | None:
    own = _read_sort(part)
    return next((whole for whole in sorts if not own.isdisjoint(_read_sort(whole))), None)


def _read_sort(tie: Tie) -> frozenset[str]:
    """Return the words that say what is counted: right behind the count, else right before it."""
    behind = _WORDS_BEHIND.match(tie.item.tail)
    words = behind[0].split() if behind is not None else tie.item.near.split()[-2:]
    return frozenset(words) - _FILLERS
