"""The counts that an evaluation hands back, and the ratios that follow from them."""

from __future__ import annotations

from typing import Literal

import msgspec

from docanalyze.core.base import Value, always

Outcome = Literal["missed", "boundary", "value", "false-alarm"]


class Score(Value, frozen=True, kw_only=True):
    """Counts of one kind: in the gold, found, right (same place), near (overlap, same value), values right.

    >>> score = Score(gold=4, found=5, right=3)
    >>> round(score.precision, 2), round(score.recall, 2), round(score.f1, 2)
    (0.6, 0.75, 0.67)
    """

    gold: int = always(0)
    found: int = always(0)
    right: int = always(0)
    near: int = always(0)
    values: int = always(0)

    @property
    def precision(self) -> float:
        """The share of what was found that stands where the gold has it; 1 if nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of the gold that was found in its place; 1 if there is none."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _f1(self.right, self)

    @property
    def lenient_precision(self) -> float:
        """The share of what was found that overlaps a gold mention of the same value."""
        return self.near / self.found if self.found else 1.0

    @property
    def lenient_recall(self) -> float:
        """The share of the gold that something of the same value overlaps."""
        return self.near / self.gold if self.gold else 1.0

    @property
    def lenient_f1(self) -> float:
        """The harmonic mean of lenient precision and recall."""
        return _f1(self.near, self)

    @property
    def value_accuracy(self) -> float:
        """The share of the right ones whose value agrees in every key that the gold states."""
        return self.values / self.right if self.right else 1.0

    def __add__(self, other: Score) -> Score:
        return Score(
            gold=self.gold + other.gold,
            found=self.found + other.found,
            right=self.right + other.right,
            near=self.near + other.near,
            values=self.values + other.values,
        )


def _f1(right: int, score: Score) -> float:
    total = score.gold + score.found
    return 2 * right / total if total else 1.0


class Miss(Value, frozen=True, kw_only=True):
    """A mention that went wrong, with the text around it.

    `missed`, `boundary` (found with other ends) and `value` (found, but `detail` differs) are mentions
    of the gold; a `false-alarm` is one that the gold does not have. `start` and `end` are offsets in the
    reference text, absent for a false alarm where it has no such place. `found` is what the analysis
    has there.
    """

    what: Outcome
    kind: str
    text: str
    start: int | None = None
    end: int | None = None
    page: int | None = None
    found: str | None = None
    detail: str | None = None
    context: str = ""


class Scores(Value, frozen=True, kw_only=True):
    """The scores of one document, and what went wrong in it.

    `kinds` holds a score for every kind of mention, `keys` one for each key of a value (gold: stated
    by a mention that was found in place; right: the same). `sections` and `cells` are absent if
    the gold has none, `relations` and `findings` if the analysis has no check stage. Of relations,
    `values` counts those with the right verdict. Of findings, gold are the failing relations, right
    those that were raised (near: as errors), found also what was raised without a cause. `unaligned`
    gold mentions stand in text that the analysis lacks or has in another order (they count as missed),
    `unplaced` found ones in text that the gold lacks (left aside).
    """

    name: str
    gold: str = ""
    kinds: dict[str, Score]
    keys: dict[str, Score] = msgspec.field(default_factory=dict)
    sentences: Score
    sections: Score | None = None
    cells: Score | None = None
    relations: Score | None = None
    findings: Score | None = None
    negatives: int = always(0)
    negatives_hit: int = always(0)
    unaligned: int = always(0)
    unplaced: int = always(0)
    misses: tuple[Miss, ...] = always(())


def sum_scores(scores: list[Scores]) -> dict[str, Score]:
    """Return the counts of all documents together.

    A score a kind, `mention` for all kinds, `sentence`, and `section`, `cell`, `relation` and `finding`
    where there are any.
    """
    total: dict[str, Score] = {}
    for document in scores:
        rows: list[tuple[str, Score | None]] = list(document.kinds.items())
        rows += [("mention", score) for score in document.kinds.values()]
        rows += [("sentence", document.sentences), ("section", document.sections), ("cell", document.cells)]
        rows += [("relation", document.relations), ("finding", document.findings)]
        for name, score in rows:
            if score is not None:
                total[name] = total.get(name, Score()) + score
    return total
