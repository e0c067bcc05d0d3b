"""Which indicator of one report is which of the others: equal names first, then by likeness, one to one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from docanalyze.compare.entries import Entry, meets
from docanalyze.compare.features import Neighbours, find_probability, read_features, weigh_words
from docanalyze.compare.likeness import Likeness, assign_pairs
from docanalyze.compare.names import write_title
from docanalyze.compare.observation import Observation
from docanalyze.core.days import Days

ACCEPT = 0.25
"""The probability from which a pair is taken for one indicator, once the surer ones are joined."""
PROPOSE = 0.08
"""The probability from which a pair is shown to the reader as a candidate."""
_LIKELY = 0.5
_ROUNDS = (0.6, ACCEPT)
_CLEAR = 0.12
"""The probability from which a pair is taken that is by far the best of both of its sides."""
_FAR = 2.0
_BACK = 4
_FIRST_LOOK = 0.15
_BRIDGE_DIGITS = 3
_CANDIDATES = 3
_SHORT = 2
_NEAR = 0.2


@dataclass(eq=False)
class Identity:
    """One indicator over the reports: its entry in each, and the likeness of the weakest pairing."""

    number: int
    entries: dict[int, Entry] = field(default_factory=dict)
    keys: set[tuple[str, str]] = field(default_factory=set)
    score: float = 1.0
    levels: dict[Days, list[Observation]] = field(default_factory=lambda: defaultdict(list))

    @property
    def last(self) -> Entry:
        """The entry of the latest report."""
        return self.entries[max(self.entries)]

    @property
    def title(self) -> str:
        """The fullest name that a report gives it: `sản lượng thủy sản`, not `sản lượng`."""
        names = [self.entries[number].name for number in sorted(self.entries, reverse=True)]
        best = max(names, key=lambda name: (len(name.words), -len(name.printed)))
        return write_title(best.printed or self.last.first.unit or self.last.unit)

    @property
    def is_likely(self) -> bool:
        """Whether all pairings are surer than not, so that findings on them are worth telling."""
        return self.score >= _LIKELY

    def add(self, entry: Entry, score: float = 1.0) -> None:
        """Add the entry of a further report."""
        self.entries[entry.report] = entry
        self.keys.add(entry.key)
        self.score = min(self.score, score)
        for each in entry.levels():
            self.levels[each.days].append(each)


@dataclass(frozen=True)
class Proposal:
    """A pair of entries that might be one indicator, below the threshold."""

    entry: Entry
    other: Entry
    score: float


@dataclass
class Alignment:
    """The identities, and the pairs that were near to being joined."""

    identities: list[Identity]
    proposals: list[Proposal]


def align_entries(
    reports: Sequence[Sequence[Entry]],
    days: Sequence[Days],
    *,
    same: Mapping[str, str] | None = None,
    different: frozenset[frozenset[str]] = frozenset(),
) -> Alignment:
    """Return what is which over the reports, in order; `same` maps labels to those they are joined with."""
    identities: list[Identity] = []
    proposals: list[Proposal] = []
    joiner = _Joiner(reports, different)
    by_key: dict[tuple[str, str], list[Identity]] = defaultdict(list)
    for number, entries in enumerate(reports):
        taken: set[int] = set()
        left: list[Entry] = []
        grouped: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in entries:
            grouped[_mapped(entry, same or {})].append(entry)
        for key, group in grouped.items():
            known = [i for i in by_key.get(key, ()) if i.number not in taken] if key[0] else []
            for entry, identity in _match_equal(group, known):
                joiner.join(entry, identity, 1.0)
                taken.add(identity.number)
                group.remove(entry)
                _register(by_key, entry, identity)
            left.extend(group)
        recent = _recent(number, days)
        for least in _ROUNDS:
            open_ = [i for i in identities if i.number not in taken and not recent.isdisjoint(i.entries)]
            pairs, near = joiner.match(left, open_, least)
            for entry, identity, score in pairs:
                joiner.join(entry, identity, score)
                taken.add(identity.number)
                _register(by_key, entry, identity)
            matched = {id(entry) for entry, _, _ in pairs}
            left = [entry for entry in left if id(entry) not in matched]
        proposals.extend(near)
        for entry in left:
            identity = Identity(len(identities))
            joiner.join(entry, identity, 1.0)
            identities.append(identity)
            _register(by_key, entry, identity)
    return Alignment(identities, proposals)


def _register(by_key: dict[tuple[str, str], list[Identity]], entry: Entry, identity: Identity) -> None:
    known = by_key[entry.key]
    if identity not in known:
        known.append(identity)


def _mapped(entry: Entry, same: Mapping[str, str]) -> tuple[str, str]:
    label = same.get(entry.label)
    if label is None:
        return entry.key
    words, _, unit = label.rpartition("|")
    return words, unit


def _recent(number: int, days: Sequence[Days]) -> set[int]:
    """Return the reports whose loose ends are tried: the four before, and those of a year ago."""
    own = days[number]
    year = f"{int(own.end[:4]) - 1:04d}{own.end[4:7]}"
    return {n for n in range(number) if n >= number - _BACK or days[n].end[:7] == year}


def _match_equal(group: list[Entry], known: list[Identity]) -> list[tuple[Entry, Identity]]:
    """Return the pairs of one name; of several, those whose surroundings are most alike."""
    if not known:
        return []
    if len(group) == len(known) == 1:
        entry, identity = group[0], known[0]
        return [(entry, identity)] if _is_plain(entry, identity) else []
    scored = sorted(
        ((_surroundings(e, i.last) + 2 * _bridge(e, i), -n, -m)
         for n, e in enumerate(group) for m, i in enumerate(known)),
        reverse=True,
    )  # fmt: skip
    pairs: list[tuple[Entry, Identity]] = []
    rows: set[int] = set()
    columns: set[int] = set()
    for score, n, m in scored:
        if score >= _NEAR and n not in rows and m not in columns:
            rows.add(n)
            columns.add(m)
            pairs.append((group[-n], known[-m]))
    return pairs


def _is_plain(entry: Entry, identity: Identity) -> bool:
    """Return whether an equal name is enough: a short one (`sản lượng`) needs like surroundings too."""
    if len(entry.name.words) > _SHORT or _bridge(entry, identity):
        return True
    return _surroundings(entry, identity.last) >= _NEAR


def _surroundings(one: Entry, two: Entry) -> float:
    """Return how alike the words around two entries are: sentence, table, row above, section."""
    a, b = one.context - one.name.words, two.context - two.name.words
    score = len(a & b) / min(len(a), len(b)) if a and b else 0.5 if not a and not b else 0.25
    if one.first.section and two.first.section:
        score += 0.15 * (one.first.section.casefold() == two.first.section.casefold())
    if one.first.scope and one.first.scope == two.first.scope:
        score += 0.3
    return score


def _bridge(entry: Entry, identity: Identity) -> bool:
    """Return whether a report prints of an earlier period what an earlier report printed of it."""
    for each in entry.levels():
        if each.digits < _BRIDGE_DIGITS:
            continue
        for other in identity.levels.get(each.days, ()):
            if other.report != each.report and other.unit == each.unit and meets(each, other):
                return True
    return False


class _Joiner:
    """Joins entries to identities, and finds the best pairs of those that are left."""

    def __init__(self, reports: Sequence[Sequence[Entry]], different: frozenset[frozenset[str]]) -> None:
        self._entries = [entry for report in reports for entry in report]
        self._neighbours = Neighbours(reports)
        self._different = different

    @cached_property
    def _alike(self) -> Likeness:
        return Likeness(self._entries)

    @cached_property
    def _weights(self) -> dict[str, float]:
        return weigh_words(self._entries)

    def join(self, entry: Entry, identity: Identity, score: float) -> None:
        """Add an entry to an identity."""
        identity.add(entry, score)
        self._neighbours.known[id(entry)] = identity.number

    def match(
        self, left: list[Entry], known: list[Identity], least: float
    ) -> tuple[list[tuple[Entry, Identity, float]], list[Proposal]]:
        """Return the pairs of like entries, one to one, from a probability on; and those that come near."""
        groups: dict[str, tuple[list[Entry], list[Identity]]] = {}
        for entry in left if known else ():
            if entry.near:
                groups.setdefault(entry.broad_unit, ([], []))[0].append(entry)
        for identity in known:
            if identity.last.broad_unit in groups and identity.last.near:
                groups[identity.last.broad_unit][1].append(identity)
        pairs: list[tuple[Entry, Identity, float]] = []
        near: list[Proposal] = []
        for entries, identities in groups.values():
            if not identities:
                continue
            scores = self._score(entries, identities)
            chosen = {
                n: m for n, m in assign_pairs(scores) if scores[n, m] >= least or _is_clear(scores, n, m)
            }
            used = set(chosen.values())
            for n, entry in enumerate(entries):
                if n in chosen:
                    pairs.append((entry, identities[chosen[n]], round(float(scores[n, chosen[n]]), 3)))
                    continue
                for m in scores[n].argsort()[::-1][:_CANDIDATES].tolist():
                    if scores[n, m] >= PROPOSE and m not in used:
                        near.append(Proposal(entry, identities[m].last, round(float(scores[n, m]), 3)))
        return pairs, near

    def _score(self, entries: list[Entry], identities: list[Identity]) -> Any:
        """Return the probabilities of all pairs as an array; 0 for pairs with nothing in common."""
        scores = self._alike.compare(entries, [identity.last for identity in identities])
        bridges = _find_bridges(entries, identities)
        for n, entry in enumerate(entries):
            row = scores[n]
            worth = {*(row >= _FIRST_LOOK).nonzero()[0].tolist(), *bridges.get(n, ())}
            letters = {m: float(row[m]) for m in worth}
            row[:] = 0.0
            for m in worth:
                last = identities[m].last
                if self._different and frozenset((entry.label, last.label)) in self._different:
                    continue
                features = read_features(entry, last, letters[m], self._weights, self._neighbours)
                row[m] = find_probability(features)
        return scores


def _is_clear(scores: Any, row: int, column: int) -> bool:
    """Return whether a pair's probability is at least double that of any other pair of either side."""
    score = scores[row, column]
    if score < _CLEAR:
        return False
    others = (
        max((float(x) for n, x in enumerate(scores[row]) if n != column), default=0.0),
        max((float(x) for n, x in enumerate(scores[:, column]) if n != row), default=0.0),
    )
    return bool(score >= _FAR * max(others))


def _find_bridges(entries: list[Entry], identities: list[Identity]) -> dict[int, set[int]]:
    """Return for each entry the identities whose figure of an earlier period it prints again."""
    printed: dict[tuple[Days, str], list[tuple[Observation, int]]] = defaultdict(list)
    for m, identity in enumerate(identities):
        for days, levels in identity.levels.items():
            for each in levels:
                printed[days, each.unit].append((each, m))
    found: dict[int, set[int]] = defaultdict(set)
    for n, entry in enumerate(entries):
        for each in entry.levels():
            if each.digits >= _BRIDGE_DIGITS:
                same = printed.get((each.days, each.unit), ())
                found[n].update(m for other, m in same if meets(each, other))
    return found


__all__ = ["ACCEPT", "PROPOSE", "Alignment", "Identity", "Proposal", "align_entries"]
