"""Learns whether indicators of different reports are one: `python models/series-pairing/train.py`.

From the tuned series of `corpus/dev` and those of `corpus/series` it writes `weights.json`, and its hash
into `manifest.toml`. Two logistic regressions, fitted by Newton's method: one of the features of a pair, one
of what stands beside it. The same corpus gives the same bytes. `--evaluate` writes nothing: each series is
scored with a model of the others, beside the rules (equal names, then letters above a threshold that is
chosen on the others).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from corpus.tools.series import GoldSeries, read_dev_series, read_marked_series  # noqa: E402
from docanalyze.compare.entries import Entry, group_entries  # noqa: E402
from docanalyze.compare.features import FEATURES  # noqa: E402
from docanalyze.compare.joiner import Joiner  # noqa: E402
from docanalyze.compare.likeness import FIRST_LOOK  # noqa: E402
from docanalyze.compare.observe import observe_report  # noqa: E402
from docanalyze.compare.order import order_reports  # noqa: E402
from docanalyze.compare.pairing import PairingModel, Scores, find_rivals  # noqa: E402
from docanalyze.compare.run import open_book  # noqa: E402
from docanalyze.lexicon import load_lexicon  # noqa: E402

RIDGE = 0.2
BESIDE_RIDGE = 0.1
ROUNDS = 2_000
_SPAN = 4
_TIMES = 6
"""Whole reports leave more figures without a partner than short texts do, and there are fewer of them."""
_STEPS = 60
_SHORT = 2


class Table(NamedTuple):
    """The pairs of one unit in two reports: features by row and column, which count, which are one."""

    features: Any
    worth: Any
    right: Any


class Cell(NamedTuple):
    """The links between two neighbouring reports of a series: found, made, and wanted."""

    found: int
    made: int
    right: int
    wanted: int


def list_series() -> list[GoldSeries]:
    """Return the series to learn from, in order."""
    return [*read_dev_series("tune"), *read_marked_series("tune")]


def weigh_tables(series: GoldSeries) -> list[Table]:
    """Return the tables of a series as they count: those of whole reports thrice."""
    whole = any(analysis.source.media_type == "application/pdf" for analysis in series.analyses)
    return list(list_tables(series)) * (_TIMES if whole else 1)


def list_tables(series: GoldSeries) -> Iterator[Table]:
    """Yield the tables of a series: of each two reports, the entries whose names are not equal."""
    lexicon = load_lexicon()
    ordered = order_reports(series.analyses, lexicon, force=True)
    reports = [group_entries(observe_report(view)) for view in ordered.views]
    joiner = Joiner(reports, [view.days for view in ordered.views], lexicon, breaks=ordered.breaks)
    gold = [places for _, places in series.indicators]
    for one in range(len(reports)):
        for two in range(one + 1, min(len(reports), one + 1 + _SPAN)):
            between = {n for n, places in enumerate(gold) if any(one < at < two for at in places)}
            groups: dict[str, tuple[list[Entry], list[Entry]]] = {}
            keys = [{e.key for e in reports[n] if len(e.name.words) > _SHORT} for n in (one, two)]
            for place, entries in ((0, reports[one]), (1, reports[two])):
                for entry in entries:
                    if between and find_gold(entry, entry.report, gold) & between:
                        continue
                    if entry.near and entry.key not in keys[1 - place]:
                        groups.setdefault(entry.broad_unit, ([], []))[place].append(entry)
            for ones, twos in groups.values():
                if ones and twos:
                    names = [find_gold(e, two, gold) for e in twos], [find_gold(e, one, gold) for e in ones]
                    yield read_table(joiner, twos, ones, names)


def read_table(
    joiner: Joiner, ones: list[Entry], twos: list[Entry], names: tuple[list[set[int]], list[set[int]]]
) -> Table:
    """Return the features of all pairs of two lists of entries, and which the gold says are one."""
    alike = joiner.alike.compare(ones, twos)
    features = np.zeros((len(ones), len(twos), len(FEATURES)))
    right = np.zeros((len(ones), len(twos)))
    worth = alike >= FIRST_LOOK
    for n, one in enumerate(ones):
        for m, two in enumerate(twos):
            right[n, m] = bool(names[0][n] & names[1][m])
            features[n, m] = joiner.features.read(one, two, float(alike[n, m]))
            worth[n, m] |= any(features[n, m, FEATURES.index(name)] for name in ("again", "implied"))
    return Table(features, worth, right)


def find_gold(entry: Entry, report: int, gold: Sequence[dict[int, set[str]]]) -> set[int]:
    """Return the gold indicators that an entry holds a figure of."""
    own = {each.mention.id for each in entry.observations}
    return {number for number, places in enumerate(gold) if own & places.get(report, set())}


def fit(rows: Any, labels: Any, ridge: float) -> Any:
    """Return the weights of a logistic regression, the bias last, to three places."""
    x = np.hstack([rows, np.ones((len(rows), 1))])
    beta = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], ridge)
    penalty[-1] = 1e-6
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-x @ beta))
        gradient = x.T @ (labels - p) - penalty * beta
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty), gradient)
        beta += step
        if np.abs(step).max() < 1e-10:
            break
    return np.round(beta, 3)


def train(tables: Sequence[Table]) -> PairingModel:
    """Return the model that fits the tables best."""
    rows = np.vstack([t.features[t.worth] for t in tables])
    labels = np.concatenate([t.right[t.worth] for t in tables])
    beta = fit(rows, labels, RIDGE)
    weights, bias = tuple(beta[:-1].tolist()), float(beta[-1])
    sides = []
    for table in tables:
        scores = table.features[table.worth] @ np.array(weights) + bias
        most, least = find_rivals(Scores(*np.nonzero(table.worth), scores))
        sides.append(np.stack([scores, most, least], axis=-1))
    gamma = fit(np.vstack(sides), labels, BESIDE_RIDGE)
    return PairingModel(weights, bias, tuple(gamma[:-1].tolist()), float(gamma[-1]))


def make_rule(threshold: float) -> PairingModel:
    """Return the rule as a model: letters that are alike from a threshold on, whatever else is near."""
    weights = tuple(100.0 * (name == "letters") for name in FEATURES)
    return PairingModel(weights, -100.0 * threshold, (1.0, 0.0, 0.0), 0.62)  # 0.62: the odds of 0.65


def score(series: GoldSeries, model: PairingModel) -> list[Cell]:
    """Return how the links between each two neighbouring reports come out."""
    gold = [places for _, places in series.indicators]
    book = open_book(series.analyses, load_lexicon(), force=True, pairing=model)
    where = {
        (report, each.mention.id): number
        for number, identity in enumerate(book.identities)
        for report, entry in identity.entries.items()
        for each in entry.observations
    }
    cells: dict[int, list[int]] = {n: [0, 0, 0, 0] for n in range(len(series.analyses))}
    for places in gold:
        for one, two in pairwise(sorted(places)):
            first, second = ({where.get((n, m)) for m in places[n]} - {None} for n in (one, two))
            cells[two][0] += bool(first & second)
            cells[two][3] += 1
    for identity in book.identities:
        for one, two in pairwise(sorted(identity.entries)):
            ones, twos = (find_gold(identity.entries[n], n, gold) for n in (one, two))
            cells[two][1] += 1
            cells[two][2] += bool(ones & twos)
    return [Cell(*each) for each in cells.values() if each[3]]


def sum_up(cells: Sequence[Cell]) -> tuple[float, float, float]:
    """Return precision, recall and their harmonic mean."""
    found, made, right, wanted = (sum(column) for column in zip(*cells, strict=True))
    precision, recall = right / max(1, made), found / max(1, wanted)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def evaluate() -> None:
    """Print how models of the other series do on each, beside the rules, and the interval of the gain."""
    series = list_series()
    tables = [weigh_tables(each) for each in series]
    ruled: list[Cell] = []
    learned: list[Cell] = []
    grid = [n / 20 for n in range(8, 20)]
    by_rule = {step: [score(each, make_rule(step)) for each in series] for step in grid}
    for at, each in enumerate(series):
        others = [n for n in range(len(series)) if n != at]
        best = max(grid, key=lambda step: sum_up([c for n in others for c in by_rule[step][n]])[2])
        rule = by_rule[best][at]
        model = score(each, train([t for n in others for t in tables[n]]))
        ruled += rule
        learned += model
        told = [" ".join(f"{x:.3f}" for x in sum_up(cells)) for cells in (rule, model)]
        print(f"{each.name}: rules {told[0]} (letters from {best}), model {told[1]}")
    dice = random.Random(1)
    gains = []
    for _ in range(ROUNDS):
        drawn = [dice.randrange(len(ruled)) for _ in ruled]
        gains.append(sum_up([learned[n] for n in drawn])[2] - sum_up([ruled[n] for n in drawn])[2])
    gains.sort()
    told = [" ".join(f"{x:.3f}" for x in sum_up(cells)) for cells in (ruled, learned)]
    print(f"all: rules {told[0]}, model {told[1]} (precision, recall, F)")
    low, high = gains[ROUNDS // 40], gains[-ROUNDS // 40]
    print(f"gain in F, 95 % interval over {len(ruled)} pairs of reports: {low:+.3f} to {high:+.3f}")


def write(model: PairingModel, folder: Path = HERE) -> None:
    """Write the weights, and their hash into the manifest."""
    table = {
        "pair": {"weights": dict(zip(FEATURES, model.weights, strict=True)), "bias": model.bias},
        "beside": {
            "weights": dict(zip(("own", "most", "least"), model.beside, strict=True)),
            "bias": model.beside_bias,
        },
    }
    data = (json.dumps(table, indent=1) + "\n").encode()
    (folder / "weights.json").write_bytes(data)
    manifest = folder / "manifest.toml"
    digest = hashlib.sha256(data).hexdigest()
    text = re.sub(r'("weights\.json" = )"\w*"', rf'\1"{digest}"', manifest.read_text(encoding="utf-8"))
    manifest.write_bytes(text.encode())


def main() -> None:
    """Train and write, or evaluate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--evaluate", action="store_true")
    if parser.parse_args().evaluate:
        evaluate()
    else:
        write(train([table for each in list_series() for table in weigh_tables(each)]))


if __name__ == "__main__":
    main()
