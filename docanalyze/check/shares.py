"""Shares in prose: of a total printed beside, before, by name or as the sum of its list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from docanalyze.check.common_whole import find_common_wholes, find_rates
from docanalyze.check.done_of import find_done_of
from docanalyze.check.done_sorts import find_done_sorts
from docanalyze.check.edits import find_edits, has_edit, is_telling, only_telling
from docanalyze.check.equation import Equation, share_of
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.far_wholes import find_far_wholes
from docanalyze.check.item_sums import find_item_shares
from docanalyze.check.judge import holds
from docanalyze.check.listed_shares import find_listed_shares, find_twin_shares
from docanalyze.check.named_wholes import claim_leading_whole, claim_named_whole, has_other_whole
from docanalyze.check.output_shares import find_output_shares
from docanalyze.check.own_wholes import find_own_wholes
from docanalyze.check.paired_counts import find_paired_shares
from docanalyze.check.parts_of_fractions import find_parts_of_fractions
from docanalyze.check.portions import are_beside, find_before_slash, whole_of
from docanalyze.check.rates_beside import find_rates_beside
from docanalyze.check.ratios import claim_ratio
from docanalyze.check.run_wholes import find_run_wholes
from docanalyze.check.same_named import find_same_named
from docanalyze.check.structures import find_structures
from docanalyze.check.taken_and_done import find_taken_and_done
from docanalyze.check.two_measures import find_two_measures
from docanalyze.check.unlisted import find_summed
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words
from docanalyze.core.relation import Indicator

_WHOLE = re.compile(r"(?<!\w)(?:tổng|kế hoạch|dự toán|được giao)(?!\w)")
_UNEXPLAINED = 99
_WHOLE_PERCENT = 100
_SELDOM, _OFTEN = Fraction(1, 20), Fraction(1, 3)
_REACH = 60
"""How many characters behind a share may name its whole."""


def find_shares(facts: Facts) -> Iterator[Claim]:
    """Yield shares of a printed total.

    What: `chiếm x%` agrees with the part and the total, be it printed beside or the total of the list.
    Why: one of the three was changed.
    Tolerance: the intervals of part and total, divided, must meet that of the percentage.
    Example: `138.650 người, chiếm 93,1% dân số (148.920 người)`.
    """
    found = [*find_twin_shares(facts), *find_item_shares(facts)]
    yield from found
    taken = {claim.equation.one("ratio").mention for claim in found if claim.equation is not None}
    claims = list(_find_all_shares(facts))
    shares = [claim.equation for claim in claims if claim.equation is not None]
    held = {_read_pair(equation) for equation in shares if holds(equation)} - {None}
    strange = find_own_wholes(facts, shares)
    for claim in claims:
        equation = claim.equation
        if equation is not None and equation.terms[-1][1].mention in taken:
            continue
        if equation is not None and equation.form == "share" and equation.one("ratio").mention in strange:
            continue
        if equation is not None and not holds(equation) and _read_pair(equation) in held:
            continue  # `3.512 hộ (13,6% hộ nghèo vùng cao và 23,4% hộ cận nghèo)`: of another whole
        if equation is None or not has_other_whole(facts, equation):
            found.append(claim)
            yield claim
    far = list(find_far_wholes(facts, found))
    far += find_run_wholes(facts, [*found, *far])
    yield from far
    yield from find_same_named(facts, [*found, *far])
    yield from find_rates_beside(facts)
    yield from find_done_of(facts)
    yield from find_done_sorts(facts)
    yield from find_two_measures(facts)
    yield from find_structures(facts)
    yield from find_output_shares(facts)
    yield from find_paired_shares(facts)
    yield from find_parts_of_fractions(facts)
    yield from find_taken_and_done(facts)


def _read_pair(equation: Equation) -> tuple[str, str] | None:
    """Return the part and the whole of a share; None for other equations."""
    if equation.form != "share":
        return None
    return equation.one("part").mention, equation.one("total").mention


def _find_all_shares(facts: Facts) -> Iterator[Claim]:
    """Yield shares, whatever whole is named behind them."""
    for indicator, ratio in _ratios(facts, "share", "plan-ratio", "level"):
        if indicator.of is None and indicator.role != "level":
            continue
        part_ind = facts.indicators.get(indicator.of or "")
        if part_ind is None:
            continue
        if indicator.role == "share":
            part_ind = _find_listed(facts, ratio, _pick_of_pair(facts, ratio, part_ind))
        part = facts.figures[part_ind.mention]
        if indicator.against is not None:
            if indicator.role == "share":
                total = facts.figures[facts.indicators[indicator.against].mention]
                equation = share_of(part, total, ratio)
                if facts.role_of(total) == "plan" and total.start < part.start:
                    named = list(claim_named_whole(facts, part, ratio))
                    if named:  # `thu nội địa 8.914, dự toán (8.200), trong đó … chiếm 26,0% thu nội địa`
                        yield from named
                        continue
                if total.value < part.value:  # `chi thường xuyên chiếm hơn 66% (4.147 tỷ đồng)`
                    ways = [share_of(total, part, ratio), equation]
                    equation = min(ways, key=_rank)
                listed = "trong đó" in facts.words_before(ratio) and has_edit(equation)
                bracketed = total.value < part.value and facts.words_before(total).lstrip(" %") == "("
                if bracketed and is_alike(total, part) and not holds(equation) and has_edit(equation):
                    # `7.842 người; nữ chiếm 58,4% (4.580 người)`: the count of the share stands behind it
                    yield Claim("PCT001", equation, severity="warning", tied=True)
                    continue
                sure = indicator.sure or listed
                behind = facts.role_of(total) == "total" and total.start > ratio.start
                if sure or holds(equation) or behind:
                    # `hộ nghèo 7.986 hộ, …; tỷ lệ hộ nghèo còn 3,72% trên tổng số 214.600 hộ`
                    yield claim_ratio(facts, "PCT001", equation, sure=sure)
        elif indicator.role == "share" and whole_of(facts, part) is not None:
            continue  # `31/47 trường (66%)`: of its own whole
        elif part_ind.part_of is not None and indicator.role == "share":
            total = facts.figures[facts.indicators[part_ind.part_of].mention]
            wanted = share_of(part, total, ratio)
            others = [share_of(part, other, ratio) for other in _earlier(facts, part_ind, part)]
            ways = [wanted, *(way for way in others if _is_narrow(way))]
            fitting = next((way for way in ways if holds(way)), None)
            fitting = fitting or _find_bare(facts, part, ratio)
            if fitting is None and _is_done_of_next(facts, part, others):
                continue  # `trong đó thu hồi trên 3,5 tỷ đồng, đã thu gần 2,6 tỷ đồng, đạt 72%`
            told = None if fitting is not None else only_telling(others, most=_SELDOM)
            if told is not None and not has_edit(wanted):
                # `268.450 em, trong đó 3.126 em (1,16%); 3.064 em được trợ giúp (98,0%)`: of the part before
                yield Claim("PCT001", told, sure=False)
            elif fitting is not None or not _mirror(facts, part_ind, ratio, total):
                yield Claim("PCT001", fitting or wanted, sure=indicator.sure)
        elif indicator.role == "share" and (led := list(claim_leading_whole(facts, part, ratio))):
            yield from led
        elif indicator.role == "share":
            yield from _claim_share(facts, part_ind, part, ratio)
        elif indicator.role == "plan-ratio" and indicator.sure and ratio.decimals:
            yield from claim_named_whole(
                facts, part, ratio
            )  # `giải ngân 29,8 tỷ đồng, bằng 84,7% khối lượng`
    yield from find_rates(facts)
    yield from find_listed_shares(facts)
    yield from find_common_wholes(facts)


def _pick_of_pair(facts: Facts, ratio: Figure, owner: Indicator) -> Indicator:
    """Return the first of two counts with a slash between, unless the share fits the second.

    `thụ lý 812 vụ/1.436 bị cáo, giải quyết 704 vụ/1.190 bị cáo, đạt 86,70%`: of the cases. So with cases
    and people behind a comma.
    """
    second = facts.figures[owner.mention]
    first = find_before_slash(second, facts) or _find_cases(facts, second)
    one = facts.by_mention.get(first.mention) if first is not None else None
    if first is None or one is None or one.role != "level" or first.dimension == second.dimension:
        return owner
    fits = any(holds(share_of(second, other, ratio)) for other in _earlier(facts, owner, second))
    return owner if fits else one


def _find_cases(facts: Facts, people: Figure) -> Figure | None:
    """Return the cases that a comma parts from their people: `giải quyết 874 vụ, 1.172 bị can`."""
    if facts.words_before(people).strip() not in (",", "với", "và", "-", "\u2013"):
        return None
    inside = facts.by_sentence.get(facts.mentions[people.mention].sentence or "", ())
    before = [figure for figure in inside if figure.start < people.start][-1:]
    both = bool(before) and before[0].exact and people.exact and are_beside(facts, before[0], people)
    return before[0] if both else None


def _find_listed(facts: Facts, ratio: Figure, owner: Indicator) -> Indicator:
    """Return the part right before a share of its list: `144 tỷ đồng: tăng thu 44 tỷ đồng, chiếm 30,4%`."""
    before = None
    for figure in facts.by_sentence.get(facts.mentions[ratio.mention].sentence or "", ()):
        if figure.start >= ratio.start:
            break
        before = facts.by_mention.get(figure.mention)
    listed = before is not None and before.part_of == owner.id and before.role == "change"
    return before if before is not None and listed else owner


def _mirror(facts: Facts, listed: Indicator, ratio: Figure, total: Figure) -> bool:
    """Return whether parts tell by turns what their total does of itself, so that it lies between them.

    `thu hoạch 893 ha, chiếm 57,4% diện tích gieo cấy, trong đó: A 614 ha, chiếm 60%; B 279 ha, chiếm 52,3%`.
    """
    parts = [each for each in facts.indicators.values() if each.part_of == listed.part_of]
    own = _list_percentages(facts, listed)
    place = own.index(ratio) if ratio in own else 0
    rows = [(each, _list_percentages(facts, each)) for each in parts]
    whole = _list_percentages(facts, facts.by_mention[total.mention])
    if len(rows) < 2 or min(len(row) for row in (whole, *(row for _, row in rows))) <= place:
        return False
    equations = [share_of(facts.figures[each.mention], total, row[place]) for each, row in rows]
    told = [row[place].rough for _, row in rows]
    return min(told) <= whole[place].rough <= max(told) and not any(map(holds, equations))


def _list_percentages(facts: Facts, owner: Indicator) -> list[Figure]:
    """Return the percentages that are said of a figure, in their order."""
    said = (facts.figures[each.mention] for each in facts.said_of.get(owner.id, ()))
    return sorted((each for each in said if each.dimension == "%"), key=lambda each: each.start)


def _is_done_of_next(facts: Facts, part: Figure, others: list[Equation]) -> bool:
    """Return whether a share is of the figure before it, of which a part is what is done."""
    return bool(others) and holds(others[0]) and _DONE_SO_FAR.search(facts.words_before(part)) is not None


_DONE_SO_FAR = re.compile(
    r"(?<!\w)đã (?:được )?(?:thu|nộp|giải ngân|giải quyết|xử lý|thực hiện|chi|hoàn|khắc phục)(?!\w)"
)


def _is_narrow(equation: Equation) -> bool:
    """Return whether figures are printed so finely that their ratio hardly agrees by chance: not 8 / 9."""
    sides = equation.sides()
    width = None if sides is None else sides.expected.width()
    return sides is not None and width is not None and width * 20 < abs(sides.expected.middle())


def _rank(equation: Equation) -> int:
    """Return how soon the slip that explains an equation is believed: -1 if it holds."""
    edits = find_edits(equation)
    return -1 if holds(equation) else edits[0].rank if edits else _UNEXPLAINED


def _claim_share(facts: Facts, indicator: Indicator, part: Figure, ratio: Figure) -> Iterator[Claim]:
    """Yield the share of a total printed earlier in the sentence, or before it if that fits."""
    here = [share_of(part, total, ratio) for total in _earlier(facts, indicator, part)]
    if not here and (counted := _find_counted(facts, part, ratio)) is not None:
        here = [share_of(part, counted, ratio)]
    fitting = next((equation for equation in here if holds(equation)), None)
    fitting = fitting or _find_bare(facts, part, ratio)
    named = [] if fitting is not None else list(claim_named_whole(facts, part, ratio))
    if named:
        yield from named
        return
    summed = find_summed(facts).get(part.mention) if fitting is None and ratio.decimals else None
    if summed is not None:
        # `Xảy ra 612 vụ. … Cơ cấu: … trộm cắp 246 vụ (40,2%), …`: of what its list adds up to
        whole = share_of(part, summed, ratio)
        if holds(whole) or is_telling(whole, most=_OFTEN):
            yield Claim("PCT001", whole, severity="warning", tied=True)
            return
    if fitting is None and not here:
        before = facts.sentences_before(part, 3)
        end = ratio.start + len(ratio.text)
        after = fold_words(facts.analysis.text[end : end + _REACH].lstrip(" %"))
        wider = (share_of(part, other, ratio) for name in before for other in facts.levels_of(name)
                 if part.dimension != "%" and _may_hold(part, other)
                 and (ratio.decimals or len(after & fold_words(facts.words_before(other))) >= 2))  # fmt: skip
        fitting = next((equation for equation in wider if holds(equation)), None)
    if fitting is None and not here and ratio.decimals and indicator.sure:
        plans = [
            share_of(part, other, ratio)
            for name in facts.sentences_before(part, 3)[1:]
            for other in facts.levels_of(name)
            if is_alike(other, part) and other.value > part.value and _is_named_in(facts, other, part)
        ]
        if len(plans) == 1 and is_telling(plans[0]):
            yield Claim("PCT001", plans[0], sure=False)
            return
        near = (
            share_of(part, other, ratio)
            for name in facts.sentences_before(part, 3)
            for other in facts.levels_of(name)
            if other.start < part.start and is_alike(other, part) and other.value > 1
        )
        slips = [each for each in near if is_telling(each, most=_SELDOM)]
        if len(slips) == 1:
            yield Claim("PCT001", slips[0], sure=False)
            return
    if fitting is None and not here and ratio.decimals:
        before = facts.paragraph_before(part, 1)[1:]
        totals = [
            other for name in before for other in facts.levels_of(name)
            if other.value > part.value and is_alike(other, part) and _WHOLE.search(facts.words_before(other))
        ]  # fmt: skip
        if len(totals) == 1 and indicator.sure:
            whole = share_of(part, totals[0], ratio)
            plain = _is_of_plan_before(facts, part, ratio, totals[0]) and has_edit(whole)
            yield Claim("PCT001", whole, sure=plain, severity="warning", tied=plain)
    if fitting is not None:
        yield Claim("PCT001", fitting)
    elif len(here) > 1 and (told := only_telling(here, most=_SELDOM)) is not None:
        yield Claim("PCT001", told, sure=False)
    elif here:
        larger = here[0].one("total").value > part.value
        if larger and ratio.rough > _WHOLE_PERCENT and not is_telling(here[0], most=_SELDOM):
            return  # `gieo cấy 6.826 ha, bằng 99,2% so với cùng kỳ; thu hoạch 5.215 ha, bằng 101,4%`
        tied = indicator.sure and facts.by_mention[ratio.mention].sure
        close = tied and len(here) == 1 and ((larger and is_close(here[0])) or has_edit(here[0]))
        total = here[0].one("total")
        said = facts.said_of.get(facts.by_mention[total.mention].id, ())
        if not _WHOLE.search(facts.words_before(total)) and any(each.role == "share" for each in said):
            return  # a sister of the part, with a share of its own
        if facts.is_past(part, total) and any(_is_told_alike(facts, each, ratio) for each in said):
            return  # `thu A 124,8 tỷ đồng, bằng 67,6% dự toán; B 78,6, bằng 70,4%`: of their plans
        yield Claim("PCT001", here[0], sure=close, severity="warning" if close else None)


def _is_told_alike(facts: Facts, said: Indicator, ratio: Figure) -> bool:
    """Return whether a ratio over a plan stands behind the same words as another one."""
    words = facts.words_before(ratio).strip(" ,(")
    own = facts.words_before(facts.figures[said.mention]).strip(" ,(")
    return said.role == "plan-ratio" and words == own in ("bằng", "đạt")


_PLAN = re.compile(r"\W*(?:tổng )?(?:kế hoạch|dự toán)(?!\w)")
_DONE = re.compile(r"(?<!\w)(?:thực hiện|giải ngân|thanh toán|thu|chi)(?: được)?$")


def _is_of_plan_before(facts: Facts, part: Figure, ratio: Figure, plan: Figure) -> bool:
    """Return whether a sentence tells what was done of the plan that the one before begins with.

    `Kế hoạch vốn sau điều chỉnh 104,0 tỷ đồng. Giá trị thực hiện 98,6 tỷ đồng, đạt 94,8%`.
    """
    first = facts.by_sentence[facts.mentions[plan.mention].sentence or ""][0]
    own = facts.by_sentence[facts.mentions[part.mention].sentence or ""][0]
    begins = first is plan and own is part and facts.words_before(ratio).strip(" ,") == "đạt"
    return (
        begins
        and _PLAN.match(facts.words_before(plan)) is not None
        and _DONE.search(facts.words_before(part)) is not None
    )


def _find_bare(facts: Facts, part: Figure, ratio: Figure) -> Equation | None:
    """Return a share of a count without a unit that agrees: `mới nhận 41.412; trực tuyến 36.028 hồ sơ`."""
    if not part.exact or not ratio.decimals:
        return None
    bare = (other for other in facts.levels_of(facts.mentions[part.mention].sentence)
            if not other.dimension and other.exact and other.start < part.start)  # fmt: skip
    ways = (share_of(part, other, ratio) for other in bare if other.value > part.value)
    return next((way for way in ways if holds(way)), None)


def _find_counted(facts: Facts, part: Figure, ratio: Figure) -> Figure | None:
    """Return the count right before a bare one with its share: `khám 64 người, trúng tuyển 27 (42,2%)`."""
    if part.dimension or not part.exact or facts.words_before(ratio) != "(":
        return None
    inside = facts.by_sentence.get(facts.mentions[part.mention].sentence or "", ())
    before = [figure for figure in inside if figure.start < part.start][-1:]
    if not before or not before[0].exact or facts.is_past(part, before[0]):
        return None
    return before[0] if facts.role_of(before[0]) == "level" and before[0].dimension else None


def _is_named_in(facts: Facts, whole: Figure, part: Figure) -> bool:
    """Return whether a name says which figure a part is of: `vốn NSTW 2.481 …; vốn NSTW giải ngân 743 …`."""
    own = fold_words(facts.by_mention[whole.mention].name)
    return len(own) >= 2 and own <= fold_words(facts.by_mention[part.mention].name)


def _may_hold(part: Figure, total: Figure) -> bool:
    """Return whether a figure may be the whole of another: of its kind, or a count that holds it."""
    return total.value > part.value and (is_alike(total, part) or (total.exact and part.exact))


def is_close(equation: Equation) -> bool:
    """Return whether the sides are less than a third apart."""
    sides = equation.sides()
    if sides is None or sides.expected.low is None or sides.printed.high is None:
        return False
    expected, printed = sides.expected.low, sides.printed.high
    return abs(expected - printed) * 3 < max(abs(expected), abs(printed))


def _earlier(facts: Facts, indicator: Indicator, part: Figure) -> Iterator[Figure]:
    """Yield the levels of the same kind printed before a figure in its sentence, the nearest first."""
    sentence = facts.mentions[part.mention].sentence
    before: list[Figure] = []
    for other in facts.levels_of(sentence):
        if other.start >= part.start:
            break
        inner = facts.depths.get(other.mention, 0) > facts.depths.get(part.mention, 0)
        if part.dimension != "%" and not inner and facts.is_kin(other, part):
            before.append(other)
    opened = _find_opened(facts, part)
    if opened is not None:
        yield opened
        return
    plain = [other for other in before if facts.role_of(other) == "level"]
    if any(other.value > part.value for other in plain):
        before = plain
    larger = [other for other in before if other.value > part.value]
    yield from reversed((larger or before)[-3:])


_OPENED = re.compile(r"\((?:có|gồm|trong đó(?: có)?|riêng)?\s*$")


def _find_opened(facts: Facts, part: Figure) -> Figure | None:
    """Return the count before a bracket with a part of it: `118 đảng viên (có 61 cấp ủy viên, 51,7%)`."""
    if not part.exact or not _OPENED.search(facts.words_before(part)):
        return None
    before: Figure | None = None
    for other in facts.by_sentence.get(facts.mentions[part.mention].sentence or "", ()):
        if other.start >= part.start:
            break
        before = other
    if before is None or not before.exact or facts.role_of(before) != "level" or before.value <= part.value:
        return None
    return before


def _ratios(facts: Facts, *roles: str) -> Iterator[tuple[Indicator, Figure]]:
    for indicator in facts.in_roles(*roles):
        figure = facts.figures[indicator.mention]
        if figure.dimension == "%":
            yield indicator, figure
