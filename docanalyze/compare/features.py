"""How alike two indicators of different reports are: letters, words and figures, in one probability."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from docanalyze.compare.entries import Entry, meets
from docanalyze.compare.names import unit_class
from docanalyze.compare.observation import Observation

FEATURES = (
    "letters",
    "words_least",
    "words_most",
    "around",
    "size",
    "again",
    "section",
    "name",
    "neighbours",
)
WEIGHTS = (2.4, 1.9, 0.6, 0.2, -2.4, 2.2, 2.2, 2.2, 3.9)
BIAS = -5.7
_FAR = 2.0
_UNKNOWN = 0.5
_UNSEEN = 6.0
_LEVELS = 4
_LONG = 3


def weigh_words(entries: Iterable[Entry]) -> dict[str, float]:
    """Return how telling each word is: the fewer indicators have it, the more."""
    counts: Counter[str] = Counter()
    total = 0
    for entry in entries:
        counts.update(entry.near | entry.context)
        total += 1
    return {word: math.log((total + 1) / (count + 0.5)) for word, count in counts.items()}


class Neighbours:
    """The entries before and after each entry of its report, and which identity each entry is known to be."""

    def __init__(self, reports: Iterable[Sequence[Entry]]) -> None:
        self._beside: dict[int, tuple[Entry | None, Entry | None]] = {}
        self.known: dict[int, int] = {}
        for entries in reports:
            row: list[Entry | None] = [None, *entries, None]
            for at, entry in enumerate(entries):
                self._beside[id(entry)] = row[at], row[at + 2]

    def compare(self, one: Entry, two: Entry) -> float:
        """Return 1 if the entries on both sides of two are the same, 0.5 for one side."""
        sides = zip(self._beside[id(one)], self._beside[id(two)], strict=True)
        return 0.5 * sum(self._are_one(a, b) for a, b in sides if a is not None and b is not None)

    def _are_one(self, one: Entry, two: Entry) -> bool:
        first, second = self.known.get(id(one)), self.known.get(id(two))
        if first is not None and second is not None:
            return first == second
        return one.key == two.key and bool(one.name.key)


def read_features(
    one: Entry,
    two: Entry,
    letters: float,
    weights: Mapping[str, float],
    neighbours: Neighbours,
) -> tuple[float, ...]:
    """Return the features of a pair, as in FEATURES, between 0 and 1 (`size`: powers of ten apart, to 2)."""
    near_a, near_b = one.near, two.near
    full_a, full_b = near_a | one.context, near_b | two.context
    held = _share(near_a, full_b, weights), _share(near_b, full_a, weights)
    around = _sum(full_a & full_b, weights) / max(1e-9, _sum(full_a | full_b, weights))
    again, size = _compare_figures(one.amounts()[:_LEVELS], two.amounts()[:_LEVELS])
    return (
        letters, min(held), max(held), around, size, float(again), _section(one, two),
        float(one.name.key == two.name.key != ""), neighbours.compare(one, two),
    )  # fmt: skip


def find_probability(features: Sequence[float]) -> float:
    """Return the probability that a pair with these features is one indicator.

    The weights are those of a logistic regression on pairs of the corpus's own series.
    """
    score = BIAS + sum(weight * value for weight, value in zip(WEIGHTS, features, strict=True))
    return 1 / (1 + math.exp(-score))


def _sum(words: frozenset[str], weights: Mapping[str, float]) -> float:
    return sum(weights.get(word, _UNSEEN) for word in words)


def _share(words: frozenset[str], others: frozenset[str], weights: Mapping[str, float]) -> float:
    return _sum(words & others, weights) / max(1e-9, _sum(words, weights)) if words else 0.0


def _section(one: Entry, two: Entry) -> float:
    a, b = one.section_words, two.section_words
    return len(a & b) / min(len(a), len(b)) if a and b else 0.5 if not a and not b else 0.25


def _compare_figures(ones: list[Observation], twos: list[Observation]) -> tuple[bool, float]:
    """Return whether one prints a figure of the other's again, and how many powers of ten they are apart."""
    size = _FAR
    again = comparable = False
    for a in ones:
        for b in twos:
            if unit_class(a.unit) != unit_class(b.unit) or not a.value or not b.value:
                continue
            comparable = True
            size = min(size, abs(math.log10(abs(float(a.value) / float(b.value)))))
            again = again or (a.days == b.days and a.digits >= _LONG and meets(a, b))
    return again, size if comparable else _UNKNOWN
