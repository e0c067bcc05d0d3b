"""`docanalyze completion`: a script that completes commands, options and file names in a shell."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

from docanalyze.cli.arguments import build_parser, list_parsers
from docanalyze.core.errors import MissingPart

_FILES = {"GOLD", "FILE", "PATH", "RUN"}
_FOLDERS = {"DIR"}


def run(options: argparse.Namespace) -> int:
    """Print the script for the shell asked for; return the exit code."""
    sys.stdout.write(write_completion(options.shell))
    return 0


def write_completion(shell: str) -> str:
    """Return the completion script of `docanalyze` for `bash`, `zsh` or `tcsh`.

    Raises MissingPart without shtab, which writes it from the parser.

    >>> write_completion("bash").startswith("# AUTOMATICALLY GENERATED")  # doctest: +SKIP
    True
    """
    try:
        shtab = import_module("shtab")
    except ImportError as error:
        command = "pip install 'docanalyze[completion]'"
        raise MissingPart(option="completion", command=command) from error
    parser = build_parser()
    names = {**dict.fromkeys(_FILES, shtab.FILE), **dict.fromkeys(_FOLDERS, shtab.DIRECTORY)}
    for one in list_parsers(parser).values():
        for action in one._actions:
            if action.metavar in names:
                # shtab's own way of being told: an attribute that argparse does not know.
                vars(action)["complete"] = names[action.metavar]
    return str(shtab.complete(parser, shell=shell)).rstrip("\n") + "\n"
