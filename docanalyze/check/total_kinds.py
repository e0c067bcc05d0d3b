"""What a figure before a list may be besides its sum: a balance, a rate of all, a mean."""

from __future__ import annotations

import re

from docanalyze.check.facts import Facts
from docanalyze.core.figure import Figure
from docanalyze.core.names import fold_words
from docanalyze.lexicon.forms import form_pattern


def may_be_net(facts: Facts, total: Figure) -> bool:
    """Return whether a total may be what one of its two parts leaves of the other; counts say so."""
    return not total.exact or _NET.search(facts.words_before(total)) is not None


_NET = re.compile(r"(?<!\w)(?:ròng|thuần|thực tăng|thực giảm|chênh lệch|tăng thêm|cân đối|tăng|giảm)(?!\w)")
_SURPLUS = re.compile(
    r"(?<!\w)(?:(?P<up>xuất siêu|thặng dư|lãi|cán cân(?: [^\W\d]+){0,2} dương)"
    r"|nhập siêu|thâm hụt|lỗ|cán cân(?: [^\W\d]+){0,2} âm)(?!\w)"
)


def is_moved(facts: Facts, figure: Figure) -> bool:
    """Return whether a figure is how much more or less there is: `giảm cả ba mặt với 412 vụ, 35 người`."""
    sentence = facts.sentence_at(figure.start)
    said = "" if sentence is None else facts.analysis.text[sentence.start : figure.start].lower()
    return _MOVED.search(said) is not None


_MOVED = re.compile(
    r"(?<!\w)(?:tăng|giảm)(?: ở)?(?: cả)? (?:\w+ )?(?:tiêu chí|mặt|chỉ số|chỉ tiêu)(?: là| với|, với|:)?\s*$"
)


def read_side(facts: Facts, figure: Figure) -> int | None:
    """Return 1 for a surplus, -1 for a deficit: `xuất siêu 20,8, trong đó trong nước nhập siêu 18,0, …`."""
    found = list(_SURPLUS.finditer(facts.words_before(figure)))
    return None if not found else 1 if found[-1]["up"] else -1


def are_rates(facts: Facts, total: Figure, parts: list[Figure]) -> bool:
    """Return whether a rate lies between those of groups: `104,8%, trong đó tỉnh 118,3%, xã 89,6%`."""
    values = [part.value for part in parts]
    said = fold_words(facts.words_before(total))
    names = [fold_words(facts.by_mention[part.mention].name) for part in parts]
    if all(name and name <= said for name in names):
        return False  # `tỷ lệ án bị hủy, sửa 0,52% (hủy 0,23%, sửa 0,29%)`
    shares = any(facts.role_of(figure) == "share" for figure in (total, *parts))
    rate = "tỷ lệ" in facts.words_before(total) and max(values) > total.value
    return not shares and (rate or min(values) < total.value < max(values))


_MEAN = re.compile(r"(?<!\w)(?:trung bình|bình quân)(?!\w)")
_MEAN_COUNT = form_pattern("<mean_count>")


def is_mean(facts: Facts, total: Figure, parts: list[Figure]) -> bool:
    """Return whether a mean lies between those of groups: `tuổi trung bình 41,2 tuổi, nữ 38,6, nam 43,1`."""
    values = [part.value for part in parts]
    said = _MEAN_COUNT.sub("", facts.words_before(total))
    return min(values) < total.value < max(values) and _MEAN.search(said) is not None
