"""What figures are by what stands around them: parts, brackets and neighbours turn one role into another."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from docanalyze.bind.carried import carry_changes
from docanalyze.bind.partners import PARTNERS, is_kin
from docanalyze.bind.plans import PLANNED
from docanalyze.bind.roles import Cues, find_side
from docanalyze.bind.turns import RATIOS
from docanalyze.core.figure import is_alike

if TYPE_CHECKING:
    from docanalyze.bind.statements import Tie

_WHEN = re.compile(r"năm|tháng|quý|vụ|kỳ|đầu|trước")
_EARLIER = re.compile(r"(?<!\w)(?:cùng kỳ|năm (?:19|20)\d\d|năm trước)(?!\w)")
"""`tăng 7,6% (doanh thu 6 tháng năm 2024 sau kiểm toán là 249,3 tỷ đồng)`."""
_DAY = re.compile(r"(?<!\w)(?:đến|hết|năm|tháng|quý|ngày|đầu|cuối)(?!\w)")
_AS_PERCENT = re.compile(r"(?:tức|tương đương|tương ứng|bằng|hay)(?: (?:là|với))?(?: tăng| giảm)?\s*")
_LISTED = re.compile(r"\W*(?:trong (?:số )?đó|(?:bao )?gồm)(?!\w)")
_FILLER = re.compile(r"\s*(?:tức|đạt|tương ứng|gồm|với|có|là|được)?(?: (?:được|là))?\s*")
_OWN_SPAN = re.compile(r"\s*(?:riêng )?((?:quý|tháng) [ivx\d]+)(?: (?:là|đạt|có|ước|ước đạt|ước tính))*\s*$")
_PART = re.compile(r"(?<!\w)(?:trong đó|gồm|riêng|chủ yếu|nhất là)(?!\w)")
_MOVED = re.compile(r"(?<!\w)(?:tăng|giảm)(?: (?:thêm|hơn|gần|trên|khoảng))?\s*$")
"""`đạt 100% so với kế hoạch (tăng 0,49% so với năm 2022)`: what it has grown by is no plan."""
_BESIDE = 3
"""More words between a growth and a bracket name something new."""
_OVERTAKES = re.compile(r"(?<!\w)(?:vượt (?:qua|mặt)|(?:chỉ|đứng|xếp) sau|vượt lên)(?!\w)")
_FRACTION = re.compile(r"[\d.]+\s?/\s?\d")
REACHED = re.compile(r"(?:còn|lên|xuống|thành|đến|tới)(?:\s+\S+)?\s*$")
_OUT_OF = re.compile(r"trên|/|so với|trong")
_LAST_PIECE = re.compile(r"[,;.]\s")
_BEHIND_BASE = re.compile(r"\)\s*(?:là|tới|đến|gần|hơn|khoảng)?\s*")
_EQUALS = re.compile(r"\)\s*(?:,|;|và|và chỉ)?\s*(?:chỉ )?bằng\s*")
_ENDED = re.compile(r"\s*(?:[.,;)]|$)")
"""`tăng 4.486 tỷ đồng so với năm 2024 (82.614 tỷ đồng), bằng 105,4%`: of the base before it."""
_SURPASSES = re.compile(r"\)\s*(?:đã )?(?:vượt|tăng|giảm|hụt|thấp hơn|cao hơn)\s*")
"""`so với kế hoạch (66,5 triệu lượt khách) vượt 2,9%`."""
_OF_WHOLE = re.compile(
    r"(?:(?:so với|của|trong|trên)\s+)?(?:(?!(?:và|với|tăng|giảm|đạt|còn|là|trong|thì|nhưng|gồm|do|để|riêng|"
    r"tương|bằng|hơn|vượt|từ)(?!\w))[^\W\d_]+\s*){1,5}"
)
"""What may stand between a share and its whole."""
_FIGURE_OF = re.compile(r"\s*(?:so với|của)?\s*(?:con số|mức|số)?\s*")


def settle_roles(ties: list[Tie], before: list[Tie], cues: Cues) -> None:
    """Give the figures of a sentence the roles that its parts, brackets and neighbours say.

    `before` are the ties of the sentence before it.
    """
    carry_changes(ties, before)
    _settle_series(ties, before)
    _settle_brackets(ties, cues)
    _settle_neighbours(ties, cues)


def _settle_series(ties: list[Tie], before: list[Tie]) -> None:
    """Read what parts have reached as the total's is read, where their growth stands right behind it.

    `Tổng chi đạt 38,4% dự toán. Trong đó chi đầu tư 82,6 tỷ đồng, đạt 46,1% và tăng 12,7%`. So is a bare
    `bằng`: `158 ha, bằng 96,5% cùng kỳ năm trước, trong đó vùng cao 109 ha, bằng 97,4%`.
    """
    for at, (tie, behind) in enumerate(pairwise(ties)):
        said = tie.role == "share" and _ATTAINED.search(tie.item.near) and behind.role == "growth"
        if said and _THEN.fullmatch(behind.item.lead):
            last = next((t for t in reversed([*before, *ties[:at]]) if t.role in _OF_FIGURES), None)
            if last is not None and last.role == "plan-ratio":
                tie.role = "plan-ratio"
    for at, tie in enumerate(ties):
        bare = (
            tie.role == "share"
            and _EQUAL_TO.fullmatch(tie.item.near)
            and not _NAMES_WHOLE.match(tie.item.tail)
        )
        last = next((t for t in reversed(ties[:at]) if t.role in _OF_FIGURES), None) if bare else None
        if last is not None and last.role == "ratio" and ties[at - 1].role == "level":
            tie.role = "ratio"


_EQUAL_TO = re.compile(r"\s*bằng(?: (?:hơn|gần|trên|khoảng))?\s*")
_NAMES_WHOLE = re.compile(r"\s*(?:so với |của |trong |trên )?[^\W\d]")
_OF_FIGURES = ("share", "plan-ratio", "ratio")
_ATTAINED = re.compile(r"(?:^|\s)(?:đạt|bằng)(?: (?:hơn|gần|trên|khoảng))?\s*$")
_THEN = re.compile(r"(?:,|và|, và) (?:tăng|giảm)(?: (?:hơn|gần|trên|khoảng))?")


_SAME = re.compile(r"(?<!\w)(?:không (?:thay đổi|đổi|tăng|giảm|biến động)|giữ nguyên|ổn định)(?!\w)")
_NO_NAME = re.compile(
    r"(?<!\w)(?:năm|tháng|quý|kỳ|vụ|ngày|kế hoạch|kh|dự toán|chỉ tiêu|mục tiêu|thực hiện|trước|sau|từ|còn|nay"
    r"|tăng|giảm|mức|tương ứng|tương đương|tức|bằng|đạt|là|có|cả nước|bình quân|chung)(?!\w)"
)
"""What stands before a figure of another time or of a plan, and before what names nothing."""


def _lists_parts(at: int, ties: list[Tie], inside: str, outside: str) -> bool:
    """Return whether a bracket lists several parts, each by its name: of what stands before, not of a base.

    `126 vụ, giảm 8,4% so với cùng kỳ (đường bộ 114 vụ, đường sắt 12 vụ)`.
    """
    group = [tie for tie in ties[at:] if tie.item.group == ties[at].item.group]
    if not at or len(group) < 2 or not all(is_alike(tie.figure, ties[at].figure) for tie in group):
        return False
    if _SAME.search(outside):
        return True
    if _make_base(ties[:at], sum(tie.figure.rough for tie in group)):
        return False
    names = [inside, *(tie.item.lead for tie in group[1:])]
    return all(re.search(r"[^\W\d]", name) and not _NO_NAME.search(name) for name in names)


def _make_base(before: list[Tie], made: float) -> bool:
    """Return whether figures make what stood there before a change, not what it came to."""
    change = before[-1]
    level = next((t for t in reversed(before) if t.role == "level" and t.figure.dimension != "%"), None)
    if level is None or change.role not in ("growth", "change"):
        return False
    now = level.figure.rough
    turn = -1 if change.item.direction == "decrease" else 1
    rise = turn * change.figure.rough
    base = now - rise if change.role == "change" else now / (1 + rise / 100) if rise > _LEAST else 0.0
    return abs(made - base) <= base * _NEARLY < abs(made - now)


_NEARLY, _LEAST = 0.005, -100


def _settle_brackets(ties: list[Tie], cues: Cues) -> None:
    """Give the lone figure in a bracket the role that the figure before the bracket calls for."""
    for at, tie in enumerate(ties):
        if not tie.item.group or (tie.role == "base" and tie.of is not None):
            continue
        outside, bracket, inside = tie.item.lead.rpartition("(")
        if _LISTED.match(inside):
            continue  # `giảm 214 vụ (3,2%) so với năm 2021 (trong đó chuyển đi 58 vụ, …)`: no base
        own = _OWN_SPAN.match(inside)
        if own and own[1] not in outside and at + 1 < len(ties) and ties[at + 1].role in ("change", "growth"):
            tie.role = "level"  # `tăng 58,2 nghìn người so với năm trước (quý II là 5,5 triệu người, tăng …)`
            continue
        opened = bool(bracket) and inside.count(" ") < 5
        alone = tie.role in ("level", "plan") or (tie.figure.dimension == "%" and tie.role in RATIOS)
        counted = at and tie.figure.dimension == "%" and _FRACTION.match(ties[at - 1].figure.text)
        if counted and opened and not inside:
            tie.role = "level"  # `14/17 chỉ tiêu đạt và vượt kế hoạch (82,35%)`
        elif at and ties[at - 1].role == "change" and _AS_PERCENT.fullmatch(inside):
            if tie.figure.dimension == "%":  # `giảm 723 lượt so với cùng kỳ (tương đương 35%)`
                tie.role, tie.item.direction = "growth", ties[at - 1].item.direction
                continue
        elif (
            opened
            and alone
            and not _PART.search(inside)
            and not _MOVED.search(inside)
            and not lists_movements(at, ties, inside)
            and not _lists_parts(at, ties, inside, outside)
            and _open_with_base(tie, _words_outside(at, ties, outside), cues)
        ):
            continue
        if not at:
            continue
        if opened and tie.figure.dimension == "%" and ties[at - 1].figure.dimension == "point":
            tie.role = "base"  # `tăng 6,8 điểm % so với cuối tháng 5 (18,7%)`
        if opened and tie.role in RATIOS and _DAY.search(inside) and ties[at - 1].role == tie.role:
            tie.role = "base"  # `đạt 85,3% (đến 31/12/2024 mới đạt 71,6%)`: of another day
        if tie.role not in ("level", "plan", "base"):
            continue
        group = [other for other in ties if other.item.group == tie.item.group]
        before = ties[at - 1]
        if group[0] is not tie or before.item.group == tie.item.group:
            continue
        if (
            tie.role == "plan"
            and len(group) > 1
            and all(is_alike(other.figure, tie.figure) and other.role in ("level", "plan") for other in group)
        ):
            tie.role = "level"  # `326 văn bản (kế hoạch 112 văn bản, công văn 158 văn bản)`
        named = len(inside.split()) > 4
        named = named and not (before.role in ("growth", "change") and _EARLIER.search(inside))
        if len(group) == 1 and before.role == "level" and tie.role == "level":
            if tie.figure.dimension == "%" and before.figure.dimension != "%":
                tie.role, tie.of = "share", before  # `1.118 trường đạt chuẩn (75%)`
            elif is_alike(before.figure, tie.figure) and at > 1 and _reaches(ties[at - 2], before):
                tie.role = "base"  # `bia giảm gần 6%, còn 12.128 nghìn lít (12.884 nghìn lít)`
            elif is_alike(before.figure, tie.figure) and (
                _WHEN.search(inside) or cues.base_before.search(outside)
            ):
                tie.role = "base"  # `còn 721 hộ (năm 2022: 968 hộ)`, `so với cùng kỳ (11 vụ)`
            continue
        if before.role == "growth" and tie.role == "level" and _OVERTAKES.search(outside):
            continue  # `tăng 18,4%, vượt qua cao su (2,1 tỷ USD)`: what something else came to
        told = cues.bare.sub(" ", re.sub(r"\W*\(?\W*$", "", outside)).split()
        if before.role == "growth" and tie.role == "level" and (_PART.search(inside) or len(told) > _BESIDE):
            continue  # `gia cầm tăng 2% (trong đó 4,42 triệu con gà)`, `tăng 13%, nhập từ Hàn Quốc (15,9)`
        plain = len(group) == 1 and _FILLER.fullmatch(inside) is not None
        if plain and before.role in ("share", "plan-ratio") and _FRACTION.match(tie.figure.text):
            tie.role, before.of = "level", tie  # `đạt 68,9% (15.212/22.080 trẻ)`
            continue
        rate = (
            before.role == "level" and before.figure.dimension == "%" and before.item.near.startswith("tỷ lệ")
        )
        if rate and len(group) == 1 and not inside and tie.role == "level" and tie.figure.exact:
            before.role, before.of = "share", tie  # `tỷ lệ giáo viên đạt chuẩn là 93,4% (17.206 người)`
            continue
        with_growth = len(group) == 2 and before.role == "change" and group[1].role == "growth"
        if with_growth and tie.role == "level" and _EARLIER.search(inside):
            tie.role = "base"  # `giảm 1.186 người (năm 2023: 52.426 người, giảm 2,3%)`
            continue
        if before.role == "share" and inside.startswith("tổng"):
            named = False  # `tỷ lệ 7,35% (tổng số hộ dân toàn tỉnh 164.820 hộ)`
        if len(group) == 1 and before.role in PARTNERS and not named:
            fits = tie.figure.dimension != "%" or before.figure.dimension in ("%", "point")
            if tie.role == "level" and fits:
                tie.role = PARTNERS[before.role][0]
                rates = before.role == "share" and tie.figure.dimension == "%"
                if rates and (_WHEN.search(inside) or _EARLIER.search(inside)):
                    tie.role = "base"  # `tỷ lệ đỗ đạt 98,4% (năm 2023: 97,1%)`
                elif before.role == "growth" and not inside and _is_difference(tie, at - 1, ties):
                    tie.item.direction = before.item.direction
                    tie.role = "change"  # `đạt 62.415 ha, tăng 0,6% (374 ha) so với vụ trước`
            continue
        pair = len(group) == 2 and is_alike(group[0].figure, group[1].figure)
        listed = pair and ";" in group[1].item.lead  # `(khách quốc tế …; khách trong nước …)`
        if pair and not listed and before.role in RATIOS and _OUT_OF.search(group[1].item.lead):
            # `đạt 18,7% kế hoạch (298,4 tỷ đồng trên tổng số 1.596,0 tỷ đồng)`
            group[0].role, group[1].role = "level", PARTNERS[before.role][0]
            before.of, before.against = group[0], group[1]
            group[1].of = group[0]


def _is_difference(tie: Tie, at: int, ties: list[Tie]) -> bool:
    """Return whether a figure behind a growth is rather what it comes to than what it started from."""
    growth = ties[at].figure.rough / 100
    actual = next((o.figure for o in reversed(ties[:at]) if o.role == "level"), None)
    if actual is None or not is_alike(actual, tie.figure) or not growth or not tie.figure.rough:
        return False
    before = actual.rough / (1 + growth)
    return tie.figure.rough**2 < before * before * growth


def _reaches(change: Tie, level: Tie) -> bool:
    """Return whether a change names what the level right behind it has come to, with no base of its own."""
    return change.role in ("growth", "change") and REACHED.search(level.item.near) is not None


def _settle_neighbours(ties: list[Tie], cues: Cues) -> None:
    """Give a level the role that the figure before it calls for: `vượt giá (502,5 tỷ đồng) 84,7 tỷ đồng`."""
    for one, two in pairwise(ties):
        if one.role == "base" and two.role in ("share", "plan-ratio") and _EQUALS.fullmatch(two.item.lead):
            planned = any(tie.role == "plan" or PLANNED.search(tie.item.near) for tie in ties)
            two.role = "ratio" if _ENDED.match(two.item.tail) and not planned else two.role
        if two.role == "total" and two.item.lead == "/" and not is_kin(one.figure, two.figure):
            two.role = "level"  # `86 lớp/6.912 học viên`: beside each other
        surpassed = one.role == "plan" and one.item.group and "so với" in one.item.lead
        if surpassed and two.role in ("growth", "change") and _SURPASSES.fullmatch(two.item.lead):
            two.role, two.against = "plan-growth" if two.role == "growth" else "change", one
            if ";" in one.item.lead:  # behind the parts it is said of their total again
                two.of = next((t for t in ties if t.role == "level" and is_alike(t.figure, one.figure)), None)
        if two.role != "level":
            continue
        if one.role == "change" and _is_change_too(one, two):
            two.role, two.item.direction = "change", one.item.direction
            continue
        compared = cues.base_after.match(two.item.tail) is not None
        if one.role == "base" and one.item.group and _BEHIND_BASE.fullmatch(two.item.lead):
            side = find_side(one.item, two.item)
            if side is not None and is_alike(one.figure, two.figure):
                two.role, two.item.direction = "change", side
        elif one.role == "times" and compared and _FIGURE_OF.fullmatch(two.item.lead):
            two.role = "base"
        elif one.role == "share" and not one.item.group and _OF_WHOLE.fullmatch(two.item.lead):
            subject = next((t for t in reversed(ties[: ties.index(one)]) if t.role == "level"), None)
            if subject is not None and is_kin(subject.figure, two.figure):
                two.role = "total"  # `711,7 tỷ đồng, bằng 22,6% mức trần 3.150 tỷ đồng`


def _is_change_too(one: Tie, two: Tie) -> bool:
    """Return whether a change goes on to another kind: `giảm 15 vụ/21 bị can`, `tăng 13 vụ, 6 người so …`."""
    if two.figure.dimension == "%" or is_alike(one.figure, two.figure):
        return False
    return two.item.lead == "/" or (two.item.lead in (",", "và") and two.item.tail.startswith("so với"))


def _words_outside(at: int, ties: list[Tie], outside: str) -> str:
    """Return the words before a bracket, a number that is spelled out among them: `so với hai sở cũ (`."""
    before = ties[at - 1] if at else None
    if before is None or before.figure.text[:1].isdigit() or _LAST_PIECE.search(outside):
        return outside
    return f"{before.item.lead} {before.figure.text} {outside}"


def lists_movements(at: int, ties: list[Tie], inside: str) -> bool:
    """Return whether a bracket names parts, each with its growth: `(A 216 em, tăng 4%; B 98 em, …)`."""
    if not inside or _EARLIER.search(inside) or _WHEN.search(inside):
        return False
    group = [tie for tie in ties[at:] if tie.item.group == ties[at].item.group]
    alike = [
        one for one, two in pairwise(group) if is_alike(one.figure, ties[at].figure) and two.role == "growth"
    ]
    return alike[:1] == group[:1] and len(alike) > 1


_SUCH_AS = re.compile(r"(?<!\w)như (?!sau(?!\w))\w[^,;]*$")
"""`tăng trên 30% so với cùng kỳ như Hoa Sen (318 tỷ đồng, tăng 41,6%), …`: what one of several came to."""

_COMPARED = re.compile(
    r"(?<!\w)(?:so(?: với)?|với cùng kỳ|(?:cao|thấp|nhiều|ít|lớn|nhỏ) hơn|vượt(?! qua))(?!\w)"
)


def _open_with_base(tie: Tie, outside: str, cues: Cues) -> bool:
    """Return whether a bracket's first figure is what is compared with: `so với năm 2022 (8.423 tỷ đồng)`."""
    piece = _LAST_PIECE.split(outside)[-1].strip()
    if _SUCH_AS.search(piece):
        return False
    if not _COMPARED.search(piece):
        return False
    tie.role = "plan" if cues.plan.search(piece) else "base"
    return True
