"""What `check` writes, what it knows of findings, and how that decides its exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docanalyze.cli import main

SLIP = "Tiếp công dân 378 lượt, gồm thường xuyên 315 lượt và định kỳ 72 lượt.\n"
WAIVER = '[[waiver]]\nfinding = "{id}"\nreason = "đã đính chính"\nowner = "Văn phòng"\nexpires = {expires}\n'
RULES = "rules:\n  - {id: IT, message: Tiếp công dân quá ít, figures: {a: tiếp công dân*}, check: a > 1000}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "báo cáo.txt").write_text(SLIP, encoding="utf-8")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = main(["check", *map(str, arguments)])
    captured = capsys.readouterr()
    return code, " ".join(captured.out.split()), captured.err


def keep_findings(capsys: pytest.CaptureFixture[str], folder: Path) -> str:
    """Write the findings of the report and return the id of the one that it has."""
    assert run(capsys, folder / "báo cáo.txt", "-o", folder / "trước.json")[0] == 1
    (finding,) = json.loads((folder / "trước.json").read_text(encoding="utf-8"))["findings"]
    return str(finding["id"])


def waive(folder: Path, name: str, expires: str) -> Path:
    path = folder / "chấp nhận.toml"
    path.write_text(WAIVER.format(id=name, expires=expires), encoding="utf-8")
    return path


@pytest.mark.parametrize("suffix", [".html", ".xlsx", ".sarif", ".json"])
def test_every_product_is_written_whole(
    capsys: pytest.CaptureFixture[str], folder: Path, suffix: str
) -> None:
    target = folder / f"kết quả{suffix}"
    code, out, err = run(capsys, folder / "báo cáo.txt", "-o", target)
    assert (code, out) == (1, "")
    assert "1 lỗi" in err
    assert target.stat().st_size > 500


def test_an_annotated_copy_needs_a_pdf_and_never_its_source(
    capsys: pytest.CaptureFixture[str], folder: Path, samples: Path
) -> None:
    code, _, err = run(capsys, folder / "báo cáo.txt", "-o", folder / "x.pdf")
    assert code == 2
    assert "not at hand" in err
    source = folder / "nguồn.pdf"
    source.write_bytes((samples / "bao-cao-6-thang-2023.pdf").read_bytes())
    code, _, err = run(capsys, source, "-o", source)
    assert code == 2
    assert "never overwritten" in err
    assert run(capsys, source, "-o", folder / "bản chú.pdf")[0] == 1


def test_pictures_come_from_the_source_of_an_analysis_while_it_is_unchanged(
    capsys: pytest.CaptureFixture[str], folder: Path, samples: Path
) -> None:
    source = folder / "nguồn.pdf"
    source.write_bytes((samples / "bao-cao-6-thang-2023.pdf").read_bytes())
    assert main(["extract", str(source), "-o", str(folder / "nguồn.json")]) == 0
    run(capsys, folder / "nguồn.json", "-o", folder / "x.html")
    page = (folder / "x.html").read_text(encoding="utf-8")
    assert "data:image/webp" in page
    source.write_bytes(source.read_bytes() + b"\n")
    run(capsys, folder / "nguồn.json", "-o", folder / "x.html")
    page = (folder / "x.html").read_text(encoding="utf-8")
    assert "data:image/webp" not in page
    assert "Không có hình trang" in page


def test_a_waived_error_does_not_make_exit_code_one(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    name = keep_findings(capsys, folder)
    code, out, _ = run(capsys, folder / "báo cáo.txt", "--waivers", waive(folder, name, "2999-01-01"))
    assert code == 0
    assert "chấp nhận" in out
    (folder / "báo cáo.txt").write_text("Thu đạt 20 tỷ đồng.\n\n" * 60 + SLIP, encoding="utf-8")
    assert run(capsys, folder / "báo cáo.txt", "--waivers", folder / "chấp nhận.toml")[0] == 0


def test_an_expired_waiver_counts_no_more(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    name = keep_findings(capsys, folder)
    code, out, _ = run(capsys, folder / "báo cáo.txt", "--waivers", waive(folder, name, "2001-01-01"))
    assert code == 1
    assert "hết hạn" in out


def test_a_corrected_slip_is_gone(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    name = keep_findings(capsys, folder)
    code, out, _ = run(capsys, folder / "báo cáo.txt", "--baseline", folder / "trước.json")
    assert code == 1
    assert "đã có" in out
    (folder / "báo cáo.txt").write_text(SLIP.replace("378", "387"), encoding="utf-8")
    target = folder / "sau.json"
    code, _, err = run(capsys, folder / "báo cáo.txt", "--baseline", folder / "trước.json", "-o", target)
    assert code == 0
    assert name in err
    assert [f["id"] for f in json.loads(target.read_text(encoding="utf-8"))["gone"]] == [name]


def test_a_waiver_of_nothing_is_told(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    path = waive(folder, "SUM001-000000000000", "2999-01-01")
    code, out, _ = run(capsys, folder / "báo cáo.txt", "--waivers", path)
    assert code == 1
    assert "SUM001-000000000000" in out


def test_own_rules_are_checked_and_selected(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    rules = folder / "quy tắc.yaml"
    rules.write_text(RULES, encoding="utf-8")
    code, out, _ = run(capsys, folder / "báo cáo.txt", "--rules", rules, "--select", "OWN-IT")
    assert code == 1
    assert "Tiếp công dân quá ít: 378 ≤ 1000" in out
    assert "SUM001" not in out


@pytest.mark.parametrize(
    ("option", "text", "words"),
    [
        ("--waivers", "x = 1", "only [[waiver]] tables"),
        ("--baseline", "{}", "not findings written by check"),
        ("--rules", "rules: 1", "line 1, column 8"),
    ],
)
def test_a_wrong_file_is_one_sentence(
    capsys: pytest.CaptureFixture[str], folder: Path, option: str, text: str, words: str
) -> None:
    (folder / "tệp").write_text(text, encoding="utf-8")
    code, out, err = run(capsys, folder / "báo cáo.txt", option, folder / "tệp")
    assert (code, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1
