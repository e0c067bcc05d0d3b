"""Reports of a few lines, one test each: `tests/cases/check/*.toml`, readable without Python."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from msgspec import UNSET

import docanalyze

CASES = Path(__file__).parents[2] / "cases" / "check"
FILES = ("ladders", "repeats", "prose", "references", "dates", "numbering", "lists", "forms")
ROWS = [row for name in FILES for row in tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))["case"]]
RULES = {code: rule for rule in docanalyze.CHECKS for code in (rule.code, *rule.also)}


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['code']}: {row['text'][:40]}" for row in ROWS])
def test_case(row: dict[str, Any]) -> None:
    analysis = docanalyze.analyze_bytes(row["text"].encode(), name="a.txt", checks=(RULES[row["code"]],))
    assert analysis.findings is not UNSET
    findings = [finding for finding in analysis.findings if finding.code == row["code"]]
    assert sorted(finding.arithmetic for finding in findings) == sorted(row["finds"])
    for finding in findings:
        assert finding.severity == row["severity"]
        assert finding.evidence
        for evidence in finding.evidence:
            assert analysis.text[evidence.start : evidence.end] == evidence.text


def test_every_code_has_a_firing_and_a_silent_case() -> None:
    firing = {row["code"] for row in ROWS if row["finds"]}
    silent = {row["code"] for row in ROWS if not row["finds"]}
    assert firing == silent
    elsewhere = ("TAB", "FRM003", "REP002", "REP003", "REP004")  # tables and whole pages: tests of their own
    codes = {code for rule in RULES.values() for code in (rule.code, *rule.also)}
    assert {code for code in codes if not code.startswith(elsewhere)} <= firing
