"""Indicators that appear or vanish though their section stands, and denominators that move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from docanalyze.compare.book import Book, Slip, mention_place, word_pattern
from docanalyze.compare.entries import Entry
from docanalyze.compare.names import read_name, write_title
from docanalyze.core.comparison import Candidate, Unmatched
from docanalyze.core.mention import Quantity
from docanalyze.core.names import likeness
from docanalyze.core.relation import Severity, Text

_NAMED = 8
_SHORT = 2


def list_unmatched(book: Book) -> list[Unmatched]:
    """Return the indicators that only one report has, with the likeliest partners that were not taken."""
    near: dict[int, list[Candidate]] = defaultdict(list)
    for proposal in book.alignment.proposals:
        other = proposal.other
        near[id(proposal.entry)].append(
            Candidate(
                report=other.report,
                indicator=other.first.indicator.id,
                name=other.name.printed,
                score=proposal.score,
            )
        )
    found = []
    for identity in book.identities:
        if len(identity.entries) > 1:
            continue
        entry = identity.last
        if not entry.name.key or entry.first.kind == "target":
            continue
        found.append(
            Unmatched(
                report=entry.report, indicator=entry.first.indicator.id, name=entry.name.printed,
                section=entry.first.section, candidates=tuple(near.get(id(entry), ())),
            )
        )  # fmt: skip
    return found


def find_vanished(book: Book) -> Iterator[Slip]:
    """Yield a slip a section for indicators of a report that the next one of its kind leaves out, or adds."""
    for number in range(1, len(book.views)):
        yield from _compare_sections(book, number - 1, number, gone=True)
        yield from _compare_sections(book, number, number - 1, gone=False)


def _compare_sections(book: Book, one: int, other: int, *, gone: bool) -> Iterator[Slip]:
    have = {id(i.entries[one]) for i in book.identities if one in i.entries and other in i.entries}
    known = book.memo.get("identity")
    if not isinstance(known, dict):
        known = book.memo["identity"] = {id(e): i for i in book.identities for e in i.entries.values()}
    sections: dict[str, list[Entry]] = {}
    standing = {
        title: read_name(title, book.lexicon).words
        for title in {entry.first.section for entry in book.entries[other]} if title
    }  # fmt: skip
    for entry in book.entries[one]:
        first = entry.first
        if id(entry) in have or first.kind != "level" or not first.sure or not first.section:
            continue
        if len(entry.name.words) < _SHORT:
            continue
        identity = known.get(id(entry))
        if not gone and identity is not None and min(identity.entries) < min(one, other):
            continue
        sections.setdefault(first.section, []).append(entry)
    for title, entries in sections.items():
        words = read_name(title, book.lexicon).words
        if not any(likeness(words, others) >= 0.6 for others in standing.values()):
            continue
        names = "; ".join(entry.name.printed for entry in entries[:_NAMED])
        names += f"; … ({len(entries)})" if len(entries) > _NAMED else ""
        code = "GON001" if gone else "NEW001"
        vi = "không còn trong báo cáo sau" if gone else "mới xuất hiện trong báo cáo này"
        en = "no longer in the later report" if gone else "new in this report"
        yield Slip(
            code, "info",
            Text(
                vi=f"Mục “{title}”: chỉ tiêu {vi}: {names}.",
                en=f"Section “{title}”: indicators {en}: {names}.",
            ),
            tuple(book.place(entry.first, "first") for entry in entries[:_NAMED]),
        )  # fmt: skip


def find_denominators(book: Book) -> Iterator[Slip]:
    """Yield a slip for each `7/7 xã` whose whole is another than in the report before."""
    wholes = word_pattern(book.lexicon, "whole")
    last: dict[tuple[str, str], Quantity] = {}
    where: dict[tuple[str, str], int] = {}
    for number, entries in enumerate(book.entries):
        seen: set[tuple[str, str]] = set()
        for entry in entries:
            for each in entry.levels():
                mention = each.mention
                if not isinstance(mention, Quantity) or mention.value.denominator is None:
                    continue
                if wholes.search(mention.value.unit) is None:  # pupils and households change by themselves
                    continue
                key = (mention.value.unit, entry.name.key)
                if key in seen:
                    continue
                seen.add(key)
                old = last.get(key)
                if old is not None and old.value.denominator != mention.value.denominator:
                    broken = book.is_broken(where[key], number)
                    severity: Severity = "info" if broken or not each.sure else "warning"
                    why_vi = "; địa giới đã thay đổi" if broken else ""
                    why_en = "; the area has changed" if broken else ""
                    told = f"{old.text} -> {mention.text}"
                    name = write_title(entry.name.printed or mention.value.unit)
                    yield Slip(
                        "DEN001", severity,
                        Text(
                            vi=f"{name}: mẫu số thay đổi giữa hai báo cáo: {told}{why_vi}.",
                            en=f"{name}: the whole is another than in the earlier report: {told}{why_en}.",
                        ),
                        (book.place(each, "later"),
                         mention_place(book.views[where[key]], old, "earlier")), told,
                    )  # fmt: skip
                last[key], where[key] = mention, number
