"""A job is a call by name with bytes in and bytes out, so that any engine can run it anywhere."""

from __future__ import annotations

import time
from importlib import import_module
from typing import Literal

import msgspec

Problem = Literal["timeout", "died", "memory", "raised"]


class Job(msgspec.Struct, frozen=True):
    """A call of `module:function` with `payload`; `key` tells the jobs of a run apart.

    `seconds` is the time after which its worker is killed; None is no limit.
    """

    key: str
    call: str
    payload: bytes
    seconds: float | None = None


class Result(msgspec.Struct, frozen=True):
    """What became of a job: the bytes it gave back, or the problem that ended it.

    `detail` says more of the problem (the signal, the exception); `attempts` counts the workers it took.
    """

    key: str
    value: bytes | None = None
    problem: Problem | None = None
    detail: str = ""
    attempts: int = 1
    seconds: float = 0.0


class EngineSettings(msgspec.Struct, frozen=True):
    """How an engine runs: workers, when one is replaced, and where a cluster is.

    A worker is replaced after `recycle` jobs or when it holds more than `memory` bytes between two
    jobs; one that holds more than `memory_limit` during a job is ended.
    """

    workers: int = 2
    recycle: int = 500
    memory: int = 700 * 1024 * 1024
    memory_limit: int = 4 * 1024 * 1024 * 1024
    scheduler: str | None = None


def run_job(job: Job) -> Result:
    """Return the result of a job run here and now; an exception becomes a problem."""
    start = time.perf_counter()
    try:
        module, _, name = job.call.partition(":")
        value = getattr(import_module(module), name)(job.payload)
    except MemoryError:
        return Result(job.key, problem="memory", seconds=time.perf_counter() - start)
    except Exception as error:
        detail = f"{type(error).__name__}: {error}"
        return Result(job.key, problem="raised", detail=detail, seconds=time.perf_counter() - start)
    return Result(job.key, value, seconds=time.perf_counter() - start)
