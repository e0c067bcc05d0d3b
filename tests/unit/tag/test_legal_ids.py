from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docanalyze.lexicon import load_lexicon
from docanalyze.tag.legal_ids import find_ids, find_standards

LEXICON = load_lexicon()
TYPES = ("NĐ", "QĐ", "TT", "NQ", "CT", "KH", "TTr", "BC")
BODIES = ("CP", "TTg", "UBND", "BTC", "HĐND", "BGDĐT")


@given(
    st.integers(1, 9999), st.integers(1990, 2030), st.sampled_from(TYPES), st.sampled_from(BODIES),
    st.sampled_from(["-", "–", " - ", "- ", "-\n"]), st.sampled_from(["/", " /", "/\n"]),
)  # fmt: skip
def test_state_number_is_read_back(
    number: int, year: int, kind: str, body: str, dash: str, slash: str
) -> None:
    printed = f"{number}{slash}{year}/{kind}{dash}{body}"
    (found,) = find_ids(f"số {printed}, ", LEXICON)
    assert found.canonical == f"{number}/{year}/{kind}-{body}"
    assert (found.number, found.year, found.known) == (str(number), year, True)


@given(
    st.integers(1, 999), st.sampled_from(["NQ", "CT", "KL", "CTr"]), st.sampled_from(["TW", "TU", "HU", "ĐU"])
)
def test_party_number_is_read_back(number: int, kind: str, body: str) -> None:
    (found,) = find_ids(f"số {number:02} - {kind}/{body} ", LEXICON)
    assert (found.canonical, found.system) == (f"{number:02}-{kind}/{body}", "party")


@pytest.mark.parametrize(
    "text", ["16/6/2023", "19/19 tiêu chí", "2021-2025", "COVID - 19", "24/7", "10/20-Ban"]
)
def test_other_digits_are_no_number(text: str) -> None:
    assert not [i for i in find_ids(text, LEXICON) if i.known]


@pytest.mark.parametrize("text", ["30/2020/ND-CP", "30/2020/NÐ-CP"])
def test_damage_is_mended_and_kept(text: str) -> None:
    (found,) = find_ids(text, LEXICON)
    assert (found.canonical, found.raw) == ("30/2020/NĐ-CP", text)


def test_standards() -> None:
    found = list(find_standards("TCVN ISO 9001:2015, QCVN 14-2008/BTNMT, ISO điện tử, ISO/IEC 27001:2013"))
    assert [s.canonical for s in found] == ["TCVN ISO 9001:2015", "QCVN 14-2008/BTNMT", "ISO/IEC 27001:2013"]
