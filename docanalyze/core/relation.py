"""Indicators, relations between figures, and findings: what an auditor reads of a report."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from docanalyze.core.base import Value, always
from docanalyze.core.interval import Interval
from docanalyze.core.span import Box, Span

Basis = Literal[
    "actual", "plan", "prior-period", "share", "growth", "change", "plan-ratio", "cumulative"
]  # fmt: skip
Flow = Literal["flow", "stock", "cumulative"]
Family = Literal["arithmetic", "repeat", "reference", "date", "numbering", "form", "comparison"]
Verdict = Literal["holds", "holds-by-truncation", "suspicious", "fails", "not-checkable"]
Severity = Literal["error", "warning", "info"]
EditKind = Literal["digit", "drop", "insert", "swap", "scale", "unit", "sign", "row", "separator"]
State = Literal["new", "same", "waived", "expired"]


class Stretch(Value, frozen=True, kw_only=True):
    """A stretch of calendar days, both ends inclusive; None where an end is not known."""

    start: str | None = None
    end: str | None = None


class Indicator(Value, frozen=True, kw_only=True):
    """What a figure measures: `giá trị sản xuất` of `Khu vực I` in the first half of 2023, actual.

    `key` is the identity that joins reports (name, scope, unit, price basis), `value` the figure in
    the unit of `unit` without a scale, `of` the indicator of which this one is a share, a ratio or a
    change, `against` the one that it is measured against (base, plan or total). `role` is the basis in
    finer terms (`ratio` for `bằng 97,4% cùng kỳ`). `part_of` is the total that lists it, `listing`
    whether that list is complete; `sure` is False where only nearness ties them. `scope` is what the
    figure is limited to, as printed (`Khu vực I`, `thị trường Hoa Kỳ`, `huyện Lộc Sơn`), at `scope_at` in
    the text: in its own clause, with what it is said of, in its row's label, or in the title above;
    `column` is the head of its column in one line.
    """

    id: str
    key: str
    name: str
    scope: str | None = None
    scope_at: Span | None = None
    column: str | None = None
    mention: str
    basis: Basis
    flow: Flow | None = None
    price_basis: str | None = None
    unit: str | None = None
    value: Decimal | None = None
    direction: Literal["increase", "decrease"] | None = None
    period: Stretch | None = None
    base_period: Stretch | None = None
    of: str | None = None
    against: str | None = None
    role: str | None = None
    part_of: str | None = None
    listing: Literal["complete", "partial", "open"] | None = None
    sure: bool = True


class Operand(Value, frozen=True, kw_only=True):
    """A mention in its role in a relation, such as `total`, `part`, `base` or `ratio`."""

    mention: str
    role: str


class Relation(Value, frozen=True, kw_only=True):
    """A relation between printed figures, and whether it holds within their printed precision.

    `expected` is what the other operands give for the printed one (`printed`), both in `unit`.

    >>> Relation(id="r1", code="SUM001", family="arithmetic", verdict="holds",
    ...          arithmetic="315 + 72 = 387").verdict
    'holds'
    """

    id: str = always("")
    code: str
    family: Family
    verdict: Verdict
    arithmetic: str = always("")
    printed: Interval | None = None
    expected: Interval | None = None
    unit: str | None = None
    operands: tuple[Operand, ...] = always(())


class Text(Value, frozen=True, kw_only=True):
    """A message in Vietnamese and in English."""

    vi: str
    en: str


class Suggestion(Value, frozen=True, kw_only=True):
    """The smallest edit of one printed figure that would repair a relation; never applied.

    `value` is the figure's `number` after the edit, `replacement` how it would be printed.
    """

    kind: EditKind
    mention: str
    value: str
    replacement: str


class Evidence(Value, frozen=True, kw_only=True):
    """A printed figure that a finding stands on, with its place and the sentence or row around it.

    `report` is the place in a comparison's `reports`; absent where there is one report only.
    """

    report: int | None = None
    mention: str | None = None
    role: str
    start: int
    end: int
    text: str
    page: int | None = None
    boxes: tuple[Box, ...] = always(())
    quote: str = always("")


class ReportName(Value, frozen=True, kw_only=True):
    """Which report a finding is about."""

    path: str
    sha256: str


class Finding(Value, frozen=True, kw_only=True):
    """What an auditor should look at, with its arithmetic and evidence; `id` survives page shifts."""

    id: str
    report: ReportName
    code: str
    family: Family
    relation: str | None = None
    severity: Severity
    state: State = always("new")
    message: Text
    arithmetic: str = always("")
    printed: Interval | None = None
    printed_text: str | None = None
    expected: Interval | None = None
    suggestion: Suggestion | None = None
    evidence: tuple[Evidence, ...] = always(())


class LedgerEntry(Value, frozen=True, kw_only=True):
    """One figure's line in the coverage ledger; `reason` is a code for what kept it from being checked."""

    mention: str
    state: Literal["holds", "fails", "not-checkable"]
    reason: str | None = None
    relations: tuple[str, ...] = always(())


class Coverage(Value, frozen=True, kw_only=True):
    """How many figures could be checked, and a line for each of them."""

    figures: int
    checked: int
    failed: int
    ledger: tuple[LedgerEntry, ...] = always(())
