"""Drafts of blocks -> `Document`: one text, the blocks and tables in it, and the place of each piece."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from docanalyze.core.document import (
    Block,
    Cell,
    Document,
    Page,
    PlaceMap,
    Table,
    Warning,
)
from docanalyze.core.span import Span
from docanalyze.read.captions import find_caption
from docanalyze.read.draft import Draft
from docanalyze.read.figure_lines import is_one_figure
from docanalyze.read.lines import Line
from docanalyze.read.placement import Frame, PieceBox
from docanalyze.read.tables.grid import GridCell
from docanalyze.read.tables.join import join_grids
from docanalyze.read.tables.roles import cell_role, column_roles, describe_columns
from docanalyze.read.tables.tree import RowLook, build_tree

_LOOK_BACK = 3
"""Blocks above a table in which its caption and unit are looked for."""

BLOCK_BREAK = "\n\n"
CELL_BREAK = "\t"
ROW_BREAK = "\t\n"

_ID_TAIL = re.compile(r"(?:^|[\s(“\"])\d{1,5}[a-zA-Z]?\s?/(?:\S*[/-])?$|(?:^|\s)\d{1,5}-[A-ZĐ]\w{0,3}/$")
_TIGHT_TAIL = re.compile(r"[^\s/](?:/|(?<=\w)-)$")
_FIGURE = re.compile(r"[\d.,\s]+$")
_ID_HEAD = re.compile(r"(?:[A-ZĐ]|\d{4}/|\d{1,2}/\d{4})")
_POWER = re.compile(r"(?<![^\W\d_])[kcdmh]?m[²³]$")
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"


def assemble_document(
    drafts: Sequence[Draft],
    pages: Sequence[Page],
    warnings: Sequence[Warning],
    frames: Mapping[int, Frame],
) -> Document:
    """Return the document that the drafts make up; its text is theirs in order, a blank line between.

    `frames` holds the pages whose text is not upright as shown.
    """
    writer = _Writer(frames)
    blocks: list[Block] = []
    tables: list[Table] = []
    for number, draft in enumerate(drafts):
        if number > _LOOK_BACK:
            # Its pieces are in the text now; a thousand pages of lines need not stay.
            drafts[number - _LOOK_BACK - 1].release()
        if writer.length:
            writer.write(BLOCK_BREAK)
        start = writer.length
        if draft.kind == "table":
            before = drafts[max(0, number - _LOOK_BACK) : number]
            tables.append(_write_table(writer, draft, f"t{len(tables) + 1}", before))
        else:
            writer.write_lines(draft.lines)
        span = Span(start, writer.length)
        blocks.append(
            Block(
                id=f"b{len(blocks) + 1}",
                kind=draft.kind,
                start=start,
                end=writer.length,
                spans=(span,),
                marker=draft.marker,
            )
        )
    text = "".join(writer.parts)
    places = writer.places
    marks = _index_marks(writer, text, blocks)
    blocks = [_place_block(block, places, marks) for block in blocks]
    return Document(text, tuple(blocks), tuple(pages), tuple(tables), places, tuple(warnings))


class _Writer:
    """The text as it grows, with the place of every piece."""

    def __init__(self, frames: Mapping[int, Frame]) -> None:
        self._frames = frames
        self.parts: list[str] = []
        self.length = 0
        self.places = PlaceMap()
        self.marks: list[Span] = []

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def write_lines(self, lines: Sequence[Line]) -> str:
        """Write a paragraph's lines as one; return its text."""
        pieces: list[str] = []
        at = self.length
        for number, line in enumerate(lines):
            if number:
                joint = find_joint(lines[number - 1].text, line.text)
                pieces.append(joint)
                at += len(joint)
            boxes: Sequence[float] = line.boxes
            frame = self._frames.get(line.page)
            if frame is not None:
                boxes = [
                    edge for i in range(0, len(line.boxes), 4) for edge in frame.to_shown(_box_at(line, i))
                ]
            self.places.add_line(line.page, at - line.base, line.offsets, boxes)
            if line.marks:
                self.marks.extend(Span(at + a, at + b) for a, b in line.marks)
            pieces.append(line.text)
            at += len(line.text)
        text = "".join(pieces)
        self.write(text)
        return text


def _box_at(line: Line, at: int) -> PieceBox:
    x0, top, x1, bottom = line.boxes[at : at + 4]
    return (x0, top, x1, bottom)


def find_joint(before: str, after: str) -> str:
    r"""Return what goes between two lines of a paragraph: a space, or nothing inside a document number.

    Between two lines that are figures alone, as in a cell without rules between its rows, the line
    end stays: they are two figures, not one with a space in it.

    >>> find_joint("1.250", "311")
    '\n'

    A figure too wide for its cell goes on in the next line.

    >>> find_joint("9.988.309.", "102"), find_joint("552.488.2", "04")
    ('', '')
    """
    if is_one_figure(before, after):
        return ""
    if before[-1:].isdigit() and after[:1].isdigit() and _FIGURE.match(before) and _FIGURE.match(after):
        return "\n"
    if before[-1:] not in "/-":
        return " "
    if _TIGHT_TAIL.search(before) and (after[:1].isalnum() or (after[:1] == "(" and before[-1] == "/")):
        return ""  # `đồng/` and `kg`, `2021-` and `2025`: lines end behind a slash or hyphen without spaces
    return "" if joins_id(before, after) else " "


def joins_id(before: str, after: str) -> bool:
    """Return whether a document number goes on over the line end without a space.

    >>> joins_id("Kế hoạch số 50/KH-", "UBND ngày 12/7/2022")
    True
    >>> joins_id("các xã -", "thị trấn")
    False
    """
    return _ID_TAIL.search(before) is not None and _ID_HEAD.match(after) is not None


_Marks = dict[str, list[tuple[Span, int]]]
"""Note marks by their number, each with its page."""


def _index_marks(writer: _Writer, text: str, blocks: Sequence[Block]) -> _Marks:
    """Return the raised numbers in the text that no note begins with and that are no power of a unit."""
    labels = {block.start for block in blocks if block.kind == "footnote"}
    marks: _Marks = {}
    for mark in writer.marks:
        if mark.start in labels or _POWER.search(text, max(0, mark.start - 3), mark.end):
            continue
        boxes = writer.places.find_boxes((mark,))
        if boxes:
            number = "".join(str(_SUPERSCRIPTS.find(char)) for char in mark.of(text))
            marks.setdefault(number, []).append((mark, boxes[0].page))
    return marks


def _place_block(block: Block, places: PlaceMap, marks: _Marks) -> Block:
    boxes = places.find_area(block.start, block.end)
    refers: tuple[Span, ...] = ()
    if block.kind == "footnote" and block.marker and boxes:
        found = [item for item in marks.get(block.marker, ()) if not block.start <= item[0].start < block.end]
        # Notes may be numbered anew on each page.
        here = [mark for mark, page in found if page == boxes[0].page]
        refers = tuple(here or [mark for mark, _ in found])
    return Block(
        id=block.id, kind=block.kind, start=block.start, end=block.end, spans=block.spans,
        boxes=boxes, marker=block.marker, refers_from=refers,
    )  # fmt: skip


def _write_table(writer: _Writer, draft: Draft, name: str, before: Sequence[Draft]) -> Table:
    """Write a table row by row (cells end in a tab, rows in a tab and a line end) and return it."""
    cells, parts, header_rows = join_grids(draft.grids)
    width = max((cell.col + cell.col_span for cell in cells), default=0)
    columns = describe_columns(cells, width, header_rows)
    roles = column_roles(columns, cells, header_rows)
    written: list[Cell] = []
    row = cells[0].row if cells else 0
    for cell in cells:
        if written:
            writer.write(ROW_BREAK if cell.row != row else CELL_BREAK)
        row = cell.row
        start = writer.length
        text = writer.write_lines(cell.lines) if cell.lines else ""
        written.append(
            Cell(
                row=row, col=cell.col, row_span=cell.row_span, col_span=cell.col_span,
                header=row < header_rows,
                role=cell_role(cell, text, header_rows=header_rows, column=roles[cell.col]),
                text=text, start=start, end=writer.length,
                boxes=writer.places.find_boxes((Span(start, writer.length),)) if text else (),
            )
        )  # fmt: skip
    title, unit = find_caption(before, draft.grids[0])
    rows = build_tree(_look_at_rows(cells, written, header_rows))
    return Table(
        id=name, title=title, unit=unit, columns=columns, parts=parts, rows=rows, cells=tuple(written)
    )


def _look_at_rows(cells: Sequence[GridCell], written: Sequence[Cell], header_rows: int) -> list[RowLook]:
    """Return how each body row looks: its running number, its label and whether it has figures."""
    rows: dict[int, list[tuple[GridCell, Cell]]] = {}
    for grid_cell, cell in zip(cells, written, strict=True):
        if cell.row >= header_rows:
            rows.setdefault(cell.row, []).append((grid_cell, cell))
    looks: list[RowLook] = []
    for row, pairs in rows.items():
        label = next(((g, c) for g, c in pairs if c.role == "label"), None)
        before = label[1].col if label else 1
        stt = next((c.text for _, c in pairs if c.role == "stt" and c.col < before), "")
        lines = label[0].lines if label else []
        looks.append(
            RowLook(
                row=row, stt=stt, label=label[1].text if label else "",
                x0=lines[0].x0 if lines else 0.0, bold=bool(lines) and lines[0].bold,
                figures=any(c.role == "value" for _, c in pairs),
            )
        )  # fmt: skip
    return looks
