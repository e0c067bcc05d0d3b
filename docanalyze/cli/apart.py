"""Reports read where a native crash or a hang costs that one report, not the run.

Of several files each is read in a worker process that is kept for the next one. A single file is read in
this process, which starts at once; a watchdog ends it when its time is over, and the command forked it
beforehand to tell a crash (`guard.py`).
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from docanalyze.check.catalogue import CHECKS
from docanalyze.check.rules import Rule
from docanalyze.cli import print_error
from docanalyze.core import errors
from docanalyze.core.analysis import Analysis, OcrMode, Stage, decode_analysis
from docanalyze.core.errors import DocanalyzeError, Language, LimitExceeded, UnreadableFile
from docanalyze.lexicon import Lexicon, load_lexicon
from docanalyze.output.json_files import encode_json
from docanalyze.pipeline import analyze_report
from docanalyze.read.source import Limits, write_name

if TYPE_CHECKING:
    from docanalyze.archive.engines import Lane
    from docanalyze.archive.jobs import Result

Read = Callable[[str, Callable[[int, int], None]], Analysis]
"""Reads the report of a name, telling the pages done; raises DocanalyzeError."""

_CALL = f"{__name__}:read_report"
_SHARE, _SPARE = 2.0, 10.0
"""Pages are begun for `seconds`; the rest may take as long again, and a little for the start."""


class Reading(msgspec.Struct, frozen=True):
    """How reports are read; `lexicon` and `rules` name what is loaded where they are read."""

    until: Stage = "check"
    pages: tuple[tuple[int, int], ...] | None = None
    password: str | None = None
    ocr: OcrMode = "auto"
    splitter: str = "own"
    lexicon: str | None = None
    rules: str | None = None
    language: Language = "vi"
    seconds: float = 120.0

    @property
    def patience(self) -> float:
        """The seconds after which reading is ended from outside."""
        return _SHARE * self.seconds + _SPARE


class Task(msgspec.Struct, frozen=True):
    """One report for a worker: its name as bytes, as it may be no UTF-8."""

    name: bytes
    reading: Reading


class Failure(msgspec.Struct, frozen=True):
    """The error that a worker met, by its class, with its details."""

    error: str
    details: dict[str, str]


_READ, _FAILED = b"+", b"-"
"""How an answer begins: the JSON of an analysis follows, or that of a Failure."""


def load_options_lexicon(folder: str | None) -> Lexicon:
    """Return the lexicon with the entries of the folder that `--lexicon` names, if any."""
    return load_lexicon(Path(folder)) if folder else load_lexicon()


@contextmanager
def open_reader(files: Sequence[str], reading: Reading, *, language: Language) -> Iterator[Read]:
    """Give what reads reports, apart if there are several files; `language` is that of the errors."""
    if len(files) < 2:
        yield lambda name, progress: _read_watched(name, reading, progress, language)
        return
    from docanalyze.archive.engines import Lane  # a single file starts the sooner without
    from docanalyze.archive.jobs import EngineSettings

    with closing(Lane(EngineSettings(workers=1))) as lane:
        yield lambda name, progress: _read_apart(name, reading, lane)


@lru_cache(maxsize=1)
def _load_checks(rules: str | None) -> tuple[Rule, ...]:
    """Return the checks with the rules of a file, read once for all reports."""
    if not rules:
        return CHECKS
    from docanalyze.check.own_rules import load_rules

    return (*CHECKS, *load_rules(rules))


def _read(name: str, reading: Reading, progress: Callable[[int, int], None] | None = None) -> Analysis:
    return analyze_report(
        name,
        until=reading.until,
        pages=reading.pages,
        password=reading.password,
        ocr=reading.ocr,
        splitter=reading.splitter,
        lexicon=load_options_lexicon(reading.lexicon),
        checks=_load_checks(reading.rules),
        language=reading.language,
        limits=Limits(seconds=reading.seconds),
        progress=progress,
    )


def _read_watched(
    name: str, reading: Reading, progress: Callable[[int, int], None], language: Language
) -> Analysis:
    def end() -> None:
        print_error(_overdue(name, reading), language)
        sys.stderr.flush()
        os._exit(LimitExceeded.exit_code)

    watchdog = threading.Timer(reading.patience, end)
    watchdog.daemon = True
    watchdog.start()
    try:
        return _read(name, reading, progress)
    finally:
        watchdog.cancel()


def _read_apart(name: str, reading: Reading, lane: Lane) -> Analysis:
    from docanalyze.archive.jobs import Job

    payload = msgspec.json.encode(Task(os.fsencode(name), reading))
    result = lane.run(Job(name, _CALL, payload, seconds=reading.patience))
    if result.value is None:
        raise _explain(result, name, reading)
    if result.value.startswith(_FAILED):
        failure = msgspec.json.decode(result.value.removeprefix(_FAILED), type=Failure)
        raise getattr(errors, failure.error, DocanalyzeError)(**failure.details)
    return decode_analysis(result.value.removeprefix(_READ))


def read_report(payload: bytes) -> bytes:
    """Return what became of a Task, given as JSON; runs in the worker."""
    task = msgspec.json.decode(payload, type=Task)
    try:
        analysis = _read(os.fsdecode(task.name), task.reading)
    except DocanalyzeError as error:
        details = {key: write_name(str(value)) for key, value in error.details.items()}
        return _FAILED + msgspec.json.encode(Failure(type(error).__name__, details))
    return b"".join((_READ, *encode_json(analysis)))


def _overdue(name: str, reading: Reading) -> DocanalyzeError:
    seconds = f"{reading.patience:g}"
    return LimitExceeded(path=name, limit_en=f"{seconds} seconds", limit_vi=f"{seconds} giây")


def _explain(result: Result, name: str, reading: Reading) -> Exception:
    """Return the error for a worker that was ended, died, or met a bug of ours."""
    if result.problem == "timeout":
        return _overdue(name, reading)
    if result.problem == "memory":
        limit: Any = {"limit_en": "a worker's memory", "limit_vi": "bộ nhớ của một tiến trình"}
        return LimitExceeded(path=name, **limit)
    if result.problem == "raised":
        return RuntimeError(result.detail)
    return UnreadableFile(path=name, reason=result.detail)
