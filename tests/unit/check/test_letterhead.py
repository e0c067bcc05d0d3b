"""FRM003 needs pages: what a letterhead lacks, and when nothing is said of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import UNSET

import docanalyze
from docanalyze.check.run import run_checks

RULES = tuple(rule for rule in docanalyze.CHECKS if rule.code == "FRM003")


@pytest.fixture(scope="module")
def analysis(samples: Path) -> docanalyze.Analysis:
    return docanalyze.analyze_report(samples / "bao-cao-6-thang-2023.pdf", until="tag")


def check(analysis: docanalyze.Analysis, **changes: Any) -> list[str]:
    assert analysis.report is not UNSET
    report = msgspec.structs.replace(analysis.report, **changes)
    checked = run_checks(msgspec.structs.replace(analysis, report=report), RULES, docanalyze.load_lexicon())
    assert checked.findings is not UNSET
    assert all(finding.severity == "info" for finding in checked.findings)
    return [finding.message.en for finding in checked.findings]


def test_whole_letterheads_are_silent(analysis: docanalyze.Analysis) -> None:
    assert check(analysis) == []


def test_a_missing_part_is_named(analysis: docanalyze.Analysis) -> None:
    assert check(analysis, date=None) == ["The letterhead is not complete; no date."]
    assert check(analysis, number=None, place=None) == [
        "The letterhead is not complete; no number, no place."
    ]


def test_drafts_and_pages_without_a_letterhead_are_silent(analysis: docanalyze.Analysis) -> None:
    assert check(analysis, date=None, draft=True) == []
    assert check(analysis, date=None, number=None, issuer=None) == []
