"""SUM001 of what complaints turned out to be: `đã giải quyết 31/45 vụ. Kết quả: đúng 6 vụ; sai 21 vụ; …`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.core.figure import Figure
from docanalyze.lexicon.cues import cue_pattern

_RIGHT = r"đúng(?: (?:một phần|toàn bộ|hoàn toàn|có sai|, có sai))?"
_VERDICT = re.compile(
    rf"(?<!\w)(?:(?P<right>{_RIGHT})|(?P<wrong>sai(?: toàn bộ| hoàn toàn)?|không đúng|không có cơ sở)"
    r"|rút đơn|đình chỉ(?: giải quyết)?|hòa giải(?: thành)?)(?: (?:là|có|chiếm|với))*\W*$"
)
_REST = re.compile(r"(?<!\w)(?:còn lại|còn|số khác|tố cáo|khiếu nại)(?!\w)")
_BACK = 2
"""So many sentences before its results may tell what was dealt with."""
_CASES = re.compile(r"^(?:vụ|vụ việc|đơn|đơn thư|lượt|trường hợp|việc|hồ sơ)(?!\w)")


def find_verdicts(facts: Facts) -> Iterator[Claim]:
    """Yield the sum of all that turned out right, partly right and wrong to what was dealt with before it."""
    for figures in facts.sentences_behind("sai", "không đúng", "không có cơ sở").values():
        verdicts = [(figure, _VERDICT.search(facts.words_before(figure))) for figure in figures]
        parts = [figure for figure, found in verdicts if found is not None and _is_case(facts, figure)]
        kinds = {found.lastgroup for _, found in verdicts if found is not None}
        if not {"right", "wrong"} <= kinds or len(parts) < len([each for _, each in verdicts if each]):
            continue
        total = _find_total(facts, parts[0])
        if total is None or any(
            total.start < figure.start < parts[-1].start and figure not in parts and _is_case(facts, figure)
            for figure in figures
        ):
            continue
        whole = Equation("sum", (("total", total), *(("part", part) for part in parts)))
        if holds(whole) or (has_edit(whole) and _is_all(facts, total, parts)):
            yield Claim("SUM001", whole, severity="warning", tied=True)


def _is_all(facts: Facts, total: Figure, parts: list[Figure]) -> bool:
    """Return whether nothing else was dealt with, and no more results are told."""
    inside = facts.by_sentence.get(facts.mentions[total.mention].sentence or "", ())
    others = [f for f in inside if f is not total and f not in parts and _is_case(facts, f)]
    places = {facts.mentions[part.mention].sentence or "" for part in parts}
    behind = [f for name in places for f in facts.by_sentence[name] if f.start > parts[-1].start]
    after = [f for name in facts.paragraph_after(parts[-1], 1) for f in facts.by_sentence.get(name, ())]
    more = any(_VERDICT.search(words) or _REST.search(words) for words in map(facts.words_before, after))
    around = facts.sentences_before(parts[-1], _BACK + 1)
    sorts = _count_sorts(" ".join(_read(facts, name) for name in around))
    if sorts > _count_sorts(" ".join(map(facts.words_before, parts))) > 0:
        return False  # `39 vụ khiếu nại, tố cáo. Kết quả: khiếu nại đúng 05 vụ, sai 18 vụ`
    return not others and not more and not any(_is_case(facts, figure) for figure in behind)


def _count_sorts(words: str) -> int:
    return sum(sort in words for sort in ("khiếu nại", "tố cáo"))


def _read(facts: Facts, name: str) -> str:
    sentence = facts.sentence_of(name)
    return "" if sentence is None else facts.analysis.text[sentence.start : sentence.end].lower()


def _is_case(facts: Facts, figure: Figure) -> bool:
    counted = not figure.dimension or _CASES.match(figure.dimension) is not None
    return counted and figure.plain and facts.role_of(figure) in ("level", "total")


def _find_total(facts: Facts, first: Figure) -> Figure | None:
    """Return the last count before the results that is said to be dealt with."""
    dealt = cue_pattern(facts.lexicon, "dealt-with")
    for name in facts.sentences_before(first, _BACK):
        for figure in reversed(facts.by_sentence.get(name, ())):
            if figure.start < first.start and figure.dimension and _is_case(facts, figure):
                return figure if dealt.search(facts.words_before(figure)) else None
    return None
