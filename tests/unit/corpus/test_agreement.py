"""The second pass over a tenth of the corpus: in step with the reports, and scored as an analysis is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from corpus.tools.agreement import (
    build_analysis,
    draw_blocks,
    narrow_gold,
    read_second,
    score_second,
    show_table,
)
from docanalyze import load_gold
from docanalyze.evaluate.run import evaluate_analysis
from docanalyze.evaluate.scores import sum_scores

ROOT = Path(__file__).resolve().parents[3]
DEV = ROOT / "corpus" / "dev"


def test_the_second_pass_has_the_words_of_every_drawn_block() -> None:
    second = {name: " ".join(line.text for line in block.lines) for name, block in read_second().items()}
    assert len(second) >= 55
    drawn: dict[str, str] = {}
    for report in {name.partition(":")[0] for name in second}:
        gold = load_gold(DEV / f"{report}.gold.jsonl")
        drawn |= {block.name: block.text for block in draw_blocks(gold)}
    assert second == drawn


def test_agreement_on_mentions_sentences_and_relations() -> None:
    total = sum_scores(list(score_second()))
    assert total["mention"].gold > 200
    assert total["mention"].f1 > 0.95
    assert total["sentence"].f1 > 0.95
    assert 30 < total["relation"].right < total["relation"].gold
    assert f"| mention | {total['mention'].gold} |" in show_table(total)


def test_another_opinion_lowers_the_score() -> None:
    gold = load_gold(DEV / "bau-say-2022.gold.jsonl")
    drawn = draw_blocks(gold)
    second = read_second()
    block = second["bau-say-2022:21"]
    same = evaluate_analysis(narrow_gold(gold, drawn), build_analysis(gold, drawn, second))
    money = [mark for line in block.lines for mark in line.marks if mark.kind == "money"]
    money[0].value["number"] = "1"
    block.lines[-1].marks.clear()
    block.relations = [["GROW", "fails", "actual=a1", "base=a3", "ratio=a2"]]
    other = evaluate_analysis(narrow_gold(gold, drawn), build_analysis(gold, drawn, second))
    assert same.kinds["money"].values - other.kinds["money"].values == 1
    assert other.kinds["quantity"].found == 0 < same.kinds["quantity"].found
    assert other.relations is not None
    assert (other.relations.found, other.relations.right, other.relations.values) == (1, 1, 0)


def test_command_draws_without_the_gold() -> None:
    command = [sys.executable, "-m", "corpus.tools.agreement", "--draw"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    assert "== bau-say-2022:21\nTổng mức bán lẻ hàng hóa" in printed
    assert "⟦" not in printed
