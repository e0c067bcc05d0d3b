"""Places: a `Span` of the text and a `Box` on a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec


class Span(msgspec.Struct, frozen=True, array_like=True, order=True, gc=False):
    """A stretch `text[start:end]` of a document's text, in code points, end exclusive.

    >>> Span(3, 7).of("số 1.495 văn bản")
    '1.49'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters of `text` that the span covers."""
        return text[self.start : self.end]

    def __len__(self) -> int:
        return self.end - self.start

    def meets(self, other: Span) -> bool:
        """Return whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Return whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


class Box(msgspec.Struct, frozen=True, array_like=True, order=True, gc=False):
    """A rectangle on a page as shown (after rotation and crop), in PDF points, origin top left."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float

    def area(self) -> float:
        """Return the area in square points; 0 for an empty box."""
        return max(0.0, self.x1 - self.x0) * max(0.0, self.bottom - self.top)

    def overlap(self, other: Box) -> float:
        """Return the area shared with `other`, in square points; 0 on different pages."""
        if self.page != other.page:
            return 0.0
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, width) * max(0.0, height)


def join_boxes(boxes: Iterable[Box]) -> Box | None:
    """Return the smallest box around `boxes` (all of one page), or None if there are none."""
    found = list(boxes)
    if not found:
        return None
    return Box(
        found[0].page,
        min(b.x0 for b in found),
        min(b.top for b in found),
        max(b.x1 for b in found),
        max(b.bottom for b in found),
    )


def trim_span(text: str, start: int, end: int) -> Span:
    """Return the span without the white space at its two ends.

    >>> trim_span("  năm 2023 ", 0, 11)
    Span(start=2, end=10)
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def find_gaps(covered: Iterable[Span], start: int, end: int) -> Iterator[Span]:
    """Yield the stretches of [start, end) that none of the `covered` spans touches, in order."""
    at = start
    for span in sorted(covered):
        if span.start > at:
            yield Span(at, min(span.start, end))
        at = max(at, span.end)
        if at >= end:
            return
    if at < end:
        yield Span(at, end)
