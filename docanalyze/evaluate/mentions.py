"""Mentions against gold: strict (same place and kind), near (overlap, same value), and values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from msgspec import UNSET

from docanalyze.core.analysis import Analysis
from docanalyze.core.mention import KINDS, Mention, mention_kind
from docanalyze.core.span import Span
from docanalyze.evaluate.align import Alignment, Place
from docanalyze.evaluate.scores import Miss, Outcome, Score
from docanalyze.evaluate.values import compare_keys, is_same_thing, is_same_unit, read_value
from docanalyze.gold.items import Gold, GoldMention

_FIGURES = ("number", "quantity", "percent", "money", "date")
_AROUND = 40
_TAIL = 90
"""How far from a mention the words may stand that say more of it."""


@dataclass(slots=True)
class _Found:
    """A mention of the analysis within the scope."""

    mention: Mention
    kind: str
    place: Place
    value: dict[str, Any]
    strict: bool = False
    near: bool = False


@dataclass(slots=True)
class _Wanted:
    """A core mention of the gold with the places that count as its own; the first is its span."""

    item: GoldMention
    places: list[Place]
    strict: _Found | None = None
    near: _Found | None = None


@dataclass(slots=True)
class MentionScores:
    """What came of the mentions of one document."""

    kinds: dict[str, Score] = field(default_factory=lambda: {kind: Score() for kind in KINDS})
    keys: dict[str, Score] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)
    negatives_hit: int = 0
    unaligned: int = 0
    unplaced: int = 0


def score_mentions(gold: Gold, analysis: Analysis, aligned: Alignment) -> MentionScores:
    """Return how the mentions agree.

    A reference may be found with or without its tail, a date with or without `ngày`; of a quantity the
    numeral and the head of the unit must agree (`16 vụ`, `16 vụ cháy`). Optional mentions count neither
    way, nor does what was found outside the scope.
    """
    scores = MentionScores()
    wanted = [
        _Wanted(item, list(_accepted(aligned, item))) for item in gold.mentions if item.status == "core"
    ]
    found = _find_in_scope(gold, analysis, aligned, scores)
    _pair(wanted, found)
    for one in wanted:
        _count_wanted(one, found, gold, analysis, scores)
    negatives = [p for n in gold.negatives if (p := aligned.find(n.start, n.end)) is not None]
    ignored = [
        place
        for item in gold.mentions
        if item.status == "optional"
        for span in (Span(item.start, item.end), item.full)
        if span is not None and (place := aligned.find(span.start, span.end)) is not None
    ]
    partners: list[tuple[list[Place], str, Span | None]] = [
        (one.places, one.item.kind, one.item.full) for one in wanted if one.places
    ]
    for mention in found:
        if mention.strict or (not mention.near and _is_ignored(mention, partners, ignored, negatives)):
            continue
        scores.kinds[mention.kind] += Score(found=1, near=int(mention.near))
        if not mention.near:
            scores.misses.append(_false_alarm(mention, analysis, aligned))
    scores.negatives_hit = sum(
        any(_meet(negative, mention.place) for mention in found if mention.kind in _FIGURES)
        for negative in negatives
    )
    return scores


def _find_in_scope(gold: Gold, analysis: Analysis, aligned: Alignment, scores: MentionScores) -> list[_Found]:
    found: list[_Found] = []
    for mention in () if analysis.mentions is UNSET else analysis.mentions:
        place = aligned.place(mention.start, mention.end)
        source = aligned.source(place)
        if source is None:
            scores.unplaced += 1
        elif any(scope.start <= source < scope.end for scope in gold.scope):
            found.append(_Found(mention, mention_kind(mention), place, read_value(mention)))
    return found


def _accepted(aligned: Alignment, item: GoldMention) -> Iterator[Place]:
    place = aligned.find(item.start, item.end)
    if place is None:
        return
    yield place
    low, high = place
    if item.kind == "legal_ref" and item.full is not None:
        full = aligned.find(item.full.start, item.full.end)
        if full is not None:
            yield full
    if item.kind == "date":
        if aligned.folded(low, low + 4) == "ngay":
            yield low + 4, high
        elif aligned.folded(low - 4, low) == "ngay":
            yield low - 4, high


def _pair(wanted: list[_Wanted], found: list[_Found]) -> None:
    at_place: dict[tuple[str, Place], list[_Found]] = {}
    by_kind: dict[str, list[_Found]] = {}
    by_start: dict[int, list[_Found]] = {}
    for mention in found:
        if mention.kind == "quantity":
            by_start.setdefault(mention.place[0], []).append(mention)
        at_place.setdefault((mention.kind, mention.place), []).append(mention)
        by_kind.setdefault(mention.kind, []).append(mention)
    for one in wanted:
        for place in one.places:
            free = [m for m in at_place.get((one.item.kind, place), ()) if not m.strict]
            if not free and one.item.kind == "quantity":
                # The numeral and the head of its unit are asked for; how far modifiers go is open.
                free = [m for m in by_start.get(place[0], ()) if not m.strict and _has_head(one.item, m)]
            if free:
                one.strict = free[0]
                free[0].strict = True
                if is_same_thing(one.item, free[0].value):
                    one.near, free[0].near = free[0], True
                break
    for one in wanted:
        if one.strict is None and one.places:
            for mention in by_kind.get(one.item.kind, ()):
                if mention.strict or mention.near or not is_same_thing(one.item, mention.value):
                    continue
                if any(_meet(place, mention.place) for place in one.places):
                    one.near, mention.near = mention, True
                    break


def _has_head(item: GoldMention, found: _Found) -> bool:
    return "unit" in item.value and is_same_unit(str(item.value["unit"]), str(found.value.get("unit")))


def _count_wanted(
    one: _Wanted, found: list[_Found], gold: Gold, analysis: Analysis, scores: MentionScores
) -> None:
    item = one.item
    if not one.places:
        scores.unaligned += 1
    if one.strict is None:
        # What was found near it counts as found on its own account.
        scores.kinds[item.kind] += Score(gold=1)
        other = one.near or next(
            (m for m in found if not m.strict and any(_meet(place, m.place) for place in one.places)), None
        )
        what: Outcome = "missed" if one.near is None else "boundary"
        scores.misses.append(_miss(what, item, gold, analysis, other))
        return
    end = max(item.end + _TAIL, item.full.end if item.full else 0)
    agree = compare_keys(
        item,
        one.strict.value,
        before=gold.text[max(0, item.start - _TAIL) : item.start],
        printed=gold.text[item.start : end].split("\n\n")[0],
    )
    for key, right in agree.items():
        name = f"{item.kind}.{key}"
        scores.keys[name] = scores.keys.get(name, Score()) + Score(gold=1, found=1, right=int(right))
    wrong = [key for key, right in agree.items() if not right]
    scores.kinds[item.kind] += Score(
        gold=1, found=1, right=1, near=int(one.near is not None), values=int(not wrong)
    )
    if wrong:
        told = (f"{key}: {_show(item.value[key])}, not {_show(one.strict.value.get(key))}" for key in wrong)
        scores.misses.append(_miss("value", item, gold, analysis, one.strict, "; ".join(told)))


def _is_ignored(
    mention: _Found,
    partners: list[tuple[list[Place], str, Span | None]],
    optional: list[Place],
    negatives: list[Place],
) -> bool:
    """Return whether a mention without a partner counts neither way."""
    for places, kind, full in partners:
        if kind == mention.kind and any(_meet(place, mention.place) for place in places):
            return False
        # The tail of a reference covers its digits: a date or a term in it may go without an item.
        if full is not None and any(_meet(place, mention.place) for place in places[1:]):
            return not _meet(places[0], mention.place)
    # A label may come out as an ordinal; that is no false alarm.
    free = [*optional, *negatives] if mention.kind == "ordinal" else optional
    return any(_meet(mention.place, place) for place in free)


def _meet(a: Place, b: Place) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _show(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} {_show(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return ", ".join(map(_show, value))
    return "nothing" if value is None else str(value)


def _miss(
    what: Outcome,
    item: GoldMention,
    gold: Gold,
    analysis: Analysis,
    found: _Found | None,
    detail: str | None = None,
) -> Miss:
    return Miss(
        what=what,
        kind=item.kind,
        text=gold.text[item.start : item.end],
        start=item.start,
        end=item.end,
        page=_page(found),
        found=None if found is None else f"{found.kind} {found.mention.text}",
        detail=detail,
        context=_around(gold.text, item.start, item.end),
    )


def _false_alarm(found: _Found, analysis: Analysis, aligned: Alignment) -> Miss:
    mention = found.mention
    source = aligned.source(found.place)
    return Miss(
        what="false-alarm",
        kind=found.kind,
        text=mention.text,
        start=source,
        page=_page(found),
        context=_around(analysis.text, mention.start, mention.end),
    )


def _page(found: _Found | None) -> int | None:
    return found.mention.boxes[0].page if found is not None and found.mention.boxes else None


def _around(text: str, start: int, end: int) -> str:
    return " ".join(text[max(0, start - _AROUND) : end + _AROUND].split())
