"""Units in brackets behind the labels of a table's rows."""

from __future__ import annotations

import pytest

from docanalyze.lexicon import load_lexicon
from docanalyze.lexicon.printed import read_figures
from docanalyze.lexicon.unit_names import find_label_unit
from tests.unit.check.tables import make_table


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("Vận chuyển hàng hóa (Nghìn tấn)", "Nghìn tấn"),
        ("Số người chết (Người)", "Người"),
        ("Năng suất (tạ/ha)", "tạ/ha"),
        ("Tỷ lệ sinh (‰)", "‰"),
        ("Diện tích lúa (vụ mùa)", None),
        ("Chi thường xuyên (gồm cả dự phòng)", None),
        ("Thu nội địa", None),
    ],
)
def test_only_units_are_read_from_a_bracket(label: str, unit: str | None) -> None:
    assert find_label_unit(label, load_lexicon()) == unit


def test_a_row_has_the_unit_of_its_label_unless_a_column_has_its_own() -> None:
    rows = [("Hàng hóa (Nghìn tấn)", "412,6", "104,2"), ("Hành khách (Triệu người)", "3,8", "98,7")]
    analysis = make_table(("Chỉ tiêu", "Năm nay", "So cùng kỳ (%)"), rows)
    figures = list(read_figures(analysis, load_lexicon()).values())
    assert [(each.dimension, each.factor) for each in figures] == [
        ("kg", 1_000_000), ("%", 1), ("người", 1_000_000), ("%", 1),
    ]  # fmt: skip
