"""A crash, a hang or a bug in reading costs the file that met it; the others come out as they would alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from docanalyze.cli import apart, main

TEXT = """BÁO CÁO
Tình hình kinh tế - xã hội tháng {month} năm 2023

I. KẾT QUẢ

- Thu ngân sách đạt 91,38 tỷ đồng, bằng 52,22% dự toán năm 2023.
"""


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    paths = {name: tmp_path / f"{name}.txt" for name in ("first", "crash", "hang", "bug", "last")}
    for month, path in enumerate(paths.values(), 1):
        path.write_text(TEXT.format(month=month), encoding="utf-8")
    return {name: str(path) for name, path in paths.items()}


@pytest.mark.parametrize(
    ("command", "name"),
    [("extract", "crash"), ("check", "crash"), ("compare", "crash"), ("extract", "hang"), ("check", "bug")],
)
def test_one_bad_file_costs_no_other(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    files: dict[str, str],
    command: str,
    name: str,
) -> None:
    monkeypatch.setattr(apart, "_CALL", "tests.unit.cli.bad_reads:read")
    monkeypatch.setattr(apart, "_SHARE", 0.0)
    monkeypatch.setattr(apart, "_SPARE", 8.0 if name == "hang" else 60.0)
    code = main([command, files["first"], files[name], files["last"], "--lang", "en"])
    out, err = capsys.readouterr()
    assert code == 3
    assert "Traceback" not in err
    (told,) = [line for line in err.splitlines() if f"{name}.txt" in line]
    assert told.startswith("docanalyze: ")
    assert {"crash": "SIGABRT", "hang": "8 seconds", "bug": "a bug"}[name] in told
    if command == "extract":
        assert [Path(json.loads(line)["source"]["path"]).stem for line in out.splitlines()] == [
            "first",
            "last",
        ]


def test_several_files_give_what_each_gives_alone(
    capsys: pytest.CaptureFixture[str], files: dict[str, str]
) -> None:
    chosen = [files["first"], files["last"]]
    alone = []
    for path in chosen:
        assert main(["extract", path]) == 0
        alone.append(json.loads(capsys.readouterr().out))
    assert main(["extract", *chosen]) == 0
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == alone


def test_errors_of_a_worker_are_told_as_they_are_here(
    capsys: pytest.CaptureFixture[str], files: dict[str, str], tmp_path: Path
) -> None:
    missing = str(tmp_path / "không có.pdf")
    assert main(["extract", missing]) == 3
    here = capsys.readouterr().err
    assert main(["extract", files["first"], missing]) == 3
    assert capsys.readouterr().err == here


def test_a_single_file_that_hangs_is_ended_by_the_watchdog(files: dict[str, str]) -> None:
    program = (
        "import sys, time; from docanalyze.cli import apart, main; "
        "apart._SPARE = 0.0; apart._read = lambda *_: time.sleep(100); sys.exit(main(sys.argv[1:]))"
    )
    arguments = ["extract", files["first"], "--timeout", "1"]
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 3
    assert "more than the limit of 2 seconds" in done.stderr.decode()
    assert done.stdout == b""
