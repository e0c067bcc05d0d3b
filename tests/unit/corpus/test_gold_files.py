"""Every gold file of the project keeps the rules of the guideline."""

from __future__ import annotations

from pathlib import Path

import pytest

from docanalyze import MissingDocument, load_gold

CORPUS = Path(__file__).resolve().parents[3] / "corpus"
FILES = sorted(CORPUS.rglob("*.gold.jsonl"))


def test_the_gold_is_there() -> None:
    names = [path.parent.name for path in FILES]
    assert names.count("dev") >= 16
    assert names.count("heldout") >= 8
    assert names.count("standoff") >= 4


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.removesuffix(".gold.jsonl"))
def test_gold_is_sound(path: Path) -> None:
    # Spans, values, ids and the cover of every digit are checked by the loader.
    try:
        gold = load_gold(path)
    except MissingDocument:
        pytest.skip("its document is not here")
    assert gold.mentions
    assert gold.sentences


def test_there_is_enough_of_it() -> None:
    golds = [load_gold(path) for path in FILES if path.parent.name != "standoff"]
    assert len(golds) >= 24
    assert sum(len(gold.sentences) for gold in golds) >= 1500
    assert sum(len(gold.mentions) for gold in golds) >= 3000
    assert sum(len(gold.relations) for gold in golds) >= 400
    slips = sum(relation.verdict == "fails" for gold in golds for relation in gold.relations)
    assert slips >= 0.02 * sum(len(gold.relations) for gold in golds)
