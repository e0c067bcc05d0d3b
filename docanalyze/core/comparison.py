"""Successive reports side by side: series, changes, restatements, claims, references and tasks."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal

import msgspec

from docanalyze.core.analysis import Report, ReportPeriod, Source
from docanalyze.core.base import Value, always
from docanalyze.core.errors import MissingPart
from docanalyze.core.interval import Interval
from docanalyze.core.relation import Basis, Finding, Stretch, Text, Verdict
from docanalyze.core.span import Box

Form = Literal["month", "quarter", "cumulative", "year", "stock", "term", "other"]
"""The stretch that a series' figures are of: a month, a quarter, from January on, a whole year, a day."""

ChangeKind = Literal["growth", "step", "derived", "revision", "incomparable"]
Edition = Literal["only", "draft", "final", "again"]


class ComparedReport(Value, frozen=True, kw_only=True):
    """A report of the comparison, in its place: what it is, of when, and whether it is a draft.

    `edition` tells several reports of one period apart: `draft`, `final`, or `again` for a later copy.
    """

    source: Source
    report: Report
    period: ReportPeriod | None = None
    edition: Edition = always("only")


class Gap(Value, frozen=True, kw_only=True):
    """A report that the series lacks: the months between two neighbours in which it would lie."""

    after: int
    before: int
    start: str
    end: str


class Point(Value, frozen=True, kw_only=True):
    """One printed figure of a series, with its place: page, boxes and the sentence or row around it.

    `value` is in the series' unit; `report` is the place in `Comparison.reports`; `certain` is False
    where the period follows from the report's title only.
    """

    report: int
    mention: str
    indicator: str
    period: Stretch
    form: Form
    basis: Basis
    value: Decimal
    text: str
    start: int
    end: int
    page: int | None = None
    boxes: tuple[Box, ...] = always(())
    quote: str
    estimate: bool = False
    certain: bool = True


class SeriesChange(Value, frozen=True, kw_only=True):
    """What became of a series between two of its points, `from` and `to` (places in `points`).

    `growth` compares like with like a year apart, `step` neighbouring stocks or months, `derived` gives
    the stretch between two cumulative figures, `revision` two figures of one period; `incomparable`
    says why in `reason`.
    """

    from_: int = msgspec.field(name="from")
    to: int
    kind: ChangeKind
    absolute: Decimal | None = None
    percent: Decimal | None = None
    reason: Text | None = None


class Series(Value, frozen=True, kw_only=True):
    """The figures of one indicator of one form and basis over the reports, oldest first.

    `key` is the identity that joined them, `score` the likeness of the weakest pairing (1 for equal names).
    """

    id: str
    indicator: str
    key: str
    scope: str | None = None
    section: str | None = None
    unit: str | None = None
    form: Form
    basis: Basis
    price_basis: str | None = None
    score: float = always(1.0)
    points: tuple[Point, ...]
    changes: tuple[SeriesChange, ...] = always(())


class Restatement(Value, frozen=True, kw_only=True):
    """A figure of an earlier period printed now, against what the report of that period printed.

    `inferred` where only a growth is printed, and `later` holds that; `expected` is then the base it implies.
    """

    series: str
    indicator: str
    earlier: Point
    later: Point
    difference: Decimal | None = None
    percent: Decimal | None = None
    expected: Interval | None = None
    inferred: bool = always(False)
    explained: bool = always(False)


class GrowthClaim(Value, frozen=True, kw_only=True):
    """A growth that a report states against the growth that the series gives."""

    series: str
    indicator: str
    claim: Point
    actual: Point
    base: Point
    stated: Interval
    given: Interval
    verdict: Verdict


class Candidate(Value, frozen=True, kw_only=True):
    """An indicator of another report that might be the same one, and how alike they are."""

    report: int
    indicator: str
    name: str
    score: float


class Unmatched(Value, frozen=True, kw_only=True):
    """An indicator of one report without a sure partner in the others, with the likeliest ones."""

    report: int
    indicator: str
    name: str
    section: str | None = None
    candidates: tuple[Candidate, ...] = always(())


class Reference(Value, frozen=True, kw_only=True):
    """A legal document that reports cite: which reports, and the first mention there."""

    canonical: str
    text: str
    reports: tuple[int, ...]
    mention: str
    page: int | None = None
    quote: str = always("")
    replaces: str | None = None


class References(Value, frozen=True, kw_only=True):
    """The legal documents cited: new since the first report, no longer cited in the last, in all others."""

    added: tuple[Reference, ...] = always(())
    dropped: tuple[Reference, ...] = always(())
    kept: tuple[Reference, ...] = always(())


class Task(Value, frozen=True, kw_only=True):
    """A task that a report set, and the sentence of the next report that tells its state."""

    report: int
    text: str
    page: int | None = None
    answer_report: int | None = None
    answer: str | None = None
    answer_page: int | None = None
    state: Literal["done", "under-way", "not-done", "told", "silent"]
    score: float = always(0.0)


class Comparison(Value, frozen=True, kw_only=True):
    """Successive reports of one body side by side; `report` numbers are places in `reports`."""

    schema_version: Literal["1"]
    reports: tuple[ComparedReport, ...]
    gaps: tuple[Gap, ...] = always(())
    series: tuple[Series, ...]
    restatements: tuple[Restatement, ...] = always(())
    claims: tuple[GrowthClaim, ...] = always(())
    unmatched: tuple[Unmatched, ...] = always(())
    references: References
    tasks: tuple[Task, ...] = always(())
    findings: tuple[Finding, ...] = always(())

    def iter_rows(self) -> Iterator[dict[str, Any]]:
        """Yield a row a point, for a table: series, report, period, value and evidence."""
        for series in self.series:
            for number, point in enumerate(series.points):
                grown = next((c for c in series.changes if c.to == number and c.kind == "growth"), None)
                yield {
                    "series": series.id,
                    "indicator": series.indicator,
                    "scope": series.scope,
                    "unit": series.unit,
                    "form": series.form,
                    "basis": point.basis,
                    "price_basis": series.price_basis,
                    "report": point.report,
                    "document": self.reports[point.report].source.path,
                    "period_start": point.period.start,
                    "period_end": point.period.end,
                    "value": point.value,
                    "growth_percent": None if grown is None else grown.percent,
                    "estimate": point.estimate,
                    "text": point.text,
                    "page": point.page,
                    "quote": point.quote,
                    "mention": point.mention,
                }

    def to_frame(self) -> Any:
        """Return the points as a tidy table, a row each: a polars DataFrame, else one of pandas.

        Values are floats in the frame (exact in `iter_rows`). Raises MissingPart without either package.

        >>> compare_reports(["2022.pdf", "2023.pdf"]).to_frame()  # doctest: +SKIP
        """
        rows = [
            {key: float(value) if isinstance(value, Decimal) else value for key, value in row.items()}
            for row in self.iter_rows()
        ]
        try:
            import polars
        except ImportError:
            try:
                import pandas
            except ImportError as error:
                raise MissingPart(option="to_frame()", command="pip install polars (or pandas)") from error
            return pandas.DataFrame(rows, columns=list(ROW_COLUMNS))
        types = {"int": polars.Int64, "float": polars.Float64, "bool": polars.Boolean}
        schema = {name: types.get(_COLUMN_TYPES.get(name, ""), polars.String) for name in ROW_COLUMNS}
        return polars.DataFrame(rows, schema=schema)  # of one type also where a column is empty


ROW_COLUMNS = (
    "series", "indicator", "scope", "unit", "form", "basis", "price_basis", "report", "document",
    "period_start", "period_end", "value", "growth_percent", "estimate", "text", "page", "quote", "mention",
)  # fmt: skip
"""The columns of the tidy table of points, in their order."""
_COLUMN_TYPES = {
    "report": "int", "page": "int", "value": "float", "growth_percent": "float", "estimate": "bool",
}  # fmt: skip
