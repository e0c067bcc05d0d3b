"""Heading blocks -> the tree of sections, nested as this document nests its labels.

What a document does comes before what is usual: a style first seen below another stays below it.
Gaps and repeats in the numbering are kept as printed; a check lists them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from docanalyze.core.analysis import Section
from docanalyze.core.document import Block, BlockKind, Document
from docanalyze.core.ladder import (
    RANKS,
    Label,
    read_alternatives,
    read_bare_label,
    split_label,
)
from docanalyze.core.span import Span

_EMPHASIS = re.compile(r"\*{1,3}(?=\S)([^*]*?)(?<=\S)\*{1,3}")
_CLOSING = frozenset[BlockKind]({"signature", "recipients"})
_OUTSIDE = frozenset[BlockKind]({"header", "footer", "page-number", "footnote", "stamp"})
_NAMED = ("part", "appendix", "chapter", "mục", "tiểu mục", "article")
_LONGEST_TITLE = 300
_UNLABELLED = "unlabelled"
_BULLETS = ("dash", "plus", "star", "dot")


@dataclass(slots=True)
class _Heading:
    block: Block
    readings: tuple[Label, ...]
    printed: str
    title: str
    label: Label | None = None

    @property
    def style(self) -> str:
        label = self.label or (self.readings[0] if self.readings else None)
        return label.style if label else _UNLABELLED


@dataclass(slots=True)
class _Open:
    """A section still open: its place in the result, its heading, and its level."""

    at: int
    heading: _Heading
    level: int


def find_sections(document: Document) -> list[Section]:
    r"""Return the document's sections in order, ids `s1`, `s2` …; each ends where its last subsection ends.

    Sections come from headings and, under an Điều, from its numbered khoản. Text before the first
    heading, the recipients and the signature belong to none; a heading after them (an annex)
    opens a new tree.

    >>> text = "I. KẾT QUẢ\n\n1. Về kinh tế"
    >>> spans = (Span(0, 10), Span(12, 25))
    >>> blocks = tuple(
    ...     Block(id=f"b{i}", kind="heading", start=s.start, end=s.end, spans=(s,), marker=m)
    ...     for i, (s, m) in enumerate(zip(spans, "I1"), 1)
    ... )
    >>> [(s.label, s.title, s.level, s.parent) for s in find_sections(Document(text, blocks))]
    [('I', 'KẾT QUẢ', 1, None), ('1', 'Về kinh tế', 2, 's1')]
    """
    found: list[Section] = []
    for headings, contents in _split_trees(document):
        _grow_tree(headings, contents, found)
    return found


def _split_trees(document: Document) -> list[tuple[list[_Heading], list[Block]]]:
    """Return the headings and the body blocks of the main text and of what follows each signature."""
    trees: list[tuple[list[_Heading], list[Block]]] = [([], [])]
    closed = under_article = False
    last: Block | None = None
    for block in document.blocks:
        if block.kind in _OUTSIDE:
            continue
        if block.kind in _CLOSING:
            closed = True
            continue
        headings, contents = trees[-1]
        if block.kind == "heading":
            if closed:
                trees.append(([], []))
                headings, contents = trees[-1]
                closed = False
            heading = _read_heading(document.text, block)
            if not heading.readings and last is not None and _awaits_title(headings, last):
                headings[-1].title = heading.title
            else:
                headings.append(heading)
                under_article = heading.style == "article" or (under_article and heading.style == "number")
        elif closed:
            continue
        elif block.kind == "title" and last is not None and _awaits_title(headings, last):
            headings[-1].title = _fold(block.spans, document.text)
        elif block.kind == "list-item" and under_article:
            khoan = _read_heading(document.text, block)
            if khoan.style == "number":
                khoan.title = ""
                headings.append(khoan)
        contents.append(block)
        last = block
    return [tree for tree in trees if tree[0]]


def _awaits_title(headings: Sequence[_Heading], last: Block) -> bool:
    """Return whether the block before is a label alone (`Chương I`), its title on the next line."""
    return bool(headings) and headings[-1].block is last and not headings[-1].title


def _read_heading(text: str, block: Block) -> _Heading:
    folded = _fold(block.spans, text)
    split = split_label(folded)
    if split is not None and split[0].style in _BULLETS:
        split = None
    if split is None:
        marker = read_bare_label(block.marker) if block.marker else None
        if marker is None or marker.style in _BULLETS:
            return _Heading(block, (), block.marker or "", folded)
        title = folded.removeprefix(block.marker or "").lstrip(" .:)-–")
        return _Heading(block, read_alternatives(marker), marker.text, title)
    label, at = split
    title = folded[at:].strip("* ")
    if len(title) > _LONGEST_TITLE:
        title = ""
    return _Heading(block, read_alternatives(label), label.text, title)


def _fold(spans: Sequence[Span], text: str) -> str:
    joined = " ".join(" ".join(span.of(text).split()) for span in spans)
    joined = joined.strip("*#_ ")
    return _EMPHASIS.sub(r"\1", joined) if "*" in joined else joined


def _grow_tree(headings: Sequence[_Heading], contents: Sequence[Block], found: list[Section]) -> None:
    """Append the sections of one tree to `found`."""
    parents_unlabelled = _heads_numbering(headings)
    below: set[tuple[str, str]] = set()
    stack: list[_Open] = []
    rows: list[tuple[_Heading, int, int | None]] = []
    base = len(found)
    for at, heading in enumerate(headings):
        heading.label = _choose_reading(heading.readings, stack)
        style = heading.style
        while stack and not _goes_below(stack[-1].heading, heading, headings, at, below, parents_unlabelled):
            stack.pop()
        for outer in stack:
            if (style, outer.heading.style) not in below:
                below.add((outer.heading.style, style))
        parent = stack[-1] if stack else None
        level = parent.level + 1 if parent else 1
        rows.append((heading, level, parent.at if parent else None))
        stack.append(_Open(len(rows) - 1, heading, level))
    ends = _find_ends(rows, contents)
    for (heading, level, parent_at), end in zip(rows, ends, strict=True):
        found.append(
            Section(
                id=f"s{len(found) + 1}",
                label=heading.label.text if heading.label else heading.printed,
                title=heading.title,
                level=level,
                parent=None if parent_at is None else f"s{base + parent_at + 1}",
                start=heading.block.start,
                end=end,
            )
        )


def _choose_reading(readings: Sequence[Label], stack: Sequence[_Open]) -> Label | None:
    """Return the reading that follows an open label (`C.` after `B.`), begins a row, or is the usual one."""
    for opened in reversed(stack):
        label = opened.heading.label
        for reading in readings:
            if (
                label is not None
                and reading.style == label.style
                and reading.number is not None
                and label.number == reading.number - 1
            ):
                return reading
    return next((r for r in readings if r.number == 1), readings[0] if readings else None)


def _goes_below(
    outer: _Heading, heading: _Heading, headings: Sequence[_Heading], at: int, below: set[tuple[str, str]],
    parents_unlabelled: bool,
) -> bool:  # fmt: skip
    """Return whether `heading` (number `at`) is a subsection of the open section `outer`."""
    upper, lower = outer.style, heading.style
    if upper == lower:
        return False
    if _UNLABELLED in (upper, lower):
        # An unlabelled heading is a leaf, unless the numbering starts anew under each of them.
        if lower == _UNLABELLED:
            return not parents_unlabelled or upper in _NAMED
        return parents_unlabelled and lower not in _NAMED
    if outer.label is None or heading.label is None:
        return False
    if _is_prefix(outer.label, heading.label):
        return True
    if (upper, lower) in below:
        return True
    if (lower, upper) in below:
        return False
    usual = RANKS[outer.label.style] < RANKS[heading.label.style]
    if usual or heading.label.number != 1 or upper in _NAMED:
        return usual
    # An unusual order, as I. II. under 1.: the outer numbering goes on after the inner one.
    after = next((h for h in headings[at + 1 : at + 200] if any(r.style == upper for r in h.readings)), None)
    number = after.readings[0].number if after else None
    return number is not None and number == (outer.label.number or 0) + 1


def _is_prefix(outer: Label, inner: Label) -> bool:
    return outer.style.startswith("number") and inner.text.startswith(f"{outer.text}.")


def _heads_numbering(headings: Sequence[_Heading]) -> bool:
    """Return whether a numbering starts anew after an unlabelled heading, so that it is a parent."""
    seen: set[str] = set()
    pending = False
    for heading in headings:
        if not heading.readings:
            pending = True
            continue
        label = heading.readings[0]
        if pending and label.number == 1 and label.style in seen and label.style not in _NAMED:
            return not any(RANKS[h.readings[0].style] < RANKS[label.style] for h in headings if h.readings)
        pending = False
        seen.add(label.style)
    return False


def _find_ends(rows: Sequence[tuple[_Heading, int, int | None]], contents: Sequence[Block]) -> list[int]:
    """Return where each section ends: at the end of the last block before the next section."""
    own: list[int] = []
    at = 0
    for number, (heading, _, _) in enumerate(rows):
        limit = rows[number + 1][0].block.start if number + 1 < len(rows) else None
        end = heading.block.end
        while at < len(contents) and (limit is None or contents[at].start < limit):
            end = max(end, contents[at].end)
            at += 1
        own.append(end)
    for number in range(len(rows) - 1, -1, -1):
        parent = rows[number][2]
        if parent is not None:
            own[parent] = max(own[parent], own[number])
    return own
