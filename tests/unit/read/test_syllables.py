from __future__ import annotations

import pytest

from docanalyze.read.syllables import grade_text, is_syllable


@pytest.mark.parametrize(
    "word", ["nghiêng", "khuỷu", "thuở", "giếng", "quyển", "hoà", "hòa", "ươm", "yếu", "gì", "quốc", "oẳn"]
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["n©ng", "phßng", "khng", "tinhh", "gdp", "vớíi", "wto"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_grades() -> None:
    assert grade_text("Giá trị sản xuất của huyện đạt 52,06% kế hoạch") == 1.0
    low = grade_text("Uû ban nh©n d©n huyÖn ®· chØ ®¹o c¸c ngµnh, x· tËp trung thu ng©n s¸ch")
    assert low is not None
    assert low < 0.6
    assert grade_text("12 34 56") is None
