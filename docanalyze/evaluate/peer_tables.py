"""Tables as other libraries read them, to be scored like ours: pdfplumber, camelot, img2table."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path

from docanalyze.core.document import Cell, Table

Rows = list[list[str]]


def build_tables(tables: Iterable[Rows]) -> tuple[str, tuple[Table, ...]]:
    r"""Return a text that holds all cells, a row a line, and the tables with their places in it.

    >>> text, (table,) = build_tables([[["Chỉ tiêu", "Tỷ đồng"], ["Thu", "12,5"]]])
    >>> text
    'Chỉ tiêu\tTỷ đồng\nThu\t12,5\n\n'
    >>> table.cells[3].text, table.cells[3].col
    ('12,5', 1)
    """
    pieces: list[str] = []
    built: list[Table] = []
    at = 0
    for number, rows in enumerate(tables):
        cells: list[Cell] = []
        for row, texts in enumerate(rows):
            for col, text in enumerate(texts):
                plain = " ".join(text.split())
                if plain:
                    cells.append(Cell(row=row, col=col, text=plain, start=at, end=at + len(plain)))
                piece = plain + ("\n" if col == len(texts) - 1 else "\t")
                pieces.append(piece)
                at += len(piece)
        pieces.append("\n")
        at += 1
        built.append(Table(id=f"x{number}", cells=tuple(cells)))
    return "".join(pieces), tuple(built)


def _read_with_pdfplumber(settings: dict[str, str]) -> Callable[[Path], Iterator[Rows]]:
    def read(path: Path) -> Iterator[Rows]:
        with import_module("pdfplumber").open(path) as pdf:
            for page in pdf.pages:
                for table in page.extract_tables(settings):
                    yield [[text or "" for text in row] for row in table]

    return read


def _read_with_camelot(flavor: str) -> Callable[[Path], Iterator[Rows]]:
    def read(path: Path) -> Iterator[Rows]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tables = import_module("camelot").read_pdf(str(path), pages="all", flavor=flavor)
        for table in tables:
            yield [[str(text) for text in row] for row in table.df.values.tolist()]

    return read


def _read_with_img2table(path: Path) -> Iterator[Rows]:
    pdf = import_module("img2table.document").PDF(str(path))
    logging.disable(logging.WARNING)
    try:
        found = pdf.extract_tables(borderless_tables=True, implicit_rows=False)
    finally:
        logging.disable(logging.NOTSET)
    for tables in found.values():
        for table in tables:
            # A merged cell is given again for each place that it covers.
            yield [
                ["" if i and cell == cells[i - 1] else (cell.value or "") for i, cell in enumerate(cells)]
                for cells in table.content.values()
            ]


READERS: dict[str, Callable[[Path], Iterator[Rows]]] = {
    "pdfplumber, lines": _read_with_pdfplumber({}),
    "pdfplumber, text": _read_with_pdfplumber({"vertical_strategy": "text", "horizontal_strategy": "text"}),
    "camelot lattice": _read_with_camelot("lattice"),
    "camelot stream": _read_with_camelot("stream"),
    "img2table": _read_with_img2table,
}
"""How other libraries read the tables of a PDF, page after page: none joins a table over pages."""
