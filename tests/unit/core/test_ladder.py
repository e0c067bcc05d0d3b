"""Labels of headings and list items."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docanalyze.core.ladder import (
    LETTERS,
    RANKS,
    parse_label,
    read_alternatives,
    read_bare_label,
    read_roman,
    split_label,
)

CASES = tomllib.loads((Path(__file__).parents[2] / "cases/segment/labels.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    label = parse_label(case["text"])
    if not case["style"]:
        assert label is None
        return
    assert label is not None
    assert (label.style, label.text, label.number) == (case["style"], case["label"], case.get("number"))


def test_letters_are_in_the_order_of_the_decree() -> None:
    assert [LETTERS.index(letter) for letter in "abcdđeghi"] == list(range(9))
    assert not set("fjwz") & set(LETTERS)


def test_ambiguous_letters_have_two_readings() -> None:
    for text, styles in {
        "V. X": ["roman", "capital"],
        "C. X": ["capital", "roman"],
        "i) x": ["letter", "roman)"],
        "(i) x": ["(roman)", "(letter)"],
        "II. X": ["roman"],
    }.items():
        label = parse_label(text)
        assert label is not None
        assert [reading.style for reading in read_alternatives(label)] == styles


@pytest.mark.parametrize("text", ["Phần I", "Điều 5", "IV", "1.1", "đ", "3", "B"])
def test_bare_labels_are_read_again(text: str) -> None:
    label = read_bare_label(text)
    assert label is not None
    assert label.text == text


def test_roman_numerals() -> None:
    assert [read_roman(text) for text in ("I", "iv", "IX", "XIV", "XL")] == [1, 4, 9, 14, 40]
    with pytest.raises(ValueError, match="not a Roman numeral"):
        read_roman("IQ")


@given(st.text(max_size=30) | st.from_regex(r"(Điều|Phần|Mục|Chương)? ?[\dIVXa-zđ.()]{0,8}[.) -]+\w*"))
def test_any_line_is_safe(text: str) -> None:
    found = split_label(text)
    if found is not None:
        label, end = found
        assert 0 < end <= len(text)
        assert label.style in RANKS
        assert label.text in text
