"""A single file whose reading crashes ends the command in one sentence; all else comes out as without."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from docanalyze.cli.guard import run_guarded

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that fork")

COMMAND = """
import os, signal, sys, time
from docanalyze.cli import apart, run

def read(*arguments, **options):
    {body}

apart.analyze_report = read
raise SystemExit(run())
"""


def start(body: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND.format(body=body), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "báo cáo.txt"
    path.write_text("Thu ngân sách đạt 91,38 tỷ đồng.\n", encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("command", ["extract", "check"])
@pytest.mark.parametrize(
    ("crash", "name"),
    [("os.abort()", "SIGABRT"), ("os.kill(os.getpid(), signal.SIGSEGV)", "SIGSEGV")],
)
def test_a_crash_is_told_in_one_sentence(report: str, command: str, crash: str, name: str) -> None:
    process = start(crash, command, report, "--lang", "vi")
    out, err = process.communicate(timeout=60)
    assert process.returncode == 3
    assert out == ""
    assert err == f"docanalyze: {report}: không đọc được ({name}); hãy kiểm tra lại tệp.\n"


def test_what_does_not_crash_keeps_its_output_and_exit_code(report: str, tmp_path: Path) -> None:
    for arguments, code in (
        (["extract", report], 0),
        (["extract", str(tmp_path / "none.pdf")], 3),
        (["check", report, "--select", "NONE999"], 2),
    ):
        ends = [
            subprocess.run(
                [
                    sys.executable,
                    "-c",
                    f"from docanalyze.cli import {entry} as run; raise SystemExit(run())",
                    *arguments,
                ],
                capture_output=True,
                timeout=60,
                check=False,
            )
            for entry in ("main", "run")
        ]
        assert [end.returncode for end in ends] == [code, code]
        assert ends[0].stdout == ends[1].stdout
        assert ends[0].stderr == ends[1].stderr


def test_an_interrupt_of_the_command_reaches_its_child(report: str) -> None:
    process = start("print('begun', flush=True); time.sleep(60)", "extract", report)
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in err


def test_a_killed_command_leaves_no_child(report: str) -> None:
    process = start("print(os.getpid(), flush=True); time.sleep(60)", "extract", report)
    assert process.stdout is not None
    child = int(process.stdout.readline())
    assert child != process.pid
    process.kill()
    process.communicate(timeout=30)
    for _ in range(100):
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            break
        time.sleep(0.05)
    else:
        pytest.fail("the child still runs")


def test_without_fork_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert run_guarded(lambda: 7, lambda name: pytest.fail(name)) == 7
