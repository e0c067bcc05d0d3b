"""How alike names are by their letters (TF-IDF of n-grams), and which pairs are taken, one to one.

The one place of the comparison that imports scikit-learn and SciPy.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docanalyze.compare.entries import Entry
from docanalyze.compare.pairing import Scores

FIRST_LOOK = 0.05
"""How alike in their letters two entries must be to be looked at."""
_LEAST = 1e-4
"""A probability below which a pair ties nothing together."""
_COMMON = 256
"""An n-gram of more names than this does not lead from one name to another: what all have costs all pairs."""


class Likeness:
    """The cosine of entries by the n-grams of two to four letters of the words at their figures."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._texts: dict[str, int] = {}
        self._row: dict[int, int] = {}
        for entry in entries:
            text = " ".join(sorted(entry.near))
            self._row[id(entry)] = self._texts.setdefault(text, len(self._texts))
        self._matrix: Any = None

    def compare(self, ones: Sequence[Entry], twos: Sequence[Entry]) -> Any:
        """Return the cosines of two lists of entries as an array, a row an entry of the first."""
        return (self._look_up(ones) @ self._look_up(twos).T).toarray()

    def compare_pairs(
        self, ones: Sequence[Entry], twos: Sequence[Entry], pairs: Sequence[tuple[int, int]]
    ) -> list[float]:
        """Return the cosines of pairs, given by their places in two lists of entries."""
        if not pairs:
            return []
        left = self._look_up([ones[row] for row, _ in pairs])
        right = self._look_up([twos[column] for _, column in pairs])
        cosines: list[float] = left.multiply(right).sum(axis=1).A1.tolist()
        return cosines

    def find_nearest(
        self, ones: Sequence[Entry], twos: Sequence[Entry], most: int
    ) -> dict[tuple[int, int], float]:
        """Return the cosines of the pairs that are worth a look: each entry with the `most` like it most."""
        import numpy as np

        left, right = self._look_up(ones), self._look_up(twos)
        counts = np.bincount(right.indices, minlength=right.shape[1])
        pruned = counts.size > 0 and counts.max() > _COMMON
        if pruned:
            left = left.copy()
            left.data[counts[left.indices] > _COMMON] = 0.0
            left.eliminate_zeros()
        product = (left @ right.T).tocoo()
        worth = product.data >= (0.0 if pruned else FIRST_LOOK)
        rows, columns, cosines = product.row[worth], product.col[worth], product.data[worth]
        kept = (_rank(rows, cosines) < most) | (_rank(columns, cosines) < most)
        pairs = list(zip(rows[kept].tolist(), columns[kept].tolist(), strict=True))
        if not pruned:
            return dict(zip(pairs, cosines[kept].tolist(), strict=True))
        exact = zip(pairs, self.compare_pairs(ones, twos, pairs), strict=True)
        return {pair: cosine for pair, cosine in exact if cosine >= FIRST_LOOK}

    def _look_up(self, entries: Sequence[Entry]) -> Any:
        """Return the rows of entries in the matrix of n-grams, made when first asked for."""
        if self._matrix is None:
            from sklearn.feature_extraction.text import TfidfVectorizer

            vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
            self._matrix = vectorizer.fit_transform(self._texts)
        return self._matrix[[self._row[id(entry)] for entry in entries]]


def _rank(groups: Any, values: Any) -> Any:
    """Return the place of each value among those of its group, the highest first."""
    import numpy as np

    order = np.lexsort((-values, groups))
    sorted_groups = groups[order]
    first = np.flatnonzero(np.diff(sorted_groups, prepend=-1))
    sizes = np.diff(np.append(first, len(groups)))
    ranks = np.empty(len(groups), dtype=int)
    ranks[order] = np.arange(len(groups)) - np.repeat(first, sizes)
    return ranks


def assign_pairs(scores: Scores) -> list[tuple[int, int, float]]:
    """Return the pairs of rows and columns, each used once, whose probabilities sum up highest.

    What no pair worth naming ties together is settled apart.
    """
    import numpy as np
    from scipy.optimize import linear_sum_assignment
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    worth = scores.values >= _LEAST
    rows, columns, values = (side[worth] for side in scores)
    if not len(rows):
        return []
    height, width = rows.max() + 1, columns.max() + 1
    ties = coo_array((np.ones(len(rows)), (rows, height + columns)), shape=(height + width,) * 2)
    part_of = connected_components(ties, directed=False)[1][rows]
    order = np.argsort(part_of, kind="stable")
    pairs: list[tuple[int, int, float]] = []
    for part in np.split(order, np.flatnonzero(np.diff(part_of[order])) + 1):
        own, at = np.unique(rows[part], return_inverse=True)
        others, to = np.unique(columns[part], return_inverse=True)
        table = np.zeros((len(own), len(others)))
        table[at, to] = values[part]
        for n, m in zip(*linear_sum_assignment(table, maximize=True), strict=True):
            pairs.append((int(own[n]), int(others[m]), float(table[n, m])))
    return pairs
