"""Learns how sure it is that two indicators of different reports are one: `python models/series-pairing/train.py`.

From the series of `corpus` it writes `weights.json` and the hash of it into `manifest.toml`. Two logistic regressions,
fitted by Newton's method: one of the features of a pair, one of what stands beside it. The same corpus gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from docanalyze import Analysis
from docanalyze.compare.align import Identity, _Joiner  # noqa: PLC2701
from docanalyze.compare.entries import Entry, group_entries
from docanalyze.compare.features import FEATURES
from docanalyze.compare.observe import observe_report
from docanalyze.compare.order import order_reports
from docanalyze.compare.pairing import PairingModel
from docanalyze.lexicon import load_lexicon

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
RIDGE = 1.0
BESIDE_RIDGE = 0.1
_SPAN = 4
_FIRST_LOOK = 0.05
Gold = list[dict[int, set[str]]]


class Table(NamedTuple):
    """The pairs of one unit in two reports: features (rows x columns x features), and which pairs are one."""

    features: np.ndarray
    worth: np.ndarray
    right: np.ndarray


def list_tables(analyses: list[Analysis], gold: Gold) -> Iterator[Table]:
    """Yield the tables of a series: entries of two reports whose names are not equal."""
    ordered = order_reports(analyses, load_lexicon(), force=True)
    reports = [group_entries(observe_report(view)) for view in ordered.views]
    joiner = _Joiner(reports, frozenset(), load_lexicon())
    for one in range(len(reports)):
        for two in range(one + 1, min(len(reports), one + 1 + _SPAN)):
            groups: dict[str, tuple[list[Entry], list[Entry]]] = {}
            keys = [{e.key for e in reports[n] if len(e.name.words) > 2} for n in (one, two)]
            for place, entries in ((0, reports[one]), (1, reports[two])):
                for entry in entries:
                    if entry.near and entry.key not in keys[1 - place]:
                        groups.setdefault(entry.broad_unit, ([], []))[place].append(entry)
            for ones, twos in groups.values():
                if ones and twos:
                    yield read_table(joiner, twos, ones, two, one, gold)


def read_table(joiner: _Joiner, ones: list[Entry], twos: list[Entry], first: int, second: int, gold: Gold) -> Table:
    """Return the features of all pairs of two lists of entries, and which the gold says are one."""
    alike = joiner._alike.compare(ones, twos)
    names = [[find_gold(e, at, gold) for e in entries] for entries, at in ((ones, first), (twos, second))]
    features = np.zeros((len(ones), len(twos), len(FEATURES)))
    right = np.zeros((len(ones), len(twos)))
    worth = alike >= _FIRST_LOOK
    for n, one in enumerate(ones):
        for m, two in enumerate(twos):
            right[n, m] = bool(names[0][n] & names[1][m])
            features[n, m] = joiner._features.read(one, two, float(alike[n, m]))
            worth[n, m] |= bool(features[n, m, FEATURES.index("again")])
    return Table(features, worth, right)


def find_gold(entry: Entry, report: int, gold: Gold) -> set[int]:
    """Return the gold indicators that an entry holds a figure of."""
    own = {each.mention.id for each in entry.observations}
    return {number for number, places in enumerate(gold) if own & places.get(report, set())}


def fit(rows: np.ndarray, labels: np.ndarray, weights: np.ndarray, ridge: float) -> np.ndarray:
    """Return the weights of a logistic regression, the bias last."""
    x = np.hstack([rows, np.ones((len(rows), 1))])
    beta = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], ridge)
    penalty[-1] = 1e-6
    for _ in range(60):
        p = 1 / (1 + np.exp(-x @ beta))
        gradient = x.T @ (weights * (labels - p)) - penalty * beta
        step = np.linalg.solve((x * (weights * p * (1 - p))[:, None]).T @ x + np.diag(penalty), gradient)
        beta += step
        if np.abs(step).max() < 1e-10:
            break
    return beta


def train(tables: list[Table]) -> PairingModel:
    """Return the model that fits the tables best."""
    rows = np.vstack([t.features[t.worth] for t in tables])
    labels = np.concatenate([t.right[t.worth] for t in tables])
    beta = np.round(fit(rows, labels, np.ones(len(labels)), RIDGE), 3)
    model = PairingModel(tuple(beta[:-1].tolist()), float(beta[-1]), (1.0, 0.0, 0.0), 0.0)
    sides, lone = [], []
    for t in tables:
        scores = np.where(t.worth, t.features @ np.array(model.weights) + model.bias, -np.inf)
        odds = np.exp(np.minimum(scores, 30.0))
        row = np.log1p(odds.sum(axis=1, keepdims=True) - odds)
        column = np.log1p(odds.sum(axis=0, keepdims=True) - odds)
        sides.append(np.stack([scores, np.maximum(row, column), np.minimum(row, column)], axis=-1)[t.worth])
        lone.append(t.right[t.worth])
    gamma = np.round(fit(np.vstack(sides), np.concatenate(lone), np.ones(len(labels)), BESIDE_RIDGE), 3)
    return PairingModel(model.weights, model.bias, tuple(gamma[:-1].tolist()), float(gamma[-1]))


def write(model: PairingModel, folder: Path = HERE) -> None:
    """Write the weights, and their hash into the manifest."""
    table = {
        "pair": {"weights": dict(zip(FEATURES, model.weights, strict=True)), "bias": model.bias},
        "beside": {
            "weights": dict(zip(("own", "most", "least"), model.beside, strict=True)), "bias": model.beside_bias,
        },
    }  # fmt: skip
    data = (json.dumps(table, indent=1) + "\n").encode()
    (folder / "weights.json").write_bytes(data)
    manifest = folder / "manifest.toml"
    if manifest.exists():
        text = manifest.read_text(encoding="utf-8")
        digest = hashlib.sha256(data).hexdigest()
        manifest.write_text(re.sub(r'("weights\.json" = )"[0-9a-f]*"', rf'\1"{digest}"', text), encoding="utf-8")
