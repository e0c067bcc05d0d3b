"""Ratios of a whole and its parts, wherever the parts stand, by what is known to add up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docanalyze.check.edits import find_edits
from docanalyze.check.equation import Equation
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.unlisted import are_halves
from docanalyze.check.weighed import WEIGHED, share_base, weigh
from docanalyze.core.figure import Figure

_REAL = re.compile(r"giá (?:so sánh|cố định)|so sánh 20\d\d", re.IGNORECASE)
"""Growth in the prices of another year: amounts in those of this one do not weigh it."""
_MOST = 6
_RESERVE = 1.25
"""A plan is hardly so much more than those of its parts, with what is not yet shared out."""


def find_far_mixes(facts: Facts) -> Iterator[Claim]:
    """Yield growths and plan ratios of a whole as those of its parts make, where these add up to it.

    One that fails is told where another ratio of the same figures agrees, and a misprint of one explains it.
    """
    sums: list[Equation] = facts.memo.get("sums", [])
    seen: set[str] = set()
    for equation in sums:
        total, parts = equation.one("total"), equation.all("part")
        if total.mention in seen or not 1 < len(parts) <= _MOST:
            continue
        series = list(_read_series(facts, [total, *parts]))
        means = [(role, weigh(role, [total, *parts], ratios)) for role, ratios in series]
        right = [mean for _, mean in means if holds(mean)]
        if not right:
            continue
        seen.add(total.mention)
        for role, mean in means:
            if holds(mean) or _is_told(facts, role, mean, parts, sisters=len(right)):
                yield Claim("MIX001", mean, severity="warning", tied=True)


def _read_series(facts: Facts, figures: Sequence[Figure]) -> Iterator[tuple[str, list[Figure]]]:
    """Yield the ratios that a whole and all of its parts have alike, with their role."""
    said = [facts.said_of.get(facts.by_mention[each.mention].id, ()) for each in figures]
    for role in WEIGHED:
        rows = [
            [
                figure for one in own
                if one.role == role and one.sure and one.against is None
                and (figure := facts.figures[one.mention]).dimension == "%"
            ]
            for own in said
        ]  # fmt: skip
        if not rows[0] or len({len(row) for row in rows}) > 1:
            continue
        for ratios in zip(*rows, strict=True):
            if share_base(facts, ratios) and all(ratio.plain for ratio in ratios):
                yield role, list(ratios)


def _is_told(facts: Facts, role: str, mean: Equation, parts: Sequence[Figure], *, sisters: int) -> bool:
    """Return whether a misprinted ratio explains a mean that fails, and nothing else may."""
    if not any(mean.terms[edit.at][0] in ("ratio", "part-ratio") for edit in find_edits(mean)):
        return False
    sentence = facts.sentence_at(mean.one("ratio").start)
    if role == "growth":
        said = "" if sentence is None else facts.analysis.text[sentence.start : sentence.end]
        return _REAL.search(said) is None
    sides = mean.sides()
    if sides is None or sides.expected.low is None:
        return False
    below = mean.one("ratio").rough < float(sides.expected.low) < _RESERVE * mean.one("ratio").rough
    halves = len(parts) == 2 and are_halves(facts, parts[0], parts[1])
    return not below or halves or sisters > 1
