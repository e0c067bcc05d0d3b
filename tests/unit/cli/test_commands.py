from __future__ import annotations

import json
from pathlib import Path

import pytest

from docanalyze.cli import main
from docanalyze.cli.arguments import build_parser, list_commands, parse_pages
from docanalyze.output.json_files import load_analysis


@pytest.mark.parametrize("language", ["vi", "en"])
def test_demo_shows_and_writes(capsys: pytest.CaptureFixture[str], tmp_path: Path, language: str) -> None:
    folder = tmp_path / "thử nghiệm"
    assert main(["demo", "-o", str(folder), "--lang", language]) == 0
    out = capsys.readouterr().out
    assert "HUYỆN MỘC GIANG" in out
    assert "215/BC-UBND" in out
    assert "SUM001" in out
    assert "331 + 81 = 412 ≠ 421" in out
    assert {path.suffix for path in folder.iterdir()} == {".pdf", ".json", ".csv"}
    for path in folder.glob("*.json"):
        assert str(path.name) in out.replace("\n", "")
        assert load_analysis(path).status == "ok"


def test_demo_into_a_file_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "x").write_text("", encoding="utf-8")
    assert main(["demo", "-o", str(tmp_path / "x")]) == 2
    assert "x" in capsys.readouterr().err


def test_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["$schema"].endswith("2020-12/schema")


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out.startswith("docanalyze 0.")


def test_every_command_has_help_and_does_something() -> None:
    assert list_commands(build_parser()) == ["extract", "check", "evaluate", "demo", "schema"]


def test_page_lists() -> None:
    assert parse_pages("1-4,7") == ((1, 4), (7, 7))


def test_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    import docanalyze.cli.schema as schema

    def stop() -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(schema, "schema_text", stop)
    assert main(["schema"]) == 130
