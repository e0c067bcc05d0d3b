"""What the engine reads on a page: its lines, those of tables cell by cell, and how sound they are."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from docanalyze.read.labels import mend_cells
from docanalyze.read.lone import find_lone, find_passed_over
from docanalyze.read.picture import Prepared, encode_pnm
from docanalyze.read.scatter import find_scattered
from docanalyze.read.sheets import (
    FIGURE_LETTERS,
    Sheet,
    cut_cells,
    fills,
    find_doubted,
    is_figure,
    paste_cells,
    stack_cells,
)
from docanalyze.read.syllables import is_syllable
from docanalyze.read.tables.lattice import find_grids
from docanalyze.read.tesseract import Char, Engine, Word
from docanalyze.read.word_strips import text_of


def recognise_lines(engine: Engine, ready: Prepared, seconds: float) -> list[list[Word]]:
    """Return the lines of a page, those of tables read cell by cell.

    Tesseract's own layout loses figures that stand alone in a cell, so the cells are set one below
    the other on a sheet, which is read as one block of lines.
    """
    boxes = [
        (int(x0) + 2, int(top) + 2, int(x1) - 2, int(bottom) - 2)
        for grid in find_grids(1, [(float(a), float(b), float(c), float(d)) for a, b, c, d in ready.rulings])
        for x0, top, x1, bottom in (cell.box for cell in grid.cells)
    ]
    cells = cut_cells(ready, boxes)
    cells += cut_cells(ready, find_scattered(ready))
    lines = engine.read_picture(encode_pnm(ready.grey), dpi=ready.dpi, seconds=seconds)
    lines = [words for line in lines if (words := [w for w in line if not _is_tall_point(w, ready.dpi)])]
    numbers = cut_cells(ready, find_lone(ready, lines))
    passed = cut_cells(ready, find_passed_over(ready, lines))
    paste_cells(ready, [*cells, *numbers, *passed])
    alone: dict[int, list[list[Word]]] = {}
    for sheet in stack_cells(list(enumerate([*numbers, *passed])), ready.dpi):
        _read_sheet(engine, sheet, alone, seconds)
    lines.extend(line for read in alone.values() for line in read if _is_number(line) or _is_sound(line))
    found: dict[int, list[list[Word]]] = {}
    for sheet in stack_cells(list(enumerate(cells)), ready.dpi):
        _read_sheet(engine, sheet, found, seconds)
    doubted = find_doubted(cells, found)
    for sheet in stack_cells([(number, cells[number]) for number in doubted], ready.dpi):
        again: dict[int, list[list[Word]]] = {}
        _read_sheet(engine, sheet, again, seconds, only=FIGURE_LETTERS)
        found.update(
            (number, read)
            for number, read in again.items()
            if is_figure(read) and fills(read, cells[number]) and not _holds_words(found.get(number, ()))
        )
    mend_cells(cells, found)
    for number in sorted(found):
        lines.extend(found[number])
    return lines


def _read_sheet(
    engine: Engine, sheet: Sheet, found: dict[int, list[list[Word]]], seconds: float, only: str = ""
) -> None:
    """Read a sheet of cells and add its lines, with their boxes on the page, to their cells'."""
    picture = encode_pnm(sheet.grey)
    for line in engine.read_picture(picture, dpi=sheet.dpi, layout=6, only=only, seconds=seconds):
        middle = median([(char.top + char.bottom) / 2 for word in line for char in word])
        place = sheet.find_cell(middle)
        if place is not None:
            number, dx, dy = place
            found.setdefault(number, []).append(
                [
                    tuple(
                        Char(c.text, c.x0 + dx, c.top + dy, c.x1 + dx, c.bottom + dy, c.confidence)
                        for c in word
                    )
                    for word in line
                ]
            )


def _is_number(line: Sequence[Word]) -> bool:
    """Return whether a line is surely a number and nothing else."""
    return len(line) == 1 and all(char.text.isdigit() and char.confidence > 0.5 for char in line[0])


def _is_tall_point(word: Word, dpi: int) -> bool:
    """Return whether a word is points as high as a digit: it was not read at all."""
    points = all(char.text in ".,·" for char in word)
    return points and max(char.bottom - char.top for char in word) > 0.1 * dpi


def _is_sound(line: Sequence[Word]) -> bool:
    """Return whether a line is words of Vietnamese and numerals, surely read; of three one may be wrong."""
    texts = [text_of(word).strip(".,;:()") for word in line]
    good = sum(text.isdigit() or is_syllable(text) for text in texts)
    least = min(char.confidence for word in line for char in word)
    if len(texts) < 3:
        return good == len(texts) and least > 0.95 and any(len(text) > 1 for text in texts)
    return 3 * good >= 2 * len(texts) and least > 0.8


def _holds_words(lines: Sequence[Sequence[Word]]) -> bool:
    """Return whether a cell read in full holds a Vietnamese word: `Quý I/2024` is no figure."""
    words = [text_of(word) for line in lines for word in line if all(c.confidence > 0.5 for c in word)]
    return any(len(text) > 1 and text.isalpha() and is_syllable(text) for text in words)


def judge_words(lines: Sequence[Sequence[Word]]) -> float:
    """Return the share of words that are surely read and Vietnamese, or figures (0 to 1)."""
    words = [word for line in lines for word in line if len(word) > 1]
    good = 0
    for word in words:
        text = text_of(word).strip(".,;:()\"'“”")
        if min(char.confidence for char in word) > 0.5:
            good += (text.isalpha() and is_syllable(text)) or text.replace(".", "").replace(",", "").isdigit()
    return good / len(words) if words else 0.0
