"""Legacy fonts against transcripts: `python -m tests.benchmarks.legacy DIR`.

DIR holds PDFs whose text layer is in fonts from before Unicode, each beside `NAME.transcript.txt`.
Compared are letters and digits in reading order, white space and marks aside. Running heads and
page numbers are left out on both sides (in a transcript: lines that are a number alone). Letter
case is folded: transcripts made by conversion do not know which small letters a capital font shows
as capitals. They also have letters in the order in which they were drawn (`15,3` drawn 1, 3, 5) and
the halves of a two-column letterhead line by line, so what is wrong whatever the order is shown too.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

from rich.console import Console
from rich.table import Table

from docanalyze.core.span import Span
from docanalyze.read.pdf import read_pdf
from docanalyze.read.source import load_file
from tests.benchmarks.ocr import count_errors

_LONE_NUMBER = re.compile(r"^\W*\d{1,3}\W*$", re.MULTILINE)
_WORD = re.compile(r"[^\W_]+")
_ASIDE = ("header", "footer", "page-number")


def find_words(text: str) -> list[str]:
    """Return the runs of letters and digits of a text, raised digits as plain ones."""
    return _WORD.findall(unicodedata.normalize("NFKC", text))


def read_words(path: Path) -> list[str]:
    """Return the words that docanalyze reads in a PDF in the order of print, running heads left out.

    A transcript has the notes of a page at its end; docanalyze puts them behind the paragraph that
    they interrupt. So the words are sorted by page, notes last; within a page nothing is moved.
    """
    document = read_pdf(load_file(path), ocr="never")
    words: list[tuple[int, bool, str]] = []
    for block in document.blocks:
        if block.kind in _ASIDE:
            continue
        for match in re.finditer(r"\S+", document.text[block.start : block.end]):
            span = Span(block.start + match.start(), block.start + match.end())
            boxes = document.places.find_boxes([span])
            page = boxes[0].page if boxes else words[-1][0]
            words.extend((page, block.kind == "footnote", word) for word in find_words(match.group()))
    words.sort(key=lambda word: word[:2])
    return [word for _, _, word in words]


def align(ours: list[str], wanted: list[str]) -> Iterator[tuple[str, str]]:
    """Yield stretches of our words and the transcript's that stand for each other and differ."""
    matcher = SequenceMatcher(None, [w.lower() for w in ours], [w.lower() for w in wanted], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            yield " ".join(ours[a:b]), " ".join(wanted[c:d])


def count_misread(differences: list[tuple[str, str]]) -> int:
    """Return how many characters of the differences are wrong whatever their order."""
    ours: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for mine, other in differences:
        ours.update(mine.replace(" ", "").lower())
        wanted.update(other.replace(" ", "").lower())
    return max((ours - wanted).total(), (wanted - ours).total())


def measure_file(path: Path) -> tuple[list[str], list[tuple[str, str]]]:
    """Return a row of the table for one PDF, and what differs."""
    transcript = path.with_suffix(".transcript.txt").read_text(encoding="utf-8")
    wanted, ours = find_words(_LONE_NUMBER.sub("", transcript)), read_words(path)
    differences = list(align(ours, wanted))
    row = [path.stem]
    for truth, text, misread in (
        ("".join(wanted).lower(), "".join(ours).lower(), count_misread(differences)),
        (_digits(wanted), _digits(ours), None),
    ):
        errors = count_errors(text, truth)
        row += [str(len(truth)), str(errors), f"{100 * (1 - errors / len(truth)):.3f}"]
        row += [str(misread)] if misread is not None else []
    shown = [(a, b) for a, b in differences if a.replace(" ", "").lower() != b.replace(" ", "").lower()]
    return row, shown


def _digits(words: list[str]) -> str:
    return re.sub(r"\D", "", "".join(words))


def main() -> int:
    """Measure and print a table; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", type=int, default=0, help="so many differences of each file")
    options = parser.parse_args()
    console = Console(width=130)
    table = Table(
        "file", "characters", "wrong", "right %", "wrong but for order", "digits", "wrong", "right %"
    )
    for path in sorted(options.folder.glob("*.pdf")):
        if not path.with_suffix(".transcript.txt").exists():
            continue
        row, differences = measure_file(path)
        table.add_row(*row)
        counted = Counter(differences)
        for (ours, wanted), count in sorted(
            counted.items(), key=lambda item: -item[1] * max(map(len, item[0]))
        )[: options.show]:
            console.print(f"{count} x read {ours[:200]!r}, transcript {wanted[:200]!r}", markup=False)
    console.print(table)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
