"""Lists of hedged parts: whether a misprint fails a sum, though a hedge in its widest sense allows it."""

from __future__ import annotations

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation
from docanalyze.check.facts import Facts
from docanalyze.check.judge import judge
from docanalyze.check.list_ends import ends_in_rest, is_joined
from docanalyze.check.unlisted import are_halves, cover_all

_PAIR = 2
_IN_DETAIL = "cụ thể"
"""It may list some parts only, but not more than there is."""


def is_hedged_slip(facts: Facts, whole: Equation, *, loose: bool, announced: bool) -> bool:
    """Return whether one misprint explains the sum of a list that leaves nothing out.

    `12,6 tỷ đồng (phạt hơn 4,6 tỷ đồng và truy thu trên 8 tỷ đồng)`; `845 tỷ đồng, trong đó … trên 210 tỷ
    đồng; các dịch vụ khác trên 314 tỷ đồng`. `loose` lists fall short of their total, and only words say
    that they are all.
    """
    parts = whole.all("part")
    bracket = all(facts.depths.get(part.mention) for part in parts)
    ended = ends_in_rest(facts, parts[-1]) or cover_all(facts, parts)
    ended = ended or (len(parts) == _PAIR and are_halves(facts, *parts))
    short = sum(part.value for part in parts) < whole.one("total").value
    if loose or (short and not announced):
        return (ended or (bracket and is_joined(facts, parts))) and has_edit(whole)
    cued = bracket or ended or announced or _IN_DETAIL in facts.words_before(parts[0])
    return cued and judge(whole) == "suspicious" and has_edit(whole)
