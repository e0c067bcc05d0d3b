"""What was done, in percent of what a sentence before says had to be done.

`Chỉ tiêu giao 846 tỷ đồng. Đã thu 702 tỷ đồng, đạt 83%`; `1.136 việc có điều kiện. Đã thi hành 967 việc`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation, compare, share_of
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.matches import empty_words
from docanalyze.check.named_wholes import has_other_whole
from docanalyze.check.portions import find_before_slash, whole_of
from docanalyze.check.said import read_behind, read_sentence_before
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words
from docanalyze.lexicon.cues import cue_pattern

_BACK = 2
"""So many sentences before may tell what had to be done."""
PLAIN = re.compile(
    r"[,;]?\s*\(?(?:(?:và|đã|mới|cũng) )*(?:hoàn thành|đạt|bằng|chiếm)?(?: ?t[ỷỉ] lệ)?"
    r"(?: (?:là|khoảng|gần|hơn|trên|đạt|chỉ|mới|ở mức|ước))*\s*"
)
_AIM = re.compile(
    r"(?<!\w)(?:kế hoạch|kh|dự toán|chỉ tiêu|mục tiêu|phấn đấu|được giao|giao|phân bổ|bố trí|đăng ký)(?!\w)"
)
_NOT_ALL = re.compile(r"(?<!\w)(?:mới|thêm|bổ sung|còn|tồn|chuyển sang|trước|khác|chưa|không|riêng)(?!\w)")
"""`thụ lý mới 500 vụ`, `chưa đủ điều kiện 312 việc`: not what had to be done."""
_NO_AIM = re.compile(
    r"(?<!\w)(?:thêm|bổ sung|còn|trước|khác|chưa|không|riêng|điều chỉnh (?:tăng|giảm))(?!\w)"
)
_GENERIC = fold_words(
    "so với kế hoạch kh dự toán chỉ tiêu mục tiêu năm giao được đề ra cả tổng số vốn tháng quý"
)
_GIVEN = re.compile(r"(?<!\w)(?:trung ương|tw|chính phủ|bộ|tỉnh|hđnd|ubnd|huyện|quận|thành phố|thị xã)(?!\w)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_RANGE = 20


class _Step(msgspec.Struct):
    """A ratio with what it is of, and the levels of the nearest sentence before with any of their kind."""

    ratio: Figure
    part: Figure
    before: tuple[Figure, ...]


def find_done_of(facts: Facts) -> Iterator[Claim]:
    """Yield the shares of what had to be dealt with, or of a plan, that were dealt with."""
    taken, dealt = cue_pattern(facts.lexicon, "taken-in"), cue_pattern(facts.lexicon, "dealt-with")
    for step in _read_steps(facts, "share", "level"):
        if dealt.search(facts.clause_before(step.part)) is None:
            continue
        due = [each for each in step.before if _is_due(facts, each, taken)]
        due = due if len(due) == 1 and _is_widest(facts, due[0], step.before) else _find_plan(facts, step)
        if len(due) == 1:
            yield from _claim("PCT001", facts, step, share_of(step.part, due[0], step.ratio))


def find_done_of_plan(facts: Facts) -> Iterator[Claim]:
    """Yield the ratios of what was done to the plan of a sentence before."""
    for step in _read_steps(facts, "plan-ratio"):
        for plan in _find_plan(facts, step):
            yield from _claim("PCT002", facts, step, compare("ratio", step.part, plan, step.ratio))


def _find_plan(facts: Facts, step: _Step) -> list[Figure]:
    """Return the one plan before that a ratio can be of."""
    plans = [each for each in step.before if _is_aim(facts, each) and _may_be_of(facts, step, each)]
    called = _read_called(facts, step.ratio) if plans else None
    if called is None:
        return []
    if len(plans) > 1 and called:  # `tỉnh giao 486 tỷ đồng, huyện giao 502 tỷ đồng`
        plans = [each for each in plans if called <= fold_words(facts.words_before(each))]
    return plans if len(plans) == 1 and called <= _read_about(facts, plans[0]) else []


def _claim(code: str, facts: Facts, step: _Step, equation: Equation) -> Iterator[Claim]:
    """Yield what agrees, or what a misprint keeps from it while no other figure before agrees."""
    if holds(equation):
        yield Claim(code, equation)
        return
    base = equation.terms[1][1]
    if not has_edit(equation) or has_other_whole(facts, equation):
        return
    others = (
        other for name in facts.sentences_before(step.part, _BACK + 2) for other in facts.levels_of(name)
        if other is not base and other.start < step.part.start and is_alike(other, step.part)
    )  # fmt: skip
    if not any(holds(share_of(step.part, other, step.ratio)) for other in others):
        yield Claim(code, equation, severity="warning", tied=True)


def _read_steps(facts: Facts, *roles: str) -> Iterator[_Step]:
    """Yield the percentages right behind the first figure of a kind in their sentence."""
    for figures in facts.by_sentence.values():
        for at, ratio in enumerate(figures):
            said = facts.by_mention.get(ratio.mention) if at and ratio.dimension == "%" else None
            if said is None or said.role not in roles or said.against is not None or not ratio.plain:
                continue
            part = figures[at - 1]
            if not PLAIN.fullmatch(facts.words_before(ratio)) or not _is_level(facts, part):
                continue
            part = find_before_slash(part, facts) or part
            if not _is_level(facts, part) or whole_of(facts, part) is not None:
                continue
            if any(is_alike(each, part) for each in figures if each.start < part.start):
                continue
            before = _list_before(facts, part)
            if before:
                yield _Step(ratio, part, before)


def _list_before(facts: Facts, part: Figure) -> tuple[Figure, ...]:
    """Return the levels of a part's kind in the nearest sentence of the paragraph before that has any."""
    for name in facts.paragraph_before(part, _BACK)[1:]:
        alike = tuple(each for each in facts.by_sentence.get(name, ()) if is_alike(each, part))
        levels = tuple(each for each in alike if facts.role_of(each) in ("level", "plan", "total"))
        if levels:
            return levels
    return ()


def _is_level(facts: Facts, figure: Figure) -> bool:
    counted = figure.dimension not in ("%", "point", "") and figure.number == figure.high
    return counted and facts.role_of(figure) == "level"


def _is_due(facts: Facts, figure: Figure, taken: re.Pattern[str]) -> bool:
    """Return whether a figure is said to be of what had to be dealt with, before it or behind it."""
    if whole_of(facts, figure) is not None or not figure.plain:
        return False
    before, behind = facts.clause_before(figure), read_behind(facts, figure).lower()
    for words in (before, behind):
        if taken.search(words) is not None:
            return _NOT_ALL.search(before) is None
    return False


def _is_widest(facts: Facts, due: Figure, before: tuple[Figure, ...]) -> bool:
    """Return whether the levels beside a figure are smaller, or what it is a part of."""
    own = facts.by_mention[due.mention]
    return all(
        each.value <= due.value or facts.by_mention[each.mention].id == own.part_of or each.start < due.start
        for each in before
    )


def _is_aim(facts: Facts, figure: Figure) -> bool:
    """Return whether a figure is called a plan, or what is to be reached."""
    called = figure.plain and _AIM.search(facts.words_before(figure)) is not None
    return called and _NO_AIM.search(facts.clause_before(figure)) is None


def _may_be_of(facts: Facts, step: _Step, plan: Figure) -> bool:
    """Return whether a plan is of the year of what was done, and given by whom the ratio says."""
    years = [set(_YEAR.findall(read_sentence_before(facts, each))) for each in (plan, step.part)]
    if all(years) and not years[0] & years[1]:
        return False
    givers = set(_GIVEN.findall(read_behind(facts, step.ratio).lower()))
    return givers <= set(_GIVEN.findall(facts.words_before(plan)))


def _read_called(facts: Facts, ratio: Figure) -> frozenset[str] | None:
    """Return the words that say of which plan a ratio is; None for one of anything but a plan."""
    behind = read_behind(facts, ratio).lower()
    if not behind.strip():
        return frozenset()
    if facts.role_of(ratio) != "plan-ratio" or _AIM.search(behind) is None:
        return None
    return fold_words(behind) - _GENERIC - empty_words(facts)


def _read_about(facts: Facts, figure: Figure) -> frozenset[str]:
    """Return the words before a figure in its sentence, and those right behind it."""
    sentence = facts.sentence_at(figure.start)
    start = figure.start if sentence is None else sentence.start
    return fold_words(facts.analysis.text[start : figure.start + len(figure.text) + _RANGE])
