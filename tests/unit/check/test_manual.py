"""The manual of the checks is current and complete."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import docanalyze
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.manual import read_entry, write_manual
from docanalyze.check.rules import Rule
from docanalyze.core.relation import Text

ROOT = Path(__file__).resolve().parents[3]
CODE = re.compile(r"[A-Z]{3}\d{3}")


def test_the_page_is_current() -> None:
    written = (ROOT / "CHECKS.md").read_text(encoding="utf-8")
    assert written == write_manual(docanalyze.CHECKS), "docanalyze check --explain all > CHECKS.md"


def test_every_code_is_in_the_catalogue_once() -> None:
    codes = [code for rule in docanalyze.CHECKS for code in (rule.code, *rule.also)]
    assert [code for code, count in Counter(codes).items() if count > 1] == []
    used = set()
    for path in sorted((ROOT / "docanalyze" / "check").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                used.add(node.value)
    assert used == set(codes)


@pytest.mark.parametrize("rule", docanalyze.CHECKS, ids=[rule.code for rule in docanalyze.CHECKS])
def test_every_check_has_its_four_parts(rule: Rule) -> None:
    entry = read_entry(rule)
    assert "`" in entry.example
    assert rule.fails.vi != rule.fails.en


def test_a_part_that_is_missing_is_named() -> None:
    def find_nothing(facts: Facts) -> Iterator[Claim]:  # pragma: no cover
        """Yield nothing.

        What: nothing.
        Why: no reason.
        """
        yield from ()

    rule = Rule("XYZ001", "nothing", "form", Text(vi="không", en="nothing"), find_nothing)
    with pytest.raises(ValueError, match=r"XYZ001.*find_nothing lacks Tolerance, Example"):
        read_entry(rule)
