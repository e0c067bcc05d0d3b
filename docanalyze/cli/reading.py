"""The files that a command is given: patterns expanded, each analysed or its analysis loaded."""

from __future__ import annotations

import argparse
import glob
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

from docanalyze.cli import print_error
from docanalyze.cli.progress import Progress, show_progress
from docanalyze.core.analysis import Analysis
from docanalyze.core.errors import DocanalyzeError, Language, UsageError

Analyse = Callable[[str, Progress], Iterator[Analysis]]
_ORDER = (2, 4, 3, 1, 0)


def analyze_files(
    files: list[str], options: argparse.Namespace, analyse: Analyse, *, language: Language
) -> Iterator[tuple[Analysis | None, int]]:
    """Yield the analyses of every file with exit code 0; None with its code for one that cannot be read."""
    with show_progress(files) as progress:
        for name in files:
            try:
                for analysis in analyse(name, progress):
                    progress.pause()
                    yield analysis, 0
                    progress.resume()
            except DocanalyzeError as error:
                if options.debug:
                    traceback.print_exc()
                print_error(error, language, usage=options.command if len(files) == 1 else None)
                yield None, error.exit_code
            except Exception as error:
                # Our own bug must not cost the other files their results.
                if options.debug:
                    traceback.print_exc()
                print(_bug_message(name, error, language), file=sys.stderr)
                yield None, 3
            progress.file_done(Path(name).name)


def choose_code(codes: set[int]) -> int:
    """Return the exit code of a run of several files: the first that applies of 2, 4, 3, 1, 0."""
    return next(code for code in _ORDER if code in codes)


def _bug_message(name: str, error: Exception, language: Language) -> str:
    what = type(error).__name__
    if language == "vi":
        return f"docanalyze: {name}: lỗi của chương trình ({what}); hãy chạy lại với --debug và gửi báo lỗi."
    return f"docanalyze: {name}: a bug in docanalyze ({what}); run again with --debug and report it."


def expand_files(names: list[str]) -> list[str]:
    """Return the files meant; a pattern that the shell left as it is (as on Windows) is expanded."""
    files: list[str] = []
    for name in names:
        if any(char in name for char in "*?[") and not Path(name).exists():
            files.extend(sorted(glob.glob(name)) or [name])
        else:
            files.append(name)
    if files.count("-") > 1:
        raise UsageError(reason="- (stdin) can be given only once")
    return files


def check_target(output: str, suffixes: tuple[str, ...]) -> str:
    """Return the suffix of the file to be written; raise UsageError where it cannot be written so."""
    path = Path(output)
    suffix = path.suffix.lower()
    if suffix not in suffixes:
        wanted = ", ".join(suffixes)
        raise UsageError(
            reason=f"-o {output}: the suffix must be {'one of ' if len(suffixes) > 1 else ''}{wanted}"
        )
    if not path.parent.is_dir():
        raise UsageError(reason=f"-o {output}: the folder does not exist")
    if path.is_dir():
        raise UsageError(reason=f"-o {output}: a folder, not a file")
    return suffix
