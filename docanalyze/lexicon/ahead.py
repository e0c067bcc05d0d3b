"""Titles and openings that say that what follows is still to be done: `Nhiệm vụ 6 tháng cuối năm`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docanalyze.lexicon import Lexicon

_WORK = "công tác"
_WORK_AHEAD = re.compile(
    r"(?:phần [^.:]{1,12}[.:] )?(?:kế hoạch|phương hướng|chương trình|nhiệm vụ)"
    rf"(?: [^\W\d_]+){{0,3}} {_WORK}(?!\w)"
)
"""`Kế hoạch công tác tháng 5`, `Phương hướng, nhiệm vụ công tác năm 2024`: the work is to come."""
_AHEAD = re.compile(
    r"(?:phần [^.:]{1,12}[.:] )?"
    r"(?:nhiệm vụ(?! khác)|dự kiến|mục tiêu|kế hoạch (?:(?:công tác|sản xuất|thực hiện) )?"
    r"(?:năm|quý|tháng|\d+ tháng|vụ)(?!\w))"
)
_LEAD = re.compile(
    r"^[ \t]*(?:[-+*•]\s+|[a-zđ\d]{1,3}[.)]\s+)?(?P<lead>"
    r"(?:nhiệm vụ|phương hướng|mục tiêu|chỉ tiêu|dự kiến)(?: [^\W_]+){0,6}"
    r"|(?:\w+ )?(?:tháng|quý) (?:cuối năm|tới|còn lại))\s*:\s",
    re.IGNORECASE | re.MULTILINE,
)
"""`Nhiệm vụ quý II: …`, `Ba tháng cuối năm: …` at the head of a paragraph."""


def is_title_ahead(title: str, lexicon: Lexicon) -> bool:
    """Return whether a title opens a section about the time to come, and about nothing done.

    >>> from docanalyze.lexicon import load_lexicon
    >>> [is_title_ahead(t, load_lexicon()) for t in ("Nhiệm vụ quý II", "Kết quả thực hiện nhiệm vụ quý I")]
    [True, False]
    """
    low = " ".join(title.lower().split())
    planned = any(word in low for word in lexicon["forms"]["plan_section"]["words"]) or _AHEAD.match(low)
    if not planned:
        return False
    to_come = _WORK_AHEAD.match(low.replace(",", "")) is not None
    results = lexicon["calendar"]["roles"]["result"]
    return not any(word in low for word in results if not (to_come and word == _WORK))


def find_leads_ahead(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield where lines begin that say at their head that they are about the time to come, and those words.

    >>> text = "Ba tháng cuối năm: phấn đấu thu 120 tỷ đồng."
    >>> [text[start:end] for _, start, end in find_leads_ahead(text)]
    ['Ba tháng cuối năm']
    """
    for found in _LEAD.finditer(text):
        yield found.start(), *found.span("lead")
