"""The annotation guideline exists in English and Vietnamese: both must say the same."""

import re
from pathlib import Path

import pytest

from docanalyze.core.mention import KINDS

CORPUS = Path(__file__).parents[2] / "corpus"
ENGLISH = (CORPUS / "guidelines.md").read_text(encoding="utf-8")
VIETNAMESE = (CORPUS / "guidelines.vi.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "pattern",
    [r"^## \d\.", r"^\| `[^|]+` \|", r"^\| [A-Z, ]+ \|", r"^- ", r"^\| ---.*"],
    ids=["sections", "rows", "codes", "points", "tables"],
)
def test_both_guidelines_have_the_same_parts(pattern):
    parts = [re.findall(pattern, text, re.MULTILINE) for text in (ENGLISH, VIETNAMESE)]
    assert parts[0]
    assert parts[0] == parts[1]


@pytest.mark.parametrize("pattern", [r"`[^`]+`", r"⟦[^⟧]+⟧"], ids=["keys", "spans"])
def test_both_guidelines_give_the_same_keys_and_examples(pattern):
    english, vietnamese = (
        {re.sub(r"\s+", " ", found) for found in re.findall(pattern, text)} for text in (ENGLISH, VIETNAMESE)
    )
    assert english
    assert english == vietnamese - {"`guidelines.md`"}


def test_both_guidelines_name_every_kind_of_mention():
    for kind in KINDS:
        assert f"| `{kind}` |" in VIETNAMESE
