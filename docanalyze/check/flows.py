"""What came and went, and totals named last: additive relations told by words of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from docanalyze.check.edits import find_edits, has_edit, is_telling
from docanalyze.check.equation import Equation, Term, add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.matches import empty_words
from docanalyze.check.rests import SINCE
from docanalyze.check.row_totals import find_row_totals
from docanalyze.check.said import read_clause
from docanalyze.check.totals_behind import find_totals_behind
from docanalyze.check.totals_of_two import find_totals_of_two
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words
from docanalyze.lexicon.cues import cue_pattern, cue_words
from docanalyze.lexicon.forms import form_words

_TOTALLED = re.compile(r" (?:tổng cộng|cộng lại|cộng|tổng số)(?: (?:là|đạt|được|có))? $")
_SHARED = re.compile(r"(?:của |so với |trên )?tổng (?!cộng)")
"""`bằng 53% tổng mức đầu tư 400 tỷ đồng`: the whole of the share before it."""
_TOTAL_OF = re.compile(r" (?:và )?tổng (?:sản lượng|số|giá trị|diện tích|vốn|kinh phí|lượng)(?!\w)")
_SEVERAL = 3
_LARGE = 100
"""Smaller counts of other kinds than the total's are of other things: `03 công trình …, tổng cộng 27 hộ`."""
_DAY_END = re.compile(r"(?<!\w)cuối (?:tháng|quý|năm) (?:[ivx]+|\d[\d/]*)(?!\w)")
_DATED = re.compile(
    r"^\s*(?:tính )?(?:đến|hết) (?:hết )?(?:ngày )?\d[\d/.]*(?:,)? .*(?<!\w)(?:có|còn|là|đạt)$"
)
"""`đến 30/6/2024 có 142.680 khách hàng`: what there is at the end."""
_ADDED = re.compile(r"(?<!\w)(?:cộng với|cộng thêm)(?!\w)")


def find_stocks(facts: Facts) -> Iterator[Claim]:
    """Yield opening, inflow, outflow and closing figures.

    What: what there was (`đầu kỳ`), plus what came, less what went, equals what there is (`cuối kỳ`, `còn`).
    Why: one of them was changed, or carried over wrongly from the last report.
    Tolerance: half a unit of the last printed place of every figure; counts are exact.
    Example: `đầu kỳ 286 doanh nghiệp, phát sinh 18, giải thể 06, cuối kỳ 298 doanh nghiệp`.
    """
    opening, closing = cue_pattern(facts.lexicon, "opening"), cue_pattern(facts.lexicon, "closing")
    inward, outward = cue_pattern(facts.lexicon, "inflow"), cue_pattern(facts.lexicon, "outflow")
    told = facts.sentences_with(*cue_words(facts.lexicon, "opening"), "cuối ")
    netted = facts.sentences_behind("ròng", "thuần")
    for name, figures in facts.by_sentence.items():
        if name in netted:
            yield from _find_net_changes(facts, figures)
        for at, first in enumerate(figures) if name in told else ():
            words = read_clause(facts, first)
            dated = _DAY_END.search(words) is not None  # `cuối tháng 4 … nên cuối tháng 5 là …`
            if not (dated or opening.search(words)) or _is_base(facts, first):
                continue
            terms: list[Term] = [("base", first)]
            unknown: set[int] = set()
            for figure in figures[at + 1 :]:
                if not is_alike(figure, first) or figure.dimension in ("%", "point"):
                    continue
                if figure.dimension != first.dimension and first.dimension in form_words("place_class"):
                    continue  # `bốn xã cũ có 59 hợp tác xã`
                if facts.by_mention[figure.mention].part_of is not None:
                    continue  # `mở thêm 154 cuộc (121 cuộc …, 33 cuộc …)`
                words = facts.clause_before(figure)
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
            if terms[-1][0] == "result":
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
            words = facts.clause_before(figure)
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
    yield from find_row_totals(facts)
    yield from find_totals_behind(facts)
    yield from find_totals_of_two(facts)
    yield from _find_these(facts)
    yield from _find_largest(facts)
    yield from _find_carried(facts)
    yield from _find_added_on(facts)
    opening = cue_pattern(facts.lexicon, "opening")
    opened = facts.behind(*cue_words(facts.lexicon, "opening"), "đầu")
    for name in facts.sentences_behind("cộng", "tổng", "chung", "là"):
        levels = facts.levels_of(name)
        if any(
            f.mention in opened and opening.search(SINCE.sub("kỳ", facts.words_before(f))) for f in levels
        ):
            continue
        for at, total in enumerate(levels):
            words = f" {facts.clause_before(total).strip()} "
            if at and not words.strip():  # `chung ba huyện 25,7 tỷ đồng`
                words = f" {facts.clause_before(levels[at - 1]).strip()} "
            if not any(
                cue in words for cue in (" cộng ", " tổng ", " tổng cộng ", " tổng số ", " chung ", " là ")
            ):
                continue
            parts = [other for other in levels[:at] if is_alike(other, total)]
            if (
                len(parts) == 1 and " tổng " in words
            ):  # `điều chỉnh tăng vốn 22,5 triệu USD; tổng vốn 107,1 …`
                parts = [
                    other for other in facts.by_sentence[name]
                    if other.start < total.start and is_alike(other, total)
                    and (other is parts[0] or (facts.role_of(other) == "change" and other.sign > 0))
                ]  # fmt: skip
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
            elif _does_else(facts, words, parts):
                continue
            elif not plain and total.dimension and not _is_whole_of_share(facts, name, total):
                announced = (
                    _TOTALLED.search(words) is not None
                    or _ADDED.search(facts.words_before(parts[-1])) is not None
                    or (_TOTAL_OF.match(words) is not None and _have_head(facts, total, parts))
                    or _counts(levels[at - 1], parts)
                )
                mixed = not facts.is_kin(parts[-1], total) and total.value < _LARGE
                sure = announced and not mixed and has_edit(add_up(total, parts))
                told = next((way for way in ways if is_telling(add_up(total, way))), parts)
                yield Claim("SUM006", add_up(total, parts if sure else told), sure=sure, severity="warning")


_ALL_TOLD = re.compile(r"(?<!\w)(?:tổng|cộng|lũy kế|luỹ kế|phải (?:giải quyết|xử lý|thực hiện))(?!\w)")


def _find_carried(facts: Facts) -> Iterator[Claim]:
    """Yield what came and what was left from before with all of it, in any order and with the total last.

    `tiếp nhận mới 4.131 hồ sơ, kỳ trước chuyển sang 2.171, tổng số phải giải quyết 6.302 hồ sơ`.
    """
    opening, inward = cue_pattern(facts.lexicon, "opening"), cue_pattern(facts.lexicon, "inflow")
    words = ("tổng", "cộng", "lũy kế", "luỹ kế", "phải ")
    told = facts.behind(*words)
    for name in facts.sentences_behind(*words):
        levels = facts.levels_of(name)
        for one, two, total in zip(levels, levels[1:], levels[2:], strict=False):
            if total.mention not in told:
                continue
            said = [facts.clause_before(figure) for figure in (one, two, total)]
            ways = [(said[0], said[1]), (said[1], said[0])]
            carried = any(opening.search(old) and inward.search(new) for old, new in ways)
            alike = all(is_alike(part, total) or (part.exact and not part.dimension) for part in (one, two))
            between = sum(is_alike(figure, total) for figure in facts.figures_between(one.start, total.start))
            if carried and alike and between <= len(ways) and _ALL_TOLD.search(said[2]):
                equation = add_up(total, [one, two])
                if holds(equation) or has_edit(equation):
                    yield Claim("SUM006", equation, severity="warning", tied=True)


_WITH = re.compile(r"\W*(?:cộng (?:với|thêm)|cùng với|tính cả|kể cả|thêm)(?!\w)(?: \w+){0,3}$")


def _find_added_on(facts: Facts) -> Iterator[Claim]:
    """Yield the level before a sentence with what the sentence adds to it.

    `Sản lượng lúa 12.318 tấn. Cộng với 1.717 tấn ngô, sản lượng cây lương thực được 14.035 tấn`.
    """
    last: Figure | None = None
    block: str | None = None
    told = facts.behind("cộng với", "cộng thêm", "cùng với", "tính cả", "kể cả", "thêm")
    for name in facts.by_sentence if told else ():
        levels = facts.levels_of(name)
        if not levels:
            continue
        here = facts.block_of(levels[0])
        if (
            last is not None
            and here == block
            and len(levels) > 1
            and _WITH.match(facts.words_before(levels[0]))
        ):
            added, total = levels[:2]
            if is_alike(last, total) and is_alike(added, total):
                equation = add_up(total, [last, added])
                if holds(equation) or has_edit(equation):
                    yield Claim("SUM006", equation, severity="warning", tied=True)
        last, block = levels[-1], here


def _counts(figure: Figure, parts: list[Figure]) -> bool:
    """Return whether a figure is how many parts there are: `chung ba huyện 25,7 tỷ đồng` behind three."""
    return figure.exact and figure.dimension != "" and figure.value == len(parts) > 2


_THESE = re.compile(r"(?:này|trên|nói trên|nêu trên|kể trên)(?: [^\W\d]+){0,3}")


def _find_these(facts: Facts) -> Iterator[Claim]:
    """Yield what things that stand before come to: `A 61,4; B 58,3 … (2 mặt hàng này đạt 119,7)`."""
    told = facts.behind("này", "trên")
    for name in facts.sentences_behind("này", "trên"):
        levels = facts.levels_of(name)
        for count, total in pairwise(levels):
            if (
                total.mention not in told
                or not count.exact
                or total.exact
                or _THESE.fullmatch(facts.words_before(total)) is None
            ):
                continue
            parts = [
                figure for figure in levels
                if figure.start < count.start and is_alike(figure, total)
                and facts.role_of(figure) == "level"
                and not facts.depths.get(figure.mention) and figure.comparator is None
            ]  # fmt: skip
            size = int(count.number)
            if _FEWEST_THESE <= size <= len(parts):
                equation = add_up(total, parts[-size:])
                if holds(equation) or has_edit(equation):
                    yield Claim("SUM006", equation, severity="warning", tied=True)


_FEWEST_THESE = 2
_LARGEST = re.compile(
    r"(?: \w+){0,2} (?:lớn|chính|chủ lực|dẫn đầu|cao nhất|lớn nhất|đứng đầu|hàng đầu)(?!\w)"
)


def _find_largest(facts: Facts) -> Iterator[Claim]:
    """Yield what the largest of a list come to, in the next sentence.

    `gồm Nhật Bản 11,24; EU 7,86; Hoa Kỳ 5,12 và thị trường khác 2,39. Ba thị trường lớn … (24,22 …)`.
    """
    before: tuple[Figure, ...] = ()
    for name, figures in facts.by_sentence.items():
        count = figures[0]
        size = int(count.number) if count.exact and count.number == int(count.number) else 0
        listed = [f for f in before if facts.by_mention[f.mention].part_of is not None]
        end = count.start + len(count.text)
        if _FEWEST_THESE <= size < len(listed) and _LARGEST.match(
            facts.analysis.text[end : end + 40].lower()
        ):
            for total in facts.levels_of(name):
                parts = sorted((f for f in listed if is_alike(f, total)), key=lambda f: -f.value)[:size]
                if len(parts) == size and total is not count:
                    equation = add_up(total, sorted(parts, key=lambda f: f.start))
                    if holds(equation) or is_telling(equation):
                        yield Claim("SUM006", equation, severity="warning", tied=True)
                    break
        before = facts.levels_of(name)


def _is_whole_of_share(facts: Facts, name: str, total: Figure) -> bool:
    """Return whether a total stands right behind a percentage of it."""
    before = [figure for figure in facts.by_sentence[name] if figure.start < total.start]
    shared = _SHARED.match(facts.words_before(total)) is not None
    return shared and bool(before) and before[-1].dimension == "%"


_DOING = re.compile(r"(?<!\w)(?:đang|hiện|đã|được|còn)(?: [^\W\d]+){1,2}")


def _does_else(facts: Facts, words: str, parts: list[Figure]) -> bool:
    """Return whether a total is of those that do something of which its parts do not speak.

    `kiện tướng 26 người, cấp I 64 người; tổng số vận động viên đang đào tạo 326 người`.
    """
    doing = _DOING.search(words)
    if doing is None:
        return False
    text = facts.analysis.text[: parts[-1].start].lower()
    sentence = facts.sentence_at(parts[0].start)
    return doing[0] not in (text if sentence is None else text[sentence.start :])


def _have_head(facts: Facts, total: Figure, parts: list[Figure]) -> bool:
    """Return whether a total bears the word that all parts have: `thịt lợn …, thịt bò …; tổng lượng thịt`."""
    named = [name for part in parts if (name := facts.by_mention[part.mention].name)]
    common = frozenset.intersection(*map(fold_words, named or [""])) - empty_words(facts)
    return bool(common) and common <= fold_words(facts.words_before(total))


def find_contributions(facts: Facts) -> Iterator[Claim]:
    """Yield growth and the percentage points that its parts contribute.

    What: contributions in percentage points (`đóng góp`, `làm tăng`) add to the growth of the whole; so does
        what prices and volumes made of it.
    Why: a contribution or the growth was changed.
    Tolerance: half a unit of the last printed place of every figure.
    Example: `tăng 6,8%, trong đó chế biến đóng góp 6,2 điểm phần trăm, điện 0,6 điểm phần trăm`.
    """
    last: list[Figure] = []
    factors = facts.sentences_behind("do ", "nhờ ", "yếu tố ")
    for name, figures in facts.by_sentence.items():
        if name in factors:
            yield from _find_factors(facts, figures)
        points = [figure for figure in figures if figure.dimension == "point"]
        words = " ".join(facts.words_before(figure) for figure in points) if len(points) >= 2 else ""
        if "đóng góp" in words and (whole := _read_whole_points(facts, points)) is not None:
            yield whole
        elif "đóng góp" in words or "kéo" in words:
            inner = [f for f in figures if f.dimension == "%" and f.start < points[0].start][:1] or last
            equations = [add_up(growth, points) for growth in inner]
            fitting = [equation for equation in equations if holds(equation)]
            near = [equation for equation in equations if _is_whole(equation)]
            explained = [equation for equation in equations if has_edit(equation)]
            if not fitting and _lacks_point(figures, points):
                continue
            for equation in (fitting or near or explained[: len(explained) == 1] or equations)[:1]:
                sure = _is_whole(equation) or len(explained) == 1
                tied = len(explained) == 1 and len(points) >= _SEVERAL
                yield Claim("SUM007", equation, sure=sure, severity="warning", tied=tied)
        growths = [figure for figure in figures if figure.dimension == "%"]
        last = growths or last


def _lacks_point(figures: Sequence[Figure], points: Sequence[Figure]) -> bool:
    """Return whether the last part of a list has a growth and no contribution.

    `dịch vụ tăng 7,05%, đóng góp 2,79 điểm phần trăm; thuế sản phẩm trừ trợ cấp tăng 4,60%`.
    """
    return any(figure.dimension == "%" and figure.start > points[-1].start for figure in figures)


_OF_POINTS = re.compile(
    r"(?:^|\W)(?:trong(?: tổng số| số)?|(?:vào|trong|của) mức tăng(?: trưởng)?(?: chung)?)$"
)


def _read_whole_points(facts: Facts, points: Sequence[Figure]) -> Claim | None:
    """Return the claim of a growth told in points, too: `Trong 6,84 điểm phần trăm tăng trưởng, …`."""
    whole = points[0]
    if len(points) < _SEVERAL or _OF_POINTS.search(facts.words_before(whole)) is None:
        return None
    equation = add_up(whole, points[1:])
    # what is short may leave parts out, the taxes less subsidies of a gross product among them
    above = sum(part.value * part.sign for part in points[1:]) > whole.value and has_edit(equation)
    swapped = any(edit.kind in ("swap", "separator") for edit in find_edits(equation))
    told = holds(equation) or above or swapped
    return Claim("SUM007", equation, severity="warning", tied=True) if told else None


_FACTOR = re.compile(
    r"(?<!\w)(?:do|nhờ|yếu tố)(?: (?:yếu tố|tăng|giảm|về|mặt|biến động))* (giá|lượng|khối lượng)(?!\w)"
)


def _find_factors(facts: Facts, figures: Sequence[Figure]) -> Iterator[Claim]:
    """Yield a change and what prices and volumes made of it.

    `tăng 24%, trong đó tăng do yếu tố giá 8,5% và tăng do yếu tố lượng 15,5%`.
    """
    named = [
        (figure, found[1]) for figure in figures
        if (found := _FACTOR.search(facts.words_before(figure)))
    ]  # fmt: skip
    for (one, first), (two, second) in pairwise(named):
        if (first == "giá") == (second == "giá") or not is_alike(one, two):
            continue
        before = [
            figure for figure in figures
            if figure.start < one.start and is_alike(figure, one)
            and facts.role_of(figure) in ("growth", "change")
        ]  # fmt: skip
        if before:
            equation = add_up(before[-1], [one, two])
            if holds(equation) or has_edit(equation):
                yield Claim("SUM007", equation, severity="warning", tied=True)


def _is_whole(equation: Equation) -> bool:
    """Return whether contributions make up about all of the growth, so that none is left out."""
    total = equation.one("total").value
    return abs(sum(part.value * part.sign for part in equation.all("part")) - total) * 10 < total
