from __future__ import annotations

import pytest

from docanalyze.read.grade import is_possible, measure_damage
from docanalyze.read.syllables import mend_tone
from tests.benchmarks.layers import grade_pdf, make_pages


def test_forty_pages_are_graded_right() -> None:
    """The thresholds were chosen on other pages: those of corpus/dev."""
    graded = [(what, wanted, grade_pdf(data)[0]) for what, wanted, data in make_pages()]
    assert len(graded) == 40
    assert [row for row in graded if row[1] != row[2]] == []


@pytest.mark.parametrize(
    "word", ["nghiêng", "TP", "QĐ", "kWh", "m2", "CO2", "30ha", "ha", "đ", "UBND", "Quốc"]
)
def test_what_can_stand_in_a_paper(word: str) -> None:
    assert is_possible(word)


@pytest.mark.parametrize("word", ["tiêp", "câp", "th6ng", "nãm1a", "cụạ", "xqzw", "tạcp", "việC"])
def test_what_cannot(word: str) -> None:
    assert not is_possible(word)


def test_a_name_that_comes_back_is_no_damage() -> None:
    assert measure_damage("Khmer Chol Khmer Chol dân tộc Khmer và Chol ở xã") == (11, 0)


@pytest.mark.parametrize(
    ("read", "meant"), [("nhât", "nhất"), ("quyêt", "quyết"), ("Đươc", "Đước"), ("cac", "cac")]
)
def test_a_lost_acute_comes_back(read: str, meant: str) -> None:
    assert mend_tone(read) == meant
