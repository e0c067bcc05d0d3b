from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from docanalyze.core.document import PlaceMap
from docanalyze.core.span import Box, Span, find_gaps, join_boxes, trim_span

spans = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda p: Span(min(p), max(p)))


@given(st.lists(spans, max_size=6), st.integers(0, 30))
def test_gaps_and_spans_together_cover_everything_once(covered: list[Span], end: int) -> None:
    gaps = list(find_gaps(covered, 0, end))
    for at in range(end):
        inside = any(span.start <= at < span.end for span in covered)
        assert inside != any(gap.start <= at < gap.end for gap in gaps)


def test_trimming_leaves_white_space_out() -> None:
    assert trim_span("  năm 2023 \n", 0, 12) == Span(2, 10)
    assert len(trim_span("   ", 0, 3)) == 0


def test_boxes_join_and_overlap() -> None:
    a, b = Box(1, 0, 0, 10, 10), Box(1, 5, 5, 20, 15)
    assert join_boxes([a, b]) == Box(1, 0, 0, 20, 15)
    assert a.overlap(b) == 25
    assert a.overlap(Box(2, 0, 0, 10, 10)) == 0
    assert join_boxes([]) is None


def test_a_span_over_two_lines_has_two_boxes() -> None:
    places = PlaceMap()
    places.add_line(1, 0, [0, 3, 4, 8], [10, 5, 20, 15, 25, 5, 45, 15])
    places.add_line(1, 9, [0, 4], [10, 20, 30, 30])
    assert places.find_boxes([Span(4, 13)]) == (Box(1, 25, 5, 45, 15), Box(1, 10, 20, 30, 30))
    assert places.find_area(0, 13) == (Box(1, 10, 5, 45, 30),)
    assert places.find_boxes([Span(3, 4)]) == ()
