"""The PDF of a source: a Typst document written from its blocks, set with the fonts of the samples only."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from importlib import metadata
from pathlib import Path

from corpus.tools.header import letterhead_lines
from corpus.tools.marks import Line
from corpus.tools.reference import unit_line
from corpus.tools.source import Block, SourceReport
from corpus.tools.tables import Table, running_column

HERE = Path(__file__).resolve().parent
FONTS = HERE.parent / "samples" / "fonts"
TYPST_VERSION = "0.15.2"
"""Another release of the typesetter may break lines elsewhere or write other bytes."""


def typeset_report(report: SourceReport) -> bytes:
    """Return the PDF of a report; its date comes from the source, never from the clock.

    Raises:
        RuntimeError: another release of typst is installed than the corpus is built with.
    """
    import typst

    installed = metadata.version("typst")
    if installed != TYPST_VERSION:
        raise RuntimeError(f"typst {installed} is installed; the corpus is built with {TYPST_VERSION}")
    with tempfile.TemporaryDirectory() as folder:
        main = Path(folder) / "report.typ"
        main.write_text(write_typst(report), encoding="utf-8")
        (Path(folder) / "layout.typ").write_bytes((HERE / "layout.typ").read_bytes())
        pdf = typst.compile(
            main,
            root=Path(folder),
            font_paths=[FONTS],
            ignore_system_fonts=True,
            format="pdf",
            pdf_tags=False,
        )
    if not isinstance(pdf, bytes):
        raise TypeError(f"typst gave {type(pdf).__name__} for {report.path.name}, not one PDF")
    return pdf


def _quote(text: str) -> str:
    """Return a text as a Typst string literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return f'"{escaped}"'


def _array(items: list[str]) -> str:
    return "(" + "".join(f"{item}, " for item in items) + ")"


def _texts(items: list[str]) -> str:
    return _array([_quote(item) for item in items])


def write_typst(report: SourceReport) -> str:
    """Return the Typst source of a report."""
    header, layout = report.header, report.header.layout
    day = date.fromisoformat(header.letterhead.get("date") or header.period["end"])
    margins = _array([f"{margin}mm" for margin in layout["margins"]])
    title = " ".join(block.lines[0].text for block in report.blocks if block.kind == "title")
    out = [
        '#import "layout.typ" as kit',
        f"#show: kit.report.with(title: {_quote(title)}, author: {_quote(header.body)}, "
        f"date: datetime(year: {day.year}, month: {day.month}, day: {day.day}), size: {layout['size']}pt, "
        f"paper: {_quote(layout['paper'])}, margins: {margins}, "
        f"page-number: {_quote(layout['page_number'])}, "
        f"running-head: {_quote(layout['running_head'])}, indent: {layout['indent']}mm)",
    ]
    _, right, under = letterhead_lines(header)
    if under:
        head = header.letterhead
        out.append(
            f"#kit.letterhead(style: {_quote(head['style'])}, parent: {_texts(head.get('parent', []))}, "
            f"issuer: {_texts(head['issuer'])}, right: {_texts(right)}, under: {_texts(under)})"
        )
    for at, block in enumerate(report.blocks):
        out.append(_write_block(block, report, first=at == 0))
        following = report.blocks[at + 1].kind if at + 1 < len(report.blocks) else ""
        if block.kind == "title" and following != "title":
            out.append("#kit.title-rule")
    closing = header.closing
    if closing:
        out.append(
            f"#kit.closing(recipients: {_texts(closing.get('recipients', []))}, "
            f"authority: {_texts(closing.get('authority', []))}, "
            f"office: {_texts(closing.get('office', []))}, "
            f"signer: {_quote(closing.get('signer', ''))})"
        )
    return "\n\n".join(out) + "\n"


def _content(lines: list[Line], report: SourceReport) -> str:
    """Return the sentences of a block as one Typst code block, footnotes where their marks stand."""
    pieces: list[str] = []
    for index, line in enumerate(lines):
        at = 0
        if index:
            pieces.append(_quote(" "))
        for start, end, mark in line.notes:
            pieces.append(_quote(line.text[at:start]))
            pieces.append(f"footnote({_content(report.notes[mark].lines, report)})")
            at = end
        pieces.append(_quote(line.text[at:]))
    return "{ " + "; ".join(piece for piece in pieces if piece != '""') + " }"


def _write_block(block: Block, report: SourceReport, *, first: bool) -> str:
    if block.table is not None:
        return _write_table(block.table, report)
    content = _content(block.lines, report)
    if block.kind == "heading":
        return f"#kit.heading({block.level}, {content})"
    if block.kind == "title":
        return f"#kit.title({content}, first: {json.dumps(first)})"
    if block.kind in ("addressee", "basis"):
        return f"#kit.{block.kind}({content})"
    return f"#par({content})"


def column_widths(table: Table) -> list[float]:
    """Return the relative widths of the columns: what the author says, else by the longest words in them."""
    if table.widths:
        return table.widths
    widths = [3.0] * table.cols
    running = running_column(table)
    for cell in table.cells:
        words = cell.line.text.split()
        if cell.col_span > 1 or not words:
            continue
        word = max(len(each) for each in words)
        wanted = max(word, min(len(cell.line.text), 12 if cell.header else 30))
        widths[cell.col] = max(widths[cell.col], wanted + 1.5)
    for cell in table.cells:
        if cell.col_span > 1:  # a wide head needs room too
            longest = max((len(each) for each in cell.line.text.split()), default=0) + 1
            inside = range(cell.col, cell.col + cell.col_span)
            lacking = longest - sum(widths[col] for col in inside)
            for col in inside:
                widths[col] += max(0.0, lacking / cell.col_span)
    if running is not None:
        widths[running] = min(widths[running], 5.0)
    return widths


def _write_table(table: Table, report: SourceReport) -> str:
    running = running_column(table)
    cells: dict[bool, list[str]] = {True: [], False: []}
    for cell in table.cells:
        content = _content([cell.line], report) if cell.line.text else "[]"
        figure = any(mark.kind in ("number", "percent", "money", "quantity") for mark in cell.line.marks)
        bold = cell.header or (cell.line.text.isupper() and " " in cell.line.text)
        side = "center" if cell.header or cell.col == running else "right" if figure else "left"
        align = f"{side} + horizon"
        cells[cell.header].append(
            f"table.cell(x: {cell.col}, y: {cell.row}, colspan: {cell.col_span}, rowspan: {cell.row_span}, "
            f"align: {align}, breakable: false, {f'strong({content})' if bold else content})"
        )
    name = _content([table.caption], report) if table.caption else "none"
    unit = _quote(unit_line(table)) if table.unit else "none"
    columns = _array([f"{width:g}fr" for width in column_widths(table)])
    call = (
        f"#kit.caption({name}, {unit})\n"
        f"#kit.figures(columns: {columns}, style: {_quote(report.header.layout['tables'])}, "
        f"head-rows: {table.head_rows}, head: {_array(cells[True])},\n  " + ",\n  ".join(cells[False]) + ")"
    )
    turned = report.header.layout["landscape_tables"] if table.landscape is None else table.landscape
    return f"#page(flipped: true)[\n{call}\n]" if turned else call
