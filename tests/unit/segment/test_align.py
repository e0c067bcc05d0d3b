"""Strings back to spans, whatever the splitter changed."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from docanalyze.core.span import Span
from docanalyze.segment.align import align_pieces


def test_white_space_was_folded() -> None:
    text = "Thu\n đạt  58%.\tChi đạt 41%."
    found = align_pieces(text, ["Thu đạt 58%.", "Chi đạt 41%."])
    assert [span.of(text) for span in found] == ["Thu\n đạt  58%.", "Chi đạt 41%."]


def test_characters_were_changed_dropped_or_added() -> None:
    text = "Họp “dân” xong. Việc… còn lại nhiều."
    found = align_pieces(text, ['Họp "dân" xong.', "Việc... còn lại nhiều."])
    assert [span.of(text) for span in found] == ["Họp “dân” xong.", "Việc… còn lại nhiều."]
    found = align_pieces(text, ["Họp dân xong.", "Việc còn lại nhiều."])
    assert [span.of(text) for span in found] == ["Họp “dân” xong.", "Việc… còn lại nhiều."]


def test_pieces_in_nfd() -> None:
    text = "Đã hoàn thành. Tiếp tục rà soát."
    pieces = [unicodedata.normalize("NFD", part) for part in ("Đã hoàn thành.", "Tiếp tục rà soát.")]
    assert [span.of(text) for span in align_pieces(text, pieces)] == ["Đã hoàn thành.", "Tiếp tục rà soát."]


def test_no_pieces_is_one_span() -> None:
    assert align_pieces("  Xã họp. ", []) == [Span(2, 9)]
    assert align_pieces("  ", ["x"]) == []


@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=6))
def test_any_pieces_give_spans_that_cover_the_text(text: str, pieces: list[str]) -> None:
    at = 0
    for span in align_pieces(text, pieces):
        assert at <= span.start < span.end <= len(text)
        assert not text[at : span.start].strip()
        at = span.end
    assert not text[at:].strip()


@given(st.lists(st.text(min_size=1, max_size=12).filter(str.strip), max_size=6))
def test_pieces_of_the_text_itself_come_back_whole(pieces: list[str]) -> None:
    pieces = ["".join(unicodedata.normalize("NFC", piece).split()) for piece in pieces]
    text = "  ".join(pieces)
    assert [span.of(text) for span in align_pieces(text, pieces)] == pieces
