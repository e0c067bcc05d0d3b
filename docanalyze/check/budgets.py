"""Revenue and spending of a budget with the deficit or surplus that they leave, told over sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from docanalyze.check.edits import has_edit, is_telling
from docanalyze.check.equation import add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.core.figure import Figure, is_alike

_BALANCE = re.compile(r"(?<!\w)(?:(?P<less>bội chi|thâm hụt)|bội thu|thặng dư|kết dư)(?!\w)")
_SIDE = re.compile(
    r"(?<!\w)(?:tổng )?(?P<side>thu|chi)(?: cân đối)? (?:ngân sách|nsnn)(?!\w)"
    r"|(?<!\w)quyết toán (?P<closed>thu|chi)(?: (?:là|đạt))*$"
)
_BACK = 16
"""How many sentences before the balance of a budget its two sides may stand."""
_SELDOM = Fraction(1, 20)


def find_budget_balances(facts: Facts) -> Iterator[Claim]:
    """Yield what a budget spends more than it takes in, or takes in more.

    `Tổng thu ngân sách đạt 4.812 tỷ đồng. … Tổng chi ngân sách 5.036 tỷ đồng. Bội chi ngân sách 224 tỷ đồng`.
    A balance that fails is told where only one revenue and one spending stand before it.
    """
    told = facts.behind("bội chi", "thâm hụt", "bội thu", "thặng dư", "kết dư")
    about = facts.sentences_with("ngân sách", "nsnn") if told else frozenset()
    for name in facts.by_sentence if about else ():
        for balance in facts.levels_of(name) if name in about else ():
            said = _BALANCE.search(facts.clause_before(balance)) if balance.mention in told else None
            if said is not None and balance.dimension not in ("%", "point"):
                yield from _claim_balance(facts, balance, short=said["less"] is not None)


def _claim_balance(facts: Facts, balance: Figure, *, short: bool) -> Iterator[Claim]:
    sides: dict[str, list[Figure]] = {"thu": [], "chi": []}
    for name in facts.sentences_before(balance, _BACK):
        for figure in facts.levels_of(name):
            found = _SIDE.search(facts.clause_before(figure))
            level = facts.role_of(figure) in ("level", "total") and is_alike(figure, balance)
            if found is not None and level and figure.start < balance.start:
                sides[found["side"] or found["closed"]].append(figure)
    equations = [
        add_up(spent, [taken, balance]) if short else add_up(taken, [spent, balance])
        for taken in sides["thu"] for spent in sides["chi"]
    ]  # fmt: skip
    fitting = next((each for each in equations if holds(each)), None)
    if not equations:
        yield from _claim_announced(facts, balance, short=short)
    elif fitting is not None:
        yield Claim("SUM004", fitting)
    elif len(equations) == 1 and has_edit(equations[0]) and is_telling(equations[0], most=_SELDOM):
        yield Claim("SUM004", equations[0], sure=False, severity="warning")


def _claim_announced(facts: Facts, balance: Figure, *, short: bool) -> Iterator[Claim]:
    """Yield a balance with its two sides in the sentences behind it, each opened alike.

    `Bội chi 6 nghìn tỷ đồng. Cụ thể, trong số thu ngân sách 814,2 …. Trong số chi ngân sách 820,2 …`.
    """
    place = facts.mentions[balance.mention].sentence
    names = [sentence.id for sentence in facts.sentences]
    at = names.index(place) if place in names else len(names)
    sides: dict[str, Figure] = {}
    for name in names[at + 1 : at + 1 + _BEHIND]:
        first = next(iter(facts.levels_of(name)), None)
        opened = _OPENED.match(facts.words_before(first)) if first is not None else None
        if first is not None and opened is not None and is_alike(first, balance):
            sides.setdefault(opened["side"], first)
    if len(sides) == 2:
        larger, smaller = (sides["chi"], sides["thu"]) if short else (sides["thu"], sides["chi"])
        equation = add_up(larger, [smaller, balance])
        opened_alike = all(" số " in facts.words_before(side) for side in sides.values())
        if holds(equation) or (opened_alike and has_edit(equation)):
            yield Claim("SUM004", equation, severity="warning", tied=True)


_OPENED = re.compile(
    r"\W*(?:cụ thể|trong đó)?\W*(?:trong )?(?:tổng )?(?:số )?(?P<side>thu|chi)(?: cân đối)?"
    r" (?:ngân sách|nsnn)[^,;:()]{0,30}$"
)
_BEHIND = 6
"""How many sentences behind a balance its two sides may stand."""
