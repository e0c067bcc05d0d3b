"""MIX001 where one ratio of a whole goes with those of all its parts, and another one does not.

`2.433 tỷ đồng, bằng 28,4% dự toán và tăng 75,6%`: if the growths of its parts make 75,6 %, nothing is left
out, and so do their shares of the plan make 28,4 %.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from docanalyze.check.borne_out import find_borne_out
from docanalyze.check.edits import find_edits, is_telling
from docanalyze.check.equation import Equation, add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.list_ends import list_families
from docanalyze.check.weighed import WEIGHED, weigh
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words

_PAIR = 2
_DIGITS, _LONG = 2, 4
_APART = Fraction(1, 25)
"""So far from what its parts make a ratio is misprinted: plans may hold a little that no part has."""
_SPREAD = 10
"""The ratios of parts are so many units of their last place apart where they tell something."""
_BEHIND = 40
_EMPTY = fold_words("so với của năm và tăng giảm bằng đạt trong nước tỉnh giao")


def find_mixes_beside(facts: Facts) -> Iterator[Claim]:
    """Yield the ratios of wholes with those of their parts where another one of the same ones holds."""
    if not facts.in_roles("growth", "plan-ratio"):
        return
    for total, parts in _list_wholes(facts):
        means = [mean for role in WEIGHED for mean in _list_means(facts, role, (total, *parts))]
        firm = [mean for mean in means if holds(mean) and _tells(mean)]
        for mean in means if firm or (means and total.digits >= _LONG) else ():
            if holds(mean):
                yield Claim("MIX001", mean)
            elif _is_misprinted(mean, firm=_bears_out(firm, mean)):
                yield Claim("MIX001", mean, severity="warning", tied=True)


def _bears_out(firm: Sequence[Equation], mean: Equation) -> bool:
    """Return whether a mean that holds bears out another: growth of money may be at constant prices."""
    if mean.form == "grown" and mean.one("total").dimension.isupper():
        return any(each.form == mean.form for each in firm)
    return bool(firm)


def _list_wholes(facts: Facts) -> Iterator[tuple[Figure, list[Figure]]]:
    """Yield the totals with the parts that make them up, listed or told in sentences of their own."""
    for total, parts in list_families(facts):
        alike = len(parts) >= _PAIR and all(is_alike(part, total) for part in parts)
        if alike and holds(add_up(total, parts)):
            yield total, parts
    for claim in find_borne_out(facts):
        if claim.equation is not None and holds(claim.equation):
            yield claim.equation.one("total"), list(claim.equation.all("part"))


def _list_means(facts: Facts, role: str, figures: Sequence[Figure]) -> Iterator[Equation]:
    """Yield the ratios of one role and base that are said of a whole and of all its parts, in order."""
    rows = []
    for figure in figures:
        owner = facts.by_mention[figure.mention]
        said = [each for each in facts.said_of.get(owner.id, ()) if each.role == role]
        rows.append([facts.figures[each.mention] for each in said])
    if len({len(row) for row in rows}) > 1:
        return
    for ratios in zip(*rows, strict=True):
        bases = [base for ratio in ratios if (base := _read_base(facts, ratio))]
        plain = all(ratio.plain and ratio.dimension == "%" and ratio.digits >= _DIGITS for ratio in ratios)
        if not plain or not all(one & two for one in bases for two in bases):
            continue
        yield weigh(role, figures, ratios)


def _read_base(facts: Facts, ratio: Figure) -> frozenset[str]:
    """Return the words behind a ratio that say what it is over."""
    end = ratio.start + len(ratio.text)
    behind = facts.analysis.text[end : end + _BEHIND].lower().split(",")[0].split(";")[0].split(".")[0]
    return fold_words(behind) - _EMPTY


def _tells(mean: Equation) -> bool:
    """Return whether the ratios of the parts differ, so that no other weights make that of the whole."""
    ratios = [ratio.value for ratio in mean.all("part-ratio")]
    return max(ratios) - min(ratios) >= _SPREAD * Fraction(1, 10 ** mean.one("ratio").decimals)


def _is_misprinted(mean: Equation, *, firm: bool) -> bool:
    """Return whether one ratio that is misprinted explains a mean far from what is printed."""
    sides = mean.sides()
    if sides is None or not any(
        mean.terms[edit.at][0] in ("ratio", "part-ratio") for edit in find_edits(mean)
    ):
        return False
    whole, parts = mean.one("ratio"), mean.all("part-ratio")
    if not holds(Equation("between", (("total", whole), *(("part", part) for part in parts)))):
        return firm or mean.form == "grown"
    if not firm:
        return False
    printed, expected = sides.printed.middle(), sides.expected.middle()
    if abs(printed - expected) <= max(abs(printed), abs(expected)) * _APART:
        return False
    # a plan that no part has makes the whole look worse, never better
    return printed > expected if mean.form == "bases" else is_telling(mean)
