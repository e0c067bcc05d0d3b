"""The arguments of the commands on single reports: `extract` and `check`."""

from __future__ import annotations

from typing import Any

from docanalyze.cli.arguments.kinds import (
    OCR,
    SPLITTERS,
    STAGES,
    add_command,
    parse_pages,
    read_count,
    read_seconds,
)


def add_extract(commands: Any) -> None:
    """Add `docanalyze extract`."""
    parser = add_command(
        commands,
        "extract",
        "analysis JSON of reports (PDF, UTF-8 .txt or .md, - for stdin)",
        "Analyse reports. One file gives one JSON object on stdout, several give JSON Lines.",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="a PDF, a UTF-8 .txt or .md file, or -")
    parser.add_argument(
        "-o",
        "--output",
        metavar="PATH",
        help="write there instead; by suffix: .json, .jsonl, .csv, .parquet (mentions), .xlsx, .html, .spacy",
    )
    parser.add_argument(
        "--table", metavar="ID", help="only this table (t1, t2, …), as CSV; with -o as .csv or .xlsx"
    )
    parser.add_argument(
        "--until",
        choices=STAGES,
        default=STAGES[-1],
        help=f"the last stage to run (default: {STAGES[-1]})",
    )
    parser.add_argument("--pages", type=parse_pages, metavar="LIST", help="pages of a PDF, as 1-4,7")
    parser.add_argument("--password", help="the password of an encrypted PDF")
    parser.add_argument(
        "--ocr",
        choices=OCR,
        default="auto",
        help="read pages from their pictures: those without a sound text layer, none, or all (default: auto)",
    )
    parser.add_argument(
        "--timeout",
        type=read_seconds,
        default=120.0,
        metavar="S",
        help="seconds for a file; pages not begun by then are left out, with a warning (default: 120)",
    )
    parser.add_argument(
        "--splitter", choices=SPLITTERS, default="own", help="sentence splitter (default: own)"
    )
    parser.add_argument(
        "--words", action="store_true", help="add underthesea's words and parts of speech, with offsets"
    )
    parser.add_argument("--lexicon", metavar="DIR", help="a folder of TOML files whose entries are added")
    parser.add_argument("--indent", type=read_count, metavar="N", help="indent the JSON by N spaces")


def add_check(commands: Any) -> None:
    """Add `docanalyze check`."""
    parser = add_command(
        commands,
        "check",
        "whether the figures, dates and references of reports agree",
        "Check reports: how many figures could be held against others, and what does not agree, with the "
        "arithmetic, the page and the words around it. Exit code 1 if a finding is an error.",
    )
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="a PDF, a UTF-8 .txt or .md file, an analysis (.json, .jsonl, a batch folder), or -",
    )
    parser.add_argument("--json", action="store_true", help="a line of JSON a finding; the summary to stderr")
    parser.add_argument(
        "-o",
        "--output",
        metavar="PATH",
        help="write there: .json, .html (review), .pdf (annotated copy), .xlsx (working paper) or .sarif",
    )
    parser.add_argument("--waivers", metavar="FILE", help="findings that are accepted, as TOML")
    parser.add_argument("--baseline", metavar="FILE", help="findings of an earlier run (.json): new or known")
    parser.add_argument("--rules", metavar="FILE", help="your own equations over indicators, as YAML")
    parser.add_argument(
        "--select",
        action="append",
        metavar="CODE",
        help="only findings of these codes or beginnings of codes",
    )
    parser.add_argument(
        "--ignore", action="append", metavar="CODE", help="no findings of these, as NUM,FRM001"
    )
    parser.add_argument("--pages", type=parse_pages, metavar="LIST", help="pages of a PDF, as 1-4,7")
    parser.add_argument("--explain", metavar="CODE", help="print the manual of a check (all: of all checks)")
    parser.add_argument("--password", help="the password of an encrypted PDF")
    parser.add_argument("--lexicon", metavar="DIR", help="a folder of TOML files whose entries are added")
