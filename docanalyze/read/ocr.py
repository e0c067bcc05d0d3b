"""A page's picture -> the same pieces that a text layer gives, through Tesseract.

What was read is put right by what stands beside it and by its ink; dust that was read as marks is left
out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from docanalyze.read.checkboxes import mend_checkbox
from docanalyze.read.compounds import mend_compounds
from docanalyze.read.dust import drop_accents, drop_dust
from docanalyze.read.exponents import fit_exponents
from docanalyze.read.labels import mend_labels
from docanalyze.read.letter_case import mend_case
from docanalyze.read.lookalikes import mend_lookalikes
from docanalyze.read.picture import Pixels, Prepared, prepare_picture, runs_down
from docanalyze.read.pieces import PIECE
from docanalyze.read.placement import Frame, PieceBox
from docanalyze.read.raw_page import RawPage, Style
from docanalyze.read.recognised import judge_words, recognise_lines
from docanalyze.read.separators import join_torn, mend_separators
from docanalyze.read.specks import split_at_specks
from docanalyze.read.sureness import find_unlikely
from docanalyze.read.syllables import mend_tone
from docanalyze.read.tesseract import Char, Engine, Word
from docanalyze.read.word_strips import WordStrip, box_of, cut_words, is_raised, level_sizes, text_of

_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
_UNLIKELY = 0.5
"""How far a figure unlike the others of its page is trusted."""


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
        lines = recognise_lines(engine, ready, seconds)
        quality = judge_words(lines)
        if best is None or quality > best[0]:
            best = (quality, turns, ready, lines)
        if quality > 0.5 or sum(map(len, lines)) < 10:
            break
    assert best is not None
    _, turns, ready, lines = best
    frame = Frame(turns, blank.width, blank.height, ready.skew) if turns or ready.skew else None
    return _build_page(ready, lines, blank, frame)


def _build_page(
    ready: Prepared, lines: Sequence[Sequence[Word]], blank: RawPage, frame: Frame | None
) -> Reading:
    strips = [strip for line in lines for strip in cut_words(line)]
    level_sizes(strips, ready.dpi)
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
    drop_dust(strips, ready.grey.shape[1])
    drop_accents(strips)
    scale = 72 / ready.dpi
    page = RawPage(blank.number, blank.width, blank.height, frame)
    confidences: list[tuple[PieceBox, float, bool]] = []
    parts: list[str] = []
    at = 0
    styles: dict[float, Style] = {}
    strips = [strip for strip in strips if strip.words]
    texts = [[mend_tone(text_of(word)) for word in strip.words] for strip in strips]
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
            raised = text[start:end].isdigit() and is_raised(piece, strip)
            size = round((0.6 if raised else 1.0) * strip.size * scale, 1)
            box = box_of(piece, strip, raised=raised)
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


def _find_pieces(text: str, chars: Sequence[Char], strip: WordStrip) -> list[tuple[int, int]]:
    """Return the pieces of a strip's text, a raised mark at a numeral's end cut from it."""
    pieces: list[tuple[int, int]] = []
    for match in PIECE.finditer(text):
        start, end = match.span()
        cut = end
        while cut - 1 > start and text[cut - 1].isdigit() and is_raised(chars[cut - 1 : cut], strip):
            cut -= 1
        pieces.append((start, cut))
        if cut < end:
            pieces.append((cut, end))
    return pieces
