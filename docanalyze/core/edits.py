"""Text edits that never lose the way back: each returns its text together with an `OffsetMap`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from docanalyze.core.span import Span


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where each stretch of an edited text stood in the text before the edit.

    `edited[i]` and `source[i]` are the offsets at which stretch i begins in the two texts;
    `copied[i]` says whether it was copied character by character (then offsets inside it map one
    to one) or written anew in place of `source[i]:source[i + 1]`. The last entry of both offset
    lists is the length of its text.
    """

    edited: Sequence[int]
    source: Sequence[int]
    copied: Sequence[bool]

    def to_source(self, offset: int, *, end: bool = False) -> int:
        """Return the source offset of an edited offset.

        Inside a rewritten stretch the answer is the stretch's start, or its end for `end=True`, so
        that a span mapped back always covers all the characters that it came from.
        """
        if end and offset == 0:
            return self.source[0]
        i = bisect_right(self.edited, offset - 1 if end else offset) - 1
        if i >= len(self.copied):
            return self.source[-1]
        if self.copied[i]:
            return self.source[i] + offset - self.edited[i]
        return self.source[i + 1] if end else self.source[i]

    def span_to_source(self, span: Span) -> Span:
        """Return the span of the source text that `span` of the edited text came from."""
        start = self.to_source(span.start)
        return Span(start, max(start, self.to_source(span.end, end=True)))


def apply_edits(text: str, edits: Iterable[tuple[int, int, str]]) -> tuple[str, OffsetMap]:
    """Return `text` with each `(start, end, replacement)` carried out, and the map back.

    Edits are in order and do not overlap.

    >>> new, back = apply_edits("nă\u00adm 2023", [(2, 3, "")])
    >>> new, back.span_to_source(Span(0, 3))
    ('năm 2023', Span(start=0, end=4))
    """
    pieces: list[str] = []
    edited: list[int] = []
    source: list[int] = []
    copied: list[bool] = []
    at = length = 0

    def add(start: int, piece: str, is_copy: bool) -> None:
        nonlocal length
        edited.append(length)
        source.append(start)
        copied.append(is_copy)
        pieces.append(piece)
        length += len(piece)

    for start, end, replacement in edits:
        if start < at or end < start or end > len(text):
            raise ValueError(f"edits overlap or leave the text: {(start, end, replacement)!r}")
        if start > at:
            add(at, text[at:start], True)
        add(start, replacement, False)
        at = end
    if at < len(text):
        add(at, text[at:], True)
    edited.append(length)
    source.append(len(text))
    return "".join(pieces), OffsetMap(edited, source, copied)


def join_spans(text: str, spans: Sequence[Span], *, joint: str = " ") -> tuple[str, OffsetMap]:
    r"""Return the stretches of `text` read as one, `joint` between them, and the map back.

    A sentence broken by a page number is read whole this way:

    >>> joined, back = join_spans("giải\n3\nngân", [Span(0, 4), Span(7, 11)])
    >>> joined, back.to_source(5)
    ('giải ngân', 7)
    """
    if not spans:
        return "", OffsetMap([0], [0], [])
    edits: list[tuple[int, int, str]] = []
    if spans[0].start:
        edits.append((0, spans[0].start, ""))
    edits.extend((before.end, after.start, joint) for before, after in pairwise(spans))
    if spans[-1].end < len(text):
        edits.append((spans[-1].end, len(text), ""))
    return apply_edits(text, edits)
