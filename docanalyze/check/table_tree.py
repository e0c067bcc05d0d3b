"""Which rows of a table are parts of which, by numbering, `Trong đó` and total rows; figures decide later."""

from __future__ import annotations

import re

import msgspec

from docanalyze.check.table_grid import Grid
from docanalyze.core.names import fold_words
from docanalyze.lexicon import load_lexicon
from docanalyze.lexicon.forms import form_pattern
from docanalyze.lexicon.opposites import make_whole

_MARKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("roman", re.compile(r"[IVX]{1,5}[.)/]?")),
    ("capital", re.compile(r"[A-HK-UY][.)/]?")),
    ("dotted3", re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}[.)]?")),
    ("dotted2", re.compile(r"(?:\d{1,2}|[IVX]{1,4})\.\d{1,2}[.)]?")),
    ("number", re.compile(r"\d{1,3}[.)/]?")),
    ("letter", re.compile(r"[a-zđ][.)/]?")),
    ("dash", re.compile(r"[-–−•]")),
    ("plus", re.compile(r"[+*]")),
)
_LEADING = re.compile(r"((?:[IVX]{1,5}|[A-HK-UY]|\d{1,2}(?:\.\d{1,2}){0,2}|[a-zđ])[.)/]|[-–−•+*])\s*(?=\S)")
_ROMANS = {"I": 1, "V": 5, "X": 10}


class Family(msgspec.Struct, frozen=True):
    """Rows that are said to be parts of another: by place in the grid's rows.

    `partial` lists need not be complete; `plain` ones are numbered without a gap, or the parent is a
    total row. Of a row's `division`s (`Phân theo ngành`, `Phân theo nước`) each makes the whole of it;
    `halves` are two rows named as all there is, which may be of another row than the one above them.
    """

    whole: int
    parts: tuple[int, ...]
    partial: bool = False
    plain: bool = False
    division: bool = False
    halves: bool = False


class Mark(msgspec.Struct, frozen=True):
    """A row's running mark: what kind, and its place in its series (0 where it has none)."""

    kind: str
    place: int


def is_total(label: str) -> bool:
    """Return whether a label names a total: `Tổng số`, `TỔNG CỘNG`, `Toàn tỉnh`."""
    return bool(form_pattern(r"(?:[A-Z\dIVX]{1,4}[.)]\s*)?<sum_row>(?!\w)", re.IGNORECASE).match(label))


def find_families(grid: Grid) -> list[Family]:
    """Return the families of a table's rows, the innermost first."""
    known = grid.memo.get("families")
    if known is None:
        grid.memo["families"] = known = _find_families(grid)
    return known  # type: ignore[return-value]


def _find_families(grid: Grid) -> list[Family]:
    marks = [read_mark(row.mark, row.label) for row in grid.rows]
    parents = _climb(grid, marks)
    parts: dict[int, list[int]] = {}
    partial: dict[int, list[int]] = {}
    for child, (parent, within) in enumerate(parents):
        if parent is not None:
            (partial if within else parts).setdefault(parent, []).append(child)
    families = [
        Family(whole, tuple(rows), plain=_is_counted(rows, marks)) for whole, rows in parts.items()
    ] + [Family(whole, tuple(rows), partial=True) for whole, rows in partial.items()]  # fmt: skip
    families += _find_totals(grid, parents)
    families += _find_divisions(grid, marks)
    families += _find_halves(grid)
    return sorted(families, key=lambda family: -family.whole)


def read_mark(printed: str, label: str) -> Mark | None:
    """Return the mark of a row from its running number or the head of its label.

    >>> read_mark("", "II. Tài sản dài hạn")
    Mark(kind='roman', place=2)
    """
    text = printed.strip()
    if not text:
        found = _LEADING.match(label)
        text = found[1] if found else ""
    for kind, pattern in _MARKS:
        if text and pattern.fullmatch(text):
            return Mark(kind, _place(kind, text.rstrip(".)/")))
    return None


def _place(kind: str, text: str) -> int:
    if kind == "roman":
        total = 0
        for char, after in zip(text, [*text[1:], ""], strict=True):
            value = _ROMANS[char]
            total += -value if value < _ROMANS.get(after, 0) else value
        return total
    if kind in ("number", "dotted2", "dotted3"):
        return int(text.rpartition(".")[2])
    if kind in ("letter", "capital"):
        return "abcdđeghiklmnopqrstuvxy".find(text.lower()) + 1 or 1
    return 0


def _climb(grid: Grid, marks: list[Mark | None]) -> list[tuple[int | None, bool]]:
    """Return for each row its parent and whether it is in a `Trong đó` list, by a stack of marks."""
    stack: list[tuple[Mark, int]] = []
    found: list[tuple[int | None, bool]] = []
    inner = form_pattern(r"(?:[-–+*]\s*)?<listed_row>(?!\w)", re.IGNORECASE)
    listed: int | None = None
    for at, (row, mark) in enumerate(zip(grid.rows, marks, strict=True)):
        if inner.match(row.label):
            within = found[-1] if found else (None, False)
            parent = within[0] if within[1] else at - 1 if at else None
            found.append((parent, True))
            listed = parent if _is_empty(grid, at) else None
        elif listed is not None and (mark is None or mark.kind in ("dash", "plus")):
            found.append((listed, True))
        elif mark is None:
            listed = None
            if is_total(row.label):
                stack.clear()
            found.append((stack[-1][1] if stack else None, False))
        else:
            listed = None
            depth = next((d for d, (other, _) in enumerate(stack) if other.kind == mark.kind), None)
            if depth is not None:
                del stack[depth:]
            found.append((stack[-1][1] if stack else None, False))
            stack.append((mark, at))
    return found


def _is_empty(grid: Grid, row: int) -> bool:
    return all(grid.values[col][row] is None for col in grid.columns)


def _is_counted(rows: list[int], marks: list[Mark | None]) -> bool:
    """Return whether parts are numbered 1, 2, 3 … without a gap."""
    found = [mark for row in rows if (mark := marks[row]) is not None]
    return (
        len(found) == len(rows) >= 2
        and len({mark.kind for mark in found}) == 1
        and [mark.place for mark in found] == list(range(1, len(rows) + 1))
    )


def _find_totals(grid: Grid, parents: list[tuple[int | None, bool]]) -> list[Family]:
    """Return total rows over the outermost rows after them, up to the next total, or before them."""
    totals = [at for at, row in enumerate(grid.rows) if is_total(row.label)]
    outer = [at for at, (parent, within) in enumerate(parents) if parent is None and not within]
    families = []
    for number, at in enumerate(totals):
        end = totals[number + 1] if number + 1 < len(totals) else len(grid.rows)
        start = totals[number - 1] + 1 if number else 0
        after = tuple(row for row in outer if at < row < end)
        before = tuple(row for row in outer if start <= row < at)
        for parts in (after, before):
            if len(parts) >= 2:
                families.append(Family(at, parts, plain=True))
    return families


def _find_halves(grid: Grid) -> list[Family]:
    """Return the rows above two that are all there is: `Tiểu học`, `Công lập`, `Ngoài công lập`."""
    lexicon = load_lexicon()
    names = [fold_words(row.label) for row in grid.rows]
    return [
        Family(at, (at + 1, at + 2), plain=True, halves=True)
        for at in range(len(grid.rows) - 2)
        if not _is_empty(grid, at)
        and make_whole(names[at + 1], names[at + 2], lexicon)
        and not make_whole(names[at], names[at + 2], lexicon)
    ]


def _find_divisions(grid: Grid, marks: list[Mark | None]) -> list[Family]:
    """Return a row over each division of it: `Tổng số`, `Phân theo ngành`, `Phân theo nước`, each with rows.

    The last division ends where its parts have made the total, which only the figures tell: any of its heads.
    """
    divided = form_pattern(r"(?:[-–+*]\s*)?<divided_row>(?!\w)", re.IGNORECASE)
    empty = [_is_empty(grid, row) for row in range(len(grid.rows))]
    heads = [at for at, row in enumerate(grid.rows) if at and empty[at] and divided.match(row.label)]
    totals = {at for at, row in enumerate(grid.rows) if is_total(row.label)}
    wholes = _find_wholes(grid, marks, [at for at in heads if not empty[at - 1]], totals)
    stops = {*(row for row in range(len(grid.rows)) if empty[row]), *totals, *wholes}
    families = []
    for at in heads:
        whole = max((row for row in wholes if row < at), default=None)
        if whole is None:
            continue
        end = next((row for row in range(at + 1, len(grid.rows)) if row in stops), len(grid.rows))
        parts = tuple(range(at + 1, end))
        sizes = range(len(parts), 1, -1)
        for size in sizes[:1] if end in totals or end in wholes or end in heads else sizes:
            is_all = size == len(parts)
            families.append(Family(whole, parts[:size], plain=is_all, division=is_all))
    return families


def _find_wholes(grid: Grid, marks: list[Mark | None], heads: list[int], totals: set[int]) -> set[int]:
    """Return the rows that are divided: the first before a division, and those that are like it.

    A total, one marked in its kind (`I. Vận chuyển`, `II. Luân chuyển`), one before a division said before.
    """
    wholes: set[int] = set()
    kind = None
    said: set[str] = set()
    for at in heads:
        label, mark = grid.rows[at].label.casefold(), marks[at - 1]
        if not wholes or at - 1 in totals or label in said or (mark is not None and mark.kind == kind):
            wholes.add(at - 1)
            said.clear()
            kind = mark.kind if mark is not None else None
        said.add(label)
    return wholes
