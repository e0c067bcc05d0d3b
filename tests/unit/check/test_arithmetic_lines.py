"""What a relation prints as its arithmetic is true as printed: a reader with a calculator gets the same."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from docanalyze.core.analysis import Analysis
from docanalyze.pipeline import analyze_bytes

DEV = Path(__file__).resolve().parents[3] / "corpus" / "dev"
NUMERAL = re.compile(r"\d(?:[\d.,]*\d)?")
COMPUTED = re.compile(r"-?(\d(?:[\d.,]*\d)?)(?=$| [≈≠<>])")
MARKS = (".,", ",.")
"""For thousands and for decimals: the Vietnamese way, and that of some tables."""


def _value(numeral: str, marks: str) -> Fraction:
    return Fraction(numeral.replace(marks[0], "").replace(marks[1], "."))


def _compute(left: str, marks: str) -> Fraction:
    """Compute a line of numerals, + - × / and brackets; only those are let through."""
    code = NUMERAL.sub(lambda found: f"Fraction('{_value(found[0], marks)}')", left).replace("×", "*")
    assert not re.sub(r"Fraction\('[\d/]+'\)|[-+*/() ]", "", code), left
    result: Fraction = eval(code, {"Fraction": Fraction})
    return result


def _is_true(left: str, computed: str, marks: str) -> bool:
    try:
        step = Fraction(1, 10 ** len(computed.partition(marks[1])[2]))
        return abs(abs(_compute(left, marks)) - _value(computed, marks)) <= step / 2
    except ValueError:  # not the marks of this line
        return False


def _lines(analysis: Analysis) -> list[tuple[str, str]]:
    found = []
    for relation in analysis.relations:
        left, _, right = relation.arithmetic.partition(" = ")
        computed = COMPUTED.match(right)
        if computed and relation.family == "arithmetic" and not re.search(r"[^\W\d_]|[<>≤≥~…]", left):
            found.append((left, computed[1]))
    return found


@pytest.mark.parametrize("path", sorted(DEV.glob("*.txt"))[::3], ids=lambda path: path.stem)
def test_the_printed_arithmetic_is_true(path: Path) -> None:
    lines = _lines(analyze_bytes(path.read_bytes(), name=path.name))
    assert lines
    for left, computed in lines:
        assert any(_is_true(left, computed, marks) for marks in MARKS), (left, computed)


def test_units_are_named_where_they_differ() -> None:
    text = "Tổng vốn 2,05 tỷ đồng, gồm: ngân sách 1,2 tỷ đồng và đóng góp 850 triệu đồng."
    analysis = analyze_bytes(text.encode(), name="a.txt")
    assert "1,2 tỷ đồng + 850 triệu đồng = 2,05 ≈ 2,05 tỷ đồng" in [
        each.arithmetic for each in analysis.relations
    ]


def test_a_hedge_leaves_room_from_to() -> None:
    text = "Có 47 trường, trong đó hơn 30 trường đạt chuẩn, chiếm 65,96%."
    analysis = analyze_bytes(text.encode(), name="a.txt")
    assert ">30 / 47 × 100 = 63,83…85,11 ≈ 65,96" in [each.arithmetic for each in analysis.relations]


def test_amounts_in_two_units_are_one_number() -> None:
    text = "Hỗ trợ xây 26 căn nhà với 5 tỷ 460 triệu đồng, bình quân 210 triệu đồng/căn."
    analysis = analyze_bytes(text.encode(), name="a.txt")
    assert "5,46 / 26 × 1000 = 210" in [each.arithmetic for each in analysis.relations]
