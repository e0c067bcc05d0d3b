"""A pool of worker processes that loses one job, not the run, to a crash, a hang or a glutton.

The standard pools stop when a worker dies; here each worker is a program of its own with a pipe in and
a pipe out. A job whose worker dies is tried once more in a new one (more often where the worker was killed
from outside, which says nothing about the job); a job over its time or its memory is not.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator

import msgspec

from docanalyze.archive.jobs import EngineSettings, Job, Problem, Result
from docanalyze.archive.worker import MEMORY_EXIT, Reply, Setup
from docanalyze.core.errors import DocanalyzeError

_ATTEMPTS = 2
_KILLED_ATTEMPTS = 5
_KILLED = {-signal.SIGTERM, -getattr(signal, "SIGKILL", signal.SIGTERM)}
_START_SECONDS = 60.0
_FAILED_STARTS = 5
_KILLED_STARTS = 50
"""So many workers in a row that die, or are killed from outside, before their first job end the run."""


def run_processes(
    jobs: Iterable[Job], settings: EngineSettings, *, again_first: bool = False
) -> Generator[Result, None, None]:
    """Yield the result of every job as it is done, from `settings.workers` processes.

    Jobs are taken from `jobs` one by one as workers become free. One whose worker died is tried again
    when all others are done, or before the next one where `again_first`. Closing the iterator ends the
    workers.
    """
    pool = _Pool(jobs, settings, again_first)
    try:
        yield from pool.run()
    finally:
        for worker in list(pool.workers):
            worker.kill()


class _Worker:
    """One process, the job it is at, and since when."""

    def __init__(
        self, settings: EngineSettings, heard: queue.SimpleQueue[tuple[_Worker, bytes | None]]
    ) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "docanalyze.archive.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # An interrupt at the keyboard is for the parent, which ends its workers itself.
            start_new_session=True,
        )
        self.job: Job | None = None
        self.attempt = 0
        self.done = 0
        self.deadline: float | None = time.monotonic() + _START_SECONDS
        threading.Thread(target=self._listen, args=(heard,), daemon=True).start()
        self._send(Setup(list(sys.path), settings))

    def _listen(self, heard: queue.SimpleQueue[tuple[_Worker, bytes | None]]) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as said:
            for line in said:
                heard.put((self, line))
        heard.put((self, None))

    def _send(self, message: msgspec.Struct) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):  # that it is dead is heard on its other pipe
            self._process.stdin.write(msgspec.json.encode(message) + b"\n")
            self._process.stdin.flush()

    def begin(self, job: Job, attempt: int) -> None:
        """Begin a job; its time starts now."""
        self.job, self.attempt = job, attempt
        self.deadline = None if job.seconds is None else time.monotonic() + job.seconds
        self._send(job)

    def close(self) -> int:
        """End an idle or dead worker and return its exit code."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        return self._process.wait()

    def kill(self) -> None:
        """End a worker at once, with the processes that it started."""
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()
        self.close()


class _Pool:
    """The state of a run: jobs to do, workers at work, and what they said."""

    def __init__(self, jobs: Iterable[Job], settings: EngineSettings, again_first: bool) -> None:
        self._jobs = iter(jobs)
        self._again_first = again_first
        self._again: deque[tuple[Job, int]] = deque()
        self._settings = settings
        self._heard: queue.SimpleQueue[tuple[_Worker, bytes | None]] = queue.SimpleQueue()
        self._next: tuple[Job, int] | None = None
        self._failed_starts = 0
        self.workers: set[_Worker] = set()

    def run(self) -> Iterator[Result]:
        while len(self.workers) < self._settings.workers and self._peek():
            self._start()
        while self.workers:
            try:
                worker, line = self._heard.get(timeout=self._find_patience())
            except queue.Empty:
                yield from self._end_overdue()
                continue
            if worker not in self.workers:
                continue  # the last words of one that was ended
            if line is None:
                yield from self._bury(worker)
            else:
                yield from self._hear(worker, msgspec.json.decode(line, type=Reply))

    def _peek(self) -> bool:
        """Return whether there is a job to do."""
        if self._next is None and not (self._again_first and self._again):
            job = next(self._jobs, None)
            self._next = None if job is None else (job, 1)
        if self._next is None and self._again:
            self._next = self._again.popleft()
        return self._next is not None

    def _start(self) -> None:
        self.workers.add(_Worker(self._settings, self._heard))

    def _find_patience(self) -> float | None:
        ends = [worker.deadline for worker in self.workers if worker.deadline is not None]
        return max(0.0, min(ends) - time.monotonic()) if ends else None

    def _hear(self, worker: _Worker, reply: Reply) -> Iterator[Result]:
        self._failed_starts = 0
        if reply.result is not None:
            yield msgspec.structs.replace(reply.result, attempts=worker.attempt)
            worker.done += 1
        worker.job = worker.deadline = None
        if not self._peek():
            self._retire(worker)
        elif worker.done >= self._settings.recycle or reply.memory > self._settings.memory:
            self._retire(worker)
            self._start()
        else:
            assert self._next is not None
            worker.begin(*self._next)
            self._next = None

    def _retire(self, worker: _Worker) -> None:
        self.workers.discard(worker)
        worker.close()

    def _bury(self, worker: _Worker) -> Iterator[Result]:
        """Deal with a worker that died by itself: its job is tried once more, then given up."""
        self.workers.discard(worker)
        code = worker.close()
        job = worker.job
        if job is None:
            self._failed_starts += 1
            if self._failed_starts >= (_KILLED_STARTS if code in _KILLED else _FAILED_STARTS):
                raise DocanalyzeError(reason=f"worker processes cannot start ({_describe(code)})")
        elif code != MEMORY_EXIT and worker.attempt < (_KILLED_ATTEMPTS if code in _KILLED else _ATTEMPTS):
            self._again.append((job, worker.attempt + 1))
        else:
            problem: Problem = "memory" if code == MEMORY_EXIT else "died"
            yield Result(job.key, problem=problem, detail=_describe(code), attempts=worker.attempt)
        if self._peek():
            self._start()

    def _end_overdue(self) -> Iterator[Result]:
        now = time.monotonic()
        for worker in [w for w in self.workers if w.deadline is not None and w.deadline <= now]:
            self.workers.discard(worker)
            worker.kill()
            if worker.job is not None:
                limit = worker.job.seconds or 0.0
                yield Result(worker.job.key, problem="timeout", attempts=worker.attempt, seconds=limit)
            else:
                self._failed_starts += 1
                if self._failed_starts >= _FAILED_STARTS:
                    raise DocanalyzeError(reason="worker processes do not start")
            if self._peek():
                self._start()


def _describe(code: int) -> str:
    """Return how a process ended, in words: the name of its signal, or its exit code."""
    if code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit code {code}"
