"""Ratios of a whole as those of its parts make: which are weighed how, and whether they are over one base."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docanalyze.check.equation import Equation, Form
from docanalyze.check.facts import Facts
from docanalyze.core.figure import Figure

WEIGHED: dict[str, Form] = {"growth": "grown", "plan-ratio": "bases"}
"""The form of the mean by the role of the ratios."""
_BASE = re.compile(
    r"\s*so (?:với )?(?:(?:bình quân|thời điểm|cuối|đầu) )?(?P<base>tháng|quý|cùng|năm|kế|dự|vụ|tuần|ngày|kỳ)"
)


def weigh(role: str, figures: Sequence[Figure], ratios: Sequence[Figure]) -> Equation:
    """Return the ratio of a whole, the first of the figures, as what those of its parts make."""
    terms = [("total", figures[0]), ("ratio", ratios[0])]
    for part, ratio in zip(figures[1:], ratios[1:], strict=True):
        terms += [("part", part), ("part-ratio", ratio)]
    return Equation(WEIGHED[role], tuple(terms))


def share_base(facts: Facts, ratios: Sequence[Figure]) -> bool:
    """Return whether no two ratios name bases that differ: `so với tháng trước`, `so với cùng kỳ`."""
    text = facts.analysis.text
    found = [_BASE.match(text, ratio.start + len(ratio.text)) for ratio in ratios]
    return len({match["base"] for match in found if match is not None}) < 2
