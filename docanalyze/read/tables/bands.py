"""Rows of tokens -> columns: where the figures of a table stand, and the words beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from docanalyze.read.tables.tokens import Row, Token, is_figure

_NEAR = 4.0
_WIDE_GAP = 1.6


@dataclass(slots=True)
class Band:
    """A column of a table by its extent on the page; `value` if figures or their placeholders fill it."""

    x0: float
    x1: float
    value: bool
    tokens: list[Token] = field(default_factory=list)

    @property
    def centre(self) -> float:
        """The middle of the column."""
        return (self.x0 + self.x1) / 2


def is_core(row: Row) -> bool:
    """Return whether a row can only be one of a table: a value stands apart from what is before it."""
    wide = values = 0
    previous: Token | None = None
    for token in row.tokens:
        if previous is not None:
            gap = token.x0 - previous.x1
            if not previous.value and previous.text.endswith((".....", "……")):
                return False
            wide += gap > _WIDE_GAP * token.size
            values += token.value
        previous = token
    if not values:
        return False
    return wide > 0 or values + row.tokens[0].value >= 2


def first_value(row: Row) -> Token | None:
    """Return the first value that stands behind words or a running number."""
    return next((token for token in row.tokens[1:] if token.value), None)


def find_bands(rows: Sequence[Row], strokes: Sequence[float] = ()) -> list[Band]:
    """Return the columns of a table's rows, left to right.

    The figures of a column overlap in x and those of two columns do not; the words between them
    make up text columns, apart where a gap runs through all rows. A vertical stroke parts columns.
    """
    tokens = [token for row in rows for token in row.tokens]
    words = [token for token in tokens if not token.value]
    values = _unite((token for token in tokens if token.value), 0.0, strokes, value=True)
    for band in list(values):
        # A dash or a figure within labels makes no column of figures.
        if sum(_overlap(band, token) > 1.0 for token in words) > len(band.tokens):
            values.remove(band)
            words.extend(band.tokens)
    texts = _unite(
        (token for token in words if not any(_overlap(band, token) > 1.0 for band in values)),
        0.46 * median(token.size for token in tokens),
        strokes,
        value=False,
    )
    bands = sorted([*values, *texts], key=lambda band: band.x0)
    merged: list[Band] = []
    for band in bands:
        # A text column that a stray value stands in: what is rare in it does not make it two.
        if merged and band.x0 < merged[-1].x1 - 1.0:
            last = merged[-1]
            last.value = last.value if len(last.tokens) >= len(band.tokens) else band.value
            last.x1 = max(last.x1, band.x1)
            last.tokens.extend(band.tokens)
        else:
            merged.append(band)
    return merged


def merge_words(bands: list[Band], rows: Sequence[Row], head: Sequence[Row], near: float) -> None:
    """Make one column of neighbouring columns of words that never stand beside each other.

    `Cộng` in the middle of the column of labels is no column of its own, unless the head names one.
    `near` is how far apart two lines of one row may be.
    """
    heights: list[list[float]] = [[] for _ in bands]
    for row in rows:
        for token in row.tokens:
            heights[find_band(bands, token)].append(token.middle)
    for i in range(len(bands) - 1, 0, -1):
        a, b = bands[i - 1], bands[i]
        if a.value or b.value or any(abs(y - z) <= near for y in heights[i - 1] for z in heights[i]):
            continue
        over = [(_overlap(a, token) > 1, _overlap(b, token) > 1) for row in head for token in row.tokens]
        if not ((True, False) in over and (False, True) in over):
            a.x1 = b.x1
            a.tokens.extend(b.tokens)
            heights[i - 1].extend(heights[i])
            del bands[i], heights[i]


def _unite(tokens: Iterable[Token], slack: float, strokes: Sequence[float], *, value: bool) -> list[Band]:
    bands: list[Band] = []
    for token in sorted(tokens, key=lambda token: token.x0):
        if (
            bands
            and token.x0 < bands[-1].x1 + slack
            and not any(bands[-1].x1 - 1 <= stroke <= token.x0 + 1 for stroke in strokes)
        ):
            bands[-1].x1 = max(bands[-1].x1, token.x1)
            bands[-1].tokens.append(token)
        else:
            bands.append(Band(token.x0, token.x1, value, [token]))
    return bands


def _overlap(band: Band, token: Token) -> float:
    return min(band.x1, token.x1) - max(band.x0, token.x0)


def find_band(bands: Sequence[Band], token: Token) -> int:
    """Return which column a token stands in: the one it overlaps most, else the nearest."""
    best, most = 0, -1e9
    x0, x1 = token.x0, token.x1
    for i, band in enumerate(bands):
        overlap = (x1 if x1 < band.x1 else band.x1) - (x0 if x0 > band.x0 else band.x0)
        if overlap > most:
            best, most = i, overlap
        elif band.x0 > x1:
            break
    return best


def is_aligned(band: Band) -> bool:
    """Return whether most tokens of a column share their right edges, left edges or middles."""
    if len(band.tokens) < 2:
        return True
    for edge in (
        [token.x1 for token in band.tokens],
        [(token.x0 + token.x1) / 2 for token in band.tokens],
        [token.x0 for token in band.tokens],
    ):
        middle = median(edge)
        if sum(abs(x - middle) <= _NEAR for x in edge) >= 0.65 * len(edge):
            return True
    return False


def looks_like_table(bands: Sequence[Band], rows: Sequence[Row], *, ruled: bool) -> bool:
    """Return whether columns and rows are enough to be a table; `ruled` if strokes say so, too."""
    figures = [
        band for i, band in enumerate(bands) if band.value and (i > 0 or len(bands) == 1 or not _counts(band))
    ]
    words = [band for band in bands if not band.value]
    if not figures or (not words and len(figures) < 3) or not all(is_aligned(band) for band in figures):
        return False
    filled = sum(len(band.tokens) for band in figures) / (len(rows) * len(figures))
    if len(figures) == 1:
        return (ruled and len(rows) >= 2) or (len(rows) >= 3 and filled > 0.8)
    return len(rows) >= 2 and filled >= (0.2 if ruled else 0.34)


def _counts(band: Band) -> bool:
    """Return whether a column holds running numbers: small figures, as `1`, `2`, `1.1`."""
    return all(is_figure(token.text) and len(token.text) <= 4 for token in band.tokens)
