"""Those who sign side by side below a paper without recipients: `KẾ TOÁN TRƯỞNG` beside `GIÁM ĐỐC`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docanalyze.lexicon.forms import form_pattern
from docanalyze.read.lines import Line
from docanalyze.read.markers import is_capitals
from docanalyze.read.tables.tokens import level_rows

_OFFICE = form_pattern(r"(?:<authority>\s*\.?\s+)?<office>\b", re.IGNORECASE)
_DATE = re.compile(r"(?:[^\W\d_][^,\d]*,\s*)?ngày\s*[\d.…]*\s*tháng\b", re.IGNORECASE)
_NAME = re.compile(r"(?:[^\W\d_]+\.?\s+){1,6}[^\W\d_]+$")
_REACH = 5
"""Rows in which the office below a broken date is looked for."""
_LOWER = 2.8
"""Ems by which an office may stand lower than the first line of the date beside it."""


def find_signers(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines of each one who signs, the leftmost first; empty if they are not two or more.

    Offices stand side by side, or an office beside the date above another; below each, nothing as wide
    as two of them, comes a name.
    """
    rows = level_rows(lines)
    for at in range(len(rows)):
        openers = _find_openers(rows, at)
        if len(openers) > 1:
            below = [[x for x in row if not any(x is y for y in openers)] for row in rows[at + 1 :]]
            columns = _fill_columns(openers, [row for row in below if row])
            if sum(_is_name(column[-1]) for column in columns) > 1:
                return columns
    return []


def _find_openers(rows: Sequence[Sequence[Line]], at: int) -> list[Line]:
    """Return the offices that stand side by side in a row; beside a date they may be a line or two lower."""
    row = rows[at]
    if not all(_opens(line, rows[at + 1 : at + _REACH]) for line in row):
        return []
    if len(row) > 1:
        return list(row)
    (line,) = row
    for place in range(at + 1, min(len(rows), at + _REACH)):
        if rows[place][0].middle - line.middle > _LOWER * max(line.size, 4.0):
            break
        beside = [
            other
            for other in rows[place]
            if (other.x1 < line.x0 or line.x1 < other.x0)
            and _opens(other, rows[place + 1 : place + _REACH])
            and any(_DATE.match(opener.text) for opener in (line, other))
        ]
        if beside:
            return sorted([line, *beside], key=lambda line: line.x0)
    return []


def _opens(line: Line, below: Sequence[Sequence[Line]]) -> bool:
    """Return whether a line is an office, or the date (broken perhaps) above one."""
    if _is_office(line):
        return True
    under = [other for row in below for other in row if other.x0 < line.x1 and line.x0 < other.x1]
    return _DATE.match(line.text) is not None and any(map(_is_office, under))


def _is_office(line: Line) -> bool:
    return is_capitals(line.text) or _OFFICE.match(line.text) is not None


def _is_name(line: Line) -> bool:
    """Return whether a line is a name: `Trần Thị Mai`, `Lê B. Minh`."""
    words = line.text.split()
    titled = all(word[0].isupper() for word in words) and not is_capitals(line.text)
    return titled and _NAME.match(line.text) is not None


def _fill_columns(offices: Sequence[Line], below: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the lines that stand under each of the offices, down to the last row with a name."""
    centres = [(line.x0 + line.x1) / 2 for line in offices]
    columns = [[line] for line in offices]
    waiting: list[tuple[int, Line]] = []
    for row in below:
        if any(sum(line.x0 < centre < line.x1 for centre in centres) > 1 for line in row):
            break
        for line in row:
            middle = (line.x0 + line.x1) / 2
            waiting.append((min(range(len(centres)), key=lambda i: abs(centres[i] - middle)), line))
        if any(_is_name(line) for line in row):
            for at, line in waiting:
                columns[at].append(line)
            waiting.clear()
    return columns
