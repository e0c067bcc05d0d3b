"""The smallest edit of one printed figure that would make an equation hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

import msgspec
from msgspec.structs import replace

from docanalyze.check.equation import Equation, Term
from docanalyze.check.judge import gauge, holds
from docanalyze.check.reach import find_reach
from docanalyze.check.slips import ANY, MOVED, RANKS, count_slips, find_slips
from docanalyze.core.bounds import Bounds
from docanalyze.core.figure import Figure, Reading, count_decimals
from docanalyze.core.relation import EditKind

_EVENS = Fraction(1, 2)
_LARGEST = 200
"""Hardly any percentage is larger, so that a digit is hardly missing from one that is not."""


class Edit(msgspec.Struct, frozen=True):
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
        return RANKS[self.kind] + self.unlike


class _Window:
    """Between which whole numbers the digits of a figure must lie for the equation to hold, by decimals."""

    def __init__(self, equation: Equation, at: int) -> None:
        self.figure = equation.terms[at][1]
        self.factor = self.figure.factor.numerator / self.figure.factor.denominator
        self.reach = find_reach(equation, at)
        self.near = None if self.reach is not None else _near_by_bounds(equation, at)
        self.known: dict[int, tuple[float, float]] = {}

    def ends(self, decimals: int) -> tuple[float, float]:
        """Return the least and the greatest whole number of so many decimals."""
        known = self.known.get(decimals)
        if known is None:
            known = ANY
            if self.reach is not None and self.figure.comparator is None:
                grain = 10.0**-decimals * self.factor
                least, most = self.reach(0.0 if self.figure.exact and decimals == 0 else grain / 2)
                known = max(ANY[0], least / grain - _GIVE), min(ANY[1], most / grain + _GIVE)
            self.known[decimals] = known
        return known

    def is_below_nothing(self) -> bool:
        """Return whether the equation wants a number below zero, as no slip makes one, however it is cut."""
        decimals = self.figure.decimals
        return all(self.ends(places)[1] < 0 for places in (max(0, decimals - MOVED), decimals + 1))

    def holds(self, number: int, size: int, decimals: int) -> bool:
        """Return whether a number between the ends is really in reach, where the ends do not tell."""
        grain = 10.0**-decimals * self.factor
        slack = 0.0 if self.figure.exact and decimals == 0 else grain / 2
        if self.figure.comparator is not None:
            zeros = size
            if number:
                digits = str(number)
                zeros = len(digits) - len(digits.rstrip("0"))
            slack = grain * 10.0**zeros
        if self.near is not None:
            return self.near(number * grain, slack)
        assert self.reach is not None
        low, high = self.reach(slack)
        return low <= number * grain <= high


_GIVE = 1e-6
"""A whole number is not left out for what floats make of its ends."""


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
    tried = replace(equation, terms=tuple(rough))
    hedge = equation.terms[at][1].comparator

    def near(value: float, slack: float) -> bool:
        if hedge not in (None, "more-than", "nearly", "about"):
            return True
        rough[at][1].set(value, slack)
        sides = tried.work_out()
        return sides is None or sides.printed.meets(sides.expected)

    return near


@lru_cache(maxsize=512)
def find_edits(equation: Equation) -> tuple[Edit, ...]:
    """Return the edits of one figure that make the equation hold, the likeliest first."""
    fitting: list[Edit] = []
    for at, (_, figure) in enumerate(equation.terms):
        if figure.number != figure.high:
            continue
        window = _Window(equation, at)
        usual: set[int] | None = None
        certain = figure.comparator is None and window.near is None
        slips = () if window.is_below_nothing() else find_slips(figure, window.ends)
        for kind, number, size, decimals, unlike in slips:
            if not (certain or window.holds(number, size, decimals)):
                continue
            exact = figure.exact and decimals == 0
            value = Decimal(number).scaleb(-decimals)
            mended = equation.with_figure(
                at, replace(figure, number=value, high=value, decimals=decimals, exact=exact)
            )
            if holds(mended):
                if usual is None:
                    usual = {
                        other.decimals for place, (_, other) in enumerate(equation.terms)
                        if place != at and other.dimension == figure.dimension
                        and (other.factor is figure.factor or other.factor == figure.factor)
                    }  # fmt: skip
                kept = decimals == figure.decimals > 0
                more = 3 if usual and decimals not in usual and not kept else 0
                if figure.dimension == "%" and value > _LARGEST >= figure.number:
                    more += 3
                digits = str(number).zfill(size)
                printed = _print_like(digits, decimals, figure.numeral, grouped=not figure.decimals)
                fitting.append(Edit(kind, at, value, printed, unlike + more, _miss(mended)))
        if figure.sign < 0 and holds(mended := equation.with_figure(at, replace(figure, sign=1))):
            fitting.append(Edit("sign", at, figure.number, figure.numeral, 0, _miss(mended)))
    fitting.sort(key=lambda edit: (edit.rank, edit.miss, edit.at))
    return tuple(fitting)


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


def _print_like(digits: str, decimals: int, like: str, *, grouped: bool) -> str:
    """Return digits printed in the manner of a numeral: its marks, or those of Vietnamese.

    `grouped` numerals have no decimals, so that their commas mark thousands.
    """
    group, comma, parted = _read_marks(like, grouped)
    whole, rest = (digits[:-decimals], digits[-decimals:]) if decimals else (digits, "")
    if parted and len(whole) > 3:
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", group, whole)
    return whole + (comma + rest if rest else "")


@lru_cache(maxsize=512)
def _read_marks(like: str, grouped: bool) -> tuple[str, str, bool]:
    """Return the marks of thousands and decimals in the manner of a numeral, and whether it has the first."""
    marks = [char for char in like if not char.isdigit()]
    turned = len(marks) > 1 and marks[0] == "," and marks[-1] == "."
    english = turned or marks.count(",") > (not grouped)
    group, comma = (",", ".") if english else (".", ",")
    return group, comma, group in marks or len(re.sub(r"\D.*", "", like)) <= 3


def is_telling(equation: Equation, *, most: Fraction = _EVENS, near: bool = True) -> bool:
    """Return whether an edit that makes an equation hold does so by chance less often than `most`.

    A printed side and an expected one as wide as w of their size agree by chance about once in 1/w tries.
    Only as many tries count as there are edits that would be believed as soon as the one that fits. Sides
    that nearly meet are no strangers, unless `near` is false: a list that may lack small things does so.
    """
    fitting, sides = find_edits(equation), equation.sides()
    if not fitting or sides is None:
        return False
    mended = _mend(equation, fitting[0]).sides() or sides
    widths = [sides.printed.width(), sides.expected.width()]
    least = [mended.printed.width(), mended.expected.width()]
    if None not in widths and None not in least:
        widths = [min(one, two) for one, two in zip(widths, least, strict=True)]  # type: ignore[type-var]
    sizes = [sides.printed.low, sides.printed.high]
    if equation.form == "sum" or equation.terms[-1][1].dimension == "point":
        # a total with a digit lost, a small change of large shares: they say as much as what is expected
        sizes += [sides.expected.low, sides.expected.high]
    size = max((abs(end) for end in sizes if end is not None), default=0)
    if None in widths or not size:
        return False
    if near and _is_near_miss(equation):
        return True
    slack = sum((width for width in widths if width is not None), Fraction(0))
    smallest = min(
        (1 / Fraction(10) ** f.decimals * f.factor for _, f in equation.terms), default=Fraction(1)
    )
    if equation.form in ("share", "growth", "gain", "prior", "ratio", "yearly", "spread"):
        smallest = Fraction(0)
    if equation.form in ("growth", "prior", "ratio", "yearly"):
        size = max(Fraction(size), Fraction(_USUAL_GROWTH))
    if equation.form == "difference" and equation.terms[-1][1].dimension != "point":
        size = max(Fraction(size), Fraction(equation.terms[0][1].value, _NEIGHBOURS))
    tries = sum(
        count_slips(figure, fitting[0].rank) for _, figure in equation.terms if figure.number == figure.high
    )
    return tries * max(slack, smallest) / Fraction(size) < most


def only_telling(equations: Sequence[Equation], *, most: Fraction = _EVENS) -> Equation | None:
    """Return the one of several equations that a misprint explains so well that none of all would by chance.

    The more are tried, the less likely by chance each must be.
    """
    alike: dict[object, list[Equation]] = {}
    for each in equations:
        alike.setdefault((each.form, each.factor, tuple(map(_look_of, each.terms))), []).append(each)
    told: Equation | None = None
    for group in sorted(alike.values(), key=len):
        if told is None and len(group) > 1:
            return None  # of figures printed twice, none is the one
        if is_telling(group[0], most=most / len(equations)):
            if told is not None:
                return None
            told = group[0]
    return told


def _look_of(term: Term) -> tuple[object, ...]:
    """Return all that an edit of a figure in an equation depends on."""
    role, f = term
    return role, f.text, str(f.number), str(f.high), f.factor, f.dimension, f.exact, f.sign, f.comparator


def _mend(equation: Equation, edit: Edit) -> Equation:
    figure = equation.terms[edit.at][1]
    if edit.kind == "sign":
        return equation.with_figure(edit.at, replace(figure, sign=1))
    decimals = count_decimals(edit.number)
    exact = figure.exact and decimals == 0
    changed = replace(figure, number=edit.number, high=edit.number, decimals=decimals, exact=exact)
    return equation.with_figure(edit.at, changed)


_NEIGHBOURS = 5
"""Levels of one indicator at two times hardly differ by more than so much of them."""
_USUAL_GROWTH = 50
"""A growth may be small, but what strangers would give is spread as wide as this."""


def has_edit(equation: Equation) -> bool:
    """Return whether one misprint of one figure would explain a failure."""
    return bool(find_edits(equation))


SLIPS = ("swap", "separator", "drop", "insert")


def has_slip(equation: Equation) -> bool:
    """Return whether swapped, lost or added digits or a moved separator would explain a failure."""
    return any(edit.kind in SLIPS for edit in find_edits(equation))


def mends_exactly(equation: Equation) -> bool:
    """Return whether a slip's mending leaves a sum that agrees to its last place, not by rounding."""
    slips = (_mend(equation, edit) for edit in find_edits(equation) if edit.kind in SLIPS)
    return any(each.one("total").value == sum(part.value for part in each.all("part")) for each in slips)


def mends_closely(equation: Equation) -> bool:
    """Return whether a misprint explains a failing sum with all its figures rounded, none cut off.

    And with no more decimals than are printed: `7,25 triệu con (gà 4,71; vịt 2,42)` leaves other birds out.
    """
    figures = [figure for _, figure in equation.terms]
    places = max(figure.decimals for figure in figures)
    slack = sum(Fraction(figure.factor) / 10**figure.decimals for figure in figures) / 2
    for edit in find_edits(equation):
        mended = _mend(equation, edit)
        made = sum(part.value for part in mended.all("part"))
        if count_decimals(edit.number) <= places and abs(mended.one("total").value - made) <= slack:
            return True
    return False


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
