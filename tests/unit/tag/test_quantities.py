from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from docanalyze.lexicon import load_lexicon
from docanalyze.tag.quantities import find_quantities

PIECES = st.sampled_from(
    ["tăng ", "hơn ", "5.145,10", "12", "04", "7/7", "2021", " tỷ", " triệu", " đồng", "%", " ha", " xã",
     " hộ", "/", "-", " - ", " đến ", "\n", "\n\n", "\t", ". ", ", ", "(", ")", "hai mươi ", "thứ ", "khóa X",
     "Số: ", "²"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map("".join)))
def test_spans_say_what_they_cover(text: str) -> None:
    at = 0
    for mention in find_quantities(text, load_lexicon()):
        assert text[mention.start : mention.end] == mention.text
        assert mention.text == mention.text.strip()
        assert "\n\n" not in mention.text
        assert "\t" not in mention.text
        assert at <= mention.start < mention.end
        assert mention.id == ""
        assert mention.boxes == ()
        at = mention.end


def test_head_nouns_stop_at_the_cell() -> None:
    (mention,) = find_quantities("12 lượt\tngười\t\n", load_lexicon())
    assert mention.text == "12 lượt"


def test_counts_with_an_english_comma_are_thousands() -> None:
    (mention,) = find_quantities("có 1,234 người", load_lexicon())
    assert mention.value.number == 1234
    assert str(mention.value.ambiguous) == "1.234"
