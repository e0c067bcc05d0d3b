"""Crop seasons that a paragraph names once for what follows: `Vụ Hè Thu … Diện tích lúa 30.085 ha`."""

from __future__ import annotations

import re
from functools import lru_cache

from docanalyze.compare.entries import Entry
from docanalyze.compare.names import Name, plain_terms, read_name
from docanalyze.compare.nearby import Near
from docanalyze.core.names import fold_name
from docanalyze.lexicon import Lexicon


@lru_cache(maxsize=8)
def season_group(lexicon: Lexicon) -> str:
    """Return the number of the group of words that seasons are of, as words that rule others out have it."""
    season = read_name(lexicon["wordings"]["season"]["words"][0], lexicon)
    return next(iter(season.rivals)).partition(" ")[0]


@lru_cache(maxsize=8)
def _pattern(lexicon: Lexicon) -> re.Pattern[str]:
    listed = sorted(lexicon["wordings"]["season"]["words"], key=len, reverse=True)  # `vụ đông xuân` first
    words = "|".join(word.replace(" ", r"\s+") for word in listed)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=8)
def _other_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    words = "|".join(word.replace(" ", r"\s+") for word in lexicon["wordings"]["season"]["other"])
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=8)
def crop_terms(lexicon: Lexicon) -> frozenset[str]:
    """Return the words of names that are of a season only with it: `diện tích`, `sản lượng lúa`."""
    words = [*lexicon["wordings"]["season"]["crop"], *lexicon["wordings"]["season"]["words"]]
    return plain_terms(lexicon, "measure") | {fold_name(word).replace(" ", "_") for word in words}


def add_season(near: Near, name: Name, text: str, start: int, at: int, lexicon: Lexicon) -> Near:
    """Return the words around a figure with the season that its paragraph named last before it.

    Only for what is sown anew each season: rice, or its area, yield and output, with no other crop between.
    `text` from `start` to `at` is the paragraph up to the figure.
    """
    if not name.terms <= crop_terms(lexicon):
        return near
    found = None
    for found in _pattern(lexicon).finditer(text, start, at):  # noqa: B007 - the last one is wanted
        pass
    if found is None or _other_pattern(lexicon).search(text, found.end(), at) is not None:
        return near
    season = read_name(" ".join(found[0].split()), lexicon).rivals
    group = f"{season_group(lexicon)} "
    return Near(near.words, frozenset(each for each in near.rivals if not each.startswith(group)) | season)


def are_of_seasons(one: Entry, two: Entry, season: str) -> bool:
    """Return whether two entries are of other crop seasons, by their own words or those of a paragraph."""
    first, second = one.rivals.get(season), two.rivals.get(season)
    return first is not None and second is not None and first.isdisjoint(second)
