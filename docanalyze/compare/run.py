"""The stages of a comparison in order: reports, observations, entries, identities, series, findings."""

from __future__ import annotations

from collections.abc import Sequence

from docanalyze.compare.accepted import join_accepted
from docanalyze.compare.align import align_entries
from docanalyze.compare.book import Book, Finder
from docanalyze.compare.citations import find_replaced, list_references
from docanalyze.compare.claims import find_claims, list_claims, list_inferred
from docanalyze.compare.copies import find_copies, find_row_copies
from docanalyze.compare.entries import group_entries
from docanalyze.compare.findings import write_findings
from docanalyze.compare.ladders import find_falls, find_sums
from docanalyze.compare.mapping import PairMapping, write_mapping
from docanalyze.compare.observe import observe_report
from docanalyze.compare.order import order_reports
from docanalyze.compare.pairing import PairingModel
from docanalyze.compare.planned import join_aims, join_plans
from docanalyze.compare.plans import find_implied_plans, find_plan_changes
from docanalyze.compare.presence import find_denominators, find_vanished, list_unmatched
from docanalyze.compare.restatements import find_restatements, list_restatements
from docanalyze.compare.scales import find_refused_slips, find_scale_slips
from docanalyze.compare.series import build_series, find_tracks
from docanalyze.compare.settle import settle_periods, settle_units
from docanalyze.compare.tasks import find_tasks, list_tasks
from docanalyze.core.analysis import Analysis
from docanalyze.core.base import SCHEMA_VERSION
from docanalyze.core.comparison import Comparison
from docanalyze.lexicon import Lexicon

COMPARISONS: tuple[Finder, ...] = (
    find_restatements, find_claims, find_falls, find_sums, find_scale_slips, find_refused_slips,
    find_copies, find_row_copies, find_plan_changes, find_implied_plans, find_denominators, find_vanished,
    find_replaced, find_tasks,
)  # fmt: skip
"""What is looked for across reports; a finder is `find_x(book) -> Iterator[Slip]`."""


def open_book(
    analyses: Sequence[Analysis],
    lexicon: Lexicon,
    *,
    mapping: PairMapping | None = None,
    force: bool = False,
    pairing: PairingModel | None = None,
) -> Book:
    """Return the reports in order with their indicators joined; raise UsageError if they are no series.

    `pairing` is another model of how sure a pair is than the shipped one.
    """
    mapping = mapping or PairMapping()
    ordered = order_reports(analyses, lexicon, force=force, bodies=mapping.bodies)
    entries = [group_entries(observe_report(view)) for view in ordered.views]
    alignment = align_entries(
        entries,
        [view.days for view in ordered.views],
        different=mapping.different,
        lexicon=lexicon,
        pairing=pairing,
        breaks=ordered.breaks,
    )
    planned = join_aims(join_plans(alignment.identities, entries), entries)
    alignment.identities = join_accepted(planned, mapping.same)
    settle_units(alignment.identities)
    settle_periods(alignment.identities, ordered.views)
    return Book(ordered, entries, alignment, find_tracks(alignment.identities), lexicon)


def compare_book(book: Book, *, finders: Sequence[Finder] = COMPARISONS) -> Comparison:
    """Return the comparison of reports whose indicators are joined."""
    slips = [slip for finder in finders for slip in finder(book)]
    return Comparison(
        schema_version=SCHEMA_VERSION,  # type: ignore[arg-type]
        reports=book.ordered.reports,
        gaps=book.ordered.gaps,
        series=tuple(build_series(track, book.views, book.ordered.breaks) for track in book.tracks),
        restatements=(*list_restatements(book), *list_inferred(book)),
        claims=tuple(list_claims(book)),
        unmatched=tuple(list_unmatched(book)),
        references=list_references(book),
        tasks=tuple(list_tasks(book)),
        findings=write_findings(book, slips),
    )


def compare_analyses(
    analyses: Sequence[Analysis],
    lexicon: Lexicon,
    *,
    mapping: PairMapping | None = None,
    force: bool = False,
    finders: Sequence[Finder] = COMPARISONS,
) -> Comparison:
    """Return the comparison of successive reports; raise UsageError if they are no series."""
    return compare_book(open_book(analyses, lexicon, mapping=mapping, force=force), finders=finders)


__all__ = ["COMPARISONS", "PairMapping", "compare_analyses", "compare_book", "open_book", "write_mapping"]
