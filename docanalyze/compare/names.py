"""The name of an indicator as reports are compared by it: without what drifts from year to year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from docanalyze.core.names import fold_name
from docanalyze.lexicon import Lexicon

_LETTERS = re.compile(r"[^\W\d_¹²³⁴-⁹⁰]+|(?<=\bsố )[1-9](?![\d/.,])")
"""Words, and the numbers of things that only these tell apart: `Nhà máy nước số 2`."""
_COUNTED = re.compile(r"^(?:hai|ba|bốn|sáu|bảy|tám|chín|mười(?: một)?|(?:số )?lượng) (?=\w)")
"""At the head of a name, of months: `Bốn tháng kim ngạch xuất khẩu đạt …`; what says that it is counted."""
_TURNS = ("người", "khách", "hành", "bệnh", "hộ", "con", "xe", "tàu", "phương", "học", "hội", "đoàn", "đối")
"""What comes in turns, and is counted so: `lượt người`; not `lượt tuần tra`."""
PEOPLE = frozenset((
    "người", "lao", "học", "hội", "thanh", "đối", "công", "lượt", "khách", "đảng", "thí", "bệnh", "trẻ",
    "sinh", "hk", "biên", "vận", "kiện", "cán", "giáo", "viên", "nhân", "khẩu", "em", "đồng", "bị",
))  # fmt: skip
"""First words of units that count people: `lao động`, `học sinh`, `hội viên`, `đồng chí`, `lượt`, …"""
_BARE = 14
_OLD = re.compile(r"(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?![^\W\d_])")
_NEW = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)
_SHORTENED = re.compile(r"(?<!\w)(?!(?:k?g|[kcm]?m|ml|kwh|[kmg]w)(?!\w))[bcdđghklmnpqrstvx]{2,}(?!\w)")
"""Words without a vowel are abbreviations."""
_MARKS = re.compile(r"[¹²³⁴-⁹⁰]+")
_ROMAN = re.compile(r"(?<!\w)(khu vực|quý|nhóm|loại|hạng|đô thị loại) (i{1,3}|iv|vi{0,3}|ix)(?!\w)")


class Name(NamedTuple):
    """A name as printed, its telling words as a set, and these in one line, sorted: the key of equal names.

    `is_telling` is False for one that is filler only (`tổng số`); `terms` are its words with those of several
    syllables as one (`cong_nghiep`), by which likeness is measured; `rivals` are those of its words that rule
    others out, with the number of their group (`1 xuất khẩu`); `printed_key` is the key without synonyms.
    """

    printed: str
    words: frozenset[str]
    key: str
    is_telling: bool = True
    terms: frozenset[str] = frozenset()
    rivals: frozenset[str] = frozenset()
    printed_key: str = ""


class Phrases:
    """Runs of words with what stands for each; the longest that fits is taken."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._by_first: dict[str, list[tuple[list[str], list[str]]]] = {}
        for phrase, other in sorted(pairs, key=lambda pair: -len(pair[0].split())):
            words = phrase.split()
            self._by_first.setdefault(words[0], []).append((words, other.split()))

    def replace(self, words: list[str]) -> list[str]:
        """Return the words with every run that is known replaced, from left to right; as they are if none."""
        found: list[str] = []
        end = 0
        for at, run, other in self._match(words):
            found += words[end:at]
            found += other
            end = at + len(run)
        return found + words[end:] if end else words

    def replace_twice(self, words: list[str]) -> list[str]:
        """Return the words replaced, and what came out once more: `kim ngạch xuất khẩu hàng hóa`."""
        once = self.replace(words)
        return once if once is words else self.replace(once)

    def find(self, words: list[str]) -> Iterator[str]:
        """Yield what stands for each run that is known: `cận nghèo`, and not `nghèo` in it."""
        for _, _, other in self._match(words):
            yield " ".join(other)

    def _match(self, words: list[str]) -> Iterator[tuple[int, list[str], list[str]]]:
        """Yield the place of each run that is known, from left to right, the run, and what stands for it."""
        by_first = self._by_first
        if by_first.keys().isdisjoint(words):
            return
        end = 0
        for at in [at for at, word in enumerate(words) if word in by_first]:
            if at >= end:
                for run, other in by_first[words[at]]:
                    if words[at : at + len(run)] == run:
                        yield at, run, other
                        end = at + len(run)
                        break


class _Wordings(NamedTuple):
    short: Phrases
    usual: Phrases
    same: Phrases
    drop: Phrases
    filler: frozenset[str]
    alone: frozenset[str]
    rivals: Phrases
    apart: Phrases
    compounds: Phrases


@lru_cache(maxsize=8)
def _wordings(lexicon: Lexicon) -> _Wordings:
    table, wordings = lexicon["series"], lexicon["wordings"]
    return _Wordings(
        Phrases(wordings["abbreviation"]["pairs"]),
        Phrases(table["same"]["pairs"]),
        Phrases([*table["same"]["pairs"], *wordings["synonym"]["pairs"]]),
        Phrases((phrase, "") for phrase in table["filler"]["phrases"]),
        frozenset(table["filler"]["words"]),
        frozenset(table["filler"]["alone"]),
        Phrases(
            (phrase, f"{number} {phrase}")
            for number, group in enumerate(wordings["rival"]["groups"])
            for phrase in group
        ),
        Phrases((phrase, phrase.replace(" ", "_")) for phrase in wordings["rival"]["apart"]),
        Phrases((phrase, phrase.replace(" ", "_")) for phrase in wordings["compound"]["words"]),
    )


@lru_cache(maxsize=65536)
def read_name(printed: str, lexicon: Lexicon) -> Name:
    """Return a name with the words that tell what is measured, in one wording, without filler.

    >>> from docanalyze.lexicon import load_lexicon
    >>> read_name("tổng vốn đầu tư công giải ngân", load_lexicon()).key
    'cong dau giai ngan tu von'
    >>> read_name("Giải ngân vốn đầu tư công", load_lexicon()).key
    'cong dau giai ngan tu von'
    >>> read_name("chi NSĐP", load_lexicon()).key == read_name("chi ngân sách địa phương", load_lexicon()).key
    True
    """
    known = _wordings(lexicon)
    plain = known.short.replace(_LETTERS.findall(_COUNTED.sub("", modernize(printed.lower()))))
    usual = known.usual.replace_twice(plain)
    strict = {fold_name(word) for word in known.drop.replace(usual) if word not in known.filler}
    text = known.same.replace_twice(plain)
    kept = [word for word in known.drop.replace(text) if word not in known.filler]
    if " ".join(kept) in known.alone:
        kept = []
    words = frozenset(map(fold_name, kept or text[:_BARE]))
    rivals = frozenset(known.rivals.find(known.apart.replace(text)))
    terms = frozenset(map(fold_name, known.compounds.replace(kept or text[:_BARE])))
    return Name(
        printed,
        words,
        " ".join(sorted(words)),
        any(len(word) > 1 for word in kept),
        terms,
        rivals,
        " ".join(sorted(strict)),
    )


def modernize(text: str) -> str:
    """Return a text with tone marks where newer spelling has them: `thuỷ`, `hoà` become `thủy`, `hòa`.

    >>> modernize("hoà, thuỷ, quý, hoàn")
    'hòa, thủy, quý, hoàn'
    """
    return _OLD.sub(lambda found: _NEW[found[0]], text)


@lru_cache(maxsize=8)
def plain_terms(lexicon: Lexicon, table: str) -> frozenset[str]:
    """Return the words of a list (`measure`, `negation`) as terms."""
    return frozenset(fold_name(word).replace(" ", "_") for word in lexicon["wordings"][table]["words"])


@lru_cache(maxsize=8)
def _stock_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    words = sorted(map(re.escape, lexicon["series"]["stock"]["words"]), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)")


@lru_cache(maxsize=65536)
def is_stock(printed: str, lexicon: Lexicon) -> bool:
    """Return whether a name means what stands on a day: `đàn heo`, `dân số`, and not `thu ngân sách`.

    >>> from docanalyze.lexicon import load_lexicon
    >>> is_stock("đàn heo", load_lexicon()), is_stock("thu ngân sách", load_lexicon())
    (True, False)
    """
    return _stock_pattern(lexicon).search(printed.lower()) is not None


def write_title(printed: str) -> str:
    """Return a name as a heading: its first letter, Roman numerals and abbreviations large, marks gone.

    >>> write_title("khu vực ii¹"), write_title("nộp nsnn")
    ('Khu vực II', 'Nộp NSNN')
    """
    text = " ".join(_MARKS.sub(" ", printed).split())
    text = _SHORTENED.sub(lambda found: found[0].upper(), text)
    text = _ROMAN.sub(lambda found: f"{found[1]} {found[2].upper()}", text)
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=4096)
def unit_class(unit: str) -> str:
    """Return the unit under which figures may be one indicator: `lượt người` and `người` are one.

    >>> unit_class("vụ tai nạn"), unit_class("lượt người"), unit_class("lượt tuần tra"), unit_class("VND")
    ('vụ', 'người', 'lượt', 'VND')
    """
    if unit.startswith("lượt ") and unit[5:].startswith(_TURNS):
        unit = unit[5:]
    head, _, per = unit.partition("/")
    first = head.replace(",", " ").split()[:1]
    return (first[0] if first else "") + (f"/{per}" if per else "")


def same_unit(one: str, two: str) -> bool:
    """Return whether figures of two units may count the same: `cuộc thanh tra` and `cuộc`, people and people.

    >>> same_unit("cuộc thanh tra", "cuộc"), same_unit("lao động", "người"), same_unit("kg", "m2")
    (True, True, False)
    """
    if one == two:
        return True
    first, second = unit_class(one), unit_class(two)
    return first == second or (first in PEOPLE and second in PEOPLE)
