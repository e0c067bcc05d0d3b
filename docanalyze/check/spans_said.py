"""The span of time that a sentence says its figures are of: a month, a quarter, some months, by its words."""

from __future__ import annotations

import re

from docanalyze.check.facts import Facts
from docanalyze.core.figure import Figure

_NUMBER = r"(?:\d{1,2}|hai|ba|bốn|sáu|bảy|tám|chín|mười(?: một| hai)?)"
_SPAN = re.compile(
    rf"(?P<months>(?<!\w){_NUMBER} tháng(?! (?:tuổi|trước|\d))|lũy kế|luỹ kế|cộng dồn|từ đầu năm)"
    r"|(?<!\w)(?P<month>tháng (?:\d{1,2}|giêng|một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)(?!\w))"
    r"|(?<!\w)(?P<quarter>quý (?:[ivx]+|\d)(?!\w))"
)
_OTHER = re.compile(
    r"(?:so với|cùng kỳ|đến|hết|từ|cuối|tính|ngày|cùng)(?: (?:hết|cuối|ngày|thời điểm|[\d/]+))*$"
)
"""`đến hết tháng 6`, `so với tháng 5`: a day, or the time of a comparison."""
_AHEAD = 16


def differ_in_span(facts: Facts, one: Figure, two: Figure) -> bool:
    """Return whether two sentences say that their figures are of different spans of time.

    `Tháng 6, kim ngạch đạt 21 tỷ USD. … 6 tháng đầu năm, hàng công nghiệp đạt 64 tỷ USD`.
    """
    first, second = _read_span(facts, one), _read_span(facts, two)
    return first is not None and second is not None and first != second


def _read_span(facts: Facts, figure: Figure) -> str | None:
    """Return the kind of the nearest span named before a figure in its sentence."""
    sentence = facts.sentence_at(figure.start)
    if sentence is None:
        return None
    words = " ".join(facts.analysis.text[sentence.start : figure.start].lower().split())
    kinds = [found.lastgroup for found in _SPAN.finditer(words) if _is_own(words, found)]
    return kinds[-1] if kinds else None


def _is_own(words: str, found: re.Match[str]) -> bool:
    before = words[max(0, found.start() - _AHEAD) : found.start()].rstrip()
    return found.lastgroup == "months" or _OTHER.search(before) is None
