"""The choice of backend, as ratios in one run: `python -m tests.benchmarks.backends`.

Pages a second of what PDFium, pdfminer, pdfplumber, pypdf and poppler give of a text report, and of
docanalyze: text with the box and font of every piece (`PdfFile.read_page`), and the document with
its layout (`read_pdf`). Medians of rounds by the processor's time; the yardstick is pdfplumber's
`extract_text`. poppler is left out where it is not installed. At last the same prose in a font from
before Unicode, in bold drawn twice and with raised note marks: how many times longer it takes.
"""

from __future__ import annotations

import argparse
import gc
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table

from docanalyze.read.legacy import find_encodings
from docanalyze.read.pdf import read_pdf
from docanalyze.read.pdfium import PdfFile
from docanalyze.read.source import load_file
from tests import factories
from tests.benchmarks.__main__ import clock, make_prose_pages, make_prose_pdf

YARDSTICK = "pdfplumber extract_text"


def run_pdfplumber(path: Path) -> None:
    """Read every page as pdfplumber does."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.close()


def run_pdfminer(path: Path) -> None:
    """Read every page with pdfminer's layout analysis: lines and boxes."""
    from pdfminer.high_level import extract_pages

    for _ in extract_pages(path):
        pass


def run_pypdf(path: Path) -> None:
    """Read every page's text with pypdf: no boxes."""
    import pypdf

    for page in pypdf.PdfReader(path).pages:
        page.extract_text()


def run_pdfium_text(path: Path) -> None:
    """Read every page's text with pypdfium2: no boxes; the floor of what is built on PDFium."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            page.get_textpage().get_text_range()


def run_pdfium_characters(path: Path) -> None:
    """Read every character with its box by pypdfium2."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            text = page.get_textpage()
            for i in range(text.count_chars()):
                text.get_charbox(i)


def run_poppler(path: Path) -> None:
    """Read every page's words with boxes by poppler; the XML is not parsed."""
    subprocess.run(["pdftotext", "-bbox-layout", str(path), "-"], check=True, capture_output=True)


@contextmanager
def without_collector() -> Iterator[None]:
    """Pause Python's cycle collector, as analyze_report does."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def run_pieces(path: Path) -> None:
    """Read text with the box and font of every piece, before layout."""
    with without_collector(), PdfFile(load_file(path)) as pdf:
        for index in range(pdf.page_count):
            pdf.read_page(index)


def run_layout(path: Path) -> None:
    """Read the document: blocks, tables, places."""
    with without_collector():
        read_pdf(load_file(path), ocr="never")


WAYS: dict[str, tuple[Callable[[Path], None], float | None]] = {
    YARDSTICK: (run_pdfplumber, None),
    "pdfminer extract_pages": (run_pdfminer, None),
    "pypdf extract_text": (run_pypdf, None),
    "pypdfium2 text": (run_pdfium_text, None),
    "pypdfium2 characters": (run_pdfium_characters, None),
    "pdftotext -bbox-layout": (run_poppler, None),
    "docanalyze, before layout": (run_pieces, 25.0),
    "docanalyze, with layout": (run_layout, 12.0),
}


def measure(path: Path, pages: int, rounds: int) -> list[tuple[str, float, float, float | None]]:
    """Return name, pages a second, how many times the yardstick, and the bar for each way.

    What is quick is run before and behind the yardstick, which takes so long that the machine may
    have become faster or slower meanwhile. Another program that stops at the file is said and left out.
    """
    ways = {n: w for n, w in WAYS.items() if w[0] is not run_poppler or shutil.which("pdftotext")}
    for name in [n for n, (_, bar) in ways.items() if bar is None and n != YARDSTICK]:
        if problem := find_problem(ways[name][0], path):
            print(f"{name}: {problem}")
            del ways[name]
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    ratios: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        spent = {name: [spend(work, path)] for name, (work, _) in ways.items() if name != YARDSTICK}
        yardstick = spend(ways[YARDSTICK][0], path)
        for name, found in spent.items():
            if found[0] < yardstick / 4:
                found.append(spend(ways[name][0], path))
        for name, found in {**spent, YARDSTICK: [yardstick]}.items():
            seconds[name].append(statistics.mean(found))
            ratios[name].append(yardstick / seconds[name][-1])
    middle = {name: pages / statistics.median(values) for name, values in seconds.items()}
    return [(n, middle[n], statistics.median(ratios[n]), bar) for n, (_, bar) in ways.items()]


def find_problem(work: Callable[[Path], None], path: Path) -> str:
    """Return why one way stops at a file; empty if it does not."""
    try:
        work(path)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def spend(work: Callable[[Path], None], path: Path) -> float:
    """Return the seconds that one way takes for a file."""
    return clock(lambda: work(path))


def make_harder_pdfs() -> dict[str, bytes]:
    """Return the prose as it is, and as pages that need a second look."""
    pages = make_prose_pages()
    letters = find_encodings()["tcvn3"].letters
    old = {ord(new): chr(code) for code, new in letters.items() if new.islower() and 0xA0 < code < 0x100}
    legacy = [[line._replace(text=line.text.translate(old)) for line in page] for page in pages]
    bold = [[copy for line in page for copy in (line, line._replace(x=line.x + 0.4))] for page in pages]
    raised = [[part for line in page for part in raise_marks(line)] for page in pages]
    return {
        "plain": factories.make_text_pdf(pages),
        "TCVN3": factories.make_text_pdf(legacy, font_names={"regular": ".VnTime"}),
        "bold drawn twice": factories.make_text_pdf(bold),
        "two raised marks a line": factories.make_text_pdf(raised),
    }


def raise_marks(line: factories.Line) -> Iterator[factories.Line]:
    """Yield a line with a raised digit behind a word in its middle and behind its last word."""
    words = line.text.split(" ")
    half, x = len(words) // 2, line.x
    for part in (" ".join(words[:half]), " ".join(words[half:])):
        yield line._replace(x=x, text=part)
        x += factories.measure_text(part, line.size)
        yield line._replace(x=x, y=line.y + 0.35 * line.size, text="1", size=0.6 * line.size)
        x += factories.measure_text("1 ", line.size)


def measure_harder(
    folder: Path, pages: int, rounds: int, others: Sequence[Path] = ()
) -> dict[str, tuple[float, float]]:
    """Return how many times longer than a plain page a harder one takes, before layout and with it.

    `others` are PDFs to measure beside those that are made.
    """
    made = make_harder_pdfs()
    plain = folder / "plain.pdf"
    plain.write_bytes(factories.make_many_pages_pdf(pages, made.pop("plain")))
    files: dict[str, tuple[Path, int]] = {}
    for name, source in made.items():
        files[name] = folder / f"{len(files)}.pdf", pages
        files[name][0].write_bytes(factories.make_many_pages_pdf(pages, source))
    for path in others:
        with PdfFile(load_file(path)) as pdf:
            files[path.name] = path, pdf.page_count
    measured: dict[str, tuple[float, float]] = {}
    for name, (path, count) in files.items():
        before, whole = (
            measure_pair(work, plain, pages, path, count, rounds) for work in (run_pieces, run_layout)
        )
        measured[name] = before, whole
    return measured


def measure_pair(
    work: Callable[[Path], None], plain: Path, pages: int, path: Path, count: int, rounds: int
) -> float:
    """Return how many times longer a page of a file takes than one of a plain file, run before and behind."""
    ratios: list[float] = []
    for _ in range(rounds):
        before, spent, behind = (spend(work, one) for one in (plain, path, plain))
        ratios.append(spent / count / ((before + behind) / 2 / pages))
    return statistics.median(ratios)


def main() -> int:
    """Measure and print a table for each report; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pdf", nargs="*", type=Path, help="other reports to measure on")
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    sources = {"prose": make_prose_pdf(), "bundled report, with tables": factories.SAMPLE_2023.read_bytes()}
    sources |= {path.name: path.read_bytes() for path in options.pdf}
    console = Console(width=100)
    with tempfile.TemporaryDirectory() as name:
        for title, source in sources.items():
            path = Path(name) / "report.pdf"
            path.write_bytes(factories.make_many_pages_pdf(options.pages, source))
            table = Table(title, "pages/s", "times the yardstick", "bar")
            for way, speed, ratio, bar in measure(path, options.pages, options.rounds):
                table.add_row(way, f"{speed:.1f}", f"{ratio:.1f}", f"{bar:g}" if bar else "")
            console.print(table)
        measured = measure_harder(Path(name), options.pages, options.rounds, options.pdf)
        table = Table("times longer than a plain page", "before layout", "with layout", "bar")
        for title, (before, whole) in measured.items():
            table.add_row(title, f"{before:.2f}", f"{whole:.2f}", "3")
        console.print(table)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
