"""Sums of parts that each stand in a bracket behind their name: `tại nhà (168 ca), tại bệnh viện (83 ca)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from docanalyze.check.edits import has_edit, is_telling
from docanalyze.check.equation import Equation, add_up
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.check.list_ends import are_places
from docanalyze.core.figure import Figure, is_alike
from docanalyze.lexicon.cues import cue_pattern

_OPENED = re.compile(r"\((?:là |có |đạt |hơn |gần |trên |khoảng |với )*\s*$")
_CLOSED = re.compile(r"[^()\d]{0,12}(?:[,;] (?:chiếm |đạt |bằng )?[\d.,]+\s?%)?\)")
_MORE = re.compile(
    r"\(\s*\d[\d.]*\s*\)|\.\.\.|…|v\.v|(?<!\w)(?:và|cùng)(?: một)?(?: số| nhiều| các)(?!\w)[^()]*$"
)
"""A bracket that could not be read, and words for what a list leaves out."""
_AND = re.compile(r"(?<!\w)và(?!\w)")
_REACH = 40


def find_bracket_parts(facts: Facts) -> Iterator[Claim]:
    """Yield the sums of lists whose parts stand in brackets, to the count before the list.

    `251 ca, trong đó cách ly tại nhà (168 ca) và tại bệnh viện (83 ca)`. One that fails is told where a
    misprint explains it, and the list is complete by its cue or ends in `và`.
    """
    complete = cue_pattern(facts.lexicon, "complete")
    either = cue_pattern(facts.lexicon, "complete", "partial")
    for figures in facts.by_sentence.values():
        inside = [figure for figure in figures if facts.depths.get(figure.mention) == 1]
        if len(inside) < 2:
            continue
        for at, total in enumerate(figures):
            if facts.depths.get(total.mention) or facts.role_of(total) != "level" or not total.exact:
                continue
            rest = figures[at + 1 :]
            cue = either.search(facts.words_before(rest[0])) if rest else None
            parts = _read_parts(facts, total, rest) if cue is not None else []
            if len(parts) < 2:
                continue
            whole = add_up(total, parts)
            closed = complete.search(facts.words_before(rest[0])) is not None
            if holds(whole):
                yield Claim("SUM001", whole)
            elif has_edit(whole) and not _has_more(facts, total) and (closed or _is_all(facts, whole)):
                yield Claim("SUM001", whole, severity="warning", tied=True)
            break


def _read_parts(facts: Facts, total: Figure, behind: tuple[Figure, ...]) -> list[Figure]:
    """Return the counts that each stand alone in a bracket, where nothing else of the kind stands behind."""
    text = facts.analysis.text
    parts: list[Figure] = []
    for figure in behind:
        if figure.dimension and not is_alike(figure, total):
            if figure.dimension != "%":
                return []
            continue
        start, end = figure.start, figure.start + len(figure.text)
        opened = _OPENED.search(text, max(0, start - _REACH), start)
        if opened is None or _CLOSED.match(text, end) is None or not figure.exact:
            return []
        parts.append(figure)
    return parts


def _has_more(facts: Facts, total: Figure) -> bool:
    """Return whether a sentence counts something behind a total that was not read, or says there is more."""
    sentence = facts.sentence_at(total.start)
    stop = total.start if sentence is None else sentence.end
    return _MORE.search(facts.analysis.text[total.start : stop]) is not None


def _is_all(facts: Facts, whole: Equation) -> bool:
    """Return whether parts behind `trong đó` are all there is: they end in `và`, and are no places."""
    total, parts = whole.one("total"), whole.all("part")
    one, two = list(pairwise(parts))[-1]
    joined = _AND.search(facts.analysis.text[one.start + len(one.text) : two.start]) is not None
    return joined and not are_places(facts, total, parts) and is_telling(whole)
