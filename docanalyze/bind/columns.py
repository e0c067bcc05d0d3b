"""Lists whose items tell several counts each: `387 cuộc, 400 người; A 315 cuộc, 325 người; B 72 cuộc, …`."""

from __future__ import annotations

import re
from itertools import pairwise

from docanalyze.bind.listing import Listing
from docanalyze.bind.names import find_name
from docanalyze.bind.statements import Tie
from docanalyze.core.figure import is_alike
from docanalyze.lexicon import Lexicon
from docanalyze.lexicon.cues import cue_pattern


def find_columns(listing: Listing, ties: list[Tie], lexicon: Lexicon) -> list[Listing]:
    """Return a list, and one more for each other total that its items have a part of.

    Where one of them adds up, nothing is left out of any.
    """
    total, parts = listing.total, listing.parts
    places = {id(tie): at for at, tie in enumerate(ties)}
    if len(parts) < 2 or any(id(tie) not in places for tie in (total, *parts)):
        return [listing]
    starts = [places[id(tie)] for tie in (total, *parts)]
    if starts != sorted(starts):
        return [listing]
    ends = [*starts[1:], len(ties)]
    rows = [_read_row(ties, start, end, lexicon) for start, end in zip(starts, ends, strict=True)]
    found = [listing]
    for whole in rows[0]:
        first, *column = [[t for t in row if _is_kin(t, whole, lexicon)] for row in rows]
        place = next((at for at, tie in enumerate(first) if tie is whole), 0)
        own = [kin[place] for kin in column if len(kin) > place]  # `72 người chết, 56 người bị thương`
        if (fate := _read_fate(whole)) and len({_read_fate(tie) for tie in first}) > 1:
            own = [tie for kin in column for tie in kin if _read_fate(tie) == fate]
        each = Listing(whole, own, listing.completeness)
        if len(own) == len(column) or (len(own) > 1 and _adds_up(each)):
            found.append(each)
    if len(found) > 1 and any(_adds_up(each) for each in found):
        for each in found:
            each.completeness = "complete"
    changes = [_read_change(tie, ties) for tie in (total, *parts)]
    if all(change is not None for change in changes) and _is_whole(listing):
        whole, *own = [change for change in changes if change is not None]
        found.append(Listing(whole, own, "complete"))
    return found


_FATE = re.compile(r"(?<!\w)(?:chết|tử vong|thiệt mạng|bị thương|mất tích)(?!\w)")


def _read_fate(tie: Tie) -> str:
    """Return what befell the persons that a figure counts, named right before or behind them."""
    found = _FATE.search(tie.item.near) or _FATE.match(tie.item.tail.lstrip())
    return found[0] if found is not None else ""


def _read_change(tie: Tie, ties: list[Tie]) -> Tie | None:
    """Return the one change in units that is said of a figure."""
    said = [each for each in ties if each.of is tie and each.role == "change"]
    one = len(said) == 1 and is_alike(said[0].figure, tie.figure) and said[0].against is None
    return said[0] if one else None


def _is_whole(listing: Listing) -> bool:
    """Return whether parts make their total to the last place: then their changes make its change."""
    total, parts = listing.total.figure, [part.figure for part in listing.parts]
    return not total.comparator and total.value == sum(part.value for part in parts)


def _read_row(ties: list[Tie], start: int, end: int, lexicon: Lexicon) -> list[Tie]:
    """Return the levels of other kinds behind the first figure of an item, up to the next item."""
    first = ties[start]
    row: list[Tie] = []
    for last, tie in pairwise(ties[start:end]):
        if row and ";" in tie.item.lead:
            break
        beside = tie.role == "level" and tie.item.depth == first.item.depth and tie.part_of is None
        if beside and (is_second(tie, last, lexicon) or not is_alike(tie.figure, first.figure)):
            row.append(tie)
    return row


_SECOND = re.compile(r"(?:.* )?và(?: luân chuyển)?(?: đạt)?")
_LONGER = re.compile(r"(?<!\w)(?:lũy kế|luỹ kế|cộng dồn|tính chung|[\w/]+ (?:tháng|quý)(?!\w)|cả năm)")


def is_second(tie: Tie, last: Tie, lexicon: Lexicon) -> bool:
    """Return whether a figure is said beside another of one thing: what it comes to by other measures.

    `4,1 triệu lượt, tăng 5% và 102,6 triệu lượt.km`; `tháng 6 đạt 214 tỷ đồng, lũy kế 1.380 tỷ đồng`.
    """
    if tie.role != "level" or last.role not in ("level", "growth", "plan-ratio", "ratio"):
        return False
    if last.role == "growth" and _SECOND.fullmatch(tie.item.lead) is not None:
        return True
    return _LONGER.search(tie.item.lead) is not None and not find_name(tie.item, lexicon, later=True)


def _is_kin(part: Tie, whole: Tie, lexicon: Lexicon) -> bool:
    """Return whether figures count one kind of thing: `325 người` of `400 lượt người`."""
    if is_alike(part.figure, whole.figure):
        return part.figure.dimension != ""
    person = cue_pattern(lexicon, "person")
    both = part.figure.exact and whole.figure.exact
    return both and all(person.search(tie.figure.dimension) for tie in (part, whole))


def _adds_up(listing: Listing) -> bool:
    total, parts = listing.total.figure, [part.figure for part in listing.parts]
    return total.exact and total.value == sum(part.value for part in parts)


def find_slashed(listing: Listing, ties: list[Tie]) -> list[Listing]:
    """Return the list of what stands behind a slash at each part: `17 tổ chức/1.842 triệu đồng, …`."""
    places = [at for at, tie in enumerate(ties) if any(tie is part for part in listing.parts)]
    behind = [ties[at + 1] for at in places if at + 1 < len(ties) and ties[at + 1].item.lead == "/"]
    if len(behind) < 2 or len(behind) != len(places):
        return []
    alike = all(is_alike(tie.figure, behind[0].figure) for tie in behind)
    before = [t for t in ties[: places[0]] if t.role == "level" and is_alike(t.figure, behind[0].figure)]
    return [Listing(before[-1], behind, listing.completeness)] if alike and before else []
