"""A progress bar on stderr for long work; nothing when stderr is not a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

_MANY_PAGES = 30


class Progress:
    """Counts files and pages; draws nothing unless given a rich progress bar."""

    def __init__(self, bar: Any = None, total: int = 0) -> None:
        self._bar = bar
        self._files = bar.add_task("files", total=total) if bar is not None and total > 1 else None
        self._pages: Any = None

    def page(self, done: int, total: int) -> None:
        """Show that `done` of `total` pages of the current file are read."""
        if self._bar is None or total < _MANY_PAGES:
            return
        if self._pages is None:
            self._pages = self._bar.add_task("pages", total=total)
        self._bar.update(self._pages, completed=done)

    def pause(self) -> None:
        """Take the bar off the terminal, so that results can be printed."""
        if self._bar is not None:
            self._bar.stop()

    def resume(self) -> None:
        """Show the bar again."""
        if self._bar is not None:
            self._bar.start()

    def file_done(self, name: str) -> None:
        """Show that the file called `name` is finished."""
        if self._bar is None:
            return
        if self._pages is not None:
            self._bar.remove_task(self._pages)
            self._pages = None
        if self._files is not None:
            self._bar.update(self._files, advance=1, description=name[-40:])


@contextmanager
def show_progress(files: Sequence[str]) -> Iterator[Progress]:
    """Yield a Progress that draws a bar while the block runs, if stderr is a terminal."""
    if not sys.stderr.isatty():
        yield Progress()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        yield Progress(bar, len(files))
