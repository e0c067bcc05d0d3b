"""Names of what figures measure, compared: folded, as sets of words, by the share of words in common."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


class _Letters(dict[int, int | None]):
    """What becomes of each character of a decomposed text: marks go, the rest stays; filled when asked."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_LETTERS = _Letters()
_GAPS = re.compile(r"[\W_]+")


@lru_cache(maxsize=16384)
def fold_name(name: str) -> str:
    """Return a name without marks and case, for comparison (`hoà`, `hòa` and `HÒA` are one).

    >>> fold_name("Giá trị  sản xuất")
    'gia tri san xuat'
    """
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return " ".join(plain.translate(_LETTERS).split())


@lru_cache(maxsize=16384)
def fold_words(name: str) -> frozenset[str]:
    """Return the words of a folded name.

    >>> sorted(fold_words("Thu ngân sách"))
    ['ngan', 'sach', 'thu']
    """
    return frozenset(word for word in _GAPS.split(fold_name(name)) if word)


def likeness(one: frozenset[str], two: frozenset[str]) -> float:
    """Return the share of words in common, of the smaller name; names of one word must be the same.

    >>> likeness(fold_words("thu ngân sách"), fold_words("thu ngân sách trên địa bàn"))
    1.0
    """
    common = len(one & two)
    if min(len(one), len(two)) < 2:
        return 1.0 if one == two else 0.0
    return common / min(len(one), len(two)) if common >= 2 else 0.0
