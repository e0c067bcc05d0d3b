"""Sums in notes: the parts of the figure that a note's mark stands behind."""

from __future__ import annotations

from collections.abc import Iterator

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.matches import empty_words
from docanalyze.check.unlisted import cover_all
from docanalyze.core.figure import is_alike
from docanalyze.core.names import fold_words

_FEWEST = 2
_NEAR = 12
"""How many characters may stand between a figure and the mark of its note."""


def find_note_sums(facts: Facts) -> Iterator[Claim]:
    """Yield the sums of the levels of a note to the figure right before its mark.

    `kết dư 244,6 tỷ đồng¹`, and below: `1 Kết dư cấp tỉnh 61,2 tỷ đồng, cấp huyện 118,9 tỷ đồng, …`.
    """
    first: dict[str | None, str] = {}
    for sentence in facts.sentences:
        if sentence.id in facts.by_sentence:
            first.setdefault(sentence.block, sentence.id)
    for block in facts.analysis.blocks:
        if block.kind != "footnote" or block.id not in first:
            continue
        levels = facts.levels_of(first[block.id])
        for mark in block.refers_from or ():
            sentence_at = facts.sentence_at(mark.start)
            before = facts.levels_of(sentence_at.id) if sentence_at is not None else ()
            totals = [figure for figure in before if figure.start + len(figure.text) <= mark.start][-1:]
            if not totals or mark.start - totals[0].start - len(totals[0].text) > _NEAR:
                continue
            parts = [figure for figure in levels if is_alike(figure, totals[0])]
            whole = add_up(totals[0], parts)
            if len(parts) < _FEWEST or len(parts) < len(levels):
                continue
            if holds(whole):
                yield Claim("SUM001", whole)
                continue
            name = fold_words(facts.by_mention[totals[0].mention].name) - empty_words(facts)
            named = bool(name) and name <= fold_words(facts.words_before(parts[0]))
            if (named or cover_all(facts, parts)) and has_edit(whole):
                yield Claim("SUM001", whole, severity="warning", tied=True)
