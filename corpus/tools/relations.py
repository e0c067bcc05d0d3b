"""The stated relations of a source resolved, computed with exact fractions and compared with their verdicts.

The rules are those of the project's reference on reports, section 5.1. Nothing here comes from the package:
this is the independent opinion that the package's checker is measured against.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.tools.citations import check_citations, check_dates, check_repeats
from corpus.tools.figures import Figure, read_figure
from corpus.tools.formulas import FORMULAS, Operands, Unfit
from corpus.tools.marks import SUPERSCRIPTS
from corpus.tools.numbering import check_numbering
from corpus.tools.problems import Problems
from corpus.tools.reference import Mention, Reference
from corpus.tools.source import StatedRelation

_PLAIN = {glyph: digit for digit, glyph in SUPERSCRIPTS.items()}


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
    anchors: list[tuple[int, int]] = field(default_factory=list)


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
        relation.anchors = _find_labels(relation, reference, problems)
        _compute(relation, reference, report_date, problems)
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
        path = path.replace("_", " ")
        at = [index for index, section in enumerate(reference.sections) if section.path == path]
        if not at:
            paths = " ".join(section.path for section in reference.sections)
            problems.add(stated.line, f"section={path}: the sections are {paths}")
        found += at
    return found


def _find_labels(relation: Relation, reference: Reference, problems: Problems) -> list[tuple[int, int]]:
    """Return the spans of the labels that a NUMB counts: of sections, of captions, of note marks."""
    stated = relation.stated
    labels = [reference.sections[at].label_span for at in relation.sections]
    for name in stated.options.get("table", []):
        labels.append(_caption_label(name, reference))
    for mark in stated.options.get("note", []):
        named = [each for each in reference.negatives if each.role == "footnote_mark" and each.name == mark]
        labels.append((named[0].start, named[0].end) if named else None)
    if None in labels:
        problems.add(stated.line, f"{stated.code}: a section, table or note named here has no label")
    return [label for label in labels if label is not None]


def _caption_label(name: str, reference: Reference) -> tuple[int, int] | None:
    placed = next((each for each in reference.tables if each.table.name == name), None)
    if placed is None or placed.caption is None:
        return None
    start, end = placed.caption
    inside = [mark for mark in reference.negatives if start <= mark.start < end and mark.role == "label"]
    return (inside[0].start, inside[0].end) if inside else None


def _compute(relation: Relation, reference: Reference, report_date: str | None, problems: Problems) -> None:
    """Fill in the arithmetic and note a verdict that differs from the stated one."""
    stated = relation.stated
    if stated.code == "NUMB":
        labels = [reference.text[start:end].translate(_PLAIN) for start, end in relation.anchors]
        if len(labels) < 2:
            problems.add(stated.line, "NUMB needs two labels: section=I section=II, table=t1 …, note=1 …")
            return
        _compare(relation, check_numbering(labels), problems)
        return
    figures = [(role, read_figure(mention)) for role, mention in relation.operands]
    if stated.code == "REF":
        _compare(relation, check_citations(relation.operands), problems)
        return
    if stated.code == "DATE":
        _compare(relation, check_dates(relation.operands, report_date), problems)
        return
    if stated.code == "REP" and any(figure is None for _, figure in figures):
        _compare(relation, check_repeats(relation.operands), problems)
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
    relation.verdict = verdict
    if verdict != stated.verdict:
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


__all__ = ["Figure", "Relation", "check_relations"]
