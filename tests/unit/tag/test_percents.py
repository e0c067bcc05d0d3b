from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from docanalyze.lexicon import load_lexicon
from docanalyze.tag.percents import find_percents

PIECES = st.sampled_from(
    ["tăng ", "hơn ", "5.145,10", "12", "04", "7/7", "2021", " tỷ", " triệu", " đồng", "%", " ha", " xã",
     " hộ", "/", "-", " - ", " đến ", "\n", "\n\n", "\t", ". ", ", ", "(", ")", "hai mươi ", "thứ ", "khóa X",
     "Số: ", "²"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map("".join)))
def test_spans_say_what_they_cover(text: str) -> None:
    at = 0
    for mention in find_percents(text, load_lexicon()):
        assert text[mention.start : mention.end] == mention.text
        assert mention.text == mention.text.strip()
        assert "\n\n" not in mention.text
        assert "\t" not in mention.text
        assert at <= mention.start < mention.end
        assert mention.id == ""
        assert mention.boxes == ()
        at = mention.end


def test_rules_are_named() -> None:
    text = "đạt 5%, 7 phần trăm, 1-2%, 3 điểm %"
    rules = [mention.rule for mention in find_percents(text, load_lexicon())]
    assert rules == ["percent.sign", "percent.word", "percent.range", "percent.point"]
