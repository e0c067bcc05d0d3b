"""Every gold file of the project keeps the rules of the guideline."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from corpus.tools.cover import find_uncovered, read_rows
from corpus.tools.source import CODES
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
    # Spans, values and ids are checked by the loader.
    try:
        gold = load_gold(path)
    except MissingDocument:
        pytest.skip("its document is not here")
    assert gold.mentions or gold.tables
    assert gold.sentences or gold.tables


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.removesuffix(".gold.jsonl"))
def test_every_digit_is_in_a_mention_or_a_negative(path: Path) -> None:
    try:
        text = load_gold(path).text
    except MissingDocument:
        pytest.skip("its document is not here")
    assert find_uncovered(text, read_rows(path)) == []


def test_a_digit_without_a_mark_is_found() -> None:
    text = "Số 5 có 12 hộ, theo Nghị quyết 3 ngày 4/5."
    rows: list[dict[str, Any]] = [
        {"scope": [[3, len(text)]]},
        {"type": "negative", "start": 3, "end": 4, "role": "label"},
        {"type": "mention", "start": 8, "end": 13, "value": {}},
        {"type": "mention", "start": 20, "end": 32, "value": {"full": [20, 41]}},
    ]
    assert find_uncovered(text, rows) == []
    assert [at for at, _ in find_uncovered(text, rows[:2] + rows[3:])] == [8, 9]
    assert find_uncovered(text, rows[:1] + rows[2:]) == [(3, "Số 5 có 12 hộ, the")]
    assert find_uncovered(text, [{"scope": [[0, 2]]}]) == []


def test_there_is_enough_of_it() -> None:
    golds = [load_gold(path) for path in FILES if path.parent.name != "standoff"]
    assert len(golds) >= 24
    assert sum(len(gold.sentences) for gold in golds) >= 1500
    assert sum(len(gold.mentions) for gold in golds) >= 3000
    assert sum(len(gold.relations) for gold in golds) >= 400
    slips = sum(relation.verdict == "fails" for gold in golds for relation in gold.relations)
    assert slips >= 0.02 * sum(len(gold.relations) for gold in golds)


def test_every_kind_of_relation_has_its_dozen_and_its_slips() -> None:
    golds = [load_gold(path) for path in FILES if path.parent.name != "standoff"]
    found = Counter(relation.code for gold in golds for relation in gold.relations)
    assert set(CODES) == set(found)
    assert {code: count for code, count in found.items() if count < 12} == {}
    wrong = {
        relation.code
        for gold in golds
        for relation in gold.relations
        if relation.verdict in ("fails", "suspicious")
    }
    assert set(CODES) - wrong == {"COIN"}, "an equal figure is told, not judged"
