"""The reports of each body in an archive compared: who belongs together, what is written and when."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from docanalyze.archive.jobs import EngineSettings
from docanalyze.archive.run import ArchiveOptions, analyze_archive
from docanalyze.cli import main
from docanalyze.output.comparison_json import load_comparison
from tests.unit.archive.test_run import read_results, serial

REPORT = """{body}
-------
Số: {n}/BC-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
An Phú, ngày 25 tháng 6 năm {year}

BÁO CÁO
Kết quả thực hiện nhiệm vụ 6 tháng đầu năm {year}

Thu ngân sách nhà nước đạt {n} tỷ đồng. Tiếp công dân {n} lượt.
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "kho"
    folder.mkdir()
    for body, years in (("AN LĨNH", (2021, 2022, 2023)), ("BA VÂN", (2022, 2023)), ("CÔ ĐƠN", (2023,))):
        for year in years:
            text = REPORT.format(body=f"ỦY BAN NHÂN DÂN\nHUYỆN {body}", year=year, n=year - 1900)
            (folder / f"{body.lower()} {year}.txt").write_text(text, encoding="utf-8")
    (folder / "vô danh.txt").write_text("Thu đạt 5 tỷ đồng.\n", encoding="utf-8")
    return folder


def read_index(folder: Path) -> list[dict[str, object]]:
    lines = (folder / "comparisons.jsonl").read_bytes().splitlines()
    return [msgspec.json.decode(line) for line in lines]


def test_each_body_with_two_reports_is_compared(archive: Path, tmp_path: Path) -> None:
    summary = serial([archive], tmp_path / "ra", compare=True)
    assert len(summary.comparisons) == 2
    lines = read_index(tmp_path / "ra")
    assert [line["paths"] for line in lines] == [
        ["an lĩnh 2021.txt", "an lĩnh 2022.txt", "an lĩnh 2023.txt"], ["ba vân 2022.txt", "ba vân 2023.txt"],
    ]  # fmt: skip
    comparison = load_comparison(tmp_path / "ra" / str(lines[0]["json"]))
    assert [report.source.path for report in comparison.reports] == lines[0]["paths"]
    assert any(len(series.points) == 3 for series in comparison.series)


def test_only_groups_that_changed_are_compared_again(archive: Path, tmp_path: Path) -> None:
    serial([archive], tmp_path / "ra", compare=True)
    files = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "ra" / "comparisons").iterdir()}
    text = REPORT.format(body="ỦY BAN NHÂN DÂN\nHUYỆN BA VÂN", year=2024, n=9)
    (archive / "ba vân 2024.txt").write_text(text, encoding="utf-8")
    serial([archive], tmp_path / "ra", compare=True)
    again = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "ra" / "comparisons").iterdir()}
    assert again.keys() == files.keys()
    assert [name.startswith("ubnd-huyen-ba-van") for name in files if again[name] != files[name]] == [True]
    serial([archive], tmp_path / "một", compare=True)
    assert read_results(tmp_path / "ra") == read_results(tmp_path / "một")


def test_bodies_of_one_name_in_two_places_are_two_series(tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    folder.mkdir()
    for place in ("HẠ LONG", "THƯỢNG KHÊ"):
        for year in (2022, 2023):
            body = f"ỦY BAN NHÂN DÂN\nTỈNH {place}\nSỞ CÔNG THƯƠNG"
            text = REPORT.format(body=body, year=year, n=year - 1900)
            (folder / f"{place.lower()} {year}.txt").write_text(text, encoding="utf-8")
    serial([folder], tmp_path / "ra", compare=True)
    assert [line["paths"] for line in read_index(tmp_path / "ra")] == [
        ["hạ long 2022.txt", "hạ long 2023.txt"], ["thượng khê 2022.txt", "thượng khê 2023.txt"],
    ]  # fmt: skip


def test_every_engine_compares_alike(archive: Path, tmp_path: Path) -> None:
    serial([archive], tmp_path / "một", compare=True)
    analyze_archive([archive], tmp_path / "hai", settings=EngineSettings(workers=2), compare=True)
    assert read_results(tmp_path / "một") == read_results(tmp_path / "hai")


def test_the_command_says_how_many(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["batch", str(archive), "-o", str(tmp_path / "ra"), "--engine", "serial", "--compare"]
    assert main(command) == 0
    assert "2 comparisons of successive reports" in capsys.readouterr().out
    assert main([*command, "--until", "tag"]) == 2
    assert "--until bind" in capsys.readouterr().err


def test_merged_and_renamed_bodies_are_one_series(tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    folder.mkdir()
    bodies = (
        ("ỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG\nSỞ GIAO THÔNG VẬN TẢI", (2023, 2024)),
        ("ỦY BAN NHÂN DÂN\nTỈNH TUYÊN QUANG\nSỞ XÂY DỰNG", (2026,)),
        ("ỦY BAN NHÂN DÂN\nTỈNH BẾN TRE\nSỞ XÂY DỰNG", (2024, 2025)),
    )
    for body, years in bodies:
        for year in years:
            text = REPORT.format(body=body, year=year, n=year - 1900)
            (folder / f"{body.splitlines()[1].lower()} {year}.txt").write_text(text, encoding="utf-8")
    serial([folder], tmp_path / "ra", compare=True)
    lines = read_index(tmp_path / "ra")
    assert [line["paths"] for line in lines] == [
        ["tỉnh bến tre 2024.txt", "tỉnh bến tre 2025.txt"],
        ["tỉnh hà giang 2023.txt", "tỉnh hà giang 2024.txt", "tỉnh tuyên quang 2026.txt"],
    ]
    assert "sở xây dựng" in str(lines[1]["body"])


def test_a_body_renamed_by_the_readers_own_lexicon_is_one_series(tmp_path: Path) -> None:
    words, folder = tmp_path / "words", tmp_path / "kho"
    words.mkdir()
    folder.mkdir()
    (words / "mergers.toml").write_text(
        '[[merger]]\nfrom = "2024-01-01"\nlevel = "đơn vị"\nsource = "own"\n'
        'pairs = [["công ty nước an lam", ["công ty cấp thoát nước an lam"]]]\n',
        encoding="utf-8",
    )
    for body, year in (("CÔNG TY CẤP THOÁT NƯỚC AN LAM", 2023), ("CÔNG TY NƯỚC AN LAM", 2024)):
        text = REPORT.format(body=body, year=year, n=year - 1900)
        (folder / f"{year}.txt").write_text(text, encoding="utf-8")
    serial([folder], tmp_path / "một", compare=True)
    assert read_index(tmp_path / "một") == []
    serial([folder], tmp_path / "hai", compare=True, options=ArchiveOptions(lexicon=str(words)))
    assert [line["paths"] for line in read_index(tmp_path / "hai")] == [["2023.txt", "2024.txt"]]
