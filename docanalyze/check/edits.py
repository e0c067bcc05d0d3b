"""The smallest edit of one printed figure that would make an equation hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from docanalyze.check.equation import Equation
from docanalyze.check.judge import gauge, gauge_hedged, gauge_others, holds
from docanalyze.core.bounds import Bounds
from docanalyze.core.figure import Figure, Reading
from docanalyze.core.relation import EditKind

NUMERAL = re.compile(r"\d+(?:[., \u00a0]\d+)*")
_RANKS: dict[EditKind, int] = {
    "swap": 0, "separator": 1, "drop": 2, "insert": 2, "sign": 3, "scale": 3, "digit": 4, "unit": 5, "row": 5
}  # fmt: skip
"""The rarer an edit fits by chance, the sooner it is believed."""


_EVENS = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Edit:
    """A figure of an equation (`at` among its terms) printed otherwise.

    `unlike` makes it less likely than others of its kind; `miss` is how far the sides are apart then.
    """

    kind: EditKind
    at: int
    number: Decimal
    printed: str
    unlike: int = 0
    miss: float = 0.0

    @property
    def rank(self) -> int:
        """How soon to believe it: lower is sooner."""
        return _RANKS[self.kind] + self.unlike


class _Rough:
    """A figure in floating point, a little wider than any exact reading of it: a quick first test."""

    __slots__ = ("_bounds", "comparator", "sign")

    def __init__(self, figure: Figure) -> None:
        self.sign = figure.sign
        self.comparator = None
        self._bounds = figure.bounds()
        if figure.comparator is None:
            self.set(figure.rough, figure.rough_slack)

    def set(self, value: float, slack: float) -> None:
        """Take another number, in the base unit."""
        more = slack + 1e-9 * abs(value)
        self._bounds = Bounds(value - more, value + 2 * more)  # type: ignore[arg-type]

    def bounds(self, reading: Reading = "rounded", *, signed: bool = False) -> Bounds:
        return -self._bounds if signed and self.sign < 0 else self._bounds


def _near_by_bounds(equation: Equation, at: int) -> Callable[[float, float], bool]:
    rough = [(role, _Rough(figure)) for role, figure in equation.terms]
    quick = replace(equation, terms=tuple(rough), factor=float(equation.factor))  # type: ignore[arg-type]
    hedge = equation.terms[at][1].comparator

    def near(value: float, slack: float) -> bool:
        if hedge not in (None, "more-than", "nearly", "about"):
            return True
        rough[at][1].set(value, slack)
        sides = quick.sides()
        return sides is None or sides.printed.meets(sides.expected)

    return near


@lru_cache(maxsize=512)
def find_edits(equation: Equation) -> tuple[tuple[Edit, ...], Counter[int]]:
    """Return the edits of one figure that make the equation hold, and how many were tried of each rank."""
    fitting: list[Edit] = []
    tried: Counter[int] = Counter()
    for at, (_, figure) in enumerate(equation.terms):
        if figure.number != figure.high:
            continue
        usual = {
            other.decimals for place, (_, other) in enumerate(equation.terms)
            if place != at and (other.dimension, other.factor) == (figure.dimension, figure.factor)
        }  # fmt: skip
        near = gauge_others(equation, at) or gauge_hedged(equation, at) or _near_by_bounds(equation, at)
        factor = figure.factor.numerator / figure.factor.denominator
        for kind, digits, decimals, unlike in _vary(figure):
            tried[_RANKS[kind] + unlike] += 1
            exact = figure.exact and decimals == 0
            number, grain = int(digits) * 10.0**-decimals * factor, 10.0**-decimals * factor
            if figure.comparator is not None:
                slack = grain * 10.0 ** (len(digits) - len(digits.rstrip("0")))
            else:
                slack = 0.0 if exact else grain / 2
            if not near(number, slack):
                continue
            value = Decimal(int(digits)).scaleb(-decimals)
            mended = equation.with_figure(
                at, replace(figure, number=value, high=value, decimals=decimals, exact=exact)
            )
            if holds(mended):
                more = 3 if usual and decimals not in usual else 0
                found, plain = NUMERAL.search(figure.text), not figure.decimals
                printed = _print_like(digits, decimals, found, grouped=plain)
                fitting.append(Edit(kind, at, value, printed, unlike + more, _miss(mended)))
        if figure.sign < 0 and holds(mended := equation.with_figure(at, replace(figure, sign=1))):
            found = NUMERAL.search(figure.text)
            fitting.append(Edit("sign", at, figure.number, found[0] if found else "", 0, _miss(mended)))
    fitting.sort(key=lambda edit: (edit.rank, edit.miss, edit.at))
    return tuple(fitting), tried


def _miss(equation: Equation) -> float:
    plain = gauge(equation)
    if plain is not None:
        return round(plain[0], 9)
    sides = equation.sides()
    if sides is None:
        return 0.0
    ends = sides.printed.low, sides.printed.high, sides.expected.low, sides.expected.high
    low, high, least, most = (0.0 if end is None else float(end) for end in ends)
    return round(abs(low + high - least - most) / 2, 9)


def _vary(figure: Figure) -> Iterator[tuple[EditKind, str, int, int]]:
    """Yield kind, digits, decimals and unlikeness of each other number that a slip away from a figure is."""
    if NUMERAL.search(figure.text) is None:
        return
    whole, _, rest = format(figure.number, "f").partition(".")
    digits = whole + rest
    padded = _PADDED.match(figure.text) is not None or (len(digits) == 2 and not rest and digits[1] == "0")
    if padded and len(digits) == 1:
        digits = f"0{digits}"
    seen = {(digits, len(rest))}
    for kind, changed, decimals, unlike in _vary_digits(digits, len(rest)):
        if (changed, decimals) in seen or not changed:
            continue
        if changed[0] == "0" and len(changed) - decimals > 1 and not (padded and len(changed) == 2):
            continue
        seen.add((changed, decimals))
        yield kind, changed, decimals, unlike


def _vary_digits(digits: str, decimals: int) -> Iterator[tuple[EditKind, str, int, int]]:
    """Yield kind, digits, decimals and how much less likely than others of its kind an edit is."""
    for first in range(len(digits) - 1):
        for last in range(first + 1, len(digits)):
            if digits[first] != digits[last]:
                swapped = digits[:first] + digits[last] + digits[first + 1 : last] + digits[first]
                yield "swap", swapped + digits[last + 1 :], decimals, 0 if last == first + 1 else 3
    for places in range(max(0, decimals - 3), decimals + 4):
        if places != decimals and places < len(digits):
            yield "separator", digits, places, 0
    if decimals > 0 and digits[0] != "0":  # `6,3` where `0,63` was meant
        yield "separator", f"0{digits}", len(digits), 0
    yield "scale", digits + "000", decimals, 0
    for at in range(len(digits)):
        fraction = at >= len(digits) - decimals
        shorter = max(0, decimals - 1) if fraction else decimals
        # a figure printed with one decimal less says less, so it fits more easily
        yield "drop", digits[:at] + digits[at + 1 :], shorter, 3 if fraction else 0
    for at in range(len(digits) + 1):
        longer = decimals + 1 if decimals and at > len(digits) - decimals else decimals
        for digit in "0123456789":
            yield "insert", digits[:at] + digit + digits[at:], longer, 0
            if longer == decimals and decimals and at == len(digits) - decimals:
                yield "insert", digits[:at] + digit + digits[at:], decimals + 1, 0
    for at, old in enumerate(digits):
        for digit in "0123456789":
            if digit != old:
                yield "digit", digits[:at] + digit + digits[at + 1 :], decimals, 0


def _print_like(digits: str, decimals: int, found: re.Match[str] | None, *, grouped: bool) -> str:
    """Return digits printed in the manner of a numeral: its marks, or those of Vietnamese.

    `grouped` numerals have no decimals, so that their commas mark thousands.
    """
    like = found[0] if found else ""
    whole, rest = (digits[:-decimals], digits[-decimals:]) if decimals else (digits, "")
    marks = [char for char in like if not char.isdigit()]
    english = (
        marks.count(",") > 1
        or (grouped and "," in marks)
        or (len(marks) > 1 and marks[0] == "," and marks[-1] == ".")
    )
    group, comma = (",", ".") if english else (".", ",")
    if len(whole) > 3 and (group in marks or len(re.sub(r"\D.*", "", like)) <= 3):
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", group, whole)
    return whole + (comma + rest if rest else "")


def is_telling(
    equation: Equation, fitting: tuple[Edit, ...], tried: Counter[int], *, most: Fraction = _EVENS
) -> bool:
    """Return whether an edit that fits does so by chance less often than `most`.

    A printed side and an expected one as wide as w of their size agree by chance about once in 1/w tries.
    Only as many tries count as there are edits that would be believed as soon as the one that fits.
    """
    sides = equation.sides()
    if not fitting or sides is None:
        return False
    widths = [sides.printed.width(), sides.expected.width()]
    size = max((abs(end) for end in (sides.printed.low, sides.printed.high) if end is not None), default=0)
    if None in widths or not size:
        return False
    if _is_near_miss(equation):
        return True
    slack = sum((width for width in widths if width is not None), Fraction(0))
    smallest = min(
        (1 / Fraction(10) ** f.decimals * f.factor for _, f in equation.terms), default=Fraction(1)
    )
    if equation.form in ("share", "growth", "gain", "ratio"):
        smallest = Fraction(0)
    if equation.form == "growth":
        size = max(Fraction(size), Fraction(_USUAL_GROWTH))
    tries = sum(count for rank, count in tried.items() if rank <= fitting[0].rank)
    return tries * max(slack, smallest) / Fraction(size) < most


_USUAL_GROWTH = 50
"""A growth may be small, but what strangers would give is spread as wide as this."""


_PADDED = re.compile(r"0\d(?!\d|[.,]\d)")
"""`03 xã`: counts below ten are printed with a zero, which may change places with the digit."""


def has_edit(equation: Equation) -> bool:
    """Return whether one misprint of one figure would explain a failure."""
    return bool(find_edits(equation)[0])


def has_slip(equation: Equation) -> bool:
    """Return whether swapped, lost or added digits or a moved separator would explain a failure."""
    return any(edit.kind in ("swap", "separator", "drop", "insert") for edit in find_edits(equation)[0])


def _is_near_miss(equation: Equation) -> bool:
    """Return whether the sides miss each other by so little that they can hardly be strangers."""
    sides = equation.sides()
    if sides is None or equation.form not in ("sum", "product", "quotient", "stock", "difference"):
        return False
    ends = (sides.printed.low, sides.printed.high, sides.expected.low, sides.expected.high)
    if any(end is None for end in ends):
        return False
    low, high, least, most = (end for end in ends if end is not None)
    gap = max(low - most, least - high, Fraction(0))
    return gap * 50 < max(abs(low), abs(high), abs(least), abs(most))
