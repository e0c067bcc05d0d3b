"""Accuracy and speed on generated tables: `python -m tests.benchmarks.tables [--keep DIR] [--peers]`.

Needs typst (wheel) and LibreOffice's `soffice`; `--peers` also runs pdfplumber, camelot and img2table
where they are installed.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2

from docanalyze import analyze_report
from docanalyze.evaluate.peer_tables import READERS
from tests.benchmarks.tables.score import Counts, count_cells, printed_rows, score_tables
from tests.benchmarks.tables.shapes import Shape, make_shapes
from tests.benchmarks.tables.typeset import write_libreoffice, write_typst

GROUPS = {"ruled": "ruled", "unruled": "unruled", "head": "partly", "columns": "partly"}


def main() -> None:
    """Typeset the tables, read them, print the scores."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--keep", type=Path, help="folder for the PDFs; made anew if it is empty")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument(
        "--speed", action="store_true", help="against pdfplumber, on the reports of corpus/dev"
    )
    parser.add_argument("--errors", action="store_true", help="name the files that are not all right")
    parser.add_argument("--seeds", type=int, default=0, help="other words and figures for each number")
    parser.add_argument("--longest", type=int, default=80, help="rows of the longest tables")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = options.keep or Path(made)
        files = write_files(folder, options.seeds, options.longest)
        print(f"{len(files)} files")
        measure_own(files, errors=options.errors)
        if options.peers:
            measure_peers(files)
        if options.speed:
            measure_speed()


def write_files(folder: Path, seeds: int = 0, longest: int = 80) -> list[tuple[str, Shape, Path]]:
    """Return (producer, table, PDF) for each table, typesetting those that are not in `folder` yet."""
    shapes = make_shapes(seeds, longest)
    found: list[tuple[str, Shape, Path]] = []
    for producer in ("typst", "libreoffice"):
        place = folder / producer
        place.mkdir(parents=True, exist_ok=True)
        missing = [shape for shape in shapes if not (place / f"{shape.name}.pdf").exists()]
        if producer == "typst":
            for shape in missing:
                write_typst(shape, place / f"{shape.name}.pdf")
        elif missing:
            write_libreoffice(missing, place)
        found.extend((producer, shape, place / f"{shape.name}.pdf") for shape in shapes)
    return found


def measure_own(files: list[tuple[str, Shape, Path]], *, errors: bool) -> None:
    """Print the scores of docanalyze by producer and rules, and its speed."""
    totals: dict[tuple[str, str], Counts] = {}
    seconds: dict[tuple[str, str], list[float]] = {}
    for producer, shape, path in files:
        group = (producer, GROUPS[shape.rules])
        with pypdfium2.PdfDocument(path) as document:
            pages = [page.get_textpage().get_text_bounded() for page in document]
        on = sum(any(_holds(text, row) for row in shape.rows) for text in pages)
        start = time.perf_counter()
        analysis = analyze_report(path, until="read")
        spent = time.perf_counter() - start
        counts = score_tables(shape, analysis.tables, on)
        totals.setdefault(group, Counts()).__iadd__(counts)
        took = seconds.setdefault(group, [0.0, 0.0])
        took[0], took[1] = took[0] + spent, took[1] + len(pages)
        if errors and not _perfect(counts):
            print(json.dumps({"file": f"{producer}/{shape.name}", **vars(counts)}))
    print("producer     rules    tables  cells   spurious  paths   units   tree    joined   pages/s")
    for (producer, rules), c in sorted(totals.items()):
        took = seconds[producer, rules]
        print(
            f"{producer:12} {rules:8} {c.tables:6} {c.right_cells / c.cells:7.4f} {c.spurious:8} "
            f"{c.right_paths / c.columns:7.4f} {c.right_units / c.columns:7.4f} "
            f"{c.right_parents / c.rows:7.4f} "
            f"{c.joined:4}/{c.continued:<4} {took[1] / took[0]:8.0f}"
        )


def _holds(text: str, row: list[str]) -> bool:
    figures = [cell for cell in row if len(cell) > 4 and cell[-1].isdigit()]
    return bool(figures) and all(figure in text for figure in figures)


def _perfect(c: Counts) -> bool:
    return (
        c.right_cells == c.cells
        and not c.spurious
        and c.right_paths == c.right_units == c.columns
        and c.right_parents == c.rows
        and c.joined == c.continued
    )


def measure_speed(rounds: int = 3) -> None:
    """Print how fast the development reports with tables are read and analysed, and pdfplumber's rate."""
    import pdfplumber

    def plumb(path: Path) -> None:
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                page.extract_text()
                page.find_tables()

    reports = sorted((Path(__file__).resolve().parents[3] / "corpus" / "dev").glob("*.pdf"))
    tables = [
        {part.page for t in analyze_report(p, until="read").tables for part in t.parts} for p in reports
    ]
    pages = [len(pypdfium2.PdfDocument(path)) for path in reports]
    some = [i for i in range(len(reports)) if 2 * len(tables[i]) >= pages[i]]
    ruled = sum(len(tables[i]) for i in some)
    print(f"{len(some)} reports, {sum(pages[i] for i in some)} pages, tables on {ruled}")
    jobs: dict[str, Callable[[Path], object]] = {
        "pdfplumber extract_text + find_tables": plumb,
        "docanalyze --until read": lambda path: analyze_report(path, until="read"),
        "docanalyze, all stages": analyze_report,
    }
    best = dict.fromkeys(jobs, 1e9)
    for _ in range(rounds):
        for name, job in jobs.items():
            start = time.perf_counter()
            for i in some:
                job(reports[i])
            best[name] = min(best[name], time.perf_counter() - start)
    for name, spent in best.items():
        print(f"{name:40} {sum(pages[i] for i in some) / spent:8.1f} pages/s")


def measure_peers(files: list[tuple[str, Shape, Path]]) -> None:
    """Print cell accuracy, spurious rows and speed of other tools on the same files."""
    print("tool                     producer     rules     cells   spurious  pages/s")
    for name, read in READERS.items():
        totals: dict[tuple[str, str], list[float]] = {}
        try:
            for producer, shape, path in files:
                with pypdfium2.PdfDocument(path) as document:
                    pages = len(document)
                start = time.perf_counter()
                rows = [row for table in read(path) for row in table]
                spent = time.perf_counter() - start
                wanted = printed_rows(shape)
                right, spurious = count_cells(wanted, rows)
                total = totals.setdefault((producer, GROUPS[shape.rules]), [0.0] * 5)
                for i, value in enumerate((right, sum(map(len, wanted)), spurious, pages, spent)):
                    total[i] += value
        except ImportError as error:
            print(f"{name:24} {error}")
            continue
        for (producer, rules), t in sorted(totals.items()):
            print(f"{name:24} {producer:12} {rules:8} {t[0] / t[1]:7.4f} {t[2]:8.0f} {t[3] / t[4]:9.1f}")


if __name__ == "__main__":
    main()
