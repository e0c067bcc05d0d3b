"""docanalyze: every figure, date and reference of a Vietnamese periodic report, with value and place.

Names are loaded when first used, so that importing the package (and `docanalyze --help`) is quick.

>>> import docanalyze
>>> [m.text for m in docanalyze.tag_text("Thu ngân sách đạt 58,12% kế hoạch năm 2023.")]
['58,12%', 'năm 2023']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docanalyze.archive.engines import ENGINES
    from docanalyze.archive.jobs import EngineSettings
    from docanalyze.archive.manifest import ArchiveEntry
    from docanalyze.archive.query import query_archive
    from docanalyze.archive.run import ArchiveProgress, ArchiveSummary, analyze_archive
    from docanalyze.archive.work import ArchiveOptions
    from docanalyze.check.equation import Equation
    from docanalyze.check.facts import Claim, Facts
    from docanalyze.check.rules import Rule
    from docanalyze.compare.book import Slip
    from docanalyze.compare.mapping import PairMapping, load_mapping
    from docanalyze.comparing import COMPARISONS, compare_reports
    from docanalyze.core.analysis import Analysis, Report, Section, Sentence, Word
    from docanalyze.core.comparison import (
        ComparedReport,
        Comparison,
        GrowthClaim,
        Point,
        Restatement,
        Series,
        SeriesChange,
    )
    from docanalyze.core.document import (
        Block,
        Cell,
        Column,
        Document,
        Page,
        Table,
        TablePart,
        TableRow,
        Warning,
    )
    from docanalyze.core.errors import (
        DamagedPdf,
        DocanalyzeError,
        EncryptedPdf,
        InvalidAnalysis,
        LimitExceeded,
        MissingFile,
        MissingPart,
        NotAReport,
        UnreadableFile,
        UsageError,
    )
    from docanalyze.core.interval import Interval
    from docanalyze.core.mention import (
        Date,
        LegalRef,
        Mention,
        Money,
        Number,
        Ordinal,
        Percent,
        Period,
        Quantity,
        mention_kind,
    )
    from docanalyze.core.relation import Coverage, Finding, Indicator, Relation
    from docanalyze.core.span import Box, Span
    from docanalyze.evaluate.run import Change, Changes, Run, compare_runs, evaluate_analysis
    from docanalyze.evaluate.scores import Miss, Score, Scores, sum_scores
    from docanalyze.gold.items import Gold
    from docanalyze.gold.load import GoldError, MissingDocument, load_gold
    from docanalyze.lexicon import Lexicon, load_lexicon
    from docanalyze.output.json_files import build_schema, load_analyses, load_analysis, to_json
    from docanalyze.output.parquet_files import to_parquet
    from docanalyze.pipeline import (
        CHECKS,
        SPLITTERS,
        TAGGERS,
        analyze_bytes,
        analyze_report,
        check_report,
        split_sentences,
        tag_text,
    )
    from docanalyze.read.source import Limits

__version__ = "0.1.0"

_HOMES = {
    "archive.engines": ("ENGINES",),
    "archive.jobs": ("EngineSettings",),
    "archive.manifest": ("ArchiveEntry",),
    "archive.query": ("query_archive",),
    "archive.run": ("ArchiveProgress", "ArchiveSummary", "analyze_archive"),
    "archive.work": ("ArchiveOptions",),
    "core.analysis": ("Analysis", "Report", "Section", "Sentence", "Word"),
    "compare.book": ("Slip",),
    "comparing": ("COMPARISONS", "compare_reports"),
    "compare.mapping": ("PairMapping", "load_mapping"),
    "core.comparison": (
        "ComparedReport", "Comparison", "GrowthClaim", "Point", "Restatement", "Series", "SeriesChange",
    ),
    "core.document": (
        "Block", "Cell", "Column", "Document", "Page", "Table", "TablePart", "TableRow", "Warning",
    ),
    "core.errors": (
        "DamagedPdf", "DocanalyzeError", "EncryptedPdf", "InvalidAnalysis", "LimitExceeded", "MissingFile",
        "MissingPart", "NotAReport", "UnreadableFile", "UsageError",
    ),
    "core.interval": ("Interval",),
    "core.mention": (
        "Date", "LegalRef", "Mention", "Money", "Number", "Ordinal", "Percent", "Period", "Quantity",
        "mention_kind",
    ),
    "core.relation": ("Coverage", "Finding", "Indicator", "Relation"),
    "core.span": ("Box", "Span"),
    "evaluate.run": ("Change", "Changes", "Run", "compare_runs", "evaluate_analysis"),
    "evaluate.scores": ("Miss", "Score", "Scores", "sum_scores"),
    "gold.items": ("Gold",),
    "gold.load": ("GoldError", "MissingDocument", "load_gold"),
    "lexicon": ("Lexicon", "load_lexicon"),
    "output.json_files": ("build_schema", "load_analyses", "load_analysis", "to_json"),
    "output.parquet_files": ("to_parquet",),
    "check.facts": ("Claim", "Facts"),
    "check.equation": ("Equation",),
    "check.rules": ("Rule",),
    "pipeline": (
        "CHECKS", "SPLITTERS", "TAGGERS", "analyze_bytes", "analyze_report", "check_report",
        "split_sentences", "tag_text",
    ),
    "read.source": ("Limits",),
}  # fmt: skip
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "CHECKS",
    "COMPARISONS",
    "ENGINES",
    "SPLITTERS",
    "TAGGERS",
    "Analysis",
    "ArchiveEntry",
    "ArchiveOptions",
    "ArchiveProgress",
    "ArchiveSummary",
    "Block",
    "Box",
    "Cell",
    "Change",
    "Changes",
    "Claim",
    "Column",
    "ComparedReport",
    "Comparison",
    "Coverage",
    "DamagedPdf",
    "Date",
    "DocanalyzeError",
    "Document",
    "EncryptedPdf",
    "EngineSettings",
    "Equation",
    "Facts",
    "Finding",
    "Gold",
    "GoldError",
    "GrowthClaim",
    "Indicator",
    "Interval",
    "InvalidAnalysis",
    "LegalRef",
    "Lexicon",
    "LimitExceeded",
    "Limits",
    "Mention",
    "Miss",
    "MissingDocument",
    "MissingFile",
    "MissingPart",
    "Money",
    "NotAReport",
    "Number",
    "Ordinal",
    "Page",
    "PairMapping",
    "Percent",
    "Period",
    "Point",
    "Quantity",
    "Relation",
    "Report",
    "Restatement",
    "Rule",
    "Run",
    "Score",
    "Scores",
    "Section",
    "Sentence",
    "Series",
    "SeriesChange",
    "Slip",
    "Span",
    "Table",
    "TablePart",
    "TableRow",
    "UnreadableFile",
    "UsageError",
    "Warning",
    "Word",
    "__version__",
    "analyze_archive",
    "analyze_bytes",
    "analyze_report",
    "build_schema",
    "check_report",
    "compare_reports",
    "compare_runs",
    "evaluate_analysis",
    "load_analyses",
    "load_analysis",
    "load_gold",
    "load_lexicon",
    "load_mapping",
    "mention_kind",
    "query_archive",
    "split_sentences",
    "sum_scores",
    "tag_text",
    "to_json",
    "to_parquet",
]


def __getattr__(name: str) -> Any:
    try:
        home = _HOME_OF[name]
    except KeyError:
        raise AttributeError(f"module 'docanalyze' has no attribute {name!r}") from None
    value = getattr(import_module(f"docanalyze.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
