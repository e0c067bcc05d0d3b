"""Running heads, page numbers, footnotes, letterhead and signature: told apart from the body.

They are labelled, never thrown away. Everything here looks at whole lines and their places.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from docanalyze.core.document import BlockKind
from docanalyze.lexicon.forms import form_pattern
from docanalyze.read.lines import SUPERSCRIPTS, Line, slice_line
from docanalyze.read.markers import is_capitals, is_type_line
from docanalyze.read.placement import PieceBox

_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:[Tt]rang\s*)?(\d{1,4})(?:\s*/\s*\d{1,4})?\s*[-–—]*\.?$")
_DIGITS = re.compile(r"\d+")
_MOTTO = form_pattern("<motto>")
_BODY = form_pattern(r"<body>\b", re.IGNORECASE)
_MOTTO_LINE = form_pattern("<motto_line>")
_PLACE_DATE = re.compile(r"ngày\s*[\d.…\s]*\s*tháng\s*[\d.…\s]*\s*năm", re.IGNORECASE)
_NUMBER_LINE = re.compile(r"Số\s*:?\s*[\d.…\s]*\s*[/-]")
_LATE_NUMBER = re.compile(r"Số\s*:\s*\d+\s*[/-]")
_RECIPIENTS = form_pattern("<recipients>")
_AUTHORITY = form_pattern(r"<authority>\s*\.?\s+[A-ZĐÀ-Ỹ]")
_APPENDIX = re.compile(r"(?:PHỤ LỤC|Phụ lục|BIỂU)\b")
_NOTE_START = re.compile(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]+|\d{1,3}(?=\s*[^\W\d_])|\(\d{1,2}\)|\*{1,3})\s*\S")
_EDGE = 0.12
_SIGNATURE_LEFT = 0.38
_SMALLER = 1.6
"""Points by which the list of recipients may be smaller than the line above it."""


def find_running_lines(pages: Sequence[tuple[float, list[Line]]]) -> list[dict[int, BlockKind]]:
    """Return for each page (height, lines) which of its lines are header, footer or page number.

    A header repeats, digits aside, at the same height on several pages; a page number is a number
    alone at the edge of a page.
    """
    seen: Counter[tuple[str, int]] = Counter()
    candidates: list[list[tuple[int, tuple[str, int], bool]]] = []
    for height, lines in pages:
        found = []
        for index in _edge_lines(height, lines):
            line = lines[index]
            at_top = line.middle < height / 2
            key = (_DIGITS.sub("#", line.text), round((line.middle if at_top else height - line.middle) / 6))
            found.append((index, key, at_top))
        for key in {key for _, key, _ in found}:
            seen[key] += 1
        candidates.append(found)
    numbers = [
        _find_numbers(height, lines, [i for i, _, _ in found])
        for (height, lines), found in zip(pages, candidates, strict=True)
    ]
    steps = Counter(number - at for at, found in enumerate(numbers) for _, number in found)
    needed = max(2, min(5, round(0.2 * len(pages))))
    result: list[dict[int, BlockKind]] = []
    for at, ((_, lines), found) in enumerate(zip(pages, candidates, strict=True)):
        kinds: dict[int, BlockKind] = {}
        for place, number in sorted(numbers[at], key=lambda item: -steps[item[1] - at])[:1]:
            if steps[number - at] > 1 or number == at + 1 or _stands_apart(lines, place):
                kinds[place] = "page-number"
        for index, (text, level), at_top in found:
            # Figures alone that come back at one height are a table's.
            told = "#" not in text or any(char.isalpha() for char in text)
            if (
                index not in kinds
                and told
                and len(pages) > 1
                and sum(seen[text, level + shift] for shift in (-1, 0, 1)) >= needed
                and not (_runs_on(lines, index) if at_top else _ends_note(lines, index))
            ):
                kinds[index] = "header" if at_top else "footer"
        _add_beside(lines, kinds, [index for index, _, _ in found])
        result.append(kinds)
    _add_changing_heads(pages, result, needed)
    return result


def _runs_on(lines: list[Line], index: int) -> bool:
    """Return whether the sentence of a full line goes on in the next one: prose that begins alike."""
    right = max(line.x1 for line in lines)
    for line, below in zip(lines[index:], lines[index + 1 :], strict=False):
        if not _follows(line, below) or line.x1 < right - 2 * line.size:
            return False
        if below.text[:1].islower():
            return True
    return False


def _ends_note(lines: list[Line], index: int) -> bool:
    """Return whether a line belongs to a note with its raised mark: the last words of several are alike."""
    while not (marks := raise_label(lines[index]).marks) or marks[0][0] > 0:
        if index == 0 or not _follows(lines[index - 1], lines[index]):
            return False
        index -= 1
    return True


def _follows(line: Line, below: Line) -> bool:
    """Return whether two lines stand one below the other as in a paragraph, in one type."""
    size = max(line.size, 4.0)
    return abs(line.size - below.size) < 0.6 and 0.5 * size < below.middle - line.middle < 1.7 * size


def _add_beside(lines: list[Line], kinds: dict[int, BlockKind], found: Sequence[int]) -> None:
    """Add what stands at the height of a header or footer in its type: the chapter beside the number."""
    for index in found:
        line = lines[index]
        for other, kind in list(kinds.items()):
            level = abs(lines[other].middle - line.middle) < 3 and abs(lines[other].size - line.size) < 0.6
            if index not in kinds and level and kind != "page-number":
                kinds[index] = kind


def _add_changing_heads(
    pages: Sequence[tuple[float, list[Line]]], result: Sequence[dict[int, BlockKind]], needed: int
) -> None:
    """Add heads whose words change, as by chapter: small type at one height above most pages."""
    sizes: Counter[float] = Counter()
    for _, lines in pages:
        for line in lines:
            sizes[line.size] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    tops: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for at, (height, lines) in enumerate(pages):
        free = [i for i in range(len(lines)) if i not in result[at]]
        top = min(free, key=lambda i: lines[i].middle, default=None)
        if top is not None and lines[top].middle < _EDGE * height and lines[top].size <= 0.93 * body:
            place = (round(lines[top].middle / 3), round(lines[top].size * 2))
            tops.setdefault(place, []).append((at, top))
    for found in tops.values():
        if len(found) >= max(needed, 3, 0.6 * len(pages)):
            for at, top in found:
                result[at][top] = "header"


def _find_numbers(height: float, lines: list[Line], found: Sequence[int]) -> list[tuple[int, int]]:
    """Return which of a page's edge lines are a number alone, and the number; the outermost first."""
    numbers = [
        (min(lines[i].middle, height - lines[i].middle), i, int(match.group(1)))
        for i in found
        if (match := _PAGE_NUMBER.match(lines[i].text)) is not None
    ]
    return [number[1:] for number in sorted(numbers)]


def _stands_apart(lines: list[Line], index: int) -> bool:
    """Return whether a line at a page's edge is farther from the others than lines of a paragraph are."""
    line = lines[index]
    gaps = [abs(other.middle - line.middle) for i, other in enumerate(lines) if i != index]
    return not gaps or min(gaps) > 1.9 * max(line.size, 4.0)


def _edge_lines(height: float, lines: list[Line]) -> list[int]:
    top = [i for i, line in enumerate(lines) if line.middle < _EDGE * height]
    bottom = [i for i, line in enumerate(lines) if line.middle > (1 - _EDGE) * height]
    # Only the outermost two printed rows of an edge can be running heads.
    return _outer_rows(lines, top, reverse=False) + _outer_rows(lines, bottom, reverse=True)


def _outer_rows(lines: list[Line], indices: list[int], *, reverse: bool) -> list[int]:
    ordered = sorted(indices, key=lambda i: lines[i].middle, reverse=reverse)
    kept: list[int] = []
    rows = 0
    last: float | None = None
    for index in ordered:
        middle = lines[index].middle
        if last is None or abs(middle - last) > 4:
            rows += 1
            if rows > 2:
                break
        last = middle
        kept.append(index)
    return kept


def find_footnotes(
    lines: list[Line], *, body_size: float, height: float, rulings: Sequence[PieceBox]
) -> list[list[Line]]:
    """Return the footnotes at the foot of a page, each as its lines; empty if there are none.

    They are the last lines of the page, smaller than the body, the first starting with a mark; a
    short rule above them counts as proof where the size does not tell.
    """
    start = len(lines)
    while start > 0 and lines[start - 1].size <= 0.93 * body_size:
        start -= 1
    rule = _note_rule(lines, height, rulings)
    if rule is not None:
        start = next((i for i, line in enumerate(lines) if line.top >= rule - 2), len(lines))
    else:
        # Words side by side are cells of a table in smaller type.
        beside = [i for i in range(start + 1, len(lines)) if _are_side_by_side(lines[i - 1], lines[i])]
        start = beside[-1] + 1 if len(beside) > 1 else start
    while start < len(lines) and not _NOTE_START.match(lines[start].text):
        if rule is not None and lines[start].top >= rule - 2:
            break
        start += 1
    if start >= len(lines) or lines[start].middle < 0.3 * height:
        return []
    notes: list[list[Line]] = []
    for line in lines[start:]:
        if not notes or (
            _NOTE_START.match(line.text)
            and ((line.marks and line.marks[0][0] == 0) or not notes[-1][0].marks)
        ):
            notes.append([line])
        else:
            notes[-1].append(line)
    return notes


def _are_side_by_side(a: Line, b: Line) -> bool:
    return a.x1 < b.x0 and abs(a.middle - b.middle) < 0.3 * max(b.size, 4.0)


def raise_label(line: Line) -> Line:
    """Return a note's first line with its number raised where it is set plain and glued to the text.

    Office programs print `1Kế hoạch …` or `1320 tỷ đồng …`, the number a field of its own.
    """
    if not line.offsets or line.marks:
        return line
    end = line.offsets[1] - line.base
    label = line.text[:end]
    if not label.isdigit() or len(label) > 3 or not line.text[end : end + 1].isalnum():
        return line
    return replace(line, text=label.translate(SUPERSCRIPTS) + line.text[end:], marks=((0, end),))


def _note_rule(lines: list[Line], height: float, rulings: Sequence[PieceBox]) -> float | None:
    """Return the height of the short rule above the footnotes, if there is one."""
    if not lines:
        return None
    left = min(line.x0 for line in lines)
    found = [
        box[1]
        for box in rulings
        if box[3] - box[1] <= 2.5
        and 40 <= box[2] - box[0] <= 240
        and abs(box[0] - left) < 30
        and box[1] > 0.35 * height
        and any(line.top >= box[1] - 2 for line in lines)
    ]
    if len(found) != 1:
        return None
    first = next(line for line in lines if line.top >= found[0] - 2)
    return found[0] if _NOTE_START.match(first.text) else None


def find_letterhead(lines: list[Line], *, width: float, height: float) -> tuple[int, list[list[Line]]]:
    """Return how many of page 1's first lines are the letterhead, and its columns as line groups.

    The motto (`CỘNG HÒA XÃ HỘI …`, `ĐẢNG CỘNG SẢN VIỆT NAM`) marks the right column; a line in which
    PDFium ran the two columns together is cut before it. A company's letterhead has no motto: there
    the number and the place with the date, above the type of the paper, tell it.
    """
    at = next(
        (i for i, line in enumerate(lines) if line.middle < 0.35 * height and _MOTTO.search(line.text)), None
    )
    if at is not None:
        match = _MOTTO.search(lines[at].text)
        assert match is not None
        boundary = _left_of(lines[at], match.start()) - 2
    else:
        at = _find_number_above_type(lines, height)
        if at is None:
            return 0, []
        boundary = width / 2
    last = at
    for i in range(at, len(lines)):
        line = lines[i]
        if line.middle > 0.45 * height or line.middle - lines[last].middle > 60 or is_type_line(line.text):
            break
        # Blanks left for a number or a day part a line.
        row = " ".join(other.text for other in lines[at:] if abs(other.middle - line.middle) < 3)
        if _PLACE_DATE.search(row) or (_NUMBER_LINE.match(row) and line.x0 < width / 2):
            last = i
        elif i <= at + 1 or _MOTTO_LINE.match(line.text) or not line.text.strip("-–_* ."):
            last = max(last, i) if line.text.strip("-–_* .") else last
    # A stamp read as letters may make the line tall.
    foot = min(lines[last].bottom, lines[last].middle + 0.7 * max(lines[last].size, 4.0))
    count = sum(1 for line in lines if line.middle <= foot + 1)
    left: list[Line] = []
    right: list[Line] = []
    for line in sorted(lines[:count], key=lambda line: line.middle):
        before, after = _cut_columns(line, boundary, forced=_MOTTO.search(line.text) is not None)
        if before is not None:
            left.append(before)
        if after is not None:
            right.append(after)
    rows = _split_rows(right)
    while len(rows) > 1 and _MOTTO.search(rows[0][0].text) and is_capitals(rows[1][0].text):
        rows[:2] = [[*rows[0], *rows[1]]]  # a narrow column breaks the motto
    return count, [*_split_column(left), *rows]


def _split_rows(lines: list[Line]) -> list[list[Line]]:
    """Return the printed rows of a column; what a blank parts is one row."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and abs(rows[-1][0].middle - line.middle) < 3:
            rows[-1] = sorted([*rows[-1], line], key=lambda part: part.x0)
        else:
            rows.append([line])
    return rows


def _find_number_above_type(lines: list[Line], height: float) -> int | None:
    """Return the first line of a letterhead without a motto that holds the number or place and date."""
    top = [i for i, line in enumerate(lines) if line.middle < 0.35 * height]
    kind = next((i for i in top if is_type_line(lines[i].text)), None)
    found = [i for i in top if _NUMBER_LINE.match(lines[i].text) or _PLACE_DATE.search(lines[i].text)]
    return found[0] if kind is not None and found and found[0] < kind else None


def _cut_columns(line: Line, boundary: float, *, forced: bool) -> tuple[Line | None, Line | None]:
    """Return the parts of a line in the two columns; without a gap at the boundary it is one part."""
    before, after = cut_line(line, boundary)
    if before is None or after is None or forced or after.x0 - before.x1 > 0.6 * line.size:
        return before, after
    return (line, None) if (line.x0 + line.x1) / 2 < boundary else (None, line)


def _split_column(lines: list[Line]) -> list[list[Line]]:
    """Return the issuer's lines as one group and the number and subject lines as their own."""
    groups: list[list[Line]] = []
    for row in _split_rows(lines):
        line, text = row[0], " ".join(part.text for part in row)
        above = " ".join(part.text for part in groups[-1]) if groups else ""
        number = _NUMBER_LINE.match(text) or _LATE_NUMBER.search(text)
        alone = number or text.startswith("V/v") or not text.strip("-–_* .")
        if groups and not alone and above.startswith("V/v"):
            groups[-1].extend(row)
        elif (
            not groups
            or alone
            or _NUMBER_LINE.match(above)
            or line.bold != groups[-1][0].bold
            or line.top - groups[-1][-1].bottom > 1.5 * max(line.size, 4.0)
            or (_BODY.match(text) and _BODY.match(above))
        ):
            # A parent body is not bold, or the next line opens a body's name anew; a logo stands apart.
            groups.append(row)
        else:
            groups[-1].extend(row)
    return groups


def is_recipients(text: str) -> bool:
    """Return whether a line opens the list of recipients: `Nơi nhận:`."""
    return _RECIPIENTS.match(text) is not None


def find_signature(lines: list[Line], *, width: float) -> tuple[int, list[Line], list[Line]]:
    """Return where the closing block begins in `lines`, its recipients and its signature lines."""
    first = next((i for i, line in enumerate(lines) if is_recipients(line.text)), None)
    if first is None:
        first = next(
            (i for i, line in enumerate(lines) if _AUTHORITY.match(line.text) and line.x0 > 0.35 * width),
            None,
        )
        if first is None:
            return len(lines), [], []
    top = lines[first].top
    for line in lines:
        near = abs(line.middle - lines[first].middle) < 40
        if near and line.x0 > 0.4 * width and (_AUTHORITY.match(line.text) or line.text.isupper()):
            top = min(top, line.top)
    start = next(i for i, line in enumerate(lines) if line.bottom > top + 1 and line.middle >= top)
    end = next(
        (i for i, line in enumerate(lines) if i > start and _APPENDIX.match(line.text)),
        len(lines),
    )
    rights = [line.x0 for line in lines[start:end] if line.x0 > _SIGNATURE_LEFT * width]
    if not rights:
        return start, lines[start:end], []
    boundary = min(rights) - 2
    recipients: list[Line] = []
    signature: list[Line] = []
    for line in lines[start:end]:
        before, after = cut_line(line, boundary)
        if before is not None:
            recipients.append(before)
        if after is not None:
            signature.append(after)
    return start, recipients, signature


def find_closing_rest(lines: list[Line], *, size: float, width: float) -> tuple[list[Line], list[Line]]:
    """Return the first lines of a page that go on with the recipients and signature of the page before.

    `size` is that of the last of the recipients; their list is often set smaller than its heading.
    """
    recipients: list[Line] = []
    signature: list[Line] = []
    for line in lines:
        if _APPENDIX.match(line.text):
            break
        if line.x0 > _SIGNATURE_LEFT * width:
            signature.append(line)
        elif -_SMALLER <= line.size - size <= 0.6 and line.x1 < 0.62 * width:
            recipients.append(line)
        else:
            break
    return recipients, signature


def cut_line(line: Line, x: float) -> tuple[Line | None, Line | None]:
    """Return the parts of `line` left and right of `x`; pieces go by where they begin."""
    if line.x1 <= x:
        return line, None
    if line.x0 >= x:
        return None, line
    count = len(line.offsets) // 2
    at = next((i for i in range(count) if line.boxes[4 * i] >= x), count)
    if at == 0:
        return None, line
    if at == count:
        return line, None
    return slice_line(line, 0, at), slice_line(line, at, count)


def _left_of(line: Line, offset: int) -> float:
    """Return the x at which the piece that holds `offset` of the line's text begins."""
    count = len(line.offsets) // 2
    return line.boxes[4 * next(i for i in range(count) if line.offsets[2 * i + 1] - line.base > offset)]
