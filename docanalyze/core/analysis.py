"""The whole answer about one report, as the JSON shows it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from docanalyze.core.base import SCHEMA_VERSION, Value, always
from docanalyze.core.document import Block, Page, Table, Warning
from docanalyze.core.mention import Mention
from docanalyze.core.relation import Coverage, Finding, Indicator, Relation
from docanalyze.core.span import Box, Span

Stage = Literal["read", "segment", "tag", "bind", "check"]
STAGES: tuple[Stage, ...] = ("read", "segment", "tag", "bind", "check")
"""The stages that this version has, in their order."""

OcrMode = Literal["auto", "never", "force"]
"""Which pages are read from their pictures: those without a sound text layer, none, or all."""

MediaType = Literal["application/pdf", "text/plain", "text/markdown"]


class Tool(Value, frozen=True, kw_only=True):
    """What made the analysis: version, hashes of lexicon and models, engines, options asked for."""

    name: str = always("docanalyze")
    version: str
    lexicon: str | None = None
    models: str | None = None
    engines: dict[str, str]
    options: dict[str, Any]


class Source(Value, frozen=True, kw_only=True):
    """The file that was read: its path as given, the SHA-256 of its bytes, and its pages."""

    path: str
    sha256: str
    media_type: MediaType
    pages: int | None = None
    normalized: bool = False


class ReportPeriod(Value, frozen=True, kw_only=True):
    """A period that the report is about; `role` says whether it reports or plans."""

    start: str
    end: str
    grain: str
    role: Literal["main", "month", "cumulative", "plan"]


class Signature(Value, frozen=True, kw_only=True):
    """A signature block: in whose name (`TM.`, `KT.`), in which office, and who."""

    authority: str | None = None
    office: str | None = None
    name: str | None = None
    boxes: tuple[Box, ...] = always(())


class Report(Value, frozen=True, kw_only=True):
    """What the letterhead, title and signature say; `implied` names keys that were not printed."""

    title: str | None = None
    type: str | None = None
    number: str | None = None
    issuer: str | None = None
    body: str | None = None
    kind: str | None = None
    place: str | None = None
    date: str | None = None
    signer: str | None = None
    draft: bool = always(False)
    cutoff: str | None = None
    periods: tuple[ReportPeriod, ...] = always(())
    signatures: tuple[Signature, ...] = always(())
    implied: tuple[str, ...] = always(())


class Section(Value, frozen=True, kw_only=True):
    """A section with the label printed before its heading; `start`/`end` take in its subsections."""

    id: str
    label: str
    title: str
    level: int
    parent: str | None
    start: int
    end: int


class Sentence(Value, frozen=True, kw_only=True):
    """A sentence, heading or list item; several `spans` where a page or a note breaks it."""

    id: str
    start: int
    end: int
    spans: tuple[Span, ...]
    section: str | None = None
    block: str | None = None
    boxes: tuple[Box, ...] = always(())


class Word(Value, frozen=True, kw_only=True):
    """A word with its part of speech, from the optional layer of words (`N`, `V`, `CH`, …)."""

    start: int
    end: int
    pos: str


class Analysis(Value, frozen=True, kw_only=True):
    """Everything found in one report. Keys of a stage that did not run are absent from the JSON."""

    schema_version: Literal["1"]
    status: Literal["ok", "partial"]
    stages: tuple[Stage, ...]
    tool: Tool
    source: Source
    report: Report | UnsetType = UNSET
    text: str
    pages: tuple[Page, ...] | UnsetType = UNSET
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] | UnsetType = UNSET
    sentences: tuple[Sentence, ...] | UnsetType = UNSET
    tables: tuple[Table, ...]
    words: tuple[Word, ...] | UnsetType = UNSET
    mentions: tuple[Mention, ...] | UnsetType = UNSET
    indicators: tuple[Indicator, ...] | UnsetType = UNSET
    relations: tuple[Relation, ...] | UnsetType = UNSET
    findings: tuple[Finding, ...] | UnsetType = UNSET
    coverage: Coverage | UnsetType = UNSET
    warnings: tuple[Warning, ...]


_ENCODER = msgspec.json.Encoder()
_DECODER: msgspec.json.Decoder[Analysis] = msgspec.json.Decoder(Analysis)


def encode_value(value: Any) -> bytes:
    """Return the UTF-8 JSON of any value of ours, decimals as strings in plain notation.

    msgspec writes decimals with `str`, which turns very small ones into `1E-7`; only where the
    output holds such a thing is the slow, exact way taken.
    """
    fast = _ENCODER.encode(value)
    if b"E-" not in fast and b"E+" not in fast:
        return fast
    return _ENCODER.encode(_plain(msgspec.to_builtins(value, builtin_types=(Decimal,))))


def decode_analysis(data: bytes | str) -> Analysis:
    """Return the analysis that `data` (its JSON) describes; raise msgspec.ValidationError if none."""
    return _DECODER.decode(data)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


__all__ = [
    "SCHEMA_VERSION", "STAGES", "Analysis", "MediaType", "OcrMode", "Report", "ReportPeriod", "Section",
    "Sentence", "Signature", "Source", "Stage", "Tool", "decode_analysis", "encode_value",
]  # fmt: skip
