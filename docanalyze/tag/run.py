"""Taggers propose, `overlaps` decides: the mentions of a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from docanalyze.core.mention import Mention
from docanalyze.lexicon import Lexicon
from docanalyze.tag.figures import find_figures
from docanalyze.tag.numerals import scan_numerals
from docanalyze.tag.overlaps import settle_overlaps

Tagger: TypeAlias = Callable[[str, Lexicon], Iterable[Mention]]
"""A tagger sees text only: `find_percents(text, lexicon)` yields mentions without id and boxes."""


def run_taggers(text: str, lexicon: Lexicon, taggers: Iterable[Tagger]) -> list[Mention]:
    """Return the mentions that `taggers` find in `text`, in text order, without overlaps.

    >>> from docanalyze.lexicon import load_lexicon
    >>> from docanalyze.tag.percents import find_percents
    >>> [m.text for m in run_taggers("đạt 58,12% kế hoạch", load_lexicon(), (find_percents,))]
    ['58,12%']
    """
    try:
        return settle_overlaps(mention for tagger in taggers for mention in tagger(text, lexicon))
    finally:
        # What the taggers shared about this text is large and of no more use.
        find_figures.cache_clear()
        scan_numerals.cache_clear()
