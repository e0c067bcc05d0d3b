from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from docanalyze.cli import main
from docanalyze.cli.arguments import build_parser, list_parsers
from docanalyze.cli.arguments.kinds import parse_pages
from docanalyze.cli.manual import write_cli_manual
from docanalyze.output.json_files import load_analysis

ROOT = Path(__file__).resolve().parents[3]


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


def test_every_command_has_a_module_that_runs_it() -> None:
    for name, parser in list_parsers(build_parser()).items():
        assert parser.description
        assert callable(import_module(f"docanalyze.cli.{name}").run)


def test_every_argument_says_what_it_means() -> None:
    for name, parser in list_parsers(build_parser()).items():
        for action in parser._actions:
            assert action.help, f"{name} {action.dest}"


def test_the_reference_of_the_command_line_is_current() -> None:
    written = (ROOT / "CLI.md").read_text(encoding="utf-8")
    assert written == write_cli_manual(), "python -m docanalyze.cli.manual > CLI.md"


def test_completion_knows_every_command_and_option(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    pytest.importorskip("shtab")
    assert main(["completion", "bash"]) == 0
    script = capsys.readouterr().out
    for name, parser in list_parsers(build_parser()).items():
        assert name in script
        assert all(option in script for action in parser._actions for option in action.option_strings)
    shell = shutil.which("bash")
    if shell is not None:
        (tmp_path / "completion").write_text(script, encoding="utf-8")
        ask = "COMP_WORDS=(docanalyze ev); COMP_CWORD=1; _shtab_docanalyze; echo $COMPREPLY"
        ask = f"source {tmp_path / 'completion'}; {ask}"
        said = subprocess.run([shell, "--norc", "-c", ask], capture_output=True, text=True, check=True)
        assert said.stdout.strip() == "evaluate"


def test_completion_without_its_package_names_the_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "shtab", None)
    assert main(["completion", "zsh"]) == 4
    assert "pip install 'docanalyze[completion]'" in capsys.readouterr().err


def test_page_lists() -> None:
    assert parse_pages("1-4,7") == ((1, 4), (7, 7))


def test_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    import docanalyze.cli.schema as schema

    def stop() -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(schema, "schema_text", stop)
    assert main(["schema"]) == 130
