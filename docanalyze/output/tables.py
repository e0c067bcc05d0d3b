"""Analyses as flat tables with fixed columns, for Parquet, DuckDB and data frames.

A table is a tuple of columns; a column says what it holds, of which kind, and where that stands in the
analysis. `document` (the SHA-256 of the file) joins them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import msgspec
from msgspec import UNSET

from docanalyze.core.analysis import Analysis
from docanalyze.core.mention import mention_kind

Kind = Literal["text", "whole", "real", "truth", "exact", "operands", "evidence"]
"""`exact` is DECIMAL(38,9), empty where a figure has more places; its text stands in a column beside it."""


class Scene(msgspec.Struct, frozen=True):
    """An analysis and what is looked up in it: the text source of pages, the boxes of mentions."""

    analysis: Analysis
    sources: dict[int, str | None]
    mentions: dict[str, Any]


Get = Callable[[Any, Scene], object]


@dataclass(frozen=True)
class Column:
    """One column: its name, kind, meaning, and how it is read from a row's value."""

    name: str
    kind: Kind
    meaning: str
    get: Get


@dataclass(frozen=True)
class TableForm:
    """A table: its columns, and the values of an analysis that are its rows."""

    columns: tuple[Column, ...]
    rows: Callable[[Analysis], Iterable[Any]]


def list_columns(form: TableForm, analyses: Iterable[Analysis]) -> dict[str, list[object]]:
    """Return a table's columns, by name in order, filled from analyses."""
    found: dict[str, list[object]] = {column.name: [] for column in form.columns}
    for analysis in analyses:
        scene = _set_scene(analysis)
        rows = list(form.rows(analysis))
        for column in form.columns:
            found[column.name].extend(column.get(row, scene) for row in rows)
    return found


def _set_scene(analysis: Analysis) -> Scene:
    pages = analysis.pages or ()
    mentions = analysis.mentions or ()
    return Scene(analysis, {page.number: page.text_source for page in pages}, {m.id: m for m in mentions})


def _at(path: str) -> Get:
    """Return a function that follows attributes; what is absent on the way is None."""
    names = path.split(".")

    def get(value: Any, scene: Scene) -> object:
        del scene
        for name in names:
            value = getattr(value, name, None)
            if value is None or value is UNSET:
                return None
        return value

    return get


def _text(name: str, meaning: str, path: str | None = None) -> Column:
    return Column(name, "text", meaning, _at(path or name))


def _whole(name: str, meaning: str, path: str | None = None) -> Column:
    return Column(name, "whole", meaning, _at(path or name))


def _exact(name: str, meaning: str, path: str | None = None) -> tuple[Column, Column]:
    get = _at(path or name)

    def write(value: Any, scene: Scene) -> str | None:
        number = get(value, scene)
        return format(number, "f") if isinstance(number, Decimal) else None

    return (
        Column(name, "exact", meaning, lambda value, scene: _fit(get(value, scene))),
        Column(f"{name}_text", "text", f"{name} with all its places, as plain digits", write),
    )


_LARGEST = Decimal(10) ** 29


def _fit(number: object) -> Decimal | None:
    """Return a number as a DECIMAL(38,9) holds it, None if it does not fit without being rounded."""
    if not isinstance(number, Decimal) or abs(number) >= _LARGEST:
        return None
    exponent = number.as_tuple().exponent
    return number if isinstance(exponent, int) and exponent >= -9 else None


_DOCUMENT = Column(
    "document", "text", "SHA-256 of the file; joins the tables", lambda _, s: s.analysis.source.sha256
)


def _boxed(find: Callable[[Any, Scene], Any]) -> tuple[Column, ...]:
    """Return the columns of the first box of what `find` gives: page and corners."""

    def corner(name: str) -> Get:
        def get(value: Any, scene: Scene) -> object:
            boxes = getattr(find(value, scene), "boxes", ())
            return getattr(boxes[0], name) if boxes else None

        return get

    return (
        Column("page", "whole", "page of its first box, from 1", corner("page")),
        Column("x0", "real", "left edge, in points of the page as shown", corner("x0")),
        Column("top", "real", "upper edge, from the top of the page", corner("top")),
        Column("x1", "real", "right edge", corner("x1")),
        Column("bottom", "real", "lower edge", corner("bottom")),
    )


def _own(value: Any, scene: Scene) -> Any:
    del scene
    return value


def _its_mention(value: Any, scene: Scene) -> Any:
    return scene.mentions.get(value.mention)


def _find_source(mention: Any, scene: Scene) -> object:
    return scene.sources.get(mention.boxes[0].page) if mention.boxes else None


def _first_evidence(name: str) -> Get:
    return lambda finding, _: getattr(finding.evidence[0], name) if finding.evidence else None


def _read_sentence(sentence: Any, scene: Scene) -> str:
    return " ".join(span.of(scene.analysis.text) for span in sentence.spans)


PAGES = (
    _DOCUMENT,
    _whole("page", "number of the page, from 1", "number"),
    Column("width", "real", "width in points", _at("width")),
    Column("height", "real", "height in points", _at("height")),
    _text("source", "text-layer, ocr or legacy-font; empty for a page without text", "text_source"),
    Column("grade", "real", "how sound the text is, 0 to 1", _at("grade")),
)

SENTENCES = (
    _DOCUMENT,
    _text("sentence", "id of the sentence in its document", "id"),
    _whole("start", "first character in the document's text"),
    _whole("end", "character after the last"),
    _text("section", "id of its section"),
    _text("block", "id of its block"),
    *_boxed(_own)[:1],
    Column("text", "text", "the sentence, its parts over page turns joined", _read_sentence),
)

MENTIONS = (
    _DOCUMENT,
    _text("mention", "id of the mention in its document", "id"),
    Column("kind", "text", "number, percent, money, quantity, ordinal, date, period or legal_ref",
           lambda mention, _: mention_kind(mention)),
    _text("text", "as printed"),
    _whole("start", "first character in the document's text"),
    _whole("end", "character after the last"),
    *_boxed(_own),
    _text("sentence", "id of its sentence"),
    _text("table", "id of its table", "cell.table"),
    _whole("row", "row in the table, from 0", "cell.row"),
    _whole("col", "column in the table, from 0", "cell.col"),
    _text("rule", "the rule that found it"),
    Column("source", "text", "text-layer, ocr or legacy-font", _find_source),
    Column("confidence", "real", "of a figure read by OCR, 0 to 1", _at("value.confidence")),
    *_exact("number", "as printed, unsigned", "value.number"),
    *_exact("scale", "what the number is to be multiplied by (1000000000 for tỷ)", "value.scale"),
    *_exact("low", "lower end of what the printed precision stands for, times scale", "value.low"),
    *_exact("high", "upper end", "value.high"),
    _text("unit", "unit as printed, or % and its kin", "value.unit"),
    _text("currency", "ISO 4217", "value.currency"),
    *_exact("amount", "number times scale", "value.amount"),
    _text("direction", "increase or decrease", "value.direction"),
    _text("date", "ISO date; --MM-DD without a year", "value.date"),
    _text("period_start", "first day of a period", "value.start"),
    _text("period_end", "last day of a period", "value.end"),
    _text("grain", "grain of a period: month, quarter, half-year, year …", "value.grain"),
    _text("canonical", "the document that a reference means", "value.canonical"),
)  # fmt: skip

INDICATORS = (
    _DOCUMENT,
    _text("indicator", "id of the indicator in its document", "id"),
    _text("key", "identity that joins reports"),
    _text("name", "what is measured"),
    _text("scope", "of what or whom: a sector, a place"),
    _text("basis", "actual, plan, prior-period, share, growth, change, plan-ratio or cumulative"),
    _text("role", "the basis in finer terms"),
    _text("flow", "flow, stock or cumulative"),
    _text("price_basis", "current or constant prices"),
    *_exact("value", "the figure in its unit, without a scale"),
    _text("unit", "unit of the value"),
    _text("direction", "increase or decrease"),
    _text("period_start", "first day of its period", "period.start"),
    _text("period_end", "last day of its period", "period.end"),
    _text("base_start", "first day of the period compared with", "base_period.start"),
    _text("base_end", "last day of the period compared with", "base_period.end"),
    _text("of", "id of the indicator of which this is a share, a ratio or a change"),
    _text("part_of", "id of the total that lists it"),
    Column("sure", "truth", "false where only nearness ties it", _at("sure")),
    _text("mention", "id of the figure"),
    Column("sentence", "text", "id of the figure's sentence",
           lambda value, scene: getattr(_its_mention(value, scene), "sentence", None)),
    *_boxed(_its_mention),
)  # fmt: skip

RELATIONS = (
    _DOCUMENT,
    _text("relation", "id of the relation in its document", "id"),
    _text("code", "the check"),
    _text("family", "arithmetic, repeat, reference, date, numbering or form"),
    _text("verdict", "holds, holds-by-truncation, suspicious, fails or not-checkable"),
    _text("arithmetic", "the arithmetic in one line"),
    *_exact("printed_low", "lower end of the figure as printed", "printed.low"),
    *_exact("printed_high", "upper end", "printed.high"),
    *_exact("expected_low", "lower end of what the other figures give", "expected.low"),
    *_exact("expected_high", "upper end", "expected.high"),
    _text("unit", "unit of both"),
    Column("operands", "operands", "the mentions in it with their roles", _at("operands")),
)

FINDINGS = (
    _DOCUMENT,
    _text("finding", "stable id of the finding", "id"),
    _text("code", "the check"),
    _text("family", "arithmetic, repeat, reference, date, numbering or form"),
    _text("severity", "error, warning or info"),
    _text("state", "new, same, waived or expired"),
    _text("relation", "id of the relation"),
    _text("message_vi", "what is wrong, in Vietnamese", "message.vi"),
    _text("message_en", "what is wrong, in English", "message.en"),
    _text("arithmetic", "the arithmetic in one line"),
    _text("printed_text", "the figure as printed"),
    *_exact("printed_low", "lower end of the figure as printed", "printed.low"),
    *_exact("printed_high", "upper end", "printed.high"),
    *_exact("expected_low", "lower end of what the other figures give", "expected.low"),
    *_exact("expected_high", "upper end", "expected.high"),
    _text("suggestion_kind", "the smallest edit that would repair it", "suggestion.kind"),
    _text("suggestion_mention", "the mention to be edited", "suggestion.mention"),
    _text("suggestion_replacement", "how it would be printed", "suggestion.replacement"),
    Column("page", "whole", "page of its first evidence", _first_evidence("page")),
    Column("quote", "text", "the sentence or row around it", _first_evidence("quote")),
    Column("evidence", "evidence", "all figures that it stands on", _at("evidence")),
)  # fmt: skip

TABLES: dict[str, TableForm] = {
    "pages": TableForm(PAGES, lambda analysis: analysis.pages or ()),
    "sentences": TableForm(SENTENCES, lambda analysis: analysis.sentences or ()),
    "mentions": TableForm(MENTIONS, lambda analysis: analysis.mentions or ()),
    "indicators": TableForm(INDICATORS, lambda analysis: analysis.indicators or ()),
    "relations": TableForm(RELATIONS, lambda analysis: analysis.relations or ()),
    "findings": TableForm(FINDINGS, lambda analysis: analysis.findings or ()),
}
"""The tables of analyses by name; an archive adds `documents`."""


def _count(name: str) -> Get:
    def get(value: Any, scene: Scene) -> int:
        del value
        return len(getattr(scene.analysis, name) or ())

    return get


def _severe(severity: str) -> Get:
    return lambda _, scene: sum(f.severity == severity for f in scene.analysis.findings or ())


def _main_period(end: str) -> Get:
    def get(value: Any, scene: Scene) -> object:
        del value
        periods = scene.analysis.report.periods if scene.analysis.report else ()
        return next((getattr(period, end) for period in periods if period.role == "main"), None)

    return get


def _of_analysis(path: str) -> Get:
    get = _at(path)
    return lambda _, scene: get(scene.analysis, scene)


REPORT = (
    Column("media_type", "text", "application/pdf, text/plain …", _of_analysis("source.media_type")),
    *(
        Column(name, "text", meaning, _of_analysis(f"report.{name.removeprefix('report_')}"))
        for name, meaning in (
            ("title", "title of the report"),
            ("report_type", "báo cáo, kế hoạch …"),
            ("report_number", "number and symbol"),
            ("issuer", "who issued it, as printed"),
            ("body", "key of the issuer with its level"),
            ("report_kind", "kind of report"),
            ("place", "place of issue"),
            ("report_date", "day of issue"),
            ("cutoff", "day up to which results are printed"),
        )
    ),
    Column("report_start", "text", "first day of the main period", _main_period("start")),
    Column("report_end", "text", "last day of the main period", _main_period("end")),
    Column("sentence_count", "whole", "number of sentences", _count("sentences")),
    Column("table_count", "whole", "number of tables", _count("tables")),
    Column("mention_count", "whole", "number of mentions", _count("mentions")),
    Column("figures", "whole", "number of figures", _of_analysis("coverage.figures")),
    Column("checked", "whole", "figures held against another", _of_analysis("coverage.checked")),
    Column("failed", "whole", "figures that disagree", _of_analysis("coverage.failed")),
    Column("errors", "whole", "findings of severity error", _severe("error")),
    Column("warnings", "whole", "findings of severity warning", _severe("warning")),
)  # fmt: skip
"""What a row of `documents` says of an analysis, beside what the archive knows of the file."""


def describe_analysis(analysis: Analysis) -> Iterator[tuple[str, object]]:
    """Yield the names and values of the columns in REPORT for one analysis."""
    scene = _set_scene(analysis)
    for column in REPORT:
        yield column.name, column.get(analysis, scene)
