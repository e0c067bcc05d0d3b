"""Shares of the first of two counts without a unit: `xử lý 1.286/1.415, trong đó đúng hạn 1.274 (99,1%)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from msgspec.structs import replace

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import share_of
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.core.bounds import ONE
from docanalyze.core.figure import Figure

_NUMERAL = r"\d{1,3}(?:\.\d{3})+|\d{1,4}"
_FRACTION = re.compile(rf"(?<![\w/.,\-])(?P<done>{_NUMERAL})/(?P<whole>{_NUMERAL})(?![\w/\-]|[.,]\d)")
_OF_IT = re.compile(
    r"(?: [^\W\d]{1,14}){0,3}"
    r"(?: ?(?:\((?:đạt |bằng |tỷ lệ )*|, ?(?:đạt |bằng |chiếm |tỷ lệ )+)\d+(?:,\d+)? ?%\)?)?"
    r"[\s.,;:]*(?:trong (?:đó|số đó|số này)|số)(?!\w),?(?: [^\W\d]+){1,8}\s*",
    re.IGNORECASE,
)
"""`4.561/5.650 HS (tỷ lệ 80,7%). Trong đó, có …`: what may stand between what is done and a part of it."""
_REACH = 130


def find_parts_of_fractions(facts: Facts) -> Iterator[Claim]:
    """Yield parts with their share of what a fraction right before them says is done."""
    text = facts.analysis.text
    for figures in facts.by_sentence.values() if facts.slashes else ():
        for part, ratio in pairwise(figures):
            if ratio.dimension != "%" or not ratio.decimals or part.kind in ("%", "point") or not part.plain:
                continue
            if facts.role_of(ratio) != "share" or facts.role_of(part) != "level":
                continue
            start = max(0, part.start - _REACH)
            if text.find("/", start, part.start) < 0:
                continue
            found = next(iter(reversed([*_FRACTION.finditer(text, start, part.start)])), None)
            if found is None or _OF_IT.fullmatch(text, found.end(), part.start) is None:
                continue
            between = list(facts.figures_between(found.start(), part.start))
            if len(between) > 1 or any(each.dimension != "%" for each in between):
                continue
            yield from _claim(facts, found, part, ratio)


def _claim(facts: Facts, found: re.Match[str], part: Figure, ratio: Figure) -> Iterator[Claim]:
    done, whole = (Decimal(found[name].replace(".", "")) for name in ("done", "whole"))
    if not done or not whole:
        return
    first, second = (
        share_of(part, replace(part, number=number, high=number, decimals=0, exact=True, factor=ONE), ratio)
        for number in (done, whole)
    )
    right = holds(first)
    if right or (has_edit(first) and not holds(second)):
        shown = part.numeral if part.factor == 1 else " ".join(part.text.split())
        said = f"{100 * part.rough / float(done):.{ratio.decimals}f}".replace(".", ",")
        said += "" if right else f" ≠ {ratio.numeral}"
        yield Claim(
            "PCT001", verdict="holds" if right else "fails", severity="warning",
            mentions=(("part", part.mention), ("ratio", ratio.mention)), places=(found.span("done"),),
            arithmetic=f"{shown} / {found['done']} × 100 = {said}",
        )  # fmt: skip
