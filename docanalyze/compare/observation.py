"""One figure of one report as a comparison sees it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Literal

import msgspec

from docanalyze.compare.names import Name
from docanalyze.compare.nearby import Near
from docanalyze.core.comparison import Form, Point
from docanalyze.core.days import Days
from docanalyze.core.mention import FigureValue, Mention, QuantityValue
from docanalyze.core.relation import Indicator

Kind = Literal["level", "plan", "plan-ratio", "growth", "share", "change", "target"]
"""What a figure is; a target is what a section about the time to come sets."""
PERCENT = ("%", "point", "‰")
"""Units of ratios."""


class Observation(msgspec.Struct, eq=False):
    """One figure of one report as a comparison sees it.

    `value` is in the base unit (a growth in per cent), `days` what it is of, `base` what it is measured
    against, `about` the level that a ratio is of; `printed` is True where its own period stands beside it,
    `certain` where none other can be meant; `nearby` finds the words around the figure, `surroundings`
    are those of the sentence, list item or table that tell equal names apart.
    """

    report: int
    indicator: Indicator
    mention: Mention
    name: Name
    unit: str
    kind: Kind
    value: Decimal
    days: Days
    base: Days | None
    form: Form
    certain: bool
    printed: bool
    sure: bool
    price: str | None
    nearby: Callable[[], Near]
    surroundings: Near
    section: str | None
    section_name: Name
    scope: str | None
    row: tuple[str, int] | None
    about: Observation | None = None
    point: Point | None = None
    _near: Near | None = None
    _slack: float | None = None

    @property
    def near(self) -> frozenset[str]:
        """The words of the name and around the figure, found when first asked for."""
        return self.name.terms | self._around.words

    @property
    def context(self) -> frozenset[str]:
        """The words of the sentence, list item or table that it stands in."""
        return self.surroundings.words

    @property
    def near_rivals(self) -> frozenset[str]:
        """Those of the words around the figure that rule others out."""
        return self._around.rivals

    @property
    def _around(self) -> Near:
        if self._near is None:
            self._near = self.nearby()
        return self._near

    @property
    def estimate(self) -> bool:
        """Whether the report calls the figure an estimate (`ước`)."""
        value = self.mention.value
        return isinstance(value, FigureValue) and value.estimate

    @property
    def hedged(self) -> bool:
        """Whether a hedge stands before the figure (`gần`, `trên`)."""
        value = self.mention.value
        return isinstance(value, FigureValue) and value.comparator is not None

    @property
    def slack(self) -> float:
        """Half a unit of the last printed place, in the unit of `value`; 0 for an exact count."""
        if self._slack is None:
            self._slack = self._find_slack()
        return self._slack

    def _find_slack(self) -> float:
        value = self.mention.value
        if not isinstance(value, FigureValue) or not value.number or value.step is None:
            return 0.0
        if self.indicator.role == "times":
            return 50.0 * float(value.step)
        plain = (value.scale or 1) == 1 and value.step == 1
        if plain and isinstance(value, QuantityValue) and value.base is None:
            return 0.0
        if self.unit in PERCENT:
            return 0.5 * float(value.step)
        printed = float(value.number) * float(value.scale or 1)  # `step` is in number x scale
        return 0.5 * float(value.step) * abs(float(self.value) / printed)

    @property
    def digits(self) -> int:
        """How many digits are printed: a figure of four or more is seldom the same by chance."""
        return sum(char.isdigit() for char in self.mention.text)
