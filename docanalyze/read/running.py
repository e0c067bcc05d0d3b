"""Running heads, running feet and page numbers: told from the body by where they come again.

They are labelled, never thrown away.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from docanalyze.core.document import BlockKind
from docanalyze.read.lines import Line
from docanalyze.read.markers import find_marker, is_caption
from docanalyze.read.notes import raise_label

_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:[Tt]rang\s*)?(\d{1,4})(?:\s*(?:/|trên)\s*\d{1,4})?\s*[-–—]*\.?$")
_DIGITS = re.compile(r"\d+")
_EDGE = 0.12


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
            # Captions and headings that only their numbers part are not one that comes again.
            named = is_caption(line.text) or find_marker(line.text)[0] is not None
            text = line.text if named else _DIGITS.sub("#", line.text)
            key = (text, round((line.middle if at_top else height - line.middle) / 6))
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
                and not (_runs_on if at_top else _goes_on)(lines, index)
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


def _goes_on(lines: list[Line], index: int) -> bool:
    """Return whether a line goes on with the sentence of the one above it, or belongs to a note."""
    above = lines[index - 1] if index else None
    small = lines[index].text[:1].islower()
    return _ends_note(lines, index) or (small and above is not None and _follows(above, lines[index]))


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
        if (match := _PAGE_NUMBER.match(lines[i].text)) is not None and not _is_label(lines, i)
    ]
    return [number[1:] for number in sorted(numbers)]


def _is_label(lines: list[Line], index: int) -> bool:
    """Return whether a number with a stop has text right of it: the label of a list's item."""
    line = lines[index]
    beside = lines[index + 1] if index + 1 < len(lines) else line
    return line.text.endswith(".") and beside.x0 > line.x1 and abs(beside.middle - line.middle) < 3


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
