"""An analysis against gold: precision, recall and F1 by kind of mention, and of sentences.

The analysis' text need not be the reference text: lines are joined, notes moved, spaces differ. The
two are aligned over their visible characters by stretches that occur once in each.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec import UNSET

from docanalyze.core.analysis import Analysis, encode_value
from docanalyze.core.base import Value
from docanalyze.core.mention import KINDS, Mention, mention_kind
from docanalyze.core.span import Span
from docanalyze.gold import Gold

_STRETCH = 20
Place = tuple[int, int]


class Score(Value, frozen=True, kw_only=True):
    """Counts of one kind: in the gold, found, right (same place), and of these the right values."""

    gold: int
    found: int
    right: int
    values: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 1 if nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of the gold that was found; 1 if there is none."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.gold + self.found
        return 2 * self.right / total if total else 1.0

    @property
    def value_accuracy(self) -> float:
        """The share of the right ones whose value agrees in every key that the gold states."""
        return self.values / self.right if self.right else 1.0

    def __add__(self, other: Score) -> Score:
        return Score(
            gold=self.gold + other.gold,
            found=self.found + other.found,
            right=self.right + other.right,
            values=self.values + other.values,
        )


class Miss(Value, frozen=True, kw_only=True):
    """A mention that was missed, found too much, or has another value, with the text around it."""

    what: str
    kind: str
    text: str
    context: str


class Scores(Value, frozen=True, kw_only=True):
    """The scores of one document by kind, those of its sentences, and what went wrong."""

    name: str
    kinds: dict[str, Score]
    sentences: Score
    negatives: int
    negatives_hit: int
    unaligned: int
    misses: tuple[Miss, ...] = ()


def evaluate_analysis(gold: Gold, analysis: Analysis) -> Scores:
    """Return how the mentions and sentences of an analysis agree with the gold of its document.

    Optional mentions count neither way; what was found outside the gold's scope is left aside.
    """
    aligned = _Alignment(gold.text, analysis.text)
    kinds = {kind: Score(gold=0, found=0, right=0) for kind in KINDS}
    misses: list[Miss] = []
    scope = [aligned.to_reference(span) for span in gold.scope]
    optional = [
        p for g in gold.mentions if g["status"] != "core" if (p := aligned.find(g["start"], g["end"]))
    ]
    optional += [
        p for g in gold.mentions if "full" in g.get("value", {}) if (p := aligned.find(*g["value"]["full"]))
    ]
    # A label may come out as an ordinal; that is no false alarm.
    labels = [p for n in gold.negatives if (p := aligned.find(n["start"], n["end"])) is not None]
    found: dict[tuple[Place, str], Mention] = {}
    mentions = () if analysis.mentions is UNSET else analysis.mentions
    for mention in mentions:
        place = aligned.visible(mention.start, mention.end)
        if aligned.in_scope(place, scope):
            found[place, mention_kind(mention)] = mention
    used: set[tuple[Place, str]] = set()
    lost = 0
    for item in gold.mentions:
        if item["status"] != "core":
            continue
        kind = item["kind"]
        target = aligned.find(item["start"], item["end"])
        if target is None:
            lost += 1
            continue
        match = next(((p, kind) for p in _accepted(aligned, item, target) if (p, kind) in found), None)
        if match is None:
            kinds[kind] += Score(gold=1, found=0, right=0)
            misses.append(_miss("missed", kind, gold.text, item["start"], item["end"]))
            continue
        used.add(match)
        wrong = _wrong_keys(item.get("value", {}), found[match], gold, aligned)
        kinds[kind] += Score(gold=1, found=1, right=1, values=0 if wrong else 1)
        if wrong:
            misses.append(_miss(f"value {wrong}", kind, gold.text, item["start"], item["end"]))
    for (place, kind), mention in found.items():
        free_here = [*optional, *labels] if kind == "ordinal" else optional
        if (place, kind) in used or any(_meet(place, other) for other in free_here):
            continue
        kinds[kind] += Score(gold=0, found=1, right=0)
        misses.append(_miss("too much", kind, analysis.text, mention.start, mention.end))
    figures = [p for p, kind in found if kind in ("number", "quantity", "percent", "money", "date")]
    hit = sum(1 for place in labels if any(_meet(place, figure) for figure in figures))
    return Scores(
        name=gold.name,
        kinds=kinds,
        sentences=_score_sentences(gold, analysis, aligned, scope),
        negatives=len(labels),
        negatives_hit=hit,
        unaligned=lost,
        misses=tuple(misses),
    )


def _accepted(aligned: _Alignment, item: dict[str, Any], target: Place) -> Iterable[Place]:
    """Yield the places that count as the gold's: a reference also with its tail, a date with `ngày`."""
    yield target
    if item["kind"] == "legal_ref" and "full" in item.get("value", {}):
        full = aligned.find(*item["value"]["full"])
        if full is not None:
            yield full
    if item["kind"] == "date":
        yield (target[0] - 4, target[1])
        yield (target[0] + 4, target[1])


def _wrong_keys(wanted: dict[str, Any], mention: Mention, gold: Gold, aligned: _Alignment) -> str:
    value = json.loads(encode_value(mention))["value"]
    wrong = [
        key
        for key, stated in wanted.items()
        if key not in ("full", "role", "of") and not _same(stated, value.get(key))
    ]
    return ", ".join(f"{key}: {wanted[key]!r} is {value.get(key)!r}" for key in wrong)


def _same(stated: Any, ours: Any) -> bool:
    if isinstance(stated, dict) and isinstance(ours, dict):
        return all(_same(inner, ours.get(key)) for key, inner in stated.items())
    if isinstance(stated, list | tuple):
        return isinstance(ours, list | tuple) and [str(s) for s in stated] == [str(o) for o in ours]
    if ours is None or isinstance(stated, bool) or isinstance(ours, bool):
        return bool(stated) == bool(ours)
    try:
        return Decimal(str(stated)) == Decimal(str(ours))
    except InvalidOperation:
        return " ".join(str(stated).casefold().split()) == " ".join(str(ours).casefold().split())


def _score_sentences(gold: Gold, analysis: Analysis, aligned: _Alignment, scope: list[Place]) -> Score:
    sentences = () if analysis.sentences is UNSET else analysis.sentences
    ours = {aligned.visible(s.start, s.end) for s in sentences}
    ours = {place for place in ours if aligned.in_scope(place, scope)}
    inside = [
        item["spans"]
        for item in gold.sentences
        if any(s.start <= item["spans"][0][0] < s.end for s in gold.scope)
    ]
    wanted = {aligned.find(spans[0][0], spans[-1][1]) for spans in inside}
    return Score(gold=len(inside), found=len(ours), right=len(ours & wanted))


def _meet(a: Place, b: Place) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _miss(what: str, kind: str, text: str, start: int, end: int) -> Miss:
    context = " ".join(text[max(0, start - 40) : end + 40].split())
    return Miss(what=what, kind=kind, text=text[start:end], context=context)


class _Alignment:
    """Which visible character of the reference text is which of the analysis' text."""

    def __init__(self, reference: str, text: str) -> None:
        self._reference_at = _number_visible(reference)
        self._text_at = _number_visible(text)
        ours = _visible(text)
        theirs = _visible(reference)
        self._map = list(range(len(theirs))) if ours == theirs else _match(theirs, ours)
        self._back = {target: source for source, target in enumerate(self._map) if target >= 0}

    def find(self, start: int, end: int) -> Place | None:
        """Return the place in the analysis of a stretch of the reference text; None if it has none."""
        first, last = self._reference_at[start], self._reference_at[end] - 1
        if last < first or self._map[first] < 0 or self._map[last] < 0:
            return None
        return (self._map[first], self._map[last] + 1)

    def visible(self, start: int, end: int) -> Place:
        """Return a stretch of the analysis' text in visible characters."""
        return (self._text_at[start], self._text_at[end])

    def to_reference(self, span: Span) -> Place:
        """Return a stretch of the reference text in its visible characters."""
        return (self._reference_at[span.start], self._reference_at[span.end])

    def in_scope(self, place: Place, scope: list[Place]) -> bool:
        """Return whether a place of the analysis lies in the annotated stretches of the reference."""
        source = self._back.get(place[0])
        return source is not None and any(start <= source < end for start, end in scope)


_FOLDED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹–—−", "0123456789---")


def _visible(text: str) -> str:
    return "".join(text.split()).translate(_FOLDED).lower().replace("*", "")


def _number_visible(text: str) -> list[int]:
    """Return for each offset how many visible characters stand before it."""
    counts = [0]
    for char in text:
        counts.append(counts[-1] + (0 if char.isspace() or char == "*" else 1))
    return counts


def _match(theirs: str, ours: str) -> list[int]:
    """Return for each character of one text its place in the other, -1 where none is certain."""
    mapped = [-1] * len(theirs)
    seen: dict[str, int] = {}
    for at in range(len(ours) - _STRETCH + 1):
        key = ours[at : at + _STRETCH]
        seen[key] = -1 if key in seen else at
    once: dict[str, int] = {}
    for at in range(len(theirs) - _STRETCH + 1):
        key = theirs[at : at + _STRETCH]
        once[key] = -1 if key in once else at
    for key, at in once.items():
        target = seen.get(key, -1)
        if at >= 0 and target >= 0:
            for shift in range(_STRETCH):
                mapped[at + shift] = target + shift
    taken = {target for target in mapped if target >= 0}
    for direction in (1, -1):
        order = range(1, len(theirs)) if direction == 1 else range(len(theirs) - 2, -1, -1)
        for at in order:
            near = mapped[at - direction]
            target = near + direction
            open_here = mapped[at] < 0 <= near and 0 <= target < len(ours) and target not in taken
            if open_here and ours[target] == theirs[at]:
                mapped[at] = target
                taken.add(target)
    return mapped
