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
_MONTH = re.compile(r"(?<!\w)tháng \d{1,2}(?P<year>[/.-]\d| năm)?")
_PRIOR = re.compile(r"(?<!\w)(?:tháng|quý|kỳ|tuần) (?:trước|liền|\d|[ivx])")


class Growth(msgspec.Struct, frozen=True):
    """A growth, what it says it is of (empty if nothing), and the indicator of its level.

    `against` is `year` or `prior`, and empty where no word tells.
    """

    figure: Figure
    what: str
    of: str | None
    against: str


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
    carried = ""
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
            against = "" if after is None else _read_against(facts, figure, after[0])
        about = _ABOUT.match(behind[at]) or _BEFORE.search(facts.words_before(figure))
        what = "" if about is None else _STOP.split(about["what"])[0].strip()
        found.append(Growth(figure, what, facts.by_mention[figure.mention].of, against))
    return found


def _read_against(facts: Facts, figure: Figure, words: str) -> str:
    """Return against what a growth is measured: `so với tháng 6-2022` is a year before that month of 2023."""
    month = _MONTH.search(words)
    if month is None:
        return "year" if _YEAR.search(words) else "prior" if _PRIOR.search(words) else ""
    if "cùng kỳ" in words or "năm trước" in words or "năm ngoái" in words:
        return "year"
    indicator = facts.by_mention[figure.mention]
    own, base = indicator.period, indicator.base_period
    if own is not None and base is not None and own.start is not None and base.start is not None:
        return "year" if own.start[5:7] == base.start[5:7] else "prior"
    return "" if month["year"] else "prior"
