from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from docanalyze.lexicon import load_lexicon
from docanalyze.tag.money import find_money

PIECES = st.sampled_from(
    ["tăng ", "hơn ", "5.145,10", "12", "04", "7/7", "2021", " tỷ", " triệu", " đồng", "%", " ha", " xã",
     " hộ", "/", "-", " - ", " đến ", "\n", "\n\n", "\t", ". ", ", ", "(", ")", "hai mươi ", "thứ ", "khóa X",
     "Số: ", "²"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map("".join)))
def test_spans_say_what_they_cover(text: str) -> None:
    at = 0
    for mention in find_money(text, load_lexicon()):
        assert text[mention.start : mention.end] == mention.text
        assert mention.text == mention.text.strip()
        assert "\n\n" not in mention.text
        assert "\t" not in mention.text
        assert at <= mention.start < mention.end
        assert mention.id == ""
        assert mention.boxes == ()
        at = mention.end


def test_dong_chi_is_no_currency() -> None:
    assert not list(find_money("15 đồng chí và 20 đồng bào", load_lexicon()))


def test_a_gap_in_a_number_is_named() -> None:
    (mention,) = find_money("đạt 1 66,9 tỷ đồng", load_lexicon())
    assert mention.text == "66,9 tỷ đồng"
    assert str(mention.value.ambiguous) == "166.9"
