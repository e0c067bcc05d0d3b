from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docanalyze.core.edits import apply_edits, join_spans
from docanalyze.core.span import Span


@st.composite
def texts_with_edits(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, str]]]:
    text = draw(st.text(min_size=0, max_size=40))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(cuts[0::2], cuts[1::2], strict=False))
    edits: list[tuple[int, int, str]] = []
    for start, end in pairs:
        if edits and start < edits[-1][1]:
            continue
        edits.append((start, end, draw(st.text(max_size=5))))
    return text, edits


@given(texts_with_edits())
def test_copied_characters_map_back_to_themselves(case: tuple[str, list[tuple[int, int, str]]]) -> None:
    text, edits = case
    edited, back = apply_edits(text, edits)
    assert back.to_source(len(edited)) == len(text)
    for at, char in enumerate(edited):
        source = back.span_to_source(Span(at, at + 1))
        assert 0 <= source.start <= source.end <= len(text)
        if not any(start <= source.start < end or start == source.start for start, end, _ in edits):
            assert text[source.start] == char


@given(texts_with_edits())
def test_the_whole_maps_to_the_whole(case: tuple[str, list[tuple[int, int, str]]]) -> None:
    text, edits = case
    edited, back = apply_edits(text, edits)
    if edited and edits and (edits[0][0] > 0 or edits[0][2]) and (edits[-1][1] < len(text) or edits[-1][2]):
        assert back.span_to_source(Span(0, len(edited))) == Span(0, len(text))


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply_edits("năm 2023", [(0, 3, ""), (2, 4, "")])


def test_a_sentence_over_a_page_number_is_read_whole() -> None:
    text = "tiến độ giải\n3\nngân các nguồn vốn"
    joined, back = join_spans(text, [Span(0, 12), Span(15, len(text))])
    assert joined == "tiến độ giải ngân các nguồn vốn"
    word = Span(joined.index("ngân"), joined.index("ngân") + 4)
    assert back.span_to_source(word).of(text) == "ngân"
    across = Span(joined.index("giải"), joined.index("ngân") + 4)
    assert back.span_to_source(across).of(text) == "giải\n3\nngân"


def test_no_spans_join_to_nothing() -> None:
    assert join_spans("x", [])[0] == ""
