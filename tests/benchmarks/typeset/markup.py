"""A paper as HTML with paged-media CSS, and as a flat OpenDocument text."""

from __future__ import annotations

import re
from html import escape

from tests.benchmarks.typeset.source import Item, Paper

_MARK = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")

CSS = """
@page { size: A4; margin: 22mm 15mm 22mm 30mm;
  @top-center { content: %(top)s; font: 13pt "Liberation Serif"; }
  @top-right { content: "%(head)s"; font: italic 10pt "Liberation Serif"; }
  @bottom-right { content: %(bottom)s; font: 13pt "Liberation Serif"; }
  @footnote { border-top: 0.5pt solid black; margin-top: 4pt; padding-top: 3pt; } }
body { font: 14pt/1.25 "Liberation Serif"; margin: 0; }
p { margin: 0 0 6pt; text-indent: 12.7mm; text-align: justify; }
h1, h2, h3 { font-size: 14pt; margin: 6pt 0; text-indent: 12.7mm; break-after: avoid; }
h3 { font-style: italic; }
.title { text-align: center; font-weight: bold; text-indent: 0; }
.addressee, .caption { text-align: center; text-indent: 0; } .caption { font-weight: bold; }
.unit { text-align: right; font-style: italic; text-indent: 0; font-size: 12pt; }
.basis { font-style: italic; }
.note { float: footnote; font-size: 10pt; font-weight: normal; font-style: normal; text-indent: 0;
  text-align: left; footnote-style-position: inside; }
.note::footnote-call, .note::footnote-marker { content: counter(footnote); vertical-align: super;
  font-size: 65%%; }
table { border-collapse: collapse; width: 100%%; font-size: 12pt; }
.columns td { width: 44%%; vertical-align: top; text-align: center; padding: 0; font-size: 12pt; }
.columns td + td { width: 56%%; } .columns .recipients { text-align: left; font-size: 11pt; }
.ruled td, .ruled th { border: 0.5pt solid black; padding: 2pt 4pt; }
.figure { text-align: right; }
thead { display: table-header-group; } tr { break-inside: avoid; }
"""


def write_html(paper: Paper) -> str:
    """Return a paper as HTML for a typesetter of CSS paged media."""
    at_top = paper.number_at == "top"
    css = CSS % {
        "top": "counter(page)" if at_top else '""',
        "bottom": '""' if at_top else "counter(page)",
        "head": paper.running_head,
    }
    body = "".join(_html_item(item) for item in paper.items)
    head = _html_columns(
        "<br>".join(map(escape, paper.left)), "<br>".join(map(escape, paper.right)), paper.under
    )
    recipients = "<br>".join(f"- {escape(r)}" for r in paper.recipients)
    closing = (
        f'<table class="columns" style="break-inside: avoid; margin-top: 14pt"><tr><td class="recipients">'
        f"<b><i>Nơi nhận:</i></b><br>{recipients}</td><td><b>{'<br>'.join(map(escape, paper.authority))}"
        f"<br><br><br><br>{escape(paper.signer)}</b></td></tr></table>"
        if paper.signer
        else ""
    )
    return f'<html lang="vi"><head><style>{css}</style></head><body>{head}{body}{closing}</body></html>'


def _html_columns(left: str, right: str, under: list[str]) -> str:
    if not under:
        return ""
    return (
        f'<table class="columns"><tr><td><b>{left}</b></td><td><b>{right}</b></td></tr>'
        f"<tr><td>{escape(under[0])}</td><td><i>{escape(under[1])}</i></td></tr></table><p></p>"
    )


def _html_item(item: Item) -> str:
    if item.kind == "table":
        return _html_table(item)
    text = _html_text(item.text, list(item.notes))
    if item.kind == "heading":
        level = min(item.level, 3)
        return f"<h{level}>{text}</h{level}>"
    return f'<p class="{item.kind}">{text}</p>'


def _html_text(text: str, notes: list[str]) -> str:
    if not notes:
        return escape(text)
    return _MARK.sub(
        lambda m: f'<span class="note">{escape(notes.pop(0))}</span>' if notes else m.group(), escape(text)
    )


def _html_table(item: Item) -> str:
    rows: dict[bool, list[str]] = {True: [], False: []}
    notes = list(item.notes)
    for number in sorted({cell[0] for cell in item.cells}):
        cells = [cell for cell in item.cells if cell[0] == number]
        tag = "th" if cells[0][4] else "td"
        written = "".join(
            f'<{tag} rowspan="{c[2]}" colspan="{c[3]}"{_side(c[5])}>{_html_text(c[5], notes)}</{tag}>'
            for c in cells
        )
        rows[cells[0][4]].append(f"<tr>{written}</tr>")
    unit = f'<p class="unit">{escape(item.unit)}</p>' if item.unit else ""
    return (
        f'{unit}<table class="ruled"><thead>{"".join(rows[True])}</thead>'
        f"<tbody>{''.join(rows[False])}</tbody></table><p></p>"
    )


def _side(text: str) -> str:
    return ' class="figure"' if re.fullmatch(r"[-+\d.,% ]+", text) else ""


NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office", "text": "text", "style": "style", "table": "table",
        "fo": "xsl-fo-compatible", "svg": "svg-compatible",
    }.items()
)  # fmt: skip
_BOLD, _ITALIC = 'fo:font-weight="bold"', 'fo:font-style="italic"'
_CENTRE, _RIGHT = 'fo:text-align="center" fo:text-indent="0mm"', 'fo:text-align="end" fo:text-indent="0mm"'
_STYLES = {
    "P": ('fo:text-align="justify" fo:text-indent="12.7mm" fo:margin-bottom="2mm"', ""),
    "H1": ('fo:text-indent="12.7mm" fo:margin-bottom="2mm" fo:keep-with-next="always"', _BOLD),
    "H3": ('fo:text-indent="12.7mm" fo:margin-bottom="2mm" fo:keep-with-next="always"', f"{_BOLD} {_ITALIC}"),
    "Title": (_CENTRE, _BOLD),
    "Addressee": (f'{_CENTRE} fo:margin-top="2mm" fo:margin-bottom="2mm"', ""),
    "Basis": ('fo:text-align="justify" fo:text-indent="12.7mm" fo:margin-bottom="2mm"', _ITALIC),
    "Caption": (f'{_CENTRE} fo:keep-with-next="always"', _BOLD),
    "Unit": (f'{_RIGHT} fo:keep-with-next="always"', f'{_ITALIC} fo:font-size="12pt"'),
    "Centre12": (_CENTRE, 'fo:font-size="12pt"'),
    "Centre12b": (_CENTRE, f'{_BOLD} fo:font-size="12pt"'),
    "Centre13i": (_CENTRE, f'{_ITALIC} fo:font-size="13pt"'),
    "Centre14b": (_CENTRE, _BOLD),
    "Left11": ("", 'fo:font-size="11pt"'),
    "Left11b": ("", f'{_BOLD} {_ITALIC} fo:font-size="12pt"'),
    "Cell": ("", 'fo:font-size="12pt"'),
    "CellRight": ('fo:text-align="end"', 'fo:font-size="12pt"'),
    "CellHead": (_CENTRE, f'{_BOLD} fo:font-size="12pt"'),
    "Running": (_RIGHT, f'{_ITALIC} fo:font-size="10pt"'),
    "Number": (_CENTRE, 'fo:font-size="13pt"'),
    "NumberRight": (_RIGHT, 'fo:font-size="13pt"'),
}
_KINDS = {"title": "Title", "addressee": "Addressee", "basis": "Basis", "caption": "Caption"}


def write_flat_odt(paper: Paper) -> str:
    """Return a paper as a flat OpenDocument text, for LibreOffice."""
    styles = "".join(
        f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="Standard">'
        f"<style:paragraph-properties {paragraph}/><style:text-properties {text}/></style:style>"
        for name, (paragraph, text) in _STYLES.items()
    )
    header = footer = ""
    if paper.running_head:
        header += f'<text:p text:style-name="Running">{escape(paper.running_head)}</text:p>'
    number = "<text:page-number>1</text:page-number>"
    if paper.number_at == "top":
        header += f'<text:p text:style-name="Number">{number}</text:p>'
    else:
        footer = f'<style:footer><text:p text:style-name="NumberRight">{number}</text:p></style:footer>'
    header = f"<style:header>{header}</style:header>" if header else ""
    margins = 'fo:margin-top="12mm" fo:margin-bottom="12mm" fo:margin-left="30mm" fo:margin-right="15mm"'
    body = [_odt_letterhead(paper), *(_odt_item(item, i) for i, item in enumerate(paper.items))]
    if paper.signer:
        recipients = [("Left11b", "Nơi nhận:"), *(("Left11", f"- {r}") for r in paper.recipients)]
        closing = [("Centre14b", a) for a in paper.authority]
        closing += [("Centre14b", "")] * 3 + [("Centre14b", paper.signer)]
        body.append(_odt_columns("closing", [[recipients, closing]]))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {NAMES} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="F" svg:font-family="'Liberation Serif'"/>
</office:font-face-decls>
<office:styles><style:default-style style:family="paragraph"><style:paragraph-properties
 fo:line-height="115%" fo:orphans="1" fo:widows="1"/><style:text-properties style:font-name="F"
 fo:font-size="14pt" fo:language="vi" fo:country="VN"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph"/>
<style:style style:name="Footnote" style:family="paragraph" style:parent-style-name="Standard">
<style:text-properties fo:font-size="10pt"/></style:style>{styles}
<style:style style:name="Raised" style:family="text">
<style:text-properties style:text-position="super 58%"/></style:style>
<text:notes-configuration text:note-class="footnote" text:citation-style-name="Raised"
 text:citation-body-style-name="Raised" text:default-style-name="Footnote" style:num-format="1"
 text:start-value="0" text:footnotes-position="page" text:start-numbering-at="document"/>
</office:styles>
<office:automatic-styles>
<style:style style:name="C" style:family="table-cell"><style:table-cell-properties
 fo:border="0.5pt solid #000000" fo:padding="1mm"/></style:style>
<style:style style:name="N" style:family="table-cell"><style:table-cell-properties
 fo:border="none"/></style:style>
<style:style style:name="T" style:family="table"><style:table-properties style:width="165mm"
 table:align="margins"/></style:style>
<style:style style:name="L" style:family="table-column"><style:table-column-properties
 style:column-width="70mm"/></style:style>
<style:style style:name="R" style:family="table-column"><style:table-column-properties
 style:column-width="95mm"/></style:style>
<style:page-layout style:name="A"><style:page-layout-properties fo:page-width="210mm"
 fo:page-height="297mm" {margins}><style:footnote-sep style:width="0.2mm" style:rel-width="25%"
 style:color="#000000" style:line-style="solid" style:adjustment="left"
 style:distance-before-sep="1mm" style:distance-after-sep="1mm"/></style:page-layout-properties>
<style:header-style><style:header-footer-properties fo:min-height="8mm" fo:margin-bottom="3mm"/>
</style:header-style><style:footer-style><style:header-footer-properties fo:min-height="8mm"
 fo:margin-top="3mm"/></style:footer-style></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A">{header}{footer}
</style:master-page></office:master-styles>
<office:body><office:text>{"".join(body)}</office:text></office:body></office:document>
"""


def _odt_letterhead(paper: Paper) -> str:
    if not paper.under:
        return ""
    left = [("Centre12b" if i else "Centre12", line) for i, line in enumerate(paper.left)]
    right = [("Centre12b", line) for line in paper.right]
    under = [[("Centre12", paper.under[0])], [("Centre13i", paper.under[1])]]
    return _odt_columns("letterhead", [[left, right], under]) + "<text:p/>"


def _odt_columns(name: str, rows: list[list[list[tuple[str, str]]]]) -> str:
    def write(cell: list[tuple[str, str]]) -> str:
        lines = "".join(f'<text:p text:style-name="{s}">{escape(t)}</text:p>' for s, t in cell)
        return f'<table:table-cell table:style-name="N">{lines or "<text:p/>"}</table:table-cell>'

    written = "".join(f"<table:table-row>{write(a)}{write(b)}</table:table-row>" for a, b in rows)
    return (
        f'<table:table table:name="{name}" table:style-name="T"><table:table-column table:style-name="L"/>'
        f'<table:table-column table:style-name="R"/>{written}</table:table>'
    )


def _odt_item(item: Item, number: int) -> str:
    if item.kind == "table":
        return _odt_table(item, f"t{number}")
    style = _KINDS.get(item.kind, "P")
    if item.kind == "heading":
        style = "H1" if item.level <= 2 else "H3"
    return f'<text:p text:style-name="{style}">{_odt_text(item.text, list(item.notes))}</text:p>'


def _odt_text(text: str, notes: list[str]) -> str:
    def write(match: re.Match[str]) -> str:
        if not notes:
            return match.group()
        return (
            '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
            f'<text:p text:style-name="Footnote">{escape(notes.pop(0))}</text:p></text:note-body></text:note>'
        )

    return _MARK.sub(write, escape(text)) if notes else escape(text)


def _odt_table(item: Item, name: str) -> str:
    rows = max(c[0] + c[2] for c in item.cells)
    columns = max(c[1] + c[3] for c in item.cells)
    notes = list(item.notes)
    at = {(c[0], c[1]): c for c in item.cells}
    heads = max((c[0] + 1 for c in item.cells if c[4]), default=0)
    written: list[str] = []
    for row in range(rows):
        cells: list[str] = []
        for column in range(columns):
            cell = at.get((row, column))
            if cell is None:
                cells.append("<table:covered-table-cell/>")
                continue
            style = "CellHead" if cell[4] else "CellRight" if _side(cell[5]) else "Cell"
            cells.append(
                f'<table:table-cell table:style-name="C" table:number-rows-spanned="{cell[2]}" '
                f'table:number-columns-spanned="{cell[3]}"><text:p text:style-name="{style}">'
                f"{_odt_text(cell[5], notes)}</text:p></table:table-cell>"
            )
        written.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    head = f"<table:table-header-rows>{''.join(written[:heads])}</table:table-header-rows>" if heads else ""
    unit = f'<text:p text:style-name="Unit">{escape(item.unit)}</text:p>' if item.unit else ""
    return (
        f'{unit}<table:table table:name="{name}" table:style-name="T"><table:table-column '
        f'table:number-columns-repeated="{columns}"/>{head}{"".join(written[heads:])}</table:table><text:p/>'
    )
