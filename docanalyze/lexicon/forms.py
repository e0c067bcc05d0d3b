"""Patterns over the fixed words of administrative papers, built from `forms.toml` once."""

from __future__ import annotations

import re
from functools import lru_cache

from docanalyze.lexicon import load_lexicon


@lru_cache(maxsize=64)
def form_words(name: str) -> tuple[str, ...]:
    """Return the words of one list of `forms.toml`, longest first.

    >>> form_words("authority")[0]
    'K/T'
    """
    return tuple(sorted(load_lexicon()["forms"][name]["words"], key=lambda word: (-len(word), word)))


@lru_cache(maxsize=64)
def any_of(name: str) -> str:
    """Return a pattern that matches any word of one list, white space between its words free."""
    return "(?:" + "|".join(r"\s+".join(map(re.escape, word.split())) for word in form_words(name)) + ")"


@lru_cache(maxsize=64)
def form_pattern(template: str, flags: int = 0) -> re.Pattern[str]:
    """Return the compiled template with each `<name>` replaced by the words of that list.

    >>> bool(form_pattern("<recipients>").match("Nơi nhận:"))
    True
    """
    return re.compile(re.sub(r"(?<!\?P)<(\w+)>", lambda match: any_of(match.group(1)), template), flags)
