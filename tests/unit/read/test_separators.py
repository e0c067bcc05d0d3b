"""Points and commas of figures told by their ink, on a line of type of 54 pixels."""

from __future__ import annotations

import numpy as np
import pytest

from docanalyze.read.lone import find_lone
from docanalyze.read.picture import Prepared
from docanalyze.read.separators import join_torn, mend_separators
from docanalyze.read.tesseract import Char, Word

SIZE, BASE = 54.0, 100
COMMA, POINT = (BASE - 7, 7, 13), (BASE - 6, 6, 6)
"""Top, width and height of their ink."""


def mend(text: str, printed: str) -> Word:
    """Return the word read as `text` where `printed` stands in ink: digits as bars, 26 pixels apart."""
    grey = np.full((160, 500), 255, dtype=np.uint8)
    x, places = 10, []
    for sign in printed:
        if sign.isdigit():
            grey[BASE - 36 : BASE, x : x + 18] = 0
            places.append(x)
            x += 22
        else:
            top, width, height = COMMA if sign == "," else POINT
            grey[top : top + height, x : x + width] = 0
            x += 10
    at, word = -1, []
    for sign in text:
        at += sign.isdigit()
        word.append(Char(sign, places[at], BASE - 36, places[at] + 18, BASE, 0.95))
    return mend_separators(tuple(word), SIZE, Prepared(grey, 300, 128, 0.0, []))


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("979", "97,9"), ("3.789.4", "3.789,4"), ("6:027,4", "6.027,4"), ("94;46", "94,46"),
        ("1700", "1.700"), ("2,7", "2,7"), ("5145", "5145"),
    ],
)  # fmt: skip
def test_marks_are_as_their_ink(read: str, printed: str) -> None:
    word = mend(read, printed)
    assert "".join(char.text for char in word) == printed


def test_a_mended_mark_is_held_unsure() -> None:
    assert min(char.confidence for char in mend("979", "97,9")) <= 0.6
    assert min(char.confidence for char in mend("97,9", "97,9")) == 0.95


def test_what_would_be_no_figure_stays() -> None:
    # A speck on the line parts no year.
    assert "".join(char.text for char in mend("2024", "20.24")) == "2024"


def test_a_speck_between_digits_that_stand_close_is_no_comma() -> None:
    grey = np.full((160, 500), 255, dtype=np.uint8)
    for x in (10, 34):
        grey[BASE - 36 : BASE, x : x + 18] = 0
    grey[BASE - 6 : BASE + 6, 29:33] = 0
    word = tuple(Char(text, x, BASE - 36, x + 18, BASE, 0.95) for text, x in (("0", 10), ("6", 34)))
    assert mend_separators(word, SIZE, Prepared(grey, 300, 128, 0.0, [])) == word


def test_digits_that_touch_leave_the_word() -> None:
    grey = np.full((160, 500), 255, dtype=np.uint8)
    grey[BASE - 36 : BASE, 10:60] = 0
    grey[BASE - 7 : BASE + 6, 64:71] = 0
    word = tuple(Char("9", x, BASE - 36, x + 18, BASE, 0.95) for x in (10, 32, 74))
    assert mend_separators(word, SIZE, Prepared(grey, 300, 128, 0.0, [])) == word


def test_a_number_alone_in_white_is_found_unless_it_was_read() -> None:
    grey = np.full((600, 600), 255, dtype=np.uint8)
    grey[500:536, 300:318] = 0
    ready = Prepared(grey, 300, 128, 0.0, [])
    assert find_lone(ready, []) == [(300, 500, 318, 536)]
    assert find_lone(ready, [[(Char("2", 300, 500, 318, 536, 0.9),)]]) == []
    grey[500:536, 330:600] = 0
    assert find_lone(ready, []) == []


def join(left: str, right: str, gap: int) -> list[str]:
    """Return the words that are read as two where digits as bars stand `gap` pixels apart."""
    grey = np.full((160, 500), 255, dtype=np.uint8)
    words: list[Word] = []
    x = 10
    for text in (left, right):
        word = []
        for sign in text:
            width = 18 if sign.isdigit() else 6 if sign in ".," else -3
            top = BASE - 36 if sign.isdigit() else BASE - 6
            if sign.isdigit() or sign in ".,":
                grey[top:BASE, x : x + width] = 0
            word.append(Char(sign, x, top, x + max(width, 1), BASE, 0.99))
            x += width + 3
        words.append(tuple(word))
        x += gap - 3
    joined = join_torn(words, SIZE, Prepared(grey, 300, 128, 0.0, []))
    return ["".join(char.text for char in word) for word in joined]


@pytest.mark.parametrize(
    ("left", "right", "gap", "joined"),
    [
        ("7,", "24%", 5, ["7,24%"]), ("đạt37.", "286", 4, ["đạt37.286"]), ("11", ",46", 5, ["11,46"]),
        ("12,", ".5%", 5, ["12,5%"]), ("37.", "-286", 5, ["37.286"]),
        # A space stands between.
        ("2.", "350", 14, ["2.", "350"]), ("2023", "576,18", 16, ["2023", "576,18"]),
        # No figure on one side.
        ("xã,", "24", 5, ["xã,", "24"]), ("7,", "ha", 5, ["7,", "ha"]),
    ],
)  # fmt: skip
def test_a_figure_torn_without_a_space_is_one(left: str, right: str, gap: int, joined: list[str]) -> None:
    assert join(left, right, gap) == joined
