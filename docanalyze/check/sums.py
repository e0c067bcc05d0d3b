"""Sums in prose: a total and its listed parts, what is left of it, shares that make a hundred."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import accumulate, pairwise
from math import inf

from msgspec.structs import replace

from docanalyze.check.edits import find_edits, has_edit, has_slip, is_telling
from docanalyze.check.equation import Equation, add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.item_sums import find_item_sums
from docanalyze.check.judge import holds
from docanalyze.check.unlisted import find_unlisted
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words
from docanalyze.core.relation import Indicator
from docanalyze.lexicon.cues import cue_pattern


def find_sums(facts: Facts) -> Iterator[Claim]:
    """Yield the sums of listed parts.

    What: a total printed with its parts (`gồm`, `bao gồm`, `cụ thể`, a bracket, `trong đó`) equals their sum.
    Why: a part or the total was changed and the other was not.
    Tolerance: half a unit of the last printed place of every figure; lists after `trong đó` or with an open
    end (`,...`) may lack parts, so that only a sum above the total contradicts it.
    Example: `387 cuộc, gồm thường xuyên 315 cuộc, định kỳ 72 cuộc`: 315 + 72 = 387.
    """
    lists: dict[tuple[str, str, str | None], list[Indicator]] = {}
    for indicator in facts.indicators.values():
        if indicator.part_of is not None and indicator.listing is not None:
            sentence = facts.mentions[indicator.mention].sentence
            lists.setdefault((indicator.part_of, indicator.listing, sentence), []).append(indicator)
    for (total_id, listing, _), parts in lists.items():
        total = facts.figures[facts.indicators[total_id].mention]
        yield from _claim_sum(facts, total, parts, listing)
    yield from find_unlisted(facts)
    yield from find_item_sums(facts)


def _claim_sum(facts: Facts, total: Figure, parts: list[Indicator], listing: str) -> Iterator[Claim]:
    ways = list(_read_list(facts, parts))
    if total.sign < 0 and total.comparator is None and all(f.sign > 0 for way in ways for f in way):
        total = replace(total, sign=1)  # `giảm chi 118,3 tỷ đồng, trong đó thu hồi 34,6 tỷ đồng, …`
    if (side := _read_side(facts, total)) is not None:
        sides = {part.mention: _read_side(facts, facts.figures[part.mention]) for part in parts}
        ways = [[replace(f, sign=-1) if sides[f.mention] == -side else f for f in way] for way in ways]
    for figures in ways:
        equation = add_up(total, figures)
        if len(figures) >= 2 and holds(equation):
            yield Claim("SUM001", equation)
            return
    explained = (way for way in ways if len(way) >= 2 and has_edit(add_up(total, way)))
    figures = next(explained, ways[0]) if listing == "complete" else ways[0]
    if len(figures) < 2 and len(parts) > 2:
        # `kiến nghị 42.153 tỷ đồng, trong đó: thuế tăng thu 12.015; giảm khấu trừ 2.090; giảm lỗ 28.048`
        every = [replace(facts.figures[part.mention], sign=1) for part in parts]
        figures = every if is_telling(add_up(total, every)) else figures
    whole = add_up(total, figures)
    several = len(figures) >= 2
    if total.dimension == "%" and _are_rates(facts, total, figures):
        return
    if listing == "partial" and several and _LEFT_OVER.search(facts.words_before(figures[-1])):
        listing = "complete"  # `trong đó thành phố 07 vụ, thị xã 04 vụ, các huyện khác 05 vụ`
    most = Equation("at-most", whole.terms)
    if listing == "open":
        yield Claim("SUM002", most, sure=several)
    elif listing == "complete" and several:
        mixed = not all(is_alike(part, total) for part in figures)
        counted = all(figure.exact for figure in figures)  # `412 người (294 nam, 108 nữ)` are all
        loose = not counted and _is_short(whole) and not _is_announced(facts, figures[0])
        numbered = mixed and total.exact and total.value == len(figures)
        if not mixed or (has_edit(whole) and not numbered):  # `03 địa phương tăng: A tăng 04 người, …`
            yield Claim("SUM001", whole, open=loose, severity="warning" if mixed else None)
    elif holds(most):
        # Σ < total: a list after `trong đó` may leave parts out.
        # `1.937 người, trong đó điều trị 1.812 người; phát hiện mới 118 người`: of another clause
        apart = len(figures) == 2 and facts.is_past(figures[1], figures[0])
        apart = apart and ":" not in facts.words_before(figures[0]) and not _grow_alike(facts, figures)
        if several and any(not part.number for part in figures) and has_edit(whole):
            # nothing is not listed: of `0 sản phẩm` a digit was lost
            yield Claim("SUM001", whole, sure=False, open=True, severity="warning", tied=True)
        elif several and (not apart or has_slip(whole)) and is_telling(whole):
            yield Claim("SUM001", whole, sure=False, open=True)
        else:
            yield Claim("SUM002", most)
    elif several and is_telling(whole):
        yield Claim("SUM001", whole)
    else:
        # `trong đó trực tuyến 12; giải quyết 20`: behind a semicolon the sentence may have gone on.
        closed = ";" not in facts.analysis.text[figures[0].start : figures[-1].start]
        yield Claim("SUM002", most, sure=several and closed, severity="warning")


_SURPLUS = re.compile(r"(?<!\w)(?:(?P<up>xuất siêu|thặng dư|lãi)|nhập siêu|thâm hụt|lỗ)(?!\w)")


def _read_side(facts: Facts, figure: Figure) -> int | None:
    """Return 1 for a surplus, -1 for a deficit: `xuất siêu 20,8, trong đó trong nước nhập siêu 18,0, …`."""
    found = list(_SURPLUS.finditer(facts.words_before(figure)))
    return None if not found else 1 if found[-1]["up"] else -1


def _are_rates(facts: Facts, total: Figure, parts: list[Figure]) -> bool:
    """Return whether a rate lies between those of groups: `104,8%, trong đó tỉnh 118,3%, xã 89,6%`."""
    values = [part.value for part in parts]
    said = fold_words(facts.words_before(total))
    names = [fold_words(facts.by_mention[part.mention].name) for part in parts]
    if all(name and name <= said for name in names):
        return False  # `tỷ lệ án bị hủy, sửa 0,52% (hủy 0,23%, sửa 0,29%)`
    shares = any(facts.role_of(figure) == "share" for figure in (total, *parts))
    rate = "tỷ lệ" in facts.words_before(total) and max(values) > total.value
    return not shares and (rate or min(values) < total.value < max(values))


def _grow_alike(facts: Facts, parts: list[Figure]) -> bool:
    """Return whether each part has a growth of its own: `985 tỷ đồng, tăng 12%; … 255 tỷ đồng, giảm 8%`."""
    said = [facts.said_of.get(facts.by_mention[part.mention].id, ()) for part in parts]
    return all(any(each.role == "growth" for each in own) for own in said)


_LEFT_OVER = re.compile(
    r"^\W*(?:và )?(?:số |các |phần )?(?:[^\W\d]+ ){0,3}(?:còn lại|khác)(?: (?:là|có|đạt|được))?\s*$"
)
"""The last part of a list is all that the others leave."""


def _is_short(whole: Equation) -> bool:
    return sum(part.value for part in whole.all("part")) < whole.one("total").value


def _is_announced(facts: Facts, first: Figure) -> bool:
    """Return whether words say that a list is all there is; a bare bracket may leave parts out."""
    return cue_pattern(facts.lexicon, "complete").search(facts.words_before(first)) is not None


def _read_list(facts: Facts, parts: list[Indicator]) -> Iterator[list[Figure]]:
    """Yield the ways to read a list, the likeliest first: where it ends, and whether changes are parts of it.

    A list with commas ends at the first semicolon; a sentence may go on to figures that are no parts.
    """
    figures = [facts.figures[part.mention] for part in parts]
    levels = [facts.figures[part.mention] for part in parts if part.role == "level"]
    ways: list[list[Figure]] = []
    plain = [replace(figure, sign=1) for figure in figures]  # `giảm chi` may be a part like others
    runs = [levels, figures] if plain == figures else [levels, plain, figures]
    for run in runs:
        if len(run) > 1 and _is_one_bracket(facts, run):
            ways.append(run)  # `52 giải (02 giải Nhất, 13 giải Nhì, 37 giải khác)`: all of it
            continue
        cut = _find_cut(facts, run)
        ways.append(run[:cut])
        ways.append(run)
        ways += [run[:end] for end in range(len(run) - 1, 1, -1)]
    seen: list[list[Figure]] = []
    for way in ways:
        if way and way not in seen:
            seen.append(way)
            yield way
    if not seen:
        yield figures


def _is_one_bracket(facts: Facts, run: list[Figure]) -> bool:
    """Return whether figures stand in one bracket, with no other bracket inside it."""
    if not all(facts.depths.get(figure.mention) == 1 for figure in run):
        return False
    inside = facts.analysis.text[run[0].start : run[-1].start]
    return "(" not in inside and ")" not in inside


def _find_cut(facts: Facts, run: list[Figure]) -> int:
    text = facts.analysis.text
    for at, (one, two) in enumerate(pairwise(run), 1):
        between = text[one.start + len(one.text) : two.start]
        if ";" in between:
            return at if at >= 2 else len(run)
    return len(run)


def find_hundreds(facts: Facts) -> Iterator[Claim]:
    """Yield shares of one whole that should make 100 %.

    What: shares printed one after the other in a sentence (`38,26% - 28,71% - 33,03%`) add to 100 %.
    Why: a changed share leaves the sum short or above.
    Tolerance: half a unit of the last printed place of every share; told only if the sum is 100 or one small
    misprint away from it.
    Example: `chiếm 27,9%; … chiếm 72,1%`: 27,9 + 72,1 = 100.
    """
    run: list[Figure] = []
    place: str | None = None
    for figure in facts.prose():
        indicator = facts.by_mention.get(figure.mention)
        if indicator is None or figure.dimension != "%":
            continue
        sentence = facts.mentions[figure.mention].sentence
        fits = indicator.role in ("share", "level") and indicator.against is None
        if (
            run
            and sentence == place
            and facts.depths.get(figure.mention, 0) > facts.depths.get(run[0].mention, 0)
        ):
            continue  # `24,6% (KH 25%); 48,2% (KH 48%)`
        if run and (sentence != place or not fits):
            yield from _claim_hundred(run, _words(facts, run))
            run = []
        place = sentence
        if fits:
            run.append(figure)
    yield from _claim_hundred(run, _words(facts, run))


_SECTORS = ("nông", "công nghiệp", "dịch vụ")
"""The sectors of the national accounts: `công nghiệp - xây dựng 46,3%, dịch vụ 42,8%, nông nghiệp 10,9%`."""
_MOST = 1000
_BELOW, _ABOVE = 100 - 1e-6, 100 + 1e-6
"""Floats may be off by as much when shares are added up."""
_LOST = 2
"""The rank of edits that lose or add a digit."""
_CLOSED = re.compile(r"(?<!\w)(?:còn lại|khác|cơ cấu|lần lượt|ba khu vực)(?!\w)|(?<!\w)và(?: [^,;]*)?$")
"""A list that ends in `và …`, `… khác`, or names its whole: shares of all there is."""


def _words(facts: Facts, run: list[Figure]) -> str:
    return " ".join(facts.words_before(figure) for figure in run)


def _claim_hundred(run: list[Figure], words: str) -> Iterator[Claim]:
    fewest = 2 if len(run) == 2 or ";" in words else 3
    spans = [figure.span if figure.sign > 0 else (-inf, inf) for figure in run]
    lows, highs = ([0.0, *accumulate(ends)] for ends in zip(*spans, strict=True)) if run else ([], [])
    for size in range(len(run), fewest - 1, -1):
        for start in range(len(run) - size + 1):
            end = start + size
            if lows[end] - lows[start] > _ABOVE or highs[end] - highs[start] < _BELOW:
                continue
            equation = Equation("hundred", tuple(("part", figure) for figure in run[start : start + size]))
            if holds(equation):
                yield Claim("SUM003", equation)
                return
    whole = Equation("hundred", tuple(("part", figure) for figure in run))
    total = sum((figure.value for figure in run), Fraction(0))
    if len(run) == len(_SECTORS) and all(sector in words for sector in _SECTORS) and has_edit(whole):
        shares = any(word in words for word in ("cơ cấu", "tỷ trọng", "tỉ trọng"))
        yield Claim("SUM003", whole, severity=None if shares else "warning", tied=True)
    elif len(run) >= 2 and 90 < total < 110:
        named = any(word in words for word in ("cơ cấu", "tỷ trọng", "tỉ trọng"))
        near = abs(total - 100) <= 2 and all(figure.decimals for figure in run)
        if "trong đó" in words and (len(run) == 2 or not near):
            # Parts that are named may overlap or be left out; digits swapped are seen nevertheless.
            if total > 100 and len(run) >= 3 and is_telling(whole):
                yield Claim("SUM003", whole, sure=False, severity="warning")
            return
        if total < 100 and _CLOSED.search(words) is None and not _is_slip(whole):
            # `Về tỷ trọng, chi thường xuyên 52,7%, chi đầu tư 34,8%, chuyển nguồn 12,2%`: not all there is
            yield Claim("SUM003", whole, sure=named or near, severity="info")
            return
        closed = len(run) >= 3 and _CLOSED.search(words) is not None and has_edit(whole)
        yield Claim("SUM003", whole, sure=named or near or closed, severity=None if named else "warning")
    elif len(run) >= 2 and total < _MOST and all(figure.decimals for figure in run):
        closed = len(run) >= 3 and _CLOSED.search(words) is not None and "trong đó" not in words
        parted = ";" in words or "tổng" in words  # `chiếm 47,1% tổng dư nợ; …, chiếm 5,0%`: of many parts
        # `chi phí bán hàng …, chi phí quản lý …, bằng lần lượt 6,4% và 3,6% doanh thu`
        pair = len(run) == 2 and (parted or "lần lượt" in words)
        if (closed and has_edit(whole)) or (_is_slip(whole) and not pair):
            yield Claim("SUM003", whole, severity="warning")


_RARELY = Fraction(1, 5)


def _is_slip(whole: Equation) -> bool:
    """Return whether swapped or lost digits or a moved separator explain a sum, and hardly by chance."""
    edits = find_edits(whole)
    return bool(edits) and edits[0].rank <= _LOST and is_telling(whole, most=_RARELY)
