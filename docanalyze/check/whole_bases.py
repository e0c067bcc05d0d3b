"""Counts that are a percentage of a whole number that is not printed."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from fractions import Fraction

from docanalyze.check.facts import Claim, Facts
from docanalyze.check.whole_befores import find_whole_befores
from docanalyze.core.figure import Figure

_FEWEST = 5
_OF_COUNT = re.compile(r"\s+(?:tổng\s+)?số\s")
"""`đạt 96,41% số thửa cần cấp`: a share of things counted."""


_ABOVE = 200


def _is_fine(ratio: Figure) -> bool:
    """Return whether a percentage says much of a whole: with decimals, or `507%`, of hardly any count."""
    return bool(ratio.decimals) or ratio.number > _ABOVE


def find_whole_bases(facts: Facts) -> Iterator[Claim]:
    """Yield counts that are a percentage of a whole number.

    What: a count and its percentage of a plan or total that is not printed leave a whole number possible;
        so do a count and its growth over a time that is not printed: 29 cases are 11,15 % more than no count.
    Why: 36 persons are 102,86 % of 35 only; with another percentage no whole plan is left.
    Tolerance: half a unit of the last printed place of the percentage; only those with decimals, or above
    200, of exact counts below ten thousand say anything.
    Example: `36 lao động, đạt 102,86% kế hoạch`: the plan is 35.
    """
    yield from find_whole_befores(facts)
    text = facts.analysis.text
    for indicator in facts.ratios:
        ratio = facts.figures[indicator.mention]
        owner = facts.indicators.get(indicator.of or "")
        alone = owner is not None and indicator.against is None and indicator.sure
        if indicator.role == "share" and not _OF_COUNT.match(text, ratio.start + len(ratio.text)):
            continue
        if owner is None or not alone or ratio.dimension != "%" or ratio.comparator or not _is_fine(ratio):
            continue
        count = facts.figures[owner.mention]
        if not count.exact or count.comparator or not count.number or count.number >= 10000:
            continue
        bounds = ratio.bounds()
        if bounds.low is None or bounds.high is None or bounds.low <= 0:
            continue
        hundredfold = Fraction(100 * count.value)
        least, most = hundredfold / bounds.high, hundredfold / bounds.low
        if most < _FEWEST:
            continue  # `200/264 xã và 1 huyện (chiếm 75,75%)`: the share is not that of the one
        whole = math.ceil(least)
        possible = whole <= most
        if possible and most - least >= 1:
            continue  # some whole number always fits
        cut = 2 * hundredfold / (3 * bounds.high - bounds.low)
        if not possible and math.ceil(cut) <= least:
            continue  # `1.247 người, đạt 103,91%`: of 1.200, with the last digits cut off
        places = max(2, 1 - math.floor(math.log10(most - least)))
        low, high = (f"{float(end):.{places}f}".replace(".", ",") for end in (least, most))
        yield Claim(
            "PCT007", verdict="holds" if possible else "fails", severity="warning",
            mentions=(("actual", count.mention), ("ratio", ratio.mention)),
            arithmetic=f"100 × {count.number} / P = {ratio.text}: P = {whole}" if possible
            else f"100 × {count.number} / P = {ratio.text}: {low} < P < {high}",
        )  # fmt: skip
