"""Analyses with one table, built from rows of text: what `read` and `tag` would hand to the checks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import UNSET

from docanalyze import analyze_bytes, tag_text
from docanalyze.bind.run import find_indicators
from docanalyze.check.catalogue import CHECKS
from docanalyze.check.run import run_checks
from docanalyze.core.analysis import Analysis, Source, Tool
from docanalyze.core.document import Cell, CellRole, Column, Table
from docanalyze.core.mention import CellRef, Mention
from docanalyze.core.relation import Finding, Relation
from docanalyze.lexicon import load_lexicon

_ROLES: dict[str, CellRole] = {"TT": "stt", "Chỉ tiêu": "label", "ĐVT": "unit", "Mã số": "stt"}


def make_table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], *, index: Sequence[str] = (), unit: str | None = None
) -> Analysis:
    """Return an analysis of one table; `heads` TT, Chỉ tiêu and ĐVT are no columns of figures."""
    text = ""
    cells: list[Cell] = []
    lines = [(True, heads), *([(True, index)] if index else []), *((False, row) for row in rows)]
    for number, (header, line) in enumerate(lines):
        for col, content in enumerate(line):
            role = "index" if header and number else None if header else _ROLES.get(heads[col], "value")
            cells.append(
                Cell(
                    row=number, col=col, header=header, role=role, text=content, start=len(text),
                    end=len(text) + len(content),
                )
            )  # fmt: skip
            text += content + "\t"
        text += "\n"
    formulas = [entry if "=" in entry else None for entry in index] or [None] * len(heads)
    table = Table(
        id="t1",
        unit=unit,
        columns=tuple(
            Column(header=(head,), unit=_head_unit(head), formula=formula)
            for head, formula in zip(heads, formulas, strict=True)
        ),
        cells=tuple(cells),
    )
    return Analysis(
        schema_version="1",
        status="ok",
        stages=("read", "segment", "tag"),
        tool=Tool(version="0", engines={}, options={}),
        source=Source(path="bang.pdf", sha256="0" * 64, media_type="application/pdf"),
        text=text,
        blocks=(),
        sections=(),
        sentences=(),
        tables=(table,),
        mentions=tuple(_place(text, cells)),
        indicators=(),
        warnings=(),
    )


def _head_unit(head: str) -> str | None:
    """Return the unit in the bracket that ends a head."""
    return "%" if "%" in head else head[head.rindex("(") + 1 : -1] if head.endswith(")") else None


def _place(text: str, cells: Sequence[Cell]) -> list[Mention]:
    found: list[Mention] = []
    for mention in tag_text(text):
        cell = next((c for c in cells if c.start <= mention.start < c.end), None)
        if cell is not None and not cell.header and cell.role != "stt":
            place = CellRef(table="t1", row=cell.row, col=cell.col)
            found.append(msgspec.structs.replace(mention, id=f"m{len(found) + 1}", cell=place))
    return found


def join_tables(*analyses: Analysis) -> Analysis:
    """Return the analysis of several tables one after the other, bound but not checked."""
    text = ""
    tables: list[Table] = []
    mentions: list[Mention] = []
    for number, each in enumerate(analyses, 1):
        assert each.mentions is not UNSET
        move, name = len(text), f"t{number}"
        for mention in each.mentions:
            place = msgspec.structs.replace(mention.cell, table=name) if mention.cell else None
            moved = msgspec.structs.replace(
                mention,
                start=mention.start + move,
                end=mention.end + move,
                cell=place,
                id=f"{name}{mention.id}",
            )
            mentions.append(moved)
        for table in each.tables:
            cells = tuple(
                msgspec.structs.replace(cell, start=cell.start + move, end=cell.end + move)
                for cell in table.cells
            )
            tables.append(msgspec.structs.replace(table, id=name, cells=cells))
        text += each.text
    joined = msgspec.structs.replace(
        analyses[0], text=text, tables=tuple(tables), mentions=tuple(mentions), indicators=()
    )
    return msgspec.structs.replace(joined, indicators=find_indicators(joined, load_lexicon()))


def put_after(text: str, table: Analysis) -> Analysis:
    """Return the analysis of a text with a table after it, bound but not checked."""
    prose = analyze_bytes(text.encode(), name="a.txt", until="tag")
    assert prose.mentions is not UNSET
    assert table.mentions is not UNSET
    move = len(prose.text)

    def moved(part: Cell | Mention, **fields: str) -> Any:
        return msgspec.structs.replace(part, start=part.start + move, end=part.end + move, **fields)

    tables = tuple(
        msgspec.structs.replace(each, cells=tuple(moved(cell) for cell in each.cells))
        for each in table.tables
    )
    mentions = (*prose.mentions, *(moved(each, id=f"t{each.id}") for each in table.mentions))
    joined = msgspec.structs.replace(prose, text=prose.text + table.text, tables=tables, mentions=mentions)
    lexicon = load_lexicon()
    return msgspec.structs.replace(joined, indicators=find_indicators(joined, lexicon))


def check(analysis: Analysis) -> Analysis:
    """Return the analysis with the checks of tables run."""
    rules = [rule for rule in CHECKS if rule.placed]
    return run_checks(analysis, rules, load_lexicon())


def failing(analysis: Analysis) -> list[Finding]:
    """Return the errors and warnings of the table checks."""
    checked = check(analysis)
    assert isinstance(checked.findings, tuple)
    return [finding for finding in checked.findings if finding.severity != "info"]


def holding(analysis: Analysis, code: str) -> list[Relation]:
    """Return the relations of a code that hold."""
    checked = check(analysis)
    assert isinstance(checked.relations, tuple)
    return [
        relation for relation in checked.relations if relation.code == code and relation.verdict == "holds"
    ]
