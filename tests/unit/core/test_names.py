"""Names folded word by word are folded as a whole."""

from __future__ import annotations

import unicodedata

import pytest

from docanalyze.core import names


@pytest.mark.parametrize(
    "text",
    [
        "Thu  ngân sách",
        "ĐỒNG/người",
        "(12,5%) \u00a0 – Hoà, hòa",
        "k\u1ebf\u0323ho\u1ea1ch",
        "",
        "α\u03a3 x",
        "①½²",
    ],
)
def test_words_folded_one_by_one(text: str) -> None:
    plain = text.lower().replace("đ", "d")
    bare = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    assert names.fold_name(text) == " ".join(bare.split())
    assert names.fold_words(text) == set("".join(c if c.isalnum() else " " for c in bare).split())


def test_only_so_many_words_are_kept() -> None:
    folded = names._Folded(names._Letters(spaced=False), most=3)
    assert [folded[word] for word in ("xã", "bão", "lũ", "đê", "xã")] == ["xa", "bao", "lu", "de", "xa"]
    assert len(folded) <= 3
