"""Tables of analyses as Parquet, through pyarrow."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import IO, Any

from docanalyze.core.analysis import Analysis
from docanalyze.core.errors import MissingPart
from docanalyze.output.tables import TABLES, Column, list_columns

ROWS = 20_000
"""A row group is closed once it holds so many rows: what a writer keeps in memory."""


_PARTS = {"operands": ("mention", "role"), "evidence": ("mention", "role", "text", "page", "quote")}


def to_parquet(
    analyses: Iterable[Analysis], *, table: str = "mentions", option: str = "-o .parquet"
) -> bytes:
    """Return one table of analyses (a name in TABLES) as the bytes of a Parquet file.

    Raises MissingPart without pyarrow; `option` is what asked for it.
    """
    sink = io.BytesIO()
    form = TABLES[table]
    with TableWriter(sink, form.columns, option=option) as writer:
        for analysis in analyses:
            writer.add(list_columns(form, [analysis]))
    return sink.getvalue()


class TableWriter:
    """Writes rows of a table to a Parquet file as they come; equal rows give equal bytes."""

    def __init__(self, sink: IO[bytes], columns: Sequence[Column], *, option: str) -> None:
        self._arrow = import_arrow(option)
        self._kinds = _map_kinds(self._arrow)
        self._columns = columns
        self._schema = self._arrow.schema([(column.name, self._kinds[column.kind]) for column in columns])
        parquet = import_module("pyarrow.parquet")
        self._writer = parquet.ParquetWriter(sink, self._schema, compression="zstd")
        self._waiting: dict[str, list[object]] = {column.name: [] for column in columns}
        self._written = False

    def __enter__(self) -> TableWriter:
        return self

    def __exit__(self, *problem: object) -> None:
        if problem[0] is None:
            self.flush(last=True)
        self._writer.close()

    def add(self, rows: dict[str, list[object]]) -> None:
        """Add rows, given as columns."""
        for name, values in rows.items():
            self._waiting[name].extend(values)
        if len(next(iter(self._waiting.values()))) >= ROWS:
            self.flush()

    def flush(self, *, last: bool = False) -> None:
        """Write the rows that wait as a row group; an empty table still gets one."""
        if not next(iter(self._waiting.values())) and (self._written or not last):
            return
        arrays = [
            self._arrow.array(_plain(self._waiting[column.name], column.kind), type=self._kinds[column.kind])
            for column in self._columns
        ]
        self._writer.write_table(self._arrow.Table.from_arrays(arrays, schema=self._schema))
        self._waiting = {column.name: [] for column in self._columns}
        self._written = True


def import_arrow(option: str) -> Any:
    """Return pyarrow; raise MissingPart, naming what asked for it, if it is not installed."""
    try:
        return import_module("pyarrow")
    except ImportError as error:
        raise MissingPart(option=option, command="pip install 'docanalyze[tables]'") from error


def _map_kinds(arrow: Any) -> dict[str, Any]:
    text, whole = arrow.string(), arrow.int32()
    return {
        "text": text,
        "whole": whole,
        "real": arrow.float64(),
        "truth": arrow.bool_(),
        "exact": arrow.decimal128(38, 9),
        "operands": arrow.list_(arrow.struct([("mention", text), ("role", text)])),
        "evidence": arrow.list_(
            arrow.struct(
                [("mention", text), ("role", text), ("text", text), ("page", whole), ("quote", text)]
            )
        ),
    }


def _plain(values: list[object], kind: str) -> list[object]:
    """Return values as pyarrow takes them: lists of our values become lists of dicts."""
    names = _PARTS.get(kind)
    if names is None:
        return values
    return [
        None
        if not isinstance(value, tuple)
        else [{name: getattr(item, name) for name in names} for item in value]
        for value in values
    ]
