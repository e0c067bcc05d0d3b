"""`docanalyze compare`: outputs, exit codes, plain errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docanalyze import to_json
from docanalyze.cli import main
from tests.unit.compare.making import make_report

GOOD = "Thu ngân sách trên địa bàn 6 tháng đầu năm {} đạt {} triệu đồng."


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    paths = []
    for year, value in ((2023, "52.310"), (2022, "48.153")):
        path = tmp_path / f"báo cáo {year}.json"
        report = make_report(f"6 tháng đầu năm {year}", f"{year}-07-05", GOOD.format(year, value))
        path.write_text(to_json(report), encoding="utf-8")
        paths.append(str(path))
    return paths


def test_the_terminal_shows_series_with_arrows_and_bars(
    files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", *files]) == 0
    shown = capsys.readouterr().out
    assert "Thu ngân sách trên địa bàn" in shown
    assert "▲ 8,63%" in shown
    assert "▁█" in shown
    assert main(["compare", *files, "--lang", "en"]) == 0
    assert "Indicator" in capsys.readouterr().out


def test_json_comes_out_whole(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *files, "--json"]) == 0
    table = json.loads(capsys.readouterr().out)
    assert [len(series["points"]) for series in table["series"]] == [2]


@pytest.mark.parametrize("suffix", [".json", ".csv", ".html"])
def test_files_are_written_by_suffix(files: list[str], tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"so sánh{suffix}"
    assert main(["compare", *files, "-o", str(path)]) == 0
    assert "52.310 triệu đồng" in path.read_text(encoding="utf-8")


def test_a_finding_of_severity_error_is_exit_code_1(tmp_path: Path, files: list[str]) -> None:
    text = GOOD.format(2023, "52.310")[:-1] + ", cùng kỳ 6 tháng đầu năm 2022 là 48.513 triệu đồng."
    Path(files[0]).write_text(
        to_json(make_report("6 tháng đầu năm 2023", "2023-07-05", text)), encoding="utf-8"
    )
    assert main(["compare", *files]) == 1


def test_only_one_series_is_asked_for(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *files, "--series", "thu ngan sach"]) == 0
    assert main(["compare", *files, "--series", "đàn voi"]) == 2
    assert "no series of that name" in capsys.readouterr().err


def test_wrong_use_is_one_plain_sentence(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", files[0]]) == 2
    assert main(["compare", *files, "-o", str(tmp_path / "x.doc")]) == 2
    other = tmp_path / "khac.json"
    report = make_report(
        "6 tháng đầu năm 2024", "2024-07-05", GOOD.format(2024, "1.000"), body="HUYỆN LONG PHÚ"
    )
    other.write_text(to_json(report), encoding="utf-8")
    assert main(["compare", *files, str(other)]) == 2
    assert main(["compare", *files, str(other), "--force"]) == 0
    told = capsys.readouterr().err
    assert "--force" in told
    assert "Traceback" not in told


def test_a_file_that_cannot_be_read_costs_no_other(files: list[str], tmp_path: Path) -> None:
    assert main(["compare", *files, str(tmp_path / "none.pdf")]) == 3
    assert main(["compare", files[0], str(tmp_path / "none.pdf")]) == 3


def test_the_mapping_file_is_written_and_used_again(files: list[str], tmp_path: Path) -> None:
    path = tmp_path / "cặp.toml"
    assert main(["compare", *files, "--mapping", str(path)]) == 0
    first = path.read_text(encoding="utf-8")
    assert main(["compare", *files, "--mapping", str(path)]) == 0
    assert path.read_text(encoding="utf-8") == first
