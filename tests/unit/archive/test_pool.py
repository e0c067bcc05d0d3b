from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from docanalyze.archive.engines import Lane
from docanalyze.archive.jobs import EngineSettings, Job, Result
from docanalyze.archive.pool import run_processes

HERE = "tests.unit.archive.jobs"
ONE = EngineSettings(workers=1)


def job(key: str, name: str, payload: bytes = b"ab", seconds: float | None = None) -> Job:
    return Job(key, f"{HERE}:{name}", payload, seconds)


def run(jobs: list[Job], settings: EngineSettings = ONE) -> dict[str, Result]:
    return {result.key: result for result in run_processes(jobs, settings)}


def test_every_job_comes_back_once_with_its_value() -> None:
    results = run([job(str(n), "double", str(n).encode()) for n in range(20)], EngineSettings(workers=2))
    assert {key: result.value for key, result in results.items()} == {
        str(n): f"{n}{n}".encode() for n in range(20)
    }
    assert all(result.problem is None and result.attempts == 1 for result in results.values())


def test_no_job_no_worker() -> None:
    assert run([]) == {}


def test_an_exception_is_a_problem_of_its_job_alone() -> None:
    results = run([job("bad", "fail", b"why"), job("good", "double")])
    assert (results["bad"].problem, results["bad"].detail) == ("raised", "ValueError: why")
    assert results["good"].value == b"abab"


def test_a_crash_is_tried_twice_and_costs_one_job() -> None:
    results = run([job("bad", "abort"), job("good", "double")])
    assert (results["bad"].problem, results["bad"].attempts) == ("died", 2)
    assert sys.platform == "win32" or results["bad"].detail == "SIGABRT"
    assert results["good"].value == b"abab"


def test_what_dies_once_is_done_the_second_time(tmp_path: Path) -> None:
    result = run([job("x", "abort_once", str(tmp_path / "mark").encode())])["x"]
    assert (result.value, result.attempts) == (b"second", 2)


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_a_worker_killed_from_outside_costs_its_job_nothing(tmp_path: Path) -> None:
    result = run([job("x", "be_killed", str(tmp_path / "mark").encode())])["x"]
    assert (result.value, result.attempts) == (b"fourth", 4)


def test_a_hang_is_killed_at_its_time_and_not_tried_again() -> None:
    start = time.monotonic()
    results = run([job("bad", "hang", seconds=1.0), job("good", "double", seconds=60)])
    assert time.monotonic() - start < 30
    assert (results["bad"].problem, results["bad"].attempts) == ("timeout", 1)
    assert results["good"].value == b"abab"


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory of a process is not known here")
def test_a_glutton_is_ended() -> None:
    settings = EngineSettings(workers=1, memory_limit=150 << 20)
    results = run([job("bad", "swell", b"300"), job("good", "double")], settings)
    assert results["bad"].problem == "memory"
    assert results["good"].value == b"abab"


def test_what_dies_is_tried_again_after_the_others(tmp_path: Path) -> None:
    jobs = [job("x", "abort_once", str(tmp_path / "mark").encode()), job("a", "double"), job("b", "double")]
    assert [result.key for result in run_processes(jobs, ONE)] == ["a", "b", "x"]


def test_a_lane_waits_for_one_job_after_the_other(tmp_path: Path) -> None:
    lane = Lane(ONE)
    assert lane.run(job("x", "abort_once", str(tmp_path / "mark").encode())).value == b"second"
    assert lane.run(job("y", "abort")).problem == "died"
    assert lane.run(job("z", "double")).value == b"abab"


def test_workers_are_replaced_after_so_many_jobs() -> None:
    results = run([job(str(n), "tell_process") for n in range(6)], EngineSettings(workers=1, recycle=2))
    processes = {result.value for result in results.values()}
    assert len(processes) == 3
    assert str(os.getpid()).encode() not in processes


def test_closing_early_ends_the_workers() -> None:
    results = run_processes([job("a", "tell_process"), job("b", "hang")], EngineSettings(workers=2))
    process = int(next(results).value or b"0")
    results.close()
    if sys.platform != "win32":
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_jobs_are_taken_as_workers_become_free() -> None:
    taken: list[int] = []

    def give() -> list[Job]:
        for number in range(10):
            taken.append(number)
            yield job(str(number), "double")  # type: ignore[misc]

    results = run_processes(give(), ONE)
    next(results)
    assert len(taken) <= 2
    results.close()
