"""Growth between two years that it names: `năm 2019 so với năm 2018 tăng 1,84%`, below the levels of both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import COMPARISONS, Equation, compare
from docanalyze.check.facts import Claim, Facts, last_clause
from docanalyze.check.judge import holds
from docanalyze.check.matches import empty_words
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words

_AD = r"(?:19|20)\d\d"
_YEARS = (
    re.compile(rf"(?<!so với )năm (?P<later>{_AD}) (?:so )?với (?:năm )?(?P<earlier>{_AD})(?P<rest>.*)$"),
    re.compile(rf"so với (?:năm )?(?P<earlier>{_AD}),? (?:thì )?năm (?P<later>{_AD})(?P<rest>.*)$"),
)
_YEAR = re.compile(r"(?<!so với )(?<!với )năm (?P<year>(?:19|20)\d\d)(?!\d)")
_BACK = 4
"""How many sentences before a growth may print the levels of both years."""
_EMPTY = fold_words(
    "tỷ lệ tốc độ mức thì là đã lại lên xuống nếu so sánh tăng giảm thêm trưởng khoảng đó này"
)


def find_years_compared(facts: Facts) -> Iterator[Claim]:
    """Yield growth between two years with the levels that its sentence or those before it print for them."""
    told = facts.behind("so với", "so sánh")
    for indicator in facts.in_roles("growth", "change") if told else ():
        change = facts.figures[indicator.mention]
        if change.mention not in told or indicator.against is not None or change.dimension == "point":
            continue
        words = facts.words_before(change)
        found = next((match for pattern in _YEARS if (match := pattern.search(words))), None)
        if found is None or found["later"] <= found["earlier"]:
            continue
        named = f"{last_clause(words[: found.start()])} {found['rest']}"
        own = fold_words(named) - empty_words(facts) - _EMPTY
        yield from _claim(facts, change, indicator.role or "", (found["later"], found["earlier"]), own)


def _claim(
    facts: Facts, change: Figure, role: str, years: tuple[str, str], own: frozenset[str]
) -> Iterator[Claim]:
    for name in facts.sentences_before(change, _BACK):
        now, before = (list(_list_of_year(facts, name, year)) for year in years)
        pairs = [
            compare(COMPARISONS[role], actual, base, change)
            for actual, base in product(now, before)
            if is_alike(actual, base) and actual.start < change.start and base.start < change.start
            and (change.dimension == "%" or is_alike(actual, change))
        ]  # fmt: skip
        if not pairs:
            continue
        fitting = next((each for each in pairs if holds(each)), None)
        if fitting is not None and (change.decimals or change.digits > 1):
            yield Claim("PCT008", fitting)
        elif len(pairs) == 1 and has_edit(pairs[0]) and _is_named(facts, name, pairs[0], own):
            yield Claim("PCT008", pairs[0], severity="warning", tied=True)
        return


def _list_of_year(facts: Facts, name: str, year: str) -> Iterator[Figure]:
    """Yield the levels of a sentence before which a year is the last that is named."""
    for figure in facts.levels_of(name):
        years = _YEAR.findall(facts.words_before(figure))
        if figure.dimension not in ("%", "") and years and years[-1] == year and figure.comparator is None:
            yield figure


def _is_named(facts: Facts, name: str, pair: Equation, own: frozenset[str]) -> bool:
    """Return whether all that a growth names is named in the sentence of its levels, before them."""
    last = max(pair.one("actual").start, pair.one("base").start)
    figures = [figure for figure in facts.by_sentence.get(name, ()) if figure.start <= last]
    return own <= fold_words(" ".join(facts.words_before(figure) for figure in figures))
