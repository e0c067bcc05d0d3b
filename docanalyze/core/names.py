"""Names of what figures measure, compared: folded, as sets of words, by the share of words in common."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import chain

from docanalyze.core.ladder import UPPER


class _Letters(dict[int, str]):
    """What becomes of each character of a text: its marks go; filled when asked.

    What is neither letter nor digit stays, or is a space where `spaced`.
    """

    def __init__(self, *, spaced: bool) -> None:
        super().__init__({ord("đ"): "d"})
        self.spaced = spaced

    def __missing__(self, code: int) -> str:
        chars = [char for char in unicodedata.normalize("NFD", chr(code)) if not unicodedata.combining(char)]
        self[code] = known = "".join(" " if self.spaced and not c.isalnum() else c for c in chars)
        return known


class _Folded(dict[str, str]):
    """What becomes of each word of a text by its letters: a text has few words and says them often."""

    def __init__(self, letters: _Letters, most: int = 1 << 15) -> None:
        super().__init__()
        self.letters, self.most = letters, most

    def __missing__(self, word: str) -> str:
        if len(self) >= self.most:
            self.clear()
        self[word] = known = word.translate(self.letters)
        return known


class _Parted(dict[str, tuple[str, ...]]):
    """The folded words that each word of a text holds."""

    def __init__(self, letters: _Letters, most: int = 1 << 15) -> None:
        super().__init__()
        self.letters, self.most = letters, most

    def __missing__(self, word: str) -> tuple[str, ...]:
        if len(self) >= self.most:
            self.clear()
        self[word] = known = tuple(word.translate(self.letters).split())
        return known


_FOLDED, _PARTED = _Folded(_Letters(spaced=False)), _Parted(_Letters(spaced=True))


@lru_cache(maxsize=16384)
def fold_name(name: str) -> str:
    """Return a name without marks and case, for comparison (`hoà`, `hòa` and `HÒA` are one).

    >>> fold_name("Giá trị  sản xuất")
    'gia tri san xuat'
    """
    return " ".join(" ".join(map(_FOLDED.__getitem__, name.lower().split())).split())


@lru_cache(maxsize=16384)
def fold_words(name: str) -> frozenset[str]:
    """Return the words of a folded name.

    >>> sorted(fold_words("Thu ngân sách"))
    ['ngan', 'sach', 'thu']
    """
    return fold_all(name.lower())


def fold_all(text: str) -> frozenset[str]:
    """Return the words of a text in lower case, folded: of what is read once, and need not be kept."""
    return frozenset(chain.from_iterable(map(_PARTED.__getitem__, text.split())))


def likeness(one: frozenset[str], two: frozenset[str]) -> float:
    """Return the share of words in common, of the smaller name; names of one word must be the same.

    >>> likeness(fold_words("thu ngân sách"), fold_words("thu ngân sách trên địa bàn"))
    1.0
    """
    common = len(one & two)
    if min(len(one), len(two)) < 2:
        return 1.0 if one == two else 0.0
    return common / min(len(one), len(two)) if common >= 2 else 0.0


def starts_with(text: str, words: str) -> bool:
    """Return whether a text starts with whole words.

    >>> starts_with("người chết (5,6%)", "người"), starts_with("người chết", "ngư")
    (True, False)
    """
    return text.startswith(words) and not _is_letter(text[len(words) : len(words) + 1])


def ends_with(text: str, words: str) -> bool:
    """Return whether a text ends with whole words.

    >>> ends_with("làm chết", "chết"), ends_with("số bị bắt", "ắt")
    (True, False)
    """
    at = len(text) - len(words)
    return text.endswith(words) and not _is_letter(text[max(at - 1, 0) : at])


def _is_letter(text: str) -> bool:
    return text.isalnum() or text == "_"


_NAME = re.compile(rf"(?:[{UPPER}][^\W\d_]* ){{2}}\Z")
_GRADE = re.compile(rf"(?<!\w)(?!(?:USD|VND|VNĐ|EUR|JPY|CNY)(?!\w))[{UPPER}]{{2,5}} \Z")
"""A sort called by its letters, before its number: `mủ SVR 10 514 tấn`, `phân NPK 16 245 tấn`."""
_GOODS = re.compile(r"[0-9]{1,2} [0-9]{3}(?:,[0-9]+)? (?:nghìn |ngàn |triệu )?(?:tấn|tạ|kg|lít|bao)(?!\w)")
_DOTTED = re.compile(r"(?<![\d.])[0-9]{1,3}\.[0-9]{3}(?![\d.])")


def ends_a_name(text: str, start: int) -> bool:
    """Return whether a digit at `start` ends a name, in a text that groups by dots.

    >>> ends_a_name("Tổng số 3.386 ha, KCN Đồng Văn 3 118,4 ha", 31)
    True
    """
    named = _NAME.search(text, max(0, start - 24), start) is not None
    if not named and _GOODS.match(text, start) is not None:
        named = _GRADE.search(text, max(0, start - 8), start) is not None
    return named and _DOTTED.search(text) is not None
