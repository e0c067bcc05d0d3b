"""Mentions as CSV: one row each, for spreadsheets; cells that could run as formulas are neutralised."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from msgspec import UNSET, UnsetType

from docanalyze.core.analysis import Analysis
from docanalyze.core.mention import Mention, mention_kind

COLUMNS = (
    "document", "mention", "kind", "text", "start", "end", "page", "x0", "top", "x1", "bottom", "sentence",
    "table", "row", "col", "rule", "number", "scale", "low", "high", "unit", "currency", "amount", "date",
    "period_start", "period_end", "canonical", "quote",
)  # fmt: skip
"""The columns of a mentions table, in their order; `quote` is the sentence around the mention."""

_RISKY = ("=", "+", "-", "@", "\t", "\r")


def to_csv(analysis: Analysis, *, header: bool = True) -> str:
    """Return the analysis' mentions as CSV text, a row each; only the head if nothing was tagged."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    if header:
        writer.writerow(COLUMNS)
    sentences = () if isinstance(analysis.sentences, UnsetType) else analysis.sentences
    quotes = {s.id: " ".join(span.of(analysis.text) for span in s.spans) for s in sentences}
    for mention in () if isinstance(analysis.mentions, UnsetType) else analysis.mentions:
        row = _row(mention)
        row["document"] = analysis.source.path
        row["quote"] = quotes.get(mention.sentence or "", "")
        writer.writerow([neutralise(row.get(column)) for column in COLUMNS])
    return buffer.getvalue()


def neutralise(value: object) -> str:
    """Return a cell's text; what a spreadsheet would run as a formula gets a leading apostrophe.

    >>> neutralise("=1+1"), neutralise(Decimal("-5.2"))
    ("'=1+1", '-5.2')
    """
    if value is None or value is UNSET:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    text = str(value)
    return "'" + text if isinstance(value, str) and text.startswith(_RISKY) else text


def _row(mention: Mention) -> dict[str, object]:
    value = mention.value
    box = mention.boxes[0] if mention.boxes else None
    row: dict[str, object] = {
        "mention": mention.id,
        "kind": mention_kind(mention),
        "text": mention.text,
        "start": mention.start,
        "end": mention.end,
        "sentence": mention.sentence,
        "rule": mention.rule,
        "period_start": getattr(value, "start", None),
        "period_end": getattr(value, "end", None),
    }
    if box is not None:
        row.update(page=box.page, x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom)
    if mention.cell is not None:
        row.update(table=mention.cell.table, row=mention.cell.row, col=mention.cell.col)
    for name in ("number", "scale", "low", "high", "unit", "currency", "amount", "date", "canonical"):
        row[name] = getattr(value, name, None)
    return row
