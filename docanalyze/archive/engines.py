"""The engines that run jobs: in this process, in processes of this machine, or on a Dask cluster."""

from __future__ import annotations

import logging
import queue
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import chain
from typing import Any

import msgspec

from docanalyze.archive.jobs import EngineSettings, Job, Result, run_job
from docanalyze.archive.pool import run_processes
from docanalyze.core.errors import MissingPart, UsageError

Engine = Callable[[Iterable[Job], EngineSettings], Generator[Result, None, None]]
"""Takes jobs, yields their results in any order; stops its workers when the iterator is closed."""

CONNECT = "15s"
"""How long an address is tried before it is said that nothing answers there."""

_AHEAD = 3
"""Jobs that a cluster is given at once for each of its threads: enough to keep it busy, few to hold."""


def run_serial(jobs: Iterable[Job], settings: EngineSettings) -> Generator[Result, None, None]:
    """Yield the results of jobs run one after the other in this process.

    Nothing can be killed here: a hang or a crash in native code is one of the whole run.
    """
    del settings
    yield from map(run_job, jobs)


def run_dask(jobs: Iterable[Job], settings: EngineSettings) -> Generator[Result, None, None]:
    """Yield the results of jobs run by Dask, on the cluster at `settings.scheduler` or a local one.

    Each Dask worker hands its job to a worker process of its own, so that a crash or a hang costs the
    job alone; the jobs of a Dask worker that is lost go to another. Raises MissingPart without Dask,
    UsageError if nothing answers at the address.
    """
    distributed = _import_dask()
    apart = msgspec.structs.replace(settings, workers=1, scheduler=None)
    waiting = iter(jobs)
    first = next(waiting, None)
    if first is None:
        return  # a cluster takes seconds to start
    waiting = chain([first], waiting)
    with _connect(distributed, settings) as client:
        done = distributed.as_completed([], loop=client.loop, with_results=True, raise_errors=False)
        given: dict[str, Job] = {}

        def give(count: int) -> None:
            for _ in range(count):
                job = next(waiting, None)
                if job is None:
                    return
                future = client.submit(_run_apart, job, apart, key=f"docanalyze-{job.key}", pure=False)
                given[future.key] = job
                done.add(future)

        give(_AHEAD * max(1, sum(client.nthreads().values())))
        for future, value in done:
            job = given.pop(future.key)
            if future.status == "finished":
                yield value
            else:
                yield Result(job.key, problem="died", detail="the cluster lost its workers", attempts=2)
            future.release()
            give(1)


ENGINES: dict[str, Engine] = {"serial": run_serial, "processes": run_processes, "dask": run_dask}
"""The engines by name."""


class Lane:
    """A worker process that is kept for one job after the other, each waited for."""

    def __init__(self, settings: EngineSettings) -> None:
        self._jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._results = run_processes(iter(self._jobs.get, None), settings, again_first=True)

    def run(self, job: Job) -> Result:
        """Return the result of a job, run now."""
        self._jobs.put(job)
        return next(self._results)

    def close(self) -> None:
        """End the worker process."""
        self._results.close()


_lanes = threading.local()


def _run_apart(job: Job, settings: EngineSettings) -> Result:
    """Run a job in the worker process that belongs to this thread of a Dask worker."""
    lane = getattr(_lanes, "lane", None)
    if lane is None:
        lane = _lanes.lane = Lane(settings)
    return lane.run(job)


@contextmanager
def _connect(distributed: Any, settings: EngineSettings) -> Iterator[Any]:
    if settings.scheduler is None:
        with _ignore_interrupts():
            cluster = distributed.LocalCluster(
                n_workers=settings.workers,
                threads_per_worker=1,
                dashboard_address=None,
                silence_logs=logging.ERROR,
            )
        with cluster, distributed.Client(cluster) as client:
            yield client
        return
    try:
        client = distributed.Client(settings.scheduler, timeout=CONNECT, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError(
            reason=f"--scheduler {settings.scheduler}: no Dask scheduler answers there"
        ) from error
    with client:
        yield client


@contextmanager
def _ignore_interrupts() -> Iterator[None]:
    """Yield while interrupts are ignored, as the processes started meanwhile will: they are for us alone."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _import_dask() -> Any:
    try:
        return import_module("distributed")
    except ImportError as error:
        command = "pip install 'docanalyze[cluster]'"
        raise MissingPart(option="--engine dask", command=command) from error
