"""OCR beside plain Tesseract in one run: `python -m tests.benchmarks.ocr`.

Scans are made from the corpus (200 and 300 dpi; skew, blur, noise, dust, a stamp; black and
white), each page read by docanalyze and by `tesseract -l vie` on the same picture. The reference
is the born-digital page in the order of docanalyze or of poppler, whichever is nearer to what is
judged. With `--shared DIR` the scanned decree beside the checkout is read too, against its twin
where the words of the two agree.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import statistics
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image
from rich.console import Console
from rich.table import Table

import docanalyze
from tests.benchmarks.scans import Wear, draw_scan, sample_sources, save_pictures

WEARS = {
    "200 dpi, light": Wear(dpi=200),
    "200 dpi, skew 2°, noise, dust, stamp": Wear(dpi=200, skew=2.0, noise=10, dust=200, stamp=True),
    "200 dpi, black and white": Wear(dpi=200, skew=1.0, bilevel=True),
    "300 dpi, light": Wear(dpi=300),
    "300 dpi, skew 2°, noise, dust, stamp": Wear(dpi=300, skew=2.0, noise=10, dust=200, stamp=True),
}
_RULE = re.compile(r"_{3,}")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def fold(text: str) -> str:
    """Return the text in NFC with white space folded."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def count_errors(text: str, reference: str) -> int:
    """Return the edit distance of two texts (Myers 1999, a column of bits at a time)."""
    if not text or not reference:
        return max(len(text), len(reference))
    places: dict[str, int] = {}
    for i, char in enumerate(reference):
        places[char] = places.get(char, 0) | 1 << i
    last, mask = 1 << (len(reference) - 1), (1 << len(reference)) - 1
    up, down, distance = mask, 0, len(reference)
    for char in text:
        here = places.get(char, 0)
        across = (((here & up) + up) ^ up) | here | down
        plus, minus = down | (~(across | up) & mask), up & across
        distance += bool(plus & last) - bool(minus & last)
        plus, minus = (plus << 1) | 1, minus << 1
        up = (minus | ~((here | down) | plus)) & mask
        down = plus & (here | down) & mask
    return distance


@dataclass
class Score:
    """Errors of one kind of scan: characters, figures, and how sure the wrong figures were."""

    letters: int = 0
    errors: int = 0
    plain_errors: int = 0
    figures: int = 0
    kept: int = 0
    plain_kept: int = 0
    confidences: list[float] = field(default_factory=list)
    wrong: list[float] = field(default_factory=list)

    def row(self) -> list[str]:
        """Return the score as the cells of a table."""
        cer, plain = 100 * self.errors / self.letters, 100 * self.plain_errors / self.letters
        middle = statistics.median(self.confidences) if self.confidences else 0.0
        low = sum(value < middle for value in self.wrong)
        return [
            f"{cer:.2f}", f"{plain:.2f}", f"{cer / plain:.2f}" if plain else "-",
            f"{100 * self.kept / max(1, self.figures):.1f} ({self.figures})",
            f"{100 * self.plain_kept / max(1, self.figures):.1f}",
            f"{low} of {len(self.wrong)}",
        ]  # fmt: skip


def run_plain(picture: Image.Image, dpi: int) -> str:
    """Return the text that `tesseract -l vie` prints for a picture."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    command = ["tesseract", "-", "-", "-l", "vie", "--dpi", str(dpi)]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    done = subprocess.run(command, input=buffer.getvalue(), capture_output=True, check=True, env=environment)
    return fold(done.stdout.decode("utf-8", "replace"))


def read_references(source: bytes, page: int, folder: Path) -> list[str]:
    """Return the born-digital text of a page in several orders: docanalyze's own and poppler's two."""
    path = folder / "reference.pdf"
    path.write_bytes(source)
    number = page + 1
    texts = [docanalyze.analyze_bytes(source, name="x.pdf", until="read", pages=[(number, number)]).text]
    for options in ((), ("-layout",)):
        command = ["pdftotext", *options, "-f", str(number), "-l", str(number), str(path), "-"]
        texts.append(subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8"))
    return [fold(text) for text in texts]


def judge_page(picture: Image.Image, dpi: int, references: list[str], score: Score) -> None:
    """Read a picture both ways and add to the score."""
    data = save_pictures([picture], dpi, quality=95)
    analysis = docanalyze.analyze_bytes(data, name="x.pdf", ocr="force")
    text, plain = fold(analysis.text), run_plain(picture, dpi)
    errors, length = min((count_errors(text, r), len(r)) for r in references)
    score.letters += length
    score.errors += errors
    score.plain_errors += min(count_errors(plain, r) for r in references)
    wanted = Counter(_FIGURE.findall(references[0]))
    score.figures += wanted.total()
    score.kept += (wanted & Counter(_FIGURE.findall(text))).total()
    score.plain_kept += (wanted & Counter(_FIGURE.findall(plain))).total()
    add_confidences(analysis, wanted, score)


def add_confidences(analysis: Any, wanted: Counter[str], score: Score) -> None:
    """Add the confidence of each figure read, and of each whose digits the reference has not."""
    left = Counter(wanted)
    for mention in analysis.mentions:
        confidence = getattr(mention.value, "confidence", None)
        printed = _FIGURE.findall(mention.text)
        if confidence is None or not printed:
            continue
        score.confidences.append(confidence)
        if any(left[number] <= 0 for number in printed):
            score.wrong.append(confidence)
        left.subtract(printed)


def measure_corpus(pages: int, folder: Path, only: str) -> Iterator[tuple[str, Score]]:
    """Yield a score for each kind of wear, of the first `pages` pages of every report."""
    sources = sample_sources()
    chosen: list[tuple[str, int, list[str]]] = []
    for name, source in sources.items():
        with pypdfium2.PdfDocument(source) as document:
            count = len(document)
        chosen.extend((name, p, read_references(source, p, folder)) for p in range(min(pages, count)))
    for kind, wear in ((kind, wear) for kind, wear in WEARS.items() if only in kind):
        score = Score()

        def judge(
            item: tuple[int, tuple[str, int, list[str]]], wear: Wear = wear, score: Score = score
        ) -> None:
            seed, (name, page, references) = item
            (picture,) = draw_scan(sources[name], wear, pages=[page], seed=seed)
            judge_page(picture, wear.dpi, references, score)

        for item in enumerate(chosen):
            judge(item)
        yield kind, score


def measure_shared(folder: Path) -> Score:
    """Return the score of the scanned decree against its twin, where their words agree."""
    scan = (folder / "reports/scanned/nghi-dinh-335-2025.pdf").read_bytes()
    twin = (folder / "reports/scanned/nghi-dinh-335-2025.text-layer.pdf").read_bytes()
    body = ("paragraph", "list-item", "heading", "basis", "table", "title")
    limits = docanalyze.Limits(seconds=600)
    read = docanalyze.analyze_bytes(scan, name="scan.pdf", limits=limits)
    reference = join_blocks(docanalyze.analyze_bytes(twin, name="twin.pdf", until="read"), body)
    with pypdfium2.PdfDocument(scan) as document:
        pictures = [page.render(scale=200 / 72).to_pil() for page in document]
    with ThreadPoolExecutor(2) as pool:
        plain = " ".join(pool.map(lambda picture: run_plain(picture, 200), pictures))
    score = Score()
    text = join_blocks(read, body)
    score.letters, score.errors, wanted, score.kept = compare_agreeing(text, reference)
    score.figures = wanted.total()
    letters, errors, plain_wanted, kept = compare_agreeing(plain, reference)
    score.plain_errors = round(errors * score.letters / max(1, letters))
    score.plain_kept = round(kept * score.figures / max(1, plain_wanted.total()))
    add_confidences(read, Counter(_FIGURE.findall(reference)), score)
    return score


def join_blocks(analysis: Any, kinds: tuple[str, ...]) -> str:
    """Return the text of an analysis without running heads, notes, letterhead and closing."""
    return fold(" ".join(analysis.text[b.start : b.end] for b in analysis.blocks if b.kind in kinds))


def compare_agreeing(text: str, reference: str) -> tuple[int, int, Counter[str], int]:
    """Return letters, errors, figures and figures kept of the stretches whose words mostly agree.

    A stretch of more than six words that one has and the other has not is of another version; rules that
    the one types as underscores are drawn in the other.
    """
    words, wanted = (fold(_RULE.sub(" ", side)).split(" ") for side in (text, reference))
    letters = errors = kept = 0
    figures: Counter[str] = Counter()
    for _, a, b, c, d in SequenceMatcher(None, words, wanted, autojunk=False).get_opcodes():
        left, right = " ".join(words[a:b]), " ".join(wanted[c:d])
        if max(b - a, d - c) > 6 and left != right:
            continue
        letters += len(right) + 1
        errors += count_errors(left, right)
        here = Counter(_FIGURE.findall(right))
        figures += here
        kept += (here & Counter(_FIGURE.findall(left))).total()
    return letters, errors, figures, kept


def main() -> int:
    """Measure and print a table; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=3, help="pages of each report of the corpus")
    parser.add_argument("--only", default="", help="a part of the names of the scans to make")
    parser.add_argument("--shared", type=Path, help="the folder of published documents")
    options = parser.parse_args()
    console = Console(width=130)
    head = (
        "scan",
        "error %",
        "plain %",
        "ratio",
        "figures kept % (of)",
        "plain %",
        "wrong ones below median",
    )
    table = Table(*head)
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        if options.pages:
            for kind, score in measure_corpus(options.pages, Path(name), options.only):
                table.add_row(kind, *score.row())
                console.print(kind, *score.row())
    if options.shared:
        table.add_row("scanned decree, 29 pages", *measure_shared(options.shared).row())
    console.print(table)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
