"""Checks of marks inside the text: footnotes, numbers of tables, and enumerations in a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from docanalyze.check.dates import Taken
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.numbering import skips_dstroke, write_note, write_roman
from docanalyze.core.document import Block
from docanalyze.core.ladder import LETTERS, read_roman
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
_INLINE = re.compile(
    r"(?:^|(?<=\s))\((?P<no>\d{1,2}|[a-eghik-vxyđ]|[ivx]{2,4})\)(?=\s*[^\W\d_\s])", re.MULTILINE
)
_BETWEEN = re.compile(r"(?:^|[:;,.]\s*|(?:và|hoặc|hay|cùng)\s+)$", re.IGNORECASE | re.MULTILINE)
"""What stands before an item of an enumeration; the first one may follow a word (`gồm (1) …`)."""
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


def find_enumeration_gaps(facts: Facts) -> Iterator[Claim]:
    """Yield the marks of enumerations in a paragraph that skip a number, or have one twice.

    What: `(1) …; (2) …; (3) …` and `(a) …; (b) …` must count on without gap, from (1) or (a).
    Why: an item was taken out, or two were run together; a stated count no longer fits.
    Tolerance: info. At least three marks of which the first two are 1 and 2; numbers of columns and signs of
        formulas are left aside.
    Example: `gồm: (1) đường giao thông; (2) trường học; (4) trạm y tế`.
    """
    text = facts.analysis.text
    for block in facts.analysis.blocks:
        if block.kind not in ("paragraph", "list-item", "footnote"):
            continue
        for run in split_runs(_list_marks(text, block.start, block.end)):
            for (was, _), (now, mark) in pairwise(run):
                due = _print_inline(mark["no"], was + 1)
                if now == was + 1 or skips_dstroke(facts, mark["no"], due):
                    continue
                yield Claim(
                    "NUM004",
                    severity="info",
                    places=(mark.span(),),
                    arithmetic=", ".join(f"({m['no']})" for _, m in run),
                    note=write_note("repeat" if now <= was else "gap", mark["no"], due),
                )


def _list_marks(text: str, start: int, end: int) -> list[tuple[int, re.Match[str]]]:
    """Return the marks of enumerations in a stretch of text with their numbers."""
    marks = [(_read_inline(mark["no"]), mark) for mark in _INLINE.finditer(text, start, end)]
    return [
        (number, mark)
        for number, mark in marks
        if number == 1 or mark.start() == start or _BETWEEN.search(text, start, mark.start())
    ]


def split_runs(marks: Sequence[tuple[int, re.Match[str]]]) -> Iterator[list[tuple[int, re.Match[str]]]]:
    """Yield the runs of at least three inline marks that begin with 1 and 2."""
    run: list[tuple[int, re.Match[str]]] = []
    for number, mark in [*marks, (1, None)]:
        if number == 1 and run:
            if len(run) >= 3 and run[1][0] == 2:
                yield run
            run = []
        if mark is not None and (run or number == 1):
            run.append((number, mark))


def _read_inline(mark: str) -> int:
    if mark.isdecimal():
        return int(mark)
    if len(mark) > 1 or mark == "i":
        return read_roman(mark)
    return LETTERS.index(mark) + 1


def _print_inline(like: str, number: int) -> str:
    if like.isdecimal():
        return str(number)
    if len(like) > 1 or like == "i":
        return write_roman(number).lower()
    return LETTERS[number - 1] if number <= len(LETTERS) else "?"


def list_inline(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return number and offset of the marks `(1)`, `(2)` … of the first enumeration of a stretch.

    >>> list_inline("gồm: (1) đường; (2) trường; (3) trạm", 0, 36)
    [(1, 5), (2, 16), (3, 28)]
    """
    found: list[tuple[int, int]] = []
    for number, mark in _list_marks(text, start, end):
        if number == 1 and found:
            break
        if found or number == 1:
            found.append((number, mark.start()))
    return found
