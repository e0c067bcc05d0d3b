"""`docanalyze batch`: an archive analysed, or a question answered from its tables."""

from __future__ import annotations

import argparse
import csv
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import msgspec

from docanalyze.archive.jobs import EngineSettings
from docanalyze.archive.query import query_archive
from docanalyze.archive.run import ArchiveSummary, analyze_archive
from docanalyze.archive.sources import NO_PATH
from docanalyze.archive.work import ArchiveOptions
from docanalyze.cli.batch_progress import show_batch
from docanalyze.core.analysis import STAGES
from docanalyze.core.errors import Language, UsageError
from docanalyze.output.csv_files import neutralise

_WORDS: dict[str, dict[Language, str]] = {
    "summary": {
        "en": "{done} done ({pages} pages), {skipped} done before, {duplicates} copies, "
        "{partial} read in part, {failed} failed.",
        "vi": "{done} tệp đã xong ({pages} trang), {skipped} có sẵn, {duplicates} trùng, "
        "{partial} đọc được một phần, {failed} lỗi.",
    },
    "reasons": {"en": "Failed in all: {reasons}.", "vi": "Tổng số tệp lỗi: {reasons}."},
    "compared": {
        "en": "{compared} comparisons of successive reports: {errors} errors, {warnings} warnings; "
        "{refused} groups are no series.",
        "vi": "{compared} nhóm báo cáo đã so sánh: {errors} lỗi, {warnings} cảnh báo; "
        "{refused} nhóm không so sánh được.",
    },
    "where": {
        "en": "{documents} documents in {place} (README.md there says what lies where).",
        "vi": "{documents} văn bản trong {place} (xem README.md trong đó).",
    },
    "stopped": {
        "en": "Stopped; what was finished is kept. Run the same command again to go on.",
        "vi": "Đã dừng; phần đã xong được giữ lại. Chạy lại lệnh này để làm tiếp.",
    },
}


def run(options: argparse.Namespace) -> int:
    """Analyse the archive or answer the question; return the exit code."""
    if options.query is not None:
        return _answer(options)
    if options.scheduler and options.engine != "dask":
        raise UsageError(reason="--scheduler is the address of a Dask cluster; add --engine dask")
    if options.compare and options.until not in STAGES[STAGES.index("bind") :]:
        raise UsageError(reason=f"--compare needs what --until {options.until} leaves out; take --until bind")
    if options.output is None:
        raise UsageError(reason="batch needs -o DIR, or --query SQL and an output folder")
    language: Language = options.lang or "en"
    summary: ArchiveSummary | None = None
    with _interruptible(), show_batch(options.log_json, language) as watch:
        try:
            summary = analyze_archive(
                list(_read_paths(options.paths)),
                options.output,
                engine=options.engine,
                settings=EngineSettings(
                    workers=options.workers or os.cpu_count() or 1, scheduler=options.scheduler
                ),
                options=ArchiveOptions(
                    until=options.until,
                    ocr=options.ocr,
                    splitter=options.splitter,
                    password=options.password,
                    lexicon=options.lexicon,
                    language=options.lang or "vi",
                    seconds=options.timeout,
                ),
                state=options.state,
                tables=not options.no_tables,
                compare=options.compare,
                retry_failed=options.retry_failed,
                rerun=options.rerun,
                clock=lambda: datetime.now(UTC),
                watch=watch.see,
            )
        except KeyboardInterrupt:
            watch.stop()
            print(f"docanalyze: {_WORDS['stopped'][language]}", file=sys.stderr)
            return 130
        watch.finish(summary)
    if not options.log_json:
        _print_summary(summary, options.output, language, compared=options.compare)
    if NO_PATH in summary.reasons:
        return 3
    return 1 if summary.reasons else 0


def _print_summary(summary: ArchiveSummary, place: str, language: Language, *, compared: bool) -> None:
    print(_WORDS["summary"][language].format(**msgspec.structs.asdict(summary.progress)))
    if summary.reasons:
        reasons = ", ".join(f"{count} {reason}" for reason, count in summary.reasons.items())
        print(_WORDS["reasons"][language].format(reasons=reasons))
    if compared:
        done = [outcome for outcome in summary.comparisons if outcome.series is not None]
        counts = {
            "compared": len(done),
            "errors": sum(outcome.errors or 0 for outcome in done),
            "warnings": sum(outcome.warnings or 0 for outcome in done),
            "refused": len(summary.comparisons) - len(done),
        }
        print(_WORDS["compared"][language].format(**counts))
    print(_WORDS["where"][language].format(documents=summary.documents, place=place))


def _read_paths(paths: list[str]) -> Iterator[str]:
    """Yield the paths given; `-` stands for the lines of stdin."""
    for path in paths:
        if path == "-":
            lines = (line.decode("utf-8", "surrogateescape").strip() for line in sys.stdin.buffer)
            yield from filter(None, lines)
        else:
            yield path


def _answer(options: argparse.Namespace) -> int:
    if len(options.paths) != 1:
        raise UsageError(reason="--query takes one output folder")
    names, rows = query_archive(options.paths[0], options.query)
    if not sys.stdout.isatty():
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([neutralise(value) for value in row] for row in rows)
        return 0
    from rich.console import Console
    from rich.table import Table

    table = Table(*names)
    for row in rows:
        table.add_row(*("" if value is None else _plain(value) for value in row))
    Console().print(table, markup=False)
    return 0


def _plain(value: Any) -> str:
    return format(value, "f") if hasattr(value, "as_tuple") else str(value)


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let a request to end (SIGTERM) stop the run as an interrupt at the keyboard does."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
