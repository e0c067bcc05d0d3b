"""Where pieces begin and end on a page: the boxes of their first and last characters."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from operator import lt


class PieceEnds:
    """The boxes of each piece's first and last character, in the page's own coordinates.

    `first` and `last` hold four numbers a piece (left, top, right, bottom, upwards), zeros where
    PDFium has no box. Of `đạt 1.250` piece 0 begins with the box of `đ` and ends with that of `t`.
    The rest is what is asked for most: `lefts`, `tops` and `bottoms` of the first characters, `lasts`
    (where the last ones begin) and `rights` (where they end); `backward` says that a piece ends left
    of where it begins, `level` that all run level to the right, as on most pages.
    """

    __slots__ = ("backward", "bottoms", "first", "last", "lasts", "lefts", "level", "rights", "tops")

    def __init__(self, first: array[float], last: array[float]) -> None:
        self.first, self.last = first, last
        bottoms = first[3::4]
        self.lefts, self.tops, self.bottoms = first[0::4].tolist(), first[1::4].tolist(), bottoms.tolist()
        self.lasts, self.rights = last[0::4].tolist(), last[2::4].tolist()
        self.backward = any(map(lt, self.lasts, self.lefts))
        self.level = not self.backward and bottoms.tobytes() == last[3::4].tobytes()

    def list_sides(self) -> tuple[Sequence[float], Sequence[float], Sequence[float], Sequence[float]]:
        """Return left, top, right and bottom of the pieces, upwards: those that take in both characters."""
        if self.level and all(self.rights):
            # The last letter of `cả` is higher than its first, and hardly ever ends left of it.
            tops, others = self.tops, self.last[1::4]
            if self.first[1::4].tobytes() != others.tobytes():
                tops = [a if a > b else b for a, b in zip(tops, others, strict=True)]
            rights, others = self.rights, self.first[2::4]
            if any(map(lt, rights, others)):
                rights = list(map(max, rights, others))
            return self.lefts, tops, rights, self.bottoms
        boxes = [
            (
                l1 if l1 < l2 or not r2 else l2,
                t1 if t1 > t2 or not r2 else t2,
                r1 if r1 > r2 or not r2 else r2,
                b1 if b1 < b2 or not r2 else b2,
            )
            for l1, t1, r1, b1, l2, t2, r2, b2 in zip(
                *(half[i::4] for half in (self.first, self.last) for i in range(4)), strict=True
            )
        ]
        left, top, right, bottom = zip(*boxes, strict=True) if boxes else ((), (), (), ())
        return left, top, right, bottom
