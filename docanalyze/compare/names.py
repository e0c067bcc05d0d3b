"""The name of an indicator as reports are compared by it: without what drifts from year to year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from docanalyze.core.names import fold_name
from docanalyze.lexicon import Lexicon

_LETTERS = re.compile(r"[^\W\d_¹²³⁴-⁹⁰]+")
_BARE = 14
_MARKS = re.compile(r"[¹²³⁴-⁹⁰]+")
_ROMAN = re.compile(r"(?<!\w)(khu vực|quý|nhóm|loại|hạng|đô thị loại) (i{1,3}|iv|vi{0,3}|ix)(?!\w)")


class Name(NamedTuple):
    """A name as printed, its telling words as a set, and these in one line, sorted: the key of equal names.

    `is_telling` is False for one that is filler only (`tổng số`).
    """

    printed: str
    words: frozenset[str]
    key: str
    is_telling: bool = True


@lru_cache(maxsize=8)
def _patterns(lexicon: Lexicon) -> tuple[re.Pattern[str], dict[str, str], re.Pattern[str], frozenset[str]]:
    table = lexicon["series"]
    same = dict(table["same"]["pairs"])
    filler = frozenset(table["filler"]["words"])
    return _choose(same), same, _choose(table["filler"]["phrases"]), filler


def _choose(phrases: Iterable[str]) -> re.Pattern[str]:
    choice = "|".join(sorted(map(re.escape, phrases), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{choice})(?!\w)")


@lru_cache(maxsize=65536)
def read_name(printed: str, lexicon: Lexicon) -> Name:
    """Return a name with the words that tell what is measured, in one wording, without filler.

    >>> from docanalyze.lexicon import load_lexicon
    >>> read_name("tổng vốn đầu tư công giải ngân", load_lexicon()).key
    'cong dau giai ngan tu von'
    >>> read_name("Giải ngân vốn đầu tư công", load_lexicon()).key
    'cong dau giai ngan tu von'
    """
    same, forms, drop, filler = _patterns(lexicon)
    plain = " ".join(_LETTERS.findall(printed.lower()))
    text = same.sub(lambda found: forms[found[0]], plain)
    text = same.sub(lambda found: forms[found[0]], text)  # `kim ngạch xuất khẩu hàng hóa`: twice
    kept = [word for word in drop.sub(" ", text).split() if word not in filler]
    words = frozenset(map(fold_name, kept or text.split()[:_BARE]))
    return Name(printed, words, " ".join(sorted(words)), any(len(word) > 2 for word in kept))


@lru_cache(maxsize=8)
def _stock_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    return _choose(lexicon["series"]["stock"]["words"])


@lru_cache(maxsize=65536)
def is_stock(printed: str, lexicon: Lexicon) -> bool:
    """Return whether a name means what stands on a day: `đàn heo`, `dân số`, and not `thu ngân sách`.

    >>> from docanalyze.lexicon import load_lexicon
    >>> is_stock("đàn heo", load_lexicon()), is_stock("thu ngân sách", load_lexicon())
    (True, False)
    """
    return _stock_pattern(lexicon).search(printed.lower()) is not None


def write_title(printed: str) -> str:
    """Return a name as a heading: its first letter and Roman numerals large, footnote marks gone.

    >>> write_title("khu vực ii¹")
    'Khu vực II'
    """
    text = " ".join(_MARKS.sub(" ", printed).split())
    text = _ROMAN.sub(lambda found: f"{found[1]} {found[2].upper()}", text)
    return text[:1].upper() + text[1:]


def unit_class(unit: str) -> str:
    """Return the unit under which figures may be one indicator: `lượt người` and `người` are one.

    >>> unit_class("vụ tai nạn"), unit_class("lượt người"), unit_class("VND")
    ('vụ', 'người', 'VND')
    """
    if unit.startswith("lượt "):
        unit = unit[5:]
    head, _, per = unit.partition("/")
    first = head.replace(",", " ").split()[:1]
    return (first[0] if first else "") + (f"/{per}" if per else "")
