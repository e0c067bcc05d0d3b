"""Annotated sentences, one test each: `tests/cases/tag/*.toml`, readable without Python."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from docanalyze.lexicon import load_lexicon
from docanalyze.tag.money import find_money
from docanalyze.tag.numbers import find_numbers
from docanalyze.tag.ordinals import find_ordinals
from docanalyze.tag.percents import find_percents
from docanalyze.tag.quantities import find_quantities
from docanalyze.tag.run import run_taggers

CASES = Path(__file__).parents[2] / "cases" / "tag"
FILES = ("numbers", "percents", "money", "quantities", "ordinals")
TAGGERS = (find_percents, find_money, find_quantities, find_ordinals, find_numbers)
NOT_VALUES = ("kind", "rule")


def read_cases() -> list[Any]:
    cases = []
    for name in FILES:
        for row in tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))["case"]:
            cases.append(pytest.param(row["text"], row["mentions"], id=f"{name}: {row['text'][:40]}"))
    return cases


def read_marks(marked: str) -> tuple[str, list[tuple[int, int]]]:
    spans, text = [], ""
    for piece in re.split(r"(\[\[.*?\]\])", marked, flags=re.DOTALL):
        if piece.startswith("[["):
            spans.append((len(text), len(text) + len(piece) - 4))
            piece = piece[2:-2]
        text += piece
    return text, spans


def flatten(value: Any) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, item in msgspec.to_builtins(value).items():
        if isinstance(item, dict):
            flat.update({f"{key}_{part}": inner for part, inner in item.items()})
        else:
            flat[key] = item
    return flat


def same(expected: Any, found: Any) -> bool:
    """An empty string means that the key is absent, `null` a half-line; numbers compare by value."""
    if expected == "":
        return found is None
    if expected == "null" or isinstance(expected, bool) or found is None:
        return found is None if expected == "null" else bool(expected == found)
    if re.fullmatch(r"-?[0-9.]+", str(expected)):
        return Decimal(str(found)) == Decimal(expected)
    return bool(expected == found)


@pytest.mark.parametrize(("marked", "expected"), read_cases())
def test_sentence(marked: str, expected: list[dict[str, Any]]) -> None:
    text, spans = read_marks(marked)
    found = run_taggers(text, load_lexicon(), TAGGERS)
    assert [(m.start, m.end) for m in found] == spans, [m.text for m in found]
    for mention, want in zip(found, expected, strict=True):
        assert mention.__struct_config__.tag == want["kind"]
        assert want.get("rule", mention.rule) == mention.rule
        flat = flatten(mention.value)
        for key, value in want.items():
            if key not in NOT_VALUES:
                assert same(value, flat.get(key)), (mention.text, key, value, flat)


NEGATIVES = tomllib.loads((CASES / "negatives.toml").read_text("utf-8"))["texts"]


@pytest.mark.parametrize("text", NEGATIVES)
def test_no_figure(text: str) -> None:
    found = run_taggers(text, load_lexicon(), TAGGERS)
    assert [m.text for m in found if m.__struct_config__.tag != "ordinal"] == []
