"""The ladder of labels in Vietnamese documents: `Phần I`, `Điều 5.`, `I.`, `1.1.`, `a)`, `-`, `+`.

Sources: Nghị định 30/2020/NĐ-CP, Phụ lục I (Phần > Chương > Mục > Điều > khoản > điểm; in reports
`I.` > `1.` > `a)`); Hướng dẫn 36-HD/VPTW for the Party's `I-` and `1-`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Style = Literal[
    "part", "appendix", "chapter", "mục", "tiểu mục", "article", "capital", "roman", "number",
    "number.2", "number.3", "number.4", "number.5", "number)", "letter", "roman)", "(number)", "(letter)",
    "(roman)", "dash", "plus", "star", "dot",
]  # fmt: skip

RANKS: dict[Style, int] = {
    "appendix": 0, "part": 1, "chapter": 2, "mục": 3, "tiểu mục": 4, "capital": 5, "article": 6, "roman": 7,
    "number": 8, "number.2": 9, "number.3": 10, "number.4": 11, "number.5": 12, "number)": 13, "letter": 14,
    "roman)": 15, "(number)": 16, "(letter)": 17, "(roman)": 18, "dash": 20, "star": 21, "plus": 22,
    "dot": 23,
}  # fmt: skip
"""Usual depth of each style, outermost first; what a document itself does goes before it."""

LETTERS = "abcdđeghiklmnopqrstuvxy"
"""The letters that label a điểm, in order: no f, j, w, z and none with a mark but đ."""

UPPER = "A-ZĐ" + "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ".upper()
"""The Vietnamese capitals, for a character class (a range from À to Ỹ would take in small letters)."""

LOWER = UPPER.lower()
"""The small letters alike (a range from à to ỹ would take in capitals)."""

BULLETS = "-–—+*•▪➢❖✓○●◦■□❑◆➔→✗☑☞★"
"""The marks of list items without a number."""

_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ORDINAL_WORDS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_ROMAN = r"(?:X{1,3}(?:I[XV]|V?I{0,3})|I[XV]|VI{0,3}|I{1,3}|[LCDM])"
_LABEL = re.compile(
    rf"""(?:
      (?P<named>(?i:phần|phụ\ lục|chương|tiểu\ mục|mục|điều))[ ]
        (?P<count>(?i:thứ)[ ]\w+|[IVXLC]+(?!\w)|\d{{1,4}}[a-zđ]?(?!\w)|[A-Z](?!\w))[ ]?(?P<mark>[.:\-–]?)
    | (?P<roman>{_ROMAN})(?:\.(?!\d)|[ ]?[-–/](?=\s))
    | (?P<capital>[A-ZĐ])(?:\.(?!\d)|[ ]?[-–/](?=\s))
    | (?P<number>\d{{1,3}}(?:\.\d{{1,3}}){{0,4}})
        (?:\.(?!\d)|[ ]?[-–](?=\s[^\W\d_])|/(?=\s)|(?<=\d\.\d)(?=\s+[{UPPER}])|(?<=\d\.\d\d)(?=\s+[{UPPER}]))
    | (?P<closed>\d{{1,3}})\)
    | (?P<letter>[a-zđ])(?:\)|\.(?=\s))
    | (?P<little>[ivx]{{2,5}})\)
    | \((?P<inner>\d{{1,3}}|[a-zđ]|[ivx]{{1,5}})\)
    | (?P<bullet>[{re.escape(BULLETS)}])(?=\s|[^\W\d_])
    )""",
    re.VERBOSE,
)
_NAMED: dict[str, Style] = {
    "phần": "part",
    "phụ lục": "appendix",
    "chương": "chapter",
    "mục": "mục",
    "tiểu mục": "tiểu mục",
    "điều": "article",
}
_BULLETS: dict[str, Style] = {"-": "dash", "–": "dash", "—": "dash", "+": "plus", "*": "star"}


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label: its style, its text without punctuation, and its place in the row (None: bullet)."""

    style: Style
    text: str
    number: int | None


def parse_label(text: str) -> Label | None:
    """Return the label at the start of a line or block, or None if there is none.

    >>> parse_label("1.2. Về nông nghiệp")
    Label(style='number.2', text='1.2', number=2)
    >>> parse_label("đ) Công tác phối hợp")
    Label(style='letter', text='đ', number=5)
    """
    found = split_label(text)
    return found[0] if found else None


def split_label(text: str) -> tuple[Label, int] | None:
    """Return the label at the start of `text` and the offset of the words after it, or None.

    >>> split_label("Điều 5. Hiệu lực thi hành")
    (Label(style='article', text='Điều 5', number=5), 8)
    """
    match = _LABEL.match(text)
    if match is None:
        return None
    label = _read(match, text)
    if label is None:
        return None
    end = match.end()
    while end < len(text) and text[end].isspace():
        end += 1
    return label, end


def read_alternatives(label: Label) -> tuple[Label, ...]:
    """Return the readings of a label, the usual one first: `C.` may be a hundred or the third letter.

    >>> [r.style for r in read_alternatives(Label("roman", "V", 5))]
    ['roman', 'capital']
    """
    text, style = label.text, label.style
    if style in ("roman", "capital") and text in _ROMAN_VALUES:
        roman, capital = Label("roman", text, read_roman(text)), Label("capital", text, _letter_number(text))
        return (capital, roman) if text in "LCDM" else (roman, capital)
    if style == "letter" and text in ("i", "v", "x"):
        return label, Label("roman)", text, read_roman(text))
    if style in ("(letter)", "(roman)") and text in ("i", "v", "x"):
        letter, little = (
            Label("(letter)", text, _letter_number(text)),
            Label("(roman)", text, read_roman(text)),
        )
        return (little, letter) if text == "i" else (letter, little)
    return (label,)


def read_bare_label(text: str) -> Label | None:
    """Return the label that a section's `label` (without punctuation) stands for, or None.

    >>> read_bare_label("IV")
    Label(style='roman', text='IV', number=4)
    """
    return parse_label(text) or parse_label(f"{text}.") or parse_label(f"{text})") or parse_label(f"{text} ")


def read_roman(text: str) -> int:
    """Return the number that a Roman numeral stands for: 14 for `XIV`; ValueError for other letters."""
    total = 0
    values = [_ROMAN_VALUES.get(letter, 0) for letter in text.upper()]
    if not values or 0 in values:
        raise ValueError(f"not a Roman numeral: {text!r}")
    for value, after in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < after else value
    return total


def _letter_number(letter: str) -> int | None:
    at = LETTERS.find(letter.lower())
    return at + 1 if at >= 0 else None


def _read(match: re.Match[str], text: str) -> Label | None:
    kind = match.lastgroup
    if match["named"]:
        return _read_named(match, text)
    if kind == "roman":
        return read_alternatives(Label("roman", match["roman"], read_roman(match["roman"])))[0]
    if kind == "number":
        label = match["number"]
        depth = label.count(".") + 1
        style: Style = "number" if depth == 1 else f"number.{depth}"  # type: ignore[assignment]
        return Label(style, label, int(label.rsplit(".", 1)[-1]))
    if kind == "bullet":
        bullet = match["bullet"]
        if bullet == "*" and text[1:2] == "*":
            return None
        return Label(_BULLETS.get(bullet, "dot"), bullet, None)
    if kind == "inner":
        inner = match["inner"]
        if inner.isdecimal():
            return Label("(number)", inner, int(inner))
        if len(inner) > 1:
            return Label("(roman)", inner, read_roman(inner))
        return read_alternatives(Label("(letter)", inner, _letter_number(inner)))[0]
    if kind == "closed":
        return Label("number)", match["closed"], int(match["closed"]))
    if kind == "little":
        return Label("roman)", match["little"], read_roman(match["little"]))
    if kind == "capital":
        return Label("capital", match["capital"], _letter_number(match["capital"]))
    return Label("letter", match["letter"], _letter_number(match["letter"]))


def _read_named(match: re.Match[str], text: str) -> Label | None:
    name, count = match["named"], match["count"]
    style = _NAMED[name.lower()]
    if name.islower() or (style == "article" and not count[0].isdigit()):
        return None
    after = text[match.end() :].lstrip(" ")
    if not match["mark"] and after[:1].islower():
        return None  # `Điều 5 Nghị định này quy định`, `Mục 1 của Thông tư` are running text
    if style == "article" and not match["mark"] and after and after[0] != "\n":
        return None
    printed = f"{name} {count}"
    if count.isdecimal():
        return Label(style, printed, int(count))
    if count[0].isdigit():
        return Label(style, printed, int(count[:-1]))
    if " " in count:
        word = count.split()[1].lower()
        return Label(style, printed, _ORDINAL_WORDS.index(word) + 1) if word in _ORDINAL_WORDS else None
    try:
        return Label(style, printed, read_roman(count))
    except ValueError:
        return Label(style, printed, _letter_number(count))
