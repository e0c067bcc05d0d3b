"""The letterhead: issuer and number beside the motto, place and date, on the first page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docanalyze.lexicon.forms import form_pattern
from docanalyze.read.lines import Line, cut_line
from docanalyze.read.markers import is_capitals, is_type_line

_MOTTO = form_pattern("<motto>")
_BODY = form_pattern(r"<body>\b", re.IGNORECASE)
_MOTTO_LINE = form_pattern("<motto_line>")
_PLACE_DATE = re.compile(r"ngày\s*[\d.…\s]*\s*tháng\s*[\d.…\s]*\s*năm", re.IGNORECASE)
_NUMBER_LINE = re.compile(r"Số\s*:?\s*[\d.…\s]*\s*[/-]")
_SUBJECT = re.compile(r"V/v\b")
_LATE_NUMBER = re.compile(r"Số\s*:\s*\d+\s*[/-]")


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
    if any(_SUBJECT.match(line.text) for line in lines[:count]):
        count += _count_rest(
            [line for line in lines[:count] if line.x0 < boundary][-1], lines[count:], boundary
        )
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


def _count_rest(last: Line, lines: Sequence[Line], boundary: float) -> int:
    """Return how many lines go on with the last one of the left column, below what stands beside it."""
    for count, line in enumerate(lines):
        alike = line.x1 < boundary and abs(line.size - last.size) < 0.6
        if not alike or not 0.5 * line.size < line.middle - last.middle < 1.7 * line.size:
            return count
        last = line
    return len(lines)


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
        alone = number or _SUBJECT.match(text) or not text.strip("-–_* .")
        if groups and not alone and _SUBJECT.match(above):
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


def _left_of(line: Line, offset: int) -> float:
    """Return the x at which the piece that holds `offset` of the line's text begins."""
    count = len(line.offsets) // 2
    return line.boxes[4 * next(i for i in range(count) if line.offsets[2 * i + 1] - line.base > offset)]
