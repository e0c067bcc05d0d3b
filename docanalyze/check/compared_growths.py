"""The growths of a sentence: what each says it is of, and whether of the year or the period before."""

from __future__ import annotations

import re

import msgspec

from docanalyze.check.facts import Facts
from docanalyze.core.figure import Figure

_ABOUT = re.compile(r"[\s)]*(?:cả )?(?:về|đối với) (?P<what>[^\W\d][^,;:()\d]*)")
_STOP = re.compile(r" (?:so|và|nhưng|song|còn|trong khi|mà|tăng|giảm)(?!\w)")
_BEFORE = re.compile(
    r"(?:^|[,;:(] |và |nhưng |song )(?P<what>[^\W\d][^,;:()\d]{1,40}?)(?: (?:vẫn|lại|cũng|chỉ|đã))*"
    r" (?:tăng|giảm)(?: (?:gần|hơn|tới|đến|mạnh|nhẹ))*$"
)
_AGAINST = re.compile(r"(?<!\w)so (?:với|cùng|sánh với) [^,;:()]{0,40}")
_DIRECT = re.compile(r"[\s)]*(?:(?:về|đối với) [^,;:()\d]*?)?\s*so (?:với|cùng|sánh với) ")
_YEAR = re.compile(r"cùng kỳ|cùng tháng|(?<!\w)năm (?:trước|ngoái|19\d\d|20\d\d)")
_MONTH = re.compile(r"(?<!\w)tháng (?P<month>\d{1,2})(?:(?:[/.-]| năm )(?P<year>\d{4}))?")
_PRIOR = re.compile(r"(?<!\w)(?:tháng|quý|kỳ|tuần) (?:trước|liền|\d|[ivx])")
_YEARLY, _LATELY, _UNTOLD = frozenset(["year"]), frozenset(["prior"]), frozenset[str]()


class Growth(msgspec.Struct, frozen=True):
    """A growth, what it says it is of (empty if nothing), and the indicator of its level.

    `against` holds `year` or `prior`, and the month that is named; it is empty where no word tells.
    """

    figure: Figure
    what: str
    of: str | None
    against: frozenset[str]


def list_growths(facts: Facts, name: str) -> list[Growth]:
    """Return the growths of a sentence in order."""
    figures, sentence = facts.by_sentence.get(name, ()), facts.sentence_of(name)
    if sentence is None:
        return []
    text = facts.analysis.text
    stops = [*(figure.start for figure in figures[1:]), sentence.end]
    behind = [
        " " + " ".join(text[figure.start + len(figure.text) : stop].lower().split())
        for figure, stop in zip(figures, stops, strict=True)
    ]
    found: list[Growth] = []
    carried = _UNTOLD
    for at, figure in enumerate(figures):
        if figure.dimension != "%" or facts.role_of(figure) != "growth":
            continue
        direct = at > 0 and _DIRECT.match(behind[at - 1]) is not None
        told = _AGAINST.findall(facts.words_before(figure))[direct:]
        after = next((match for rest in behind[at:] if (match := _AGAINST.search(rest))), None)
        if told:
            against = carried = _read_against(facts, figure, told[-1])
        elif carried and _DIRECT.match(behind[at]) is None:
            against = carried
        else:
            against = _UNTOLD if after is None else _read_against(facts, figure, after[0])
        about = _ABOUT.match(behind[at]) or _BEFORE.search(facts.words_before(figure))
        what = "" if about is None else _STOP.split(about["what"])[0].strip()
        found.append(Growth(figure, what, facts.by_mention[figure.mention].of, against))
    return found


def are_against_one(one: Growth, two: Growth) -> bool:
    """Return whether two growths are measured against one period; both, where no word tells."""
    return bool(one.against & two.against) or not (one.against or two.against)


def _read_against(facts: Facts, figure: Figure, words: str) -> frozenset[str]:
    """Return against what a growth is measured: `so với tháng 6-2022` is a year before that month of 2023."""
    month = _MONTH.search(words)
    if month is None or "cùng kỳ" in words or "năm trước" in words or "năm ngoái" in words:
        return _YEARLY if _YEAR.search(words) else _LATELY if _PRIOR.search(words) else _UNTOLD
    if month["year"] is None:
        return _LATELY
    named = frozenset([f"{month['month']}/{month['year']}"])
    indicator = facts.by_mention[figure.mention]
    own, base = indicator.period, indicator.base_period
    if own is not None and base is not None and own.start is not None and base.start is not None:
        return named | (_YEARLY if own.start[5:7] == base.start[5:7] else _LATELY)
    return named
