"""Ratios and changes in prose: growth, plan completion, differences, multiples."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from docanalyze.check.done_of import find_done_of_plan
from docanalyze.check.edits import find_edits, has_edit
from docanalyze.check.equation import COMPARISONS, Equation, compare
from docanalyze.check.facts import Claim, Facts, is_same_unit
from docanalyze.check.far_growths import find_far_growths
from docanalyze.check.far_plans import find_far_plans, tie_to_plan
from docanalyze.check.funds_spent import find_funds_spent
from docanalyze.check.judge import holds
from docanalyze.check.lacking import find_lacking
from docanalyze.check.next_growths import is_of_level_before
from docanalyze.check.partners import find_triple
from docanalyze.check.yearly import is_yearly
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words


def find_growths(facts: Facts) -> Iterator[Claim]:
    """Yield growth in percent against a printed base.

    What: `tăng x%`, `giảm x%` and `bằng y%` agree with the figure and the base printed with it.
    Why: one of the three was changed, or the growth was taken from another period.
    Tolerance: the intervals of figure and base, divided, must meet that of the percentage.
    Example: `ước 4.245,23 tỷ đồng, tăng 6,60% so với cùng kỳ (3.982,40 tỷ đồng)`.
    """
    for ratio, actual, base, sure in _triples(facts, "growth", "ratio"):
        if is_yearly(facts, ratio) or _is_change_in_units(facts, actual, base):
            continue
        form = COMPARISONS[facts.role_of(ratio) or ""]
        if is_same_unit(actual, base) or is_alike(actual, base) or (actual.exact and base.exact):
            equation = compare(form, actual, base, ratio)
            yield from find_far_growths(facts, [equation] if sure else [])
            if not sure and has_edit(equation) and is_of_level_before(facts, ratio, actual, base):
                yield Claim("PCT003", equation, severity="warning", tied=True)
            elif not _is_in_points(equation):
                yield claim_ratio(facts, "PCT003", equation, sure=sure)


def find_plans(facts: Facts) -> Iterator[Claim]:
    """Yield plan completion where the plan is printed.

    What: `đạt x% kế hoạch` agrees with the figure and the plan, or with what the plan still lacks.
    Why: the plan was changed and the percentage was not, or the other way round.
    Tolerance: the intervals of figure and plan, divided, must meet that of the percentage.
    Example: `được 4.245,23 tỷ đồng, đạt 50,84% kế hoạch (8.350 tỷ đồng)`.
    """
    for ratio, actual, plan, sure in _triples(facts, "plan-growth"):
        equation = compare("growth", actual, plan, ratio)
        if not _is_in_points(equation):
            yield claim_ratio(facts, "PCT002", equation, sure=sure)
    claims = [
        claim_ratio(facts, "PCT002", compare("ratio", actual, plan, ratio), sure=sure)
        for ratio, actual, plan, sure in _triples(facts, "plan-ratio")
    ]
    known = {claim.equation.one("ratio").mention: claim.equation for claim in claims if claim.equation}
    for claim in claims:
        if claim.equation is not None and not holds(claim.equation) and _is_ahead(facts, claim.equation):
            continue
        yield tie_to_plan(facts, claim, known.values())
    yield from find_far_plans(facts, known)
    yield from find_done_of_plan(facts)
    yield from find_lacking(facts)
    yield from find_funds_spent(facts)


_IN_UNITS = re.compile(r".*\((?:tức|tương (?:đương|ứng)|hay)(?: là| với)?(?: hơn| gần| khoảng| trên)?$")
_TIMES = 3


def _is_change_in_units(facts: Facts, actual: Figure, base: Figure) -> bool:
    """Return whether a bracket tells what a growth comes to: `17,8 tỷ, tăng 12,2% (tương đương 2 tỷ)`."""
    small = base.value * _TIMES <= actual.value
    return small and _IN_UNITS.fullmatch(facts.words_before(base)) is not None


_AHEAD = re.compile(
    r"(?<!\w)(?:ước|dự kiến|phấn đấu|khả năng)(?: [^\W\d]+){0,3} (?:đến|hết|cả năm|cuối|trong năm)(?!\w)"
)


def _is_ahead(facts: Facts, equation: Equation) -> bool:
    """Return whether a ratio is of what will be done: `giải ngân 61,2 tỷ đồng, ước đến 31/12 đạt 95%`."""
    return _AHEAD.search(facts.words_before(equation.one("ratio"))) is not None


def find_differences(facts: Facts) -> Iterator[Claim]:
    """Yield changes in units and percentage points against a printed base.

    What: `tăng 55 ca so với cùng kỳ (41 ca)`, `giảm 1,19 điểm phần trăm (cùng kỳ 39,45%)` agree.
    Why: one of the three was changed; percentage points and percent are often confused.
    Tolerance: the difference of the intervals must meet that of the change.
    Example: `96 ca, tăng 55 ca so với cùng kỳ (41 ca)`: 96 - 41 = 55.
    """
    for change, actual, base, sure in _triples(facts, "change"):
        if change.dimension == "point" and "đóng góp" in facts.words_before(change):
            continue  # to a growth, not a change of one
        if change.comparator == "more-than" and facts.words_before(change).endswith("vượt"):
            change = replace(change, comparator=None)  # `vượt 587 người`: by just as many
        code = "CHG002" if change.dimension == "point" else "CHG001"
        yield claim_ratio(facts, code, compare("difference", actual, base, change), sure=sure)
    for ratio, actual, base, sure in _triples(facts, "growth", "plan-growth", near=True):
        if _is_in_points(compare("growth", actual, base, ratio)):
            # `tổn thất 3,49%, thấp hơn 0,06% so với kế hoạch (3,55%)`: of rates, points are called percent
            points = compare("difference", actual, base, ratio)
            tied = sure and has_edit(points)
            yield Claim("CHG002", points, sure=sure and not holds(points), severity="warning", tied=tied)


def find_multiples(facts: Facts) -> Iterator[Claim]:
    """Yield `gấp n lần` against a printed base.

    What: `gấp 2,3 lần cùng kỳ (41 ca)` agrees with figure and base.
    Why: one of the three was changed.
    Tolerance: the quotient of the intervals must meet that of the multiple; `tăng n lần` is ambiguous and
    left aside.
    Example: `96 ca, gấp 2,3 lần cùng kỳ (41 ca)`.
    """
    for times, actual, base, sure in _triples(facts, "times"):
        yield claim_ratio(facts, "CHG003", compare("times", actual, base, times), sure=sure)


def _triples(facts: Facts, *roles: str, near: bool = False) -> Iterator[tuple[Figure, Figure, Figure, bool]]:
    """Yield ratio, what it is of, what it is against, and whether they are surely tied.

    `near` ones are only those that binding has tied.
    """
    for indicator in facts.in_roles(*roles):
        if indicator.of is not None and indicator.against is not None:
            of, against = facts.indicators[indicator.of], facts.indicators[indicator.against]
            actual, base = facts.figures[of.mention], facts.figures[against.mention]
            if actual.dimension.startswith(f"{base.dimension}/") and base.dimension.isupper():
                base = replace(
                    base, dimension=actual.dimension
                )  # `9,6 triệu đồng/người (cùng kỳ 8,9 triệu đồng)`
            yield facts.figures[indicator.mention], actual, base, indicator.sure
        elif not near:
            found = find_triple(facts, indicator)
            if found is not None:
                yield found


def claim_ratio(facts: Facts, code: str, equation: Equation, *, sure: bool) -> Claim:
    """Return the claim of an equation, with another level of its sentence if only that one fits."""
    actual = equation.terms[0][1]
    if holds(equation):
        return Claim(code, equation, sure=sure)
    if equation.form == "difference" and not sure:
        turned = compare("difference", equation.terms[1][1], actual, equation.terms[-1][1])
        if holds(turned):
            return Claim(code, turned, sure=False)  # what is compared with what was not understood
    others = {figure.mention for _, figure in equation.terms}
    explained: list[Equation] = []
    place = facts.mentions[actual.mention].sentence
    pool = facts.levels_of(place)
    if actual.dimension == "%":
        pool = tuple(
            f for f in facts.by_sentence.get(place or "", ()) if facts.role_of(f) in ("share", "level")
        )
    for other in (*reversed(pool), *_find_named_alike(facts, equation)):
        if facts.is_past(other, equation.terms[-1][1]) or (sure and facts.role_of(other) in ("base", "plan")):
            continue
        if other.mention not in others and is_same_unit(other, actual) and other.comparator is None:
            changed = equation.with_figure(0, other)
            if holds(changed):
                return Claim(code, changed, sure=False)
            if other.start < equation.terms[-1][1].start and has_edit(changed):
                explained.append(changed)
    if explained and not has_edit(equation):
        ranks = [find_edits(changed)[0].rank for changed in explained]
        if ranks.count(min(ranks)) == 1:  # of several, the one that the likeliest slip explains
            likeliest = explained[ranks.index(min(ranks))]
            if _are_of_one_span(facts, likeliest) and not _are_of_one_span(facts, equation):
                return Claim(code, likeliest, severity="warning", tied=True)
            return Claim(code, likeliest, sure=False)
    return Claim(code, equation, sure=sure or _is_borne_out(facts, equation))


_SPAN = re.compile(r"(?<!\w)(?:\d{1,2} tháng|tháng (?:\d{1,2}|một|mười)|quý (?:i{1,3}|iv|\d)|cả năm)(?!\w)")


def _are_of_one_span(facts: Facts, equation: Equation) -> bool:
    """Return whether a figure and its base are of as long a time: `6 tháng`, `6 tháng năm 2023`."""
    spans = [set(_SPAN.findall(facts.words_before(figure))) for _, figure in equation.terms[:2]]
    return len(spans[0]) == 1 and spans[0] == spans[1]


def _is_in_points(equation: Equation) -> bool:
    """Return whether a growth of one rate over another is in points: `3,49%, giảm 0,06%`."""
    actual, base, ratio = (figure for _, figure in equation.terms[:3])
    if equation.form != "growth" or not actual.dimension == base.dimension == "%":
        return False
    return abs(actual.value - base.value) == abs(ratio.value) or not holds(equation)


def _find_named_alike(facts: Facts, equation: Equation) -> Iterator[Figure]:
    """Yield levels of sentences before a ratio that bear the name of its base: `(kiến nghị 118.250 …)`."""
    base, ratio = equation.terms[1][1], equation.terms[-1][1]
    words = fold_words(facts.clause_before(base).strip(" ("))
    if len(words) < 2 or not facts.depths.get(base.mention):
        return
    for name in facts.paragraph_before(ratio, 3)[1:]:
        for other in facts.levels_of(name):
            if words <= fold_words(facts.by_mention[other.mention].name):
                yield other


def _is_borne_out(facts: Facts, equation: Equation) -> bool:
    """Return whether another ratio of the same figure over the same base holds: so they belong together."""
    pairs = facts.memo.get("borne out")
    if pairs is None:
        pairs = facts.memo["borne out"] = set()
        for ratio, actual, base, _ in _triples(facts, *COMPARISONS, near=True):
            if holds(compare(COMPARISONS[facts.role_of(ratio) or ""], actual, base, ratio)):
                pairs.add((actual.mention, base.mention))
    return tuple(figure.mention for _, figure in equation.terms[:2]) in pairs
