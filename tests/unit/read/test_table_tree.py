"""Which rows of a table are part of which."""

from __future__ import annotations

import pytest

from docanalyze.read.tables.tree import RowLook, build_tree

Given = tuple[str, str, float, bool, bool]


def tree(*rows: Given) -> list[int | None]:
    """Return the parents of rows given as running number, label, indent, bold, with figures."""
    looks = [
        RowLook(i, stt, label, x0, bold, figures) for i, (stt, label, x0, bold, figures) in enumerate(rows)
    ]
    return [row.parent for row in build_tree(looks)]


@pytest.mark.parametrize(
    ("rows", "parents"),
    [
        pytest.param(
            [
                ("I", "Trồng trọt", 0, True, False),
                ("1", "Cây lương thực", 0, False, True),
                ("1.1", "Lúa", 0, False, True),
                ("1.2", "Ngô", 0, False, True),
                ("2", "Rau màu", 0, False, True),
                ("II", "Chăn nuôi", 0, True, False),
                ("1", "Trâu", 0, False, True),
            ],
            [None, 0, 1, 1, 0, None, 5],
            id="numbers start again in each part",
        ),
        pytest.param(
            [
                ("", "TỔNG SỐ", 0, True, True),
                ("", "Nông nghiệp", 8, False, True),
                ("", "Trồng trọt", 16, False, True),
                ("", "Chăn nuôi", 16, False, True),
                ("", "Công nghiệp", 8, False, True),
            ],
            [None, 0, 1, 1, 0],
            id="a total above, indents",
        ),
        pytest.param(
            [
                ("1", "Thu nội địa", 0, False, True),
                ("", "Trong đó: thu tiền đất", 0, False, True),
                ("2", "Thu xuất khẩu", 0, False, True),
                ("", "Tổng cộng", 0, True, True),
            ],
            [None, 0, None, None],
            id="of which, a total below",
        ),
        pytest.param(
            [
                ("", "Phân theo khu vực", 0, False, False),
                ("", "Thành thị", 0, False, True),
                ("", "Nông thôn", 0, False, True),
                ("", "Phân theo giới", 0, False, False),
                ("", "Nam", 0, False, True),
            ],
            [None, 0, 0, None, 3],
            id="rows without figures head those below",
        ),
        pytest.param(
            [
                ("", "1. Doanh thu", 0, False, True),
                ("", "1.1. Bán hàng", 0, False, True),
                ("", "- Trong tỉnh", 0, False, True),
                ("", "- Ngoài tỉnh", 0, False, True),
                ("", "2. Giá vốn", 0, False, True),
            ],
            [None, 0, 1, 1, None],
            id="numbers and dashes in the labels",
        ),
        pytest.param(
            [
                ("A", "Thu", 0, True, True),
                ("I", "Thu thường xuyên", 0, False, True),
                ("B", "Chi", 0, True, True),
                ("C", "Bội chi", 0, True, True),
            ],
            [None, 0, None, None],
            id="letters above Roman numbers",
        ),
    ],
)
def test_parents(rows: list[Given], parents: list[int | None]) -> None:
    assert tree(*rows) == parents


def test_levels_and_markers() -> None:
    looks = [
        RowLook(4, "II", "Xã", 0, True, True),
        RowLook(5, "1", "Hòa Lạc", 0, False, True),
        RowLook(6, "", "Trong đó: thôn Bãi", 0, False, True),
    ]
    assert [(row.row, row.level, row.marker) for row in build_tree(looks)] == [
        (4, 0, "II"),
        (5, 1, "1"),
        (6, 2, None),
    ]
