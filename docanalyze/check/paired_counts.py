"""Counts told side by side, `khởi tố 18 vụ, 25 bị can`: what holds of the first ones holds of the others.

Each such run is a row, each place in it a column. Where the cases of several rows add up, or make a share,
the persons beside them are held to the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation, add_up, share_of
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.core.figure import Figure
from docanalyze.lexicon.cues import cue_pattern

_JOINT = re.compile(
    r"(?P<noun>(?:[^\W\d]++ ?){0,3}?)\s*(?:,|/|và|, và|với|cùng|cho|-)"
    r"(?: ?(?:làm |khiến )?(?P<fate>chết|bị thương|thiệt mạng|mất tích))?"
)
_FATE = re.compile(r"(?<!\w)(?:chết|bị thương|thiệt mạng|mất tích)(?!\w)")
"""`12 người chết, 8 người bị thương`: what tells one column of persons from the other."""
_BEHIND = re.compile(r"\s*([^\W\d]+(?: thương| tích| mạng)?)")
_RATIO = re.compile(
    r"(?:[^\W\d,;()]++ ?){0,2},? ?\(?(?:(?:đạt|chiếm|bằng|là|tương ứng|tương đương|lần lượt|với|và|tỷ lệ"
    r"|tỉ lệ|giải quyết|hoàn thành|kết quả)(?: |$))*"
)
"""What may stand between a row and the first of its ratios."""
_NEXT = re.compile(r"(?:(?:về |tổng |số |trên )*(?:[^\W\d,;]++ ?){0,3})?(?:và|,|/|;|, và)(?: ?đạt| ?là)?")
_FEWEST, _MOST = 2, 12
"""So few rows, or so many, of one sentence may add up."""
_LARGE = 20
"""Smaller totals are the sum of their neighbours by chance."""
_FEW = 5
"""The same where words or a bracket say that a list of their parts follows."""
_ROLES = ("level", "total", "plan")
Key = tuple[tuple[str, str], ...]


class Row(msgspec.Struct):
    """Counts of several kinds told side by side; `behind` are the figures of their sentence after them."""

    key: Key
    cells: list[Figure]
    behind: list[Figure]


def find_paired_sums(facts: Facts) -> Iterator[Claim]:
    """Yield the sums of the columns of rows of which one column adds up."""
    for rows, before in _list_rows(facts):
        for total, parts in _list_windows(facts, rows, before):
            if any(row.key != total.key for row in parts) or _are_of_years(facts, [total, *parts]):
                continue
            columns = list(zip(total.cells, *(row.cells for row in parts), strict=True))
            lone = [_has_lone(facts, [*before, *rows], column) for column in columns]
            equations = [add_up(whole, each) for whole, *each in columns]
            told = _is_announced(facts, total, parts)
            if told and any(lone):
                equations = [
                    _add_lone(facts, rows, each) if at else each
                    for each, at in zip(equations, lone, strict=True)
                ]
                lone = [False] * len(lone)
            yield from _claim_columns("SUM001", equations, lone, least=_FEW if told else _LARGE)


def find_paired_shares(facts: Facts) -> Iterator[Claim]:
    """Yield the shares, told behind a row, of another row's columns, where one of them agrees."""
    for rows, before in _list_rows(facts):
        for at, row in enumerate(rows):
            ratios = row.behind[: len(row.cells)]
            if len(ratios) < len(row.cells) or not _are_ratios(facts, ratios):
                continue
            for whole in reversed([*before[-_FEWEST:], *rows[:at]]):
                if whole.key == row.key:
                    columns = zip(row.cells, whole.cells, ratios, strict=True)
                    equations = [share_of(*each) for each in columns]
                    yield from _claim_columns("PCT001", equations, [False] * len(equations))


def _list_rows(facts: Facts) -> list[tuple[list[Row], list[Row]]]:
    """Return the rows of each sentence that has some, with those before it in its paragraph."""
    known: list[tuple[list[Row], list[Row]]] | None = facts.memo.get("rows of counts")
    if known is None:
        known = facts.memo["rows of counts"] = []
        before: list[Row] = []
        block: str | None = None
        for figures in facts.by_sentence.values():
            here = facts.block_of(figures[0])
            before = before if here == block else []
            block = here
            rows = _read_rows(facts, figures)
            if 0 < len(rows) <= _MOST:
                known.append((rows, before))
                before = [*before, *rows]
    return known


def _read_rows(facts: Facts, figures: Sequence[Figure]) -> list[Row]:
    """Return the rows of a sentence in order."""
    runs: list[list[int]] = []
    for at, figure in enumerate(figures):
        if not _is_cell(facts, figure):
            continue
        if runs and runs[-1][-1] == at - 1 and _is_beside(facts, figures, runs[-1], at):
            runs[-1].append(at)
        else:
            runs.append([at])
    rows = []
    for run in runs:
        if len(run) < _FEWEST:
            continue
        cells = [figures[at] for at in run]
        key = _read_key(facts, cells)
        if len(set(key)) == len(key):
            rows.append(Row(key, cells, list(figures[run[-1] + 1 :])))
    return rows


def _is_cell(facts: Facts, figure: Figure) -> bool:
    money = figure.dimension.isupper()
    plain = (figure.exact or money) and figure.plain and figure.sign > 0
    return plain and figure.dimension not in ("", "%", "point") and facts.role_of(figure) in _ROLES


def _is_beside(facts: Facts, figures: Sequence[Figure], run: list[int], at: int) -> bool:
    """Return whether a count stands right beside those of a run, and is of another kind than they are."""
    if facts.depths.get(figures[at].mention, 0) != facts.depths.get(figures[at - 1].mention, 0):
        return False
    if _JOINT.fullmatch(facts.words_before(figures[at])) is None:
        return False
    kinds = [_read_kind(facts, figures[place]) for place in run]
    kind = _read_kind(facts, figures[at])
    if kind not in kinds:
        return True
    if kind == kinds[0] and len(set(kinds)) > 1:
        return False  # `15 vụ với 34 bị can và 04 vụ với 09 bị can`: the next row
    labels = {_read_label(facts, figures[place]) for place in run if kinds[run.index(place)] == kind}
    label = _read_label(facts, figures[at])
    return bool(label) and "" not in labels and label not in labels


def _read_kind(facts: Facts, figure: Figure) -> str:
    """Return what a count is of: persons are counted by many words, cases by what they are besides."""
    person = cue_pattern(facts.lexicon, "person").search(figure.dimension)
    return "người" if person is not None else figure.dimension.split()[0]


def _read_label(facts: Facts, figure: Figure) -> str:
    """Return the word that tells two counts of one kind apart: `5 vụ KN, 7 vụ TC`, `làm chết 5 người`."""
    end = figure.start + len(figure.text)
    behind = _BEHIND.match(facts.analysis.text, end)
    fate = _FATE.search(facts.clause_before(figure)) or (
        _FATE.match(behind[1].lower()) if behind is not None else None
    )
    if fate is not None:
        return fate[0]
    word = behind[1].lower() if behind is not None else ""
    return "" if word in _JOINTS else word


_JOINTS = frozenset(
    ("với", "và", "cùng", "cho", "của", "được", "bị", "do", "tại", "có", "đã", "đang", "trong")
)


def _read_key(facts: Facts, cells: Sequence[Figure]) -> Key:
    kinds = [_read_kind(facts, cell) for cell in cells]
    return tuple(
        (kind, _read_label(facts, cell) if kinds.count(kind) > 1 else "")
        for kind, cell in zip(kinds, cells, strict=True)
    )


def _list_windows(facts: Facts, rows: list[Row], before: list[Row]) -> Iterator[tuple[Row, list[Row]]]:
    """Yield the ways in which rows may add up: the total before all others, or up to a semicolon, or last."""
    if len(rows) >= _FEWEST:
        for total in reversed(before[-_FEWEST:]):
            yield total, rows
        yield from _list_rests(facts, rows, before)
    for at in range(len(rows) - _FEWEST):
        yield rows[at], rows[at + 1 :]
        for end in range(at + 1 + _FEWEST, len(rows)):
            if ";" in facts.words_before(rows[end].cells[0]):
                yield rows[at], rows[at + 1 : end]
    for end in range(_FEWEST, len(rows)):
        if end == len(rows) - 1 or _ALL.search(facts.clause_before(rows[end].cells[0])):
            yield rows[end], rows[:end]


def _list_rests(facts: Facts, rows: list[Row], before: list[Row]) -> Iterator[tuple[Row, list[Row]]]:
    """Yield rows outside brackets with what is left of them, to a row before: all of what came in."""
    plain = [row for row in rows if not facts.depths.get(row.cells[0].mention)]
    for done, rest in pairwise(plain):
        if _REST.search(facts.clause_before(rest.cells[0])):
            earlier = [row for row in before if not facts.depths.get(row.cells[0].mention)]
            for total in [*earlier, *plain[: plain.index(done)]][-_FEWEST:]:
                yield total, [done, rest]


_REST = re.compile(r"(?<!\w)(?:còn(?: lại)?|hiện còn|đang)(?!\w)")


def _is_announced(facts: Facts, total: Row, parts: list[Row]) -> bool:
    """Return whether a list of parts follows its total: behind `gồm` or `trong đó`, or in a bracket."""
    first = parts[0].cells[0]
    if first.start < total.cells[0].start:
        return False
    depth = facts.depths.get(first.mention, 0)
    if depth == facts.depths.get(total.cells[0].mention, 0) + 1:
        return all(facts.depths.get(row.cells[0].mention, 0) == depth for row in parts)
    return cue_pattern(facts.lexicon, "complete", "partial").search(facts.words_before(first)) is not None


def _add_lone(facts: Facts, rows: Sequence[Row], equation: Equation) -> Equation:
    """Return the sum of a column with the counts that stand in its list alone: `…; đình chỉ 01 vụ)`."""
    total, parts = equation.one("total"), equation.all("part")
    told = {cell.mention for row in rows for cell in row.cells}
    kind, depth = _read_kind(facts, total), facts.depths.get(parts[0].mention, 0)
    beside = [
        figure for figure in facts.by_sentence.get(facts.mentions[parts[0].mention].sentence or "", ())
        if figure.start > parts[0].start and figure.mention not in told and _is_cell(facts, figure)
        and _read_kind(facts, figure) == kind and facts.depths.get(figure.mention, 0) == depth
    ]  # fmt: skip
    return equation if holds(equation) or not beside else add_up(total, [*parts, *beside])


_ALL = re.compile(r"(?<!\w)(?:tổng|cộng|chung|phải (?:giải quyết|xử lý))(?!\w)")


def _are_of_years(facts: Facts, rows: Sequence[Row]) -> bool:
    """Return whether rows are of several periods none of which holds the others: `năm 2022 …; năm 2023 …`."""
    owners = [facts.by_mention.get(row.cells[0].mention) for row in rows]
    periods = {owner.period for owner in owners if owner is not None and owner.period is not None}
    cells = [row.cells[0] for row in rows]
    spans = any(facts.spans_period_of(one, two) for one in cells for two in cells)
    return len(periods) > 1 and not spans


def _has_lone(facts: Facts, rows: Sequence[Row], column: Sequence[Figure]) -> bool:
    """Return whether a sentence of rows has a count of a column's kind in no row, which may be a part too."""
    told = {cell.mention for row in rows for cell in row.cells}
    kind = _read_kind(facts, column[0])
    names = {facts.mentions[figure.mention].sentence or "" for figure in column[1:]}
    first = min(figure.start for figure in column)
    return any(
        figure.mention not in told and figure.start > first and _is_cell(facts, figure)
        and _read_kind(facts, figure) == kind
        for name in names for figure in facts.by_sentence.get(name, ())
    )  # fmt: skip


def _are_ratios(facts: Facts, ratios: Sequence[Figure]) -> bool:
    """Return whether figures are percentages, told right behind a row and right behind each other."""
    if any(ratio.dimension != "%" or not ratio.plain for ratio in ratios):
        return False
    if _RATIO.fullmatch(facts.words_before(ratios[0])) is None:
        return False
    return all(_NEXT.fullmatch(facts.words_before(two)) is not None for _, two in pairwise(ratios))


def _claim_columns(
    code: str, columns: Sequence[Equation], lone: Sequence[bool], least: int = _LARGE
) -> Iterator[Claim]:
    """Yield the claims of all columns if one of them holds and is no chance; `lone` ones may lack a part."""
    if not any(_is_proof(equation, least) for equation in columns if holds(equation)):
        return
    for equation, lacking in zip(columns, lone, strict=True):
        if holds(equation) or (has_edit(equation) and not lacking):
            yield Claim(code, equation, severity="warning", tied=True)


def _is_proof(equation: Equation, least: int) -> bool:
    """Return whether an equation that holds says that its figures belong together."""
    if equation.form == "sum":
        total, parts = equation.one("total"), equation.all("part")
        return total.exact and total.number >= least and all(0 < part.value < total.value for part in parts)
    ratio = equation.one("ratio")
    return ratio.decimals > 0 and ratio.number != 0
