"""What counts on, what is small or a box to tick: told by neighbours and by ink."""

from __future__ import annotations

import numpy as np
import pytest

from docanalyze.read.checkboxes import CHECKBOX, mend_checkbox
from docanalyze.read.labels import mend_cells, mend_labels
from docanalyze.read.letter_case import mend_case
from docanalyze.read.lone import find_passed_over
from docanalyze.read.picture import Prepared
from docanalyze.read.recognised import _is_sound
from docanalyze.read.sheets import Cut, fills
from docanalyze.read.tesseract import Char, Word


def make_word(text: str, *, x0: int = 0, top: int = 0, high: int = 30, wide: int = 20) -> Word:
    return tuple(
        Char(c, x0 + wide * i, top, x0 + wide * (i + 1), top + high, 0.9) for i, c in enumerate(text)
    )


def make_page(ink: np.ndarray) -> Prepared:
    grey = np.where(ink, 0, 255).astype(np.uint8)
    return Prepared(grey=grey, dpi=300, skew=0.0, rulings=[], threshold=128)


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("a) b) c) đ) đ) e)", "a) b) c) d) đ) e)"),
        ("2. 8) b)", "2. a) b)"),
        ("a) b) e) d)", "a) b) c) d)"),
        ("7. 8. 8) 9)", "7. 8. a) 9)"),
        ("I. 2. 3.", "1. 2. 3."),
        ("I. II. III.", "I. II. III."),
        ("I. 1. 2.", "I. 1. 2."),
        ("đ) e) g)", "đ) e) g)"),
        ("c) e)", "c) e)"),
    ],
)
def test_labels_by_their_neighbours(read: str, printed: str) -> None:
    assert " ".join(mend_labels([[word] for word in read.split()])) == printed


def test_the_first_clause_of_an_article_is_no_roman_number() -> None:
    assert mend_labels([["Điều", "12."], ["lượng"], ["I.", "Việc"]])[2] == "1."


def lay_cells(*rows: tuple[str, ...]) -> tuple[list[Cut], dict[int, list[list[Word]]]]:
    cells: list[Cut] = []
    found: dict[int, list[list[Word]]] = {}
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            grey = np.zeros((30, 20 * len(text)), dtype=np.uint8)
            found[len(cells)] = [[make_word(text, x0=200 * x, top=60 * y)]]
            cells.append(Cut(200 * x, 60 * y, grey))
    return cells, found


def texts_of(found: dict[int, list[list[Word]]]) -> list[str]:
    return ["".join(char.text for char in found[i][0][0]) for i in sorted(found)]


def test_cells_that_count_on() -> None:
    cells, found = lay_cells(("q)", "(2)", "@)", "(4)"), ("|", "thóc", "12", "13"), ("2", "ngô", "4", "5"))
    mend_cells(cells, found)
    assert texts_of(found)[:5] == ["(1)", "(2)", "(3)", "(4)", "1"]
    assert texts_of(found)[5:] == ["thóc", "12", "13", "2", "ngô", "4", "5"]


def test_a_running_number_that_was_not_read_is_told_by_those_around() -> None:
    rows = [("3", "lúa", "9"), ("4", "ngô", "8"), ('"', "sắn", "x"), ("6", "đậu", "6")]
    cells, found = lay_cells(*rows)
    mend_cells(cells, found)
    assert texts_of(found)[6:9] == ["5", "sắn", "x"]
    rows[2] = ("-", "sắn", "x")
    cells, found = lay_cells(*rows)
    mend_cells(cells, found)
    assert texts_of(found)[6] == "-"


def test_losses_in_brackets_are_no_numbers_of_columns() -> None:
    cells, found = lay_cells(("(2)", "18", "(5)", "q)"), ("|", "thóc", "12", "13"))
    mend_cells(cells, found)
    assert texts_of(found) == ["(2)", "18", "(5)", "q)", "|", "thóc", "12", "13"]


def test_capitals_as_low_as_small_letters_are_small() -> None:
    words = [make_word("phối", high=30), make_word("hợp", high=30), make_word("VỚI", high=22)]
    assert mend_case(words, ["phối", "hợp", "VỚI"], 45) == ["phối", "hợp", "với"]
    words[-1] = make_word("VỚI", high=31)
    assert mend_case(words, ["phối", "hợp", "VỚI"], 45) == ["phối", "hợp", "VỚI"]
    assert mend_case(words[2:], ["VỚI"], 90) == ["VỚI"]


def test_a_hollow_square_is_a_box_to_tick() -> None:
    ink = np.zeros((100, 100), dtype=bool)
    ink[20:60, 30:70] = True
    ink[23:57, 33:67] = False
    word = make_word("L1", x0=30, top=20, high=40)
    (box,) = mend_checkbox(word, 45, make_page(ink))
    assert (box.text, box.x0, box.x1) == (CHECKBOX, 30, 70)
    ink[20:23, 45:70] = False
    assert mend_checkbox(word, 45, make_page(ink)) == word


def test_letters_that_no_word_covers_are_found() -> None:
    ink = np.zeros((600, 900), dtype=bool)
    for x in range(200, 400, 30):
        ink[200:225, x : x + 20] = True
    ink[400:425, 200:220] = True
    (box,) = find_passed_over(make_page(ink), [])
    assert max(box[:2]) <= 200
    assert (box[2] >= 400, box[3] >= 225) == (True, True)
    assert find_passed_over(make_page(ink), [[make_word("phụlục", x0=195, top=195, high=40, wide=36)]]) == []


def make_line(text: str, confidence: float) -> list[Word]:
    return [tuple(Char(c, 0, 0, 9, 9, confidence) for c in word) for word in text.split()]


@pytest.mark.parametrize(
    ("text", "confidence", "sound"),
    [
        ("Mục 2", 0.98, True),
        ("trì lự", 0.9, False),
        ("Phụ lục H", 0.96, True),
        ("š¿ Rb4 mx lự", 0.96, False),
        ("các xã, phường trực thuộc", 0.7, False),
    ],
)
def test_what_is_taken_of_lines_passed_over(text: str, confidence: float, sound: bool) -> None:
    assert _is_sound(make_line(text, confidence)) is sound


def test_a_figure_below_a_word_is_not_all_of_its_cell() -> None:
    one, two = (Cut(0, 0, np.zeros((high, 120), dtype=np.uint8)) for high in (39, 90))
    figure = [[make_word("12054")]]
    assert fills(figure, one)
    assert not fills(figure, two)
    assert fills([[make_word("-", high=4)]], one)
