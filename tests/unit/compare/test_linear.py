"""Twice as many series take twice the work, counted in calls, whatever else the machine does."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

from docanalyze import Analysis, compare_reports
from tests.benchmarks.compare import analyze


def count_calls(analyses: list[Analysis]) -> int:
    """Return how many functions a comparison calls, with what it reads once left out."""
    compare_reports(analyses)
    calls = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        compare_reports(analyses)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("alone", [0.0, 0.5])
def test_the_work_grows_as_the_series_do(alone: float) -> None:
    some, twice = (count_calls(analyze(number, 6, alone)) for number in (40, 80))
    assert twice < 2.15 * some
    if not alone:
        series = len(compare_reports(analyze(80, 6)).series)
        assert twice < 1_400 * series
