"""Strings that a splitter returned -> exact spans of the text that it was given."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from docanalyze.core.span import Span

_LOOK_AHEAD = 12


def align_pieces(text: str, pieces: Iterable[str]) -> list[Span]:
    """Return the span of `text` that each piece came from, in order; a piece that is blank gives none.

    Whatever the splitter did to white space or to single characters (NFC, quotes, dropped marks),
    the spans are of our text: they are in order, do not overlap, start and end on non-space
    characters and together cover every non-space character. Linear in the length of the text.

    >>> align_pieces("Thu đạt  58%. Chi đạt 41%.", ["Thu đạt 58%.", "Chi đạt 41%."])
    [Span(start=0, end=13), Span(start=14, end=26)]
    """
    starts: list[int] = []
    at = 0
    for piece in pieces:
        wanted = "".join(unicodedata.normalize("NFC", piece).split())
        if not wanted:
            continue
        begin = _skip_space(text, at)
        if begin >= len(text):
            break
        direct = text.startswith(piece.strip(), begin)
        end = begin + len(piece.strip()) if direct else _follow(text, begin, wanted)
        starts.append(begin)
        at = max(end, begin + 1)
    if not starts:
        begin = _skip_space(text, 0)
        return [Span(begin, len(text.rstrip()))] if begin < len(text) else []
    spans: list[Span] = []
    for start, stop in zip(starts, [*starts[1:], len(text)], strict=True):
        end = stop
        while end > start and text[end - 1].isspace():
            end -= 1
        spans.append(Span(start, end))
    return spans


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _follow(text: str, at: int, wanted: str) -> int:
    """Return where in `text` the characters of `wanted` end, walking both side by side.

    Where they differ, the nearest place at which three characters agree again is taken up.
    """
    i = 0
    while i < len(wanted) and at < len(text):
        char = text[at]
        if char.isspace():
            at += 1
        elif char == wanted[i]:
            at += 1
            i += 1
        else:
            at, i = _resume(text, at, wanted, i)
    return at


def _resume(text: str, at: int, wanted: str, i: int) -> tuple[int, int]:
    window = [k for k in range(at, min(len(text), at + 2 * _LOOK_AHEAD)) if not text[k].isspace()]
    window = window[:_LOOK_AHEAD]
    ours = "".join(text[k] for k in window)
    theirs = wanted[i : i + _LOOK_AHEAD]
    best: tuple[int, int] | None = None
    for other in range(len(theirs)):
        skipped = ours.find(theirs[other : other + 3])
        if skipped >= 0 and skipped + other > 0 and (best is None or skipped + other < sum(best)):
            best = skipped, other
    if best is not None:
        return window[best[0]], i + best[1]
    return at + 1, i + 1
