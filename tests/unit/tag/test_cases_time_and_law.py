"""Annotated sentences of dates, periods and legal references: the spans and values a linguist marked."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from docanalyze.lexicon import load_lexicon
from docanalyze.tag.dates import find_dates
from docanalyze.tag.legal_refs import find_legal_refs
from docanalyze.tag.periods import find_periods

CASES = Path(__file__).parents[2] / "cases" / "tag"
TAGGERS = {"dates": find_dates, "periods": find_periods, "legal_refs": find_legal_refs}
_MARK = re.compile(r"\[\[(.*?)\]\]", re.S)


def read_cases() -> list[Any]:
    rows = []
    for name in TAGGERS:
        for case in tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]:
            rows.append(pytest.param(name, case["text"], case["expect"], id=f"{name}: {case['text'][:50]!r}"))
    return rows


@pytest.mark.parametrize(("name", "marked", "expect"), read_cases())
def test_case(name: str, marked: str, expect: list[dict[str, Any]]) -> None:
    text = _MARK.sub(r"\1", marked)
    spans, removed = [], 0
    for found in _MARK.finditer(marked):
        start = found.start() - removed
        spans.append((start, start + len(found[1])))
        removed += 4
    mentions = list(TAGGERS[name](text, load_lexicon()))
    assert [m.text for m in mentions] == [text[a:b] for a, b in spans]
    assert [(m.start, m.end) for m in mentions] == spans
    assert len(expect) == len(spans)
    for mention, keys in zip(mentions, expect, strict=True):
        value = msgspec.to_builtins(mention.value)
        for key, wanted in keys.items():
            got = value.get(key, "")
            assert (list(got) if isinstance(got, tuple) else got) == wanted, (mention.text, key)
