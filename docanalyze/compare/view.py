"""An analysis as a comparison looks at it: its figures, sentences, rows and sections, found quickly."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from msgspec import UNSET
from msgspec.structs import replace

from docanalyze.compare.names import Name, read_name
from docanalyze.compare.periods import main_period, place_periods
from docanalyze.core.analysis import Analysis, Report, Section, Sentence
from docanalyze.core.days import Days, follow_days, whole_year
from docanalyze.core.document import Table
from docanalyze.core.errors import UsageError
from docanalyze.core.figure import Figure, FigureUnit, read_figure
from docanalyze.core.mention import Date, Mention, Period
from docanalyze.core.relation import Indicator
from docanalyze.lexicon import Lexicon
from docanalyze.lexicon.ahead import find_leads_ahead, is_title_ahead
from docanalyze.lexicon.stretches import PlacedPeriod
from docanalyze.lexicon.unit_names import find_cell_units

_QUOTE = 1000
_NUMBERED = 8
_AIMS = re.compile(r"\W*(?:các |một số |những )?(?:chỉ tiêu|mục tiêu|dự toán|định hướng)")
_DASHES = ("-", "–", "+", "•")
_PLAIN = ("paragraph", "list-item")
_LABEL = re.compile(r"^\s*(?:bảng|biểu|phụ lục)(?: số)?\s*[\divx.]*[:.]?\s*", re.IGNORECASE)

_WHEN = re.compile(r"\s(?:\d+ tháng|tháng|quý [ivx\d]|năm \d|đến|tính đến|phân theo|\()", re.IGNORECASE)


@dataclass
class ReportView:
    """One analysis in its place in the comparison, with what is asked of it computed once.

    `days` is the stretch that the report is about.
    """

    number: int
    analysis: Analysis
    report: Report
    days: Days
    lexicon: Lexicon
    _latest: tuple[int, int, Sentence | None] = (0, 0, None)

    @cached_property
    def mentions(self) -> dict[str, Mention]:
        """The mentions by id, in text order."""
        return {} if self.analysis.mentions is UNSET else {m.id: m for m in self.analysis.mentions}

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators in text order."""
        return () if self.analysis.indicators is UNSET else self.analysis.indicators

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences in text order."""
        return () if self.analysis.sentences is UNSET else self.analysis.sentences

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections in text order."""
        return () if self.analysis.sections is UNSET else self.analysis.sections

    @cached_property
    def block_kinds(self) -> dict[str, str]:
        """The kinds of the blocks by id."""
        return {block.id: block.kind for block in self.analysis.blocks}

    @cached_property
    def block_starts(self) -> dict[str, int]:
        """Where the blocks begin, by id."""
        return {block.id: block.start for block in self.analysis.blocks}

    @cached_property
    def section_titles(self) -> dict[str, str]:
        """The titles of the sections by id."""
        return {section.id: section.title for section in self.sections}

    def section_at(self, offset: int) -> str | None:
        """Return the title of the innermost section that holds an offset."""
        at = bisect_right(self._section_starts, offset) - 1
        while at >= 0:
            if offset < self.sections[at].end:
                return self.sections[at].title
            at -= 1
        return None

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.start for section in self.sections]

    def read_title(self, title: str | None) -> Name:
        """Return the telling words of a section's title as a name."""
        return read_name(title or "", self.lexicon)

    @cached_property
    def units(self) -> dict[str, FigureUnit]:
        """The units of bare figures in cells by mention id."""
        return find_cell_units(self.analysis, self.lexicon)

    @cached_property
    def several(self) -> bool:
        """Whether the title names more than one stretch that is reported on (`tháng 5 và 5 tháng`)."""
        return sum(period.role != "plan" for period in self.report.periods) > 1

    def read_figure(self, indicator: Indicator) -> Figure | None:
        """Return the figure of an indicator with its printed precision, signed."""
        mention = self.mentions[indicator.mention]
        figure = read_figure(mention, self.units.get(mention.id))
        if figure is not None and indicator.direction == "decrease" and figure.sign > 0:
            return replace(figure, sign=-1)
        return figure

    def quote(self, mention: Mention) -> str:
        """Return the sentence of a mention in one line, or the row of its cell."""
        if mention.cell is not None:
            return self.rows.get((mention.cell.table, mention.cell.row), mention.text)
        found = self._lines.get(mention.sentence or "")
        if found is not None:
            return found
        sentence = self.sentence_at(mention.start)
        if sentence is None:
            text = self.analysis.text
            return " ".join(text[max(0, mention.start - 40) : mention.end + 60].split())
        return self.read_sentence(sentence)

    @cached_property
    def rows(self) -> dict[tuple[str, int], str]:
        """The rows of the tables in one line each, by table and row."""
        found: dict[tuple[str, int], list[str]] = {}
        for table in self.analysis.tables:
            for cell in table.cells:
                if cell.text.strip():
                    found.setdefault((table.id, cell.row), []).append(" ".join(cell.text.split()))
        return {key: _cut(" | ".join(cells)) for key, cells in found.items()}

    def read_sentence(self, sentence: Sentence) -> str:
        """Return the words of a sentence in one line."""
        found = self._lines.get(sentence.id)
        if found is None:
            text = self.analysis.text
            found = _cut(" ".join(" ".join([text[s.start : s.end] for s in sentence.spans]).split()))
            self._lines[sentence.id] = found
        return found

    @cached_property
    def _lines(self) -> dict[str, str]:
        return {}

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence whose outer ends hold an offset."""
        start, end, found = self._latest
        if not start <= offset < end:
            at = bisect_right(self._starts, offset)
            if not at or offset >= self.sentences[at - 1].end:
                return None
            found = self.sentences[at - 1]
            end = min(found.end, self._starts[at]) if at < len(self._starts) else found.end
            self._latest = found.start, end, found
        return found

    @cached_property
    def labels(self) -> dict[tuple[str, int], str]:
        """The label of each row, by table and row."""
        return {
            (table.id, cell.row): " ".join(cell.text.split())
            for table in self.analysis.tables
            for cell in table.cells
            if cell.role == "label" and cell.text.strip()
        }

    @cached_property
    def parents(self) -> dict[tuple[str, int], str]:
        """The label of the row that a row is part of, by table and row; else of the last without figures."""
        found: dict[tuple[str, int], str] = {}
        for table in self.analysis.tables:
            labels = {
                cell.row: cell.text for cell in table.cells if cell.role == "label" and cell.text.strip()
            }
            valued = {cell.row for cell in table.cells if cell.role == "value" and cell.text.strip()}
            known = {row.row: row.parent for row in table.rows}
            heading = above = None
            for row in sorted(labels):
                parent = known.get(row)
                if not labels[row].lstrip().startswith(_DASHES):
                    above = row
                elif parent is None:  # `- Dịch vụ` under `Tốc độ tăng GRDP`
                    parent = above
                if row not in valued:
                    heading = row
                elif parent is None:
                    parent = heading
                if parent is not None and parent in labels:
                    found[table.id, row] = " ".join(labels[parent].split())
        return found

    @cached_property
    def titles(self) -> dict[str, str]:
        """The titles of the tables by id, without their label: `Sản lượng thủy sản 6 tháng`."""
        return {
            table.id: _WHEN.split(_LABEL.sub("", table.title or ""))[0].strip(" :.,;")
            for table in self.analysis.tables
        }

    @cached_property
    def days_named(self) -> dict[str, list[str]]:
        """The days that each sentence names, by its id: `đến 30/11/2024`."""
        found: dict[str, list[str]] = {}
        for mention in self.mentions.values():
            if not isinstance(mention, Date) or mention.sentence is None or mention.value.bound is None:
                continue
            if not mention.value.date.startswith("-"):  # `--06-30`: of no year
                found.setdefault(mention.sentence, []).append(mention.value.date)
        return found

    @cached_property
    def _title_mentions(self) -> list[Period]:
        return [m for m in self.mentions.values() if isinstance(m, Period) and m.cell is None]

    def title_periods(self, table: Table) -> list[PlacedPeriod]:
        """Return the one period that a table's caption names, printed shortly before its first cell."""
        if not table.cells or not table.title:
            return []
        first = table.cells[0].start
        at = self.analysis.text.rfind(table.title[:30], 0, first)
        if at < 0:
            return []
        own = [m for m in self._title_mentions if at <= m.start < first]
        placed = place_periods(own, self.analysis.text, self.lexicon)
        return placed if len({period.days for period in placed}) == 1 else []

    @cached_property
    def plan_spans(self) -> list[tuple[int, int, Days | None]]:
        """The stretches of the text about the time to come, each with the days that its title names."""
        found = []
        for section in self.sections:
            head = section.start + len(section.title) + _NUMBERED
            placed = self._place(section.start, head)
            # `Chỉ tiêu năm 2026` of a report on 2025
            later = bool(placed) and placed[-1].days.start > self.days.end
            later = later and _AIMS.match(section.title.lower()) is not None
            if later or is_title_ahead(section.title, self.lexicon):
                found.append((section.start, section.end, self._end_ahead(placed)))
        ends = {block.start: block.end for block in self.analysis.blocks if block.kind in _PLAIN}
        for start, first, last in find_leads_ahead(self.analysis.text):
            if start in ends:
                found.append((start, ends[start], self._end_ahead(self._place(first, last))))
        return found

    def _place(self, start: int, end: int) -> list[PlacedPeriod]:
        """Return the periods printed between two places, but what is compared with."""
        named = [m for m in self._title_mentions if start <= m.start < end]
        return [p for p in place_periods(named, self.analysis.text, self.lexicon) if not p.base]

    def _end_ahead(self, placed: list[PlacedPeriod]) -> Days | None:
        return placed[-1].days if placed and placed[-1].days.end > self.days.end else None

    def looks_ahead(self, offset: int) -> bool:
        """Return whether a place stands in a section about the time to come."""
        for start, end, _ in self.plan_spans:  # noqa: SIM110 - asked of every figure
            if start <= offset < end:
                return True
        return False

    def days_ahead(self, offset: int) -> Days:
        """Return the time to come that the innermost title above a place names, else the stretch to come."""
        named = [days for start, end, days in self.plan_spans if start <= offset < end and days is not None]
        return named[-1] if named else follow_days(self.days)


def view_report(number: int, analysis: Analysis, lexicon: Lexicon) -> ReportView:
    """Return the view of an analysis; raise UsageError for one without indicators or without a period."""
    if analysis.indicators is UNSET or analysis.report is UNSET:
        raise UsageError(
            reason=f"{analysis.source.path}: the analysis has no indicators; extract it with --until bind"
        )
    days = find_days(analysis.report)
    if days is None:
        raise UsageError(
            reason=f"{analysis.source.path}: no reporting period is printed in the title and no date in the "
            "letterhead, so the report has no place in a series"
        )
    return ReportView(number, analysis, analysis.report, days, lexicon)


def find_days(report: Report) -> Days | None:
    """Return what stretch a report is about: by its title, else the year of its date or cut-off."""
    main = main_period(report)
    if main is not None:
        return Days(main.start, main.end)
    day = report.cutoff or report.date
    if day is None:
        return None
    year = whole_year(day)
    return Days(year.start, day)


def _cut(quote: str) -> str:
    return quote if len(quote) <= _QUOTE else quote[:_QUOTE].rsplit(" ", 1)[0] + " …"
