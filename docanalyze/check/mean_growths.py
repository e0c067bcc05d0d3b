"""AVG001 where average, total and base stand in sentences apart: their levels, and how they have grown.

`xuất khẩu 18.400 tấn, trị giá 41,4 triệu USD, tăng 8% về lượng và 14,5% về trị giá. … Giá bình quân 2.250
USD/tấn, tăng 6%`: the average is the value over the quantity, and grew as 1,145 / 1,08.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import product

from docanalyze.check.compared_growths import Growth, are_against_one, list_growths
from docanalyze.check.each_of import EACH, find_sides, is_unit, names_total, spread_over
from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation
from docanalyze.check.facts import Claim, Facts, last_clause
from docanalyze.check.judge import holds
from docanalyze.check.round_figures import find_misprint, find_rough
from docanalyze.check.spread_pairs import Rate, keep_like, list_inside, list_pairs, read_rate
from docanalyze.core.figure import Figure
from docanalyze.core.names import fold_words

_MEAN = re.compile(r"(?<!\w)(?:bình quân|trung bình)(?!\w)")
_QUANTITY = re.compile(r"(?<!\w)(?:lượng|sản lượng)(?!\w)")
_VALUE = re.compile(r"(?<!\w)(?:trị giá|giá trị|kim ngạch|số tiền|doanh thu)(?!\w)")
_MEASURE = frozenset({"so", "tong", "muc", "luong", "ty", "trong", "quy", "mo"})
_EARLIER = 5
"""So many sentences before an average may tell what it is over."""
_MOST = 12
"""Of more pairs than these one would fit by chance."""
_ENOUGH = 2
"""Growths of one digit say too little."""
Sides = tuple[Figure, Figure]
Read = Callable[[str], str]
"""From what a growth says it is of to `total` or `base`; empty for neither."""


def find_mean_growths(facts: Facts) -> Iterator[Claim]:
    """Yield averages with the pairs that they are of in sentences around, and the growths of all three."""
    means = facts.sentences_with("bình quân", "trung bình")
    if not means:
        return
    for name, figures in facts.by_sentence.items():
        rates = [figure for figure in figures if "/" in figure.dimension]
        if rates and (name in means or _goes_on(facts, rates[0], means)):
            for figure in rates:
                rate = read_rate(facts, figure)
                if rate is not None and facts.role_of(figure) == "level":
                    yield from _claim_price(facts, rate, name, listed=name not in means)
        for figure in figures if name in means else ():
            found = EACH.search(facts.words_before(figure))
            if found is not None and facts.role_of(figure) == "level":
                yield from _claim_each(facts, figure, found, name)


def _goes_on(facts: Facts, rate: Figure, means: frozenset[str]) -> bool:
    """Return whether a sentence goes on with averages: `Giá bình quân: gạo …. Trong khi đó, hạt điều …`."""
    return any(
        name in means and any(each.dimension == rate.dimension for each in facts.by_sentence[name])
        for name in facts.paragraph_before(rate, 1)[1:]
    )


def _claim_price(facts: Facts, rate: Rate, name: str, *, listed: bool) -> Iterator[Claim]:
    """Yield an average price with the value and the quantity that it is of, and how all three have grown."""
    sentence = facts.sentence_of(name)
    start = rate.figure.start if sentence is None else sentence.start
    printed = facts.analysis.text[start : rate.figure.start]
    pairs = list_pairs(facts, rate)
    like = keep_like(facts, rate, pairs, printed=printed)
    fitting = [pair for pair in like if _fit(rate.spread(pair.total, pair.base)) is not None]
    inside = list(list_inside(facts, rate, name))
    if fitting:
        yield Claim("AVG001", _fit(rate.spread(fitting[0].total, fitting[0].base)))
    elif not inside and len({pair.values for pair in like}) == 1 and like[0].total.start < rate.figure.start:
        equation = rate.spread(like[0].total, like[0].base)
        plain = like[0].total.plain and like[0].base.plain and rate.figure.comparator in (None, "about")
        told = find_misprint(equation) if plain and (listed or _MEAN.search(printed.lower())) else None
        others = (rate.spread(pair.total, pair.base) for pair in pairs)
        if told is not None and not any(map(holds, others)):
            yield Claim("AVG001", told, severity="warning", tied=True)
    own = [pair for pair in inside if _fit(rate.spread(pair.total, pair.base)) is not None]
    sides = [(pair.total, pair.base) for pair in (*own, *fitting)]
    yield from _claim_growths(facts, rate.figure, sides, _read_goods)


def _fit(equation: Equation) -> Equation | None:
    """Return an equation that holds, perhaps with figures that are rounded to their zeros; else None."""
    return equation if holds(equation) else find_rough(equation)


def _read_goods(what: str) -> str:
    if _VALUE.search(what):
        return "total"
    return "base" if _QUANTITY.search(what) else ""


def _claim_each(facts: Facts, rate: Figure, found: re.Match[str], name: str) -> Iterator[Claim]:
    """Yield how an average a thing has grown: `vốn đăng ký bình quân một doanh nghiệp tăng 6%`."""
    called = fold_words(last_clause(found.string[: found.start()])) - _MEASURE

    def read(what: str) -> str:
        words = what.removeprefix("số ").removeprefix("lượng ")
        if words and any(is_unit(words, figure.dimension) for figure in bases):
            return "base"
        own = fold_words(what) - _MEASURE
        return "total" if own and own <= called else ""

    near: list[Sides] = []
    bases: list[Figure] = []
    totals: list[Figure] = []
    for each in reversed(facts.sentences_before(rate, _EARLIER)):
        inside = [figure for figure in facts.by_sentence.get(each, ()) if figure.start < rate.start]
        above, below = find_sides(facts, found["unit"], rate, tuple(inside))
        bases += below
        totals += [total for total in above if names_total(facts, found, total)]
        near += [(total, base) for total in above for base in below if _are_beside(inside, total, base)]
    near.reverse()
    apart = [
        (total, base) for total, base in product(totals, bases)
        if base.start < total.start and (total, base) not in near
    ]  # fmt: skip
    for tried in (near, apart if len(apart) <= _MOST else []):
        fitting = [sides for sides in tried if holds(spread_over(*sides, rate))]
        if fitting:
            yield from _claim_growths(facts, rate, fitting, read)
            return
    if len(near) + len(apart) > _MOST:
        return
    near += apart
    growing = [sides for sides in near if any(map(holds, _list_equations(facts, rate, sides, read)))]
    if len({(total.value, base.value) for total, base in growing}) == 1:
        equation = spread_over(*growing[0], rate)
        if all(figure.plain for _, figure in equation.terms) and has_edit(equation):
            yield Claim("AVG001", equation, severity="warning", tied=True)


def _are_beside(inside: list[Figure], one: Figure, two: Figure) -> bool:
    places = [figure.mention for figure in inside]
    return abs(places.index(one.mention) - places.index(two.mention)) == 1


def _claim_growths(facts: Facts, rate: Figure, sides: Iterable[Sides], read: Read) -> Iterator[Claim]:
    """Yield the growth of an average with those of the total and the base whose quotient it is."""
    for pair in sides:
        equations = list(_list_equations(facts, rate, pair, read))
        for equation in equations:
            if holds(equation):
                yield Claim("AVG001", equation)
            elif has_edit(equation) and all(
                figure.plain for figure in (*pair, *(each for _, each in equation.terms))
            ):
                yield Claim("AVG001", equation, severity="warning", tied=True)
        if equations:
            return


def _list_equations(facts: Facts, rate: Figure, sides: Sides, read: Read) -> Iterator[Equation]:
    """Yield the growths of an average with those of its total and its base against the same period."""
    owner = facts.by_mention[rate.mention].id
    name = facts.mentions[rate.mention].sentence or ""
    grown = [each for each in list_growths(facts, name) if each.of == owner and not read(each.what)]
    if not grown:
        return
    above, below = (list(_list_own(facts, side, rate, role, read)) for side, role in
                    zip(sides, ("total", "base"), strict=True))  # fmt: skip
    apart = len({each.against for each in (*above, *below)}) > 1
    for growth, total, base in product(grown, above, below):
        digits = min(each.figure.digits for each in (growth, total, base))
        unsaid = len(grown) == 1 and not growth.against and not apart
        same = are_against_one(total, base) and (unsaid or are_against_one(growth, total))
        if same and total.figure is not base.figure and digits >= _ENOUGH:
            yield Equation(
                "spread", (("total", total.figure), ("base", base.figure), ("ratio", growth.figure))
            )


def _list_own(facts: Facts, side: Figure, rate: Figure, role: str, read: Read) -> Iterator[Growth]:
    """Yield the growths of a total or a base: right behind it, and where a word says what they are of."""
    owner = facts.by_mention[side.mention].id
    name = facts.mentions[side.mention].sentence or ""
    for growth in list_growths(facts, name):
        if growth.figure.start > side.start and _is_of(growth, owner, role, read):
            yield growth
    place = facts.sentence_of(name)
    at = facts.sentences.index(place) if place is not None else len(facts.sentences)
    for sentence in facts.sentences[at + 1 :]:
        figures = facts.by_sentence.get(sentence.id, ())
        if sentence.start >= rate.start or not figures or any(facts.role_of(f) != "growth" for f in figures):
            return
        for growth in list_growths(facts, sentence.id):
            if growth.what and read(growth.what) == role:
                yield growth


def _is_of(growth: Growth, owner: str, role: str, read: Read) -> bool:
    told = read(growth.what) if growth.what else ""
    return told == role if told or growth.what else growth.of == owner
