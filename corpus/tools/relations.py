"""The stated relations of a source resolved, computed with exact fractions and compared with their verdicts.

The rules are those of the project's reference on reports, section 5.1. Nothing here comes from the package:
this is the independent opinion that the package's checker is measured against.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from corpus.tools.figures import Figure, read_figure
from corpus.tools.formulas import FORMULAS, Operands, Unfit
from corpus.tools.problems import Problems
from corpus.tools.reference import Mention, Reference
from corpus.tools.source import StatedRelation

_FREE = {"NUMB", "REF", "DATE", "LIST", "COIN", "HEDGE", "REP"}


@dataclass
class Relation:
    """A relation of the gold: its mentions by role, what was computed, places that are no mentions.

    `verdict` is the computed one where the figures give one, the stated one else.
    """

    stated: StatedRelation
    operands: list[tuple[str, Mention]]
    verdict: str
    arithmetic: str
    sections: list[int] = field(default_factory=list)


def check_relations(
    relations: list[StatedRelation], reference: Reference, report_date: str | None, problems: Problems
) -> list[Relation]:
    """Return the relations with their arithmetic; a verdict that the figures do not bear out is a problem."""
    checked = []
    for stated in relations:
        operands = [
            (role, _resolve(name, reference, stated.line, problems)) for role, name in stated.operands
        ]
        known = [(role, mention) for role, mention in operands if mention is not None]
        if len(known) < len(operands):
            continue
        relation = Relation(stated, known, stated.verdict, "")
        relation.sections = _resolve_sections(stated, reference, problems)
        _compute(relation, report_date, problems)
        checked.append(relation)
    return checked


def _resolve(name: str, reference: Reference, line: int, problems: Problems) -> Mention | None:
    if name in reference.names:
        return reference.names[name]
    place = re.fullmatch(r"(\w+)\.(\d+)\.(\d+)", name)
    if not place:
        near = [known for known in reference.names if known.lower() == name.lower() or known.startswith(name)]
        hint = f"; is it {', '.join(near[:3])}?" if near else ""
        problems.add(line, f"no mark has the id {name}{hint}")
        return None
    row, col = int(place.group(2)), int(place.group(3))
    table = next((each for each in reference.tables if each.table.name == place.group(1)), None)
    if table is None:
        problems.add(line, f"{name}: there is no table {place.group(1)}")
        return None
    cell = table.table.find(row, col)
    if cell is None:
        size = f"{table.table.rows} rows and {table.table.cols} columns"
        problems.add(line, f"{name}: table {table.table.name} has {size}, counted from 0")
        return None
    inside = [mention for mention in reference.mentions if mention.cell is cell]
    figures = [mention for mention in inside if read_figure(mention) is not None] or inside
    if len(figures) != 1:
        problems.add(
            line, f"{name}: the cell `{cell.line.text}` (line {cell.line.number}) has {len(figures)} figures"
        )
        return None
    return figures[0]


def _resolve_sections(stated: StatedRelation, reference: Reference, problems: Problems) -> list[int]:
    found = []
    for path in stated.options.get("section", []):
        at = [index for index, section in enumerate(reference.sections) if section.path == path]
        if not at:
            paths = " ".join(section.path for section in reference.sections)
            problems.add(stated.line, f"section={path}: the sections are {paths}")
        found += at
    return found


def _compute(relation: Relation, report_date: str | None, problems: Problems) -> None:
    """Fill in the arithmetic and note a verdict that differs from the stated one."""
    stated = relation.stated
    if stated.code == "NUMB":
        if not stated.text:
            problems.add(stated.line, "NUMB needs its text: `; 4 and 5 missing`")
        relation.arithmetic = stated.text
        return
    figures = [(role, read_figure(mention)) for role, mention in relation.operands]
    if stated.code in ("REF", "DATE") or (
        stated.code == "REP" and any(figure is None for _, figure in figures)
    ):
        _compare(relation, _SPECIAL[stated.code](relation, report_date), problems)
        return
    for role, figure in figures:
        if figure is None:
            problems.add(stated.line, f"the operand {role} of {stated.code} is no figure")
            return
    operands = Operands([(role, figure) for role, figure in figures if figure is not None], stated.options)
    try:
        outcome = FORMULAS[stated.code](operands)
    except Unfit as error:
        if stated.verdict != "not-checkable":
            problems.add(stated.line, f"{stated.code}: {error}")
        relation.arithmetic = stated.text or str(error)
        return
    _compare(relation, outcome, problems)


def _compare(relation: Relation, outcome: tuple[str, str], problems: Problems) -> None:
    stated = relation.stated
    verdict, relation.arithmetic = outcome
    relation.verdict = stated.verdict if verdict == "any" else verdict
    if verdict not in (stated.verdict, "any"):
        problems.add(
            stated.line,
            f"{stated.code} is stated `{stated.verdict}` but computed `{verdict}`: {relation.arithmetic}"
            f"{_units(relation)}",
        )


def _units(relation: Relation) -> str:
    """Return how the units of the operands were read, where they are not one and the same."""
    figures = [figure for _, mention in relation.operands if (figure := read_figure(mention))]
    if len({figure.factor for figure in figures}) < 2:
        return ""
    read = []
    for figure in figures:
        cell = figure.mention.cell
        unit = f" (unit of its table: {cell.unit})" if cell is not None and cell.unit else ""
        read.append(f"`{figure.mention.mark.surface}`{unit} times {figure.factor}")
    return f"; figures read as {', '.join(read)}"


def _day(mention: Mention) -> str:
    value = mention.mark.value
    return str(value.get("date") or value.get("end") or "")


def _check_reference(relation: Relation, report_date: str | None) -> tuple[str, str]:
    """Return `fails` where a document is cited with two dates, issuers or types; its date follows it."""
    cited: dict[str, dict[str, set[str]]] = {}
    last = ""
    for _, mention in relation.operands:
        value: dict[str, Any] = mention.mark.value
        if mention.mark.kind == "legal_ref":
            last = str(value.get("canonical") or f"{value.get('number')}/{value.get('symbol')}")
            for key in ("date", "issuer", "type"):
                if key in value:
                    cited.setdefault(last, {}).setdefault(key, set()).add(str(value[key]).lower())
        elif last and value.get("date"):
            cited.setdefault(last, {}).setdefault("date", set()).add(str(value["date"]))
    clashes = [
        f"{canonical}: {' != '.join(sorted(values))}"
        for canonical, keys in cited.items()
        for values in keys.values()
        if len(values) > 1
    ]
    if clashes:
        return "fails", "; ".join(clashes)
    shown = "; ".join(f"{name}: {' '.join(sorted(keys.get('date', {'-'})))}" for name, keys in cited.items())
    if relation.stated.text:  # symbol against type, order of dates: said in words, not computed here
        return "any", relation.stated.text
    return "holds", shown


def _check_dates(relation: Relation, report_date: str | None) -> tuple[str, str]:
    from datetime import date

    for _, mention in relation.operands:
        day = _day(mention)
        try:
            date.fromisoformat(day if not day.startswith("--") else f"2024{day[1:]}")
        except ValueError:
            return "fails", f"{day or mention.mark.surface} is no day of the calendar"
    bases = [_day(mention) for role, mention in relation.operands if role == "base"]
    others = [_day(mention) for role, mention in relation.operands if role != "base"]
    limit = bases[0] if bases else report_date
    if limit is None:
        return "not-checkable", "the report has no date"
    late = [day for day in others if day > limit]
    if late:
        return "fails", f"{', '.join(late)} > {limit}"
    return "holds", f"{', '.join(others)} <= {limit}"


def _check_repeat(relation: Relation, report_date: str | None) -> tuple[str, str]:
    values = [
        {
            key: text
            for key, text in mention.mark.value.items()
            if key not in ("issuer", "implied", "bound", "title")
        }
        for _, mention in relation.operands
    ]
    first, shared = values[0], set(values[0]).intersection(*values)
    if any(value.get(key) != first.get(key) for value in values for key in shared):
        return "fails", " != ".join(mention.mark.surface for _, mention in relation.operands)
    return "holds", "the same value throughout"


_SPECIAL: dict[str, Callable[[Relation, str | None], tuple[str, str]]] = {
    "REF": _check_reference,
    "DATE": _check_dates,
    "REP": _check_repeat,
}

__all__ = ["Figure", "Relation", "check_relations"]
