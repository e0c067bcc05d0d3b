"""What is left of a total, and balances: told by words such as `còn`, `chưa`, `đang`, `xuất siêu`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from docanalyze.check.budgets import find_budget_balances
from docanalyze.check.complements import find_done_share
from docanalyze.check.edits import find_edits, has_edit, is_telling, only_telling
from docanalyze.check.equation import add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.far_rests import find_far_rests, is_of_more
from docanalyze.check.fractions_again import find_fraction_rests
from docanalyze.check.judge import holds
from docanalyze.check.left_out import find_left_out
from docanalyze.check.main_rests import find_main_rests
from docanalyze.check.nets import find_nets
from docanalyze.check.parts_of_fractions import find_rests_of_fractions
from docanalyze.check.portions import whole_of
from docanalyze.check.shared_rests import find_shared_rests
from docanalyze.check.trade import claim_trade_balance, find_earlier_balances
from docanalyze.check.unlisted import share_all
from docanalyze.check.year_rests import find_last_parts
from docanalyze.core.figure import Figure, is_alike
from docanalyze.lexicon.cues import cue_pattern, cue_words

_SELDOM, _OFTEN = Fraction(1, 20), Fraction(1, 2)
_ONCE_SPENT = re.compile(
    r"\s*(?:,\s*)?(?:sau khi|do)\s+(?:đã\s+)?"
    r"(?:phân bổ|phân khai|chi|trừ|sử dụng|giải ngân|cắt giảm|thu hồi|hoàn trả)(?!\w)[^,;]*$"
)
_AFTER = re.compile(
    r"\s+(?:(?:hồ sơ|đơn|vụ|việc|kết luận|cuộc|kiến nghị)\s+)?"
    r"(?:đang|còn lại|chưa|quá hạn|trễ hạn|tồn đọng|không đạt|chuyển (?:sang )?kỳ sau)(?!\w)"
)
"""`08 đơn đang xác minh`: what is left, told by the words behind it."""
_DONE = re.compile(
    r"(?<!\w)(?:(?:đã|được) (?!nhận|tiếp nhận|thụ lý|giao)|hoàn thành|giải quyết|xử lý|xong|nghiệm thu"
    r"|đóng điện|khởi công)"
)
"""`đã hoàn thành 04 công trình`: what is done of all, but not what was taken on."""
SINCE = re.compile(r"(?:từ|kể từ|tháng|quý|tuần|ngày|nửa) đầu (?:năm|quý|tháng)(?!\w)")
"""`6 tháng đầu năm`, `từ đầu năm`: a stretch of time, and no stock at its beginning."""
_TRADE = re.compile(
    r"(?<!\w)(?:(?:xuất|nhập) siêu|thương mại(?: [^,;]+)? (?:thặng dư|thâm hụt)"
    r"|(?:thặng dư|thâm hụt)(?: cán cân)? thương mại)(?!\w)"
)

_IN_BALANCE = re.compile(r"(?<!\w)(?:thu|chi|vốn|nguồn|số)(?: trong)? cân đối(?!\w)")
"""`thu cân đối ngân sách từ hoạt động xuất nhập khẩu`: what the budget counts, no balance of two figures."""


_IN_FORCE = re.compile(r"(?<!\w)còn (?:hiệu lực|hoạt động|thời hạn|giá trị|dư nợ|sử dụng được)(?!\w)")
"""`194 dự án còn hiệu lực`: what goes on, and not what is left of something."""


def find_rests(facts: Facts) -> Iterator[Claim]:
    """Yield what is left of a total, and balances.

    What: a total less what is done equals what is left (`còn`, `chưa`, `đang`), exports less imports the
    balance (`xuất siêu`, `thặng dư`), sales less purchases the net ones (`bán ròng`); a share told behind
    the two is of what is done and what is left.
    Why: one of the three was changed.
    Tolerance: half a unit of the last printed place of every figure.
    Example: `nhận 62 đơn, đã giải quyết 51 đơn, còn 11 đơn`: 51 + 11 = 62.
    """
    yield from find_left_out(facts)
    yield from find_budget_balances(facts)
    yield from find_shared_rests(facts)
    yield from find_far_rests(facts)
    yield from find_fraction_rests(facts)
    yield from find_last_parts(facts)
    yield from find_nets(facts)
    yield from find_main_rests(facts)
    yield from find_rests_of_fractions(facts)
    yield from find_earlier_balances(facts)
    rest, balance = cue_pattern(facts.lexicon, "rest"), cue_pattern(facts.lexicon, "balance")
    opening = cue_pattern(facts.lexicon, "opening")
    resting, balancing, opened = (
        facts.behind(*cue_words(facts.lexicon, name)) for name in ("rest", "balance", "opening")
    )
    dated = facts.behind("đầu")
    for name in facts.by_sentence:
        levels = [
            figure for figure in facts.levels_of(name)
            if figure.dimension not in ("%", "point")
            and facts.role_of(figure) in ("level", "plan", "total")
            and not facts.depths.get(figure.mention)
        ]  # fmt: skip
        left = [
            (
                figure.mention in resting
                and rest.search(_IN_FORCE.sub(" ", facts.clause_before(figure))) is not None
            )
            or _is_rest_behind(facts, figure)
            for figure in levels
        ]
        turns = [
            figure.mention in balancing
            and balance.search(_IN_BALANCE.sub(" ", facts.clause_before(figure))) is not None
            for figure in levels
        ]
        if not (any(left) or any(turns)):
            continue
        said = [facts.clause_before(figure) for figure in levels]
        if any(
            opening.search(SINCE.sub("kỳ", words))
            for words, figure in zip(said, levels, strict=True)
            if figure.mention in opened or figure.mention in dated
        ):
            continue  # an opening figure, what came and what went: a stock
        for at, figure in enumerate(levels):
            turned = turns[at]
            if not (turned or left[at]) or (not turned and _goes_on(facts, levels, left, at)):
                continue
            before = [other for other in levels[:at] if is_alike(other, figure)]
            last = whole_of(facts, before[-1]) if len(before) > 1 else None
            if last is not None and any(_is_all_of(facts, each, last) for each in before[:-1]):
                # `nhận 5/5 đơn, giải quyết 1/5 đơn, còn 4 đơn`
                yield Claim("SUM004", add_up(last, [before[-1], figure]), severity="warning", tied=True)
                continue
            inner = before and facts.by_mention[before[-1].mention].id
            if len(before) >= 2 and facts.by_mention[figure.mention].part_of == inner:
                continue  # `14 ca, 5 ca dương tính, trong đó 4 ca chưa tiêm`: a part of the last one
            if turned and any(balance.search(facts.clause_before(o)) for o in before[-2:]):
                if _TRADE.search(said[at]):  # `xuất siêu 32,8 tỷ USD kể cả dầu thô và xuất siêu 30,5 …`
                    yield from claim_trade_balance(facts, figure)
                continue  # `lợi nhuận trước thuế 168,3; lợi nhuận sau thuế 136,9`: no difference of them
            if len(before) >= 2 and not turned:
                last = whole_of(facts, before[-1])
                if (
                    last is not None
                    and whole_of(facts, before[-2]) is None
                    and before[-2].value == last.value
                ):
                    # `nhận 27 đơn (…), đã giải quyết 25/27 đơn, còn 02 đơn`
                    yield Claim("SUM004", add_up(last, [before[-1], figure]), severity="warning", tied=True)
                    continue
                if len(wholes := _list_wholes(facts, before)) > 1 and len(set(wholes)) == 1:
                    # `11/27 chủ đầu tư …; 9/27 chủ đầu tư …; còn lại 7 chủ đầu tư`
                    whole = whole_of(facts, before[-1])
                    assert whole is not None
                    parts = [*before[-len(wholes) :], figure]
                    yield Claim("SUM004", add_up(whole, parts), severity="warning", tied=True)
                    continue
                whole = whole_of(facts, before[0])
                first = 0 if whole is not None else 1
                listed = _LISTED.search(said[at]) is not None and len(before) > 2
                if whole is None and (listed or share_all(facts, [*before, figure])):
                    # `A 68 dự án, B 41 dự án, C 32 dự án, còn lại là các nước khác 45 dự án`: one list
                    yield from _claim_listed(facts, [*before, figure])
                    continue
                told = len(before) == at and all(
                    left[place] or _DONE.search(said[place]) for place in range(first, at)
                )
                yield from _claim_rest(facts, before, figure, whole, told=told)
            elif len(before) >= 2:
                yield from _claim_balance(before, figure, trade=_TRADE.search(said[at]) is not None)
            elif before and (spent := _find_spent(facts, levels[at + 1 :], figure)) is not None:
                yield Claim("SUM004", add_up(before[-1], [figure, spent]))
            elif before and (whole := whole_of(facts, before[-1])) is not None:
                # `bố trí 62/68 biên chế, còn thiếu 06 biên chế`
                yield Claim("SUM004", add_up(whole, [before[-1], figure]), severity="warning")
            elif _TRADE.search(said[at]):
                yield from claim_trade_balance(facts, figure)
            else:
                if len(before) == 1:
                    yield from find_done_share(facts, before[0], figure)
                yield from _claim_far_rest(facts, figure, before, known=turned)


_LISTED = re.compile(r"(?<!\w)còn lại(?!\w).*(?<!\w)khác(?!\w)")


def _claim_listed(facts: Facts, parts: list[Figure]) -> Iterator[Claim]:
    """Yield the sum of a list that ends in the rest: to its first figure, or to one before it."""
    earlier = [
        total for name in facts.paragraph_before(parts[0], 2)[1:] for total in facts.levels_of(name)
        if is_alike(total, parts[0]) and total.value > max(part.value for part in parts)
    ]  # fmt: skip
    equations = [add_up(parts[0], parts[1:]), *(add_up(total, parts) for total in earlier)]
    told = next((equation for equation in equations if holds(equation)), None)
    if told is None and (told := only_telling(equations[1:], most=_OFTEN) if earlier else None) is None:
        return
    yield Claim("SUM004", told, severity="warning", tied=True)


def _goes_on(facts: Facts, levels: list[Figure], left: list[bool], at: int) -> bool:
    """Return whether the next figure is left, too: `đang thi công 5, còn 2` are closed by the last."""
    if at + 1 == len(levels) or not left[at + 1] or not is_alike(levels[at + 1], levels[at]):
        return False
    outer = facts.by_mention[levels[at + 1].mention].part_of
    # `64 dự án, trong đó: 28 hoàn thành, 31 đang thi công, còn lại 05`: sisters of one list
    return outer is None or outer == facts.by_mention[levels[at].mention].part_of


def _list_wholes(facts: Facts, before: list[Figure]) -> list[Fraction]:
    """Return the denominators of the fractions right before a figure."""
    found: list[Fraction] = []
    for figure in reversed(before):
        whole = whole_of(facts, figure)
        if whole is None:
            break
        found.append(whole.value)
    return found


def _find_spent(facts: Facts, behind: list[Figure], rest: Figure) -> Figure | None:
    """Return what was taken: `dự phòng 210 tỷ đồng nay còn 168,4 tỷ đồng sau khi phân bổ 41,6 tỷ đồng`."""
    for other in behind[:1]:
        if is_alike(other, rest) and _ONCE_SPENT.match(facts.words_before(other)):
            return other
    return None


def _is_rest_behind(facts: Facts, figure: Figure) -> bool:
    end = figure.start + len(figure.text)
    return _AFTER.match(facts.analysis.text, end, end + 60) is not None


def _claim_far_rest(facts: Facts, rest: Figure, before: list[Figure], *, known: bool) -> Iterator[Claim]:
    """Yield what is left of figures of up to two sentences before: `Còn 2.560 ha sẽ gieo trong tháng 7`.

    Of a balance (`lợi nhuận …`) only what is `known` to agree: it need not be one of the two before it.
    """
    if rest.value < 10 * rest.factor and rest.exact:
        return
    earlier: list[Figure] = []
    for name in facts.paragraph_before(rest, 2)[1:]:
        earlier = [
            other for other in facts.levels_of(name)
            if is_alike(other, rest) and facts.role_of(other) in ("level", "plan")
        ] + earlier  # fmt: skip
    near = (*earlier, *before)[-6:]
    pairs = [(total, part) for total in near for part in near if part.value < total.value]
    # `giải ngân được 5.243,8/7.912,4 tỷ đồng, đạt 66,3%. Số chưa giải ngân còn 2.668,6 tỷ đồng`
    fractions = [(whole, part) for part in near if (whole := whole_of(facts, part)) is not None]
    pairs += fractions
    equations = [add_up(total, [part, rest]) for total, part in pairs]
    fitting = next((equation for equation in equations if holds(equation)), None)
    if fitting is not None:
        yield Claim("SUM004", fitting)
    elif known:
        return
    elif fractions and fractions[-1][1] is near[-1] and has_edit(equations[-1]):
        # `đã giải quyết 9/40 vụ. 31 vụ còn lại đang được xem xét`
        yield Claim("SUM004", equations[-1], severity="warning", tied=True)
    elif is_of_more(facts, rest):
        return
    elif len(equations) == 1:
        yield Claim("SUM004", equations[0], sure=False)
    else:
        last = [figure for figure in near if not facts.depths.get(figure.mention)][-2:]
        wholes = [add_up(last[0], [last[1], rest])] if len(last) == 2 else []
        if last and (plan := _find_plan(facts, last[-1])) is not None:
            wholes.append(add_up(plan, [last[-1], rest]))  # `đạt 95,8% kế hoạch (61.500 ha). … Còn 2.560 ha`
        wholes += [add_up(total, [part, rest]) for total, part in fractions]
        if (told := only_telling(wholes, most=_SELDOM)) is not None:
            yield Claim("SUM004", told, sure=False)


def _find_plan(facts: Facts, actual: Figure) -> Figure | None:
    """Return the plan that a figure is measured against."""
    said = facts.said_of.get(facts.by_mention[actual.mention].id, ())
    own = {each.against for each in said if each.role == "plan-ratio" and each.against is not None}
    return facts.figures[facts.indicators[own.pop()].mention] if len(own) == 1 else None


def _claim_rest(
    facts: Facts, before: list[Figure], rest: Figure, whole: Figure | None, *, told: bool
) -> Iterator[Claim]:
    """Yield what is left of a total; where each figure between is `told` as done or in hand, of all of them.

    `26/42 công trình, đang thi công 13 công trình, 03 công trình chưa khởi công` are of the `whole`, 42.
    """
    one, two = before[-2], before[-1]
    named = facts.role_of(two) == "total"
    # `đã dùng 38,5 tỷ đồng trong số 180 tỷ đồng, còn lại 141,5 tỷ đồng`
    ways = [(two, [one]) if named else (one, [two]), (before[0], before[1:])]
    ways += [(total, [two]) for total in before[:-2]]
    every = ways[1]
    if whole is not None:
        every = (whole, before)
        ways = [every, (whole, before[:1]), *ways]
    equations = [add_up(total, [*parts, rest]) for total, parts in ways]
    fitting = next((equation for equation in equations if holds(equation)), None)
    closed = add_up(every[0], [*every[1], rest])
    explained = [] if len(before) == 2 and whole is None else [e for e in equations if is_telling(e)]
    if fitting is not None:
        yield Claim("SUM004", fitting)
    elif told and has_edit(closed) and (whole is not None or len(before) > 2):
        yield Claim("SUM004", closed, severity="warning", tied=True)
    elif explained:  # of several ways to read it, the one that the likeliest slip explains
        yield Claim("SUM004", min(explained, key=lambda each: find_edits(each)[0].rank), sure=False)
    elif whole is None and (
        equations[0].one("total").value > rest.value or (len(before) == 2 and has_edit(equations[0]))
    ):
        # `thụ lý 182 vụ, kết luận 60 vụ, đang điều tra 117 vụ`: others may have ended otherwise
        in_hand = _IN_HAND.search(facts.words_before(rest)) is not None
        short = one.value > two.value + rest.value
        yield Claim("SUM004", equations[0], sure=len(before) == 2 and not (in_hand and short))


_IN_HAND = re.compile(r"(?<!\w)đang(?!\w)(?!.*(?<!\w)(?:còn|chưa)(?!\w))")


def _is_all_of(facts: Facts, figure: Figure, last: Figure) -> bool:
    """Return whether a figure is all of the whole that it stands over, as the last one's: `5/5 đơn`."""
    whole = whole_of(facts, figure)
    return whole is not None and whole.value == figure.value == last.value


def _claim_balance(before: list[Figure], balance: Figure, *, trade: bool) -> Iterator[Claim]:
    """Yield what one figure is less the other: `xuất khẩu 12, nhập khẩu 9, xuất siêu 3`."""
    one, two = before[-2], before[-1]
    first, other = (two, one) if two.value > one.value else (one, two)
    ways = [(first, [other]), (before[0], before[1:]), *((total, [two]) for total in before[:-2])]
    ways.append((other, [first]))  # a misprint may have made the larger of the two the smaller one
    equations = [add_up(total, [*parts, balance]) for total, parts in ways]
    fitting = next((equation for equation in equations if holds(equation)), None)
    equations.sort(key=lambda equation: not has_edit(equation))
    explained = [] if fitting or len(before) == 2 else [each for each in equations if is_telling(each)]
    if fitting is not None:
        yield Claim("SUM004", fitting)
    elif trade and len(before) == 2 and has_edit(equations[0]):
        yield Claim("SUM004", equations[0], tied=True)
    elif explained:
        yield Claim("SUM004", min(explained, key=lambda each: find_edits(each)[0].rank), sure=False)
    elif equations[0].one("total").value > balance.value or (len(before) == 2 and has_edit(equations[0])):
        yield Claim("SUM004", equations[0], sure=len(before) == 2)
