"""A comparison as JSON, read back with validation, and its JSON Schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from docanalyze.core.analysis import encode_value
from docanalyze.core.comparison import Comparison
from docanalyze.core.errors import InvalidAnalysis, MissingFile

_DECODER: msgspec.json.Decoder[Comparison] = msgspec.json.Decoder(Comparison)


def encode_comparison(comparison: Comparison, *, indent: int | None = None) -> bytes:
    """Return the UTF-8 JSON of a comparison; equal comparisons give equal bytes."""
    data = encode_value(comparison)
    return data if indent is None else msgspec.json.format(data, indent=indent)


def load_comparison(path: str | Path) -> Comparison:
    """Return the comparison kept in a `.json` file.

    Raises MissingFile, or InvalidAnalysis if it is not a comparison of this schema version.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise MissingFile(path=str(path)) from error
    try:
        return _DECODER.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InvalidAnalysis(path=str(path), reason=str(error)) from error


def build_comparison_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a comparison, generated from the types themselves."""
    (reference,), components = msgspec.json.schema_components([Comparison], ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:docanalyze:comparison:1",
        "title": "docanalyze comparison",
        **reference,
        "$defs": dict(sorted(components.items())),
    }


def comparison_schema_text() -> str:
    """Return the schema as the indented text that `docanalyze schema --comparison` prints."""
    return json.dumps(build_comparison_schema(), ensure_ascii=False, indent=2, default=list) + "\n"
