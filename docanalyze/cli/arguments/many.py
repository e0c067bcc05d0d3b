"""The arguments of the commands on many reports: `batch`."""

from __future__ import annotations

from typing import Any

from docanalyze.cli.arguments.kinds import OCR, SPLITTERS, STAGES, add_command, read_seconds, read_workers

_ENGINES = ("serial", "processes", "dask")


def add_batch(commands: Any) -> None:
    """Add `docanalyze batch`."""
    parser = add_command(
        commands,
        "batch",
        "a whole archive: resumable, in parallel, into JSON and Parquet tables",
        "Analyse all reports in folders, patterns and zip files. A document becomes a JSON file; all of "
        "them become Parquet tables. Run again after an interruption: only what is missing is done. Exit "
        "code 1 if a document failed, 3 if a PATH is not there.",
    )
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="a folder, a pattern, a .zip, a file, or - for a list of them on stdin; "
        "with --query an output folder",
    )
    parser.add_argument("-o", "--output", metavar="DIR", help="the folder of the results, or an fsspec URL")
    parser.add_argument(
        "--engine", choices=_ENGINES, default="processes", help="what runs the documents (default: processes)"
    )
    parser.add_argument(
        "--workers", type=read_workers, metavar="N", help="worker processes (default: one a processor)"
    )
    parser.add_argument(
        "--timeout",
        type=read_seconds,
        default=120.0,
        metavar="S",
        help="seconds for a document; after four fifths no page is begun, then its worker is ended "
        "(default: 120)",
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="a Dask scheduler, as tcp://host:8786 (default: a local cluster)",
    )
    parser.add_argument(
        "--retry-failed",
        action="store_true",
        help="do again what failed before or could be read in part only",
    )
    parser.add_argument("--rerun", action="store_true", help="do everything again")
    parser.add_argument(
        "--query", metavar="SQL", help="answer a question from the tables of an output folder"
    )
    parser.add_argument(
        "--compare", action="store_true", help="compare the reports of each body too, into comparisons/"
    )
    parser.add_argument("--no-tables", action="store_true", help="write JSON only, no Parquet tables")
    parser.add_argument(
        "--state", metavar="DIR", help="the local folder of the manifest, where DIR of -o is a URL"
    )
    parser.add_argument("--log-json", action="store_true", help="progress as lines of JSON on stderr")
    parser.add_argument(
        "--until", choices=STAGES, default=STAGES[-1], help=f"the last stage to run (default: {STAGES[-1]})"
    )
    parser.add_argument("--ocr", choices=OCR, default="auto", help="as of extract (default: auto)")
    parser.add_argument(
        "--splitter", choices=SPLITTERS, default="own", help="sentence splitter (default: own)"
    )
    parser.add_argument("--password", help="the password of encrypted PDFs")
    parser.add_argument("--lexicon", metavar="DIR", help="a folder of TOML files whose entries are added")
