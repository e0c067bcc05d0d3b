"""The planted errors: numerals change as they should, only broken relations count, findings are judged."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from msgspec import UNSET

from corpus.tools.values import read_numeral
from docanalyze import Analysis
from docanalyze.core.relation import Evidence, Finding, ReportName, Suggestion, Text
from tests import planted

SOURCE = planted.CORPUS / "dev" / "bau-say-2022-h1.report"


@pytest.mark.parametrize("mode", planted.MODES)
@pytest.mark.parametrize("numeral", ["5.145,10", "58,12", "2.674", "1.234.567", "12,5"])
def test_a_changed_numeral_is_another_number(mode: str, numeral: str) -> None:
    for seed in range(20):
        changed = planted.change_numeral(numeral, mode, random.Random(seed))
        if changed is not None:
            assert read_numeral(changed) is not None
            assert read_numeral(changed) != read_numeral(numeral)


@pytest.mark.parametrize(
    ("numeral", "mode", "changed"),
    [("5.145,10", "separator", "51.451,0"), ("1.179", "separator", "1,179"), ("12,5", "separator", "1,25"),
     ("7", "swap", None), ("7", "drop", None), ("44", "swap", None), ("12", "swap", "21")],
)  # fmt: skip
def test_numerals_change_in_known_ways(numeral: str, mode: str, changed: str | None) -> None:
    assert planted.change_numeral(numeral, mode, random.Random(0)) == changed


def first_sum() -> planted.Planting:
    plantings = planted.find_plantings(SOURCE, random.Random(0))
    return next(p for p in plantings if p.code == "SUM" and p.role == "part" and planted.plant(p))


def neighbours(planting: planted.Planting) -> list[str]:
    """Return the other figures of the planting's relation, as printed."""
    plantings = planted.find_plantings(SOURCE, random.Random(0))
    return [p.before for p in plantings if p.number == planting.number and p.before != planting.before]


def test_only_what_breaks_its_relation_is_planted() -> None:
    planting = first_sum()
    changed = planted.plant(planting)
    assert changed is not None
    _, reference, relation = changed
    assert relation.verdict == "fails"
    assert planting.after in reference.text
    figure = Decimal(read_numeral(planting.before) or 0)
    slight = str(figure + Decimal("0.01")).replace(".", ",")
    assert planted.plant(_with(planting, slight)) is None


def _with(planting: planted.Planting, after: str) -> planted.Planting:
    return planted.Planting(**{**vars(planting), "after": after})


def test_findings_are_judged_by_place_and_by_what_they_suggest(monkeypatch: pytest.MonkeyPatch) -> None:
    planting = first_sum()
    plain = planted.analyze

    def pretend(analysis: Analysis, *, on: str, value: str) -> Analysis:
        assert analysis.mentions is not UNSET
        mention = next(m for m in analysis.mentions if m.text.startswith(on))
        finding = Finding(
            id="f1", report=ReportName(path="", sha256=""), code="SUM001", family="arithmetic",
            severity="error", message=Text(vi="", en=""),
            evidence=(Evidence(role="part", start=mention.start, end=mention.end, text=mention.text),),
            suggestion=Suggestion(kind="swap", mention=mention.id, value=value, replacement=""),
        )  # fmt: skip
        return msgspec.structs.replace(analysis, findings=(finding,))

    def outcome(on: str, value: str) -> tuple[bool, bool, bool]:
        monkeypatch.setattr(
            planted, "analyze", lambda *args, **kwargs: pretend(plain(*args, **kwargs), on=on, value=value)
        )
        judged = planted.judge(planting, frozenset(), through="text")
        assert judged is not None
        return judged.raised, judged.localised, judged.suggested

    old = str(read_numeral(planting.before))
    assert outcome(planting.after, old) == (True, True, True)
    assert outcome(planting.after, "1") == (True, True, False)
    other = neighbours(planting)[0]
    assert outcome(other, old) == (True, False, False)


def test_the_summary_counts_by_code_and_mode() -> None:
    planting = first_sum()
    outcomes = [planted.Outcome(planting, True, True, False), planted.Outcome(planting, False, False, False)]
    table = planted.summarise(outcomes)
    assert table["SUM"] == table[f"mode {planting.mode}"] == table["all"]
    assert table["all"] == {"planted": 2, "recall": 0.5, "localised": 0.5, "suggested": 0.0}
    assert Path(planting.source).is_file()
