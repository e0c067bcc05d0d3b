"""Which row of a table is part of which: by numbering, indentation, `Trong đó:` and rows without figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from docanalyze.core.document import TableRow
from docanalyze.lexicon.forms import form_pattern

_LABEL_MARK = re.compile(
    r"(?P<mark>[IVX]{1,5}|[A-ZĐ]|\d{1,3}(?:\.\d{1,3})*|[a-zđ])(?:[.)/](?=\s|$|[^\W\d_])|\s?[-–](?=\s))"
    r"|(?P<bullet>[-–+*•])"
)
_STT_MARK = re.compile(
    r"\(?(?P<mark>[IVX]{1,5}|[A-ZĐ]|\d{1,3}(?:\.\d{1,3})*|[a-zđ])[.)]{0,2}$|(?P<bullet>[-–+*•])$"
)
_OF_WHICH = form_pattern(r"[-+*•–\s]*<of_which>\b")
TOTAL = form_pattern(r"[-+*•–\s]*<total_row>\b", re.IGNORECASE)
_STEP = 2.5
"""Points by which a label must be set in to be a level deeper."""


@dataclass(frozen=True, slots=True)
class RowLook:
    """What a row shows of its place: its running number, label, where the label begins, its weight."""

    row: int
    stt: str
    label: str
    x0: float
    bold: bool
    figures: bool


@dataclass(slots=True)
class _Open:
    style: str
    mark: str
    look: RowLook


def build_tree(looks: Sequence[RowLook]) -> tuple[TableRow, ...]:
    """Return the rows of a table with their parents; `looks` are its body rows in order."""
    rows: list[TableRow] = []
    stack: list[_Open] = []
    numbered = any(look.stt for look in looks)
    for look in looks:
        style, mark = _find_mark(look, stack)
        if style == "total":
            # A total above its parts holds them; one below them stands alone.
            stack = [_Open(style, mark, look)] if not rows else []
            rows.append(TableRow(row=look.row, level=0))
            continue
        if style in ("plain", "group", "of-which"):
            _close_plain(stack, look, style, numbered=numbered)
        else:
            _close_marked(stack, style, mark)
        parent = stack[-1].look.row if stack else None
        rows.append(TableRow(row=look.row, level=len(stack), parent=parent, marker=mark or None))
        stack.append(_Open(style, mark, look))
    return tuple(rows)


def _find_mark(look: RowLook, stack: Sequence[_Open]) -> tuple[str, str]:
    """Return the style of a row's number and the number itself; styles of unnumbered rows have none."""
    if _OF_WHICH.match(look.label):
        return "of-which", ""
    match = _STT_MARK.match(look.stt) if look.stt else _LABEL_MARK.match(look.label)
    if match is None:
        if TOTAL.match(look.label):
            return "total", ""
        return ("plain" if look.figures else "group"), ""
    if match.group("bullet"):
        return match.group("bullet").replace("–", "-"), ""
    mark: str = match.group("mark")
    if mark[0].isdigit():
        return f"number{mark.count('.')}", mark
    if mark.islower():
        return "letter", mark
    last = next((item.mark for item in reversed(stack) if item.style == "capital"), "")
    if set(mark) <= set("IVX") and not (len(mark) == len(last) == 1 and ord(mark) == ord(last) + 1):
        return "roman", mark
    return "capital", mark


def _close_marked(stack: list[_Open], style: str, mark: str) -> None:
    """Take from the stack what a numbered row ends: everything down to the last row numbered like it."""
    if style.startswith("number") and "." in mark:
        prefix = mark.rpartition(".")[0]
        at = next(
            (i for i, item in enumerate(stack) if item.mark == prefix and item.style[:6] == "number"), None
        )
        if at is not None:
            del stack[at + 1 :]
            return
    at = next((i for i, item in enumerate(stack) if item.style == style), None)
    if at is not None:
        del stack[at:]
        return
    if style not in ("-", "+", "*", "•"):
        while stack and stack[-1].style in ("plain", "of-which", "-", "+", "*", "•"):
            stack.pop()


def _close_plain(stack: list[_Open], look: RowLook, style: str, *, numbered: bool) -> None:
    """Take from the stack what a row without a number ends."""
    while stack:
        top = stack[-1]
        deeper = look.x0 > top.look.x0 + _STEP
        if top.style == "total":
            return
        if style == "of-which":
            if top.style == "of-which" and not deeper:
                stack.pop()
                continue
            return
        if deeper and not (look.bold and not top.look.bold):
            return
        level = abs(look.x0 - top.look.x0) <= _STEP
        if top.style in ("group", "of-which") and level and style == "plain" and not _closed(top):
            return
        if top.style not in ("plain", "group", "of-which") and level and numbered and not look.bold:
            return
        stack.pop()


def _closed(top: _Open) -> bool:
    """Return whether a `Trong đó` row has its figures itself, so that nothing at its level is part of it."""
    return top.style == "of-which" and top.look.figures
