"""Figures that break the habits of their page."""

from __future__ import annotations

import pytest

from docanalyze.read.sureness import find_unlikely

PAGE = ["45,3", "7,24", "112,5", "8,1", "1.250", "34.180", "6.415,2"]


@pytest.mark.parametrize("odd", ["43.25", "4,318", "44.9911", "1342.647", "26.8651", "17605"])
def test_a_figure_unlike_the_others_is_unlikely(odd: str) -> None:
    assert find_unlikely([*PAGE, odd]) == {odd}


@pytest.mark.parametrize("usual", ["2024", "12.5.2024", "0,348", "318", "52,0604", "1.318.240,55"])
def test_what_reports_print_is_likely(usual: str) -> None:
    assert not find_unlikely([*PAGE, usual])


def test_a_page_may_have_the_other_habit() -> None:
    assert find_unlikely(["51.3", "2.7", "1,221,064", "86,740", "6,18"]) == {"6,18"}


def test_a_page_without_a_habit_has_no_unlikely_figure() -> None:
    assert not find_unlikely(["43.25", "7,24"])
    assert not find_unlikely(["43.25", "7,24", "1.5", "2,5", "8.1", "9,2"])
