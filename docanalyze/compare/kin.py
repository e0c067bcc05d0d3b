"""Reports of many bodies sorted into series: one body and subject each, in the order of their periods."""

from __future__ import annotations

from collections.abc import Sequence

from docanalyze.compare.order import Kinship, find_kinship, read_body
from docanalyze.compare.view import view_report
from docanalyze.core.analysis import Analysis
from docanalyze.lexicon import Lexicon

_RANK: dict[Kinship, int] = {"same": 0, "merged": 1, "unknown": 2}


def split_series(analyses: Sequence[Analysis], lexicon: Lexicon) -> list[list[int]]:
    """Return the places of the analyses that make up each series; a report without kin is one alone.

    Departments of one name in two provinces are two series, as are a body's reports on the budget and on
    its plans. Raises UsageError for an analysis without indicators or without a period.

    >>> split_series(analyses, lexicon)  # doctest: +SKIP
    [[1, 0, 3], [2]]
    """
    views = [view_report(number, analysis, lexicon) for number, analysis in enumerate(analyses)]
    bodies = [read_body(view) for view in views]

    def find_order(at: int) -> tuple[str, str, str]:
        days = views[at].days
        return days.end, days.start, analyses[at].source.path

    chains: list[list[int]] = []
    for at in sorted(range(len(views)), key=find_order):
        kin = [find_kinship(views[c[-1]], views[at], bodies[c[-1]], bodies[at]) for c in chains]
        ranked = [(_RANK[each], number) for number, each in enumerate(kin) if each in _RANK]
        if ranked:
            chains[min(ranked)[1]].append(at)
        else:
            chains.append([at])
    return chains
