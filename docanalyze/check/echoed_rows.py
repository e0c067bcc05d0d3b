"""Rows of changes told twice, in the lead and in the body: `giảm 214 vụ, 41 người chết, 183 bị thương`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import equate
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import agree
from docanalyze.check.one_figure import can_be_one
from docanalyze.core.figure import Figure, is_alike

_FEWEST = 3
_TELLING = 5
"""So many digits of a row that agree are no chance."""
_MOST = 4
_REACH = 12
"""So many sentences apart a row is told again."""


def find_echoed_rows(facts: Facts) -> Iterator[Claim]:
    """Yield the changes that two sentences tell in one order, if all agree, or all but a misprinted one.

    The same figures may be told in other words: `tăng 41,6% về số doanh nghiệp, tăng 37% về vốn`, and before
    it `số doanh nghiệp (tăng 41,6%), vốn đăng ký (tăng 37%)`.
    """
    rows = list(_read_rows(facts))
    for at, (place, row) in enumerate(rows):
        for other_place, other in rows[at + 1 : at + 1 + _REACH]:
            if other_place - place > _REACH:
                break
            yield from _compare(facts, row, other)


def _read_rows(facts: Facts) -> Iterator[tuple[int, list[Figure]]]:
    """Yield the growths, or the changes in units, of each sentence that tells three and more of them."""
    places = {sentence.id: at for at, sentence in enumerate(facts.sentences)}
    for name, figures in facts.by_sentence.items():
        if len(figures) < _FEWEST:
            continue
        for percent in (True, False):
            row = [f for f in figures if (f.dimension == "%") == percent and f.dimension != "point"]
            row = [f for f in row if facts.role_of(f) in ("growth", "change") and f.number == f.high]
            if len(row) >= _FEWEST:
                yield places.get(name, 0), row


def _compare(facts: Facts, row: Sequence[Figure], other: Sequence[Figure]) -> Iterator[Claim]:
    """Yield the pairs of the stretch in which most of two rows agree."""
    best: list[tuple[Figure, Figure]] = []
    for shift in range(-len(row) + _FEWEST, len(other) - _FEWEST + 1):
        pairs = [(one, other[at + shift]) for at, one in enumerate(row) if 0 <= at + shift < len(other)]
        if sum(_is_same(*pair) for pair in pairs) > sum(_is_same(*pair) for pair in best):
            best = pairs
    failing = [pair for pair in best if not _is_same(*pair)]
    telling = sum(one.telling for one, two in best if _is_same(one, two))
    if len(best) < _FEWEST or len(failing) > 1 or telling < _TELLING:
        return
    if not all(is_alike(one, two) and one.sign == two.sign for one, two in best):
        return
    if failing and not (all(each.plain for each in failing[0]) and has_edit(equate(*failing[0]))):
        return
    if failing and not can_be_one(facts, *failing[0]):
        return  # `quý I … tăng 6,9%`, `quý II … tăng 7,9%`
    for one, two in best:
        yield Claim("REP001", equate(one, two), severity="warning", tied=True)


def _is_same(one: Figure, two: Figure) -> bool:
    return is_alike(one, two) and one.sign == two.sign and agree(one, two)
