"""Parts of a total: `gồm a, b, c`, `trong đó …`, `(a, b, c)`, in one sentence or the next."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from docanalyze.bind.clauses import Clause
from docanalyze.bind.columns import find_columns, find_slashed, is_second
from docanalyze.bind.listing import Completeness, Listing
from docanalyze.bind.settle import lists_movements
from docanalyze.bind.sorts import find_sorts, split_sorts
from docanalyze.bind.statements import Tie
from docanalyze.bind.turns import RATIOS
from docanalyze.core.figure import is_alike
from docanalyze.core.names import starts_with
from docanalyze.lexicon import Lexicon
from docanalyze.lexicon.cues import cue_pattern
from docanalyze.lexicon.forms import form_pattern

_FAR_APART = 20
"""Counts of several kinds further apart than a digit lost are no parts of each other."""
_NEARLY = 0.002
_FAR_ABOVE, _ABOUT = 2, 0.1
"""A list so far above a figure is none of it, if it comes about to another one."""
_CLOSED = re.compile(r"\([^()]*\)")
_MORE = re.compile(r"(?<!tăng )(?<!giảm )thêm(?: được)?\s*$")
_MADE_OF = re.compile(r"\W*(?:bao )?gồm(?!\w)")
_REGROUPED = re.compile(
    r";\s*(?:(?:phân|chia|xét)(?: \w+)? theo(?!\w)|theo (?:loại|cấp|nhóm|khu vực|địa bàn|hình thức|ngành"
    r"|lĩnh vực|giới|nguồn|đối tượng|thành phần)(?!\w))"
)
"""`…, THPT 35 trường; phân theo loại hình có 451 trường công lập …`: all once more."""
_DUE = re.compile(r"(?<!\w)(?:dự toán|kế hoạch|chỉ tiêu)(?: \S+){0,7}? (?:giao|phê duyệt)(?: là)?\s*$")
_JOINED = re.compile(r"((?:\s?(?:,| và) [^\W\d]+(?: [^\W\d]+){0,2}){1,4}),? (?:trong đó|gồm|bao gồm)")
_ASIDE = re.compile(
    r",? ?(?:(?:không (?:thay đổi|đổi|tăng|giảm|tăng,? không giảm|biến động)|giữ nguyên|ổn định|tương đương"
    r"|ngang bằng|bằng)(?: [^\W\d]+){0,2}? so(?: với)? [^,;()]*"
    r"|(?:theo|tại) (?:nghị quyết|quyết định|kế hoạch|công văn|thông báo|văn bản)(?!\w)[^,;()]*)"
)
"""`127 biên chế, không thay đổi so với năm 2022 (cấp tỉnh 94; …)`: what parts no list from its total."""
_THAN = re.compile(r"\(\s*so (?:với )?")
_UNSAID = re.compile(r"(?:,|;| và)? (?:số |phần )?còn lại(?! (?:là )?\d)(?: [^\d();]+)?(?:\)|$)")
"""`(đã thu hồi 350 tỷ đồng, số còn lại đang tiếp tục thu)`: a part without a figure."""
_COLON = re.compile(r"[^,;()]{0,20}:")
_BY_FORM = re.compile(
    r"^[^,;]*, (?:với|bằng|theo|dưới) (?:các |những )?(?:hình thức|mức|loại|nhóm)(?: \S+){0,3}$"
)
_MEAN = re.compile(r"\W*(?:và )?(?:tính )?(?:trung bình|bình quân)(?!\w)")
"""`…, phí khác 2,7 tỷ đồng; bình quân mỗi đơn vị 0,98 tỷ đồng`: no part of the list before it."""
_ONWARD = re.compile(r"\W*trong (?:số )?(?:đó|này|trên)(?!\w)")
_OPEN = re.compile(r"\.\.|…|v\.v")


@lru_cache(maxsize=8)
def _patterns(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    complete, partial = cue_pattern(lexicon, "complete"), cue_pattern(lexicon, "partial")
    this = form_pattern("<this_total>").pattern
    opening = re.compile(rf"(?i:^\W*(?:[-+*•]\s*)?(?:{this} )?(?:{complete.pattern}|{partial.pattern}))")
    return complete, partial, opening


@lru_cache(maxsize=8)
def _completing(lexicon: Lexicon) -> re.Pattern[str]:
    """Return what a sentence begins with that lists all parts."""
    return re.compile(rf"\W*{cue_pattern(lexicon, 'complete').pattern}")


def opens_list(clause: Clause, lexicon: Lexicon) -> bool:
    """Return whether a sentence opens with the parts of something: a paragraph `Trong đó, …`."""
    lead = clause.items[0].lead
    if _ONWARD.match(lead) is not None:
        return True
    return "complete" in clause.items[0].cued and _completing(lexicon).match(lead) is not None


def find_listings(
    clause: Clause, ties: list[Tie], before: list[Tie] | None, lexicon: Lexicon, *, apart: bool = False
) -> list[Listing]:
    """Return the lists of a sentence; `before` are the ties of the sentence before it.

    That sentence may end the paragraph before (`apart`): then only its one figure of a kind is a total.
    """
    _, _, opening = _patterns(lexicon)
    found: list[Listing] = []
    for at, tie in enumerate(ties):
        cue = _find_cue(at, ties, lexicon)
        if cue is None:
            continue
        wholes: list[Tie] = []
        total = _find_total(at, ties, lexicon, alike=cue == "partial")
        if total is None and before and at == 0 and opening.search(tie.item.lead):
            alike = [t for t in before if is_alike(t.figure, tie.figure)]
            wholes = [t for t in alike if t.role == "level"]
            if not wholes and tie.role == "change" == before[-1].role:
                wholes = alike[-1:]  # `tăng thu, giảm chi 52,3 tỷ đồng. Trong đó tăng thu …, giảm chi …`
            if apart and len({t.figure.value for t in wholes}) > 1:
                wholes = []  # a headline may run into its paragraph, and tell the same once more
            # `dự toán giao 1.592 tỷ đồng; quyết toán 1.721 tỷ đồng. Trong đó: …`: parts of what was done
            total = next((t for t in wholes if not _DUE.search(t.item.near)), next(iter(wholes), None))
        if total is None or not is_alike(total.figure, tie.figure):
            found += _find_each(at, ties, [] if at else before or [], cue)
        if total is None or (cue == "partial" and not is_alike(total.figure, tie.figure)):
            found += (_find_to_rest(at, ties) or _find_mixed(at, ties)) if cue == "partial" else []
            continue
        parts = _find_parts(at, ties, total, lexicon)
        if wholes and (made := next((t for t in wholes if _is_made(parts, t)), None)) is not None:
            total = made  # `tháng 6 đạt 214 tỷ đồng, lũy kế 1.380 tỷ đồng. Trong đó …`: of which of the two
        total = _mend_total(at, ties, _leave_list(total, parts, found), parts)
        mixed = not all(is_alike(part.figure, total.figure) for part in parts)
        whole = sum(part.figure.value for part in parts)
        if mixed and any(part.role == "change" for part in parts):
            continue  # `19 vụ, 26 người (tăng 3 vụ, tăng 5 người)`
        if mixed and _have_own(at, ties, total, parts):
            continue
        if mixed and not total.figure.value < _FAR_APART * whole < _FAR_APART**2 * total.figure.value:
            continue
        tail = parts[-1].item.tail if parts else ""
        if parts and parts[-1].item.group and ")" in tail:
            tail = tail[: tail.index(")") + 1]  # `(khởi tố 02 tin, không khởi tố 05 tin); còn lại 04 tin`
        if _OPEN.search(tail) or _UNSAID.search(tail):
            cue = "open"
        if len(parts) < 2 and (cue != "partial" or (apart and wholes and _add(parts) > total.figure.rough)):
            continue  # of one figure alone a new paragraph may be about something else
        listing = Listing(total, parts, cue)
        first = [*(before or ()), *ties[:at]]
        for each in split_sorts(listing, find_sorts(total, first)):
            found += [*find_columns(each, [*first, *ties[at:]], lexicon), *find_slashed(each, ties)]
    return found


def _have_own(at: int, ties: list[Tie], total: Tie, parts: list[Tie]) -> bool:
    """Return whether a part is of a kind counted before its list: `5 vụ/6 bị cáo (1 vụ/1 bị can)`."""
    others = [tie.figure for tie in ties[:at] if tie.role == "level" and tie is not total]
    kinds = [
        part.figure for part in parts if part.figure.dimension and not is_alike(part.figure, total.figure)
    ]
    return any(is_alike(kind, other) for kind in kinds for other in others)


def _find_to_rest(at: int, ties: list[Tie]) -> list[Listing]:
    """Return the list of counts of several kinds that ends in what is left of a level before it.

    `486 cơ sở lưu trú, trong đó 8 khách sạn 5 sao, 21 khách sạn 4 sao, còn lại 457 cơ sở`.
    """
    first, parts = ties[at], [ties[at]]
    for tie in ties[at + 1 :]:
        if ";" in tie.item.lead or not tie.figure.exact or tie.role != "level":
            break
        if tie.item.depth == first.item.depth and tie.figure.dimension:
            parts.append(tie)
        if _LEFT.match(tie.item.near):
            wholes = [t for t in ties[:at] if t.role == "level" and t.figure.exact and _is_kind(t, tie)]
            fits = wholes and len(parts) > 1 and wholes[-1].item.depth == first.item.depth
            return [Listing(wholes[-1], parts, "complete")] if fits else []
    return []


def _find_mixed(at: int, ties: list[Tie]) -> list[Listing]:
    """Return the counts of several kinds that just make a count before them.

    `giải quyết 367 tin, trong đó khởi tố 161 vụ, không khởi tố 202 tin, tạm dừng 04 tin, đang xét 26 tin`.
    """
    first, parts = ties[at], []
    for tie in ties[at:]:
        if ";" in tie.item.lead or not tie.figure.exact or tie.role != "level":
            break
        if tie.item.depth == first.item.depth:
            parts.append(tie)
    wholes = [t for t in ties[:at] if t.role == "level" and t.figure.exact and t.figure.dimension]
    for total in reversed(wholes):
        for size in range(len(parts), _FEWEST_MIXED - 1, -1):
            if sum(part.figure.value for part in parts[:size]) == total.figure.value:
                return [Listing(total, parts[:size], "complete")]
    return []


_FEWEST_MIXED = 3
_LEFT = re.compile(r"\W*(?:và )?(?:số )?còn lại(?: (?:là|có))?\s*$")


def _is_kind(total: Tie, part: Tie) -> bool:
    return starts_with(total.figure.dimension, part.figure.dimension)


def _find_each(at: int, ties: list[Tie], before: list[Tie], cue: Completeness) -> list[Listing]:
    """Return the list of what each of several things comes to, as the list of the level before them.

    `đăng ký 27,3 tỷ USD, gồm: 2.743 dự án với số vốn 12,2 tỷ USD; 1.151 lượt điều chỉnh với số vốn 15,1 …`.
    """
    first = ties[at]
    items: list[list[Tie]] = []
    for tie in ties[at:]:
        if tie.item.depth != first.item.depth:
            continue
        if tie is first or ";" in tie.item.lead or _NEXT.match(tie.item.lead):
            items.append([])
        items[-1].append(tie)
    levels = [t for t in (*before, *ties[:at]) if t.role == "level" and not t.figure.exact]
    if not levels or len(items) < 2 or not all(item[0].figure.exact for item in items):
        return []
    total = levels[-1]
    named = [
        [t for t in item if t.role in ("level", "change") and is_alike(t.figure, total.figure)]
        for item in items
    ]
    if not all(len(each) == 1 for each in named):
        return []
    parts = [each[0] for each in named]
    return [Listing(total, parts, cue)] if _is_about(_add(parts), total.figure.rough) else []


_NEXT = re.compile(r"[^,;]{0,40}\)? và(?: có)?\s*$")
"""`41 dự án với tổng vốn 150,1 triệu USD (…) và 15 lượt dự án với …`: the next item."""


def _add(parts: list[Tie]) -> float:
    return sum(part.figure.rough for part in parts)


def _find_cue(at: int, ties: list[Tie], lexicon: Lexicon) -> Completeness | None:
    tie, lead = ties[at], ties[at].item.lead
    if tie.role not in ("level", "change"):
        return None
    if "(" in lead:
        lead = _CLOSED.sub(" ", lead)  # `(gồm cả …)` announces nothing
    complete, partial, _ = _patterns(lexicon)
    first = bool(at and tie.item.group and ties[at - 1].item.group != tie.item.group and "(" in lead)
    if "partial" in tie.item.cued and partial.search(lead) and "trong đó gồm" not in lead:
        return "partial"
    if "complete" in tie.item.cued and complete.search(lead):
        return "complete"
    if first and _THAN.search(lead):
        return None  # `61 vụ, 54 người chết (so với tháng trước giảm 5 vụ, 3 người chết)`
    if first:
        opening = _ASIDE.sub(" ", lead.partition("(")[0])
    elif at and ":" in lead and not _are_labelled(at, ties):
        opening = lead.partition(":")[0].lstrip(" ),")
        if _BY_FORM.search(opening):
            # `kỷ luật 90 đảng viên vi phạm, với hình thức: khiển trách …`
            opening = opening.rpartition(",")[2]
        if "," in opening or ";" in opening:
            return None
    else:
        return None
    return "complete" if len(opening.split()) <= 6 else None


def _are_labelled(at: int, ties: list[Tie]) -> bool:
    """Return whether a figure and the one before it stand behind names: `Lào: 42 (11 nữ), Nga: 6`."""
    depth = ties[at].item.depth
    before = next((tie for tie in reversed(ties[:at]) if tie.item.depth == depth), None)
    leads = [tie.item.lead.rstrip() for tie in (before, ties[at]) if tie is not None]
    return len(leads) == 2 and all(lead.endswith(":") for lead in leads) and not _OF_ALL.search(leads[0])


_OF_ALL = re.compile(r"(?<!\w)(?:tổng|toàn|cả|chung)(?!\w)", re.IGNORECASE)


def _find_total(at: int, ties: list[Tie], lexicon: Lexicon, *, alike: bool) -> Tie | None:
    """Return the total of the list that a part begins; only one of its own kind where `alike`."""
    part = ties[at]
    twofold = any(is_second(tie, last, lexicon) for last, tie in pairwise(ties[at:]))
    moved = bool(part.item.group) and lists_movements(at, ties, part.item.lead.rpartition("(")[2])
    rated = 0.0
    for place, other in reversed(list(enumerate(ties[:at]))):
        if place and twofold and is_second(other, ties[place - 1], lexicon):
            continue  # `3,1 triệu tấn, tăng 4% và 402 triệu tấn, tăng 5%, trong đó …`: the first of two
        inner = ties[at - 1] is other and other.item.depth == part.item.depth - 1
        apart = other.item.group and other.item.group != part.item.group and not inner
        if other.item.depth > part.item.depth or apart:
            continue
        adjoined = ties[at - 1] is other and is_alike(other.figure, part.figure)
        bare = bool(part.item.group) and part.figure.dimension == "" and _both_count(other, part)
        fits = bare or (adjoined and (not part.item.group or _make_up(other, ties[at:])))
        if other.role == "plan" and ties[at - 1] is other and fits:
            return other  # `kế hoạch vốn 500 tỷ đồng, gồm …`, `chỉ tiêu 150 em (công lập 110; tư thục 40)`
        if adjoined and other.role == "change":
            only = not any(t.role == "level" and is_alike(t.figure, part.figure) for t in ties[: at - 1])
            if _MORE.search(other.item.near) or (only and _MADE_OF.match(part.item.lead)):
                return other  # `mở thêm 154 cuộc (121 cuộc …, …)`, `tăng thu 38,4 tỷ đồng, gồm …`
        kin = is_alike(other.figure, part.figure) or (not alike and _both_count(other, part))
        if other.role == "level" and kin:
            return other if not rated or _make_up(other, ties[at:], rated) else None
        if adjoined and part.item.group and other.role == "change" and _make_up(other, ties[at:]):
            return other  # `tăng thu 75,7 tỷ đồng (thuế 62,4 tỷ đồng; phí 13,3 tỷ đồng)`
        if part.item.group and other.role in RATIOS and other.item.depth == part.item.depth - 1:
            # `206 hộ, chiếm 35,1% … (35,5%) (trong đó …)`: the ratios are of the total, too
            if not (alike or moved):
                rated = _GROWN if other.role == "growth" and rated != _RATED else _RATED
            continue
        if part.item.group:  # a bracket lists the parts of the figure right before it
            return None
    return None


def _is_made(parts: list[Tie], total: Tie) -> bool:
    """Return whether parts come so near a figure that they can hardly be of another."""
    return len(parts) > 1 and abs(_add(parts) - total.figure.rough) <= total.figure.rough * _NEARLY


_RATED, _GROWN = 1.25, 2.5
"""How far a list behind a ratio may be off its total: a growth can be of nothing but it."""


def _make_up(total: Tie, behind: list[Tie], most: float = _RATED) -> bool:
    """Return whether a bracket's figures make about a total: `kế hoạch 684 tỷ (trung ương 232, xã 452)`."""
    group = [tie for tie in behind if tie.item.group == behind[0].item.group]
    if len(group) < 2 or not all(is_alike(tie.figure, total.figure) and tie.role == "level" for tie in group):
        return False
    if not total.figure.exact and _add(group) < total.figure.rough:
        most = _RATED  # of amounts a bracket may tell the largest only
    return _is_about(_add(group), total.figure.rough, most)


def _is_about(made: float, total: float, most: float = _RATED) -> bool:
    """Return whether parts make a total, but for a misprint that leaves most of it."""
    return total <= most * made and made <= most * total


def _mend_total(at: int, ties: list[Tie], total: Tie, parts: list[Tie]) -> Tie:
    """Return the level before that is just the sum: `có 71 người, thiếu 7 người; trong đó nam 21 …`."""
    whole = sum(part.figure.value for part in _cut_at_semicolon(parts))
    if len(parts) < 2 or total.figure.value >= whole:
        changed = ties[at - 1] if parts and at and ties[at - 1].role == "change" else None
        if changed is None or not is_alike(changed.figure, total.figure):
            return total
        # `giảm chi 118,3 tỷ đồng, trong đó thu hồi 34,6 tỷ đồng, …`
        made, nearer = float(whole), min(changed, total, key=lambda tie: abs(tie.figure.rough - float(whole)))
        return changed if nearer is changed and _is_about(made, changed.figure.rough) else total
    same = [t for t in ties[:at] if t.role == "level" and is_alike(t.figure, total.figure)]
    just = next((t for t in reversed(same) if t.figure.value == whole), None)
    if just is None and _FAR_ABOVE * total.figure.value < whole:
        # `đã xử lý 61.827, chưa xử lý 6.717 hồ sơ; trong đó trước hạn 43.634, …`: nearly what was done
        just = next((t for t in reversed(same) if abs(1 - Fraction(t.figure.value) / whole) < _ABOUT), None)
    return just or total


def _leave_list(total: Tie, parts: list[Tie], found: list[Listing]) -> Tie:
    """Return the total of the list that a total is a part of, unless its own parts make about that part.

    `486 trường, gồm: mầm non 162 …, THPT 35 trường; phân theo loại hình có 451 trường công lập …`.
    """
    outer = next((each.total for each in reversed(found) if any(p is total for p in each.parts)), None)
    return (
        total
        if outer is None
        or len(parts) < 2
        or parts[0].item.group != total.item.group
        or _add(_cut_at_semicolon(parts)) < 2 * total.figure.rough
        else outer
    )


def _cut_at_semicolon(parts: list[Tie]) -> list[Tie]:
    """Return the parts up to the first semicolon, if commas stand between the first two."""
    for at, part in enumerate(parts):
        if at and ";" in part.item.lead:
            return parts[:at] if at > 1 else parts
    return parts


def _both_count(total: Tie, part: Tie) -> bool:
    """Return whether counts of several kinds may make a count: `118 văn bản, gồm 09 nghị quyết, …`."""
    one, two = total.figure, part.figure
    if not one.exact or not two.exact or total.item.sentence != part.item.sentence:
        return False
    return two.value < _FAR_APART * one.value


def _find_parts(at: int, ties: list[Tie], total: Tie, lexicon: Lexicon) -> list[Tie]:
    first, nested = ties[at], False
    mixed = not is_alike(first.figure, total.figure)
    named = _read_joined(total)
    parts: list[Tie] = []
    last = first
    for place, tie in enumerate(ties[at:], at):
        if tie is not first and (_REGROUPED.search(tie.item.lead) or _MEAN.match(tie.item.lead)):
            break
        if tie is not first and _opens_other(place, ties, total, first):
            break
        if first.item.group and tie.item.group != first.item.group:
            if not tie.item.group:
                break
            continue
        comma = ";" not in tie.item.lead or not all(";" not in part.item.lead for part in parts[1:])
        if not comma and tie.role == "change" and len(parts) > 1:
            break  # `khiển trách 72, cảnh cáo 23, khai trừ 13; giảm 18 trường hợp so với cùng kỳ`
        if ";" in tie.item.lead:
            nested = False
        elif tie is not first and tie.item.depth == first.item.depth and _opens_inner(tie, lexicon):
            nested = True  # `gồm tăng thu 75,7; giảm chi 118,3, trong đó thu hồi 34,6, …; xử lý khác 52,9`
        if nested:
            continue
        joint = bool(named) and tie.figure.dimension.startswith(named)
        alike = is_alike(tie.figure, total.figure) or (_both_count(total, tie) and (mixed or joint))
        fits = tie.role in ("level", "change") and alike
        second = tie is not first and is_second(tie, last, lexicon)
        if fits and tie.item.depth == first.item.depth and not second:
            parts.append(tie)
        last = tie
    levels = [part for part in parts if part.role == "level"]
    changed = [part.of for part in parts if part.role == "change"]
    # `A 61,4 tỷ đồng, tăng 5,2 tỷ đồng; B 8,3 tỷ đồng, giảm 1,1 tỷ đồng`: each with its own change
    return levels if len(levels) > 1 and list(map(id, levels)) == list(map(id, changed)) else parts


def _opens_other(at: int, ties: list[Tie], total: Tie, first: Tie) -> bool:
    """Return whether a figure behind a semicolon is the total of a list of its own, of another kind.

    `29 tổ chức, với hình thức: khiển trách 26, cảnh cáo 03; kỷ luật 90 đảng viên, với hình thức: …`.
    """
    tie, behind = ties[at], ties[at + 1 : at + 2]
    if ";" not in tie.item.lead or not behind or ":" not in behind[0].item.lead or not tie.figure.dimension:
        return False
    return not any(is_alike(tie.figure, each.figure) for each in (total, first))


def _opens_inner(tie: Tie, lexicon: Lexicon) -> bool:
    complete, partial, _ = _patterns(lexicon)
    lead = _CLOSED.sub(" ", tie.item.lead) if "(" in tie.item.lead else tie.item.lead
    if ":" in lead and _COLON.match(lead):
        return True  # `trong đó đủ điều kiện 368 đơn: 46 đơn khiếu nại, …`
    if "partial" not in tie.item.cued and "complete" not in tie.item.cued:
        return False
    return partial.search(lead) is not None or complete.search(lead) is not None


def _read_joined(total: Tie) -> tuple[str, ...]:
    """Return the other things that a total counts: `18.765 cán bộ, giáo viên, nhân viên, trong đó`."""
    found = _JOINED.match(total.item.tail.lower())
    return tuple(word.strip() for word in re.split(r",| và ", found[1]) if word.strip()) if found else ()
