"""Sums in prose: a total and its listed parts, what is left of it, shares that make a hundred."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from msgspec.structs import replace

from docanalyze.check.announced_sums import find_announced_sums
from docanalyze.check.balance_halves import find_balance_halves
from docanalyze.check.bare_totals import find_bare_totals
from docanalyze.check.borne_out import find_borne_out
from docanalyze.check.bracket_parts import find_bracket_parts
from docanalyze.check.bracketed_names import find_bracketed_names
from docanalyze.check.edits import has_edit, has_slip, is_telling, mends_closely, mends_exactly
from docanalyze.check.equation import Equation, add_up
from docanalyze.check.exact_sums import is_close_sum, mends_to_last
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.far_halves import find_far_halves
from docanalyze.check.fraction_lists import find_fraction_lists
from docanalyze.check.halves_next import find_halves_next
from docanalyze.check.hedged_lists import is_hedged_slip
from docanalyze.check.inspections import find_inspections
from docanalyze.check.item_columns import find_item_columns
from docanalyze.check.item_sums import find_item_sums
from docanalyze.check.judge import holds
from docanalyze.check.list_ends import ends_in_rest, is_joined, is_misprinted, lacks_little
from docanalyze.check.listed_totals import find_listed_totals
from docanalyze.check.note_sums import find_note_sums
from docanalyze.check.open_lists import leaves_rest
from docanalyze.check.other_marks import have_other_marks
from docanalyze.check.paired_counts import find_paired_sums
from docanalyze.check.part_changes import find_part_changes, have_one_base
from docanalyze.check.portions import whole_of
from docanalyze.check.shared_out import find_shared_out
from docanalyze.check.sized_counts import find_sized_sums
from docanalyze.check.slashed_parts import find_slashed_parts
from docanalyze.check.spoken_columns import find_spoken_columns
from docanalyze.check.total_kinds import are_rates, is_mean, is_moved, may_be_net, read_side
from docanalyze.check.two_levels import find_two_levels
from docanalyze.check.unlisted import (
    are_halves,
    cover_all,
    exclude_each_other,
    find_unlisted,
    lacks_any,
    lacks_least,
    share_all,
)
from docanalyze.check.verdicts import find_verdicts
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.relation import Indicator, Severity
from docanalyze.lexicon.cues import cue_pattern

_LITTLE = Fraction(1, 20)
"""So much of a total the small things may be that a list leaves out."""
_SELDOM = Fraction(1, 20)
"""A list after `trong đó` leaves parts out more often than it holds a misprint."""
_HARDLY = Fraction(1, 200)
_JOINT = re.compile(r",|-|\u2013|(?<!\w)và(?!\w)")


def find_sums(facts: Facts) -> Iterator[Claim]:
    """Yield the sums of listed parts.

    What: a total printed with its parts (`gồm`, `bao gồm`, `cụ thể`, a bracket, `trong đó`) equals their sum.
    Why: a part or the total was changed and the other was not.
    Tolerance: half a unit of the last printed place of every figure; lists after `trong đó` or with an open
    end (`,...`) may lack parts, so that only a sum above the total contradicts it.
    Example: `387 cuộc, gồm thường xuyên 315 cuộc, định kỳ 72 cuộc`: 315 + 72 = 387.
    """
    yield from find_part_changes(facts)  # before the lists below, which do not know their signs
    yield from find_inspections(facts)
    yield from find_bare_totals(facts)
    yield from find_bracket_parts(facts)
    yield from find_fraction_lists(facts)
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
    yield from find_item_columns(facts)
    yield from find_listed_totals(facts)
    yield from find_far_halves(facts)
    yield from find_note_sums(facts)
    yield from find_announced_sums(facts)
    yield from find_paired_sums(facts)
    yield from find_balance_halves(facts)
    yield from find_borne_out(facts)
    yield from find_slashed_parts(facts)
    yield from find_halves_next(facts)
    yield from find_spoken_columns(facts)
    yield from find_verdicts(facts)
    yield from find_two_levels(facts)
    yield from find_sized_sums(facts)
    yield from find_shared_out(facts)
    yield from find_bracketed_names(facts)


def _claim_sum(facts: Facts, total: Figure, parts: list[Indicator], listing: str) -> Iterator[Claim]:
    if "/" in total.dimension and not total.dimension.partition("/")[0].isupper():
        return  # `năng suất 58,3 tạ/ha, trong đó huyện A 60,4 tạ/ha, huyện B 56,9 tạ/ha`: means, and no parts
    seen = [part for part in parts if not _is_beneath(facts.figures[part.mention], total)]
    parts = seen if len(seen) > 1 else parts
    changes = [facts.figures[part.mention] for part in parts if part.role == "change"]
    if facts.role_of(total) == "change" and changes and not have_one_base(facts, [total, *changes]):
        return  # `tăng 4 so với tháng trước, trong đó A tăng 9 so với cùng kỳ`
    ways = list(_read_list(facts, parts))
    if total.sign < 0 and total.comparator is None:
        plain = [way for way in ways if all(figure.sign > 0 for figure in way)]
        if plain and any(figure.sign > 0 for figure in ways[0]):
            # `giảm chi 118,3 tỷ đồng, trong đó thu hồi 34,6 tỷ đồng, giảm dự toán …`
            total, ways = replace(total, sign=1), plain
    if (side := read_side(facts, total)) is not None:
        sides = {part.mention: read_side(facts, facts.figures[part.mention]) for part in parts}
        ways = [[replace(f, sign=-1) if sides[f.mention] == -side else f for f in way] for way in ways]
    for figures in ways:
        equation = add_up(total, figures)
        if len(figures) >= 2 and holds(equation) and (len(figures) == len(ways[0]) or is_close_sum(equation)):
            yield Claim("SUM001", equation)
            return
    if _is_left_open(facts, total, ways[0]):
        return
    if any(_is_of_more(facts, figure, total) for figure in ways[0]):
        return  # `phát sinh 291 vụ. Đã giải quyết 238/316 vụ, còn lại 78 vụ`: parts of something else
    if (
        len(ways[0]) == 2
        and may_be_net(facts, total)
        and holds(net := add_up(total, [ways[0][0], replace(ways[0][1], sign=-1)]))
    ):
        yield Claim("SUM001", net)  # `vay ròng 500 triệu USD, trong đó vay 1,6 tỷ USD, trả nợ 1,1 tỷ USD`
        return
    wider = _add_next(facts, ways[0])
    if wider is not None and holds(add_up(total, wider)):
        yield Claim("SUM001", add_up(total, wider))
        return
    if any(_EACH.search(facts.words_before(facts.figures[part.mention])) for part in parts):
        return  # `Hòa An 14 ca, Tân Lập và Yên Phú mỗi xã 6 ca`: of several
    done = [figure for figure in ways[0] if not _is_undone(facts, figure, total)]
    if len(done) < len(ways[0]):
        if len(done) >= 2 and holds(add_up(total, done)):
            yield Claim("SUM001", add_up(total, done))
        return
    explained = (way for way in ways if len(way) >= 2 and has_edit(add_up(total, way)))
    last = facts.figures[parts[-1].mention]
    closed = listing == "complete" or ends_in_rest(facts, last)
    figures = next(explained, ways[0]) if closed else ways[0]
    if len(figures) < 2 and len(parts) > 2:
        # `kiến nghị 42.153 tỷ đồng, trong đó: thuế tăng thu 12.015; giảm khấu trừ 2.090; giảm lỗ 28.048`
        every = [replace(facts.figures[part.mention], sign=1) for part in parts]
        figures = every if is_telling(add_up(total, every)) else figures
    whole = add_up(total, figures)
    several = len(figures) >= 2
    if several and lacks_any(whole) and leaves_rest(facts, figures):
        return
    if is_moved(facts, total) and not changes and figures[0].value > total.value:
        return  # `giảm cả ba mặt với 412 vụ. Trong đó cấp huyện 3.118 vụ`: how much less there is
    if (total.dimension == "%" and are_rates(facts, total, figures)) or is_mean(facts, total, figures):
        return
    moved = facts.role_of(total) == "level" and all(facts.role_of(part) == "change" for part in figures)
    pair = listing == "partial" and len(figures) == 2 and not moved
    entire = (pair and are_halves(facts, *figures)) or (
        listing == "partial" and several and not moved and cover_all(facts, figures)
    )
    if entire and (has_edit(whole) or _is_close(whole)):
        # `trong đó kỳ trước chuyển sang 23 vụ, phát sinh trong kỳ 163 vụ`; there may be a third kind
        yield Claim("SUM001", whole, severity="warning", tied=True)
        return
    if listing == "partial" and several and ends_in_rest(facts, figures[-1]):
        listing = "complete"  # `trong đó thành phố 07 vụ, thị xã 04 vụ, các huyện khác 05 vụ`
    named = listing == "partial" and several
    named = named and (_names_all(facts, total, figures) or share_all(facts, figures))
    if named:
        listing = "complete"  # `nông, lâm nghiệp và thủy sản đạt …, trong đó nông nghiệp …; lâm nghiệp …; …`
    most = Equation("at-most", whole.terms)
    if listing == "open":
        yield Claim("SUM002", most, sure=several)
    elif listing == "complete" and several:
        mixed = not all(is_alike(part, total) for part in figures)
        counted = all(figure.exact for figure in figures)  # `412 người (294 nam, 108 nữ)` are all
        loose = not counted and lacks_any(whole) and not named and not _is_announced(facts, figures[0])
        numbered = mixed and total.exact and total.value == len(figures)
        if not mixed or (has_edit(whole) and not numbered):  # `03 địa phương tăng: A tăng 04 người, …`
            severity: Severity | None = "warning" if mixed else None
            hedged = any(figure.comparator for figure in (total, *figures))
            if hedged and is_hedged_slip(
                facts, whole, loose=loose, announced=_is_announced(facts, figures[0])
            ):
                yield Claim("SUM001", whole, severity="warning", tied=True)
                return
            if loose and (hedged or not mends_closely(whole)):
                severity = "info"
            yield Claim("SUM001", whole, open=loose, severity=severity)
    elif holds(most):
        # Σ < total: a list after `trong đó` may leave parts out.
        # `1.937 người, trong đó điều trị 1.812 người; phát hiện mới 118 người`: of another clause
        apart = len(figures) == 2 and facts.is_past(figures[1], figures[0])
        apart = apart and ":" not in facts.words_before(figures[0]) and not _grow_alike(facts, figures)
        if several and any(not part.number for part in figures) and has_edit(whole):
            # nothing is not listed: of `0 sản phẩm` a digit was lost
            yield Claim("SUM001", whole, sure=False, open=True, severity="warning", tied=True)
        elif several and _ends(facts, total, figures) and has_edit(whole):
            yield Claim("SUM001", whole, severity="warning", tied=True)
        elif several and is_telling(whole, most=_SELDOM) and _is_slip(whole, apart=apart):
            yield Claim("SUM001", whole, sure=False, open=True)
        elif several and not apart and (mends_to_last(whole) or is_misprinted(facts, whole)):
            yield Claim("SUM001", whole, severity="warning", tied=True)
        else:
            yield Claim("SUM002", most)
            if len(figures) > _PAIR and lacks_little(whole) and has_edit(whole):
                yield Claim("SUM001", whole, open=True, severity="info")
    elif several and have_other_marks(facts, figures) and max(f.value for f in figures) <= total.value:
        yield Claim("SUM002", most, severity="info")
    elif several and is_telling(whole):
        yield Claim("SUM001", whole)
    elif several and (_is_above(facts, total, figures, whole) or is_misprinted(facts, whole)):
        yield Claim("SUM001", whole, severity="warning", tied=True)
    elif len(figures) == 1 and _MOST_OF.search(facts.words_before(total)):
        return
    elif len(figures) == 1 and _is_only_whole(facts, total, figures[0]):
        yield Claim("SUM002", most, severity="warning", tied=True)
    else:
        # `trong đó trực tuyến 12; giải quyết 20`: behind a semicolon the sentence may have gone on.
        closed = ";" not in facts.analysis.text[figures[0].start : figures[-1].start]
        yield Claim("SUM002", most, sure=several and closed, severity="warning")


def _is_above(facts: Facts, total: Figure, parts: list[Figure], whole: Equation) -> bool:
    """Return whether a misprint explains that parts exceed their total, and no overlap of theirs."""
    if mends_to_last(whole):
        return True
    apart = exclude_each_other(facts, parts) or _have_one_head(facts, total, parts)
    return apart and has_edit(whole)


def _have_one_head(facts: Facts, total: Figure, parts: list[Figure]) -> bool:
    """Return whether all parts begin like their total: `tổng thu …: thu nội địa …; thu từ dầu thô …`."""
    said = (_OPENING.split(facts.words_before(part))[-1].split() for part in parts)
    heads = {words[0] if words else "" for words in said}
    return len(heads) == 1 and heads != {""} and heads <= set(facts.words_before(total).split())


_OPENING = re.compile(r";|:|trong đó|(?<!\w)(?:bao )?gồm(?!\w)")


def _ends(facts: Facts, total: Figure, parts: list[Figure]) -> bool:
    """Return whether counts are listed to the last and are most of a total.

    `81 thí sinh, trong đó 15 được miễn, 23 xin miễn và 43 không đến`: few such lists leave some out.
    """
    counted = all(part.exact and is_alike(part, total) for part in parts)
    most = sum(part.value for part in parts) * _MOST_PARTS >= total.value
    return counted and most and is_joined(facts, parts)


_CLOSE = 100
_PAIR = 2
_MOST_PARTS = Fraction(5, 3)
_EACH = re.compile(r"(?<!\w)mỗi(?: [\w/]+){1,3}$")
_UNDONE = re.compile(r"(?<!\w)(?:đang|chưa) (?:được )?(\w+ \w+)")


def _is_close(equation: Equation) -> bool:
    """Return whether a sum misses its total by so little that both are surely of one thing."""
    total = equation.one("total")
    made = sum(part.value for part in equation.all("part"))
    return abs(made - total.value) * _CLOSE < total.value


def _is_left_open(facts: Facts, total: Figure, parts: list[Figure]) -> bool:
    """Return whether the bracket of a list is never closed, so that nothing says where the list ends."""
    sentence = facts.sentence_at(total.start)
    first, last = min(part.start for part in parts), max(part.start for part in parts)
    if sentence is None or not total.start < first < last < sentence.end:
        return False
    text = facts.analysis.text
    opened = text.rfind("(", total.start, first) > text.rfind(")", total.start, first)
    return opened and ")" not in text[last : sentence.end] and ";" in text[first:last]


def _is_of_more(facts: Facts, part: Figure, total: Figure) -> bool:
    """Return whether a part is itself said to be of more than a total: `238/316 vụ`."""
    whole = whole_of(facts, part)
    return whole is not None and whole.value > total.value and whole_of(facts, total) is None


def _is_undone(facts: Facts, part: Figure, total: Figure) -> bool:
    """Return whether to a part is being done what was done to all: `đã xử lý 980, đang xử lý 45`."""
    undone = _UNDONE.search(facts.words_before(part))
    said = facts.clause_before(total)
    return undone is not None and undone[1] in said and _UNDONE.search(said) is None


def _is_beneath(figure: Figure, total: Figure) -> bool:
    """Return whether an exact count is no part of a total in millions: `100 cổ phiếu được nhận 18`."""
    return figure.exact and total.factor > 1000 * figure.factor and figure.rough < total.rough_slack / 10


def _names_all(facts: Facts, total: Figure, parts: list[Figure]) -> bool:
    """Return whether the words before a total name just its parts, in their order."""
    names = [facts.by_mention[part.mention].name.split() for part in parts]
    heads = [name[0] for name in names if name]
    pieces = [piece.split() for piece in _JOINT.split(facts.words_before(total))]
    if len(set(heads)) < len(parts) or not all(pieces):
        return False
    for at in range(len(pieces) - len(heads) + 1):
        first, *others = pieces[at : at + len(heads)]
        if heads[0] in first[-2:] and [piece[0] for piece in others] == heads[1:]:
            return True
    return False


def _is_only_whole(facts: Facts, total: Figure, part: Figure) -> bool:
    """Return whether a part that exceeds its total can be of no other figure printed before it."""
    if total.dimension in ("%", "point", "") or "/" in total.dimension or part.dimension != total.dimension:
        return False
    if "trong đó" not in facts.words_before(part) or facts.depths.get(part.mention):
        return False  # `mía chỉ còn 3.102 ha; riêng dừa lên 107.357 ha`
    if facts.role_of(part) != "level" or facts.role_of(total) not in ("level", "total", "plan"):
        return False
    names = {facts.mentions[figure.mention].sentence for figure in (total, part)}
    earlier = [f for name in names for f in facts.by_sentence.get(name or "", ()) if f.start < part.start]
    return not any(is_alike(f, part) and f.value > total.value for f in earlier)


def _add_next(facts: Facts, run: list[Figure]) -> list[Figure] | None:
    """Return a list of counts with the next one, of another kind: `418 HTX …, 124 HTX …, 70 quỹ tín dụng`."""
    inside = facts.by_sentence.get(facts.mentions[run[-1].mention].sentence or "", ())
    after = [f for f in inside if f.start > run[-1].start and f.exact and facts.role_of(f) == "level"]
    if after and facts.depths.get(after[0].mention) != facts.depths.get(run[-1].mention):
        return None  # `05 xã (gồm 03 xã …; 02 xã …) và 20 thôn`
    if not after or facts.is_past(after[0], run[-1]) or not all(figure.exact for figure in run):
        return None
    return [*run, after[0]]


def _grow_alike(facts: Facts, parts: list[Figure]) -> bool:
    """Return whether each part has a growth of its own: `985 tỷ đồng, tăng 12%; … 255 tỷ đồng, giảm 8%`."""
    said = [facts.said_of.get(facts.by_mention[part.mention].id, ()) for part in parts]
    return all(any(each.role == "growth" for each in own) for own in said)


_MOST_OF = re.compile(r"(?<!\w)(?:nhiều|cao|lớn|đông) nhất (?:\w+ )?(?:với|là|đạt)?\s*$")
"""`nhiều nhất với 423 ca, tiếp đến … trong đó 613 ca tại cộng đồng`: of all that the list counts."""


def _lacks_little(whole: Equation) -> bool:
    """Return whether a list comes so near its total that small things may be left out of it.

    `chi 803,6 nghìn tỷ đồng, trong đó chi thường xuyên 561,9, chi đầu tư 186,1, chi trả nợ lãi 53,8`.
    """
    total = whole.one("total").value
    return 0 < total - sum(part.value for part in whole.all("part")) < total * _LITTLE


def _is_slip(whole: Equation, *, apart: bool) -> bool:
    """Return whether a misprint, and nothing left out, explains that a list falls short of its total."""
    if _lacks_little(whole):
        seldom = mends_exactly(whole) or is_telling(whole, most=_LITTLE * _RARELY, near=False)
        return has_slip(whole) and seldom and not lacks_least(whole)
    return has_slip(whole) or not apart or is_telling(whole, most=_HARDLY, near=False)


_RARELY = Fraction(1, 2)


def _is_announced(facts: Facts, first: Figure) -> bool:
    """Return whether words say that a list is all; a bare bracket or `cụ thể` may leave parts out."""
    words = _IN_DETAIL.sub(" ", facts.words_before(first))
    return cue_pattern(facts.lexicon, "complete").search(words) is not None


_IN_DETAIL = re.compile(r"(?<!\w)cụ thể(?: là| như sau)?(?!\w)")


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
    """Return whether figures stand in one bracket, with no other bracket or semicolon inside it."""
    if not all(facts.depths.get(figure.mention) == 1 for figure in run):
        return False
    text = facts.analysis.text
    inside = text[run[0].start : run[-1].start]
    if "(" in inside or ")" in inside:
        return False
    return ";" not in inside or all(";" in text[one.start : two.start] for one, two in pairwise(run))


def _find_cut(facts: Facts, run: list[Figure]) -> int:
    text = facts.analysis.text
    for at, (one, two) in enumerate(pairwise(run), 1):
        between = text[one.start + len(one.text) : two.start]
        if ";" in between:
            return at if at >= 2 else len(run)
    return len(run)
