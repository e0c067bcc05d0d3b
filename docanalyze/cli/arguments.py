"""The arguments of every command. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, NoReturn

_STAGES = ("read", "segment", "tag", "bind", "check")
_OCR = ("auto", "never", "force")
_SHELLS = ("bash", "zsh", "tcsh")
_SPLITTERS = ("own", "spacy", "underthesea")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Print one plain sentence instead of the whole usage and leave with exit code 2."""
        print(f"{self.prog}: {message}; see {self.prog} --help.", file=sys.stderr)
        raise SystemExit(2)


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of `docanalyze` with one subparser a command; `options.run` runs it."""
    parser = _Parser(
        prog="docanalyze",
        description="Read Vietnamese periodic reports: text with its place on the page, sections, sentences, "
        "every figure, date and legal reference with its exact value, and whether they agree.",
        epilog="Exit codes: 0 done, 1 done and a figure contradicts another (check), 2 wrong usage, "
        "3 a file could not be read, 4 a part is not installed, 130 interrupted.",
    )
    parser.add_argument("--version", action="version", version=_version())
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)
    _add_extract(commands)
    _add_check(commands)
    _add_evaluate(commands)
    _add_demo(commands)
    _add_schema(commands)
    _add_completion(commands)
    return parser


def _add_extract(commands: Any) -> None:
    parser = _add_command(
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
        help="write there instead; .json, .jsonl or .csv (mentions) by suffix",
    )
    parser.add_argument(
        "--table", metavar="ID", help="only this table (t1, t2, …), as CSV; with -o as .csv or .xlsx"
    )
    parser.add_argument(
        "--until",
        choices=_STAGES,
        default=_STAGES[-1],
        help=f"the last stage to run (default: {_STAGES[-1]})",
    )
    parser.add_argument("--pages", type=parse_pages, metavar="LIST", help="pages of a PDF, as 1-4,7")
    parser.add_argument("--password", help="the password of an encrypted PDF")
    parser.add_argument(
        "--ocr",
        choices=_OCR,
        default="auto",
        help="read pages from their pictures: those without a sound text layer, none, or all (default: auto)",
    )
    parser.add_argument(
        "--timeout",
        type=_seconds,
        default=120.0,
        metavar="S",
        help="seconds for a file; pages not begun by then are left out, with a warning (default: 120)",
    )
    parser.add_argument(
        "--splitter", choices=_SPLITTERS, default="own", help="sentence splitter (default: own)"
    )
    parser.add_argument(
        "--words", action="store_true", help="add underthesea's words and parts of speech, with offsets"
    )
    parser.add_argument("--lexicon", metavar="DIR", help="a folder of TOML files whose entries are added")
    parser.add_argument("--indent", type=_indent, metavar="N", help="indent the JSON by N spaces")


def _add_check(commands: Any) -> None:
    parser = _add_command(
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
        help="a PDF, a UTF-8 .txt or .md file, an analysis (.json, .jsonl), or -",
    )
    parser.add_argument("--json", action="store_true", help="a line of JSON a finding; the summary to stderr")
    parser.add_argument("-o", "--output", metavar="PATH", help="write coverage and findings there, as .json")
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


def _add_evaluate(commands: Any) -> None:
    parser = _add_command(
        commands,
        "evaluate",
        "precision, recall and F1 against gold annotations",
        "Analyse the documents of gold files and score mentions, sentences, sections, tables and relations.",
    )
    parser.add_argument("gold", nargs="+", metavar="GOLD", help="a .gold.jsonl file, or a folder of them")
    parser.add_argument(
        "--shared", metavar="DIR", help="the folder of published documents that gold refers to"
    )
    parser.add_argument("--text", action="store_true", help="read the reference texts, not the documents")
    parser.add_argument("--json", action="store_true", help="print the scores as JSON")
    parser.add_argument("-o", "--output", metavar="RUN", help="keep the run as JSON, for --against")
    parser.add_argument("--against", metavar="RUN", help="list what was gained and lost since that run")
    parser.add_argument(
        "--misses", type=_indent, metavar="N", default=0, help="show N misses of each document"
    )


def _add_demo(commands: Any) -> None:
    parser = _add_command(
        commands,
        "demo",
        "analyse the bundled sample reports and show what was found",
        "Analyse the bundled sample reports, write the results to a folder and show some of them.",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        default="docanalyze-demo",
        help="the folder (default: docanalyze-demo)",
    )


def _add_schema(commands: Any) -> None:
    parser = _add_command(
        commands,
        "schema",
        "the JSON Schema of an analysis",
        "Print the JSON Schema (2020-12) of an analysis.",
    )
    parser.add_argument("--markdown", action="store_true", help="as a page to read instead (SCHEMA.md)")


def _add_completion(commands: Any) -> None:
    parser = _add_command(
        commands,
        "completion",
        "a script that completes commands and options in a shell",
        "Print the completion script of a shell (bash: docanalyze completion bash > "
        "~/.local/share/bash-completion/completions/docanalyze).",
    )
    parser.add_argument("shell", choices=_SHELLS, help="the shell")


def _add_command(commands: Any, name: str, short: str, long: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=short, description=long)
    parser.add_argument(
        "--lang", choices=("vi", "en"), help="language of messages (errors: en, results: vi by default)"
    )
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    parser.set_defaults(run=_run_later(name))
    return parser


def _run_later(name: str) -> Callable[[argparse.Namespace], int]:
    def run(options: argparse.Namespace) -> int:
        return int(import_module(f"docanalyze.cli.{name}").run(options))

    return run


def parse_pages(text: str) -> tuple[tuple[int, int], ...]:
    """Return the inclusive page ranges of `1-4,7`: ((1, 4), (7, 7)).

    Raises argparse.ArgumentTypeError for anything else.
    """
    ranges: list[tuple[int, int]] = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        if not (first.isascii() and first.isdigit()) or (dash and not (last.isascii() and last.isdigit())):
            raise argparse.ArgumentTypeError(f"{text!r} is no list of pages such as 1-4,7")
        low, high = int(first[:9]), int((last or first)[:9])
        if low < 1 or high < low:
            raise argparse.ArgumentTypeError(f"{text!r} is no list of pages such as 1-4,7")
        ranges.append((low, high))
    return tuple(ranges)


def _indent(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= 2:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no number of spaces")


def _seconds(text: str) -> float:
    if text.isascii() and text.isdigit() and 0 < int(text) <= 86_400:
        return float(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds from 1 to 86400")


def _version() -> str:
    from docanalyze import __version__

    return f"docanalyze {__version__}"


def list_parsers(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return the parser of every command by its name, in order: for the manual and for completion."""
    return next(
        dict(action.choices) for action in parser._actions if isinstance(action, argparse._SubParsersAction)
    )
