"""Slips of digits: which there are, what a window leaves out, how many are believed as soon as a rank."""

from decimal import Decimal
from fractions import Fraction

import pytest

from docanalyze.check.slips import ANY, RANKS, count_slips, find_slips
from docanalyze.core.figure import Figure


def make_figure(text: str, number: str, decimals: int = 0) -> Figure:
    value = Decimal(number)
    return Figure("m1", text, 0, value, value, decimals, "cuộc", Fraction(1), True, 1)


@pytest.mark.parametrize(
    ("text", "number", "decimals", "kind", "changed"),
    [
        ("378 cuộc", "378", 0, "swap", (387, 3, 0)),
        ("378 cuộc", "378", 0, "drop", (38, 2, 0)),
        ("378 cuộc", "378", 0, "insert", (3758, 4, 0)),
        ("378 cuộc", "378", 0, "digit", (328, 3, 0)),
        ("378 cuộc", "378", 0, "scale", (378000, 6, 0)),
        ("37,8%", "37.8", 1, "separator", (378, 3, 2)),
        ("6,3%", "6.3", 1, "separator", (63, 3, 2)),
        ("03 xã", "3", 0, "swap", (30, 2, 0)),
        ("1.61 cuộc", "1.61", 2, "insert", (1616, 4, 0)),
        ("1.6126 cuộc", "1.6126", 4, "drop", (1616, 4, 0)),
    ],
)
def test_each_kind(text: str, number: str, decimals: int, kind: str, changed: tuple[int, int, int]) -> None:
    slips = list(find_slips(make_figure(text, number, decimals), lambda _: ANY))
    assert changed in {slip[1:4] for slip in slips if slip[0] == kind}
    assert len({slip[1:4] for slip in slips}) == len(slips)


@pytest.mark.parametrize("ends", [(0.0, 99.0), (300.0, 400.0), (328.0, 328.0), (1000.5, 4000.0), (9e9, 9e10)])
def test_a_window_leaves_out_what_lies_outside_and_nothing_else(ends: tuple[float, float]) -> None:
    figure = make_figure("378 cuộc", "378")
    inside = [slip for slip in find_slips(figure, lambda _: ANY) if ends[0] <= slip[1] <= ends[1]]
    assert list(find_slips(figure, lambda _: ends)) == inside


def test_counts_by_rank() -> None:
    figure = make_figure("378 cuộc", "378")
    for rank in range(6):
        slips = find_slips(figure, lambda _: ANY)
        assert count_slips(figure, rank) == sum(RANKS[slip[0]] + slip[4] <= rank for slip in slips)
    assert count_slips(make_figure("ba cuộc", "3"), 5) == 0
