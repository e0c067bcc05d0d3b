"""Figures too wide for their cell."""

from __future__ import annotations

import pytest

from docanalyze.read.assemble import find_joint
from docanalyze.read.figure_lines import is_one_figure


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("4.127.550.", "318"),
        ("-7.604.2", "91"),
        ("318.400.7", "12"),
        ("2,604,1", "55.8"),
        ("61.204.", "330,25"),
    ],
)
def test_a_figure_goes_on_in_the_next_line(before: str, after: str) -> None:
    assert is_one_figure(before, after)
    assert find_joint(before, after) == ""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1.250", "311"),
        ("1.", "204"),
        ("12,", "15"),
        ("604.2", "91"),
        ("318.400.7", "1"),
        ("2023", "2024"),
        ("4.127.", "31"),
    ],
)
def test_two_figures_stay_two(before: str, after: str) -> None:
    assert not is_one_figure(before, after)
