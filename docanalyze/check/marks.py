"""Checks of footnotes with their marks, and of the numbers of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from docanalyze.check.dates import Taken
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.numbering import write_note
from docanalyze.core.document import Block
from docanalyze.core.relation import Text
from docanalyze.core.span import Span
from docanalyze.lexicon.forms import any_of

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARK = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}")
_UNIT_BEFORE = re.compile(r"(?:(?<![^\W\d_])[kcdmh]?m|(?<!\d)10|(?<!\w)dam)$")
_CAPTION = re.compile(
    rf"(?P<word>{any_of('caption')})(?:\s+số)?\s*:?\s*(?P<no>\d{{1,3}})(?!\d|[./]\d|[a-zđ])", re.IGNORECASE
)
_CONTINUED = re.compile(r"tiếp(?:\s+theo)?|\(tt\)", re.IGNORECASE)
_LOST = 3


def find_note_gaps(facts: Facts) -> Iterator[Claim]:
    """Yield the footnote marks without a note, the notes without a mark, and gaps among them.

    What: every mark in the text has a note, every note a mark, and both are numbered without gap.
    Why: a note was lost, or its mark was deleted with the words that it explained.
    Tolerance: info. Exponents of units (`m²`) are no marks; numbering may start anew on a page. Silent in a
        document without any note.
    Example: `Toàn xã có 07 sản phẩm¹ và 12 cơ sở³` above notes ¹ and ².
    """
    numbered = _list_notes(facts)
    if not numbered:
        return
    marks = _list_note_marks(facts)
    marked = {number for number, _, _ in marks}
    for block, number in numbered:
        if not block.refers_from and number not in marked:
            yield Claim(
                "NUM002",
                severity="info",
                places=((block.start, block.start + len(block.marker or "")),),
                arithmetic=str(number),
                note=Text(vi="không có dấu dẫn tới chú thích này", en="no mark leads to this note"),
            )
    for (_, before), (block, number) in pairwise(numbered):
        if number not in (before + 1, 1) and number > before:
            yield Claim(
                "NUM002",
                severity="info",
                places=((block.start, block.start + len(block.marker or "")),),
                arithmetic=f"{before}, {number}",
                note=write_note("gap", str(number), str(before + 1)),
            )
    yield from _find_lone_marks(facts, marks, numbered)


def _list_notes(facts: Facts) -> list[tuple[Block, int]]:
    """Return the numbered notes from the first one on; lines that only look like notes do not count on."""
    found: list[tuple[Block, int]] = []
    for block in facts.analysis.blocks:
        is_note = block.kind == "footnote" and not facts.analysis.text.startswith("(", block.start)
        number = _read_mark(block.marker) if is_note else None
        if number is not None and (number == 1 or (found and found[-1][1] < number <= found[-1][1] + _LOST)):
            found.append((block, number))
    return found


def _read_mark(marker: str | None) -> int | None:
    text = (marker or "").translate(_SUPERSCRIPTS).strip(" .")
    return int(text) if text.isdecimal() and len(text) <= 3 else None


def _list_note_marks(facts: Facts) -> list[tuple[int, int, int]]:
    """Return number, start and end of the marks that lead to notes, without those that open notes."""
    text = facts.analysis.text
    opens = {block.start for block in facts.analysis.blocks if block.kind == "footnote"}
    marks = []
    for found in _MARK.finditer(text):
        number = _read_mark(found[0])
        is_unit = _UNIT_BEFORE.search(text[max(0, found.start() - 4) : found.start()]) is not None
        if number is not None and not is_unit and found.start() not in opens:
            marks.append((number, *found.span()))
    return marks


def _find_lone_marks(
    facts: Facts, marks: Sequence[tuple[int, int, int]], notes: Sequence[tuple[Block, int]]
) -> Iterator[Claim]:
    """Yield the marks in the running numbers of the notes to which no note belongs."""
    numbers = {number for _, number in notes}
    within = Taken(Span(block.start, block.end) for block, _ in notes)
    last = max(numbers) + 1
    for number, start, end in marks:
        if number in numbers or not 1 <= number <= last or within.meets(Span(start, end)):
            continue
        if facts.cell_at(start) is None:
            yield Claim(
                "NUM002",
                severity="info",
                places=((start, end),),
                arithmetic=str(number),
                note=Text(vi="không có chú thích cho dấu này", en="there is no note for this mark"),
            )


def find_table_gaps(facts: Facts) -> Iterator[Claim]:
    """Yield the captions of tables and figures that skip a number, or have one twice.

    What: captions of one kind (`Biểu 01`, `Bảng 2`, `Hình 3`) must be numbered one after the other.
    Why: a table was taken out or lost, or a reference to it leads to another one.
    Tolerance: info. A table that goes on (`tiếp theo`) may repeat its number; numbers with a letter or a dot
        (`Biểu 1a`, `Bảng 2.1`) are left aside.
    Example: `Biểu 01`, `Biểu 02`, `Biểu 04`.
    """
    last: dict[str, int] = {}
    for start, end in _list_captions(facts):
        found = _CAPTION.match(facts.analysis.text, start, end)
        if found is None:
            continue
        word, number = " ".join(found["word"].split()).lower(), int(found["no"])
        before = last.get(word, 0)
        last[word] = number
        line = facts.analysis.text[found.end() : end]
        if number == before + 1 or (number == 1 and before) or (number == before and _CONTINUED.search(line)):
            continue
        if before == 0 and number != 1:
            continue  # an extract may begin with any table
        yield Claim(
            "NUM003",
            severity="info",
            places=(found.span(),),
            arithmetic=f"{found['word']} {before}, {number}",
            note=write_note("repeat" if number <= before else "gap", str(number), str(before + 1)),
        )


def _list_captions(facts: Facts) -> list[tuple[int, int]]:
    captions = [(block.start, block.end) for block in facts.analysis.blocks if block.kind == "caption"]
    text = facts.analysis.text
    for block in facts.analysis.blocks:
        if block.kind in ("heading", "title", "paragraph") and _CAPTION.match(text, block.start, block.end):
            line = text[block.start : block.end]
            if len(line) <= 160 and not line.rstrip().endswith((".", ";", ",")) and line[:1].isupper():
                captions.append((block.start, block.end))
    return sorted(set(captions))
