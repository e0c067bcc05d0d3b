"""What stands before a date or period: `đến`, `tính đến hết`, `từ`; it opens, closes or fixes it."""

from __future__ import annotations

import re
from functools import lru_cache

from docanalyze.core.mention import Bound
from docanalyze.lexicon import Lexicon

GAP = r"(?:[ \u00a0\u2009\u202f]{1,8}+\n?[ \u00a0\u2009\u202f]{0,8}+|\n[ \u00a0\u2009\u202f]{0,8}+)"
"""White space inside a mention: spaces and at most one line wrap, never a blank line or a tab."""
GAP0 = rf"(?>(?:{GAP})?)"
DASH = r"[-\u2010-\u2015\u2212]"
_LOOK_BACK = 32  # the longest preposition, with the spaces around it
_FROM_BACK = 90  # how far before `đến` its `từ` may stand


def fold(text: str) -> str:
    """Return `text` in lower case with every character at its place (`İ` would grow by one)."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def word_choice(words: list[str]) -> str:
    """Return a pattern for any of `words`, longest first, with any white space between syllables."""
    parts = [GAP.join(re.escape(s) for s in w.split()) for w in sorted(words, key=lambda w: (-len(w), w))]
    return "(?:" + "|".join(parts) + ")"


@lru_cache(maxsize=8)
def _pattern(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], dict[str, Bound]]:
    table = lexicon["calendar"]["bounds"]
    kinds: dict[str, Bound] = {}
    names: tuple[tuple[str, Bound], ...] = (("as_of", "as-of"), ("until", "until"), ("from", "from"))
    for key, bound in names:
        for word in table[key]:
            kinds[word] = bound
    before = re.compile(rf"(?<!\w)({word_choice(list(kinds))}){GAP}(?:ngày{GAP}|năm{GAP})?\Z")
    opened = re.compile(rf"(?<!\w){word_choice(list(table['from']))}{GAP}[^.;\n\t]*$")
    return before, opened, kinds


def read_bound(low: str, start: int, lexicon: Lexicon, *, day: bool) -> Bound | None:
    """Return how the preposition before `start` bounds what starts there, or None without one.

    `đến 16/6/2023` is as-of, but until after a `từ`; `đến năm 2025` is a horizon, so until.
    `low` is the folded text; `day` says whether a day or a month or quarter starts at `start`.
    """
    before, opened, kinds = _pattern(lexicon)
    found = before.search(low, max(0, start - _LOOK_BACK), start)
    if found is None:
        return None
    word = " ".join(found[1].split())
    bound = kinds[word]
    if word in ("đến", "tới", "đến hết") and bound != "from":
        if opened.search(low, max(0, found.start() - _FROM_BACK), found.start()):
            return "until"
        return "as-of" if day or bound == "as-of" else "until"
    return bound
