"""The first looks that save patterns their search leave nothing out: all is the same without them."""

from __future__ import annotations

from pathlib import Path

import pytest

import docanalyze
from docanalyze.check.facts import Facts
from docanalyze.core.passages import Passages
from docanalyze.lexicon import load_lexicon
from docanalyze.lexicon.cues import cue_pattern, cue_words

DEV = Path(__file__).resolve().parents[3] / "corpus" / "dev"
SAID = """Thu 6 tháng đầu năm đạt 120 tỷ đồng, mỗi xã 12 tỷ đồng; lũy kế 9 tháng 180 tỷ đồng.
Kỳ trước chuyển sang 40 đơn, nhận mới 60 đơn, tổng số phải giải quyết 100 đơn, còn lại 30 đơn.
Không kể tiền đất thì thu 90 tỷ đồng, bằng 75% kế hoạch (120 tỷ đồng), trong đó: thuế 60 tỷ, phí 30 tỷ."""


def test_first_looks_leave_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [(path.name, path.read_bytes()) for path in sorted(DEV.glob("*.txt"))]
    reports.append(("said.txt", SAID.encode()))

    def run() -> list[str | bytes]:
        return [docanalyze.to_json(docanalyze.analyze_bytes(data, name=name)) for name, data in reports]

    quick = run()
    monkeypatch.setattr(Passages, "holding", lambda self, *words: frozenset(self._names))
    monkeypatch.setattr(Facts, "sentences_in_roles", lambda self, *roles: self.by_sentence)
    assert run() == quick


@pytest.mark.parametrize(
    "name", ["base", "against", "plan", "complete", "partial", "opening", "rest", "balance"]
)
def test_each_cue_holds_one_of_its_words(name: str) -> None:
    lexicon = load_lexicon()
    words = cue_words(lexicon, name)
    for cue in lexicon["cues"][name]["words"]:
        assert cue_pattern(lexicon, name).search(cue)
        assert any(word in cue for word in words)
    assert not any(one in two for one in words for two in words if one != two)
