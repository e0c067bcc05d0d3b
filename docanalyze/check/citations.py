"""The documents that a report cites by number, with the day and the body printed with each."""

from __future__ import annotations

import re

import msgspec
from msgspec import UNSET

from docanalyze.check.facts import Facts
from docanalyze.core.mention import Date, LegalRef
from docanalyze.core.printing import print_day
from docanalyze.lexicon.bodies import Body, read_body

_NEXT_CELL = re.compile(r"[ \n]*\t[ \n]*|\s?\(")
"""In a table of documents, the date stands in the cell next to the number; else it may be in a bracket."""


class Citation(msgspec.Struct, frozen=True):
    """A numbered document as cited: its number, the day printed with it, and the body that issued it."""

    mention: LegalRef
    day: Date | None
    body: Body | None

    @property
    def number(self) -> str:
        """The number with its symbol, mended."""
        return self.mention.value.canonical or ""

    @property
    def printed(self) -> tuple[tuple[str, str], ...]:
        """The mentions that a claim about this citation stands on."""
        day = () if self.day is None else (("date", self.day.id),)
        return (("reference", self.mention.id), *day)


def list_citations(facts: Facts) -> list[Citation]:
    """Return the citations of whole documents by number, in text order, without the report's own."""
    known: list[Citation] | None = facts.memo.get("citations")
    if known is None:
        known = facts.memo["citations"] = _list_citations(facts)
    return known


def _list_citations(facts: Facts) -> list[Citation]:
    days = facts.of_kind(Date)
    report = facts.analysis.report
    own = None if report is UNSET else report.number
    found = []
    at = 0
    for mention in facts.of_kind(LegalRef):
        if not mention.value.symbol or not mention.value.canonical:
            continue
        value = mention.value
        if value.system == "standard" or value.canonical == own:
            continue
        end = value.full.end if value.full is not None else mention.end
        while at < len(days) and days[at].start < mention.start:
            at += 1
        day = days[at] if at < len(days) and days[at].end <= end else None
        if day is None and at < len(days) and _NEXT_CELL.fullmatch(facts.analysis.text, end, days[at].start):
            day = days[at]
        tail = facts.analysis.text[mention.end : end]
        issuer = value.issuer if value.issuer and value.issuer in " ".join(tail.split()) else None
        found.append(Citation(mention, day, read_body(issuer) if issuer else None))
    return found


def group_citations(citations: list[Citation]) -> dict[str, list[Citation]]:
    """Return the citations by the number of their document."""
    groups: dict[str, list[Citation]] = {}
    for citation in citations:
        groups.setdefault(citation.number, []).append(citation)
    return groups


def iso_day(citation: Citation) -> str:
    """Return the day printed with a citation, which must have one, as ISO."""
    assert citation.day is not None
    return citation.day.value.date


def printed_day(citation: Citation) -> str:
    """Return the day of a citation as a report prints it."""
    return print_day(iso_day(citation))


def printed_when(citation: Citation) -> str:
    """Return the day of a citation as printed, or else the year in its number."""
    return printed_day(citation) if citation.day is not None else str(citation.mention.value.year)
