"""Digits that are no figure: section numbers, list labels, codes, names, document numbers, dates."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from docanalyze.lexicon import Lexicon
from docanalyze.tag.counted_names import is_counted_name
from docanalyze.tag.hedges import split_left
from docanalyze.tag.numerals import LETTER, SPACES, Numeral

_LENGTH = re.compile(r"\s?(?:km|m|ha)(?![\w/²]|\s?[0-9])")
FREE, WEAK, STRONG, CODE = 0, 1, 2, 3
"""How much of a label digits are: WEAK is no bare number, STRONG no counted thing, CODE nothing at all."""

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_AFTER_LABEL = ":." + _DASHES
_MARGIN = " \t\u00a0*_#>\u2022+“\"'‘«\x0c"
_LABEL_END = re.compile(
    r"\.(?=\s|$)|[)](?=\s|[A-ZĐ])|/(?=\s)|[-\u2013](?=\s{1,3}[^\W\d_])|\.-|:(?=\s)|(?=\s*$)"
)
_SECTION = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){1,4}")
_ID_TAIL = re.compile(
    rf"[{SPACES}]?/[{SPACES}]?(?:{LETTER}|[0-9])|[{SPACES}]?[{_DASHES}][{SPACES}]?[A-ZĐ][A-Za-zĐđ]{{0,5}}[{SPACES}]?/"
    rf"|[{_DASHES}][A-ZĐ]|:[0-9]|[=*@_]|\.[0-9a-z]|[hg+][0-9]"
)
_UPPER_NEXT = re.compile(rf"[{SPACES}]{{1,4}}([^\W\d_])")
_INLINE_LABEL = re.compile(r"\.[ \n](?=[^\W\d_])")
_CAPITAL_BEFORE = re.compile(rf"(\S)?(?:[{SPACES}]|\n)*({LETTER}{{1,20}})[{SPACES}]+\Z")
_ROW_FORMULA = re.compile(
    rf"\([0-9]{{1,3}}[a-z]?\s?=\s?[0-9]{{1,3}}[a-z]?(?:\s?[{_DASHES}+x*/:]\s?\(?[0-9]{{1,3}}[a-z]?\)?){{1,20}}\s?\)"
)
_MEASURED = re.compile(
    rf"[{SPACES}](?:(?:nghìn|ngàn|triệu|tỷ)[{SPACES}]|(?:ha|tấn|tạ|con|kg|m2|m3|m²|m³)(?!\w))"
)
"""`cà phê 18,9 nghìn ha, điều 9,1 nghìn ha`: cashew, no article."""
_NOUN = re.compile(r" (?!(?:và|hoặc|đến|của|trong|tại|với|là|cho|theo|như|do)(?!\w))[^\W\d_]")
_SERIES = re.compile(r"[A-ZĐ][0-9]{1,3}.\Z")
_SHARED = re.compile(r" ?\((?:chiếm |đạt |tỷ lệ )?[0-9]{1,3}(?:,[0-9]{1,2})? ?%")
_OPENS = r"(?<!\w)(?:gồm|trong đó|cụ thể)(?: có)?(?= )"
_LISTING = re.compile(
    rf"(?:[(:]|{_OPENS})(?!\s*\n)[^().:;\n]{{2,40}}\s[0-9][^().:\n]{{0,60}}\Z|\([^()0-9.\n]{{2,40}}\Z"
    r"|\([^()0-9.:;\n]{2,40}\s[0-9.]{1,9}(?:, [^()0-9.:;\n]{2,40}\s[0-9.]{1,9}){0,5}, [^()0-9.:;\n]{2,40}\Z"
)
_FIRST = re.compile(rf"(?::|{_OPENS})(?!\s*\n)\s[^0-9().:;,\n]{{2,25}}\Z")
_LISTED = re.compile(r"[,;]\s[^\W\d_][^0-9.,;\n]{1,25}\s[0-9]")
_GLUED = re.compile(
    r"[^\W\d_]:\Z"
    r"|(?<![\w/.-])(?:là|đạt|được|khoảng|gần|hơn|bằng|với|từ|xuống|tăng|giảm|trên|gồm)\Z"
)
"""A space is left out before digits: `giáo dục:18.826 chỉ tiêu`, `Tân Hòa là1,095 tỷ đồng`."""
_WORD = 8
_YEAR_CHAIN = re.compile(rf"(?:\s*(?:,|;|&|[{_DASHES}]|và|đến|hoặc|hay|tới|sang|với|so với|-)\s*|\s*[(]\s*)")
_CHAIN = re.compile(rf"\s*(?:,\s*và|,|;|&|\+|[{_DASHES}]|và|hoặc|hay|đến|tới)\s*")


class _Labels(NamedTuple):
    strong: dict[str, tuple[int | None, bool]]
    weak: frozenset[str]
    not_labels: frozenset[str]
    voltage: frozenset[str]
    bare: frozenset[str]
    doing: frozenset[str]
    last_words: frozenset[str]


@lru_cache(maxsize=8)
def _labels(lexicon: Lexicon) -> _Labels:
    table = lexicon["nonfigures"]
    strong = {
        word: (row.get("max"), bool(row.get("plain"))) for row in table["strong"] for word in row["words"]
    }
    weak = frozenset(word for row in table["weak"] for word in row["words"])
    not_labels = frozenset(table["not_labels"]["words"])
    return _Labels(
        strong,
        weak,
        not_labels,
        frozenset(table["voltage"]["words"]),
        frozenset(table["bare"]["words"]),
        frozenset(table["doing"]["words"]),
        frozenset({phrase.rsplit(" ", 1)[-1] for phrase in (*strong, *weak, *not_labels)} | {"năm"}),
    )


def is_year(text: str, numeral: Numeral) -> bool:
    """Return whether the digits look like a year: four of them without a mark, 1900 to 2100."""
    token = text[numeral.start : numeral.end]
    return len(token) == 4 and token.isdigit() and "1900" <= token <= "2100"


def grade_label(
    text: str, numeral: Numeral, before: tuple[Numeral, int] | None, lexicon: Lexicon, *, english: bool
) -> int:
    """Return how much of a label the digits are: FREE, WEAK, STRONG or CODE.

    `before` is the numeral before this one with its grade: lists go on (`lớp 10, 11 và 12`).
    """
    start, end = numeral.start, numeral.end
    if numeral.spelled:
        words = split_left(text, start, reach=16)
        return CODE if words and words[-1] in ("thứ", "quý", "mùng", "mồng", "tháng") else FREE
    grade = _grade_shape(text, numeral)
    if grade == CODE:
        return CODE
    plain = _follows_plain_word(text, start, lexicon)
    if not plain:
        margin = _grade_margin(text, numeral, english=english)
        if margin == CODE:
            return CODE
        grade = max(grade, margin, _grade_words(text, numeral, lexicon))
    if before is not None and start - before[0].end <= 12:
        gap = text[before[0].end : start]
        if is_year(text, numeral) and is_year(text, before[0]) and _YEAR_CHAIN.fullmatch(gap):
            return CODE
        longest = max(3, before[0].end - before[0].start + 1)
        if before[1] >= WEAK and end - start <= longest and _CHAIN.fullmatch(gap):
            grade = max(grade, min(before[1], WEAK))
    if grade < WEAK and not plain and _is_name(text, numeral):
        grade = WEAK
    return grade


def _follows_plain_word(text: str, start: int, lexicon: Lexicon) -> bool:
    """Return whether a word in small letters that ends no label stands before the digits, in mid-line.

    Most figures do, and then neither margin nor words make them a label.
    """
    near = text[max(0, start - 12) : start]
    space = near.rfind(" ", 0, -1)
    last = near[space + 1 : -1]
    return (
        space >= 0
        and start > 12
        and near[-1] == " "
        and "\n" not in near
        and last.isalpha()
        and last.islower()
        and last not in _labels(lexicon).last_words
    )


def find_row_formulas(text: str) -> list[tuple[int, int]]:
    """Return the brackets that say from which rows a row follows: `(50 = 10 + 11 - 20)`."""
    return [found.span() for found in _ROW_FORMULA.finditer(text)] if "=" in text else []


def is_mark(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Return whether a bare small number after an ordinary word is rather a footnote mark.

    In a text without superscripts `tăng trưởng cao 6.` ends with the mark of note 6.
    """
    token = text[start:end]
    if len(token) > 2 or not token.isdigit() or token[0] == "0":
        return False
    if _SHARED.match(text, end):
        return False  # `đã khắc phục 26 (83,9%)`
    words = split_left(text, start, reach=24)
    if not words or not words[-1].isalpha():
        return bool(words) and words[-1] in "%)”"
    if _LISTING.search(text, max(0, start - 80), start) or (
        _LISTED.match(text, end) and _FIRST.search(text, max(0, start - 32), start)
    ):
        return False  # `(khiếu nại 123, tố cáo 45)`, `trong đó: nam 20, nữ 14`
    known, last = _labels(lexicon), " ".join(words[-2:])
    if last in known.doing and _NOUN.match(text, end):
        return False
    return words[-1] not in known.bare and last not in known.bare


def _grade_shape(text: str, numeral: Numeral) -> int:
    start, end = numeral.start, numeral.end
    token = text[start:end]
    if numeral.reading is None or (len(token) >= 4 and token[0] == "0" and token.isdigit()):
        return CODE
    last = text[start - 1] if start else " "
    if (last == ":" or last.isalpha()) and _GLUED.search(text, max(0, start - _WORD), start):
        return WEAK
    if last.isalpha() or last in "_@#/\\=&%‰" or (last in ".:" and start > 1 and text[start - 2].isalnum()):
        return CODE
    if last in ":'+°\u2032" and start > 1 and text[start - 2].isdigit():
        return CODE  # times of the day, coordinates
    if last == "+" and start > 1 and text[start - 2].isupper():
        return CODE  # `ASEAN+3`
    if last in _DASHES and start > 1:
        if text[start - 2].isalpha() or text[start - 2] in "._/":
            return CODE
        if text[start - 2].isdigit() and _SERIES.search(text, max(0, start - 5), start):
            return CODE  # `84B1-234.56`: a plate
    following = text[end : end + 1]
    if following and following in "/-.:=*@_hg+\u2010\u2011\u2012\u2013\u2014\u2212" + SPACES:
        stop = following == "." and not text[end + 1 : end + 2].isalnum()
        if not stop and _ID_TAIL.match(text, end) and not _is_per(text, end):
            return CODE
    if following in (".", "°") and text[end + 1 : end + 2].isdigit():
        return CODE
    if last == "(" and following == ")":
        return CODE
    dashed = last in _DASHES and start > 1 and text[start - 2].isdigit()
    if dashed and following and following in _DASHES and text[end + 1 : end + 2].isdigit():
        return CODE  # three parts joined by dashes are a date or a telephone number
    return WEAK if last in ')]}”"’»' else FREE


def _is_per(text: str, end: int) -> bool:
    """Return whether a slash here begins a divisor in small letters (`12/tháng`), not a symbol."""
    return text[end : end + 1] == "/" and text[end + 1 : end + 3].islower()


def _grade_margin(text: str, numeral: Numeral, *, english: bool) -> int:
    """Return the grade of digits at the beginning of a line: section number, list label, page number."""
    start, end = numeral.start, numeral.end
    line = text.rfind("\n", max(0, start - 10), start)
    begin = -1 if line < 0 and start > 10 else line + 1
    if begin >= 0 and not text[begin:start].strip(_MARGIN + "("):
        token = text[start:end]
        cells = "\t" in text[begin:start]
        rest = text[end : end + 3]
        section = not cells and _SECTION.fullmatch(token) is not None
        if section and rest[:1] in ". \t)" and (not english or rest[:1] == "."):
            return CODE
        if token.isdigit() and len(token) <= 4 and not cells:
            if rest[:1] == "\t" or (_LABEL_END.match(text, end) and len(token) <= 3):
                return CODE
            if not rest.strip() or rest[0] == "\n":
                return CODE
            capital = _UPPER_NEXT.match(text, end)
            if capital is not None and capital[1].isupper():
                # `3 Theo báo cáo…` is a footnote; `03 Chương trình` and a counted thing are not
                return WEAK if token[0] == "0" else STRONG
        return FREE
    if text[end : end + 1] == "." and end - start <= 2:
        inline = _INLINE_LABEL.match(text, end)
        if inline is not None and text[inline.end()].isupper():
            left = text[max(0, start - 3) : start].rstrip()
            if left[-1:] in ";.:":
                return CODE
    return FREE


def _grade_words(text: str, numeral: Numeral, lexicon: Lexicon) -> int:
    table = _labels(lexicon)
    start, end = numeral.start, numeral.end
    # Most figures follow a word that ends no label: one look at it saves reading all before it.
    near = text[max(0, start - 12) : start].split()
    if len(near) > 1:
        last = near[-1]
        if last.isalpha():
            if last.lower() not in table.last_words:
                return FREE
        elif last[-1] not in _AFTER_LABEL and not last[-1].isalpha():
            return FREE
    words = split_left(text, start, reach=40)
    if not words or "&" in "".join(near[-1:]):
        return FREE  # `GD&ĐT: 18.826 chỉ tiêu`: no road
    last = words[-1]
    if last in _DASHES and len(words) > 1 and numeral.reading is not None:
        # `COVID - 19`: a name in capitals, a dash, a number
        name = text[max(0, start - 24) : start].rstrip(" " + _DASHES).rsplit(" ", 1)[-1]
        return STRONG if len(name) > 1 and name.isalpha() and name.isupper() else FREE
    if last in ":." and len(words) > 1:
        words.pop()
        if words[-1] not in table.strong or table.strong[words[-1]][0] is not None:
            return FREE
    if " ".join(words[-2:]) in table.not_labels or " ".join(words[-3:]) in table.not_labels:
        return FREE
    if words[-1] == "năm" and is_year(text, numeral):
        return CODE
    if "," in text[start:end] and _MEASURED.match(text, end):
        return FREE
    for size in (3, 2, 1):
        phrase = " ".join(words[-size:])
        if phrase in table.strong:
            most, plain = table.strong[phrase]
            token = text[start:end]
            assert numeral.reading is not None
            if most is not None and numeral.reading.number > most:
                continue
            if plain and (token[0] == "0" or not token.isdigit()):
                continue
            if _LENGTH.match(text, end):
                continue  # `sửa chữa quốc lộ 312 km`: how long it is
            if most is not None and not token.isdigit():
                continue  # `6 tháng 4,68 triệu tấn`: no month has decimals
            return STRONG
        if phrase in table.weak:
            return WEAK
    return FREE


def _is_name(text: str, numeral: Numeral) -> bool:
    """Return whether a small whole number follows a capitalised word inside a sentence: `Dung Quất 2`."""
    token = text[numeral.start : numeral.end]
    if len(token) > 3 or not token.isdigit():
        return False
    near = text[max(0, numeral.start - 12) : numeral.start].split()
    if len(near) > 1 and not near[-1][0].isupper():
        return False
    match = _CAPITAL_BEFORE.search(text[max(0, numeral.start - 28) : numeral.start])
    if match is None or not match[2][0].isupper():
        return False
    if match[1] is None or match[1] in '.!?:;*-+\u2013(“"\u2022' or match[1].isdigit():
        return False
    return not is_counted_name(text, numeral.start, numeral.end)


def is_class_name(text: str, start: int, lexicon: Lexicon) -> bool:
    """Return whether a voltage here names a class: `Trạm biến áp 220kV`."""
    words = split_left(text, start, reach=32)
    voltage = _labels(lexicon).voltage
    return any(" ".join(words[-size:]) in voltage for size in (1, 2, 3) if size <= len(words))


@lru_cache(maxsize=8)
def _clock(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = lexicon["nonfigures"]["clock"]
    before, after = ("|".join(map(re.escape, table[side])) for side in ("before", "after"))
    blank = rf"[{SPACES}\n]"
    return (
        re.compile(rf"(?<!\w)(?:{before}){blank}$", re.IGNORECASE),
        re.compile(rf"(?:{blank}[0-5]?[0-9](?:{blank}phút)?)?,?{blank}(?:{after})(?!\w)"),
    )


def is_clock_time(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Return whether the hours here are a time of the day: `trước 17 giờ`, `8 giờ 30 phút sáng`."""
    before, after = _clock(lexicon)
    if after.match(text, end) or before.search(text, max(0, start - 16), start):
        return True
    return text.startswith("từ", max(0, start - 3)) and text.count("giờ", start, end) > 1
