"""Other readings of a failing pairing that agree: then the figures are right, and the pairing was not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from docanalyze.check.equation import Equation, share_of
from docanalyze.check.facts import Facts
from docanalyze.check.findings import Judged
from docanalyze.check.judge import holds
from docanalyze.check.named_wholes import LEFT_OUT
from docanalyze.core.figure import Figure, is_alike

_QUOTIENTS = ("growth", "ratio", "difference", "times")
_BACK = 2
"""How many sentences before a share may print its whole."""
_MOST = 6
"""Of so many figures one seldom is the whole by chance."""


def drop_rivalled(judged: Sequence[Judged], facts: Facts) -> tuple[list[Judged], list[Judged]]:
    """Return the claims that stand, and the failing ones that another reading explains."""
    owners = _find_owners(judged)
    shares = {
        (each.claim.equation.one("ratio").mention, each.claim.equation.one("total").mention)
        for each in judged
        if each.claim.equation is not None and each.claim.equation.form == "share" and _agrees(each)
    }
    kept: list[Judged] = []
    gone: list[Judged] = []
    for each in judged:
        equation = each.claim.equation
        told = each.severity in ("error", "warning") and not each.rule.placed
        rivalled = told and equation is not None and (
            _is_rivalled(equation, facts, shares)
            or (not each.claim.sure and _has_other_owner(equation, owners, facts))
        )  # fmt: skip
        (gone if rivalled else kept).append(each)
    return kept, gone


def _agrees(judged: Judged) -> bool:
    return judged.verdict in ("holds", "holds-by-truncation")


def _is_rivalled(equation: Equation, facts: Facts, shares: set[tuple[str, str]]) -> bool:
    if equation.form == "share":
        if equation.one("part").dimension == "lần":  # `hệ số nợ 0,85 lần; ROA đạt 11,9%`
            return True
        return _fits_other_whole(equation, facts) or _is_left_out(equation.one("total"), facts)
    if equation.form == "bases":  # `chiếm 12,7%` of the budget, its part `chiếm 62%` of that
        one, two = (("ratio", "part"), ("part-ratio", "total"))
        return any((equation.one(a).mention, equation.one(b).mention) in shares for a, b in (one, two))
    pair = equation.form in _QUOTIENTS
    return pair and any(_is_left_out(equation.one(role), facts) for role in ("actual", "base"))


def _fits_other_whole(equation: Equation, facts: Facts) -> bool:
    """Return whether a share agrees with a total printed nearby, or with the whole of its own total.

    `thu trong nước 66,6 triệu, chiếm 82,0%, trong đó tổ chức 39,0 triệu (48,0%)`: both of all there is.
    """
    part, total, ratio = (equation.one(role) for role in ("part", "total", "ratio"))
    if not ratio.decimals or part.dimension == "%":
        return False
    owner = facts.by_mention.get(total.mention)
    for other in facts.said_of.get(owner.id, ()) if owner is not None else ():
        if other.role != "share":
            continue
        share = facts.figures[other.mention]
        terms = (("total", total), ("ratio", share), ("part", part), ("part-ratio", ratio))
        if share.mention != ratio.mention and holds(Equation("bases", terms)):
            return True
    wholes = (other for other in _find_wholes(part, facts) if other.mention != total.mention)
    return any(holds(share_of(part, other, ratio)) for other in wholes)


def _find_wholes(part: Figure, facts: Facts) -> Iterator[Figure]:
    """Yield the nearest larger figures of a part's kind, before it in its sentence or in those before it."""
    found = 0
    for name in facts.paragraph_before(part, _BACK):
        for other in reversed(facts.levels_of(name)):
            if other.start < part.start and other.value > part.value and is_alike(other, part):
                yield other
                found += 1
                if found == _MOST:
                    return


def _is_left_out(figure: Figure, facts: Facts) -> bool:
    """Return whether a figure is what a clause leaves out: `nếu không tính vốn giao tăng (168 tỷ đồng)`."""
    words = facts.words_before(figure)
    return any(";" not in words[found.end() :] for found in LEFT_OUT.finditer(words))


def _find_owners(judged: Iterable[Judged]) -> dict[str, set[str]]:
    """Return of which figures each base is the base, by the ratios that agree."""
    owners: dict[str, set[str]] = {}
    for each in judged:
        equation = each.claim.equation
        if equation is not None and equation.form in _QUOTIENTS and _agrees(each):
            owners.setdefault(equation.one("base").mention, set()).add(equation.one("actual").mention)
    return owners


def _has_other_owner(equation: Equation, owners: dict[str, set[str]], facts: Facts) -> bool:
    """Return whether a ratio agrees over the same base for a larger figure only: the base is that one's."""
    if equation.form not in _QUOTIENTS or facts.mentions[equation.one("base").mention].cell is not None:
        return False
    if len({facts.mentions[figure.mention].sentence for _, figure in equation.terms}) == 1:
        return False  # what was done and what is left are of one plan
    actual = equation.one("actual")
    if (
        facts.role_of(equation.terms[-1][1]) == "plan-ratio"
        and facts.by_mention[actual.mention].part_of is None
    ):
        return False  # a plan is that of many, but a part of a list has one of its own
    known = owners.get(equation.one("base").mention, set())
    # a larger one may be the same figure later: `đến 31/7 1.645 tỷ đồng …; ước đến 31/8 1.949 tỷ đồng`
    larger = all(facts.figures[name].value > actual.value for name in known)
    return bool(known) and actual.mention not in known and larger
