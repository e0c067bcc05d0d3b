"""What is left of cases or the like, told in a later sentence than what was taken on and what is done."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docanalyze.check.edits import is_telling
from docanalyze.check.equation import add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.matches import empty_words
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words

_LEFT = re.compile(
    r"(?<!\w)(?:còn tồn|tồn đọng|chuyển (?:sang )?(?:kỳ|năm|quý) sau|còn phải (?:giải quyết|thi hành|xử lý)"
    r"|còn lại (?:phải|chưa|đang) \w+ \w+)(?: (?:là|có|hiện là))?\s*$"
)
_DONE = re.compile(
    r"(?<!phải )(?<!chưa )(?<!đang )(?<!\w)(?:(?:giải quyết|thi hành|xử lý|xét xử)(?: được)?(?: xong)?"
    r"|hoàn thành)(?:\[\d\])?(?: (?:là|được|có|đạt))?\s*$"
)
_TAKEN = re.compile(
    r"(?<!\w)(?:(?:đã )?thụ lý|(?:đã )?tiếp nhận|phải (?:giải quyết|thi hành|xử lý))(?!\w)"
    r"(?: (?:là|được|có))*\s*$"
)
_BACK = 5


def find_far_rests(facts: Facts) -> Iterator[Claim]:
    """Yield what is left with the nearest figures before it of what is done, and of what was taken on.

    `Tòa án thụ lý 7.662 vụ, giải quyết 6.468 vụ, đạt 84,4%. Thụ lý tăng 502 vụ. Án còn tồn 1.194 vụ`. One
    that fails is told where a misprint explains it and nothing else of its kind stands between.
    """
    told = facts.behind("tồn", "sau", "còn")
    for name in facts.by_sentence if told else ():
        levels = facts.levels_of(name)
        rest = levels[0] if levels else None
        if rest is None or rest.mention not in told or not rest.exact or facts.depths.get(rest.mention):
            continue
        if _LEFT.search(facts.clause_before(rest)) is None:
            continue
        earlier = _read_before(facts, rest)
        done = next((f for f in reversed(earlier) if _DONE.search(facts.clause_before(f))), None)
        if done is None:
            continue
        first = earlier[: earlier.index(done)]
        taken = next((f for f in reversed(first) if _TAKEN.search(facts.clause_before(f))), None)
        if taken is None:
            continue
        whole = add_up(taken, [done, rest])
        if holds(whole):
            yield Claim("SUM004", whole)
        elif (
            done is earlier[-1] and taken is first[-1] and _is_of_it(facts, rest, taken) and is_telling(whole)
        ):
            yield Claim("SUM004", whole, severity="warning", tied=True)


def _is_of_it(facts: Facts, rest: Figure, taken: Figure) -> bool:
    """Return whether what is left is named by words of what was taken on, with nothing from before it."""
    sentence = facts.sentence_at(taken.start)
    said = "" if sentence is None else facts.analysis.text[sentence.start : sentence.end]
    named = fold_words(_LEFT.sub("", facts.clause_before(rest))) - empty_words(facts)
    return named <= fold_words(said) | {"so"} and not is_of_more(facts, rest)


def is_of_more(facts: Facts, rest: Figure) -> bool:
    """Return whether what is left may be of more than what was taken on: of what came over, or of all.

    `Năm trước chuyển sang 120 vụ. Thụ lý 1.245 vụ, …`; `Án dân sự thụ lý 612 vụ, …. Toàn ngành còn tồn …`.
    """
    own = facts.sentence_of(facts.mentions[rest.mention].sentence or "")
    names = facts.sentences_before(rest, _BACK)[1:]
    texts = [sentence for name in names if (sentence := facts.sentence_of(name)) is not None]
    before = " ".join(facts.analysis.text[each.start : each.end] for each in texts).lower()
    said = "" if own is None else facts.analysis.text[own.start : rest.start].lower()
    if _WHOLE.search(said) is not None and _WHOLE.search(before) is None:
        return True
    return _CAME_OVER.search(before) is not None and _WITH_IT.search(before) is None


_CAME_OVER = re.compile(
    r"(?<!\w)(?:chuyển (?:sang|qua)|tồn (?:đầu|kỳ trước|cũ|từ)|(?:kỳ|năm|quý) trước chuyển)(?!\w)"
)
_WITH_IT = re.compile(r"(?<!\w)(?:lũy kế|luỹ kế|tổng|cộng|đến hạn|phải (?:giải quyết|xử lý|thi hành))(?!\w)")
"""A total that what came over is in: `tồn kỳ trước 2.171, lũy kế 6.302 hồ sơ`."""
_WHOLE = re.compile(r"(?<!\w)(?:toàn|cả) (?:ngành|tỉnh|huyện|thành phố|nước|quốc|hệ thống|hai cấp)(?!\w)")


def _read_before(facts: Facts, rest: Figure) -> list[Figure]:
    """Return the levels of a figure's kind in the sentences before it, in order, outside brackets."""
    names = reversed(facts.sentences_before(rest, _BACK)[1:])
    levels = [figure for name in names for figure in facts.levels_of(name)]
    return [f for f in levels if is_alike(f, rest) and not facts.depths.get(f.mention)]
