"""The pieces of a page's text: words, numerals, marks; and those inside which others of their line stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import chain, compress, count, pairwise
from operator import lt

from docanalyze.read.ends import PieceEnds

_LETTERS, _MARKS = r"[^\W\d_]", r"[\u0300-\u036f\u2060]"
_LATIN = "[a-zA-Zª²³µ¹º¼-¾À-ÖØ-öø-ɏḀ-ỿ]"
"""A part of the letters that is quickly told; the rest of a piece may hold any."""
PIECE = re.compile(
    rf"{_LATIN}+{_LETTERS}*(?:{_MARKS}+{_LETTERS}*)*|\d+(?:[.,]\d+)*"
    rf"|{_LETTERS}*(?:{_MARKS}+{_LETTERS}*)+|{_LETTERS}+|([^\w\s])\1*|_+"
)
"""A piece of text: letters, a numeral, or a mark (repeated marks such as dot leaders are one piece)."""
_PLAIN = re.compile(rf"{_LATIN}++|\d++(?:[.,]\d++)*|([^\w\s])\1*")
"""The same for a text that holds none of `_OTHER`: a third faster."""
_OTHER = re.compile("[^\x00-^`-ɏḀ-ỿ‐-‧\ufffd\ufffe]")
"""What may be a letter of another part, a mark on a letter, or an underscore."""
NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
"""The pieces that are numerals, without the others."""
Piece = tuple[int, int]
"""Where a piece begins and ends in the text."""

_MOST_ON_LINE = 200
"""Pieces of one printed line; more that overlap are a damaged page's."""


def find_pieces(text: str) -> list[Piece]:
    """Return where each piece of a text begins and ends.

    >>> find_pieces("đạt 1.250 tỷ;")
    [(0, 3), (4, 9), (10, 12), (12, 13)]
    """
    pattern = PIECE if _OTHER.search(text) else _PLAIN
    return list(map(re.Match.span, pattern.finditer(text)))


def split_pieces(pieces: list[Piece], at: Sequence[int]) -> list[Piece]:
    """Return the pieces cut at some places: where a line ended inside what looks like one word."""
    result = pieces.copy()
    for cut in sorted(set(at), reverse=True):
        owner = bisect_left(pieces, (cut,)) - 1
        if owner >= 0 and cut < result[owner][1]:
            result[owner : owner + 1] = pairwise([result[owner][0], cut, result[owner][1]])
    return result


def find_fills(pieces: Sequence[Piece], ends: PieceEnds) -> list[tuple[int, int, float]] | None:
    """Return the pieces inside which others of their line stand: (start, end, x of the other's middle).

    Some producers draw a line in one font with gaps for the letters that it lacks, then these letters.
    None if no piece stands left of the one before it on the same line.
    """
    lefts, tops, bottoms, lasts, rights = ends.lefts, ends.tops, ends.bottoms, ends.lasts, ends.rights
    turned = compress(count(), map(lt, lasts, lefts)) if ends.backward else ()
    back = [
        i
        for i in chain(compress(count(1), map(lt, lefts[1:], lefts)), (i for i in turned if i and rights[i]))
        if bottoms[i] < tops[i - 1] and tops[i] > bottoms[i - 1]
    ]
    if not back:
        return None
    fills: list[tuple[int, int, float]] = []
    done = 0
    for i in back:
        if lasts[i] < lefts[i] and rights[i]:
            fills.append((*pieces[i], -1.0))
        # Piece i stands left of the one before: so may those that follow it on the line.
        j = max(i, done)
        while j < len(pieces) and bottoms[j] < tops[i] and tops[j] > bottoms[i]:
            x = (lefts[j] + ends.first[4 * j + 2]) / 2
            k = j - 1
            while k >= max(0, j - _MOST_ON_LINE) and bottoms[k] < tops[i] and tops[k] > bottoms[i]:
                if pieces[k][1] - pieces[k][0] > 1 and lefts[k] < x < rights[k]:
                    fills.append((*pieces[k], x))
                    break
                k -= 1
            j += 1
        done = max(done, j)
    return fills
