from __future__ import annotations

import msgspec

from docanalyze.compare.kin import split_series
from docanalyze.core.analysis import Analysis
from docanalyze.lexicon import load_lexicon
from docanalyze.pipeline import analyze_bytes
from tests.unit.archive.test_groups import REPORT


def make(place: str, year: int, body: str) -> Analysis:
    """Return a department's report whose key does not name its province, as from letterheads in columns."""
    text = REPORT.format(body=f"UBND TỈNH {place}\nSỞ CÔNG THƯƠNG", year=year, n=year - 1900)
    analysis = analyze_bytes(text.encode(), name=f"{place} {year}.txt")
    assert analysis.report
    return msgspec.structs.replace(analysis, report=msgspec.structs.replace(analysis.report, body=body))


def test_departments_of_one_name_in_two_provinces_are_two_series() -> None:
    reports = [
        make(place, year, "sở công thương") for year in (2023, 2022) for place in ("HẠ LONG", "THƯỢNG KHÊ")
    ]
    assert split_series(reports, load_lexicon()) == [[2, 0], [3, 1]]


def test_a_report_without_kin_is_alone() -> None:
    reports = [make("HẠ LONG", 2022, "sở công thương"), make("HẠ LONG", 2023, "sở y tế")]
    assert split_series(reports, load_lexicon()) == [[0], [1]]
    assert split_series([], load_lexicon()) == []
