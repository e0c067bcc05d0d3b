"""How sure it is that two indicators are one: by plain weights, pair by pair, then side by side.

First each pair for itself; then each against its rivals, as an indicator has one partner in a report: a poor
pair that is the only one counts for more than a fair one among many.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import mul
from typing import Any, NamedTuple

from docanalyze.compare.features import FEATURES
from docanalyze.weights import DamagedModel, find_models, verify_model

MODEL = "series-pairing"
_SURE = 30.0


class Scores(NamedTuple):
    """How sure pairs are: the places of the first and the second, and log-odds or probabilities."""

    rows: Any
    columns: Any
    values: Any


class PairingModel(NamedTuple):
    """The weights of the pairs' features and of what stands beside a pair, each with what is added."""

    weights: tuple[float, ...]
    bias: float
    beside: tuple[float, ...]
    beside_bias: float

    def score(self, features: Sequence[float]) -> float:
        """Return the log-odds of a pair by itself."""
        return self.bias + self.add_up(features)

    def add_up(self, features: Sequence[float], at: int = 0) -> float:
        """Return what some of the features of a pair, from a place on, add to its log-odds."""
        total: float = sum(map(mul, self.weights[at:], features))
        return total

    def weigh(self, scores: Scores) -> Scores:
        """Return the probabilities of pairs from their log-odds, each beside the others."""
        import numpy as np

        own, most, least = self.beside
        more, less = find_rivals(scores)
        logits = own * scores.values + most * more + least * less
        return scores._replace(values=1 / (1 + np.exp(-(logits + self.beside_bias))))


def make_scores(pairs: Mapping[tuple[int, int], float] | None = None) -> Scores:
    """Return the log-odds of pairs of rows and columns as arrays."""
    import numpy as np

    places = np.array(sorted(pairs or ()), dtype=int).reshape(-1, 2)
    values = np.array([(pairs or {})[n, m] for n, m in places.tolist()], dtype=float)
    return Scores(places[:, 0], places[:, 1], values)


def find_rivals(scores: Scores) -> tuple[Any, Any]:
    """Return how much speaks for other pairs of the row or column: the side with more, and with less."""
    import numpy as np

    odds = np.exp(np.minimum(scores.values, _SURE))
    sides = [
        np.log1p(np.maximum(np.bincount(places, odds)[places] - odds, 0.0))
        for places in (scores.rows, scores.columns)
    ]
    return np.maximum(*sides), np.minimum(*sides)


@lru_cache(maxsize=1)
def load_pairing() -> PairingModel:
    """Return the shipped model; raise DamagedModel if its files are missing or not those of its manifest.

    >>> len(load_pairing().weights) == len(FEATURES)
    True
    """
    folder = find_models().get(MODEL)
    if folder is None:
        raise DamagedModel(name=MODEL, reason="missing")
    verify_model(folder)
    table = json.loads((folder / "weights.json").read_text(encoding="utf-8"))
    pairs, beside = table["pair"], table["beside"]
    if list(pairs["weights"]) != list(FEATURES):
        raise DamagedModel(name=MODEL, reason="its features are others")
    model = PairingModel(
        tuple(map(float, pairs["weights"].values())), float(pairs["bias"]),
        tuple(map(float, beside["weights"].values())), float(beside["bias"]),
    )  # fmt: skip
    if not all(map(math.isfinite, (*model.weights, model.bias, *model.beside, model.beside_bias))):
        raise DamagedModel(name=MODEL, reason="its weights are no numbers")
    return model
