"""Other readings of a failing pairing that agree: then the figures are right, and the pairing was not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docanalyze.check.equation import Equation, compare, share_of
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.findings import Judged, judge_claim
from docanalyze.check.judge import holds
from docanalyze.check.named_wholes import LEFT_OUT
from docanalyze.check.portions import find_before_slash
from docanalyze.core.figure import Figure, is_alike

_QUOTIENTS = ("growth", "ratio", "difference", "times")
_BACK = 2
"""How many sentences before a share may print its whole."""
_MOST = 6
"""Of so many figures one seldom is the whole by chance."""


def drop_rivalled(judged: Sequence[Judged], facts: Facts) -> tuple[list[Judged], list[Judged]]:
    """Return the claims that stand, and the failing ones that another reading explains.

    A share that fails, but agrees with another whole nearby, stands as that one's.
    """
    known = _Known(judged)
    kept: list[Judged] = []
    gone: list[Judged] = []
    for each in judged:
        equation = each.claim.equation
        if equation is None or each.severity is None or each.rule.placed:
            kept.append(each)
        elif (
            equation.form == "share"
            and not each.claim.tied
            and not _agrees(each)
            and equation.one("ratio").mention in known.tied
        ):
            gone.append(each)  # at prices of a base year; a table has those of the year that it is of
        elif each.claim.code == "SUM004" and each.claim.tied:
            kept.append(each)  # exports and imports make the turnover, and their balance beside it
        elif (
            equation.form == "share"
            and not each.claim.tied
            and (other := _find_other_whole(equation, facts)) is not None
        ):
            gone.append(each)
            if _name_share(other) not in known.shares:
                known.shares.add(_name_share(other))
                mended = judge_claim(each.rule, Claim(each.claim.code, other, sure=False))
                kept += [mended] if mended is not None else []
        elif _is_rivalled(equation, facts, known) or (
            each.severity != "info"
            and not each.claim.sure
            and _has_other_owner(equation, known.owners, facts)
        ):
            gone.append(each)
        else:
            kept.append(each)
    return kept, gone


class _Known:
    """What the relations that hold say.

    Shares by ratio and whole, ratios of shares that are tied, ratios by part and whole, totals by their
    parts, parts beside each part, owners of bases.
    """

    def __init__(self, judged: Sequence[Judged]) -> None:
        self.shares: set[tuple[str, str]] = set()
        self.tied: set[str] = set()
        self.ratios: dict[tuple[str, str], Figure] = {}
        self.totals: set[frozenset[str]] = set()
        self.beside: dict[str, set[str]] = {}
        self.owners: dict[str, set[str]] = {}
        for each in judged:
            equation = each.claim.equation
            if equation is None or not _agrees(each):
                continue
            if equation.form == "share":
                self.shares.add(_name_share(equation))
                if each.claim.tied and each.verdict == "holds":
                    self.tied.add(equation.one("ratio").mention)
                pair = equation.one("part").mention, equation.one("total").mention
                if each.verdict == "holds":  # cut off, it leaves room for a misprint
                    self.ratios[pair] = equation.one("ratio")
            elif equation.form == "sum":
                self.totals.add(_name_parts(equation))
                for part in _name_parts(equation):
                    self.beside.setdefault(part, set()).update(_name_parts(equation) - {part})
            elif equation.form in _QUOTIENTS:
                base, actual = equation.one("base").mention, equation.one("actual").mention
                self.owners.setdefault(base, set()).add(actual)


def _name_share(equation: Equation) -> tuple[str, str]:
    return equation.one("ratio").mention, equation.one("total").mention


def _name_parts(equation: Equation) -> frozenset[str]:
    return frozenset(figure.mention for figure in equation.all("part"))


def _agrees(judged: Judged) -> bool:
    return judged.verdict in ("holds", "holds-by-truncation")


def _is_rivalled(equation: Equation, facts: Facts, known: _Known) -> bool:
    if equation.form == "share":
        if equation.one("part").dimension == "lần":  # `hệ số nợ 0,85 lần; ROA đạt 11,9%`
            return True
        if _is_at_base_prices(equation, facts):
            return True
        # `ra bãi trừ 5.744/5.935 m3, đạt 96,8%`: its whole is printed with it
        own = equation.one("total").mention == equation.one("part").mention
        left_out = not own and _is_left_out(equation.one("total"), facts)
        return _is_of_whole_of_total(equation, facts) or left_out
    if equation.form == "at-most" and "ròng" in facts.words_before(equation.one("total")):
        return True  # `mua ròng 312 đơn vị. Trong đó, mã thứ nhất bị bán ròng 493 đơn vị`: each its own way
    if equation.form in ("sum", "at-most"):
        # `nhận 836 đơn, đủ điều kiện 701 đơn. Phân loại: …`: the parts of one total are not another's
        parts = _name_parts(equation)
        if len(parts) > 1 and (parts in known.totals or _have_shares(equation, known)):
            return True
        # `78/92 xã đạt chuẩn, 31 xã nâng cao; còn 14 xã`: what is left beside a figure is no part of it
        total = equation.one("total").mention
        return total not in parts and not known.beside.get(total, set()).isdisjoint(parts)
    if equation.form == "bases":  # `chiếm 12,7%` of the budget, its part `chiếm 62%` of that
        one, two = (("ratio", "part"), ("part-ratio", "total"))
        return any((equation.one(a).mention, equation.one(b).mention) in known.shares for a, b in (one, two))
    if equation.form == "difference" and _fits_other_ratio(equation, facts):
        return True
    if equation.form not in _QUOTIENTS or equation.one("base").start > equation.terms[-1][1].start:
        return False  # `trừ số hoàn thuế 106 tỷ đồng, bằng 62% dự toán (171 tỷ đồng)`: its own base
    return any(_is_left_out(equation.one(role), facts) for role in ("actual", "base"))


def _have_shares(equation: Equation, known: _Known) -> bool:
    """Return whether each part has its share of the total, so finely that none of them is misprinted.

    `250 người: nữ 76 (30,4%), dân tộc thiểu số 45 (18,0%), tái cử 102 (40,8%), …`: they overlap.
    """
    total, parts = equation.one("total"), equation.all("part")
    ratios = [known.ratios.get((part.mention, total.mention)) for part in parts]
    slack = sum(ratio.rough_slack for ratio in ratios if ratio is not None) * total.rough / 100
    return None not in ratios and abs(sum(part.rough for part in parts) - total.rough) > slack


def _fits_other_ratio(equation: Equation, facts: Facts) -> bool:
    """Return whether a change in points is that of another ratio of the same figure.

    `đạt 48,0% kế hoạch trung ương giao và 45,4% kế hoạch tỉnh giao, cao hơn cùng kỳ (44,1%) 3,9 điểm`.
    """
    actual, base, change = (equation.one(role) for role in ("actual", "base", "difference"))
    owner = facts.by_mention.get(actual.mention)
    if owner is None or owner.of is None or actual.dimension != "%":
        return False
    others = (facts.figures[each.mention] for each in facts.said_of[owner.of] if each.role == owner.role)
    return any(
        other.mention != actual.mention and holds(compare("difference", other, base, change))
        for other in others
    )


def _find_other_whole(equation: Equation, facts: Facts) -> Equation | None:
    """Return the share of another total printed nearby that agrees."""
    part, total, ratio = (equation.one(role) for role in ("part", "total", "ratio"))
    if not ratio.decimals or part.dimension == "%" or total.mention == part.mention:
        return None  # `39/45 đơn, đạt 84,8%` has its whole with it
    pairs = [(part, other) for other in (*_find_wholes(part, facts), *_find_later(ratio, part, facts))]
    before = find_before_slash(part, facts)
    if before is not None:  # `thụ lý 1.250 vụ/1.842 bị can, giải quyết 1.130 vụ/1.601 bị can, đạt 90,4%`
        pairs += [(before, other) for other in _find_wholes(before, facts)]
    ways = (share_of(one, other, ratio) for one, other in pairs if other.mention != total.mention)
    return next((way for way in ways if holds(way)), None)


def _find_later(ratio: Figure, part: Figure, facts: Facts) -> Iterator[Figure]:
    """Yield the larger figures of a part's kind that its sentence prints behind a share.

    `mới nhận 1.840 hồ sơ, đúng hạn 1.795 hồ sơ (95,2%), đến hạn 1.886 hồ sơ`.
    """
    for other in facts.levels_of(facts.mentions[ratio.mention].sentence):
        if other.start > ratio.start and other.value > part.value and is_alike(other, part):
            yield other


def _is_at_base_prices(equation: Equation, facts: Facts) -> bool:
    """Return whether a structure, which is at current prices, is held against values at those of a base year.

    `theo giá so sánh đạt 19.283 tỷ đồng, … công nghiệp 8.074 tỷ đồng. Cơ cấu kinh tế: công nghiệp 41,79%`.
    """
    value, share = (facts.sentence_at(equation.one(role).start) for role in ("total", "ratio"))
    if value is None or share is None or value.start == share.start:
        return False
    text = facts.analysis.text
    above, here = (text[each.start : each.end].lower() for each in (value, share))
    based, current = facts.lexicon["series"]["constant"]["constant"], "cơ cấu" in here
    return current and any(word in above for word in based) and not any(word in here for word in based)


def _is_of_whole_of_total(equation: Equation, facts: Facts) -> bool:
    """Return whether a share agrees with the whole of its own total.

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
    return False


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
