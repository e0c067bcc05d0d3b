"""Misprints of figures in two units are shown as they would be printed."""

from __future__ import annotations

import pytest

from docanalyze import analyze_bytes


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (("1.135 tỷ 793", "131 tỷ 918", "212 tỷ 330"), "có thể 212 tỷ 330 phải là 212 tỷ 033."),
        (("1.185 tỷ 793", "131 tỷ 918", "212 tỷ 033"), "có thể 1.185 tỷ 793 phải là 1.135 tỷ 793."),
    ],
)
def test_the_other_number_stands_in_both_units(parts: tuple[str, ...], told: str) -> None:
    named = zip(("trung ương chuyển về", "địa phương ủy thác", "huy động qua tổ"), parts, strict=True)
    listed = "; ".join(f"nguồn {name} {part} triệu đồng" for name, part in named)
    text = f"Tổng nguồn vốn đạt 1.479 tỷ 744 triệu đồng, gồm: {listed}."
    findings = [each for each in analyze_bytes(text.encode(), name="t.txt").findings if each.code == "SUM001"]
    assert [each.message.vi.rpartition("; ")[2] for each in findings] == [told]
    assert findings[0].suggestion is not None
    assert findings[0].suggestion.replacement in told
