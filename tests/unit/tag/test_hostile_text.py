"""Texts made to cost time cost time in proportion to their length."""

from __future__ import annotations

import pytest

from docanalyze.pipeline import tag_text
from tests.benchmarks.hostile import PIECES, clock

SMALL, LARGE = 4_000, 48_000


@pytest.mark.parametrize("name", PIECES)
def test_time_grows_with_the_length(name: str) -> None:
    tag_text("5%")
    small = max(min(sum(clock(PIECES[name], SMALL)) for _ in range(2)), 0.01)
    # Twelve times the text; quadratic would be 144 times. Below a hundredth of a second nothing is told.
    assert any(sum(clock(PIECES[name], LARGE)) <= 90 * small for _ in range(3))
