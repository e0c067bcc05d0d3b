"""REP002, REP003: figures of the text that a table prints too, and ratios over a row of it."""

from __future__ import annotations

import pytest
from msgspec import UNSET

from docanalyze.check.catalogue import CHECKS
from docanalyze.check.run import run_checks
from docanalyze.core.relation import Finding, Relation
from docanalyze.lexicon import load_lexicon
from tests.unit.check.tables import make_table, put_after

TABLE = make_table(
    ("TT", "Chỉ tiêu", "Kế hoạch năm 2023", "Thực hiện 6 tháng năm 2022", "Thực hiện 6 tháng năm 2023"),
    (
        ("1", "Thu ngân sách trên địa bàn", "175,00", "91,96", "98,46"),
        ("2", "Chi ngân sách địa phương", "620,00", "290,15", "312,40"),
    ),
    unit="tỷ đồng",
)


def run(text: str, code: str) -> tuple[list[Relation], list[Finding]]:
    """Return the relations and findings of a code between a text and the table."""
    analysis = run_checks(put_after(text, TABLE), CHECKS, load_lexicon())
    assert analysis.relations is not UNSET
    assert analysis.findings is not UNSET
    return (
        [relation for relation in analysis.relations if relation.code == code],
        [finding for finding in analysis.findings if finding.code == code],
    )


def test_a_figure_of_the_text_is_that_of_the_row_with_its_name() -> None:
    relations, findings = run("Thu ngân sách trên địa bàn đạt 98,46 tỷ đồng.", "REP002")
    assert [relation.arithmetic for relation in relations] == ["98,46 = 98,46"]
    assert not findings


def test_a_coarser_figure_of_the_text_agrees() -> None:
    relations, findings = run("Thu ngân sách trên địa bàn đạt 98,5 tỷ đồng.", "REP002")
    assert [relation.verdict for relation in relations] == ["holds"]
    assert not findings


def test_digits_swapped_against_the_table_are_told() -> None:
    _, findings = run("Thu ngân sách trên địa bàn đạt 94,86 tỷ đồng.", "REP002")
    assert [finding.arithmetic for finding in findings] == ["94,86 ≠ 98,46"]
    assert findings[0].severity == "warning"
    assert [evidence.text for evidence in findings[0].evidence] == ["94,86 tỷ đồng", "98,46"]


@pytest.mark.parametrize("figure", ["160", "178,00", "83,20"])
def test_another_figure_of_the_name_is_no_misprint(figure: str) -> None:
    _, findings = run(f"Thu ngân sách trên địa bàn đạt {figure} tỷ đồng.", "REP002")
    assert not findings


def test_another_name_is_another_figure() -> None:
    relations, _ = run("Thu tiền sử dụng đất đạt 94,86 tỷ đồng.", "REP002")
    assert not relations


def test_ratios_of_the_text_follow_from_the_row() -> None:
    text = "Thu ngân sách trên địa bàn đạt 98,46 tỷ đồng, đạt 56,26% kế hoạch, tăng 7,07% so với cùng kỳ."
    relations, findings = run(text, "REP003")
    assert [relation.arithmetic for relation in relations] == [
        "98,46 / 175,00 × 100 = 56,26", "98,46 / 91,96 × 100 - 100 = 7,07",
    ]  # fmt: skip
    assert not findings


def test_a_ratio_that_one_slip_explains_is_told() -> None:
    text = "Thu ngân sách trên địa bàn đạt 98,46 tỷ đồng, đạt 65,26% kế hoạch."
    _, findings = run(text, "REP003")
    assert [finding.arithmetic for finding in findings] == ["98,46 / 175,00 × 100 = 56,26 ≠ 65,26"]
    assert findings[0].suggestion is not None
    assert findings[0].suggestion.replacement == "56,26"
