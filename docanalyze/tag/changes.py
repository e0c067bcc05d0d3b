"""Changes whose word stands further off: `cao hơn năm 2021 576 tỷ đồng`, `giảm 04 phòng và 24 biên chế`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from docanalyze.lexicon import Lexicon
from docanalyze.tag.hedges import Direction
from docanalyze.tag.numerals import SPACES

_REACH = 96
_ONLY_TIME = r"(?:(?:năm|tháng|quý|ngày|vụ|kỳ|kế hoạch|/)[ /]?[0-9/]+|[0-9]+ tháng|[^0-9.,;:()%\t])"


class _Changes(NamedTuple):
    compared: re.Pattern[str]
    joined: re.Pattern[str]
    of_measure: re.Pattern[str]
    target: re.Pattern[str]
    sides: dict[str, Direction]


@lru_cache(maxsize=8)
def _changes(lexicon: Lexicon) -> _Changes:
    table = lexicon["hedges"]["far_change"]
    sides: dict[str, Direction] = {}
    names: tuple[tuple[str, Direction], ...] = (("increase", "increase"), ("decrease", "decrease"))
    for key, side in names:
        for word in (*table["compared"][key], *table["moved"][key]):
            sides[word] = side

    def any_of(kind: str) -> str:
        words = [*table[kind]["increase"], *table[kind]["decrease"]]
        return "(?P<word>" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + r")(?!\w)"

    fill = "(?>(?: (?:" + "|".join(map(re.escape, table["fill"])) + "))*)"
    blank = rf"[{SPACES}\n]"
    return _Changes(
        compared=re.compile(rf"(?<!\w){any_of('compared')}(?!{blank}quá){blank}{_ONLY_TIME}{{0,60}}$"),
        joined=re.compile(
            rf"(?<!\w){any_of('moved')}{fill} [0-9][0-9.,]*(?:%|[^\W\d_]| ){{1,40}}? và{fill}{blank}$"
        ),
        of_measure=re.compile(rf"(?<!\w){any_of('moved')}{blank}[^0-9.,;:()%\t]{{2,60}}$"),
        target=re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, table['target']))}){fill}{blank}$"),
        sides=sides,
    )


def read_far_change(text: str, start: int, lexicon: Lexicon, *, unit: str) -> Direction | None:
    """Return the direction of a change whose word does not touch the figure at `start`, or None.

    `unit` is `%`, `point` or anything else: `cao hơn chỉ tiêu 85%` names the target, `cao hơn chỉ
    tiêu 2 điểm %` the distance from it; a measure moves by points (`giảm tỷ lệ hộ nghèo 0,5 điểm %`).

    >>> from docanalyze.lexicon import load_lexicon
    >>> read_far_change("cao hơn năm 2021 576,18 tỷ đồng", 17, load_lexicon(), unit="tỷ đồng")
    'increase'
    """
    left = text[max(0, start - _REACH) : start].lower()
    changes = _changes(lexicon)
    found = None
    if "hơn" in left or "vượt" in left or "kém" in left:
        found = changes.compared.search(left)
        if found is None and unit == "point":  # the base of a distance may itself be printed
            bare = re.sub(r"[0-9][0-9.,]*[ ]?%", "", left)
            found = changes.compared.search(bare)
        if found is not None and unit == "%" and changes.target.search(left):
            found = None
    if found is None and left[-3:-1] == "và":
        found = changes.joined.search(left)
        if found is not None and "%" in found[0] and unit not in ("%", "point"):
            found = None  # `đạt 8.030 nghìn tấn, tăng 6,1% và 511,8 triệu tấn.km`: the next level
    if found is None and unit in ("point", "‰"):
        found = changes.of_measure.search(left)
    return None if found is None else changes.sides[found["word"]]
