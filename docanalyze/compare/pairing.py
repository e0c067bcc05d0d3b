"""How sure it is that two indicators are one: by plain weights, pair by pair, then side by side.

First each pair for itself; then each against its rivals, as an indicator has one partner in a report: a poor
pair that is the only one counts for more than a fair one among many.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from docanalyze.compare.features import FEATURES
from docanalyze.weights import DamagedModel, find_models, verify_model

MODEL = "series-pairing"
_SURE = 30.0


class PairingModel(NamedTuple):
    """The weights of the pairs' features and of what stands beside a pair, each with what is added."""

    weights: tuple[float, ...]
    bias: float
    beside: tuple[float, ...]
    beside_bias: float

    def score(self, features: Sequence[float]) -> float:
        """Return the log-odds of a pair by itself."""
        return self.bias + sum(map(float.__mul__, self.weights, map(float, features)))

    def weigh(self, scores: Any) -> Any:
        """Return the probabilities of pairs from a matrix of their log-odds; -inf where no pair is."""
        import numpy as np

        own, most, least = self.beside
        more, less = find_rivals(scores)
        logits = own * scores + most * more + least * less
        return np.where(np.isfinite(scores), 1 / (1 + np.exp(-(logits + self.beside_bias))), 0.0)


def find_rivals(scores: Any) -> tuple[Any, Any]:
    """Return how much speaks for other pairs of the row or column: the side with more, and with less."""
    import numpy as np

    odds = np.exp(np.minimum(scores, _SURE))
    row = np.log1p(np.maximum(odds.sum(axis=1, keepdims=True) - odds, 0.0))
    column = np.log1p(np.maximum(odds.sum(axis=0, keepdims=True) - odds, 0.0))
    return np.maximum(row, column), np.minimum(row, column)


def make_scores(rows: int, columns: int) -> Any:
    """Return a matrix of log-odds that says of no pair that it may be one."""
    import numpy as np

    return np.full((rows, columns), -np.inf)


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
