"""The balance of trade with those of the two sectors, which a sentence behind tells.

`Xuất siêu 11,46 tỷ USD …. Trong đó khu vực trong nước nhập siêu 11,95 tỷ USD, FDI xuất siêu 23,41 tỷ USD`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec.structs import replace

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.said import read_sentence_before
from docanalyze.core.figure import Figure, is_alike

_SIDE = re.compile(
    r"(?<!\w)(?:(?P<up>xuất siêu|thặng dư|cán cân(?: [^\W\d]+){0,2} dương)"
    r"|nhập siêu|thâm hụt|cán cân(?: [^\W\d]+){0,2} âm)(?!\w)"
)
_OWN = re.compile(r"(?<!\w)(?:trong nước|nội địa)(?!\w)")
_FOREIGN = re.compile(r"(?<!\w)(?:fdi|đầu tư nước ngoài|vốn nước ngoài)(?!\w)")
_TIME = re.compile(r"(?<!\w)(?:\d{1,2} tháng|tháng \d{1,2}|quý (?:i{1,3}|iv|\d)|cả năm)(?!\w)")
_BACK = 2
_FIRST = ("xuất siêu", "nhập siêu", "thặng dư", "thâm hụt", "cán cân")


def find_balance_halves(facts: Facts) -> Iterator[Claim]:
    """Yield balances with those of the domestic and the foreign sector that a sentence behind tells."""
    told = facts.behind(*_FIRST)
    for name in facts.by_sentence if told else ():
        for pair in pairwise(facts.levels_of(name)):
            if not all(each.mention in told and each.plain for each in pair) or not is_alike(*pair):
                continue
            words = [facts.words_before(each) for each in pair]
            sides = [_read_side(each) for each in words]
            one, two = (_is_of(each) for each in words)
            if None in sides or {one, two} != {"own", "foreign"}:
                continue
            total = _find_total(facts, pair[0])
            if total is None or _are_of_times(facts, total, pair[0]):
                continue
            whole = _read_side(facts.words_before(total))
            parts = [
                replace(each, sign=1 if side == whole else -1) for each, side in zip(pair, sides, strict=True)
            ]
            equation = add_up(replace(total, sign=1), parts)
            if holds(equation) or has_edit(equation):
                yield Claim("SUM001", equation, severity="warning", tied=True)


def _read_side(words: str) -> int | None:
    """Return 1 for a surplus, -1 for a deficit; None if words name no balance."""
    found = list(_SIDE.finditer(words))
    return None if not found else 1 if found[-1]["up"] else -1


def _is_of(words: str) -> str | None:
    own, foreign = _OWN.search(words) is not None, _FOREIGN.search(words) is not None
    return None if own == foreign else "own" if own else "foreign"


def _are_of_times(facts: Facts, total: Figure, part: Figure) -> bool:
    """Return whether two balances are said to be of times that differ: `6 tháng`, `tháng 6`."""
    times = [set(_TIME.findall(read_sentence_before(facts, each))) for each in (total, part)]
    return all(times) and not times[0] & times[1]


def _find_total(facts: Facts, part: Figure) -> Figure | None:
    """Return the one balance of all trade in the sentences right before a sector's."""
    for name in facts.paragraph_before(part, _BACK):
        found = [
            each for each in facts.levels_of(name)
            if each.start < part.start and facts.role_of(each) == "level" and is_alike(each, part)
            and _read_side(facts.words_before(each)) is not None and each.plain
            and not facts.depths.get(each.mention)
        ]  # fmt: skip
        if found:
            return found[0] if len(found) == 1 and _is_of(facts.words_before(found[0])) is None else None
    return None
