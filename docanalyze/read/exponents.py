"""The raised figures of m² and m³, where the engine read a figure that stands on the line: by their ink."""

from __future__ import annotations

from docanalyze.read.picture import Prepared, find_blobs
from docanalyze.read.tesseract import Char, Word

_LEAST = 0.2
"""The least height of a raised figure, of the type size; in print it is twice that."""
_STANDS = 0.12
"""How far above the line the foot of a raised figure is at least; under it there is no ink."""
_REACH = 0.4
"""How far to the right of the engine's box it may end."""


def fit_exponents(word: Word, size: float, base: float, ready: Prepared) -> Word:
    """Return a word with the box of a raised 2 or 3 behind an m, drawn around its own ink.

    The engine's boxes reach into the sign behind it. `size` and `base` are the type size and the line that
    the letters stand on, in pixels.
    """
    chars = list(word)
    for at in range(1, len(chars)):
        if chars[at].text in ("2", "3") and chars[at - 1].text == "m":
            chars[at] = _fit(chars[at - 1], chars[at], size, base, ready)
    return tuple(chars)


def _fit(letter: Char, char: Char, size: float, base: float, ready: Prepared) -> Char:
    left, top = max((letter.x0 + letter.x1) // 2, 0), max(round(base - size), 0)
    ink = ready.grey[top : round(base), left : char.x1 + round(_REACH * size)] < ready.threshold
    own = [box for box in find_blobs(ink)[1] if box[0] > 0 and box[3] - box[1] >= _LEAST * size]
    if not own:
        return char
    x0, y0, x1, y1 = min(own)
    if top + y1 > base - _STANDS * size or ink[y1:, x0:x1].any():
        return char
    return Char(char.text, left + x0, top + y0, left + x1, top + y1, char.confidence)
