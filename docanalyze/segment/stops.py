"""Whether a stop ends a sentence, or belongs to an abbreviation, an initial, a label or an ellipsis."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

ROMAN = r"(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3})"
_LABEL = (
    rf"(?:\d{{1,3}}(?:\.\d{{1,3}})*|{ROMAN}|[A-Za-zĐđ]|Điều \d+[a-zđ]?"
    r"|(?:Chương|Mục|Phần|Phụ lục|Khoản|Biểu|Biểu số|Biểu mẫu|Bảng|Bảng số|Hình|Hình số|Mẫu|Mẫu số|Biểu đồ)"
    r" (?:\d+[a-zđ]?(?:\.\d+)*|[IVXLC]+))"
)
_LABEL_AT_START = re.compile(rf"[*#“\"(\[\s]*(?:[-+•]\s)?{_LABEL}$")
_LABEL_INSIDE = re.compile(
    rf"(?:;\s*(?:\d{{1,2}}(?:\.\d{{1,2}})*|{ROMAN}|[a-zđ])|:\s*(?:1(?:\.1)*|I|a|A)|[“\"]{_LABEL}"
    rf"|(?:Biểu|Bảng|Hình|Mẫu|Phụ lục|Biểu mẫu)(?: số)? \d+|ngày \d\d?|ngày \d\d?\.\s?\d\d?)$"
)
_DOTTED = re.compile(r"[^\W\d_]{1,3}(?:\.[^\W\d_]{1,4})+$")
_GROUP = re.compile(r"\d{3}(?!\d)")
_COUNTED = re.compile(r"\d+\s+[^\W\d_]")
_WORDS_AFTER = re.compile(r"\S+\s+(\S)")


def take_closers(text: str, at: int, first: int, close: int, stop: int) -> tuple[int, int]:
    """Return the end of the sentence and the start of the next, a spaced-off closer taken in."""
    quoted = '"' in text[max(at, first - 1) : close]
    while stop < len(text) and text[stop] in '”»)]}’"':
        if text[stop] == '"' and (quoted or text.count('"', max(at, first - 400), stop) % 2 == 0):
            break
        close = stop = stop + 1
        while stop < len(text) and text[stop].isspace():
            stop += 1
    return close, stop


def lacks_space(text: str, first: int, stop: int, words: Mapping[str, str]) -> bool:
    """Return whether a sentence ends without a space after it: `của huyện.Tiếp tục rà soát`."""
    after = text[stop : stop + 2]
    if len(after) < 2 or not after[0].isupper() or not after[1].islower() or text[stop - 1] not in ".?!…":
        return False
    token = text[max(0, first - 12) : first].rsplit(None, 1)[-1:]
    return (
        bool(token)
        and len(token[0]) > 1
        and token[0].isalpha()
        and token[0].islower()
        and token[0] not in words
    )


def is_boundary(
    text: str,
    at: int,
    first: int,
    close: int,
    stop: int,
    char: str,
    words: Mapping[str, str],
    labels: Mapping[str, str],
) -> bool:
    """Return whether a sentence that began at `at` ends at `close`; `text[stop]` is `char`, what follows.

    `first:close` holds the end marks and closers.
    """
    marks = text[first:close]
    if char == "*":
        ahead = stop
        while ahead < len(text) - 1 and text[ahead] == "*":
            ahead += 1
        char = text[ahead]
    if marks == ".":
        kind, closed = ".", ""
    elif "/" in marks:
        return char.isalnum() or char in '"“‘«([-+'
    else:
        bare = marks.rstrip("⁰¹²³⁴⁵⁶⁷⁸⁹* ")
        end_marks = bare.rstrip('"”’»)]} ')
        closed = bare[len(end_marks) :]
        kind = end_marks[-1:]
        if "?" in end_marks or "!" in end_marks:
            kind = "?"
        elif kind == "…" or end_marks.endswith(".."):
            kind = "…"
    if char == "(":
        inside = text[stop + 1 : stop + 2]
        if kind == "…" or inside.islower():
            return False
    elif kind == "…" and char.isdecimal() and not _COUNTED.match(text, stop):
        return False
    small = char.islower()
    if not small and not char.isalnum() and char not in '"“‘«([':
        if char not in "-–+•" or closed or not text[stop + 1 : stop + 2].isspace():
            return False
        char = text[stop + 2 : stop + 3]
        return char.isupper() and (
            kind != "." or not _is_abbreviation(text, at, first, char, stop, words, labels)
        )
    if kind == "." and not closed:
        return not _is_abbreviation(text, at, first, char, stop, words, labels)
    if small:
        return False
    return kind != "…" or ")" not in closed


def _is_abbreviation(
    text: str, at: int, first: int, char: str, stop: int, words: Mapping[str, str], labels: Mapping[str, str]
) -> bool:
    """Return whether the single stop at `first` belongs to an abbreviation, an initial or a label."""
    window = text[max(at, first - 24) : first]
    pieces = window.rsplit(None, 2)
    if not pieces or window[-1:].isspace():
        return char.islower()
    token = pieces[-1].lstrip('(“"*[‘«')
    before = words.get(token)
    if before is None and "." in token and all(words.get(part) == "name" for part in token.split(".")):
        before = "name"  # `ThS.BS. Lê Thị C`
    if before is None and not token[-1:].isdecimal() and len(token) > 5 and "." not in token:
        return False
    if first - at <= 24 and _LABEL_AT_START.match(text, at, first):
        return True
    if before is not None:
        return _joins(before, token, pieces, text, stop, char, labels)
    numeral = token[-1:].isdecimal()
    if (numeral or (len(token) <= 5 and not token.islower())) and _LABEL_INSIDE.search(window):
        return True
    if numeral and char.isdecimal() and token.isdecimal() and len(token) <= 3:
        return _GROUP.match(text, stop) is not None
    if len(token) == 1 and token.isalpha():
        return _is_initial(token, pieces, text, stop, char, labels)
    if "." in token and _DOTTED.match(token):
        return char.islower() or (token.isupper() and char.isupper() and _is_name_after(text, stop))
    return False


def _joins(
    before: str, token: str, pieces: Sequence[str], text: str, stop: int, char: str, labels: Mapping[str, str]
) -> bool:
    if before == "name":
        # a unit at the end: `có 35 đ/c. Tiếp tục …`
        counted = token[0].islower() and pieces[-1] == token and pieces[-2:][0][-1:].isdecimal()
        return not counted or char.islower()
    if char.islower():
        return True
    if before == "number":
        if len(token) == 1 and token.isupper() and not char.isdecimal():
            return _is_initial(token, pieces, text, stop, char, labels)
        return char.isdecimal() or (char.isupper() and token[0].isupper() and _is_name_after(text, stop))
    return False


def _is_initial(
    token: str, pieces: Sequence[str], text: str, stop: int, char: str, labels: Mapping[str, str]
) -> bool:
    """Return whether a single letter with a stop is an initial (`A. Nguyễn`, `ông H. kể`)."""
    previous = pieces[-2] if len(pieces) > 1 else ""
    known = labels.get(previous.lstrip('(“"*['))
    if known == "label":
        return False
    if not char.isupper():
        return True
    if known == "surname" and token.isupper():
        # `ông Trần B. Minh`, but `Trường Tiểu học Tây Hồ B. Nhà trường …`
        front = pieces[0].rsplit(None, 1)[-1] if len(pieces) > 2 else ""
        if not front[:1].isupper() or front in ("Ông", "Bà", "Anh", "Chị"):
            return True
    if token.isupper() and previous[:1].isupper() and token not in "ABCDE":
        return True  # `Trần V. Minh`; but `Trường Tiểu học Hòa Lợi B.` may end
    return token.isupper() and (not previous or _is_name_after(text, stop))


def _is_name_after(text: str, stop: int) -> bool:
    """Return whether two capitalised words follow (`Duyên Hải`), not a sentence (`Tổ chức`, `Năm 2023`)."""
    match = _WORDS_AFTER.match(text, stop, stop + 40)
    return match is None or match.group(1).isupper() or text[stop + 1 : stop + 2] == "."
