"""Words looked for in many short texts at once."""

from __future__ import annotations

import random

from docanalyze.core.passages import Passages


def test_a_word_is_found_where_the_text_holds_it() -> None:
    dice = random.Random(7)
    syllables = ["cộng", "cộng lại", "tổng", "mỗi", "xã", "đạt", ",", "6 tháng"]
    for _ in range(50):
        texts = {f"m{at}": " ".join(dice.choices(syllables, k=dice.randrange(5))) for at in range(8)}
        words = tuple(dice.sample(["cộng", "cộng lại", "ổng", "xã đạt", "tháng", "không"], 3))
        expected = {name for name, text in texts.items() if any(word in text for word in words)}
        assert Passages(texts).holding(*words) == expected


def test_no_word_reaches_over_the_end_of_a_text() -> None:
    assert not Passages({"one": "tổng", "two": "cộng"}).holding("tổng cộng", "tổngcộng")


def test_no_text_holds_nothing() -> None:
    assert Passages({}).holding("tổng") == frozenset()
