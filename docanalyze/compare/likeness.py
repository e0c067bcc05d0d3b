"""How alike names are by their letters: TF-IDF of n-grams. The one place here that imports scikit-learn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docanalyze.compare.entries import Entry


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
        if self._matrix is None:
            from sklearn.feature_extraction.text import TfidfVectorizer

            vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
            self._matrix = vectorizer.fit_transform(self._texts)
        left = self._matrix[[self._row[id(entry)] for entry in ones]]
        right = self._matrix[[self._row[id(entry)] for entry in twos]]
        return (left @ right.T).toarray()


def assign_pairs(scores: Any) -> list[tuple[int, int]]:
    """Return the pairs of rows and columns, each used once, whose scores sum up highest."""
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(scores, maximize=True)
    return list(zip(rows.tolist(), columns.tolist(), strict=True))
