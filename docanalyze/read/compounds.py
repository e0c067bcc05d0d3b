"""Marks that a reader of pictures mistook, mended where the words beside leave no doubt: `kiếm tra`."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from itertools import pairwise, product
from pathlib import Path

from docanalyze.read.syllables import is_syllable

_FILES = ("Viet11K.txt", "Viet22K.txt", "Viet39K.txt", "Viet74K.txt")
_KNOWN_PAIRS = frozenset(
    {"hai bên", "hằng ngày", "hằng tuần", "hằng tháng", "hằng quý", "hằng năm", "lũy kế", "luỹ kế", "điều #"}
)
"""Pairs of reports that the dictionaries lack; `#` stands for a numeral."""
_RIGHT = frozenset({"số", "năm"})
"""Words so common that they are right as they were read, whatever stands beside them."""
_PARTS = re.compile(r"[^\W\d_]+|\d+")
_SHAPES = ("\u0302", "\u0306")
"""Circumflex and breve."""
_HOOK = "\u0309"
_TONES_FOR: dict[str, tuple[str, ...]] = {
    "": ("\u0300", "\u0301", "\u0303", _HOOK), "\u0300": (_HOOK,), "\u0301": (_HOOK,), "\u0303": (_HOOK,),
}  # fmt: skip
"""What may be printed above a circumflex or breve by what was read there: lost, or another for a hook."""
_DOT = "\u0323"
_ROUND, _VOWELS = frozenset("AEO"), frozenset("AEIOUY")
_COMMONER = 4
"""A syllable of so many times more words than another is not a misreading of it: `cây`, `cấy`."""


@lru_cache(maxsize=1)
def load_compounds() -> frozenset[str]:
    """Return the pairs of syllables that follow each other in a dictionary word, in lower case.

    The dictionaries are those that underthesea brings; an empty set if they are not there.

    >>> "kiểm tra" in load_compounds(), "kiếm tra" in load_compounds()
    (True, False)
    """
    spec = find_spec("underthesea")
    if spec is None or not spec.origin:
        return frozenset()
    folder = Path(spec.origin).parent / "corpus" / "data"
    pairs: set[str] = set()
    for path in (folder / name for name in _FILES):
        if path.is_file():
            for line in path.read_text(encoding="utf-8").splitlines():
                syllables = unicodedata.normalize("NFC", line.lower()).split()
                pairs.update(f"{one} {two}" for one, two in pairwise(syllables))
    return frozenset(pairs | _KNOWN_PAIRS)


@lru_cache(maxsize=1)
def count_syllables() -> Counter[str]:
    """Return how many pairs each syllable stands in.

    >>> count_syllables()["đõi"], count_syllables()["dõi"] > 0
    (0, True)
    """
    return Counter(syllable for pair in load_compounds() for syllable in pair.split(" "))


def mend_compounds(words: Sequence[str]) -> list[str]:
    """Return the words of a line with the small marks put right that were lost or taken for others.

    A syllable is mended if it makes no dictionary word with its neighbours, and with one change of the
    mark above a vowel, or of đ for d, it makes one; of several such changes none is made. In `theo dõi`,
    the commonest word of the kind, both may be misread (`theo đối`). Case, marks
    and every other letter stay; figures are never touched.

    >>> mend_compounds(["công", "tác", "kiếm", "tra,", "tô", "chức", "thâm", "quyên", "số", "dư"])
    ['công', 'tác', 'kiểm', 'tra,', 'tổ', 'chức', 'thẩm', 'quyền', 'số', 'dư']
    """
    known = load_compounds()
    mended = list(words)
    parts = [
        (at, match.start(), match.end()) for at, word in enumerate(words) for match in _PARTS.finditer(word)
    ]
    found = [words[at][start:end] for at, start, end in parts]
    beside = [
        a[0] + 1 == b[0] and a[2] == len(words[a[0]]) and b[1] == 0 for a, b in pairwise(parts)
    ]  # a mark parts two words
    for i, text in enumerate(found):
        before = found[i - 1] if i and beside[i - 1] else ""
        after = found[i + 1] if i < len(beside) and beside[i] else ""
        after = "#" if after.isdigit() else after
        if text.lower() in _RIGHT or _joins(known, before, text, after):
            continue
        if text.istitle() and (before.istitle() or after.istitle()):
            continue  # a name
        if before.lower() == "theo" and _bare(text) == "doi" and not _joins(known, "", text, after):
            found[i] = "DÕI" if text.isupper() else "dõi"
            continue
        others = [other for other in list_misread(text) if _joins(known, before, other, after)]
        if len(others) > 1:
            others = [
                other
                for other in others
                if _joins(known, before, other, "") and _joins(known, "", other, after)
            ]
        if not others and (only := find_only_word(text)) is not None:
            others = [only]
        if len(others) == 1:
            found[i] = others[0]
            continue
        behind = found[i + 2] if i + 1 < len(beside) and beside[i + 1] else ""
        if after and not others and not _joins(known, "", after, behind):
            both = [
                pair
                for pair in product(list_misread(text), list_misread(after))
                if f"{pair[0]} {pair[1]}".lower() in known
            ]
            if len(both) == 1:
                found[i : i + 2] = both[0]
    for (at, start, end), text in zip(parts, found, strict=True):
        mended[at] = mended[at][:start] + text + mended[at][end:]
    return mended


@lru_cache(maxsize=4096)
def list_misread(word: str) -> tuple[str, ...]:
    """Return the syllables that may be printed where `word` was read: marks are lost or one is another.

    Over a letter that has a circumflex or breve a tone is lost or a small hook taken for another, over a
    capital the circumflex is lost, below one the dot, and đ is read for d where that makes a syllable of no
    dictionary.

    >>> list_misread("kiếm"), list_misread("đõi"), list_misread("XÉP"), list_misread("kiểm")
    (('kiểm',), ('dõi',), ('XẾP',), ())
    """
    counts = count_syllables()
    most = counts[word.lower()] / _COMMONER
    return tuple(
        dict.fromkeys(
            other for other in _misread(word) if is_syllable(other) and counts[other.lower()] > most
        )
    )


@lru_cache(maxsize=4096)
def find_only_word(word: str) -> str | None:
    """Return the word that must have been printed where a syllable of no dictionary word was read.

    >>> find_only_word("chuân"), find_only_word("câu"), find_only_word("Kạn")
    ('chuẩn', None, None)
    """
    counts = count_syllables()
    if not counts or counts[word.lower()] or word.isascii():
        return None
    ranked = sorted(list_misread(word), key=lambda other: -counts[other.lower()])
    rest = counts[ranked[1].lower()] if len(ranked) > 1 else 0
    return ranked[0] if ranked and counts[ranked[0].lower()] > _COMMONER * max(1, rest) else None


def _misread(word: str) -> Iterator[str]:
    if word[:1] in "đĐ" and word.lower() not in count_syllables():
        yield ("d" if word[0] == "đ" else "D") + word[1:]
    for at, char in enumerate(word):
        letter = unicodedata.normalize("NFD", char)
        shape = "".join(mark for mark in letter[1:] if mark in _SHAPES)
        tone = "".join(mark for mark in letter[1:] if mark not in _SHAPES)
        changed: list[str] = []
        if shape:
            changed = [shape + other for other in _TONES_FOR.get(tone, ())]
        elif tone in _TONES_FOR and tone and letter[0] in _ROUND and word.isupper():
            changed = [_SHAPES[0] + tone, _SHAPES[0] + _HOOK] if tone != _HOOK else [_SHAPES[0] + tone]
        elif len(letter) == 1 and letter in _VOWELS and word.isupper():
            changed = [_DOT]
        for marks in changed:
            yield word[:at] + unicodedata.normalize("NFC", letter[0] + marks) + word[at + 1 :]


def _bare(word: str) -> str:
    """Return a word without its marks, đ as d, in lower case."""
    letters = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(char for char in letters if not unicodedata.combining(char))


def _joins(known: frozenset[str], before: str, word: str, after: str) -> bool:
    return (before != "" and f"{before} {word}".lower() in known) or (
        after != "" and f"{word} {after}".lower() in known
    )
