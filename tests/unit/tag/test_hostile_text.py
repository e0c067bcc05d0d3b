"""Texts made to cost time cost time in proportion to their length."""

from __future__ import annotations

import pytest

from docanalyze.pipeline import tag_text
from tests.benchmarks.hostile import PIECES, clock

SMALL, LARGE = 8_000, 64_000


@pytest.mark.parametrize("name", PIECES)
def test_time_grows_with_the_length(name: str) -> None:
    tag_text("5%")
    small = min(sum(clock(PIECES[name], SMALL)) for _ in range(2))
    large = min(sum(clock(PIECES[name], LARGE)) for _ in range(2))
    # Eight times the text; quadratic would be 64 times. Below a hundredth of a second nothing is told.
    assert large <= 24 * max(small, 0.01)
