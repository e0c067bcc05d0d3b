"""Names that look alike and name different things: `lợi nhuận trước thuế`, `lợi nhuận sau thuế`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from docanalyze.core.names import fold_words
from docanalyze.lexicon import Lexicon

Words = frozenset[str]


class _Pairs:
    """Pairs of words that exclude each other, by one word that either must have."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.by_word: dict[str, list[tuple[Words, Words]]] = {}
        for one, two in pairs:
            pair = fold_words(one), fold_words(two)
            for words in pair:
                self.by_word.setdefault(min(words), []).append(pair)
        self.words = frozenset(self.by_word)

    def part(self, one: Words, two: Words) -> bool:
        """Return whether two names have one of the words of a pair each."""
        if one.isdisjoint(self.words) or two.isdisjoint(self.words):
            return False
        pairs = [pair for word in one & self.words for pair in self.by_word[word]]
        return any(_exclude(one, two, *pair) or _exclude(two, one, *pair) for pair in pairs)


@lru_cache(maxsize=8)
def _read_pairs(lexicon: Lexicon) -> tuple[_Pairs, Words]:
    table = lexicon["opposites"]
    marks = frozenset(word for mark in table["marks"]["words"] for word in fold_words(mark))
    return _Pairs(table["pairs"]["pairs"]), marks


def are_opposed(one: Words, two: Words, lexicon: Lexicon) -> bool:
    """Return whether two names, as folded words, each have one of two words that exclude each other.

    >>> from docanalyze.lexicon import load_lexicon
    >>> names = fold_words("Lợi nhuận trước thuế"), fold_words("lợi nhuận sau thuế")
    >>> are_opposed(*names, load_lexicon())
    True
    """
    return _read_pairs(lexicon)[0].part(one, two)


def differ_by_mark(one: Words, two: Words, lexicon: Lexicon) -> bool:
    """Return whether only one of two names has a word that makes it another thing.

    >>> from docanalyze.lexicon import load_lexicon
    >>> differ_by_mark(fold_words("hộ nghèo"), fold_words("hộ cận nghèo"), load_lexicon())
    True
    """
    _, marks = _read_pairs(lexicon)
    return bool((one ^ two) & marks)


def make_whole(one: Words, two: Words, lexicon: Lexicon) -> bool:
    """Return whether two names are those of two parts that are all there is.

    >>> from docanalyze.lexicon import load_lexicon
    >>> make_whole(fold_words("nguồn Trung ương giải ngân"), fold_words("nguồn địa phương"), load_lexicon())
    True
    """
    if _is_denied(one, two) or _is_denied(two, one):
        return True
    return _read_halves(lexicon).part(one, two)


def strip_halves(one: Words, two: Words, lexicon: Lexicon) -> tuple[Words, Words] | None:
    """Return what else two names say than that they are of two parts that are all there is; None if not so.

    >>> from docanalyze.lexicon import load_lexicon
    >>> names = fold_words("lao động nam"), fold_words("lao động nữ đã học")
    >>> tuple(map(sorted, strip_halves(*names, load_lexicon())))
    (['dong', 'lao'], ['da', 'dong', 'hoc', 'lao'])
    """
    for listed in _read_halves(lexicon).by_word.values():
        for first, second in listed:
            for mine, other in ((first, second), (second, first)):
                if _exclude(one, two, mine, other):
                    return one - mine, two - other
    return None


def cover_whole(names: Sequence[Words], lexicon: Lexicon) -> bool:
    """Return whether names, as folded words, are those of several parts that are all there is.

    >>> from docanalyze.lexicon import load_lexicon
    >>> cover_whole([fold_words(name) for name in ("khiếu nại", "tố cáo", "kiến nghị")], load_lexicon())
    True
    """
    for listed in _read_wholes(lexicon):
        if len(listed) != len(names):
            continue
        # `nhà nước` is in `ngoài nhà nước`, too: each name is the longest of those that it holds
        fitting = [max((each for each in listed if each <= name), key=len, default=None) for name in names]
        if None not in fitting and len(set(fitting)) == len(listed):
            return True
    return False


@lru_cache(maxsize=8)
def _read_wholes(lexicon: Lexicon) -> tuple[tuple[Words, ...], ...]:
    return tuple(tuple(map(fold_words, listed)) for listed in lexicon["opposites"]["wholes"]["sets"])


_DENIALS = frozenset({"khong", "chua"})


def _is_denied(one: Words, two: Words) -> bool:
    """Return whether a name is another one denied: `đủ điều kiện xử lý`, `không đủ điều kiện`."""
    if two.isdisjoint(_DENIALS):
        return False
    rest = two - _DENIALS
    return len(rest) > 1 and rest <= one and one.isdisjoint(_DENIALS)


@lru_cache(maxsize=8)
def _read_halves(lexicon: Lexicon) -> _Pairs:
    return _Pairs(lexicon["opposites"]["halves"]["pairs"])


def _exclude(one: Words, two: Words, first: Words, second: Words) -> bool:
    """Return whether two names have one of two words each, and not both: `công lập`, `ngoài công lập`."""
    told = first <= one and second <= two and not second <= one
    return told and (first < second or not first <= two)
