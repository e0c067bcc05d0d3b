"""Labels that count on, where a reader of pictures took one for its look-alike: `đ)` behind `c)`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docanalyze.read.sheets import Cut
from docanalyze.read.tesseract import Char, Word

_ORDER = "abcdđeghiklmnopqrstuvxy"
_ALIKE = ("dđ", "ce", "a8", "gq", "hb", "il")
_LETTER = re.compile(r"([a-zđ8])\)$")
_NUMBER = re.compile(r"(?:(\d{1,2})|[IVX]{1,5})[.)]$")
_STROKES = frozenset("|lI!i")
_INDEX = re.compile(r"\((\d{1,2})\)$")
_LONGEST = 4
_DASHES = frozenset("-–—")


def mend_labels(lines: Sequence[Sequence[str]]) -> list[str]:
    """Return the first words of a page's lines with labels put right that their neighbours give away.

    As many characters come out as went in.

    >>> mend_labels([[word] for word in ("2.", "8)", "b)", "c)", "đ)", "đ)", "I.", "2.")])
    ['2.', 'a)', 'b)', 'c)', 'd)', 'đ)', '1.', '2.']
    """
    firsts = [words[0] for words in lines]
    mended = list(firsts)
    before = ""
    in_article = False
    numbers = [at for at, word in enumerate(firsts) if _NUMBER.match(word) and word != "8)"]
    follows = dict(zip(numbers, [*numbers[1:], None], strict=False))
    for at, word in enumerate(firsts):
        if at in follows:
            before = ""
            below = follows[at]
            two = below is not None and firsts[below] == "2" + word[1]
            # The first clause of an article is no Roman number.
            if word in ("I.", "I)") and (two or in_article):
                mended[at] = "1" + word[1]
            in_article = False
        elif word == "Điều" and len(lines[at]) > 1 and re.match(r"\d+\.$", lines[at][1]):
            in_article = True
        elif match := _LETTER.match(word):
            letter = match.group(1)
            place = _ORDER.find(before) + 1 if before else 0
            expected = _ORDER[place] if place < len(_ORDER) else ""
            if letter != expected and any({letter, expected} == set(pair) for pair in _ALIKE):
                mended[at], letter = f"{expected})", expected
            before = letter
    return mended


def mend_cells(cells: Sequence[Cut], found: dict[int, list[list[Word]]]) -> None:
    """Write right what counts on in the cells of a table, by its neighbours.

    That is a stroke above `2`, columns numbered `(1) (2) (3)`, one of a column of running numbers.
    `found` are the lines read in each of the cells.
    """
    texts = {
        number: "".join(char.text for word in lines[0] for char in word)
        for number, lines in found.items()
        if len(lines) == 1
    }
    for number, text in texts.items():
        if len(text) > 2 or text.isdigit():
            continue
        column = [i for i, cut in enumerate(cells) if _middle_apart(cut, cells[number]) < cut.grey.shape[0]]
        column.sort(key=lambda i: cells[i].top)
        at = column.index(number)
        around = [texts.get(column[i], "") if 0 <= i < len(column) else "" for i in range(at - 2, at + 3)]
        if text in _STROKES and around[3] == "2":
            _write(found, number, "1")
        elif (missing := _find_missing(around)) is not None:
            _write(found, number, str(missing))
    for row in _find_rows(cells):
        counted = [(at, int(m[1])) for at, i in enumerate(row) if (m := _INDEX.match(texts.get(i, "")))]
        if len(counted) < 2 or 2 * len(counted) < len(row) or len({n - at for at, n in counted}) != 1:
            continue
        first = counted[0][1] - counted[0][0]
        for at, number in enumerate(row):
            if number in texts and len(texts[number]) <= _LONGEST and not _INDEX.match(texts[number]):
                _write(found, number, f"({first + at})")


def _find_missing(around: Sequence[str]) -> int | None:
    """Return the number in the middle of five cells one below the other, if the others count on.

    One of the others may lie outside of the column; a dash says that there is no number.
    """
    others = [(i, text) for i, text in enumerate(around) if i != 2 and text]
    if around[2] in _DASHES or len(others) < 3 or not all(text.isdecimal() for _, text in others):
        return None
    counted = {int(text) - i for i, text in others}
    return counted.pop() + 2 if len(counted) == 1 and around[1] and around[3] else None


def _middle_apart(a: Cut, b: Cut) -> float:
    return abs((a.x0 + a.x1) - (b.x0 + b.x1)) / 2


def _find_rows(cells: Sequence[Cut]) -> list[list[int]]:
    """Return the numbers of cells that stand level, each row from left to right."""
    rows: list[list[int]] = []
    for number in sorted(range(len(cells)), key=lambda i: cells[i].top):
        if rows and cells[number].top - cells[rows[-1][0]].top < 0.3 * cells[number].grey.shape[0]:
            rows[-1].append(number)
        else:
            rows.append([number])
    return [sorted(row, key=lambda i: cells[i].x0) for row in rows if len(row) > 2]


def _write(found: dict[int, list[list[Word]]], number: int, text: str) -> None:
    """Write a cell's text anew over the box of what was read there, as sure as that was."""
    chars = [char for word in found[number][0] for char in word]
    x0, x1 = min(char.x0 for char in chars), max(char.x1 for char in chars)
    top, bottom = min(char.top for char in chars), max(char.bottom for char in chars)
    edges = [x0 + (x1 - x0) * i // len(text) for i in range(len(text) + 1)]
    sure = min(char.confidence for char in chars)
    found[number] = [[tuple(Char(c, edges[i], top, edges[i + 1], bottom, sure) for i, c in enumerate(text))]]
