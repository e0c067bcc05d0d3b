"""Growth over a figure that another sentence prints: the same indicator in an earlier period."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from docanalyze.check.edits import only_telling
from docanalyze.check.equation import COMPARISONS, Equation, compare
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import agree, holds
from docanalyze.check.matches import empty_words
from docanalyze.check.year_steps import find_year_steps
from docanalyze.check.years_compared import find_years_compared
from docanalyze.core.figure import Figure
from docanalyze.core.names import fold_words, likeness
from docanalyze.core.relation import Indicator

_LIKENESS = 0.6
_SURE = 0.99
_WORDS = 2
_SELDOM, _RARELY = Fraction(1, 20), Fraction(1, 5)
_NEAR = 200
"""How many figures of its unit before a growth may be its base."""


def find_distant_bases(facts: Facts) -> Iterator[Claim]:
    """Yield growth and differences whose base stands in another sentence under the same name.

    What: `tăng x%`, `tăng n …`, `bằng y%` without a base beside them agree with a figure of the same name.
    Why: the earlier figure or the growth was changed in one of the two places.
    Tolerance: the intervals of both figures must give that of the growth. Only where one figure alone has
    the same name, and one small misprint would explain it, is a failure told.
    Example: `thu ngân sách năm 2004 166,9 nghìn tỷ đồng` … `năm 2005 là 179,7 nghìn tỷ đồng, tăng 7,7%`.
    """
    named: dict[str, list[tuple[frozenset[str], Figure]]] = {}
    for figure in facts.prose():
        indicator = facts.by_mention.get(figure.mention)
        if indicator is not None and indicator.role in ("level", "base", "plan") and indicator.name:
            named.setdefault(figure.dimension, []).append((fold_words(indicator.name), figure))
    for indicator in facts.in_roles("growth", "ratio", "change"):
        if indicator.against is not None:
            continue
        owner = facts.indicators.get(indicator.of or "")
        if owner is None or not owner.name:
            continue
        yield from _claim_base(facts, indicator, owner, named)
    yield from _find_aims(facts)
    yield from find_year_steps(facts)
    yield from find_years_compared(facts)


_AIMS = re.compile(r"(?<!\w)(?:mục tiêu|nhiệm vụ|phương hướng|chỉ tiêu|kế hoạch)(?!\w)", re.IGNORECASE)
_NAMED = 2


@lru_cache(maxsize=256)
def _tells_aims(title: str) -> bool:
    return _AIMS.search(title) is not None


def _find_aims(facts: Facts) -> Iterator[Claim]:
    """Yield what is aimed at with its growth, over what the chapters before say was done or planned.

    `Mục tiêu năm 2023: tổng mức bán lẻ 3.760 tỷ đồng, tăng 10,6%`, of the 3.398,6 tỷ đồng of this year; `thu
    ngân sách cả năm đạt 12.900 tỷ đồng, vượt 4,5% dự toán`.
    """
    empty = empty_words(facts) | _COMMON
    if not any(_tells_aims(section.title) for section in facts.sections):
        return
    done: dict[str, list[tuple[frozenset[str], Figure]]] = {}
    for indicator in facts.in_roles("growth", "plan-growth"):
        if indicator.against is not None:
            continue
        owner, ratio = facts.indicators.get(indicator.of or ""), facts.figures[indicator.mention]
        if owner is None or ratio.dimension != "%" or not ratio.decimals:
            continue
        actual = facts.figures[owner.mention]
        if not _tells_aims(facts.title_at(actual.start)) or facts.role_of(actual) not in ("level", "plan"):
            continue
        words = fold_words(owner.name) - empty
        done = done or _read_done(facts, empty)
        wanted = "plan" if indicator.role == "plan-growth" else "level"
        equations: dict[object, Equation] = {}
        for own, figure in done.get(actual.dimension, ()):
            alike = min(len(own), len(words)) >= _NAMED and (own <= words or words <= own)
            if alike and facts.role_of(figure) == wanted and figure.start < actual.start:
                equation = compare("growth", actual, figure, ratio)
                equations.setdefault(figure.value, equation)
        listed = list(equations.values())
        fitting = next((each for each in listed if holds(each)), None)
        told = fitting or only_telling(listed, most=_SELDOM if len(listed) > 1 else _RARELY)
        if told is not None:
            yield Claim("PCT008", told, severity="warning", tied=True)


_COMMON = fold_words("đạt ước phấn đấu nhà nước trên địa bàn tổng năm")


def _read_done(facts: Facts, empty: frozenset[str]) -> dict[str, list[tuple[frozenset[str], Figure]]]:
    """Return the levels and plans of the chapters that tell no aims, by unit, with their names' words."""
    found: dict[str, list[tuple[frozenset[str], Figure]]] = {}
    for figure in facts.prose():
        indicator = facts.by_mention.get(figure.mention)
        if indicator is None or indicator.role not in ("level", "plan") or figure.comparator is not None:
            continue
        if indicator.name and not _tells_aims(facts.title_at(figure.start)):
            words = fold_words(indicator.name) - empty
            found.setdefault(figure.dimension, []).append((words, figure))
    return found


def _claim_base(
    facts: Facts,
    indicator: Indicator,
    owner: Indicator,
    named: dict[str, list[tuple[frozenset[str], Figure]]],
) -> Iterator[Claim]:
    ratio, actual = facts.figures[indicator.mention], facts.figures[owner.mention]
    if ratio.digits < 2:
        return
    words = fold_words(owner.name)
    place = facts.mentions[actual.mention].sentence
    others = named.get(actual.dimension, [])
    at = bisect_left(others, actual.start, key=lambda item: item[1].start)
    alike = [
        (score, figure)
        for other, figure in others[max(0, at - _NEAR) : at + _NEAR // 4]
        if (score := likeness(words, other)) >= _LIKENESS
        and figure.mention != actual.mention
        and not agree(figure, actual)  # the same, rounded
        and figure.comparator is None
        and facts.mentions[figure.mention].sentence != place
        and not facts.differ_in_scope(figure, actual)
        and not facts.spans_period_of(figure, actual)
    ]
    likely = sorted(alike, key=lambda item: -item[0])
    form = COMPARISONS[indicator.role or ""]
    equations = [(score, compare(form, actual, base, ratio)) for score, base in likely[:12]]
    fitting = next((equation for _, equation in equations if holds(equation)), None)
    if fitting is not None:
        yield Claim("PCT008", fitting)
        return
    same = [
        equation for score, equation in equations
        if score >= _SURE and _is_comparable(equation) and _is_earlier(facts, equation.one("base"), actual)
    ]  # fmt: skip
    if not same or len(words) <= _WORDS or not indicator.sure:
        return  # `sản lượng`: of this and of that
    told = same[0] if len(same) == 1 else only_telling(same, most=_SELDOM)
    if told is not None:
        yield Claim("PCT008", told, sure=False)


def _is_earlier(facts: Facts, base: Figure, actual: Figure) -> bool:
    """Return whether a figure is said to be of an earlier time than another; plans need not be."""
    if facts.role_of(base) == "plan":
        return True
    periods = [facts.by_mention[figure.mention].period for figure in (base, actual)]
    before, own = (None if period is None else period.end for period in periods)
    return before is not None and own is not None and before < own


_TIMES = 8
"""One indicator at two times hardly differs by more than so many times."""


def _is_comparable(equation: Equation) -> bool:
    """Return whether figures are near enough to be one indicator at two times: `12,2 tỷ`, not `496,7 tỷ`."""
    actual, base = (equation.one(role).rough for role in ("actual", "base"))
    return base < _TIMES * actual and actual < _TIMES * base
