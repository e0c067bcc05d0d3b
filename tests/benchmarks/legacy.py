"""Legacy fonts against transcripts: `python -m tests.benchmarks.legacy DIR`.

DIR holds PDFs whose text layer is in fonts from before Unicode, each beside `NAME.transcript.txt`.
Compared are letters and digits in reading order, white space and marks aside. Running heads and
page numbers are left out on both sides (in a transcript: lines that are a number alone). Letter
case is folded: transcripts made by conversion do not know which small letters a capital font shows
as capitals. They also have letters in the order in which they were drawn (`15,3` drawn 1, 3, 5) and
the halves of a two-column letterhead line by line: shown are what is right in order, the same with
these two habits undone where the page proves them (`transcripts`), and what is wrong in any order.
Digits that differ are shown beside the same from left to right on the page, as PDFium has their boxes.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from rich.console import Console
from rich.table import Table

from docanalyze.core.span import Span
from docanalyze.read.pdf import read_pdf
from docanalyze.read.source import load_file
from tests.benchmarks.ocr import count_errors
from tests.benchmarks.transcripts import Word, find_beside, is_drawn_apart, read_across, read_by_place

_LONE_NUMBER = re.compile(r"^\W*\d{1,3}\W*$", re.MULTILINE)
_WORD = re.compile(r"[^\W_]+")
_ASIDE = ("header", "footer", "page-number")


def find_words(text: str) -> list[str]:
    """Return the runs of letters and digits of a text, raised digits as plain ones."""
    return _WORD.findall(unicodedata.normalize("NFKC", text))


def read_words(path: Path) -> list[Word]:
    """Return the words that docanalyze reads in a PDF in the order of print, running heads left out.

    A transcript has the notes of a page at its end; docanalyze puts them behind the paragraph that
    they interrupt. So the words are sorted by page, notes last; within a page nothing is moved.
    """
    document = read_pdf(load_file(path), ocr="never")
    words: list[tuple[int, bool, Word]] = []
    for block in document.blocks:
        if block.kind in _ASIDE:
            continue
        note, aside = block.kind == "footnote", block.kind in ("footnote", "table")
        for match in re.finditer(r"\S+", document.text[block.start : block.end]):
            span = Span(block.start + match.start(), block.start + match.end())
            boxes = document.places.find_boxes([span])
            page, box = (boxes[0].page, boxes[0]) if boxes else (words[-1][0], None)
            words.extend((page, note, Word(word, box, aside)) for word in find_words(match.group()))
    words.sort(key=lambda word: word[:2])
    return [word for _, _, word in words]


def align(ours: list[str], wanted: list[str]) -> Iterator[tuple[str, str, range]]:
    """Yield stretches of our words and the transcript's that stand for each other and differ, and which."""
    matcher = SequenceMatcher(None, [w.lower() for w in ours], [w.lower() for w in wanted], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            yield " ".join(ours[a:b]), " ".join(wanted[c:d]), range(a, b)


def pair_moved(differences: Sequence[tuple[str, str]]) -> tuple[int, int]:
    """Return how many letters and digits are wrong whatever the order, and how many of them are digits.

    Two orders are told apart from misreading, each where it can be proved. A stretch that has the same
    characters on both sides was drawn in another order than it is printed in: `2060` for 2006. A word
    that one side has too much and the other lacks stands elsewhere: the halves of a letterhead. All else
    is wrong.
    """
    left: list[tuple[str, str]] = []
    for ours, wanted in differences:
        mine, other = (re.sub(" ", "", side.lower()) for side in (ours, wanted))
        if sorted(mine) != sorted(other):
            left.append((ours.lower(), wanted.lower()))
    too_much = Counter(word for ours, _ in left for word in ours.split())
    lacking = Counter(word for _, wanted in left for word in wanted.split())
    moved = too_much & lacking
    spare, owed = moved.copy(), moved.copy()
    rest = [("".join(_take(ours, spare)), "".join(_take(wanted, owed))) for ours, wanted in left]
    wrong = sum(count_errors(mine, other) for mine, other in rest)
    return wrong, sum(count_errors(_digits([mine]), _digits([other])) for mine, other in rest)


def _take(text: str, known: Counter[str]) -> Iterator[str]:
    """Yield the words of a text that are not among the known ones, which are used up."""
    for word in text.split():
        if known[word] > 0:
            known[word] -= 1
        else:
            yield word


def measure_file(path: Path) -> tuple[list[str], list[tuple[str, str]], list[tuple[str, str, str]]]:
    """Return a row of the table for one PDF, what differs, and digits that differ: ours, theirs, by place."""
    transcript = path.with_suffix(".transcript.txt").read_text(encoding="utf-8")
    wanted, placed = find_words(_LONE_NUMBER.sub("", transcript)), read_words(path)
    ours = [word.text for word in placed]
    aligned = list(align(ours, wanted))
    differences = [(a, b) for a, b, _ in aligned]
    wrong, wrong_digits = pair_moved(differences)
    undone = undo_habits(path, placed, wanted)
    row = [path.stem]
    for truth, text, same, misread in (
        ("".join(wanted).lower(), "".join(ours).lower(), "".join(undone).lower(), wrong),
        (_digits(wanted), _digits(ours), _digits(undone), wrong_digits),
    ):
        errors = [count_errors(side, truth) for side in (text, same)]
        row += [str(len(truth)), *(f"{100 * (1 - n / len(truth)):.3f}" for n in (*errors, misread))]
    shown = [(a, b) for a, b in differences if a.replace(" ", "").lower() != b.replace(" ", "").lower()]
    places = [
        (_digits([mine]), _digits([other]), _digits([read_by_place(path, (placed[i].box for i in at))]))
        for mine, other, at in aligned
        if mine and other and _digits([mine]) != _digits([other])
    ]
    return row, shown, places


def undo_habits(path: Path, words: Sequence[Word], wanted: list[str]) -> list[str]:
    """Return our words in the order of a transcript that has two habits, where the page proves it right."""
    placed = list(words)
    matcher = SequenceMatcher(
        None, [w.text.lower() for w in words], [w.lower() for w in wanted], autojunk=False
    )
    same = {a + i: b + i for a, b, size in matcher.get_matching_blocks() for i in range(size)}
    for beside in find_beside(words):
        start = next((same[i] + 1 for i in range(beside.start - 1, -1, -1) if i in same), 0)
        stop = next((same[i] for i in range(beside.stop, len(words)) if i in same), len(wanted))
        truth = "".join(wanted[start:stop]).lower()
        ways = [placed[beside.start : beside.stop], read_across(placed[beside.start : beside.stop])]
        placed[beside.start : beside.stop] = min(
            ways, key=lambda way: count_errors("".join(word.text for word in way).lower(), truth)
        )
    texts, result, done = [word.text for word in placed], [], 0
    for mine, other, at in align(texts, wanted):
        seen = read_by_place(path, (placed[i].box for i in at)) if mine and other else ""
        result += texts[done : at.start] + (other if is_drawn_apart(mine, other, seen) else mine).split()
        done = at.stop
    return result + texts[done:]


def _digits(words: list[str]) -> str:
    return re.sub(r"\D", "", "".join(words))


def main() -> int:
    """Measure and print a table; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", type=int, default=0, help="so many differences of each file")
    options = parser.parse_args()
    console = Console(width=130)
    ways = ("in order %", "undone %", "any order %")
    table = Table("transcript", "characters", *ways, "digits", *ways)
    for path in sorted(options.folder.glob("*.pdf")):
        if not path.with_suffix(".transcript.txt").exists():
            continue
        row, differences, places = measure_file(path)
        table.add_row(*row)
        for mine, other, seen in places:
            console.print(f"{path.stem}: digits read {mine}, transcript {other}, from left to right {seen}")
        counted = Counter(differences)
        for (ours, wanted), count in sorted(
            counted.items(), key=lambda item: -item[1] * max(map(len, item[0]))
        )[: options.show]:
            console.print(f"{count} x read {ours[:200]!r}, transcript {wanted[:200]!r}", markup=False)
    console.print(table)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
