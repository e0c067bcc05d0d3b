"""What a check looks at: the figures of an analysis with their indicators, sentences and cells."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from docanalyze.check.equation import Equation
from docanalyze.check.table_grid import Grid, read_grid
from docanalyze.core.analysis import Analysis, Section, Sentence
from docanalyze.core.document import Cell, Table
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.mention import Mention
from docanalyze.core.names import fold_name
from docanalyze.core.passages import Passages
from docanalyze.core.relation import Indicator, Severity, Suggestion, Text, Verdict
from docanalyze.lexicon import Lexicon
from docanalyze.lexicon.cues import cue_pattern

_BRACKET = re.compile(r"[()]")
_SLASH = re.compile(r"/(?<=\d/)(?=\d)")
"""Begins with a letter of its own, which is searched for ten times as fast as a digit."""
M = TypeVar("M", bound=Mention)


class Claim(msgspec.Struct, frozen=True):
    """What a check proposes: an equation, or a verdict of its own with the places it stands on.

    `sure` pairings are plain from the words or the table; of others, failing ones are told only if one
    small misprint would explain them; of `tied` ones any misprint will do. `open` lists may lack parts.
    `places` are stretches of the text that are no mentions (a section's label); `note` is the message's
    last clause, in both languages; `repair` is what a mention should read, where no equation says so.
    """

    code: str
    equation: Equation | None = None
    sure: bool = True
    open: bool = False
    tied: bool = False
    verdict: Verdict | None = None
    severity: Severity | None = None
    mentions: tuple[tuple[str, str], ...] = ()
    places: tuple[tuple[int, int], ...] = ()
    arithmetic: str = ""
    note: Text | None = None
    repair: Suggestion | None = None


@dataclass
class Facts:
    """An analysis with what checks ask of it, computed once.

    `printed_figures` are those of its mentions, by their ids; `memo` is for what several checks compute
    alike.
    """

    analysis: Analysis
    lexicon: Lexicon
    printed_figures: dict[str, Figure] = field(default_factory=dict)
    memo: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def mentions(self) -> dict[str, Mention]:
        """The mentions by id, in text order."""
        mentions = () if self.analysis.mentions is UNSET else self.analysis.mentions
        return {mention.id: mention for mention in mentions}

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """The figures by the id of their mention, in text order."""
        found = {}
        for name, figure in self.printed_figures.items():
            indicator = self.by_mention.get(name)
            if indicator is not None and indicator.direction == "decrease" and figure.sign > 0:
                figure = replace(figure, sign=-1)
            found[name] = figure
        return found

    @cached_property
    def mention_starts(self) -> list[tuple[int, str]]:
        """Where each mention begins, with its id, in text order."""
        return sorted((mention.start, name) for name, mention in self.mentions.items())

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """The indicators by id."""
        found = () if self.analysis.indicators is UNSET else self.analysis.indicators
        return {indicator.id: indicator for indicator in found}

    @property
    def ratios(self) -> list[Indicator]:
        """The indicators that are shares of a plan or a total."""
        return self.in_roles("share", "plan-ratio")

    def in_roles(self, *roles: str) -> list[Indicator]:
        """Return the indicators in some roles, in text order."""
        known: dict[tuple[str, ...], list[Indicator]] = self.memo.setdefault("in roles", {})
        if roles not in known:
            known[roles] = [each for each in self.indicators.values() if each.role in roles]
        return known[roles]

    @cached_property
    def said_of(self) -> dict[str, list[Indicator]]:
        """The ratios, changes and bases by the indicator that they are of."""
        found: dict[str, list[Indicator]] = {}
        for each in self.indicators.values():
            if each.of is not None:
                found.setdefault(each.of, []).append(each)
        return found

    @cached_property
    def by_mention(self) -> dict[str, Indicator]:
        """The indicators by the id of their mention."""
        return {indicator.mention: indicator for indicator in self.indicators.values()}

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences in text order."""
        return () if self.analysis.sentences is UNSET else self.analysis.sentences

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections in text order."""
        return () if self.analysis.sections is UNSET else self.analysis.sections

    @cached_property
    def cells(self) -> dict[tuple[str, int, int], list[Figure]]:
        """The figures of each cell, by table, row and column."""
        found: dict[tuple[str, int, int], list[Figure]] = {}
        for mention in self.mentions.values():
            figure = self.figures.get(mention.id)
            if mention.cell is not None and figure is not None:
                key = (mention.cell.table, mention.cell.row, mention.cell.col)
                found.setdefault(key, []).append(figure)
        return found

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The tables by id."""
        return {table.id: table for table in self.analysis.tables}

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        """The tables with columns of figures."""
        grids = (read_grid(table, self.cells) for table in self.analysis.tables)
        return tuple(grid for grid in grids if grid is not None)

    def role_of(self, figure: Figure) -> str | None:
        """Return the role of a figure in its sentence, as its indicator has it."""
        return self._roles.get(figure.mention)

    @cached_property
    def _roles(self) -> dict[str, str | None]:
        return {name: indicator.role for name, indicator in self.by_mention.items()}

    def levels_of(self, sentence: str | None) -> tuple[Figure, ...]:
        """Return the figures of a sentence that are levels, not ratios or changes, in order."""
        return self._levels.get(sentence or "", ())

    @cached_property
    def _levels(self) -> dict[str, tuple[Figure, ...]]:
        levels = {each.mention for each in self.in_roles("level", "total", "plan", "base")}
        return {
            sentence: tuple([figure for figure in figures if figure.mention in levels])
            for sentence, figures in self.by_sentence.items()
        }

    @cached_property
    def by_sentence(self) -> dict[str, tuple[Figure, ...]]:
        """The figures of prose by the id of their sentence, in order."""
        found: dict[str, list[Figure]] = {}
        for figure in self.prose():
            found.setdefault(self.mentions[figure.mention].sentence or "", []).append(figure)
        return {sentence: tuple(figures) for sentence, figures in found.items()}

    def sentences_before(self, figure: Figure, count: int) -> list[str]:
        """Return the ids of a figure's sentence and of `count` sentences before it, the nearest first."""
        place = self._place_of.get(self.mentions[figure.mention].sentence or "")
        if place is None:
            return []
        return [sentence.id for sentence in reversed(self.sentences[max(0, place - count) : place + 1])]

    def paragraph_before(self, figure: Figure, count: int) -> list[str]:
        """Return the ids of a figure's sentence and of up to `count` before it in its paragraph."""
        names = self.sentences_before(figure, count)
        block = self._block_of(names[0]) if names else None
        return [name for name in names if self._block_of(name) == block]

    def block_of(self, figure: Figure) -> str | None:
        """Return the id of the block that a figure's sentence stands in."""
        name = self.mentions[figure.mention].sentence
        return self._block_of(name) if name in self._place_of else None

    def paragraph_after(self, figure: Figure, count: int) -> list[str]:
        """Return the ids of up to `count` sentences after a figure's own in its paragraph, in order."""
        place = self._place_of.get(self.mentions[figure.mention].sentence or "")
        if place is None:
            return []
        block = self.sentences[place].block
        return [each.id for each in self.sentences[place + 1 : place + 1 + count] if each.block == block]

    def differ_in_scope(self, one: Figure, two: Figure) -> bool:
        """Return whether figures are limited to two things that differ: `khu vực I`, `khu vực II`.

        Cells whose row names no scope are compared by their names instead.
        """
        first, second = self._scopes.get(one.mention), self._scopes.get(two.mention)
        return first is not None and second is not None and first != second

    def spans_period_of(self, one: Figure, two: Figure) -> bool:
        """Return whether one of two figures is of a period that holds the other's: a month and its year."""
        owners = [self.by_mention.get(figure.mention) for figure in (one, two)]
        own, other = (None if owner is None else owner.period for owner in owners)
        if own is None or other is None or own == other:
            return False
        if None in (own.start, own.end, other.start, other.end):
            return False
        wider = own.start <= other.start and other.end <= own.end  # type: ignore[operator]
        return wider or (other.start <= own.start and own.end <= other.end)  # type: ignore[operator]

    def scope_of(self, figure: Figure) -> str | None:
        """Return the folded name of what a figure is limited to."""
        return self._scopes.get(figure.mention)

    @cached_property
    def _scopes(self) -> dict[str, str]:
        found = self.by_mention.items()
        return {name: fold_name(each.scope) for name, each in found if each.scope is not None}

    def is_past(self, figure: Figure, other: Figure) -> bool:
        """Return whether a figure stands behind another one and a semicolon: its clause is a later one."""
        return ";" in self.analysis.text[other.start : max(other.start, figure.start)]

    def sentence_of(self, name: str) -> Sentence | None:
        """Return the sentence of an id; None for what stands in no sentence."""
        place = self._place_of.get(name)
        return None if place is None else self.sentences[place]

    def _block_of(self, name: str) -> str | None:
        return self.sentences[self._place_of[name]].block

    @cached_property
    def _place_of(self) -> dict[str, int]:
        return {sentence.id: at for at, sentence in enumerate(self.sentences)}

    @cached_property
    def depths(self) -> dict[str, int]:
        """How many brackets are open at each figure of prose, by mention id; 0 is left out."""
        text = self.analysis.text
        starts = {sentence.id: sentence.start for sentence in self.sentences}
        found: dict[str, int] = {}
        for name, figures in self.by_sentence.items():
            at, depth = starts.get(name, figures[0].start), 0
            if text.find("(", at, figures[-1].start) < 0:
                continue
            for figure in figures:
                for bracket in _BRACKET.findall(text, at, figure.start):
                    depth = depth + 1 if bracket == "(" else max(0, depth - 1)
                if depth:
                    found[figure.mention] = depth
                at = figure.start
        return found

    def words_before(self, figure: Figure) -> str:
        """Return the words before a figure since the figure before it in its sentence, in lower case."""
        return self._gaps.get(figure.mention, "")

    @cached_property
    def _gaps(self) -> dict[str, str]:
        text = self.analysis.text
        starts = {sentence.id: sentence.start for sentence in self.sentences}
        gaps: dict[str, str] = {}
        for name, figures in self.by_sentence.items():
            at = starts.get(name, figures[0].start)
            for figure in figures:
                gaps[figure.mention] = " ".join(text[at : figure.start].lower().split())
                at = figure.start + len(figure.text)
        return gaps

    def behind(self, *words: str) -> frozenset[str]:
        """Return the mentions of prose that one of some words stands before, since the figure before it.

        A first look: what is searched for a pattern needs one of its words there, be it within another word.
        """
        return self._said.holding(*words)

    def sentences_behind(self, *words: str) -> dict[str, tuple[Figure, ...]]:
        """Return the figures of the sentences in which `behind` finds one of some words, in text order."""
        names = {self.mentions[name].sentence or "" for name in self.behind(*words)}
        return {name: figures for name, figures in self.by_sentence.items() if name in names}

    @cached_property
    def _said(self) -> Passages:
        return Passages(self._gaps)

    def sentences_in_roles(self, *roles: str) -> dict[str, tuple[Figure, ...]]:
        """Return the figures of the sentences in which one has one of some roles, in text order."""
        names = {self.mentions[each.mention].sentence or "" for each in self.in_roles(*roles)}
        return {name: figures for name, figures in self.by_sentence.items() if name in names}

    def sentences_with(self, *words: str) -> frozenset[str]:
        """Return the ids of the sentences with figures that hold one of some words, in any case."""
        return self._read.holding(*words)

    @cached_property
    def _read(self) -> Passages:
        texts: dict[str, str] = {}
        for name in self.by_sentence:
            sentence = self.sentence_of(name)
            text = None if sentence is None else self.analysis.text[sentence.start : sentence.end]
            texts[name] = " ".join((self.lowered if text is None else text.lower()).split())
        return Passages(texts)

    @cached_property
    def slashes(self) -> list[int]:
        """Where slashes stand between two digits: what looks for fractions begins there."""
        return [found.start() for found in _SLASH.finditer(self.analysis.text)]

    @cached_property
    def lowered(self) -> str:
        """The whole text in lower case."""
        return self.analysis.text.lower()

    def clause_before(self, figure: Figure) -> str:
        """Return the words before a figure since the last mark or the figure before it, in lower case."""
        known: dict[str, str] = self.memo.setdefault("clauses", {})
        clause = known.get(figure.mention)
        if clause is None:
            clause = known[figure.mention] = last_clause(self.words_before(figure))
        return clause

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence whose outer ends hold an offset."""
        at = bisect_right(self._starts, offset) - 1
        if at >= 0 and offset < self.sentences[at].end:
            return self.sentences[at]
        return None

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def title_at(self, offset: int) -> str:
        """Return the title of the innermost section that holds an offset, empty before the first."""
        at = bisect_right(self._section_starts, offset) - 1
        return self.sections[at].title if at >= 0 else ""

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.start for section in self.sections]

    def cell_at(self, offset: int) -> tuple[Table, Cell] | None:
        """Return the table cell that holds an offset."""
        for table in self.analysis.tables:
            if table.cells and table.cells[0].start <= offset <= table.cells[-1].end:
                for cell in table.cells:
                    if cell.start <= offset < cell.end:
                        return table, cell
        return None

    def is_scanned(self, claim: Claim) -> bool:
        """Return whether a claim stands on words that were read by OCR."""
        if not self._scanned:
            return False
        names = [name for _, name in claim.mentions]
        if claim.equation is not None:
            names += [figure.mention for _, figure in claim.equation.terms]
        boxes = [box for name in names if name in self.mentions for box in self.mentions[name].boxes]
        for start, _ in claim.places:
            sentence = self.sentence_at(start)
            boxes += sentence.boxes if sentence is not None else ()
        return any(box.page in self._scanned for box in boxes)

    @cached_property
    def _scanned(self) -> frozenset[int]:
        pages = () if self.analysis.pages is UNSET else self.analysis.pages
        return frozenset(page.number for page in pages if page.text_source == "ocr")

    def is_kin(self, one: Figure, two: Figure) -> bool:
        """Return whether figures count one kind of thing: persons are counted by many words."""
        if is_alike(one, two):
            return True
        person = cue_pattern(self.lexicon, "person")
        return one.exact and two.exact and all(person.search(each.dimension) for each in (one, two))

    def figures_between(self, start: int, end: int) -> Iterator[Figure]:
        """Yield the figures that begin in a stretch of text, in order."""
        figures, starts = self._figures_in_order
        at = bisect_left(starts, start)
        while at < len(starts) and starts[at] < end:
            yield figures[at]
            at += 1

    @cached_property
    def _figures_in_order(self) -> tuple[list[Figure], list[int]]:
        figures = sorted(self.figures.values(), key=lambda figure: figure.start)
        return figures, [figure.start for figure in figures]

    @cached_property
    def printed(self) -> Counter[tuple[str, Decimal]]:
        """How often each number is printed in each unit."""
        return Counter((figure.dimension, figure.number * 1) for figure in self.figures.values())

    def prose(self) -> tuple[Figure, ...]:
        """Return the figures outside tables, in text order."""
        return self._prose

    @cached_property
    def _prose(self) -> tuple[Figure, ...]:
        return tuple(figure for name, figure in self.figures.items() if self.mentions[name].cell is None)

    def of_kind(self, *kinds: type[M]) -> list[M]:
        """Return the mentions of some kinds, in text order."""
        known = self._by_kind
        if kinds not in known:
            known[kinds] = [mention for mention in self.mentions.values() if mention.__class__ in kinds]
        return known[kinds]

    @cached_property
    def _by_kind(self) -> dict[tuple[type, ...], list[Any]]:
        found: dict[tuple[type, ...], list[Any]] = {}
        for mention in self.mentions.values():
            found.setdefault((mention.__class__,), []).append(mention)
        return found


def is_same_unit(*figures: Figure) -> bool:
    """Return whether figures are of one dimension, so that they may be added and compared."""
    return len({figure.dimension for figure in figures}) == 1


def last_clause(words: str) -> str:
    """Return the words behind the last mark.

    >>> last_clause("đạt 60% kế hoạch; khu vực iii")
    ' khu vực iii'
    """
    last = max(words.rfind(";"), words.rfind(","), words.rfind(":"), words.rfind("("))
    return words[last + 1 :]
