"""Marks in a line of a source: `⟦surface|kind key=value … #id⟧`, read into clean text and spans."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from corpus.tools.problems import Problems
from corpus.tools.values import KINDS, NEGATIVE_ROLES, check_surface, read_value

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_TOKEN = re.compile(r"⟦|⟧|\[\^(\d+)\]")
_LOOSE = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass
class Mark:
    """One annotated stretch of a line: `kind` is a mention kind, `neg` or `full`."""

    start: int
    end: int
    surface: str
    kind: str
    line: int
    status: str = "core"
    role: str = ""
    name: str = ""
    value: dict[str, Any] = field(default_factory=dict)
    full: tuple[int, int] | None = None
    signed: bool = False

    def moved(self, offset: int) -> Mark:
        """Return the mark `offset` code points further on."""
        full = None if self.full is None else (self.full[0] + offset, self.full[1] + offset)
        return Mark(
            self.start + offset, self.end + offset, self.surface, self.kind, self.line, self.status,
            self.role, self.name, self.value, full, self.signed,
        )  # fmt: skip


@dataclass
class Line:
    """A line without its mark-up: clean text (note marks as superscripts), its marks, its note marks."""

    text: str
    number: int
    marks: list[Mark] = field(default_factory=list)
    notes: list[tuple[int, int, str]] = field(default_factory=list)


def read_line(raw: str, number: int, problems: Problems) -> Line:
    """Return the clean text of a line with its marks; offsets are code points into that text."""
    line = Line("", number)
    opened: list[int] = []
    inner: list[int] = []
    at = 0
    for token in _TOKEN.finditer(raw):
        if token.start() < at:
            continue
        line.text += raw[at : token.start()]
        at = token.end()
        if token.group() == "⟦":
            opened.append(len(line.text))
            inner.append(len(line.marks))
        elif token.group() == "⟧":
            if not opened:
                problems.add(number, "`⟧` without a `⟦` before it on this line")
                continue
            start = opened.pop()
            _close(line, start, inner.pop(), problems)
        else:
            if opened:
                problems.add(
                    number, f"the note mark {token.group()} stands inside a ⟦mark⟧: put it behind the ⟧"
                )
            glyph = token.group(1).translate(SUPERSCRIPTS)
            line.notes.append((len(line.text), len(line.text) + len(glyph), token.group(1)))
            line.text += glyph
    line.text += raw[at:]
    if opened:
        problems.add(
            number, f"mark not closed: `⟦{line.text[opened[-1] :][:30]}…` (a mark ends on its own line)"
        )
    line.marks.sort(key=lambda mark: (mark.start, -mark.end))
    return line


def _close(line: Line, start: int, first: int, problems: Problems) -> None:
    """Turn the text since `start` into a mark; what stands before its last `|` stays in the line."""
    whole = line.text[start:]
    surface, bar, attributes = whole.partition("|")
    line.text = line.text[:start] + surface
    if not bar:
        problems.add(line.number, f"⟦{whole}⟧ has no `|kind …`")
        return
    if not surface or surface != surface.strip():
        problems.add(line.number, f"⟦{whole}⟧: the surface is empty or begins or ends with white space")
        return
    words = attributes.split()
    mark = Mark(start, start + len(surface), surface, "", line.number)
    if words[:1] == ["optional"]:
        mark.status = "optional"
        del words[0]
    names = [word[1:] for word in words if word.startswith("#")]
    words = [word for word in words if not word.startswith("#")]
    mark.name = names[0] if names else ""
    if len(names) > 1:
        problems.add(line.number, f"⟦{whole}⟧ has two #ids: {' '.join(names)}")
    if mark.name and not re.fullmatch(r"[A-Za-z_][\w-]*", mark.name):
        problems.add(line.number, f"#{mark.name}: an id is a letter, then letters, digits, `_` or `-`")
    mark.kind = words[0] if words else ""
    inside = line.marks[first:]
    if mark.kind == "neg":
        mark.role = words[1] if len(words) == 2 else ""
        if mark.role not in NEGATIVE_ROLES:
            problems.add(line.number, f"⟦{whole}⟧: after `neg` one of {', '.join(sorted(NEGATIVE_ROLES))}")
    elif mark.kind == "full":
        references = [each for each in inside if each.kind == "legal_ref" and each.full is None]
        if len(references) != 1 or len(words) > 1:
            problems.add(line.number, f"⟦{surface}|full⟧ stands around exactly one ⟦…|legal_ref …⟧")
            return
        references[0].full = (mark.start, mark.end)
        return
    elif mark.kind in KINDS:
        mark.value = read_value(mark.kind, words[1:], mark.status, surface, line.number, problems)
        check_surface(mark.kind, mark.value, surface, line.number, problems)
    else:
        problems.add(
            line.number, f"⟦{whole}⟧: unknown kind `{mark.kind}`; known: {', '.join(KINDS)}, neg, full"
        )
    if inside and mark.status != "optional":
        problems.add(line.number, f"⟦{surface}|…⟧ holds another mark: only `optional` and `full` marks may")
    line.marks.append(mark)


def check_loose_digits(line: Line, taken: list[tuple[int, int]], problems: Problems) -> None:
    """Note every run of digits of `line` that is in no mark and in none of the `taken` spans."""
    spans = [(mark.full or (mark.start, mark.end)) for mark in line.marks] + taken
    for run in _LOOSE.finditer(line.text):
        if not any(start <= run.start() and run.end() <= end for start, end in spans):
            around = line.text[max(0, run.start() - 20) : run.end() + 15]
            problems.add(line.number, f"`{run.group()}` stands outside any mark: …{around}…")
