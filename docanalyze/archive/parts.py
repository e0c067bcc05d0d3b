"""The Parquet tables of an archive, in parts: a part holds the documents whose hashes begin alike.

A part depends on its documents alone, so any engine with any number of workers makes the same bytes, and
a run that adds a hundred reports to ten thousand rewrites only the parts that they fall into.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack

import msgspec

from docanalyze.archive.manifest import ArchiveEntry
from docanalyze.archive.store import Store, name_result
from docanalyze.core.analysis import Analysis, decode_analysis
from docanalyze.output.parquet_files import TableWriter
from docanalyze.output.tables import REPORT, TABLES, Column, describe_analysis, list_columns

TABLE_FOLDERS = tuple(f"tables/{table}" for table in ("documents", *TABLES))
"""The folder of every table in the output folder."""

_OPTION = "batch"
_WHOLE, _FEW = 100, 5_000
"""Up to so many documents are one part; up to so many, sixteen; more, two hundred and fifty-six."""


class Part(msgspec.Struct, frozen=True):
    """A part of all tables: its name (`all`, or how the hashes in it begin) and its documents in order."""

    name: str
    place: str
    entries: tuple[ArchiveEntry, ...]

    def find_digest(self) -> str:
        """Return a digest that changes when a document of the part is done anew, added or gone."""
        digest = hashlib.sha256()
        for entry in self.entries:
            digest.update(msgspec.json.encode(entry))
        return digest.hexdigest()


def _entry(name: str, kind: str, meaning: str) -> Column:
    return Column(name, kind, meaning, lambda entry, _: getattr(entry, name))  # type: ignore[arg-type]


DOCUMENTS = (
    Column("document", "text", "SHA-256 of the file; joins the tables", lambda entry, _: entry.sha256),
    _entry("path", "text", "name of the file, relative to the PATH given"),
    _entry("status", "text", "ok, partial or failed"),
    _entry("code", "text", "why it failed or is partial"),
    _entry("error_en", "text", "why it failed, as a sentence"),
    _entry("error_vi", "text", "the same in Vietnamese"),
    _entry("pages", "whole", "number of pages"),
    _entry("grade", "real", "lowest grade of a page's text, 0 to 1"),
    _entry("version", "text", "version of docanalyze"),
    _entry("config", "text", "hash of the options, the lexicon and the models"),
    *REPORT,
)
"""The columns of `documents`: what the manifest knows of the file, then what the report says of itself."""


def plan_parts(entries: Sequence[ArchiveEntry], place: str) -> Iterator[Part]:
    """Yield the parts of an archive; documents without a hash (refused files) are in the first."""
    digits = 0 if len(entries) <= _WHOLE else 1 if len(entries) <= _FEW else 2
    grouped: dict[str, list[ArchiveEntry]] = defaultdict(list)
    for entry in entries:
        grouped[(entry.sha256 or "0" * digits)[:digits]].append(entry)
    for start in sorted(grouped) or [""]:
        yield Part(start or "all", place, tuple(grouped[start]))


def name_files(part: str) -> list[str]:
    """Return the names of a part's files in the output folder, one a table."""
    return [f"{folder}/part-{part}.parquet" for folder in TABLE_FOLDERS]


def write_part(payload: bytes) -> bytes:
    """Write the files of a Part, given as JSON, from the JSON of its documents, one held at a time."""
    part = msgspec.json.decode(payload, type=Part)
    store = Store(part.place)
    with ExitStack() as open_files:

        def open_table(name: str, columns: Sequence[Column]) -> TableWriter:
            sink = open_files.enter_context(store.create(f"tables/{name}/part-{part.name}.parquet"))
            return open_files.enter_context(TableWriter(sink, columns, option=_OPTION))

        documents = open_table("documents", DOCUMENTS)
        tables = {name: open_table(name, form.columns) for name, form in TABLES.items()}
        for entry in part.entries:
            analysis = _load(store, entry)
            documents.add(_describe(entry, analysis))
            if analysis is not None:
                for name, writer in tables.items():
                    writer.add(list_columns(TABLES[name], [analysis]))
    return b""


def _load(store: Store, entry: ArchiveEntry) -> Analysis | None:
    if entry.status == "failed" or entry.sha256 is None:
        return None
    data = store.read(name_result(entry.sha256))
    return None if data is None else decode_analysis(data)


def _describe(entry: ArchiveEntry, analysis: Analysis | None) -> dict[str, list[object]]:
    said = dict(describe_analysis(analysis)) if analysis is not None else {}
    known = {column.name: getattr(entry, column.name, None) for column in DOCUMENTS[: -len(REPORT)]}
    known["document"] = entry.sha256
    return {column.name: [{**said, **known}.get(column.name)] for column in DOCUMENTS}
