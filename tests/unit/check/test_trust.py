"""What is told aloud of short true reports, and of slips: `tests/cases/check/trust.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from msgspec import UNSET

import docanalyze

ROWS = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "check" / "trust.toml").read_text(encoding="utf-8")
)["case"]


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:50] for row in ROWS])
def test_only_contradictions_are_told(row: dict[str, Any]) -> None:
    analysis = docanalyze.analyze_bytes(row["text"].encode(), name="a.txt")
    assert analysis.findings is not UNSET
    told = {
        finding.arithmetic
        for finding in analysis.findings
        if finding.family in ("arithmetic", "repeat") and finding.severity != "info"
    }
    assert sorted(told) == sorted(row["told"])
