"""Ratios that say of which of several levels they are: in turn, or by the noun counted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docanalyze.core.figure import is_alike
from docanalyze.core.names import starts_with

if TYPE_CHECKING:
    from docanalyze.bind.statements import Tie

RATIOS = ("growth", "ratio", "plan-ratio", "plan-growth", "share", "change", "times")
_IN_TURN = re.compile(r"(?<!\w)(?:lần lượt|theo thứ tự|tương ứng)(?!\w)")
_SHORT = re.compile(r"[\s,;-]*(?:và|;|là)?[\s-]*(?:tăng|giảm|đạt|chiếm|bằng)?\s*")
_AS_TO = re.compile(r"về (?:mặt )?(?:tổng )?số (?:lượng )?(?P<noun>\w.*)")
"""`đạt 99,0% về số vụ và 98,5% về số bị cáo`: each ratio says of which count it is."""


def pair_in_turn(ties: list[Tie]) -> set[int]:
    """Return the places of the ratios of `lần lượt tăng 5% và 6%`, now tied to the levels before in order."""
    places: set[int] = set()
    for at, tie in enumerate(ties):
        if at in places or tie.role not in RATIOS or not _IN_TURN.search(tie.item.lead):
            continue
        run = [at]
        for place in range(at + 1, len(ties)):
            other = ties[place]
            if other.figure.dimension != tie.figure.dimension or not _SHORT.fullmatch(other.item.lead):
                break
            other.role = tie.role
            run.append(place)
        if len(run) < 2:
            continue
        places.update(run)
        levels = [
            o for o in ties[:at] if o.role == "level" and o.item.depth == tie.item.depth and is_of(tie, o)
        ]
        levels = [o for o in levels if is_alike(o.figure, levels[-1].figure)]
        paired = len(levels) >= len(run)
        for place, level in zip(run, levels[-len(run) :] if paired else [None] * len(run), strict=True):
            ties[place].of, ties[place].sure = level, paired and len(levels) == len(run)
        behind = ties[run[-1] + 1 :][: len(run)]
        if paired and _are_bases(behind, levels[-len(run) :]):
            # `lần lượt tăng 36,5% và 16,3% (năm 2023 đón 228,9 nghìn lượt quốc tế và 3.357,3 nghìn lượt …)`
            for place, base in zip(run, behind, strict=True):
                base.role, base.of, ties[place].against = "base", ties[place].of, base
                ties[place].sure = True
    return places


_EARLIER = re.compile(r"\((?:cùng kỳ|năm (?:19|20)\d\d|năm trước)(?!\w)")


def _are_bases(behind: list[Tie], levels: list[Tie]) -> bool:
    """Return whether figures are all of a bracket of an earlier time, in the order of levels."""
    group = {tie.item.group for tie in behind}
    if len(behind) < len(levels) or len(group) != 1 or not behind[0].item.group:
        return False
    alike = all(is_alike(one.figure, two.figure) for one, two in zip(behind, levels, strict=True))
    return alike and _EARLIER.search(behind[0].item.lead) is not None


def pair_bases(ties: list[Tie]) -> None:
    """Make the levels of a bracket behind several levels the bases of these, in order.

    `146 vụ, 91 người chết, 102 người bị thương; so với cùng kỳ (158 vụ, 97 người chết, 96 người bị thương)`.
    """
    for at, tie in enumerate(ties):
        if tie.role != "base" or not tie.item.group or tie.of is not None:
            continue
        group = [other for other in ties if other.item.group == tie.item.group]
        outside = [o for o in ties[:at] if o.role == "level" and o.item.depth < tie.item.depth]
        levels = [o for o in outside if any(_is_again(o, base) for base in group)]
        alike = len(levels) == len(group) > 1 and all(map(_is_again, levels, group))
        if alike and group[0] is tie and all(other.role == "level" for other in group[1:]):
            for base, level in zip(group, levels, strict=True):
                base.role, base.of = "base", level


def _is_again(level: Tie, base: Tie) -> bool:
    """Return whether figures count the same, the later one perhaps in fewer words: `vụ cháy`, `vụ`."""
    return starts_with(level.figure.dimension, base.figure.dimension)


def find_bracketed(at: int, ties: list[Tie]) -> Tie | None:
    """Return the change that a growth alone in a bracket says again: `giảm 12 vụ (7,6%)`."""
    tie, before = ties[at], ties[at - 1] if at else None
    if (
        before is None
        or before.role != "change"
        or tie.role != "growth"
        or before.figure.dimension == "point"
    ):
        return None
    opens = tie.item.lead.rpartition("(")
    behind = ties[at + 1] if at + 1 < len(ties) else None
    alone = behind is None or behind.item.group != tie.item.group
    return before if opens[1] and opens[2].strip(" +-") in ("", "tăng", "giảm") and alone else None


def pair_by_noun(ties: list[Tie]) -> None:
    """Give a ratio that says of which count it is the last level of that noun."""
    for at, tie in enumerate(ties):
        if tie.figure.dimension != "%" or tie.role not in (*RATIOS, "level") or tie.of is not None:
            continue
        found = _AS_TO.match(tie.item.tail.strip())
        if found is None:
            continue
        for other in reversed(ties[:at]):
            noun = other.figure.dimension
            if other.role == "level" and noun and starts_with(found["noun"], noun):
                tie.of, tie.role = other, "share" if tie.role == "level" else tie.role
                break


def is_of(ratio: Tie, level: Tie) -> bool:
    """Return whether a ratio may be said of a level: points of rates, changes of their own kind."""
    if ratio.figure.dimension == "point":
        return level.figure.dimension == "%"
    return ratio.role != "change" or is_alike(ratio.figure, level.figure)
