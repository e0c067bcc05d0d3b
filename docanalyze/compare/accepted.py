"""Pairs of indicators that a reader accepted, joined where the alignment has not joined them by itself.

What the alignment joins anyhow stays as it is: a comparison with the mapping file that it wrote is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docanalyze.compare.align import SYNONYM
from docanalyze.compare.identity import Identity


def join_accepted(identities: Sequence[Identity], same: Iterable[tuple[str, str]]) -> list[Identity]:
    """Return the identities, those of the pairs of labels joined that stand apart.

    Where both have a figure in one report, the second label goes over to the first: a reader's word is more
    than a likeness.
    """
    found = list(identities)
    for one, two in same:
        ones, twos = ([i for i in found if _has(i, label)] for label in (one, two))
        if one == two or not ones or not twos or any(identity in twos for identity in ones):
            continue
        pairs = sorted(
            ((_rank(i, j), n, m) for n, i in enumerate(ones) for m, j in enumerate(twos)), key=lambda x: x[0]
        )
        joined: set[int] = set()
        for _, n, m in pairs:
            if joined.isdisjoint((id(ones[n]), id(twos[m]))):
                joined |= {id(ones[n]), id(twos[m])}
                found = _join(found, ones[n], twos[m], two)
    return found


def _has(identity: Identity, label: str) -> bool:
    return any(entry.label == label for entry in identity.entries.values())


def _rank(one: Identity, two: Identity) -> tuple[int, int, int, int]:
    """Return what tells the likeliest pair of several: no report that has both, then the nearest reports."""
    both = len(one.entries.keys() & two.entries.keys())
    apart = min(abs(a - b) for a in one.entries for b in two.entries)
    return both, apart, one.number, two.number


def _join(found: list[Identity], one: Identity, two: Identity, label: str) -> list[Identity]:
    """Return the identities, the entries of the second one added to the first: all, or those of a label."""
    apart = one.entries.keys().isdisjoint(two.entries)
    gone = {
        report: entry
        for report, entry in two.entries.items()
        if apart or (entry.label == label and report not in one.entries)
    }
    for entry in gone.values():
        one.add(entry, SYNONYM)
    rest = Identity(two.number)
    for report, entry in two.entries.items():
        if report not in gone:
            rest.add(entry, two.score)
    return [rest if each is two else each for each in found if each is not two or rest.entries]
