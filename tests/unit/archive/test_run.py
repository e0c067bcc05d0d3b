"""An archive from folder to tables: what is done, kept, done again, and what becomes of bad files."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from docanalyze.archive.jobs import EngineSettings
from docanalyze.archive.manifest import ArchiveEntry
from docanalyze.archive.query import query_archive
from docanalyze.archive.run import ArchiveProgress, ArchiveSummary, analyze_archive
from docanalyze.archive.work import ArchiveOptions
from docanalyze.core.errors import MissingFile, UsageError
from docanalyze.output.json_files import load_analyses
from tests import factories

HERE = "tests.unit.archive.jobs"
TWO = EngineSettings(workers=2)
TEXT = "Thu ngân sách đạt {n} tỷ đồng, bằng {n},5% dự toán năm 2023. Tiếp công dân {n} lượt.\n"


def make_archive(folder: Path, count: int = 6) -> Path:
    folder.mkdir()
    for number in range(count):
        (folder / f"báo cáo {number}.txt").write_text(TEXT.format(n=10 + number), encoding="utf-8")
    return folder


def read_results(folder: Path) -> dict[str, bytes]:
    """Return all that must be equal in every run: everything but the manifest."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(("manifest", ".lock"))
    }


def serial(paths: list[Path], output: Path, **options: object) -> ArchiveSummary:
    return analyze_archive(paths, output, engine="serial", **options)  # type: ignore[arg-type]


def test_json_index_tables_and_page(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "kho")
    summary = serial([archive], tmp_path / "ra")
    assert (summary.documents, summary.progress.done, summary.reasons) == (6, 6, {})
    analyses = list(load_analyses(tmp_path / "ra"))
    assert [a.source.path for a in analyses] == [f"báo cáo {n}.txt" for n in range(6)]
    names, rows = query_archive(
        tmp_path / "ra",
        "SELECT path, number, unit FROM mentions JOIN documents USING (document) "
        "WHERE unit = 'lượt' ORDER BY path",
    )
    assert names == ["path", "number", "unit"]
    assert [(path, int(number)) for path, number, _ in rows] == [
        (f"báo cáo {n}.txt", 10 + n) for n in range(6)
    ]
    page = (tmp_path / "ra" / "README.md").read_text(encoding="utf-8")
    for table in ("documents", "pages", "sentences", "mentions", "indicators", "relations", "findings"):
        columns, _ = query_archive(tmp_path / "ra", f"SELECT * FROM {table}")
        section = page.split(f"## {table}\n")[1].split("\n## ")[0]
        assert [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")] == columns


def test_a_second_run_does_only_what_is_missing(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "kho")
    serial([archive], tmp_path / "ra")
    before = read_results(tmp_path / "ra")
    again = serial([archive], tmp_path / "ra", work=f"{HERE}:fail")
    assert (again.progress.done, again.progress.skipped, again.reasons) == (0, 6, {})
    assert read_results(tmp_path / "ra") == before
    (archive / "mới.txt").write_text(TEXT.format(n=99), encoding="utf-8")
    more = serial([archive], tmp_path / "ra")
    assert (more.progress.done, more.progress.skipped, more.documents) == (1, 6, 7)


def test_other_options_are_another_result(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "kho", 2)
    serial([archive], tmp_path / "ra")
    assert serial([archive], tmp_path / "ra", options=ArchiveOptions(until="tag")).progress.done == 2
    assert all(not a.relations for a in load_analyses(tmp_path / "ra"))
    # The first result is gone, so the first options are done anew too.
    assert serial([archive], tmp_path / "ra").progress.done == 2


def test_rerun_and_retry_failed(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "kho", 2)
    first = serial([archive], tmp_path / "ra", work=f"{HERE}:fail")
    assert first.reasons == {"raised": 2}
    assert serial([archive], tmp_path / "ra").progress.skipped == 2
    retried = serial([archive], tmp_path / "ra", retry_failed=True)
    assert (retried.progress.done, retried.reasons) == (2, {})
    assert serial([archive], tmp_path / "ra", rerun=True).progress.done == 2


def test_more_time_or_a_password_is_for_what_failed_alone(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "kho", 2)
    (archive / "khóa.pdf").write_bytes(factories.encrypt_pdf(factories.make_blank_pdf(), "x"))
    serial([archive], tmp_path / "ra")
    more = ArchiveOptions(seconds=500.0, password="x")
    again = serial([archive], tmp_path / "ra", options=more, retry_failed=True)
    assert (again.progress.done, again.progress.skipped, again.reasons) == (1, 2, {})


def test_what_is_read_in_part_is_tried_again_when_asked(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "kho", 1)
    (archive / "ảnh.pdf").write_bytes(factories.make_image_only_pdf(dpi=30))
    first = serial([archive], tmp_path / "ra", options=ArchiveOptions(ocr="never"))
    assert (first.progress.partial, first.reasons) == (1, {})
    _, rows = query_archive(tmp_path / "ra", "SELECT code FROM documents WHERE status = 'partial'")
    ((code,),) = rows
    assert code == "page-without-text"
    again = serial([archive], tmp_path / "ra", options=ArchiveOptions(ocr="never"), retry_failed=True)
    assert again.progress.done == 1


def test_a_file_that_has_changed_takes_the_place_of_what_it_was(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "kho", 2)
    serial([archive], tmp_path / "ra")
    (archive / "báo cáo 0.txt").write_text(TEXT.format(n=77), encoding="utf-8")
    again = serial([archive], tmp_path / "ra")
    assert (again.progress.done, again.documents) == (1, 2)
    assert "77" in next(load_analyses(tmp_path / "ra")).text
    serial([archive], tmp_path / "mới")
    assert read_results(tmp_path / "ra") == read_results(tmp_path / "mới")


def test_a_result_that_was_lost_is_made_again(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "kho", 2)
    serial([archive], tmp_path / "ra")
    before = read_results(tmp_path / "ra")
    next((tmp_path / "ra" / "json").iterdir()).unlink()
    assert serial([archive], tmp_path / "ra").progress.done == 1
    assert read_results(tmp_path / "ra") == before


def test_a_file_that_is_mended_or_gone_fails_no_more(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "kho", 1)
    bad = archive / "hỏng.zip"
    bad.write_bytes(b"PK\x03\x04 no zip at all")
    assert serial([archive], tmp_path / "ra").reasons == {"bad-zip": 1}
    bad.unlink()
    assert serial([archive], tmp_path / "ra").reasons == {}


def test_an_interrupted_run_can_be_loaded(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "kho", 3)

    def watch(progress: ArchiveProgress, entry: ArchiveEntry | None) -> None:
        if progress.done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        serial([archive], tmp_path / "ra", watch=watch)
    assert len(list(load_analyses(tmp_path / "ra"))) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text elsewhere")
def test_names_from_before_unicode_are_read(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "kho", 1)
    (archive / "báo cáo 0.txt").rename(archive / os.fsdecode(b"b\xb8o c\xb8o.txt"))
    analyze_archive([archive], tmp_path / "ra", settings=EngineSettings(workers=1))
    assert [a.source.path for a in load_analyses(tmp_path / "ra")] == ["b\ufffdo c\ufffdo.txt"]


def test_one_path_needs_no_list(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "kho", 1)
    assert analyze_archive(str(archive), tmp_path / "ra", engine="serial").documents == 1


def test_duplicates_are_done_once(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "kho", 2)
    (archive / "z chép lại.txt").write_bytes((archive / "báo cáo 0.txt").read_bytes())
    summary = serial([archive], tmp_path / "ra")
    assert (summary.progress.done, summary.progress.duplicates, summary.documents) == (2, 1, 2)


def test_bad_files_are_recorded_and_the_good_ones_done(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "kho", 3)
    (archive / "hang.txt").write_text("x" * 100, encoding="utf-8")
    (archive / "abort.txt").write_text("y" * 100, encoding="utf-8")
    (archive / "bug.txt").write_text("z" * 100, encoding="utf-8")
    (archive / "khóa.pdf").write_bytes(factories.encrypt_pdf(factories.make_blank_pdf(), "x"))
    (archive / "hỏng.zip").write_bytes(b"PK\x03\x04 no zip at all")
    heard: list[ArchiveEntry] = []

    def watch(progress: ArchiveProgress, entry: ArchiveEntry | None) -> None:
        if entry is not None and entry.status == "failed":
            heard.append(entry)

    summary = analyze_archive(
        [archive],
        tmp_path / "ra",
        settings=TWO,
        options=ArchiveOptions(seconds=1.0),
        work=f"{HERE}:analyze_or_misbehave",
        watch=watch,
    )
    assert summary.reasons == {"bad-zip": 1, "encrypted-pdf": 1, "raised": 1, "timeout": 1, "worker-died": 1}
    assert summary.progress.failed == len(heard) == 5
    assert all(entry.error_vi and entry.path in entry.error_vi for entry in heard)
    assert len(list(load_analyses(tmp_path / "ra"))) == 3
    _, rows = query_archive(tmp_path / "ra", "SELECT path, status, code FROM documents WHERE status <> 'ok'")
    assert {path for path, _, _ in rows} == {entry.path for entry in heard}


def test_every_engine_and_any_number_of_workers_make_the_same_bytes(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "kho", 5)
    serial([archive], tmp_path / "một")
    analyze_archive(
        [archive], tmp_path / "ba", engine="processes", settings=EngineSettings(workers=3, recycle=1)
    )
    assert read_results(tmp_path / "một") == read_results(tmp_path / "ba")


def test_results_at_a_url(tmp_path: Path) -> None:
    pytest.importorskip("fsspec")
    archive = make_archive(tmp_path / "kho", 3)
    serial([archive], tmp_path / "một")
    with pytest.raises(UsageError, match="--state"):
        serial([archive], f"file://{tmp_path}/hai")  # type: ignore[arg-type]
    analyze_archive([archive], f"file://{tmp_path}/hai", engine="serial", state=tmp_path / "sổ")
    assert read_results(tmp_path / "một") == read_results(tmp_path / "hai")
    again = analyze_archive([archive], f"file://{tmp_path}/hai", engine="serial", state=tmp_path / "sổ")
    assert again.progress.skipped == 3


def test_times_are_in_the_manifest_alone(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "kho", 1)
    serial([archive], tmp_path / "ra", clock=lambda: datetime(2024, 5, 6, tzinfo=UTC))
    with sqlite3.connect(tmp_path / "ra" / "manifest.sqlite") as manifest:
        ((finished, attempts),) = manifest.execute("SELECT finished, attempts FROM documents")
    manifest.close()
    assert (finished, attempts) == ("2024-05-06T00:00:00+00:00", 1)
    assert not any(b"2024-05-06" in data for data in read_results(tmp_path / "ra").values())


def test_results_at_a_url_are_the_same(tmp_path: Path) -> None:
    pytest.importorskip("fsspec")
    archive = make_archive(tmp_path / "kho", 3)
    serial([archive], tmp_path / "một")
    place = (tmp_path / "xa").as_uri()
    with pytest.raises(UsageError, match="--state"):
        serial([archive], place)  # type: ignore[arg-type]
    analyze_archive([archive], place, state=tmp_path / "sổ", settings=EngineSettings(workers=1))
    again = analyze_archive([archive], place, state=tmp_path / "sổ", work=f"{HERE}:fail")
    assert (again.progress.skipped, again.reasons) == (3, {})
    assert read_results(tmp_path / "xa") == read_results(tmp_path / "một")


def test_two_runs_on_one_folder_refuse_each_other(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "kho", 1)
    refused: list[UsageError] = []

    def watch(progress: ArchiveProgress, entry: ArchiveEntry | None) -> None:
        if not refused:
            with pytest.raises(UsageError, match="another run") as error:
                serial([archive], tmp_path / "ra")
            refused.append(error.value)

    serial([archive], tmp_path / "ra", watch=watch)
    assert refused


def test_a_document_whose_row_was_lost_is_not_done_again(tmp_path: Path) -> None:
    """As after a kill between the writing of the JSON and of the row."""
    archive = make_archive(tmp_path / "kho", 2)
    serial([archive], tmp_path / "ra")
    before = read_results(tmp_path / "ra")
    with sqlite3.connect(tmp_path / "ra" / "manifest.sqlite") as manifest:
        manifest.execute("UPDATE documents SET status = 'running', pages = NULL")
    manifest.close()
    again = serial([archive], tmp_path / "ra", work=f"{HERE}:fail")
    assert (again.progress.done, again.progress.skipped) == (0, 2)
    assert read_results(tmp_path / "ra") == before


def test_a_run_without_files(tmp_path: Path) -> None:
    (tmp_path / "kho").mkdir()
    assert serial([tmp_path / "kho"], tmp_path / "ra").documents == 0
    _, rows = query_archive(tmp_path / "ra", "SELECT count(*) FROM mentions")
    assert list(rows) == [(0,)]


def test_unknown_engine_and_missing_tables(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no engine"):
        analyze_archive([], tmp_path / "ra", engine="spark")
    with pytest.raises(MissingFile):
        query_archive(tmp_path, "SELECT 1")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "COPY mentions TO 'x.csv'",
        "ATTACH 'x.db'",
        "SELECT 1; SELECT 2",
        "SELEC",
    ],
)
def test_a_question_reads_the_tables_and_nothing_else(tmp_path: Path, sql: str) -> None:
    serial([make_archive(tmp_path / "kho", 1)], tmp_path / "ra")
    with pytest.raises(UsageError, match="--query"):
        query_archive(tmp_path / "ra", sql)


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_killed_runs_lose_nothing_and_repeat_nothing(tmp_path: Path) -> None:
    """A small sample of `python -m tests.benchmarks.archive`: the parent and its workers killed -9."""
    archive = make_archive(tmp_path / "kho", 8)
    serial([archive], tmp_path / "một")
    code = (
        "import sys; from docanalyze.archive.run import analyze_archive; "
        "from docanalyze.archive.jobs import EngineSettings; "
        "analyze_archive([sys.argv[1]], sys.argv[2], settings=EngineSettings(workers=2), "
        f"work='{HERE}:analyze_slowly')"
    )
    command = [sys.executable, "-c", code, str(archive), str(tmp_path / "ra")]
    done: set[str] = set()
    for wait in (1.3, 1.6):
        run = subprocess.Popen(command)
        time.sleep(wait)
        run.send_signal(signal.SIGKILL)
        run.wait()
        finished = {path.name for path in (tmp_path / "ra").glob("json/*.json")}
        assert done <= finished
        done = finished
    subprocess.run(command, check=True)
    assert read_results(tmp_path / "ra") == read_results(tmp_path / "một")
    with sqlite3.connect(tmp_path / "ra" / "manifest.sqlite") as manifest:
        rows = manifest.execute("SELECT status FROM documents").fetchall()
    manifest.close()
    assert rows == [("ok",)] * 8


def test_options_survive_the_way_to_a_worker() -> None:
    options = ArchiveOptions(until="tag", seconds=3.0, password="x")
    assert msgspec.json.decode(msgspec.json.encode(options), type=ArchiveOptions) == options
