"""The words around a figure, beyond those that stand between it and the figure before it."""

from __future__ import annotations

import re

from docanalyze.check.facts import Facts, last_clause
from docanalyze.core.figure import Figure

_CLAUSE_END = re.compile(r"[,;:.()\d\n]|(?<!\w)và(?!\w)")
_REACH = 60


def read_sentence_before(facts: Facts, figure: Figure) -> str:
    """Return all words before a figure in its sentence, other figures among them, in lower case."""
    sentence = facts.sentence_at(figure.start)
    start = figure.start if sentence is None else sentence.start
    return " ".join(facts.analysis.text[start : figure.start].lower().split())


def read_clause(facts: Facts, figure: Figure) -> str:
    """Return the words before a figure in its clause, other figures among them, in lower case.

    `Kế hoạch chung của hai tỉnh cộng lại là`, `cuối năm 2024 bốn xã có`.
    """
    words = facts.words_before(figure)
    clause = facts.clause_before(figure)
    if words != clause or facts.sentence_at(figure.start) is None:
        return clause
    return last_clause(read_sentence_before(facts, figure))


def read_behind(facts: Facts, figure: Figure) -> str:
    """Return the words behind a figure up to the end of its clause."""
    end = figure.start + len(figure.text)
    return _CLAUSE_END.split(facts.analysis.text[end : end + _REACH], maxsplit=1)[0]
