"""A document -> its mentions: found in its text, those meant kept, anchored, placed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

import msgspec

from docanalyze.core.analysis import Report, Section, Sentence
from docanalyze.core.document import Block, Document
from docanalyze.core.mention import CellRef, Date, FigureValue, Mention, mention_kind
from docanalyze.core.span import Span
from docanalyze.lexicon import Lexicon
from docanalyze.tag.anchor import anchor_mentions, find_report_periods, plans_ahead
from docanalyze.tag.resolve import find_aliases, resolve_refs
from docanalyze.tag.run import Tagger, run_taggers

T = TypeVar("T")
_UNTAGGED = ("header", "footer", "page-number")
_FIGURES = ("number", "percent", "money", "quantity", "ordinal")


def tag_document(
    document: Document,
    sections: Sequence[Section],
    sentences: Sequence[Sentence],
    report: Report,
    lexicon: Lexicon,
    taggers: Sequence[Tagger],
) -> tuple[tuple[Mention, ...], Report]:
    """Return the mentions of a document, placed and with ids, and its report with periods and cut-off day."""
    text = document.text
    mentions = list(_keep_meant(run_taggers(text, lexicon, taggers), document))
    periods = find_report_periods(report.title or "", lexicon)
    main = next((period for period in periods if period.role == "main"), None)
    plans = [Span(s.start, s.end) for s in sections if plans_ahead(s.title, lexicon)]
    cutoff = _find_cutoff(mentions, plans, report.date)
    report = msgspec.structs.replace(report, periods=periods, cutoff=cutoff)
    mentions = anchor_mentions(mentions, text=text, main=main, cutoff=cutoff, plan_spans=plans)
    mentions = find_aliases(text, mentions, lexicon)
    find_sentence = _lookup([(span, s.id) for s in sentences for span in s.spans])
    find_cell = _lookup(
        [
            (Span(c.start, c.end), CellRef(table=t.id, row=c.row, col=c.col))
            for t in document.tables
            for c in t.cells
        ]
    )
    placed = tuple(
        _add_confidence(
            msgspec.structs.replace(
                mention,
                id=f"m{number}",
                sentence=find_sentence(mention.start),
                cell=find_cell(mention.start),
                boxes=document.places.find_boxes((mention.span,)),
            ),
            document,
        )
        for number, mention in enumerate(mentions, 1)
    )
    return resolve_refs(placed, text=text, own_type=report.type, lexicon=lexicon), report


def _add_confidence(mention: Mention, document: Document) -> Mention:
    """Return a figure that was read from a picture with how sure that is, anything else as it is."""
    value = mention.value
    if not isinstance(value, FigureValue):
        return mention
    confidence = document.confidences.find_confidence(mention.boxes)
    if confidence is None:
        return mention
    return msgspec.structs.replace(mention, value=msgspec.structs.replace(value, confidence=confidence))


def _keep_meant(mentions: Iterable[Mention], document: Document) -> Iterator[Mention]:
    """Yield the mentions without what the layout shows to be no figure of the report.

    Page numbers and running heads, the printed labels of headings, list items and footnotes, and
    running numbers and index rows of tables.
    """
    find_block = _lookup([(Span(b.start, b.end), b) for b in document.blocks])
    numbering = _lookup(
        [(Span(c.start, c.end), True) for t in document.tables for c in t.cells if c.role in ("index", "stt")]
    )
    for mention in mentions:
        block: Block | None = find_block(mention.start)
        if block is not None and block.kind in _UNTAGGED:
            continue
        if mention_kind(mention) in _FIGURES and (numbering(mention.start) or _is_label(mention, block)):
            continue
        yield mention


def _is_label(mention: Mention, block: Block | None) -> bool:
    return (
        block is not None
        and block.marker is not None
        and mention.start < block.start + len(block.marker) + 1
        and mention.end <= block.start + len(block.marker) + 2
    )


def _lookup(places: list[tuple[Span, T]]) -> Callable[[int], T | None]:
    """Return a function from an offset to the value whose span holds it (spans do not overlap)."""
    ordered = sorted(places, key=lambda item: (item[0].start, item[0].end))
    starts = [span.start for span, _ in ordered]

    def find(offset: int) -> T | None:
        at = bisect_right(starts, offset) - 1
        if at >= 0 and offset < ordered[at][0].end:
            return ordered[at][1]
        return None

    return find


def _find_cutoff(mentions: Sequence[Mention], plans: Sequence[Span], issued: str | None) -> str | None:
    """Return the latest day up to which results are printed (`đến 16/6/2023`), plans left aside."""
    days = [
        mention.value.date
        for mention in mentions
        if isinstance(mention, Date)
        and mention.value.bound in ("until", "as-of")
        and not mention.value.date.startswith("--")
        and not any(plan.meets(mention.span) for plan in plans)
        and (issued is None or mention.value.date <= issued)
    ]
    return max(days, default=None)
