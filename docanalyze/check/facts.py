"""What a check looks at: the figures of an analysis with their indicators, sentences and cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Literal

from msgspec import UNSET

from docanalyze.check.equation import Equation
from docanalyze.core.analysis import Analysis, Section, Sentence
from docanalyze.core.document import Cell, Table
from docanalyze.core.figure import Figure, FigureUnit, read_figure
from docanalyze.core.mention import Mention, mention_kind
from docanalyze.core.relation import Family, Indicator, Severity, Text, Verdict


@dataclass(frozen=True)
class Claim:
    """What a check proposes: an equation, or a verdict of its own with the places it stands on.

    `sure` pairings are plain from the words or the table; of others, failing ones are told only if one
    small misprint would explain them. `open` lists may lack parts. `places` are stretches of the text
    that are no mentions (a section's label); `note` is the message's last clause, in both languages.
    """

    code: str
    equation: Equation | None = None
    sure: bool = True
    open: bool = False
    verdict: Verdict | None = None
    severity: Severity | None = None
    mentions: tuple[tuple[str, str], ...] = ()
    places: tuple[tuple[int, int], ...] = ()
    arithmetic: str = ""
    note: Text | None = None


@dataclass
class Facts:
    """An analysis with what checks ask of it, computed once.

    `units` are the units of bare figures in cells (by mention id), as `bind` found them.
    """

    analysis: Analysis
    units: dict[str, FigureUnit] = field(default_factory=dict)

    @cached_property
    def mentions(self) -> dict[str, Mention]:
        """The mentions by id, in text order."""
        mentions = () if self.analysis.mentions is UNSET else self.analysis.mentions
        return {mention.id: mention for mention in mentions}

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """The figures by the id of their mention, in text order."""
        return {
            mention.id: figure
            for mention in self.mentions.values()
            if (figure := read_figure(mention, self.units.get(mention.id))) is not None
        }

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """The indicators by id."""
        found = () if self.analysis.indicators is UNSET else self.analysis.indicators
        return {indicator.id: indicator for indicator in found}

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

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence whose outer ends hold an offset."""
        at = bisect_right(self._starts, offset) - 1
        if at >= 0 and offset < self.sentences[at].end:
            return self.sentences[at]
        return None

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def cell_at(self, offset: int) -> tuple[Table, Cell] | None:
        """Return the table cell that holds an offset."""
        for table in self.analysis.tables:
            if table.cells and table.cells[0].start <= offset <= table.cells[-1].end:
                for cell in table.cells:
                    if cell.start <= offset < cell.end:
                        return table, cell
        return None

    def prose(self) -> Iterator[Figure]:
        """Yield the figures outside tables."""
        for name, figure in self.figures.items():
            if self.mentions[name].cell is None:
                yield figure


FamilyOf = dict[str, Family]
KindOf = Literal["number", "percent", "money", "quantity"]


def is_same_unit(*figures: Figure) -> bool:
    """Return whether figures are of one dimension, so that they may be added and compared."""
    return len({figure.dimension for figure in figures}) == 1


def kind_of(facts: Facts, figure: Figure) -> str:
    """Return the kind of the mention that a figure was read from."""
    return mention_kind(facts.mentions[figure.mention])


__all__ = ["Claim", "Facts", "Fraction", "is_same_unit", "kind_of"]
