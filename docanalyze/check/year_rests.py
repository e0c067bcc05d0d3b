"""What is left of a year: told among the tasks, against what the chapters before say was done or planned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from docanalyze.check.edits import has_slip, is_telling, only_telling
from docanalyze.check.equation import Equation, add_up, equate
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.matches import empty_words
from docanalyze.check.period_parts import SELDOM, adds_up
from docanalyze.check.said import read_behind, read_sentence_before
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words

_ALL_YEAR = re.compile(
    r"\W*(?:trở lên\W*)?(?:để |và |đưa )?(?:phấn đấu |dự kiến |ước )?(?:lũy kế |tổng )?cả năm"
    r"(?: (?:đạt|là|được|hoàn thành|thực hiện|ước|lên|khoảng|phấn đấu))*"
)
_REST = re.compile(r"(?<!\w)nốt$")
_TO_COME = re.compile(r"(?<!\w)(?:tháng|quý)(?: \w+)? cuối năm(?!\w)|nửa cuối năm", re.IGNORECASE)
_RARELY = Fraction(1, 5)
_AIMS = fold_words("phấn đấu dự kiến ước hoàn thành thực hiện đạt tổng")
Pair = tuple[Figure, Figure]


def find_year_rests(facts: Facts) -> Iterator[Claim]:
    """Yield what is still to come of a year with what was done before it and the year.

    `Doanh thu 263,4 tỷ đồng, cả năm 512 tỷ đồng`, in the report of a half-year with 248,6 tỷ đồng. What
    fails is told where one figure of the name alone would fit but for a misprint.
    """
    for rest, year in _list_pairs(facts):
        words = _read_words(facts, min(rest, year, key=lambda figure: figure.start))
        done = [
            figure for figure in _list_named(facts, rest, words)
            if facts.role_of(figure) == "level"
        ]  # fmt: skip
        told = _choose([add_up(year, [figure, rest]) for figure in done])
        if told is not None and rest.comparator is None:
            yield Claim("CUM001", told, severity="warning", tied=True)


def find_year_plans(facts: Facts) -> Iterator[Claim]:
    """Yield the year of such a pair with the plan of its name: `kế hoạch (45,5 triệu m3)`, `cả năm 45,5`.

    One may aim higher than planned: only a slip that no other aim would be is told.
    """
    for rest, year in _list_pairs(facts):
        plans = [
            figure for figure in _list_named(facts, rest, _read_words(facts, rest))
            if facts.role_of(figure) == "plan"
        ]  # fmt: skip
        equations = [equate(plan, year) for plan in plans]
        fitting = next((each for each in equations if holds(each)), None)
        if fitting is not None:
            yield Claim("REP001", fitting)
        elif len(equations) == 1 and has_slip(equations[0]) and is_telling(equations[0], most=SELDOM):
            yield Claim("REP001", equations[0], severity="warning", tied=True)


_AGAIN = re.compile(
    r"\W*(?:riêng |trong đó )?(?:tổng )?(?:số )?(?:kế hoạch|dự toán)(?: vốn)?"
    r"(?: (?:được giao|đã giao|giao|cả năm|năm|này|của \w+|là))*"
)


def find_plans_again(facts: Facts) -> Iterator[Claim]:
    """Yield a plan that is told with its ratio, and at the head of the next sentence again.

    `đạt 18,7% kế hoạch (298,4 tỷ đồng trên tổng số 1.596,0 tỷ đồng). Riêng kế hoạch giao là 1.596,0 tỷ đồng`.
    """
    told = facts.behind("kế hoạch", "dự toán")
    for figures in facts.by_sentence.values() if told else ():
        plan = figures[0]
        if plan.mention not in told or not _AGAIN.fullmatch(facts.words_before(plan)):
            continue
        before = [
            figure for name in facts.paragraph_before(plan, 1)[1:] for figure in facts.levels_of(name)
            if facts.role_of(figure) in ("plan", "total", "base") and is_alike(figure, plan)
        ]  # fmt: skip
        equation = equate(before[0], plan) if len(before) == 1 else None
        if equation is not None and (holds(equation) or is_telling(equation, most=SELDOM)):
            yield Claim("REP001", equation, severity="warning", tied=True)


def find_last_parts(facts: Facts) -> Iterator[Claim]:
    """Yield what is left of a plan with the plan and what was done of it: called so, or a task for later.

    `trồng nốt 23,5 ha rừng`, where `96,5 ha trong 120 ha kế hoạch` were planted; `Doanh thu 287,7 tỷ đồng`
    below `Nhiệm vụ 6 tháng cuối năm`. A task may go beyond the plan: there only a slip is told.
    """
    told = facts.behind("nốt")
    if not told and not any(_is_to_come(section.title) for section in facts.sections):
        return
    plans = [pair for plan in facts.prose() if (pair := _read_plan(facts, plan)) is not None]
    for rest in facts.prose() if plans else ():
        called = rest.mention in told and _REST.search(facts.clause_before(rest)) is not None
        if not called and (facts.role_of(rest) != "level" or not _is_to_come(facts.title_at(rest.start))):
            continue
        words = fold_words(read_behind(facts, rest)) - empty_words(facts) if called else frozenset()
        own = _read_words(facts, rest)
        equations: list[Equation] = []
        named: list[Equation] = []
        for actual, plan in plans:
            if plan.start < rest.start and is_alike(plan, rest) and is_alike(actual, rest):
                name = fold_words(facts.by_mention[actual.mention].name)
                equations.append(add_up(plan, [actual, rest]))
                if words & name or (own and own <= name):
                    named.append(equations[-1])
        fitting = next((each for each in (equations if called else named) if holds(each)), None)
        told_of = fitting or only_telling(named, most=_RARELY if called else SELDOM)
        if told_of is not None and (fitting or called or has_slip(told_of)):
            yield Claim("SUM004", told_of, severity="warning", tied=True)


@lru_cache(maxsize=64)
def _is_to_come(title: str) -> bool:
    return _TO_COME.search(title) is not None


def _read_plan(facts: Facts, plan: Figure) -> Pair | None:
    """Return what was done of a plan, with the plan."""
    owner = facts.by_mention.get(plan.mention)
    if owner is None or owner.role != "plan" or owner.of is None or plan.comparator is not None:
        return None
    return facts.figures[facts.indicators[owner.of].mention], plan


def _list_pairs(facts: Facts) -> Iterator[Pair]:
    """Yield each level with the year that is told behind it: `263,4 tỷ đồng, cả năm 512 tỷ đồng`."""
    told = facts.behind("cả năm")
    for name in facts.by_sentence if told else ():
        for rest, year in pairwise(facts.levels_of(name)):
            if year.mention not in told or not _ALL_YEAR.fullmatch(facts.words_before(year)):
                continue
            if adds_up(facts, year) and is_alike(rest, year):
                yield rest, year
    told = facts.behind("còn lại")
    for name in facts.by_sentence if told else ():
        figures = facts.by_sentence[name]
        for at, rest in enumerate(figures):
            if rest.mention not in told or not _MONTHS_LEFT.search(read_sentence_before(facts, rest)):
                continue
            before = [figure for figure in figures[:at] if is_alike(figure, rest)]
            if before and _YEAR_END.search(facts.clause_before(before[-1])):
                yield (
                    rest,
                    before[-1],
                )  # `thu cả năm 46.500 …, nghĩa là sáu tháng còn lại phải thu thêm 26.400`


_MONTHS_LEFT = re.compile(r"(?<!\w)(?:tháng|quý)(?: \w+)? còn lại(?!\w)")
_YEAR_END = re.compile(r"(?<!\w)cả năm(?: (?:đạt|là|ước|được|phấn đấu))*$")


def _read_words(facts: Facts, figure: Figure) -> frozenset[str]:
    name = fold_words(facts.by_mention[figure.mention].name) or fold_words(facts.clause_before(figure))
    return name - empty_words(facts) - _AIMS


def _list_named(facts: Facts, like: Figure, words: frozenset[str]) -> list[Figure]:
    """Return the figures of the paragraphs before one that bear its name; each value once."""
    found: dict[object, Figure] = {}
    block = facts.block_of(like)
    for figure in facts.prose():
        if figure.start >= like.start or not words:
            break
        indicator = facts.by_mention.get(figure.mention)
        own = fold_words(indicator.name) if indicator is not None else frozenset()
        if words <= own and is_alike(figure, like) and facts.block_of(figure) != block:
            found.setdefault(figure.value, figure)
    return list(found.values())


def _choose(equations: list[Equation]) -> Equation | None:
    """Return the equation that holds, or the one that a misprint explains."""
    fitting = next((each for each in equations if holds(each)), None)
    return fitting or only_telling(equations, most=_RARELY if len(equations) == 1 else SELDOM)
