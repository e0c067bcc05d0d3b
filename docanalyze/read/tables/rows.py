"""Lines of a table -> its rows: which lines of a wrapped label belong to which row of figures.

A row's *anchor* is the height of its figures or of its running number. Figures stand beside the
first, the middle or the last line of their label, alike in all rows of a table; so each way is tried
and the one that breaks labels at the best places is taken.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from docanalyze.read.tables.bands import Band
from docanalyze.read.tables.tokens import Token

_MARKER = re.compile(
    r"(?:[IVX]{1,5}|[A-Z]|\d{1,2}(?:\.\d{1,2})*|[a-zđ])(?:[.)/]|\s?[-–])\s?\S"
    r"|[-–+*•]\s?[^\W\d_]|[Tt]rong đó|[Tt]r\.\s?đó"
)
_OPEN = re.compile(r"[,(/]$|\b(?:và|của|các|cho|theo|trong|từ|đến|với|do|tại|trên|hoặc|so|là)$")
_LONGEST = 16
"""Lines of the longest label."""
_NEVER = 1000.0
_TIGHT, _OVERLAP = 0.7, 6.0
"""Rows nearer to each other than so much of two lines' distance would be printed over each other."""

Alignment = Literal["top", "middle", "bottom"]
_WAYS: tuple[Alignment, ...] = ("top", "middle", "bottom")


@dataclass(slots=True)
class BodyRow:
    """A row: the tokens of each column top to bottom, and the height of its figures if it has any."""

    anchor: float | None
    cells: dict[int, list[Token]] = field(default_factory=dict)

    @property
    def tokens(self) -> list[Token]:
        """All tokens of the row."""
        return [token for tokens in self.cells.values() for token in tokens]

    @property
    def top(self) -> float:
        """Where its highest token begins."""
        return min(token.line.top for token in self.tokens)

    @property
    def lowest(self) -> float:
        """The height of its last line."""
        return max(token.middle for token in self.tokens)

    @property
    def bottom(self) -> float:
        """Where its lowest token ends."""
        return max(token.line.bottom for token in self.tokens)


@dataclass(frozen=True, slots=True)
class Spacing:
    """What separates rows: the usual distance of two lines of a label, and rules across the table."""

    leading: float
    rules: tuple[float, ...] = ()

    def is_ruled(self, above: float, below: float) -> bool:
        """Return whether a rule lies between two heights."""
        at = bisect_left(self.rules, above)
        return at < len(self.rules) and self.rules[at] < below


def cut_rows(
    columns: Sequence[Sequence[Token]],
    bands: Sequence[Band],
    *,
    label: int,
    spacing: Spacing,
    groups: Collection[int] = (),
) -> list[BodyRow]:
    """Return the rows that the tokens of a table's columns form, top to bottom.

    `label` is the column whose words may form a row of their own (`Trong đó:`); `groups` are the ids of
    the tokens that name groups of rows: no label goes on with them.
    """
    rows = [BodyRow(y) for y in _find_anchors(columns, bands, label, spacing)]
    heights = [row.anchor or 0.0 for row in rows]
    for col, tokens in enumerate(columns):
        if bands[col].value and col != label:
            for token in tokens:
                rows[_nearest(heights, token.middle)].cells.setdefault(col, []).append(token)
    others = [col for col, tokens in enumerate(columns) if tokens and not bands[col].value and col != label]
    words = {
        c: _prepare(columns[c], bands[c], spacing, alone=c == label, groups=groups) for c in (label, *others)
    }
    costs = {way: sum(_segment(words[c], heights, way, spacing)[0] for c in words) for way in _WAYS}
    way = min(_WAYS, key=lambda way: round(costs[way], 6))
    for col, lines in words.items():
        rows = _place_column(lines, rows, col, way, spacing)
    return [row for row in rows if row.cells]


@dataclass(slots=True)
class _Words:
    """A column of words: its lines, what it costs to join and to part each from the one before.

    With `alone` lines may be rows of their own.
    """

    lines: list[list[Token]]
    joints: list[tuple[float, float]]
    alone: bool


def _prepare(
    tokens: Sequence[Token], band: Band, spacing: Spacing, *, alone: bool, groups: Collection[int]
) -> _Words:
    lines = _level(tokens)
    right = max([band.x1, *(token.x1 for token in tokens if id(token) not in groups)])
    joints = [
        weigh_joint(a, b, right, spacing) if (id(a[0]) in groups) == (id(b[0]) in groups) else (_NEVER, 0.0)
        for a, b in pairwise(lines)
    ]
    if not alone:
        # Units and notes are short: the place of their lines says more than their words.
        joints = [(j if j >= _NEVER else 0.15 * j, 0.15 * p) for j, p in joints]
    return _Words(lines, joints, alone)


def _find_anchors(
    columns: Sequence[Sequence[Token]], bands: Sequence[Band], label: int, spacing: Spacing
) -> list[float]:
    """Return the heights of figures and of running numbers, each once."""
    heights = sorted(
        token.middle
        for col, tokens in enumerate(columns)
        for token in tokens
        if col != label and (bands[col].value or col < label)
    )
    anchors: list[float] = []
    for y in heights:
        if not anchors or y - anchors[-1] > 0.45 * spacing.leading:
            anchors.append(y)
    return anchors


def _nearest(heights: Sequence[float], y: float) -> int:
    at = bisect_left(heights, y)
    if at == len(heights) or (at > 0 and y - heights[at - 1] < heights[at] - y):
        return at - 1
    return at


def _place_column(
    words: _Words, rows: list[BodyRow], col: int, way: Alignment, spacing: Spacing
) -> list[BodyRow]:
    """Give the lines of a column of words to the rows; some may become rows themselves."""
    anchors = [row.anchor if row.anchor is not None else _centre(row) for row in rows]
    added: list[BodyRow] = []
    for first, last, number in _segment(words, anchors, way, spacing)[1]:
        members = [token for line in words.lines[first:last] for token in line]
        if number is None:
            added.append(BodyRow(None, {col: members}))
        else:
            rows[number].cells.setdefault(col, []).extend(members)
    if added:
        rows = sorted([*rows, *added], key=lambda row: _centre(row) if row.cells else row.anchor or 0.0)
    return rows


def _centre(row: BodyRow) -> float:
    if row.anchor is not None:
        return row.anchor
    tokens = row.tokens
    return (tokens[0].middle + tokens[-1].middle) / 2


def _level(tokens: Sequence[Token]) -> list[list[Token]]:
    lines: list[list[Token]] = []
    for token in sorted(tokens, key=lambda token: (round(token.middle, 1), token.x0)):
        if lines and abs(token.middle - lines[-1][0].middle) < 0.3 * token.size:
            lines[-1].append(token)
        else:
            lines.append([token])
    return lines


def _segment(
    words: _Words, anchors: Sequence[float], way: Alignment, spacing: Spacing
) -> tuple[float, list[tuple[int, int, int | None]]]:
    """Return the cheapest way to cut a column's lines into runs with one anchor at most, and its cost.

    A run is (first, last, number of its anchor or None).
    """
    lines, joints, alone = words.lines, words.joints, words.alone
    # Lines and bare anchors in order; an anchor at the height of a line belongs to that line.
    events: list[tuple[float, int | None, int | None]] = []
    bare = set(range(len(anchors)))
    near = 0.3 * spacing.leading
    for i, line in enumerate(lines):
        y = line[0].middle
        at = _nearest(anchors, y) if anchors else 0
        own = at if at in bare and abs(anchors[at] - y) <= near else None
        bare.discard(at if own is not None else -1)
        events.append((y, i, own))
    events.extend((anchors[a], None, a) for a in bare)
    reach = _TIGHT * spacing.leading
    beside = {
        a: {i for i, line in enumerate(lines) if abs(line[0].middle - anchors[a]) < reach} for a in bare
    }  # fmt: skip
    events.sort(key=lambda event: event[0])
    count = len(events)
    costs = [0.0] + [_NEVER * 10] * count
    back: list[tuple[int, int | None]] = [(0, None)] * (count + 1)
    for end in range(1, count + 1):
        anchor: int | None = None
        inside: list[int] = []
        joined = 0.0
        for start in range(end - 1, max(-1, end - 1 - _LONGEST), -1):
            _, inner, own = events[start]
            if own is not None:
                if anchor is not None:
                    break
                anchor = own
            if inner is not None:
                if inside:
                    joined += joints[inner][0]
                inside.insert(0, inner)
            cost = costs[start] + joined
            if inside and inside[0] > 0:
                cost += joints[inside[0] - 1][1]
            if anchor is None:
                cost += 0.5 if alone else 20.0
            elif inside:
                first, last = lines[inside[0]][0].middle, lines[inside[-1]][0].middle
                off = _misplacement(anchors[anchor], first, last, way, spacing)
                # The end of a page may have broken the first and the last row; words that go on
                # in small letters outweigh a figure out of its place.
                edge = anchor in (0, len(anchors) - 1)
                cost += min(off, 1.0 if edge else 3.3 if alone else off)
            else:
                cost += 0.6 if alone else 0.0
            if anchor is not None and alone and not beside.get(anchor, set()) <= set(inside):
                cost += _OVERLAP
            if cost < costs[end]:
                costs[end] = cost
                back[end] = (start, anchor)
    runs: list[tuple[int, int, int | None]] = []
    end = count
    while end > 0:
        start, anchor = back[end]
        inside = [inner for _, inner, _ in events[start:end] if inner is not None]
        if inside:
            runs.append((inside[0], inside[-1] + 1, anchor))
        end = start
    return costs[count], runs[::-1]


def _misplacement(anchor: float, first: float, last: float, way: Alignment, spacing: Spacing) -> float:
    wanted = first if way == "top" else last if way == "bottom" else (first + last) / 2
    off = abs(anchor - wanted) / spacing.leading
    return 0.0 if off <= 0.34 else 2.0 + 2.0 * off


def weigh_joint(
    above: Sequence[Token], below: Sequence[Token], right: float, spacing: Spacing
) -> tuple[float, float]:
    """Return what it costs to join and to part two lines that follow each other in a column."""
    a, b = above[-1], below[0]
    join = part = 0.0
    step = b.middle - above[0].middle
    if spacing.is_ruled(above[0].middle, b.middle):
        return _NEVER, 0.0
    loose = step / spacing.leading - 1.2
    if loose > 0:
        join += 1.0 + 4.0 * loose
    if _MARKER.match(b.text):
        join += 2.0
    elif b.text[:1].islower():
        part += 3.0
    elif b.text[:1].isupper():
        join += 0.4
    word = b.text.split(" ", 1)[0]
    width = (b.x1 - b.x0) * len(word) / max(1, len(b.text))
    room = right - a.x1 - 0.25 * a.size - width
    if room > 0.5 * a.size:
        join += 2.0
    elif room < 0:
        part += 0.6
    if a.text.endswith((":", ";", ".")):
        join += 1.0
    if _OPEN.search(a.text) or a.text.count("(") > a.text.count(")"):
        part += 2.5
    if a.line.bold != b.line.bold:
        join += 1.5
    if b.x0 < above[0].x0 - 2:
        join += 0.8
    return join, part
