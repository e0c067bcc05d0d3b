"""Sums that no word announces: a total, then figures of its kind that add up to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from docanalyze.check.edits import has_edit, has_slip, is_telling, mends_closely, mends_exactly
from docanalyze.check.equation import Equation, add_up
from docanalyze.check.facts import Claim, Facts, last_clause
from docanalyze.check.judge import gauge, holds
from docanalyze.check.open_lists import is_item, leaves_rest
from docanalyze.check.said import read_behind
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_all, fold_words
from docanalyze.lexicon.cues import cue_pattern
from docanalyze.lexicon.opposites import are_opposed, cover_whole, make_whole

_AMONG = re.compile(r"(?<!\w)(?:trong|trong số|trong tổng số|qua)\s*$")
_BY_KIND = re.compile(
    r"(?:chia |phân )?theo [^,;:]{2,40}:|trong tổng "
    r"|(?:cơ cấu|phân loại|cụ thể|bao gồm|gồm)(?: [^,;:]{1,40})?:"
)
_ONE_PERIOD = re.compile(r"(?<!\w)(?:trong đó|riêng)(?: \S+)*? (?:quý|tháng|kỳ|vụ)(?!\w)")
_PERIOD = re.compile(r"\((?:riêng )?(?:trong )?(?:quý|tháng|kỳ|vụ)(?!\w)")
_OTHERS = re.compile(r"(?<!\w)(?:khác|còn lại)(?: (?:là|đạt|được))?$")
_IN_NAMED = re.compile(r"\W*trong (?:số )?(?P<total>[^,;:()\d]{4,40}?)(?: này| đó| nói trên)?, ")
_APART = re.compile(r"\W*(?:riêng|còn|ngoài ra|còn lại)(?!\w)")
_AT_FIRST = re.compile(r"\((?:\w+ ){0,2}(?:đầu năm|ban đầu|đầu kỳ)(?: \w+){0,2}$")
_THEN = re.compile(
    r"(?:^|[,;(]\s*)(?:trong khi |còn )?cùng (?:kỳ|thời điểm|thời gian này)"
    r"(?: năm (?:\w+ )?(?:trước|ngoái|\d+))?(?: [^\W\d]+){0,4}\s*$"
)
"""`giải ngân 98,7 tỷ đồng, cùng kỳ giải ngân 74,1 tỷ đồng`: of another time."""
_ADDED = re.compile(r"\W*(?:và )?(?:được )?(?:bổ sung|tăng thêm|cấp thêm|giao thêm)(?: \w+){0,3}$")
_REMAINS = re.compile(r"\W*(?:trong )?(?:số|phần)(?: [^\W\d]+){0,2} (?:chưa|còn)(?!\w)")
_STILL = re.compile(r"(?<!\w)còn(?: lại)?(?: \w+){0,3}$")
_RARELY = Fraction(1, 5)
_HARDLY = Fraction(1, 200)
"""How often strangers may add up to another one by a misprint where no word lists them."""
_NEAR_MISS = 0.02
_LARGE = 100
_PAIR, _SEVERAL = 2, 3
_BACK = 5
"""How many sentences back the total of a list may stand."""


def find_unlisted(facts: Facts) -> Iterator[Claim]:
    """Yield sums of a sentence's levels: to its first figure, or to one of the sentence before.

    Those that add up are relations; others only if they miss by little, or after `trong 17 chỉ tiêu …`.
    """
    known: tuple[Claim, ...] | None = facts.memo.get("unlisted")
    if known is None:
        known = facts.memo["unlisted"] = tuple(_find_unlisted(facts))
    yield from known


def find_summed(facts: Facts) -> dict[str, Figure]:
    """Return the totals of sums that hold by the mentions of their parts."""
    known: dict[str, Figure] | None = facts.memo.get("summed")
    if known is None:
        known = facts.memo["summed"] = {}
        for claim in find_unlisted(facts):
            if claim.equation is not None and claim.equation.form == "sum" and holds(claim.equation):
                total = claim.equation.one("total")
                known.update((part.mention, total) for part in claim.equation.all("part"))
    return known


def _find_unlisted(facts: Facts) -> Iterator[Claim]:
    before: list[Figure] = []
    block: str | None = None
    for name in facts.by_sentence:
        levels = [figure for figure in facts.levels_of(name) if _is_part(facts, figure)]
        sentence = facts.sentence_of(name)
        here = sentence.block if sentence is not None else None
        claim = _find_inside(facts, name, levels) or _find_rest_in_bracket(facts, name)
        if claim is None and before and here is not None and here == block:
            claim = _find_across(facts, before, levels)
        if claim is not None:
            yield claim
        before, block = levels, here


def _is_part(facts: Facts, figure: Figure) -> bool:
    if figure.dimension in ("%", "point", "") or "/" in figure.dimension or facts.depths.get(figure.mention):
        return False
    if _THEN.search(facts.words_before(figure)):
        return False
    return facts.role_of(figure) in ("level", "total")


def _find_inside(facts: Facts, name: str, levels: list[Figure]) -> Claim | None:
    """Return the sum of the levels after the first one of a sentence."""
    if len(levels) > _SEVERAL and not facts.words_before(levels[0]) and not is_alike(levels[0], levels[1]):
        levels = levels[1:]  # `Bốn xã cũ tiếp nhận 5.318 hồ sơ, …`
    if len(levels) < _SEVERAL:
        return None
    if (whole := _find_sexes(facts, levels)) is not None:
        return Claim("SUM001", whole, severity="warning", tied=True)
    if facts.by_mention[levels[1].mention].part_of is not None:
        return None
    total = levels[0]
    parts = [figure for figure in levels[1:] if is_alike(figure, total)]
    for end in range(len(parts), 1, -1):
        equation = add_up(total, parts[:end])
        if (total.value >= _LARGE * total.factor or total.dimension == parts[0].dimension) and holds(
            equation
        ):
            return Claim("SUM001", equation)
    whole = add_up(total, parts)
    if len(parts) < 2:
        return None
    wider = _add_next(facts, total, parts)
    if wider is not None and holds(wider):
        return Claim("SUM001", wider)
    if is_item(facts, total) or leaves_rest(facts, parts):
        return None  # `Cây màu: ngô 416 ha, lạc 318 ha, rau 605 ha`: the first of equals
    if _AMONG.search(facts.words_before(total)):
        return Claim("SUM001", whole, severity="warning")
    alone = len(parts) == len(levels) - 1 and len(parts) >= _SEVERAL and not _have_shares(facts, total, parts)
    alone = alone and not _repeats_done(facts, parts)
    if alone and all(part.dimension == total.dimension for part in parts) and _is_slip(whole):
        return Claim("SUM001", whole, severity="warning")  # `24 dự án; 15 dự án …, 6 dự án …, 3 dự án …`
    ended = len(parts) > _PAIR and facts.is_past(parts[_PAIR], parts[1]) and levels[1:3] == parts[:_PAIR]
    if ended and are_halves(facts, *parts[:_PAIR]) and not facts.is_past(parts[1], total):
        first = add_up(total, parts[:_PAIR])
        if has_edit(first):
            # `nhận 5.318 hồ sơ, nộp trực tuyến 4.127, nộp trực tiếp 1.191; trả kết quả 5.207 hồ sơ, …`
            return Claim("SUM001", first, severity="warning", tied=True)
    if any(_left_over(facts).search(facts.clause_before(part)) for part in parts):
        return None  # `xuất khẩu …, nhập khẩu …, xuất siêu …`: what is left has a check of its own
    if len(parts) == len(levels) - 1 == _PAIR and are_halves(facts, *parts) and has_edit(whole):
        # `đã xử lý 1.702 đơn; đủ điều kiện 1.244 đơn, không đủ điều kiện 458 đơn`
        return Claim("SUM001", whole, severity="warning", tied=True)
    if len(parts) == 2 and facts.is_past(parts[1], total):
        return None  # `1.937 người, trong đó điều trị 1.812 người; phát hiện mới 118 người`
    return Claim("SUM001", whole, sure=False, open=True) if _is_near(whole) else None


def _repeats_done(facts: Facts, parts: list[Figure]) -> bool:
    """Return whether one says what is done of another: `kiến nghị thu hồi 12,3 tỷ đồng, đã thu hồi 10,1`."""
    said = [facts.words_before(part) for part in parts]
    done = [_DONE_OF.search(words) for words in said]
    return any(each is not None and each[1] in words for words, each in zip(said, done[1:], strict=False))


_DONE_OF = re.compile(r"(?<!\w)đã (?:được )?(\w+ \w+)")


def _add_next(facts: Facts, total: Figure, parts: list[Figure]) -> Equation | None:
    """Return the sum with what the next sentence sets apart: `gồm A 13 tỷ; B 6 tỷ. Riêng C 2 tỷ`."""
    names = list(facts.by_sentence)
    at = names.index(facts.mentions[total.mention].sentence or "")
    if at + 1 == len(names):
        return None
    levels = facts.levels_of(names[at + 1])
    apart = bool(levels) and _APART.match(facts.words_before(levels[0])) is not None
    return add_up(total, [*parts, levels[0]]) if apart and is_alike(levels[0], total) else None


def _have_shares(facts: Facts, total: Figure, parts: list[Figure]) -> bool:
    """Return whether each figure has a share of something else, and these do not add up either.

    `A đứng thứ hai với 1.548 tấn, chiếm 15,9% thị phần, B đứng thứ ba với 812 tấn, chiếm 8,3%, …`.
    """
    shares = list_shares(facts, [total, *parts])
    return shares is not None and not holds(add_up(shares[0], shares[1:]))


def list_shares(facts: Facts, figures: list[Figure]) -> list[Figure] | None:
    """Return the one share that is said of each figure; None if one has none, or several."""
    shares: list[Figure] = []
    for figure in figures:
        said = facts.said_of.get(facts.by_mention[figure.mention].id, ())
        own = [facts.figures[each.mention] for each in said if each.role == "share"]
        if len(own) != 1:
            return None
        shares += own
    return shares


def share_all(facts: Facts, figures: list[Figure]) -> bool:
    """Return whether the shares of figures make a hundred: `1.624 tỷ đồng (36%), 2.888 tỷ đồng (64%)`."""
    shares = list_shares(facts, figures)
    return shares is not None and holds(Equation("hundred", tuple(("part", share) for share in shares)))


def _find_rest_in_bracket(facts: Facts, name: str) -> Claim | None:
    """Return the sum of a part and what its bracket adds: `964 ha, riêng quý II 837 ha (quý I 127 ha)`."""
    figures = facts.by_sentence[name]
    told = facts.behind("đầu năm", "ban đầu", "đầu kỳ", "trong đó", "riêng")
    for total, part, rest in zip(figures, figures[1:], figures[2:], strict=False):
        if part.mention not in told:
            continue
        words = facts.words_before(part)
        if not is_alike(total, rest) or not is_alike(part, rest):
            continue
        if _AT_FIRST.search(words) and _ADDED.match(facts.words_before(rest)):
            whole = add_up(total, [part, rest])  # `104 tỷ đồng (đầu năm giao 96,5, bổ sung 7,5 tỷ đồng)`
            if holds(whole) or has_edit(whole):
                return Claim("SUM001", whole, severity="warning", tied=True)
        if not _ONE_PERIOD.search(words):
            continue
        if _PERIOD.search(facts.words_before(rest)) and facts.role_of(rest) in ("level", "base"):
            whole = add_up(total, [part, rest])
            if holds(whole) or is_telling(whole, most=_RARELY):
                return Claim("SUM001", whole, severity="warning")
    return None


def _find_sexes(facts: Facts, levels: list[Figure]) -> Equation | None:
    """Return the sum of two counts whose units are halves: `896 đối tượng bị bắt có 812 nam, 84 nữ`."""
    total, one, two = levels[:3]
    between = [each for each in facts.figures_between(total.start, two.start) if each is not total]
    if (
        between != [one]
        or not (total.exact and one.exact and two.exact)
        or total.value <= max(one.value, two.value)
    ):
        return None
    if not make_whole(fold_words(one.dimension), fold_words(two.dimension), facts.lexicon):
        return None
    whole = add_up(total, [one, two])
    return whole if holds(whole) or has_edit(whole) else None


def are_halves(facts: Facts, one: Figure, two: Figure) -> bool:
    """Return whether the names of two figures are those of two parts that are all there is.

    The names stand before them, or behind both: `1.225 đơn đủ điều kiện, 2.377 đơn không đủ điều kiện`.
    """
    return any(
        make_whole(first, second, facts.lexicon)
        for first, second in zip(_read_names(facts, one), _read_names(facts, two), strict=True)
    )


def _read_names(facts: Facts, figure: Figure) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of the names of a figure before and behind it, read once: it is near many others."""
    known: dict[str, tuple[frozenset[str], frozenset[str]]] = facts.memo.setdefault("names about", {})
    names = known.get(figure.mention)
    if names is None:
        before = last_clause(_CLOSED.sub(" ", facts.words_before(figure)).rstrip(" :"))
        names = fold_words(f"{before} {figure.dimension}"), fold_all(read_behind(facts, figure).lower())
        known[figure.mention] = names
    return names


def exclude_each_other(facts: Facts, figures: list[Figure]) -> bool:
    """Return whether the names of all figures are of kinds that share nothing: `hành chính`, `hình sự`."""
    said = [fold_words(last_clause(_CLOSED.sub(" ", facts.words_before(figure)))) for figure in figures]
    return all(
        are_opposed(one, two, facts.lexicon) or make_whole(one, two, facts.lexicon)
        for at, one in enumerate(said) for two in said[:at]
    )  # fmt: skip


def cover_all(facts: Facts, figures: list[Figure]) -> bool:
    """Return whether the names of figures, before or behind them, are those of all parts that there are."""
    before = [_CLOSED.sub(" ", facts.words_before(figure)) for figure in figures]
    behind = [f"{figure.dimension} {read_behind(facts, figure)}" for figure in figures]
    return any(cover_whole([fold_words(each) for each in said], facts.lexicon) for said in (before, behind))


_CLOSED = re.compile(r"\([^()]*\)|(?<!\w)trong (?:số )?đó(?!\w)")
"""What names nothing; without its marks `trong` is `trồng`, too."""


def _is_slip(equation: Equation) -> bool:
    return has_slip(equation) and is_telling(equation)


def _left_over(facts: Facts) -> re.Pattern[str]:
    return cue_pattern(facts.lexicon, "rest", "balance")


def _is_closed(facts: Facts, parts: list[Figure]) -> bool:
    """Return whether words say that a list leaves nothing out: `theo hoạt động: …`, `… các khoản khác …`."""
    first, last = facts.words_before(parts[0]), facts.words_before(parts[-1])
    return cover_all(facts, parts) or _BY_KIND.match(first) is not None or _OTHERS.search(last) is not None


def _find_across(facts: Facts, before: list[Figure], parts: list[Figure]) -> Claim | None:
    """Return the sum of all levels of a sentence, to a figure of the sentence before."""
    own = {facts.by_mention[part.mention].id for part in parts}
    if len(parts) < 2 or any(facts.by_mention[part.mention].part_of in own for part in parts):
        return None  # a list with its own total is no list of equals
    if (named := _find_in_named(facts, before, parts)) is not None:
        return named
    if all(is_alike(each, parts[0]) for each in parts):
        sums = [add_up(total, parts) for total in before if is_alike(total, parts[0])]
        claim = None if any(map(holds, sums)) else _find_slip(facts, sums, parts)
        if claim is not None:
            return claim
    if (column := _find_column(before, parts)) is not None:
        return column
    for end in range(len(parts), 1, -1):
        run = parts[:end]
        if not all(is_alike(figure, run[0]) for figure in run):
            continue
        equations = [add_up(total, run) for total in before if is_alike(total, run[0])]
        fitting = next((each for each in equations if holds(each) and _is_large(each)), None)
        if fitting is not None:
            return Claim("SUM001", fitting)
        close = next((each for each in equations if _is_near(each)), None)
        if close is not None and end == len(parts):
            return Claim("SUM001", close, sure=False, open=True)
    return None


def _find_column(before: list[Figure], parts: list[Figure]) -> Claim | None:
    """Return the sum of each first count of a list that tells two of each: `179 vụ, 251 bị can; 31 vụ, …`.

    Of the totals of the sentence before the one that they make.
    """
    first = parts[::2]
    if len(parts) < 2 * _PAIR or len(parts) % _PAIR or len({part.dimension for part in first}) > 1:
        return None
    if any(is_alike(one, two) for one, two in zip(first, parts[1::2], strict=True)):
        return None
    sums = [add_up(total, first) for total in before if total.dimension == first[0].dimension]
    fitting = next((each for each in sums if holds(each) and _is_large(each)), None)
    return Claim("SUM001", fitting) if fitting is not None else None


def _find_slip(facts: Facts, sums: list[Equation], parts: list[Figure]) -> Claim | None:
    """Return the sum that fails by a misprint: to what the sentence before is about, if a list is closed."""
    if leaves_rest(facts, parts):
        return None
    closed = len(parts) >= _SEVERAL and _is_closed(facts, parts)
    if len(parts) >= _SEVERAL and _REMAINS.match(facts.words_before(parts[0])):
        # `…, còn 18.925 triệu đồng. Số chưa thực hiện do khách quan 7.412, đang khiếu nại 1.833, …`
        left = [each for each in sums if _STILL.search(facts.clause_before(each.one("total")))]
        sums, closed = (left, True) if len(left) == 1 else (sums, closed)
    earlier = (
        add_up(total, parts) for name in facts.paragraph_before(parts[0], _BACK)[1:]
        for total in facts.levels_of(name) if is_alike(total, parts[0])
    )  # fmt: skip
    fitting = next((each for each in earlier if holds(each)), None)
    if fitting is not None:
        return Claim("SUM001", fitting) if _is_large(fitting) or closed else None
    if closed or (len(parts) == _PAIR and are_halves(facts, *parts)):
        told = [each for each in sums[:1] if has_edit(each)] or [
            each for each in sums if is_telling(each, most=_RARELY)
        ]
        if len(told) == 1 and _is_of_main(facts, told[0], parts):
            return None
        if len(told) == 1:
            return Claim("SUM001", told[0], severity="warning", tied=told == sums[:1])
    if closed and _BY_KIND.match(facts.words_before(parts[0])):
        # `Xảy ra 864 vụ …. Làm rõ 758 vụ. Cơ cấu: giết người 12 vụ; …; các tội khác 179 vụ`
        heads = [facts.levels_of(name)[:1] for name in facts.paragraph_before(parts[0], _PAIR)[1:]]
        wide = [add_up(total, parts) for head in heads for total in head if is_alike(total, parts[0])]
        told = [each for each in wide if has_edit(each)]
        if len(told) == 1:
            return Claim("SUM001", told[0], severity="warning", tied=True)
    told = [each for each in sums if is_telling(each, most=_HARDLY) and not _lacks(each)]
    return Claim("SUM001", told[0], sure=False, severity="warning") if len(told) == 1 else None


def _is_of_main(facts: Facts, whole: Equation, parts: list[Figure]) -> bool:
    """Return whether a list by kinds may tell the main ones: no misprint mends it within its rounding."""
    if not lacks_any(whole) or cover_all(facts, parts) or _OTHERS.search(facts.words_before(parts[-1])):
        return False
    return _BY_KIND.match(facts.words_before(parts[0])) is not None and not mends_closely(whole)


def lacks_any(whole: Equation) -> bool:
    """Return whether parts are less than their total."""
    return sum(part.value for part in whole.all("part")) < whole.one("total").value


def _find_in_named(facts: Facts, before: list[Figure], parts: list[Figure]) -> Claim | None:
    """Return the sum to the total that a list names: `Trong tổng doanh thu, bán nước …, các khoản khác …`."""
    named = _IN_NAMED.match(facts.words_before(parts[0]))
    if named is None or not _OTHERS.search(facts.words_before(parts[-1])):
        return None
    words = fold_words(named["total"])
    totals = [total for total in before if words <= fold_words(facts.words_before(total))]
    if len(totals) != 1 or not all(is_alike(each, totals[0]) for each in parts):
        return None
    whole = add_up(totals[0], parts)
    if holds(whole):
        return Claim("SUM001", whole)
    return Claim("SUM001", whole, severity="warning", tied=True) if has_edit(whole) else None


def _is_large(equation: Equation) -> bool:
    total = equation.one("total")
    return total.digits >= 3


def _is_near(equation: Equation) -> bool:
    """Return whether a sum misses its total by so little that the figures can hardly be strangers."""
    plain = gauge(equation)
    if plain is None or not _is_large(equation):
        return False
    return 0 < plain[0] < _NEAR_MISS * equation.one("total").rough and not _lacks(equation)


def _lacks(equation: Equation) -> bool:
    """Return whether a list that no word closes rather leaves small things out than holds a misprint."""
    parts = equation.all("part")
    short = sum(part.value for part in parts) < equation.one("total").value
    if not short:
        return False
    return any(part.comparator for part in parts) or not has_slip(equation) or lacks_least(equation)


_LEAST = Fraction(1, 5000)


def lacks_least(equation: Equation) -> bool:
    """Return whether an item of no weight explains a failing sum, better than a slip: 8 of 90.830 tỷ đồng."""
    total = equation.one("total").value
    missing = total - sum(part.value for part in equation.all("part"))
    return 0 < missing < total * _LEAST and not mends_exactly(equation)
