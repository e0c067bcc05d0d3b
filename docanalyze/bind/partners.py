"""What a ratio is measured against: the base, the plan or the whole of its sentence."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from docanalyze.bind.plans import find_inner_plan, find_planned
from docanalyze.bind.roles import Cues, Role, is_bare
from docanalyze.bind.turns import RATIOS, find_bracketed
from docanalyze.core.figure import Figure, is_alike

if TYPE_CHECKING:
    from docanalyze.bind.statements import Tie

_THAN_TIME = re.compile(r"\s*so (?:với )?(?:cùng|năm|tháng|quý|đầu năm|cuối năm)(?!\w)")
_COMPARED = re.compile(r"(?<!\w)so (?:với |cùng |năm |tháng |quý )")
_OTHER_BASE = re.compile(r";[^()]*(?<!\w)(?:thấp|cao|nhiều|ít|lớn|nhỏ) hơn ")
PARTNERS: dict[Role, tuple[Role, ...]] = {
    "growth": ("base",), "ratio": ("base",), "change": ("base", "plan"), "times": ("base",),
    "plan-growth": ("plan",),
    "plan-ratio": ("plan", "total"), "share": ("total", "plan"),
}  # fmt: skip
"""The roles of what a ratio may be measured against, the likelier first."""


def find_partners(ties: list[Tie], cues: Cues) -> None:
    """Write into the ratios of a sentence what each is measured against: behind it, else before it."""
    for at, tie in enumerate(ties):
        if tie.role not in RATIOS or tie.against is not None:
            continue
        said = find_bracketed(at, ties)
        if said is not None and said.against is not None and said.of is tie.of:
            tie.against = said.against
            continue
        wanted = PARTNERS[tie.role]
        if tie.role == "change" and _THAN_TIME.match(_read_tail(at, ties)):
            wanted = ("base",)  # `đạt 84% kế hoạch (2.000 người), tăng 171 người so với năm 2024`
        for other in ties[at + 1 :]:
            if _OTHER_BASE.search(other.item.lead):
                break  # `thấp hơn cùng kỳ 3,46 điểm phần trăm; thấp hơn bình quân cả nước (47,29%)`
            if other.role in wanted and fits(tie, other):
                tie.against = other
                break
            later = other.role in RATIOS or other is not ties[at + 1]
            if later and _COMPARED.search(other.item.lead):
                break  # `tăng 5.222 tỷ đồng so với đầu năm, tăng 9,8% so với cùng kỳ (89.628 tỷ đồng)`
            if tie.role == "share" and other.role in RATIOS:
                # `chiếm 13,0%, hoàn thành 131,6% kế hoạch (90 tỷ đồng)`: no plan of the share
                wanted = ("total",)
            shared = other.role in RATIOS and other.role != tie.role and is_bare(other.item, cues)
            if shared and set(PARTNERS[other.role]) & set(wanted):
                # `tăng 55 ca so với cùng kỳ (41 ca), gấp 2,3 lần`: the next ratio may share the base.
                continue
            if other.role == tie.role == "change" and not is_alike(other.figure, tie.figure):
                continue  # `giảm 146 lượt, 127 người so với cùng kỳ (1.012 lượt, 1.091 người)`
            if other.role == "level" and not other.figure.numeral:
                continue  # `so với tổng số của hai sở trước hợp nhất (1.760 người)`
            if other.role in ("level", *RATIOS) and other.item.depth <= tie.item.depth:
                break
        if tie.against is None:
            depth = tie.item.depth
            earlier = [
                o for o in ties[:at]
                if o.role in wanted and fits(tie, o)
                and (o.item.depth >= depth or (o is ties[at - 1] and o.role == "total"))
                and (o.role != "base" or o.of is tie.of or not _is_past(ties, o, at))
            ]  # fmt: skip
            if tie.role in ("share", "plan-ratio"):
                # `nữ chiếm 58,4% (4.580 người); trình độ đại học 6.921 người (88,3%)`: of the share before it
                earlier = [o for o in earlier if not o.item.group or not _is_past(ties, o, at)]
            if tie.role == "share":  # `bằng 48% dự toán 5.215 tỷ đồng, chiếm 34% tổng chi`: not of its plan
                planned = [t.against for t in ties[:at] if t.role == "plan-ratio" and t.of is tie.of]
                earlier = [o for o in earlier if all(o is not plan for plan in planned)]
            inner = find_inner_plan(at, ties) if tie.role == "plan-ratio" and tie.of is not None else None
            if inner is not None:
                tie.against = inner
            elif earlier:
                own = [o for o in earlier if o.of is tie.of and o.of is not None]
                tie.against = (own or earlier)[-1]
                between = ties[ties.index(tie.against) + 1 : at]
                tie.sure &= all(other.role != "level" or other is tie.of for other in between)
                # `giảm 79.587 so với dự toán (372.900), trong đó 288.110 (giảm 59.790)`
                owner = tie.against.of
                tie.sure &= owner is None or owner is tie.of or not any(o is tie.of for o in between)
            elif tie.role == "growth" and at and ties[at - 1].role == "plan" and fits(tie, ties[at - 1]):
                if tie.item.group and ties[at - 1].item.group == tie.item.group:
                    tie.against = ties[at - 1]  # `cao hơn kế hoạch (9.020 tỷ đồng, tức vượt 0,18%)`
            elif tie.role == "plan-ratio" and tie.of is not None:
                find_planned(at, ties)
    for one, two in pairwise(ties):
        # The base may come first: `so với cùng kỳ (11 vụ) giảm 02 vụ`.
        if one.role == "base" and two.role in ("growth", "change", "ratio", "times") and two.against is None:
            two.against = one
        if one.role == "base" and two.against is one and two.of is not None:
            one.of = (
                two.of
            )  # `đàn gà 12,7 triệu con; so với đầu kỳ (462,8 nghìn con), đàn lợn tăng 5,5 nghìn con`
    for at in range(1, len(ties) - 1):
        _tie_rate(at, ties)


_HIGHER = re.compile(r"(?<!\w)(?:vượt|(?:cao|thấp) hơn)(?: (?:hơn|gần|trên|khoảng))?\s*$")
_COMPARISONS = ("growth", "plan-growth", "plan", "base", "change")


def _tie_rate(at: int, ties: list[Tie]) -> None:
    """Tie points that are called percent to a rate and the other one in the bracket behind them.

    `4.812 người, chiếm 35,1% lao động, thấp hơn 0,4% so với chỉ tiêu giao (35,5%)`; a bracket with a rate and
    a growth says both again: `bằng 28,7% kế hoạch và tăng 14,2% (năm trước bằng 22,8% và tăng 16,2%)`.
    """
    tie, behind = ties[at], ties[at + 1]
    if tie.role not in ("growth", "plan-growth") or tie.figure.dimension != "%":
        return
    group = behind.item.group
    if behind.role not in ("plan", "base") or behind.figure.dimension != "%" or group in (0, tie.item.group):
        return
    rate = next((o for o in reversed(ties[:at]) if not o.item.group and o.role not in _COMPARISONS), None)
    if rate is None or rate.figure.dimension != "%":
        return
    alone = sum(other.item.group == group for other in ties) == 1
    own = alone and rate.of is tie.of and tie.figure.value < rate.figure.value
    if own or _HIGHER.search(tie.item.near):
        tie.of, tie.against, tie.sure = rate, behind, True
        behind.of = rate


def _read_tail(at: int, ties: list[Tie]) -> str:
    """Return the words behind a change, past the bracket that says it in percent."""
    behind = ties[at + 1] if at + 1 < len(ties) else None
    if behind is not None and find_bracketed(at + 1, ties) is ties[at]:
        return behind.item.tail.lstrip(" )")
    return ties[at].item.tail


def _is_past(ties: list[Tie], other: Tie, at: int) -> bool:
    """Return whether a semicolon stands between a figure and a later one."""
    return any(";" in tie.item.lead for tie in ties[ties.index(other) + 1 : at + 1])


def fits(ratio: Tie, other: Tie, subject: Tie | None = None) -> bool:
    """Return whether a ratio can be measured against a figure; `subject` stands for what it is of."""
    if ratio.figure.dimension == "point":
        return other.figure.dimension == "%"
    if ratio.role == "change":
        return is_alike(ratio.figure, other.figure) or _in_its_bracket(ratio, other)
    if ratio.role == "share" and other.figure.dimension == "%":
        return False  # `24,6% (KH 25%)`: a plan of the share, not its whole
    subject = subject or ratio.of
    if subject is None or is_kin(subject.figure, other.figure):
        return True
    return _in_its_bracket(ratio, other) and subject.figure.exact


def is_kin(one: Figure, two: Figure) -> bool:
    """Return whether figures are alike, or one leaves out what it is per (`triệu đồng` of `đồng/người`)."""
    rate, plain = one.dimension, two.dimension
    return is_alike(one, two) or (plain.isupper() and rate.startswith(f"{plain}/"))


def _in_its_bracket(ratio: Tie, other: Tie) -> bool:
    """Return whether a count stands in the bracket after a ratio: persons may be counted by other words."""
    strange = other.of is not None and other.of is not ratio.of
    first = "(" in other.item.lead and other.role == "base" and not strange
    return bool(other.item.group) and other.figure.exact and first
