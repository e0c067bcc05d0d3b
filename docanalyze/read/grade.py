"""How sound a page's text layer is, and whether the page must be read from its picture instead.

Two measures. `grade_text` (the share of possible syllables) tells a layer that means nothing: a
lost or shuffled ToUnicode map. `measure_damage` counts different impossible words, finer: a layer
that some OCR left under a scan is worth keeping only if hardly a word is damaged, since reading
the picture anew damages about one word in fifty.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from docanalyze.read.legacy import JOINER
from docanalyze.read.lines import find_lines
from docanalyze.read.raw_page import RawPage
from docanalyze.read.syllables import TONES, grade_text, is_syllable

Verdict = Literal["sound", "doubtful", "broken", "missing", "blank"]

LOWEST_GRADE = 0.7
"""Below this share of possible syllables a text layer is broken (a sound page is above 0.9)."""

MOST_LOST = 0.05
"""Above this share of characters without Unicode a text layer is broken."""

MOST_DAMAGE = 0.012
"""Above this share of impossible words a layer under a scan is doubtful."""

FEW_WORDS = 25
"""A layer under a scan with fewer words may be a stamp or a page number alone."""

_TOKEN = re.compile(r"[^\s/\-–—.,;:()\[\]{}“”\"'‘’…%+*=<>•&]+")
_LOST = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_NO_UNICODE = re.compile(r"\(cid:\d+\)")
_CODE = re.compile(
    r"[A-ZĐ]{1,6}\d{1,4}[A-ZĐ]?$|\d+[A-ZĐ]{1,4}$|(?:[kdc]?m|CO|N|O)[2-4²³]$"
    r"|\d+(?:[a-zđ]|kV|kg|ha|km|m|cm|mm|tr|kWh|MW)$"
)
_NOTE = re.compile(r"(?<=[^\W\d_]{2})(?:\d{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)$")
_FIGURE = re.compile(r"[\d⁰¹²³⁴⁵⁶⁷⁸⁹×x]+$")
_STOPS = ("c", "ch", "p", "t")
_MARKED = {"\u0301", "\u0323"}


@dataclass(frozen=True, slots=True)
class LayerGrade:
    """The verdict on a page's text layer and its grade (0 to 1; None where too few words tell).

    `doubtful` layers lie under a scan: the picture is read too, and the better of the two is kept.
    """

    verdict: Verdict
    grade: float | None = None
    damaged: bool = False


def grade_layer(page: RawPage) -> LayerGrade:
    """Return how sound a page's text layer is."""
    shapes = page.shapes
    if not page.starts:
        seen = shapes.image_share > 0.01 or shapes.paths > 50
        return LayerGrade("missing" if seen else "blank")
    text = page.text.replace(JOINER, "")
    grade = grade_text(text)
    if grade is not None and grade < LOWEST_GRADE:
        # Letters of a second font may be drawn after the line: judge what the lines say.
        text = "\n".join(line.text for line in find_lines(page))
        grade = grade_text(text)
    lost = _measure_loss(text)
    if lost > MOST_LOST or (grade is not None and grade < LOWEST_GRADE and not _is_foreign(text)):
        return LayerGrade("broken", min(grade if grade is not None else 1.0, round(1 - lost, 3)))
    if shapes.image_share > 0.5:
        words, impossible = measure_damage(text)
        damage = impossible / words if words else 0.0
        if words < FEW_WORDS or damage > MOST_DAMAGE:
            return LayerGrade("doubtful", round(1 - damage, 3), damage > MOST_DAMAGE)
    return LayerGrade("sound", grade)


def _measure_loss(text: str) -> float:
    """Return which share (0 to 1) of a text's characters have no Unicode: U+FFFD, `(cid:49)`."""
    lost = len(_LOST.findall(text)) + sum(map(len, _NO_UNICODE.findall(text)))
    return lost / max(1, sum(map(len, text.split()))) if lost else 0.0


def _is_foreign(text: str) -> bool:
    """Return whether a text is plain words of another language: a page in English is not damaged."""
    words = re.findall(r"[^\W\d_]+", text)
    plain = [word for word in words if word.isascii() and len(word) > 1]
    if len(words) < 20 or len(plain) < 0.97 * len(words):
        return False
    vowels = sum(1 for word in plain if re.search("[aeiouy]", word, re.IGNORECASE))
    common = sum(word.lower() in _ENGLISH for word in plain)
    return vowels > 0.85 * len(plain) and common > 0.1 * len(plain)


_ENGLISH = frozenset(["the", "of", "and", "to", "in", "for", "a", "is", "on", "by", "with", "as", "at", "or"])


def measure_damage(text: str) -> tuple[int, int]:
    """Return how many words a text holds and how many different ones of them cannot be.

    A word that comes back is a name or foreign, not damage, so each counts once; and so do signs
    inside a word, a digit among letters, a capital after a small letter.

    >>> measure_damage("Ủy ban nhân d1n huyện Mộc Giang bảo cảo kết qụả, kêt quả")
    (13, 3)
    """
    words = 0
    odd: dict[str, int] = {}
    for token in _TOKEN.findall(text):
        token = _NOTE.sub("", token.strip("!?|_"))
        if not token or _FIGURE.match(token):
            continue
        words += 1
        if not is_possible(token):
            key = token.lower()
            odd[key] = odd.get(key, 0) + 1
    return words, sum(1 for count in odd.values() if count == 1)


def is_possible(word: str) -> bool:
    """Return whether a word can stand in a Vietnamese paper: a syllable with its tone, a code, capitals.

    A syllable has one tone at most; one that ends in c, ch, p or t has one of two.

    >>> is_possible("việc"), is_possible("viêc"), is_possible("UBND"), is_possible("th6ng")
    (True, False, True, False)
    """
    if not word.isalpha():
        return _CODE.match(word) is not None
    if len(word) == 1:
        return True
    if word.isupper():
        return len(word) <= 8 or is_syllable(word)
    if not (word.islower() or word.istitle()):
        return word.isascii() and len(word) <= 6
    lower = word.lower()
    if not is_syllable(lower):
        return lower in _UNITS
    if lower.isascii() and not lower.endswith(_STOPS):
        return True
    tones = [char for char in unicodedata.normalize("NFD", lower) if char in TONES]
    if lower.endswith(_STOPS):
        return len(tones) == 1 and tones[0] in _MARKED
    return len(tones) <= 1


_UNITS = frozenset(
    {"đ", "kg", "km", "mm", "cm", "ha", "kw", "kwh", "mw", "gwh", "kv", "kva", "ths", "tp", "tx", "tt", "tr"}
)
