"""Numerals with what follows them, before ranges and fractions are joined: labels, cells and gaps seen to."""

from __future__ import annotations

from decimal import Decimal

import msgspec
from msgspec.structs import replace

from docanalyze.core.interval import EXACT, HALF, ONE, decimal_step
from docanalyze.lexicon import Lexicon
from docanalyze.tag import labels
from docanalyze.tag.number_words import scan_words
from docanalyze.tag.numerals import SPACES, Numeral, parse_numeral, scan_numerals
from docanalyze.tag.tails import Tail, read_tail

_ROW_END = ("\t", "\n", "\r", "")
_CELL_END = frozenset((*_ROW_END, ")"))
SIGNS = ("+", "-", "\u2212", "\u2013")


class Piece(msgspec.Struct, frozen=True, gc=False):
    """A numeral with its tail and number; `grade`: how much of a label it is, `alone`: it fills a cell."""

    numeral: Numeral
    tail: Tail
    grade: int
    number: Decimal
    ambiguous: Decimal | None
    step: Decimal
    alone: bool = False
    negative: bool = False


def read_pieces(text: str, lexicon: Lexicon) -> list[Piece]:
    """Return the numerals of a text that may be figures, in order, those in words too."""
    scan = scan_numerals(text)
    numerals = sorted([*scan.numerals, *scan_words(text, lexicon)])
    pieces: list[Piece] = []
    before: tuple[Numeral, int] | None = None
    formulas = labels.find_row_formulas(text)
    formula = 0
    for at, numeral in enumerate(numerals):
        while formula < len(formulas) and formulas[formula][1] <= numeral.start:
            formula += 1
        if formula < len(formulas) and formulas[formula][0] < numeral.start:
            before = None
            continue
        if text[numeral.end : numeral.end + 1] in _CELL_END and _opens_cell(text, numeral):
            # Alone in a table cell there are no words that could say more of it.
            before = None
            if numeral.reading is not None:
                pieces.append(_read_cell(numeral, proven=scan.proves(numeral)))
            continue
        slash = text[numeral.start - 1 : numeral.start] == "/" if numeral.start else False
        last = pieces[-1].tail if pieces else None
        if slash and last is not None and numeral.start < last.end:
            continue  # the divisor of the figure before: `8 bác sĩ/10.000 dân`
        if slash and last is not None and last.kind != "none" and last.end == numeral.start - 1:
            grade = labels.FREE  # `12 vụ/25 bị can`, `2.345 tỷ/5.000 tỷ`: two figures
        else:
            grade = labels.grade_label(text, numeral, before, lexicon, english=scan.profile == "en")
        before = (numeral, grade)
        if numeral.reading is None:
            continue
        # A slash may still make the two halves of a fraction.
        if grade == labels.CODE and not slash and text[numeral.end : numeral.end + 1] != "/":
            if (loss := _read_loss(text, numeral, lexicon)) is not None:
                pieces.append(loss)
            continue
        tail = read_tail(text, numeral.end, lexicon, fraction=slash)
        number, ambiguous = numeral.reading.number, numeral.reading.ambiguous
        if ambiguous is not None:
            number, ambiguous = _decide(number, ambiguous, tail, proven=scan.proves(numeral))
        if tail.kind == "none" and text[numeral.end : numeral.end + 1].isalpha():
            grade = labels.CODE
        if at and ambiguous is None and numeral.start - numerals[at - 1].end == 2:
            gap = text[numeral.start - 2 : numeral.start]
            if gap == ", ":
                ambiguous = _bridge_comma(text, numerals[at - 1], numeral, tail)
            elif gap == ". " and numeral.end - numeral.start == 3 and tail.kind != "none":
                ambiguous = _bridge_gap(text, numerals[at - 1], numeral)  # `1. 300 tỷ đồng`
        if at and numeral.start - numerals[at - 1].end == 1 and text[numeral.start - 1] in SPACES:
            # `1 66,9 tỷ`: a gap inside a printed number rather than two numbers
            grade = max(grade, labels.WEAK)
            ambiguous = _bridge_gap(text, numerals[at - 1], numeral) if ambiguous is None else ambiguous
            if text[numerals[at - 1].start] == "0" and numerals[at - 1].end - numerals[at - 1].start > 2:
                grade = labels.CODE  # `0912 345 678`: a telephone number
            before = (numeral, grade)
            if pieces and pieces[-1].numeral is numerals[at - 1]:
                pieces[-1] = replace(pieces[-1], grade=max(pieces[-1].grade, labels.WEAK))
        step = decimal_step(number)
        if tail.half:
            number, step = EXACT.add(number, HALF), Decimal("0.1")
        pieces.append(Piece(numeral, tail, grade, number, ambiguous, step))
    return pieces


def _opens_cell(text: str, numeral: Numeral) -> bool:
    """Return whether a cell of a row begins at the numeral, with a sign or bracket of its own or not."""
    before = text[max(0, numeral.start - 2) : numeral.start]
    bracket = text[numeral.end : numeral.end + 1] == ")"
    if before[-1:] == "\t":
        return not bracket
    if bracket:
        return before == "\t(" and text[numeral.end + 1 : numeral.end + 2] in _ROW_END
    return before[:1] == "\t" and before[1:] in SIGNS


def _read_loss(text: str, numeral: Numeral, lexicon: Lexicon) -> Piece | None:
    """Return the figure in brackets of `lỗ (1.234) triệu đồng`, None if brackets hold a label."""
    start, end = numeral.start, numeral.end
    if text[start - 1 : start] != "(" or text[end : end + 1] != ")" or text[start:end].isdigit():
        return None
    tail = read_tail(text, end + 1, lexicon)
    if tail.kind not in ("money", "percent") or numeral.reading is None:
        return None
    number = numeral.reading.number
    bracketed = numeral._replace(start=start - 1, end=end + 1)
    return Piece(bracketed, tail, labels.FREE, number, None, decimal_step(number), negative=True)


def _read_cell(numeral: Numeral, *, proven: bool) -> Piece:
    assert numeral.reading is not None
    number, ambiguous = numeral.reading.number, numeral.reading.ambiguous
    if ambiguous is not None and (proven or not _has_decimals(number)):
        ambiguous = None
    tail = Tail("none", numeral.end)
    return Piece(numeral, tail, labels.FREE, number, ambiguous, decimal_step(number), True)


def _decide(
    number: Decimal, ambiguous: Decimal, tail: Tail, *, proven: bool
) -> tuple[Decimal, Decimal | None]:
    """Return the reading that the unit speaks for, and the other one where a doubt stays.

    People do not come in decimals and percentages hardly in thousands; a scale word or the other
    numerals of the text settle the rest.
    """
    decimals = number != number.to_integral_value()
    if tail.kind == "percent" and not decimals and number >= 1000:
        return number, ambiguous
    counted = tail.measure is not None and tail.measure.discrete and tail.scale is None
    if counted and _has_decimals(number):
        return (number, ambiguous) if proven else (ambiguous, number)
    if tail.scale is not None or proven or not _has_decimals(number):
        return number, None
    return number, ambiguous


def _bridge_comma(text: str, left: Numeral, right: Numeral, tail: Tail) -> Decimal | None:
    """Return the decimal that `10, 8 tỷ` may have been before a space slipped in; None if none."""
    first, last = text[left.start : left.end], text[right.start : right.end]
    fits = tail.kind == "percent" or (tail.scale is not None and tail.kind != "none")
    if not fits or not (first.isdigit() and last.isdigit() and len(first) <= 3 and len(last) <= 2):
        return None
    return Decimal(f"{first}.{last}")


def _bridge_gap(text: str, left: Numeral, right: Numeral) -> Decimal | None:
    """Return the number that the digits on both sides of a gap make, None if they make none."""
    first, last = text[left.start : left.end], text[right.start : right.end]
    if left.spelled or right.spelled or not first.isdigit() or len(first) > 3:
        return None
    joined = parse_numeral(first + last)
    return None if joined is None else joined.number


def _has_decimals(number: Decimal) -> bool:
    if number.same_quantum(ONE):
        return False
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and exponent < 0
