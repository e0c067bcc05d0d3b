"""Waivers and earlier runs: what state a finding gets, and what becomes of it when the report changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import docanalyze
from docanalyze.check.waivers import Waiver, apply_states, list_gone, load_waivers
from docanalyze.core.analysis import Analysis
from docanalyze.core.errors import UsageError

SLIP = "Tiếp công dân 378 lượt, gồm thường xuyên 315 lượt và định kỳ 72 lượt.\n"
FRONT = "Thu ngân sách đạt 20 tỷ đồng.\n\n" * 40


def check(text: str, name: str = "báo cáo.txt") -> Analysis:
    return docanalyze.analyze_bytes(text.encode(), name=name)


def states(analysis: Analysis) -> list[str]:
    return [finding.state for finding in analysis.findings or ()]


def first_id(analysis: Analysis) -> str:
    return (analysis.findings or ())[0].id


def test_a_waived_slip_stays_waived_behind_another_page() -> None:
    waiver = Waiver(first_id(check(SLIP)), "đã đính chính", "Văn phòng")
    assert states(apply_states(check(FRONT + SLIP), waivers=[waiver])) == ["waived"]


def test_a_waiver_counts_up_to_its_last_day() -> None:
    analysis = check(SLIP)
    waiver = Waiver(first_id(analysis), "đã đính chính", "Văn phòng", date(2025, 6, 30))
    for today, state in ((date(2025, 6, 30), "waived"), (date(2025, 7, 1), "expired"), (None, "waived")):
        assert states(apply_states(analysis, waivers=[waiver], today=today)) == [state]


def test_check_report_takes_waivers_and_the_day(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text(SLIP, encoding="utf-8")
    waiver = Waiver(first_id(check(SLIP)), "đã đính chính", "Văn phòng", date(2025, 6, 30))
    for report in (path, docanalyze.analyze_report(path, until="tag")):
        found = docanalyze.check_report(report, waivers=[waiver], today=date(2025, 6, 1))
        assert states(found) == ["waived"]
        assert states(docanalyze.check_report(report, waivers=[waiver], today=date(2026, 1, 1))) == [
            "expired"
        ]
        assert states(docanalyze.check_report(report, known=[waiver.finding])) == ["same"]


def test_known_and_new() -> None:
    analysis = check(SLIP)
    assert states(apply_states(analysis, known=[first_id(analysis)])) == ["same"]
    assert states(apply_states(analysis, known=["SUM001-000000000000"])) == ["new"]


def test_a_corrected_figure_is_gone_and_reports_not_looked_at_are_left_aside() -> None:
    before = [*(check(SLIP).findings or ()), *(check(SLIP, "khác.txt").findings or ())]
    gone = list_gone([check(SLIP.replace("378", "387"))], before)
    assert [(f.code, f.report.path) for f in gone] == [("SUM001", "báo cáo.txt")]
    assert list_gone([check(FRONT + SLIP)], before) == ()


GOOD = '[[waiver]]\nfinding = "a"\nreason = "b"\nowner = "c"\n'


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "chấp nhận.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_of_waivers(tmp_path: Path) -> None:
    text = '[[waiver]]\nfinding = "SUM001-ab"\nreason = "đính chính"\nowner = "Phòng"\nexpires = 2026-12-31\n'
    assert load_waivers(write(tmp_path, text)) == (
        Waiver("SUM001-ab", "đính chính", "Phòng", date(2026, 12, 31)),
    )
    assert load_waivers(write(tmp_path, "")) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[waiver]\n", "not TOML"),
        ("x = 1\n", "only [[waiver]] tables"),
        (GOOD + '\n[[waiver]]\nreason = "b"\n', "line 6: a waiver needs 'finding'"),
        ('[[waiver]]\nfinding = "a"\nreason = ""\nowner = "c"\n', "line 1: a waiver needs 'reason'"),
        ('[[waiver]]\nfinding = "a"\nreason = "b"\nowner = "c"\nuntil = 1\n', "'until' is no key"),
        ('[[waiver]]\nfinding = "a"\nreason = "b"\nowner = "c"\nexpires = "mai"\n', "'expires' is a date"),
    ],
)  # fmt: skip
def test_a_wrong_file_of_waivers_says_what_and_where(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(UsageError) as error:
        load_waivers(write(tmp_path, text))
    assert words in str(error.value)


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        load_waivers(tmp_path / "không có.toml")
