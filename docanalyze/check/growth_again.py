"""A growth told again where its parts begin: `GRDP tăng 6,81% …. Trong mức tăng 6,81%, khu vực I …`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from docanalyze.check.edits import find_edits
from docanalyze.check.equation import equate
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import agree
from docanalyze.check.list_ends import list_families
from docanalyze.check.portions import whole_of
from docanalyze.core.figure import Figure, is_alike

_AGAIN = re.compile(
    r"^\W*trong (?:tổng )?(?:mức|tốc độ|kết quả|con số|số) (?:tăng|giảm)(?: trưởng)?"
    r"(?: (?:chung|kinh tế|grdp|gdp))?(?: này)?\s*$"
)
_PART = re.compile(r"(?<!\w)(?:quý|tháng|khu vực|ngành|riêng|trong đó|thành phần)(?!\w)")
"""`quý I tăng 6,51%`: of a part, which is not what is told again."""
_BACK = 6
"""How many sentences before it may tell the growth first."""
_DIGITS = 2
_KINDS = ("digit", "swap")


def find_growths_again(facts: Facts) -> Iterator[Claim]:
    """Yield a growth told again before its parts, with the only one before it that a misprint tells apart."""
    told = facts.behind("trong mức ", "trong tốc độ ", "trong tổng mức ", "trong kết quả ")
    for again in facts.prose() if told else ():
        if again.mention not in told or again.dimension != "%" or not _AGAIN.match(facts.words_before(again)):
            continue
        if again.digits < _DIGITS or again.comparator is not None:
            continue
        before = [
            figure for name in facts.sentences_before(again, _BACK)[1:]
            for figure in facts.by_sentence.get(name, ())
            if figure.dimension == "%" and facts.role_of(figure) == "growth" and figure.comparator is None
        ]  # fmt: skip
        same = next((figure for figure in before if agree(figure, again)), None)
        first = {facts.mentions[figure.mention].sentence: figure for figure in reversed(before)}
        near = [
            figure for figure in first.values()
            if _is_slip(figure, again) and not _PART.search(facts.words_before(figure))
            and not _are_of_times(facts, figure, again)
        ]  # fmt: skip
        if same is not None:
            yield Claim("REP001", equate(same, again))
        elif len({figure.number for figure in near}) == 1:
            yield Claim("REP001", equate(near[0], again), severity="warning", tied=True)
    yield from _find_wholes_again(facts)


def _are_of_times(facts: Facts, one: Figure, two: Figure) -> bool:
    """Return whether figures are of two periods: `năm 2022 tăng 7,18%. Trong mức tăng 7,81% của năm 2023`."""
    first, second = (facts.by_mention[figure.mention].period for figure in (one, two))
    end = two.start + len(two.text)
    years = set(_YEAR.findall(facts.analysis.text, end, end + 40))
    told = {str(first.end)[:4]} if first is not None and first.end is not None else set()
    return (first is not None and second is not None and first != second) or bool(years - told and told)


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def _is_slip(one: Figure, two: Figure) -> bool:
    """Return whether figures with equally many decimals differ by two digits swapped or one changed."""
    if one.decimals != two.decimals or one.sign != two.sign:
        return False
    return any(edit.kind in _KINDS for edit in islice(find_edits(equate(one, two)), 4))


def _find_wholes_again(facts: Facts) -> Iterator[Claim]:
    """Yield the wholes of fractions that are parts of a count: `14 vụ. Trong đó 9/14 vụ …, 5/14 vụ …`.

    They are of that count if they make up their whole, or if it has less than one of them.
    """
    for total, parts in list_families(facts):
        wholes = [(part, whole) for part in parts if (whole := whole_of(facts, part)) is not None]
        if (
            not wholes
            or not total.exact
            or total.comparator is not None
            or whole_of(facts, total) is not None
        ):
            continue
        values = {whole.value for _, whole in wholes}
        if len(values) > 1 or not all(is_alike(part, total) for part, _ in wholes):
            continue
        entire = len(wholes) == len(parts) > 1 and sum(part.value for part, _ in wholes) in values
        part, whole = wholes[0]
        if total.value in values and entire:
            yield Claim("REP001", equate(total, whole))
        elif (entire or part.value > total.value) and _is_slip(total, whole):
            yield Claim("REP001", equate(total, whole), severity="warning", tied=True)
