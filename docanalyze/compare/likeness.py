"""How alike names are: character n-grams weighed by TF-IDF. The one place that imports scikit-learn here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docanalyze.compare.names import Name


class Likeness:
    """The cosine of names by their n-grams of two to four letters; and the best pairs of a table of scores."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._rows: dict[str, int] = {}
        for name in names:
            if name.key:
                self._rows.setdefault(name.key, len(self._rows))
        self._matrix: Any = None

    def compare(self, ones: Sequence[Name], twos: Sequence[Name]) -> Any:
        """Return the cosines of two lists of names as an array, a row a name of the first."""
        if self._matrix is None:
            from sklearn.feature_extraction.text import TfidfVectorizer

            vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
            self._matrix = vectorizer.fit_transform(self._rows)
        left = self._matrix[[self._rows[name.key] for name in ones]]
        right = self._matrix[[self._rows[name.key] for name in twos]]
        return (left @ right.T).toarray()


def assign_pairs(scores: Any) -> list[tuple[int, int]]:
    """Return the pairs of rows and columns, each used once, whose scores sum up highest."""
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(scores, maximize=True)
    return list(zip(rows.tolist(), columns.tolist(), strict=True))
