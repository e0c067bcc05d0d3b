"""What a printed figure stands for: an interval in base units, rounded, cut off, or hedged."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from corpus.tools.interval import Span
from corpus.tools.reference import Mention

Reading = Literal["rounded", "truncated", "wide"]

_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tr": 10**6, "tỷ": 10**9, "tỉ": 10**9}
MEASURES: dict[str, Fraction] = {
    "g": Fraction(1, 1000), "gam": Fraction(1, 1000), "kg": Fraction(1), "yến": Fraction(10),
    "tạ": Fraction(100),
    "tấn": Fraction(1000), "m2": Fraction(1), "m²": Fraction(1), "ha": Fraction(10**4),
    "km2": Fraction(10**6),
    "km²": Fraction(10**6), "m": Fraction(1), "km": Fraction(1000), "cm": Fraction(1, 100),
    "mm": Fraction(1, 1000),
    "m3": Fraction(1), "m³": Fraction(1), "lít": Fraction(1, 1000), "kwh": Fraction(1), "mwh": Fraction(1000),
    "kw": Fraction(1), "mw": Fraction(1000), "°c": Fraction(1), "độ": Fraction(1), "giờ": Fraction(1),
}  # fmt: skip
"""Units that are measured, not counted, with their size in kg, m2, m, m3, kWh or kW."""
_CURRENCIES = {"đồng", "vnd", "vnđ", "đ", "usd", "eur"}
_UPWARD = {"more-than", "at-least"}


@dataclass(frozen=True)
class Figure:
    """A printed figure: `value` (to `high` in a range) as printed, `factor` to base units, `exact` counts."""

    mention: Mention
    value: Fraction
    high: Fraction
    decimals: int
    factor: Fraction
    exact: bool
    sign: int
    signed: bool
    percent: bool

    @property
    def gold(self) -> dict[str, Any]:
        """Return the gold value of the mention."""
        return self.mention.mark.value

    @property
    def estimate(self) -> bool:
        """Return whether the figure is said to be an estimate."""
        return bool(self.gold.get("estimate"))

    @property
    def text(self) -> str:
        """Return the number as the arithmetic shows it: plain notation with the printed decimals."""
        if "range" in self.gold:
            return f"{self.gold['range']['low']}..{self.gold['range']['high']}"
        return str(self.gold["number"])

    def span(self, reading: Reading, *, signed: bool = False, exact: bool | None = None) -> Span:
        """Return the interval of the figure in base units.

        Args:
            reading: half a unit of the last place to both sides; one unit upward; or, for a hedged
                figure, all that lies on the hedge's side.
            signed: whether a decrease counts as below zero (a sign printed in the cell always does).
            exact: overrides whether the figure is an exact count.
        """
        step = Fraction(1, 10**self.decimals)
        half = Fraction(0) if (self.exact if exact is None else exact) else step / 2
        hedge = self.gold.get("comparator")
        if hedge is None:
            if reading == "truncated":
                span = Span(self.value, self.high + 2 * half, high_open=half > 0)
            else:
                span = Span(self.value - half, self.high + half)
        else:
            span = self._hedged(str(hedge), wide=reading == "wide")
        span = span.scaled(self.factor)
        return -span if self.sign < 0 and (signed or self.signed) else span

    def _hedged(self, hedge: str, *, wide: bool) -> Span:
        unit = last_place(self.value, self.decimals)
        if hedge == "more-than":
            return Span(self.value, None if wide else self.value + unit, low_open=True)
        if hedge == "nearly":
            return Span(None if wide else self.value - unit, self.value, high_open=True)
        if hedge == "about":
            return Span(None, None) if wide else Span(self.value - unit, self.high + unit)
        if hedge in _UPWARD:
            return Span(self.value, None)
        return Span(None, self.value, high_open=hedge == "less-than")


def last_place(value: Fraction, decimals: int) -> Fraction:
    """Return one unit of the last non-zero printed place: 1 for 2674, 100 for 2600, 1/10 for 2.30."""
    unit = Fraction(1, 10**decimals)
    while value and (value / unit) % 10 == 0:
        unit *= 10
    return unit


def unit_factor(unit: str) -> tuple[Fraction, bool]:
    """Return what one of a unit is in base units, and whether it is measured (whole numbers are rounded).

    >>> unit_factor("tỷ đồng")
    (Fraction(1000000000, 1), True)
    >>> unit_factor("lượt người"), unit_factor("tạ/ha")
    ((Fraction(1, 1), False), (Fraction(1, 100), True))
    """
    head, *per = unit.strip().split("/")
    factor, measured = Fraction(1), bool(per)
    power = re.fullmatch(r"1\.?(000(?:\.000)*) (.+)", head.strip())
    if power:
        factor, head, measured = Fraction(10 ** power.group(1).count("0")), power.group(2), True
    words = head.lower().replace(".", " ").split()
    while words and words[0] in _SCALES and (len(words) > 1 or not per):
        factor *= _SCALES[words.pop(0)]
        measured = True
    rest = " ".join(words)
    factor *= MEASURES.get(rest, Fraction(1))
    measured |= rest in MEASURES or rest in _CURRENCIES
    for divisor in per:
        factor /= MEASURES.get(divisor.strip().lower(), Fraction(1))
    return factor, measured


def read_figure(mention: Mention) -> Figure | None:
    """Return the figure that a mention prints; None for dates, references and marks without a number."""
    mark, gold = mention.mark, mention.mark.value
    if mark.kind not in ("number", "percent", "money", "quantity"):
        return None
    ends = gold.get("range") or {"low": gold.get("number"), "high": gold.get("number")}
    if ends["low"] is None:
        return None
    decimals = max(-int(Decimal(str(end)).as_tuple().exponent) for end in ends.values())
    scale = Fraction(int(gold.get("scale", "1")))
    percent = mark.kind == "percent"
    factor, measured = scale, percent or scale != 1 or mark.kind == "money"
    unit = str(gold.get("unit", "")) if mark.kind == "quantity" else ""
    if mark.kind == "quantity":
        per = str(gold.get("per", ""))
        size, sized = unit_factor(f"{unit}/{per}" if per else unit)
        factor, measured = factor * size, measured or sized
    elif mark.kind == "money" and gold.get("per"):
        factor *= unit_factor(f"đồng/{gold['per']}")[0]
    elif mark.kind == "number" and mention.cell is not None and scale == 1:
        percent = mention.cell.unit.strip() in ("%", "‰", "điểm %")
        size, sized = unit_factor("" if percent else mention.cell.unit)
        factor, measured = size, sized or percent
    if percent and (gold.get("unit") == "‰" or (mention.cell and mention.cell.unit == "‰")):
        factor = factor / 10
    return Figure(
        mention,
        Fraction(str(ends["low"])),
        Fraction(str(ends["high"])),
        decimals,
        factor,
        exact=decimals == 0 and not measured and "range" not in gold,
        sign=-1 if gold.get("negative") or gold.get("direction") == "decrease" else 1,
        signed=bool(mark.signed or gold.get("negative")),
        percent=percent,
    )
