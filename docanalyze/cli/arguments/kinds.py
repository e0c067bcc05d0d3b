"""What arguments of several commands are: a command with what all have, pages, seconds, counts."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from typing import Any

STAGES = ("read", "segment", "tag", "bind", "check")
OCR = ("auto", "never", "force")
SPLITTERS = ("own", "spacy", "underthesea")


def add_command(commands: Any, name: str, short: str, long: str) -> argparse.ArgumentParser:
    """Return the new parser of a command, with the options that every command has."""
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


def read_count(text: str) -> int:
    """Return a number of one or two digits; raise argparse.ArgumentTypeError for anything else."""
    if text.isascii() and text.isdigit() and len(text) <= 2:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to 99")


def read_workers(text: str) -> int:
    """Return a number from 1 to 9999; raise argparse.ArgumentTypeError for anything else."""
    if text.isascii() and text.isdigit() and len(text) <= 4 and int(text):
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no number of workers from 1 to 9999")


def read_seconds(text: str) -> float:
    """Return a number of seconds, up to a day; raise argparse.ArgumentTypeError for anything else."""
    if text.isascii() and text.isdigit() and 0 < int(text) <= 86_400:
        return float(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds from 1 to 86400")
