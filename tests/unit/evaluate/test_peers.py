"""Other tools on the same gold: their answers become analyses, and one table comes out."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from docanalyze import peers
from docanalyze.cli import main
from docanalyze.cli.show_peers import make_table
from docanalyze.core.mention import Money
from docanalyze.evaluate.peer_tables import build_tables
from docanalyze.peers import COLUMNS, FINDERS, READERS, SPLITTERS, find_by_patterns

CORPUS = Path(__file__).parents[3] / "corpus"
README = CORPUS.parent / "README.md"
NAMES = ["docanalyze", *SPLITTERS, *FINDERS, *READERS]


def test_plain_patterns_give_values_and_places():
    text = "Thu 1.250,5 tỷ đồng, bằng 52,22% dự toán, ngày 19/10/2022."
    found = list(find_by_patterns(text))
    assert [text[mention.start : mention.end] for mention in found] == [
        "ngày 19/10/2022", "52,22%", "1.250,5 tỷ đồng"
    ]  # fmt: skip
    assert isinstance(found[2], Money)
    assert found[2].value.number == Decimal("1250.5")
    assert found[2].value.scale == Decimal(10**9)


def test_tables_of_peers_hold_exact_places():
    text, tables = build_tables([[["Chỉ tiêu", "Tỷ\nđồng"], ["Thu", ""]], [["12,5"]]])
    assert [len(table.cells) for table in tables] == [3, 1]
    for table in tables:
        for cell in table.cells:
            assert text[cell.start : cell.end] == cell.text
    assert tables[0].cells[1].text == "Tỷ đồng"


def test_one_command_prints_the_table(capsys, monkeypatch):
    monkeypatch.setattr(peers, "FINDERS", {"regular expressions": find_by_patterns})
    monkeypatch.setattr(peers, "READERS", {name: READERS[name] for name in ("pdfplumber, lines",)})
    monkeypatch.setattr(peers, "SPLITTERS", {"spaCy sentencizer": SPLITTERS["spaCy sentencizer"]})
    gold = str(CORPUS / "dev" / "ngan-sach-vinh-khe-2023-9t.gold.jsonl")
    assert main(["evaluate", gold, "--peers", "--json"]) == 0
    rows = {row["name"]: row["scores"] for row in json.loads(capsys.readouterr().out)["peers"]}
    assert rows["docanalyze"].keys() == set(COLUMNS)
    assert rows["pdfplumber, lines"].keys() == {"cells"}
    assert 0 < rows["pdfplumber, lines"]["cells"]["f1"] <= rows["docanalyze"]["cells"]["f1"]
    for kind in ("number", "percent", "money", "date"):
        assert rows["regular expressions"][kind]["f1"] <= rows["docanalyze"][kind]["f1"]
    assert rows["spaCy sentencizer"].keys() == {"sentences (text)", "sentences (PDF)"}


def test_a_tool_that_breaks_down_finds_nothing_and_is_named(capsys, monkeypatch):
    def read(path: Path):
        raise ValueError("zip() argument 2 is longer than argument 1")

    monkeypatch.setattr(peers, "FINDERS", {})
    monkeypatch.setattr(peers, "READERS", {"img2table": read})
    monkeypatch.setattr(peers, "find_spec", lambda package: package)
    monkeypatch.setattr(peers, "SPLITTERS", {})
    name = "ngan-sach-vinh-khe-2023-9t"
    assert main(["evaluate", str(CORPUS / "dev" / f"{name}.gold.jsonl"), "--peers"]) == 0
    out = capsys.readouterr().out
    assert f"img2table broke down on: {name}" in out
    assert "| img2table |" + " – |" * (len(COLUMNS) - 1) + " 0.000 |" in out


@pytest.mark.parametrize(("language", "word"), [("en", "not installed: pySBD"), ("vi", "chưa cài: pySBD")])
def test_a_tool_that_is_not_installed_is_named(capsys, monkeypatch, language, word):
    monkeypatch.setattr(peers, "FINDERS", {})
    monkeypatch.setattr(peers, "READERS", {})
    monkeypatch.setattr(peers, "SPLITTERS", {"pySBD": SPLITTERS["pySBD"]})
    monkeypatch.setattr(peers, "find_spec", lambda package: None)
    gold = str(CORPUS / "dev" / "bau-say-2022.gold.jsonl")
    assert main(["evaluate", gold, "--peers", "--lang", language]) == 0
    out = capsys.readouterr().out
    assert word in out
    assert "| pySBD |" + " – |" * len(COLUMNS) in out


def test_peers_do_not_go_with_a_kept_run(capsys):
    assert main(["evaluate", str(CORPUS / "dev"), "--peers", "--misses", "3"]) == 2
    assert "--misses" in capsys.readouterr().err


def test_the_readme_shows_the_table_as_it_is():
    rows = [peers.PeerRow(name=name) for name in NAMES]
    shape = make_table(rows, "en")
    text = README.read_text(encoding="utf-8")
    printed = re.findall(r"^\|.*\|$", text[text.index(shape[0]) :], re.MULTILINE)[: len(shape)]
    assert printed[1] == shape[1]
    assert [line.split(" | ")[0] for line in printed] == [line.split(" | ")[0] for line in shape]
    for line in printed[2:]:
        cells = [cell.strip() for cell in line.strip("|").split("|")][1:]
        assert len(cells) == len(COLUMNS)
        assert all(cell == "–" or re.fullmatch(r"[01]\.\d{3}", cell) for cell in cells)
