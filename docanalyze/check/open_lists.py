"""Lists that words leave open: what is left of them has no figure, or the first of them is no total."""

from __future__ import annotations

import re

from docanalyze.check.facts import Facts
from docanalyze.core.figure import Figure

_REACH = 160
_REST = re.compile(
    r"[^\d;.()]*?(?<!\w)"
    r"(?:(?:và|cùng|,) (?:một số |các |những )?(?:[^\W\d]+ ){1,4}khác|còn lại (?:là|thuộc|ở|do))"
    r"(?!\w)[^\d;()]*?(?=[.;)\n]|$)"
)
_ITEM = re.compile(r":\s*(?P<name>[^\W\d]+(?: [^\W\d]+){0,3}?)(?: (?:đạt|có|là|được))?\s*$")
_OF_ALL = re.compile(
    r"(?<!\w)(?:tổng|toàn|chung|cả|tất cả|xảy ra|phát hiện|tiếp nhận|nhận|thụ lý|có|được|phải|đã|hiện)(?!\w)"
)


def leaves_rest(facts: Facts, parts: list[Figure]) -> bool:
    """Return whether a list goes on to a rest without a figure: `Nhật 6,92, EU 4,18 và các nước khác`."""
    last = max(parts, key=lambda part: part.start)
    end = last.start + len(last.text)
    return _REST.match(facts.analysis.text[end : end + _REACH].lower()) is not None


def is_item(facts: Facts, figure: Figure) -> bool:
    """Return whether a figure is the first item behind a colon, no total: `Cây màu: ngô 416 ha, lạc …`."""
    found = _ITEM.search(facts.words_before(figure))
    return found is not None and _OF_ALL.search(found["name"]) is None
