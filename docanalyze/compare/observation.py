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

    `figure` is what its mention says; `value` is in the base unit (a growth in per cent), `slack` half a unit
    of its last printed place; `days` is what it is of, `base` what it is measured against, `about` the level
    that a ratio is of; `foreseen` is what stands in a column of estimates;
    `printed` is True where its own period stands beside it,
    `certain` where none other can be meant; `nearby` finds the words around the figure, `surroundings`
    are those of the sentence, list item or table that tell equal names apart.
    """

    report: int
    indicator: Indicator
    mention: Mention
    figure: FigureValue
    name: Name
    unit: str
    kind: Kind
    value: Decimal
    slack: float
    hedged: bool
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
    foreseen: bool = False
    point: Point | None = None
    _near: Near | None = None

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
        """Whether the report calls the figure, or its column, an estimate (`ước`)."""
        return self.figure.estimate or self.foreseen

    @property
    def telling(self) -> int:
        """How many digits it tells: zeros at the ends of `3.100` say little."""
        return len("".join(filter(str.isdigit, self.mention.text)).strip("0"))

    @property
    def digits(self) -> int:
        """How many digits are printed: a figure of four or more is seldom the same by chance."""
        return sum(map(str.isdigit, self.mention.text))


def find_slack(figure: FigureValue, unit: str, value: Decimal, role: str | None) -> float:
    """Return half a unit of the last printed place, in the unit of `value`; 0 for an exact count."""
    step = figure.step
    if step is None or not figure.number:
        return 0.0
    if role == "times":
        return 50.0 * float(step)
    scale = figure.scale or 1
    if scale == 1 and step == 1 and isinstance(figure, QuantityValue) and figure.base is None:
        return 0.0
    if unit in PERCENT:
        return 0.5 * float(step)
    printed = float(figure.number) * float(scale)  # `step` is in number x scale
    return 0.5 * float(step) * abs(float(value) / printed)
