"""A page's picture -> the same pieces that a text layer gives, through Tesseract.

Sizes and baselines come from the letters' own heights, so that footnotes, raised marks and
headings look as they do in a text layer; dust that was read as marks is left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from docanalyze.read.checkboxes import mend_checkbox
from docanalyze.read.compounds import mend_compounds
from docanalyze.read.exponents import fit_exponents
from docanalyze.read.labels import mend_cells, mend_labels
from docanalyze.read.letter_case import mend_case
from docanalyze.read.lone import find_lone, find_passed_over
from docanalyze.read.lookalikes import mend_lookalikes
from docanalyze.read.pdfium import PIECE, RawPage, Style
from docanalyze.read.picture import Pixels, Prepared, encode_pnm, prepare_picture, runs_down
from docanalyze.read.placement import Frame, PieceBox
from docanalyze.read.scatter import find_scattered
from docanalyze.read.separators import join_torn, mend_separators
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
from docanalyze.read.specks import split_at_specks
from docanalyze.read.sureness import find_unlikely
from docanalyze.read.syllables import is_syllable, mend_tone
from docanalyze.read.tables.lattice import find_grids
from docanalyze.read.tesseract import Char, Engine, Word

_X_LETTERS = frozenset("acemnorsuvwxz")
_TALL = frozenset("bdhklABCDEFGHIKLMNOPQRSTUVXYZ0123456789")
_HANGING = frozenset("gjpqyQ,;()[]{}|/_ựợọộụạặậẹệịỵ")
_X_HEIGHT, _CAP_HEIGHT = 0.455, 0.668
"""Of the type size, in Times and its likes, in which these papers are set by decree."""
_ASCENT, _DESCENT = 0.891, 0.216
_GAP_IN_EMS = 1.6
_DUST = frozenset(".,:;_|'`´‘’\"~^°·•-–—=*!¡¦<>/\\()[]{}“”«»¬…")
_STRAY = frozenset(".,:;|_'`´‘’~^ˆ°·")
_BULLETS = frozenset("-–+•*")
_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
_UNLIKELY = 0.5
"""How far a figure unlike the others of its page is trusted."""
_LEADERS = frozenset("._…()")
"""What a blank to be filled in may be printed with."""


@dataclass(slots=True)
class _Strip:
    """Words of one line without a wide gap between them, in pixels of the prepared picture."""

    words: list[Word]
    size: float
    base: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A page as read from its picture, and how sure: a box as shown, a confidence, whether a numeral."""

    page: RawPage
    confidences: list[tuple[PieceBox, float, bool]]
    confidence: float


def read_picture(
    engine: Engine, pixels: Pixels, dpi: int, blank: RawPage, *, seconds: float = 60.0
) -> Reading:
    """Return what the engine reads on the picture of a page, whichever way up it lies.

    `blank` gives the page's number and size. Raises TimeoutError, OSError.
    """
    first = 1 if runs_down(pixels, dpi) else 0
    best: tuple[float, int, Prepared, list[list[Word]]] | None = None
    for turns in (first, first + 2, 1 - first, 3 - first):
        ready = prepare_picture(np.rot90(pixels, turns), dpi)
        lines = _read_lines(engine, ready, seconds)
        quality = _judge(lines)
        if best is None or quality > best[0]:
            best = (quality, turns, ready, lines)
        if quality > 0.5 or sum(map(len, lines)) < 10:
            break
    assert best is not None
    _, turns, ready, lines = best
    frame = Frame(turns, blank.width, blank.height, ready.skew) if turns or ready.skew else None
    return _build_page(ready, lines, blank, frame)


def _read_lines(engine: Engine, ready: Prepared, seconds: float) -> list[list[Word]]:
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
    texts = [_text_of(word).strip(".,;:()") for word in line]
    good = sum(text.isdigit() or is_syllable(text) for text in texts)
    least = min(char.confidence for word in line for char in word)
    if len(texts) < 3:
        return good == len(texts) and least > 0.95 and any(len(text) > 1 for text in texts)
    return 3 * good >= 2 * len(texts) and least > 0.8


def _holds_words(lines: Sequence[Sequence[Word]]) -> bool:
    """Return whether a cell read in full holds a Vietnamese word: `Quý I/2024` is no figure."""
    words = [_text_of(word) for line in lines for word in line if all(c.confidence > 0.5 for c in word)]
    return any(len(text) > 1 and text.isalpha() and is_syllable(text) for text in words)


def _judge(lines: Sequence[Sequence[Word]]) -> float:
    """Return the share of words that are surely read and Vietnamese, or figures (0 to 1)."""
    words = [word for line in lines for word in line if len(word) > 1]
    good = 0
    for word in words:
        text = _text_of(word).strip(".,;:()\"'“”")
        if min(char.confidence for char in word) > 0.5:
            good += (text.isalpha() and is_syllable(text)) or text.replace(".", "").replace(",", "").isdigit()
    return good / len(words) if words else 0.0


def _text_of(word: Word) -> str:
    return unicodedata.normalize("NFC", "".join(char.text for char in word))


def _build_page(
    ready: Prepared, lines: Sequence[Sequence[Word]], blank: RawPage, frame: Frame | None
) -> Reading:
    strips = [strip for line in lines for strip in _cut_line(line)]
    _level_sizes(strips, ready.dpi)
    for strip in strips:
        strip.words = [
            fit_exponents(part, strip.size, strip.base, ready)
            for word in join_torn(strip.words, strip.size, ready)
            for part in split_at_specks(
                mend_separators(mend_checkbox(word, strip.size, ready), strip.size, ready),
                strip.size,
                strip.base,
                ready,
            )
        ]
    _drop_dust(strips, ready)
    _drop_accents(strips)
    scale = 72 / ready.dpi
    page = RawPage(blank.number, blank.width, blank.height, frame)
    confidences: list[tuple[PieceBox, float, bool]] = []
    parts: list[str] = []
    at = 0
    styles: dict[float, Style] = {}
    strips = [strip for strip in strips if strip.words]
    texts = [[mend_tone(_text_of(word)) for word in strip.words] for strip in strips]
    texts = [
        mend_compounds(mend_lookalikes(mend_case(strip.words, words, strip.size)))
        for strip, words in zip(strips, texts, strict=True)
    ]
    labels = mend_labels(texts)
    unlikely = find_unlikely(_NUMERAL.findall("\n".join(" ".join(words) for words in texts)))
    for strip, words, label in zip(strips, texts, labels, strict=True):
        chars: list[Char] = []
        text = ""
        for word, read in zip(strip.words, [label, *words[1:]], strict=True):
            if text:
                text += " "
                chars.append(word[0])
            owners = [char for char in word for _ in unicodedata.normalize("NFC", char.text)]
            text += read
            chars.extend(owners[: len(read)])
        for start, end in _find_pieces(text, chars, strip):
            piece = chars[start:end]
            raised = text[start:end].isdigit() and _is_raised(piece, strip)
            size = round((0.6 if raised else 1.0) * strip.size * scale, 1)
            box = _box_of(piece, strip, raised=raised)
            box = (box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale)
            page.starts.append(at + start)
            page.ends.append(at + end)
            page.boxes.append(box)
            page.styles.append(styles.setdefault(size, Style("", size, False, False)))
            shown = frame.to_shown(box) if frame is not None else box
            sure = min(char.confidence for char in piece)
            if text[start:end] in unlikely:
                sure *= _UNLIKELY
            confidences.append((shown, sure, text[start].isdigit()))
        parts.append(text)
        at += len(text) + 2
    page.text = "\r\n".join(parts)
    page.rulings = [(x0 * scale, y0 * scale, x1 * scale, y1 * scale) for x0, y0, x1, y1 in ready.rulings]
    all_sure = [char.confidence for strip in strips for word in strip.words for char in word]
    return Reading(page, confidences, round(sum(all_sure) / len(all_sure), 3) if all_sure else 0.0)


def _find_pieces(text: str, chars: Sequence[Char], strip: _Strip) -> list[tuple[int, int]]:
    """Return the pieces of a strip's text, a raised mark at a numeral's end cut from it."""
    pieces: list[tuple[int, int]] = []
    for match in PIECE.finditer(text):
        start, end = match.span()
        cut = end
        while cut - 1 > start and text[cut - 1].isdigit() and _is_raised(chars[cut - 1 : cut], strip):
            cut -= 1
        pieces.append((start, cut))
        if cut < end:
            pieces.append((cut, end))
    return pieces


def _is_raised(chars: Sequence[Char], strip: _Strip) -> bool:
    tall = max(char.bottom - char.top for char in chars)
    low = max(char.bottom for char in chars)
    return tall < 0.8 * _CAP_HEIGHT * strip.size and low < strip.base - 0.2 * strip.size


def _box_of(chars: Sequence[Char], strip: _Strip, *, raised: bool) -> PieceBox:
    """Return the box of a piece: as wide as its ink, as high as the type, as in a text layer."""
    x0, x1 = min(char.x0 for char in chars), max(char.x1 for char in chars)
    if raised:
        return (x0, min(char.top for char in chars), x1, max(char.bottom for char in chars))
    return (x0, strip.base - _ASCENT * strip.size, x1, strip.base + _DESCENT * strip.size)


def _cut_line(line: Sequence[Word]) -> list[_Strip]:
    """Return the parts of a line between wide gaps, each with its own size and baseline."""
    rough = median([max(c.bottom for c in word) - min(c.top for c in word) for word in line])
    strips: list[list[Word]] = []
    right = 0
    for word in line:
        if strips and word[0].x0 - right <= _GAP_IN_EMS * 1.1 * rough:
            strips[-1].append(word)
        else:
            strips.append([word])
        right = max(char.x1 for char in word)
    return [_Strip(words, _measure_size(words), _measure_base(words)) for words in strips]


def _measure_size(words: Sequence[Word]) -> float:
    """Return the type size in pixels from the heights of letters without marks; 0 if there are none."""
    sizes = [
        (char.bottom - char.top) / (_X_HEIGHT if char.text in _X_LETTERS else _CAP_HEIGHT)
        for word in words
        for char in word
        if char.text in _X_LETTERS or char.text in _TALL
    ]
    return median(sizes) if sizes else 0.0


def _measure_base(words: Sequence[Word]) -> float:
    bottoms = [
        char.bottom for word in words for char in word if char.text.isalnum() and char.text not in _HANGING
    ]
    return median(bottoms or [max(char.bottom for char in word) for word in words])


def _level_sizes(strips: Sequence[_Strip], dpi: int) -> None:
    """Give strips of nearly the page's usual size just that size."""
    half = dpi / 144
    sizes: Counter[int] = Counter()
    for strip in strips:
        if strip.size:
            sizes[round(strip.size / half)] += sum(len(word) for word in strip.words)
    mode = max(sizes, key=lambda key: sum(sizes[key + near] for near in (-1, 0, 1)), default=24)
    usual = mode * half
    for strip in strips:
        letters = sum(len(word) for word in strip.words)
        near = abs(strip.size - usual) < 0.09 * usual
        if near or not strip.size or (letters < 4 and strip.size < 1.3 * usual):
            strip.size = usual
        else:
            strip.size = max(1, round(strip.size / half)) * half


def _drop_dust(strips: Sequence[_Strip], ready: Prepared) -> None:
    """Take out what dust, rules and scribbles were read as: marks alone, unsure letters in margins."""
    wide = [s for s in strips if sum(len(word) for word in s.words) >= 20]
    left = min((s.words[0][0].x0 for s in wide), default=0)
    right = max((s.words[-1][-1].x1 for s in wide), default=ready.grey.shape[1])
    for strip in strips:
        words = strip.words
        tail = len(words)
        while tail and set(_text_of(words[tail - 1])) <= _DUST:
            tail -= 1
        if len(words) - tail > 1 and not all(set(_text_of(word)) <= _LEADERS for word in words[tail:]):
            del words[tail:]  # a row of dashes and points is no text
        while words and _is_loose_mark(words, 0, strip.size):
            del words[0]
        while len(words) > 1 and _is_loose_mark(words, len(words) - 1, strip.size):
            del words[-1]
        strip.words = words = [
            _trim(word)
            for i, word in enumerate(words)
            if i == 0 or len(word) > 1 or word[0].text not in "|_'`~^\\" or word[0].confidence > 0.9
        ]
        if not words:
            continue
        letters = [char for word in words for char in word]
        sure = sum(char.confidence for char in letters) / len(letters)
        outside = words[-1][-1].x1 < left or words[0][0].x0 > right
        if sure < (0.75 if outside else 0.45) and len(letters) <= (4 if not outside else 8):
            strip.words = []


def _trim(word: Word) -> Word:
    """Return a word without specks read as marks before its first letter or digit."""
    at = next((i for i, char in enumerate(word) if char.text not in _STRAY), 0)
    return word[at:] if at < 3 and word[at].text.isalnum() else word


def _drop_accents(strips: Sequence[_Strip]) -> None:
    """Take out lines that are the accents of the line below them, which the engine read once more."""
    boxes = [_surround(strip) for strip in strips]
    for strip, (x0, top, x1, bottom) in zip(strips, boxes, strict=True):
        if not strip.words or _judge([strip.words]) > 0.3:
            continue
        letters = sum(len(word) for word in strip.words)
        for other, (left, high, right, low) in zip(strips, boxes, strict=True):
            across = min(x1, right) - max(x0, left)
            down = min(bottom, low) - max(top, high)
            longer = sum(len(word) for word in other.words) > letters
            if longer and across > 0.5 * (x1 - x0) and down > 0.25 * (bottom - top):
                strip.words = []
                break


def _surround(strip: _Strip) -> tuple[int, int, int, int]:
    chars = [char for word in strip.words for char in word]
    return (
        min((c.x0 for c in chars), default=0), min((c.top for c in chars), default=0),
        max((c.x1 for c in chars), default=0), max((c.bottom for c in chars), default=0),
    )  # fmt: skip


def _is_loose_mark(words: Sequence[Word], at: int, size: float) -> bool:
    """Return whether the first or last word of a strip is a mark that belongs to nothing."""
    word = words[at]
    text = _text_of(word)
    if not set(text) <= _DUST or len(word) > 2:
        return False
    if len(words) == 1:
        # A dash in a cell says "none"; it is a stroke, level and dark.
        width = word[-1].x1 - word[0].x0
        height = max(c.bottom for c in word) - min(c.top for c in word)
        return not (text in "-–—" and width > 2 * height and width > 0.15 * size and word[0].confidence > 0.6)
    if at == 0:
        return text not in _BULLETS or word[0].confidence < 0.3
    gap = word[0].x0 - words[at - 1][-1].x1
    return gap > 0.2 * size and text not in ("-", "–", "…", "%")
