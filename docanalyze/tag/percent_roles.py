"""What a percentage says of its base: a share, part of a plan, a growth, a rate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from docanalyze.core.ladder import UPPER
from docanalyze.core.mention import PercentRole
from docanalyze.lexicon import Lexicon
from docanalyze.tag.hedges import Direction
from docanalyze.tag.numerals import LETTER, SPACES

_REACH, _TARGET_REACH = 200, 96
_SENTENCE_END = re.compile(rf"[.!?\u2026][\s]+(?=[{UPPER}])|\n\s*\n|\t")
_CLAUSE_END = re.compile(r"[;:()\[\]]|[.,](?=\s)|[%‰]")
_RATED = re.compile(r"(?<!\w)tỷ lệ(?: chung)?(?: là| đạt)?\s*$")
_CUES: dict[str, PercentRole] = {
    "share": "share", "rate": "rate", "growth": "growth", "planned": "plan-ratio",
}  # fmt: skip
_NEXT, _NEXT_BY_TURNS = 48, 72
_ASIDE = re.compile(r"(?<!\w)đạt [^0-9(]{1,40}\(\s*$")
_AND = re.compile(r"(?:\s(?:so với|so|về)\s[^,]{2,36})?(?:,|\svà)\s")
_FRACTION = re.compile(r"(?<![0-9/])[0-9]{1,5}\s?/\s?[0-9]{1,5}\s")
_ROW = re.compile(r"(?:(?:,|\s(?:và|-))\s?[0-9]+(?:,[0-9]+)?\s?%)+")
"""`bằng 94,1%, 101,7% và 103,4% so với cùng kỳ`: what stands behind the last one is said of all."""
_NEXT_PART = re.compile(r";\s[^;:.()%0-9]{2,56}\s")
"""`tỷ trọng công nghiệp 38,5%; dịch vụ 41,2%`: a list of parts goes on."""
_ROW_GAP = re.compile(r",\s?|\s(?:và|-)\s")
_COUNTED = re.compile(r"[0-9](?!\s?điểm)[^()%0-9;,]{2,40}\(\s?$")
"""A figure with its unit right before the bracket: `nợ khó thu 318,4 tỷ đồng (28,3%)`."""
_NEXT_BRACKET = re.compile(r"\(\s?[0-9.,]+\s?%\),[^;:()%]{0,60}\(\s?$")
"""`vốn trung ương 742,8 tỷ đồng (29,9%), vốn địa phương 1.366,9 tỷ đồng (31,0%)`."""
_END = rf"(?!{LETTER}|[0-9])"


class Said(NamedTuple):
    """A percentage with its role and direction as far as they are known."""

    start: int
    end: int
    role: PercentRole | None
    direction: Direction | None


class _Roles(NamedTuple):
    cues: re.Pattern[str]
    growth: re.Pattern[str]
    planned: re.Pattern[str]
    target: re.Pattern[str]
    ratio: re.Pattern[str]
    plan_right: re.Pattern[str]
    past_right: re.Pattern[str]
    share_right: re.Pattern[str]
    whole_right: re.Pattern[str]
    rate_left: re.Pattern[str]
    base: re.Pattern[str]
    class_right: re.Pattern[str]
    moved: re.Pattern[str]
    over: re.Pattern[str]
    equal: re.Pattern[str]
    verb: re.Pattern[str]
    aside: re.Pattern[str]
    sides: dict[str, Direction]


@lru_cache(maxsize=8)
def _roles(lexicon: Lexicon) -> _Roles:
    table = lexicon["hedges"]
    role, far = table["role"], table["far_change"]
    gap = rf"[{SPACES}\n]"

    def any_of(words: Sequence[str]) -> str:
        longest = sorted(words, key=len, reverse=True)
        return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s") for word in longest) + r")" + _END

    lead = rf"{gap}{{0,3}}(?:(?:so|so với|của|trên|trong){gap})?"
    fill = rf"(?:(?:{'|'.join(map(re.escape, far['fill']))}){gap}){{0,4}}"
    sides: dict[str, Direction] = dict.fromkeys(far["moved"]["increase"], "increase")
    sides |= dict.fromkeys(far["moved"]["decrease"], "decrease")
    return _Roles(
        cues=re.compile(
            rf"(?<!\w)(?:(?P<share>{any_of(role['share'])})|(?P<rate>{any_of(role['rate'])})"
            rf"|(?P<growth>{any_of(role['growth'])})|(?P<planned>{any_of(role['planned'])}))"
        ),
        growth=re.compile(r"(?<!\w)" + any_of(role["growth"])),
        planned=re.compile(r"(?<!\w)" + any_of(role["planned"])),
        target=re.compile(rf"(?<!\w){any_of(role['plan_left'])}{gap}(?:đề ra{gap})?{fill}$"),
        ratio=re.compile(rf"(?<!\w){any_of(role['ratio_left'])}"),
        plan_right=re.compile(lead + any_of(role["plan_right"]), re.IGNORECASE),
        past_right=re.compile(lead + any_of(role["past_right"]) + rf"|{gap}của{gap}(?:năm|tháng|quý){_END}"),
        share_right=re.compile(lead + any_of(role["share_right"])),
        whole_right=re.compile(lead + any_of(role["whole_right"])),
        rate_left=re.compile(rf"(?<!\w){any_of(role['rate'])}{gap}{fill}$"),
        base=re.compile(rf"\({any_of(role['base'])}"),
        class_right=re.compile(rf"[{SPACES}]?" + any_of(role["class_right"])),
        moved=re.compile(
            rf"(?<!\w)(?P<word>{'|'.join(sorted(map(re.escape, sides), key=len, reverse=True))}){_END}"
            rf"(?:{gap}[0-9][0-9.,]*(?!{gap}điểm)(?![0-9.,]))?[^0-9.,;:()%]{{0,40}}\({fill}$|(?<!\w)(?P<cause>tăng|giảm)"
            rf"(?:{gap}do{gap}[^0-9.,;:()%]{{2,40}}|{gap}(?:(?:cao|mạnh|nhanh|nhiều|khá){gap}?)(?:nhất)?,{gap}{fill})$"
        ),
        over=re.compile(
            rf"(?<!\w)(?:(?P<more>tăng|vượt|cao hơn|nhiều hơn)|(?P<less>giảm|hụt|thấp hơn|ít hơn)){_END}"
            rf"[^0-9.,;:()%]{{0,40}}\([^()]{{1,30}}\){gap}(?:là{gap})?{fill}$"
        ),
        equal=re.compile(rf"(?:(?<!\w)(?:{'|'.join(map(re.escape, role['equal']))}){gap}){fill}$"),
        verb=re.compile(r"(?<!\w)" + any_of(role["verb"])),
        aside=re.compile(rf"\((?:[^()%0-9]{{0,60}}(?:{gap}|(?<=:)))?{fill}$"),
        sides=sides,
    )


def read_role(text: str, said: Said, level: bool, before: Sequence[Said], lexicon: Lexicon) -> Said:
    """Return the percentage with its role, and its direction where the words before others tell it.

    `before` are the percentages before it in the text; `level`: it is a level reached, no change
    (`giảm còn 26%`). A role is what the nearest words say: the base after the figure, the verb before
    it, the figure it is set beside (`chiếm 44,0%, cá tra 17,0%`), at last the subject of its sentence.
    """
    roles = _roles(lexicon)
    if roles.class_right.match(text, said.end):
        return said._replace(role="class-label")
    if said.direction is not None:
        return said._replace(role="growth")
    first = max(0, said.start - _REACH)
    for found in _SENTENCE_END.finditer(text, first, said.start):
        first = found.end()
    left = text[first : said.start].lower()
    if len(left) != said.start - first:
        left = "".join(c.lower() if len(c.lower()) == 1 else c for c in text[first : said.start])
    near = [one for one in before[-6:] if one.start >= first]
    row = _ROW.match(text, said.end)
    end = row.end() if row is not None else said.end
    if roles.plan_right.match(text, end):
        return said._replace(role="plan-ratio")
    clause = _CLAUSE_END.split(left)[-1]
    if "chiếm" in clause.split():
        return said._replace(role="share")
    if roles.rate_left.search(clause) and not roles.planned.search(left):
        return said._replace(role="rate")
    if roles.share_right.match(text, end):
        reached = re.search(r"(?<!\w)đạt(?!\w)", clause) is not None
        if reached and roles.planned.search(clause):
            return said._replace(role="plan-ratio")
        whole = roles.whole_right.match(text, end) is not None
        return said._replace(role="rate" if reached and not whole else "share")
    joined = _join(text, said, near, roles, first)
    if joined is not None:
        return joined
    ratio = roles.ratio.search(clause) is not None
    if roles.past_right.match(text, end) and ratio:
        return said._replace(role="growth-ratio")
    if roles.target.search(left, max(0, len(left) - _TARGET_REACH)):
        of_growth = roles.growth.search(clause) is not None
        return said._replace(role="growth" if of_growth else "plan-ratio")
    return said._replace(role=_read_subject(left, clause, level, near, roles))


def _join(text: str, said: Said, near: list[Said], roles: _Roles, first: int) -> Said | None:
    """Return the percentage with what a figure beside it lends: in brackets, in a row, as its equal."""
    begin = max(first, said.start - 80)
    left = text[begin : said.start].lower()
    bracket = "(" in left
    moved = roles.moved.search(left) if bracket or "tăng" in left or "giảm" in left else None
    if moved is not None and not _is_in_name(text, begin + moved.start(), first):
        return said._replace(role="growth", direction=roles.sides[moved["word"] or moved["cause"]])
    way = _way_over(left, roles)
    if way is not None:
        return said._replace(role="growth", direction=way)
    last = near[-1] if near else None
    aside = bracket and roles.aside.search(left) is not None
    if aside and last is not None and not _COUNTED.search(left):
        of_level = next((one for one in reversed(near) if one.role not in (None, "growth")), None)
        if last.role is None and of_level is not None:
            return said._replace(role=of_level.role)
        own = roles.verb.search(left[left.rfind("(") :])
        if last.role is not None and (own is None or roles.base.match(left, left.rfind("("))):
            return said._replace(role=last.role)
    if roles.equal.search(left) and not _FRACTION.search(left):
        way = _way_of(left, roles)
        if way is not None:
            return said._replace(role="growth", direction=way)
    if last is None:
        return None
    if last.role == "growth-ratio" and _ROW_GAP.fullmatch(text, last.end, said.start):
        return said._replace(role=last.role)
    gap = text[last.end : said.start].lower()
    row = len(gap) < 60 and not re.search(r"[;:.()0-9]", gap)
    if row and last.role == "share" and re.match(r"[,\s]|\s-\s", gap) and not roles.verb.search(gap):
        return said._replace(role="share")
    if (
        last.role == "share"
        and _NEXT_PART.fullmatch(gap)
        and not roles.verb.search(gap)
        and not roles.cues.search(gap)
    ):
        return said._replace(role="share")
    if row and last.role == "growth" and not roles.verb.search(gap) and _AND.match(gap):
        return said._replace(role="growth", direction=last.direction)
    return None


def _is_in_name(text: str, at: int, first: int) -> bool:
    """Return whether a word within a sentence is written as a name: `Bệnh viện Khuê Hạ (112%)`."""
    return at > first and text[at].isupper() and text[at + 1 : at + 2].islower()


def find_way_over(left: str, lexicon: Lexicon) -> Direction | None:
    """Return the way of a change whose base stands in a bracket before it.

    >>> from docanalyze.lexicon import load_lexicon
    >>> find_way_over("đạt 30,6%, cao hơn cùng kỳ (28,3%) là ", load_lexicon())
    'increase'
    """
    return _way_over(left, _roles(lexicon))


def _way_over(left: str, roles: _Roles) -> Direction | None:
    over = roles.over.search(left) if ")" in left else None
    return None if over is None else "increase" if over["more"] else "decrease"


def _way_of(left: str, roles: _Roles) -> Direction | None:
    """Return the way of the last change word in a sentence's words, None after a level word."""
    found = None
    for match in re.finditer(r"(?<!\w)(tăng|giảm|vượt|hụt|cao hơn|thấp hơn|còn)(?!\w)", left):
        found = match[1]
    if found is None or found == "còn":
        return None
    return "increase" if found in ("tăng", "vượt", "cao hơn") else "decrease"


def _read_subject(left: str, clause: str, level: bool, near: Sequence[Said], roles: _Roles) -> PercentRole:
    """Return the role that the last word of its part of the sentence gives a bare percentage."""
    at = left.rfind(";")
    while at > 0 and left.count("(", 0, at) > left.count(")", 0, at) and ")" in left[at:]:
        at = left.rfind(";", 0, at)  # in a bracket: `chỉ tiêu 150 em (công lập 110; tư thục 40), đạt …`
    part = left[at + 1 :]
    rated = _RATED.search(part) is not None
    reached = rated or _ASIDE.search(part) is not None or roles.ratio.search(clause) is not None
    cues: list[PercentRole] = []
    fraction = _FRACTION.search(part) is not None
    for found in roles.cues.finditer(part):
        role = _CUES[found.lastgroup or "rate"]
        if role != "plan-ratio" or (reached and not fraction):
            cues.append(role)
    last = cues[-1] if cues else "rate"
    if _COUNTED.search(part):
        own = part[part.rfind(", ") + 1 :]
        if roles.planned.search(own) and not fraction:
            return "plan-ratio"
        if near and near[-1].role == "plan-ratio" and _NEXT_BRACKET.search(left):
            return "plan-ratio"
        return "share" if last in ("growth", "rate") else last
    if rated and roles.planned.search(left):
        return "plan-ratio"
    before = next((one for one in reversed(near) if one.role != "growth"), None)
    planned = before is not None and before.role == "plan-ratio"
    # `vốn tỉnh 412 tỷ đồng, bằng 38,6% kế hoạch và tăng 4,1%; vốn huyện 96 tỷ đồng, bằng 41,2% và tăng …`
    reach = _NEXT if near and before is near[-1] else 0 if "trong đó" in part else _NEXT_BY_TURNS
    if not cues and reached and not fraction and planned and len(part) < reach:
        return "plan-ratio"
    return "rate" if last == "growth" and level else last
