"""Lines -> tokens: the runs of words that may each be (a line of) a cell, and which of them are values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from docanalyze.read.lines import Line, slice_line

_NUMERAL = (
    r"[-+−–]?\s?\(?[-+−–]?\s?(?:\d{1,3}(?: \d{3})+|\d+)(?:[.,]\d+)*(?:\s?[-–/]\s?\d+(?:[.,]\d+)*)?\s?[%‰]?\)?"
)
_PLACEHOLDER = r"[-–—]|[…]{1,3}|\.{2,4}|\([.…]{1,4}\)|\(\s?[-–—]\s?\)|[xX×\"″”]|\?"
_MARKS = r"(?:\s?(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\*{1,3}|\(\*{1,3}\)))*"
_DATE = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
_VALUE = re.compile(rf"(?:{_NUMERAL}|{_PLACEHOLDER}|{_DATE}){_MARKS}$")
_FIGURE = re.compile(rf"{_NUMERAL}{_MARKS}$")
_DASH = re.compile(r"[-+−–—]$")
_THOUSANDS = re.compile(r"[-+−–(]?\d{1,3}(?: \d{3})*$")
_GROUP = re.compile(r"\d{3}(?:,\d+)?\)?$")
_WORD_GAP = 0.14
_TEXT_GAP = 0.46
"""A gap wider than this many ems between two words of one line may part two cells: the narrowest
cell padding of word processors is 2.75 pt a side, a plain space is a quarter of an em."""

_DRAWN_OUT = 1.7
"""A wider gap inside one line, in ems, is one of words drawn out to a margin."""
_EVEN = 0.4
"""Points by which the gaps of a line drawn out differ."""


@dataclass(slots=True)
class Token:
    """A run of words of one printed line: pieces [first, last) of `line`, and whether it is a value.

    `middle` is the height of its line's middle, `size` its type size in points, never zero.
    """

    line: Line
    first: int
    last: int
    x0: float
    x1: float
    text: str
    value: bool
    middle: float
    size: float

    def to_line(self) -> Line:
        """Return the token as a line of its own."""
        if self.first == 0 and self.last == len(self.line.offsets) // 2:
            return self.line
        return slice_line(self.line, self.first, self.last)


@dataclass(slots=True)
class Row:
    """What stands at one height of the page, left to right."""

    tokens: list[Token]
    middle: float

    @property
    def x0(self) -> float:
        """Where its first token begins."""
        return self.tokens[0].x0

    @property
    def x1(self) -> float:
        """Where its last token ends."""
        return self.tokens[-1].x1

    @property
    def text(self) -> str:
        """Its tokens joined by spaces."""
        return " ".join(token.text for token in self.tokens)

    @property
    def key(self) -> str:
        """Its text without white space, by which a repeated row is known."""
        return "".join(self.text.split())


def is_value(text: str) -> bool:
    """Return whether a cell's text is a figure or stands for one: `1.234,5`, `(12)`, `-`, `…`, `x`.

    >>> is_value("5.145,10"), is_value("-"), is_value("Tổng số")
    (True, True, False)
    """
    return _VALUE.match(text) is not None


def is_figure(text: str) -> bool:
    """Return whether a cell's text is a figure: `1.234,5`, `-0,8%`, `(12)`."""
    return _FIGURE.match(text) is not None


def level_rows(lines: Iterable[Line]) -> list[list[Line]]:
    """Return the lines that stand at one height together, top to bottom, each left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.middle):
        if rows and line.middle - rows[-1][0].middle < 0.3 * max(line.size, 4.0):
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=lambda line: line.x0)
    return rows


def cut_row(lines: Sequence[Line], strokes: Sequence[float] = ()) -> Row:
    """Return the tokens of the lines at one height; none of them crosses one of the vertical `strokes`."""
    tokens: list[Token] = []
    for line in lines:
        tokens.extend(_cut_line(line, strokes))
    return Row(tokens, sum(line.middle for line in lines) / len(lines))


def _cut_line(line: Line, strokes: Sequence[float]) -> list[Token]:
    words = _find_words(line)
    size = max(line.size, 4.0)
    groups: list[list[tuple[int, int]]] = []
    even = _find_even(line, words, size)
    for at, word in enumerate(words):
        if groups and (at in even or not _parts(line, groups[-1], word, size, strokes)):
            groups[-1].append(word)
        else:
            groups.append([word])
    return [_to_token(line, group[0][0], group[-1][1]) for group in groups]


def _find_even(line: Line, words: Sequence[tuple[int, int]], size: float) -> set[int]:
    """Return the words before which the gap is wide since the line is drawn out to its cell's margin.

    Then all gaps of a run of words are alike; words of neighbouring cells have unlike ones.
    """
    gaps = [line.boxes[4 * b[0]] - line.boxes[4 * a[1] - 2] for a, b in pairwise(words)]
    even: set[int] = set()
    least = _TEXT_GAP * size - _EVEN
    if len(gaps) < 3 or max(gaps) <= least:
        return even
    start = 0
    for at in range(1, len(gaps) + 1):
        if at < len(gaps) and abs(gaps[at] - gaps[at - 1]) <= _EVEN:
            continue
        if at - start > 2 and gaps[start] > least:
            run = words[start : at + 1]
            if _are_spoken(line, run):
                even.update(range(start + 1, at + 1))
        start = at
    return even


def _are_spoken(line: Line, run: Sequence[tuple[int, int]]) -> bool:
    """Return whether words with one gap between all are of one sentence; figures only among unlike widths."""
    texts = [_text_of(line, *word) for word in run]
    small = sum(text[:1].islower() for text in texts)
    values = sum(map(is_value, texts))
    if 2 * len(set(texts)) <= len(texts):
        return False
    if not values and 2 * small >= len(texts):
        return True
    widths = {round((line.boxes[4 * last - 2] - line.boxes[4 * first]) / 2) for first, last in run}
    return small > (values > 0) and len(widths) > 2 and 2 * values < len(texts)


def _find_words(line: Line) -> list[tuple[int, int]]:
    boxes, offsets, gap = line.boxes, line.offsets, _WORD_GAP * max(line.size, 4.0)
    words: list[tuple[int, int]] = []
    for i in range(len(offsets) // 2):
        if words and offsets[2 * i] == offsets[2 * i - 1] and boxes[4 * i] - boxes[4 * i - 2] <= gap:
            words[-1] = (words[-1][0], i + 1)
        else:
            words.append((i, i + 1))
    return words


def _parts(
    line: Line, group: list[tuple[int, int]], word: tuple[int, int], size: float, strokes: Sequence[float]
) -> bool:
    """Return whether `word` opens a new token after the words of `group`."""
    right, left = line.boxes[4 * group[-1][1] - 2], line.boxes[4 * word[0]]
    gap = left - right
    if strokes and any(right - 1 <= stroke <= left + 1 for stroke in strokes):
        return True
    if gap > _DRAWN_OUT * size:
        return False  # lines are cut there, but for one drawn out to a margin
    after = _text_of(line, *word)
    if gap <= _TEXT_GAP * size and (gap <= _WORD_GAP * size or not is_value(after)):
        return False
    before = _text_of(line, group[0][0], group[-1][1])
    if _DASH.match(before) and (is_figure(after) or not after[0].isalnum()):
        return gap > 0.6 * size
    if gap > _TEXT_GAP * size:
        return True
    if is_value(before):
        # Figures of two narrow columns may nearly touch; thousands may be set apart by spaces.
        return not (_THOUSANDS.match(before) and _GROUP.match(after)) and after not in ("-", "–", "%")
    return False


def _text_of(line: Line, first: int, last: int) -> str:
    return line.text[line.offsets[2 * first] - line.base : line.offsets[2 * last - 1] - line.base]


def _to_token(line: Line, first: int, last: int) -> Token:
    text = _text_of(line, first, last)
    right = max(line.boxes[4 * first + 2 : 4 * last : 4])
    size = max(line.size, 4.0)
    return Token(line, first, last, line.boxes[4 * first], right, text, is_value(text), line.middle, size)


def cut_token(token: Token, first: int, last: int) -> Token:
    """Return the token of the pieces [first, last) of a token's line."""
    return _to_token(token.line, first, last)


def to_token(line: Line) -> Token:
    """Return a whole line as one token."""
    return _to_token(line, 0, len(line.offsets) // 2)
