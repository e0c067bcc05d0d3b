"""The pages for readers: what they print is what the program prints, what they name is there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from docanalyze.cli import main
from docanalyze.cli.manual import write_cli_manual

ROOT = Path(__file__).resolve().parent.parent
READMES = {"en": "README.md", "vi": "README.vi.md"}
PAGES = (*READMES.values(), "KIEM-TOAN-VIEN.md")
_FENCE = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
_OTHERS = {"--help", "--longest"}
"""Of every program, and of a benchmark."""


def read_blocks(page: str, kind: str) -> list[str]:
    return [body for name, body in _FENCE.findall((ROOT / page).read_text(encoding="utf-8")) if name == kind]


def squeeze(text: str) -> str:
    """Return the words of a text, without the lines of its tables."""
    return " ".join(re.sub(r"[\u2500-\u257f]", " ", text).split())


@pytest.mark.parametrize("page", READMES.values())
def test_every_command_is_listed_and_no_other(page: str) -> None:
    listed = [
        line.split()[1]
        for block in read_blocks(page, "text")
        for line in block.splitlines()
        if line.startswith("docanalyze ")
    ]
    assert sorted(listed) == sorted(re.findall(r"^## docanalyze (\w+)", write_cli_manual(), re.MULTILINE))


@pytest.mark.parametrize("page", PAGES)
def test_every_option_exists(page: str) -> None:
    known = set(re.findall(r"--[a-z][a-z-]+", write_cli_manual())) | _OTHERS
    assert set(re.findall(r"--[a-z][a-z-]+", (ROOT / page).read_text(encoding="utf-8"))) <= known


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_is_linked_is_there(page: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / page).read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize(("language", "page"), READMES.items())
def test_the_demo_and_its_json_are_as_shown(
    language: str, page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    demo, found = read_blocks(page, "text")[:2]
    assert main(["demo", "--lang", language, "-o", str(tmp_path)]) == 0
    printed = squeeze(capsys.readouterr().out)
    for line in demo.splitlines():
        assert squeeze(line).removesuffix(" …") in printed
    analysis = json.loads((tmp_path / "bao-cao-6-thang-2023.json").read_bytes())
    assert json.loads(read_blocks(page, "json")[0]) in analysis["mentions"]
    assert main(["check", str(tmp_path / "bao-cao-6-thang-2023.pdf"), "--lang", language]) == 1
    assert squeeze(found).partition(", ")[2] in squeeze(capsys.readouterr().out)
