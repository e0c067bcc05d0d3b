"""Legal documents over the reports: cited anew, no longer, replaced by others."""

from __future__ import annotations

from collections.abc import Iterator

from docanalyze.compare.book import Book, Slip, mention_place
from docanalyze.compare.names import read_name
from docanalyze.core.comparison import Reference, References
from docanalyze.core.mention import LegalRef
from docanalyze.core.names import likeness
from docanalyze.core.relation import Text

_SAME_SUBJECT = 0.75
_AFTER = 160


def _read_cited(book: Book) -> dict[str, dict[int, LegalRef]]:
    """Return the first citation of each document in each report."""
    known = book.memo.get("cited")
    if isinstance(known, dict):
        return known
    found: dict[str, dict[int, LegalRef]] = {}
    for number, view in enumerate(book.views):
        for mention in view.mentions.values():
            if isinstance(mention, LegalRef) and mention.value.canonical and not mention.value.self:
                found.setdefault(mention.value.canonical, {}).setdefault(number, mention)
    book.memo["cited"] = found
    return found


def list_references(book: Book) -> References:
    """Return which documents only the last report cites, which it does no longer, and the rest."""
    cited = _read_cited(book)
    last = len(book.views) - 1
    replaced = {new: old for old, new, _, _ in _find_replaced(book)}
    added, dropped, kept = [], [], []
    for canonical, places in cited.items():
        number, mention = next(iter(places.items()))
        reference = Reference(
            canonical=canonical, text=" ".join(mention.text.split()), reports=tuple(sorted(places)),
            mention=mention.id, page=mention.boxes[0].page if mention.boxes else None,
            quote=book.views[number].quote(mention), replaces=replaced.get(canonical),
        )  # fmt: skip
        if last not in places:
            dropped.append(reference)
        elif len(places) == 1:
            added.append(reference)
        else:
            kept.append(reference)
    return References(added=tuple(added), dropped=tuple(dropped), kept=tuple(kept))


def find_replaced(book: Book) -> Iterator[Slip]:
    """Yield a slip for each document in whose place a later report cites another on the same subject."""
    for old, new, before, after in _find_replaced(book):
        cited = _read_cited(book)
        yield Slip(
            "LAW001", "info",
            Text(
                vi=f"Căn cứ được thay: báo cáo trước dẫn {old}, báo cáo này dẫn {new} về cùng nội dung.",
                en=f"Another document: the earlier report cites {old}, this one {new} on the same subject.",
            ),
            (
                mention_place(book.views[after], cited[new][after], "later"),
                mention_place(book.views[before], cited[old][before], "earlier"),
            ),
        )  # fmt: skip


def _find_replaced(book: Book) -> list[tuple[str, str, int, int]]:
    """Return (old, new, report of the old, report of the new), one type, issuer and subject each."""
    found = book.memo.get("replaced")
    if isinstance(found, list):
        return found
    cited = _read_cited(book)
    pairs: list[tuple[str, str, int, int]] = []
    for number in range(1, len(book.views)):
        gone = [(c, p[number - 1]) for c, p in cited.items() if number - 1 in p and max(p) == number - 1]
        new = [(c, p[number]) for c, p in cited.items() if min(p) == number]
        for old_name, old in gone:
            for new_name, later in new:
                a, b = old.value, later.value
                if a.type != b.type or a.symbol != b.symbol or not a.symbol:
                    continue
                one, two = _subject(book, number - 1, old), _subject(book, number, later)
                if min(len(one), len(two)) >= 3 and likeness(one, two) >= _SAME_SUBJECT:
                    pairs.append((old_name, new_name, number - 1, number))
                    break
    book.memo["replaced"] = pairs
    return pairs


def _subject(book: Book, number: int, mention: LegalRef) -> frozenset[str]:
    """Return the telling words of what a document is about, as printed after it."""
    view = book.views[number]
    title = mention.value.title
    if title:
        return read_name(title, book.lexicon).words
    after = view.analysis.text[mention.end : mention.end + _AFTER]
    _, about, rest = after.partition(" về ")
    if not about:
        return frozenset()
    for mark in (";", ",", ".", "\n"):
        rest = rest.partition(mark)[0]
    return read_name(rest, book.lexicon).words
