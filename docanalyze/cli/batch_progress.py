"""How a long run shows itself: a bar on a terminal, a line every few seconds elsewhere, or JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import msgspec

from docanalyze.archive.manifest import ArchiveEntry
from docanalyze.archive.run import ArchiveProgress, ArchiveSummary
from docanalyze.core.errors import Language

_SECONDS = 5.0

_LINES: dict[Language, str] = {
    "en": "{ended} of {files} files, {failed} failed, {documents:.1f} documents/s, {pages:.1f} pages/s, "
    "{left} left",
    "vi": "{ended}/{files} tệp, {failed} lỗi, {documents:.1f} văn bản/giây, {pages:.1f} trang/giây, "
    "còn {left}",
}
_STAGES: dict[str, dict[Language, str]] = {
    "tables": {"en": "writing the tables", "vi": "đang ghi các bảng"},
    "comparisons": {"en": "comparing reports", "vi": "đang so sánh các báo cáo"},
}


class Watcher(Protocol):
    """What hears of a run: every document, then its end."""

    def see(self, progress: ArchiveProgress, entry: ArchiveEntry | None) -> None:
        """Hear of a document (None: of something else that changed the counts)."""

    def finish(self, summary: ArchiveSummary) -> None:
        """Hear that the run is over."""

    def stop(self) -> None:
        """Hear that the run was interrupted."""


@contextmanager
def show_batch(as_json: bool, language: Language) -> Iterator[Watcher]:
    """Yield what shows a run on stderr: as JSON lines, as a bar on a terminal, else as plain lines."""
    if as_json:
        yield _Json()
    elif sys.stderr.isatty():
        bar = _Bar(language)
        try:
            yield bar
        finally:
            bar.stop()
    else:
        yield _Lines(language)


class _Pace:
    """Documents and pages a second since the start, and the seconds left at that pace."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    def measure(self, progress: ArchiveProgress) -> dict[str, Any]:
        seconds = max(time.monotonic() - self._start, 1e-3)
        ended = count_ended(progress)
        pace = progress.done / seconds
        left = (progress.files - ended) / pace if pace else None
        return {
            "ended": ended,
            "files": progress.files,
            "failed": progress.failed,
            "documents": pace,
            "pages": progress.pages / seconds,
            "left": "?" if left is None else f"{int(left) // 60}:{int(left) % 60:02}",
        }


def count_ended(progress: ArchiveProgress) -> int:
    """Return how many of the files need nothing more: done, done before, the same, or refused."""
    return progress.done + progress.skipped + progress.duplicates + progress.refused


class _Lines:
    def __init__(self, language: Language) -> None:
        self._language = language
        self._pace = _Pace()
        self._said = time.monotonic()

    def see(self, progress: ArchiveProgress, entry: ArchiveEntry | None) -> None:
        if entry is not None and entry.status == "failed":
            print(f"docanalyze: {_reason(entry, self._language)}", file=sys.stderr, flush=True)
        if time.monotonic() - self._said >= _SECONDS:
            self._said = time.monotonic()
            print(_LINES[self._language].format(**self._pace.measure(progress)), file=sys.stderr, flush=True)

    def finish(self, summary: ArchiveSummary) -> None:
        del summary

    def stop(self) -> None:
        pass


class _Json:
    def __init__(self) -> None:
        self._pace = _Pace()

    def see(self, progress: ArchiveProgress, entry: ArchiveEntry | None) -> None:
        if entry is not None:
            said = {name: value for name, value in msgspec.structs.asdict(entry).items() if value is not None}
            self._say("document", {**said, "ended": count_ended(progress), "files": progress.files})

    def finish(self, summary: ArchiveSummary) -> None:
        progress = msgspec.structs.asdict(summary.progress)
        self._say(
            "end",
            {
                **progress,
                "reasons": summary.reasons,
                "documents": summary.documents,
                "comparisons": len(summary.comparisons),
            },
        )

    def stop(self) -> None:
        self._say("interrupted", {})

    def _say(self, event: str, what: dict[str, Any]) -> None:
        print(json.dumps({"event": event, **what}, ensure_ascii=False), file=sys.stderr, flush=True)


class _Bar:
    def __init__(self, language: Language) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as Bars

        self._language = language
        self._pace = _Pace()
        columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
        self._bars = Bars(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bars.add_task("", total=None)
        self._bars.start()

    def see(self, progress: ArchiveProgress, entry: ArchiveEntry | None) -> None:
        if entry is not None and entry.status == "failed":
            self._bars.console.print(
                f"docanalyze: {_reason(entry, self._language)}", markup=False, highlight=False
            )
        if progress.stage in _STAGES:
            line = _STAGES[progress.stage][self._language]
        else:
            pace = self._pace.measure(progress)
            line = _LINES[self._language].format(**pace).partition(", ")[2]
        self._bars.update(self._task, total=progress.files, completed=count_ended(progress), description=line)

    def finish(self, summary: ArchiveSummary) -> None:
        del summary
        self.stop()

    def stop(self) -> None:
        self._bars.stop()


def _reason(entry: ArchiveEntry, language: Language) -> str:
    return (entry.error_vi if language == "vi" else entry.error_en) or entry.path
