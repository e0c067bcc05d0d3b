"""A figure on its way into a comparison: which are left out, of what kind it is, what is known of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

import msgspec

from docanalyze.compare.names import Name
from docanalyze.compare.nearby import Near
from docanalyze.compare.observation import Kind
from docanalyze.compare.view import ReportView
from docanalyze.core.days import Days
from docanalyze.core.mention import FigureValue, Mention, Percent
from docanalyze.core.relation import Basis, Indicator
from docanalyze.lexicon.stretches import PlacedPeriod

KINDS: dict[Basis, Kind] = {
    "actual": "level", "prior-period": "level", "cumulative": "level", "plan": "plan",
    "plan-ratio": "plan-ratio", "share": "share", "growth": "growth", "change": "change",
}  # fmt: skip
NAMELESS = Name("", frozenset(), "", is_telling=False)
NOTHING_NEAR = Near()
_BOUND = re.compile(r"\s+(?:(?:(?:sao|bậc|cấp|hạng) )?trở (?:lên|xuống)|sao(?!\w))")
_DIGIT = re.compile(r"\d")
_AGE = re.compile(r"(?<!\w)(?:tuổi|bình quân|trung bình)(?!\w)")


def _find_nothing() -> Near:
    return NOTHING_NEAR


@lru_cache(maxsize=4096)
def _plain_unit(unit: str) -> str:
    return unit.replace("²", "2").replace("³", "3")


class Draft(msgspec.Struct, eq=False):
    """One figure, filled in by the reader of its cell or sentence.

    `number` is as printed, `amount` in the base unit; `ahead` is the time to come that a target is of, `of`
    the indicator that the figure is of;
    `periods` are those that may be its own, read at the offset `at`; `gap` is the text since the figure
    before, `words` the part of it in its own sentence; `apart` is True for what is of no figure before it,
    `turn` for what is named in a list before.
    """

    indicator: Indicator
    mention: Mention
    figure: FigureValue
    number: Decimal
    kind: Kind
    unit: str
    amount: Decimal
    prior: bool
    ahead: Days | None
    at: int
    of: str | None
    name: Name = NAMELESS
    periods: list[PlacedPeriod] = []
    gap: str = ""
    words: str = ""
    column: str = ""
    apart: bool = False
    turn: bool = False
    section: str | None = None
    block: str | None = None
    scope: str | None = None
    row: tuple[str, int] | None = None
    nearby: Callable[[], Near] = _find_nothing
    context: Near = NOTHING_NEAR


def _is_aim(view: ReportView, indicator: Indicator, mention: Mention) -> bool:
    """Return whether a figure among the tasks is what is to be reached: no growth, and of no other figure.

    `thu ngân sách vượt 550 tỷ đồng`, `có thêm 01 xã đạt chuẩn`, `tỷ lệ giải quyết đạt trên 90%`.
    """
    if indicator.basis in ("actual", "prior-period", "cumulative", "plan"):
        return True
    if isinstance(mention, Percent):
        return indicator.basis in ("share", "plan-ratio") and (
            indicator.of is None or read_clause(view, mention) is not None
        )
    return indicator.of is None and indicator.basis == "change"


def read_clause(view: ReportView, mention: Mention) -> str | None:
    """Return the words before a figure back to the last `;` of its sentence; None if a figure stands there.

    `gieo trồng xong 15.000 ha; giải ngân trên 35% kế hoạch`: the ratio is of nothing before the mark.
    """
    sentence = view.sentence_at(mention.start)
    if sentence is None:
        return None
    before = view.analysis.text[sentence.start : mention.start]
    _, mark, clause = before.rpartition(";")
    return clause if mark and _DIGIT.search(clause) is None else None


def draft_figure(view: ReportView, indicator: Indicator) -> Draft | None:
    """Return the beginning of a draft; None for a figure that no series is made of.

    Such are those of tasks without a time, and of ranges and ages that say whom it is about.
    """
    mention = view.mentions[indicator.mention]
    value = mention.value
    if not isinstance(value, FigureValue) or value.number is None or indicator.value is None:
        return None
    kind, ahead = KINDS[indicator.basis], None
    if view.looks_ahead(mention.start):
        ahead = view.days_ahead(mention.start)
        if not _is_aim(view, indicator, mention) or mention.cell is not None:
            return None
        kind = "target"
    unit = _plain_unit(indicator.unit or "")
    if unit == "tuổi" and _AGE.search(indicator.name) is None:
        return None  # `trẻ dưới 1 tuổi`: whom it is about
    if kind == "level" and _BOUND.match(view.analysis.text, mention.end):
        return None  # `tàu từ 15 m trở lên`, `3 sao trở lên`, `62 sản phẩm đạt 4 sao`
    prior, amount = indicator.basis == "prior-period", indicator.value
    return Draft(
        indicator, mention, value, value.number, kind, unit, amount, prior, ahead, mention.start, indicator.of
    )
