"""Words parted by nothing but a narrow gap, on pages without spaces of their own."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import pytest

from docanalyze.core.span import Span
from docanalyze.read.glued import find_glued, insert_spaces, lacks_spaces
from tests import factories
from tests.factories import Line
from tests.unit.read.set_pages import fill, read_pages, texts_of


def boxes_of(lefts: Sequence[float], width: float = 9.0) -> array[float]:
    return array("f", [side for left in lefts for side in (left, 14.0, left + width, 0.0)])


def test_a_space_that_kerning_narrowed_parts_two_words() -> None:
    first, second = "TRÌNH ỦY", "BAN NHÂN DÂN"
    x = 121 + factories.measure_text(first) + 0.14 * 13
    lines = [Line(121, 640, first), Line(x, 640, second)]
    document = read_pages([[*fill(5, 740), *lines, *fill(3, 600, first="Một")]])
    (block,) = (text for text in texts_of(document) if "TRÌNH" in text)
    assert block.endswith("TRÌNH ỦY BAN NHÂN DÂN")
    at = document.text.index("ỦY BAN")
    (box,) = document.places.find_boxes((Span(at + 3, at + 6),))
    assert box.x0 == pytest.approx(x, abs=1)


def test_letters_set_apart_are_one_word() -> None:
    boxes = boxes_of([0, 12, 24, 36, 48])
    assert find_glued("ỦYBAN", [(0, 5)], lambda numbers: boxes) == []
    assert find_glued("ỦYBAN", [(0, 5)], lambda numbers: boxes_of([0, 9, 20, 29, 38])) == [2]
    assert find_glued("nghiêng", [(0, 7)], lambda numbers: boxes_of([0, 9, 20, 29, 38, 47, 56])) == []


def test_a_figure_behind_a_word() -> None:
    assert find_glued("năm2024", [(0, 3), (3, 7)], lambda numbers: boxes_of([0, 11])) == [3]
    assert find_glued("năm2024", [(0, 3), (3, 7)], lambda numbers: boxes_of([0, 9])) == []


def test_a_raised_mark_is_no_figure_behind_a_word() -> None:
    raised = array("f", [0, 14, 9, 0, 11, 18, 15, 10])
    assert find_glued("xã1", [(0, 2), (2, 3)], lambda numbers: raised) == []


def test_spaces_put_in_move_what_follows() -> None:
    assert insert_spaces("ỦYBAN xã2", [0, 2, 6, 8], [2, 5, 8, 9], [2, 8]) == (
        "ỦY BAN xã 2", [0, 3, 7, 10], [2, 6, 9, 11]
    )  # fmt: skip


def test_whose_spaces_they_are() -> None:
    assert lacks_spaces("một hai ba bốn", lambda place: True)
    assert not lacks_spaces("một hai ba bốn", lambda place: False)
    assert not lacks_spaces("một", lambda place: True)
