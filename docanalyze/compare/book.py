"""What the finders of a comparison look at, and what they propose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from docanalyze.compare.align import Alignment
from docanalyze.compare.entries import Entry
from docanalyze.compare.identity import Identity
from docanalyze.compare.observation import Observation
from docanalyze.compare.order import Ordered
from docanalyze.compare.series import Track
from docanalyze.compare.view import ReportView
from docanalyze.core.analysis import Sentence
from docanalyze.core.bounds import Bounds
from docanalyze.core.figure import Figure, Reading
from docanalyze.core.interval import Interval
from docanalyze.core.mention import Mention
from docanalyze.core.relation import Severity, Text
from docanalyze.lexicon import Lexicon

_DIGITS = re.compile(r"\d[\d.,]*")


@dataclass
class Book:
    """The reports in order, their entries and identities, and the series in the making."""

    ordered: Ordered
    entries: Sequence[Sequence[Entry]]
    alignment: Alignment
    tracks: Sequence[Track]
    lexicon: Lexicon
    memo: dict[str, object] = field(default_factory=dict)

    @property
    def views(self) -> tuple[ReportView, ...]:
        """The views of the reports, in order."""
        return self.ordered.views

    @property
    def identities(self) -> list[Identity]:
        """The indicators over the reports."""
        return self.alignment.identities

    def is_broken(self, one: int, two: int) -> bool:
        """Return whether the area or the body changed between two reports."""
        low, high = sorted((one, two))
        return any(low < at <= high for at in self.ordered.breaks)

    def figure(self, each: Observation) -> Figure | None:
        """Return the figure of an observation with its printed precision."""
        return self.views[each.report].read_figure(each.indicator)

    def bounds(self, each: Observation, reading: Reading = "rounded") -> Bounds | None:
        """Return the interval that a figure stands for; of a growth, in per cent and signed."""
        figure = self.figure(each)
        if figure is None:
            return None
        if each.kind in ("growth", "share", "plan-ratio"):
            printed = Fraction(each.figure.number or 0) if figure.number else Fraction(0)
            shift = Fraction(each.value)
            sign = -1 if shift < 0 and abs(shift) == printed else 1
            plain = Figure(
                mention=figure.mention, text=figure.text, start=figure.start, number=figure.number,
                high=figure.high,
                decimals=figure.decimals, dimension="%", factor=Fraction(1), exact=False, sign=sign,
                comparator=figure.comparator,
            )  # fmt: skip
            bounds = plain.bounds(reading, signed=True)
            if each.indicator.role == "times":  # `gấp 1,48 lần` is a growth by 48%
                return bounds.scaled(Fraction(100)) - Bounds.point(Fraction(100))
            return bounds + Bounds.point(shift - sign * printed)
        return figure.bounds(reading, signed=True)

    def place(self, each: Observation, role: str) -> Place:
        """Return the place of an observation as evidence."""
        return mention_place(self.views[each.report], each.mention, role)


@dataclass(frozen=True)
class Place:
    """A stretch of a report's text that a finding stands on."""

    report: int
    role: str
    start: int
    end: int
    mention: Mention | None = None
    sentence: Sentence | None = None


@dataclass(frozen=True)
class Slip:
    """What a finder proposes: a code, how sure, the message in both languages, and the places."""

    code: str
    severity: Severity
    message: Text
    places: tuple[Place, ...]
    arithmetic: str = ""
    printed: Interval | None = None
    expected: Interval | None = None


Finder = Callable[[Book], Iterable[Slip]]


def mention_place(view: ReportView, mention: Mention, role: str) -> Place:
    """Return the place of a mention as evidence."""
    return Place(view.number, role, mention.start, mention.end, mention)


def sentence_place(view: ReportView, sentence: Sentence, role: str) -> Place:
    """Return the place of a sentence as evidence."""
    return Place(view.number, role, sentence.start, sentence.end, None, sentence)


def is_sure(*observations: Observation) -> bool:
    """Return whether name, period and binding of figures leave no doubt: no hedge, no estimate."""
    return all(o.sure and o.certain and not o.hedged and not o.estimate for o in observations)


def is_misprint(one: str, two: str) -> bool:
    """Return whether two printed figures differ as by one slip of the hand.

    One digit other, two neighbours swapped, one dropped or doubled, or the separator elsewhere.

    >>> is_misprint("24.180 con", "24.810 con"), is_misprint("21.450 tấn", "21.286 tấn")
    (True, False)
    """
    a, b = _digits(one), _digits(two)
    if a == b:
        return one.strip() != two.strip()
    if len(a) == len(b):
        other = [at for at in range(len(a)) if a[at] != b[at]]
        swapped = (
            len(other) == 2
            and other[1] == other[0] + 1
            and a[other[0]] == b[other[1]]
            and a[other[1]] == b[other[0]]
        )
        return len(other) == 1 or swapped
    short, long = sorted((a, b), key=len)
    return len(long) - len(short) == 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _digits(printed: str) -> str:
    found = _DIGITS.search(printed)
    return re.sub(r"\D", "", found[0]).lstrip("0") if found else ""


@lru_cache(maxsize=64)
def word_pattern(lexicon: Lexicon, table: str, entry: str = "words") -> re.Pattern[str]:
    """Return the pattern of a list of words of series.toml."""
    words = sorted(lexicon["series"][table][entry], key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")
