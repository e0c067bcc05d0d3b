"""The indicators of an analysis: those of the sentences and those of the table cells."""

from __future__ import annotations

from docanalyze.core.analysis import Analysis
from docanalyze.core.relation import Indicator
from docanalyze.lexicon import Lexicon


def find_indicators(analysis: Analysis, lexicon: Lexicon) -> tuple[Indicator, ...]:
    """Return an indicator for every figure, in text order."""
    return ()
