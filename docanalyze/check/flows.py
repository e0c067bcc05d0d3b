"""What is left, what came and went, and totals named last: additive relations told by words of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from msgspec.structs import replace

from docanalyze.check.edits import find_edits, has_edit, is_telling, only_telling
from docanalyze.check.equation import Equation, Term, add_up
from docanalyze.check.facts import Claim, Facts, last_clause
from docanalyze.check.judge import holds
from docanalyze.check.matches import empty_words
from docanalyze.check.portions import whole_of
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words
from docanalyze.lexicon.cues import cue_pattern

_TOTALLED = re.compile(r" (?:tổng cộng|cộng lại|cộng|tổng số)(?: (?:là|đạt|được|có))? $")
_SHARED = re.compile(r"(?:của |so với |trên )?tổng (?!cộng)")
"""`bằng 53% tổng mức đầu tư 400 tỷ đồng`: the whole of the share before it."""
_TOTAL_OF = re.compile(r" (?:và )?tổng (?:sản lượng|số|giá trị|diện tích|vốn|kinh phí|lượng)(?!\w)")
_LARGE = 100
"""Smaller counts of other kinds than the total's are of other things: `03 công trình …, tổng cộng 27 hộ`."""
_SELDOM = Fraction(1, 20)
_DAY_END = re.compile(r"(?<!\w)cuối (?:tháng|quý|năm) (?:[ivx]+|\d[\d/]*)(?!\w)")
_DATED = re.compile(
    r"^\s*(?:tính )?(?:đến|hết) (?:hết )?(?:ngày )?\d[\d/.]*(?:,)? .*(?<!\w)(?:có|còn|là|đạt)$"
)
"""`đến 30/6/2024 có 142.680 khách hàng`: what there is at the end."""
_ADDED = re.compile(r"(?<!\w)(?:cộng với|cộng thêm)(?!\w)")
_ONCE_SPENT = re.compile(
    r"\s*(?:,\s*)?(?:sau khi|do)\s+(?:đã\s+)?"
    r"(?:phân bổ|phân khai|chi|trừ|sử dụng|giải ngân|cắt giảm|thu hồi|hoàn trả)(?!\w)[^,;]*$"
)
_AFTER = re.compile(
    r"\s+(?:(?:hồ sơ|đơn|vụ|việc|kết luận|cuộc|kiến nghị)\s+)?"
    r"(?:đang|còn lại|chưa|quá hạn|trễ hạn|tồn đọng|không đạt|chuyển (?:sang )?kỳ sau)(?!\w)"
)
"""`08 đơn đang xác minh`: what is left, told by the words behind it."""


def find_rests(facts: Facts) -> Iterator[Claim]:
    """Yield what is left of a total, and balances.

    What: a total less what is done equals what is left (`còn`, `chưa`, `đang`), exports less imports the
    balance (`xuất siêu`, `thặng dư`).
    Why: one of the three was changed.
    Tolerance: half a unit of the last printed place of every figure.
    Example: `nhận 62 đơn, đã giải quyết 51 đơn, còn 11 đơn`: 51 + 11 = 62.
    """
    rest, balance = cue_pattern(facts.lexicon, "rest"), cue_pattern(facts.lexicon, "balance")
    opening = cue_pattern(facts.lexicon, "opening")
    for name in facts.by_sentence:
        levels = [
            figure for figure in facts.levels_of(name)
            if figure.dimension not in ("%", "point")
            and facts.role_of(figure) in ("level", "plan", "total")
            and not facts.depths.get(figure.mention)
        ]  # fmt: skip
        if any(opening.search(last_clause(facts.words_before(figure))) for figure in levels):
            continue  # an opening figure, what came and what went: a stock
        said = [last_clause(facts.words_before(figure)) for figure in levels]
        left = [
            rest.search(words) is not None or _is_rest_behind(facts, figure)
            for words, figure in zip(said, levels, strict=True)
        ]
        for at, figure in enumerate(levels):
            turned = bool(balance.search(said[at]))
            if not (turned or left[at]):
                continue
            if not turned and at + 1 < len(levels) and left[at + 1] and is_alike(levels[at + 1], figure):
                if facts.by_mention[levels[at + 1].mention].part_of is None:
                    continue  # `hoàn thành 4, đang thi công 5, còn 2 công trình`: the last one closes them
            before = [other for other in levels[:at] if is_alike(other, figure)]
            inner = before and facts.by_mention[before[-1].mention].id
            if len(before) >= 2 and facts.by_mention[figure.mention].part_of == inner:
                continue  # `14 ca, 5 ca dương tính, trong đó 4 ca chưa tiêm`: a part of the last one
            if turned and any(balance.search(last_clause(facts.words_before(o))) for o in before[-2:]):
                continue  # `lợi nhuận trước thuế 168,3; lợi nhuận sau thuế 136,9`: no difference of them
            if len(before) >= 2:
                if len(wholes := _list_wholes(facts, before)) > 1 and len(set(wholes)) == 1:
                    # `11/27 chủ đầu tư …; 9/27 chủ đầu tư …; còn lại 7 chủ đầu tư`
                    whole = whole_of(facts, before[-1])
                    assert whole is not None
                    parts = [*before[-len(wholes) :], figure]
                    yield Claim("SUM004", add_up(whole, parts), severity="warning", tied=True)
                    continue
                named = [other for other in before if facts.role_of(other) == "total"]
                whole = None if turned else whole_of(facts, before[0])
                yield from _claim_rest(before, figure, turned=turned, named=named, whole=whole)
            elif before and (spent := _find_spent(facts, levels[at + 1 :], figure)) is not None:
                yield Claim("SUM004", add_up(before[-1], [figure, spent]))
            elif before and (whole := whole_of(facts, before[-1])) is not None:
                # `bố trí 62/68 biên chế, còn thiếu 06 biên chế`
                yield Claim("SUM004", add_up(whole, [before[-1], figure]), severity="warning")
            else:
                yield from _claim_far_rest(facts, figure, before)


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


def _claim_far_rest(facts: Facts, rest: Figure, before: list[Figure]) -> Iterator[Claim]:
    """Yield what is left of figures of up to two sentences before: `Còn 2.560 ha sẽ gieo trong tháng 7`."""
    if rest.value < 10 * rest.factor and rest.exact:
        return
    earlier: list[Figure] = []
    for name in facts.paragraph_before(rest, 2)[1:]:
        earlier = [
            other for other in facts.levels_of(name)
            if is_alike(other, rest) and facts.role_of(other) in ("level", "plan")
        ] + earlier  # fmt: skip
    known = (*earlier, *before)[-6:]
    pairs = [(total, part) for total in known for part in known if part.value < total.value]
    equations = [add_up(total, [part, rest]) for total, part in pairs]
    fitting = next((equation for equation in equations if holds(equation)), None)
    if fitting is not None:
        yield Claim("SUM004", fitting)
    elif len(equations) == 1:
        yield Claim("SUM004", equations[0], sure=False)
    else:
        last = [figure for figure in known if not facts.depths.get(figure.mention)][-2:]
        wholes = [add_up(last[0], [last[1], rest])] if len(last) == 2 else []
        if last and (plan := _find_plan(facts, last[-1])) is not None:
            wholes.append(add_up(plan, [last[-1], rest]))  # `đạt 95,8% kế hoạch (61.500 ha). … Còn 2.560 ha`
        if (told := only_telling(wholes, most=_SELDOM)) is not None:
            yield Claim("SUM004", told, sure=False)


def _find_plan(facts: Facts, actual: Figure) -> Figure | None:
    """Return the plan that a figure is measured against."""
    said = facts.said_of.get(facts.by_mention[actual.mention].id, ())
    own = {each.against for each in said if each.role == "plan-ratio" and each.against is not None}
    return facts.figures[facts.indicators[own.pop()].mention] if len(own) == 1 else None


def _claim_rest(
    before: list[Figure], rest: Figure, *, turned: bool, named: list[Figure], whole: Figure | None = None
) -> Iterator[Claim]:
    one, two = before[-2], before[-1]
    first = two if (two.value > one.value if turned else two in named) else one
    other = one if first is two else two  # `đã dùng 38,5 tỷ đồng trong số 180 tỷ đồng, còn lại 141,5 tỷ đồng`
    ways = [(first, [other]), (before[0], before[1:]), *((total, [two]) for total in before[:-2])]
    if whole is not None:  # `26/42 công trình, đang thi công 13 công trình, 03 công trình chưa khởi công`
        ways = [(whole, [before[0]]), (whole, before), *ways]
    if turned:  # a misprint may have made the larger of the two the smaller one
        ways.append((other, [first]))
    equations = [add_up(total, [*parts, rest]) for total, parts in ways]
    fitting = next((equation for equation in equations if holds(equation)), None)
    if turned:
        equations.sort(key=lambda equation: not has_edit(equation))
    explained = [] if fitting or len(before) == 2 else [each for each in equations if is_telling(each)]
    if fitting is not None:
        yield Claim("SUM004", fitting)
    elif explained:  # of several ways to read it, the one that the likeliest slip explains
        yield Claim("SUM004", min(explained, key=lambda each: find_edits(each)[0].rank), sure=False)
    elif equations[0].one("total").value > rest.value or (len(before) == 2 and has_edit(equations[0])):
        yield Claim("SUM004", equations[0], sure=len(before) == 2)


def find_stocks(facts: Facts) -> Iterator[Claim]:
    """Yield opening, inflow, outflow and closing figures.

    What: what there was (`đầu kỳ`), plus what came, less what went, equals what there is (`cuối kỳ`, `còn`).
    Why: one of them was changed, or carried over wrongly from the last report.
    Tolerance: half a unit of the last printed place of every figure; counts are exact.
    Example: `đầu kỳ 286 doanh nghiệp, phát sinh 18, giải thể 06, cuối kỳ 298 doanh nghiệp`.
    """
    opening, closing = cue_pattern(facts.lexicon, "opening"), cue_pattern(facts.lexicon, "closing")
    inward, outward = cue_pattern(facts.lexicon, "inflow"), cue_pattern(facts.lexicon, "outflow")
    for figures in facts.by_sentence.values():
        yield from _find_net_changes(facts, figures)
        for at, first in enumerate(figures):
            words = last_clause(facts.words_before(first))
            dated = _DAY_END.search(words) is not None  # `cuối tháng 4 … nên cuối tháng 5 là …`
            if not (dated or opening.search(words)) or _is_base(facts, first):
                continue
            terms: list[Term] = [("base", first)]
            unknown: set[int] = set()
            for figure in figures[at + 1 :]:
                if not is_alike(figure, first) or figure.dimension in ("%", "point"):
                    continue
                if facts.by_mention[figure.mention].part_of is not None:
                    continue  # `mở thêm 154 cuộc (121 cuộc …, 33 cuộc …)`
                words = last_clause(facts.words_before(figure))
                if closing.search(words) or _DATED.search(words):
                    terms.append(("result", replace(figure, sign=1)))
                    break
                if outward.search(words) or figure.sign < 0 or "âm" in words.split():
                    terms.append(("out", replace(figure, sign=1)))
                else:
                    if not inward.search(words):
                        unknown.add(len(terms))
                    terms.append(("in", replace(figure, sign=1)))
            if len(terms) >= 3 + dated and terms[-1][0] == "result":
                yield _claim_stock(terms, unknown, sure=len(terms) >= 4 or not unknown)
            break


_NET = re.compile(r"(?<!\w)(?:tăng|giảm) (?:ròng|thuần)")


def _find_net_changes(facts: Facts, figures: tuple[Figure, ...]) -> Iterator[Claim]:
    """Yield net changes: `tăng ròng 6.820 khách hàng …: lắp mới 7.806, chấm dứt hợp đồng 986`."""
    inward, outward = cue_pattern(facts.lexicon, "inflow"), cue_pattern(facts.lexicon, "outflow")
    for at, net in enumerate(figures):
        if not _NET.search(facts.words_before(net)):
            continue
        parts: list[Figure] = []
        for figure in figures[at + 1 :]:
            words = last_clause(facts.words_before(figure))
            if is_alike(figure, net) and outward.search(words):
                parts.append(replace(figure, sign=-1))
            elif is_alike(figure, net) and inward.search(words) and not _is_base(facts, figure):
                parts.append(replace(figure, sign=1))
        if len(parts) == 2 and parts[0].sign != parts[1].sign:
            yield Claim("SUM005", add_up(net, parts), severity="warning")


def _claim_stock(terms: list[Term], unknown: set[int], *, sure: bool) -> Claim:
    """Return the claim of a stock, with the directions that no word gives as they fit."""
    ways = []
    for out in (set(), *({at} for at in sorted(unknown))):
        turned = [("out" if at in out else role, figure) for at, (role, figure) in enumerate(terms)]
        equation = Equation("stock", tuple(turned))
        if holds(equation):
            return Claim("SUM005", equation)
        ways.append(equation)
    explained = [way for way in ways if has_edit(way)]
    return Claim("SUM005", explained[0] if len(explained) == 1 else ways[0], sure=sure)


def _is_base(facts: Facts, figure: Figure) -> bool:
    indicator = facts.by_mention.get(figure.mention)
    return indicator is None or (indicator.role == "base" and indicator.of is not None)


def find_closing_totals(facts: Facts) -> Iterator[Claim]:
    """Yield totals that follow their parts.

    What: figures of one kind followed by `cộng`, `tổng cộng`, `tổng` and their sum.
    Why: a part or the total was changed.
    Tolerance: half a unit of the last printed place of every figure.
    Example: `ngô 4.870 ha, lạc 2.930 ha; cộng 7.800 ha`.
    """
    opening = cue_pattern(facts.lexicon, "opening")
    for name in facts.by_sentence:
        levels = facts.levels_of(name)
        if any(opening.search(facts.words_before(figure)) for figure in levels):
            continue
        for at, total in enumerate(levels):
            words = f" {last_clause(facts.words_before(total))} "
            if at and not words.strip():  # `chung ba huyện 25,7 tỷ đồng`
                words = f" {last_clause(facts.words_before(levels[at - 1]))} "
            parts = [other for other in levels[:at] if is_alike(other, total)]
            if (
                len(parts) == 1 and " tổng " in words
            ):  # `điều chỉnh tăng vốn 22,5 triệu USD; tổng vốn 107,1 …`
                parts = [
                    other for other in facts.by_sentence[name]
                    if other.start < total.start and is_alike(other, total)
                    and (other is parts[0] or (facts.role_of(other) == "change" and other.sign > 0))
                ]  # fmt: skip
            if not any(
                cue in words for cue in (" cộng ", " tổng ", " tổng cộng ", " tổng số ", " chung ", " là ")
            ):
                continue
            plain = " là " in words and " cộng " not in words and " tổng " not in words
            plain = plain and not (parts and _ADDED.search(facts.words_before(parts[-1])))
            if (
                not parts and not plain and total.exact
            ):  # `126 tập thể và 214 cá nhân, tổng cộng 340 điển hình`
                parts = [other for other in levels[:at] if other.exact and other.dimension]
            if len(parts) < 2 or total.dimension in ("%", "point"):
                continue
            ways = [parts[start:] for start in range(len(parts) - 1)]
            fitting = next((way for way in ways if holds(add_up(total, way))), None)
            if fitting is not None:
                yield Claim("SUM006", add_up(total, fitting))
            elif not plain and total.dimension and not _is_whole_of_share(facts, name, total):
                announced = (
                    _TOTALLED.search(words) is not None
                    or _ADDED.search(facts.words_before(parts[-1])) is not None
                    or (_TOTAL_OF.match(words) is not None and _have_head(facts, total, parts))
                )
                mixed = not facts.is_kin(parts[-1], total) and total.value < _LARGE
                sure = announced and not mixed and has_edit(add_up(total, parts))
                told = next((way for way in ways if is_telling(add_up(total, way))), parts)
                yield Claim("SUM006", add_up(total, parts if sure else told), sure=sure, severity="warning")


def _is_whole_of_share(facts: Facts, name: str, total: Figure) -> bool:
    """Return whether a total stands right behind a percentage of it."""
    before = [figure for figure in facts.by_sentence[name] if figure.start < total.start]
    shared = _SHARED.match(facts.words_before(total)) is not None
    return shared and bool(before) and before[-1].dimension == "%"


def _have_head(facts: Facts, total: Figure, parts: list[Figure]) -> bool:
    """Return whether a total bears the word that all parts have: `thịt lợn …, thịt bò …; tổng lượng thịt`."""
    names = [fold_words(facts.by_mention[part.mention].name) for part in parts]
    common = frozenset.intersection(*names) - empty_words(facts)
    return bool(common) and common <= fold_words(facts.words_before(total))


def find_contributions(facts: Facts) -> Iterator[Claim]:
    """Yield growth and the percentage points that its parts contribute.

    What: contributions in percentage points (`đóng góp`, `làm tăng`) add to the growth of the whole.
    Why: a contribution or the growth was changed.
    Tolerance: half a unit of the last printed place of every figure.
    Example: `tăng 6,8%, trong đó chế biến đóng góp 6,2 điểm phần trăm, điện 0,6 điểm phần trăm`.
    """
    last: list[Figure] = []
    for figures in facts.by_sentence.values():
        points = [figure for figure in figures if figure.dimension == "point"]
        words = " ".join(facts.words_before(figure) for figure in points)
        if len(points) >= 2 and ("đóng góp" in words or "kéo" in words):
            inner = [f for f in figures if f.dimension == "%" and f.start < points[0].start][:1] or last
            equations = [add_up(growth, points) for growth in inner]
            fitting = [equation for equation in equations if holds(equation)]
            near = [equation for equation in equations if _is_whole(equation)]
            explained = [equation for equation in equations if has_edit(equation)]
            for equation in (fitting or near or explained[: len(explained) == 1] or equations)[:1]:
                sure = _is_whole(equation) or len(explained) == 1
                yield Claim("SUM007", equation, sure=sure, severity="warning")
        growths = [figure for figure in figures if figure.dimension == "%"]
        last = growths or last


def _is_whole(equation: Equation) -> bool:
    """Return whether contributions make up about all of the growth, so that none is left out."""
    total = equation.one("total").value
    return abs(sum(part.value * part.sign for part in equation.all("part")) - total) * 10 < total
