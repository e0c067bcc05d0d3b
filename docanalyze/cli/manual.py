"""The reference of the command line, written from the parser itself: CLI.md.

`python -m docanalyze.cli.manual > CLI.md` makes it anew; a test keeps it current.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from docanalyze.cli.arguments import build_parser, list_parsers

_OPENING = """# The command line

Written from the program's own parser (`python -m docanalyze.cli.manual`). What the commands are for, with
examples, is in [README.md](README.md); the checks are in [CHECKS.md](CHECKS.md).

{description}

{epilog}
"""


def write_cli_manual(parser: argparse.ArgumentParser | None = None) -> str:
    """Return the Markdown of every command with its arguments and options, in the parser's order.

    >>> "## docanalyze extract" in write_cli_manual()
    True
    """
    parser = parser or build_parser()
    opening = _OPENING.format(description=parser.description or "", epilog=parser.epilog or "")
    parts = (_write_command(name, command) for name, command in list_parsers(parser).items())
    return "\n".join([opening, *parts])


def _write_command(name: str, parser: argparse.ArgumentParser) -> str:
    rows = "\n".join(f"| {_cell(left)} | {_cell(right)} |" for left, right in _describe(parser))
    head = "| argument | meaning |\n| --- | --- |"
    return f"## docanalyze {name}\n\n{parser.description or ''}\n\n{head}\n{rows}\n"


def _describe(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    """Yield how each argument is written and what it means; those of the file names first."""
    for action in sorted(parser._actions, key=lambda action: bool(action.option_strings)):
        if isinstance(action, argparse._HelpAction) or action.help is argparse.SUPPRESS:
            continue
        yield _spell(action), (action.help or "") % {**vars(action), "prog": parser.prog}


def _spell(action: argparse.Action) -> str:
    value = "|".join(map(str, action.choices)) if action.choices else action.metavar or action.dest.upper()
    if not action.option_strings:
        return f"`{value}{'…' if action.nargs in ('+', '*') else ''}`"
    takes = "" if action.nargs == 0 else f" {value}"
    return ", ".join(f"`{option}{takes}`" for option in action.option_strings)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(write_cli_manual())
