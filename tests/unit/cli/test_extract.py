"""What a user sees: output, one plain sentence for each error, exit codes."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from docanalyze.cli import apart, main
from tests import factories

TEXT = "I. KẾT QUẢ\n\n- Thu ngân sách đạt 91,38 tỷ đồng, bằng 52,22% dự toán năm 2023.\n"


@pytest.fixture
def text_file(tmp_path: Path) -> Path:
    path = tmp_path / "báo cáo tháng 6.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        code = main(list(arguments))
    except SystemExit as error:
        code = int(error.code or 0)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def assert_one_sentence(err: str, *words: str) -> None:
    lines = err.strip().splitlines()
    assert len(lines) == 1, err
    assert "Traceback" not in err
    for word in words:
        assert word in err


def test_one_file_gives_one_object(capsys: pytest.CaptureFixture[str], text_file: Path) -> None:
    code, out, err = run(capsys, "extract", str(text_file))
    assert (code, err) == (0, "")
    analysis = json.loads(out)
    assert analysis["stages"] == ["read", "segment", "tag", "bind", "check"]
    assert [m["text"] for m in analysis["mentions"]] == ["91,38 tỷ đồng", "52,22%", "năm 2023"]
    assert {"indicators", "relations", "findings", "coverage"} <= analysis.keys()


def test_several_files_give_json_lines(
    capsys: pytest.CaptureFixture[str], text_file: Path, samples: Path
) -> None:
    code, out, _ = run(capsys, "extract", str(text_file), str(samples / "bao-cao-6-thang-2022.pdf"))
    assert code == 0
    assert [json.loads(line)["source"]["media_type"] for line in out.splitlines()] == [
        "text/plain",
        "application/pdf",
    ]


def test_the_readable_files_of_several_are_done(
    capsys: pytest.CaptureFixture[str], text_file: Path, tmp_path: Path
) -> None:
    code, out, err = run(capsys, "extract", str(tmp_path / "none.pdf"), str(text_file))
    assert code == 3
    assert len(out.splitlines()) == 1
    assert_one_sentence(err, "none.pdf")


def test_same_input_same_bytes(capsys: pytest.CaptureFixture[str], samples: Path) -> None:
    path = str(samples / "bao-cao-6-thang-2023.pdf")
    assert run(capsys, "extract", path)[1] == run(capsys, "extract", path)[1]


def test_until_leaves_later_keys_out(capsys: pytest.CaptureFixture[str], text_file: Path) -> None:
    read = json.loads(run(capsys, "extract", str(text_file), "--until", "read")[1])
    assert read["stages"] == ["read"]
    assert not {"sections", "sentences", "mentions", "report"} & read.keys()
    segmented = json.loads(run(capsys, "extract", str(text_file), "--until", "segment")[1])
    assert "sentences" in segmented
    assert "mentions" not in segmented
    tagged = json.loads(run(capsys, "extract", str(text_file), "--until", "tag")[1])
    assert not {"indicators", "relations", "findings", "coverage"} & tagged.keys()
    bound = json.loads(run(capsys, "extract", str(text_file), "--until", "bind")[1])
    assert "indicators" in bound
    assert not {"relations", "findings", "coverage"} & bound.keys()


def test_output_files(capsys: pytest.CaptureFixture[str], text_file: Path, tmp_path: Path) -> None:
    target = tmp_path / "kết quả.json"
    assert run(capsys, "extract", str(text_file), "-o", str(target), "--indent", "2") == (0, "", "")
    assert json.loads(target.read_text(encoding="utf-8"))["text"] == TEXT
    again = run(capsys, "extract", str(target))
    assert json.loads(again[1])["text"] == TEXT
    table = tmp_path / "m.csv"
    assert run(capsys, "extract", str(text_file), str(text_file), "-o", str(table))[0] == 0
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"))))
    assert [row["text"] for row in rows] == ["91,38 tỷ đồng", "52,22%", "năm 2023"] * 2
    assert rows[0]["amount"] == "91380000000"
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(
        ["báo cáo tháng 6.txt", "kết quả.json", "m.csv"]
    )


def test_stdin(text_file: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "docanalyze", "extract", "-"],
        input=text_file.read_bytes(),
        capture_output=True,
    )
    assert result.returncode == 0
    assert json.loads(result.stdout)["source"]["path"] == "-"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.pdf", b""),
        ("text.pdf", "Báo cáo".encode()),
        ("cut.pdf", factories.truncate(factories.SAMPLE_2023.read_bytes())),
        ("noise.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 8 + b"%%EOF"),
        ("picture.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 99),
        ("word.docx", b"PK\x03\x04\0\0\0\0"),
        ("latin.txt", "năm 2023".encode("cp1258", "replace") + b"\xff\xfe"),
        ("locked.pdf", factories.encrypt_pdf(factories.make_blank_pdf(), "x")),
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_unreadable_files(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, data: bytes, language: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    code, out, err = run(capsys, "extract", str(path), "--lang", language)
    assert (code, out) == (3, "")
    assert_one_sentence(err, name)


def test_missing_file_and_directory(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = run(capsys, "extract", str(tmp_path / "không có.pdf"))
    assert code == 3
    assert_one_sentence(err, "không có.pdf", "no such file")
    code, _, err = run(capsys, "extract", str(tmp_path))
    assert code == 3
    assert_one_sentence(err, "directory")


def test_a_password_opens_an_encrypted_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(factories.encrypt_pdf(factories.SAMPLE_2022.read_bytes(), "mật"))
    code, _, err = run(capsys, "extract", str(path))
    assert code == 3
    assert_one_sentence(err, "locked.pdf", "--password")
    assert run(capsys, "extract", str(path), "--password", "sai")[0] == 3
    code, out, _ = run(capsys, "extract", str(path), "--password", "mật")
    assert code == 0
    assert len(json.loads(out)["pages"]) == 7


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nothing",),
        ("extract",),
        ("extract", "FILE", "--until", "verify"),
        ("extract", "FILE", "--pages", "3-1"),
        ("extract", "FILE", "--pages", "1-3"),
        ("extract", "FILE", "-o", "x.docx"),
        ("extract", "FILE", "-o", "no-such-folder/x.json"),
        ("extract", "FILE", "FILE", "-o", "x.json"),
        ("extract", "FILE", "--lexicon", "no-such-folder"),
        ("extract", "FILE", "--splitter", "other"),
        ("extract", "-", "-"),
        ("extract", "FILE", "--indent", "x"),
    ],
)
def test_wrong_usage(capsys: pytest.CaptureFixture[str], text_file: Path, arguments: tuple[str, ...]) -> None:
    code, out, err = run(capsys, *[str(text_file) if word == "FILE" else word for word in arguments])
    assert (code, out) == (2, "")
    assert_one_sentence(err, "docanalyze")


def test_pages(capsys: pytest.CaptureFixture[str], samples: Path) -> None:
    code, out, _ = run(capsys, "extract", str(samples / "bao-cao-6-thang-2023.pdf"), "--pages", "2-3,7")
    assert code == 0
    assert [page["number"] for page in json.loads(out)["pages"]] == [2, 3, 7]


def test_a_bug_in_one_file_costs_no_other(
    capsys: pytest.CaptureFixture[str], text_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = text_file.with_name("bug.txt")
    bad.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(apart, "_CALL", "tests.unit.cli.bad_reads:read")
    code, out, err = run(capsys, "extract", str(bad), str(text_file))
    assert code == 3
    assert len(out.splitlines()) == 1
    assert_one_sentence(err, "RuntimeError", "--debug")


def test_an_added_lexicon_is_used(
    capsys: pytest.CaptureFixture[str], text_file: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "lex"
    folder.mkdir()
    (folder / "nothing.toml").write_text("a = 1", encoding="utf-8")
    code, _, err = run(capsys, "extract", str(text_file), "--lexicon", str(folder))
    assert code == 2
    assert_one_sentence(err, "nothing.toml")
    (folder / "nothing.toml").rename(folder / "forms.toml")
    plain = json.loads(run(capsys, "extract", str(text_file))[1])
    added = json.loads(run(capsys, "extract", str(text_file), "--lexicon", str(folder))[1])
    assert plain["tool"]["lexicon"] != added["tool"]["lexicon"]


def test_one_table_as_csv(capsys: pytest.CaptureFixture[str], samples: Path, tmp_path: Path) -> None:
    report = str(samples / "bao-cao-6-thang-2022.pdf")
    code, out, err = run(capsys, "extract", report, "--table", "t2")
    assert (code, err) == (0, "")
    assert len({len(row) for row in csv.reader(io.StringIO(out))}) == 1
    assert run(capsys, "extract", report, "--table", "t2", "-o", str(tmp_path / "bảng.csv"))[0] == 0
    assert (tmp_path / "bảng.csv").read_text(encoding="utf-8") == out


def test_wrong_uses_of_table(capsys: pytest.CaptureFixture[str], samples: Path, text_file: Path) -> None:
    report = str(samples / "bao-cao-6-thang-2022.pdf")
    for arguments, words in (
        ((report, "--table", "t7"), ("t7", "t1, t2")),
        ((str(text_file), "--table", "t1"), ("no table",)),
        ((report, report, "--table", "t1"), ("one file",)),
        ((report, "--table", "t1", "-o", "x.json"), (".csv, .xlsx",)),
    ):
        code, out, err = run(capsys, "extract", *arguments)
        assert (code, out) == (2, "")
        assert_one_sentence(err, *words)


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux alone")
@pytest.mark.parametrize("suffix", [".json", ".jsonl", ".csv", ".xlsx", ".parquet", ".html"])
def test_names_that_are_no_utf8_are_written_with_marks(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / "b\udce1o-c\udce1o.txt"
    path.write_text(TEXT, encoding="utf-8")
    target = tmp_path / f"x{suffix}"
    code, _, err = run(capsys, "extract", str(path), "-o", str(target))
    assert (code, err) == (0, "")
    assert target.stat().st_size > 0
    if suffix == ".json":
        assert json.loads(target.read_bytes())["source"]["path"] == str(tmp_path / "b\ufffdo-c\ufffdo.txt")


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux alone")
@pytest.mark.parametrize("suffix", [".json", ".html", ".pdf"])
def test_a_report_whose_name_is_no_utf8_is_checked(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / "b\udce1o.pdf"
    path.write_bytes(factories.make_many_pages_pdf(1))
    code, _, err = run(capsys, "check", str(path), "-o", str(tmp_path / f"x{suffix}"))
    assert code in (0, 1)
    assert "Traceback" not in err
    assert (tmp_path / f"x{suffix}").stat().st_size > 0
