"""The cues of `cues.toml` as patterns: words around figures that say what one figure is to another."""

from __future__ import annotations

import re
from functools import lru_cache

from docanalyze.lexicon import Lexicon


@lru_cache(maxsize=64)
def cue_pattern(lexicon: Lexicon, *names: str) -> re.Pattern[str]:
    """Return the pattern of the cues of the lists `names`, as whole words, the longest first.

    >>> from docanalyze.lexicon import load_lexicon
    >>> cue_pattern(load_lexicon(), "rest").search("đã giải quyết 51 đơn, còn lại 11 đơn")[0]
    'còn lại'

    What opens a list is no end of a longer term: `sầu riêng` is a fruit.
    """
    words = {word for name in names for word in lexicon["cues"][name]["words"]}
    ordered = sorted(words, key=lambda word: (-len(word), word))
    terms = lexicon["cues"]["whole"]["words"] if names == ("partial",) else ()
    heads = {word: [term[: -len(word)] for term in terms if term.endswith(f" {word}")] for word in ordered}
    ways = ("".join(f"(?<!{head})" for head in heads[word]) + re.escape(word) for word in ordered)
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)")


@lru_cache(maxsize=64)
def cue_words(lexicon: Lexicon, *names: str) -> tuple[str, ...]:
    """Return words one of which every cue of the lists `names` holds: cues without those that hold another.

    >>> from docanalyze.lexicon import load_lexicon
    >>> "trong đó có" in cue_words(load_lexicon(), "partial")
    False
    """
    words = {word for name in names for word in lexicon["cues"][name]["words"]}
    return tuple(sorted(word for word in words if not any(o in word for o in words if o != word)))
