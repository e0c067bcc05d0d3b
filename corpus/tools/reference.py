"""The reference text of a source and the place of everything annotated in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.tools.header import letterhead_lines
from corpus.tools.marks import SUPERSCRIPTS, Line, Mark
from corpus.tools.source import Block, SourceReport
from corpus.tools.tables import Cell, Table


@dataclass
class Sentence:
    """A sentence of the gold: its spans and its kind."""

    spans: list[tuple[int, int]]
    kind: str


@dataclass
class Section:
    """A heading of the gold; `path` is the labels from the top (`II/3`), `parent` a place in the list."""

    label: str | None
    level: int
    parent: int | None
    start: int
    end: int
    label_span: tuple[int, int] | None
    path: str


@dataclass
class PlacedTable:
    """A table with the span of its caption and of each cell."""

    table: Table
    caption: tuple[int, int] | None
    cells: list[tuple[Cell, int, int]]


@dataclass
class Mention:
    """A mention of the gold with the cell that it stands in, if any, and the unit that the table gives it."""

    mark: Mark
    id: str = ""
    table: PlacedTable | None = None
    cell: Cell | None = None


@dataclass
class Reference:
    """The reference text with all that is annotated, offsets absolute; `names` leads from ids to mentions."""

    text: str = ""
    scope: tuple[int, int] = (0, 0)
    mentions: list[Mention] = field(default_factory=list)
    negatives: list[Mark] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    tables: list[PlacedTable] = field(default_factory=list)
    names: dict[str, Mention] = field(default_factory=dict)


def place_report(report: SourceReport) -> Reference:
    """Return the reference text of a report: blocks joined by a blank line, notes after the block cut."""
    reference = Reference()
    left, right, under = letterhead_lines(report.header)
    for text in [*left, *right, *under]:
        _add_plain(reference, text, "letterhead")
    first = None
    for block in report.blocks:
        start = _place_block(reference, block, report)
        first = start if first is None else first
        for line in _lines(block):
            for _, _, mark in line.notes:
                if mark in report.notes:
                    _place_note(reference, report.notes[mark], report)
    reference.scope = (first or 0, len(reference.text))
    _place_closing(reference, report)
    reference.text += "\n"
    reference.mentions.sort(key=lambda mention: (mention.mark.start, -mention.mark.end))
    for number, mention in enumerate(reference.mentions, 1):
        mention.id = f"m{number}"
    reference.negatives.sort(key=lambda mark: mark.start)
    reference.sentences.sort(key=lambda sentence: sentence.spans[0])
    return reference


def _lines(block: Block) -> list[Line]:
    if block.table is None:
        return block.lines
    return ([block.table.caption] if block.table.caption else []) + [cell.line for cell in block.table.cells]


def _start_block(reference: Reference) -> int:
    if reference.text:
        reference.text += "\n\n"
    return len(reference.text)


def _add_plain(reference: Reference, text: str, kind: str) -> tuple[int, int]:
    start = _start_block(reference)
    reference.text += text
    span = (start, len(reference.text))
    if kind:
        reference.sentences.append(Sentence([span], kind))
    return span


def _add_line(
    reference: Reference,
    line: Line,
    report: SourceReport,
    table: PlacedTable | None = None,
    cell: Cell | None = None,
) -> tuple[int, int]:
    """Append a line's text and its marks; the span of the line comes back."""
    start = len(reference.text)
    reference.text += line.text
    for mark in line.marks:
        moved = mark.moved(start)
        if mark.kind == "neg":
            reference.negatives.append(moved)
            continue
        mention = Mention(moved, table=table, cell=cell)
        reference.mentions.append(mention)
        if mark.name in reference.names:
            other = reference.names[mark.name].mark.line
            report.problems.add(mark.line, f"#{mark.name} is already the id of a mark on line {other}")
        elif mark.name:
            reference.names[mark.name] = mention
    for first, last, mark_text in line.notes:
        surface = line.text[first:last]
        reference.negatives.append(
            Mark(
                start + first, start + last, surface, "neg", line.number, role="footnote_mark", name=mark_text
            )
        )
    return start, len(reference.text)


def _place_block(reference: Reference, block: Block, report: SourceReport) -> int:
    if block.table is not None:
        return _place_table(reference, block.table, report)
    start = _start_block(reference)
    for index, line in enumerate(block.lines):
        if index:
            reference.text += " "
        span = _add_line(reference, line, report)
        kind = (
            "sentence" if block.kind == "paragraph" or (block.kind == "list-item" and index) else block.kind
        )
        reference.sentences.append(Sentence([span], kind))
    if block.kind == "heading":
        _add_section(reference, block, start)
    return start


def _add_section(reference: Reference, block: Block, start: int) -> None:
    label_span = None if block.label is None else (start + block.label[0], start + block.label[1])
    label = None if label_span is None else reference.text[slice(*label_span)]
    parent = next(
        (
            at
            for at in range(len(reference.sections) - 1, -1, -1)
            if reference.sections[at].level < block.level
        ),
        None,
    )
    above = "" if parent is None else reference.sections[parent].path + "/"
    end = len(reference.text)
    where = label_span[0] if label_span else start
    reference.sections.append(
        Section(label, block.level, parent, where, end, label_span, f"{above}{label or ''}")
    )


def _place_note(reference: Reference, note: Block, report: SourceReport) -> None:
    start = _start_block(reference)
    glyph = note.note.translate(SUPERSCRIPTS)
    reference.text += f"{glyph} "
    negative = Mark(start, start + len(glyph), glyph, "neg", note.number, role="footnote_mark")
    reference.negatives.append(negative)
    for index, line in enumerate(note.lines):
        if index:
            reference.text += " "
        first, last = _add_line(reference, line, report)
        reference.sentences.append(Sentence([(first if index else start, last)], "footnote"))


def unit_line(table: Table) -> str:
    """Return the line that gives a table's unit as it is printed, or an empty text."""
    return f"ĐVT: {table.unit}" if table.unit else ""


def _place_table(reference: Reference, table: Table, report: SourceReport) -> int:
    start, placed = None, PlacedTable(table, None, [])
    if table.caption is not None:
        start = _start_block(reference)
        placed.caption = _add_line(reference, table.caption, report)
        reference.sentences.append(Sentence([placed.caption], "caption"))
    if table.unit:
        first, last = _add_plain(reference, unit_line(table), "caption")
        start = first if start is None else start
        for at in range(first, last):
            if reference.text[at].isdecimal():
                reference.negatives.append(
                    Mark(at, at + 1, reference.text[at], "neg", table.number, role="other")
                )
    first = _start_block(reference)
    at_place = {(cell.row, cell.col): cell for cell in table.cells}
    for row in range(table.rows):
        reference.text += "\n" if row else ""
        for col in range(table.cols):
            reference.text += "\t" if col else ""
            cell = at_place.get((row, col))
            if cell is not None:
                span = _add_line(reference, cell.line, report, placed, cell)
                placed.cells.append((cell, *span))
    reference.tables.append(placed)
    return first if start is None else start


def _place_closing(reference: Reference, report: SourceReport) -> None:
    closing = report.header.closing
    recipients = closing.get("recipients", [])
    if recipients:
        _add_plain(reference, "Nơi nhận:", "recipient")
    for recipient in recipients:
        _add_plain(reference, f"- {recipient}", "recipient")
    lines = [*closing.get("authority", []), *closing.get("office", [])]
    spans = [_add_plain(reference, line, "") for line in [*lines, closing.get("signer", "")] if line]
    if spans:
        reference.sentences.append(Sentence(spans, "signature"))
