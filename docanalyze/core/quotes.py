"""A quote shortened to the words around its figures, which are marked."""

from __future__ import annotations

from collections.abc import Sequence

_AROUND = 48
_WHOLE = 170
"""A quote up to this long is shown whole; of a longer one, so many characters beside each figure."""


def cut_quote(quote: str, figures: Sequence[str]) -> list[tuple[str, bool]]:
    """Return a quote in pieces, figures marked, long stretches without a figure left out.

    >>> cut_quote("Tiếp 421 lượt, gồm 331 lượt và 81 lượt.", ["421 lượt", "81 lượt"])
    [('Tiếp ', False), ('421 lượt', True), (', gồm 331 lượt và ', False), ('81 lượt', True), ('.', False)]
    """
    spans: list[tuple[int, int]] = []
    for figure in figures:
        at = quote.find(figure)
        while at >= 0 and any(at < end and start < at + len(figure) for start, end in spans):
            at = quote.find(figure, at + 1)
        if at >= 0 and figure:
            spans.append((at, at + len(figure)))
    spans.sort()
    whole = len(quote) <= _WHOLE
    pieces: list[tuple[str, bool]] = []
    done = 0
    for start, end in spans:
        pieces.append((_shorten(quote[done:start], first=done == 0, whole=whole), False))
        pieces.append((quote[start:end], True))
        done = end
    pieces.append((_shorten(quote[done:], first=done == 0, last=True, whole=whole), False))
    return [piece for piece in pieces if piece[0]]


def _shorten(text: str, *, first: bool, last: bool = False, whole: bool) -> str:
    """Return a stretch between figures with at most the words next to them."""
    room = _WHOLE if first and last else _AROUND if first or last else 2 * _AROUND
    if whole or len(text) <= room + 1:
        return text
    if last:
        return text[:room].rsplit(" ", 1)[0] + " …"
    if first:
        return "… " + text[-room:].split(" ", 1)[-1]
    return text[:_AROUND].rsplit(" ", 1)[0] + " … " + text[-_AROUND:].split(" ", 1)[-1]
