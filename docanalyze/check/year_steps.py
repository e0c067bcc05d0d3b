"""Changes over the level of the year before, which an earlier sentence prints under a short name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from docanalyze.check.complements import find_base
from docanalyze.check.edits import has_edit, only_telling
from docanalyze.check.equation import COMPARISONS, compare
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.matches import empty_words
from docanalyze.check.said import read_behind
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words
from docanalyze.core.relation import Indicator

_BACK = 3
"""How many sentences before a change may print the level of the year before."""
_FAR = 8
_LEVELS = ("level", "total")
_SELDOM = Fraction(1, 20)
_MORE = re.compile(
    r"(?<!\w)(?:tức|nghĩa là|tương ứng|tương đương)(?!\w)[^,;]*(?<!\w)(?:thêm|tăng|giảm)(?: thêm)?$"
)
_EARLIER = r"(?:cùng k[ỳì] |thực hiện |mức |số |của )*(?:năm )?"
_OTHER_WAY = frozenset({"tang", "giam", "so", "voi", "cung", "ky", "ki", "nam", "truoc", "ngoai", "thang"})


def find_year_steps(facts: Facts) -> Iterator[Claim]:
    """Yield changes over last year's level, and those of what there is over what there will be."""
    for indicator in facts.indicators.values():
        if indicator.role not in ("change", "growth") or indicator.against is not None:
            continue
        change = facts.figures[indicator.mention]
        if change.dimension == "point" or facts.mentions[change.mention].cell is not None:
            continue
        yield from _claim_year(facts, indicator, change)
        yield from _claim_more(facts, indicator, change)


def _claim_year(facts: Facts, indicator: Indicator, change: Figure) -> Iterator[Claim]:
    """Yield what a figure has grown by since the year before: `Năm 2022 nhận 1.234 đơn. Năm 2023 …`."""
    owner = facts.indicators.get(indicator.of or "")
    year = _read_year(owner)
    if owner is None or year is None:
        return
    base = find_base(facts, change)
    if base and not re.match(rf"{_EARLIER}(?:{year - 1}(?!\d)|trước|ngoái|cùng k[ỳì])", base):
        return  # `so với năm 2021`, `so với bình quân 5 năm trước`
    own = facts.figures[owner.mention]
    said = fold_words(facts.clause_before(change)) - empty_words(facts) - _OTHER_WAY
    name = fold_words(owner.name) - empty_words(facts)
    words = said or name
    actual: Figure | None = own
    if said and not said <= name:
        inside = [
            figure for figure in facts.by_sentence.get(facts.mentions[change.mention].sentence or "", ())
            if figure.dimension == own.dimension and figure.start < change.start
        ]  # fmt: skip
        totals = [figure for figure in inside if facts.role_of(figure) == "total"]
        actual = totals[0] if len(totals) == 1 else None
    if actual is None or not words or actual.comparator is not None:
        return
    bases = [
        figure for place in facts.sentences_before(change, _BACK)[1:]
        for figure in facts.by_sentence.get(place, ())
        if facts.role_of(figure) in _LEVELS and is_alike(figure, actual)
        and _read_year(facts.by_mention[figure.mention]) == year - 1
        and _is_called(facts, figure, words, exactly=not said)
    ]  # fmt: skip
    if len(bases) != 1 or bases[0].comparator is not None:
        return
    equation = compare(COMPARISONS[indicator.role or ""], actual, bases[0], change)
    if holds(equation) or has_edit(equation):
        yield Claim("PCT008", equation, severity="warning")


def _is_called(facts: Facts, figure: Figure, words: frozenset[str], *, exactly: bool) -> bool:
    """Return whether a level bears a name, a total behind itself: `trong tổng số 412 vụ thụ lý`."""
    if facts.role_of(figure) == "total":
        return words <= fold_words(read_behind(facts, figure))
    name = fold_words(facts.by_mention[figure.mention].name) - empty_words(facts)
    last = fold_words(" ".join(facts.by_mention[figure.mention].name.split()[-len(words) :]))
    return name == words if exactly else words <= last


def _read_year(indicator: Indicator | None) -> int | None:
    """Return the year that a figure is of, all of it."""
    period = None if indicator is None else indicator.period
    if period is None or period.start is None or period.end is None:
        return None
    first, last = str(period.start), str(period.end)
    whole = first[4:] == "-01-01" and last[4:] == "-12-31" and first[:4] == last[:4]
    return int(first[:4]) if whole else None


def _claim_more(facts: Facts, indicator: Indicator, change: Figure) -> Iterator[Claim]:
    """Yield what is still to come: `Hiện có 190 trường …. Năm tới sẽ có 202 trường …, tức thêm 12 trường`."""
    owner = facts.indicators.get(indicator.of or "")
    if owner is None or indicator.role != "change" or not _MORE.search(facts.words_before(change)):
        return
    actual = facts.figures[owner.mention]
    behind = fold_words(read_behind(facts, actual))
    bases = [
        figure for place in facts.sentences_before(actual, _FAR)[1:]
        for figure in facts.levels_of(place)
        if figure.dimension == actual.dimension == change.dimension and facts.role_of(figure) == "level"
        and facts.by_mention[figure.mention].part_of is None and figure.comparator is None
        and behind and fold_words(read_behind(facts, figure)) == behind
    ]  # fmt: skip
    equations = [compare("difference", actual, base, change) for base in bases]
    fitting = next((each for each in equations if holds(each)), None)
    told = fitting or (equations[0] if len(equations) == 1 and has_edit(equations[0]) else None)
    told = told or (only_telling(equations, most=_SELDOM) if len(equations) > 1 else None)
    if told is not None:
        yield Claim("CHG004", told, severity="warning", tied=True)
