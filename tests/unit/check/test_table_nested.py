"""Rows set in below their total: one column of amounts, where the other sums of it bear out each."""

import msgspec
import pytest

from docanalyze.core.analysis import Analysis
from docanalyze.core.document import TableRow
from docanalyze.core.relation import Finding
from tests.unit.check.tables import failing, make_table

LAND = [
    ("Toàn xã", "5.152,49", None),
    ("Đất nông nghiệp", "4.518,40", 0),
    ("Đất trồng lúa", "2.445,89", 1),
    ("Lúa hai vụ", "1.860,27", 2),
    ("Lúa một vụ", "585,62", 2),
    ("Đất vườn", "1.311,92", 1),
    ("Đất rừng", "760,59", 1),
    ("Đất ở", "529,19", 0),
    ("Ở ven lộ", "312,06", 7),
    ("Ở trong ấp", "217,13", 7),
    ("Đất chưa dùng", "104,90", 0),
    ("Bãi bồi", "47,87", 10),
    ("Gò hoang", "57,03", 10),
]


def _told(changes: dict[int, str], *, nested: bool = True) -> list[Finding]:
    rows = [(label, changes.get(at, figure)) for at, (label, figure, _) in enumerate(LAND)]
    table = make_table(("Chỉ tiêu", "Diện tích (ha)"), rows)
    return failing(_set_in(table) if nested else table)


def _set_in(analysis: Analysis) -> Analysis:
    """Return the analysis of a table whose rows stand below their parents, the first behind its head."""
    parents = [None if parent is None else parent + 1 for _, _, parent in LAND]
    lines = tuple(TableRow(row=at, level=0, parent=parent) for at, parent in enumerate(parents, 1))
    (table,) = analysis.tables
    return msgspec.structs.replace(analysis, tables=(msgspec.structs.replace(table, rows=lines),))


@pytest.mark.parametrize(
    ("row", "wrong", "right"),
    [(9, "271,13", "217,13"), (12, "57,3", "57,03"), (3, "1.860,72", "1.860,27"), (7, "592,19", "529,19")],
)
def test_a_misprint_in_one_column_of_rows_set_in_is_told(row: int, wrong: str, right: str) -> None:
    found = _told({row: wrong})
    assert found
    assert {(finding.code, finding.severity) for finding in found} == {("TAB001", "warning")}
    assert {finding.suggestion.replacement for finding in found if finding.suggestion} == {right}


def test_rows_that_add_up_are_right() -> None:
    assert _told({}) == []


def test_a_list_that_leaves_parts_out_is_no_misprint() -> None:
    assert _told({11: "21,40", 12: "30,05"}) == []
    assert _told({9: "196,48"}) == []


def test_where_several_do_not_add_up_none_is_told() -> None:
    assert _told({9: "271,13", 12: "75,03", 3: "1.680,27"}) == []
