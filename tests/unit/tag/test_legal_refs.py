from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docanalyze.lexicon import load_lexicon
from docanalyze.tag.legal_refs import find_legal_refs

LEXICON = load_lexicon()
PIECES = [
    "Điều 5",
    " Điều này",
    " khoản 2",
    " điểm a",
    ", b",
    " và ",
    ",",
    " của",
    " Luật",
    " Đất đai",
    "\n",
    "\t",
]
PIECES += [
    " Nghị định",
    " số",
    " 30/2020/NĐ-CP",
    " 19-NQ/TW",
    " này",
    " đến ",
    " ngày 1/2/2020",
    ";",
    " Phụ lục I",
]
PIECES += [
    " sửa đổi, bổ sung một số điều của",
    " năm 2013",
    " (sửa đổi)",
    " 18",
    " TCVN 6909:2001",
    " Đề án 06",
]
SOUP = st.lists(
    st.sampled_from(PIECES),
    max_size=16,
).map("".join)


@given(SOUP)
def test_text_is_the_span(text: str) -> None:
    done = 0
    for mention in find_legal_refs(text, LEXICON):
        assert text[mention.start : mention.end] == mention.text
        assert mention.start >= done
        assert "\n\n" not in mention.text
        assert "\t" not in mention.text
        full = mention.value.full
        assert full is None or (full.start <= mention.start and full.end >= mention.end)
        done = mention.end


def test_full_takes_in_date_and_issuer() -> None:
    text = "Thực hiện Chỉ thị số 05-CT/HU, ngày 09/10/2024 của Huyện ủy về việc này"
    (mention, *_) = find_legal_refs(text, LEXICON)
    assert mention.value.full is not None
    assert mention.value.full.of(text) == "Chỉ thị số 05-CT/HU, ngày 09/10/2024 của Huyện ủy"


def test_full_takes_in_the_word_standard() -> None:
    text = "theo Tiêu chuẩn quốc gia TCVN ISO 9001:2015."
    (mention,) = find_legal_refs(text, LEXICON)
    assert mention.value.full is not None
    assert mention.value.full.of(text) == "Tiêu chuẩn quốc gia TCVN ISO 9001:2015"


@pytest.mark.parametrize(
    ("tail", "issuer"),
    [
        (
            "của Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch quy định",
            "Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch",
        ),
        ("của Ban Thường vụ Tỉnh ủy và Kế hoạch số 5/KH-UBND", "Ban Thường vụ Tỉnh ủy"),
        ("của Ủy ban nhân dân tỉnh thực hiện việc này", "Ủy ban nhân dân tỉnh"),
        ("của Sở Nông nghiệp và Môi trường về cây giống", "Sở Nông nghiệp và Môi trường"),
    ],
)
def test_issuer_ends_before_the_subject(tail: str, issuer: str) -> None:
    mention = next(find_legal_refs(f"Quyết định số 7/QĐ-CĐ {tail}", LEXICON))
    assert mention.value.issuer == issuer


def test_rules_are_named() -> None:
    rules = {
        "Nghị định số 1/2020/NĐ-CP": "legal.state-id",
        "Chỉ thị 2-CT/TU": "legal.party-id",
        "Điều 3 Luật này": "legal.part",
        "Luật Nhà ở": "legal.named-law",
        "Đề án 06": "legal.nickname",
        "TCVN 6909:2001": "legal.standard",
        "Luật này": "legal.self",
    }
    assert {m.text: m.rule for m in find_legal_refs("; ".join(rules), LEXICON)} == rules


@pytest.mark.parametrize(
    "piece", ["ISO ", "Luật ", "Luật sửa đổi, bổ sung một số điều của ", "Điều 5, ", "1/NĐ-", "điểm a, "]
)
def test_hostile_text_ends(piece: str) -> None:
    assert list(find_legal_refs(piece * 3000, LEXICON)) is not None
