"""The head of a table without a full lattice: which words are one head cell, and which columns it spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import comb

from docanalyze.read.placement import PieceBox
from docanalyze.read.tables.bands import Band
from docanalyze.read.tables.roles import is_index_row
from docanalyze.read.tables.rows import Spacing
from docanalyze.read.tables.tokens import Row, Token, cut_token, is_figure

_FLUSH = 1.5
"""Points by which ends at one margin differ."""
_FORMULA_PITCH = 1.4
"""Ems from one line of a formula to the next."""


@dataclass(slots=True)
class HeadCell:
    """A cell of the head: its columns, its words, and (once laid out) its rows."""

    first: int
    last: int
    tokens: list[Token]
    row: int = 0
    row_span: int = 1

    @property
    def top(self) -> float:
        """The height of its first line."""
        return self.tokens[0].middle

    @property
    def bottom(self) -> float:
        """The height of its last line."""
        return self.tokens[-1].middle

    @property
    def centre(self) -> float:
        """The middle of its words."""
        return (min(t.x0 for t in self.tokens) + max(t.x1 for t in self.tokens)) / 2


def build_head(
    rows: Sequence[Row], bands: list[Band], spacing: Spacing, rules: Sequence[PieceBox]
) -> tuple[list[HeadCell], int]:
    """Return the cells of the head and how many rows they fill.

    Columns that are known by their head only are added to `bands`.
    `rows` are the printed rows of the head top to bottom; `rules` the horizontal strokes among them.
    """
    rows = [
        Row([t for token in row.tokens for t in _part_heads(token, bands, rows[at + 1 :])], row.middle)
        for at, row in enumerate(rows)
    ]
    _add_bare_columns(rows, bands)
    extents = [[band.x0, band.x1] for band in bands]
    spans: dict[int, tuple[int, int]] = {}
    for at in range(len(rows) - 1, -1, -1):
        row = rows[at]
        for token in row.tokens:
            lead = _find_lead(token, rows[:at], extents, spacing)
            first, last = _find_span(lead, row, extents, bands, rules, spacing)
            spans[id(token)] = (first, last)
            if first == last:
                extents[first] = [min(extents[first][0], token.x0), max(extents[first][1], token.x1)]
    for band, (x0, x1) in zip(bands, extents, strict=True):
        band.x0, band.x1 = x0, x1
    cells: list[HeadCell] = []
    index = find_index_row(rows)
    numbered = rows[index:] if index is not None else []
    rows = rows[:index]
    _find_spanning(rows, spans, extents)
    for row in rows:
        for token in row.tokens:
            first, last = spans[id(token)]
            cell = _find_cell(cells, token, first, last, row, spans, spacing)
            if cell is None:
                cells.append(HeadCell(first, last, [token]))
            else:
                cell.tokens.append(token)
                cell.first, cell.last = min(cell.first, first), max(cell.last, last)
    count = _lay_out(cells)
    if numbered:
        tokens: dict[int, list[Token]] = {}
        for token in (token for row in numbered for token in row.tokens):
            tokens.setdefault(spans[id(token)][0], []).append(token)
        cells.extend(HeadCell(col, col, found, count) for col, found in tokens.items())
        count += 1
    return cells, count


def count_index_rest(rows: Sequence[Row], index: int) -> int:
    """Return how many printed rows go on with the formulas of an index row: `3 = 2/1 x` and `100%`."""
    formulas = [token for token in rows[index].tokens if "=" in token.text]
    count = 0
    for above, row in pairwise(rows[index:]):
        near = row.middle - above.middle <= _FORMULA_PITCH * row.tokens[0].size
        if not near or not all(any(t.x0 < f.x1 and f.x0 < t.x1 for f in formulas) for t in row.tokens):
            break
        count += 1
    return count


def find_index_row(rows: Sequence[Row]) -> int | None:
    """Return which printed row of a head is its index row (`A B 1 3=2/1`), the last but for its formulas."""
    for at, row in enumerate(rows):
        if is_index_row([token.text for token in row.tokens]):
            return at if at + 1 + count_index_rest(rows, at) == len(rows) else None
    return None


def _part_heads(token: Token, bands: Sequence[Band], below: Sequence[Row]) -> list[Token]:
    """Return the heads in a token that nearly touch: each ends where the figures below it end."""
    under = [band for band in bands if min(band.x1, token.x1) - max(band.x0, token.x0) > 1.0]
    if len(under) < 2 or not all(band.value for band in under):
        return [token]
    heads = [other for row in below if not is_index_row([t.text for t in row.tokens]) for other in row.tokens]
    if any(other.x0 < token.x1 and token.x0 < other.x1 for other in heads):
        return [token]  # they are the heads, and it spans them
    rights = token.line.boxes[4 * token.first + 2 : 4 * token.last : 4]
    ends = [min(range(len(rights)), key=lambda i: abs(rights[i] - band.x1)) for band in under]
    slack = _FLUSH if len(under) == 2 else 0.35 * token.size
    flush = all(abs(rights[end] - band.x1) <= slack for end, band in zip(ends, under, strict=True))
    if not flush or sorted(set(ends)) != ends or ends[-1] != len(rights) - 1:
        return [token]
    starts = [token.first, *(token.first + end + 1 for end in ends)]
    return [cut_token(token, first, last) for first, last in pairwise(starts)]


def _add_bare_columns(rows: Sequence[Row], bands: list[Band]) -> None:
    """Widen each column to its head; add the columns that have a head only, as a `Ghi chú` left empty."""
    heads = _find_heads(rows)
    over = [[i for i, band in enumerate(bands) if x0 < band.x1 and band.x0 < x1] for x0, x1 in heads]
    pinned = {i for found in over for i in found}
    bare: list[Band] = []
    at = 0
    while at < len(heads):
        if over[at]:
            at += 1
            continue
        last = at
        while last < len(heads) and not over[last]:
            last += 1
        left = over[at - 1][-1] + 1 if at else 0
        right = over[last][0] if last < len(heads) else len(bands)
        free = [i for i in range(left, right) if i not in pinned]
        matched = _match(heads[at:last], [bands[i] for i in free])
        for head, number in zip(heads[at:last], matched, strict=True):
            if number is None:
                bare.append(Band(head[0], head[1], False))
            else:
                band = bands[free[number]]
                band.x0, band.x1 = min(band.x0, head[0]), max(band.x1, head[1])
        at = last
    bands.extend(bare)
    bands.sort(key=lambda band: band.x0)


def _find_heads(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Return where heads of single columns stand, from the lowest row up; what lies over two spans them."""
    heads: list[tuple[float, float]] = []
    for row in reversed(rows):
        for token in row.tokens:
            near = [head for head in heads if head[0] < token.x1 and token.x0 < head[1]]
            if len(near) < 2:
                heads = [head for head in heads if head not in near]
                heads.append((min([token.x0, *(h[0] for h in near)]), max([token.x1, *(h[1] for h in near)])))
    return sorted(heads)


def _match(heads: Sequence[tuple[float, float]], bands: Sequence[Band]) -> list[int | None]:
    """Return for each head beside its column which of the columns it names, in order; None for none."""
    count = min(len(heads), len(bands))
    if not count or comb(len(heads), count) * comb(len(bands), count) > 2000:
        return [None] * len(heads)
    best = min(
        (
            (h, b)
            for h in combinations(range(len(heads)), count)
            for b in combinations(range(len(bands)), count)
        ),
        key=lambda pair: sum(_distance(heads[i], bands[j]) for i, j in zip(*pair, strict=True)),
    )
    named: dict[int, int] = dict(zip(*best, strict=True))
    return [named.get(i) for i in range(len(heads))]


def _distance(head: tuple[float, float], band: Band) -> float:
    """Return how far a head is from a column: figures stand right of a short head, words left of it."""
    if head[1] <= band.x0:
        return (band.x0 - head[1]) * (1 if band.value else 3)
    return max(0.0, head[0] - band.x1) * (3 if band.value else 1)


def _find_lead(
    token: Token, above: Sequence[Row], extents: Sequence[Sequence[float]], spacing: Spacing
) -> Token:
    """Return a line that stands over no column, or the line above it of its cell that does.

    `(%)` below `so với cùng kỳ`, flush with it or in its middle, stands left of the figures at the right.
    """
    lead = token
    for row in reversed(above):
        if _stands_over(lead, extents) or lead.middle - row.middle > 1.5 * spacing.leading:
            break
        lead = next((other for other in row.tokens if _is_flush(lead, other)), lead)
    return lead if _stands_over(lead, extents) else token


def _stands_over(token: Token, extents: Sequence[Sequence[float]]) -> bool:
    return any(min(x1, token.x1) - max(x0, token.x0) > 1.0 for x0, x1 in extents)


def _is_flush(one: Token, two: Token) -> bool:
    if one.x0 >= two.x1 or two.x0 >= one.x1:
        return False
    ends = one.x0 - two.x0, one.x1 - two.x1, (one.x0 + one.x1 - two.x0 - two.x1) / 2
    return any(abs(end) <= _FLUSH for end in ends)


def _find_span(
    token: Token,
    row: Row,
    extents: Sequence[Sequence[float]],
    bands: Sequence[Band],
    rules: Sequence[PieceBox],
    spacing: Spacing,
) -> tuple[int, int]:
    over = [i for i, (x0, x1) in enumerate(extents) if min(x1, token.x1) - max(x0, token.x0) > 1.0]
    centre = (token.x0 + token.x1) / 2
    for rule in rules:
        if (
            0 < rule[1] - token.middle <= 1.5 * spacing.leading
            and rule[0] - 2 <= token.x0
            and token.x1 <= rule[2] + 2
            and sum(rule[0] < other.x1 and other.x0 < rule[2] for other in row.tokens) == 1
        ):
            under = [i for i, band in enumerate(bands) if rule[0] - 2 <= band.centre <= rule[2] + 2]
            middle = abs(centre - (rule[0] + rule[2]) / 2) <= 0.1 * (rule[2] - rule[0])
            if 2 <= len(under) < len(bands) - 1 and middle:
                over = sorted({*over, *under})
    if over:
        return over[0], over[-1]
    # Another word of the row may stand right over a column: then that is its head.
    free = [
        i
        for i, (x0, x1) in enumerate(extents)
        if not any(min(x1, t.x1) - max(x0, t.x0) > 1.0 for t in row.tokens if t is not token)
    ]
    nearest = min(
        free or range(len(extents)),
        key=lambda i: min(abs(extents[i][0] - centre), abs(extents[i][1] - centre)),
    )
    return nearest, nearest


def _find_cell(
    cells: Sequence[HeadCell],
    token: Token,
    first: int,
    last: int,
    row: Row,
    spans: dict[int, tuple[int, int]],
    spacing: Spacing,
) -> HeadCell | None:
    """Return the cell whose next line `token` is, if there is one."""
    above = [cell for cell in cells if cell.first <= last and first <= cell.last]
    if not above:
        return None
    cell = max(above, key=lambda cell: cell.bottom)
    step = token.middle - cell.bottom
    if step > 1.5 * spacing.leading or spacing.is_ruled(cell.bottom, token.middle):
        return None
    if (cell.first, cell.last) == (first, last):
        return cell
    centre = (token.x0 + token.x1) / 2
    near = abs(centre - cell.centre) <= 0.6 * token.size
    wider = first <= cell.first and cell.last <= last
    narrower = cell.first <= first and last <= cell.last
    # A line of a spanning cell may be too short to reach all its columns: then it is in its middle
    # and nothing else stands at its height there.
    if narrower and near:
        others = [t for t in row.tokens if t is not token]
        if not any(cell.first <= spans[id(t)][0] and spans[id(t)][1] <= cell.last for t in others):
            return cell
    if wider and near:
        others_above = [c for c in cells if c is not cell and first <= c.first and c.last <= last]
        if not others_above:
            return cell
    return None


def _find_spanning(
    rows: Sequence[Row], spans: dict[int, tuple[int, int]], extents: Sequence[Sequence[float]]
) -> None:
    """Give words above the middle of several heads, or flush with the first of them, the span of all.

    `Năm 2024` above `Tháng 1` to `Tháng 9` touches one or two of them only. Heads in the row below
    need something above them unless heads end at one height; then they must be alike.
    """
    stacks: dict[int, list[int]] = {}
    for number, row in enumerate(rows):
        for token in row.tokens:
            for col in range(spans[id(token)][0], spans[id(token)][1] + 1):
                stacks.setdefault(col, []).append(number)
    ends = {max(numbers) for numbers in stacks.values()}
    for number in range(len(rows) - 2, -1, -1):
        for token in rows[number].tokens:
            first, last = spans[id(token)]
            lower = min(
                (n for col in range(first, last + 1) for n in stacks.get(col, []) if n > number), default=0
            )
            if not lower:
                continue
            below = {spans[id(t)][0]: t for t in rows[lower].tokens if spans[id(t)][0] == spans[id(t)][1]}
            free = {col for col in below if min(stacks[col]) == lower} | set(range(first, last + 1))
            low, high = first, last
            while low - 1 in free:
                low -= 1
            while high + 1 in free:
                high += 1
            centre = (token.x0 + token.x1) / 2
            best = (first, last)
            run = [below[col] for col in range(first, high + 1) if col in below]
            flush = len(run) == high + 1 - first > 1 and _heads_from_left(token, run)
            if not flush and last > first and len(run) == high + 1 - first:
                # It reaches over the second already; heads that nothing stands above are set higher.
                higher = any(numbers == [number] for numbers in stacks.values())
                flush = higher and abs(token.x0 - run[0].x0) <= _FLUSH
            for a in range(low, first + 1):
                for b in range(last, high + 1):
                    width = extents[b][1] - extents[a][0]
                    middle = abs((extents[a][0] + extents[b][1]) / 2 - centre) <= 0.3 * width / (b - a + 1)
                    middle |= flush and (a, b) == (first, high)
                    alike = _are_alike([below[col].text for col in range(a, b + 1) if col in below])
                    if middle and b - a > best[1] - best[0] and (alike or len(ends) > 1):
                        best = (a, b)
            spans[id(token)] = best
            for col in range(best[0], best[1] + 1):
                stacks.setdefault(col, []).append(number)


def _heads_from_left(token: Token, below: Sequence[Token]) -> bool:
    """Return whether words stand flush left above the first of several heads and do not go on in it.

    The heads are alike, or the words had room for its first word on their line; what goes on begins
    with a small letter.
    """
    first, second = below[0], below[1]
    if abs(token.x0 - first.x0) > _FLUSH or any(other.text[:1].islower() for other in below):
        return False
    word = (first.x1 - first.x0) * len(first.text.split(" ", 1)[0]) / len(first.text)
    room = token.x1 + 0.25 * token.size + word < second.x0 - 0.4 * token.size
    return room or _are_alike([other.text for other in below])


def _are_alike(texts: Sequence[str]) -> bool:
    """Return whether heads are of one kind: they begin with the same word, or are figures all."""
    return len(texts) > 1 and (
        len({text.split(" ", 1)[0].casefold() for text in texts}) == 1 or all(map(is_figure, texts))
    )


def _lay_out(cells: Sequence[HeadCell]) -> int:
    """Give the cells their rows; return how many rows there are."""
    ordered = sorted(cells, key=lambda cell: cell.tokens[0].middle)
    depth: dict[int, int] = {}
    for cell in ordered:
        cell.row = max((depth.get(col, 0) for col in range(cell.first, cell.last + 1)), default=0)
        for col in range(cell.first, cell.last + 1):
            depth[col] = cell.row + 1
    count = max(depth.values(), default=0)
    for cell in ordered:
        below = [
            other.row
            for other in ordered
            if other.row > cell.row and other.first <= cell.last and cell.first <= other.last
        ]
        cell.row_span = min(below, default=count) - cell.row
    return count
