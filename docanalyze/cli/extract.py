"""`docanalyze extract`: reports in, analyses out."""

from __future__ import annotations

import argparse
import glob
import os
import sys
import tempfile
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path

from docanalyze.cli import print_error
from docanalyze.cli.progress import show_progress
from docanalyze.core.analysis import Analysis
from docanalyze.core.errors import DocanalyzeError, Language, UsageError
from docanalyze.lexicon import load_lexicon
from docanalyze.output.csv_files import to_csv
from docanalyze.output.json_files import encode_json
from docanalyze.pipeline import analyze_bytes, analyze_report
from docanalyze.read.source import Limits

_SUFFIXES = (".json", ".jsonl", ".csv")
_ORDER = (2, 4, 3, 1, 0)


def run(options: argparse.Namespace) -> int:
    """Analyse every file and write what came out; return the exit code."""
    files = _expand(options.files)
    suffix = _check_output(options, files)
    codes = {0}

    def results() -> Iterator[bytes]:
        first = True
        for analysis, code in _analyze_all(files, options):
            codes.add(code)
            if analysis is None:
                continue
            if suffix == ".csv":
                yield to_csv(analysis, header=first).encode("utf-8")
            else:
                single = len(files) == 1 and suffix != ".jsonl"
                yield from encode_json(analysis, indent=options.indent if single else None)
                yield b"\n"
            first = False

    if options.output is None:
        write_stdout(results())
    else:
        write_file(Path(options.output), results())
    return next(code for code in _ORDER if code in codes)


def write_stdout(parts: Iterable[bytes]) -> None:
    """Write UTF-8 bytes to stdout, whatever the locale."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(b"".join(parts).decode("utf-8"))
    else:
        sys.stdout.flush()
        for part in parts:
            buffer.write(part)
        buffer.flush()


def _analyze_all(files: list[str], options: argparse.Namespace) -> Iterator[tuple[Analysis | None, int]]:
    language: Language = options.lang or "en"
    lexicon = load_lexicon(Path(options.lexicon)) if options.lexicon else load_lexicon()
    with show_progress(files) as progress:
        for name in files:
            arguments = {
                "until": options.until,
                "pages": options.pages,
                "password": options.password,
                "ocr": options.ocr,
                "splitter": options.splitter,
                "lexicon": lexicon,
                "language": options.lang or "vi",
                "limits": Limits(seconds=options.timeout),
            }
            try:
                if name == "-":
                    yield analyze_bytes(sys.stdin.buffer.read(), name="-", **arguments), 0
                else:
                    yield analyze_report(name, progress=progress.page, **arguments), 0
            except DocanalyzeError as error:
                if options.debug:
                    traceback.print_exc()
                print_error(error, language, usage="extract" if len(files) == 1 else None)
                yield None, error.exit_code
            except Exception as error:
                # Our own bug must not cost the other files their results.
                if options.debug:
                    traceback.print_exc()
                print(_bug_message(name, error, language), file=sys.stderr)
                yield None, 3
            progress.file_done(name)


def _bug_message(name: str, error: Exception, language: Language) -> str:
    what = type(error).__name__
    if language == "vi":
        return f"docanalyze: {name}: lỗi của chương trình ({what}); hãy chạy lại với --debug và gửi báo lỗi."
    return f"docanalyze: {name}: a bug in docanalyze ({what}); run again with --debug and report it."


def _expand(names: list[str]) -> list[str]:
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


def _check_output(options: argparse.Namespace, files: list[str]) -> str | None:
    if options.output is None:
        return None
    path = Path(options.output)
    suffix = path.suffix.lower()
    if suffix not in _SUFFIXES:
        raise UsageError(reason=f"-o {options.output}: the suffix must be one of {', '.join(_SUFFIXES)}")
    if suffix == ".json" and len(files) > 1:
        raise UsageError(reason=f"-o {options.output}: several files need .jsonl or .csv")
    if not path.parent.is_dir():
        raise UsageError(reason=f"-o {options.output}: the folder does not exist")
    if path.is_dir():
        raise UsageError(reason=f"-o {options.output}: a folder, not a file")
    return suffix


def write_file(path: Path, parts: Iterable[bytes]) -> None:
    """Write the parts to `path`, all of them or nothing; raise UsageError if it cannot be written.

    Without a single part no file is written.
    """
    written = False
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                for part in parts:
                    written = True
                    file.write(part)
            if written:
                Path(name).chmod(0o666 & ~_umask())
                Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(reason=f"{path}: cannot be written ({error.strerror or error})") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
