"""The command line: arguments in, exit code out. Only this package prints, or reads the environment.

Exit codes: 0 done; 2 wrong usage; 3 a file could not be read; 4 a part that an option asked for is
missing; 130 interrupted. Of several files the readable ones are done and written, and the code is
the first that applies of 2, 4, 3, 0.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from docanalyze.cli.arguments import build_parser
from docanalyze.core.errors import DocanalyzeError, Language, UnreadableFile, UsageError

_GUARDED = ("extract", "check")
"""Commands that may be given a single file. Of several each is read in a worker process anyway."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; errors go to stderr as one plain sentence each."""
    _use_utf8()
    return _run(build_parser().parse_args(arguments))


def run() -> int:
    """Run the command of this process's own arguments; what reads a single file is guarded."""
    _use_utf8()
    options = build_parser().parse_args()
    files: list[str] = getattr(options, "files", [])
    if options.command not in _GUARDED or len(files) != 1:
        return _run(options)
    from docanalyze.cli.guard import run_guarded

    def tell(crash: str) -> None:
        print_error(UnreadableFile(path=files[0], reason=crash), options.lang or "en")

    return run_guarded(lambda: _run(options), tell)


def _run(options: argparse.Namespace) -> int:
    language: Language = options.lang or "en"
    try:
        return int(options.run(options))
    except DocanalyzeError as error:
        if options.debug:
            raise
        print_error(error, language, usage=options.command)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of our output went away (`| head`): nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def print_error(error: DocanalyzeError, language: Language, *, usage: str | None = None) -> None:
    """Print the error's one sentence to stderr; a usage error names the help that explains it."""
    line = " ".join(error.describe(language).split())
    if isinstance(error, UsageError) and usage:
        hint = {"en": f"see docanalyze {usage} --help", "vi": f"xem docanalyze {usage} --help"}[language]
        line = f"{line.rstrip('.')} ({hint})."
    print(f"docanalyze: {line}", file=sys.stderr)


def _use_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
