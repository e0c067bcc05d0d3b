"""A page set in two columns of prose: which lines and tables stand in which, in the order of reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from statistics import median, quantiles

from docanalyze.read.lines import Line
from docanalyze.read.paragraphs import Measure, measure_body
from docanalyze.read.placement import PieceBox
from docanalyze.read.tables.grid import Grid

_LEAST_ROWS = 8
_LEAST_LETTERS = 22
_LEAST_GUTTER = 8.0
_LEAST_PROSE = 3
"""Lines of prose beside a table without rules in the other column."""

Item = Line | Grid
"""What stands in a column: a line, or a table."""


def split_columns(lines: Sequence[Line], grids: Sequence[Grid] = ()) -> list[list[list[Item]]]:
    """Return a page's lines and tables in bands from top to bottom, each of one column or of two.

    Empty if all is one column. Two columns are rows of two long lines side by side, many of them, the
    right ones beginning at one place: a letterhead is shorter, a table has figures. A table in a column
    stands beside the lines of the other one.
    """
    pairs = _find_pairs(lines, grids)
    if len(pairs) < _LEAST_ROWS:
        return []
    boxes = [(_box_of(a), _box_of(b)) for a, b in pairs]
    left = quantiles((a[2] for a, _ in boxes), n=20)[-1]
    right = quantiles((b[0] for _, b in boxes), n=20)[0]
    starts = Counter(round(b[0] / 3) for _, b in boxes)
    place, count = starts.most_common(1)[0]
    near = count + starts[place - 1] + starts[place + 1]
    if right - left < _LEAST_GUTTER or near < 0.6 * len(pairs) or not _are_prose(pairs):
        return []
    x = (left + right) / 2
    first = _find_head(lines, min(box[1] for pair in boxes for box in pair), x, 3 * place)
    last = max(box[3] for pair in boxes for box in pair)
    bands: list[list[list[Item]]] = []
    parted = False
    items: list[Item] = [*lines, *grids]
    for item in sorted(items, key=_height_of) if grids else items:
        x0, _, x1, _ = _box_of(item)
        # A line before the gutter's end or behind it; what crosses it parts the page.
        inside = first - 1 <= _height_of(item) <= last + 40 and not x0 < x - 2 < x + 2 < x1
        if inside != parted or not bands:
            bands.append([[], []] if inside else [[]])
            parted = inside
        bands[-1][1 if inside and x0 >= x else 0].append(item)
    return bands


def measure_first_column(lines: Sequence[Line], above: Sequence[Line]) -> Measure | None:
    """Return the look of the left column of the page before, if the few lines of a page fill no more.

    Of a text in columns the last lines may stand alone on its last page.
    """
    bands = split_columns(above) if lines else []
    if not bands or len(bands[-1]) < 2:
        return None
    found = measure_body([item for item in bands[-1][0] if isinstance(item, Line)])
    if found is None or any(line.x0 < found.left - 3 or line.x1 > found.right + 3 for line in lines):
        return None
    return found


def part_at_gutter(lines: Sequence[Line], grids: Sequence[Grid], used: Collection[int]) -> list[list[Line]]:
    """Return the lines above columns, of each of the two and below them, if a table took in both; else none.

    A table without rules in one column has the prose of the other beside it. `used` are the ids of the
    lines that the tables have.
    """
    for band in split_columns([line for line in lines if id(line) not in used]):
        columns = [[item for item in column if not isinstance(item, Grid)] for column in band]
        if len(columns) < 2 or not all(columns):
            continue
        x = (max(line.x1 for line in columns[0]) + min(line.x0 for line in columns[1])) / 2
        over = [grid.box for grid in grids if grid.box[0] < x < grid.box[2]]
        top = min([columns[0][0].top, columns[1][0].top, *(box[1] for box in over)])
        bottom = max([columns[0][-1].bottom, columns[1][-1].bottom, *(box[3] for box in over)])
        inside = [line for line in lines if top - 1 <= line.middle <= bottom + 1]
        sides = [[line for line in inside if (line.x0 < x) == left] for left in (True, False)]
        if any(line.x1 > x + 2 for line in sides[0]):
            continue
        for box in over:
            rows = [[line for line in side if id(line) in used and _is_in(line, box)] for side in sides]
            if any(map(_fills_column, rows, columns)):
                return [
                    [line for line in lines if line.middle < top - 1],
                    *sides,
                    [line for line in lines if line.middle > bottom + 1],
                ]
    return []


def _is_in(line: Line, box: PieceBox) -> bool:
    return box[1] - 1 <= line.middle <= box[3] + 1


def _fills_column(rows: Sequence[Line], column: Sequence[Line]) -> bool:
    """Return whether lines are prose of a column: long, and most begin at its margin."""
    left = min(line.x0 for line in column)
    prose = sum(len(line.text) >= _LEAST_LETTERS and line.x0 - left < 2 for line in rows)
    return prose >= _LEAST_PROSE and prose >= 0.6 * len(rows)


def _box_of(item: Item) -> PieceBox:
    return item.box if isinstance(item, Grid) else (item.x0, item.top, item.x1, item.bottom)


def _height_of(item: Item) -> float:
    """Return the height by which an item is ordered: a table stands where it begins."""
    return item.box[1] if isinstance(item, Grid) else item.middle


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


def _find_pairs(lines: Sequence[Line], grids: Sequence[Grid]) -> list[tuple[Item, Item]]:
    """Return the pairs of long lines that stand side by side, and of lines and tables beside them."""
    pairs: list[tuple[Item, Item]] = []
    long = sorted((line for line in lines if len(line.text) >= _LEAST_LETTERS), key=lambda line: line.middle)
    if not grids and (not long or min(line.x1 for line in long) >= max(line.x0 for line in long)):
        return []  # none stands left of another
    for at, line in enumerate(long):
        for other in long[at + 1 : at + 4]:
            a, b = (line, other) if line.x0 < other.x0 else (other, line)
            level = min(a.bottom, b.bottom) - max(a.top, b.top) > 0.3 * max(line.size, 4.0)
            if level and a.x1 < b.x0:
                pairs.append((a, b))
                break
    for grid in grids:
        x0, top, x1, bottom = grid.box
        for line in long:
            if top < line.middle < bottom and (line.x1 < x0 or x1 < line.x0):
                pairs.append((line, grid) if line.x1 < x0 else (grid, line))
    return pairs


def _are_prose(pairs: Sequence[tuple[Item, Item]]) -> bool:
    """Return whether both columns are about as wide, and their lines words rather than figures."""
    boxes = [[_box_of(item) for item in column] for column in zip(*pairs, strict=True)]
    widths = [median(box[2] - box[0] for box in column) for column in boxes]
    text = "".join(item.text for pair in pairs for item in pair if not isinstance(item, Grid))
    figures = sum(map(str.isdigit, text))
    return max(widths) < 1.7 * min(widths) and figures < 0.2 * len(text)
