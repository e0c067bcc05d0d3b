"""The arguments of the commands about docanalyze itself: `evaluate`, `demo`, `schema`, `completion`."""

from __future__ import annotations

from typing import Any

from docanalyze.cli.arguments.kinds import add_command, read_count

_SHELLS = ("bash", "zsh", "tcsh")


def add_evaluate(commands: Any) -> None:
    """Add `docanalyze evaluate`."""
    parser = add_command(
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
        "--misses", type=read_count, metavar="N", default=0, help="show N misses of each document"
    )
    parser.add_argument(
        "--peers",
        action="store_true",
        help="docanalyze beside what one would take instead, as one table",
    )


def add_demo(commands: Any) -> None:
    """Add `docanalyze demo`."""
    parser = add_command(
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


def add_schema(commands: Any) -> None:
    """Add `docanalyze schema`."""
    parser = add_command(
        commands,
        "schema",
        "the JSON Schema of an analysis",
        "Print the JSON Schema (2020-12) of an analysis.",
    )
    parser.add_argument("--markdown", action="store_true", help="as a page to read instead (SCHEMA.md)")
    parser.add_argument("--comparison", action="store_true", help="that of what compare writes instead")


def add_completion(commands: Any) -> None:
    """Add `docanalyze completion`."""
    parser = add_command(
        commands,
        "completion",
        "a script that completes commands and options in a shell",
        "Print the completion script of a shell (bash: docanalyze completion bash > "
        "~/.local/share/bash-completion/completions/docanalyze).",
    )
    parser.add_argument("shell", choices=_SHELLS, help="the shell")
