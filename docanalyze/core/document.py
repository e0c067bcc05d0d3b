"""The document as read: its text, where each character stands, its blocks and its tables."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from docanalyze.core.base import Value, always
from docanalyze.core.span import Box, Span

TextSource = Literal["text-layer", "ocr", "legacy-font"]
BlockKind = Literal[
    "letterhead", "title", "heading", "paragraph", "list-item", "basis", "table", "caption",
    "form", "footnote", "header", "footer", "page-number", "stamp", "signature", "recipients",
]  # fmt: skip
CellRole = Literal["index", "stt", "label", "unit", "value", "note"]


class Page(Value, frozen=True, kw_only=True):
    """A page as shown: size in PDF points, where its text came from, and how sound that text is.

    `grade` (0 to 1) is the share of the page's words that are possible Vietnamese syllables, of a
    page read by OCR the mean confidence of its characters; it and `text_source` are absent for a
    page without text.
    """

    number: int
    width: float
    height: float
    text_source: TextSource | None = None
    grade: float | None = None


class Block(Value, frozen=True, kw_only=True):
    """A paragraph, heading, list item, table, footnote, letterhead …; `marker` is its printed label.

    `refers_from` of a footnote holds the places of its mark in the body.
    """

    id: str
    kind: BlockKind
    start: int
    end: int
    spans: tuple[Span, ...]
    boxes: tuple[Box, ...] = always(())
    marker: str | None = None
    refers_from: tuple[Span, ...] = ()


class Cell(Value, frozen=True, kw_only=True):
    """One cell of a table; `row` and `col` count from 0 over the whole table."""

    row: int
    col: int
    row_span: int = always(1)
    col_span: int = always(1)
    header: bool = always(False)
    role: CellRole | None = None
    text: str
    start: int
    end: int
    boxes: tuple[Box, ...] = always(())


class Column(Value, frozen=True, kw_only=True):
    """A column: its header path from the top row down, its unit and its formula (`3=2/1`)."""

    header: tuple[str, ...] = always(())
    unit: str | None = None
    formula: str | None = None


class TableRow(Value, frozen=True, kw_only=True):
    """A body row's place in the tree of rows: its level from 0, the row it is part of, its number.

    Rows are parts of another by numbering (`I` / `1` / `1.1`), indentation, `Trong đó:` or a heading
    row without figures.
    """

    row: int
    level: int = always(0)
    parent: int | None = None
    marker: str | None = None


class TablePart(Value, frozen=True, kw_only=True):
    """The rows of a table that stand on one page."""

    page: int
    first_row: int
    last_row: int


class Table(Value, frozen=True, kw_only=True):
    """A table with its cells in reading order; `unit` comes from the caption (`ĐVT: tỷ đồng`).

    `rows` are its body rows as a tree.
    """

    id: str
    title: str | None = None
    unit: str | None = None
    columns: tuple[Column, ...] = always(())
    parts: tuple[TablePart, ...] = always(())
    rows: tuple[TableRow, ...] = always(())
    cells: tuple[Cell, ...] = always(())


class PlaceMap:
    """Where the characters of a text stand: the box of each *piece* (a word, a number, a mark).

    Pieces are in text order and do not overlap; a span's boxes come out one a printed line. Flat
    arrays, since a thousand pages hold a million pieces: 24 bytes a piece, and no PDF has to stay open.
    Pieces keep the offsets that their line came with; `_shifts` says what to add to them.
    """

    def __init__(self) -> None:
        self._starts = array("I")
        self._ends = array("I")
        self._boxes = array("f")
        self._firsts = [0]
        self._froms: list[int] = []
        self._tos: list[int] = []
        self._shifts: list[int] = []
        self._pages: list[int] = []

    def __len__(self) -> int:
        return len(self._starts)

    def add_line(self, page: int, start: int, offsets: Sequence[int], boxes: Sequence[float]) -> None:
        """Add a printed line: piece i at `start + offsets[2 * i]`, boxes as four numbers a piece."""
        if not offsets:
            return
        self._starts.extend(offsets[0::2])
        self._ends.extend(offsets[1::2])
        self._boxes.extend(boxes)
        self._firsts.append(len(self._starts))
        self._froms.append(start + offsets[0])
        self._tos.append(start + offsets[-1])
        self._shifts.append(start)
        self._pages.append(page)

    def find_boxes(self, spans: Sequence[Span]) -> tuple[Box, ...]:
        """Return the boxes around the characters of `spans`, one for each printed line, in order."""
        found: list[Box] = []
        for span in spans:
            for line in range(bisect_right(self._tos, span.start), bisect_left(self._froms, span.end)):
                first, last = self._cut(line, span.start, span.end)
                if first < last:
                    found.append(self._around(self._pages[line], first, last))
        return tuple(found)

    def find_area(self, start: int, end: int) -> tuple[Box, ...]:
        """Return one box for each page around all characters of [start, end)."""
        at, last = bisect_right(self._tos, start), bisect_left(self._froms, end)
        found: list[Box] = []
        while at < last:
            page = self._pages[at]
            stop = at + 1
            while stop < last and self._pages[stop] == page:
                stop += 1
            first, behind = self._cut(at, start, end)[0], self._cut(stop - 1, start, end)[1]
            if first < behind:
                found.append(self._around(page, first, behind))
            at = stop
        return tuple(found)

    def _cut(self, line: int, start: int, end: int) -> tuple[int, int]:
        """Return the first piece of a line in [start, end) and the one behind the last."""
        first, last, shift = self._firsts[line], self._firsts[line + 1], self._shifts[line]
        if self._froms[line] < start:
            first = bisect_right(self._ends, start - shift, first, last)
        if self._tos[line] > end:
            last = bisect_left(self._starts, end - shift, first, last)
        return first, last

    def _around(self, page: int, first: int, last: int) -> Box:
        edges = self._boxes[4 * first : 4 * last]
        x0, top, x1, bottom = edges[:4]
        if last - first > 1:
            x0, top, x1, bottom = min(edges[0::4]), min(edges[1::4]), max(edges[2::4]), max(edges[3::4])
        return Box(page, round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))


class ConfidenceMap:
    """How sure the engine was of what it read from pictures: confidences by their place.

    Numerals are kept apart from words, since a figure is as sure as its digits.
    """

    def __init__(self) -> None:
        self._pages: dict[int, list[tuple[float, float, float, bool]]] = {}

    def add_page(
        self, page: int, pieces: Sequence[tuple[tuple[float, float, float, float], float, bool]]
    ) -> None:
        """Add a page's pieces: box as shown, confidence (0 to 1), whether a numeral."""
        self._pages[page] = sorted(
            ((box[1] + box[3]) / 2, (box[0] + box[2]) / 2, confidence, numeral)
            for box, confidence, numeral in pieces
        )

    def find_confidence(self, boxes: Sequence[Box]) -> float | None:
        """Return the least confidence of the numerals in the boxes, of all pieces if there is none.

        None if nothing in the boxes was read from a picture.
        """
        found: list[tuple[bool, float]] = []
        for box in boxes:
            pieces = self._pages.get(box.page)
            if pieces is None:
                continue
            at = bisect_left(pieces, (box.top,))
            while at < len(pieces) and pieces[at][0] <= box.bottom:
                _, x, confidence, numeral = pieces[at]
                if box.x0 <= x <= box.x1:
                    found.append((numeral, confidence))
                at += 1
        sure = [confidence for numeral, confidence in found if numeral] or [c for _, c in found]
        return round(min(sure), 3) if sure else None


class Warning(Value, frozen=True, kw_only=True):  # noqa: A001 - the JSON's own word
    """Something the reader should know about a page or the whole document; not an error."""

    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What `read` hands to the stages after it. Everything refers to `text` by `Span`.

    `text` is one canonical NFC string in reading order (of a `.txt` file: its own characters).
    `places` is empty for a document without pages, `confidences` for one without pages read by OCR.
    """

    text: str
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...] = ()
    tables: tuple[Table, ...] = ()
    places: PlaceMap = field(default_factory=PlaceMap)
    warnings: tuple[Warning, ...] = ()
    confidences: ConfidenceMap = field(default_factory=ConfidenceMap)
