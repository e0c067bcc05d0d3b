"""Which indicator of one report is which of the others: equal names first, then by likeness, one to one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import Any

from docanalyze.compare.bridges import bears_out, find_bridges
from docanalyze.compare.entries import Entry, oppose
from docanalyze.compare.features import Features, Neighbours, are_far_apart, weigh_words
from docanalyze.compare.likeness import Likeness, assign_pairs
from docanalyze.compare.names import Name, plain_terms, write_title
from docanalyze.compare.observation import Observation
from docanalyze.compare.pairing import PairingModel, load_pairing, make_scores
from docanalyze.core.days import Days
from docanalyze.core.names import fold_words
from docanalyze.lexicon import Lexicon

ACCEPT = 0.5
"""The probability from which a pair is taken for one indicator, once the surer ones are joined."""
ACCEPT_FAR = 0.7
"""That of a pair of reports neither neighbours nor of the same months: what is gone seldom comes back."""
PROPOSE = 0.08
"""The probability from which a pair is shown to the reader as a candidate."""
_LIKELY = 0.5
_ROUNDS = (0.9, 0.7, ACCEPT)
_VOICES = 3
SYNONYM = 0.95
"""How sure a pair is whose names are equal once other words for the same are taken for one."""
_PLAIN = 0.9
"""How sure a pair of one short name must be to count as plainly one."""
_LIKE = 0.2
_BACK = 4
FIRST_LOOK = 0.05
"""How alike in their letters two entries must be to be looked at."""
_CANDIDATES = 3
_SHORT = 2


@dataclass(eq=False)
class Identity:
    """One indicator over the reports: its entry in each, and the likeness of the weakest pairing."""

    number: int
    entries: dict[int, Entry] = field(default_factory=dict)
    score: float = 1.0
    printed: set[str] = field(default_factory=set)
    levels: dict[Days, list[Observation]] = field(default_factory=lambda: defaultdict(list))
    _title: tuple[int, str] = (0, "")
    _last: int = -1

    @property
    def last(self) -> Entry:
        """The entry of the latest report."""
        return self.entries[self._last]

    @property
    def title(self) -> str:
        """The fullest name that reports agree on: `sản lượng thủy sản`, not `sản lượng` or `công ty bán`."""
        if self._title[0] != len(self.entries):
            names = {
                (name.key, name.printed): name
                for number in sorted(self.entries, reverse=True)
                for name in (self.entries[number].name,)
            }
            counts = Counter(word for entry in self.entries.values() for word in entry.name.words)

            def rank(name: Name) -> tuple[int, int, int]:
                return sum(counts[word] for word in name.words), len(name.words), -len(name.printed)

            best = max(names.values(), key=rank)
            title = write_title(best.printed or self.last.first.unit or self.last.unit)
            self._title = len(self.entries), title
        return self._title[1]

    @property
    def is_likely(self) -> bool:
        """Whether all pairings are surer than not, so that findings on them are worth telling."""
        return self.score >= _LIKELY

    def voices(self) -> list[Entry]:
        """Return its entries under different names, the latest first, at most three."""
        found: dict[tuple[str, str], Entry] = {}
        for number in sorted(self.entries, reverse=True):
            found.setdefault(self.entries[number].key, self.entries[number])
        return list(found.values())[:_VOICES]

    def add(self, entry: Entry, score: float = 1.0) -> None:
        """Add the entry of a further report."""
        self.entries[entry.report] = entry
        self._last = max(self._last, entry.report)
        self.printed.add(entry.name.printed_key)
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
    different: frozenset[frozenset[str]] = frozenset(),
    lexicon: Lexicon,
    pairing: PairingModel | None = None,
) -> Alignment:
    """Return what is which over the reports, in order; labels that are `different` are no pair.

    `pairing` is another model than the shipped one.
    """
    identities: list[Identity] = []
    proposals: list[Proposal] = []
    numbers = count()
    joiner = Joiner(reports, days, lexicon, different=different, pairing=pairing)
    by_key: dict[tuple[str, str], list[Identity]] = defaultdict(list)
    for number, entries in enumerate(reports):
        taken: set[int] = set()
        left: list[Entry] = []
        grouped: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in entries:
            grouped[entry.key].append(entry)
        for key, group in grouped.items():
            known = [i for i in by_key.get(key, ()) if i.number not in taken] if key[0] else []
            for entry, identity in _match_equal(group, known):
                joiner.join(entry, identity, 1.0 if entry.name.printed_key in identity.printed else SYNONYM)
                taken.add(identity.number)
                group.remove(entry)
                _register(by_key, entry, identity)
            left.extend(group)
        fresh: list[Identity] = []
        for entry in left:
            identity = Identity(next(numbers))
            joiner.join(entry, identity, 1.0)
            fresh.append(identity)
        recent = _recent(number, days)
        near: list[Proposal] = []
        for least in _ROUNDS:
            open_ = [i for i in identities if i.number not in taken and not recent.isdisjoint(i.entries)]
            pairs, near = joiner.match(fresh, open_, least)
            for one, identity, score in pairs:
                plain = score >= _PLAIN and one.last.name.printed_key in identity.printed
                joiner.join(one.last, identity, 1.0 if plain else score)
                taken.add(identity.number)
                _register(by_key, one.last, identity)
                fresh.remove(one)
        proposals.extend(near)
        for identity in fresh:
            identities.append(identity)
            _register(by_key, identity.last, identity)
    identities = _join_rest(identities, joiner, days)
    return Alignment(identities, proposals)


def _join_rest(identities: list[Identity], joiner: Joiner, days: Sequence[Days]) -> list[Identity]:
    """Return the identities, those joined that no report has both of: `quá hạn` between two `trễ hạn`."""
    gone: set[int] = set()
    for number in range(len(days) - 1):
        ones = [i for i in identities if i.number not in gone and min(i.entries) == number]
        reach = range(number, number + _BACK + 1)
        twos = [i for i in identities if i.number not in gone and min(i.entries) > number]
        twos = [i for i in twos if not i.entries.keys().isdisjoint(reach)]
        pairs, _ = joiner.match(ones, twos, _ROUNDS[-1])
        for one, two, score in pairs:
            for entry in two.entries.values():
                joiner.join(entry, one, min(score, two.score))
            gone.add(two.number)
    return [identity for identity in identities if identity.number not in gone]


def _register(by_key: dict[tuple[str, str], list[Identity]], entry: Entry, identity: Identity) -> None:
    if identity not in by_key[entry.key]:
        by_key[entry.key].append(identity)


def _recent(number: int, days: Sequence[Days]) -> set[int]:
    """Return the reports whose loose ends are tried: the four before, and those of a year ago."""
    own = days[number]
    year = f"{int(own.end[:4]) - 1:04d}{own.end[4:7]}"
    return {n for n in range(number) if n >= number - _BACK or days[n].end[:7] == year}


def _match_equal(group: list[Entry], known: list[Identity]) -> list[tuple[Entry, Identity]]:
    """Return the pairs of one name; of several, those borne out by figures or most alike around.

    Figures of other sizes under one name among other words are no pair: `nộp ngân sách` of a tax office and
    of what an inspection found.
    A short name (`sản lượng`) is not enough by itself: only a figure printed again bears it out.
    """
    if not known:
        return []
    long = len(group[0].name.words - fold_words(group[0].unit)) > _SHORT
    if long and len(group) == len(known) == 1:
        entry, identity = group[0], known[0]
        last = identity.last
        told = oppose(entry.section_rivals, last.section_rivals)
        told = told or oppose(entry.own_rivals, last.own_rivals)
        told = told or (are_far_apart(entry, last) and _surroundings(entry, last) < _LIKE)
        return [] if told else [(entry, identity)]

    def weigh(entry: Entry, identity: Identity) -> float:
        around = _surroundings(entry, identity.last) if long else -_are_opposed(entry, identity.last)
        return 2 * bears_out(entry, identity.levels) + around

    scored = sorted(
        ((weigh(e, i), -n, -m) for n, e in enumerate(group) for m, i in enumerate(known)), reverse=True
    )
    pairs: list[tuple[Entry, Identity]] = []
    rows: set[int] = set()
    columns: set[int] = set()
    for score, n, m in scored:
        if score >= (_LIKE if long else 2) and n not in rows and m not in columns:
            rows.add(n)
            columns.add(m)
            pairs.append((group[-n], known[-m]))
    return pairs


def _surroundings(one: Entry, two: Entry) -> float:
    """Return how alike the words around two entries are: sentence, table, row above, section."""
    if _are_opposed(one, two):
        return -1.0
    a, b = one.around, two.around
    score = len(a & b) / min(len(a), len(b)) if a and b else 0.5 if not a and not b else 0.0
    if one.first.section and two.first.section:
        score += 0.15 * (one.first.section.casefold() == two.first.section.casefold())
    if one.first.scope and one.first.scope == two.first.scope:
        score += 0.3
    return score


def _are_opposed(one: Entry, two: Entry) -> bool:
    return oppose(one.rivals, two.rivals) or oppose(one.section_rivals, two.section_rivals)


class Joiner:
    """Joins entries to identities, and finds the best pairs of those that are left."""

    def __init__(
        self,
        reports: Sequence[Sequence[Entry]],
        days: Sequence[Days],
        lexicon: Lexicon,
        *,
        different: frozenset[frozenset[str]] = frozenset(),
        pairing: PairingModel | None = None,
    ) -> None:
        self._days = days
        self._given = pairing
        self._entries = [entry for report in reports for entry in report]
        self._neighbours = Neighbours(reports)
        self._different = different
        self._lexicon = lexicon

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
        )

    def join(self, entry: Entry, identity: Identity, score: float) -> None:
        """Add an entry to an identity."""
        identity.add(entry, score)
        self._neighbours.add(entry, identity.number)

    def match(
        self, left: list[Identity], known: list[Identity], least: float
    ) -> tuple[list[tuple[Identity, Identity, float]], list[Proposal]]:
        """Return the pairs of like identities, one to one, from a probability on; and near ones."""
        groups: dict[str, tuple[list[Identity], list[Identity]]] = {}
        for each in left if known else ():
            if each.last.near:
                groups.setdefault(each.last.broad_unit, ([], []))[0].append(each)
        for identity in known:
            if identity.last.broad_unit in groups and identity.last.near:
                groups[identity.last.broad_unit][1].append(identity)
        pairs: list[tuple[Identity, Identity, float]] = []
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
        pairs: list[tuple[Identity, Identity, float]],
        near: list[Proposal],
    ) -> None:
        """Add the pairs of identities of one unit, and near ones."""
        if not ones or not twos:
            return
        scores = self._model.weigh(self._score(ones, twos))
        chosen = {
            n: m
            for n, m in assign_pairs(scores)
            if scores[n, m] >= (least if self._are_near(ones[n], twos[m]) else max(least, ACCEPT_FAR))
        }
        used = set(chosen.values())
        for n, one in enumerate(ones):
            if n in chosen:
                pairs.append((one, twos[chosen[n]], round(float(scores[n, chosen[n]]), 3)))
                continue
            for m in scores[n].argsort()[::-1][:_CANDIDATES].tolist():
                if scores[n, m] >= PROPOSE and m not in used:
                    near.append(Proposal(one.last, twos[m].last, round(float(scores[n, m]), 3)))

    def _are_near(self, one: Identity, two: Identity) -> bool:
        """Return whether two indicators are of neighbouring reports, or of reports on the same months."""
        months = {(self._days[at].start[5:7], self._days[at].end[5:7]) for at in one.entries}
        return any(
            (self._days[at].start[5:7], self._days[at].end[5:7]) in months
            or not one.entries.keys().isdisjoint((at - 1, at + 1))
            for at in two.entries
        )

    def _score(self, ones: list[Identity], twos: list[Identity]) -> Any:
        """Return the log-odds of all pairs as an array; -inf for those that are not looked at."""
        first = [(n, entry) for n, each in enumerate(ones) for entry in each.voices()]
        second = [(m, entry) for m, each in enumerate(twos) for entry in each.voices()]
        alike = self.alike.compare([entry for _, entry in first], [entry for _, entry in second])
        bridges = find_bridges([i.levels for i in ones], [i.levels for i in twos])
        borne = self.features.find_borne_out([e for _, e in first], [e for _, e in second])
        scores = make_scores(len(ones), len(twos))
        heard: dict[tuple[int, int], list[float]] = defaultdict(list)
        for row, (n, entry) in enumerate(first):
            near = alike[row]
            worth = {*(near >= FIRST_LOOK).nonzero()[0].tolist()}
            if n in bridges:
                worth |= {at for at, (m, _) in enumerate(second) if m in bridges[n]}
            worth |= borne[row]
            for at in worth:
                m, other = second[at]
                if ones[n].entries.keys() & twos[m].entries.keys():
                    continue
                if entry.key == other.key and oppose(entry.own_rivals, other.own_rivals):
                    continue  # `giấy phép cấp mới`, `giấy phép cấp lại`: more than the name tells them apart
                if self._different and frozenset((entry.label, other.label)) in self._different:
                    continue
                heard[n, m].append(self._model.score(self.features.read(entry, other, float(near[at]))))
        for (n, m), each in heard.items():  # one that is like all of them is surer than one that is like one
            scores[n, m] = (max(each) + sum(each) / len(each)) / 2
        return scores


__all__ = [
    "ACCEPT", "ACCEPT_FAR", "FIRST_LOOK", "PROPOSE", "SYNONYM", "Alignment", "Identity", "Joiner", "Proposal",
    "align_entries",
]  # fmt: skip
