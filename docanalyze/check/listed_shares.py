"""Shares printed after the list that they are of: in the order of its parts, or under their names."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation, share_of
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words, likeness
from docanalyze.lexicon.cues import cue_pattern

_BACK = 2
_LIKE = 0.99
_MOST_FAILING = 2


class _List(msgspec.Struct):
    """A total with its parts in order."""

    total: Figure
    parts: list[Figure] = msgspec.field(default_factory=list)


def find_listed_shares(facts: Facts) -> Iterator[Claim]:
    """Yield the shares of a list's parts that stand behind the list.

    `khu vực I 1.624 tỷ đồng, khu vực II 1.219 tỷ đồng …; cơ cấu tương ứng 38,3% - 28,7% - …`.
    """
    lists = _read_lists(facts)
    if not lists:
        return
    for figures in facts.by_sentence.values():
        run = [figure for figure in figures if _is_loose(facts, figure)]
        if not run:
            continue
        own = set(facts.paragraph_before(run[0], _BACK))
        near = [
            (place, each) for place in facts.sentences_before(run[0], _BACK) for each in lists.get(place, ())
        ]
        for place, each in near:
            if each.parts[-1].start > run[0].start:
                continue
            claims = list(_pair_in_order(each, run)) if place in own else []
            claims = claims or list(_pair_by_name(facts, each, run))
            if place not in own and not any(c.equation is not None and holds(c.equation) for c in claims):
                continue  # a paragraph of its own is of the list before only if it says so
            yield from claims
            if claims:
                break


def find_twin_shares(facts: Facts) -> Iterator[Claim]:
    """Yield the shares that a list's parts are of the parts of an earlier list, name by name.

    `kế hoạch 6.842,7 tỷ đồng (Trung ương 2.316,5, địa phương 4.526,2); giải ngân 3.264,0 tỷ đồng; trong đó
    vốn Trung ương 1.017,0 (43,9%), vốn địa phương 2.247,0 (49,6%)`: all but one agree.
    """
    lists = _read_lists(facts)
    for each in (each for here in lists.values() for each in here):
        ratios = [own for part in each.parts if (own := _find_own_share(facts, part)) is not None]
        if len(ratios) < len(each.parts):
            continue
        if any(holds(share_of(part, each.total, own)) for part, own in zip(each.parts, ratios, strict=True)):
            continue
        places = facts.sentences_before(each.parts[0], _BACK)
        for other in (other for place in places for other in lists.get(place, ())):
            wholes = _pair_parts(facts, each, other)
            equations = [
                share_of(part, whole, own)
                for part, whole, own in zip(each.parts, wholes, ratios, strict=bool(wholes))
            ]
            failing = [equation for equation in equations if not holds(equation)]
            if len(equations) > len(failing) < 2 and (not failing or has_edit(failing[0])):
                yield from (Claim("PCT001", one, severity="warning", tied=True) for one in equations)
                break


def _find_own_share(facts: Facts, part: Figure) -> Figure | None:
    """Return the one share or plan ratio that is said of a part."""
    said = facts.said_of.get(facts.by_mention[part.mention].id, ())
    own = [each for each in said if each.role in ("share", "plan-ratio") and each.against is None]
    return facts.figures[own[0].mention] if len(own) == 1 else None


def _pair_parts(facts: Facts, each: _List, other: _List) -> list[Figure]:
    """Return for each part of a list that of an earlier one whose name is its own; none if any has none."""
    first, last = other.parts[0], other.parts[-1]
    if len(each.parts) != len(other.parts) or not is_alike(each.parts[0], first):
        return []
    if last.start >= each.parts[0].start:
        return []
    found: list[Figure] = []
    for part in each.parts:
        name = _name(facts, part)
        names = [(_name(facts, whole), whole) for whole in other.parts]
        same = [whole for own, whole in names if own and name and (own <= name or name <= own)]
        if len(same) != 1:
            return []
        found.append(same[0])
    return found


def _read_lists(facts: Facts) -> dict[str, list[_List]]:
    """Return the lists of parts by the sentence that the parts stand in."""
    found: dict[tuple[str, str], _List] = {}
    for indicator in facts.in_roles("level"):
        if indicator.part_of is None:
            continue
        total = facts.figures[facts.indicators[indicator.part_of].mention]
        place = facts.mentions[indicator.mention].sentence or ""
        each = found.setdefault((indicator.part_of, place), _List(total))
        each.parts.append(facts.figures[indicator.mention])
    lists: dict[str, list[_List]] = {}
    for (_, place), each in found.items():
        if len(each.parts) >= 2:
            lists.setdefault(place, []).append(each)
    return lists


def _is_loose(facts: Facts, figure: Figure) -> bool:
    """Return whether a percentage is a share that nothing in its sentence surely belongs to."""
    indicator = facts.by_mention.get(figure.mention)
    if indicator is None or figure.dimension != "%" or indicator.role not in ("share", "level"):
        return False
    return indicator.against is None and (indicator.of is None or not indicator.sure)


def _pair_in_order(each: _List, run: list[Figure]) -> Iterator[Claim]:
    """Yield the shares of all parts if there are as many and at most one does not agree."""
    if len(run) != len(each.parts):
        return
    equations = [share_of(part, each.total, ratio) for part, ratio in zip(each.parts, run, strict=True)]
    failing = [equation for equation in equations if not holds(equation)]
    if len(failing) > (len(run) > 2) or (failing and not has_edit(failing[0])):
        return
    yield from (Claim("PCT001", equation, tied=bool(failing)) for equation in equations)


def _pair_by_name(facts: Facts, each: _List, run: list[Figure]) -> Iterator[Claim]:
    """Yield the shares whose part has the name that stands before them."""
    share = cue_pattern(facts.lexicon, "share")
    failing: list[Equation] = []
    found = 0
    for ratio in run:
        words = fold_words(share.sub(" ", facts.words_before(ratio).rpartition(",")[2]))
        if _differ_in_prices(facts, each.total, ratio):
            continue
        same = [part for part in each.parts if likeness(words, _name(facts, part)) >= _LIKE]
        if not same and len(words) > 1:  # `chi y tế chiếm 10,9%` of `chi sự nghiệp y tế`
            same = [part for part in each.parts if words <= _name(facts, part)]
        if len(same) != 1:
            continue
        equation = share_of(same[0], each.total, ratio)
        if holds(equation):
            found += 1
            yield Claim("PCT001", equation)
        elif len(words) >= 2 and has_edit(equation):
            failing.append(equation)
    for equation in failing if len(run) > len(failing) < _MOST_FAILING else ():
        yield Claim("PCT001", equation, severity="warning", tied=found > 0)


_PRICES = re.compile(r"giá (hiện hành|thực tế|so sánh|cố định)", re.IGNORECASE)


def _differ_in_prices(facts: Facts, total: Figure, ratio: Figure) -> bool:
    """Return whether shares are of values in other prices: `giá so sánh` above, `giá hiện hành` here."""
    named = []
    for figure in (total, ratio):
        sentence = facts.sentence_at(figure.start)
        text = facts.analysis.text[sentence.start : figure.start] if sentence is not None else ""
        named.append({found[1].lower() for found in _PRICES.finditer(text)})
    return bool(named[0] and named[1]) and named[0].isdisjoint(named[1])


def _name(facts: Facts, figure: Figure) -> frozenset[str]:
    return fold_words(facts.by_mention[figure.mention].name or "")
