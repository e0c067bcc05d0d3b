"""Plans that stand by themselves, put together with what they are the plans of, as a ratio tells.

`Kế hoạch vốn 5.236,4 tỷ đồng. Đến 25/3 giải ngân 612,9 tỷ đồng, đạt 11,7% kế hoạch`: 612,9 is 11,7 % of it.
Another report may print both in one row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docanalyze.compare.entries import Entry
from docanalyze.compare.identity import Identity
from docanalyze.compare.implied import confirm, imply_whole, list_implied

_NEAR = 6
_YEARLY = "target 12:"
"""How the units of aims for a whole year begin."""


def join_plans(identities: Sequence[Identity], reports: Sequence[list[Entry]]) -> list[Identity]:
    """Return the identities, those of plans joined with those of what is done of them."""
    owner = {id(entry): identity for identity in identities for entry in identity.entries.values()}
    gone: set[int] = set()
    for entries in reports:
        for plan, done in list(_find_planned(entries)):
            one, two = owner[id(plan)], owner[id(done)]
            if one is two or one.number in gone or two.number in gone:
                continue
            owner.update({id(entry): two for entry in one.entries.values()})
            _put_together(one, two, reports)
            gone.add(one.number)
    return [identity for identity in identities if identity.number not in gone]


def join_aims(identities: Sequence[Identity], reports: Sequence[list[Entry]]) -> list[Identity]:
    """Return the identities, those of aims for a year joined with those of what is done under their name.

    `Phấn đấu thu ngân sách cả năm đạt 550 tỷ đồng`, and in the next report the plan beside the result.
    """
    yearly = [identity for identity in identities if identity.last.unit[: len(_YEARLY)] == _YEARLY]
    aims = [i for i in yearly if all(entry.unit.startswith(_YEARLY) for entry in i.entries.values())]
    done: dict[tuple[str, str], list[Identity]] = {}
    for identity in identities if aims else ():
        if identity not in aims:
            for key in {entry.key for entry in identity.entries.values()}:
                done.setdefault(key, []).append(identity)
    gone: set[int] = set()
    for aim in aims:
        keys = {(entry.name.key, entry.unit.removeprefix(_YEARLY)) for entry in aim.entries.values()}
        found = {other.number: other for key in keys for other in done.get(key, ()) if key[0]}
        if len(found) == 1:
            (other,) = found.values()
            _put_together(aim, other, reports)
            gone.add(aim.number)
    return [identity for identity in identities if identity.number not in gone]


def _put_together(one: Identity, two: Identity, reports: Sequence[list[Entry]]) -> None:
    """Add the entries of an identity to another; of a report that has both, the figures."""
    for number, entry in one.entries.items():
        held = two.entries.get(number)
        if held is None:
            two.add(entry, one.score)
        else:
            held.observations.extend(entry.observations)
            reports[number].remove(entry)


def _find_planned(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Yield the plans of a report that stand by themselves, each with the one entry whose ratio gives it."""
    plans = [
        (at, entry, list_implied(entry)) for at, entry in enumerate(entries) if entry.first.kind == "plan"
    ]
    for at, entry, printed in plans:
        near = entries[max(0, at - _NEAR) : at + 1 + _NEAR]
        found = [
            other
            for other in near
            if other is not entry
            and other.first.section == entry.first.section
            and other.unit == entry.unit
            and confirm(imply_whole(other), printed) > 0
        ]
        if len(found) == 1:
            yield entry, found[0]
