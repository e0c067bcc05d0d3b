"""The benchmark's own rules for what a transcript may have in another order."""

from __future__ import annotations

from pathlib import Path

import pytest

from docanalyze.core.span import Box
from tests import factories
from tests.benchmarks.legacy import undo_habits
from tests.benchmarks.transcripts import Word, find_beside, is_drawn_apart, read_across, read_by_place
from tests.factories import Line


def _set(text: str, x: float, top: float, *, aside: bool = False) -> list[Word]:
    """Return the words of a line as read, each in a box of its own."""
    words = text.split(" ")
    return [Word(w, Box(1, x + 40 * i, top, x + 40 * i + 30, top + 12), aside) for i, w in enumerate(words)]


LEFT = _set("UBND HUYỆN", 80, 60) + _set("Số 21", 90, 80)
RIGHT = _set("CỘNG HÒA", 300, 61) + _set("Độc lập", 310, 79)
BODY = _set("Thu ngân sách", 80, 120) + _set("đạt dự toán", 80, 140)
ACROSS = ["UBND", "HUYỆN", "CỘNG", "HÒA", "Số", "21", "Độc", "lập"]


def test_the_halves_of_a_letterhead_stand_side_by_side() -> None:
    assert list(find_beside(LEFT + RIGHT + BODY)) == [range(8)]
    assert list(find_beside(BODY)) == []
    assert [word.text for word in read_across(LEFT + RIGHT)] == ACROSS


def test_cells_of_a_table_are_not_taken_for_halves() -> None:
    assert list(find_beside([word._replace(aside=True) for word in LEFT + RIGHT] + BODY)) == []


@pytest.mark.parametrize("across", [True, False])
def test_halves_are_compared_in_the_transcripts_own_order(across: bool) -> None:
    rest = [word.text for word in BODY]
    wanted = (ACROSS if across else [word.text for word in LEFT + RIGHT]) + rest
    assert undo_habits(Path("none.pdf"), LEFT + RIGHT + BODY, wanted) == wanted


def test_what_is_misread_stays_an_error() -> None:
    wanted = [*ACROSS, "Thu", "ngân", "sách", "đạt", "dự", "toán"]
    wrong = LEFT + RIGHT + [w._replace(text=w.text.replace("ngân", "ngâm")) for w in BODY]
    words = [word for word in wrong if word.text != "ngâm"]
    assert undo_habits(Path("none.pdf"), words, wanted) != wanted


def test_the_page_tells_whose_digits_are_in_order(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(
        factories.make_text_pdf(
            [[Line(72, 700, "1"), Line(90, 700, "3"), Line(80, 700, "5"), Line(72, 600, "7")]]
        )
    )
    box = Box(1, 70, 842 - 715, 100, 842 - 695)
    assert "".join(read_by_place(path, [box, box, None]).split()) == "153"
    assert is_drawn_apart("15,3", "135", "153")
    assert not is_drawn_apart("135", "15,3", "153")
    assert not is_drawn_apart("15,3", "154", "153")
    assert undo_habits(path, [Word("153", box)], ["135"]) == ["135"]
    assert undo_habits(path, [Word("315", box)], ["135"]) == ["315"]


def test_letters_are_compared_in_the_codes_of_tcvn3() -> None:
    assert is_drawn_apart("lý", "ýl", "lý")
    assert is_drawn_apart("vùng", "ùvng", "vïng")
