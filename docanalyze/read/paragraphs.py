"""Lines -> paragraphs: which lines of a page belong together, by margin, gap, label and fill."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import sub

from docanalyze.lexicon.forms import form_pattern
from docanalyze.read.lines import Line
from docanalyze.read.markers import find_marker, is_caption, is_type_line, is_unit_line

_TERMINAL = (".", ";", ":", "!", "?", "…", "./.")
_EVEN = 1.5
"""Points by which lines drawn out to the margin differ."""
_LEADER = re.compile(r"(?:\.\.{3,}|……+|____+|\. (?:\. ){3,})\s*\d{0,4}$")
"""Dots to the end of the line, as in tables of contents and blank forms."""
_ADDRESSEE = form_pattern("<addressee>")
_OFFICE = re.compile(r"[-–—]\s*[^\W\d_]")
"""What stands beside a name: `- Trưởng thôn`."""
_WORD = re.compile(r"\S+")
_CLOSERS = "”\"')*]»"


@dataclass(frozen=True, slots=True)
class Measure:
    """The body's usual look on a page: margins, type size and the usual distance of lines.

    `indented` says that paragraphs begin set in, so that a line at the margin goes on with one;
    `justified` that lines are drawn out to the right margin, all but the last of a paragraph.
    """

    left: float
    right: float
    size: float
    leading: float
    indented: bool = False
    justified: bool = False


def measure_body(lines: Sequence[Line], *, fallback: Measure | None = None) -> Measure | None:
    """Return the usual margins, size and leading of `lines`; `fallback` if they are too few to tell."""
    wide = [line for line in lines if len(line.text) >= 25]
    if len(wide) < 4:
        return fallback
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0]
    longest = max(line.x1 - line.x0 for line in wide)
    full = [line for line in wide if line.x1 - line.x0 > 0.75 * longest]
    left = _mode([line.x0 for line in full], low=True)
    right = _mode([line.x1 for line in full], low=False)
    left = _find_margin(lines, left, right)
    middles = [line.middle for line in lines]
    steps = [step for step in map(sub, middles[1:], middles) if 0.8 * size < step < 3 * size]
    leading = sorted(steps)[len(steps) // 3] if steps else 1.2 * size
    justified = sum(abs(line.x1 - right) <= _EVEN for line in full) >= 0.6 * len(full)
    body = [line for line in lines if abs(line.size - size) <= 0.6]
    return Measure(left, right, size, leading, _are_indented(body, left, right), justified)


def _find_margin(lines: Sequence[Line], left: float, right: float) -> float:
    """Return where lines that go on with the full one above them begin, if that is left of most lines.

    Where nearly all paragraphs are of one line, most begin set in.
    """
    begun = [
        b.x0
        for a, b in pairwise(lines)
        if a.x0 - b.x0 > 9
        and abs(a.x0 - left) <= 3
        and right - a.x1 <= 2.5 * a.size
        and not (_ends(a.text) or b.text[:1].isupper())
        and find_marker(b.text)[0] is None
    ]
    common = max((sum(abs(x - y) <= 1 for y in begun) for x in begun), default=0)
    return min(begun) if common > 1 and common == len(begun) and min(begun) < left - 9 else left


def _are_indented(lines: Sequence[Line], left: float, right: float) -> bool:
    """Return whether nearly all lines behind the end of a paragraph are set in."""
    starts = [
        b.x0 - left > 9
        for a, b in pairwise(lines)
        if a.page == b.page
        and _ends(a.text)
        and right - a.x1 > 2.5 * max(a.size, 4.0)
        and b.middle > a.middle
    ]
    return len(starts) >= 3 and sum(starts) >= 0.75 * len(starts)


def _mode(values: Sequence[float], *, low: bool) -> float:
    counts = Counter(round(value / 3) for value in values)
    most = max(counts.values())
    # Of the common values the outermost: first lines are set in, last lines end early.
    common = [key for key, count in counts.items() if count >= 0.35 * most]
    key = min(common) if low else max(common)
    near = [value for value in values if abs(round(value / 3) - key) <= 1]
    return min(near) if low else max(near)


def group_lines(lines: Sequence[Line], measure: Measure, *, width: float) -> list[list[Line]]:
    """Return the lines of one page's body in groups, each a paragraph (or a part at the page's edge)."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not _starts_paragraph(groups[-1], line, measure, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def is_centred(line: Line, *, measure: Measure, width: float) -> bool:
    """Return whether the line stands in the middle of the page, off both margins."""
    middle = (line.x0 + line.x1) / 2
    body = (measure.left + measure.right) / 2
    # A bold line of a title may nearly fill the measure.
    slack = 5 if line.bold else 12
    off = line.x0 - measure.left > slack and measure.right - line.x1 > slack
    return off and (abs(middle - body) < 12 or abs(middle - width / 2) < 12)


def _starts_paragraph(group: list[Line], line: Line, measure: Measure, width: float) -> bool:
    last = group[-1]
    step = line.middle - last.middle
    size = max(line.size, last.size, 4.0)
    if abs(step) < 0.35 * size:
        return not _ends_row(last, line, measure) and _starts_beside(last, line)
    if len(group) > 1 and _ends_row(group[-2], last, measure) and abs(last.middle - group[-2].middle) < 3:
        return _ends(last.text)
    if step < 0 or step > max(1.32 * measure.leading, 1.15 * measure.leading + 2, 1.5 * size) * 1.25:
        return True
    if abs(line.size - last.size) > 1.1:
        return True
    if line.x1 < last.x0 and last.x0 > (measure.left + measure.right) / 2:
        return True  # at the left, below what stands at the right
    if _LEADER.search(last.text):
        return True
    if is_type_line(last.text) or is_unit_line(last.text) or is_unit_line(line.text):
        return True
    if _ADDRESSEE.match(line.text):
        return True
    if _is_open(group) and step < 1.6 * size and line.text.endswith(")") and line.bold == last.bold:
        return False  # `(Kèm theo …` that ends in the next line, set in its middle
    if is_caption(line.text) and line.bold and is_centred(line, measure=measure, width=width):
        return True
    label, style, _ = find_marker(line.text)
    if label is not None and _label_counts(style, line, last, measure):
        return True
    # Set in at both sides, the lines drawn out.
    block = len(group) > 1 and abs(last.x0 - group[-2].x0) <= _EVEN >= abs(last.x1 - group[-2].x1)
    is_heading = last.bold and line.bold and not _ends(last.text) and abs(line.size - last.size) < 0.6
    if find_marker(group[0].text)[0] is None:
        centred = is_centred(line, measure=measure, width=width)
        last_centred = not block and is_centred(last, measure=measure, width=width)
        if centred and not last_centred and line.bold and last.bold and not _ends(last.text):
            # The first line of a centred name filled the measure.
            return _had_room(last, line, measure)
        if centred and last_centred:
            return line.bold != last.bold or step > 1.6 * size * 1.25 or _ends(last.text)
        # Where lines end unevenly the first of a paragraph, set in, may look centred.
        wraps = line.x0 - measure.left <= 4 and not line.text[:1].isupper() and line.bold == last.bold
        if last_centred and wraps and not _had_room(last, line, measure):
            return False
        if centred != last_centred and (line.bold != last.bold or last_centred):
            return True
    elif line.bold != last.bold and _share_axis(last, line):
        return True  # `(Kèm theo …)` below the name of an annex
    elif is_heading and step < 1.35 * measure.leading:
        # Below a label in the middle a short line at the margin is the next heading.
        at_margin = line.x0 - measure.left <= 4 and _is_short(line, measure) and line.text[:1].isupper()
        centred = is_centred(last, measure=measure, width=width)
        return at_margin and centred and _had_room(last, line, measure)
    indent = line.x0 - measure.left
    if indent > 9 and line.x0 - last.x0 > 9 and not _hangs(group, line):
        return True
    if indent > 9 and abs(line.x0 - last.x0) <= 3 and len(group) == 1 and _had_room(last, line, measure):
        return True
    if measure.indented and indent > 9 and abs(line.x0 - last.x0) <= 3 and last.bold and not line.bold:
        return True  # below a heading that fills its line
    if indent > 9 and abs(line.x0 - last.x0) <= 3 and len(group) == 1 and _ends(last.text):
        # Of two lines set in alike, the first ending with a stop, each is a paragraph.
        return line.text[:1].isupper()
    if line.bold != last.bold and _ends(last.text):
        return True
    if block and abs(line.x0 - last.x0) <= _EVEN:
        measure = replace(measure, right=last.x1)
    return _had_room(last, line, measure)


def _is_open(group: Sequence[Line]) -> bool:
    """Return whether lines are the beginning of what stands in brackets."""
    text = " ".join(line.text for line in group)
    return text.startswith("(") and text.count("(") > text.count(")") and find_marker(text)[0] is None


def _ends_row(last: Line, line: Line, measure: Measure) -> bool:
    """Return whether a figure at the right margin is the left item's: `- Thu khác    42 tỷ;`."""
    at_margin = abs(measure.right - line.x1) <= 2 * _EVEN and line.text[:1].isdecimal()
    return at_margin and find_marker(last.text)[1] == "bullet" and line.x0 > last.x1


def _share_axis(a: Line, b: Line) -> bool:
    """Return whether two lines of unlike length are set about one middle."""
    return abs(a.x0 + a.x1 - b.x0 - b.x1) <= 4 and abs(a.x0 - b.x0) > 9


def _starts_beside(last: Line, line: Line) -> bool:
    """Return whether a line at the same height as the last, beyond a gap, is a thing of its own.

    The label of an item may stand far from its text.
    """
    label, _, end = find_marker(last.text)
    if label is not None and _OFFICE.match(line.text):
        return False  # `1. Ông Hồ Văn Tám` and far from it `- Trưởng thôn;`
    return line.x0 - last.x1 > (6 if end >= len(last.text) else 4) * max(line.size, 4.0)


def _label_counts(style: str, line: Line, last: Line, measure: Measure) -> bool:
    """Return whether a label at a line's start opens a paragraph rather than being wrapped text."""
    if style == "bullet" and last.text[-1:].isdigit() and line.text.lstrip("-–— ")[:1].isdigit():
        return False  # a range broken by the line end: `3,4` and `- 3,8%`
    behind = line.text[1:].lstrip()[:1]
    goes_on = line.text[:1] in "-–—" and (behind.isdecimal() or behind.islower())
    if style == "bullet" and goes_on and not _ends(last.text) and not _is_short(last, measure):
        return False  # a dash inside a term: `công nghiệp` and `- tiểu thủ công nghiệp`
    if style == "inner" and measure.indented and abs(line.x0 - measure.left) <= 4:
        return _is_short(last, measure)  # at the margin, where no paragraph begins
    if (
        measure.indented
        and abs(line.x0 - measure.left) <= 4
        and not (_ends(last.text) or _is_short(last, measure))
    ):
        return False  # `đô thị loại` and `V.`
    if style in ("part", "article"):
        return line.x0 - measure.left > 6 or _ends(last.text) or _is_short(last, measure)
    if line.x0 - measure.left > 9 or last.x0 - line.x0 > 9:
        return True
    return _ends(last.text) or _is_short(last, measure)


def _ends(text: str) -> bool:
    return text.rstrip(_CLOSERS).endswith(_TERMINAL)


def _is_short(line: Line, measure: Measure) -> bool:
    return measure.right - line.x1 > 2.5 * max(line.size, 4.0)


def _hangs(group: list[Line], line: Line) -> bool:
    """Return whether the paragraph is set with a hanging indent that `line` keeps."""
    first = group[0]
    return find_marker(first.text)[0] is not None and line.x0 > first.x0 + 3 and len(group) == 1


def _had_room(last: Line, line: Line, measure: Measure) -> bool:
    """Return whether the first word of `line` would have fitted behind `last`: then it ends there."""
    word = _WORD.match(line.text)
    if word is None or not line.offsets:
        return True
    behind, last_piece, end = line.base + word.end(), len(line.offsets) // 2 - 1, 0
    while end < last_piece and line.offsets[2 * end + 1] < behind:
        end += 1
    needed = line.boxes[4 * end + 2] - line.x0 + 0.3 * max(line.size, 4.0)
    return measure.right - last.x1 > needed + 2


def continues_over_page(before: list[Line], after: list[Line], *, left: Measure, right: Measure) -> bool:
    """Return whether the paragraph at the foot of a page goes on at the head of the next.

    `left`/`right` are the measures of the two pages.
    """
    last, first = before[-1], after[0]
    label, style, _ = find_marker(first.text)
    flush = abs(first.x0 - right.left) <= 4 and (label is None or style == "inner")
    if flush and first.bold == last.bold and abs(first.size - last.size) <= 1.1:
        # No paragraph begins at the margin where they are set in; and the last line of one hardly ever
        # ends just at the margin that the others are drawn out to.
        even = left.justified and abs(last.x1 - left.right) <= _EVEN
        if even or (left.indented and right.indented and not _had_room(last, first, left)):
            return True
    if label is not None and (first.x0 - right.left > 9 or _ends(last.text)):
        return False
    if first.x0 - right.left > 9 and (first.text[:1].isupper() or _ends(last.text)):
        return False
    if abs(first.size - last.size) > 1.1:
        return False
    if first.text[:1].islower():
        return not _ends(last.text) or last.text.endswith(("…", ";")) or not _is_short(last, left)
    return not _ends(last.text) and not _had_room(last, first, left)
