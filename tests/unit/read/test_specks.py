"""Specks read as marks, told by their ink, on a line of type of 54 pixels."""

from __future__ import annotations

import numpy as np
import pytest

from docanalyze.read.picture import Prepared
from docanalyze.read.specks import split_at_specks
from docanalyze.read.tesseract import Char

SIZE, BASE = 54.0, 100


def read(text: str, *inks: tuple[int, int, int, int]) -> list[str]:
    """Return the parts of a word whose letters stand 20 pixels apart; `inks` are x, top, width, height."""
    grey = np.full((160, 400), 255, dtype=np.uint8)
    for x, top, width, height in inks:
        grey[top : top + height, x : x + width] = 0
    word = tuple(Char(text[i], 20 * i, BASE - 36, 20 * i + 18, BASE + 10, 0.9) for i in range(len(text)))
    return [
        "".join(char.text for char in part)
        for part in split_at_specks(word, SIZE, BASE, Prepared(grey, 300, 128, 0.0, []))
    ]


def test_a_point_on_the_line_stays() -> None:
    assert read("ha.", (45, BASE - 6, 6, 6)) == ["ha."]


@pytest.mark.parametrize("ink", [(45, BASE - 20, 6, 6), (45, BASE - 3, 3, 3)], ids=["above the line", "tiny"])
def test_a_speck_behind_a_word_goes(ink: tuple[int, int, int, int]) -> None:
    assert read("ha.", ink) == ["ha"]


def test_a_speck_between_two_words_parts_them() -> None:
    assert read("07-ngày", (45, BASE - 20, 3, 5)) == ["07", "ngày"]
    assert read("12/BC-CN", (105, BASE - 16, 14, 5)) == ["12/BC-CN"]


def test_a_colon_without_its_upper_point_is_a_full_stop() -> None:
    assert read("kỳ:", (45, BASE - 6, 6, 6)) == ["kỳ."]
    assert read("kỳ:", (45, BASE - 6, 6, 6), (45, BASE - 25, 6, 6)) == ["kỳ:"]


def test_separators_inside_figures_stay() -> None:
    assert read("2,7", (25, BASE - 20, 2, 2)) == ["2,7"]


def test_ink_of_more_than_the_mark_says_nothing() -> None:
    assert read("so.", (45, BASE - 25, 25, 25)) == ["so."]
