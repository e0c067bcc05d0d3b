"""Exports and imports that make the turnover of trade, told by their names over several sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import add_up
from docanalyze.check.facts import Claim, Facts, last_clause
from docanalyze.check.judge import holds
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words

_BOTH = re.compile(r"(?<!\w)(?:xuất(?:,| -|/| và)? nhập khẩu|xnk|xuất khẩu(?:,| và) nhập khẩu)(?!\w)")
_FLOW = re.compile(r"(?<!\w)(?:(xuất|nhập) khẩu|([xn])k)(?!\w)")
_ELSEWHERE = re.compile(r"(?<!\w)(?:vào|sang|tới|thị trường|nhóm|mặt hàng|riêng)(?!\w)")
_LIMITS = frozenset({"fdi", "khoi", "doanh", "nghiep", "dn"})
"""Words that limit a flow: of two figures with different ones, one is no part of the other."""
_AROUND = 8
"""How many sentences before and behind a turnover its flows may stand."""
_DIGITS = 3


def find_trade_totals(facts: Facts) -> Iterator[Claim]:
    """Yield turnovers of trade with the exports and imports around them.

    `Xuất khẩu 5 tháng đạt 41,2 tỷ USD. Nhập khẩu đạt 38,6 tỷ USD. … Tổng kim ngạch xuất nhập khẩu 79,8`.
    """
    if not _BOTH.search(" ".join(facts.analysis.text.lower().split())):
        return
    names = list(facts.by_sentence)
    known = [(at, figure, _read_flow(facts, figure)) for at, name in enumerate(names)
             for figure in facts.levels_of(name) if facts.role_of(figure) == "level"]  # fmt: skip
    for at, total, flow in known:
        if flow != "both":
            continue
        limits = _read_limits(facts, total)
        near = [
            (figure, side) for place, figure, side in known
            if side in ("xuất", "nhập") and abs(place - at) <= _AROUND and is_alike(figure, total)
            and _read_limits(facts, figure) == limits
        ]  # fmt: skip
        exports = [figure for figure, side in near if side == "xuất"]
        imports = [figure for figure, side in near if side == "nhập"]
        equations = [add_up(total, [one, two]) for one in exports for two in imports]
        fitting = next((each for each in equations if holds(each)), None)
        if fitting is not None:
            if len(total.number.as_tuple().digits) >= _DIGITS:
                yield Claim("SUM008", fitting)
            continue
        period = facts.by_mention[total.mention].period
        same = [
            each for each in equations if period is not None
            and all(facts.by_mention[f.mention].period == period for f in each.all("part"))
        ]  # fmt: skip
        if len(same) == 1 and has_edit(same[0]):
            yield Claim("SUM008", same[0], severity="warning", tied=True)


def _read_flow(facts: Facts, figure: Figure) -> str | None:
    """Return which flow a level is of: `xuất`, `nhập`, `both`; None for what goes to one market only."""
    sentence = facts.sentence_at(figure.start)
    start = max(0 if sentence is None else sentence.start, figure.start - 160)
    words = last_clause(
        _BOTH.sub("<both>", " ".join(facts.analysis.text[start : figure.start].lower().split()))
    )
    if _ELSEWHERE.search(words) or facts.depths.get(figure.mention):
        return None
    flows = [found[1] or {"x": "xuất", "n": "nhập"}[found[2]] for found in _FLOW.finditer(words)]
    if "<both>" in words:
        return None if flows else "both"
    return flows[-1] if len(set(flows)) == 1 else None


def _read_limits(facts: Facts, figure: Figure) -> frozenset[str]:
    return fold_words(last_clause(facts.words_before(figure))) & _LIMITS
