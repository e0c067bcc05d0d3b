"""Sentences, sections and tables against gold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from msgspec import UNSET

from docanalyze.core.analysis import Analysis
from docanalyze.core.document import Table
from docanalyze.core.span import Span
from docanalyze.evaluate.align import Alignment, Place
from docanalyze.evaluate.scores import Score
from docanalyze.gold.items import Gold, GoldTable

_WORD = re.compile(r"(phần|chương|mục|tiểu mục|phụ lục)\s+", re.IGNORECASE)
Rows = list[frozenset[tuple[int, str]]]


def score_sentences(gold: Gold, analysis: Analysis, aligned: Alignment) -> Score:
    """Return how many sentences hold exactly the same visible characters.

    Characters that only one of the two texts has are left aside; a sentence that a page or a note
    breaks is one sentence.
    """
    wanted = Counter(
        tuple(aligned.shared_of_reference(sentence.spans))
        for sentence in gold.sentences
        if _in_scope(gold, sentence.spans[0].start)
    )
    sentences = () if analysis.sentences is UNSET else analysis.sentences
    found: Counter[tuple[Place, ...]] = Counter()
    for sentence in sentences:
        source = aligned.source(aligned.place(sentence.start, sentence.end))
        if source is not None and _in_scope(gold, source):
            found[tuple(aligned.shared_of_text(sentence.spans or (Span(sentence.start, sentence.end),)))] += 1
    right = sum(count for ranges, count in (wanted & found).items() if ranges)
    return Score(gold=wanted.total(), found=found.total(), right=right, near=right)


def score_sections(gold: Gold, analysis: Analysis, aligned: Alignment) -> Score | None:
    """Return how many sections have the same start, label and level; None if the gold has no sections.

    `PHẦN I` and `I` are the same label: the word may be part of it or stand before it. Sections below
    the deepest level that was annotated (items of a list) are left aside, and so are the clauses of
    articles where no clause was annotated.
    """
    if not gold.sections and not gold.complete:
        return None
    wanted: Counter[tuple[int, str, int]] = Counter()
    lost = 0
    for section in gold.sections:
        if not _in_scope(gold, section.start):
            continue
        place = aligned.find(section.start, section.end)
        if place is None:
            lost += 1
        else:
            wanted[(*_normalize(section.label, place[0]), section.level)] += 1
    found: Counter[tuple[int, str, int]] = Counter()
    deepest = max((section.level for section in gold.sections), default=99)
    sections = () if analysis.sections is UNSET else analysis.sections
    articles = {section.id for section in gold.sections if _is_article(section.label)}
    plain = not any(section.parent in articles for section in gold.sections)
    clauses = {section.id for section in sections if plain and _is_article(section.label)}
    for ours in sections:
        if ours.parent in clauses:
            clauses.add(ours.id)
            continue
        if ours.level > deepest:
            continue
        place = aligned.place(ours.start, ours.end)
        source = aligned.source(place)
        if source is not None and _in_scope(gold, source):
            found[(*_normalize(ours.label, place[0]), ours.level)] += 1
    right = (wanted & found).total()
    return Score(gold=wanted.total() + lost, found=found.total(), right=right, near=right)


def _is_article(label: str | None) -> bool:
    return (label or "").casefold().startswith("điều")


def _normalize(label: str | None, start: int) -> tuple[int, str]:
    label = " ".join((label or "").split())
    word = _WORD.match(label)
    if word:
        start += len(word[1].replace(" ", ""))
        label = label[word.end() :]
    return start, label.strip(".()/- ").casefold()


def score_tables(gold: Gold, analysis: Analysis, aligned: Alignment) -> Score | None:
    """Return how many cells with text stand in the right row and column with the right text.

    A table is paired with the one that shares most characters with it, then their rows are aligned
    in order. White space does not count. None if tables were not annotated.
    """
    if not gold.tables and not gold.complete:
        return None
    wanted = [table for table in gold.tables if any(_in_scope(gold, cell.start) for cell in table.cells)]
    found = [table for table in analysis.tables if _has_source(gold, table, aligned)]
    shares = sorted(
        (
            (-_count_shared(one, other, aligned), i, j)
            for i, one in enumerate(wanted)
            for j, other in enumerate(found)
        ),
    )
    partner: dict[int, int] = {}
    for share, i, j in shares:
        if share and i not in partner and j not in partner.values():
            partner[i] = j
    right = sum(_count_equal(_gold_rows(gold, wanted[i]), _rows(found[j])) for i, j in partner.items())
    return Score(
        gold=sum(len(row) for table in wanted for row in _gold_rows(gold, table)),
        found=sum(len(row) for table in found for row in _rows(table)),
        right=right,
        near=right,
    )


def _in_scope(gold: Gold, offset: int) -> bool:
    return any(scope.start <= offset < scope.end for scope in gold.scope)


def _has_source(gold: Gold, table: Table, aligned: Alignment) -> bool:
    for cell in table.cells:
        source = aligned.source(aligned.place(cell.start, cell.end))
        if source is not None:
            return _in_scope(gold, source)
    return False


def _count_shared(one: GoldTable, other: Table, aligned: Alignment) -> int:
    ours = [aligned.place(cell.start, cell.end) for cell in other.cells]
    taken = {at for low, high in ours for at in range(low, high)}
    theirs = [aligned.find(cell.start, cell.end) for cell in one.cells if cell.start < cell.end]
    return sum(len(taken.intersection(range(*place))) for place in theirs if place is not None)


def _gold_rows(gold: Gold, table: GoldTable) -> Rows:
    return _group((cell.row, cell.col, gold.text[cell.start : cell.end]) for cell in table.cells)


def _rows(table: Table) -> Rows:
    return _group((cell.row, cell.col, cell.text) for cell in table.cells)


def _group(cells: Iterable[tuple[int, int, str]]) -> Rows:
    rows: dict[int, set[tuple[int, str]]] = {}
    for row, col, text in cells:
        collapsed = " ".join(text.split())
        if collapsed:
            rows.setdefault(row, set()).add((col, collapsed))
    return [frozenset(rows[row]) for row in sorted(rows)]


def _count_equal(wanted: Rows, found: Rows) -> int:
    """Return the largest number of equal cells over all ways to align the rows in order."""
    best = [0] * (len(found) + 1)
    for row in wanted:
        above = best
        best = [0]
        for at, other in enumerate(found):
            best.append(max(above[at] + len(row & other), above[at + 1], best[at]))
    return best[-1]
