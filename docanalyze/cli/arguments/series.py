"""The arguments of the command on successive reports: `compare`."""

from __future__ import annotations

from typing import Any

from docanalyze.cli.arguments.kinds import add_command


def add_compare(commands: Any) -> None:
    """Add `docanalyze compare`."""
    parser = add_command(
        commands,
        "compare",
        "successive reports of one body side by side",
        "Compare successive reports, ordered by their own periods: series with changes, figures printed "
        "again otherwise, growth that the figures do not give, stale copies. Exit code 1 if a finding is an "
        "error.",
    )
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="a PDF, a UTF-8 .txt or .md file, an analysis (.json, .jsonl) or the folder of a batch",
    )
    parser.add_argument(
        "-o", "--output", metavar="PATH", help="write there instead; .json, .csv, .xlsx or .html by suffix"
    )
    parser.add_argument("--json", action="store_true", help="the whole comparison as JSON on stdout")
    parser.add_argument("--series", metavar="INDICATOR", help="only series whose name holds this")
    parser.add_argument(
        "--mapping",
        metavar="FILE",
        help="a TOML file of pairs of indicators accepted or refused; read if it is there, and written anew",
    )
    parser.add_argument(
        "--force", action="store_true", help="compare reports of different bodies or kinds, too"
    )
    parser.add_argument("--password", help="the password of encrypted PDFs")
    parser.add_argument("--lexicon", metavar="DIR", help="a folder of TOML files whose entries are added")
