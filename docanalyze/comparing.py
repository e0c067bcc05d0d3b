"""Successive reports, analysed where need be, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docanalyze.compare.mapping import PairMapping, load_mapping
from docanalyze.compare.run import COMPARISONS as COMPARISONS
from docanalyze.compare.run import compare_analyses
from docanalyze.core.analysis import Analysis
from docanalyze.core.comparison import Comparison
from docanalyze.core.errors import Language
from docanalyze.lexicon import Lexicon, load_lexicon
from docanalyze.output.json_files import load_analysis
from docanalyze.pipeline import analyze_report, paused_collector
from docanalyze.read.source import Limits


def compare_reports(
    reports: Sequence[str | Path | Analysis],
    *,
    mapping: str | Path | PairMapping | None = None,
    force: bool = False,
    lexicon: Lexicon | None = None,
    language: Language = "vi",
    limits: Limits | None = None,
) -> Comparison:
    """Return successive reports of one body side by side: series, changes, restatements, findings.

    `reports` are paths (of reports, or of analyses as `.json`) or analyses, in any order: their own
    reporting periods order them. `mapping` is a file of accepted pairs of indicators, or one loaded.
    Raises UsageError for reports of different bodies or kinds, unless `force`.

    >>> comparison = compare_reports(["6-thang-2022.pdf", "6-thang-2023.pdf"])  # doctest: +SKIP
    >>> comparison.series[0].changes[0].percent  # doctest: +SKIP
    Decimal('7.24')
    """
    lexicon = lexicon or load_lexicon()
    if mapping is not None and not isinstance(mapping, PairMapping):
        mapping = load_mapping(mapping)
    analyses = []
    for report in reports:
        if isinstance(report, Analysis):
            analyses.append(report)
        elif str(report).lower().endswith(".json"):
            analyses.append(load_analysis(report))
        else:
            analyses.append(
                analyze_report(report, until="bind", lexicon=lexicon, language=language, limits=limits)
            )
    with paused_collector():
        return compare_analyses(analyses, lexicon, mapping=mapping, force=force)
