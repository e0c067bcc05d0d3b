"""Which indicator of one report is which of the others: equal names first, then by likeness, one to one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from docanalyze.compare.bridges import bears_out
from docanalyze.compare.entries import Entry, oppose
from docanalyze.compare.features import are_far_apart
from docanalyze.compare.identity import Identity
from docanalyze.compare.joiner import Joiner, Proposal
from docanalyze.compare.pairing import PairingModel
from docanalyze.compare.seasons import are_of_seasons, season_group
from docanalyze.core.days import Days
from docanalyze.core.names import fold_words
from docanalyze.lexicon import Lexicon

ACCEPT = 0.5
"""The probability from which a pair is taken for one indicator, once the surer ones are joined."""
_ROUNDS = (0.9, 0.7, ACCEPT)
SYNONYM = 0.95
"""How sure a pair is whose names are equal once other words for the same are taken for one."""
_PLAIN = 0.9
"""How sure a pair of one short name must be to count as plainly one."""
_LIKE = 0.2
_SECOND = 0.5
_BACK = 4
_SHORT = 2
_THRICE = 3


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
    breaks: frozenset[int] = frozenset(),
) -> Alignment:
    """Return what is which over the reports, in order; labels that are `different` are no pair.

    `pairing` is another model than the shipped one; with each of `breaks` a new area begins.
    """
    identities: list[Identity] = []
    proposals: list[Proposal] = []
    numbers = count()
    joiner = Joiner(reports, days, lexicon, different=different, pairing=pairing, breaks=breaks)
    by_key: dict[tuple[str, str], list[Identity]] = defaultdict(list)
    season = season_group(lexicon)
    codes = frozenset(lexicon["wordings"]["code"]["words"])
    for number, entries in enumerate(reports):
        taken: set[int] = set()
        left: list[Entry] = []
        grouped: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in entries:
            grouped[entry.key].append(entry)
        for key, group in grouped.items():
            known = [i for i in by_key.get(key, ()) if i.number not in taken] if key[0] else []
            for entry, identity in _match_equal(group, known, season, codes):
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
                plain = plain and not are_of_seasons(one.last, identity.last, season)
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


def _match_equal(
    group: list[Entry], known: list[Identity], season: str, codes: frozenset[str]
) -> list[tuple[Entry, Identity]]:
    """Return the pairs of one name; of several, those borne out by figures or most alike around.

    Figures of other sizes under one name among other words are no pair: `nộp ngân sách` of a tax office and
    of what an inspection found.
    A short name (`sản lượng`) is not enough by itself: only a figure printed again bears it out; `GRDP` is.
    """
    if not known:
        return []
    long = len(group[0].name.words - fold_words(group[0].first.unit)) > _SHORT or group[0].name.key in codes
    if long and len(group) == len(known) == 1:
        entry, identity = group[0], known[0]
        last = identity.last
        told = oppose(entry.section_rivals, last.section_rivals)
        told = told or oppose(entry.own_rivals, last.own_rivals) or are_of_seasons(entry, last, season)
        told = told or (are_far_apart(entry, last) and _surroundings(entry, last) < _LIKE)
        # of a season, and of all of them: `vụ Đông Xuân gieo trồng 23.618 ha`, `cả năm 315.470 ha`
        told = told or ((season in entry.rivals) != (season in last.rivals) and _are_apart(entry, last))
        return [] if told else [(entry, identity)]

    def weigh(entry: Entry, identity: Identity) -> float:
        around = _surroundings(entry, identity.last) if long else -_are_opposed(entry, identity.last)
        again = not entry.others.isdisjoint(identity.printed)  # under a second name, in a table
        return 2 * bears_out(entry, identity.levels) + around + _SECOND * again

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


def _are_apart(one: Entry, two: Entry) -> bool:
    """Return whether the first levels of two entries are more than three times apart."""
    if one.first.kind != "level" or two.first.kind != "level":
        return False
    least, most = sorted((abs(one.first.value), abs(two.first.value)))
    return most > _THRICE * least


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


__all__ = ["ACCEPT", "SYNONYM", "Alignment", "align_entries"]
