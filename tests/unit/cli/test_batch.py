"""What `docanalyze batch` shows, writes and answers, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from docanalyze.archive.manifest import ArchiveEntry
from docanalyze.archive.run import ArchiveProgress
from docanalyze.cli import batch_progress, main
from tests import factories

TEXT = "Thu ngân sách đạt {n} tỷ đồng, bằng {n},5% dự toán năm 2023.\n"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "kho lưu trữ"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(TEXT.format(n=20 + number), encoding="utf-8")
    return folder


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = main(["batch", *map(str, arguments)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_a_run_says_what_it_did_and_where_it_lies(
    capsys: pytest.CaptureFixture[str], archive: Path, tmp_path: Path
) -> None:
    code, out, err = run(capsys, archive, "-o", tmp_path / "ra", "--engine", "serial")
    assert (code, err) == (0, "")
    assert "3 done" in out
    assert str(tmp_path / "ra") in out
    code, out, _ = run(capsys, archive, "-o", tmp_path / "ra", "--engine", "serial", "--lang", "vi")
    assert code == 0
    assert "3 có sẵn" in out


def test_a_failed_document_is_named_and_ends_with_one(
    capsys: pytest.CaptureFixture[str], archive: Path, tmp_path: Path
) -> None:
    (archive / "khóa.pdf").write_bytes(factories.encrypt_pdf(factories.make_blank_pdf(), "x"))
    code, out, err = run(capsys, archive, "-o", tmp_path / "ra", "--engine", "serial", "--lang", "vi")
    assert code == 1
    assert err.startswith("docanalyze: khóa.pdf: tệp PDF có mật khẩu")
    assert "1 encrypted-pdf" in out
    assert run(capsys, archive, "-o", tmp_path / "ra", "--engine", "serial")[0] == 1
    options = ("--engine", "serial", "--retry-failed", "--password", "x")
    assert run(capsys, archive, "-o", tmp_path / "ra", *options)[0] == 0


def test_a_path_that_is_not_there_costs_the_others_nothing(
    capsys: pytest.CaptureFixture[str], archive: Path, tmp_path: Path
) -> None:
    code, out, err = run(
        capsys, archive, tmp_path / "không", "-o", tmp_path / "ra", "--engine", "serial", "--lang", "en"
    )
    assert code == 3
    assert "3 done" in out
    assert "no such file" in err
    assert run(capsys, archive, "-o", tmp_path / "ra", "--engine", "serial")[0] == 0


def test_the_answer_to_a_question_is_csv_in_a_pipe(
    capsys: pytest.CaptureFixture[str], archive: Path, tmp_path: Path
) -> None:
    run(capsys, archive, "-o", tmp_path / "ra", "--engine", "serial")
    question = "SELECT text, amount FROM mentions WHERE kind = 'money' ORDER BY amount"
    code, out, _ = run(capsys, tmp_path / "ra", "--query", question)
    assert code == 0
    rows = list(csv.reader(io.StringIO(out)))
    assert rows[0] == ["text", "amount"]
    assert rows[1] == ["20 tỷ đồng", "20000000000.000000000"]
    _, out, _ = run(capsys, tmp_path / "ra", "--query", "SELECT '=1+1' AS a")
    assert out == "a\n'=1+1\n"
    code, _, err = run(capsys, tmp_path / "ra", "--query", "SELECT nothing FROM nowhere")
    assert code == 2
    assert "nowhere" in err


def test_a_folder_of_results_stands_for_its_reports(
    capsys: pytest.CaptureFixture[str], archive: Path, tmp_path: Path
) -> None:
    run(capsys, archive, "-o", tmp_path / "ra", "--engine", "serial")
    assert main(["check", str(tmp_path / "ra"), "--lang", "en"]) == 0
    assert "0.txt" in capsys.readouterr().out
    assert main(["extract", str(tmp_path / "ra")]) == 0
    assert [json.loads(line)["source"]["path"] for line in capsys.readouterr().out.splitlines()] == [
        "0.txt", "1.txt", "2.txt",
    ]  # fmt: skip


def test_log_json_has_a_line_a_document_and_an_end(
    capsys: pytest.CaptureFixture[str], archive: Path, tmp_path: Path
) -> None:
    code, out, err = run(capsys, archive, "-o", tmp_path / "ra", "--engine", "serial", "--log-json")
    assert (code, out) == (0, "")
    events = [json.loads(line) for line in err.splitlines()]
    assert [event["event"] for event in events] == ["document"] * 3 + ["end"]
    assert {event.get("path") for event in events[:3]} == {"0.txt", "1.txt", "2.txt"}
    assert events[-1]["done"] == 3


def test_paths_on_stdin(
    capsys: pytest.CaptureFixture[str], archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = f"{archive / '0.txt'}\n\n{archive / '2.txt'}\n".encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(listed), encoding="utf-8"))
    code, out, _ = run(capsys, "-", "-o", tmp_path / "ra", "--engine", "serial")
    assert code == 0
    assert "2 done" in out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["{archive}"], 2, "needs -o DIR"),
        (["{archive}/không-có", "-o", "{tmp}/ra"], 3, "no such file"),
        (["{archive}", "-o", "{tmp}/ra", "--lexicon", "{tmp}/không-có"], 2, "no such folder"),
        (["{archive}", "-o", "s3x://ra"], 2, "--state"),
        (["{archive}", "-o", "{tmp}/ra", "--scheduler", "tcp://x:1"], 2, "--engine dask"),
        (["{archive}", "{tmp}", "--query", "SELECT 1"], 2, "one output folder"),
        (["{archive}", "--query", "SELECT 1"], 3, "tables/documents"),
    ],
)
def test_wrong_use_is_one_sentence(
    capsys: pytest.CaptureFixture[str],
    archive: Path,
    tmp_path: Path,
    arguments: list[str],
    code: int,
    words: str,
) -> None:
    given = [part.format(archive=archive, tmp=tmp_path) for part in arguments]
    ended, out, err = run(capsys, *given)
    assert (ended, out) == (code, "")
    assert words in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("part", ["pyarrow", "duckdb"])
def test_a_missing_part_names_its_command(
    capsys: pytest.CaptureFixture[str],
    archive: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    part: str,
) -> None:
    monkeypatch.setitem(sys.modules, part, None)
    arguments = [archive, "-o", tmp_path / "ra"] if part == "pyarrow" else [tmp_path, "--query", "SELECT 1"]
    code, _, err = run(capsys, *arguments)
    assert code == 4
    assert "pip install 'docanalyze[tables]'" in err
    if part == "pyarrow":
        assert run(capsys, archive, "-o", tmp_path / "ra", "--engine", "serial", "--no-tables")[0] == 0
        assert not (tmp_path / "ra" / "tables").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
def test_an_interrupt_keeps_what_is_done(archive: Path, tmp_path: Path) -> None:
    for number in range(300):
        (archive / f"x{number}.txt").write_text(TEXT.format(n=100 + number), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "docanalyze",
        "batch",
        str(archive),
        "-o",
        str(tmp_path / "ra"),
        "--workers",
        "1",
    ]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    deadline = time.monotonic() + 30
    while len(list((tmp_path / "ra").glob("json/*.json"))) < 5 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Run the same command again" in err.decode()
    assert 5 <= len(list((tmp_path / "ra").glob("json/*.json"))) < 303


def test_lines_are_said_every_few_seconds(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr(batch_progress.time, "monotonic", lambda: now[0])
    with batch_progress.show_batch(as_json=False, language="en") as watch:
        for done in range(1, 21):
            now[0] += 1.0
            watch.see(ArchiveProgress(files=40, done=done, pages=2 * done), ArchiveEntry("ab", "x.txt", "ok"))
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 4
    assert lines[0] == "5 of 40 files, 0 failed, 1.0 documents/s, 2.0 pages/s, 0:35 left"
