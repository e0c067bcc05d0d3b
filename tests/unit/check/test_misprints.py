"""Right sentences are silent, misprinted ones are told: `tests/cases/check/misprints.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from msgspec import UNSET

import docanalyze
from docanalyze.core.relation import Finding

CASES = Path(__file__).parents[2] / "cases" / "check" / "misprints.toml"
ROWS = tomllib.loads(CASES.read_text("utf-8"))["case"]
MISPRINTS = [(row["text"], each) for row in ROWS for each in row["misprints"]]


def find(text: str) -> list[Finding]:
    analysis = docanalyze.analyze_bytes(text.encode(), name="a.txt")
    assert analysis.findings is not UNSET
    return [finding for finding in analysis.findings if finding.severity != "info"]


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:40] for row in ROWS])
def test_right_sentences_are_silent(row: dict[str, Any]) -> None:
    assert [finding.message.en for finding in find(row["text"])] == []


@pytest.mark.parametrize(("text", "misprint"), MISPRINTS, ids=[f"{m}: {t[:30]}" for t, m in MISPRINTS])
def test_misprints_are_told(text: str, misprint: str) -> None:
    printed, _, misprinted = misprint.partition(" -> ")
    changed = text.replace(printed, misprinted, 1)
    assert changed != text
    findings = find(changed)
    assert findings
    figure = next(word for word in misprinted.strip(" đ(%").split() if word[0].isdigit())
    assert any(figure in evidence.text for finding in findings for evidence in finding.evidence)
