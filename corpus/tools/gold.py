"""The gold of a report in standoff form: JSON Lines over the reference text."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from corpus.tools.figures import read_figure
from corpus.tools.problems import Problems
from corpus.tools.reference import Mention, PlacedTable, Reference, place_report
from corpus.tools.relations import Relation, check_relations
from corpus.tools.source import SourceReport, parse_report


@dataclass
class Annotated:
    """A source with its reference text, everything placed in it, and its relations checked."""

    source: SourceReport
    reference: Reference
    relations: list[Relation]


def annotate(path: Path) -> Annotated:
    """Return a source parsed, placed and checked.

    Raises:
        SourceError: the source breaks its format, or a stated verdict is not what the figures give.
    """
    source = parse_report(path)
    reference = place_report(source)
    _check_overlaps(reference, source.problems)
    date = source.header.letterhead.get("date") or source.header.cutoff
    relations = check_relations(source.relations, reference, date, source.problems)
    _check_links(relations, source.problems)
    source.problems.raise_any()
    return Annotated(source, reference, relations)


def _check_overlaps(reference: Reference, problems: Problems) -> None:
    """Note marks that overlap where the format allows no nesting."""
    spans = [(m.mark.start, m.mark.end, m.mark) for m in reference.mentions if m.mark.status == "core"]
    spans += [(mark.start, mark.end, mark) for mark in reference.negatives]
    spans.sort(key=lambda span: span[:2])
    for (_, end, one), (start, _, two) in pairwise(spans):
        if start < end:
            problems.add(two.line, f"`{two.surface}` overlaps `{one.surface}`")


def _check_links(relations: list[Relation], problems: Problems) -> None:
    """Note relations that name one mention twice."""
    for relation in relations:
        names = Counter(mention.id for _, mention in relation.operands)
        if relation.stated.code != "REP" and any(count > 1 for count in names.values()):
            problems.add(relation.stated.line, f"{relation.stated.code} names one figure twice")


def _mention(mention: Mention) -> dict[str, Any]:
    mark = mention.mark
    value = dict(mark.value) if mark.status == "core" or mark.value else {}
    if mark.full is not None:
        value["full"] = list(mark.full)
    return {
        "type": "mention", "id": mention.id, "kind": mark.kind, "start": mark.start, "end": mark.end,
        "status": mark.status, "value": value,
    }  # fmt: skip


def _table(table: PlacedTable) -> dict[str, Any]:
    cells = [
        {
            "row": cell.row, "col": cell.col, "row_span": cell.row_span, "col_span": cell.col_span,
            "start": start, "end": end, "header": cell.header,
        }
        for cell, start, end in table.cells
    ]  # fmt: skip
    return {
        "type": "table", "id": table.table.name, "caption": list(table.caption) if table.caption else None,
        "unit": table.table.unit or None, "rows": table.table.rows, "cols": table.table.cols, "cells": cells,
    }  # fmt: skip


def _relation(relation: Relation, number: int) -> dict[str, Any]:
    item: dict[str, Any] = {
        "type": "relation", "id": f"r{number}", "code": relation.stated.code,
        "verdict": relation.stated.verdict,
        "operands": [
            {"mention": mention.id, "role": "ratio" if role == "growth-ratio" else role}
            for role, mention in relation.operands
        ],
        "arithmetic": relation.arithmetic,
    }  # fmt: skip
    if relation.stated.options.get("list") == ["open"]:
        item["partial"] = True
    if relation.sections:
        item["sections"] = [f"s{at + 1}" for at in relation.sections]
    if relation.anchors:
        item["anchors"] = [list(label) for label in relation.anchors]
    if relation.stated.text:
        item["note"] = relation.stated.text
    return item


def gold_items(annotated: Annotated) -> list[dict[str, Any]]:
    """Return the items of the gold without its header, by type and in text order within a type."""
    reference = annotated.reference
    items = [_mention(mention) for mention in reference.mentions]
    items += [
        {"type": "negative", "start": mark.start, "end": mark.end, "role": mark.role}
        for mark in reference.negatives
    ]
    items += [
        {
            "type": "sentence",
            "id": f"x{number}",
            "spans": [list(span) for span in each.spans],
            "kind": each.kind,
        }
        for number, each in enumerate(reference.sentences, 1)
    ]
    items += [
        {
            "type": "section", "id": f"s{number}", "label": each.label, "level": each.level,
            "parent": None if each.parent is None else f"s{each.parent + 1}", "start": each.start,
            "end": each.end,
        }
        for number, each in enumerate(reference.sections, 1)
    ]  # fmt: skip
    items += [_table(table) for table in reference.tables]
    items += [_relation(each, number) for number, each in enumerate(annotated.relations, 1)]
    return items


def write_gold(annotated: Annotated, folder: str, pdf: bytes) -> str:
    """Return the gold file of a report as JSON Lines; `folder` is its set under `corpus/`."""
    name, reference = annotated.source.path.stem, annotated.reference
    header = {
        "gold": 1,
        "document": f"{folder}/{name}.pdf",
        "sha256": hashlib.sha256(pdf).hexdigest(),
        "text": "corpus",
        "transcript": f"{folder}/{name}.txt",
        "text_sha256": hashlib.sha256(reference.text.encode()).hexdigest(),
        "scope": [list(reference.scope)],
        "annotator": annotated.source.header.author,
    }
    rows = [header, *gold_items(annotated)]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def count_report(annotated: Annotated) -> Counter[tuple[str, str]]:
    """Return counts of a report as (group, name) pairs: sentences, mentions, relations, where they stand."""
    reference = annotated.reference
    counts: Counter[tuple[str, str]] = Counter()
    for sentence in reference.sentences:
        counts["sentences", sentence.kind] += 1
    for mention in reference.mentions:
        core = mention.mark.status == "core"
        counts["mentions", mention.mark.kind if core else "optional"] += 1
        if mention.cell is not None and core:
            counts["mentions in tables", mention.mark.kind] += 1
    for mark in reference.negatives:
        counts["negatives", mark.role] += 1
    counts["other", "sections"] += len(reference.sections)
    counts["other", "tables"] += len(reference.tables)
    counts["other", "pages of text (1,800 characters)"] += len(reference.text) // 1800 + 1
    for relation in annotated.relations:
        counts["relations", f"{relation.stated.code} {relation.stated.verdict}"] += 1
        counts["verdicts", relation.stated.verdict] += 1
        places = {mention.table is not None for _, mention in relation.operands}
        if places == {True}:
            counts["relations by place", "in tables"] += 1
        elif places == {True, False}:
            counts["relations by place", "crossing prose and table"] += 1
        else:
            counts["relations by place", "in prose"] += 1
        figures = [read_figure(mention) for _, mention in relation.operands]
        hedged = any(f and (f.gold.get("comparator") or f.estimate) for f in figures)
        if hedged or relation.stated.options.get("list") == ["open"]:
            counts["relations by place", "with a hedge, an estimate or an open list"] += 1
    return counts
