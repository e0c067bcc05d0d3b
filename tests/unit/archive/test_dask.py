"""The Dask engine with a scheduler and two workers of their own, one of which is killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from docanalyze.cli import main
from tests.unit.archive.test_run import make_archive, read_results, serial

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="kills by signal"),
    pytest.mark.slow,
]
ROOT = Path(__file__).resolve().parents[3]
DRIVE = """
import sys
from docanalyze.archive.jobs import EngineSettings
from docanalyze.archive.run import analyze_archive
analyze_archive(
    [sys.argv[1]], sys.argv[2], engine="dask", settings=EngineSettings(workers=2, scheduler=sys.argv[3]),
    work="tests.unit.archive.jobs:analyze_slowly",
)
"""


def start(*arguments: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", *arguments],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    pytest.importorskip("distributed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    scheduler = start(
        "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"
    )
    workers = [
        start(
            "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
            "--local-directory", str(tmp_path),
        )
        for _ in range(2)
    ]  # fmt: skip
    try:
        yield address, workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


def test_a_lost_worker_changes_nothing(
    tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, workers = cluster
    archive = make_archive(tmp_path / "kho", 12)
    serial([archive], tmp_path / "một")
    run = subprocess.Popen(
        [sys.executable, "-c", DRIVE, str(archive), str(tmp_path / "ra"), address], cwd=ROOT
    )
    deadline = time.monotonic() + 60
    while len(list((tmp_path / "ra").glob("json/*.json"))) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    workers[0].send_signal(signal.SIGKILL)
    assert run.wait(timeout=90) == 0
    assert read_results(tmp_path / "ra") == read_results(tmp_path / "một")


def test_nothing_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("docanalyze.archive.engines.CONNECT", "1s")
    archive = make_archive(tmp_path / "kho", 1)
    command = [
        "batch",
        str(archive),
        "-o",
        str(tmp_path / "ra"),
        "--engine",
        "dask",
        "--scheduler",
        "tcp://127.0.0.1:9",
    ]
    assert main(command) == 2
    assert "no Dask scheduler answers" in capsys.readouterr().err
