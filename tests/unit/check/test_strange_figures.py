"""Passages whose figures are made nought, huge, tiny or random are analysed all the same."""

from __future__ import annotations

import random
import re
import tomllib
from pathlib import Path

import pytest

from docanalyze import analyze_bytes

CASES = Path(__file__).parents[2] / "cases" / "check"
NUMERAL = re.compile(r"\d[\d.,]*\d|\d")
STRANGE = ("0", "0,0", "0," + "0" * 20 + "1", "9" * 20, "9" * 32, "9" * 39, "1" + "0" * 25, "1" + "0" * 36)


def make_strange(text: str, dice: random.Random) -> str:
    """Return a text with two of five numerals replaced."""

    def replace(found: re.Match[str]) -> str:
        chance = dice.random()
        if chance < 0.6:
            return found[0]
        return dice.choice(STRANGE) if chance < 0.93 else str(dice.randrange(10**12))

    return NUMERAL.sub(replace, text)


@pytest.mark.parametrize("name", ["misprints.toml", "trust.toml"])
@pytest.mark.parametrize("seed", range(4))
def test_strange_figures_end_no_analysis(name: str, seed: int) -> None:
    dice = random.Random(seed)
    for case in tomllib.loads((CASES / name).read_text(encoding="utf-8"))["case"]:
        text = make_strange(case["text"], dice)
        analysis = analyze_bytes(text.encode(), name="strange.txt")
        assert all(analysis.text[m.start : m.end] == m.text for m in analysis.mentions or ())
