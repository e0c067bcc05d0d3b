"""Figures: a numeral with what follows it, ranges and fractions joined; the taggers share this one pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

import msgspec

from docanalyze.core.interval import EXACT, ONE, tidy_number
from docanalyze.lexicon import Lexicon
from docanalyze.tag import labels
from docanalyze.tag.hedges import split_left
from docanalyze.tag.numerals import SPACES
from docanalyze.tag.pieces import SIGNS, Piece, read_pieces
from docanalyze.tag.tails import Kind, Tail

_TO = re.compile(rf"[{SPACES}]?(?:[-\u2010-\u2015\u2212~\u00f7]|->)[{SPACES}]?\n?|\s(?:đến|tới)\s")
_ADDED = re.compile(rf"[{SPACES}]{{1,2}}")
_NOT_A_SPAN = re.compile(rf"[{SPACES}\n]{{1,3}}(?:[0-9]|đầu|cuối|năm\b|qua\b|tới\b|gần đây)", re.IGNORECASE)
_PART_OF = re.compile(rf"[{SPACES}](?:hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười|trăm|nghìn)(?!\w)")
_NO_PART = ("ngày", "tháng", "số", "số:", "thứ", "hạng", "vị trí")  # dates, documents, places in a row
_LAST_DAY = 31
_ROW_AFTER = re.compile(r"\s?[-–]\s?\d+(?:[.,]\d+)?\s?%")
_ROW_BEFORE = re.compile(rf"%[{SPACES}]?[-\u2010-\u2015\u2212][{SPACES}]?$")


class Figure(msgspec.Struct, frozen=True, gc=False):
    """A printed figure from its first digit to the end of its unit.

    `number` is unsigned and as printed, None for a range (then `low` and `high`); `amount` is
    number x scale, `step` one unit of the last printed place, in the same unit. `grade` says how
    much of a label its digits are; `alone` that they fill a table cell.
    """

    start: int
    end: int
    tail: Tail
    grade: int
    number: Decimal | None
    low: Decimal
    high: Decimal
    step: Decimal
    scale: Decimal
    ambiguous: Decimal | None = None
    spelled: bool = False
    denominator: Decimal | None = None
    signed: str = ""
    alone: bool = False

    @property
    def kind(self) -> Kind:
        """What the figure is by the words after it."""
        return self.tail.kind


@lru_cache(maxsize=2)
def find_figures(text: str, lexicon: Lexicon) -> tuple[Figure, ...]:
    """Return every figure of `text` in order, what is only a label left out.

    The last texts are remembered, so that taggers called one after the other share the work.
    """
    return tuple(_join_pieces(text, read_pieces(text, lexicon), lexicon))


_PERCENT_NEXT = re.compile(r"[^\d.;\n]{0,60}?(?<!\d)\d{1,4}(?:[.,]\d{1,2})? ?%")


def _join_pieces(text: str, pieces: list[Piece], lexicon: Lexicon) -> Iterator[Figure]:
    at, clock = 0, -1
    while at < len(pieces):
        piece = pieces[at]
        if piece.alone:
            at += 1
            yield _single(text, piece)
            continue
        following = pieces[at + 1] if at + 1 < len(pieces) else None
        figure: Figure | None = None
        if following is not None and following.numeral.start - piece.tail.end <= 6:
            third = pieces[at + 2] if at + 2 < len(pieces) else None
            figure = (
                _join_fraction(text, piece, following)
                or _join_range(text, piece, following)
                or _join_sum(text, piece, following, third)
            )
        if figure is not None:
            used = at + 1
            while used < len(pieces) and pieces[used].numeral.start < figure.end:
                used += 1
            at = used
        else:
            at += 1
            spelled = piece.numeral.spelled
            if piece.grade == labels.CODE or (spelled and not _reads_as_number(text, piece, lexicon)):
                continue
            figure = _single(text, piece)
        if figure.kind == "quantity":
            if figure.tail.unit in ("giờ", "phút") and _is_time_of_day(text, figure, clock, lexicon):
                clock = figure.end
                continue
            if not _is_counted(text, figure, lexicon):
                continue
        yield figure


def _single(text: str, piece: Piece) -> Figure:
    if piece.alone:
        before = text[piece.numeral.start - 1]
        signed = "+" if before == "+" else "(" if before == "(" else "-" if before in SIGNS else ""
        return Figure(
            piece.numeral.start, piece.numeral.end, piece.tail, piece.grade, piece.number, piece.number,
            piece.number, piece.step, ONE, piece.ambiguous, signed=signed, alone=True,
        )  # fmt: skip
    scale = piece.tail.scale or ONE
    sign = text[piece.numeral.start - 1 : piece.numeral.start] if piece.numeral.start else ""
    return Figure(
        piece.numeral.start, piece.tail.end, piece.tail, piece.grade, piece.number, piece.number,
        piece.number, _times(piece.step, scale), scale, piece.ambiguous, piece.numeral.spelled,
        signed="(" if piece.negative else _read_sign(text, piece.numeral.start, sign),
    )  # fmt: skip


def _read_sign(text: str, start: int, sign: str) -> str:
    """Return `+` or `-` where a sign is glued to the digits and is no dash or bullet."""
    if sign not in SIGNS:
        return ""
    before = text[start - 2] if start > 1 else " "
    return ("+" if sign == "+" else "-") if before in SPACES + "\n\t(:;/," else ""


def _join_fraction(text: str, piece: Piece, following: Piece) -> Figure | None:
    """Return `27/63 tỉnh` as one figure; None where the slash belongs to a date or a document number."""
    start, end, tail = piece.numeral.start, piece.numeral.end, following.tail
    if text[end : following.numeral.start] not in ("/", "/ ") or tail.kind not in ("quantity", "money"):
        return None
    measured = tail.kind == "money" or (tail.measure is not None and not tail.measure.discrete)
    if not measured and (piece.step < 1 or following.step != 1):
        return None
    if labels.is_year(text, following.numeral) or not following.number or piece.tail.kind != "none":
        return None
    before = text[start - 1] if start else " "
    if before.isalpha() or before in "/-" or text[following.numeral.end : following.numeral.end + 1] == "/":
        return None
    if tail.measure is not None and tail.measure.duration:
        return None
    exceeded = (measured and piece.number > _LAST_DAY) or _is_exceeded(text, piece, following)
    exceeded = exceeded or _is_changed(text, piece, following)
    if piece.number > following.number and not exceeded:
        return None
    left = text[max(0, start - 8) : start].rstrip().lower()
    if left.endswith(_NO_PART) and not left.endswith("tổng số"):
        return None
    scale = tail.scale or ONE
    return Figure(
        start, tail.end, tail, labels.FREE, piece.number, piece.number, piece.number,
        _times(piece.step, scale), scale, denominator=following.number,
    )  # fmt: skip


def _is_exceeded(text: str, piece: Piece, following: Piece) -> bool:
    """Return whether `1.250/1.200 người, đạt 104,2%` is more than a whole: no day, with a percentage."""
    if piece.number <= _LAST_DAY and following.number <= 12:
        return False
    return _PERCENT_NEXT.match(text, following.tail.end) is not None


def _is_changed(text: str, piece: Piece, following: Piece) -> bool:
    """Return whether `tăng 93 vụ (206/113 vụ)` are the counts after and before a change."""
    before = text[max(0, piece.numeral.start - _REACH) : piece.numeral.start]
    if _GROWTH_BEFORE.search(before):
        return True
    found = _CHANGE_BEFORE.search(before)
    return found is not None and found[1].strip() == (following.tail.unit or "")


_REACH = 40
_CHANGE_BEFORE = re.compile(r"(?:tăng|giảm|(?:nhiều|ít|cao|thấp) hơn) \d[\d.,]* ([^\d().,;]{1,25})\($")
_GROWTH_BEFORE = re.compile(r"(?:tăng|giảm|(?:nhiều|ít|cao|thấp) hơn) \d[\d.,]* ?% ?\($")
"""`tăng 12,5% (27/24 vụ)`."""
_CHANGED_FROM = re.compile(r"\d ?% ?\(?(?:tăng |giảm )?từ (?:hơn |gần |trên |khoảng |xấp xỉ )?$")
"""`tăng 26% (từ 4,2 triệu tấn đến 5,3 triệu tấn)`: the levels before and after a change are no range."""


def _join_range(text: str, piece: Piece, following: Piece) -> Figure | None:
    """Return `65-70 USD/thùng` as one figure; None if the two are no range."""
    first, last = piece.tail, following.tail
    # Between two figures of a range the first may have its own unit or leave it to the second.
    if not _TO.fullmatch(text[first.end : following.numeral.start]):
        return None
    if piece.grade >= labels.STRONG or following.grade == labels.CODE:
        return None
    if first.kind != "percent" and _CHANGED_FROM.search(
        text, max(0, piece.numeral.start - 40), piece.numeral.start
    ):
        return None
    # `38,26% - 28,71% - 33,03%` is a row of figures, not a range
    if first.kind == "percent" and _ROW_BEFORE.search(
        text, max(0, piece.numeral.start - 5), piece.numeral.start
    ):
        return None
    if last.kind == "percent" and _ROW_AFTER.match(text, last.end):
        return None
    if labels.is_year(text, piece.numeral) and labels.is_year(text, following.numeral):
        return None
    if first.kind == "none":
        scale = last.scale or Decimal(1)
        first_scale = scale
    elif first.kind == last.kind or (first.kind == "scaled" and last.kind in ("money", "quantity")):
        if first.kind != "scaled" and (first.sign, first.currency, first.unit, first.per) != (
            last.sign, last.currency, last.unit, last.per,
        ):  # fmt: skip
            return None
        scale, first_scale = last.scale or Decimal(1), first.scale or Decimal(1)
    else:
        return None
    if last.kind == "none" and (piece.grade or following.grade or labels.is_year(text, following.numeral)):
        return None
    low = EXACT.divide(EXACT.multiply(piece.number, first_scale), scale)
    if low >= following.number:
        return None
    step = min(_times(piece.step, first_scale), _times(following.step, scale))
    return Figure(
        piece.numeral.start, last.end, last, piece.grade, None, low, following.number, step, scale,
        spelled=piece.numeral.spelled and following.numeral.spelled,
    )  # fmt: skip


def _join_sum(text: str, piece: Piece, following: Piece, third: Piece | None) -> Figure | None:
    """Return `1 tỷ 250 triệu đồng` as one figure; None if the second does not add to the first."""
    if piece.tail.kind != "scaled" or piece.grade == labels.CODE or piece.tail.scale is None:
        return None
    parts = [piece, following]
    if following.tail.kind == "scaled" and third is not None:
        parts.append(third)
    total, scale, step, end = piece.number, piece.tail.scale, piece.step, piece.tail.end
    above, last = scale, piece.tail
    for part in parts[1:]:
        part_scale = part.tail.scale or Decimal(1)
        glued = _ADDED.fullmatch(text[end : part.numeral.start])
        if not glued or part.grade == labels.CODE or part_scale >= above or part.step != 1:
            break
        if EXACT.multiply(part.number, part_scale) >= above:
            break
        total = EXACT.add(total, EXACT.divide(EXACT.multiply(part.number, part_scale), scale))
        step, end, above, last = EXACT.divide(part_scale, scale), part.tail.end, part_scale, part.tail
    if last.kind not in ("money", "quantity"):
        return None
    return Figure(
        piece.numeral.start, end, last._replace(scale=scale), piece.grade, total, total, total,
        _times(step, scale), scale,
    )  # fmt: skip


def _reads_as_number(text: str, piece: Piece, lexicon: Lexicon) -> bool:
    """Return whether words such as `hai`, `năm`, `một` are a number here: only before a unit."""
    if piece.tail.kind in ("none", "scaled") and piece.tail.scale is None:
        return False
    careful = lexicon["number_words"]["careful"]
    word = text[piece.numeral.start : piece.numeral.end].lower()
    measured = piece.tail.kind in ("money", "percent") or piece.tail.scale is not None
    if word in careful["article"]:
        before = split_left(text, piece.numeral.start, reach=24)
        each = before[-1:] == ["trên"] and " ".join(before[:-1]).endswith(tuple(careful["before_each"]))
        return measured or (bool(before) and before[-1] in careful["before_one"] and not each)
    if piece.tail.unit == "phần" and _PART_OF.match(text, piece.tail.end):
        return False  # `ba phần tư`: a fraction in words
    if word in careful["year"]:
        left = text[max(0, piece.numeral.start - 12) : piece.numeral.start].split()
        return bool(left) and left[-1].lower() in careful["before_year"]
    return piece.tail.kind != "scaled"


def _is_counted(text: str, figure: Figure, lexicon: Lexicon) -> bool:
    """Return whether a number with a unit is a quantity and not a date, a period or a class name."""
    unit = figure.tail.measure
    if figure.grade >= labels.STRONG or unit is None:
        return False
    printed = text[figure.start : figure.end]
    name = figure.tail.unit or ""
    titled = printed[-len(name) :][:1].isupper() and not name[1:2].isupper()  # `TEU`, `MWh` are units
    if figure.grade == labels.WEAK and printed[0] != "0" and titled:
        return False  # a list of parts goes on: `các khoản 3, 4, 5 Điều 13`
    if unit.duration and _NOT_A_SPAN.match(text, figure.end) and figure.tail.unit in ("tháng", "năm", "ngày"):
        return False
    return not (unit.class_name and labels.is_class_name(text, figure.start, lexicon))


def _is_time_of_day(text: str, figure: Figure, clock: int, lexicon: Lexicon) -> bool:
    """Return whether the figure is an hour of the day or the minutes after one, which ends at `clock`."""
    if figure.tail.per is not None:
        return False
    if figure.tail.unit == "phút":
        return figure.start - 2 <= clock
    return figure.high <= 24 and labels.is_clock_time(text, figure.start, figure.end, lexicon)


def _times(number: Decimal, factor: Decimal) -> Decimal:
    return tidy_number(EXACT.multiply(number, factor))
