"""Counts printed as a part of a whole, `9/11 xã`, with their percentage."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from msgspec.structs import replace

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Comparison, compare, equate, share_of
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import agree, holds
from docanalyze.check.matches import empty_words
from docanalyze.core.bounds import ONE
from docanalyze.core.figure import Figure, count_decimals, is_alike
from docanalyze.core.mention import MoneyValue, QuantityValue
from docanalyze.core.names import fold_words, starts_with
from docanalyze.lexicon.cues import cue_pattern

_ROLES = ("share", "plan-ratio", "level")
_OF_MEAN = re.compile(r"(?<!\w)(?:bình quân|trung bình)(?: \w+){0,3} ?\($")
"""`7/8 khoản thu đạt tiến độ bình quân (75%)`: the figure of the mean."""
_ALL = 100
_BRACKETED = 40
_IN_BRACKET = re.compile(r"\((?:tức |đạt |tương ứng |gồm |với |có )?")
"""`đạt 68,9% (15.212/22.080 trẻ)`: the fraction is the percentage's before it, and of none behind."""
_REACH = 60
"""How many characters may stand between `9/11 xã` and its percentage."""


def find_fractions(facts: Facts) -> Iterator[Claim]:
    """Yield `X/Y` with its percentage.

    What: `9/11 xã, chiếm 81,8%` agrees with 9 of 11.
    Why: a count moved on and the percentage was copied from the last report.
    Tolerance: half a unit of the last printed place of the percentage; the counts are exact.
    Example: `có 31/47 trường đạt chuẩn quốc gia, chiếm 65,96%`.
    """
    yield from find_bare_fractions(facts)
    yield from _find_slashed(facts)
    behind: set[str] = set()
    for figures in facts.by_sentence.values():
        for ratio, part in pairwise(figures):
            whole = whole_of(facts, part) if ratio.dimension == "%" else None
            if whole is None or facts.role_of(ratio) not in _ROLES:
                continue
            if _IN_BRACKET.fullmatch(facts.words_before(part)) is not None:
                behind.add(part.mention)
                yield Claim("PCT005", share_of(part, whole, ratio))
    yield from _find_exceeded(facts)
    yield from _find_now_and_before(facts)
    for indicator in facts.in_roles(*_ROLES):
        ratio, owner = facts.figures[indicator.mention], facts.indicators.get(indicator.of or "")
        if owner is None or ratio.dimension != "%":
            continue
        part = facts.figures[owner.mention]
        whole = whole_of(facts, part)
        gap = ratio.start - part.start - len(part.text)
        if part.mention in behind or _OF_MEAN.search(facts.words_before(ratio)):
            continue
        if ratio.value == _ALL and facts.by_mention[part.mention].role == "level" and gap < _REACH:
            said = facts.analysis.text[part.start + len(part.text) : ratio.start]
            if whole is not None and part.value < whole.value and not re.search(r"[,;:(]", said):
                continue  # `18/22 trường đỗ 100%`: what is so of each of them
        if indicator.role == "plan-ratio" and ratio.comparator is not None and part.exact:
            continue  # `9/12 khoản thu đạt khá (trên 75% dự toán)`: what each of them reaches
        if whole is not None and gap < (_REACH if not ratio.decimals else 3 * _REACH):
            near = gap < _REACH or (ratio.decimals > 0 and not any(
                other.mention not in (part.mention, ratio.mention)
                for other in facts.figures_between(part.start, ratio.start)
            ))  # fmt: skip
            equation = share_of(part, whole, ratio)
            if not holds(equation) and any(
                holds(share_of(part, whole, each)) for each in _list_shares(facts, part)
            ):
                continue  # `2.318/2.516 hộ đăng ký, đạt 92,1%, bằng 81,4% tổng số hộ`: of another whole
            if not holds(equation) and _is_of_all(facts, part, ratio):
                continue
            places = _places_behind(facts, part)
            yield Claim("PCT005", equation, sure=indicator.sure and near, places=places)
        elif whole is None and ratio.decimals and indicator.against is None:
            if (gap <= _BRACKETED and "(" in facts.words_before(ratio)) or facts.depths.get(ratio.mention):
                continue  # `612/614 chi bộ, có 61 chi bộ (10,0%)`: of its own figure
            # `32/35 đại biểu biểu quyết thông qua 14 nghị quyết, đạt 91,4%`
            here = [
                figure for figure in facts.by_sentence.get(facts.mentions[ratio.mention].sentence or "", ())
                if figure.start < ratio.start and figure.mention not in behind and whole_of(facts, figure)
            ]  # fmt: skip
            if len(here) == 1 and holds(share_of(part, here[0], ratio)):
                continue  # `còn 268/10.308 hồ sơ trễ hạn, về đất đai 241 hồ sơ, chiếm 89,9%`: of the 268
            if len(here) == 1 and (total := whole_of(facts, here[0])) is not None:
                yield Claim("PCT005", share_of(here[0], total, ratio), sure=False)


_PLANNED = re.compile(
    r"[^,;.()\d]{0,12}(?:so )?(?:với )?(?:kế hoạch|kh|chỉ tiêu|dự toán)(?!\w)", re.IGNORECASE
)


def _find_exceeded(facts: Facts) -> Iterator[Claim]:
    """Yield what a fraction is above its whole: `trồng 53,5/52 ha, tăng 2,9%`, `33/31,5 ha, vượt 1,5 ha`."""
    for indicator in facts.in_roles("growth", "change", "plan-growth"):
        owner = facts.indicators.get(indicator.of or "")
        if owner is None or indicator.against:
            continue
        part, change = facts.figures[owner.mention], facts.figures[indicator.mention]
        whole = whole_of(facts, part)
        if whole is None or next(facts.figures_between(part.start + 1, change.start), None) is not None:
            continue
        if indicator.role == "change" and change.dimension != part.dimension:
            continue
        equation = compare("difference" if indicator.role == "change" else "growth", part, whole, change)
        planned = _PLANNED.match(facts.analysis.text, change.start + len(change.text)) is not None
        if holds(equation) or (planned and has_edit(equation)):
            yield Claim("PCT005", equation, severity="warning", tied=True)


_PRESENT = re.compile(
    r"[^,;.()\d]{0,40}?(?<!\w)(?:tham gia|tham dự|dự họp|dự|có mặt|biểu quyết|phản hồi|trả lời)(?!\w)"
)
_OF_ALL = re.compile(r"\s*(?:so với|trong|trên|của)?\s*tổng (?:số )?")


def _is_of_all(facts: Facts, part: Figure, ratio: Figure) -> bool:
    """Return whether a percentage is of all that there are, a fraction only of those who were there.

    `412/418 cổ đông dự họp tán thành, chiếm 92,8% tổng số cổ đông`.
    """
    text = facts.analysis.text
    present = _PRESENT.match(text, part.start + len(part.text))
    return present is not None and _OF_ALL.match(text, ratio.start + len(ratio.text)) is not None


_SAID_AGAIN = re.compile(r"\W*(?:tức |tương đương |tương ứng )?(?:tăng|giảm|cao hơn|thấp hơn|=)?\W*")


def _find_now_and_before(facts: Facts) -> Iterator[Claim]:
    """Yield changes with now and before in the bracket behind: `giảm 165 vụ, giảm 45,96% (194/359 vụ)`."""
    for figures in facts.sentences_in_roles("growth", "change").values():
        for at, part in enumerate(figures):
            whole = whole_of(facts, part) if at and facts.words_before(part).strip() == "(" else None
            if whole is None or not whole.value:
                continue
            changes = [figures[at - 1]]
            if at > 1 and _SAID_AGAIN.fullmatch(facts.words_before(figures[at - 1])) is not None:
                changes.append(figures[at - 2])
            for change in changes:
                role = facts.role_of(change)
                if role not in ("growth", "change") or change.dimension in ("point", "lần"):
                    continue
                if role == "change" and not starts_with(part.dimension, change.dimension):
                    continue
                form: Comparison = "difference" if role == "change" else "growth"
                equation = compare(form, part, whole, change)
                if holds(before_first := compare(form, whole, part, change)):
                    equation = before_first  # `ít hơn 6 vụ (18/12 vụ)`
                if holds(equation) or has_edit(equation):
                    yield Claim("PCT005", equation, severity="warning", tied=True)
                if form == "difference" and holds(equation):
                    yield from _find_other_now(facts, change, part, whole)


def _find_other_now(facts: Facts, change: Figure, now: Figure, before: Figure) -> Iterator[Claim]:
    """Yield a level with its change and what was before, where the bracket gives the level otherwise.

    `bắt 352 vụ, tăng 41 vụ (325/284 vụ)`.
    """
    owner = facts.indicators.get(facts.by_mention[change.mention].of or "")
    actual = None if owner is None else facts.figures[owner.mention]
    if actual is None or not is_alike(actual, now) or actual.comparator is not None:
        return
    place = facts.mentions[change.mention].sentence
    said = re.sub(r"\d", " ", facts.clause_before(change))
    own = fold_words(said) - empty_words(facts) - _SINCE
    if not own <= fold_words(f"{facts.words_before(actual)} {actual.text}"):
        return  # `25 vụ, trong đó nghiêm trọng giảm 2 vụ (5/7 vụ)`
    if not agree(actual, now) and any(
        agree(other, now) for other in facts.by_sentence.get(place or "", ()) if other.mention != now.mention
    ):
        return  # the change is that of another one
    equation = compare("difference", actual, before, change)
    if has_edit(equate(actual, now)) or holds(equation):
        yield Claim("PCT005", equation, severity="warning", tied=True)


_SINCE = fold_words("so với cùng kỳ kì năm tháng quý trước ngoái đã tăng giảm thêm")
_ATTAINED = re.compile(r"[^,;()\d]{0,30}(?:,|\() ?(?:đạt|bằng|chiếm|tỷ lệ|đạt tỷ lệ)?")


def _find_slashed(facts: Facts) -> Iterator[Claim]:
    """Yield counts of two kinds with a slash between: `cấp 38.416 giấy/46.218 thửa đất, đạt 83,12%`."""
    for figures in facts.by_sentence.values():
        for one, two, ratio in zip(figures, figures[1:], figures[2:], strict=False):
            if not (one.exact and two.exact and one.dimension and one.dimension != two.dimension):
                continue
            if ratio.dimension != "%" or facts.words_before(two) != "/" or not ratio.decimals:
                continue
            if _ATTAINED.fullmatch(facts.words_before(ratio)) is not None:
                equation = share_of(one, two, ratio)
                if holds(equation) or (has_edit(equation) and not are_beside(facts, one, two)):
                    yield Claim("PCT005", equation, severity="warning", tied=True)


def _list_shares(facts: Facts, part: Figure) -> list[Figure]:
    """Return the percentages that are said of a figure."""
    said = facts.said_of.get(facts.by_mention[part.mention].id, ())
    return [facts.figures[each.mention] for each in said if each.role in _ROLES]


def whole_of(facts: Facts, part: Figure) -> Figure | None:
    """Return the denominator of a figure printed as a fraction, `62/68 biên chế`; None for others."""
    value = facts.mentions[part.mention].value
    if not isinstance(value, (QuantityValue, MoneyValue)):
        return None
    if value.denominator is None:
        return _whole_behind(facts, part)
    text, whole = part.text.partition("/")[2], value.denominator
    decimals = count_decimals(whole)
    return replace(part, number=whole, high=whole, text=text, comparator=None, decimals=decimals)


def are_beside(facts: Facts, one: Figure, two: Figure) -> bool:
    """Return whether figures tell cases and their people: `32 vụ/47 bị can`, where none is of the other."""
    person = cue_pattern(facts.lexicon, "person")
    return person.search(two.dimension) is not None and person.search(one.dimension) is None


def find_before_slash(figure: Figure, facts: Facts) -> Figure | None:
    """Return the figure that only a slash parts from another: the cases of `86 vụ/135 bị can`."""
    if facts.words_before(figure).strip() != "/":
        return None
    inside = facts.by_sentence.get(facts.mentions[figure.mention].sentence or "", ())
    before = [other for other in inside if other.start < figure.start]
    return before[-1] if before else None


_BEHIND_WORDS = re.compile(
    r"(?:(?: [^\W\d_]+){1,3} ?| \([^()\n]{3,120}\) ?)/ ?(?P<whole>\d{1,3}(?:\.\d{3})+|\d+) "
)
_BRACKET_REACH = 130


def _whole_behind(facts: Facts, part: Figure) -> Figure | None:
    """Return the whole behind a slash and more words of a part: `21.463 hồ sơ DVC/22.105 hồ sơ`.

    They may stand in brackets: `176 đơn (160 khiếu nại, 16 tố cáo)/221 đơn`.
    """
    found = _match_behind(facts, part)
    if found is None:
        return None
    whole = Decimal(found["whole"].replace(".", ""))
    return replace(part, number=whole, high=whole, text=f"{found['whole']} {part.dimension}", comparator=None)


def _match_behind(facts: Facts, part: Figure) -> re.Match[str] | None:
    if not part.exact or not part.dimension:
        return None
    text, end = facts.analysis.text, part.start + len(part.text)
    reach = _BRACKET_REACH if text.startswith(" (", end) else _NEAR
    if text.find("/", end, end + reach) < 0:
        return None
    found = _BEHIND_WORDS.match(text, end)
    if found is None or not starts_with(text[found.end() : found.end() + _NEAR], part.dimension):
        return None
    return found


def _places_behind(facts: Facts, part: Figure) -> tuple[tuple[int, int], ...]:
    """Return where the whole behind a part stands, which is no mention."""
    value = facts.mentions[part.mention].value
    if isinstance(value, (QuantityValue, MoneyValue)) and value.denominator is not None:
        return ()
    found = _match_behind(facts, part)
    return () if found is None else (found.span("whole"),)


_NUMERAL = r"\d{1,3}(?:\.\d{3})+|\d{1,4}"
_BARE = re.compile(
    rf"(?<![\w/.,\-])(?P<part>{_NUMERAL})/(?P<whole>{_NUMERAL})(?P<noun>(?: [^\W\d]{{1,14}}){{0,3}}?)\s*"
    r"(?P<mark>[(,])\s*(?:với )?(?:đạt |bằng |chiếm )?(?:tỷ lệ |tỉ lệ )?(?:là |với )?$"
)
_NEAR = 30
_FAR = 70
_LAST_MONTH = 12
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_NUMBERED = re.compile(
    r"(?<!\w)(?:số|điều|khoản|điểm|ngày|tháng|quý|năm|ngõ|đường|quyết định|nghị quyết|thông tư|tờ|thửa|lần"
    r"|mục|lô)(?: số)? $",
    re.IGNORECASE,
)
"""`ngày 15/20`, `số 41/206`: no part of a whole."""


def find_bare_fractions(facts: Facts) -> Iterator[Claim]:
    """Yield the fractions without a unit that their percentage stands behind: `17/19 (89,5%)`.

    So with a noun that is no unit known: `4.561/5.650 HS (tỷ lệ 80,7%)`.
    """
    text = facts.analysis.text
    if not facts.slashes:
        return
    for ratio in facts.prose():
        if ratio.dimension != "%" or not ratio.plain or text[ratio.start - 1 : ratio.start] in ("", "\n"):
            continue
        start = max(0, ratio.start - _FAR)
        if text.find("/", start, ratio.start) < 0:
            continue
        found = _BARE.search(text, start, ratio.start)
        if found is None or next(facts.figures_between(found.start(), ratio.start), None) is not None:
            continue
        part, whole = (Decimal(found[name].replace(".", "")) for name in ("part", "whole"))
        if not whole or (part <= _LAST_MONTH and _FIRST_YEAR <= whole <= _LAST_YEAR):
            continue  # a month of a year
        plain = found["mark"] == "(" and not found["noun"]
        if not plain and (part > whole or not ratio.decimals or _is_numbering(facts, found)):
            continue
        if plain and _NUMBERED.search(text, max(0, found.start() - _NEAR), found.start()):
            continue
        if not plain and _COMPARED.match(text, ratio.start + len(ratio.text)):
            continue  # `12/16 CLB, bằng 75,2% so với cùng kỳ`
        counts = [
            replace(
                ratio, number=number, high=number, decimals=0, exact=True, dimension="", factor=ONE,
                text=found[name], sign=1,
            )
            for name, number in (("part", part), ("whole", whole))
        ]  # fmt: skip
        equation = share_of(counts[0], counts[1], ratio)
        right = holds(equation)
        if not right and not has_edit(equation):
            continue
        said = f"{round(100 * part / whole, ratio.decimals)}".replace(".", ",")
        said += "" if right else f" ≠ {ratio.numeral}"
        yield Claim(
            "PCT005", verdict="holds" if right else "fails", severity="warning",
            mentions=(("ratio", ratio.mention),), places=(found.span(),),
            arithmetic=f"{found['part']} / {found['whole']} × 100 = {said}",
        )  # fmt: skip


_COMPARED = re.compile(r"\s*(?:so )?(?:với )?(?:cùng kỳ|năm trước|năm ngoái)")


def _is_numbering(facts: Facts, found: re.Match[str]) -> bool:
    """Return whether two numbers with a slash are a day, a document or an address."""
    before = facts.analysis.text[max(0, found.start() - _NEAR) : found.start()]
    at = bisect_right(facts.mention_starts, (found.end("whole"), "")) - 1
    held = at >= 0 and facts.mentions[facts.mention_starts[at][1]].end > found.start()
    return held or _NUMBERED.search(before) is not None
