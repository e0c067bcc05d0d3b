"""Which indicator of one report is which of the others: equal names first, then by likeness, one to one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from docanalyze.compare.entries import Entry, meets
from docanalyze.compare.likeness import Likeness, assign_pairs
from docanalyze.compare.observe import Observation
from docanalyze.compare.periods import Days

ACCEPT = 0.66
"""The score from which a pair of like names is taken for one indicator."""
PROPOSE = 0.4
"""The score from which a pair is shown to the reader as a candidate."""
_FIRST_LOOK = 0.3
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
        return max(names, key=lambda name: (len(name.words), -len(name.printed))).printed

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
    """Return what is which over the reports, given in order; `same` maps labels to labels to be joined with."""
    identities: list[Identity] = []
    proposals: list[Proposal] = []
    alike = Likeness([entry.name for entries in reports for entry in entries])
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
                identity.add(entry)
                taken.add(identity.number)
                group.remove(entry)
                if entry.key not in (key,) or identity not in by_key[entry.key]:
                    _register(by_key, entry, identity)
            left.extend(group)
        recent = _recent(number, days)
        open_ = [i for i in identities if i.number not in taken and not recent.isdisjoint(i.entries)]
        pairs, near = _match_alike(left, open_, alike, different)
        proposals.extend(near)
        for entry, identity, score in pairs:
            identity.add(entry, score)
            _register(by_key, entry, identity)
        matched = {id(entry) for entry, _, _ in pairs}
        for entry in left:
            if id(entry) not in matched:
                identity = Identity(len(identities))
                identity.add(entry)
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
    """Return the reports whose loose ends are tried: the two before, and those of the same days a year ago."""
    own = days[number]
    year = f"{int(own.end[:4]) - 1:04d}{own.end[4:7]}"
    return {n for n in range(number) if n >= number - 2 or days[n].end[:7] == year}


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


def _match_alike(
    left: list[Entry], known: list[Identity], alike: Likeness, different: frozenset[frozenset[str]]
) -> tuple[list[tuple[Entry, Identity, float]], list[Proposal]]:
    """Return the accepted pairs of like names with their scores, and those that come near."""
    units: dict[str, tuple[list[Entry], list[Identity]]] = {}
    for entry in left:
        if entry.name.key:
            units.setdefault(entry.unit, ([], []))[0].append(entry)
    for identity in known:
        if identity.last.unit in units and identity.last.name.key:
            units[identity.last.unit][1].append(identity)
    pairs: list[tuple[Entry, Identity, float]] = []
    near: list[Proposal] = []
    for entries, identities in units.values():
        if not identities:
            continue
        scores = alike.compare([e.name for e in entries], [i.last.name for i in identities])
        bridges = _find_bridges(entries, identities)
        for n, entry in enumerate(entries):
            row = scores[n]
            for m in {*(row >= _FIRST_LOOK).nonzero()[0].tolist(), *bridges.get(n, ())}:
                row[m] = _score(float(row[m]), entry, identities[m], m in bridges.get(n, ()), different)
            row[row < _FIRST_LOOK] = 0.0
        chosen = {n: m for n, m in assign_pairs(scores) if scores[n, m] >= ACCEPT}
        used = set(chosen.values())
        for n, entry in enumerate(entries):
            if n in chosen:
                pairs.append((entry, identities[chosen[n]], float(scores[n, chosen[n]])))
                continue
            for m in scores[n].argsort()[::-1][:_CANDIDATES].tolist():
                if scores[n, m] >= PROPOSE and m not in used:
                    near.append(Proposal(entry, identities[m].last, round(float(scores[n, m]), 3)))
    return pairs, near


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
                found[n].update(
                    m for other, m in printed.get((each.days, each.unit), ()) if meets(each, other)
                )
    return found


def _score(
    cosine: float, entry: Entry, identity: Identity, bridge: bool, different: frozenset[frozenset[str]]
) -> float:
    """Return how sure two entries are one indicator, by letters, words, surroundings and figures."""
    one, two = entry, identity.last
    if different and frozenset((one.label, two.label)) in different:
        return 0.0
    a, b = one.name.words, two.name.words
    common = len(a & b)
    score = 0.5 * cosine + 0.3 * common / len(a | b) + 0.2 * min(1.0, _surroundings(one, two))
    around_a, around_b = a | one.context, b | two.context
    if a <= around_b and b <= around_a and common:  # `giải ngân` in a sentence on `vốn đầu tư công`
        score += 0.25
    elif a - b and b - a:  # each says something that the other does not: `nuôi trồng`, `khai thác`
        score -= 0.12
    if bridge:
        score += 0.35 if common else 0.2
    return max(0.0, min(1.0, score))


__all__ = ["ACCEPT", "PROPOSE", "Alignment", "Identity", "Proposal", "align_entries"]
