"""Checks of the numbering of sections and list items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

import msgspec

from docanalyze.check.facts import Claim, Facts
from docanalyze.core.analysis import Section
from docanalyze.core.document import Block
from docanalyze.core.ladder import LETTERS, Label, parse_label, read_alternatives, read_bare_label
from docanalyze.core.relation import Text
from docanalyze.lexicon.forms import any_of

_NAMED = ("part", "appendix", "chapter", "mục", "tiểu mục", "article")
_WHOLE = ("article", "appendix")
_OUTSIDE = ("header", "footer", "page-number", "footnote", "stamp")
_MOST = 40


class NumberingGap(msgspec.Struct, frozen=True):
    """A label that does not follow the one before it: `expected` was due, `label` is printed."""

    section: str
    label: str
    expected: str
    kind: Literal["gap", "repeat"]


def find_section_gaps(facts: Facts) -> Iterator[Claim]:
    """Yield the labels of sections and list items that skip a number, or have one twice.

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
        if skips_dstroke(facts, gap.label, gap.expected):
            continue
        labels = [s.label for s in facts.sections if s is section or _are_siblings(s, section)]
        yield Claim(
            "NUM001",
            severity="info",
            places=((section.start, section.start + len(section.label)),),
            arithmetic=", ".join(labels[:_MOST]),
            note=write_note(gap.kind, gap.label, gap.expected),
        )
    yield from _find_item_gaps(facts)


def write_note(kind: str, label: str, expected: str) -> Text:
    """Return what a gap or repeat means in words."""
    if kind == "repeat":
        return Text(vi=f"{label} lặp lại, lẽ ra là {expected}", en=f"{label} again, {expected} was due")
    return Text(vi=f"{label} đứng ở chỗ của {expected}", en=f"{label} where {expected} was due")


def _are_siblings(a: Section, b: Section) -> bool:
    """Return whether two sections are counted in one row."""
    one, other = _read(a.label), _read(b.label)
    return one is not None and other is not None and _row(a, one) == _row(b, other)


@lru_cache(maxsize=4096)
def _read(label: str) -> Label | None:
    return read_bare_label(label) if label else None


def _row(section: Section, label: Label) -> tuple[str | None, str]:
    """Return what a label counts in: articles and annexes in the document, `2.3` after `2.2`."""
    style: str = "roman" if label.style == "capital" else label.style
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


def skips_dstroke(facts: Facts, label: str, expected: str) -> bool:
    """Return whether a document counts a b c d e in most places, without đ."""
    if label.lower() != "e" or expected.lower() != "đ":
        return False
    with_it, without = _count_letters(facts.analysis.text)
    return with_it * 2 < without


@lru_cache(maxsize=1)
def _count_letters(text: str) -> tuple[int, int]:
    return len(re.findall(r"(?<!\w)đ\)", text)), len(re.findall(r"(?<!\w)e\)", text))


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
        roman = write_roman(number)
        return roman if like.style == "roman" else roman.lower()
    if like.style in _NAMED:
        name, count = like.text.rsplit(" ", 1)
        return f"{name} {number if count[0].isdigit() else write_roman(number)}"
    head, dot, _ = like.text.rpartition(".")
    return f"{head}{dot}{number}"


def write_roman(number: int) -> str:
    """Return a number in Roman numerals: `XIV` for 14."""
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
        is_item = block.kind == "list-item"
        label = parse_label(facts.analysis.text[block.start : block.end]) if is_item else None
        if label is None or label.number is None:
            continue
        readings = [r for r in read_alternatives(label) if r.number is not None]
        going_on = [r for r in readings if r.style in last and last[r.style][0].number == (r.number or 0) - 1]
        reading = [*going_on, *readings][0]
        before = last.get(reading.style)
        if before is not None and _is_gap(facts, before, reading, block):
            due = print_label(reading, (before[0].number or 0) + 1)
            kind = "repeat" if reading.number == before[0].number else "gap"
            yield Claim(
                "NUM001",
                severity="info",
                places=((block.start, block.start + len(block.marker or "")),),
                arithmetic=f"{before[0].text}, {reading.text}",
                note=write_note(kind, reading.text, due),
            )
        last[reading.style] = (reading, block)


def _is_gap(facts: Facts, before: tuple[Label, Block], label: Label, block: Block) -> bool:
    was, now = before[0].number or 0, label.number or 0
    if now == was + 1 or now == 1 or now < was or _is_quoted(facts, block.start):
        return False
    due = print_label(label, was + 1)
    if skips_dstroke(facts, label.text, due):
        return False
    looked_for = print_label(label, now - 1) if now == was else due
    return not _is_printed(facts, looked_for, before[1].start + 1, block.start)
