"""Analyses as JSON: written, read back with validation, and described by a JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import UNSET

from docanalyze.core.analysis import Analysis, decode_analysis, encode_value
from docanalyze.core.errors import InvalidAnalysis, MissingFile

ARCHIVE_INDEX = "documents.jsonl"
"""The file in an archive's output folder that lists its documents in their order."""

_PART = 2000


def to_json(analysis: Analysis, *, indent: int | None = None) -> str:
    """Return the analysis as JSON text: one line, or indented; equal analyses give equal text.

    >>> to_json(analyze_report("bao-cao.pdf"), indent=2)  # doctest: +SKIP
    """
    return b"".join(encode_json(analysis, indent=indent)).decode("utf-8")


def encode_json(analysis: Analysis, *, indent: int | None = None) -> Iterator[bytes]:
    """Yield the JSON of `to_json` in parts of UTF-8, so that a long one is written without being held."""
    if indent is not None:
        yield msgspec.json.format(encode_value(analysis), indent=indent)
        return
    opening = b"{"
    for name in analysis.__struct_fields__:
        value = getattr(analysis, name)
        if value is UNSET:
            continue
        yield b'%b"%b":' % (opening, name.encode())
        opening = b","
        if isinstance(value, tuple) and len(value) > _PART:
            for at in range(0, len(value), _PART):
                part = encode_value(value[at : at + _PART])
                yield (b"[" if at == 0 else b",") + part[1:-1]
            yield b"]"
        else:
            yield encode_value(value)
    yield b"}"


def load_analysis(path: str | Path) -> Analysis:
    """Return the analysis kept in a `.json` file; of a `.jsonl` file with one line, that one.

    Raises MissingFile, or InvalidAnalysis if it is not an analysis of this schema version.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise MissingFile(path=str(path)) from error
    try:
        return decode_analysis(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InvalidAnalysis(path=str(path), reason=str(error)) from error


def load_analyses(path: str | Path) -> Iterator[Analysis]:
    """Yield the analyses kept in a `.jsonl` file, one a line; of a `.json` file, its one analysis.

    Of the output folder of an archive, those of its documents in their order. Raises MissingFile, or
    InvalidAnalysis for a line that is no analysis of this schema version.
    """
    if Path(path).is_dir():
        yield from _load_archive(Path(path))
        return
    if not str(path).lower().endswith(".jsonl"):
        yield load_analysis(path)
        return
    try:
        lines = Path(path).read_bytes().splitlines()
    except OSError as error:
        raise MissingFile(path=str(path)) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield decode_analysis(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise InvalidAnalysis(path=str(path), reason=f"line {number}: {error}") from error


def is_archive(path: str | Path) -> bool:
    """Return whether a path is the output folder of an archive, whose analyses can be loaded."""
    return (Path(path) / ARCHIVE_INDEX).is_file()


def _load_archive(folder: Path) -> Iterator[Analysis]:
    try:
        lines = (folder / ARCHIVE_INDEX).read_bytes().splitlines()
    except OSError as error:
        raise MissingFile(path=str(folder / ARCHIVE_INDEX)) from error
    for number, line in enumerate(lines, 1):
        try:
            name = msgspec.json.decode(line, type=_Listed).json
        except msgspec.DecodeError as error:
            path = str(folder / ARCHIVE_INDEX)
            raise InvalidAnalysis(path=path, reason=f"line {number}: {error}") from error
        if name is not None:
            yield load_analysis(folder / "json" / Path(name).name)


class _Listed(msgspec.Struct):
    """A line of an archive's index, as far as it leads to an analysis."""

    json: str | None = None


def build_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of an analysis, generated from the types themselves."""
    (reference,), components = msgspec.json.schema_components([Analysis], ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:docanalyze:analysis:1",
        "title": "docanalyze analysis",
        **reference,
        "$defs": dict(sorted(components.items())),
    }


def schema_text() -> str:
    """Return the schema as the indented text that `docanalyze schema` prints."""
    return json.dumps(build_schema(), ensure_ascii=False, indent=2, default=list) + "\n"
