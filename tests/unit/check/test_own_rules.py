"""An auditor's own rules: the language, what they find, and what a wrong file is told."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

import docanalyze
from docanalyze.check.own_rules import load_rules
from docanalyze.core.analysis import Analysis
from docanalyze.core.errors import MissingPart, UsageError

ROOT = Path(__file__).resolve().parents[3]
TEXT = (
    "Thu nội địa 6 tháng đầu năm 2023 đạt 1.200 tỷ đồng.\n\n"
    "Thu xuất nhập khẩu 6 tháng đầu năm 2023 đạt 300 tỷ đồng.\n\n"
    "Tổng thu ngân sách 6 tháng đầu năm 2023 đạt {total} tỷ đồng.\n"
)
BOMB = "a: &a [1, 2]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in pairwise("abcdefgh")
)
RULE = """
rules:
  - id: thu-01
    message: {{vi: Thu nội địa cộng thu xuất nhập khẩu phải bằng tổng thu, en: The revenues do not add up}}
    figures:
      noi_dia: thu nội địa
      xnk: {{name: "thu xuất nhập khẩu", basis: actual}}
      tong: tổng thu ngân sách*
    check: {check}
    {more}
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "quy tắc.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def check(tmp_path: Path, total: str, equation: str = "noi_dia + xnk = tong", more: str = "") -> Analysis:
    rules = load_rules(write(tmp_path, RULE.format(check=equation, more=more)))
    return docanalyze.analyze_bytes(TEXT.format(total=total).encode(), name="x.txt", checks=rules)


def test_a_sum_that_holds_is_a_relation(tmp_path: Path) -> None:
    analysis = check(tmp_path, "1.500")
    (relation,) = analysis.relations or ()
    assert (relation.code, relation.verdict, relation.arithmetic) == (
        "OWN-THU-01",
        "holds",
        "1.200 + 300 = 1.500",
    )
    assert [operand.role for operand in relation.operands] == ["noi_dia", "xnk", "tong"]
    assert analysis.findings == ()


def test_a_sum_that_fails_is_a_finding(tmp_path: Path) -> None:
    (finding,) = check(tmp_path, "1.700").findings or ()
    assert (finding.code, finding.severity) == ("OWN-THU-01", "error")
    assert "1.200 + 300 ≠ 1.700" in finding.message.vi
    assert finding.message.en.startswith("The revenues do not add up")
    assert len(finding.evidence) == 3


@pytest.mark.parametrize(
    ("total", "equation", "more", "holds"),
    [
        ("1.700", "noi_dia + xnk <= tong", "", True),
        ("1.400", "noi_dia + xnk <= tong", "", False),
        ("1.400", "tong >= 1.5 * xnk", "", True),
        ("1.500", "noi_dia / tong * 100 = 80", "", True),
        ("1.510", "noi_dia + xnk = tong", "tolerance: 1 %", True),
        ("1.530", "noi_dia + xnk = tong", "tolerance: 1 %", False),
        ("1.510", "noi_dia + xnk = tong", "tolerance: 10000000000", True),
        ("1.500,4", "noi_dia + xnk = tong", "", True),
        ("1.500", "tong - xnk - noi_dia > 10000000000", "", False),
    ],
)
def test_comparisons_and_tolerances(
    tmp_path: Path, total: str, equation: str, more: str, holds: bool
) -> None:
    verdicts = [relation.verdict for relation in check(tmp_path, total, equation, more).relations or ()]
    assert verdicts == ["holds" if holds else "fails"]


def test_severity_is_the_rule_s(tmp_path: Path) -> None:
    (finding,) = check(tmp_path, "1.700", more="severity: info").findings or ()
    assert finding.severity == "info"


def test_figures_of_other_periods_are_not_mixed(tmp_path: Path) -> None:
    rules = load_rules(write(tmp_path, RULE.format(check="noi_dia + xnk = tong", more="")))
    text = TEXT.format(total="1.700").replace(
        "Tổng thu ngân sách 6 tháng đầu năm 2023", "Tổng thu ngân sách năm 2022"
    )
    assert docanalyze.analyze_bytes(text.encode(), name="x.txt", checks=rules).relations == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("rules: [", "line 1, column 9"),
        ("rules: {a: 1}", "line 1, column 8: 'rules' is a list"),
        ("other: []", "line 1, column 1: 'other' is no key here"),
        ("rules:\n  - id: x\n    message: m\n    figures: {}\n", "line 2, column 5: a rule needs 'check'"),
        ("rules:\n  - {id: x, message: m, figures: {a: n}, check: a = b}", "'b' is none of the figures"),
        ("rules:\n  - {id: x, message: m, figures: {a: n}, check: a + 1}", "one of = <="),
        ("rules:\n  - {id: x, message: m, figures: {a: n}, check: 'a = (1'}", "not an equation"),
        ("rules:\n  - {id: x, message: m, figures: {a: n}, check: 'a = open(1)'}", "only figures, numbers"),
        ("rules:\n  - {id: x, message: m, figures: {a: n}, check: a = 1, severity: bad}", "'bad' is none of"),
        ("rules:\n  - {id: x, message: m, figures: {a: n}, check: a = 1, tolerance: much}", "a tolerance is"),
        ("rules:\n  - {id: 1 2, message: m, figures: {a: n}, check: a = 1}", "is no id"),
        ("rules:\n  - {id: x, message: m, check: a = 1, figures: {a: {name: n, period: q}}}", "is no period"),
        ("rules:\n" + 2 * "  - {id: x, message: m, figures: {}, check: 1 = 1}\n", "line 3, column 5: the id"),
        (BOMB, "too deep or too long"),
        ("rules: &r [*r]", "too deep or too long"),
    ],
)  # fmt: skip
def test_a_wrong_file_says_where(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(UsageError) as error:
        load_rules(write(tmp_path, text))
    assert words in str(error.value)


def test_an_empty_file_has_no_rules(tmp_path: Path) -> None:
    assert load_rules(write(tmp_path, "# chưa có\n")) == ()


def test_without_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "yaml", None)
    with pytest.raises(MissingPart, match=r"docanalyze\[audit\]"):
        load_rules(write(tmp_path, "rules: []"))


def test_the_examples_of_the_manual_do_what_it_says(tmp_path: Path) -> None:
    """Each example in CHECKS.md is a file of rules and two reports: one silent, one that fires."""
    page = (ROOT / "CHECKS.md").read_text(encoding="utf-8").split("## Your own rules")[1]
    examples = re.findall(r"```yaml\n(.*?)```\n+Silent: `(.*?)`\n+Fires: `(.*?)`", page, re.DOTALL)
    assert len(examples) == 3
    for yaml, silent, fires in examples:
        rules = load_rules(write(tmp_path, yaml))
        for text, verdict in ((silent, "holds"), (fires, "fails")):
            analysis = docanalyze.analyze_bytes(text.encode(), name="x.txt", checks=rules)
            assert [relation.verdict for relation in analysis.relations or ()] == [verdict], (yaml, text)
