"""REP001 of hedged figures told twice under one name: `có khoảng 84.260 con`, later `khoảng 82.460 con`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from msgspec.structs import replace

from docanalyze.check.edits import find_edits
from docanalyze.check.equation import Equation, equate
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.one_figure import can_be_one
from docanalyze.core.figure import Figure
from docanalyze.core.names import fold_words

_TELLING, _MOST = 4, 3
_KINDS = ("digit", "swap")


def find_hedged_again(facts: Facts) -> Iterator[Claim]:
    """Yield figures of one name and one hedge in different sentences that a misprint tells apart."""
    alike: dict[tuple[str, str, str], list[Figure]] = {}
    for figure in facts.prose():
        if figure.comparator is None or figure.telling < _TELLING or figure.number != figure.high:
            continue
        owner = facts.by_mention.get(figure.mention)
        if owner is not None and len(fold_words(owner.name)) > 1:
            alike.setdefault((owner.key, owner.role or "", figure.comparator), []).append(figure)
    for group in alike.values():
        for one, two in combinations(group[:_MOST], 2):
            if facts.mentions[one.mention].sentence == facts.mentions[two.mention].sentence:
                continue
            plain = equate(replace(one, comparator=None), replace(two, comparator=None))
            if one.number != two.number and _is_slip(plain) and can_be_one(facts, one, two):
                yield Claim("REP001", plain, severity="warning", tied=True)


def _is_slip(plain: Equation) -> bool:
    """Return whether figures printed with equally many digits differ by one of them, or by two swapped."""
    one, two = (figure for _, figure in plain.terms)
    alike = one.factor == two.factor and one.decimals == two.decimals and len(one.numeral) == len(two.numeral)
    return alike and any(edit.kind in _KINDS for edit in find_edits(plain))
