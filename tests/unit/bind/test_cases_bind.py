"""Sentences with their figures bound, one test each: `tests/cases/bind/*.toml`, readable without Python."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

import docanalyze
from docanalyze.core.figure import read_figure
from docanalyze.core.relation import Indicator

CASES = Path(__file__).parents[2] / "cases" / "bind"
ROWS = [
    row for path in sorted(CASES.glob("*.toml")) for row in tomllib.loads(path.read_text("utf-8"))["case"]
]
WORDS = (
    "thu đạt 98 tỷ đồng", "gồm", "trong đó", "(", ")", ",", ";", ".", "tăng 5%", "so với cùng kỳ",
    "(90 tỷ đồng)", "chiếm 12,5%", "kế hoạch", "giảm 2 điểm phần trăm", "gấp 2 lần", "còn 40 ha",
    "từ 41 ha", "trên tổng số 80 ha", "\n\n",
)  # fmt: skip


def _bind(text: str) -> tuple[docanalyze.Analysis, tuple[Indicator, ...]]:
    analysis = docanalyze.analyze_bytes(text.encode(), name="a.txt")
    assert analysis.indicators is not UNSET
    return analysis, analysis.indicators


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:50] for row in ROWS])
def test_case(row: dict[str, Any]) -> None:
    analysis, indicators = _bind(row["text"])
    assert analysis.mentions is not UNSET
    texts = {mention.id: mention.text for mention in analysis.mentions}
    printed = {indicator.id: texts[indicator.mention] for indicator in indicators}
    by_text = {printed[indicator.id]: indicator for indicator in indicators}
    for wanted in row["figures"]:
        indicator = by_text[wanted["text"]]
        found = {
            "text": printed[indicator.id],
            "role": indicator.role,
            "of": printed.get(indicator.of or "", ""),
            "against": printed.get(indicator.against or "", ""),
            "part": printed.get(indicator.part_of or "", ""),
            "listing": indicator.listing or "",
            "direction": indicator.direction or "",
            "name": indicator.name,
            "sure": indicator.sure,
            "scope": indicator.scope or "",
        }
        if indicator.scope is not None:
            assert indicator.scope_at is not None
            printed_scope = analysis.text[indicator.scope_at.start : indicator.scope_at.end]
            assert " ".join(printed_scope.split()) == indicator.scope
        assert {key: found[key] for key in wanted} == wanted


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(
        lambda words: " ".join(["Kết quả:", *words])
    )
)
def test_every_figure_has_one_indicator_and_ties_stay_in_the_report(text: str) -> None:
    analysis, indicators = _bind(f"Kết quả: {text}")
    assert analysis.mentions is not UNSET
    figures = [mention.id for mention in analysis.mentions if read_figure(mention) is not None]
    assert [indicator.mention for indicator in indicators] == figures
    known = {indicator.id for indicator in indicators}
    for indicator in indicators:
        for other in (indicator.of, indicator.against, indicator.part_of):
            assert other is None or (other in known and other != indicator.id)
