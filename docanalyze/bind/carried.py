"""Changes whose verb is left out: `giảm 5 vụ (13,9%), 6 người chết (19,4%)`, `giảm 14 lượt, 12 người`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docanalyze.bind.statements import Tie

_CLOSED = re.compile(r"\)\s*(?:,|;|và|, và)")
"""What may stand between the bracket of a change and the next one."""
_OPENED = re.compile(r"(?:[^\W\d]+ ){0,3}\(\s*[-+\u2013]?\s*")
"""What may stand between a change and its percentage: `6 người chết (`."""
_JOINED = re.compile(r"(?:[^\W\d]++ ?){0,2}(?:,|;|/|và|, và|với)")
"""What may stand between two changes without a bracket: `146 lượt tiếp, 127 lượt người`."""
_COMPARED = re.compile(r"(?<!\w)so (?:sánh )?với [^,;()]+,?\s*(?:đã |có )?(?:tăng|giảm)(?: thêm)?$")
_ENDED = re.compile(r"(?:[^\W\d]++ ?){0,2}(?:[,;.()]|$)")


def carry_changes(ties: list[Tie], before: list[Tie]) -> None:
    """Make the counts right behind a change changes of its direction, where a new verb is missing.

    With a bracket each the two are surely alike; without, only where the first is compared with a time.
    `before` are the ties of the sentence before.
    """
    for at, tie in enumerate(ties):
        if tie.role != "change" or tie.figure.dimension in ("%", "point", "") or tie.item.direction is None:
            continue
        bracketed = at + 1 < len(ties) and _is_its_percent(tie, at + 1, ties)
        place = at + 1 + bracketed
        if place >= len(ties):
            continue
        other = ties[place]
        depth = tie.item.depth
        if other.role != "level" or other.item.depth != depth or other.figure.dimension in ("%", "point", ""):
            continue
        if bracketed:
            carried = _CLOSED.fullmatch(other.item.lead) is not None
            carried = carried and place + 1 < len(ties) and _is_its_percent(other, place + 1, ties)
        else:
            carried = _JOINED.fullmatch(other.item.lead) is not None
            carried = carried and other.figure.dimension != tie.figure.dimension and other.figure.exact
            carried = carried and _ENDED.match(other.item.tail) is not None
            carried = carried and _is_compared(at, ties)
        if carried:
            other.role, other.item.direction = "change", tie.item.direction
            if bracketed:
                ties[place + 1].role, ties[place + 1].item.direction = "growth", tie.item.direction
    for at in range(len(ties)):
        _take_bases(at, ties, before)


def _take_bases(at: int, ties: list[Tie], before: list[Tie]) -> None:
    """Tie changes of several kinds to their bases, all in the bracket behind them and in the same order.

    `đã tiếp 86 lượt/124 người. So với cùng kỳ giảm 14 lượt, 12 người (năm 2023 tiếp 100 lượt/136 người)`.
    """
    group = ties[at].item.group
    bases = [tie for tie in ties[at:] if tie.item.group == group]
    changes = ties[max(0, at - len(bases)) : at]
    kinds = [tie.figure.dimension for tie in changes]
    if not group or len(set(kinds)) < _FEWEST or kinds != [tie.figure.dimension for tie in bases]:
        return
    if any(tie.role != "change" or tie.item.group == group for tie in changes):
        return
    if any(tie.role not in _LEVELS for tie in bases) or not _EARLIER.search(bases[0].item.lead):
        return
    own = ties[: at - len(changes)]
    for change, base in zip(changes, bases, strict=True):
        levels = [
            tie for tie in own or before
            if tie.role in _LEVELS and tie.figure.dimension == change.figure.dimension
        ]  # fmt: skip
        if not levels or change.of is not None:
            continue
        change.of, change.against = levels[-1], base
        base.role, base.of = "base", levels[-1]


_FEWEST = 2
_LEVELS = ("level", "total", "base")
_EARLIER = re.compile(r"\([^()]*?(?<!\w)(?:cùng kỳ|năm (?:trước|ngoái|(?:19|20)\d\d))(?!\w)")


def _is_its_percent(tie: Tie, at: int, ties: list[Tie]) -> bool:
    """Return whether a figure is the percentage alone in the bracket behind a change: `5 vụ (13,9%)`."""
    ratio = ties[at]
    alone = at + 1 == len(ties) or ties[at + 1].item.group != ratio.item.group
    inner = ratio.item.depth == tie.item.depth + 1
    return (
        ratio.figure.dimension == "%"
        and ratio.role in ("growth", "share", "level")
        and alone
        and inner
        and _OPENED.fullmatch(ratio.item.lead) is not None
    )


def _is_compared(at: int, ties: list[Tie]) -> bool:
    """Return whether a run of changes begins with what it is compared with: `so với cùng kỳ giảm 3 vụ`."""
    for tie in reversed(ties[: at + 1]):
        if tie.role != "change":
            return False
        if _COMPARED.search(tie.item.lead):
            return True
        if _JOINED.fullmatch(tie.item.lead) is None:
            return False
    return False
