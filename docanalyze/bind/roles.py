"""What a figure is in its sentence: a level, a change, a ratio, or what another figure is compared with."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from docanalyze.bind.clauses import Item
from docanalyze.lexicon import Lexicon
from docanalyze.lexicon.cues import cue_pattern

Role = Literal[
    "level", "growth", "ratio", "plan-ratio", "share", "change", "times", "base", "plan", "total", "duration",
    "plan-growth",
]  # fmt: skip


_LEVEL = re.compile(r"(?:cao|thấp|nhiều|ít) hơn (?:so với )?(?:mức|tốc độ)(?: \w+){0,2}\s*$")
"""`cao hơn mức tăng 5,48%`: what stands behind it is what is compared with."""

_OWN_PLAN = re.compile(
    r"(?:doanh thu|lợi nhuận|sản lượng)(?: \w+){0,3} (?:kế hoạch|mục tiêu)(?: là| đạt)?\s*$"
)
"""`lợi nhuận trước thuế kế hoạch là 2.104 tỷ đồng, tăng 15%`: a figure of its own, not of the one before."""
_SOURCE = re.compile(r"nguồn (?:tăng|vượt|giảm|cắt giảm|tiết giảm)(?: \w+){1,3} là\s*$")
"""`bổ sung 225 tỷ đồng từ nguồn tăng thu là 7.120 tỷ đồng`: no change."""


_AGAINST_GROWTH = re.compile(
    r"so (?:với )?(?!(?:sánh|cùng|năm|tháng|quý|đầu|cuối|kỳ|vụ|kế|dự) )"
    r"(?:\w+ ){0,2}?(?:mức |tốc độ |tỷ lệ )?(?:tăng|giảm)(?: trưởng)?\s*$"
)
"""`cao hơn 2,2 điểm phần trăm so với mức tăng 4,3%`: the growth is what the points are measured from."""


_RATIO = re.compile(r"so (?:với )?.*(?:bằng|đạt)\s*(?:\S+\s+)?$")
"""`so với cùng kỳ chỉ bằng 98%` is a ratio; what stands behind `cùng kỳ đạt` is a base."""


_EQUAL_TO = re.compile(r"bằng\s*(?:\S+\s+)?$")
_MULTIPLIED = re.compile(r"(?:gấp|bằng|cao|nhiều|tăng)(?:\s+\S+){0,2}\s*$")


_RATE = re.compile(r"(?<!\w)(?:công suất|hiệu suất|lãi suất|tỷ suất|tỉ suất|hệ số|độ che phủ) \w")
"""`4.802 lượt người bệnh, công suất giường bệnh đạt 96,8%`: a rate by itself, no share of what is before."""

_OF_YEAR = re.compile(r"\s*(?:của )?(?:năm|quý [\divx]+(?: năm|/)|tháng \d+(?: năm|/)) ?(?:19|20)\d\d(?!\d)")
"""`bằng 94,7% năm 2023`."""
_PARTS = re.compile(r"[,;]\s")
_OUT_OF = re.compile(r"(?:trong|trên) số\s*$|(?:trong|trên) tổng(?:\s+\S+){0,4}\s*$")
"""`36 tấn/ngày trên tổng lượng phát sinh 40 tấn/ngày`."""


_CANCELLED = re.compile(r"(?<!\w)(?:hủy|huỷ|cắt|cắt giảm|thu hồi|điều chuyển)(?: bỏ)? (?:dự toán|kế hoạch)")
"""`bị hủy dự toán 243,7 tỷ đồng`: no plan, but what is left of one."""
_WRONG = re.compile(r"(?<!\w)(?:sai|trái|không đúng) [^;:()\d]*$")
"""`sai đơn giá, định mức 9,8 tỷ đồng`: what is against a norm is no norm."""
_PROGRAMME = re.compile(r"(?:chương trình mục tiêu(?: quốc gia)?|bổ sung (?:có )?mục tiêu)\W*$")
"""A programme with a target in its name is none, nor what is given for a purpose (`bổ sung mục tiêu`)."""
_WITHIN = re.compile(r"(?<!\w)(?:trong|trên)(?: tổng số| tổng| số)?\s*$")
"""`trồng được 96,5 ha trong 120 ha kế hoạch giao`."""


_THEN_IT_WAS = re.compile(
    r"\W*so (?:với )?(?:\d+ )?(?:cuối |đầu )?(?:năm|tháng|quý|kỳ|ngày|vụ)(?: [^,;()]{1,24}?)? là$"
)
"""`giảm 5,67 tỷ đồng so với năm 2013 là 331,98 tỷ đồng`."""
_CARRIED = re.compile(
    r"(?<!\w)(?:(?:kết dư|chuyển nguồn)(?: ngân sách)?(?: từ)? năm trước"
    r"|(?:tồn|số cũ|đơn cũ|án cũ)(?: từ)? (?:đầu kỳ|đầu năm|(?:kỳ|năm|tháng|quý) trước))"
    r"(?: chuyển (?:sang|qua))?\s*$"
)
"""`thu kết dư năm trước 314,6 tỷ đồng`: a revenue of this year; `tồn đầu kỳ 40 đơn`: taken over into it."""


_VAGUE = re.compile(
    r"^(?!.*so (?:với )?).*(?<!\w)(?:các|những|nhiều) (?:năm|kỳ|quý|tháng) trước(?: \w+){0,3}\s*$"
)
"""`dự án được cấp phép từ các năm trước là 4.660,9 triệu USD`: no one year that it is compared with."""


class Cues(NamedTuple):
    """The patterns of `lexicon/cues.toml` that roles are told by."""

    base_before: re.Pattern[str]
    base: re.Pattern[str]
    against: re.Pattern[str]
    plan: re.Pattern[str]
    plan_before: re.Pattern[str]
    plan_after: re.Pattern[str]
    total_before: re.Pattern[str]
    share_before: re.Pattern[str]
    base_after: re.Pattern[str]
    bare: re.Pattern[str]
    target: re.Pattern[str]
    person: re.Pattern[str]


@lru_cache(maxsize=8)
def read_cues(lexicon: Lexicon) -> Cues:
    """Return the compiled cues of a lexicon."""

    def before(*names: str, filler: str = r"(?:\s+\S+){0,3}?") -> re.Pattern[str]:
        return re.compile(rf"{cue_pattern(lexicon, *names).pattern}{filler}[\s:(]*$")

    verbs = r"(?:\s+(?:là|đạt|được|năm|tháng|quý|trước|giao|có|mức|của|cả|vốn|tỉnh|huyện|hđnd|\d[\d/]*))*"
    genre = cue_pattern(lexicon, "lead", "share", "base", "against", "plan", "average", "manner").pattern
    return Cues(
        target=re.compile(
            rf"(?:so với|so|thấp hơn|cao hơn|vượt|dưới|trên)\s+(?:\S+\s+){{0,2}}?"
            rf"{cue_pattern(lexicon, 'plan').pattern}(?:\s+(?:là|đề ra|năm|giao|\d+))*\s*$"
        ),
        bare=re.compile(rf"{genre}|[\d/.*]+"),
        base_before=before("base", filler=verbs),
        base=cue_pattern(lexicon, "base"),
        person=cue_pattern(lexicon, "person"),
        against=before("against", filler=""),
        plan=cue_pattern(lexicon, "plan"),
        plan_before=before("plan", filler=verbs),
        plan_after=re.compile(rf"\s*(?:so với |so |của |trên )?{cue_pattern(lexicon, 'plan').pattern}"),
        total_before=re.compile(r"(?:trên|trong|/|của)\s*(?:tổng số|tổng|số)?\s*(?:\S+\s+){0,3}$"),
        share_before=before("share", filler=r"(?:\s+(?:là|khoảng|gần|hơn|trên|xấp xỉ|chưa đến|mức))*"),
        base_after=re.compile(
            rf"\s*(?:so với|so|của)?\s*(?:\S+\s+){{0,2}}?{cue_pattern(lexicon, 'base').pattern}"
        ),
    )


PART_OF_YEAR = re.compile(r"(?:(?:tháng|quý|tuần|ngày) (?:đầu|cuối)|(?<!\w)từ đầu) năm(?: \d{4})?")
"""A period named by its place in the year, not the start of the year as a base: `6 tháng đầu năm đạt`,
`lũy kế từ đầu năm 2.214 ha`."""

_FAR = re.compile(
    r"(?:(?P<up>tăng|vượt|cao hơn|nhiều hơn|lớn hơn|thêm)|(?P<down>giảm|thấp hơn|ít hơn|nhỏ hơn|hụt|thiếu))"
    r"(?:\s+so với|\s+so)?(?P<than>(?:\s+\S+){1,7}?)(?:\s+(?:là|khoảng|gần|hơn|trên))?\s*$"
)
_LEVELS = re.compile(r"(?<!\w)(?:còn|lên|xuống|đạt|thành|từ|ước|với|được|mức)(?!\w)")


def find_direction(item: Item, cues: Cues) -> str | None:
    """Return the direction of a change named after its base: `thấp hơn cùng kỳ 1,86 tỷ USD`."""
    found = _FAR.search(item.near) if "base" in item.cued or "plan" in item.cued else None
    if found is None or _LEVELS.search(found["than"]):
        return None
    if not (cues.base.search(found["than"]) or cues.plan.search(found["than"])):
        return None
    return "increase" if found["up"] else "decrease"


_SIDE = re.compile(
    r"(?<!\w)(?:(?P<up>(?:cao|nhiều|lớn) hơn|vượt)|(?:thấp|ít|nhỏ) hơn)(?: so với)?(?: [^\s(]+){0,4}\s*\(?$"
)


def find_side(base: Item, points: Item) -> str | None:
    """Return the direction of a change named after its base: `thấp hơn mục tiêu 45% đề ra là 4,4 điểm %`."""
    words = base.lead if base.group else base.near
    found = _SIDE.search(words.rstrip())
    if found is None or re.search(r"[,;.]", points.lead):
        return None
    return "increase" if found["up"] else "decrease"


_ANEW = re.compile(
    r"(?:\d{4}|cùng kỳ|năm trước|năm ngoái) và (?:số|tổng|tỷ lệ|có)(?= )"
    r"[^,;()]*(?<!\w)(?:là|có|đạt|còn)\s*$"
)
"""`giảm 1,6% so với năm 2018 và số hộ cận nghèo là 14.176 hộ`: the base is not what follows."""


def find_role(item: Item, cues: Cues) -> Role:
    """Return the role of a figure by its own value and the words around it."""
    near, dimension = item.near, item.figure.dimension
    if " năm" in near:
        near = PART_OF_YEAR.sub("kỳ", near)
    if item.kind == "duration":
        return "duration"
    if dimension == "point":
        return "change"
    than_level = "hơn" in near and _LEVEL.search(near) is not None
    compared = than_level or bool(
        ("base" in item.cued and cues.base_before.search(near))
        or ("against" in item.cued and cues.against.search(near))
    )
    carried = compared and (_CARRIED.search(near) or _VAGUE.search(near))
    compared = (compared and not carried) or (
        "so " in item.lead and _THEN_IT_WAS.match(item.lead) is not None
    )
    compared = compared and (" và " not in near or _ANEW.search(near) is None)
    if dimension == "%":
        if _AGAINST_GROWTH.search(near):
            return "base"
        if "plan" in item.cued and cues.target.search(near):
            return "plan"
        if item.direction is not None and not than_level:
            return "plan-growth" if cues.plan_after.match(item.tail) else "growth"
        if compared:
            return "ratio" if _RATIO.search(near) else "base"
        if item.percent_role == "growth-ratio" or (
            _EQUAL_TO.search(near) and (cues.base_after.match(item.tail) or _OF_YEAR.match(item.tail))
        ):
            return "ratio"
        if item.percent_role == "plan-ratio" or cues.plan_after.match(item.tail):
            return "plan-ratio"
        if item.group and cues.plan.fullmatch(near.strip()):
            return "plan"  # `24,6% (KH 25%)`
        if item.percent_role == "share" or (cues.share_before.search(near) and not _RATE.search(near)):
            return "share"
        if "plan" in item.cued and cues.plan_before.search(near):
            return "plan"
        return "level"
    if dimension == "lần":
        return "times" if _MULTIPLIED.search(near) else "level"
    if item.direction is not None and not than_level and not _SOURCE.search(near):
        return "change"
    if compared:
        return "base"
    planned = "plan" in item.cued and cues.plan_before.search(near) is not None
    planned = planned and not (
        _CANCELLED.search(near)
        or _PROGRAMME.search(near)
        or _WRONG.search(item.lead)
        or _OWN_PLAN.match(near)
    )
    if planned or ("tr" in near and _WITHIN.search(near) and cues.plan_after.match(item.tail)):
        return "plan"
    # `(18,4 km, suất đầu tư trên 11 tỷ đồng/km)`: a rate is hardly a whole
    if (
        (item.group and "/" not in dimension and cues.total_before.search(near) and not _is_hedged(item))
        or _OUT_OF.search(near)
        or item.lead == "/"
    ):
        return "total"
    return "level"


def _is_hedged(item: Item) -> bool:
    """Return whether `trên` is no word for a whole: `(phạt hơn 4,6 tỷ đồng, truy thu trên 8 tỷ đồng)`."""
    hedged = item.figure.comparator == "more-than" and "(" not in item.lead
    return hedged and _ABOVE.search(item.lead) is not None


_ABOVE = re.compile(r"[^\W\d]+ trên$")
_THAN = re.compile(r"(?<!\w)(?:vượt|(?:cao|thấp|nhiều|ít|lớn|nhỏ) hơn)(?!\w).*$")
"""`vượt dự kiến hồi tháng 4 là`: what is named behind it is only what the figure is compared with."""


def is_bare(item: Item, cues: Cues) -> bool:
    """Return whether the words before a ratio name nothing new: `tăng`, `đạt hơn`, but not `bia giảm`.

    Clauses of their own in between (`; thu ngân sách vượt tiến độ, đạt 54%`) name something new.
    """
    near = item.near if item.direction is None or item.group else _THAN.sub(" ", item.near)
    left = sum(word != "+" for word in cues.bare.sub(" ", near).split())
    between = _PARTS.split(item.lead)[1:-1]
    if left > (item.near == item.lead):  # the words right after a figure may be the rest of its unit
        return False
    return all(len(cues.bare.sub(" ", part).split()) < 2 for part in between)
