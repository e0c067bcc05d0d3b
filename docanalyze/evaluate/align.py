"""Which character of one reading of a document is which of another, blocks that moved included.

Stretches that occur once in each text tie the two together, long ones first. Between two ties the
search goes on with shorter stretches, in order; what is left over is tied wherever it is unique.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from docanalyze.core.span import Span
from docanalyze.evaluate.fold import fold_text

Place = tuple[int, int]
_CELLS = 40_000
"""The largest table that is filled to compare two short stretches character by character."""


class Alignment:
    r"""The characters of a reference text matched with those of another reading of it.

    Places are stretches of the *folded* reading (`fold.py`); None is a place that is not there.

    >>> alignment = Alignment("Thu đạt\n58,12%.", "Thu  đạt 58,12%.")
    >>> place = alignment.find(8, 14)
    >>> alignment.offsets(place).of("Thu  đạt 58,12%.")
    '58,12%'
    """

    def __init__(self, reference: str, text: str) -> None:
        self._reference = fold_text(reference)
        self._text = fold_text(text)
        self._there = match_texts(self._reference.text, self._text.text)
        self._back = [-1] * len(self._text.text)
        for source, target in enumerate(self._there):
            if target >= 0:
                self._back[target] = source

    def find(self, start: int, end: int) -> Place | None:
        """Return the place of a stretch of the reference text; None if it is lost or torn apart."""
        first, last = self._reference.place(start, end)
        targets = [target for target in self._there[first:last] if target >= 0]
        if 2 * len(targets) <= last - first or targets[-1] < targets[0]:
            return None
        low, high = targets[0], targets[-1] + 1
        return (low, high) if high - low <= 2 * (last - first) + 20 else None

    def place(self, start: int, end: int) -> Place:
        """Return the place of a stretch of the other text, by its offsets."""
        return self._text.place(start, end)

    def offsets(self, place: Place) -> Span:
        """Return the stretch of the other text at a place."""
        origin = self._text.origin
        return Span(origin[place[0]], origin[place[1] - 1] + 1)

    def folded(self, low: int, high: int) -> str:
        """Return the folded characters of the other text at [low, high)."""
        return self._text.text[max(low, 0) : max(high, 0)]

    def source(self, place: Place) -> int | None:
        """Return the offset in the reference text of a place's first matched character."""
        back = next((at for at in self._back[place[0] : place[1]] if at >= 0), None)
        return None if back is None else self._reference.origin[back]

    def shared_of_reference(self, spans: tuple[Span, ...]) -> list[Place]:
        """Return the matched characters of reference spans, as ranges of the folded reference."""
        places = (self._reference.place(span.start, span.end) for span in spans)
        return self._ranges(at for low, high in places for at in range(low, high) if self._there[at] >= 0)

    def shared_of_text(self, spans: tuple[Span, ...]) -> list[Place]:
        """Return the matched characters of the other text's spans, as ranges of the folded reference."""
        places = (self._text.place(span.start, span.end) for span in spans)
        back = (self._back[at] for low, high in places for at in range(low, high))
        return self._ranges(sorted(at for at in back if at >= 0))

    def _ranges(self, characters: Iterator[int] | list[int]) -> list[Place]:
        # Characters that the other reading lacks do not part a range.
        ranges: list[Place] = []
        for at in characters:
            if ranges and all(self._there[gap] < 0 for gap in range(ranges[-1][1], at)):
                ranges[-1] = (ranges[-1][0], at + 1)
            else:
                ranges.append((at, at + 1))
        return ranges


def match_texts(reference: str, text: str) -> list[int]:
    """Return for each character of `reference` its place in `text`, -1 where none is certain.

    >>> match_texts("abcdef", "abxdef")
    [0, 1, 2, 3, 4, 5]
    """
    if reference == text:
        return list(range(len(text)))
    matcher = _Matcher(reference, text)
    for length in (48, 24, 16):
        matcher.tie_unique(length)
        matcher.extend()
    matcher.fill_gaps()
    for length in (12, 8, 6, 4):
        matcher.tie_unique(length)
        matcher.extend()
        matcher.fill_gaps()
    return matcher.there


class _Matcher:
    def __init__(self, reference: str, text: str) -> None:
        self.reference = reference
        self.text = text
        self.there = [-1] * len(reference)
        self.known = bytearray(len(reference))
        self.taken = bytearray(len(text))

    def _tie(self, at: int, target: int, length: int) -> None:
        for shift in range(length):
            if self.there[at + shift] < 0 and not self.taken[target + shift]:
                self.there[at + shift] = target + shift
                self.known[at + shift] = self.taken[target + shift] = 1

    def tie_unique(self, length: int) -> None:
        """Tie the stretches of `length` that occur once in what is open of each text."""
        ours = _once(self.text, _runs(self.taken), length)
        theirs = _once(self.reference, _runs(self.known), length)
        for key, at in theirs.items():
            target = ours.get(key, -1)
            if at >= 0 and target >= 0:
                self._tie(at, target, length)

    def extend(self) -> None:
        """Carry every tie on over the equal characters before and after it."""
        for low, high in _runs(self.known):
            before = self.there[low - 1] + 1 if low else 0
            after = self.there[high] if high < len(self.there) else len(self.text)
            ahead = self._count(low, before, high - low, 1)
            back = self._count(high - 1, after - 1, high - low, -1)
            if ahead + back > high - low:
                # Both sides claim the middle (it is equal by chance): the longer one keeps it.
                ahead, back = (ahead, high - low - ahead) if ahead >= back else (high - low - back, back)
            self._tie(low, before, ahead)
            self._tie(high - back, after - back, back)

    def _count(self, at: int, target: int, limit: int, step: int) -> int:
        count = 0
        while (
            count < limit
            and 0 <= target < len(self.text)
            and not self.taken[target]
            and self.reference[at] == self.text[target]
        ):
            count, at, target = count + 1, at + step, target + step
        return count

    def fill_gaps(self) -> None:
        """Match what lies between two ties, in order, by ever shorter stretches."""
        for low, high in _runs(self.known):
            before = self.there[low - 1] + 1 if low else 0
            after = self.there[high] if high < len(self.there) else len(self.text)
            near = before <= after <= before + 4 * (high - low) + 400
            if near and not any(self.taken[before:after]):
                self._fill(low, high, before, after)
                continue
            reach = 2 * (high - low) + 40
            stop = before
            while stop < len(self.text) and stop - before < reach and not self.taken[stop]:
                stop += 1
            self._fill(low, high, before, stop)
            for rest_low, rest_high in _runs(self.known[low:high]):
                start = after
                while start > 0 and after - start < reach and not self.taken[start - 1]:
                    start -= 1
                self._fill(low + rest_low, low + rest_high, start, after)

    def _fill(self, low: int, high: int, start: int, stop: int) -> None:
        """Match reference [low, high) with text [start, stop), keeping the order."""
        while low < high and start < stop and self.reference[low] == self.text[start]:
            self._tie(low, start, 1)
            low, start = low + 1, start + 1
        while low < high and start < stop and self.reference[high - 1] == self.text[stop - 1]:
            self._tie(high - 1, stop - 1, 1)
            high, stop = high - 1, stop - 1
        if low >= high or start >= stop:
            return
        if high - low == stop - start and high - low <= 3:
            # As many characters on both sides: misread ones.
            self._tie(low, start, high - low)
            return
        if (high - low) * (stop - start) <= _CELLS:
            for at, target, length in _common(self.reference[low:high], self.text[start:stop]):
                self._tie(low + at, start + target, length)
            return
        for length in (24, 12, 6, 4):
            ours = _once(self.text, [(start, stop)], length)
            theirs = _once(self.reference, [(low, high)], length)
            pairs = [(at, ours[key]) for key, at in theirs.items() if at >= 0 and ours.get(key, -1) >= 0]
            chain = _rising(pairs)
            if chain:
                self._fill_between(chain, length, (low, high), (start, stop))
                return

    def _fill_between(self, chain: list[Place], length: int, reference: Place, text: Place) -> None:
        at, target = reference[0], text[0]
        for next_at, next_target in chain:
            if next_at < at or next_target < target:
                continue
            self._fill(at, next_at, target, next_target)
            self._tie(next_at, next_target, length)
            at, target = next_at + length, next_target + length
        self._fill(at, reference[1], target, text[1])


def _runs(flags: bytearray) -> list[Place]:
    return [match.span() for match in re.finditer(rb"\0+", flags)]


def _once(text: str, runs: list[Place], length: int) -> dict[str, int]:
    """Return where each stretch of `length` within the runs stands, -1 if it occurs more than once."""
    places: dict[str, int] = {}
    for low, high in runs:
        for at in range(low, high - length + 1):
            key = text[at : at + length]
            places[key] = -1 if key in places else at
    return places


def _rising(pairs: list[Place]) -> list[Place]:
    """Return the longest chain of pairs that rises in both texts (patience sorting)."""
    pairs.sort()
    tails: list[int] = []
    ends: list[int] = []
    previous = [-1] * len(pairs)
    for index, (_, target) in enumerate(pairs):
        at = bisect_left(tails, target)
        previous[index] = ends[at - 1] if at else -1
        if at == len(tails):
            tails.append(target)
            ends.append(index)
        else:
            tails[at], ends[at] = target, index
    chain: list[Place] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(pairs[index])
        index = previous[index]
    return chain[::-1]


def _common(one: str, two: str) -> list[tuple[int, int, int]]:
    """Return the runs of a longest common subsequence as (place in one, place in two, length).

    Between runs, as many characters on both sides (three at most) are taken for misread ones. Of
    stretches with little in common only longer runs count: letters meet by chance.
    """
    rows = [[0] * (len(two) + 1)]
    for char in reversed(one):
        below, row = rows[-1], [0] * (len(two) + 1)
        for at in range(len(two) - 1, -1, -1):
            row[at] = below[at + 1] + 1 if char == two[at] else max(below[at], row[at + 1])
        rows.append(row)
    rows.reverse()
    runs: list[tuple[int, int, int]] = []
    i = j = 0
    while i < len(one) and j < len(two):
        if one[i] == two[j]:
            if runs and (runs[-1][0] + runs[-1][2], runs[-1][1] + runs[-1][2]) == (i, j):
                runs[-1] = (*runs[-1][:2], runs[-1][2] + 1)
            else:
                runs.append((i, j, 1))
            i, j = i + 1, j + 1
        elif rows[i + 1][j] >= rows[i][j + 1]:
            i += 1
        else:
            j += 1
    if rows[0][0] < 0.6 * max(len(one), len(two)):
        return [run for run in runs if run[2] >= 4]
    edges = [(0, 0, 0), *runs, (len(one), len(two), 0)]
    misread = [
        (a + n, b + n, c - a - n)
        for (a, b, n), (c, d, _) in pairwise(edges)
        if 0 < c - a - n == d - b - n <= 3
    ]
    return [*runs, *misread]
