"""Checks of numbering: sections, list items, footnotes, tables, and enumerations inside a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from docanalyze.check.facts import Claim, Facts
from docanalyze.core.analysis import Section
from docanalyze.core.document import Block
from docanalyze.core.ladder import LETTERS, Label, parse_label, read_alternatives, read_bare_label, read_roman
from docanalyze.core.relation import Text
from docanalyze.lexicon.forms import any_of

_NAMED = ("part", "appendix", "chapter", "mục", "tiểu mục", "article")
_WHOLE = ("article", "appendix")
_OUTSIDE = ("header", "footer", "page-number", "footnote", "stamp")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARK = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}")
_UNIT_BEFORE = re.compile(r"(?:(?<![^\W\d_])[kcdmh]?m|(?<!\d)10|(?<!\w)dam)$")
_CAPTION = re.compile(
    rf"(?P<word>{any_of('caption')})(?:\s+số)?\s*:?\s*(?P<no>\d{{1,3}})(?!\d|[./]\d|[a-zđ])", re.IGNORECASE
)
_CONTINUED = re.compile(r"tiếp(?:\s+theo)?|\(tt\)", re.IGNORECASE)
_INLINE = re.compile(
    r"(?:(?<=^)|(?<=[\s:;,.]))\((?P<no>\d{1,2}|[a-eghik-vxyđ]|[ivx]{2,4})\)(?=\s*[^\W\d_\s])", re.MULTILINE
)
_MOST = 40
_LOST = 3


@dataclass(frozen=True, slots=True)
class NumberingGap:
    """A label that does not follow the one before it: `expected` was due, `label` is printed."""

    section: str
    label: str
    expected: str
    kind: Literal["gap", "repeat"]


def find_section_gaps(facts: Facts) -> Iterator[Claim]:
    """The numbering of sections or list items skips a label, or has one twice.

    What: the labels of the sections of one parent (`I`, `1`, `1.1`, `a`), and of the items of one list, must
        follow each other; letters in the order of Vietnamese legal texts: a b c d đ e g h i k l m n …
    Why: a part was taken out or lost, or the numbering comes from a template.
    Tolerance: info. Silent if the missing label begins another line of the same stretch of text.
    Example: `1. Về kinh tế`, `2. Về xã hội`, `4. Về môi trường`.
    """
    by_id = {section.id: at for at, section in enumerate(facts.sections)}
    for gap in find_numbering_gaps(facts.sections):
        at = by_id[gap.section]
        section = facts.sections[at]
        siblings = [s for s in facts.sections[:at] if _are_siblings(s, section)]
        if not siblings and not _opens_row(facts.sections[at:], section):
            continue  # an extract, or labels that follow those of another document
        since = siblings[-1].start if siblings else 0
        looked_for = gap.expected if gap.kind == "gap" else _print_before(section.label)
        if looked_for and _is_printed(facts, looked_for, since, section.start):
            continue  # a heading between the two was only not seen as one
        if gap.kind == "repeat" and (
            _is_quoted(facts, section.start) or _goes_on(siblings[-1], section, facts.sections[at + 1 :])
        ):
            continue
        if _skips_dstroke(facts, gap.label, gap.expected):
            continue
        labels = [s.label for s in facts.sections if s is section or _are_siblings(s, section)]
        yield Claim(
            "NUM001",
            severity="info",
            places=((section.start, section.start + len(section.label)),),
            arithmetic=", ".join(labels[:_MOST]),
            note=_write_note(gap.kind, gap.label, gap.expected),
        )
    yield from _find_item_gaps(facts)


def _write_note(kind: str, label: str, expected: str) -> Text:
    if kind == "repeat":
        return Text(vi=f"{label} lặp lại, lẽ ra là {expected}", en=f"{label} again, {expected} was due")
    return Text(vi=f"{label} đứng ở chỗ của {expected}", en=f"{label} where {expected} was due")


def _are_siblings(a: Section, b: Section) -> bool:
    """Return whether two sections are counted in one row."""
    one, other = _read(a.label), _read(b.label)
    return one is not None and other is not None and _row(a, one) == _row(b, other)


def _read(label: str) -> Label | None:
    return read_bare_label(label) if label else None


def _row(section: Section, label: Label) -> tuple[str | None, str]:
    """Return what a label counts in: articles and annexes in the document, `2.3` after `2.2`."""
    style = "roman" if label.style == "capital" else label.style
    if style.startswith("number."):
        style = f"{style} {label.text.rpartition('.')[0]}"
    return None if style in _WHOLE else section.parent, style


def _opens_row(sections: Sequence[Section], section: Section) -> bool:
    """Return whether a row that begins with its second label goes on after it."""
    label = _read(section.label)
    return label is not None and label.number == 2 and any(_are_siblings(s, section) for s in sections[1:])


def _goes_on(before: Section, section: Section, after: Sequence[Section]) -> bool:
    """Return whether a row that steps back is another row, below a heading that was not seen as one."""
    was, now = _read(before.label), _read(section.label)
    if was is None or now is None or was.number == now.number:
        return False
    following = next((_read(s.label) for s in after if _are_siblings(s, section)), None)
    return now.number == 1 or following is None or following.number == (now.number or 0) + 1


def _print_before(text: str) -> str | None:
    """Return the label before one, None before the first."""
    label = _read(text)
    if label is None or label.number is None or label.number < 2:
        return None
    return print_label(label, label.number - 1)


def _skips_dstroke(facts: Facts, label: str, expected: str) -> bool:
    """Return whether a document counts a b c d e in most places, without đ."""
    if label.lower() != "e" or expected.lower() != "đ":
        return False
    with_it, without = (len(re.findall(rf"(?<!\w){letter}\)", facts.analysis.text)) for letter in "đe")
    return with_it * 2 < without


def _is_printed(facts: Facts, label: str, start: int, end: int) -> bool:
    """Return whether a label begins a line between two places, so that a heading was only not seen."""
    mark = re.escape(label.rsplit(" ", 1)[-1])
    if mark.isdecimal():
        mark = f"0?{mark}"
    pattern = re.compile(
        rf"(?:^|[\t“\"*]|(?<=[.;:]\s))\s*(?:\*\*)?(?:{any_of('division')}\s+|Điều\s+|\()?{mark}\s?[.)\-–/:,]"
        rf"|(?:^|\n)\s*{mark}\s",
        re.MULTILINE | re.IGNORECASE,
    )
    return pattern.search(facts.analysis.text, start, end) is not None


def _is_quoted(facts: Facts, start: int) -> bool:
    """Return whether a label stands inside quoted text, as in a decree that amends another."""
    before = facts.analysis.text[max(0, start - 6000) : start + 1]
    return before.rfind("“") > before.rfind("”") or before.count('"') % 2 == 1


def find_numbering_gaps(sections: Sequence[Section]) -> list[NumberingGap]:
    """Return the labels that skip or repeat a number among the sections of one parent, in order.

    Articles are counted through the whole document. `e)` after `đ)` and `g)` after `e)` are no gaps.

    >>> parts = [("s1", "1"), ("s2", "2"), ("s3", "5"), ("s4", "5")]
    >>> rows = [Section(id=i, label=n, title="", level=1, parent=None, start=0, end=0) for i, n in parts]
    >>> [(gap.section, gap.expected, gap.label, gap.kind) for gap in find_numbering_gaps(rows)]
    [('s3', '3', '5', 'gap'), ('s4', '6', '5', 'repeat')]
    """
    last: dict[tuple[str | None, str], int] = {}
    found: list[NumberingGap] = []
    for section in sections:
        label = read_bare_label(section.label) if section.label else None
        if label is None:
            continue
        readings = [reading for reading in read_alternatives(label) if reading.number is not None]
        if not readings:
            continue
        keys = [_row(section, r) for r in readings]
        reading, key = next(
            ((r, k) for r, k in zip(readings, keys, strict=True) if last.get(k, -1) + 1 == r.number),
            next(((r, k) for r, k in zip(readings, keys, strict=True) if k in last), (readings[0], keys[0])),
        )
        number = reading.number or 0
        due = last.get(key, 0) + 1
        if key[1] == "article" and (number == 1 or key not in last):
            due = number
        if number != due and not (reading.style == "article" and section.label[-1:].isalpha()):
            kind: Literal["gap", "repeat"] = "repeat" if number < due else "gap"
            found.append(NumberingGap(section.id, section.label, print_label(reading, due), kind))
        last[key] = max(number, last.get(key, 0)) if number != 1 else 1
    return found


def print_label(like: Label, number: int) -> str:
    """Return the label of `number` in the style of another: `IV` for 4 like `II`, `1.4` like `1.2`."""
    if like.style in ("letter", "(letter)", "capital"):
        letter = LETTERS[number - 1] if number <= len(LETTERS) else "?"
        return letter.upper() if like.style == "capital" else letter
    if like.style in ("roman", "roman)", "(roman)"):
        roman = _to_roman(number)
        return roman if like.style == "roman" else roman.lower()
    if like.style in _NAMED:
        name, count = like.text.rsplit(" ", 1)
        return f"{name} {number if count[0].isdigit() else _to_roman(number)}"
    head, dot, _ = like.text.rpartition(".")
    return f"{head}{dot}{number}"


def _to_roman(number: int) -> str:
    text = ""
    for value, letters in (
        (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        text += letters * (number // value)
        number %= value
    return text


def _find_item_gaps(facts: Facts) -> Iterator[Claim]:
    """Yield the gaps among list items that follow each other in one section."""
    heads = {section.start for section in facts.sections}
    last: dict[str, tuple[Label, Block]] = {}
    for block in facts.analysis.blocks:
        if block.kind in _OUTSIDE:
            continue
        if block.kind == "heading" or block.start in heads:
            last.clear()
            continue
        label = parse_label(facts.analysis.text[block.start : block.end]) if block.kind == "list-item" else None
        if label is None or label.number is None:
            continue
        readings = [r for r in read_alternatives(label) if r.number is not None]
        reading = next(
            (r for r in readings if r.style in last and last[r.style][0].number == (r.number or 0) - 1), readings[0]
        )
        before = last.get(reading.style)
        if before is not None and _is_gap(facts, before, reading, block):
            due = print_label(reading, (before[0].number or 0) + 1)
            kind = "repeat" if reading.number == before[0].number else "gap"
            yield Claim(
                "NUM001",
                severity="info",
                places=((block.start, block.start + len(block.marker or "")),),
                arithmetic=f"{before[0].text}, {reading.text}",
                note=_write_note(kind, reading.text, due),
            )
        last[reading.style] = (reading, block)


def _is_gap(facts: Facts, before: tuple[Label, Block], label: Label, block: Block) -> bool:
    was, now = before[0].number or 0, label.number or 0
    if now == was + 1 or now == 1 or now < was or _is_quoted(facts, block.start):
        return False
    due = print_label(label, was + 1)
    if _skips_dstroke(facts, label.text, due):
        return False
    looked_for = print_label(label, now - 1) if now == was else due
    return not _is_printed(facts, looked_for, before[1].start + 1, block.start)


def find_note_gaps(facts: Facts) -> Iterator[Claim]:
    """Footnote marks and notes do not go together.

    What: every mark in the text has a note, every note a mark, and both are numbered without gap.
    Why: a note was lost, or its mark was deleted with the words that it explained.
    Tolerance: info. Exponents of units (`m²`) are no marks; numbering may start anew on a page. Silent in a
        document without any note.
    Example: marks ¹ ² ³ in the text, notes ¹ and ³ at the foot.
    """
    numbered = _list_notes(facts)
    if not numbered:
        return
    for block, number in numbered:
        if not block.refers_from and not _is_marked(facts, number, block):
            yield Claim(
                "NUM002",
                severity="info",
                places=((block.start, block.start + len(block.marker or "")),),
                arithmetic=str(number),
                note=Text(vi="chú thích này không có dấu dẫn trong bài", en="no mark in the text leads to this note"),
            )
    for (_, before), (block, number) in pairwise(numbered):
        if number not in (before + 1, 1) and number > before:
            yield Claim(
                "NUM002",
                severity="info",
                places=((block.start, block.start + len(block.marker or "")),),
                arithmetic=f"{before}, {number}",
                note=_write_note("gap", str(number), str(before + 1)),
            )
    yield from _find_lone_marks(facts, {number for _, number in numbered})


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


def _is_marked(facts: Facts, number: int, note: Block) -> bool:
    """Return whether a mark of this number stands in the text before or after a note."""
    text = facts.analysis.text
    return any(
        _read_mark(found[0]) == number and not note.start <= found.start() < note.end
        for found in _MARK.finditer(text)
        if not _UNIT_BEFORE.search(text[max(0, found.start() - 4) : found.start()])
    )


def _find_lone_marks(facts: Facts, notes: set[int]) -> Iterator[Claim]:
    """Yield the marks in the running numbers of the notes to which no note belongs."""
    text = facts.analysis.text
    within = [(block.start, block.end) for block in facts.analysis.blocks if block.kind == "footnote"]
    for found in _MARK.finditer(text):
        number = _read_mark(found[0])
        if number is None or number in notes or not 1 <= number <= max(notes) + 1:
            continue
        if _UNIT_BEFORE.search(text[max(0, found.start() - 4) : found.start()]):
            continue
        if any(start <= found.start() < end for start, end in within) or facts.cell_at(found.start()) is not None:
            continue
        yield Claim(
            "NUM002",
            severity="info",
            places=(found.span(),),
            arithmetic=str(number),
            note=Text(vi="không có chú thích cho dấu này", en="there is no note for this mark"),
        )


def find_table_gaps(facts: Facts) -> Iterator[Claim]:
    """The numbering of tables or figures skips a number, or has one twice.

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
            note=_write_note("repeat" if number <= before else "gap", str(number), str(before + 1)),
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
    """An enumeration inside a paragraph skips a number, or has one twice.

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
        marks = list(_INLINE.finditer(text, block.start, block.end))
        for run in split_runs([(_read_inline(m["no"]), m) for m in marks]):
            for (was, _), (now, mark) in pairwise(run):
                if now == was + 1 or _skips_dstroke(facts, mark["no"], _print_inline(mark["no"], was + 1)):
                    continue
                yield Claim(
                    "NUM004",
                    severity="info",
                    places=(mark.span(),),
                    arithmetic=", ".join(f"({m['no']})" for _, m in run),
                    note=_write_note("repeat" if now <= was else "gap", mark["no"], _print_inline(mark["no"], was + 1)),
                )


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
        return _to_roman(number).lower()
    return LETTERS[number - 1] if number <= len(LETTERS) else "?"


def list_inline(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return number and offset of the marks `(1)`, `(2)` … of the first enumeration of a stretch.

    >>> list_inline("gồm: (1) đường; (2) trường; (3) trạm", 0, 36)
    [(1, 5), (2, 16), (3, 28)]
    """
    found: list[tuple[int, int]] = []
    for mark in _INLINE.finditer(text, start, end):
        number = _read_inline(mark["no"])
        if number == 1 and found:
            break
        if found or number == 1:
            found.append((number, mark.start()))
    return found
