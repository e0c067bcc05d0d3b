"""Where words run on a page: most of them, and those that run across it or along its side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import atan2, degrees
from typing import TYPE_CHECKING

from docanalyze.read.ends import PieceEnds
from docanalyze.read.placement import PieceBox

if TYPE_CHECKING:
    from docanalyze.read.raw_page import Style

_LEVEL = 15
"""Degrees by which words of a page may differ and still be level: a text layer follows a skewed scan."""


def find_direction(pieces: Sequence[tuple[int, int]], ends: PieceEnds, styles: Sequence[Style] = ()) -> int:
    """Return where most words run in the page's own coordinates: 0 right, 1 down, 2 left, 3 up.

    Where there are no words of three letters, the type says how it is turned.
    """
    votes = [0, 0, 0, 0]
    step = max(1, len(pieces) // 100)
    if not any(end - start > 2 for start, end in pieces[::step]):
        step = 1
    if ends.level and any(end - start > 2 for start, end in pieces[::step]):
        return 0
    corners = [half[i :: 4 * step] for half in (ends.first, ends.last) for i in (0, 3)]
    for (start, end), x0, y0, x1, y1 in zip(pieces[::step], *corners, strict=True):
        if end - start <= 2:
            continue
        dx, dy = x1 - x0, y1 - y0
        if abs(dx) >= abs(dy):
            votes[0 if dx >= 0 else 2] += 1
        else:
            votes[1 if dy < 0 else 3] += 1
    if not any(votes):
        for style in styles:
            votes[round(-style.angle / 90) % 4] += 1
    return votes.index(max(votes))


def find_angle(a: float, b: float) -> int:
    """Return where words run whose text matrix begins with `a` and `b`, in degrees counter-clockwise.

    >>> find_angle(12, 0), find_angle(0, 12), find_angle(-5, -5)
    (0, 90, 225)
    """
    return round(degrees(atan2(b, a))) % 360


def find_turned(
    boxes: Sequence[PieceBox], styles: Sequence[Style], direction: int, rotation: int
) -> dict[int, int]:
    """Return the pieces that run in another direction than most, and by how many degrees.

    `boxes` are those of the page as shown, which is turned by `rotation` quarters; `direction` is that
    of most words in the page's own coordinates. A quarter turn must show in the boxes too: a form
    within the page may have turned it back.
    """
    counts = Counter(style.angle for style in styles)
    usual = min(counts, key=lambda angle: (_apart(angle, -90 * direction), -counts[angle]))
    if _apart(usual, -90 * direction) > _LEVEL:
        usual = counts.most_common(1)[0][0]
    turned: dict[int, int] = {}
    for angle in counts:
        if _apart(angle, usual) <= _LEVEL:
            continue
        members = [i for i, style in enumerate(styles) if style.angle == angle]
        along = [abs(boxes[i][2] - boxes[i][0]) for i in members]
        down = [abs(boxes[i][3] - boxes[i][1]) for i in members]
        if (direction + rotation) % 2:
            along, down = down, along
        longest = max(range(len(members)), key=lambda at: along[at] + down[at])
        if (angle - usual) % 90 or down[longest] > along[longest]:
            turned.update((i, (angle - usual) % 360) for i in members)
    return turned


def _apart(one: int, other: int) -> int:
    return abs((one - other + 180) % 360 - 180)
