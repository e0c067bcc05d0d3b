"""Which rows of all tables the words of a text name."""

from __future__ import annotations

from docanalyze.check.matches import Matches
from docanalyze.lexicon.opposites import are_opposed

_COMMON = 200
"""A word in more rows than these names none of them, and looking at all would cost too much."""

Line = tuple[str, int]
"""A table and the number of a row."""


class Labels:
    """The labels of all rows of tables by their words, and the rows that bear each."""

    def __init__(self, matches: Matches) -> None:
        self.lexicon = matches.facts.lexicon
        self.lines: dict[frozenset[str], list[Line]] = {}
        for line, spots in matches.rows.items():
            self.lines.setdefault(spots[0].label, []).append(line)
        by_word: dict[str, list[frozenset[str]]] = {}
        for label in self.lines:
            for word in label:
                by_word.setdefault(word, []).append(label)
        self.by_word = {
            word: labels
            for word, labels in by_word.items()
            if sum(len(self.lines[label]) for label in labels) <= _COMMON
        }
        self.words = frozenset(self.by_word)
        self.known: dict[frozenset[str], list[frozenset[str]]] = {}

    def find_lines(self, near: frozenset[str], *, least: float) -> list[Line]:
        """Return the rows whose label stands among words: those with most of their own words there."""
        best: list[Line] = []
        most = (0.0, 0)
        for label in self._look_up(near):
            if least == 1.0 and not label <= near:
                continue
            common = len(label & near)
            score = (common / len(label), common)
            if common < min(2, len(label)) or score[0] < least or (common < 2 and least < 1):
                continue
            if score < most or are_opposed(label, near, self.lexicon):
                continue
            if score > most:
                best, most = [*self.lines[label]], score
            elif score == most:
                best += self.lines[label]
        return best

    def _look_up(self, near: frozenset[str]) -> list[frozenset[str]]:
        """Return the labels with a word among some: asked thrice of one figure, and kept."""
        known = self.known.get(near)
        if known is None:
            found = {label for word in near & self.words for label in self.by_word[word]}
            known = self.known[near] = list(found)
        return known


def read_labels(matches: Matches) -> Labels:
    """Return the labels of all rows, read once."""
    known: Labels | None = matches.facts.memo.get("labels")
    if known is None:
        known = matches.facts.memo["labels"] = Labels(matches)
    return known
