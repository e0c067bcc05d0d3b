"""The plan that a sentence names before what is done of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docanalyze.core.figure import is_alike

if TYPE_CHECKING:
    from docanalyze.bind.statements import Tie

PLANNED = re.compile(r"kế hoạch|dự toán|chỉ tiêu|giao(?! thông| dịch| lưu| ban)|phân bổ|bố trí|phân khai")
_PART_OPENS = re.compile(r";|(?<!\w)(?:trong đó|riêng|gồm)(?!\w)")


def find_planned(at: int, ties: list[Tie]) -> None:
    """Write down the plan named first: `kế hoạch 312,5 tỷ đồng, giải ngân 121,7 tỷ đồng, đạt 38,9%`."""
    tie, subject = ties[at], ties[at].of
    assert subject is not None
    for other in ties[: ties.index(subject)]:
        alike = other.role == "level" and is_alike(other.figure, subject.figure)
        if alike and other.item.depth == subject.item.depth and PLANNED.search(other.item.near):
            tie.against = other
            return


def find_inner_plan(at: int, ties: list[Tie]) -> Tie | None:
    """Return a part's own plan, right before it: `trong đó vốn vay giao 418 tỷ đồng, giải ngân 236`."""
    subject = ties[at].of
    place = next((n for n, tie in enumerate(ties[:at]) if tie is subject), 0)
    inner = ties[place - 1] if place else None
    if subject is None or inner is None or _PART_OPENS.search(inner.item.lead) is None:
        return None
    alike = inner.role in ("level", "plan") and is_alike(inner.figure, subject.figure)
    planned = PLANNED.search(inner.item.near) is not None and PLANNED.search(subject.item.near) is None
    return inner if alike and planned and inner.item.depth == subject.item.depth else None
