"""The numbering of sections, tables and footnotes (NUMB): labels that count from one without a gap."""

from __future__ import annotations

import re
from collections.abc import Callable

_LETTERS = "abcdđeghiklmnopqrstuvxy"
"""Điểm run in the order of the Vietnamese alphabet, without f, j, w, z and the marked vowels."""
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_WORDS = {
    "nhất": 1, "hai": 2, "nhì": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mười": 10,
}  # fmt: skip


def _read_arabic(label: str) -> int | None:
    found = re.fullmatch(r"(?:\d+\.)*(\d+)", label)
    return int(found.group(1)) if found else None


def _read_roman(label: str) -> int | None:
    digits = [_ROMAN.get(letter, 0) for letter in label]
    if not digits or 0 in digits:
        return None
    return sum(-one if one < two else one for one, two in zip(digits, [*digits[1:], 0], strict=True))


def _read_letter(label: str) -> int | None:
    return _LETTERS.find(label) + 1 or None if len(label) == 1 else None


def _read_word(label: str) -> int | None:
    found = re.fullmatch(r"thứ (\w+)", label)
    return _WORDS.get(found.group(1)) if found else None


_STYLES: tuple[Callable[[str], int | None], ...] = (_read_arabic, _read_roman, _read_letter, _read_word)


def read_labels(labels: list[str]) -> list[int] | None:
    """Return what the labels count, read in one style; where two styles fit, the one that starts with one.

    >>> read_labels(["I", "II", "IV"]), read_labels(["C", "D", "Đ"]), read_labels(["2.1", "2.2"])
    ([1, 2, 4], [3, 4, 5], [1, 2])
    """
    readings = []
    for style in _STYLES:
        numbers = [style(label.strip().lower()) for label in labels]
        if None not in numbers:
            readings.append([number for number in numbers if number is not None])
    readings.sort(key=lambda numbers: numbers != list(range(numbers[0], numbers[0] + len(numbers))))
    return readings[0] if readings else None


def check_numbering(labels: list[str]) -> tuple[str, str]:
    """Return whether the labels count from one without gap or repeat; the first break is named."""
    shown = ", ".join(labels)
    numbers = read_labels(labels)
    if numbers is None:
        return "not-checkable", f"{shown}: no one style of numbering"
    if numbers[0] != 1:
        return "fails", f"{shown}: starts with {labels[0]}"
    for at in range(1, len(numbers)):
        if numbers[at] != numbers[at - 1] + 1:
            return "fails", f"{shown}: {labels[at]} after {labels[at - 1]}"
    return "holds", f"{shown}: without gap or repeat"
