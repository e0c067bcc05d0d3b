"""What a failing pairing stands on: only what is printed plainly and tied closely is told aloud."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from docanalyze.check.edits import has_edit, is_telling
from docanalyze.check.equation import Equation
from docanalyze.check.facts import Facts
from docanalyze.check.findings import Judged
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.mention import mention_kind
from docanalyze.core.names import ends_a_name
from docanalyze.core.relation import Severity

_CUT = re.compile(r"(?:^|[^\d.,/])\d{1,3}(?: ?[.,] ?| )$")
"""`19, 7 tỷ USD`, `1 79,7`: the rest of a numeral that white space has cut."""
_LABELLED = re.compile(
    r"(?<!\w)(?:mức|độ|lớp|khối|cấp|hạng|loại|nhóm|bậc|quý|đợt|khóa|vùng|tuyến|tổ|đội|khu|giai đoạn|bước) $"
)
_LABEL = 14
"""So many characters before a digit such a word may begin."""
_REST = re.compile(r"(?<!\w)(?:khác|còn lại)(?!\w)")
_TRIPLE = 3
Held = dict[str, list[frozenset[str]]]
"""The figures of each relation that was found to hold, by each of them."""
_LISTS = ("sum", "at-most", "hundred")


def weigh_grounds(judged: Judged, facts: Facts, held: Held) -> Severity | None:
    """Return the severity that the grounds of a failing claim allow; None for one not to be heard of.

    Figures of prose that lie apart are strangers unless one misprint would bring them together; so are
    the parts of a list of which one could not be read, and no numeral that is cut in two tells anything.
    Figures whose sentence has another ratio in `held` over the same whole are no strangers.
    """
    equation, severity = judged.claim.equation, judged.severity
    if equation is None or severity in (None, "info"):
        return severity
    figures = sorted((figure for _, figure in equation.terms), key=lambda figure: figure.start)
    if any(_is_cut(facts, figure) for figure in figures):
        return None
    if judged.rule.placed or judged.rule.family == "repeat" or judged.verdict != "fails":
        return severity
    if equation.form in _LISTS and _has_unread(facts, figures):
        return "info"
    if equation.form == "at-most" and not _has_excess(equation) and _is_partial(facts, figures):
        return "info"  # parts of a list after `trong đó` may overlap: `71 đảng viên nữ, 52 đoàn viên`
    if equation.form == "at-most" and _has_excess(equation) and _is_listed(facts, equation):
        return severity  # `190 trường. Trong đó, tiểu học 309 trường, …`: whatever else the list leaves out
    if severity == "warning" and not judged.claim.tied and not is_telling(equation):
        strangers = equation.form in _LISTS and not has_edit(equation)
        tied = not strangers and (
            _is_run(facts, figures) or (has_edit(equation) and _has_sister(facts, equation, held))
        )
        return severity if tied else "info"
    return severity


def _is_listed(facts: Facts, equation: Equation) -> bool:
    """Return whether a total lists several parts that count the same, all in one sentence."""
    total, parts = facts.by_mention.get(equation.one("total").mention), equation.all("part")
    owners = {each.part_of for part in parts if (each := facts.by_mention.get(part.mention)) is not None}
    places = {facts.mentions[part.mention].sentence for part in parts}
    same = all(is_alike(part, equation.one("total")) for part in parts)
    return total is not None and owners == {total.id} and len(places) == 1 and len(parts) > 1 and same


def _has_excess(equation: Equation) -> bool:
    """Return whether one part alone exceeds the total, whatever the other parts overlap with."""
    total = equation.one("total")
    if total.dimension == "%":
        return False  # rates of groups lie on both sides of the rate of all
    return any(part.value > total.value for part in equation.all("part"))


def _is_partial(facts: Facts, figures: list[Figure]) -> bool:
    """Return whether a list may leave parts out, and so be of anything about its total.

    Not where its last part is the rest, nor where all parts are limited to different places or sectors.
    """
    own = {figure.mention: facts.by_mention.get(figure.mention) for figure in figures}
    parts = [f for f in figures if (each := own[f.mention]) is not None and each.part_of is not None]
    if parts and _REST.search(facts.words_before(parts[-1])):
        return False
    scopes = {facts.scope_of(part) for part in parts}
    if len(parts) > 1 and None not in scopes and len(scopes) == len(parts):
        return False
    listings = {each.listing for each in own.values() if each is not None}
    return "partial" in listings


def _is_cut(facts: Facts, figure: Figure) -> bool:
    text = facts.analysis.text
    found = _CUT.search(text, max(0, figure.start - 8), figure.start)
    if found is None or facts.mentions[figure.mention].cell is not None:
        return False
    digit = found.end() - 2
    if text[digit - 1 : digit] == " " and ends_a_name(text, digit):
        return False  # `KCN Đồng Văn 3 118,4 ha`
    if text[found.start()].isalpha():
        return False  # `3 cây Sp5, 1 cây thông`: a name with a digit
    if _LABELLED.search(text, max(0, found.start() - _LABEL), found.start() + 1):
        return False  # `9 trường đạt mức 1, 3 trường …`
    sentence = facts.sentence_at(figure.start)
    if sentence is None or sentence.start >= found.start():
        return False
    holder = _find_holder(facts, found.start() + 1)
    return holder is None or mention_kind(facts.mentions[holder]) == "number"


def _has_unread(facts: Facts, figures: list[Figure]) -> bool:
    """Return whether digits that are no mention, but stand before the unit, lie between listed figures."""
    text = facts.analysis.text
    if any(not figure.dimension for figure in figures) and _has_bare(facts, figures):
        return True
    for one, two in pairwise(figures):
        start, unit = one.start + len(one.text), one.text.split()[-1]
        for found in re.finditer(rf"\d+(?=\s+{re.escape(unit)}(?!\w))", text[start : two.start]):
            if _find_holder(facts, start + found.start()) is None:
                return True
    return False


_NUMBER = re.compile(r"(?<![\w.,/])\d+(?![\w/]|[.,]\d)")
_CLOSE = 60
"""So many characters behind a list its bracket may close."""


def _has_bare(facts: Facts, figures: list[Figure]) -> bool:
    """Return whether a list of counts without a unit holds one that is no mention: `(…, quá hạn 6)`."""
    text, last = facts.analysis.text, figures[-1]
    end = last.start + len(last.text)
    closed = text.find(")", end, end + _CLOSE)
    stop = end if closed < 0 or "\n\n" in text[end:closed] else closed
    return any(
        _find_holder(facts, found.start()) is None for found in _NUMBER.finditer(text, figures[0].start, stop)
    )


def _find_holder(facts: Facts, offset: int) -> str | None:
    """Return the mention that holds an offset."""
    starts = facts.mention_starts
    at = bisect_left(starts, (offset + 1, "")) - 1
    if at < 0:
        return None
    name = starts[at][1]
    return name if offset < facts.mentions[name].end else None


def _has_sister(facts: Facts, equation: Equation, held: Held) -> bool:
    """Return whether another ratio of the same sentence agrees with the same whole, plan or base.

    `giải ngân 1.644,9 tỷ đồng, đạt 43,18% kế hoạch; ước 1.948,6 tỷ đồng, đạt 40,49% kế hoạch`.
    """
    below = {"share": "total", "ratio": "base", "growth": "base"}.get(equation.form)
    if below is None:
        return False
    base, ratio = equation.one(below).mention, equation.one("ratio").mention
    place = facts.mentions[ratio].sentence
    for each in held.get(base, ()):
        if ratio not in each and len(each) == _TRIPLE:
            others = [facts.mentions[name] for name in each if name != base]
            same = all(other.sentence == place for other in others)
            if same and any(mention_kind(other) == "percent" for other in others):
                return True
    return False


def _is_run(facts: Facts, figures: list[Figure]) -> bool:
    """Return whether figures follow each other in one sentence with no other one of their kinds between."""
    if len({facts.mentions[figure.mention].sentence for figure in figures}) > 1:
        return False
    names = {figure.mention for figure in figures}
    owners = {facts.by_mention[name].id for name in names if name in facts.by_mention}
    depths = facts.depths
    for one, two in pairwise(figures):
        depth = max(depths.get(one.mention, 0), depths.get(two.mention, 0))
        for other in facts.figures_between(one.start, two.start):
            if other.mention in names or not any(is_alike(other, figure) for figure in figures):
                continue
            if depths.get(other.mention, 0) > depth:
                continue  # `162,8 tỷ đồng (truy thu 118,4 tỷ đồng, …), đã nộp 131,6 tỷ đồng (80,8%)`
            indicator = facts.by_mention.get(other.mention)
            if indicator is None or indicator.of not in owners:
                return False
    return True
