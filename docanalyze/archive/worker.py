"""A worker process: jobs as lines of JSON on stdin, results as lines of JSON on stdout.

It ends by itself, with all it started, when its parent is gone, however the parent ended, and when it
holds more memory than it may.
"""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
import time
from pathlib import Path
from typing import IO

import msgspec

from docanalyze.archive.jobs import EngineSettings, Job, Result, run_job

MEMORY_EXIT = 77
"""The exit code of a worker that held too much memory."""

_WATCH_SECONDS = 0.2


class Setup(msgspec.Struct, frozen=True):
    """The first line that a worker reads: where modules are found, and its limits."""

    path: list[str]
    settings: EngineSettings


class Reply(msgspec.Struct, frozen=True):
    """What a worker says once it is ready, then after each job; `memory` is what it holds, in bytes."""

    memory: int
    result: Result | None = None


def serve(source: IO[bytes], sink: IO[bytes]) -> None:
    """Run the jobs that arrive on `source` one after the other until it ends."""
    setup = msgspec.json.decode(source.readline(), type=Setup)
    sys.path.extend(place for place in setup.path if place not in sys.path)
    jobs: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(source, jobs), daemon=True).start()
    threading.Thread(target=_watch_memory, args=(setup.settings.memory_limit,), daemon=True).start()
    _say(sink, Reply(measure_memory()))
    while True:
        result = run_job(msgspec.json.decode(jobs.get(), type=Job))
        _say(sink, Reply(measure_memory(), result))


def _listen(source: IO[bytes], jobs: queue.SimpleQueue[bytes]) -> None:
    for line in source:
        jobs.put(line)
    # The parent is gone or has no more jobs: whatever is being done is of no use to anybody.
    _end(0)


def _watch_memory(limit: int) -> None:
    while measure_memory() <= limit:
        time.sleep(_WATCH_SECONDS)
    os._exit(MEMORY_EXIT)


def _end(code: int) -> None:
    """End this process and, where it leads a group of its own, what it started (an OCR engine)."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(code)


def measure_memory() -> int:
    """Return the bytes of memory that this process holds; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return 0


def _say(sink: IO[bytes], reply: Reply) -> None:
    sink.write(msgspec.json.encode(reply) + b"\n")
    sink.flush()


def main() -> None:
    """Run jobs from stdin, say results on stdout; what libraries print goes to stderr instead."""
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(os.fdopen(os.dup(0), "rb"), sink)


if __name__ == "__main__":
    main()
