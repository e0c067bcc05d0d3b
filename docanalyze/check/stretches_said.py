"""What stretch of time the words before a figure name: a month, some months, a half of one, a year so far."""

from __future__ import annotations

import re

Stretch = tuple[str, int]
"""A kind, and which or how many; 0 where that is not said."""

_WORDS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mười": 10, "mười một": 11,
}  # fmt: skip
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_SAID = re.compile(
    r"(?<!\w)(?:"
    r"(?P<half>(?:\d+ ngày (?:đầu|cuối)|nửa (?:đầu|cuối|sau)|đầu|giữa|kỳ \d+) tháng(?: (?P<halved>\d{1,2}))?)"
    r"|(?P<to>đến (?:hết |cuối |ngày \d{1,2}[/-])?(?:tháng )?(?P<last>\d{1,2})(?=[/-]|(?!\w)))"
    r"|(?P<so>từ đầu năm|lũy kế|luỹ kế|cộng dồn|tính chung|những tháng đầu năm|tính từ đầu)"
    r"|(?P<many>\d{1,2}|mười một|mười|hai|ba|bốn|năm|sáu|bảy|tám|chín) tháng(?! \d)"
    r"|tháng (?P<month>\d{1,2})(?!\w)"
    r"|quý (?P<quarter>[ivx]+|\d)(?!\w)"
    r"|(?P<this>(?:trong|của) tháng|tháng (?:qua|này))(?! \d)"
    r"|(?P<year>(?:cả|trong|của) năm(?! \w+ tháng)|năm (?:19|20)\d\d)"
    r")"
)
_ALONE = re.compile(r"(?<!\w)riêng(?!\w)")
_AGAINST = re.compile(r"(?<!\w)so (?:với|cùng|sánh)[^,;:()]*")


def read_stretch(words: str) -> Stretch | None:
    """Return the stretch that words name last, but for what is only compared with; None if they name none.

    >>> read_stretch("lũy kế 7 tháng năm 2023, xuất khẩu chè"), read_stretch("trong tháng 6, so với tháng 5")
    (('months', 7), ('month', 6))
    """
    found: Stretch | None = None
    said = _AGAINST.sub(" ", words)
    own = _ALONE.split(said)[-1]  # `11 tháng đạt …; riêng trong tháng 11 …`
    for match in _SAID.finditer(own if _SAID.search(own) else said):
        here = _read(match)
        if here[0] == "year" and found not in (None, ("so far", 0)):
            continue  # `6 tháng đầu năm 2023`, `quý I năm 2023`
        if found is not None and found[0] in ("so far", "months") and here[0] in ("month", "half", "so far"):
            found = found if found[1] or here[0] != "months" else here
            continue  # `lũy kế từ đầu năm đến nửa đầu tháng 8`
        found = here
    return found


def _read(match: re.Match[str]) -> Stretch:
    groups = match.groupdict()
    if groups["half"]:
        return "half", int(groups["halved"] or 0)
    if groups["to"]:
        return "months", int(groups["last"])
    if groups["so"]:
        return "so far", 0
    if groups["many"]:
        many = groups["many"]
        return "months", int(many) if many.isdigit() else _WORDS[many]
    if groups["month"]:
        return "month", int(groups["month"])
    if groups["quarter"]:
        quarter = groups["quarter"]
        which = int(quarter) if quarter.isdigit() else _ROMAN.get(quarter, 0)
        return ("months", 3) if which == 1 else ("quarter", which)
    return ("month", 0) if groups["this"] else ("year", 0)


def are_one_stretch(one: Stretch | None, two: Stretch | None) -> bool:
    """Return whether two stretches may be one: what is not said may be any.

    >>> are_one_stretch(("months", 6), ("so far", 0)), are_one_stretch(("months", 6), ("month", 6))
    (True, False)
    """
    if one is None or two is None:
        return True
    if one[0] != two[0]:
        return {one[0], two[0]} <= {"months", "so far", "year"} and ("so far" in (one[0], two[0]))
    return one[1] == two[1] or 0 in (one[1], two[1])
