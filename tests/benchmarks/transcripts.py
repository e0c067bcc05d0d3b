"""Two habits of converted transcripts, undone by where things stand on the page.

A transcript that was made from a PDF's bytes has what stands side by side (the halves of a letterhead,
the recipients beside the signature) line by line, and the letters of a word in the order in which they
were drawn: `15,3` drawn 1, 3, 5. Neither is how a page is read. Where the page itself proves that this is
all that differs, the two may be compared as if the transcript had read like us.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as raw

from docanalyze.core.span import Box
from docanalyze.read.legacy import find_encodings


class Word(NamedTuple):
    """A word as read, the box of what it stands in, and whether it is in a table or a note."""

    text: str
    box: Box | None
    aside: bool = False


def find_beside(words: Sequence[Word]) -> Iterator[range]:
    """Yield the stretches of words that are read as columns side by side, outside of tables and notes.

    These are words before which reading goes back up the page, those from that height on before them,
    and those to the same depth behind them.
    """
    at = 1
    while at < len(words):
        here = words[at].box
        if here is None or not _goes_up(words[at - 1], words[at]):
            at += 1
            continue
        first = at - 1
        while first and _is_beside(words[first - 1], here.page, below=here.top):
            first -= 1
        lowest = max(word.box.bottom for word in words[first:at] if word.box is not None)
        at += 1
        while at < len(words) and _is_beside(words[at], here.page, above=lowest):
            at += 1
        yield range(first, at)


def read_across(words: Sequence[Word]) -> list[Word]:
    """Return words line by line, each line from left to right; words of one box stay in their order."""
    placed = sorted(((w.box, w) for w in words if w.box is not None), key=lambda item: item[0].bottom)
    result: list[Word] = []
    while placed:
        top = placed[0][0]
        row = [item for item in placed if item[0].bottom - top.bottom < (top.bottom - top.top) / 2]
        placed = placed[len(row) :]
        result += (word for _, word in sorted(row, key=lambda item: item[0].x0))
    return result


def _goes_up(before: Word, here: Word) -> bool:
    return (
        before.box is not None
        and here.box is not None
        and not before.aside
        and not here.aside
        and before.box.page == here.box.page
        and here.box.bottom < before.box.top
    )


def _is_beside(word: Word, page: int, *, below: float | None = None, above: float | None = None) -> bool:
    """Return whether a word may be of what stands side by side: on the page, not too high or too low."""
    box = word.box
    if box is None or word.aside or box.page != page:
        return False
    return (below is None or box.bottom > below) and (above is None or box.top < above)


def read_by_place(path: Path, boxes: Iterable[Box | None]) -> str:
    """Return the characters that PDFium has in some boxes of a PDF, each from left to right.

    However they were drawn; as the codes of their fonts.
    """
    read = ""
    with pypdfium2.PdfDocument(path) as document:
        wanted = list(dict.fromkeys(box for box in boxes if box is not None))
        for number, here in groupby(wanted, key=lambda box: box.page):
            page = document[number - 1]
            text, height = page.get_textpage(), page.get_height()
            chars = []
            for at in range(text.count_chars()):
                x0, y0, x1, y1 = text.get_charbox(at)
                code = raw.FPDFText_GetUnicode(text, at)
                chars.append(((x0 + x1) / 2, height - (y0 + y1) / 2, chr(code)))
            for box in here:
                inside = [c for c in chars if box.x0 <= c[0] <= box.x1 and box.top <= c[1] <= box.bottom]
                read += "".join(char for _, _, char in sorted(inside))
    return read


def is_drawn_apart(ours: str, wanted: str, seen: str) -> bool:
    """Return whether two readings differ in their letters' order alone, and ours is the page's own.

    `seen` is what the page has from left to right, in Unicode or in the codes of TCVN3.

    >>> is_drawn_apart("153", "135", "15,3")
    True
    """
    mine, other = ("".join(filter(str.isalnum, side.lower())) for side in (ours, wanted))
    if sorted(mine) != sorted(other):
        return False
    letters = find_encodings()["tcvn3"].letters
    return any(mine in "".join(filter(str.isalnum, s.lower())) for s in (seen, seen.translate(letters)))
