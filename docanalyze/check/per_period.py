"""AVG001 over time: `6 tháng xảy ra 5.684 vụ …. Bình quân một ngày xảy ra 31 vụ`: 5.684 / 181 = 31.

How many days, months or quarters they are, the stretch of time of the total says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from msgspec.structs import replace

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.matches import empty_words
from docanalyze.core.figure import Figure
from docanalyze.core.names import fold_words
from docanalyze.core.relation import Stretch

_EACH = re.compile(
    r"(?<!\w)(?:(?:bình quân|trung bình)(?: (?:mỗi|một|1|01))?|mỗi) (?P<unit>ngày|tháng|quý)(?!\w)(?! \d)"
)
_OF_ONE = re.compile(
    r"(?<!\w)(?:thu nhập|lương|đầu người|một lao động|mỗi lao động|mỗi người|một hộ|mỗi hộ)(?!\w)"
)
_BACK = 2
"""How many sentences before an average a day or a month may print its total."""
_BEHIND = 40
_TELLING = 2
"""A mean of one digit fits many a misprint."""
_MONTHS = {"tháng": 1, "quý": 3}
_FOLDED = fold_words("bình quân trung bình mỗi một ngày tháng quý xảy ra")


def find_per_period(facts: Facts) -> Iterator[Claim]:
    """Yield what there is a day, a month or a quarter with the total over them."""
    for name in facts.sentences_with("bình quân", "trung bình", "mỗi ngày", "mỗi tháng", "mỗi quý"):
        sentence = facts.sentence_of(name)
        if sentence is None:
            continue
        text = facts.analysis.text[sentence.start : sentence.end].lower()
        found = _EACH.search(text)
        if found is None or _OF_ONE.search(text):
            continue
        stop = text.find(";", found.end())
        end = sentence.end if stop < 0 else sentence.start + stop
        start = sentence.start + found.start()
        for rate in facts.levels_of(name):
            if start < rate.start < end and rate.dimension not in ("%", "point", "") and rate.number > 0:
                yield from _claim_mean(facts, rate, start, found["unit"])


def _claim_mean(facts: Facts, rate: Figure, start: int, unit: str) -> Iterator[Claim]:
    """Yield the total over a stretch of time with what there is of it a unit of time."""
    totals = _list_totals(facts, rate, start, unit)
    for total, counts in totals:
        fitting = next((each for count in counts if holds(each := _multiply(rate, total, count))), None)
        told = _multiply(rate, total, counts[0])
        if fitting is not None:
            yield Claim("AVG001", fitting)
            continue
        same = len(totals) == 1 and _name(facts, rate) <= _name(facts, total)
        if same and rate.digits >= _TELLING and not _is_near(rate, told) and has_edit(told):
            yield Claim("AVG001", told, severity="warning", tied=True)


def _multiply(mean: Figure, total: Figure, count: int) -> Equation:
    """Return the equation of a total and so many times a mean; neither is exact."""
    terms = (("factor", replace(mean, exact=False)), ("result", replace(total, exact=False)))
    return Equation("product", terms, Fraction(count))


def _is_near(mean: Figure, told: Equation) -> bool:
    """Return whether a mean of counts is off by no more than one: rounded up, `31,4` to `32 người`."""
    near = replace(mean, number=mean.number - 1, high=mean.number + 1, exact=False)
    return mean.exact and holds(told.with_figure(0, near))


def _list_totals(facts: Facts, rate: Figure, start: int, unit: str) -> list[tuple[Figure, list[int]]]:
    """Return the levels of the nearest sentence that an average may be of, with how many units they span."""
    own = _name(facts, rate)
    for name in facts.sentences_before(rate, _BACK):
        found = []
        for figure in facts.levels_of(name):
            if (
                figure.start >= start
                or figure.dimension != rate.dimension
                or facts.role_of(figure) != "level"
            ):
                continue
            counts = _count_units(facts.by_mention[figure.mention].period, unit)
            if counts and figure.value > rate.value and own & _name(facts, figure):
                found.append((figure, counts))
        alike = [each for each in found if own <= _name(facts, each[0])]
        if found:
            return alike if len(alike) == 1 else found
    return []


def _name(facts: Facts, figure: Figure) -> frozenset[str]:
    """Return the words about a level: those of its clause, its unit and those right behind it."""
    end = figure.start + len(figure.text)
    behind = re.split(r"[,;:.()\d]", facts.analysis.text[end : end + _BEHIND], maxsplit=1)[0]
    words = fold_words(f"{figure.dimension} {behind}") if behind.strip() else fold_words(
        f"{facts.clause_before(figure)} {figure.dimension}"
    )  # fmt: skip
    return words - empty_words(facts) - _FOLDED


def _count_units(period: Stretch | None, unit: str) -> list[int]:
    """Return how many days, months or quarters a stretch has, the likeliest first; none for less than two.

    Days may be one more or less: the 14th of one month to the 15th of another.
    """
    if period is None or period.start is None or period.end is None:
        return []
    try:
        first, last = date.fromisoformat(period.start), date.fromisoformat(period.end)
    except ValueError:
        return []
    days = (last - first).days + 1
    if unit == "ngày":
        return [days, days - 1, days + 1] if days > 2 else []
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    count, rest = divmod(months, _MONTHS[unit])
    return [count] if count > 1 and not rest and first.day == 1 else []
