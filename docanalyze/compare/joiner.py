"""Joins entries to identities, and finds the best pairs of those that are left, by likeness, one to one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter

from docanalyze.compare.bridges import find_bridges
from docanalyze.compare.enlarged import Enlarged
from docanalyze.compare.entries import Entry, oppose
from docanalyze.compare.features import FIXED, Features, Neighbours, weigh_words
from docanalyze.compare.identity import Identity
from docanalyze.compare.likeness import Likeness, assign_pairs
from docanalyze.compare.names import plain_terms
from docanalyze.compare.pairing import PairingModel, Scores, load_pairing, make_scores
from docanalyze.compare.places import GROUP
from docanalyze.compare.seasons import are_of_seasons, crop_terms, season_group
from docanalyze.core.days import Days
from docanalyze.lexicon import Lexicon

ACCEPT_FAR = 0.7
"""That of a pair of reports neither neighbours nor of the same months: what is gone seldom comes back."""
PROPOSE = 0.08
"""The probability from which a pair is shown to the reader as a candidate."""
_NEAREST = 16
"""How many partners of each entry are looked at for its letters: so many rows cost so many looks each."""
_CANDIDATES = 3


@dataclass(frozen=True)
class Proposal:
    """A pair of entries that might be one indicator, below the threshold."""

    entry: Entry
    other: Entry
    score: float


Pair = tuple[Identity, Identity, float]
"""Two identities that are one, and how sure that is."""


class Joiner:
    """Joins entries to identities, and finds the best pairs of those that are left.

    What a pair has of its own is read once; only what stands beside it changes as others are joined.
    """

    def __init__(
        self,
        reports: Sequence[Sequence[Entry]],
        days: Sequence[Days],
        lexicon: Lexicon,
        *,
        different: frozenset[frozenset[str]] = frozenset(),
        pairing: PairingModel | None = None,
        breaks: frozenset[int] = frozenset(),
    ) -> None:
        self._enlarged = Enlarged(reports, breaks)
        self._days = days
        self._given = pairing
        self._entries = [entry for report in reports for entry in report]
        self._neighbours = Neighbours(reports)
        self._different = different
        self._lexicon = lexicon
        self._fixed: dict[tuple[int, int], float | None] = {}
        self._season = season_group(lexicon)

    @cached_property
    def alike(self) -> Likeness:
        """How alike the entries are by their letters."""
        return Likeness(self._entries)

    @cached_property
    def _model(self) -> PairingModel:
        return self._given or load_pairing()

    @cached_property
    def features(self) -> Features:
        """What pairs of the entries are judged by."""
        return Features(
            weigh_words(self._entries, plain_terms(self._lexicon, "measure")),
            self._neighbours,
            plain_terms(self._lexicon, "negation"),
            plain_terms(self._lexicon, "erratic"),
            self._enlarged,
        )

    def join(self, entry: Entry, identity: Identity, score: float) -> None:
        """Add an entry to an identity."""
        identity.add(entry, score)
        self._neighbours.add(entry, identity.number)

    def match(
        self, left: list[Identity], known: list[Identity], least: float
    ) -> tuple[list[Pair], list[Proposal]]:
        """Return the pairs of like identities, one to one, from a probability on; and near ones."""
        groups: dict[str, tuple[list[Identity], list[Identity]]] = {}
        for each in left if known else ():
            if each.last.near:
                groups.setdefault(each.last.broad_unit, ([], []))[0].append(each)
        for identity in known:
            if identity.last.broad_unit in groups and identity.last.near:
                groups[identity.last.broad_unit][1].append(identity)
        pairs: list[Pair] = []
        near: list[Proposal] = []
        for ones, twos in groups.values():
            self._match_group(ones, twos, least, pairs, near)
        taken = {identity.number for pair in pairs for identity in pair[:2]}
        for told in (False, True):  # a table that does not say its unit: `Lệ phí trước bạ | 158,8`
            ones = [i for i in left if i.number not in taken and i.last.near and bool(i.last.unit) == told]
            twos = [i for i in known if i.number not in taken and i.last.near and bool(i.last.unit) != told]
            self._match_group(ones, twos, least, pairs, near)
        return pairs, near

    def _match_group(
        self,
        ones: list[Identity],
        twos: list[Identity],
        least: float,
        pairs: list[Pair],
        near: list[Proposal],
    ) -> None:
        """Add the pairs of identities of one unit, and near ones."""
        scores = self._model.weigh(self._score(ones, twos)) if ones and twos else make_scores()
        if not len(scores.rows):
            return
        chosen = {
            n: (m, score)
            for n, m, score in assign_pairs(scores)
            if score >= (least if self._are_near(ones[n], twos[m]) else max(least, ACCEPT_FAR))
        }
        pairs.extend((ones[n], twos[m], round(score, 3)) for n, (m, score) in sorted(chosen.items()))
        used = {m for m, _ in chosen.values()}
        for n, m, score in _list_likeliest(scores):
            if n not in chosen and m not in used:
                near.append(Proposal(ones[n].last, twos[m].last, round(score, 3)))

    def _are_near(self, one: Identity, two: Identity) -> bool:
        """Return whether two indicators are of neighbouring reports, or of reports on the same months."""
        months = {(self._days[at].start[5:7], self._days[at].end[5:7]) for at in one.entries}
        return any(
            (self._days[at].start[5:7], self._days[at].end[5:7]) in months
            or not one.entries.keys().isdisjoint((at - 1, at + 1))
            for at in two.entries
        )

    def _score(self, ones: list[Identity], twos: list[Identity]) -> Scores:
        """Return the log-odds of all pairs that are worth a look."""
        first = [(n, entry) for n, each in enumerate(ones) for entry in each.voices()]
        second = [(m, entry) for m, each in enumerate(twos) for entry in each.voices()]
        heard: dict[tuple[int, int], list[float]] = defaultdict(list)
        for row, column, letters in self._list_worth(ones, twos, first, second):
            (n, entry), (m, other) = first[row], second[column]
            if ones[n].entries.keys().isdisjoint(twos[m].entries):
                score = self._score_pair(entry, other, letters)
                if score is not None:
                    heard[n, m].append(score)
        # one that is like all of them is surer than one that is like one
        return make_scores({pair: (max(each) + sum(each) / len(each)) / 2 for pair, each in heard.items()})

    def _list_worth(
        self,
        ones: list[Identity],
        twos: list[Identity],
        first: list[tuple[int, Entry]],
        second: list[tuple[int, Entry]],
    ) -> Iterator[tuple[int, int, float]]:
        """Yield the pairs to look at, with their letters: the nearest by these, and what figures say."""
        left, right = [entry for _, entry in first], [entry for _, entry in second]
        alike = self.alike.find_nearest(left, right, _NEAREST)
        borne = self.features.find_borne_out(left, right)
        bridges = find_bridges([i.levels for i in ones], [i.levels for i in twos])
        if bridges:
            places: dict[int, list[int]] = defaultdict(list)
            for at, (m, _) in enumerate(second):
                places[m].append(at)
            for row, (n, _) in enumerate(first):
                borne.update((row, at) for m in bridges.get(n, ()) for at in places[m])
        missing = [pair for pair in borne if pair not in alike]
        alike.update(zip(missing, self.alike.compare_pairs(left, right, missing), strict=True))
        for (row, column), letters in sorted(alike.items()):
            yield row, column, letters

    def _score_pair(self, one: Entry, two: Entry, letters: float) -> float | None:
        """Return the log-odds of two entries; None for a pair that is none, by more than its name."""
        key = id(one), id(two)
        if key not in self._fixed:
            self._fixed[key] = self._score_fixed(one, two, letters)
        fixed = self._fixed[key]
        if fixed is None:
            return None
        return fixed + self._model.add_up(self._neighbours.compare(one, two), len(FIXED))

    def _sown(self, entry: Entry) -> bool:
        return entry.name.terms <= crop_terms(self._lexicon)

    def _score_fixed(self, one: Entry, two: Entry, letters: float) -> float | None:
        if one.key == two.key and oppose(one.own_rivals, two.own_rivals):
            return None  # `giấy phép cấp mới`, `giấy phép cấp lại`: more than the name tells them apart
        place, other = one.own_rivals.get(GROUP), two.own_rivals.get(GROUP)
        if place is not None and other is not None and place.isdisjoint(other):
            return None  # `xã An Hòa`, `xã An Bình`
        if (place is None or other is None) and one.placed != two.placed:
            return None  # `huyện Phù Lạc trồng 620 ha ngô`, `các huyện trồng 640 ha`
        sown = self._season in one.rivals and self._sown(one) and self._sown(two)
        if sown and are_of_seasons(one, two, self._season):
            return None  # `Đông Xuân … sản lượng 442.358 tấn`, `Hè Thu … sản lượng 717.129 tấn`
        if self._different and frozenset((one.label, two.label)) in self._different:
            return None
        return self._model.bias + self._model.add_up(self.features.read_fixed(one, two, letters))


def _list_likeliest(scores: Scores) -> Iterable[tuple[int, int, float]]:
    """Yield of each row the likeliest pairs, three at most, from what is shown to a reader on."""
    shown = sorted(
        (int(n), -float(score), -int(m)) for n, m, score in zip(*scores, strict=True) if score >= PROPOSE
    )
    for _, row in groupby(shown, key=itemgetter(0)):
        for n, score, m in [*row][:_CANDIDATES]:
            yield n, -m, -score


__all__ = ["ACCEPT_FAR", "PROPOSE", "Joiner", "Pair", "Proposal"]
