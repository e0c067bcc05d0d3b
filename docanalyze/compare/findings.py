"""Slips to findings: a stable id, the evidence of every report, the most serious first."""

from __future__ import annotations

import hashlib
from collections import Counter

from docanalyze.compare.book import Book, Place, Slip
from docanalyze.core.relation import Evidence, Finding, ReportName

_ORDER = {"error": 0, "warning": 1, "info": 2}


def write_findings(book: Book, slips: list[Slip]) -> tuple[Finding, ...]:
    """Return the findings of slips, errors first, each of the report of its first place."""
    seen: Counter[str] = Counter()
    written = [_write(book, slip, seen) for slip in slips]
    return tuple(sorted(written, key=lambda finding: _ORDER[finding.severity]))


def _write(book: Book, slip: Slip, seen: Counter[str]) -> Finding:
    evidence = tuple(_find_evidence(book, place) for place in slip.places)
    key = "\n".join(
        [slip.code, *(f"{e.report}:{e.role}={' '.join(e.text.split())}" for e in evidence), evidence[0].quote]
    )
    seen[key] += 1
    digest = hashlib.sha256(f"{key}\n{seen[key]}".encode()).hexdigest()[:12]
    source = book.views[slip.places[0].report].analysis.source
    return Finding(
        id=f"{slip.code}-{digest}",
        report=ReportName(path=source.path, sha256=source.sha256),
        code=slip.code,
        family="comparison",
        severity=slip.severity,
        message=slip.message,
        arithmetic=slip.arithmetic,
        printed=slip.printed,
        printed_text=slip.places[0].mention.text if slip.places[0].mention is not None else None,
        expected=slip.expected,
        evidence=evidence,
    )


def _find_evidence(book: Book, place: Place) -> Evidence:
    view = book.views[place.report]
    text = view.analysis.text[place.start : place.end]
    if place.mention is not None:
        boxes, quote = place.mention.boxes, view.quote(place.mention)
    elif place.sentence is not None:
        boxes, quote = place.sentence.boxes, view.read_sentence(place.sentence)
    else:
        boxes, quote = (), " ".join(text.split())
    return Evidence(
        report=place.report,
        mention=None if place.mention is None else place.mention.id,
        role=place.role,
        start=place.start,
        end=place.end,
        text=text,
        page=boxes[0].page if boxes else None,
        boxes=boxes,
        quote=quote,
    )
