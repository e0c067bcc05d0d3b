"""Every finding across reports, with cases in which it is told and cases in which it is not."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from docanalyze import compare_reports
from tests.unit.compare.making import make_report

CASES = Path(__file__).parents[2] / "cases" / "compare" / "findings.toml"
_ASIDE = {"GON001", "NEW001", "TSK001"}


def load_cases() -> list[Any]:
    cases = tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]
    return [pytest.param(case, id=f"{case['code']}-{number}") for number, case in enumerate(cases)]


@pytest.mark.parametrize("case", load_cases())
def test_what_is_found_across_reports(case: dict[str, Any]) -> None:
    comparison = compare_reports([make_report(*report) for report in case["reports"]])
    aside = _ASIDE - {case["code"]}
    found = [f"{f.code} {f.severity}" for f in comparison.findings if f.code not in aside]
    assert found == case["finds"], [f.message.vi for f in comparison.findings]


def test_every_code_has_a_case_that_fires_and_most_one_that_is_silent() -> None:
    cases = [param.values[0] for param in load_cases()]
    firing = {case["code"] for case in cases if case["finds"]}
    silent = {case["code"] for case in cases if not case["finds"]}
    assert firing == {
        "RST001",
        "CLM001",
        "LAD001",
        "CPY001",
        "SCL001",
        "PLN001",
        "PLN002",
        "DEN001",
        "TSK001",
    }
    assert silent >= {"RST001", "CLM001", "LAD001", "CPY001", "SCL001", "PLN001", "DEN001"}
