"""Sums in notes: the parts of the figure that a note's mark stands behind."""

from __future__ import annotations

from collections.abc import Iterator

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.matches import empty_words
from docanalyze.check.unlisted import cover_all
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_words

_FEWEST = 2
_NEAR = 12
"""How many characters may stand between a figure and the mark of its note."""


def find_note_sums(facts: Facts) -> Iterator[Claim]:
    """Yield the sums of the levels of a note to the figure right before its mark.

    `kết dư 244,6 tỷ đồng¹`, and below: `1 Kết dư cấp tỉnh 61,2 tỷ đồng, cấp huyện 118,9 tỷ đồng, …`.
    """
    for figure, told in find_marked(facts):
        levels = facts.levels_of(told[0])
        total = _find_level(facts, figure)
        parts = [part for part in levels if total is not None and is_alike(part, total)]
        if total is None or len(parts) < _FEWEST or len(parts) < len(levels):
            continue
        whole = add_up(total, parts)
        if holds(whole):
            yield Claim("SUM001", whole)
            continue
        name = fold_words(facts.by_mention[total.mention].name) - empty_words(facts)
        named = bool(name) and name <= fold_words(facts.words_before(parts[0]))
        if (named or cover_all(facts, parts)) and has_edit(whole):
            yield Claim("SUM001", whole, severity="warning", tied=True)


def _find_level(facts: Facts, figure: Figure) -> Figure | None:
    """Return the last level of a sentence up to a figure, if that is right before it, or it itself."""
    before = [f for f in facts.levels_of(facts.mentions[figure.mention].sentence) if f.start <= figure.start]
    near = bool(before) and figure.start - before[-1].start - len(before[-1].text) <= _NEAR
    return before[-1] if near else None


def find_marked(facts: Facts) -> Iterator[tuple[Figure, list[str]]]:
    """Yield the figures right before the mark of a note, with the sentences of the note that have figures."""
    inside: dict[str | None, list[str]] = {}
    for sentence in facts.sentences:
        if sentence.id in facts.by_sentence:
            inside.setdefault(sentence.block, []).append(sentence.id)
    for block in facts.analysis.blocks:
        if block.kind != "footnote" or block.id not in inside:
            continue
        for mark in block.refers_from or ():
            sentence_at = facts.sentence_at(mark.start)
            named = facts.by_sentence.get(sentence_at.id, ()) if sentence_at is not None else ()
            before = [figure for figure in named if figure.start + len(figure.text) <= mark.start]
            if before and mark.start - before[-1].start - len(before[-1].text) <= _NEAR:
                yield before[-1], inside[block.id]
