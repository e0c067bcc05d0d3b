"""Shares whose whole is named behind them: `chiếm 34,0% tổng chi`, `(33,8% GDP)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from docanalyze.check.edits import has_edit, has_slip, is_telling, only_telling
from docanalyze.check.equation import Equation, share_of
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.matches import empty_words
from docanalyze.check.said import read_behind, read_sentence_before
from docanalyze.check.spans_said import differ_in_span
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words
from docanalyze.core.relation import Severity
from docanalyze.lexicon.forms import form_pattern

_NAMED_WHOLE = re.compile(
    r"\s*(?:trong\s+|so với\s+|của\s+)?(?P<whole>[^\W\d][^,.;:()\d]{1,40}?)"
    r"(?=[,.;:()]|$|\s+(?:và\s+)?(?:tăng|giảm|bằng|gấp|cao hơn|thấp hơn)\s"
    r"|\s+và\s+[^,.;:()\d]{1,20}\s(?:tăng|giảm|nhiều hơn|ít hơn|cao hơn|thấp hơn)\s)"
)
LEFT_OUT = re.compile(r"(?:không|chưa) (?:tính|kể|bao gồm|gồm)|loại trừ|(?<!\w)trừ(?!\w)", re.IGNORECASE)
"""Words behind which stands what a figure leaves out."""
_PREDICATE = re.compile(r"(?:và|so|thì|là|còn|do|nhưng|tăng|giảm|cao|thấp|vượt|đạt|bằng|chiếm)(?!\w)")
_DONE = re.compile(r"(?<!\w)(?:đã|đến hạn|đủ)(?!\w)")
_DUE = re.compile(r"(?<!\w)(?:phải|cần) [^\W\d]+")
_OTHER_TIME = re.compile(
    r"\s*(?:so với|trong|trên|của)?\s*tổng (?:số )?[^,.;:()\d]{1,40}?"
    r"(?:cuối|đầu|cùng kỳ|của) năm (?:\d{4}|trước)"
)
"""`chiếm 2,9% so với tổng số đoàn viên cuối năm 2021`: of what there was then."""
_PLUS = re.compile(r"[^\W\d]*\s*\+\s*\d")
"""`thụ lý mới 518 vụ + 74 vụ tháng trước chuyển sang`: the whole is both."""
_OF_NATION = re.compile(r"[^,.;:()\d]{0,90}?(?<!\w)(?:cả nước|toàn quốc)(?!\w)", re.IGNORECASE)
"""`chiếm 2,4% so với tổng số hợp tác xã cả nước`: of no province's."""
_OF_PLACE = form_pattern(
    r"(?<!\w)(?:<level>|khu vực|vùng|toàn (?:tỉnh|huyện|xã|vùng)|địa bàn)(?!\w)", re.IGNORECASE
)
_LONG = 3
"""A whole of so many words is known without its `tổng`, too."""
_LENGTHY = 5
_TOTAL = "tong"
_GENERIC = frozenset({"gia", "tri", "so", "tong", "thuc", "hien"})
"""Words that may stand before any name: `giá trị khối lượng` is `khối lượng`."""
_AREAS, _AREA = ("m2", "ha"), frozenset({"dien", "tich"})
_COUNTING = frozenset({"so", "da", "duoc"})
_NAMED = Fraction(2)
"""A whole that is named may be held to by an edit that would fit a stranger, too."""
_SELDOM = Fraction(1, 20)
_FAR = 8
"""How many sentences before a share may name its whole."""
_REACH = 60


def claim_named_whole(facts: Facts, part: Figure, ratio: Figure) -> Iterator[Claim]:
    """Yield the share of the one whole of the name given: `chiếm 34,0% tổng chi`, below `Tổng chi … đạt`."""
    words = read_named_whole(facts, ratio)
    if len(words) < 2:
        if _POPULATION.match(facts.analysis.text, ratio.start + len(ratio.text)):
            yield from _claim_population(facts, part, ratio)
        return
    wholes = [
        other for name in facts.sentences_before(part, _FAR) for other in facts.levels_of(name)
        if other.mention != part.mention and is_alike(other, part)
        and facts.role_of(other) in ("level", "total") and _bears(facts, other, words)
    ]  # fmt: skip
    if _TOTAL in words:  # `tổng dư nợ`: rather `Tổng dư nợ cho vay` than `Dư nợ cho vay nông nghiệp`
        wholes = [each for each in wholes if _TOTAL in fold_words(facts.words_before(each))] or wholes
    wholes = [each for each in wholes if each.value > part.value] or wholes
    if _TOTAL in words and ratio.decimals and not any(holds(share_of(part, each, ratio)) for each in wholes):
        fitting = next(_find_loose_wholes(facts, part, ratio, words - {_TOTAL}), None)
        if fitting is not None:
            yield Claim("PCT001", fitting)
            return
    if not wholes and (
        wider := _find_wider(facts, part, words) or _find_just_before(facts, part, ratio, words)
    ):
        equation = share_of(part, wider, ratio)
        if holds(equation) or has_edit(equation):
            yield Claim("PCT001", equation, severity="warning", tied=True)
            return
    if not wholes and _TOTAL in words and ratio.decimals:
        loose = list(_find_loose_wholes(facts, part, ratio, words - {_TOTAL}, failing=True))
        told = only_telling(loose, most=_SELDOM if len(loose) > 1 else _OFTEN)
        if told is not None:
            yield Claim("PCT001", told, severity="warning", tied=True)
            return
    if not wholes:
        yield from _claim_far(facts, part, ratio, words)
    else:
        equations = [share_of(part, whole, ratio) for whole in wholes]
        equation = next((each for each in equations if holds(each)), equations[0])
        if not holds(equation):
            rival = find_rival(facts, part, ratio)
            if rival is not None:
                yield Claim("PCT001", rival)
                return
            equations = [each for each in equations if not differ_in_span(facts, each.one("total"), part)]
            if not equations:
                return
            equation = equations[0]
        if not holds(equation) and len(equations) > 1:
            told = only_telling(equations, most=_SELDOM)
            if told is not None:
                yield Claim("PCT001", told, sure=False)
        elif holds(equation) or has_edit(equation):
            tied = is_telling(equation, most=_NAMED) or has_slip(equation)
            severity: Severity | None = None if holds(equation) else "warning"
            yield Claim("PCT001", equation, severity=severity, tied=tied)


def find_rival(facts: Facts, part: Figure, ratio: Figure) -> Equation | None:
    """Return the share of a figure before it that agrees, whatever whole its words seem to name.

    `1,24 tỷ USD vốn đăng ký …; tổng vốn cấp mới và bổ sung 1,42 tỷ USD`, and `chiếm 67,1% vốn cấp mới`.
    """
    if not ratio.decimals:
        return None
    others = (other for name in facts.sentences_before(part, _FAR) for other in facts.levels_of(name))
    return next(
        (
            equation for other in others
            if other.start < part.start and other.plain and other.value > part.value and is_alike(other, part)
            and facts.role_of(other) == "level" and holds(equation := share_of(part, other, ratio))
        ),
        None,
    )  # fmt: skip


def read_named_whole(facts: Facts, ratio: Figure) -> frozenset[str]:
    """Return the words of the whole that is named behind a share; none if none is."""
    named = _NAMED_WHOLE.match(facts.analysis.text, ratio.start + len(ratio.text))
    return fold_words(named["whole"]) - _COUNTING if named else frozenset()


_LEADING = re.compile(
    r"\W*(?:trong|trên) (?:tổng )?số (?P<whole>[^,;:()\d]{6,60}?)(?: này| đó| nói trên)?"
    r"(?:,| (?:thì )?có(?: [^\W\d]+){0,3} ?$)"
)


def claim_leading_whole(facts: Facts, part: Figure, ratio: Figure) -> Iterator[Claim]:
    """Yield the share of the one figure that the head of its sentence names.

    `Số việc có điều kiện là 1.842 việc. … Trong số có điều kiện, thi hành xong 1.306 việc, đạt 70,9%`.
    """
    if part.dimension == "%":
        return
    named = _LEADING.match(read_sentence_before(facts, part))
    words = fold_words(named["whole"]) - _COUNTING if named else frozenset()
    if len(words) < 2:
        return
    larger = [
        other for name in facts.sentences_before(part, _FAR)[1:] for other in facts.levels_of(name)
        if is_alike(other, part) and other.value > part.value and facts.role_of(other) in ("level", "total")
    ]  # fmt: skip
    called = [(other, fold_words(_read_around(facts, other))) for other in larger]
    wholes = [other for other, own in called if words <= own]
    equations = [share_of(part, whole, ratio) for whole in wholes]
    told = next((each for each in equations if holds(each)), None)
    if told is None and len(equations) == 1 and has_edit(equations[0]):
        told = equations[0]
    if told is None and not equations and ratio.decimals > 1:
        # `54.681 việc có điều kiện giải quyết`: `Trong số có điều kiện thi hành, xong 26.515 việc (48,49%)`
        near = (share_of(part, other, ratio) for other, own in called if len(words & own) > 1)
        told = next((each for each in near if holds(each)), None)
    if told is not None:
        yield Claim("PCT001", told, severity="warning", tied=True)


def _read_around(facts: Facts, figure: Figure) -> str:
    """Return the words of a figure's clause on both sides of it, its unit with them."""
    return f"{facts.clause_before(figure)} {figure.text} {read_behind(facts, figure)}"


def _find_loose_wholes(
    facts: Facts, part: Figure, ratio: Figure, words: frozenset[str], *, failing: bool = False
) -> Iterator[Equation]:
    """Yield the shares that hold of a whole named without its `tổng`; those too that fail, if asked for.

    `chiếm 43,6% tổng thu`, below `Thu ngân sách … là 20.100 triệu đồng`.
    """
    for name in facts.sentences_before(part, _FAR):
        for other in facts.levels_of(name):
            larger = is_alike(other, part) and other.value > part.value
            if larger and words <= fold_words(facts.clause_before(other)):
                equation = share_of(part, other, ratio)
                if failing or holds(equation):
                    yield equation


_POPULATION = re.compile(r"\s*(?:so với |trên |trong |tổng )*(?:số )?(?:dân số|số dân|nhân khẩu)(?!\w)")
_DENSITY = "người/"


def _claim_population(facts: Facts, part: Figure, ratio: Figure) -> Iterator[Claim]:
    """Yield the share of the people of a place: named so, or told with how dense they live.

    `10.742 hộ với 41.386 người, mật độ 473 người/km2`, and chapters later `38.655 người, 93,4% dân số`.
    """
    people = [
        figure for figure in _list_people(facts)
        if is_alike(figure, part) and figure.mention != part.mention and figure.value > part.value
    ]  # fmt: skip
    equations = [share_of(part, figure, ratio) for figure in people]
    fitting = next((each for each in equations if holds(each)), None)
    told = fitting or (only_telling(equations, most=_OFTEN) if ratio.decimals else None)
    if told is None and len(equations) == 1 and ratio.decimals and has_edit(equations[0]):
        told = equations[0]
    if told is not None:
        yield Claim("PCT001", told, severity="warning", tied=True)


def _list_people(facts: Facts) -> list[Figure]:
    """Return the figures that say how many people live in a place; each value once."""
    known = facts.memo.get("people")
    if known is None:
        found: dict[object, Figure] = {}
        for figures in facts.by_sentence.values():
            dense = any(each.dimension.startswith(_DENSITY) for each in figures)
            for figure in figures:
                called = _PEOPLE.search(facts.clause_before(figure)) is not None
                counted = figure.exact and facts.role_of(figure) in ("level", "total")
                if counted and figure.dimension in ("người", "nhân khẩu") and (called or dense):
                    found.setdefault(figure.value, figure)
        known = facts.memo["people"] = list(found.values())
    people: list[Figure] = known
    return people


_PEOPLE = re.compile(r"(?<!\w)(?:dân số|số dân|nhân khẩu)(?: (?:là|có|đạt|trung bình|toàn \w+|hiện nay))*$")
_OFTEN = Fraction(1, 5)


def _find_wider(facts: Facts, part: Figure, words: frozenset[str]) -> Figure | None:
    """Return the one figure before a share whose longer name holds all words of a long one.

    `chiếm 55,6% sản lượng điện của toàn hệ thống`, below `sản lượng điện sản xuất và mua của toàn hệ thống`.
    """
    if len(words) < _LENGTHY:
        return None
    found = [
        other for name in facts.sentences_before(part, _FAR) for other in facts.levels_of(name)
        if other.mention != part.mention and is_alike(other, part) and other.value > part.value
        and facts.role_of(other) in ("level", "total")
        and words <= fold_words(facts.clause_before(other))
    ]  # fmt: skip
    return found[0] if len({each.value for each in found}) == 1 else None


def _find_just_before(facts: Facts, part: Figure, ratio: Figure, words: frozenset[str]) -> Figure | None:
    """Return the one figure with all words of a name in the nearest sentence before that has its kind.

    `Toàn vùng xuống giống 412 ngàn ha lúa. Đã thu hoạch 168 ngàn ha, chiếm 40,78% diện tích xuống giống`.
    """
    if part.dimension in _AREAS and words > _AREA:
        words = words - _AREA
    words = words - {_TOTAL}
    shared = len(words) > 1 and facts.role_of(ratio) == "share"
    for name in facts.paragraph_before(part, 2)[1:] if shared else ():
        alike = [each for each in facts.levels_of(name) if is_alike(each, part)]
        called = [each for each in alike if words <= fold_words(facts.clause_before(each))]
        if alike:
            return called[0] if len(called) == 1 and called[0].value > part.value else None
    return None


def _claim_far(facts: Facts, part: Figure, ratio: Figure, words: frozenset[str]) -> Iterator[Claim]:
    """Yield the share of a figure of another chapter that bears just the name behind the share."""
    wholes = [
        other for other in _read_names(facts).get(words, ())
        if other.mention != part.mention and is_alike(other, part) and other.value > part.value
    ]  # fmt: skip
    equations = [share_of(part, whole, ratio) for whole in wholes]
    fitting = next((each for each in equations if holds(each)), None)
    told = fitting or only_telling(equations, most=_SELDOM)
    if told is not None and (fitting is None or ratio.decimals or ratio.comparator is not None):
        yield Claim("PCT001", told, sure=False)


def _read_names(facts: Facts) -> dict[frozenset[str], list[Figure]]:
    """Return the levels of prose by the words of their names."""
    known = facts.memo.get("levels by name")
    if known is None:
        known = facts.memo["levels by name"] = {}
        for figure in facts.prose():
            indicator = facts.by_mention.get(figure.mention)
            if indicator is not None and indicator.role in ("level", "total") and indicator.name:
                known.setdefault(fold_words(indicator.name) - _COUNTING, []).append(figure)
    names: dict[frozenset[str], list[Figure]] = known
    return names


def _bears(facts: Facts, figure: Figure, name: frozenset[str]) -> bool:
    """Return whether a figure is the whole of a name: its own words hold the name, and hardly more.

    `tổng chi` need not be the whole name; a whole that leaves something out is another.
    """
    own = fold_words(f"{facts.clause_before(figure)} {figure.text}")
    if figure.dimension in _AREAS and name > _AREA:
        name = name - _AREA  # `bằng 66,0% diện tích xuống giống`, of what was `xuống giống 62.480 ha`
    if not (name if len(name) < _LONG else name - {_TOTAL}) <= own:
        return False
    sentence = facts.sentence_at(figure.start)
    start = max(figure.start - 2 * _REACH, 0 if sentence is None else sentence.start)
    lead = facts.analysis.text[start : figure.start].lower()
    doubt = any(word in lead for word in ("không ", "chưa ", "trừ"))
    if doubt and LEFT_OUT.search(facts.analysis.text, start, figure.start):
        return False
    more = own - name - fold_words(figure.text) - empty_words(facts) - _GENERIC
    return _TOTAL in name or len(more) <= 1 or name == fold_words(facts.by_mention[figure.mention].name)


def has_other_whole(facts: Facts, equation: Equation) -> bool:
    """Return whether a share that fails names another whole than the figure it was held against.

    `nợ Chính phủ 3.228.440 tỷ đồng (33,8% GDP)` is no share of the public debt; nor is one of a whole
    that leaves something out (`54% tổng chi sau khi loại trừ`) a share of all.
    """
    if equation.form != "share" or holds(equation):
        return False
    total, ratio = equation.one("total"), equation.one("ratio")
    end = ratio.start + len(ratio.text)
    if _OTHER_TIME.match(facts.analysis.text, end):
        return True
    if _PLUS.match(facts.analysis.text, total.start + len(total.text)) or _leads_to_other(facts, equation):
        return True
    if _OF_NATION.match(facts.analysis.text, end) and _is_local(facts, total):
        return True
    named = _NAMED_WHOLE.match(facts.analysis.text, end)
    if named is None or _PREDICATE.match(named["whole"]):
        return False
    if LEFT_OUT.search(named["whole"]):
        return True
    if _POPULATION.match(facts.analysis.text, end) and any(each is total for each in _list_people(facts)):
        return False
    words = fold_words(named["whole"]) - empty_words(facts)
    owner = facts.by_mention.get(total.mention)
    own = fold_words(f"{facts.words_before(total)} {total.text} {owner.name if owner else ''}")
    kinds = fold_words(total.text)
    due = _DUE.search(named["whole"])
    if due is not None and due[0] not in facts.words_before(total):
        return True  # `thu 22.640 tỷ đồng; nợ 912 tỷ đồng, chiếm 3,6% số phải thu`: of what is due
    done = _DONE.search(named["whole"]) is not None
    if done and words - kinds and not (words - kinds) & (own - kinds):
        return True  # `nhận 1.250 hồ sơ, …, đạt 98,2% số hồ sơ đã giải quyết`
    return bool(words) and not words & own


_SO_FAR = re.compile(r"(?<!\w)(?:có|đã|đủ|phải|thuộc|chưa)(?!\w)")


def _leads_to_other(facts: Facts, equation: Equation) -> bool:
    """Return whether the head of a share's sentence names what its total is not called.

    `Số thụ lý mới là 2.610 việc. … Trong số việc có điều kiện thi hành, xong 2.118 việc, đạt 84,57%`.
    """
    part, total = equation.one("part"), equation.one("total")
    if facts.mentions[part.mention].sentence == facts.mentions[total.mention].sentence:
        return False
    named = _LEADING.match(read_sentence_before(facts, part))
    if named is None or _SO_FAR.search(named["whole"]) is None:
        return False
    words = fold_words(named["whole"]) - _COUNTING - fold_words(total.text)
    return bool(words) and not words & fold_words(_read_around(facts, total))


def _is_local(facts: Facts, whole: Figure) -> bool:
    """Return whether the sentence of a whole names a place, and not the country."""
    sentence = facts.sentence_at(whole.start)
    if sentence is None or _OF_NATION.search(facts.analysis.text, sentence.start, sentence.end):
        return False
    return _OF_PLACE.search(facts.analysis.text, sentence.start, whole.start) is not None
