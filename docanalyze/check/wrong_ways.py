"""REP003 where a growth is told the wrong way: `bia tăng 15,5%`, in the table 4.398, 3.718 and 84,54 %."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations

from msgspec.structs import replace

from docanalyze.check.equation import compare
from docanalyze.check.facts import Claim, Facts, is_same_unit
from docanalyze.check.judge import holds
from docanalyze.check.matches import Matches, Spot, count_digits
from docanalyze.core.figure import Figure
from docanalyze.core.names import fold_name

_NAME = re.compile(
    r"(?:.*(?<!\w)(?:trong đó|riêng|nhất là|còn|và|sản lượng)\s+|^\s*)"
    r"(?P<name>[^\W\d][^\d]*?)\s+(?:chỉ\s+|lại\s+|vẫn\s+)?(?:tăng|giảm)(?:\s+\w+)?\s*$"
)
_LEAST = 3
"""A growth of fewer digits is that of a row by chance."""
_WIDEST = 10
"""Rows of more figures than that have pairs for anything."""


def find_wrong_ways(facts: Facts, matches: Matches) -> Iterator[Claim]:
    """Yield growths that a row has too, but as a decrease, or the other way round.

    The row must begin with the name that the growth is said of, and be the only one; its ratio must print
    the growth turned round, and two of its figures must make that ratio.
    """
    names: dict[str, list[tuple[str, int]]] | None = None
    for figure in facts.prose():
        owner = facts.by_mention.get(figure.mention)
        if owner is None or owner.role != "growth" or figure.dimension != "%" or not figure.plain:
            continue
        found = _NAME.search(facts.clause_before(figure)) if count_digits(figure) >= _LEAST else None
        if found is None:
            continue
        names = _read_names(facts, matches) if names is None else names
        lines = names.get(fold_name(found["name"]).strip(), ())
        if len(lines) == 1:
            yield from _claim_turned(figure, matches.rows[lines[0]])


def _claim_turned(ratio: Figure, spots: list[Spot]) -> Iterator[Claim]:
    indices = [spot.figure for spot in spots if spot.figure.dimension == "%"]
    levels = [spot.figure for spot in spots if spot.figure.dimension != "%"]
    if not indices or len(levels) > _WIDEST:
        return
    turned = replace(ratio, sign=-ratio.sign)
    pairs = [(one, two) for one, two in permutations(levels, 2) if is_same_unit(one, two) and two.number]
    if any(holds(compare("growth", one, two, ratio)) for one, two in pairs):
        return
    for one, two in pairs:
        if not holds(compare("growth", one, two, turned)):
            continue
        if any(holds(compare("ratio", one, two, index)) for index in indices):
            sign, other = ("-", "") if turned.sign < 0 else ("", "-")
            yield Claim(
                "REP003", verdict="fails", severity="warning",
                mentions=(("actual", one.mention), ("base", two.mention), ("ratio", ratio.mention)),
                arithmetic=f"{one.numeral} / {two.numeral} × 100 - 100"
                f" = {sign}{ratio.numeral} ≠ {other}{ratio.numeral}",
            )  # fmt: skip
            return


def _read_names(facts: Facts, matches: Matches) -> dict[str, list[tuple[str, int]]]:
    """Return the rows by what their names begin with, word by word."""
    names: dict[str, list[tuple[str, int]]] = {}
    for line, spots in matches.rows.items():
        owner = facts.by_mention.get(spots[0].figure.mention)
        words = fold_name(owner.name).split() if owner is not None else []
        for end in range(1, len(words) + 1):
            names.setdefault(" ".join(words[:end]), []).append(line)
    return names
