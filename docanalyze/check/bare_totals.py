"""Sums of listed parts to a total without their unit, which its name or a scale word tells."""

from __future__ import annotations

from collections.abc import Iterator

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import fold_name
from docanalyze.lexicon.cues import cue_pattern, cue_words


def find_bare_totals(facts: Facts) -> Iterator[Claim]:
    """Yield the sums of lists to a bare figure before them.

    `Số doanh nghiệp tạm ngừng là 13.300. Trong đó có 8.622 doanh nghiệp … và 4.678 doanh nghiệp …`;
    `Vốn đầu tư đạt 448.600 tỷ, gồm: khu vực nhà nước 166.100 tỷ đồng; …`. One that fails is told where a
    misprint explains it and the cue is one of all there is.
    """
    complete, either = (
        cue_pattern(facts.lexicon, "complete"),
        cue_pattern(facts.lexicon, "complete", "partial"),
    )
    told = facts.behind(*cue_words(facts.lexicon, "complete", "partial"))
    for name in facts.by_sentence:
        levels = [f for f in facts.levels_of(name) if not facts.depths.get(f.mention)]
        for at, first in enumerate(levels):
            cue = either.search(facts.words_before(first)) if first.mention in told else None
            if cue is None or facts.by_mention[first.mention].part_of is not None:
                continue
            parts = [f for f in levels[at:] if is_alike(f, first)]
            total = _find_total(facts, levels[:at], name, first)
            if total is None or len(parts) < 2:
                continue
            whole = add_up(total, parts)
            closed = complete.search(facts.words_before(first)) is not None
            if holds(whole):
                yield Claim("SUM001", whole)
            elif closed and has_edit(whole):
                yield Claim("SUM001", whole, severity="warning", tied=True)
            break


def _find_total(facts: Facts, earlier: list[Figure], name: str, first: Figure) -> Figure | None:
    """Return the bare level before a list that its parts can make, in its sentence or the one before."""
    if not earlier:
        sentence = facts.sentence_of(name)
        opened = sentence is not None and first.start - sentence.start < len(facts.words_before(first)) + 3
        names = facts.sentences_before(first, 1)[1:] if opened else []
        earlier = [f for each in names for f in facts.levels_of(each) if not facts.depths.get(f.mention)]
    if not earlier or any(is_alike(figure, first) for figure in earlier):
        return None
    return earlier[-1] if _is_kin(facts, earlier[-1], first) else None


def _is_kin(facts: Facts, total: Figure, part: Figure) -> bool:
    """Return whether a bare figure counts what a part does: by the word for it before, or by its scale."""
    if total.dimension:
        return False
    if part.exact:
        noun = fold_name(part.dimension)
        return total.exact and bool(noun) and f" {noun} " in f" {fold_name(facts.words_before(total))} "
    return total.factor == part.factor != 1 and part.dimension.isupper()
