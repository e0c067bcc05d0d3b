"""The indicators of an analysis: those of the sentences and those of the table cells."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import Any

import msgspec
from msgspec import UNSET

from docanalyze.bind.cells import find_column_basis, name_rows
from docanalyze.bind.clauses import mark_cues, read_clauses
from docanalyze.bind.lists import find_listings, opens_list
from docanalyze.bind.names import find_name
from docanalyze.bind.periods import add_periods
from docanalyze.bind.roles import Role, find_direction, find_role, find_side, read_cues
from docanalyze.bind.scopes import add_scopes
from docanalyze.bind.statements import Tie, tie_clause
from docanalyze.core.analysis import Analysis
from docanalyze.core.bounds import ONE
from docanalyze.core.figure import Figure
from docanalyze.core.interval import EXACT, tidy_number
from docanalyze.core.mention import CellRef, Mention, Percent, mention_kind
from docanalyze.core.names import fold_name
from docanalyze.core.relation import Basis, Indicator
from docanalyze.lexicon import Lexicon
from docanalyze.lexicon.printed import read_figures
from docanalyze.lexicon.unit_names import find_durations

_BASIS: dict[Role, Basis] = {
    "level": "actual", "growth": "growth", "ratio": "growth", "plan-ratio": "plan-ratio", "share": "share",
    "change": "change", "times": "growth", "base": "prior-period", "plan": "plan", "total": "actual",
    "duration": "actual", "plan-growth": "plan-ratio",
}  # fmt: skip


_NOW = re.compile(r"(?<!\w)(?:còn|lên|xuống)(?: \w+)?$")
"""`xe ô tô công giảm 51 chiếc so với giữa năm 2024, còn 1.096 chiếc`."""


class _Binder(msgspec.Struct):
    """Indicators in the making, by the mention that they are of."""

    analysis: Analysis
    lexicon: Lexicon
    figures: dict[str, Figure]
    mentions: dict[str, Mention]
    drafts: dict[str, dict[str, Any]] = msgspec.field(default_factory=dict)


def find_indicators(analysis: Analysis, lexicon: Lexicon) -> tuple[Indicator, ...]:
    """Return an indicator for every figure, in text order."""
    if analysis.mentions is UNSET or analysis.sentences is UNSET:
        return ()
    mentions = {mention.id: mention for mention in analysis.mentions}
    figures = read_figures(analysis, lexicon, again=True)
    binder = _Binder(analysis, lexicon, figures, mentions)
    _bind_sentences(binder)
    _bind_cells(binder)
    add_periods(analysis, binder.drafts, lexicon)
    add_scopes(analysis, binder.drafts, lexicon)
    for name, draft in binder.drafts.items():
        draft["key"] = _key(draft["name"], figures[name].dimension, draft.get("scope"))
    ids = {name: f"i{number}" for number, name in enumerate((n for n in figures if n in binder.drafts), 1)}
    found = []
    for name, own in ids.items():
        draft = binder.drafts[name]
        for key in ("of", "against", "part_of"):
            if draft.get(key) is not None:
                draft[key] = ids.get(draft[key])
        found.append(Indicator(id=own, mention=name, **draft))
    return tuple(found)


def _bind_sentences(binder: _Binder) -> None:
    prose = {name: f for name, f in binder.figures.items() if binder.mentions[name].cell is None}
    durations = find_durations(binder.lexicon)
    # `SAIDI 186,4 phút, giảm 13,2%`, `cắt giảm 2.418/8.642 ngày`: what is measured, and not how long ago
    measured = {
        (binder.mentions[name].sentence, figure.dimension)
        for name, figure in prose.items()
        if figure.decimals or _is_fraction(binder.mentions[name])
    }
    kinds = {
        name: "duration"
        if figure.dimension in durations
        and (binder.mentions[name].sentence, figure.dimension) not in measured
        else mention_kind(binder.mentions[name])
        for name, figure in prose.items()
    }
    cues = read_cues(binder.lexicon)
    before: list[Tie] | None = None
    block: str | None = None
    place = -2
    clauses = list(read_clauses(binder.analysis, prose, kinds))
    mark_cues(clauses, binder.lexicon)
    for clause in clauses:
        for item in clause.items:
            mention = binder.mentions[item.figure.mention]
            if isinstance(mention, Percent):
                item.percent_role = mention.value.role
            item.direction = _direction(binder, item.figure) or find_direction(item, cues)
        for one, two in pairwise(clause.items):
            if two.figure.dimension == "point" and one.figure.dimension == "%" and two.direction is None:
                two.direction = find_side(one, two)
        near = clause.items[0].sentence == place + 1
        apart = clause.sentence.block != block
        earlier = before if near and (not apart or opens_list(clause, binder.lexicon)) else None
        ties = tie_clause(clause, [find_role(item, cues) for item in clause.items], cues, earlier)
        for listing in find_listings(clause, ties, before if near else None, binder.lexicon, apart=apart):
            for part in listing.parts:
                if part.part_of is None and part is not listing.total:
                    part.part_of, part.listing = listing.total, listing.completeness
        for at, tie in enumerate(ties):
            _draft(binder, tie, ties[at - 1] if at else None)
        if apart or any(tie.role == "level" for tie in ties):
            before = ties  # `đạt 9,8 triệu lượt khách. Kết quả này tăng 9,1%. Trong đó, …`
        block, place = clause.sentence.block, clause.items[0].sentence


def _is_fraction(mention: Mention) -> bool:
    return getattr(mention.value, "denominator", None) is not None


def _direction(binder: _Binder, figure: Figure) -> str | None:
    direction: str | None = getattr(binder.mentions[figure.mention].value, "direction", None)
    return direction


def _draft(binder: _Binder, tie: Tie, before: Tie | None) -> None:
    name = find_name(tie.item, binder.lexicon, later=before is not None)
    if not name and before is not None and before.role in ("change", "growth") and _NOW.search(tie.item.near):
        name = binder.drafts[before.figure.mention]["name"]
    if tie.of is not None:
        name = binder.drafts.get(tie.of.figure.mention, {}).get("name") or name
    binder.drafts[tie.figure.mention] = {
        "name": name,
        "basis": _BASIS[tie.role],
        "role": tie.role,
        "unit": tie.figure.dimension or None,
        "value": _value(tie.figure),
        # `thấp hơn mục tiêu 45%`: what is lower is not the target.
        "direction": _direction(binder, tie.figure) if tie.role in ("plan", "base") else tie.item.direction,
        "of": tie.of.figure.mention if tie.of else None,
        "against": tie.against.figure.mention if tie.against else None,
        "part_of": tie.part_of.figure.mention if tie.part_of else None,
        "listing": tie.listing,
        "sure": tie.sure,
    }


def _bind_cells(binder: _Binder) -> None:
    by_table: dict[str, list[tuple[str, CellRef]]] = {}
    for name, mention in binder.mentions.items():
        if mention.cell is not None and name in binder.figures:
            by_table.setdefault(mention.cell.table, []).append((name, mention.cell))
    for table in binder.analysis.tables:
        rows = name_rows(table, binder.lexicon)
        columns: dict[int, tuple[Basis, str]] = {}
        for name, cell in by_table.get(table.id, ()):
            figure, col = binder.figures[name], cell.col
            if col not in columns:
                columns[col] = find_column_basis(table, col, binder.lexicon)
            label = rows.get(cell.row, "")
            binder.drafts[name] = {
                "name": label,
                "column": columns[col][1] or None,
                "basis": columns[col][0],
                "unit": figure.dimension or None,
                "value": _value(figure),
                "direction": _direction(binder, figure),
            }


def _key(name: str, dimension: str, scope: str | None) -> str:
    """Return the identity of an indicator: its name without its scope, its scope, its unit."""
    if scope is None:
        return f"{fold_name(name)}|{dimension}"
    words, limit = fold_name(name), fold_name(scope)
    rest = f" {words} ".replace(f" {limit} ", " ").strip()
    return f"{rest}@{limit}|{dimension}"


def _value(figure: Figure) -> Decimal | None:
    if figure.factor is ONE:
        number = tidy_number(figure.number)
        return number.copy_negate() if figure.sign < 0 and number else number
    above, below = figure.value.as_integer_ratio()
    whole = Decimal(above * figure.sign)
    if below == 1:
        return whole
    try:
        return EXACT.divide(whole, Decimal(below))
    except ArithmeticError:
        return None
