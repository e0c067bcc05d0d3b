"""Questions in SQL to the tables of an archive, through DuckDB."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from docanalyze.archive.parts import TABLE_FOLDERS
from docanalyze.core.errors import MissingFile, MissingPart, UsageError

_ROWS = 1_000
_READING = ("SELECT", "EXPLAIN")
"""The kinds of statements that only read."""


def query_archive(folder: str | Path, sql: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    """Return the column names and the rows that answer `sql` from the tables in an output folder.

    The tables are `documents`, `pages`, `sentences`, `mentions`, `indicators`, `relations` and `findings`.
    The question can read these and nothing else: no other file, no network. Raises MissingFile if the
    folder holds no tables, UsageError for SQL that is wrong, MissingPart without DuckDB.

    >>> query_archive("ket-qua", "SELECT kind, count(*) FROM mentions GROUP BY kind")  # doctest: +SKIP
    """
    try:
        duckdb = import_module("duckdb")
    except ImportError as error:
        raise MissingPart(option="--query", command="pip install 'docanalyze[tables]'") from error
    root = Path(folder).resolve()
    settings = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    connection = duckdb.connect(":memory:", config=settings)
    for table in TABLE_FOLDERS:
        files = sorted(str(path) for path in (root / table).glob("*.parquet"))
        if not files:
            raise MissingFile(path=f"{folder}/{table}")
        names = ", ".join(f"'{_quote(name)}'" for name in files)
        view = table.rpartition("/")[2]
        connection.execute(f"CREATE VIEW {view} AS SELECT * FROM read_parquet([{names}])")
    connection.execute(f"SET allowed_directories = ['{_quote(str(root / 'tables'))}']")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    try:
        statements = duckdb.extract_statements(sql)
        if len(statements) != 1 or statements[0].type.name not in _READING:
            raise UsageError(
                reason="--query: one SELECT (or DESCRIBE, SUMMARIZE, SHOW TABLES) is answered, no more"
            )
        found = connection.execute(statements[0])
    except duckdb.Error as error:
        raise UsageError(reason=f"--query: {' '.join(str(error).split())}") from error
    return [column[0] for column in found.description or ()], _read(found)


def _read(found: Any) -> Iterator[tuple[Any, ...]]:
    while rows := found.fetchmany(_ROWS):
        yield from rows


def _quote(text: str) -> str:
    return text.replace("'", "''")
