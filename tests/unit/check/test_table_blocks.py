"""TAB003, TAB004, TAB009 where the same rows stand once as levels, once as growth, once as structure."""

from __future__ import annotations

import pytest

from tests.unit.check.tables import failing, holding, make_table

HEADS = ("Chỉ tiêu", "Tổng số", "Nam", "Nữ", "Thành thị", "Nông thôn")
LEVELS = [
    ("Người", "", "", "", "", ""),
    ("Năm 2020", "845.310", "419.804", "425.506", "262.718", "582.592"),
    ("Năm 2021", "852.067", "423.512", "428.555", "267.204", "584.863"),
    ("Năm 2022", "858.944", "427.330", "431.614", "273.518", "585.426"),
    ("Sơ bộ 2023", "867.215", "431.906", "435.309", "281.060", "586.155"),
]
GROWTH = [
    ("Chỉ số phát triển (Năm trước = 100) - %", "", "", "", "", ""),
    ("Năm 2020", "100,91", "100,95", "100,87", "101,64", "100,58"),
    ("Năm 2021", "100,80", "100,88", "100,72", "101,71", "100,39"),
    ("Năm 2022", "100,81", "100,90", "100,71", "102,36", "100,10"),
    ("Sơ bộ 2023", "100,96", "101,07", "100,86", "102,76", "100,12"),
]
STRUCTURE = [
    ("Cơ cấu (%)", "", "", "", "", ""),
    ("Năm 2020", "100,00", "49,66", "50,34", "31,08", "68,92"),
    ("Năm 2021", "100,00", "49,70", "50,30", "31,36", "68,64"),
    ("Năm 2022", "100,00", "49,75", "50,25", "31,84", "68,16"),
    ("Sơ bộ 2023", "100,00", "49,80", "50,20", "32,41", "67,59"),
]
ROWS = [*LEVELS, *GROWTH, *STRUCTURE]


def test_each_block_is_checked_by_itself_and_against_the_levels() -> None:
    table = make_table(HEADS, ROWS)
    assert failing(table) == []
    assert len(holding(table, "TAB003")) == 16  # men and women, towns and villages, as levels and as shares
    assert len(holding(table, "TAB009")) == 15
    assert len(holding(table, "TAB004")) == 16


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("582.592", "528.592"), ("101,71", "107,11"), ("31,84", "38,14"), ("49,80", "94,80")],
)
def test_a_misprint_in_any_block_is_told(right: str, wrong: str) -> None:
    rows = [tuple(wrong if cell == right else cell for cell in row) for row in ROWS]
    found = failing(make_table(HEADS, rows))
    assert found
    assert all(any(evidence.text == wrong for evidence in finding.evidence) for finding in found)


def test_growth_at_other_prices_is_no_growth_of_the_levels() -> None:
    apart = [
        GROWTH[0],
        *((row[0], *(f"1{row[at][-2:]},{at}{at}" for at in range(1, 6))) for row in GROWTH[1:]),
    ]
    table = make_table(HEADS, [*LEVELS, *apart])
    assert failing(table) == []
    assert not holding(table, "TAB009")
