"""Fractions of a count told before, and such that go on: `34 việc. Xong 31/34 việc, … 06/31 việc`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from docanalyze.check.edits import find_edits, has_edit
from docanalyze.check.equation import add_up, equate
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.portions import whole_of
from docanalyze.core.figure import Figure, is_alike

_OF_THEM = re.compile(r"(?<!\w)(?:trong (?:tổng )?(?:số )?(?:đó|này)|số này)(?!\w)")
_OUTCOME = re.compile(r"\W*(?:kết quả|đến nay|hiện(?: nay| tại)?|đã|tính đến|qua)(?!\w)")
_LEFT = re.compile(r"\W*\((?:còn|có)?(?: lại)? ?$")
_UNDONE = re.compile(r"(?<!\w)(?:chưa|không|tạm|hoãn|đình chỉ|còn|đang|tồn|vướng|ngừng|dừng)(?!\w)")
_NOTHING_MORE = re.compile(r"\s*(?:[,.;(]|và(?!\w)|$)")
_REACH = 60
_KINDS = ("digit", "swap")
_LONG = 3
"""Shorter counts are equal by chance."""


def find_fractions_again(facts: Facts) -> Iterator[Claim]:
    """Yield the wholes of fractions with the count, or the fraction before, that they are of."""
    if not facts.slashes:
        return
    for figures in facts.by_sentence.values():
        rows = [(figure, whole) for figure in figures if (whole := whole_of(facts, figure)) is not None]
        for (one, whole), (two, again) in pairwise(rows):
            if is_alike(one, two) and one.exact and two.exact:
                yield from _claim_next(facts, one, whole, two, again)
        if rows and rows[0][0] is figures[0] and figures[0].exact:
            yield from _claim_told(facts, *rows[0])


def find_fraction_rests(facts: Facts) -> Iterator[Claim]:
    """Yield the wholes of fractions that the bracket behind makes up: `20/22 việc (02 việc tạm đình chỉ)`."""
    for figures in facts.by_sentence.values() if facts.slashes else ():
        for part, after in pairwise(figures):
            if part.exact and part.dimension and _LEFT.fullmatch(facts.words_before(after)) is not None:
                whole = whole_of(facts, part)
                if whole is not None:
                    yield from _claim_left(facts, part, whole, after)


def _claim_next(facts: Facts, one: Figure, whole: Figure, two: Figure, again: Figure) -> Iterator[Claim]:
    """Yield what two fractions beside each other are of: the same, or the second of the first."""
    if whole.value == again.value:
        if whole.digits >= _LONG:
            yield Claim("REP001", equate(whole, again))
        return
    if _OF_THEM.search(facts.words_before(two)) is not None:
        equation = equate(one, again)
        narrower = again.value < one.value and _OF_CLASS.match(_read_on(facts, two)) is not None
        if not holds(equation) and narrower:
            return  # `23/63 huyện giảm, trong đó có 6/20 huyện có số hộ lớn`: of those of a class
        if holds(equation) or (_is_slip(one, again) and not _is_slip(whole, again)):
            yield Claim("REP001", equation, severity="warning", tied=True)
    elif two.value > again.value and one.value <= whole.value and has_edit(equate(whole, again)):
        yield Claim("REP001", equate(whole, again), severity="warning", tied=True)


_OF_CLASS = re.compile(
    r"\W*(?:có|thuộc|ở) (?:số(?: lượng)?|quy mô|mức|tỷ lệ|diện tích|dân số|nhóm|diện|loại|khu vực|vùng)(?!\w)"
)


def _read_on(facts: Facts, figure: Figure) -> str:
    end = figure.start + len(figure.text)
    return facts.analysis.text[end : end + _REACH].lower()


def _claim_left(facts: Facts, part: Figure, whole: Figure, after: Figure) -> Iterator[Claim]:
    """Yield a whole as what is done and what the bracket behind says is not."""
    if not (is_alike(after, part) and after.plain and part.plain) or whole_of(facts, after) is not None:
        return
    end = after.start + len(after.text)
    behind = facts.analysis.text[end : end + _REACH].split(")")[0].lower()
    equation = add_up(whole, [part, after])
    if _UNDONE.search(behind) is None:
        return
    above = part.value + after.value > whole.value  # else more may be left than the bracket tells
    if holds(equation) or (above and has_edit(equation)):
        yield Claim("SUM004", equation, severity="warning", tied=True)


def _claim_told(facts: Facts, part: Figure, whole: Figure) -> Iterator[Claim]:
    """Yield the whole of the first fraction of a sentence with the one count of the sentence before."""
    before = [
        each for name in facts.paragraph_before(part, 1)[1:] for each in facts.by_sentence.get(name, ())
        if is_alike(each, part)
    ]  # fmt: skip
    if len(before) != 1 or not before[0].plain or facts.role_of(before[0]) != "level":
        return
    equation = equate(before[0], whole)
    if holds(equation):
        if whole.digits >= _LONG:
            yield Claim("REP001", equation)
        return
    end = part.start + len(part.text)
    behind = facts.analysis.text[end : end + _REACH]
    plain = _OUTCOME.match(facts.words_before(part)) and _NOTHING_MORE.match(behind)
    if plain and whole_of(facts, before[0]) is None and _is_slip(before[0], whole):
        yield Claim("REP001", equation, severity="warning", tied=True)


def _is_slip(one: Figure, two: Figure) -> bool:
    return any(edit.kind in _KINDS for edit in find_edits(equate(one, two)))
