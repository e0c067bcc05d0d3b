"""Periods and units that nothing beside a figure tells, settled by what it amounts to elsewhere."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal

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


_SCALES = tuple(Decimal(10) ** power for power in (0, 3, 6, 9, 12))
_NEAR, _MOSTLY = 0.7, 0.8
"""How far an amount may be from what it is elsewhere, as a decimal logarithm; how many rows must agree."""


def settle_units(identities: Sequence[Identity]) -> None:
    """Give amounts of tables that do not say their unit the unit and scale of what they are joined with.

    `Lợi nhuận gộp | 138,6` beside `228,9 tỷ đồng` of the next report is in billions, if the other rows of its
    table say so, too.
    """
    found: list[tuple[Observation, str, Decimal]] = []
    votes: dict[tuple[int, str], Counter[Decimal]] = defaultdict(Counter)
    for identity in identities:
        if len({bool(entry.first.unit) for entry in identity.entries.values()}) < 2:
            continue
        levels = [o for entry in identity.entries.values() for o in entry.amounts() if o.value]
        units = {o.unit for o in levels if o.unit}
        bare = [o for o in levels if not o.unit and o.row is not None]
        if len(units) != 1 or not bare:
            continue
        sizes = sorted(abs(float(o.value)) for o in levels if o.unit)
        middle = sizes[len(sizes) // 2]
        for each in bare:
            scale = min(_SCALES, key=lambda scale: _miss(each, scale, middle))
            if _miss(each, scale, middle) < _NEAR:
                found.append((each, next(iter(units)), scale))
                votes[_table(each)][scale] += 1
    for each, unit, scale in found:
        told = votes[_table(each)]
        if told[scale] >= _MOSTLY * told.total():
            each.unit, each.value, each.slack = unit, each.value * scale, each.slack * float(scale)


def _miss(each: Observation, scale: Decimal, size: float) -> float:
    return abs(math.log10(abs(float(each.value * scale)) / size))


def _table(each: Observation) -> tuple[int, str]:
    return each.report, each.row[0] if each.row is not None else ""
