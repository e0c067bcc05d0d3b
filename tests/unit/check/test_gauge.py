"""The first look by floats never says otherwise than exact fractions."""

import random
from decimal import Decimal
from fractions import Fraction

import pytest
from msgspec.structs import replace

from docanalyze.check import edits
from docanalyze.check import judge as module
from docanalyze.check.equation import Equation, Form, equate
from docanalyze.check.judge import agree, judge
from docanalyze.core.figure import Figure
from docanalyze.core.mention import Comparator

ROLES: dict[Form, tuple[str, ...]] = {
    "sum": ("total", "part", "part", "part"),
    "difference": ("actual", "base", "difference"),
    "stock": ("base", "in", "out", "result"),
    "hundred": ("part", "part", "part"),
    "share": ("part", "total", "ratio"),
    "ratio": ("actual", "base", "ratio"),
    "growth": ("actual", "base", "ratio"),
    "quotient": ("total", "base", "result"),
}
LIMITS: dict[Form, tuple[str, ...]] = {
    "at-most": ("total", "part", "part"),
    "between": ("total", "part", "part", "part"),
}


def _draw(dice: random.Random, near: float) -> Figure:
    decimals = dice.choice((0, 0, 1, 2))
    number = Decimal(round(near * 10**decimals)).scaleb(-decimals)
    sign = dice.choice((1, 1, 1, -1))
    exact = decimals == 0 and dice.random() < 0.5
    return Figure("m", "", 0, abs(number), abs(number), decimals, "", Fraction(1), exact, sign)


@pytest.mark.parametrize("form", ROLES)
def test_floats_agree_with_fractions(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(form)
    equations = []
    for _ in range(400):
        figures = [_draw(dice, dice.choice((3, 40, 700))) for _ in ROLES[form]]
        values = [float(figure.number) for figure in figures]
        last = sum(values[1:]) if form == "sum" else 100 * values[0] / max(values[1], 0.5)
        at = 0 if form == "sum" else len(figures) - 1
        figures[at] = _draw(dice, last + dice.choice((0, 0.5, 1, -1, 2, 10)))
        equations.append(Equation(form, tuple(zip(ROLES[form], figures, strict=True))))
    quick = [judge(each) for each in equations]
    for each in equations:
        each.__dict__.clear()  # the answer is kept
    monkeypatch.setattr(module, "gauge", lambda equation: None)
    exact = [judge(each) for each in equations]
    assert quick == exact
    assert "fails" in exact


@pytest.mark.parametrize("hedge", [None, "more-than", "nearly", "about", "at-least"])
@pytest.mark.parametrize("form", ROLES | LIMITS)
def test_edits_are_the_same_without_the_reach(
    form: Form, hedge: Comparator | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice = random.Random(form)
    equations = []
    roles = (ROLES | LIMITS)[form]
    for _ in range(15):
        figures = [_draw(dice, dice.choice((3, 40, 700))) for _ in roles]
        at = dice.randrange(len(figures))
        figures[at] = replace(figures[at], comparator=hedge, exact=False, sign=1)
        figures = [replace(figure, text=str(figure.number).replace(".", ",")) for figure in figures]
        equations.append(Equation(form, tuple(zip(roles, figures, strict=True))))
    quick = [edits.find_edits(each) for each in equations]
    edits.find_edits.cache_clear()
    monkeypatch.setattr(edits, "find_reach", lambda equation, at: None)
    monkeypatch.setattr(edits, "_near_by_bounds", lambda equation, at: lambda value, slack: True)
    assert [edits.find_edits(each) for each in equations] == quick
    assert any(quick)


@pytest.mark.parametrize(
    ("first", "again", "same"),
    [("26.6", "26.7", False), ("26.6", "26.6", True), ("26.64", "26.6", True), ("26.65", "26.6", True),
     ("26.71", "26.6", False)],
)  # fmt: skip
def test_figures_printed_to_one_place_are_one_only_if_they_are_equal(
    first: str, again: str, same: bool
) -> None:
    def read(text: str) -> Figure:
        number = Decimal(text)
        return Figure(
            "m", text, 0, number, number, -int(number.as_tuple().exponent), "%", Fraction(1), False, 1
        )

    assert agree(read(first), read(again)) is same
    assert (judge(equate(read(first), read(again))) in ("holds", "holds-by-truncation")) is same
