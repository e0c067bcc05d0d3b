"""SUM001 of parts of which some have a second count: `hình sự 126 vụ/197 bị cáo, dân sự 352 vụ`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from docanalyze.check.edits import has_edit, is_telling
from docanalyze.check.equation import add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.core.figure import Figure, is_alike

_LIST = re.compile(r"^(?:trong đó|trong số đó|trong số này|cụ thể|gồm|bao gồm|bao gồm có)(?!\w)")
_SLASH = re.compile(r"\s*/\s*")
_FEWEST = 3
_BACK = 1
_OFTEN = Fraction(1)


def find_slashed_parts(facts: Facts) -> Iterator[Claim]:
    """Yield the sums of such a list to a count before it; one that fails is told of the only one it fits."""
    told = facts.sentences_with("trong đó", "trong số", "cụ thể", "gồm") if "/" in facts.analysis.text else ()
    for name in facts.by_sentence if told else ():
        if name not in told:
            continue
        levels = facts.levels_of(name)
        if len(levels) <= _FEWEST or _LIST.match(facts.words_before(levels[0])) is None:
            continue
        parts = [levels[0]]
        last = levels[0]
        slashed = False
        for figure in levels[1:]:
            between = facts.analysis.text[last.start + len(last.text) : figure.start]
            if _SLASH.fullmatch(between) and not is_alike(figure, parts[0]):
                slashed = True
            elif is_alike(figure, parts[0]):
                parts.append(figure)
            else:
                break
            last = figure
        if not slashed or len(parts) < _FEWEST or last is not levels[-1]:
            continue
        yield from _claim(facts, parts)


def _claim(facts: Facts, parts: list[Figure]) -> Iterator[Claim]:
    if not all(part.plain and not facts.depths.get(part.mention) for part in parts):
        return
    names = facts.sentences_before(parts[0], _BACK)[1:]
    totals = [f for name in names for f in facts.levels_of(name) if is_alike(f, parts[0]) and f.plain]
    sums = [add_up(total, parts) for total in totals]
    fitting = next((each for each in sums if holds(each)), None)
    told = [each for each in sums if has_edit(each)]
    if fitting is not None:
        yield Claim("SUM001", fitting)
    elif len(told) == 1 and is_telling(told[0], most=_OFTEN):
        yield Claim("SUM001", told[0], severity="warning", tied=True)
