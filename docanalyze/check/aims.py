"""Figures among the tasks: what is still to be done is no misprint of what was done."""

from __future__ import annotations

from docanalyze.check.facts import Facts
from docanalyze.core.figure import Figure
from docanalyze.lexicon.ahead import find_leads_ahead, is_title_ahead

_PLAIN = ("paragraph", "list-item")


def is_aim(facts: Facts, figure: Figure) -> bool:
    """Return whether a figure stands in a section or paragraph about the time to come.

    `NHIỆM VỤ THÁNG 8 … kim ngạch xuất khẩu 98 triệu USD` beside `96,4` of July in a table.
    """
    spans: list[tuple[int, int]] | None = facts.memo.get("aims")
    if spans is None:
        spans = facts.memo["aims"] = _find_spans(facts)
    return any(start <= figure.start < end for start, end in spans)


def _find_spans(facts: Facts) -> list[tuple[int, int]]:
    found = [
        (section.start, section.end)
        for section in facts.sections
        if is_title_ahead(section.title, facts.lexicon)
    ]
    ends = {block.start: block.end for block in facts.analysis.blocks if block.kind in _PLAIN}
    leads = find_leads_ahead(facts.analysis.text)
    return found + [(start, ends[start]) for start, _, _ in leads if start in ends]
