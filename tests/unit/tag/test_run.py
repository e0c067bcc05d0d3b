from __future__ import annotations

import pytest

from docanalyze import TAGGERS, LegalRef, load_lexicon
from docanalyze.tag import run

PARAGRAPH = (
    "Thực hiện Chỉ thị số 27-CT/TU ngày 19/10/2022 của Ban Thường vụ Tỉnh ủy, thu ngân sách đạt 91,38 "
    "tỷ đồng, bằng 52,22% dự toán; tiếp 421 lượt người.\n\n"
)


def test_a_long_text_is_read_in_stretches_with_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    text = PARAGRAPH * 40
    whole = run.run_taggers(text, load_lexicon(), TAGGERS)
    monkeypatch.setattr(run, "STRETCH", 500)
    assert run.run_taggers(text, load_lexicon(), TAGGERS) == whole
    for mention in whole:
        assert text[mention.start : mention.end] == mention.text
        if isinstance(mention, LegalRef):
            assert mention.value.full is not None
            assert mention.value.full.of(text).endswith("Ban Thường vụ Tỉnh ủy")


def test_without_a_blank_line_nothing_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    text = PARAGRAPH.replace("\n\n", " ") * 3
    monkeypatch.setattr(run, "STRETCH", 50)
    assert [m.text for m in run.run_taggers(text, load_lexicon(), TAGGERS)].count("52,22%") == 3
