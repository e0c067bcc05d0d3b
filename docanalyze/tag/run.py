"""Taggers propose, `overlaps` decides: the mentions of a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

import msgspec

from docanalyze.core.mention import LegalRef, Mention
from docanalyze.core.span import Span
from docanalyze.lexicon import Lexicon
from docanalyze.tag.figures import find_figures
from docanalyze.tag.numerals import scan_numerals
from docanalyze.tag.overlaps import settle_overlaps

Tagger: TypeAlias = Callable[[str, Lexicon], Iterable[Mention]]
"""A tagger sees text only: `find_percents(text, lexicon)` yields mentions without id and boxes."""

STRETCH = 250_000
"""Characters after which a long text is cut at the next blank line: a hundred pages. What taggers
share about a text (its folded form, its numerals) stays small then, and none reads over a blank line."""


def run_taggers(text: str, lexicon: Lexicon, taggers: Iterable[Tagger]) -> list[Mention]:
    """Return the mentions that `taggers` find in `text`, in text order, without overlaps.

    >>> from docanalyze.lexicon import load_lexicon
    >>> from docanalyze.tag.percents import find_percents
    >>> [m.text for m in run_taggers("đạt 58,12% kế hoạch", load_lexicon(), (find_percents,))]
    ['58,12%']
    """
    chosen = tuple(taggers)
    found: list[Mention] = []
    for start, end in _cut(text):
        stretch = text if end - start == len(text) else text[start:end]
        mentions = _run(stretch, lexicon, chosen)
        found.extend(mentions if start == 0 else (_shift(mention, start) for mention in mentions))
    return found


def _cut(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while len(text) - start > STRETCH:
        end = text.find("\n\n", start + STRETCH)
        if end < 0:
            break
        yield start, end
        start = end
    yield start, len(text)


def _run(text: str, lexicon: Lexicon, taggers: Sequence[Tagger]) -> list[Mention]:
    try:
        return settle_overlaps(mention for tagger in taggers for mention in tagger(text, lexicon))
    finally:
        # What the taggers shared about this text is large and of no more use.
        find_figures.cache_clear()
        scan_numerals.cache_clear()


def _shift(mention: Mention, by: int) -> Mention:
    moved = msgspec.structs.replace(mention, start=mention.start + by, end=mention.end + by)
    if isinstance(moved, LegalRef) and moved.value.full is not None:
        full = Span(moved.value.full.start + by, moved.value.full.end + by)
        return msgspec.structs.replace(moved, value=msgspec.structs.replace(moved.value, full=full))
    return moved
