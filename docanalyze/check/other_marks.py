"""Parts told apart by different marks, so that one may be counted in two: what happened, and who did it.

`61 vụ tai nạn, trong đó 34 vụ làm chết người, 28 vụ do xe mô tô`: a motorbike may have caused a death.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from docanalyze.check.facts import Facts
from docanalyze.check.said import read_behind
from docanalyze.core.figure import Figure

_MARKS = {
    "cause": re.compile(
        r"(?:xảy ra |phát sinh )?(?:là )?(?:do|bởi|vì|liên quan|xuất phát từ)(?!\w)"
        r"|.*(?:nguyên nhân|gây ra|lỗi)(?!\w)"
    ),
    "place": re.compile(r"(?:xảy ra |phát sinh )?(?:tại|ở|trên|trong|thuộc|ngoài)(?!\w)"),
    "outcome": re.compile(
        r"(?:đã |có )*(?:làm|gây|bị|khởi tố|xử lý|xử phạt|truy tố|thiệt hại|tử vong|chết)(?!\w)"
        r"|(?:đã |có )+(?!lỗi)"
    ),
    "person": re.compile(r"(?:có |mà )?(?:nạn nhân|đối tượng|bị cáo|bị can|chủ|người|nữ|nam)(?!\w)"),
}
_COUNTED = re.compile(r"(?:[^\W\d]+ ){0,2}?(?=do |tại |ở |trên |làm |gây |có |liên quan )")
"""`28 vụ tai nạn do …`: the rest of the name of what is counted."""


def have_other_marks(facts: Facts, parts: Sequence[Figure]) -> bool:
    """Return whether parts are told apart by different marks, the cause of one of them or two that differ."""
    marks = [_read_mark(facts, part) for part in parts]
    known = {mark for mark in marks if mark}
    return len(known) > 1 or (known == {"cause"} and None in marks)


def _read_mark(facts: Facts, part: Figure) -> str | None:
    behind = " ".join(read_behind(facts, part).lower().split())
    rest = _COUNTED.sub("", behind, count=1)
    return next((name for name, mark in _MARKS.items() if mark.match(behind) or mark.match(rest)), None)
