"""Reports whose figures are made nought, huge, tiny or random are compared all the same."""

from __future__ import annotations

import random

import pytest

from docanalyze import compare_reports
from tests.unit.check.test_strange_figures import make_strange
from tests.unit.compare.making import make_report
from tests.unit.compare.test_cases import load_cases


@pytest.mark.parametrize("seed", range(4))
def test_strange_figures_end_no_comparison(seed: int) -> None:
    dice = random.Random(seed)
    for param in load_cases():
        title, day, text = param.values[0]["reports"][-1]
        reports = [make_report(*report) for report in param.values[0]["reports"][:-1]]
        reports.append(make_report(title, day, make_strange(text, dice)))
        compared = compare_reports(reports, force=True)
        assert all(len(series.points) > 1 for series in compared.series)
