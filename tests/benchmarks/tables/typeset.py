# ruff: noqa: E501
"""A table -> PDF, by typst and by LibreOffice: two producers that set type and draw rules differently."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from tests.benchmarks.tables.shapes import Shape

FONTS = Path(__file__).resolve().parents[3] / "corpus" / "samples" / "fonts"
_BEFORE = (
    "Kết quả trong kỳ được tổng hợp từ báo cáo của các phòng, ban và đơn vị trực thuộc; số liệu đã đối chiếu với kho "
    "bạc và cơ quan thuế. Chi tiết nêu ở bảng dưới đây."
)
_AFTER = (
    "So với kế hoạch, phần lớn chỉ tiêu đạt tiến độ. Đơn vị tiếp tục rà soát những khoản còn chậm và báo cáo lại trước "
    "ngày 25 của tháng cuối quý, kèm thuyết minh nguyên nhân."
)


def write_typst(shape: Shape, path: Path) -> None:
    """Write the table as a PDF by typst."""
    import typst

    path.write_bytes(typst.compile(_typst_source(shape).encode(), font_paths=[FONTS]))


def _typst_source(shape: Shape) -> str:
    strokes = {
        "ruled": "0.5pt",
        "unruled": "none",
        "head": "(x, y) => (top: if y == 0 or y == HEAD { 0.7pt } else { 0pt }, bottom: if y == LAST { 0.7pt } else { 0pt })",
        "columns": "(x, y) => (left: if x == 0 { 0pt } else { 0.5pt })",
    }
    stroke = strokes[shape.rules].replace("HEAD", str(len(shape.head)))
    stroke = stroke.replace("LAST", str(len(shape.head) + len(shape.rows) - 1))
    upright = {"top": "top", "middle": "horizon", "bottom": "bottom"}[shape.valign]
    aligns = {"l": f"left + {upright}", "c": f"center + {upright}", "r": f"right + {upright}"}
    head = [
        f"table.cell(colspan: {cell.cols}, rowspan: {cell.rows}, align: center + horizon, {_content(cell.text, bold=True)})"
        for row in shape.head
        for cell in row
    ]
    body: list[str] = []
    for cells, indent, bold in zip(shape.rows, shape.indents, shape.bold, strict=True):
        for col, text in enumerate(cells):
            content = _content(text, bold=bold)
            body.append(f"pad(left: {indent}em, {content})" if col == shape.label and indent else content)
    return f"""
#set page(paper: "a4", flipped: {str(shape.landscape).lower()}, margin: (x: 25mm, y: 20mm), footer: align(center, context counter(page).display()))
#set text(font: "Liberation Serif", size: 13pt, lang: "vi", hyphenate: false)
#set par(justify: true, first-line-indent: (amount: 12mm, all: true))
{_BEFORE}

#block(sticky: true, above: 1.2em, align(center, text(weight: "bold", {_string(shape.caption)})))
{f'#block(sticky: true, align(right, text(style: "italic", size: 12pt, {_string("Đơn vị tính: " + shape.unit)})))' if shape.unit else ""}
#{{
  set text(size: 11pt)
  set par(justify: false, first-line-indent: 0pt, leading: 0.45em)
  table(
    columns: ({", ".join(f"{width}fr" for width in shape.widths)}),
    align: ({", ".join(aligns[a] for a in shape.aligns)}),
    stroke: {stroke}, inset: (x: 4pt, y: {max(2.5, shape.padding)}pt),
    table.header({", ".join(head)}),
    {", ".join(body)}
  )
}}

{_AFTER}
"""


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _content(text: str, *, bold: bool) -> str:
    weight = "bold" if bold else "regular"
    return f'text(weight: "{weight}", {_string(text)})'


def write_libreoffice(shapes: Sequence[Shape], folder: Path) -> None:
    """Write the tables as PDFs by LibreOffice Writer, named as the shapes."""
    sources = []
    for shape in shapes:
        source = folder / f"{shape.name}.fodt"
        source.write_text(_flat_odt(shape), encoding="utf-8")
        sources.append(str(source))
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), *sources],
        check=True,
        capture_output=True,
        timeout=570,
    )


def _flat_odt(shape: Shape) -> str:
    width, height = (29.7, 21.0) if shape.landscape else (21.0, 29.7)
    measure = width - 5.0
    total = sum(shape.widths)
    columns = [
        f'<style:style style:name="C{i}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{measure * w / total:.3f}cm"/></style:style>'
        for i, w in enumerate(shape.widths)
    ]
    cells = [
        f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties '
        f'style:vertical-align="{"middle" if name == "Xhead" or name == "Xtop" else shape.valign}" '
        f'fo:padding-left="0.097cm" fo:padding-right="0.097cm" fo:padding-top="{shape.padding}pt" '
        f'fo:padding-bottom="{shape.padding}pt" {borders}/></style:style>'
        for name, borders in _cell_styles(shape)
    ]
    indents = sorted({indent for indent in shape.indents if indent})
    paragraphs = [
        f'<style:style style:name="P{align}{int(10 * indent)}{weight[0]}" style:family="paragraph">'
        f'<style:paragraph-properties fo:text-align="{align}" fo:margin-left="{0.4 * indent:.2f}cm"/>'
        f'<style:text-properties fo:font-size="11pt" fo:font-weight="{weight}"/></style:style>'
        for align in ("start", "center", "end")
        for indent in (0.0, *indents)
        for weight in ("normal", "bold")
    ]
    count = len(shape.head)
    head = []
    for number, row in enumerate(shape.head):
        head.append("<table:table-row>" + _head_row(shape, number, row) + "</table:table-row>")
    body = []
    for number, row_cells in enumerate(shape.rows):
        inside = []
        for col, text in enumerate(row_cells):
            align = {"l": "start", "c": "center", "r": "end"}[shape.aligns[col]]
            indent = shape.indents[number] if col == shape.label else 0.0
            weight = "b" if shape.bold[number] else "n"
            style = _cell_name(shape, count + number, col)
            inside.append(
                f'<table:table-cell table:style-name="{style}"><text:p text:style-name='
                f'"P{align}{int(10 * indent)}{weight}">{escape(text)}</text:p></table:table-cell>'
            )
        body.append("<table:table-row>" + "".join(inside) + "</table:table-row>")
    unit = f'<text:p text:style-name="Unit">Đơn vị tính: {escape(shape.unit)}</text:p>' if shape.unit else ""
    font = 'style:font-name="F"'
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="F" svg:font-family="'Liberation Serif'"/></office:font-face-decls>
<office:styles><style:default-style style:family="paragraph"><style:text-properties {font} fo:font-size="13pt" fo:language="vi" fo:country="VN"/></style:default-style></office:styles>
<office:automatic-styles>
<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="{width}cm" fo:page-height="{height}cm" fo:margin="2cm" fo:margin-left="2.5cm" fo:margin-right="2.5cm"/></style:page-layout>
<style:style style:name="Body" style:family="paragraph"><style:paragraph-properties fo:text-align="justify" fo:text-indent="1.2cm" fo:margin-bottom="0.3cm"/></style:style>
<style:style style:name="Caption" style:family="paragraph"><style:paragraph-properties fo:text-align="center" fo:keep-with-next="always"/><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Unit" style:family="paragraph"><style:paragraph-properties fo:text-align="end" fo:keep-with-next="always"/><style:text-properties fo:font-style="italic" fo:font-size="12pt"/></style:style>
<style:style style:name="T" style:family="table"><style:table-properties style:width="{measure}cm" table:align="left" fo:margin-bottom="0.4cm"/></style:style>
{"".join(columns)}{"".join(cells)}{"".join(paragraphs)}
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L"/></office:master-styles>
<office:body><office:text>
<text:p text:style-name="Body">{escape(_BEFORE)}</text:p>
<text:p text:style-name="Caption">{escape(shape.caption)}</text:p>{unit}
<table:table table:style-name="T">{"".join(f'<table:table-column table:style-name="C{i}"/>' for i in range(len(shape.widths)))}
<table:table-header-rows>{"".join(head)}</table:table-header-rows>{"".join(body)}</table:table>
<text:p text:style-name="Body">{escape(_AFTER)}</text:p>
</office:text></office:body></office:document>
"""


def _head_row(shape: Shape, number: int, row: Sequence[object]) -> str:
    """Return the cells of a head row, with the covered ones that the format asks for."""
    taken: set[tuple[int, int]] = set()
    placed: dict[tuple[int, int], object] = {}
    for y, cells in enumerate(shape.head):
        col = 0
        for cell in cells:
            while (y, col) in taken:
                col += 1
            placed[y, col] = cell
            taken.update((y + r, col + c) for r in range(cell.rows) for c in range(cell.cols))
            col += cell.cols
    parts = []
    for col in range(len(shape.widths)):
        cell = placed.get((number, col))
        if cell is None:
            parts.append("<table:covered-table-cell/>")
            continue
        parts.append(
            f'<table:table-cell table:style-name="{_cell_name(shape, number, col)}" '
            f'table:number-columns-spanned="{cell.cols}" table:number-rows-spanned="{cell.rows}">'  # type: ignore[attr-defined]
            f'<text:p text:style-name="Pcenter0b">{escape(cell.text)}</text:p></table:table-cell>'  # type: ignore[attr-defined]
        )
    return "".join(parts)


def _cell_name(shape: Shape, row: int, col: int) -> str:
    if shape.rules == "head":
        if row == 0:
            return "Xtop"
        if row == len(shape.head) - 1:
            return "Xhead"
        return "Xlast" if row == len(shape.head) + len(shape.rows) - 1 else "Xnone"
    if shape.rules == "columns":
        return "Xnone" if col == 0 else "Xleft"
    return "Xall" if shape.rules == "ruled" else "Xnone"


def _cell_styles(shape: Shape) -> list[tuple[str, str]]:
    line = "0.5pt solid #000000"
    last_head = f'fo:border-bottom="{line}"'
    return [
        ("Xall", f'fo:border="{line}"'),
        ("Xnone", 'fo:border="none"'),
        ("Xleft", f'fo:border="none" fo:border-left="{line}"'),
        ("Xtop", f'fo:border="none" fo:border-top="{line}" ' + (last_head if len(shape.head) == 1 else "")),
        ("Xhead", f'fo:border="none" {last_head}'),
        ("Xlast", f'fo:border="none" {last_head}'),
    ]
