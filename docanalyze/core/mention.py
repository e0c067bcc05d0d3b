"""Mentions: a figure, date, period or reference where it stands, with its exact value.

The kinds are one tagged union, so the JSON Schema says which `value` belongs to which `kind`.
Numbers are `Decimal` as printed; keys that do not apply are absent.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import UNSET, UnsetType

from docanalyze.core.base import Value, always
from docanalyze.core.span import Box, Span

Comparator = Literal["more-than", "nearly", "about", "less-than", "at-most", "at-least"]
Bound = Literal["until", "from", "as-of"]
Grain = Literal[
    "dekad", "month", "months", "quarter", "half-year", "nine-months", "year", "years",
    "school-year", "crop-season", "same-period",
]  # fmt: skip
PercentRole = Literal["share", "plan-ratio", "growth", "growth-ratio", "rate", "class-label"]
LegalSystem = Literal["state", "party", "standard"]


class NumberRange(Value, frozen=True, kw_only=True):
    """The two printed ends of a range such as `65-70 USD/thùng`, each times the figure's scale."""

    low: Decimal
    high: Decimal


class FigureValue(Value, frozen=True, kw_only=True):
    """What every printed figure says; `step`, `low`, `high` are in the unit of number x scale.

    `low`/`high` is the hard interval of the printed precision (None: a half-line, as after
    `không quá`), `soft_low`/`soft_high` the one with the hedge (`hơn 2.674` -> (2674, 2675]).
    """

    number: Decimal | None = None
    range: NumberRange | None = None
    scale: Decimal | None = None
    step: Decimal | None = None
    low: Decimal | UnsetType | None = UNSET
    high: Decimal | UnsetType | None = UNSET
    soft_low: Decimal | UnsetType | None = UNSET
    soft_high: Decimal | UnsetType | None = UNSET
    negative: bool = False
    comparator: Comparator | None = None
    direction: Literal["increase", "decrease"] | None = None
    estimate: bool = False
    spelled: bool = False
    ambiguous: Decimal | None = None
    confidence: float | None = None


class NumberValue(FigureValue, frozen=True, kw_only=True):
    """A bare number: `Cả 02`."""


class PercentValue(FigureValue, frozen=True, kw_only=True):
    """A percentage, per mille or percentage points: `58,12%`, `7,5%/năm`, `2 điểm phần trăm`."""

    unit: Literal["%", "point", "‰"]
    role: PercentRole | None = None
    per: str | None = None


class MoneyValue(FigureValue, frozen=True, kw_only=True):
    """An amount of money: `5.145,10 tỷ đồng`; `amount` is number x scale in `currency`.

    `denominator` is the whole of `125/250 tỷ đồng`, printed like `number`.
    """

    currency: str
    amount: Decimal | None = None
    per: str | None = None
    denominator: Decimal | None = None


class Measure(Value, frozen=True, kw_only=True):
    """A number in a base unit: `{"number": "15500", "unit": "m2"}` for `1,55 ha`."""

    number: Decimal
    unit: str


class QuantityValue(FigureValue, frozen=True, kw_only=True):
    """A counted or measured thing: `310 lượt người`, `5,9 triệu tấn`, `27/63 tỉnh`."""

    unit: str
    amount: Decimal | None = None
    base: Measure | None = None
    per: str | None = None
    denominator: Decimal | None = None


class OrdinalValue(Value, frozen=True, kw_only=True):
    """A place in a row: `thứ 9`, `khóa X`; `of` is what is numbered."""

    number: int
    of: str | None = None


class DateValue(Value, frozen=True, kw_only=True):
    """A day: ISO `date`, or `--MM-DD` where no year is known; `implied` names the parts not printed."""

    date: str
    implied: tuple[str, ...] = ()
    bound: Bound | None = None


class PeriodValue(Value, frozen=True, kw_only=True):
    """A stretch of time, both ends inclusive; ends are absent for a bare `vụ Hè Thu` or a frequency."""

    grain: Grain | None = None
    start: str | None = None
    end: str | None = None
    relative: str | None = None
    implied: tuple[str, ...] = ()
    bound: Bound | None = None
    frequency: Literal["monthly", "quarterly", "yearly", "weekly", "daily"] | None = None


class LegalRefValue(Value, frozen=True, kw_only=True):
    """A reference to a document or a part of one: `khoản 2 Điều 5 Nghị định số 30/2020/NĐ-CP`."""

    type: str | None = None
    number: str | None = None
    year: int | None = None
    symbol: str | None = None
    issuer: str | None = None
    date: str | None = None
    title: str | None = None
    chapter: str | None = None
    article: str | None = None
    clause: str | None = None
    point: str | None = None
    appendix: str | None = None
    range_end: str | None = None
    canonical: str | None = None
    system: LegalSystem | None = None
    self: bool = False
    resolves_to: str | None = None
    relation: str | None = None
    full: Span | None = None
    raw: str | None = None


class CellRef(Value, frozen=True, kw_only=True):
    """The table cell in which a mention stands."""

    table: str
    row: int
    col: int


class MentionBase(Value, frozen=True, kw_only=True, tag_field="kind"):
    """Where a mention stands and which rule found it; `text` is the document's `text[start:end]`."""

    id: str = always("")
    text: str
    start: int
    end: int
    sentence: str | None = None
    cell: CellRef | None = None
    boxes: tuple[Box, ...] = always(())
    rule: str

    @property
    def span(self) -> Span:
        """The mention's place in the text."""
        return Span(self.start, self.end)


class Number(MentionBase, frozen=True, kw_only=True, tag="number"):
    """A bare number, as in `Cả 02 đều là Anh hùng`."""

    value: NumberValue


class Percent(MentionBase, frozen=True, kw_only=True, tag="percent"):
    """A percentage, as in `đạt 58,12% kế hoạch`."""

    value: PercentValue


class Money(MentionBase, frozen=True, kw_only=True, tag="money"):
    """An amount of money, as in `được 5.145,10 tỷ đồng`."""

    value: MoneyValue


class Quantity(MentionBase, frozen=True, kw_only=True, tag="quantity"):
    """A counted or measured thing, as in `với 400 lượt người`."""

    value: QuantityValue


class Ordinal(MentionBase, frozen=True, kw_only=True, tag="ordinal"):
    """A place in a row, as in `Kỳ họp thứ 9`."""

    value: OrdinalValue


class Date(MentionBase, frozen=True, kw_only=True, tag="date"):
    """A day, as in `đến 16/6/2023`."""

    value: DateValue


class Period(MentionBase, frozen=True, kw_only=True, tag="period"):
    """A stretch of time, as in `6 tháng đầu năm 2023`; a month or a year alone is a period."""

    value: PeriodValue


class LegalRef(MentionBase, frozen=True, kw_only=True, tag="legal_ref"):
    """A reference to a document, as in `Chỉ thị số 27-CT/TU`."""

    value: LegalRefValue


Mention = Number | Percent | Money | Quantity | Ordinal | Date | Period | LegalRef
KINDS = ("number", "percent", "money", "quantity", "ordinal", "date", "period", "legal_ref")
"""The kinds of mentions, as in the JSON's `kind`."""


def mention_kind(mention: Mention) -> str:
    """Return the mention's kind as the JSON names it: `"legal_ref"` for a `LegalRef`."""
    return str(mention.__struct_config__.tag)
