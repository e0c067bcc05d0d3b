"""What `docanalyze check` shows and writes, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docanalyze.cli import main
from docanalyze.cli.show import cut_quote, describe_coverage
from docanalyze.core.relation import Coverage, LedgerEntry

SLIP = "Tiếp công dân 378 lượt, gồm thường xuyên 315 lượt và định kỳ 72 lượt.\n"
SOUND = "Tiếp công dân 387 lượt, gồm thường xuyên 315 lượt và định kỳ 72 lượt.\n"
NOTED = "1. Về kinh tế\n\nThu đạt khá.\n\n2. Về xã hội\n\nỔn định.\n\n4. Về môi trường\n\nSạch.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("sai", SLIP), ("đúng", SOUND), ("hở", NOTED)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    try:
        code = main(["check", *map(str, arguments)])
    except SystemExit as error:
        code = int(error.code or 0)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_an_error_is_shown_and_ends_with_one(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    code, out, err = run(capsys, folder / "sai.txt")
    assert (code, err) == (1, "")
    words = " ".join(out.split())
    assert "Đã đối chiếu 3 trên 3 số liệu (100 %): 0 khớp, 3 không khớp." in words
    assert words.index("Đã đối chiếu") < words.index("Phát hiện: 1 lỗi.") < words.index("SUM001")
    assert "315 + 72 = 387 ≠ 378" in words
    assert "thường xuyên 315 lượt và định kỳ 72 lượt." in words


def test_in_english(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    code, out, _ = run(capsys, folder / "sai.txt", "--lang", "en")
    words = " ".join(out.split())
    assert code == 1
    assert "3 of 3 figures checked (100 %): 0 agree, 3 fail. Findings: 1 error." in words
    assert "error" in words
    assert "The total is not the sum of its parts" in words


def test_what_is_no_error_ends_with_nought(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    code, out, _ = run(capsys, folder / "đúng.txt")
    assert code == 0
    assert "đều khớp" in out
    assert "Không có phát hiện nào." in out
    code, out, _ = run(capsys, folder / "hở.txt")
    assert code == 0
    assert "lưu ý" in out
    assert "NUM001" in out


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (["--select", "SUM"], 1, ["SUM001"]),
        (["--select", "num001"], 0, ["NUM001"]),
        (["--ignore", "SUM001,NUM"], 0, []),
        (["--ignore", "SUM", "--ignore", "FRM"], 0, ["NUM001"]),
        (["--select", "SUM,NUM", "--ignore", "SUM001"], 0, ["NUM001"]),
    ],
)
def test_codes_are_chosen(
    capsys: pytest.CaptureFixture[str], folder: Path, options: list[str], code: int, told: list[str]
) -> None:
    found, out, _ = run(capsys, folder / "sai.txt", folder / "hở.txt", "--json", *options)
    assert found == code
    assert [json.loads(line)["code"] for line in out.splitlines()] == told


def test_json_lines_with_the_summary_beside_them(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    code, out, err = run(capsys, folder / "sai.txt", folder / "đúng.txt", "--json")
    assert code == 1
    (line,) = out.splitlines()
    finding = json.loads(line)
    assert finding["code"] == "SUM001"
    assert finding["severity"] == "error"
    assert finding["message"].keys() == {"vi", "en"}
    assert finding["report"]["path"] == str(folder / "sai.txt")
    assert [piece["text"] for piece in finding["evidence"]] == ["378 lượt", "315 lượt", "72 lượt"]
    lines = err.splitlines()
    assert [name in line for name, line in zip(("sai", "đúng"), lines, strict=False)] == [True, True]
    assert lines[-1] == "Tổng cộng 2 báo cáo. Phát hiện: 1 lỗi."


def test_a_file_of_findings(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    target = folder / "kết quả.json"
    code, out, err = run(capsys, folder / "sai.txt", folder / "đúng.txt", "-o", target)
    assert (code, out) == (1, "")
    assert "Phát hiện: 1 lỗi." in err
    written = json.loads(target.read_text(encoding="utf-8"))
    assert list(written) == ["schema_version", "reports", "findings", "gone"]
    assert [r["coverage"]["checked"] for r in written["reports"]] == [3, 3]
    assert [f["code"] for f in written["findings"]] == ["SUM001"]
    assert written["gone"] == []


def test_analyses_already_made(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    one, several = folder / "a.json", folder / "b.jsonl"
    assert main(["extract", str(folder / "sai.txt"), "-o", str(one), "--until", "tag"]) == 0
    assert main(["extract", str(folder / "sai.txt"), str(folder / "hở.txt"), "-o", str(several)]) == 0
    fresh = run(capsys, folder / "sai.txt", "--json")[1]
    assert run(capsys, one, "--json")[1] == fresh
    code, out, err = run(capsys, several, "--json")
    assert code == 1
    assert [json.loads(line)["code"] for line in out.splitlines()] == ["SUM001", "NUM001"]
    assert len(err.splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        ([], 2, "FILE"),
        (["none.txt"], 3, "none.txt"),
        (["sai.txt", "--select", "XYZ"], 2, "XYZ"),
        (["sai.txt", "-o", "x.docx"], 2, ".json"),
        (["--explain", "XYZ"], 2, "XYZ"),
        (["bad.jsonl"], 3, "line 2"),
        (["read.json"], 2, "mentions"),
    ],
)
def test_errors_are_one_plain_sentence(
    capsys: pytest.CaptureFixture[str],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    code: int,
    word: str,
) -> None:
    monkeypatch.chdir(folder)
    assert main(["extract", "sai.txt", "-o", "read.json", "--until", "read"]) == 0
    (folder / "bad.jsonl").write_bytes((folder / "read.json").read_bytes().strip() + b"\n{}\n")
    if "bad.jsonl" in arguments:
        assert main(["extract", "sai.txt", "-o", "good.json"]) == 0
        (folder / "bad.jsonl").write_bytes((folder / "good.json").read_bytes() + b"{}\n")
    found, _, err = run(capsys, *arguments)
    assert found == code
    lines = [line for line in err.splitlines() if "Phát hiện" not in line]
    assert len(lines) == 1
    assert word in lines[0]
    assert "Traceback" not in err


def test_the_readable_files_of_several_are_done(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    code, out, err = run(capsys, folder / "none.pdf", folder / "sai.txt")
    assert code == 3
    assert "SUM001" in out
    assert "none.pdf" in err


def test_explain(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--explain", "dat001")
    assert code == 0
    assert "31/4" in out
    assert out.count("###") == 1
    assert run(capsys, "--explain", "REF")[1].count("###") > 3
    assert run(capsys, "--explain", "all")[1].startswith("# ")
    assert "SUM002" in run(capsys, "--explain", "SUM002")[1]


def test_long_quotes_keep_the_words_around_the_figures() -> None:
    quote = (
        "Trong kỳ " + "các đơn vị phối hợp " * 8 + "thu 12 tỷ đồng, " + "đồng thời " * 30 + "chi 9 tỷ đồng."
    )
    pieces = cut_quote(quote, ["12 tỷ đồng", "9 tỷ đồng"])
    assert [piece for piece, is_figure in pieces if is_figure] == ["12 tỷ đồng", "9 tỷ đồng"]
    assert len("".join(piece for piece, _ in pieces)) < 200
    assert pieces[0][0].startswith("… ")
    assert pieces[0][0].endswith("thu ")


def test_equal_figures_are_marked_one_after_the_other() -> None:
    pieces = cut_quote("Có 5 xã và 5 xã.", ["5 xã", "5 xã"])
    assert [piece for piece, is_figure in pieces if is_figure] == ["5 xã", "5 xã"]


def test_coverage_names_the_reasons() -> None:
    ledger = (
        LedgerEntry(mention="m1", state="not-checkable", reason="no-partner"),
        LedgerEntry(mention="m2", state="not-checkable", reason="unsure"),
    )
    coverage = Coverage(figures=2, checked=0, failed=0, ledger=ledger)
    assert describe_coverage(coverage, "en") == (
        "0 of 2 figures checked (0 %). "
        "Not checked: 1 without another figure to hold against, 1 without a sure one."
    )
    assert describe_coverage(Coverage(figures=0, checked=0, failed=0), "vi") == "Không có số liệu nào."
