"""Periods that no word beside a figure tells, settled by what the same indicator amounts to elsewhere."""

from __future__ import annotations

import math
from collections.abc import Sequence

from docanalyze.compare.identity import Identity
from docanalyze.compare.observation import Observation
from docanalyze.compare.periods import count_months, find_form
from docanalyze.compare.view import ReportView
from docanalyze.core.days import Days

_GAIN = 0.3
"""How much nearer, as a decimal logarithm, another stretch must come before it is taken."""


def settle_periods(identities: Sequence[Identity], views: Sequence[ReportView]) -> None:
    """Give figures of reports on a month *and* the months so far the stretch that their size speaks for.

    `Xuất khẩu 1.223,9 triệu USD`, where the months before brought 250 each, is of five months.
    """
    for identity in identities:
        levels = [o for entry in identity.entries.values() for o in entry.levels() if o.form != "stock"]
        doubtful = [o for o in levels if not o.certain and o.value and not o.unit.startswith("%")]
        if not doubtful:
            continue
        rates = sorted(
            abs(float(o.value)) / count_months(o.days)
            for o in levels
            if o.certain and o.value and count_months(o.days) > 0
        )
        if not rates:
            continue
        rate = rates[len(rates) // 2]
        for each in doubtful:
            _settle(each, rate, identity, views[each.report])


def _settle(each: Observation, rate: float, identity: Identity, view: ReportView) -> None:
    stretches = [Days(p.start, p.end) for p in view.report.periods if p.role != "plan"]
    if each.days not in stretches or rate <= 0:
        return

    def miss(days: Days) -> float:
        return abs(math.log10(abs(float(each.value)) / (rate * count_months(days))))

    best = min(stretches, key=miss)
    if best == each.days or miss(each.days) - miss(best) < _GAIN:
        return
    for other in identity.entries[each.report].observations:
        if (
            other.about is each
            and other.kind in ("growth", "plan-ratio", "change")
            and other.days == each.days
        ):
            other.days, other.form = best, find_form(best)
    each.days, each.form = best, find_form(best)
