"""SUM001 of a flat list that tells the parts of a total and then those of the last one of them.

`Tổng số việc 2.527, trong đó: + chưa có điều kiện 1.735; + có điều kiện 792; + xong 536; + dở dang 256`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby

from docanalyze.check.edits import find_edits, has_edit, is_telling
from docanalyze.check.equation import Equation, add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.unlisted import are_halves
from docanalyze.core.document import Block
from docanalyze.core.figure import Figure, is_alike

_FEWEST, _MOST = 4, 12
_PAIR = 2
_DIGITS = 3
"""A smaller total may come about by chance."""
_SELDOM = Fraction(1, 4)


def find_two_levels(facts: Facts) -> Iterator[Claim]:
    """Yield both sums of such a list; one that fails where the other holds, and a misprint explains it."""
    for total, parts in _list_flat(facts):
        if len(parts) >= _PAIR and are_halves(facts, *parts[:_PAIR]) and total.digits >= _DIGITS:
            upper = add_up(total, parts[:_PAIR])
            if (
                len(parts) > _PAIR
                and not holds(upper)
                and not holds(add_up(total, parts))
                and has_edit(upper)
            ):
                yield Claim("SUM001", upper, severity="warning", tied=True)
        if _FEWEST <= len(parts) <= _MOST and not holds(add_up(total, parts)):
            yield from _claim_both(facts, total, parts)


def _claim_both(facts: Facts, total: Figure, parts: list[Figure]) -> Iterator[Claim]:
    """Yield the sums of the first parts to the total and of the others to the last of these."""
    pairs = [
        (add_up(total, parts[:size]), add_up(parts[size - 1], parts[size:]))
        for size in range(_PAIR, len(parts) - _PAIR + 1)
    ]
    for upper, lower in pairs:
        if holds(upper) and holds(lower):
            yield Claim("SUM001", upper)
            yield Claim("SUM001", lower)
            return
    for upper, lower in pairs:
        if holds(upper) and total.digits >= _DIGITS:
            yield Claim("SUM001", upper)
            if has_edit(lower) and is_telling(lower, most=_SELDOM):
                yield Claim("SUM001", lower, severity="warning", tied=True)
            return
    borne = [upper for upper, lower in pairs if holds(lower) and lower.one("total").digits >= _DIGITS]
    told = [upper for upper in borne if has_edit(upper)]
    told += [upper for upper, lower in pairs if not holds(lower) and _is_shared(upper, lower)]
    if len(told) == 1:
        yield Claim("SUM001", told[0], severity="warning", tied=True)


def _is_shared(upper: Equation, lower: Equation) -> bool:
    """Return whether one misprint of the part that both sums have in common explains that both fail."""
    shared, at = lower.one("total"), len(upper.terms) - 1
    for edit in find_edits(upper):
        if edit.at == at and any(each.at == 0 and each.number == edit.number for each in find_edits(lower)):
            return shared.digits >= _DIGITS
    return False


def _list_flat(facts: Facts) -> Iterator[tuple[Figure, list[Figure]]]:
    """Yield the first level of a line with those of the items below it, and of a sentence with its others."""
    within: dict[str | None, list[str]] = {}
    for sentence in facts.sentences:
        within.setdefault(sentence.block, []).append(sentence.id)
    above: Figure | None = None
    blocks = (block for block in facts.analysis.blocks if block.kind in ("paragraph", "list-item", "heading"))
    for marker, run in groupby(blocks, key=_read_marker):
        group = [within.get(block.id, []) for block in run]
        heads = [_find_level(facts, names[0]) if names else None for names in group]
        if marker is not None and above is not None:
            parts: list[Figure] = []
            for head in heads:
                if head is None or not is_alike(head, above):
                    break
                parts.append(head)
            yield above, parts
        last = group[-1][-1] if group[-1] else None
        above = _find_level(facts, last) if last is not None else None
    for name, figures in facts.by_sentence.items():
        if len(figures) > _FEWEST:
            levels = [f for f in facts.levels_of(name) if not facts.depths.get(f.mention) and _counts(f)]
            if len(levels) > _FEWEST and all(is_alike(levels[0], each) for each in levels[1:]):
                yield levels[0], levels[1:]


def _read_marker(block: Block) -> str | None:
    return block.marker if block.kind == "list-item" and block.marker in ("+", "-", "*", "•") else None


def _find_level(facts: Facts, name: str) -> Figure | None:
    """Return the first figure of a sentence, if it is a level of something that adds up."""
    figures = facts.by_sentence.get(name, ())
    first = figures[0] if figures else None
    levels = facts.levels_of(name)
    return first if first is not None and first in levels and _counts(first) else None


def _counts(figure: Figure) -> bool:
    return figure.dimension not in ("", "%", "point") and "/" not in figure.dimension and figure.sign > 0
