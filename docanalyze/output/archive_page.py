"""The README of an archive's output folder: what lies where, and what every column is."""

from __future__ import annotations

from collections.abc import Sequence

from docanalyze.output.tables import TABLES, Column

_OPENING = """# An archive analysed by docanalyze

| what | holds |
| --- | --- |
| `documents.jsonl` | a line a document, in order: hash, path, status, name of its JSON, why it failed |
| `json/<sha256>.json` | the analysis of one document (`docanalyze schema` describes it) |
| `tables/<table>/*.parquet` | the same as tables; the parts of a table are read as one |
| `comparisons.jsonl` | with `--compare`: a line a series: its reports, its comparison, counts of findings |
| `comparisons/<body>-<hash>.json` | the comparison of one series: reports of one body on one subject |
| `manifest.sqlite` | what is done, with times and attempts; a second run does only what is missing |

Ask the tables with `docanalyze batch --query "SELECT kind, count(*) FROM mentions GROUP BY kind" FOLDER`, or
read them with DuckDB (`read_parquet('tables/mentions/*.parquet')`), polars or pandas. `document` joins the
tables. Figures are DECIMAL(38,9), empty where a figure does not fit without being rounded; the column beside
it has all its digits as text.
"""

_KINDS = {
    "text": "text", "whole": "integer", "real": "double", "truth": "boolean", "exact": "decimal(38,9)",
    "operands": "list of (mention, role)", "evidence": "list of (mention, role, text, page, quote)",
}  # fmt: skip


def write_archive_page(documents: Sequence[Column]) -> str:
    """Return the Markdown of the page; `documents` are the columns of the table of documents."""
    tables = {"documents": documents, **{name: form.columns for name, form in TABLES.items()}}
    return "\n".join([_OPENING, *(_write_table(name, columns) for name, columns in tables.items())])


def _write_table(name: str, columns: Sequence[Column]) -> str:
    rows = "\n".join(f"| `{column.name}` | {_KINDS[column.kind]} | {column.meaning} |" for column in columns)
    return f"## {name}\n\n| column | type | meaning |\n| --- | --- | --- |\n{rows}\n"
