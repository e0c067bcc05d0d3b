"""What a slip of the hand makes of a printed number: digits swapped, lost, added or changed, a moved mark.

All in whole numbers: `35,12` is 3512 of 4 digits with 2 decimals.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from math import ceil, floor

from docanalyze.core.figure import Figure
from docanalyze.core.relation import EditKind

Slip = tuple[EditKind, int, int, int, int]
"""Kind, number, how many digits, decimals, and how much less likely than others of its kind it is."""
Window = Callable[[int], tuple[float, float]]
"""Between which whole numbers those of so many decimals may lie."""

RANKS: dict[EditKind, int] = {
    "swap": 0, "separator": 1, "drop": 2, "insert": 2, "sign": 3, "scale": 3, "digit": 4, "unit": 5, "row": 5
}  # fmt: skip
"""The rarer an edit fits by chance, the sooner it is believed."""

MOVED = 3
"""So many places a mark may be moved."""
_DIGITS = ("swap", "drop", "insert", "digit")
ANY = (0.0, 1e300)
"""A window that leaves nothing out."""

_PADDED = re.compile(r"0\d(?!\d|[.,]\d)")
"""`03 xã`: counts below ten are printed with a zero, which may change places with the digit."""


_BROKEN_GROUP = re.compile(r"[1-9]\d{0,2}\.\d\d(?:\d\d)?")
_GROUP = 3
_DECIMAL = "0123456789"


def find_slips(figure: Figure, window: Window) -> Iterator[Slip]:
    """Yield the other numbers in a window that are a slip away from a figure, each by its likeliest kind."""
    if figure.numeral:
        yield from _find(format(figure.number, "f"), _PADDED.match(figure.text) is not None, window)
        if figure.dimension != "%" and _BROKEN_GROUP.fullmatch(figure.numeral):
            yield from _fill_group(figure.numeral.replace(".", ""), window(0))


def _fill_group(digits: str, ends: tuple[float, float]) -> Iterator[Slip]:
    """Yield the whole numbers of which a digit behind the mark of thousands was lost or added: `1.61`."""
    size, kind = len(digits), "insert"
    if size - 1 > _GROUP:
        kind = "drop"
        changed = {digits[:at] + digits[at + 1 :] for at in range(size - _GROUP - 1, size)}
    else:
        changed = {digits[:at] + new + digits[at:] for at in range(size - 2, size + 1) for new in _DECIMAL}
    for number in sorted(changed):
        if _is_within(int(number), ends):
            yield kind, int(number), len(number), 0, 3  # type: ignore[misc]


def count_slips(figure: Figure, rank: int) -> int:
    """Return how many numbers are a slip away from a figure that would be believed as soon as `rank`."""
    if not figure.numeral:
        return 0
    ranks = _count_ranks(format(figure.number, "f"), _PADDED.match(figure.text) is not None)
    return sum(count for each, count in ranks.items() if each <= rank)


@lru_cache(maxsize=512)
def _count_ranks(number: str, padded: bool) -> Counter[int]:
    return Counter(RANKS[kind] + unlike for kind, _, _, _, unlike in _find(number, padded, lambda _: ANY))


def respells(number: str, low: float, high: float) -> bool:
    """Return whether two digits swapped, one lost, added or changed make a whole number one between two ends.

    >>> respells("51", 14.9, 15.1)
    True
    """
    ends = low, high
    return any(
        decimals == 0 and kind in _DIGITS for kind, _, _, decimals, _ in _find(number, False, lambda _: ends)
    )


def _find(text: str, padded: bool, window: Window) -> Iterator[Slip]:
    whole, _, rest = text.partition(".")
    digits = whole + rest
    padded = padded or (len(digits) == 2 and not rest and digits[1] == "0")
    if padded and len(digits) == 1:
        digits = f"0{digits}"
    seen = {(int(digits), len(digits), len(rest))}
    for slip in _propose(digits, len(rest), window):
        _, number, size, decimals, _ = slip
        if size <= decimals or slip[1:4] in seen:
            continue
        if size - decimals > 1 and number < 10 ** (size - 1) and not (padded and size == 2):
            continue  # it would begin with a zero
        seen.add(slip[1:4])
        yield slip


_TENS = [10**power for power in range(32)]


def _propose(digits: str, decimals: int, window: Window) -> Iterator[Slip]:
    number, size = int(digits), len(digits)
    values = [int(digit) for digit in digits]
    tens = _TENS if size + 2 <= len(_TENS) else [10**power for power in range(size + 2)]
    low, high = window(decimals)
    for first in range(size - 1):
        for last in range(first + 1, size):
            more = values[last] - values[first]
            if more:
                changed = number + more * (tens[size - 1 - first] - tens[size - 1 - last])
                if low <= changed <= high:
                    yield "swap", changed, size, decimals, 0 if last == first + 1 else 3
    for places in range(max(0, decimals - MOVED), min(size, decimals + MOVED + 1)):
        if places != decimals and _is_within(number, window(places)):
            yield "separator", number, size, places, 0
    if decimals > 0 and digits[0] != "0" and _is_within(number, window(size)):
        yield "separator", number, size + 1, size, 0  # `6,3` where `0,63` was meant
    if low <= number * 1000 <= high:
        yield "scale", number * 1000, size + 3, decimals, 0
    shorter = max(0, decimals - 1)
    least, most = window(shorter)
    for at in range(size):
        after = tens[size - 1 - at]
        changed = number // after // 10 * after + number % after
        if at < size - decimals:
            if low <= changed <= high:
                yield "drop", changed, size - 1, decimals, 0
        elif least <= changed <= most:
            # a figure printed with one decimal less says less, so it fits more easily
            yield "drop", changed, size - 1, shorter, 3
    longer = window(decimals + 1)
    for at in range(size + 1):
        after = tens[size - at]
        opened = number // after * after * 10 + number % after
        if decimals and size - at == decimals:
            for changed in range(opened, opened + 10 * after, after):
                if low <= changed <= high:
                    yield "insert", changed, size + 1, decimals, 0
                if longer[0] <= changed <= longer[1]:
                    yield "insert", changed, size + 1, decimals + 1, 0
            continue
        more = 1 if decimals and at > size - decimals else 0
        ends = longer if more else (low, high)
        if opened <= ends[1] and opened + 9 * after >= ends[0]:
            for changed in _steps_between(ends, opened, after):
                yield "insert", changed, size + 1, decimals + more, 0
    for at, old in enumerate(values):
        after = tens[size - 1 - at]
        least = number - old * after
        if least <= high and least + 9 * after >= low:
            for changed in _steps_between((low, high), least, after):
                if changed != number:
                    yield "digit", changed, size, decimals, 0


def _is_within(number: int, ends: tuple[float, float]) -> bool:
    return ends[0] <= number <= ends[1]


def _steps_between(ends: tuple[float, float], number: int, step: int) -> range:
    """Return those of a number and nine steps up from it that lie between two ends."""
    low, high = ends
    last = number + 9 * step
    if low <= number and last <= high:
        return range(number, last + 1, step)
    first, most = max(0, ceil((low - number) / step)), min(9, floor((high - number) / step))
    return range(number + first * step, number + most * step + 1, step)
