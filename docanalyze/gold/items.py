"""Gold annotations as values: the items of a `.gold.jsonl` file, and a document's gold as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import msgspec

from docanalyze.core.base import Value, always
from docanalyze.core.span import Span

Kind = Literal["number", "percent", "money", "quantity", "ordinal", "date", "period", "legal_ref"]
Verdict = Literal["holds", "holds-by-truncation", "suspicious", "fails", "not-checkable"]
Code = Literal[
    "SUM", "SHARE", "SUM100", "PLAN", "IMPL", "INT", "MIX", "GROW", "PP", "DIFF", "COMPL", "XY", "AVG",
    "STOCK", "CUM", "REP", "TAB", "LIST", "REF", "DATE", "NUMB", "HEDGE", "COIN",
]  # fmt: skip


class GoldHeader(Value, frozen=True, kw_only=True):
    """The first line: the document with its hash, the kind of reference text, the annotated stretches."""

    gold: Literal[1]
    document: str
    sha256: str
    text: Literal["file", "transcript", "pdfium", "corpus"]
    text_sha256: str
    scope: tuple[Span, ...]
    transcript: str | None = None
    annotator: str | None = None
    date: str | None = None


class GoldMention(Value, frozen=True, kw_only=True, tag_field="type", tag="mention"):
    """A mention; `value` holds the keys that are certain to a reader.

    `optional` ones count neither way, whether found or not.
    """

    id: str
    kind: Kind
    start: int
    end: int
    status: Literal["core", "optional"]
    value: dict[str, Any] = msgspec.field(default_factory=dict)

    @property
    def full(self) -> Span | None:
        """The span of a legal reference with its tail, if it is annotated."""
        full = self.value.get("full")
        return Span(*full) if full else None


class GoldNegative(Value, frozen=True, kw_only=True, tag_field="type", tag="negative"):
    """A number-like string that is no figure: a section number, a footnote mark, `COVID-19`."""

    start: int
    end: int
    role: str


class GoldSentence(Value, frozen=True, kw_only=True, tag_field="type", tag="sentence"):
    """A sentence, heading, list item …; several spans where a page or a note breaks it."""

    id: str
    spans: tuple[Span, ...]
    kind: str = "sentence"


class GoldSection(Value, frozen=True, kw_only=True, tag_field="type", tag="section"):
    """A section: from the label of its heading to the end of the heading's lines."""

    id: str
    label: str | None
    level: int
    parent: str | None
    start: int
    end: int


class GoldCell(Value, frozen=True, kw_only=True):
    """A cell of a table; an empty one has an empty span."""

    row: int
    col: int
    start: int
    end: int
    row_span: int = always(1)
    col_span: int = always(1)
    header: bool = always(False)


class GoldTable(Value, frozen=True, kw_only=True, tag_field="type", tag="table"):
    """A table with its caption, its unit and its cells."""

    id: str
    rows: int
    cols: int
    cells: tuple[GoldCell, ...]
    caption: Span | None = None
    unit: str | None = None


class GoldOperand(Value, frozen=True, kw_only=True):
    """A mention in its role in a relation, such as `total`, `part` or `ratio`."""

    mention: str
    role: str


class GoldRelation(Value, frozen=True, kw_only=True, tag_field="type", tag="relation"):
    """A relation between figures, with the verdict that their printed precision gives."""

    id: str
    code: Code
    verdict: Verdict
    operands: tuple[GoldOperand, ...] = always(())
    arithmetic: str | None = None
    note: str | None = None
    sections: tuple[str, ...] = always(())
    anchors: tuple[Span, ...] = always(())
    partial: bool | str | None = None


class GoldIndicator(Value, frozen=True, kw_only=True, tag_field="type", tag="indicator"):
    """What a figure measures. The format is reserved: nothing is scored by it yet."""

    id: str
    mention: str
    name: str
    scope: str | None = None
    basis: str | None = None
    period: dict[str, str] | None = None


class GoldPair(Value, frozen=True, kw_only=True, tag_field="type", tag="pair"):
    """An indicator here and the same one in another report. Reserved: nothing is scored by it yet."""

    id: str
    indicator: str
    document: str
    other: str
    relation: Literal["same", "restated", "different"] = "same"


GoldItem = (
    GoldMention
    | GoldNegative
    | GoldSentence
    | GoldSection
    | GoldTable
    | GoldRelation
    | GoldIndicator
    | GoldPair
)


class Gold(Value, frozen=True, kw_only=True):
    """One document's gold: where the document is, its reference text, the scope, and the items.

    `complete` says that nothing is left out within the scope: no table in the gold is no table in
    the document. `sha256` is the hash of the gold file.
    """

    name: str
    document: Path
    text: str
    scope: tuple[Span, ...]
    complete: bool = False
    sha256: str = ""
    mentions: tuple[GoldMention, ...] = ()
    negatives: tuple[GoldNegative, ...] = ()
    sentences: tuple[GoldSentence, ...] = ()
    sections: tuple[GoldSection, ...] = ()
    tables: tuple[GoldTable, ...] = ()
    relations: tuple[GoldRelation, ...] = ()
    indicators: tuple[GoldIndicator, ...] = ()
    pairs: tuple[GoldPair, ...] = ()
