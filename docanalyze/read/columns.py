"""A page set in two columns of prose: which lines stand in which, in the order of reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median, quantiles

from docanalyze.read.lines import Line

_LEAST_ROWS = 8
_LEAST_LETTERS = 22
_LEAST_GUTTER = 8.0


def split_columns(lines: Sequence[Line]) -> list[list[list[Line]]]:
    """Return a page's lines in bands from top to bottom, each of one column or of two; empty if all is one.

    Two columns are rows of two long lines side by side, many of them, the right ones beginning at
    one place: a letterhead is shorter, a table has figures.
    """
    pairs = _find_pairs(lines)
    if len(pairs) < _LEAST_ROWS:
        return []
    left = quantiles((a.x1 for a, _ in pairs), n=20)[-1]
    right = quantiles((b.x0 for _, b in pairs), n=20)[0]
    starts = Counter(round(b.x0 / 3) for _, b in pairs)
    place, count = starts.most_common(1)[0]
    near = count + starts[place - 1] + starts[place + 1]
    if right - left < _LEAST_GUTTER or near < 0.6 * len(pairs) or not _are_prose(pairs):
        return []
    x = (left + right) / 2
    first = _find_head(lines, min(min(a.top, b.top) for a, b in pairs), x, 3 * place)
    last = max(max(a.bottom, b.bottom) for a, b in pairs)
    bands: list[list[list[Line]]] = []
    parted = False
    for line in lines:
        # A line before the gutter's end or behind it; what crosses it parts the page.
        inside = first - 1 <= line.middle <= last + 40 and not line.x0 < x - 2 < x + 2 < line.x1
        if inside != parted or not bands:
            bands.append([[], []] if inside else [[]])
            parted = inside
        bands[-1][1 if inside and line.x0 >= x else 0].append(line)
    return bands


def _find_head(lines: Sequence[Line], first: float, x: float, right: float) -> float:
    """Return where the columns begin: headings and short lines at their heads are no pair of long ones."""
    left = min(line.x0 for line in lines if line.top >= first - 1)
    for line in sorted((line for line in lines if line.top < first), key=lambda line: -line.bottom):
        size = max(line.size, 4.0)
        crosses = line.x0 < x - 2 < x + 2 < line.x1
        if crosses or first - line.bottom > size or line.x0 < left - 2 or x <= line.x0 < right - size:
            break
        first = min(first, line.top)
    return first


def _find_pairs(lines: Sequence[Line]) -> list[tuple[Line, Line]]:
    """Return the pairs of long lines that stand side by side."""
    pairs: list[tuple[Line, Line]] = []
    long = sorted((line for line in lines if len(line.text) >= _LEAST_LETTERS), key=lambda line: line.middle)
    for at, line in enumerate(long):
        for other in long[at + 1 : at + 4]:
            a, b = (line, other) if line.x0 < other.x0 else (other, line)
            level = min(a.bottom, b.bottom) - max(a.top, b.top) > 0.3 * max(line.size, 4.0)
            if level and a.x1 < b.x0:
                pairs.append((a, b))
                break
    return pairs


def _are_prose(pairs: Sequence[tuple[Line, Line]]) -> bool:
    """Return whether the lines of both columns are about as long, and words rather than figures."""
    widths = [median(line.x1 - line.x0 for line in column) for column in zip(*pairs, strict=True)]
    text = "".join(a.text + b.text for a, b in pairs)
    figures = sum(map(str.isdigit, text))
    return max(widths) < 1.7 * min(widths) and figures < 0.2 * len(text)
