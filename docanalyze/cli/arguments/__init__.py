"""The arguments of every command. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import argparse
import sys
from typing import NoReturn

from docanalyze.cli.arguments.about import add_completion, add_demo, add_evaluate, add_schema
from docanalyze.cli.arguments.many import add_batch
from docanalyze.cli.arguments.reports import add_check, add_extract
from docanalyze.cli.arguments.series import add_compare

COMMANDS = (
    add_extract,
    add_check,
    add_compare,
    add_batch,
    add_evaluate,
    add_demo,
    add_schema,
    add_completion,
)
"""What adds each command, in the order of the help."""


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
        epilog="Exit codes: 0 done, 1 done and a figure contradicts another (check) or a document failed "
        "(batch), 2 wrong usage, "
        "3 a file could not be read, 4 a part is not installed, 130 interrupted.",
    )
    parser.add_argument("--version", action="version", version=_version())
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)
    for add in COMMANDS:
        add(commands)
    return parser


def _version() -> str:
    from docanalyze import __version__

    return f"docanalyze {__version__}"


def list_parsers(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return the parser of every command by its name, in order: for the manual and for completion."""
    return next(
        dict(action.choices) for action in parser._actions if isinstance(action, argparse._SubParsersAction)
    )
