"""AVG002: average growth a year against the levels of the first and the last year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from msgspec.structs import replace

from docanalyze.check.equation import Equation
from docanalyze.check.facts import Claim, Facts
from docanalyze.core.figure import Figure
from docanalyze.core.mention import Percent

_YEARLY = re.compile(
    r"(?<!\w)(?:tăng|giảm|phát triển)(?: trưởng)? (?:bình quân|trung bình|bq)"
    r"(?: (?:hằng|hàng|mỗi|một|giai đoạn|năm|[-–,/\d]+))*(?: (?:đạt|là|khoảng|gần|hơn|trên|ước|ước đạt))*$"
)
"""`tăng bình quân 7,2%`; in `giá bán bình quân tăng 7,2%` it is the price that is an average."""
_BEHIND = re.compile(r"\s*\(?(?:(?:của|trong|vào|ở) )?(?:cuối )?năm (20\d\d|19\d\d)(?!\d)", re.IGNORECASE)
_BEFORE = re.compile(r"(?<!\w)năm (20\d\d|19\d\d)(?!\d)[^.,;\d]{0,40}$", re.IGNORECASE)
_MOST = 15
"""So many years an average growth may be of."""


def is_yearly(facts: Facts, ratio: Figure) -> bool:
    """Return whether a percentage is an average growth a year: `6,8%/năm`, `tăng bình quân 6,8%`."""
    mention = facts.mentions[ratio.mention]
    if not isinstance(mention, Percent) or mention.value.unit != "%":
        return False
    if mention.value.per == "năm":
        return True
    told = facts.behind("bình quân", "trung bình", "bq")
    return ratio.mention in told and _YEARLY.search(facts.words_before(ratio)) is not None


def find_yearly_growths(facts: Facts) -> Iterator[Claim]:
    """Yield average growth a year against the two levels printed with their years.

    What: from a level of one year to that of another, the growth a year is the root of their quotient by the
    number of years between them.
    Why: it is computed apart, over the wrong number of years, or copied from the plan.
    Tolerance: the interval of the root must meet that of the percentage. A failure is told only if a
    misprint explains it: growth is often taken at constant prices.
    Example: `từ 18.240 tỷ đồng năm 2020 lên 25.310 tỷ đồng năm 2025, tăng bình quân 6,77%/năm`: (25.310 /
    18.240) ^ (1/5) = 1,0677.
    """
    for figures in facts.by_sentence.values():
        for at, ratio in enumerate(figures):
            if ratio.dimension != "%" or not is_yearly(facts, ratio):
                continue
            levels = [
                (year, figure)
                for figure in figures[:at]
                if facts.role_of(figure) in ("level", "total", "base")
                and (year := _year_of(facts, figure)) is not None
            ]
            if len(levels) != 2:
                continue
            (first, base), (last, actual) = sorted(levels, key=lambda level: level[0])
            if base.dimension == actual.dimension and 1 < last - first <= _MOST and base.number:
                signed = replace(ratio, sign=-1) if actual.value < base.value else ratio
                terms = (("actual", actual), ("base", base), ("ratio", signed))
                equation = Equation("yearly", terms, Fraction(last - first))
                yield Claim("AVG002", equation, sure=False, tied=True, severity="warning")


def _year_of(facts: Facts, figure: Figure) -> int | None:
    """Return the year that stands right behind a figure, or else before it in its clause."""
    text = facts.analysis.text
    found = _BEHIND.match(text, figure.start + len(figure.text)) or _BEFORE.search(facts.words_before(figure))
    return int(found[1]) if found else None
