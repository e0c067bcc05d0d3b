"""Whether a list that no word calls complete is all there is: by how it ends and what it counts."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from docanalyze.check.edits import has_edit, is_telling
from docanalyze.check.equation import Equation
from docanalyze.check.facts import Facts
from docanalyze.check.said import read_behind
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.ladder import UPPER
from docanalyze.lexicon.cues import cue_pattern

_AND = re.compile(r"(?<!\w)và(?!\w)[^,]*$")
_MOST = Fraction(5, 3)
"""A list that is all there is comes at least so near its total when one digit of it is wrong."""
_NEARLY = Fraction(5, 4)
_TWICE = 2
"""So far above their total several parts of its bracket may be by one wrong digit."""
_SELDOM = Fraction(2, 5)
_SEVERAL = 3
_TWENTY = 20
_HAS = re.compile(
    r"\s*(?:đã |đang |còn )?(?:đạt|có|được|thuộc|đủ|dùng|sử dụng|tham gia|áp dụng|hoàn thành"
    r"|bị|do|làm|gây|với|ở|tại|trên|liên quan|xảy ra)(?!\w)"
)
"""`120 trường đạt chuẩn và 80 trường có thư viện`: what one has does not keep it from having the other."""
_NAMED = re.compile(rf"[^.!?:;\n]\s[{UPPER}][^\W\d]+\s[{UPPER}][^\W\d]+")
"""Names of places, of which a list tells the first: `Tân Hòa 94 vụ, Yên Bình 61 vụ`."""


_LEFT_OVER = re.compile(
    r"^\W*(?:và )?(?:số |các |phần )?(?:[^\W\d]+ ){0,3}(?:còn lại|khác)(?: (?:doanh thu|giá trị|sản lượng"
    r"|kim ngạch|diện tích|kinh phí|vốn|với số tiền))?(?: ước(?: tính)?)?(?: (?:là|có|đạt|được))?"
    r"(?: (?:hơn|trên|gần|khoảng|xấp xỉ))?\s*$"
)


def ends_in_rest(facts: Facts, last: Figure) -> bool:
    """Return whether the last part of a list is all that the others leave: `các dịch vụ khác ước đạt …`."""
    return _LEFT_OVER.search(facts.words_before(last)) is not None


def is_misprinted(facts: Facts, whole: Equation) -> bool:
    """Return whether a misprint, and no part left out or told twice, explains that a list fails its total.

    `xử lý 507 vụ, trong đó hàng cấm 94 vụ, hàng giả 18 vụ, gian lận thương mại 395 vụ`: the last part ends
    the sentence, or stands behind `và`, and all count one kind of thing.
    """
    total, parts = whole.one("total"), whole.all("part")
    made = sum(part.value for part in parts)
    if len(parts) < 2 or not _is_one_run(facts, total, parts) or not has_edit(whole):
        return False
    joined = is_joined(facts, parts)
    counted = all(part.exact and is_alike(part, total) for part in (total, *parts))
    if made > total.value:
        enough = joined or len(parts) >= _SEVERAL
        bracket = facts.depths.get(parts[0].mention, 0) > facts.depths.get(total.mention, 0)
        most = _TWICE if bracket and len(parts) >= _SEVERAL else _MOST if joined else _NEARLY
        near = made <= total.value * most
        return counted and near and enough and not _may_overlap(facts, parts)
    if made * _MOST < total.value:
        return False
    if not counted or len(parts) < _SEVERAL or _may_overlap(facts, parts):
        return False
    if are_places(facts, total, parts) or all(one.value >= two.value for one, two in pairwise(parts)):
        return False  # the first ones of more
    return is_telling(whole, most=_SELDOM, near=False)


def is_joined(facts: Facts, parts: list[Figure]) -> bool:
    """Return whether the last part of a list stands behind `và`."""
    if len(parts) < 2:
        return False
    one, last = parts[-2:]
    between = facts.analysis.text[one.start + len(one.text) : last.start]
    return _AND.search(between) is not None and ";" not in between


def _is_one_run(facts: Facts, total: Figure, parts: list[Figure]) -> bool:
    """Return whether parts stand in one sentence with nothing of their kind between them or behind them."""
    places = {facts.mentions[part.mention].sentence for part in parts}
    sentence = facts.sentence_at(parts[-1].start)
    if len(places) > 1 or sentence is None:
        return False
    names = {part.mention for part in parts}
    depth = facts.depths.get(parts[0].mention, 0)  # what stands behind the bracket of a list is none of it
    levels = [f for f in facts.levels_of(sentence.id) if facts.depths.get(f.mention, 0) >= depth]
    return not any(
        figure.start > parts[0].start and figure.mention not in names and is_alike(figure, total)
        for figure in levels
    )


def _may_overlap(facts: Facts, parts: list[Figure]) -> bool:
    """Return whether one thing may be counted twice: persons, places, what has several features."""
    event = cue_pattern(facts.lexicon, "event")
    if not all(event.match(part.dimension) for part in parts):
        return True
    return any(_HAS.match(read_behind(facts, part)) for part in parts)


def are_places(facts: Facts, total: Figure, parts: list[Figure]) -> bool:
    """Return whether names of places stand before parts: a list of them may tell the first ones only."""
    text = facts.analysis.text
    ends = [total, *parts]
    return any(
        facts.scope_of(part) is not None or _NAMED.search(text, last.start + len(last.text), part.start)
        for last, part in zip(ends, parts, strict=False)
    )


def lacks_little(equation: Equation) -> bool:
    """Return whether counts lack a twentieth of their total at most, and less than the least of them.

    `31 lao động, trong đó Nhật Bản 22, Đài Loan 06, Hàn Quốc 02`: one more may be elsewhere, or a slip.
    """
    total, parts = equation.one("total"), equation.all("part")
    lacking = total.value - sum(part.value for part in parts)
    exact = all(figure.exact and is_alike(figure, total) for figure in (total, *parts))
    return exact and 0 < lacking < min(part.value for part in parts) and lacking * _TWENTY <= total.value


def list_families(facts: Facts) -> list[tuple[Figure, list[Figure]]]:
    """Return the totals that list levels as their parts, each with these in order."""
    known: list[tuple[Figure, list[Figure]]] | None = facts.memo.get("families")
    if known is None:
        lists: dict[str, list[Figure]] = {}
        for each in facts.indicators.values():
            if each.part_of is not None and each.role == "level":
                lists.setdefault(each.part_of, []).append(facts.figures[each.mention])
        totals = {owner: facts.figures[facts.indicators[owner].mention] for owner in lists}
        known = facts.memo["families"] = [(totals[owner], parts) for owner, parts in lists.items()]
    return known
