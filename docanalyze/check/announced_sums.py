"""SUM001 over the paragraphs that a line announces: `Huy động 295 tỷ đồng. Các nguồn như sau:`."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from docanalyze.check.equation import add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.core.figure import Figure, is_alike

_ENDS = ("như sau:", "sau đây:", "cụ thể:", "trong đó:", "bao gồm:", "gồm:")
_FEWEST, _MOST = 3, 12
_NEAR = Fraction(1, 10)
"""Parts that miss their total by less are surely of it, though some source may be left out."""


def find_announced_sums(facts: Facts) -> Iterator[Claim]:
    """Yield the sums of the first figures of paragraphs below a line that announces them.

    The total is the first amount of the sentence before that line, in the same paragraph; the parts begin
    with one word (`Nguồn vốn tín dụng …`, `Nguồn vốn từ dân cư …`). What does not add up is a hint: the list
    may leave something out.
    """
    for at, line in enumerate(facts.sentences[1:], 1):
        said = facts.analysis.text[line.start : line.end].rstrip()
        if not said.endswith(":") or line.id in facts.by_sentence or not said.lower().endswith(_ENDS):
            continue
        before = facts.sentences[at - 1]
        levels = facts.levels_of(before.id)
        if before.block != line.block or not levels:
            continue
        parts = list(islice(_list_parts(facts, at + 1, levels[0]), _MOST))
        if len(parts) < _FEWEST:
            continue
        whole = add_up(levels[0], parts)
        if holds(whole):
            yield Claim("SUM001", whole)
        elif abs(sum(part.value for part in parts) - levels[0].value) < levels[0].value * _NEAR:
            yield Claim("SUM001", whole, open=True, severity="info")


def _list_parts(facts: Facts, at: int, total: Figure) -> Iterator[Figure]:
    """Yield the first amount of each paragraph from a sentence on, while they begin with one word."""
    first, block = None, None
    for sentence in facts.sentences[at:]:
        if sentence.block == block:
            continue
        block = sentence.block
        words = facts.analysis.text[sentence.start : sentence.end].lower().strip(" -+*•").split()
        first = first or (words[0] if words else None)
        levels = facts.levels_of(sentence.id)
        if not words or words[0] != first or not levels or not is_alike(levels[0], total):
            return
        yield levels[0]
